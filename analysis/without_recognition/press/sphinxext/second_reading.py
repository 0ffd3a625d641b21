"""Directives of the method page: what the second reading found, what passages bear,
how far blind coders agree, which pairs are one text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from without_recognition.data import support
from without_recognition.data.dataset import History
from without_recognition.findings import pairs, second_coding, second_reading
from without_recognition.press.sphinxext.lookup import lookup

if TYPE_CHECKING:
    from sphinx.application import Sphinx

REPORTS: dict[str, Callable[[History], str]] = {
    "audit-report": second_reading.markdown,
    "support-report": support.markdown,
    "coding-report": second_coding.markdown,
    "pairs-report": pairs.markdown,
}


class Report(SphinxDirective):
    """Markdown computed from the data, parsed like the page around it; it takes neither argument nor content."""

    def run(self) -> list[nodes.Node]:
        text = REPORTS[self.name](lookup(self.env).history)
        box = nodes.container(classes=["wr-audit"])
        self.state.nested_parse(
            StringList(text.splitlines(), source=self.env.docname), self.content_offset, box
        )
        return [box]


def setup(app: Sphinx) -> None:
    """Register the directives."""
    for name in REPORTS:
        app.add_directive(name, Report)
