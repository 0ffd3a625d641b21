"""The id that a new row gets: of the same form as its neighbours', and never one that was given before."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from without_recognition.data.dataset import History, column_cells, records
from without_recognition.data.rows import by_key

MADE = ("sources", "events", "claims", "actors")  #: tables whose new ids are made here
SMALL = frozenset(
    ("a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "it", "its", "not")
    + ("of", "on", "or", "over", "say", "says", "that", "the", "to", "was", "with")
)  #: words of a title that an id leaves out
LONGEST = 4  #: words of a title in an id
DATED = re.compile(r"(?P<name>.+?)-(?P<date>\d{4}(-\d\d){0,2})")


def new_id(history: History, table: str, row: dict[str, str]) -> str:
    """The id of a new row; "" where the cells that it is made of are not given."""
    if table == "claims":
        return _claim(history, row["event_id"])
    makers: dict[str, Callable[[History, dict[str, str]], str]] = {
        "sources": _source,
        "events": _event,
        "actors": lambda history, row: slug(row["name"]),
    }
    words = makers[table](history, row)
    return _free(history, table, words) if words else ""


def slug(text: str) -> str:
    """Small letters, digits and hyphens.

    >>> slug("Süleyman Demirel's visit")
    'suleyman-demirels-visit'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")


def _claim(history: History, event_id: str) -> str:
    """The event's id and the number after the highest that it ever had; "" for an event that is not there."""
    known = [*column_cells(history.claims, "claim_id"), *_retired(history, "claims")]
    numbers = [int(c.rpartition(".")[2]) for c in known if c.rpartition(".")[0] == event_id]
    return f"{event_id}.{max(numbers, default=0) + 1}" if event_id in history.table("events").index else ""


def _source(history: History, row: dict[str, str]) -> str:
    """How sources of the same publisher are called, else author or publisher; and the day of issue."""
    if not row["publisher"] or not (day := re.match(r"\d{4}(-\d\d){0,2}", row["issued"])):
        return ""
    found = [
        DATED.fullmatch(s) for s, r in by_key(history.sources).items() if r["publisher"] == row["publisher"]
    ]
    names = Counter(match["name"] for match in found if match)
    common = names.most_common(1)
    if common and common[0][1] > 1:
        return f"{common[0][0]}-{day[0]}"
    author = row["author"].partition(";")[0].partition(",")[0]
    name = slug(author) or slug(row["publisher"])
    return f"{name}-{day[0]}" if name else ""


def _event(history: History, row: dict[str, str]) -> str:
    year = re.search(r"(1[89]|20)\d\d", row["date"])
    words = [word for word in slug(row["title"]).split("-") if word and word not in SMALL]
    return "-".join([year[0], *words[:LONGEST]]) if year and words else ""


def _free(history: History, table: str, wanted: str) -> str:
    """`wanted`, or with the first letter behind it (or number) that no row has or had."""
    known = {*history.table(table).index, *_retired(history, table)}
    if DATED.fullmatch(wanted) and table == "sources":
        ends = ["", *"bcdefghijklmnopqrstuvwxyz"]
        glue = "" if wanted[-3:-2] == "-" else "-"
    else:
        ends, glue = [""], "-"
    tries = itertools.chain(ends, (str(n) for n in itertools.count(2)))
    return next(
        f"{wanted}{glue if end else ''}{end}"
        for end in tries
        if f"{wanted}{glue if end else ''}{end}" not in known
    )


def _retired(history: History, table: str) -> list[str]:
    return [c["key"] for c in records(history.corrections) if c["kind"] == "retired" and c["table"] == table]
