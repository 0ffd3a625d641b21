"""Agreement of two coders: alphas worked by hand, the interval, and grades under the second coder."""

from __future__ import annotations

import csv
from math import isnan
from pathlib import Path

import numpy as np
import pytest
from conftest import make_history
from without_recognition import evidence
from without_recognition.data import sheets
from without_recognition.data.messages import DatasetError
from without_recognition.data.sheets import CODED, Sheet
from without_recognition.findings import agreement

PAIRS = [("2005-x", "a"), ("2005-x", "b"), ("2006-y", "a"), ("2006-y", "c")]


def history():
    return make_history(
        sources=[{"source_id": s, "issued": "2005-09-02"} for s in "abc"],
        events=[{"event_id": "2005-x", "date": "2005-09-01"}, {"event_id": "2006-y", "date": "2006"}],
        actors=[{"actor_id": "kasuri"}],
        participants=[{"event_id": "2005-x", "actor_id": "kasuri", "claim_id": "2005-x.1"}],
        claims=[
            {"claim_id": f"{e}.{n}", "event_id": e, "source_id": s, "statement": f"Says so in {s}."}
            for n, (e, s) in enumerate(PAIRS, 1)
        ],
        rulings=[{"event_id": "2005-x", "aspect": "occurrence", "follows": "2005-x.2"}],
    )


def coded(*bases: str, aspect: str = "occurrence") -> Sheet:
    rows = {}
    for pair, basis in zip(PAIRS, bases):
        cells = {
            "aspect": aspect,
            "basis": basis,
            "stance": "affirms",
            "origin": "self",
            "statement": f"In {pair[1]}.",
        }
        rows[pair] = [dict.fromkeys(CODED, "") | cells] if basis else []
    return Sheet("x", rows)


def measured(a: Sheet, b: Sheet):
    return agreement.table(agreement.labels(a, b)).set_index("column")


def test_alpha_worked_by_hand() -> None:
    """Four units, two words: (r,r) (r,r) (s,s) (r,s).

    Coincidences: r-r 4, s-s 2, r-s 1, s-r 1; n_r 5, n_s 3, n 8. Observed disagreement 2/8;
    expected 2*5*3/(8*7) = 30/56. alpha = 1 - (1/4) / (15/28) = 1 - 28/60 = 8/15.
    """
    t = measured(
        coded("reported", "reported", "study", "reported"), coded("reported", "reported", "study", "study")
    )
    assert t.at["basis", "alpha"] == pytest.approx(8 / 15) and t.at["basis", "agree"] == 0.75
    assert t.at["basis", "rows"] == 4 and t.at["basis", "low"] <= 8 / 15 <= t.at["basis", "high"]


def test_systematic_disagreement_is_below_chance() -> None:
    """Two units, (r,s) (s,r): observed 1, expected 2*2*2/(4*3) = 2/3; alpha = 1 - 3/2."""
    t = measured(coded("reported", "study"), coded("study", "reported"))
    assert t.at["basis", "alpha"] == pytest.approx(-0.5)


def test_perfect_agreement_is_one_and_one_word_has_no_alpha() -> None:
    same = coded("reported", "study", "reported", "study")
    t = measured(same, same)
    assert t.at["basis", "alpha"] == 1 and isnan(t.at["stance", "alpha"]) and t.at["stance", "agree"] == 1


def test_what_only_one_saw_counts_against_the_aspect() -> None:
    """Units of `aspect`: (o,o) (o,-) (-,-) (o,o): coincidences o-o 4, n-n 2, o-n 1, n-o 1: alpha 8/15 again."""
    a, b = coded("reported", "reported", "", "reported"), coded("reported", "", "", "reported")
    found = agreement.labels(a, b)
    assert [both for _, *both in found["aspect"]].count(["occurrence", "nothing"]) == 1 and len(
        found["aspect"]
    ) == 4
    assert agreement.table(found).set_index("column").at["aspect", "alpha"] == pytest.approx(8 / 15)
    assert len(found["basis"]) == 2


def test_other_columns_are_compared_within_one_aspect() -> None:
    a = {
        ("2005-x", "a"): [dict.fromkeys(CODED, "") | {"aspect": "motive", "value": "trade", "basis": "study"}]
    }
    b = {
        ("2005-x", "a"): [
            dict.fromkeys(CODED, "") | {"aspect": "outcome", "value": "trade", "basis": "record"}
        ]
    }
    found = agreement.labels(Sheet("a", a), Sheet("b", b))
    assert found["aspect"] == [("2005-x", "motive", "outcome")] and found["value"] == found["basis"] == []


def test_texts_that_one_did_not_read_are_not_compared() -> None:
    assert len(agreement.labels(coded("reported", "study", "study"), coded("reported"))["aspect"]) == 1


def test_the_interval_draws_events() -> None:
    """Two events of two rows, of one the coders agree, of the other not.

    A draw has the one twice, alpha 1; both, observed 2/4 and expected 4/7: 1/8; or the other twice, observed 1: -3/4.
    """
    codes, events = np.array([[0, 1, 0, 1], [0, 1, 1, 0]]), np.array([0, 0, 1, 1])
    draws = agreement._alphas(codes, events, np.array([[2, 0], [1, 1], [0, 2]]))
    assert draws == pytest.approx([1, 1 / 8, -3 / 4])
    assert agreement._interval(codes.astype(float), events) == pytest.approx((-3 / 4, 1))


# --- in the place of ours -----------------------------------------------------------------------
def save(folder: Path, coder: str, *rows: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    with (folder / f"coder-{coder}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, ["event_id", "source_id", *CODED], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def filled(pair: tuple[str, str], **cells: str) -> dict[str, str]:
    usual = {
        "aspect": "occurrence",
        "stance": "affirms",
        "basis": "reported",
        "origin": "self",
        "statement": "S.",
    }
    return {"event_id": pair[0], "source_id": pair[1], **usual, **cells}


def test_the_second_coder_takes_our_place_where_he_read(tmp_path: Path) -> None:
    book = history()
    folder = save(tmp_path, "b", filled(PAIRS[0], basis="hearsay"), filled(PAIRS[1], stance="denies"))
    other = book.second_coder(folder)
    assert (
        other.claims.loc["2005-x.1", "basis"] == "hearsay"
        and other.claims.loc["2005-x.2", "stance"] == "denies"
    )
    assert other.claims.loc["2006-y.3"].to_dict() == book.claims.loc["2006-y.3"].to_dict()  # not read by him
    assert evidence.judge(book, "2005-x").grade == "corroborated"
    assert (
        evidence.judge(other, "2005-x").grade == "alleged"
        and evidence.judge(other, "2006-y").grade == "corroborated"
    )
    assert other.participants["claim_id"].tolist() == ["2005-x.1"] and other.rulings["follows"].tolist() == [
        "2005-x.2"
    ]
    assert other.variant.endswith(": 2 texts as coder b read them")


def test_what_he_adds_and_what_he_does_not_see(tmp_path: Path) -> None:
    nothing = {"event_id": "2005-x", "source_id": "b", "aspect": "nothing"}
    more = filled(PAIRS[0], aspect="motive", value="trade", speaker="kasuri")
    other = history().second_coder(save(tmp_path, "b", filled(PAIRS[0]), more, nothing))
    told = other.claims[other.claims["event_id"] == "2005-x"]
    assert told[["source_id", "aspect", "speaker"]].values.tolist() == [
        ["a", "occurrence", ""],
        ["a", "motive", "kasuri"],
    ]
    assert (
        other.rulings.empty and told.index.is_unique and evidence.judge(other, "2005-x").grade == "attested"
    )


def test_an_empty_sheet_changes_nothing_and_none_is_told(tmp_path: Path) -> None:
    book = history()
    assert book.second_coder(save(tmp_path, "a"), "a") is book
    with pytest.raises(DatasetError, match="coder-b.csv: no such sheet; `book blind FOLDER` writes them"):
        book.second_coder(tmp_path)
    with pytest.raises(DatasetError, match="coder-b.csv: no such sheet"):
        book.second_coder()


@pytest.mark.parametrize("coder", ["a", "b"])
def test_the_sheets_of_the_book_are_read_without_a_folder(book, coder: str) -> None:
    """One text is told on the word of a person without an id of ours; it stays as it is."""
    other = book.second_coder(coder=coder)
    assert f"texts as coder {coder} read them" in other.variant and not other.compare(book).empty


def test_a_sheet_filled_with_our_own_coding_is_the_book(book, tmp_path: Path) -> None:
    pairs = list(dict.fromkeys(zip(book.claims["event_id"], book.claims["source_id"])))[:150]
    first = sheets.first(book, pairs).rows
    rows = [{c: r[c] for c in ("event_id", "source_id", *CODED)} for found in first.values() for r in found]
    other = book.second_coder(save(tmp_path, "b", *rows))
    assert len(rows) > 200 and "150 texts" in other.variant
    assert {p: (j.grade, j.status, j.lines) for p, j in evidence.weigh(other).judgements.items()} == {
        p: (j.grade, j.status, j.lines) for p, j in evidence.weigh(book).judgements.items()
    }
    assert set(other.claims.index) == set(book.claims.index)


def test_sheets_are_compared_with_each_other_or_one_with_ours(tmp_path: Path) -> None:
    book = history()
    save(tmp_path, "a")
    save(tmp_path, "b", filled(PAIRS[0]))
    assert [s.coder for s in agreement.filled_sheets(book, tmp_path)] == ["first coding", "b"]
    save(tmp_path, "a", filled(PAIRS[0]))
    assert [s.coder for s in agreement.filled_sheets(book, tmp_path)] == ["a", "b"]
    with pytest.raises(DatasetError, match=r"no filled coder-\*.csv; `book blind` writes the sheets"):
        agreement.filled_sheets(book, tmp_path / "nowhere")


def test_the_report_says_what_agrees_and_which_grades_move(tmp_path: Path) -> None:
    save(tmp_path, "a", filled(PAIRS[0]), filled(PAIRS[1]), filled(PAIRS[2]))
    save(
        tmp_path,
        "b",
        filled(PAIRS[0], basis="hearsay"),
        filled(PAIRS[1]),
        filled(PAIRS[2]),
        filled(PAIRS[2], aspect="motive"),
    )
    lines = list(agreement.report(history(), tmp_path))
    assert lines[:2] == [
        "a and b: 3 texts on events read by both",
        "3 rows matched, 0 only of a, 1 only of b",
    ]
    assert [line.split()[0] for line in lines[4:11]] == CODED[1:]
    assert "With what coder b coded, 1 of 2 events have another grade or status:" in lines
    assert "  2005-x: corroborated, unchallenged -> attested, unchallenged" in lines


def test_no_coder_is_left_out(tmp_path: Path) -> None:
    for coder in "abc":
        save(tmp_path, coder, filled(PAIRS[0], basis="hearsay" if coder == "c" else "reported"))
    lines = list(agreement.report(history(), tmp_path))
    assert [line.partition(":")[0] for line in lines if "read by both" in line] == [
        "a and b",
        "a and c",
        "b and c",
    ]
    assert [line.split()[3] for line in lines if line.startswith("With what coder")] == ["b", "c"]


def test_grades_wait_for_ids_and_alphas_do_not(tmp_path: Path) -> None:
    lines = list(agreement.report(history(), save(tmp_path, "b", filled(PAIRS[0], speaker="a minister"))))
    assert any(line.startswith("basis") for line in lines)
    assert "Grades with what coder b coded are not computed:" in lines and "unknown 'a minister'" in lines[-1]
