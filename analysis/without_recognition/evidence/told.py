"""Titles and summaries say no more than the rows: every name, number and date in them occurs in a row of the event.

A row here is a claim with its source, its speaker and the source that it follows; who took part; a ruling, a search;
and the rows of an event that it is about, or that are about it. A country, its capital, its people and its adjective
are one name, and so are an abbreviation and what it stands for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from without_recognition.data import dates
from without_recognition.data.dataset import History, by_key, records

NAME = re.compile(r"(?<![\w-])[A-Z][\w'’-]{2,}")
NUMBER = re.compile(r"\b\d[\d,.]*\b")
FIRST_WORD = re.compile(r"(^|[.:;?!]\s+|[\"'“(])[A-Z][\w'’-]+")  #: is no name for certain
SPELLED = 6  #: letters by which one name is known in its forms: `Egypti|an`, `Jordan|ian`

#: in every event of this book
COMMON = (
    "pakistan israel palestin jewish jews arab muslim islam gaza jerusalem minister president prime foreign office "
    "general assembly security council united nations american plo oic isi"
)
#: words of one thing, beginnings of which any form is
ALIKE = (
    ("egypt", "cairo"),
    ("britain", "british", "english", "london"),
    ("france", "french", "paris"),
    ("german",),
    ("america", "united states", "u.s.", "washington", "white house"),
    ("united nations", "nations", "u.n.", "un ", "new york"),
    ("security council", "the council"),
    ("turkey", "turkish"),
    ("afghan",),
    ("arabi", "saudi"),
    ("iran", "tehran", "persia"),
    ("china", "chinese"),
    ("russia", "soviet", "moscow"),
    ("sweden", "swedish"),
    ("netherlands", "dutch"),
    ("emirat", "uae"),
    ("india", "delhi"),
    ("zionis",),
    ("international court", "world court", "icj", "court"),
    ("middle east", "middle eastern", "near east"),
    ("jamaat", "islami"),
    ("aqsa", "haram"),
    ("twitter", "tweet"),
)


def lacking(history: History) -> Iterator[tuple[str, str, list[str]]]:
    """(event_id, column, the words that no row has) for every title and summary that has such words."""
    rows, near = _rows(history), _near(history)
    for event_id, e in by_key(history.table("events")).items():
        known = _plain(" ".join([rows[event_id], *(rows[other] for other in near[event_id]), COMMON]))
        known += " ".join(" ".join(words) for words in ALIKE if any(word in known for word in words))
        for column in ("title", "summary"):
            if words := _beyond(e[column], known):
                yield event_id, column, words


def _beyond(text: str, known: str) -> list[str]:
    names = {name for name in NAME.findall(FIRST_WORD.sub(" ", text)) if not _occurs(name, known)}
    digits = known.replace(",", "")
    return sorted(names | {n for n in NUMBER.findall(text) if n.strip(".,").replace(",", "") not in digits})


def _occurs(name: str, known: str) -> bool:
    return all(part[:SPELLED].rstrip("s") in known for part in _plain(name).split() if len(part) > 2)


def _plain(text: str) -> str:
    return re.sub(r"['’]s?\b", "", text.lower()).replace("-", " ")


def _near(history: History) -> dict[str, list[str]]:
    """The events that one is about, or that are about it."""
    near: dict[str, list[str]] = defaultdict(list)
    for event_id, e in by_key(history.table("events")).items():
        if e["about"]:
            near[event_id].append(e["about"])
            near[e["about"]].append(event_id)
    return near


def _rows(history: History) -> dict[str, str]:
    """All words of the rows of each event."""
    sources, actors = by_key(history.sources), by_key(history.actors)
    words: dict[str, list[str]] = defaultdict(list)
    for c in records(history.claims):
        told = words[c["event_id"]]
        told += [c[k] for k in ("statement", "value", "of", "passage", "locator")]
        told += _of_source(sources[c["source_id"]]) + _of_actor(actors.get(c["speaker"], {}))
        told += _of_source(sources[c["origin"]]) if c["origin"] in sources else []
    for p in records(history.participants):
        words[p["event_id"]] += _of_actor(actors[p["actor_id"]])
    for r in records(history.rulings):
        words[r["event_id"]] += [r["reason"], r["what_would_change_it"]]
    for s in records(history.searches):
        words[s["event_id"]] += [s["question"], s["terms"], s["note"]]
    for event_id, e in by_key(history.table("events")).items():
        words[event_id] += [e["date"], dates.worded(e["date"]), e["place"]]
    return {event_id: " ".join(told) for event_id, told in words.items()}


def _of_source(s: dict[str, str]) -> list[str]:
    told = [
        s[k]
        for k in ("title", "container", "publisher", "author", "note", "credit_line", "issued", "written")
    ]
    return [*told, *(dates.worded(day) for day in (s["issued"], s["written"]) if day)]


def _of_actor(a: dict[str, str]) -> list[str]:
    return [a[k] for k in ("name", "variants", "description", "note") if a]


__all__ = ["lacking"]
