"""The links inside a built book, and where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

LINKS = "a[href], link[href], script[src], img[src]"


def inside(site: Path, name: str, page: BeautifulSoup) -> Iterator[tuple[str, Path, str]]:
    """(as written, file, fragment or "") of each link of the page at `name` below `site` that stays in the book."""
    for tag in page.select(LINKS):
        address = urlsplit(tag.get("href") or tag.get("src"))
        if address.scheme or address.netloc:
            continue
        target = site / name
        if address.path:
            target = target.parent.joinpath(unquote(address.path)).resolve()
        yield address.geturl(), target, unquote(address.fragment)
