"""Signs that a keyboard has and a printed book does not: backticks, straight apostrophes, hyphens in ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from without_recognition.press.print import lxml_tools
from without_recognition.press.print.lxml_tools import new

CODE = re.compile(r"`([^`'‘’\s]+)`")
QUOTED = re.compile(r"`+([^`']*?)'+")
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)")
RANGE = re.compile(r"(?<![\w-])((?:pp?\. ?|¶¶? ?|\d+:)\d+|(?:1[89]|20)\d\d)-(\d+)(?![\w-])")

FIRST_STRONG, POPPED = "\u2068", "\u2069"  #: begin and end an isolate (Unicode Standard Annex 9)


def settle(piece: HtmlElement) -> None:
    """Mend the words of `piece`, in place; code and addresses stay as they are.

    What stands between two backticks is code; a backtick that an apostrophe ends is a quotation mark. Words that are
    written from right to left are isolated by Unicode's own signs, since Typst has no word for it.
    """
    for tag, is_tail in list(_texts(piece)):
        text = tag.tail if is_tail else tag.text
        text = APOSTROPHE.sub("’", QUOTED.sub(r"‘\1’", text or ""))
        words, *rest = CODE.split(RANGE.sub(r"\1–\2", text))
        if is_tail:
            tag.tail = words
        else:
            tag.text = words
        last = tag
        for code, after in zip(rest[::2], rest[1::2], strict=True):
            last = _behind(last, is_tail or last is not tag, new("code", code))
            last.tail = after.replace("`", "‘")
        if "`" in words:
            setattr(tag, "tail" if is_tail else "text", words.replace("`", "‘"))
    for isolate in piece.iter("bdi"):
        isolate.text = FIRST_STRONG + (isolate.text or "")
        lxml_tools.add_text(isolate, POPPED)


def _behind(place: HtmlElement, is_sibling: bool, code: HtmlElement) -> HtmlElement:
    if is_sibling:
        place.getparent().insert(place.getparent().index(place) + 1, code)
    else:
        place.insert(0, code)
    return code


def _texts(piece: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    """(tag, whether its tail) for all text but code and addresses."""
    for tag in piece.iter():
        if not isinstance(tag.tag, str):
            continue
        inside = tag.tag in ("code", "pre") or lxml_tools.above(tag, ["code", "pre"]) is not None
        if tag.text and not inside and "://" not in tag.text:
            yield tag, False
        if tag.tail and tag is not piece and lxml_tools.above(tag, ["code", "pre"]) is None:
            yield tag, True
