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
CITED = "cited-sources"  #: the page of the sources that are known only through others
PAGES = {"source": "sources", "person": "people", "dispute": "disputes", "search": "silences"}


def anchor_of(kind: str, *parts: str) -> str:
    """The id of an entry: ("event", id), ("dispute", event, aspect, of), ("proposition", event, aspect, of).

    What is claimed of one question, whatever the value, has one place.

    What is empty is left out, and what an id cannot hold becomes "_", so it is not always to be turned back.

    >>> anchor_of("dispute", "1967-quotation", "count", "dead and wounded")
    'd-1967-quotation-count-dead_and_wounded'
    """
    return re.sub(r"[^\w.-]", "_", "-".join([LETTERS[kind], *filter(None, parts)]))


def is_unread(source: Mapping[str, str]) -> bool:
    """Whether a source is known only through others; it stands on a page of its own."""
    return source["seen"] == "cited_only"


def page_of(look: Lookup, kind: str, *parts: str) -> str:
    """The page of the built book, and the place in it, where an entry stands: 'reference/sources.html#s-dahri-2016'."""
    if kind in PAGES:
        page = CITED if kind == "source" and is_unread(look.source(parts[0])) else PAGES[kind]
    else:
        event_id = look.claim(parts[0])["event_id"] if kind == "claim" else parts[0]
        page = f"events-{look.event(event_id)['chapter']}"
    return f"reference/{page}.html#{anchor_of(kind, *parts)}"
