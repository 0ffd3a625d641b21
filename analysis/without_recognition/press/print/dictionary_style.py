"""Entries of the reference pages run on as in a dictionary, where on screen each remark has its own line.

Words and their order stay; where a line ended there is a full stop. Only sources, which stand in order of time on
screen, where a reader may have them by name, stand by name on paper.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from without_recognition.press.print import lxml_tools
from without_recognition.press.print.lxml_tools import classes, new

SOURCES = ".//div[@class='wr-source' and @data-date]"  #: and not a person or a correction
FINE_PRINT = {"wr-how", "wr-rule", "wr-flags"}
JOINED = [({"wr-opening"}, {"wr-summary"}), (FINE_PRINT, FINE_PRINT), ({"wr-values"}, {"wr-values"})]


def run_on(body: HtmlElement) -> None:
    """Join the lines of every entry in `body`, in place."""
    for kind in dict.fromkeys(box.getparent() for box in body.xpath(SOURCES)):
        _by_name(kind)
    for box in [*body.find_class("wr-source"), *body.find_class("wr-search")]:
        _one_line(box)
    for aspect in body.find_class("wr-aspect"):
        _aspect(aspect)
    for entry in body.find_class("wr-entry"):
        for line in list(entry)[1:]:
            before = line.getprevious()
            if _is(line, FINE_PRINT):
                _stop(line)
            if any(_is(before, first) and _is(line, second) for first, second in JOINED):
                _stop(before)
                lxml_tools.add_text(before, " ")
                lxml_tools.pour(line, before)
                line.drop_tree()
    for box in [*body.find_class("wr-entry"), *body.find_class("wr-account")]:
        box.drop_tag()


def is_catalogue(body: HtmlElement) -> bool:
    """Whether the page is one of entries, to look things up in: whether its first box is one."""
    first = next(body.iter("div"), None)
    return first is not None and _is(first, {"wr-kicker", "wr-source", "wr-search"})


def _by_name(kind: HtmlElement) -> None:
    """Put the sources of one kind in the order of their first words, signs before them apart."""
    boxes = kind.xpath("./" + SOURCES.removeprefix(".//"))
    places = [kind.index(box) for box in boxes]
    for place, box in zip(places, sorted(boxes, key=_called), strict=True):
        kind.insert(place, box)


def _called(box: HtmlElement) -> str:
    return re.sub(r"^\W+", "", box.text_content()).casefold()


def _one_line(box: HtmlElement) -> None:
    """A source, a person or a search: its name and all that is said of it in one paragraph."""
    paragraph = new("p")
    for line in list(box):
        _stop(line)
        if _is(line, {"wr-summary"}):
            line.set("class", "wr-how")
        _add(paragraph, line, "span")
    box.append(paragraph)


def _aspect(aspect: HtmlElement) -> None:
    """One thing claimed of an event: its name runs into the values, or into who affirms or denies it."""
    parts = list(aspect)
    kind = "wr-testimony" if any(part.tag == "ul" for part in parts) else "wr-values"
    if aspect.get("id"):
        parts[0].set("id", aspect.get("id"))
    for link in aspect.iter("a"):
        if _is(link, {"wr-to-dispute"}):
            link.text = f"({link.text})"
    line = None
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        if part.tag == "ul":
            line = None
            continue
        if line is None:
            line = new("div", class_=kind)
            part.addprevious(line)
        if _is(part, {"wr-value-line"}):
            for grade in list(part.iter("b")):
                grade.drop_tag()
            _stop(part, ";" if following is not None and _is(following, {"wr-value-line"}) else ".")
        _add(line, part, "b" if _is(part, {"wr-aspect-name"}) else "i" if _is(part, {"wr-label"}) else "span")
    aspect.drop_tag()


def _is(tag: HtmlElement, names: set[str]) -> bool:
    return not names.isdisjoint(classes(tag))


def _stop(line: HtmlElement, mark: str = ".") -> None:
    """End the words of `line` with `mark`, if they have no end of their own."""
    text = line.text_content().rstrip()
    if text and not re.search(r"[.?!…][”’)]*$", text):
        lxml_tools.trim(line)
        lxml_tools.add_text(line, mark)


def _add(line: HtmlElement, part: HtmlElement, name: str) -> None:
    """Move `part` to the end of `line`, as a tag called `name`."""
    if len(line):
        lxml_tools.add_text(line, " ")
    part.tag, part.tail = name, None
    line.append(part)
