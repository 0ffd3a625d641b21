"""A date of the data (EDTF) as each format of references says it, without a day or a year that nobody gave."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any

from without_recognition.data import dates

WIDEST = 20  #: years; a time that is wider and holds one unknown day is no year to print
END = r"(?:\.\.|\d{2}(?:\d[\dX]|XX)(?:-(?:\d\d|XX)(?:-(?:\d\d|XX))?)?[?~%]?)"
BIBLATEX = re.compile(rf"{END}(?:/{END})?")
RANGE = re.compile(r"\[(\d[\d-]*)\.\.(\d[\d-]*)\]")


def is_plain(edtf: str) -> bool:
    """Whether `edtf` is a day, a month or a year without a mark of doubt."""
    span = dates.parse(edtf)
    return span.precision in ("day", "month", "year") and not span.qualifier


def year(edtf: str) -> str:
    """'2005'; '2010-2019' for a time of years; 'n.d.' for a wide one in which only one day is meant, or an open one."""
    span = dates.parse(edtf)
    if span.earliest.year == span.latest.year:
        return str(span.earliest.year)
    return "n.d." if _is_too_wide(span) else f"{span.earliest.year}-{span.latest.year}"


def csl(edtf: str) -> dict[str, Any] | None:
    """A CSL date variable; `circa` stands for every doubt. None where there is no year to name.

    Its `date-parts` are the bounds, as exact as they were given; an open span is `literal`, in words.
    """
    span = dates.parse(edtf)
    if date.min == span.earliest or date.max == span.latest:
        return {"literal": dates.bare(edtf)}
    if span.precision == "range" and _is_too_wide(span):
        return None
    first, last = _bounds(span)
    doubt = {"circa": True} if span.qualifier or span.precision == "range" else {}
    return {"date-parts": [first] if first == last else [first, last], **doubt}


def biblatex(edtf: str) -> str:
    """The same in biblatex's own EDTF (levels 0 and 1). A range becomes a span with approximate ends."""
    if found := RANGE.fullmatch(edtf):
        return f"{found[1]}~/{found[2]}~"
    if BIBLATEX.fullmatch(edtf):
        return edtf
    first, last = ("-".join(f"{part:02}" for part in end) for end in _bounds(dates.parse(edtf)))
    return f"{first}~/{last}~"


def ris(edtf: str) -> tuple[str, str]:
    """What PY and DA (YYYY/MM/DD/words) hold; both empty where no single year is meant."""
    span = dates.parse(edtf)
    if span.earliest.year != span.latest.year:
        return "", ""
    given = str(span.earliest.year)
    if span.precision not in ("day", "month", "year"):
        return given, f"{given}///{dates.bare(edtf)}"
    month, day = (f"{part:02}" for part in (span.earliest.month, span.earliest.day))
    size = {"year": 0, "month": 1, "day": 2}[span.precision]
    parts = [given, month if size else "", day if size == 2 else "", dates.HEDGES[span.qualifier].strip()]
    return given, "/".join(parts)


def _is_too_wide(span: dates.Span) -> bool:
    return span.latest.year - span.earliest.year >= WIDEST


def _bounds(span: dates.Span) -> tuple[list[int], list[int]]:
    """Both bounds as [year], [year, month] or [year, month, day], whichever says them exactly."""
    low, high = span.earliest, span.latest
    size = 3
    if low.day == 1 and high.day == calendar.monthrange(high.year, high.month)[1]:
        size = 1 if (low.month, high.month) == (1, 12) else 2
    return [low.year, low.month, low.day][:size], [high.year, high.month, high.day][:size]
