"""What no reader should meet on a page: codes where words belong."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

CODE = re.compile(
    r"`[^`']*`"  # a backtick that nothing made into code
    r"|\b[a-z]+(?:_[a-z]+)+\b(?!\.csv)"  # contemporary_news
    r"|\bnan\b|\b\d\dXX\b|\b2000 and 2099\b|\{\{|\}\}"
)
#: code, what code prints, figures, citations
APART = "script, style, template, pre, code, svg, option, .dataframe, .wr-cite, .wr-figure, .wr-cards"


def odd(page: BeautifulSoup) -> list[str]:
    """Codes in the words of a page, with what stands around them; figures, citations, code and what it prints are left out.

    >>> odd(BeautifulSoup("<main>It is contemporary_news, <code>not_this</code>, of 20XX.</main>", "lxml"))
    ['It is contemporary_news, , of 20XX.', 'It is contemporary_news, , of 20XX.']
    """
    page = BeautifulSoup(str(page.select_one("article, main") or page), "lxml")
    for tag in page.select(APART):
        tag.decompose()
    text = " ".join(page.get_text().split())
    return [text[max(0, m.start() - 30) : m.end() + 30] for m in CODE.finditer(text)]
