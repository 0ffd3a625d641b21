"""The directive {audit-report}: what the second reading of a tenth of the claims found."""

from __future__ import annotations

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from analysis import audit
from analysis.press.lookup import lookup


class AuditReport(SphinxDirective):
    """The report of analysis.audit, parsed like the page around it; it takes neither argument nor content."""

    def run(self) -> list[nodes.Node]:
        text = audit.markdown(lookup(self.env).history)
        box = nodes.container(classes=["wr-audit"])
        self.state.nested_parse(StringList(text.splitlines(), source=self.env.docname), self.content_offset, box)
        return [box]


def setup(app) -> None:
    """Register the directive."""
    app.add_directive("audit-report", AuditReport)
