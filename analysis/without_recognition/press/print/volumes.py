"""The printed book in two volumes: one to read, with a bibliography and an index, and the register to look things up.

`split` copies what it needs, so the EPUB, which is one book, can be made of the same pages.
"""

from __future__ import annotations

import json
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from lxml.html import HtmlElement

from without_recognition.press.print import back_matter, lxml_tools, short_notes, typography
from without_recognition.press.print.document import Printed
from without_recognition.press.print.lxml_tools import HEADINGS, new

APPENDICES = "Appendices"
FILES = {"reading": "without-recognition.pdf", "register": "without-recognition-register.pdf"}


@dataclass(frozen=True)
class Volume:
    """One of the two: `name` is a key of FILES; `printed` has its pieces and articles; `headings` its index.

    Of the register `headings` is empty, and so it is of a book that gives nothing for an index.
    """

    name: str
    printed: Printed
    headings: tuple[dict[str, Any], ...] = ()


def split(printed: Printed) -> tuple[Volume, ...]:
    """The reading edition and, where pages of the book stand in it, the register."""
    reading = list(_reading(printed))
    register = list(_register(printed))
    _figures(_chapters(reading))
    _figures(("R", piece) for piece in register)
    index = _index(printed)
    cited = short_notes.shorten_notes(reading, index.get("sources", {}))
    headings = back_matter.plant(reading, index)
    if entries := back_matter.bibliography(cited, index.get("sources", {})):
        reading.append(_headed("Select bibliography", "bibliography", *entries))
    if headings:
        reading.append(_headed("Index", "index", new("div", class_="wr-index")))
        reading[-1][0].set("class", "chapter catalogue")
    for piece in [*reading, *register]:
        _number_figures_in_words(piece, reading)
    homes = {"reading": _homes(reading), "register": _homes(register)}
    volumes = []
    for name, pieces in (("reading", reading), ("register", register)):
        other = next(volume for volume in homes if volume != name)
        for piece in pieces:
            typography.settle(piece)
            _reach(piece, homes[name], homes[other], _address(printed, other))
        slugs = {piece[0].get("id") for piece in pieces}
        articles = tuple(a for a in printed.articles if a.slug in slugs)
        volumes.append(Volume(name, replace(printed, pieces=tuple(pieces), articles=articles), ()))
    volumes[0] = replace(volumes[0], headings=tuple(headings))
    return tuple(volume for volume in volumes if volume.printed.articles)


def _index(printed: Printed) -> dict[str, Any]:
    path = printed.folder / "print-index.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def _of(printed: Printed, volume: str) -> Iterator[HtmlElement]:
    """Copies of its pieces; a part's title goes before the first of its chapters."""
    of = {article.slug: article.volume for article in printed.articles}
    part = None
    for piece in printed.pieces:
        if piece[0].get("class") == "part":
            part = piece
        elif of[piece[0].get("id")] == volume:
            if part is not None and volume == "reading":
                yield deepcopy(part)
            part = None
            yield deepcopy(piece)


def _reading(printed: Printed) -> Iterator[HtmlElement]:
    """What is read, in order, numbered on from the first numbered chapter; then the appendices."""
    number = 0
    for piece in _of(printed, "reading"):
        head = piece[0]
        known = next(iter(head.find_class("wr-chapter-number")), None)
        if known is not None:
            number = int(known.text_content())
        elif number and head.get("class") != "part":
            number += 1
            label = new("span", str(number), class_="wr-chapter-number")
            lxml_tools.start_with(head, label)
            label.tail = " " + (label.tail or "")
        yield piece
    appendices = list(_of(printed, "appendix"))
    if appendices:
        title = new("h1", APPENDICES, class_="part", id="part-appendices", **{"data-part": ""})
        section = new("section")
        section.append(title)
        yield section
    for piece in appendices:
        _level(piece, 2)
        piece[0].set("data-part", APPENDICES)
        yield piece


def _register(printed: Printed) -> Iterator[HtmlElement]:
    for piece in _of(printed, "register"):
        _level(piece, 1)
        piece[0].set("data-part", f"{printed.edition.title}: Register")
        if next(piece.iter("table", "figure"), None) is None:
            piece[0].set("class", "chapter catalogue")
        yield piece


def _level(piece: HtmlElement, level: int) -> None:
    """Have the piece's headings begin at `level`."""
    shift = level - int(piece[0].tag[1])
    for heading in list(piece.iter(*HEADINGS)) if shift else ():
        heading.tag = f"h{min(int(heading.tag[1]) + shift, 6)}"


def _headed(title: str, name: str, *body: HtmlElement) -> HtmlElement:
    piece = new("section")
    head = new("h2", title, class_="chapter", id=name, **{"data-part": APPENDICES})
    piece.extend([head, *body])
    return piece


def _chapters(pieces: list[HtmlElement]) -> Iterator[tuple[str, HtmlElement]]:
    """(what its figures' numbers begin with, piece): the chapter's number, 0 before the first, A behind the last."""
    prefix = "0"
    for piece in pieces:
        known = next(iter(piece[0].find_class("wr-chapter-number")), None)
        if known is not None:
            prefix = known.text_content()
        elif piece[0].get("data-part") == APPENDICES:
            prefix = "A"
        yield prefix, piece


def _figures(pieces: Iterable[tuple[str, HtmlElement]]) -> None:
    """Number the figures of each piece, and keep their titles for the list of figures."""
    had: Counter[str] = Counter()
    for prefix, piece in pieces:
        for figure in piece.iter("figure"):
            if next(figure.iter("img"), None) is None:
                continue
            had[prefix] += 1
            number = f"{prefix}.{had[prefix]}"
            figure.set("data-number", number)
            title = next(figure.iter("b"), None)
            figure.set("data-drawn", "" if title is None else lxml_tools.text_of(title).rstrip("."))
            for label in figure.find_class("wr-fignum"):
                label.text = f"Figure {number}."


def _number_figures_in_words(piece: HtmlElement, pieces: list[HtmlElement]) -> None:
    """A link whose words are 'Figure' or 'Figure 2' has the figure's printed number."""
    numbers = {
        figure.get("id"): figure.get("data-number")
        for other in pieces
        for figure in other.iter("figure")
        if figure.get("data-number")
    }
    for link in piece.iter("a"):
        number = numbers.get(link.get("href", "").removeprefix("#"))
        if number and link.text_content().strip().rstrip("0123456789 ").casefold() == "figure":
            word = link.text_content().strip()[:6]
            del link[:]
            link.text = f"{word} {number}"


def _homes(pieces: list[HtmlElement]) -> dict[str, str]:
    """id -> the id of the heading that it stands under: only headings are found from another file."""
    homes: dict[str, str] = {}
    for piece in pieces:
        home = ""
        for tag in piece.iter():
            if name := tag.get("id") if isinstance(tag.tag, str) else None:
                home = name if tag.tag in HEADINGS else home
                homes[name] = home
    return homes


def _address(printed: Printed, volume: str) -> str:
    """Of the other volume: beside this one, or on the book's site if it has one."""
    return (
        posixpath.join(printed.edition.site, "downloads", FILES[volume])
        if printed.edition.site
        else FILES[volume]
    )


def _reach(piece: HtmlElement, here: dict[str, str], there: dict[str, str], address: str) -> None:
    """Links to what stands in the other volume lead there; what stands in none is plain text."""
    for link in list(piece.iter("a")):
        href = link.get("href", "")
        if not href.startswith("#") or href[1:] in here:
            continue
        home = there.get(href[1:])
        if not home:
            if "wr-page" in lxml_tools.classes(link):
                lxml_tools.set_text_before(link, lxml_tools.text_before(link).rstrip())
                link.drop_tree()
            else:
                link.drop_tag()
        elif "wr-page" in lxml_tools.classes(link):
            lxml_tools.replace(
                link, new("span", class_="wr-elsewhere", **{"data-to": home, "data-file": address})
            )
        else:
            link.set("href", f"{address}#{home}")
