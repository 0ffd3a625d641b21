"""The house's own signs on paper: evidence marks become notes, glyphs letters, drawings files."""

from __future__ import annotations

import posixpath
import re
from itertools import count

from lxml.html import HtmlElement

from analysis.press import markup
from analysis.press.markup import HEADINGS, classes, new

BLOCKS = ("p", "li", "td", "th", "dd", "figcaption", "blockquote")
GLYPHS = {
    "wr-g-documented": "●", "wr-g-corroborated": "◐", "wr-g-attested": "◉", "wr-g-alleged": "○",
    "wr-t-challenged": "‹", "wr-t-disputed": "›‹", "wr-t-contradicted": "×",
}


def write(body: HtmlElement, page: str) -> None:
    """Rewrite the signs of `body`, in place; `page` is its path from the HTML root."""
    for clause in body.find_class("wr-clause"):
        clause.drop_tag()
    _marks(body)
    _addresses(body)
    _settle_notes(body)
    _number_once(body, page)
    for figure in body.find_class("wr-figure"):
        _drawing(figure, page)
    for svg in list(body.iter("svg")):
        if letter := next((GLYPHS[name] for name in classes(svg) if name in GLYPHS), ""):
            glyph = new("span", letter, class_="wr-glyph")
            markup.replace(svg, glyph)
            glyph.tail = re.sub(r"^\s+", "\N{NO-BREAK SPACE}", glyph.tail or "")
    _punctuate(body)
    for line in body.iter("p"):
        if is_ours(line):
            line.tag = "div"
    for tally in [*body.find_class("wr-tally"), *body.find_class("wr-legend")]:
        markup.wrap(tally, new("div", class_="wr-tally"))


def is_ours(tag: HtmlElement) -> bool:
    """Whether `tag` has one of the house's own classes."""
    return any(name.startswith("wr-") for name in classes(tag))


def note() -> HtmlElement:
    """An empty note: pandoc's filter makes a footnote of it, and so does `epub`."""
    return new("span", class_="wr-note")


def _marks(body: HtmlElement) -> None:
    """Evidence marks become notes that end in a link to the record."""
    for mark in body.find_class("wr-mark"):
        text = mark.get("data-note", "").strip()
        if text and markup.above(mark, HEADINGS) is None:
            noted = note()
            noted.text = (text if text.endswith((".", "?", "!", "”")) else f"{text}.") + " "
            noted.append(new("a", "The record.", class_="wr-page", href=mark.get("href")))
            markup.insert_after(mark, noted)
        if re.search(r"\w", mark.text_content()):
            mark.drop_tag()
        else:
            markup.set_text_before(mark, markup.text_before(mark).rstrip())
            mark.drop_tree()


def _addresses(body: HtmlElement) -> None:
    """Where a link out of the book leads is readable: beside it in a line of the record, else in a note."""
    for link in list(body.iter("a")):
        href = link.get("href", "")
        if not re.match("https?:", href) or href.partition("://")[2].strip("/") in link.text_content():
            continue
        if markup.above(link, HEADINGS) is not None:
            continue
        if any(map(is_ours, link.iterancestors())):
            markup.add_text(link, f": {href}")
        else:
            address = note()
            address.append(new("a", href, href=href))
            markup.insert_after(link, address)


def _settle_notes(body: HtmlElement) -> None:
    """As typesetters have it: neighbours in one note, its number after the stop, no space before it."""
    for late in reversed(body.find_class("wr-note")):
        before = late.getprevious()
        if before is not None and "wr-note" in classes(before) and not markup.text_before(late).strip():
            if before.text_content() != late.text_content():
                markup.add_text(before, " ")
                markup.pour(late, before)
            late.drop_tree()
    for one in body.find_class("wr-note"):
        stop = re.match(r"\s*([.,;:!?”’)]+)", one.tail or "")
        markup.set_text_before(one, markup.text_before(one).rstrip() + (stop[1] if stop else ""))
        if stop:
            one.tail = one.tail[stop.end():]


def _number_once(body: HtmlElement, page: str) -> None:
    """What a section has noted keeps its first number: `data-key` names a note, `data-same` points to one.

    Within a paragraph equal words are enough, elsewhere the links in them must be equal too.
    """
    had: dict[object, str] = {}
    number = count(1)
    for tag in body.iter():
        if tag.tag in HEADINGS[:2]:
            had = {}
        elif "wr-note" in classes(tag):
            keys = markup.inner(tag), (markup.above(tag, BLOCKS), tag.text_content())
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
            markup.set_text_before(flag, markup.text_before(flag) + "; ")
        flags.text = "Flags: " + (flags.text or "")
    for verdict in body.find_class("wr-verdict"):
        line = classes(verdict.getparent())
        if "wr-opening" in line:
            markup.add_text(verdict, ".")
        elif "wr-value-line" in line or _within(verdict, "wr-values"):
            markup.add_text(verdict, ":")
    for side in body.find_class("wr-side"):
        if _within(side, "wr-witnesses"):
            text = markup.words(side)
            del side[:]
            side.text = f"({text}):"
    for span in body.find_class("wr-how"):
        if span.tag == "span" and span.getprevious() is not None and not markup.text_before(span):
            markup.set_text_before(span, " ")


def _within(tag: HtmlElement, name: str) -> bool:
    return any(name in classes(outer) for outer in tag.iterancestors())


def _drawing(figure: HtmlElement, page: str) -> None:
    """An inline drawing becomes the picture file that the build put into `figures/`, with the same alt."""
    drawings = list(figure.iter("svg", "img"))
    alt = (drawings[0].get("aria-label") or drawings[0].get("alt") or "") if drawings else ""
    for drawing in drawings:
        drawing.drop_tree()
    key = figure.get("id", "").removeprefix("fig-")
    source = posixpath.relpath(f"figures/{key}.svg", posixpath.dirname(page) or ".")
    title = next(figure.iter("b"), None)
    if title is not None and title.text_content()[-1:] not in ".?!":
        markup.add_text(title, ".")
    markup.start_with(figure, new("img", src=source, alt=alt))
