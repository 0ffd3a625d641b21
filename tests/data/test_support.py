"""Whether a passage bears its statement:
a verdict is about what stands there, goes with it, and is counted in words."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import small_data
from conftest import make_history
from without_recognition import load
from without_recognition.data import check, dataset, support, workbench
from without_recognition.press.build import release

CLAIM = "2005-dinner.1"
PASSAGE = "they dined together and spoke of it to nobody"


def alter(folder: Path, table: str, key: str, **cells: str) -> None:
    """Change cells of the row that begins with `key`, or add a row."""
    path = folder / f"{table}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    found = [row for row in rows if row[columns[0]] == key]
    if not found:
        rows.append({columns[0]: key} | cells)
    for row in found:
        row |= cells
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def judge(folder: Path, claim: str, verdict: str = "supports", **cells: str) -> None:
    row = load(folder).claims.loc[claim]
    now = support.digest(row["passage"], row["statement"])
    alter(folder, "support", claim, **{"date": "2026-11-29", "verdict": verdict, "digest": now} | cells)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small Data Package with one passage, which is judged."""
    made = small_data.write(tmp_path / "data")
    alter(made, "claims", CLAIM, passage=PASSAGE)
    judge(made, CLAIM)
    assert check.data_problems(made) == []
    return made


# --- the check ------------------------------------------------------------------------------------
@pytest.mark.parametrize("cells", [{"passage": "they dined alone"}, {"statement": "They dined."}])
def test_a_verdict_is_out_of_date_when_passage_or_statement_changes(folder: Path, cells) -> None:
    alter(folder, "claims", CLAIM, **cells)
    (told,) = check.data_problems(folder)
    assert told.startswith(
        f"support.csv:2:digest: claim '{CLAIM}': passage or statement changed since it was judged; judge again"
    )
    (fresh,) = re.findall(r"then write ([0-9a-f]{8})$", told)
    alter(folder, "support", CLAIM, digest=fresh)
    assert check.data_problems(folder) == []


def test_other_columns_of_a_claim_leave_the_verdict_alone(folder: Path) -> None:
    alter(folder, "claims", CLAIM, locator="¶7")
    assert check.data_problems(folder) == []


def test_a_verdict_on_what_is_not_there_is_told(folder: Path) -> None:
    judge(folder, "2005-talk.1")
    assert check.data_problems(folder) == [
        "support.csv:3:claim_id: claim '2005-talk.1' has no passage; remove the row"
    ]
    alter(folder, "support", "2005-tlak.1", date="2026-11-29", verdict="no", note="x", digest="0" * 8)
    assert any(
        p.startswith("support.csv:4:claim_id: unknown '2005-tlak.1'") for p in check.data_problems(folder)
    )


@pytest.mark.parametrize("verdict", ["partly", "no"])
def test_a_lesser_verdict_says_what_is_lacking(folder: Path, verdict: str) -> None:
    alter(folder, "support", CLAIM, verdict=verdict)
    told = f"support.csv:2:note: empty, yet the verdict is '{verdict}'; say what the passage lacks"
    assert check.data_problems(folder) == [told]
    alter(folder, "support", CLAIM, note="Who dined is not in it.")
    assert check.data_problems(folder) == []


def test_a_claim_without_a_verdict_is_no_problem_and_is_listed_to_be_judged(folder: Path, capsys) -> None:
    alter(folder, "claims", "2005-talk.1", passage="the two talked for an hour in the old palace")
    assert check.data_problems(folder) == []
    left = support.unjudged(load(folder))
    assert left.index.tolist() == ["2005-talk.1"]
    judge(folder, "2005-talk.1", digest=left.at["2005-talk.1", "digest"])
    assert check.data_problems(folder) == [] and support.unjudged(load(folder)).empty


def test_the_list_shows_passage_and_statement_and_nothing_of_the_source(
    folder: Path, monkeypatch, capsys
) -> None:
    alter(folder, "support", CLAIM, verdict="no", note="x")
    (folder / "support.csv").write_text("claim_id,date,verdict,note,digest\n", "utf-8")
    history = load(folder)
    monkeypatch.setattr(dataset, "load", lambda: history)
    assert support.main([]) == 0
    told = capsys.readouterr().out
    assert PASSAGE in told and "Says so." in told and support.digest(PASSAGE, "Says so.") in told
    assert "a-2005" not in told and "¶1" not in told


# --- what goes with a claim -----------------------------------------------------------------------
def write(folder: Path, draft: workbench.Draft) -> None:
    with workbench.tried(folder, draft) as copy:
        assert check.data_problems(copy) == []
    workbench.write_draft(folder, draft)


@pytest.mark.parametrize(
    ("column", "value", "left"),
    [("passage", "they dined alone", 0), ("statement", "They dined.", 0), ("locator", "¶7", 1)],
)
@pytest.mark.parametrize("released", [False, True])
def test_a_corrected_claim_is_to_be_judged_again(folder: Path, column, value, left, released) -> None:
    if released:
        alter_version(folder, "0.2.0")
        release.release(folder)
        alter_version(folder, "0.3.0.dev0")
    write(folder, workbench.corrected(load(folder), "claims", CLAIM, column, value, "Misread."))
    assert len(load(folder).support) == left and check.data_problems(folder) == []
    if not left:
        judge(folder, CLAIM, "partly", note="First judged supports.")
        assert check.data_problems(folder) == []


def alter_version(folder: Path, version: str) -> None:
    path = folder / "datapackage.json"
    path.write_text(
        re.sub(r'(?m)^  "version": "[^"]+"', f'  "version": "{version}"', path.read_text("utf-8")), "utf-8"
    )


@pytest.mark.parametrize("gone", ["2005-talk.3", "2005-talk"])
def test_a_retired_claim_takes_its_verdict_with_it(folder: Path, gone: str) -> None:
    new = {"event_id": "2005-talk", "source_id": "a-2005", "locator": "¶4", "basis": "reported"}
    new |= {"statement": "Reports the talk.", "passage": "the two talked for an hour in the old palace"}
    write(folder, workbench.added(load(folder), "claim", new))
    judge(folder, "2005-talk.3", "no", note="No talk is in it.")
    write(folder, workbench.retired(load(folder), gone, "It was another."))
    assert load(folder).support.index.tolist() == [CLAIM] and check.data_problems(folder) == []


def test_a_verdict_that_was_published_does_not_go_without_a_word(folder: Path) -> None:
    alter_version(folder, "0.2.0")
    release.release(folder)
    alter_version(folder, "0.3.0.dev0")
    (folder / "support.csv").write_text("claim_id,date,verdict,note,digest\n", "utf-8")
    assert [p for p in check.data_problems(folder) if f"'{CLAIM}' is gone in 0.2.0" in p]


def test_variants_and_parts_have_the_verdicts_of_their_claims() -> None:
    claims = [
        {"claim_id": f"{e}.1", "event_id": e, "source_id": s, "passage": "words", "statement": "Says."}
        for e, s in (("2005-a", "s"), ("2005-b", "t"))
    ]
    history = make_history(
        sources=[{"source_id": s} for s in "st"],
        events=[{"event_id": "2005-a", "chapter": "istanbul"}, {"event_id": "2005-b", "chapter": "zia"}],
        claims=claims,
        support=[{"claim_id": c["claim_id"], "verdict": "supports"} for c in claims],
    )
    assert history.without(sources="s").support.index.tolist() == ["2005-b.1"]
    assert history.only(sources="s").support.index.tolist() == ["2005-a.1"]
    assert history.chapter("zia").support.index.tolist() == ["2005-b.1"]
    assert "Both were judged" in support.markdown(history.chapter("zia"))


# --- the sentences --------------------------------------------------------------------------------
ONE = "1 claim carries a passage, a few words of its source"
JUDGED = "judged by passage and statement alone: the passage bears the statement"


def many(n: int, *verdicts: str, mended: int = 0):
    rows = [{"claim_id": f"e.{k}", "event_id": "e", "source_id": "s", "passage": "words"} for k in range(n)]
    told = [
        {"claim_id": f"e.{k}", "verdict": v, "note": "First judged no." if k < mended else "x"}
        for k, v in enumerate(verdicts)
    ]
    return make_history(sources=[{"source_id": "s"}], events=[{"event_id": "e"}], claims=rows, support=told)


@pytest.mark.parametrize(
    ("history", "told"),
    [
        (many(0), "No claim carries a passage yet."),
        (many(1), f"{ONE}; it has not been judged yet."),
        (many(2), "2 claims carry a passage, a few words of their source; none has been judged yet."),
        (many(1, "no"), f"{ONE}. It was {JUDGED} not at all in 1."),
        (
            many(2, "supports", "partly"),
            "2 claims carry a passage, a few words of their source. "
            f"Both were {JUDGED} wholly in 1 and in part in 1.",
        ),
        (
            many(3, "no"),
            f"3 claims carry a passage, a few words of their source. 1 of them was {JUDGED} not at all in 1.",
        ),
        (
            many(9, "supports", "supports", "partly", "no", "partly", "partly"),
            "9 claims carry a passage, a few words of their source. "
            f"6 of them were {JUDGED} wholly in 2, in part in 3 and not at all in 1.",
        ),
        (
            many(3, "partly", "partly", "partly"),
            f"3 claims carry a passage, a few words of their source. All of them were {JUDGED} in part in 3.",
        ),
    ],
)
def test_the_sentences_are_right_for_none_one_two_and_many(history, told: str) -> None:
    assert support.markdown(history) == told


@pytest.mark.parametrize(
    ("mended", "told"),
    [
        (0, ""),
        (
            1,
            " Before 1 passage or statement was mended and judged again, it was wholly in 1 and not at all in 2.",
        ),
        (2, " Before 2 passages or statements were mended and judged again, it was not at all in 3."),
    ],
)
def test_what_was_mended_is_told(mended: int, told: str) -> None:
    text = support.markdown(many(3, "supports", "supports", "no", mended=mended))
    assert text.endswith(f"wholly in 2 and not at all in 1.{told}")


# --- the book's own -------------------------------------------------------------------------------
def test_every_passage_of_the_book_is_judged(book) -> None:
    assert support.unjudged(book).empty and len(book.support) > 500
    assert list(support.verdict_problems(book)) == []


def test_what_nothing_supports_was_mended(book) -> None:
    assert (book.support["verdict"] != "no").all()
    assert set(book.support["verdict"]) <= set(support.HOW)


def test_the_page_says_how_many_claims_carry_none_and_on_what_they_rest(book) -> None:
    text = support.markdown(book)
    bare, press, papers = (
        int(number.replace(",", ""))
        for number in re.search(
            r"Of ([\d,]+) claims of .* carry none, ([\d,]+) rest .*; ([\d,]+) rest on documents",
            text,
        ).groups()
    )
    assert bare == press + papers and papers > 0
    read = book.whole.sources["seen"] != "cited_only"
    claims = book.whole.claims
    assert bare == (claims["source_id"].map(read) & (claims["passage"] == "")).sum()
