"""Ids of paragraphs: made of the page's name and of how the paragraph begins,
so that they stand when others come or go.

The number that a reader sees is the place on the page and holds for one version; the id holds until the beginning of
the paragraph is written anew. Tables have ids as well, by their place among the tables of the page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import count

from docutils import nodes
from sphinx.application import Sphinx

from without_recognition.press.sphinxext.nodes import Mark

WORD = re.compile(r"[^\W\d_]+")
FIRST = 6  #: words that an id is made of
DIGITS = 5  #: of the hash
TABLE = re.compile(r'<div class="wr-scroll"( tabindex="0")>(<table class="(?:docutils|dataframe))')


def anchor(page: str, text: str) -> str:
    """The id of a paragraph of a page: `par-`, the page's name, five hexadecimal digits.

    Numbers do not count, since many of them are computed.

    >>> anchor("findings/who-says-so", "Of 512 events, most rest on the word of one side.")
    'par-who-says-so-36435'
    >>> anchor("telegram", "A new end.") == anchor("telegram", "A new end.")
    True
    """
    words = " ".join(WORD.findall(text.casefold())[:FIRST])
    return f"par-{page.rpartition('/')[2]}-{hashlib.blake2b(words.encode()).hexdigest()[:DIGITS]}"


def name_paragraphs(app: Sphinx, doctree: nodes.document) -> None:
    """Give each paragraph of the manuscript its id. For the event `doctree-read`."""
    if app.env.docname == app.config.root_doc:
        return
    had: set[str] = set()
    for paragraph, words in _of(doctree):
        made, times = anchor(app.env.docname, words), 1
        while (unique := made if times == 1 else f"{made}-{times}") in had:
            times += 1
        had.add(unique)
        paragraph["ids"].append(unique)


def _of(doctree: nodes.document) -> Iterator[tuple[nodes.paragraph, str]]:
    """The paragraphs that stand by themselves in a section, and their words without marks that only point."""
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section):
            texts = (t.astext() for t in paragraph.findall(nodes.Text) if _is_word(t))
            if words := " ".join("".join(texts).split()):
                yield paragraph, words


def _is_word(text: nodes.Text) -> bool:
    return not isinstance(text.parent, nodes.raw) and not (
        isinstance(text.parent, Mark) and not text.parent.children
    )


def number_tables(page: str, html: str) -> str:
    """The HTML of a page with an id, `tab-<page>-<number>`, for each table that slides in a box of its own.

    >>> number_tables("findings/x", '<div class="wr-scroll" tabindex="0"><table class="docutils">')
    '<div class="wr-scroll" id="tab-x-1" tabindex="0"><table class="docutils">'
    """
    number = count(1)
    place = f"tab-{page.rpartition('/')[2]}-"
    return TABLE.sub(
        lambda found: f'<div class="wr-scroll" id="{place}{next(number)}"{found[1]}>{found[2]}', html
    )


def setup(app: Sphinx) -> None:
    """Connect to the event."""
    app.connect("doctree-read", name_paragraphs)
