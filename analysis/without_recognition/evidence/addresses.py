"""Where the entries of the book stand: the names of their anchors, and the pages of the book that hold them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from without_recognition.evidence.lookup import Lookup

LETTERS = {  #: kind -> how its ids begin: a letter stands first, since docutils would drop a leading year
    "event": "e",
    "claim": "c",
    "source": "s",
    "person": "a",
    "dispute": "d",
    "search": "q",
    "proposition": "p",
}
SOURCES, NEWS, CITED = "sources", "news-sources", "cited-sources"  #: the pages of sources, see `list_of`
PAGES = {"person": "people", "dispute": "disputes", "search": "silences"}


def anchor_of(kind: str, *parts: str) -> str:
    """The id of an entry: ("event", id), ("dispute", event, aspect, of), ("proposition", event, aspect, of).

    What is claimed of one question, whatever the value, has one place.

    What is empty is left out, and what an id cannot hold becomes "_", so it is not always to be turned back.

    >>> anchor_of("dispute", "1967-quotation", "count", "dead and wounded")
    'd-1967-quotation-count-dead_and_wounded'
    """
    return re.sub(r"[^\w.-]", "_", "-".join([LETTERS[kind], *filter(None, parts)]))


def is_unread(source: Mapping[str, str]) -> bool:
    """Whether a source is known only through others."""
    return source["seen"] == "cited_only"


def list_of(source: Mapping[str, str]) -> str:
    """On which page a source stands: what is known only through others apart, and news of the time, which is most."""
    if is_unread(source):
        return CITED
    return NEWS if source["kind"] == "contemporary_news" else SOURCES


def page_of(look: Lookup, kind: str, *parts: str) -> str:
    """The page of the built book, and the place in it, where an entry stands: 'reference/sources.html#s-dahri-2016'."""
    if kind == "source":
        page = list_of(look.source(parts[0]))
    elif kind in PAGES:
        page = PAGES[kind]
    else:
        event_id = look.claim(parts[0])["event_id"] if kind == "claim" else parts[0]
        page = f"events-{look.event(event_id)['chapter']}"
    return f"reference/{page}.html#{anchor_of(kind, *parts)}"
