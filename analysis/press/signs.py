"""The house's own signs on paper: evidence marks become notes, glyphs letters, drawings files."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from itertools import count

from bs4 import BeautifulSoup, NavigableString, Tag

BLOCKS = ["p", "li", "td", "th", "dd", "figcaption", "blockquote"]
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
GLYPHS = {
    "wr-g-documented": "●", "wr-g-corroborated": "◐", "wr-g-attested": "◉", "wr-g-alleged": "○",
    "wr-t-challenged": "‹", "wr-t-disputed": "›‹", "wr-t-contradicted": "×",
}


def tags(body: Tag) -> list[Tag]:
    """All tags of `body` in order. (Selectors are ten times slower, and a whole book is long.)"""
    return [tag for tag in body.descendants if isinstance(tag, Tag)]


def by_class(body: Tag) -> defaultdict[str, list[Tag]]:
    """Class -> the tags of `body` that have it, in order."""
    found = defaultdict(list)
    for tag in tags(body):
        for name in tag.get("class", ()):
            found[name].append(tag)
    return found


def write(soup: BeautifulSoup, body: Tag, page: str) -> None:
    """Rewrite the signs of `body`, in place; `page` is its path from the HTML root."""
    found = by_class(body)
    for clause in found["wr-clause"]:
        clause.unwrap()
    _marks(soup, found["wr-mark"])
    _addresses(soup, body)
    _settle_notes(body)
    _number_once(body, page)
    for figure in found["wr-figure"]:
        _drawing(soup, figure, page)
    for name, letter in GLYPHS.items():
        for svg in found[name]:
            svg.replace_with(soup.new_tag("span", attrs={"class": "wr-glyph"}, string=letter))
    _punctuate(found)
    for name in [name for name in found if name.startswith("wr-")]:
        for line in found[name]:
            line.name = "div" if line.name == "p" else line.name
    for tally in [*found["wr-tally"], *found["wr-legend"]]:
        tally.wrap(soup.new_tag("div", attrs={"class": "wr-tally"}))


def note(soup: BeautifulSoup) -> Tag:
    """An empty note; pandoc's filter makes a footnote of it."""
    return soup.new_tag("span", attrs={"class": "wr-note"})


def _marks(soup: BeautifulSoup, marks: list[Tag]) -> None:
    """Evidence marks become notes that end in a link to the record."""
    for mark in marks:
        text = mark.get("data-note", "").strip()
        if text and not mark.find_parent(HEADINGS):
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


def _addresses(soup: BeautifulSoup, body: Tag) -> None:
    """Where a link out of the book leads is readable: beside it in a line of the record, else in a note."""
    for link in body.find_all("a", href=re.compile("^https?:")):
        if link["href"].partition("://")[2].strip("/") in link.get_text() or link.find_parent(HEADINGS):
            continue
        if link.find_parent(class_=re.compile("^wr-")):
            link.append(f": {link['href']}")
        else:
            address = note(soup)
            address.append(soup.new_tag("a", attrs={"href": link["href"]}, string=link["href"]))
            link.insert_after(address)


def _settle_notes(body: Tag) -> None:
    """As typesetters have it: neighbours in one note, its number after the stop, no space before it."""
    for late in reversed(by_class(body)["wr-note"]):
        before = late.previous_sibling
        while isinstance(before, NavigableString) and not before.strip():
            before = before.previous_sibling
        if isinstance(before, Tag) and "wr-note" in before.get("class", []):
            if before.get_text() != late.get_text():
                before.extend([" ", *list(late.contents)])
            late.decompose()
    body.smooth()
    for one in by_class(body)["wr-note"]:
        before, after = one.previous_sibling, one.next_sibling
        if isinstance(after, NavigableString) and (stop := re.match(r"\s*([.,;:!?”’)]+)", after)):
            one.insert_before(stop[1])
            after.replace_with(after[stop.end():])
        if isinstance(before, NavigableString):
            before.replace_with(before.rstrip())


def _number_once(body: Tag, page: str) -> None:
    """What a section has noted keeps its first number: `data-key` names a note, `data-same` points to one.

    Within a paragraph equal words are enough, elsewhere the links in them must be equal too.
    """
    had: dict[object, str] = {}
    number = count(1)
    for tag in tags(body):
        if tag.name in HEADINGS[:2]:
            had = {}
        elif "wr-note" in tag.get("class", ()):
            keys = tag.decode_contents(), (id(tag.find_parent(BLOCKS)), tag.get_text())
            first = had.get(keys[0]) or had.get(keys[1])
            if first:
                tag["data-same"] = first
            else:
                had[keys[0]] = had[keys[1]] = tag["data-key"] = f"{page}-{next(number)}"


def _punctuate(found: dict[str, list[Tag]]) -> None:
    """What boxes, colours and lines of their own part on screen, words and points part on paper."""
    for flags in found["wr-flags"]:
        for flag in flags.find_all("span", recursive=False)[1:]:
            flag.insert_before("; ")
        flags.insert(0, "Flags: ")
    for verdict in found["wr-verdict"]:
        line = verdict.parent.get("class", [])
        if "wr-opening" in line:
            verdict.append(".")
        elif "wr-value-line" in line or verdict.find_parent(class_="wr-values"):
            verdict.append(":")
    for side in found["wr-side"]:
        if side.find_parent(class_="wr-witnesses"):
            side.string = f"({side.get_text(strip=True)}):"
    for span in found["wr-how"]:
        if span.name == "span" and isinstance(span.previous_sibling, Tag):
            span.insert_before(" ")


def _drawing(soup: BeautifulSoup, figure: Tag, page: str) -> None:
    """An inline drawing becomes the picture file that the build put into `figures/`, with the same alt."""
    drawing = figure.find(["svg", "img"])
    alt = (drawing.get("aria-label") or drawing.get("alt") or "") if drawing else ""
    key = figure.get("id", "").removeprefix("fig-")
    source = posixpath.relpath(f"figures/{key}.svg", posixpath.dirname(page) or ".")
    for extra in figure.find_all(["svg", "img"]):
        extra.decompose()
    title = figure.find("b")
    if title and title.get_text()[-1:] not in ".?!":
        title.append(".")
    figure.insert(0, soup.new_tag("img", attrs={"src": source, "alt": alt}))
