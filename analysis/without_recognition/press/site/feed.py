"""The Atom feed of corrections, beside the page that lists them."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from docutils import nodes
from lxml import etree
from sphinx.application import Sphinx

from without_recognition import citations
from without_recognition.data.dataset import History
from without_recognition.evidence import labels
from without_recognition.findings import changes
from without_recognition.press.sphinxext import corrected, pages
from without_recognition.press.sphinxext.lookup import lookup
from without_recognition.press.system import files

ATOM = "http://www.w3.org/2005/Atom"
IDS = uuid.UUID(
    "6f1f7ac2-52a4-5a0e-9a35-1b8e2f2f9a10"
)  #: from it and a correction_id its id in the feed follows
TYPE = "application/atom+xml"


def atom_feed(history: History, page: str) -> bytes:
    """The feed: an entry a correction of what was published, newest first, dated by it;
    `page` lists them, from the root of the book.

    Addresses are whole where the book has one, and else lead from the feed to the page beside it.
    """
    book, beside = citations.metadata(history), page.rpartition("/")[2]
    rows = changes.of_published(history)
    feed = etree.Element("feed", nsmap={None: ATOM})
    _add(feed, "title", f"{book['title']}: changes of facts")
    _add(feed, "id", _id("feed"))
    _add(feed, "updated", _time(rows[0]["date"] if rows else book["date"]))
    _add(_add(feed, "author"), "name", book["author"])
    _add(feed, "rights", book["licence"])
    _add(feed, "link", rel="alternate", type="text/html", href=citations.address(page) or beside)
    if citations.address(page):
        own = f"{page.rpartition('/')[0]}/{corrected.FEED}".lstrip("/")
        _add(feed, "link", rel="self", type=TYPE, href=citations.address(own))
    for row in rows:
        _entry(feed, row, f"{citations.address(page) or beside}#correction-{row['correction_id']}")
    etree.indent(feed)
    text: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return text + b"\n"


def _entry(feed: etree._Element, row: dict[str, str], address: str) -> None:
    entry = _add(feed, "entry")
    where = " ".join(filter(None, (row["table"], row["key"], row["column"])))
    _add(entry, "title", f"{where}: {changes.CLASSES[changes.reason_class(row)]}")
    _add(entry, "id", _id(row["correction_id"]))
    _add(entry, "updated", _time(row["date"]))
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    _add(entry, "category", term=changes.reason_class(row))
    cells = [
        f"{label}: {labels.stopped(row[name])}"
        for label, name in (("Was", "was"), ("Now", "now"))
        if row[name]
    ]
    _add(entry, "summary", " ".join([labels.stopped(row["reason"]), *cells]))


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, tag, attributes)
    if text:
        made.text = text
    return made


def _id(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(IDS, name)}"


def _time(day: str) -> str:
    return f"{day}T00:00:00Z"


# --- for Sphinx -----------------------------------------------------------------------------------
def link_feed(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Name the feed in the head of the page beside it. For the event `html-page-context`."""
    if pages.CHANGES in app.env.metadata.get(pagename, {}):
        link = f'<link rel="alternate" type="{TYPE}" title="Changes of facts" href="{corrected.FEED}" />'
        context["metatags"] = context.get("metatags", "") + link


def write_feed(app: Sphinx, exception: Exception | None) -> None:
    """Write the feed beside each page that lists corrections. For the event `build-finished`."""
    if exception or app.builder.format != "html":
        return
    for name, told in app.env.metadata.items():
        if pages.CHANGES in told:
            page = app.builder.get_target_uri(name)
            files.write_whole(
                Path(app.outdir, page).with_name(corrected.FEED), atom_feed(lookup(app).history, page)
            )


def setup(app: Sphinx) -> None:
    """Connect to the events."""
    app.connect("html-page-context", link_feed)
    app.connect("build-finished", write_feed)
