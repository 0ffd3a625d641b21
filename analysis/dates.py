"""EDTF strings -> bounds, precision, sort keys and wording.

Profile (see CONTRIBUTING.md): ISO days, months and years; `X` for unknown digits; `a/b` for a span,
`..` for an open end; `[a..b]` for one date within a range; the qualifiers `?`, `~`, `%` at the end.
Qualifiers change the wording and never move a bound: who knows a range writes an interval.
"""
from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

SIMPLE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)
MANGLED = re.compile(r"(?i)^(?:\d{1,2}-[a-z]{3}|[a-z]{3}-\d{2,4}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})$")
QUALIFIERS = {"": "", "?": "uncertain", "~": "approximate", "%": "uncertain and approximate"}
HEDGES = {"": "", "?": "probably ", "~": "about ", "%": "probably about "}
MONTHS = calendar.month_name


class DateError(ValueError):
    """The text is not in our EDTF profile; the message says what is wrong and what to write."""


@dataclass(frozen=True, slots=True)
class Span:
    """What an EDTF string says: strict bounds (days, both included), how it was written, how sure."""

    text: str
    earliest: date
    latest: date
    precision: str  #: day, month, year, span (several days that all belong) or range (one unknown day)
    qualifier: str = ""  #: "", "?", "~" or "%"

    def overlaps(self, other: Span) -> bool:
        return self.earliest <= other.latest and other.earliest <= self.latest

    @property
    def sort_key(self) -> tuple[date, date]:
        return (self.earliest, self.latest)


@lru_cache(maxsize=None)
def parse(text: str) -> Span:
    """Read one EDTF string.

    Raises DateError, with a message of its own for dates that a spreadsheet has rewritten.
    """
    if m := SIMPLE.fullmatch(text):
        return _simple(text, *m.groups())
    if MANGLED.match(text):
        raise DateError(f"'{text}' looks like a date rewritten by a spreadsheet; write 2005-09 or 2005-09-01")
    if "/" in text:
        return _interval(text)
    return _by_library(text)


def _simple(text: str, year: str, month: str | None, day: str | None, qualifier: str) -> Span:
    y, m, d = int(year), int(month or 0), int(day or 0)
    try:
        if day:
            return Span(text, date(y, m, d), date(y, m, d), "day", qualifier)
        if month:
            return Span(text, date(y, m, 1), date(y, m, calendar.monthrange(y, m)[1]), "month", qualifier)
        return Span(text, date(y, 1, 1), date(y, 12, 31), "year", qualifier)
    except ValueError as wrong:  # calendar.IllegalMonthError is a ValueError too
        raise DateError(f"'{text}' is not a day of the calendar; correct the month or the day") from wrong


def _interval(text: str) -> Span:
    start, _, end = text.partition("/")
    if "/" in end:
        raise DateError(f"'{text}' has three ends; write a/b")
    first = None if start in ("", "..") else parse(start)
    last = None if end in ("", "..") else parse(end)
    if first is None and last is None:
        raise DateError(f"'{text}' has no date in it; write at least one end")
    earliest = first.earliest if first else date.min
    latest = last.latest if last else date.max
    if earliest > latest:
        raise DateError(f"'{text}' ends before it begins; swap the ends")
    return Span(text, earliest, latest, "span", (last and last.qualifier) or (first and first.qualifier) or "")


def _by_library(text: str) -> Span:
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(text)
        low, high = parsed.lower_strict(), parsed.upper_strict()
        bounds = date(*low[:3]), date(*high[:3])
    except (EDTFParseException, TypeError, ValueError, AttributeError, OverflowError) as wrong:
        raise DateError(f"'{text}' is not EDTF; write 2005, 2005-09, 2005-09-01, a/b or [a..b]") from wrong
    qualifier = text[-1] if text[-1] in "?~%" else ""
    return Span(text, *bounds, "range", qualifier)


def overlap(a: str, b: str) -> bool:
    """Whether two EDTF strings can be true together."""
    return parse(a).overlaps(parse(b))


@lru_cache(maxsize=None)
def bare(text: str) -> str:
    """'1 September 2005', 'about 1953': for use after a word of one's own."""
    return _worded(parse(text), preposition=False)


@lru_cache(maxsize=None)
def worded(text: str) -> str:
    """'on 1 September 2005', 'in September 2005', 'probably in 1953'."""
    return _worded(parse(text), preposition=True)


def capitalised(text: str) -> str:
    """The same at a sentence's start."""
    words = worded(text)
    return words[0].upper() + words[1:]


def _point(day: date, precision: str) -> str:
    return {"day": f"{day.day} {MONTHS[day.month]} {day.year}", "month": f"{MONTHS[day.month]} {day.year}",
            "year": str(day.year)}[precision]


def _worded(span: Span, preposition: bool) -> str:
    hedge = HEDGES[span.qualifier]
    if span.precision in ("day", "month", "year"):
        point = _point(span.earliest, span.precision)
        if not preposition:
            return hedge + point
        if "~" in span.qualifier or "%" in span.qualifier:
            return hedge.replace("about", "around") + point
        return f"{hedge}{'on' if span.precision == 'day' else 'in'} {point}"
    if span.precision == "span":
        return _span_words(span, preposition, hedge)
    return _range_words(span, preposition, hedge)


def _span_words(span: Span, preposition: bool, hedge: str) -> str:
    start, end = span.text.split("/")
    if start in ("", ".."):
        return f"{'until ' if preposition else 'to '}{hedge}{bare(end)}"
    if end in ("", ".."):
        return f"{'from' if preposition else 'since'} {bare(start)}"
    first, last = parse(start), parse(end)
    left, right = _point(first.earliest, first.precision), _point(last.earliest if last.precision != "span"
                                                                   else last.latest, last.precision)
    if first.precision == last.precision == "day" and left.split()[1:] == right.split()[1:]:
        left = left.split()[0]
    elif first.precision == last.precision and first.precision in ("day", "month") \
            and left.split()[-1] == right.split()[-1]:
        left = " ".join(left.split()[:-1])
    hedge = hedge and hedge.replace("about", "around")
    return f"{hedge}from {left} to {right}" if preposition else f"{hedge}{left} to {right}"


def _range_words(span: Span, preposition: bool, hedge: str) -> str:
    low, high = span.earliest, span.latest
    if (low.month, low.day, high.month, high.day) == (1, 1, 12, 31):
        if high.year - low.year == 9 and low.year % 10 == 0:
            words = f"the {low.year}s"
            return hedge + (f"in {words}" if preposition else words)
        left, right = str(low.year), str(high.year)
    else:
        whole = low.day == 1 and high.day == calendar.monthrange(high.year, high.month)[1]
        precision = "month" if whole else "day"
        left, right = _point(low, precision), _point(high, precision)
    if left == right:
        return hedge + (f"in {left}" if preposition else left)
    return f"{hedge}between {left} and {right}"
