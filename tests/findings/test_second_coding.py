"""The blind sheets and the pairs that were read twice: what the method page says of them."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pytest
import small_data
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from without_recognition.data import check, sheets
from without_recognition.findings import agreement, pairs, second_coding

CODES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 4)), min_size=2, max_size=30)


@given(CODES)
def test_the_quick_alpha_of_a_draw_is_the_package_s(rows: list[tuple[int, int, int]]) -> None:
    """A draw that has every event once, and one that has the first event twice."""
    codes, events = np.array([r[:2] for r in rows]).T, np.unique([r[2] for r in rows], return_inverse=True)[1]
    count = events.max() + 1
    once = np.ones((1, count), dtype=int)
    twice = once + (np.arange(count) == 0)
    for times in (once, twice):
        drawn = np.repeat(codes, times[0][events], axis=1)
        found = agreement._alphas(codes, events, times)[0]
        if len(np.unique(drawn)) < 2:
            assert np.isnan(found)
        else:
            wanted = krippendorff.alpha(reliability_data=drawn.astype(float), level_of_measurement="nominal")
            assert found == pytest.approx(wanted)


def pair(event: str, first: str, second: str, n: int) -> dict[str, str]:
    return {"event_id": event, "source_a": f"a{n}", "source_b": f"b{n}", "first": first, "second": second}


PAIRS = pd.DataFrame(
    [
        pair("e", "one_text", "one_text", 1),
        pair("e", "one_source", "nothing", 2),
        pair("f", "one_sentence", "one_source", 3),
        pair("f", "nothing", "one_text", 4),
        pair("f", "quoted_only", "quoted_only", 5),
        pair("g", "one_text", "cannot_tell", 6),
    ]
)


def test_precision_and_recall_by_hand() -> None:
    """The book joins pairs 1 and 2, the reader 1, 3 and 4; of pair 6 he cannot tell."""
    found, missed = pairs.precision(PAIRS), pairs.recall(PAIRS)
    assert (found.part, found.whole, missed.part, missed.whole) == (1, 2, 1, 3)
    assert (missed.low, missed.high) == (0, 1), "two events: a draw may have either alone"


def test_the_page_says_what_stands_in_the_sheets(book) -> None:
    table = second_coding.compared(book).set_index(["first", "second", "column"])
    assert table.at[("a", "b", "stance"), "alpha"] == 1
    assert 0.6 < table.at[("a", "b", "aspect"), "low"] <= table.at[("a", "b", "aspect"), "alpha"] < 0.7
    text = second_coding.markdown(book)
    a, b = (sheets.kept(book)[coder] for coder in "ab")
    assert f"could read {len(a.rows)}, the second {len(b.rows)}." in text
    assert f"| texts that both read | {len(set(a.rows) & set(b.rows))} |" in text


@pytest.mark.parametrize("coder", second_coding.LATER)
def test_a_later_coder_s_rows_take_the_place_of_the_book_s(book, coder) -> None:
    firm = second_coding.kept_firm(book, coder)
    were = book.graded()["grade"].isin(["documented", "corroborated"])
    assert firm[True, True] + firm[True, False] == were.sum() and firm[True, False] + firm[False, True] > 0
    assert (
        f"{were.sum()} occurrences with a firm grade {firm[True, True]} keep one"
        in second_coding.markdown(book)
    )
    theirs, ours = (sheets.kept(book)[one].rows for one in (coder, "book"))
    others = [sheets.kept(book)[one].rows for one in (*"ab", *second_coding.LATER) if one != coder]
    assert set(theirs) < set(ours) and not set(theirs) & set().union(*others)


@pytest.mark.parametrize("coder", second_coding.LATER)
def test_what_a_later_coder_found_beside_the_texts_is_counted_and_every_fault_has_its_reason(
    book, coder
) -> None:
    every, name = second_coding.verdicts(book), second_coding.NAMES[coder]
    verdicts = [row for row in every if row["reader"] == name.replace(" ", "_")]
    reached = [row for row in verdicts if row["verdict"] != "not_reached"]
    assert f"Of {len(reached):,} claims that the {name} then set beside the text" in second_coding.markdown(
        book
    )
    faulty = [row for row in every if row["verdict"] not in ("supported", "not_reached")]
    assert faulty and all(row["what_was_wrong"] for row in faulty)
    coded = {source_id for _, source_id in sheets.kept(book)[coder].rows}
    claims = book.whole.claims["source_id"]
    there = [
        claims[row["claim_id"]] for row in reached if row["claim_id"] in claims
    ]  # few are withdrawn since
    assert set(there) <= coded and len(reached) - len(there) < len(reached) / 50
    decisions = [row for _, row in sheets.table_of(book, "decisions", ["claim_id", "kept", "why"])]
    assert len(decisions) > 1000 and all(row["why"] and row["kept"] in ("book", "coder") for row in decisions)


def test_every_pair_on_which_the_readers_differ_is_decided(book) -> None:
    found = pairs.read(book)
    known = found[found["second"] != "cannot_tell"]
    differ = known[known["first"].isin(pairs.ONE) != known["second"].isin(pairs.ONE)]
    assert len(differ) and (differ["decision"] != "").all()
    assert all(f"`{p.source_a}` and `{p.source_b}`" in pairs.markdown(book) for p in differ.itertuples())


def test_a_book_without_sheets_says_so(tmp_path: Path) -> None:
    from without_recognition import load

    history = load(small_data.write(tmp_path / "d"))
    assert second_coding.markdown(history) == second_coding.NONE
    assert pairs.markdown(history) == pairs.NONE


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("basis", "gossip", "is not a word of the codebook"),
        ("event_id", "1999-no-such", "unknown '1999-no-such'"),
    ],
)
def test_check_refuses_a_sheet_that_cannot_be_counted(tmp_path: Path, column, cell, told) -> None:
    folder = shutil.copytree(ROOT / "data", tmp_path / "data")
    path = folder / "second-coding" / "coder-a.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    next(r for r in rows if r["aspect"])[column] = cell
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    assert any("coder-a.csv" in p and told in p for p in check.data_problems(folder))
