"""What machines read: citation tags in each page (its JSON-LD: `linked`); the book's order and imprint as files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from markupsafe import Markup, escape
from sphinx import addnodes

from without_recognition import citations
from without_recognition.press import PressError
from without_recognition.press.sphinxext import domain, linked, paper, preview
from without_recognition.press.sphinxext.citebox import Page
from without_recognition.press.sphinxext.lookup import lookup

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

IMPRINT = (
    "title",
    "subtitle",
    "author",
    "version",
    "date",
    "licence",
    "language",
    "description",
    "site",
    "doi",
)  #: what book.json tells print
DESCRIBED = 300  #: letters that a description has at most; it ends with a sentence
ROBOTS = "User-agent: *\nAllow: /\n"
SENTENCE = re.compile(r"(?<=[.!?])[\"'”’]*\s+(?=[\"'“‘]*[A-Z0-9])")
SITEMAP = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{}</urlset>
"""


def description(doctree: nodes.document) -> str:
    """The first sentences of the page, as many as DESCRIBED holds, without marks and cards."""
    found = ""
    for paragraph in doctree.findall(nodes.paragraph):
        if not isinstance(paragraph.parent, nodes.section):
            continue
        for sentence in SENTENCE.split(linked.plain_words(paragraph)):
            longer = f"{found} {sentence}".strip()
            if found and len(longer) > DESCRIBED:
                return found
            found = longer
    return found


def tags(page: Page, about: str = "") -> list[tuple[str, str, str]]:
    """(attribute, name, content) of the tags that Zotero, indexes and those who preview links read.

    A chapter names the book that it stands in. Addresses stand in them once the book has one.
    """
    book, url = citations.metadata(), citations.address(page.place)
    about = book["description"] if page.is_dataset else about
    title = page.cited_title
    kind = "Book" if page.is_book else "Dataset" if page.is_dataset else ""  #: as Dublin Core has it
    found = [
        ("name", "citation_title", title),
        ("name", "citation_author", f"{book['author']},"),  # the comma keeps Zotero from dividing the name
        ("name", "citation_publication_date", book["date"].replace("-", "/")),
        ("name", "citation_language", book["language"]),
        ("name", "citation_public_url", citations.address() if page.is_book else url),
        ("name", "citation_doi", book["doi"] if kind else ""),
        ("name", "citation_inbook_title", "" if kind else book["full_title"]),
        ("name", "DC.type", kind),
        ("name", "DC.title", title if kind else ""),
        ("name", "DC.rights", book["licence_url"] if page.is_dataset else ""),
        ("property", "og:title", title),
        ("property", "og:type", "book" if page.is_book else "article"),
        ("property", "og:url", url),
        ("name", "description", about),
        ("property", "og:description", about),
        ("property", "og:site_name", book["title"]),
        ("property", "og:image", citations.address(preview.picture_name(page.app, page.docname))),
        ("property", "og:image:width", str(preview.SIZE[0]) if url else ""),
        ("property", "og:image:height", str(preview.SIZE[1]) if url else ""),
        ("name", "twitter:card", "summary_large_image" if url else ""),
    ]
    return [tag for tag in found if tag[2]]


def describe(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put the tags into the head of a page. For the event `html-page-context`."""
    if doctree is None:
        return
    page, about = Page(app, pagename), description(doctree)
    head = [Markup('<meta {}="{}" content="{}" />').format(*tag) for tag in tags(page, about)]
    head.append(linked.json_ld_element(linked.of_page(page, about, doctree)))
    context["metatags"] = context.get("metatags", "") + "\n".join(head)


def settle(app: Sphinx, config: Config) -> None:
    """Sphinx's own canonical links follow the book's address. For the event `config-inited`."""
    config.html_baseurl = citations.address() or config.html_baseurl


def order(app: Sphinx) -> list[dict[str, Any]]:
    """The pages in the order of the contents: page, part ('' for the front), whether it has a number, its volume.

    The setting `wr_volumes` names, for volumes of paper.VOLUMES, the pages that stand in them; the rest is read.
    """
    root = app.config.root_doc
    pages: list[dict[str, Any]] = [{"page": app.builder.get_target_uri(root), "part": "", "numbered": False}]

    def walk(docname: str, part: str, numbered: bool) -> None:
        for toctree in app.env.get_doctree(docname).findall(addnodes.toctree):
            caption = toctree.get("caption") or part
            counts = numbered or bool(toctree.get("numbered"))
            for child in toctree["includefiles"]:
                pages.append({"page": app.builder.get_target_uri(child), "part": caption, "numbered": counts})
                walk(child, caption, counts)

    walk(root, "", False)
    for volume, names in app.config.wr_volumes.items():
        if volume not in paper.VOLUMES:
            raise PressError(f"wr_volumes: no volume {volume}; there are {', '.join(paper.VOLUMES)}")
        targets = [app.builder.get_target_uri(name) for name in names]
        for page in pages:
            if page["page"] in targets:
                page["volume"] = volume
    return pages


def write_metadata(app: Sphinx, exception: Exception | None) -> None:
    """Write print-order.json, print-index.json, book.json, robots.txt and sitemap.xml (of a book with an address)."""
    if exception or app.builder.format != "html":
        return
    book = citations.metadata()
    imprint = {key: book[key] for key in IMPRINT}
    index = paper.facts(lookup(app))
    for name, content in (("print-order", order(app)), ("print-index", index), ("book", imprint)):
        Path(app.outdir, f"{name}.json").write_text(
            json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8"
        )
    sitemap = Path(app.outdir, "sitemap.xml")
    sitemap.unlink(missing_ok=True)
    robots = ROBOTS + (f"Sitemap: {citations.address('sitemap.xml')}\n" if book["site"] else "")
    Path(app.outdir, "robots.txt").write_text(robots, "utf-8")
    if book["site"]:
        own = [app.builder.get_target_uri(name) for name in app.env.titles]
        records = [
            p.relative_to(app.outdir).as_posix()
            for folder in domain.RECORDS.values()
            for p in Path(app.outdir, folder).glob("*.html")
        ]
        pages = [citations.address(name) for name in sorted({*own, *records})]
        sitemap.write_text(
            SITEMAP.format("".join(f"<url><loc>{escape(url)}</loc></url>\n" for url in pages)), "utf-8"
        )


def setup(app: Sphinx) -> None:
    """Connect to the events; `wr_volumes` says which pages stand in which printed volume."""
    app.add_config_value("wr_volumes", {}, "", dict)
    app.connect("config-inited", settle)
    app.connect("html-page-context", describe)
    app.connect("build-finished", write_metadata, priority=600)  # the sitemap lists what others wrote
