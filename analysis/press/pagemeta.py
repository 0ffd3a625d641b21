"""What machines read: citation tags and JSON-LD in each page; the book's order and imprint as files."""

from __future__ import annotations

import json
from pathlib import Path

from markupsafe import Markup
from sphinx import addnodes

from analysis import citing


def highwire(title: str, chapter: bool) -> list[tuple[str, str]]:
    """The tags that Zotero and indexes read; a chapter names the book that it stands in."""
    book = citing.metadata()
    tags = [
        ("citation_title", title if chapter else book["full_title"]),
        ("citation_author", book["author"]),
        ("citation_publication_date", book["date"].replace("-", "/")),
        ("citation_language", book["language"]),
    ]
    return tags + ([("citation_inbook_title", book["full_title"])] if chapter else [])


def json_ld(title: str, chapter: bool, address: str) -> dict:
    """Schema.org's view of the page: the book, or a chapter that is part of it."""
    book = citing.metadata()
    whole = {
        "@type": "Book",
        "name": book["full_title"],
        "author": {"@type": "Organization", "name": book["author"]},
        "version": book["version"],
        "datePublished": book["date"],
        "license": book["licence_url"],
        "inLanguage": book["language"],
    }
    if not chapter:
        return {"@context": "https://schema.org", **whole}
    return {
        "@context": "https://schema.org",
        "@type": "Chapter",
        "name": title,
        "url": address,
        "isPartOf": whole,
    }


def describe(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Put the tags into the head of a page. For the event `html-page-context`."""
    if doctree is None:
        return
    title = app.env.titles[pagename].astext()
    chapter = pagename != app.config.root_doc
    tags = [Markup('<meta name="{}" content="{}" />').format(*tag) for tag in highwire(title, chapter)]
    data = json.dumps(
        json_ld(title, chapter, app.builder.get_target_uri(pagename)), ensure_ascii=False, sort_keys=True
    )
    tags.append(
        Markup('<script type="application/ld+json">{}</script>').format(
            Markup(data.replace("<", "\\u003c").replace("&", "\\u0026"))
        )
    )
    context["metatags"] = context.get("metatags", "") + "\n".join(tags)


def order(app) -> list[dict]:
    """The pages in the order of the contents: page, part ('' for the front), whether it has a number."""
    root = app.config.root_doc
    pages = [{"page": app.builder.get_target_uri(root), "part": "", "numbered": False}]

    def walk(docname: str, part: str, numbered: bool) -> None:
        for toctree in app.env.get_doctree(docname).findall(addnodes.toctree):
            caption = toctree.get("caption") or part
            counts = numbered or bool(toctree.get("numbered"))
            for child in toctree["includefiles"]:
                pages.append({"page": app.builder.get_target_uri(child), "part": caption, "numbered": counts})
                walk(child, caption, counts)

    walk(root, "", False)
    return pages


def write(app, exception: Exception | None) -> None:
    """Write print-order.json and book.json into the root of the HTML."""
    if exception or app.builder.format != "html":
        return
    book = citing.metadata()
    told = ("title", "subtitle", "author", "version", "date", "licence", "language", "description")
    imprint = {key: book[key] for key in told}
    for name, content in (("print-order", order(app)), ("book", imprint)):
        Path(app.outdir, f"{name}.json").write_text(
            json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8"
        )


def setup(app) -> None:
    """Connect to the events."""
    app.connect("html-page-context", describe)
    app.connect("build-finished", write)
