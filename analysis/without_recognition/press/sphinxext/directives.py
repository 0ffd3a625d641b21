"""Directives of the chapters: boxes and lists computed from the data, and our own reflections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from without_recognition.data.messages import UnknownId
from without_recognition.press.sphinxext.lookup import lookup
from without_recognition.press.sphinxext.nodes import Foreign, Generated

if TYPE_CHECKING:
    from sphinx.application import Sphinx

RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
LOGGER = logging.getLogger(__name__)


class OfChapter(SphinxDirective):
    """A directive whose argument is a chapter slug; what it shows is the view of its own name."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        slug = self.arguments[0]
        try:
            lookup(self.env).chapter(slug)
        except UnknownId as wrong:
            told, place = ("{%s} %s: %s", self.name, slug, wrong), (self.env.docname, self.lineno)
            LOGGER.error(*told, location=place, type="without-recognition")
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


def direction(language: str) -> str:
    """'rtl' for the languages of this book that are written from right to left, else 'ltr'; `language` as BCP 47.

    >>> direction("ur"), direction("he-IL"), direction("en")
    ('rtl', 'rtl', 'ltr')
    """
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


class Language(SphinxDirective):
    """Paragraphs in another language, named as BCP 47: ``:::{lang} ur``."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        language = self.arguments[0]
        box = Foreign(language=language, direction=direction(language))
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


CHAPTER_VIEWS = ("chapter-box", "disputes", "searches", "reading", "cite-chapter")


def setup(app: Sphinx) -> None:
    """Register the directives."""
    for name in CHAPTER_VIEWS:
        app.add_directive(name, OfChapter)
    app.add_directive("commentary", Commentary)
    app.add_directive("lang", Language)
