"""EDTF: bounds against the library as oracle, wording by hand."""

from __future__ import annotations

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st
from without_recognition.data import dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2005-09-01", "2005-09-01", "2005-09-01"),
        ("2005-09", "2005-09-01", "2005-09-30"),
        ("1948-02?", "1948-02-01", "1948-02-29"),
        ("1953~", "1953-01-01", "1953-12-31"),
        ("195X", "1950-01-01", "1959-12-31"),
        ("1948-05-XX", "1948-05-01", "1948-05-31"),
        ("1974-02-22/1974-02-24", "1974-02-22", "1974-02-24"),
        ("1949/1952?", "1949-01-01", "1952-12-31"),
        ("[1947-12..1948-07]", "1947-12-01", "1948-07-31"),
        ("2004-05/..", "2004-05-01", "9999-12-31"),
        ("../1948-05-14", "0001-01-01", "1948-05-14"),
    ],
)
def test_bounds(text: str, first: str, last: str) -> None:
    span = dates.parse(text)
    assert (span.earliest.isoformat(), span.latest.isoformat()) == (first, last)


@given(st.dates(date(1800, 1, 1), date(2100, 12, 31)), st.sampled_from([4, 7, 10]))
def test_the_fast_path_agrees_with_the_library(day: date, cut: int) -> None:
    text = day.isoformat()[:cut]
    oracle = parse_edtf(text)
    span = dates.parse(text)
    assert (span.earliest, span.latest) == (
        date(*oracle.lower_strict()[:3]),
        date(*oracle.upper_strict()[:3]),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2005-09-01", "on 1 September 2005"),
        ("2005-09", "in September 2005"),
        ("1953", "in 1953"),
        ("1953?", "probably in 1953"),
        ("1948-05-17~", "around 17 May 1948"),
        ("1957-07%", "probably around July 1957"),
        ("1974-02-22/1974-02-24", "from 22 to 24 February 1974"),
        ("1956-11-30/1956-12-02", "from 30 November to 2 December 1956"),
        ("1949/1952", "from 1949 to 1952"),
        ("[1947-12..1948-07]", "between December 1947 and July 1948"),
        ("[1989-09..1989-10]", "in September or October 1989"),
        ("[1989-07..1989-08]", "in July or August 1989"),
        ("[1989-12..1990-01]", "in December 1989 or January 1990"),
        ("[1989-09..1989-11]", "between September 1989 and November 1989"),
        ("[1989-09..1990-10]", "between September 1989 and October 1990"),
        ("[1989-09-01..1989-10-30]", "between 1 September 1989 and 30 October 1989"),
        ("[2005-01-29..2005-01-30]", "on 29 or 30 January 2005"),
        ("[2005-01-31..2005-02-01]", "on 31 January or 1 February 2005"),
        ("[2004-12-31..2005-01-01]", "on 31 December 2004 or 1 January 2005"),
        ("[2005-01-29..2005-01-31]", "between 29 January 2005 and 31 January 2005"),
        ("[1954..1955]", "between 1954 and 1955"),
        ("195X", "in the 1950s"),
        ("2004-05/..", "from May 2004"),
        ("../1948-05-14", "until 14 May 1948"),
    ],
)
def test_wording_follows_precision(text: str, words: str) -> None:
    assert dates.worded(text) == words
    assert dates.capitalised(text) == words[0].upper() + words[1:]


def test_a_source_without_a_date_is_undated() -> None:
    assert [dates.since(t) for t in ("20XX", "19XX", "2005-09", "201X")] == [
        "undated, after 2000",
        "undated, after 1900",
        "September 2005",
        "the 2010s",
    ]


def test_bare_has_no_preposition() -> None:
    assert [dates.bare(t) for t in ("2005-09-01", "1953~", "195X", "[1989-09..1989-10]")] == [
        "1 September 2005",
        "about 1953",
        "the 1950s",
        "September or October 1989",
    ]


def test_qualifiers_never_move_a_bound() -> None:
    for mark in "?~%":
        plain, marked = dates.parse("1948-05-17"), dates.parse("1948-05-17" + mark)
        assert (plain.earliest, plain.latest) == (marked.earliest, marked.latest)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Sep-05", "spreadsheet"),
        ("1-Sep", "spreadsheet"),
        ("01/09/2005", "spreadsheet"),
        ("2005-02-30", "calendar"),
        ("2005-13", "calendar"),
        ("2006/2005", "before it begins"),
        ("../..", "no date"),
        ("2005/2006/2007", "three ends"),
        ("٢٠٠٥", "not EDTF"),
        ("soon", "not EDTF"),
        ("", "not EDTF"),
    ],
)
def test_bad_dates_say_what_to_do(text: str, message: str) -> None:
    with pytest.raises(dates.DateError, match=message):
        dates.parse(text)


@given(st.dates(), st.dates(), st.dates(), st.dates())
def test_overlap_is_symmetric(a: date, b: date, c: date, d: date) -> None:
    one, two = (f"{min(p)}/{max(p)}" for p in ((a, b), (c, d)))
    assert dates.overlap(one, two) == dates.overlap(two, one)
    assert dates.overlap(one, one)
