"""The pages of a built book, the links in them, and where they lead."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement, HTMLParser, document_fromstring

LINKS = "//a/@href | //link/@href | //script/@src | //img/@src"


def tree(path: Path) -> HtmlElement:
    """The page at `path`."""
    return document_fromstring(path.read_bytes(), HTMLParser(encoding="utf-8"))


def inside(site: Path, name: str, page: HtmlElement) -> Iterator[tuple[str, Path, str]]:
    """(as written, file, fragment or "") of each link of the page at `name` below `site` that stays in the book."""
    here = (site / name).parent.as_posix()
    for written in page.xpath(LINKS):
        address = urlsplit(written)
        if address.scheme or address.netloc:
            continue
        target = f"{here}/{unquote(address.path)}" if address.path else site / name
        yield address.geturl(), Path(os.path.normpath(target)), unquote(address.fragment)
