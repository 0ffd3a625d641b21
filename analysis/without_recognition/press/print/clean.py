"""From a page made for the screen to an article made for paper.

A built page is full of things that only work on a screen. `clean` takes the main text of one page, drops
those, turns evidence marks and footnotes into `span.wr-note` (the note's text, in place), and leaves plain
HTML that pandoc understands. Ids and links are left as they are: joining pages is the business of `links`.
"""

from __future__ import annotations

import posixpath
import re
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from lxml.html import HtmlElement, HTMLParser, document_fromstring

from without_recognition.press.print import dictionary_style, lxml_tools, notes, table_widths
from without_recognition.press.print.lxml_tools import HEADINGS, classes, new

SCREEN_CLASSES = {
    "Z3988", "wr-screen", "headerlink", "toctree-wrapper", "section-number", "above-input", "footnotes",
}  # fmt: skip
SCREEN_TAGS = {"button", "script", "style", "noscript", "template", "form", "input", "iframe", "nav"}
KEPT = {"wr-fignum"}
CONTAINERS = ("section", "div", "details", "aside")
LEXERS = {"ipython3": "python", "ipython": "python", "default": "", "none": "", "text": "", "myst-ansi": ""}


@dataclass
class Article:
    """One page for print.

    `title` is HTML, `body` the text below it; `images` are paths from the HTML root; `synonyms` names
    the heading or box that stands for an id which fell away ("" for the page's title); `volume` is the printed
    volume that it stands in.
    """

    page: str
    title: str
    body: HtmlElement
    images: set[str] = field(default_factory=set)
    synonyms: dict[str, str] = field(default_factory=dict)
    volume: str = "reading"

    @property
    def slug(self) -> str:
        """The page's own id in print, and what its other ids begin with."""
        return re.sub(r"[^\w-]", "-", self.page.removesuffix(".html"))


def clean(html_dir: Path, page: str, shift: int, problems: list[str]) -> Article:
    """The article of `page`, its headings `shift` levels lower; adds what cannot be printed to `problems`."""
    body = _main_text(html_dir / page)
    if body is None:
        problems.append(f"{page}: no main text with a title; is the page built?")
        return Article(page, "", new("article"))
    article = Article(page, "", body)
    _screen(article)
    _footnotes(body)
    notes.make_notes(body, page)
    _pictures(article, html_dir, problems)
    _code(body)
    _headings(article, shift)
    _boxes(body)
    dictionary_style.run_on(body)
    for table in body.iter("table"):
        table_widths.fit(table)
    return article


def _screen(article: Article) -> None:
    """Drop what is for the screen alone; a link to a witness that paper leaves out leads to what it bears on."""
    for tag in list(article.body.iterdescendants()):
        names = set(classes(tag))
        if (tag.tag not in SCREEN_TAGS and not names & SCREEN_CLASSES) or names & KEPT:
            continue
        around = next((box.get("id") for box in tag.iterancestors() if box.get("id")), "")
        for witness in tag.iter("li"):
            if name := witness.get("id"):
                article.synonyms[name] = around
        tag.drop_tree()


def _main_text(path: Path) -> HtmlElement | None:
    """The article of the page, without comments and the insides of drawings; None if it has no title."""
    text = path.read_bytes() if path.is_file() else b""
    if b"<article" not in text:
        return None
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    page = document_fromstring(text, parser=parser)
    body = next(iter(page.find_class("bd-article")), None)
    if body is None or next(body.iter("h1"), None) is None:
        return None
    body.drop_tree()
    for svg in body.iter("svg"):
        del svg[:]
    return body


def _footnotes(body: HtmlElement) -> None:
    """Markdown footnotes: the note's text moves to where it is called."""
    texts = {}
    for aside in body.find_class("footnote"):
        for label in [*aside.find_class("label"), *aside.find_class("backrefs")]:
            label.drop_tree()
        texts[aside.get("id")] = list(aside.iter("p"))
    for call in body.find_class("footnote-reference"):
        note = notes.empty_note()
        for place, paragraph in enumerate(texts.get(call.get("href").removeprefix("#"), ())):
            lxml_tools.add_text(note, " " if place else "")
            lxml_tools.pour(deepcopy(paragraph), note)
        lxml_tools.replace(call, note)
    for tag in [*body.find_class("footnote"), *body.find_class("footnote-list")]:
        tag.drop_tree()


def _pictures(article: Article, html_dir: Path, problems: list[str]) -> None:
    """Every picture has its file and an alternative text; what is not a picture file cannot be printed."""
    for svg in list(article.body.iter("svg")):
        if svg.get("aria-hidden") != "true":
            problems.append(
                f"{article.page}: a drawing outside a figure; make it one of without_recognition.charts"
            )
        svg.drop_tree()
    for picture in article.body.iter("img"):
        place = posixpath.join(posixpath.dirname(article.page), unquote(picture.get("src")))
        source = posixpath.normpath(place)
        figure = lxml_tools.above(picture, ["figure"])
        name = (figure is not None and figure.get("id")) or source
        alt = picture.get("alt", "").strip()
        if not alt:
            problems.append(f"{article.page}: figure {name} has no alternative text; give its picture one")
        if not (html_dir / source).is_file():
            problems.append(f"{article.page}: figure {name} needs {source}, which was not built")
        picture.attrib.clear()
        picture.attrib.update({"src": source, "alt": alt})
        article.images.add(source)


def _code(body: HtmlElement) -> None:
    """Code keeps its language and loses the colours of the screen."""
    for pre in list(body.iter("pre")):
        languages = (
            name.removeprefix("highlight-")
            for outer in pre.iterancestors("div")
            for name in classes(outer)
            if name.startswith("highlight-")
        )
        name = next(languages, "")
        lexer = LEXERS.get(name, name)
        code = new("pre", **{"class_": lexer} if lexer else {})
        code.append(new("code", pre.text_content().strip("\n")))
        lxml_tools.replace(pre, code)


def _headings(article: Article, shift: int) -> None:
    """Take the title out, lower the others, leave no gap between levels; a box's id goes to its heading."""
    body, title = article.body, next(article.body.iter("h1"))
    for box in body.iter(*CONTAINERS):
        marks, heading = [], next(iter(box), None)
        while heading is not None and heading.tag == "span" and not heading.text_content().strip():
            marks.append(heading)
            heading = heading.getnext()
        if heading is None or heading.tag not in HEADINGS:
            continue
        names = [tag.get("id") for tag in (heading, box, *marks) if tag.get("id")]
        heading.attrib.clear()
        if names and heading is not title:
            heading.set("id", names[0])
        article.synonyms |= dict.fromkeys(names, heading.get("id", ""))
        box.attrib.pop("id", None)
        for mark in marks:
            mark.drop_tree()
    article.title = lxml_tools.inner(title).strip()
    title.drop_tree()
    level = 1
    for heading in body.iter(*HEADINGS):
        level = min(int(heading.tag[1]), level + 1)
        heading.tag = f"h{min(level + shift, 6)}"


def _boxes(body: HtmlElement) -> None:
    """Undo boxes that only style. A box with a meaning keeps one class: `admonition` or its `wr-` name."""
    for summary in body.iter("summary"):
        summary.tag = "p"
        summary.attrib.clear()
        summary.set("class", "admonition-title")
    for box in list(body.iter(*CONTAINERS)):
        kept = [name for name in classes(box) if name.startswith("wr-") or name == "admonition"]
        if kept or box.tag in ("aside", "details"):
            box.tag = "div"
            box.set("class", kept[0] if kept else "admonition")
        elif box.get("id"):
            box.tag = "div"
            box.attrib.pop("class", None)
        else:
            box.drop_tag()
