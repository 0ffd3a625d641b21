"""What ends a book: a bibliography, and the places in the text that an index leads to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml.html import HtmlElement, fragment_fromstring

from without_recognition.press.print import lxml_tools
from without_recognition.press.print.lxml_tools import HEADINGS, classes, new

Heading = dict[str, Any]
UNREAD = (*HEADINGS, "figure", "table", "pre")  #: what an index does not lead into
EVENT = re.compile(r"\.[epd]-(.+)$")
KINDS = ("names", "places", "matters")


def bibliography(cited: Sequence[str], sources: Mapping[str, Mapping[str, str]]) -> list[HtmlElement]:
    """The entries of the `cited` sources by the alphabet, each a box that links find as `bibliography.s-...`."""
    entries = []
    for key in sorted(cited, key=lambda key: (sources[key]["sort"], key)):
        box = new("div", class_="wr-bib")
        line = fragment_fromstring(sources[key]["entry"], create_parent="p")
        lxml_tools.start_with(line, new("span", class_="wr-anchor", id=f"bibliography.s-{key}"))
        box.append(line)
        entries.append(box)
    return entries


def plant(pieces: Sequence[HtmlElement], index: Mapping[str, Any]) -> list[Heading]:
    """Mark in `pieces` where headings of the index stand, by `span.wr-ix`; returns the headings that have a place.

    A name is found by its spellings. By the family's name alone it is found in a piece that has the whole name, or
    introduces the person, and nobody else of that name.
    """
    headings = [heading | {"kind": kind} for kind in KINDS for heading in index.get(kind, ())]
    headings += _terms(pieces, headings)
    found: Counter[str] = Counter()
    for piece in pieces if headings else ():
        if any({"wr-source", "wr-bib"} & set(classes(box)) for box in piece.iter("div")) or _is_list(piece):
            continue
        spellings = _spellings(piece, headings)
        if spellings:
            _mark_words(piece, spellings, found)
        _mark_notes(piece, headings, found)
        _mark_links(piece, headings, found)
    return [heading for heading in headings if found[heading["key"]]]


def _is_list(piece: HtmlElement) -> bool:
    """Whether the piece is a list of definitions or a chronology: it is in order, and needs no index."""
    paragraphs = sum(1 for p in piece.iter("p") if lxml_tools.above(p, ["li", "dd"]) is None)
    return len(list(piece.iter("li", "dd"))) > 5 * max(paragraphs, 1)


def _terms(pieces: Sequence[HtmlElement], known: Sequence[Heading]) -> list[Heading]:
    """The glossary's terms: names wherever they stand, other words where the text leads to the glossary."""
    had = {spelling for heading in known for spelling in heading["find"]}
    return [
        {
            "key": anchor,
            "heading": word,
            "sort": word.casefold(),
            "kind": "matters",
            "find": [word] if word[0].isupper() else [],
            "target": anchor,
        }
        for piece in pieces
        for term in piece.iter("dt")
        for anchor in [next((span.get("id") for span in term.find_class("wr-anchor")), "")]
        for word in [lxml_tools.text_of(term)]
        if word and word not in had and (anchor or word[0].isupper())
    ]


def _spellings(piece: HtmlElement, headings: Sequence[Heading]) -> dict[str, str]:
    """Words -> key of the heading that they mean in this piece."""
    text = lxml_tools.text_of(piece)
    told = {link.get("href", "").rpartition(".")[2] for link in piece.iter("a")}
    here = {
        heading["key"]
        for heading in headings
        if heading["key"] in told or any(_has(text, spelling) for spelling in heading["find"])
    }
    whole = {spelling: heading["key"] for heading in headings for spelling in heading["find"]}
    families = [heading for heading in headings if heading.get("family") and heading["key"] in here]
    shared = Counter(heading["family"] for heading in families)
    alone = {h["family"]: h["key"] for h in families if shared[h["family"]] == 1}
    return {spelling: key for spelling, key in (alone | whole).items() if _has(text, spelling)}


def _has(text: str, spelling: str) -> bool:
    return spelling in text and re.search(rf"(?<!\w){re.escape(spelling)}(?!\w)", text) is not None


def _mark_words(piece: HtmlElement, spellings: Mapping[str, str], found: Counter[str]) -> None:
    """Put a mark behind every one of the `spellings` in the running text."""
    longest = sorted(spellings, key=lambda word: (-len(word), word))
    words = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")
    for tag in list(_running(piece)):
        for is_tail in (True, False):
            text = tag.tail if is_tail else tag.text
            if text and (not is_tail or tag is not piece):
                marks = [(m.end(), spellings[m[0]]) for m in words.finditer(text)]
                _cut(tag, is_tail, text, marks)
                found.update(key for _, key in marks)


def _running(piece: HtmlElement) -> Iterator[HtmlElement]:
    """Tags whose text, or what follows them, is running text."""
    for tag in piece:
        if tag.tag in UNREAD or "wr-note" in classes(tag):
            yield from [_silent(tag)] if tag.tail else []
            continue
        yield from [tag]
        yield from _running(tag)


def _silent(tag: HtmlElement) -> HtmlElement:
    """An empty mark behind `tag` that takes the words after it, so that what `tag` holds stays untouched."""
    stop = new("span", class_="wr-ix")
    lxml_tools.insert_after(tag, stop)
    return stop


def _cut(tag: HtmlElement, is_tail: bool, text: str, marks: Sequence[tuple[int, str]]) -> None:
    ends = [*(end for end, _ in marks), len(text)]
    spans = [mark(key) for _, key in marks]
    for span, start, end in zip(spans, ends, ends[1:], strict=False):
        span.tail = text[start:end]
    if not spans:
        return
    if is_tail:
        tag.tail = text[: ends[0]]
        parent, place = tag.getparent(), tag.getparent().index(tag) + 1
    else:
        tag.text = text[: ends[0]]
        parent, place = tag, 0
    for n, span in enumerate(spans):
        parent.insert(place + n, span)


def mark(key: str) -> HtmlElement:
    """A place that the index leads to."""
    return new("span", class_="wr-ix", **{"data-term": key})


def _mark_notes(piece: HtmlElement, headings: Sequence[Heading], found: Counter[str]) -> None:
    """A note on an event is a place of that event's matter."""
    of = {event: heading["key"] for heading in headings for event in heading.get("events", ())}
    for note in piece.find_class("wr-note") if of else ():
        for link in note.iter("a"):
            name = EVENT.search(link.get("href", ""))
            event = name and next((e for e in of if name[1] == e or name[1].startswith(f"{e}-")), "")
            if event:
                lxml_tools.insert_after(note, mark(of[event]))
                found[of[event]] += 1


def _mark_links(piece: HtmlElement, headings: Sequence[Heading], found: Counter[str]) -> None:
    """A word that leads to the glossary is a place of its term."""
    of = {f"#{heading['target']}": heading for heading in headings if heading.get("target")}
    for link in list(piece.iter("a")):
        heading = of.get(link.get("href", ""))
        if heading and not heading["find"]:
            lxml_tools.insert_after(link, mark(heading["key"]))
            found[heading["key"]] += 1
