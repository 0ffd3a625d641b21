"""Column widths of tables on paper: narrow tables keep their own, wide ones share the page by their text."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from without_recognition.press.print import lxml_tools

PAGE = 84  # characters of table type that fit across a page; small type fits more
SMALL = 96
GUTTER = 2  # characters lost between two columns
BREAKS = re.compile(r"(?<=[/_=&?,;:])|(?<=-)(?!\d)|\s+")  # where the template lets a line end


def fit(table: HtmlElement) -> None:
    """Give `table` the class `wr-small` and a colgroup if its text is wider than the page; it stays upright."""
    lines = list(table.iter("tr"))
    rows = [line.xpath("td|th") for line in lines]
    columns = max((sum(int(cell.get("colspan", 1)) for cell in row) for row in rows), default=0)
    plain = [row for row in rows if len(row) == columns]
    for tag in (table, *lines):
        for key in set(tag.keys()) - {"id"}:
            del tag.attrib[key]
    for old in list(table.iter("colgroup")):
        old.drop_tree()
    if not plain:
        return
    texts = [[lxml_tools.text_of(row[i]) for row in plain] for i in range(columns)]
    natural = [max(map(len, column)) + GUTTER for column in texts]
    if sum(natural) <= PAGE:
        return
    least = [max(_longest(text) for text in column) + GUTTER for column in texts]
    table.set("class", "wr-small")
    group = lxml_tools.new("colgroup")
    for share in _shares(least, natural, texts):
        group.append(lxml_tools.new("col", style=f"width:{share:.1%}"))
    caption = next(table.iter("caption"), None)
    if caption is None:
        lxml_tools.start_with(table, group)
    else:
        lxml_tools.insert_after(caption, group)


def _longest(text: str) -> int:
    return max(map(len, BREAKS.split(text)), default=0)


def _shares(least: list[int], natural: list[int], texts: list[list[str]]) -> list[float]:
    """To every column its longest word; what is left of the page goes by the amount of text."""
    spare = max(SMALL - sum(least), 0)
    weight = [
        (sum(map(len, column)) / len(column)) ** 0.7 if n > m else 0.0
        for column, n, m in zip(texts, natural, least, strict=True)
    ]
    total = sum(weight) or 1.0
    width = [m + min(spare * w / total, n - m) for m, n, w in zip(least, natural, weight, strict=True)]
    return [w / sum(width) for w in width]
