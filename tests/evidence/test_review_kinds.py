"""What `book check --review` lists: the rows that deserve a second look, none that says what it should, none twice."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import small_data
from conftest import make_history
from without_recognition import load
from without_recognition.evidence import review, told

EVENT = {
    "event_id": "2005-x",
    "date": "2005-09-01",
    "channel": "diplomatic",
    "title": "Two ministers dine in Istanbul",
}


def listed(rows, history) -> list[str]:
    return [row.split(": ")[0] for row in rows(history)]


def with_claims(*claims: dict, event: dict | None = None, **source):
    """One event and the claims of as many sources on it."""
    sources = [{"source_id": f"s{n}", "issued": "2005-09-02", **source} for n in range(len(claims))]
    rows = [
        {"claim_id": f"2005-x.{n}", "event_id": "2005-x", "source_id": f"s{n}", **c}
        for n, c in enumerate(claims)
    ]
    return make_history(events=[{**EVENT, **(event or {})}], sources=sources, claims=rows)


# --- kind 1 ---------------------------------------------------------------------------------------
def test_a_source_without_a_writer_is_listed_where_the_grade_hangs_on_it() -> None:
    named, unnamed = {"credit": "own_reporter"}, {"credit": "unsigned"}

    def history(*credits: dict):
        sources = [
            {"source_id": f"s{n}", "issued": "2005-09-02", "publisher": f"p{n}", **c}
            for n, c in enumerate(credits)
        ]
        claims = [
            {"claim_id": f"2005-x.{n}", "event_id": "2005-x", "source_id": f"s{n}"}
            for n in range(len(credits))
        ]
        return make_history(events=[EVENT], sources=sources, claims=claims)

    assert list(review.wires(history(named, unnamed))) == ["2005-x: s1 (unsigned: nobody named)"]
    assert not list(review.wires(history(named, named, unnamed)))  # corroborated without it
    assert not list(review.wires(history(unnamed)))  # not corroborated with it


def test_one_publisher_twice_is_listed_and_two_are_not() -> None:
    claims = ({}, {})
    assert listed(review.one_publisher, with_claims(*claims, publisher="JTA")) == ["2005-x"]
    two = with_claims(*claims).with_rows(sources=[{"source_id": "s1", "publisher": "Dawn"}])
    assert not list(review.one_publisher(two))


# --- kind 4 ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["opinion", "contemporary_news"])
def test_a_record_in_the_press_is_listed_with_what_it_says(kind: str) -> None:
    """So that a reading of it falls with the statement that was read."""
    history = with_claims({"basis": "record", "statement": "Prints the letter."}, kind=kind)
    assert list(review.press_records(history)) == [f"2005-x.0: s0 is {kind}: Prints the letter."]


@pytest.mark.parametrize(("basis", "kind"), [("record", "primary_document"), ("reported", "opinion")])
def test_a_record_in_a_document_and_a_report_in_the_press_are_not_listed(basis: str, kind: str) -> None:
    assert not list(review.press_records(with_claims({"basis": basis}, kind=kind)))


# --- kinds 10, 11, 12 -----------------------------------------------------------------------------
def test_an_announcement_is_no_report_of_the_act() -> None:
    before = with_claims({}, issued="2005-08-31")
    assert listed(review.foretold, before) == ["2005-x.0"]
    assert not list(review.foretold(with_claims({}, issued="2005-09-01")))
    assert not list(review.foretold(with_claims({"basis": "record"}, issued="2005-08-31")))


@pytest.mark.parametrize(
    ("claim", "is_listed"),
    [
        ({"locator": "opening", "aspect": "content"}, False),
        ({"locator": "¶3 of the whole", "aspect": "content"}, False),
        ({"locator": "whole item", "aspect": "content"}, True),
        ({"locator": "whole item, ¶3", "aspect": "content"}, False),
        (
            {"locator": "whole item", "aspect": "content", "passage": "they dined and spoke of it to nobody"},
            False,
        ),
        ({"locator": "whole item", "aspect": "occurrence"}, False),
        ({"locator": "search excerpt", "aspect": "date"}, True),
        ({"locator": "text of the letter", "aspect": "content"}, True),
        ({"locator": "text, opening", "aspect": "content"}, False),
        ({"locator": "page history", "aspect": "date"}, False),
        ({"locator": "tweets", "aspect": "content"}, False),
        ({"locator": "page undated", "aspect": "date"}, True),  # a day that the text is said to give
        ({"locator": "page undated", "aspect": "date", "basis": "inference"}, False),  # one that we reckon
        ({"locator": "page undated", "aspect": "date", "basis": "inference", "speaker": "kasuri"}, True),
        ({"locator": "whole item", "aspect": "motive", "basis": "inference"}, True),
        ({"locator": "note", "aspect": "date"}, True),
    ],
)
def test_a_row_is_located_by_a_place_or_a_passage(claim: dict, is_listed: bool) -> None:
    assert bool(list(review.unlocated(with_claims(claim, seen="full")))) is is_listed


@pytest.mark.parametrize(
    ("passage", "located"), [("they dined and spoke of it to nobody", True), ("", False)]
)
def test_a_note_is_found_by_the_passage_of_another_row_from_it(passage: str, located: bool) -> None:
    rows = ({"locator": "note", "passage": passage}, {"locator": "note", "aspect": "date"})
    history = with_claims(*({**row, "source_id": "s0"} for row in rows))
    assert ("2005-x.1" not in listed(review.unlocated, history)) is located
    other = with_claims(*rows)  # the note of another text is no place in this one
    assert "2005-x.1" in listed(review.unlocated, other)


@pytest.mark.parametrize(
    ("statement", "channel", "is_listed"),
    [
        ("Flags were burned.", "diplomatic", True),
        ("Reports it.", "diplomatic", True),
        ("Reports the speech.", "statement", False),  # of a saying the source carries, that is all
        ("Ministers dined.", "diplomatic", False),  # names the act
        ("Tells at length of what was eaten there.", "diplomatic", False),  # not short
    ],
)
def test_a_short_row_names_the_act_or_carries_the_saying(
    statement: str, channel: str, is_listed: bool
) -> None:
    history = with_claims({"statement": statement}, event={"channel": channel})
    assert bool(list(review.bare_occurrences(history))) is is_listed


# --- kind 13 --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("summary", "lacks"),
    [
        ("There Kasuri met Shalom.", ["Shalom"]),
        ("Of the guests 174 stayed.", ["174"]),
        ("The town was Istanbul.", []),  # the place
        ("They met on 1 September 2005.", []),  # the date in words
        ("It was the Turkish capital's doing.", []),  # a people by its country
        ("He spoke to Kasuri's men.", []),
    ],
)
def test_a_name_or_number_that_no_row_has_is_told(summary: str, lacks: list[str]) -> None:
    event = {"summary": summary, "title": "A dinner", "place": "istanbul"}
    history = with_claims({"statement": "Kasuri dined in Turkey."}, event=event)
    assert [words for _, column, words in told.lacking(history) if column == "summary"] == (
        [lacks] if lacks else []
    )


def test_what_stands_in_the_event_that_it_is_about_counts() -> None:
    history = make_history(
        events=[
            {**EVENT, "event_id": "2005-y", "about": "2005-x", "summary": "He denied that Shalom came."},
            EVENT,
        ],
        sources=[{"source_id": "s"}],
        claims=[
            {"claim_id": "2005-x.1", "event_id": "2005-x", "source_id": "s", "statement": "Shalom came."}
        ],
    )
    assert not [e for e, column, _ in told.lacking(history) if (e, column) == ("2005-y", "summary")]


# --- kind 15 --------------------------------------------------------------------------------------
PAGE = {
    "accessed": "2026-11-28",
    "type": "article-newspaper",
    "url": "https://example.org/1",
    "title": "A title",
    "credit": "own_reporter",
}
NO_DAY, NO_TITLE = "no day of reading", "a page without its own title"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ({}, []),
        ({"accessed": ""}, [NO_DAY]),
        ({"accessed": "", "type": "dataset", "title": "Voting records, session 77"}, []),
        ({"accessed": "", "type": "dataset", "title": "A register of missions"}, [NO_DAY]),
        ({"credit_line": "By Ayesha Khan"}, ["signed, and no author (By Ayesha Khan)"]),
        (
            {"credit_line": "By Khan, our correspondent"},
            ["signed, and no author (By Khan, our correspondent)"],
        ),
        ({"credit_line": "By Our Correspondent"}, []),
        ({"credit_line": "By a staff reporter"}, []),
        ({"title": "[A dinner]"}, [NO_TITLE]),
        ({"title": "[A dinner]", "note": "Stands at an address with a foreign headline."}, [NO_TITLE]),
        ({"title": "[A dinner]", "note": "[A translation]"}, [NO_TITLE]),
        ({"title": "[A dinner]", "note": "[A translation] Our description as title."}, []),
        ({"title": "[A dinner]", "note": "Arabic; headline not shown."}, []),
        (
            {"title": "[A dinner]", "note": "Title in our words; it was not kept."},
            [NO_TITLE],
        ),  # it may be there
    ],
)
def test_what_the_page_may_show_is_asked_for_until_somebody_looked(source: dict, told: list[str]) -> None:
    rows = review.thin_metadata(with_claims({}, **{**PAGE, **source}))
    assert [row.removeprefix("s0: ") for row in rows] == told


# --- what was read --------------------------------------------------------------------------------
def test_what_was_read_is_listed_no_more_until_it_changes(tmp_path: Path) -> None:
    folder = small_data.write(tmp_path / "data")
    open_rows = review.review(load(folder))
    first = open_rows[~open_rows["read"]].iloc[0]
    (folder / "second-coding").mkdir()
    path = folder / "second-coding" / "review.csv"
    for row, stays in ((first["row"], False), (first["row"] + " then", True)):
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(
                [["kind", "row", "read", "why"], [first["kind"], row, "2026-11-28", "It stands."]]
            )
        history = load(folder)
        assert (f"  {first['row']}\n" in review.review_list(history)) is stays
        assert bool(review.outdated(history)) is stays


def test_no_reading_in_the_book_is_of_a_row_that_is_not_listed(book) -> None:
    assert not review.outdated(book)


def test_every_row_of_the_kinds_that_were_read_is_read(book) -> None:
    """All kinds but two were read to the end: a new row there is new."""
    table = review.review(book)
    unread = table[~table["read"] & ~table["kind"].str.startswith(("15 ", "19 "))]
    assert not len(unread), unread[["kind", "row"]].to_string()
