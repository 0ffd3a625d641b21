"""The house's own signs on paper: evidence marks become notes, glyphs letters, drawings files."""

from __future__ import annotations

import posixpath
import re
from itertools import count

from lxml.html import HtmlElement

from without_recognition.evidence import labels
from without_recognition.press.print import lxml_tools
from without_recognition.press.print.lxml_tools import HEADINGS, classes, new

BLOCKS = ("p", "li", "td", "th", "dd", "figcaption", "blockquote")
#: class of a drawing -> the letter for it
GLYPHS = {f"wr-{letter}-{name}": sign for name, sign in labels.SIGNS.items() for letter in "gt"}


def make_notes(body: HtmlElement, page: str) -> None:
    """Rewrite the signs of `body`, in place; `page` is its path from the HTML root."""
    for clause in body.find_class("wr-clause"):
        clause.drop_tag()
    _marks(body)
    _addresses(body)
    _settle_notes(body)
    number_once(body, page)
    for figure in body.find_class("wr-figure"):
        _drawing(figure, page)
    for svg in list(body.iter("svg")):
        if letter := next((GLYPHS[name] for name in classes(svg) if name in GLYPHS), ""):
            glyph = new("span", letter, class_="wr-glyph")
            lxml_tools.replace(svg, glyph)
            glyph.tail = re.sub(r"^\s+", "\N{NO-BREAK SPACE}", glyph.tail or "")
    _punctuate(body)
    for line in body.iter("p"):
        if is_ours(line):
            line.tag = "div"
    for tally in [*body.find_class("wr-tally"), *body.find_class("wr-legend")]:
        lxml_tools.wrap(tally, new("div", class_="wr-tally"))


def is_ours(tag: HtmlElement) -> bool:
    """Whether `tag` has one of the house's own classes."""
    return any(name.startswith("wr-") for name in classes(tag))


def empty_note() -> HtmlElement:
    """An empty note: pandoc's filter makes a footnote of it, and so does `epub`."""
    return new("span", class_="wr-note")


def _marks(body: HtmlElement) -> None:
    """Evidence marks become notes that end in a link to the record."""
    for mark in body.find_class("wr-mark"):
        text = mark.get("data-note", "").strip()
        if text and lxml_tools.above(mark, HEADINGS) is None:
            noted = empty_note()
            noted.text = (text if text.endswith((".", "?", "!", "”")) else f"{text}.") + " "
            noted.append(new("a", "The record.", class_="wr-page", href=mark.get("href")))
            if brief := mark.get("data-brief"):
                noted[0].set("data-brief", brief)
            lxml_tools.insert_after(mark, noted)
        if re.search(r"\w", mark.text_content()):
            mark.drop_tag()
        else:
            lxml_tools.set_text_before(mark, lxml_tools.text_before(mark).rstrip())
            mark.drop_tree()


def _addresses(body: HtmlElement) -> None:
    """Where a link out of the book leads is readable: beside it in a line of the record, else in a note."""
    for link in list(body.iter("a")):
        href = link.get("href", "")
        if not re.match("https?:", href) or href.partition("://")[2].strip("/") in link.text_content():
            continue
        if lxml_tools.above(link, HEADINGS) is not None:
            continue
        if any(map(is_ours, link.iterancestors())):
            lxml_tools.add_text(link, f": {href}")
        else:
            address = empty_note()
            address.append(new("a", href, href=href))
            lxml_tools.insert_after(link, address)


def _settle_notes(body: HtmlElement) -> None:
    """As typesetters have it: neighbours in one note, its number after the stop, no space before it."""
    for late in reversed(body.find_class("wr-note")):
        before = late.getprevious()
        if before is not None and "wr-note" in classes(before) and not lxml_tools.text_before(late).strip():
            if before.text_content() != late.text_content():
                lxml_tools.add_text(before, " ")
                lxml_tools.pour(late, before)
            late.drop_tree()
    for one in body.find_class("wr-note"):
        stop = re.match(r"\s*([.,;:!?”’)]+)", one.tail or "")
        lxml_tools.set_text_before(one, lxml_tools.text_before(one).rstrip() + (stop[1] if stop else ""))
        if stop:
            one.tail = one.tail[stop.end() :]


def number_once(body: HtmlElement, page: str, level: int = 2) -> None:
    """What a section has noted keeps its first number: `data-key` names a note, `data-same` points to one.

    Sections begin with headings down to `level`.
    Within a paragraph equal words are enough, elsewhere the links in them must be equal too.
    """
    had: dict[object, str] = {}
    number = count(1)
    for tag in body.iter():
        for old in ("data-same", "data-key"):
            tag.attrib.pop(old, None)
        if tag.tag in HEADINGS[:level]:
            had = {}
        elif "wr-note" in classes(tag):
            keys = lxml_tools.inner(tag), (lxml_tools.above(tag, BLOCKS), tag.text_content())
            first = had.get(keys[0]) or had.get(keys[1])
            if first:
                tag.set("data-same", first)
            else:
                had[keys[0]] = had[keys[1]] = f"{page}-{next(number)}"
                tag.set("data-key", had[keys[0]])


def _punctuate(body: HtmlElement) -> None:
    """What boxes, colours and lines of their own part on screen, words and points part on paper."""
    for flags in body.find_class("wr-flags"):
        for flag in flags.findall("span")[1:]:
            lxml_tools.set_text_before(flag, lxml_tools.text_before(flag) + "; ")
        flags.text = "Flags: " + (flags.text or "")
    for verdict in body.find_class("wr-verdict"):
        line = classes(verdict.getparent())
        if "wr-opening" in line:
            lxml_tools.add_text(verdict, ".")
    for side in body.find_class("wr-side"):
        if _within(side, "wr-witnesses"):
            text = lxml_tools.text_of(side)
            del side[:]
            side.text = f"({text}):"
    for span in body.find_class("wr-how"):
        if span.tag == "span" and span.getprevious() is not None and not lxml_tools.text_before(span):
            lxml_tools.set_text_before(span, " ")


def _within(tag: HtmlElement, name: str) -> bool:
    return any(name in classes(outer) for outer in tag.iterancestors())


def _drawing(figure: HtmlElement, page: str) -> None:
    """An inline drawing becomes the picture file that the build put into `figures/`, with the same alt."""
    drawings = list(figure.iter("svg", "img"))
    told = figure.find_class("wr-alt")
    alt = told[0].text_content() if told else next((d.get("alt", "") for d in drawings), "")
    for gone in [*told, *drawings]:
        gone.drop_tree()
    key = figure.get("id", "").removeprefix("fig-")
    source = posixpath.relpath(f"figures/{key}.svg", posixpath.dirname(page) or ".")
    title = next(figure.iter("b"), None)
    if title is not None and title.text_content()[-1:] not in ".?!":
        lxml_tools.add_text(title, ".")
    lxml_tools.start_with(figure, new("img", src=source, alt=alt))
