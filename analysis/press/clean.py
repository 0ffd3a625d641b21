"""From a page made for the screen to an article made for paper.

A built page is full of things that only work on a screen. `clean` takes the main text of one page, drops
those, turns evidence marks and footnotes into `span.wr-note` (the note's text, in place), and leaves plain
HTML that pandoc understands. Ids and links are left as they are: joining pages is the business of `links`.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from urllib.parse import unquote

from bs4 import BeautifulSoup, NavigableString, SoupStrainer, Tag

from analysis.press import signs, widths
from analysis.press.signs import HEADINGS

SCREEN_CLASSES = {"wr-screen", "headerlink", "toctree-wrapper", "section-number", "above-input", "footnotes"}
SCREEN_TAGS = {"button", "script", "style", "noscript", "template", "form", "input", "iframe", "nav"}
KEPT = {"wr-fignum"}
CONTAINERS = ["section", "div", "details", "aside"]
LONG = re.compile(r"(?=\S*[/_=&]|\S{25})\S{16,}")
BREAK = re.compile(r"[^-/_.=&?,;:%#]{1,24}[-/_.=&?,;:%#]*|[-/_.=&?,;:%#]+")
LEXERS = {"ipython3": "python", "ipython": "python", "default": "", "none": "", "text": "", "myst-ansi": ""}


@dataclass
class Article:
    """One page for print.

    `title` is HTML, `body` the text below it; `images` are paths from the HTML root; `synonyms` names
    the heading that stands for an id which fell away with its box ("" for the page's title).
    """

    page: str
    title: str
    body: Tag
    images: set[str] = field(default_factory=set)
    synonyms: dict[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """The page's own id in print, and what its other ids begin with."""
        return re.sub(r"[^\w-]", "-", self.page.removesuffix(".html"))


def clean(html_dir: Path, page: str, shift: int, problems: list[str]) -> Article:
    """The article of `page`, its headings `shift` levels lower; adds what cannot be printed to `problems`."""
    path = html_dir / page
    text = path.read_text("utf-8") if path.is_file() else ""
    soup = BeautifulSoup(text, "lxml", parse_only=SoupStrainer("article", class_="bd-article"))
    body = soup.article
    if body is None or body.h1 is None:
        problems.append(f"{page}: no main text with a title; is the page built?")
        return Article(page, "", soup.new_tag("article"))
    for tag in signs.tags(body):
        classes = set(tag.get("class", ()))
        if (tag.name in SCREEN_TAGS or classes & SCREEN_CLASSES) and not classes & KEPT:
            tag.extract()
    article = Article(page, "", body)
    _footnotes(soup, body)
    signs.write(soup, body, page)
    _pictures(article, html_dir, problems)
    _code(soup, body)
    _headings(article, shift)
    _boxes(body)
    for table in body.find_all("table"):
        widths.fit(soup, table)
    _breaks(soup, body)
    return article


def _footnotes(soup: BeautifulSoup, body: Tag) -> None:
    """Markdown footnotes: the note's text moves to where it is called."""
    texts = {}
    found = signs.by_class(body)
    for aside in found["footnote"]:
        for label in aside.find_all("span", class_=["label", "backrefs"]):
            label.decompose()
        texts[aside["id"]] = " ".join(p.decode_contents() for p in aside.find_all("p"))
    for call in found["footnote-reference"]:
        note = signs.note(soup)
        note.extend(_parse(texts.get(call["href"].removeprefix("#"), "")))
        call.replace_with(note)
    for tag in [*found["footnote"], *found["footnote-list"]]:
        tag.decompose()


def _pictures(article: Article, html_dir: Path, problems: list[str]) -> None:
    """Every picture has its file and an alternative text; what is not a picture file cannot be printed."""
    for svg in article.body.find_all("svg"):
        if svg.get("aria-hidden") != "true":
            problems.append(f"{article.page}: a drawing outside a figure; make it one of analysis.charts")
        svg.decompose()
    for picture in article.body.find_all("img"):
        source = posixpath.normpath(posixpath.join(posixpath.dirname(article.page), unquote(picture["src"])))
        figure = picture.find_parent("figure")
        name = (figure.get("id") if figure else "") or source
        alt = picture.get("alt", "").strip()
        if not alt:
            problems.append(f"{article.page}: figure {name} has no alternative text; give its picture one")
        if not (html_dir / source).is_file():
            problems.append(f"{article.page}: figure {name} needs {source}, which was not built")
        picture.attrs = {"src": source, "alt": alt}
        article.images.add(source)


def _code(soup: BeautifulSoup, body: Tag) -> None:
    """Code keeps its language and loses the colours of the screen."""
    for pre in body.find_all("pre"):
        outer = pre.find_parent("div", class_=re.compile("^highlight-"))
        classes = outer["class"] if outer else []
        name = next((c.removeprefix("highlight-") for c in classes if c.startswith("highlight-")), "")
        lexer = LEXERS.get(name, name)
        code = soup.new_tag("code", string=pre.get_text().strip("\n"))
        pre.clear()
        pre.attrs = {"class": lexer} if lexer else {}
        pre.append(code)


def _headings(article: Article, shift: int) -> None:
    """Take the title out, lower the others, leave no gap between levels; a box's id goes to its heading."""
    body, title = article.body, article.body.h1
    for box in body.find_all(CONTAINERS):
        heading = box.find(True, recursive=False)
        names = [box.get("id")]
        while heading is not None and heading.name == "span" and not heading.get_text(strip=True):
            names.append(heading.get("id"))
            heading = heading.find_next_sibling(True)
        if heading is None or heading.name not in HEADINGS:
            continue
        names = [name for name in [heading.get("id"), *names] if name]
        heading.attrs = {"id": names[0]} if names and heading is not title else {}
        article.synonyms |= dict.fromkeys(names, names[0] if names and heading is not title else "")
        del box["id"]
        for span in heading.find_previous_siblings("span"):
            span.decompose()
    article.title = title.decode_contents().strip()
    title.decompose()
    level = 1
    for heading in body.find_all(HEADINGS):
        level = min(int(heading.name[1]), level + 1)
        heading.name = f"h{min(level + shift, 6)}"


def _boxes(body: Tag) -> None:
    """Undo boxes that only style. A box with a meaning keeps one class: `admonition` or its `wr-` name."""
    for summary in body.find_all("summary"):
        summary.name, summary.attrs = "p", {"class": "admonition-title"}
    for box in body.find_all(CONTAINERS):
        kept = [c for c in box.get("class", []) if c.startswith("wr-") or c == "admonition"]
        if kept or box.name in ("aside", "details"):
            box.name, box["class"] = "div", kept[:1] or ["admonition"]
        elif box.get("id"):
            box.name, box.attrs = "div", {"id": box["id"]}
        else:
            box.unwrap()


def _breaks(soup: BeautifulSoup, body: Tag) -> None:
    """Addresses and identifiers may end a line after their points, or after every 24 letters."""
    for text in body.find_all(string=LONG):
        holder = text.parent
        if holder.name == "code" and holder.parent.name == "pre":
            continue
        pieces = [piece for word in re.split(r"(\S{16,})", text)
                  for piece in (BREAK.findall(word) if LONG.fullmatch(word) else [word]) if piece]
        parts = [soup.new_tag("code", string=piece) if holder.name == "code" else NavigableString(piece)
                 for piece in pieces]
        joints = [soup.new_tag("span", attrs={"class": "wr-break"}) for _ in parts[1:]]
        whole = [part for pair in zip_longest(parts, joints) for part in pair if part is not None]
        (holder if holder.name == "code" else text).replace_with(*whole)


def _parse(html: str) -> list:
    body = BeautifulSoup(html, "lxml").body
    if body is None:
        return []
    if len(body.contents) == 1 and body.p:
        body.p.unwrap()
    return list(body.contents)
