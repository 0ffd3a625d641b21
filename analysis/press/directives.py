"""Directives of the chapters: boxes and lists computed from the data, and our own reflections."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from analysis.press import PressError, problems
from analysis.press.lookup import lookup
from analysis.press.nodes import Generated


class OfChapter(SphinxDirective):
    """A directive whose argument is a chapter slug; what it shows is the view of its own name."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        slug = self.arguments[0]
        try:
            lookup(self.env).chapter(slug)
        except PressError as wrong:
            problems.report(self.env, f"{{{self.name}}} {slug}: {wrong}", self.lineno)
            return []
        return self.shown(slug)

    def shown(self, slug: str) -> list[nodes.Node]:
        return [Generated(view=self.name, args=(slug,))]


class Commentary(SphinxDirective):
    """Our own reflection; it needs no evidence."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        box = nodes.container(classes=["wr-commentary"])
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


CHAPTER_VIEWS = ("chapter-box", "disputes", "searches", "reading", "cite-chapter")


def setup(app) -> None:
    """Register the directives."""
    for name in CHAPTER_VIEWS:
        app.add_directive(name, OfChapter)
    app.add_directive("commentary", Commentary)
