"""EDTF strings -> bounds, precision, sort keys and wording.

The profile, all of it (CONTRIBUTING.md has the same):

    1953  1953-01  1953-01-14     a year, a month, a day
    195X  19XX                    some year of a decade, of a century
    1953-XX  1953-01-XX           some month of a year, some day of a month
    a/b  a/..  ../b               a span of which every day belongs; its ends are any of these but a century
    [a..b]                        one day within a range of years, months or days

A mark stands at the end of a date, of either end of a span, and nowhere else: `?` uncertain, `~` approximate, `%`
both. A century and a range take none. Marks change the wording and never move a bound: who knows a range writes it.
Whatever else EDTF has is refused, so that no doubt is lost on the way.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

SIMPLE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)
UNSPECIFIED = re.compile(r"(?:(\d{3})X|(\d{4})-XX|(\d{4})-(\d{2})-XX)([?~%]?)", re.ASCII)
CENTURY = re.compile(r"(\d{2})XX", re.ASCII)
RANGE = re.compile(r"\[([\d-]+)\.\.([\d-]+)\]", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MONTH = r"[^\W\d_]{3,9}\.?"  # its name, in whatever language the spreadsheet speaks
MANGLED = re.compile(
    rf"(?i)'?(?:\d{{1,2}}\.?[-/ ]{MONTH}(?:[-/, ]+\d{{2,4}})?|{MONTH}[-/ ]\d{{1,4}}(?:,? \d{{4}})?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{4}[/.]\d{1,2}[/.]\d{1,2}|\d{4}-\d{1,2}-\d{1,2} [\d:. apm]+|'\d{4}[-\d]*)"
)
SERIAL = re.compile(r"([1-9]\d{4})(?:[.,]\d+)?", re.ASCII)
EPOCH = date(1899, 12, 30)  #: from which a spreadsheet counts days
OUTSIDE = (  #: what EDTF knows and the profile does not, and what to write
    (r".*T\d\d.*", "has a time of day; write the day alone"),
    (r"\{.*\}", "is a set; write a/b if every day belongs, [a..b] if one does"),
    (r"\[[^,]*\]", "is a range with an open end, a mark or unknown digits; write [a..b] with whole dates"),
    (r"\[.*\]", "is a list; write [a..b], the first and the last"),
    (r"\d{2}XX[?~%]", "marks a century, which is wide enough; remove the mark"),
    (r"-?Y?\d+S\d+", "counts significant digits; write 195X or [1950..1959]"),
    (
        r"(?=.*X)[\dX]{4}(-[\dX]{2}){0,2}[?~%]?",
        "has unknown digits in a place of its own; write 195X, 1953-XX or 1953-01-XX",
    ),
    (r".*[?~%].*[^?~%/].*|.*[?~%]{2,}", "has a mark within; marks stand once, at the end of a date"),
    (r"(?i)open|unknown", "is a word; write .. for an open end"),
    (
        r"(?i)(?=.*[xu])[\dxu]{4}(-[\dxu]{2}){0,2}",
        "has small letters for unknown digits; write 195X, 1953-XX or 1953-01-XX",
    ),
)
HEDGES = {"": "", "?": "probably ", "~": "about ", "%": "probably about "}
MONTHS = tuple(calendar.month_name)


class DateError(ValueError):
    """The text is not in our EDTF profile; the message says what is wrong and what to write."""


@dataclass(frozen=True, slots=True)
class Span:
    """What an EDTF string says: strict bounds (days, both included), how it was written, how sure."""

    text: str
    earliest: date
    latest: date
    precision: str  #: day, month, year, span (several days that all belong) or range (one unknown day)
    qualifier: str = ""  #: "", "?", "~" or "%"; of a span, that of its end or else of its beginning
    ends: tuple[Span | None, Span | None] | None = None  #: of a span; None where it is open

    def overlaps(self, other: Span) -> bool:
        return self.earliest <= other.latest and other.earliest <= self.latest

    @property
    def sort_key(self) -> tuple[date, date]:
        """First and last day; what has no beginning stands where it ends.

        >>> parse("../1972").sort_key == parse("1972-12-31").sort_key
        True
        """
        return (self.latest if self.earliest == date.min else self.earliest, self.latest)


@cache
def parse(text: str) -> Span:
    """Read one EDTF string.

    Raises DateError, with a message of its own for EDTF outside the profile and for dates that a spreadsheet has
    rewritten.
    """
    if "/" in text and (re.match(r"(?i)(open|unknown)/", text) or not MANGLED.fullmatch(text)):
        return _interval(text)
    return _point(text)


def day(text: str) -> date:
    """A day, YYYY-MM-DD, of the calendar. Raises DateError."""
    if not DAY.fullmatch(text):
        raise _mangled(text) or DateError(f"'{text}' is not a day; write YYYY-MM-DD")
    year, month, of_month = text.split("-")
    return _simple(text, year, month, of_month, "").earliest


def _point(text: str) -> Span:
    """A date without ends, with or without a mark."""
    if m := SIMPLE.fullmatch(text):
        return _simple(text, m[1], m[2], m[3], m[4])
    if m := UNSPECIFIED.fullmatch(text):
        decade, year, of_month, month, qualifier = m.groups()
        if decade:
            return _between(text, f"{decade}0", f"{decade}9", qualifier)
        whole = year or f"{of_month}-{month}"
        return _between(text, whole, whole, qualifier)
    if m := CENTURY.fullmatch(text):
        return _between(text, f"{m[1]}00", f"{m[1]}99")
    if m := RANGE.fullmatch(text):
        if len(m[1]) != len(m[2]):
            raise DateError(f"'{text}' has ends of two kinds; write two years, two months or two days")
        return _between(text, *m.groups())
    raise _refusal(text)


def _simple(text: str, year: str, month: str | None, day: str | None, qualifier: str) -> Span:
    y, m, d = int(year), int(month or 1), int(day or 1)
    try:
        first = date(y, m, d)
    except ValueError as wrong:
        raise DateError(f"'{text}' is not a day of the calendar; correct the year, month or day") from wrong
    if day:
        return Span(text, first, first, "day", qualifier)
    if month:
        return Span(text, first, date(y, m, calendar.monthrange(y, m)[1]), "month", qualifier)
    return Span(text, first, date(y, 12, 31), "year", qualifier)


def _between(text: str, low: str, high: str, qualifier: str = "") -> Span:
    first, last = SIMPLE.fullmatch(low), SIMPLE.fullmatch(high)
    if not first or not last:
        raise _refusal(text)
    earliest, latest = _simple(text, *first.groups()).earliest, _simple(text, *last.groups()).latest
    if earliest > latest:
        raise DateError(f"'{text}' ends before it begins; swap the ends")
    return Span(text, earliest, latest, "range", qualifier)


def _interval(text: str) -> Span:
    start, _, end = text.partition("/")
    if "/" in end:
        raise DateError(f"'{text}' has three ends; write a/b")
    if "" in (start, end):
        raise DateError(f"'{text}' lacks an end; write .. for an open one")
    first, last = (None if each == ".." else _end(text, each) for each in (start, end))
    if first is None and last is None:
        raise DateError(f"'{text}' has no date in it; write at least one end")
    earliest = first.earliest if first else date.min
    latest = last.latest if last else date.max
    if earliest > latest:
        raise DateError(f"'{text}' ends before it begins; swap the ends")
    qualifier = (last and last.qualifier) or (first and first.qualifier) or ""
    return Span(text, earliest, latest, "span", qualifier, (first, last))


def _end(text: str, end: str) -> Span:
    if CENTURY.fullmatch(end) or RANGE.fullmatch(end):
        raise DateError(f"'{text}': '{end}' is too wide for an end; write a decade, a year, a month or a day")
    try:
        return _point(end)
    except DateError as wrong:
        raise DateError(f"'{text}': {wrong}") from wrong


def _refusal(text: str) -> DateError:
    for form, told in OUTSIDE:
        if re.fullmatch(form, text, re.ASCII):
            return DateError(f"'{text}' {told}")
    usual = DateError(
        f"'{text}' is not EDTF of this book; write 2005, 2005-09, 2005-09-01, 200X, a/b or [a..b]"
    )
    return _mangled(text) or usual


def _mangled(text: str) -> DateError | None:
    """The words for a date that a spreadsheet has rewritten, or None."""
    if m := SERIAL.fullmatch(text):
        counted = EPOCH + timedelta(days=int(m[1]))
        return DateError(
            f"'{text}' looks like a day number of a spreadsheet; write {counted} if that is the day"
        )
    if MANGLED.fullmatch(text):
        return DateError(
            f"'{text}' looks like a date rewritten by a spreadsheet; write 2005-09 or 2005-09-01"
        )
    return None


def overlap(a: str, b: str) -> bool:
    """Whether two EDTF strings can be true together."""
    return parse(a).overlaps(parse(b))


@cache
def bare(text: str) -> str:
    """'1 September 2005', 'about 1953': for use after a word of one's own."""
    return _worded(parse(text), preposition=False)


@cache
def worded(text: str) -> str:
    """'on 1 September 2005', 'in September 2005', 'probably in 1953'."""
    return _worded(parse(text), preposition=True)


def capitalised(text: str) -> str:
    """The same at a sentence's start."""
    words = worded(text)
    return words[0].upper() + words[1:]


def _worded(span: Span, preposition: bool) -> str:
    if span.ends:
        return _span_words(*span.ends, preposition)
    hedge, name = HEDGES[span.qualifier], _name(span)
    if not preposition or name.startswith("between"):
        return hedge + name
    if span.qualifier in ("~", "%"):
        return hedge + name if name.startswith("the ") else hedge.replace("about", "around") + name
    return f"{hedge}{'on' if (span.latest - span.earliest).days < 2 else 'in'} {name}"


def _name(span: Span) -> str:
    """'14 January 1953', 'January 1953', 'the 1950s', '29 or 30 January 2005', 'September or October 1989',
    'between 1954 and 1955'.

    Without preposition and hedge.
    """
    low, high = span.earliest, span.latest
    if low == high:
        return f"{low.day} {MONTHS[low.month]} {low.year}"
    if (low.year, low.month) == (high.year, high.month) and _whole_months(low, high):
        return f"{MONTHS[low.month]} {low.year}"
    if (low.month, low.day, high.month, high.day) == (1, 1, 12, 31):
        if low.year == high.year:
            return str(low.year)
        if low.year % 10 == 0 and high.year - low.year == 9:
            return f"the {low.year}s"
        if low.year % 100 == 0 and high.year - low.year == 99:
            return f"the {_ordinal(low.year // 100 + 1)} century"
        return f"between {low.year} and {high.year}"
    if _whole_months(low, high):
        return _months(low, high)
    first, last = (f"{day.day} {MONTHS[day.month]} {day.year}" for day in (low, high))
    if high - low == timedelta(days=1):
        return f"{_apart(first, last)} or {last}"
    return f"between {first} and {last}"


def since(text: str) -> str:
    """When something was published: `bare`, but of a century, of which no reader thinks, 'undated, after 2000'."""
    return f"undated, after {text[:2]}00" if CENTURY.fullmatch(text) else bare(text)


def _ordinal(number: int) -> str:
    """'1st', '12th', '21st'."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _months(low: date, high: date) -> str:
    """One of two months that follow each other, or one within more."""
    first, last = f"{MONTHS[low.month]} {low.year}", f"{MONTHS[high.month]} {high.year}"
    if high - low < timedelta(days=62):
        return f"{_apart(first, last)} or {last}"
    return f"between {first} and {last}"


def _whole_months(low: date, high: date) -> bool:
    return low.day == 1 and high.day == calendar.monthrange(high.year, high.month)[1]


def _span_words(first: Span | None, last: Span | None, preposition: bool) -> str:
    """Each end with its own hedge: 'from about 1983 to 1989', 'until probably 1953'."""
    if first is None or last is None:
        words = {True: ("from", "until"), False: ("since", "to")}[preposition]
        end, word = (first, words[0]) if first else (last, words[1])
        assert end is not None
        return f"{word} {HEDGES[end.qualifier]}{_name(end)}"
    if first.text == last.text:
        return _worded(first, preposition)
    left, right = HEDGES[first.qualifier] + _shortened(first, last), HEDGES[last.qualifier] + _name(last)
    return f"from {left} to {right}" if preposition else f"{left} to {right}"


def _shortened(first: Span, last: Span) -> str:
    """The name of `first` without the month and year that it shares with `last`: '22' of '22 to 24 February 1974'."""
    return _apart(_name(first), _name(last))


def _apart(first: str, last: str) -> str:
    """The same of two names."""
    name, other = first.split(), last.split()
    if len(name) == len(other) and name[0] != "the":
        if len(name) == 3 and name[1:] == other[1:]:
            return name[0]
        if len(name) > 1 and name[-1] == other[-1]:
            return " ".join(name[:-1])
    return " ".join(name)
