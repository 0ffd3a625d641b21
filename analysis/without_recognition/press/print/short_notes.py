"""Notes of the reading edition: the grade's sign and a short form, sources by the name that the bibliography has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml.html import HtmlElement

from without_recognition.press.print import lxml_tools, notes

JUDGED = re.compile(r"(?P<kind>Frame fact|[A-Z][a-z]+)(?:, (?P<status>[a-z]+))?(?=[.:])")
SOURCE, PERSON = ".s-", ".a-"  #: what ids of sources and persons have behind their page's


def shorten_notes(pieces: Sequence[HtmlElement], sources: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Shorten the notes of `pieces`, in place; returns the ids of `sources` that they cite, each once.

    A person is told once in the whole volume, and no note says what the one before it says.
    """
    cited: dict[str, None] = {}
    told: set[str] = set()
    for piece in pieces:
        for note in piece.find_class("wr-note"):
            for link in note.find_class("wr-page"):
                _shorten(link, sources, cited)
            _introduce(note, told)
        notes.number_once(piece, piece[0].get("id"), int(piece[0].tag[1]) + 1)
        _join_neighbours(piece)
    return list(cited)


def _shorten(link: HtmlElement, sources: Mapping[str, Mapping[str, str]], cited: dict[str, None]) -> None:
    """Say in short what stands before `link`; what is said of a source leads to the bibliography."""
    brief = link.attrib.pop("data-brief", "")
    target = link.get("href", "")
    if not brief:
        return
    source = target.partition(SOURCE)[2]
    if source in sources:
        cited[source] = None
        lxml_tools.set_text_before(link, " " if link.getprevious() is not None else "")
        link.text = brief
        link.set("href", f"#bibliography.s-{source}")
        del link.attrib["class"]
    else:
        before = " " if link.getprevious() is not None else ""
        lxml_tools.set_text_before(link, f"{before}{_signed(brief)} ")


def _signed(brief: str) -> str:
    """The note with the sign of its grade, and of what stands against it, in front."""
    found = JUDGED.match(brief)
    kind = found["kind"].lower().replace("frame fact", "frame") if found else ""
    signs = (
        notes.GLYPHS.get(f"wr-g-{kind}", ""),
        notes.GLYPHS.get(f"wr-t-{found['status']}" if found else "", ""),
    )
    return "\N{NO-BREAK SPACE}".join([*filter(None, ["".join(signs)]), brief])


def _introduce(note: HtmlElement, told: set[str]) -> None:
    """A person is introduced once; who is who and the index serve from then on."""
    links = note.find_class("wr-page")
    if len(links) != 1 or PERSON not in links[0].get("href", ""):
        return
    person = links[0].get("href").partition(PERSON)[2]
    if person in told:
        lxml_tools.set_text_before(note, lxml_tools.text_before(note))
        note.drop_tree()
        return
    told.add(person)
    lxml_tools.set_text_before(links[0], lxml_tools.text_before(links[0]).rstrip())
    links[0].drop_tree()


def _join_neighbours(piece: HtmlElement) -> None:
    """A note with the words of the one before it, across a heading too, is that note again."""
    key, words = "", ""
    for note in piece.find_class("wr-note"):
        if "data-same" in note.attrib:
            continue
        if key and lxml_tools.inner(note) == words:
            note.set("data-same", key)
            later = [n for n in piece.find_class("wr-note") if n.get("data-same") == note.get("data-key")]
            for other in later:
                other.set("data-same", key)
            del note.attrib["data-key"]
        else:
            key, words = note.get("data-key", ""), lxml_tools.inner(note)
