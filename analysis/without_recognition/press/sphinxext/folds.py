"""Cells that a page folds, by their tag: what a re-runner may try, and the table behind a figure.
Paper leaves them out."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from docutils import nodes
from markupsafe import escape

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.docutils import SphinxTranslator

FOLDED = {  #: tag -> what the line says that opens it
    "hermeneutics": "Try another rule",
    "table": "The table behind this figure",
}


class Fold(nodes.General, nodes.Element):
    """Neighbouring cells of one tag, behind a line that opens them: its `summary`."""


def visit_fold(self: SphinxTranslator, node: Fold) -> None:
    self.body.append(
        f'<details class="wr-fold wr-cells wr-screen"><summary>{escape(node["summary"])}</summary>\n'
    )


def depart_fold(self: SphinxTranslator, node: Fold) -> None:
    self.body.append("</details>\n")


def skip(self: SphinxTranslator, node: Fold) -> None:
    raise nodes.SkipNode


def fold(app: Sphinx, doctree: nodes.document) -> None:
    """Put neighbouring cells of one tag behind one line. For the event `doctree-read`."""
    cells = [n for n in doctree.findall(nodes.container) if _tag(n)]
    for parent in dict.fromkeys(cell.parent for cell in cells):
        made: list[nodes.Node] = []
        for tag, group in groupby(list(parent.children), _tag):
            same = list(group)
            made += [Fold("", *same, summary=FOLDED[tag])] if tag else same
        parent.children = []
        parent.extend(made)


def _tag(node: nodes.Node) -> str:
    """The tag by which a cell is folded, or ""."""
    found = node.get("classes", ()) if isinstance(node, nodes.container) else ()
    return next((tag for tag in FOLDED if f"tag_{tag}" in found), "")


def setup(app: Sphinx) -> None:
    """Register the node and the handler."""
    app.add_node(Fold, html=(visit_fold, depart_fold), latex=(skip, None), text=(skip, None))
    app.connect("doctree-read", fold)
