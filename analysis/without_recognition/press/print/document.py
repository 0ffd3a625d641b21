"""What PDF and EPUB share: the built HTML pages, read in order and joined into one clean document.

The HTML build leaves two files in its root: `print-order.json`, a list of `{"page", "part", "numbered"}` in
reading order (`part` is empty for front matter; `volume` names the printed volume, see
`volumes`), and `book.json` with title, subtitle, author, version, date (ISO), licence, language
and a description of the data for the imprint, and with `site` and `doi` where there are any.
"""

from __future__ import annotations

import datetime
import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, dataclass, fields
from html import escape
from pathlib import Path
from typing import Any

import pypandoc
from lxml.html import HtmlElement, fragment_fromstring

from without_recognition.press import PressError
from without_recognition.press.print import dictionary_style, links, lxml_tools
from without_recognition.press.print.clean import Article, clean

ASSETS = Path(__file__).parent / "assets"
PANDOC = Path(pypandoc.__file__).parent / "files" / "pandoc"  #: the wheel's own, whatever stands on PATH


@dataclass(frozen=True)
class Edition:
    """What the title page and the metadata of a printed edition say."""

    title: str
    subtitle: str
    author: str
    version: str
    date: datetime.date
    licence: str
    language: str
    description: str
    site: str = ""  #: the book's address, and its DOI; "" while there is none
    doi: str = ""

    @property
    def epoch(self) -> int:
        """The release date as seconds since 1970, midnight UTC: the only date a printed file carries."""
        midnight = datetime.datetime.combine(self.date, datetime.time(), tzinfo=datetime.UTC)
        return int(midnight.timestamp())


@dataclass(frozen=True)
class Printed:
    """A whole book ready for pandoc: clean HTML with unique ids, inner links and `span.wr-note` notes.

    `pieces` are the titles of parts and the pages, in order: each is a `section` that begins with its
    heading, whose id is the page's and the beginning of every other id in it. Pictures are named from
    `folder`, the root of the HTML.
    """

    folder: Path
    edition: Edition
    pieces: tuple[HtmlElement, ...]
    articles: tuple[Article, ...]


def read_book_pages(html_dir: Path) -> Printed:
    """Read the built pages under `html_dir` in print order.

    Raises PressError, naming page and place, where a page, an alternative text or a link's target is missing.
    """
    html_dir = Path(html_dir)
    order = _json(html_dir / "print-order.json")
    problems: list[str] = []
    articles = [
        clean(html_dir, entry["page"], shift=int(bool(entry.get("part"))), problems=problems)
        for entry in order
    ]
    for entry, article in zip(order, articles, strict=True):
        article.volume = entry.get("volume", article.volume)
    links.join(articles, problems)
    if problems:
        raise PressError("The book cannot be printed:\n" + "\n".join(f"  {p}" for p in problems))
    edition = _edition(html_dir / "book.json")
    return Printed(html_dir, edition, tuple(_pieces(edition.title, order, articles)), tuple(articles))


def pandoc(body: str, *arguments: str, epoch: int) -> str:
    """Run the wheel's pandoc on an HTML body, without the user's templates, defaults and `init.lua`.

    Returns its standard output. Raises PressError with pandoc's own words, or where the wheel has no pandoc.
    """
    if not PANDOC.is_file():
        raise PressError(
            f"{PANDOC.name}: not in the package pypandoc_binary; install the packages of the lock anew"
        )
    data_dir = ASSETS / "pandoc"  # does not exist, on purpose: nothing but pandoc's own data is read
    done = subprocess.run(
        [str(PANDOC), "--from=html-smart", "--fail-if-warnings", f"--data-dir={data_dir}", *arguments],
        input=body,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"SOURCE_DATE_EPOCH": str(epoch), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
    )
    if done.returncode:
        raise PressError(f"pandoc refused the book: {done.stderr.strip()}")
    return done.stdout


def _pieces(book: str, order: Sequence[dict[str, Any]], articles: Sequence[Article]) -> Iterator[HtmlElement]:
    """A part is an h1, its chapters are h2; front matter pages are h1 of their own."""
    part, number, parts = "", 0, 0
    for entry, article in zip(order, articles, strict=True):
        if entry.get("part", "") != part:
            part = entry.get("part", "")
            if part:
                parts += 1
                yield _piece("h1", "part", f"part-{parts}", "", escape(part), lxml_tools.new("section"))
        numbered = bool(entry.get("numbered"))
        number += numbered
        label = f'<span class="wr-chapter-number">{number}</span> ' if numbered else ""
        kind = "chapter catalogue" if dictionary_style.is_catalogue(article.body) else "chapter"
        title = label + article.title
        yield _piece("h2" if part else "h1", kind, article.slug, part or book, title, article.body)


def _piece(level: str, kind: str, name: str, part: str, title: str, body: HtmlElement) -> HtmlElement:
    heading = fragment_fromstring(title, create_parent=level)
    heading.attrib.update({"class": kind, "id": name, "data-part": part})
    body.tag = "section"
    body.attrib.clear()
    lxml_tools.start_with(body, heading)
    return body


def _edition(path: Path) -> Edition:
    known = {f.name for f in fields(Edition)}
    given = {key: value for key, value in _json(path).items() if key in known}
    missing = sorted(f.name for f in fields(Edition) if f.default is MISSING and f.name not in given)
    if missing:
        raise PressError(f"{path.name} lacks {', '.join(missing)}")
    return Edition(**given | {"date": datetime.date.fromisoformat(given["date"])})


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise PressError(f"{path.name} is not in {path.parent}: build the HTML first") from None
    except ValueError as error:
        raise PressError(f"{path.name} is not JSON: {error}") from None
