"""The house's own signs on paper: evidence marks become notes, glyphs become letters, drawings become files."""

from __future__ import annotations

import posixpath
import re

from bs4 import BeautifulSoup, NavigableString, Tag

BLOCKS = ["p", "li", "td", "th", "dd", "figcaption", "blockquote"]
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
GLYPHS = {
    "wr-g-documented": "●", "wr-g-corroborated": "◐", "wr-g-attested": "◉", "wr-g-alleged": "○",
    "wr-t-challenged": "‹", "wr-t-disputed": "›‹", "wr-t-contradicted": "×",
}


def write(soup: BeautifulSoup, body: Tag, page: str) -> None:
    """Rewrite the signs of `body`, in place; `page` is its path from the HTML root."""
    for clause in body.select("span.wr-clause"):
        clause.unwrap()
    _marks(soup, body)
    _settle_notes(body)
    _drawings(soup, body, page)
    for svg in body.select("svg[class]"):
        if letter := next((GLYPHS[c] for c in svg["class"] if c in GLYPHS), None):
            svg.replace_with(soup.new_tag("span", attrs={"class": "wr-glyph"}, string=letter))
    _punctuate(body)
    for line in body.find_all("p", class_=re.compile("^wr-")):
        line.name = "div"
    for tally in body.select("ul.wr-tally, ul.wr-legend"):
        tally.wrap(soup.new_tag("div", attrs={"class": "wr-tally"}))


def note(soup: BeautifulSoup) -> Tag:
    """An empty note; pandoc's filter makes a footnote of it."""
    return soup.new_tag("span", attrs={"class": "wr-note"})


def _marks(soup: BeautifulSoup, body: Tag) -> None:
    """Evidence marks become notes that end in a link to the record; no note is repeated within a block."""
    seen = set()
    for mark in body.select("a.wr-mark"):
        text = mark.get("data-note", "").strip()
        key = (id(mark.find_parent(BLOCKS)), mark["href"], text)
        if text and key not in seen and not mark.find_parent(HEADINGS):
            seen.add(key)
            new = note(soup)
            record = soup.new_tag("a", attrs={"class": "wr-page", "href": mark["href"]}, string="The record.")
            new.extend([text if text.endswith((".", "?", "!", "”")) else f"{text}.", " ", record])
            mark.insert_after(new)
        if re.search(r"\w", mark.get_text()):
            mark.unwrap()
        else:
            if isinstance(mark.previous_sibling, NavigableString):
                mark.previous_sibling.replace_with(mark.previous_sibling.rstrip())
            mark.decompose()


def _settle_notes(body: Tag) -> None:
    """As typesetters have it: neighbours in one note, its number after the stop, no space before it."""
    for late in reversed(body.select("span.wr-note")):
        before = late.previous_sibling
        while isinstance(before, NavigableString) and not before.strip():
            before = before.previous_sibling
        if isinstance(before, Tag) and "wr-note" in before.get("class", []):
            before.extend([" ", *list(late.contents)])
            late.decompose()
    body.smooth()
    for one in body.select("span.wr-note"):
        before, after = one.previous_sibling, one.next_sibling
        if isinstance(after, NavigableString) and (stop := re.match(r"\s*([.,;:!?”’)]+)", after)):
            one.insert_before(stop[1])
            after.replace_with(after[stop.end():])
        if isinstance(before, NavigableString):
            before.replace_with(before.rstrip())


def _punctuate(body: Tag) -> None:
    """What boxes, colours and lines of their own part on screen, words and points part on paper."""
    for flag in body.select(".wr-flags > span + span"):
        flag.insert_before("; ")
    for flags in body.select(".wr-flags"):
        flags.insert(0, "Flags: ")
    for verdict in body.select(".wr-opening > .wr-verdict"):
        verdict.append(".")
    for verdict in body.select(".wr-value-line > .wr-verdict, .wr-values .wr-verdict"):
        verdict.append(":")
    for side in body.select(".wr-witnesses .wr-side"):
        side.string = f"({side.get_text(strip=True)}):"
    for span in body.select("span + span.wr-how"):
        span.insert_before(" ")


def _drawings(soup: BeautifulSoup, body: Tag, page: str) -> None:
    """An inline drawing becomes the picture file that the build put into `figures/`, with the same alt."""
    for figure in body.select("figure.wr-figure"):
        drawing = figure.find(["svg", "img"])
        alt = (drawing.get("aria-label") or drawing.get("alt") or "") if drawing else ""
        key = figure.get("id", "").removeprefix("fig-")
        source = posixpath.relpath(f"figures/{key}.svg", posixpath.dirname(page) or ".")
        for extra in figure.find_all(["svg", "img"]):
            extra.decompose()
        figure.insert(0, soup.new_tag("img", attrs={"src": source, "alt": alt}))
