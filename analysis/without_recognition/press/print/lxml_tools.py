"""Moves in an lxml tree that lxml leaves to us: it keeps the words behind a tag with the tag, as its tail."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from lxml.html import Element, HtmlElement, tostring

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def new(name: str, text: str = "", **attributes: str) -> HtmlElement:
    """A tag by itself; `class_` stands for `class`."""
    tag = Element(name, {key.rstrip("_"): value for key, value in attributes.items()})
    tag.text = text or None
    return tag


def classes(tag: HtmlElement) -> list[str]:
    """The classes of `tag`."""
    found: list[str] = tag.get("class", "").split()
    return found


def above(tag: HtmlElement, names: Collection[str]) -> HtmlElement | None:
    """The nearest of the tags called `names` that `tag` stands in."""
    return next(tag.iterancestors(*names), None)


def inner(tag: HtmlElement) -> str:
    """What `tag` holds, as HTML."""
    return escape(tag.text or "", quote=False) + "".join(tostring(child, encoding="unicode") for child in tag)


def text_of(tag: HtmlElement) -> str:
    """The words that `tag` holds, with one space between."""
    return " ".join(" ".join(tag.itertext()).split())


def text_before(tag: HtmlElement) -> str:
    """The words between `tag` and the tag before it."""
    before = tag.getprevious()
    return (tag.getparent().text if before is None else before.tail) or ""


def set_text_before(tag: HtmlElement, text: str) -> None:
    """Replace the words between `tag` and the tag before it."""
    before = tag.getprevious()
    if before is None:
        tag.getparent().text = text
    else:
        before.tail = text


def insert_after(tag: HtmlElement, other: HtmlElement) -> None:
    """Put `other` right behind `tag`, before the words that follow."""
    other.tail, tag.tail = tag.tail, None
    tag.addnext(other)


def replace(tag: HtmlElement, other: HtmlElement) -> None:
    """Put `other` in the place of `tag`."""
    other.tail, tag.tail = tag.tail, None
    tag.getparent().replace(tag, other)


def wrap(tag: HtmlElement, other: HtmlElement) -> None:
    """Put `other` in the place of `tag`, and `tag` into it."""
    replace(tag, other)
    other.append(tag)


def start_with(tag: HtmlElement, other: HtmlElement) -> None:
    """Make `other` the first thing in `tag`, before its words."""
    other.tail, tag.text = tag.text, None
    tag.insert(0, other)


def add_text(tag: HtmlElement, text: str) -> None:
    """Add `text` to the end of `tag`."""
    if len(tag):
        tag[-1].tail = (tag[-1].tail or "") + text
    else:
        tag.text = (tag.text or "") + text


def trim(tag: HtmlElement) -> None:
    """Take away the space at the end of `tag`."""
    if len(tag):
        tag[-1].tail = (tag[-1].tail or "").rstrip()
    else:
        tag.text = (tag.text or "").rstrip()


def pour(source: HtmlElement, into: HtmlElement) -> None:
    """Move all that `source` holds to the end of `into`."""
    add_text(into, source.text or "")
    into.extend(list(source))
    source.text = None
