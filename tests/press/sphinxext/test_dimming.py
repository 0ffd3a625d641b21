"""Which words a mark supports, however the lines of the manuscript end."""

from __future__ import annotations

import pytest
from docutils import nodes
from without_recognition.press.sphinxext import dimming
from without_recognition.press.sphinxext.nodes import Clause, Mark


def clauses(before: list[str], after: list[str]) -> list[str]:
    """The clauses of a paragraph of texts with a mark between them, each text as MyST gives it."""
    mark = Mark("", level=1, voices="pakistani")
    paragraph = nodes.paragraph("", "", *map(nodes.Text, before), mark, *map(nodes.Text, after))
    dimming.wrap(paragraph)
    return [" ".join(child.astext().split()) for child in paragraph.children if isinstance(child, Clause)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["One is plain. Two is told"], [". Three is plain."]),
        (["One is plain.", "\n", "Two is told"], [".", "\n", "Three is plain."]),
        (["One is plain. Two is", "\n", "told"], [". Three is", "\n", "plain."]),
    ],
    ids=["one line", "one sentence a line", "lines of one length"],
)
def test_a_clause_ends_where_its_sentence_does_and_not_where_its_line_does(
    before: list[str], after: list[str]
) -> None:
    assert clauses(before, after) == ["Two is told."]
