"""Events found by words: in title and summary, and in the names of those who took part, in every spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from without_recognition.data import dates, folding
from without_recognition.data.rows import by_key, records

if TYPE_CHECKING:
    from without_recognition.data.history import History

COLUMNS = ["title", "date", "chapter", "found_in"]


def folded(text: str) -> str:
    """The words of a text as the finder compares them, those with hyphens as one word too, a blank between.

    >>> folded("Ben-Gurion’s neighbours")
    'ben gurion bengurion neighbor'
    """
    return " ".join(folding.folded_words(text, joined=True))


def events(history: History, text: str) -> pd.DataFrame:
    """The events that hold all words of `text`, by date; see `History.search`. Raises ValueError for no word."""
    wanted = folding.folded_words(text) if isinstance(text, str) else []
    if not wanted:
        raise ValueError("search() needs a word, such as 'handshake'")
    named = _names(history)
    rows = {}
    for event_id, e in by_key(history.table("events")).items():
        texts = {column: folded(e[column]) for column in ("title", "summary", "place")}
        texts["names"] = named[event_id]
        if all(any(word in held for held in texts.values()) for word in wanted):
            where = [name for name, held in texts.items() if any(word in held for word in wanted)]
            rows[event_id] = (e["title"], e["date"], e["chapter"], ", ".join(where))
    order = sorted(rows, key=lambda event_id: (dates.parse(rows[event_id][1]).sort_key, event_id))
    return pd.DataFrame([rows[e] for e in order], columns=COLUMNS, index=pd.Index(order, dtype=str))


def _names(history: History) -> dict[str, str]:
    """event_id -> all names and spellings of those who took part, folded."""
    spelled = {a: " ".join(_spellings(row)) for a, row in by_key(history.whole.actors).items()}
    out: dict[str, set[str]] = defaultdict(set)
    for row in records(history.participants):
        out[row["event_id"]].add(spelled[row["actor_id"]])
    return defaultdict(str, {event_id: " | ".join(sorted(names)) for event_id, names in out.items()})


def _spellings(actor: dict[str, str]) -> Iterator[str]:
    for name in (actor["name"], *actor["variants"].split(";")):
        if name.strip():
            yield folded(name)
