"""The EDTF profile as laws: whatever is accepted is bounded, sorted, worded and read back; all else is refused."""

from __future__ import annotations

import calendar
import json
import re
from datetime import date

import pytest
from conftest import make_history
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st
from without_recognition import citations
from without_recognition.data import dates

MARKS = st.sampled_from(["", "?", "~", "%"])
DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
HEDGES = {"": "", "?": "probably", "~": "about", "%": "probably about"}
MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}


@st.composite
def whole(draw) -> str:
    """A day, a month or a year without a mark."""
    return draw(DAYS).isoformat()[: draw(st.sampled_from([4, 7, 10]))]


@st.composite
def points(draw) -> str:
    """What can be an end of a span."""
    text = draw(whole())
    hidden = {4: [text, text[:3] + "X"], 7: [text, text[:5] + "XX"], 10: [text, text[:8] + "XX"]}[len(text)]
    return draw(st.sampled_from(hidden)) + draw(MARKS)


def bounds(text: str) -> tuple[date, date]:
    """By the library, which knows all of EDTF; marks, which move its bounds, are taken off."""
    parsed = parse_edtf(re.sub(r"[?~%]", "", text))
    return date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])


@st.composite
def spans(draw) -> str:
    ends = draw(
        st.lists(points(), min_size=2, max_size=2).filter(lambda e: bounds(e[0])[0] <= bounds(e[1])[1])
    )
    open_end = draw(st.sampled_from([None, None, None, 0, 1]))
    if open_end is not None:
        ends[open_end] = ".."
    return "/".join(ends)


@st.composite
def ranges(draw) -> str:
    size = draw(st.sampled_from([4, 7, 10]))
    low, high = (each.isoformat()[:size] for each in sorted(draw(st.tuples(DAYS, DAYS))))
    return f"[{low}..{high}]"


ACCEPTED = st.one_of(points(), spans(), ranges(), DAYS.map(lambda d: d.isoformat()[:2] + "XX"))


@given(ACCEPTED)
def test_bounds_are_those_of_the_library_and_order_the_dates(text: str) -> None:
    span = dates.parse(text)
    assert span.text == text and span.earliest <= span.latest
    if "/" in text:
        first, last = text.split("/")
        assert span.earliest == (date.min if first == ".." else bounds(first)[0])
        assert span.latest == (date.max if last == ".." else bounds(last)[1])
    else:
        assert (span.earliest, span.latest) == bounds(text)
    assert sorted([span, dates.parse("1953")], key=lambda s: s.sort_key)


@given(ACCEPTED)
def test_each_hedge_is_said_once_at_the_end_that_has_it(text: str) -> None:
    for words in (dates.worded(text), dates.bare(text)):
        said = re.findall("probably about|probably around|probably|about|around", words)
        marks = [HEDGES[m] for m in re.findall(r"[?~%]", text)]
        if "/" in text and len(set(text.split("/"))) == 1:
            marks = marks[:1]
        assert [each.replace("around", "about") for each in said] == marks, words
        assert not re.search(r"\b(in|on|from|until|to) (in|on|between|from|until|to)\b|  |\bNone\b", words), (
            words
        )
        assert not re.search(r"\b(around|about) (in|on|from|to|until)\b", words), words


@given(ACCEPTED)
def test_the_words_read_back_as_the_date(text: str) -> None:
    """A reader of English, who knows nothing of EDTF, finds the same days and the same doubt at each end."""
    span = dates.parse(text)
    expected = span.ends if span.ends and text.count("/") and len(set(text.split("/"))) == 2 else (span,)
    if expected == (span,) and span.ends:
        expected = (span.ends[0],)
    given_ends = [each and (each.earliest, each.latest, HEDGES[each.qualifier]) for each in expected]
    for words in (dates.worded(text), dates.bare(text)):
        assert read(words) == given_ends, words


def read(words: str) -> list[tuple[date, date, str] | None]:
    """(first day, last day, hedge) of each end that English words name; None for an open one."""
    if m := re.fullmatch(r"(probably )?between (.+) and (.+)", words):
        return [(one(m[2])[0], one(m[3])[1], (m[1] or "").strip())]
    if m := re.fullmatch(r"(?:on )?(\d+)( \w+)?( \d+)? or (\d+ (\w+) (\d+))", words):  # 29 or 30 January 2005
        low, high = one(f"{m[1]}{m[2] or f' {m[5]}'}{m[3] or f' {m[6]}'}"), one(m[4])
        assert high[0].toordinal() - low[1].toordinal() == 1, words
        return [(low[0], high[1], "")]
    if m := re.fullmatch(r"(?:in )?(\w+)( \d+)? or (\w+ (\d+))", words):
        low, high = one(m[1] + (m[2] or f" {m[4]}")), one(m[3])
        assert high[0].toordinal() - low[1].toordinal() == 1, words
        return [(low[0], high[1], "")]
    if m := re.fullmatch(r"(?:from|since) ((?:(?! to ).)+)", words):
        return [one(m[1]), None]
    if m := re.fullmatch(r"(?:until|to) (.+)", words):
        return [None, one(m[1])]
    if m := re.fullmatch(r"(?:from )?(.+) to (.+)", words):
        later = m[2].split()
        earlier = m[1].split()
        if earlier[-1].isdigit() and len(earlier[-1]) < 4 - (int(later[-1].rstrip("s")) < 1000):
            earlier += later[-2:]
        elif earlier[-1] in MONTHS:
            earlier += later[-1:]
        return [one(" ".join(earlier)), one(m[2])]
    return [one(words)]


def one(words: str) -> tuple[date, date, str]:
    hedge, _, _, rest = re.fullmatch(r"((probably)? ?(about|around)?)\s*(.*)", words).groups()
    if century := re.fullmatch(r"(?:in )?the (\d+)(?:st|nd|rd|th) century", rest):
        first = (int(century[1]) - 1) * 100
        return date(max(first, 1), 1, 1), date(first + 99, 12, 31), hedge.strip()
    *before, year = re.sub(r"^(in|on) ", "", rest).split()
    if year.endswith("s"):
        assert before == ["the"]
        return (
            date(int(year[:-1]), 1, 1),
            date(int(year[:-1]) + 9, 12, 31),
            hedge.replace("around", "about").strip(),
        )
    month = MONTHS[before[-1]] if before else None
    day = int(before[0]) if len(before) == 2 else None
    low = date(int(year), month or 1, day or 1)
    last = day or (calendar.monthrange(int(year), month)[1] if month else 31)
    return low, date(int(year), month or 12, last), hedge.replace("around", "about").strip()


@given(points())
def test_every_accepted_date_goes_into_every_format_of_references(text: str) -> None:
    source = {"source_id": "a-2005", "issued": text, "written": text, "accessed": "2026-11-22"}
    history = make_history(sources=[source])
    written = citations.exports(history)
    item = json.loads(written["sources.json"])[0]
    assert item["custom"]["edtf"]["issued"] == text
    assert f"date = {{{text}}}" in written["sources.bib"] and "TY  - NEWS" in written["sources.ris"]
    span = dates.parse(text)
    if "issued" in item:
        assert item["issued"]["date-parts"][0][0] == span.earliest.year
        assert bool(item["issued"].get("circa")) == bool(span.qualifier or span.precision == "range")
    else:
        assert span.latest.year - span.earliest.year == 99  # a century is no year


FORMS = re.compile(
    r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?|\d{3}X|\d{4}-XX|\d{4}-\d\d-XX)[?~%]?|\d\dXX|\[[\d-]+\.\.[\d-]+\]"
)


@given(st.text("0123456789X?~%-/.[]{}, TS", min_size=1, max_size=24) | st.text(max_size=12))
def test_nothing_else_is_accepted(text: str) -> None:
    try:
        dates.parse(text)
    except dates.DateError as wrong:
        assert "; " in str(wrong)
        return
    for end in text.split("/"):
        assert end == ".." or FORMS.fullmatch(end), text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1953?-01", "has a mark within; marks stand once, at the end of a date"),
        ("?1953", "has a mark within"),
        ("1953-01~-14", "has a mark within"),
        ("1953?~", "has a mark within"),
        ("1953?/1954?-02", "has a mark within"),
        ("1950S2", "counts significant digits"),
        ("[1953..1954, 1960]", "is a list"),
        ("[1953, 1960]", "is a list"),
        ("{1953,1954}", "is a set"),
        ("{1953..1954}", "is a set"),
        ("1953-01-14T12:00:00", "has a time of day"),
        ("[..1953]", "open end, a mark or unknown digits"),
        ("[1953?..1954]", "open end, a mark or unknown digits"),
        ("[195X..1961]", "open end, a mark or unknown digits"),
        ("[1953..1954-02]", "ends of two kinds"),
        ("[1954..1953]", "ends before it begins"),
        ("19XX~", "marks a century"),
        ("19XX/1954", "too wide for an end"),
        ("[1953..1954]/1960", "too wide for an end"),
        ("1953/", "lacks an end"),
        ("1XXX", "unknown digits in a place of its own"),
        ("XXXX-12", "unknown digits in a place of its own"),
        ("1953-21", "not a day of the calendar"),
        ("0000", "not a day of the calendar"),
        ("Y19530", "not EDTF"),
        ("-0044", "not EDTF"),
        ("unknown/1953", "'unknown' is a word; write .. for an open end"),
        ("1953/open", "'open' is a word; write .. for an open end"),
        ("195u", "small letters for unknown digits; write 195X"),
        ("1953-xx", "small letters for unknown digits; write 195X"),
    ],
)
def test_edtf_outside_the_profile_is_refused_with_a_reason(text: str, message: str) -> None:
    with pytest.raises(dates.DateError, match=re.escape(message)):
        dates.parse(text)


@pytest.mark.parametrize(
    "text",
    ["1-Sep-05", "Sep-05", "1-Sep", "1. Sep. 2005", "1-сен-05", "Sep 2005", "September 1, 2005", "01/09/2005",
     "1.9.2005", "2005/09/01", "1953-01-14 00:00:00", "'2005-09-01"],
)  # fmt: skip
def test_what_a_spreadsheet_wrote_is_called_so(text: str) -> None:
    for reader in (dates.parse, dates.day):
        with pytest.raises(dates.DateError, match="rewritten by a spreadsheet"):
            reader(text)


def test_a_day_number_of_a_spreadsheet_is_told_with_its_day() -> None:
    with pytest.raises(dates.DateError, match="day number of a spreadsheet; write 2005-09-01"):
        dates.parse("38596")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("../1953?", "until probably 1953"),
        ("1983~/1989", "from about 1983 to 1989"),
        ("1953/1954?", "from 1953 to probably 1954"),
        ("1953~/1954%", "from about 1953 to probably about 1954"),
        ("198X~", "about the 1980s"),
        ("198X%", "probably about the 1980s"),
        ("1953%/..", "from probably about 1953"),
        ("1953-01-14/1953-01-14", "on 14 January 1953"),
        ("198X/199X", "from the 1980s to the 1990s"),
        ("1953/195X", "from 1953 to the 1950s"),
        ("195X/1961", "from the 1950s to 1961"),
        ("1982-12~/1983~", "from about December 1982 to about 1983"),
        ("1974-02-22~/1974-02-24", "from about 22 to 24 February 1974"),
        ("1953-XX?", "probably in 1953"),
        ("[1954-05-01..1954-05-01]", "on 1 May 1954"),
    ],
)
def test_words_of_doubt(text: str, words: str) -> None:
    assert dates.worded(text) == words


@given(DAYS)
def test_a_day_is_a_day(day: date) -> None:
    assert dates.day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "2026-13-45", "2026-11-31", "2026-11", "2026", "2026-1-2", "20261122", "", "2026-11-22?"],
)
def test_what_no_calendar_has_is_no_day(text: str) -> None:
    with pytest.raises(dates.DateError, match="; "):
        dates.day(text)
