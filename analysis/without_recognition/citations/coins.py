"""CSL items as COinS: a reference in the page itself, for programs that gather several from one list.

`ContextObjects in Spans` puts an OpenURL (NISO Z39.88-2004) into the title of an empty span. Zotero offers the spans
of a page as a list to pick from. The matrices `journal` and `book` have no newspapers, speeches or websites; those are
Dublin Core (`dc`), whose type is by Zotero's names, as Zotero itself writes them.

Who reads a span cuts it at `&` and `=` and decodes what is between, so only what would be misread is escaped. Other
letters of titles and addresses stand as they are, and weigh little beside the link that says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import Markup

from without_recognition.citations import names
from without_recognition.citations.csl import Item

CLASS = "Z3988"
ESCAPED = {ord(sign): f"%{ord(sign):02X}" for sign in "%&;=+#"}  #: what has a meaning of its own
FORMAT = "info:ofi/fmt:kev:mtx:"
BOOKS = {"book": "book", "chapter": "bookitem", "report": "report", "document": "document"}  #: type -> genre
JOURNAL = "article-journal"
OTHERS = {
    "article-magazine": "magazineArticle",
    "article-newspaper": "newspaperArticle",
    "dataset": "dataset",
    "entry-encyclopedia": "encyclopediaArticle",
    "interview": "interview",
    "legislation": "statute",
    "post": "forumPost",
    "post-weblog": "blogPost",
    "speech": "presentation",
    "webpage": "webpage",
}  #: a broadcast, of which we do not say whether it is radio or television, is a `document`


def span(item: Item) -> Markup:
    """A source, a part of the book, or the book, as an empty span.

    >>> span({"type": "book", "title": "A & B", "issued": {"date-parts": [[2026, 11, 2]]}})
    Markup('<span class="Z3988" title="ctx_ver=Z39.88-2004&amp;rft_val_fmt=info:ofi/fmt:kev:mtx:book&amp;rft.genre=book&amp;rft.btitle=A %26 B&amp;rft.date=2026-11-02"></span>')
    """  # noqa: E501
    told = "&".join(f"{name}={text.translate(ESCAPED)}" for name, text in _fields(item))
    return Markup('<span class="{}" title="{}"></span>').format(CLASS, told)


def spans(items: Iterable[Item]) -> Markup:
    """One span an item, in their order."""
    return Markup("").join(map(span, items))


def day(issued: dict[str, Any]) -> str:
    """What is sure of a CSL date, as W3CDTF: of a doubted day the year, of a span what both ends share.

    >>> day({"date-parts": [[2005, 9, 1]]}), day({"date-parts": [[2005, 9, 1]], "circa": True})
    ('2005-09-01', '2005')
    >>> day({"date-parts": [[2005, 9], [2005, 10]]}), day({"date-parts": [[2005], [2007]]}), day({})
    ('2005', '', '')
    """
    ends = issued.get("date-parts", [[]])
    shared = [a for n, a in enumerate(ends[0]) if ends[0][: n + 1] == ends[-1][: n + 1]]
    return "-".join(f"{part:02}" for part in (shared[:1] if "circa" in issued else shared))


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    yield "ctx_ver", "Z39.88-2004"
    yield from _titles(item)
    for name in item.get("author", ()):
        if name == names.OTHERS:
            continue
        if "literal" in name:
            yield "rft.aucorp", names.spoken(name)
        else:  # Zotero divides a name at its comma
            yield "rft.au", f"{name['family']}, {' '.join(filter(None, (name['given'], name.get('suffix'))))}"
    if sure := day(item.get("issued", {})):
        yield "rft.date", sure
    if "version" in item:
        yield "rft.edition", f"Version {item['version']}"
    yield from (
        (f"rft.{key}", item[name])
        for key, name in (("pages", "page"), ("language", "language"))
        if name in item
    )
    if "DOI" in item:
        yield "rft_id", f"info:doi/{item['DOI']}"
    if "URL" in item:
        yield "rft_id", item["URL"]


def _titles(item: Item) -> Iterator[tuple[str, str]]:
    """Format, kind, title, where it stands and who published it, by the names that each format has for them."""
    kind, home, publisher = item["type"], item.get("container-title", ""), item.get("publisher", "")
    if kind == JOURNAL:
        told = [("genre", "article"), ("atitle", item["title"]), ("jtitle", home)]
        told += [(name, item.get(name, "")) for name in ("volume", "issue")]
    elif kind in BOOKS:
        title = {"chapter": "atitle", "document": "title"}.get(kind, "btitle")
        told = [("genre", BOOKS[kind]), (title, item["title"])]
        told += [("btitle" if kind == "chapter" else "series", home), ("pub", publisher)]
    else:
        told = [("type", OTHERS.get(kind, "document")), ("title", item["title"]), ("source", home)]
        told += [("publisher", publisher)]
    yield "rft_val_fmt", FORMAT + ("journal" if kind == JOURNAL else "book" if kind in BOOKS else "dc")
    yield from ((f"rft.{name}", str(text)) for name, text in told if text)
