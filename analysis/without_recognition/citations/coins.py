"""CSL items as COinS: a reference in the page itself, for programs that gather several from one list.

`ContextObjects in Spans` puts an OpenURL (NISO Z39.88-2004, matrix `book`) into the title of an empty span. Zotero
offers the spans of a page as a list to pick from.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from markupsafe import Markup

from without_recognition.citations import names
from without_recognition.citations.csl import Item

CLASS = "Z3988"
FORMAT = "info:ofi/fmt:kev:mtx:book"


def span(item: Item) -> Markup:
    """A part of the book (or the book) as an empty span.

    >>> span({"type": "book", "title": "A & B", "issued": {"date-parts": [[2026, 11, 2]]}})
    Markup('<span class="Z3988" title="ctx_ver=Z39.88-2004&amp;rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&amp;rft.genre=book&amp;rft.btitle=A+%26+B&amp;rft.date=2026-11-02"></span>')
    """
    return Markup('<span class="{}" title="{}"></span>').format(CLASS, urlencode(list(_fields(item))))


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    is_part = "container-title" in item
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", FORMAT
    yield "rft.genre", "bookitem" if is_part else "book"
    if is_part:
        yield "rft.atitle", item["title"]
    yield "rft.btitle", item["container-title"] if is_part else item["title"]
    for name in item.get("author", ()):
        if "literal" in name:
            yield "rft.aucorp", names.spoken(name)
        else:
            yield "rft.au", names.spoken(name)
    for parts in item.get("issued", {}).get("date-parts", ())[:1]:
        yield "rft.date", "-".join(f"{part:02}" for part in parts)
    if "version" in item:
        yield "rft.edition", f"Version {item['version']}"
    if "language" in item:
        yield "rft.language", item["language"]
    if "URL" in item:
        yield "rft_id", item["URL"]
