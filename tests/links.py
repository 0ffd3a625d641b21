"""The pages of a built book, the links in them, and where they lead."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement, HTMLParser, document_fromstring

LINKS = "//a/@href | //link/@href | //script/@src | //img/@src"


ROOM = re.compile(r'<div class="wr-cards wr-screen"(?: data-cards="([^"?]+))?[^>]*>')
LISTED = re.compile(
    r"""<div [^>]*id="explorer"[^>]* data-cards='([^']+)'"""
)  #: there, a file for each chapter


def cards(script: Path) -> dict[str, str]:
    """Id -> card, of the cards that `script` brings to its page."""
    text = script.read_text("utf-8").removeprefix("window.wrCards=Object.assign(window.wrCards||{},")
    return json.loads(text.removesuffix(");\n"))


def whole(path: Path) -> str:
    """The page at `path` with its cards in their room, as a reader has it who turned to each of them."""
    text = path.read_text("utf-8")
    room = ROOM.search(text)
    if not room:
        return text
    listed = LISTED.search(text)
    scripts = json.loads(unescape(listed[1])).values() if listed else [unescape(room[1])]
    made = [card for script in scripts for card in cards(path.parent / script.partition("?")[0]).values()]
    return text[: room.end()] + "\n".join(made) + text[room.end() :]


def tree(path: Path) -> HtmlElement:
    """The page at `path`, its cards in it."""
    return document_fromstring(whole(path).encode(), HTMLParser(encoding="utf-8"))


def inside(site: Path, name: str, page: HtmlElement) -> Iterator[tuple[str, Path, str]]:
    """(as written, file, fragment or "") of each link of the page at `name` below `site` that stays in the book."""
    here = (site / name).parent.as_posix()
    for written in page.xpath(LINKS):
        address = urlsplit(written)
        if address.scheme or address.netloc:
            continue
        target = f"{here}/{unquote(address.path)}" if address.path else site / name
        yield address.geturl(), Path(os.path.normpath(target)), unquote(address.fragment)
