"""What no reader should meet on a page: codes where words belong."""

from __future__ import annotations

import copy
import re

from lxml import html

CODE = re.compile(
    r"`[^`']*`"  # a backtick that nothing made into code
    r"|\b[a-z]+(?:_[a-z]+)+\b(?!\.csv)"  # contemporary_news
    r"|\bnan\b|\b\d\dXX\b|\b2000 and 2099\b|\{\{|\}\}"
)
TAGS = {"script", "style", "template", "pre", "code", "svg", "option"}
CLASSES = {
    "dataframe",
    "wr-cite",
    "wr-figure",
    "wr-cards",
    "wr-id",
}  #: outputs, citations, figures, cards, ids


def odd(page: html.HtmlElement) -> list[str]:
    """Codes in the words of a page, with what stands around them;
    figures, citations, code and what it prints are left out.

    >>> odd(html.document_fromstring("<main>It is contemporary_news, <code>not_this</code>, of 20XX.</main>"))
    ['It is contemporary_news, , of 20XX.', 'It is contemporary_news, , of 20XX.']
    """
    found = page.xpath("//article | //main")
    page = copy.deepcopy(found[0] if found else page)
    for tag in [tag for tag in page.iterdescendants() if tag.tag in TAGS or CLASSES & set(tag.classes)]:
        tag.drop_tree()
    text = " ".join(page.text_content().split())
    return [text[max(0, m.start() - 30) : m.end() + 30] for m in CODE.finditer(text)]
