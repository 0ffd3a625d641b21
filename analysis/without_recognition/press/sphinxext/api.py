"""The directive of the API page: what the package offers, by name, from docstrings whose examples run as tests."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

import without_recognition
from without_recognition import History, charts
from without_recognition.data.messages import unknown
from without_recognition.press.sphinxext.pages import section

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LOGGER = logging.getLogger(__name__)
#: what is written as code, and what is code by its look: a name of two words, an empty string
CODE = re.compile(r'`([^`]+)`|("")|\b([a-z]+(?:_[a-z]+)+)\b')
Named = Iterator[tuple[str, str, object]]  #: (name, how it is written, the thing itself)


def door() -> Named:
    """What `without_recognition` itself offers."""
    for name in without_recognition.__all__:
        if name not in ("charts", "History"):
            yield name, name, getattr(without_recognition, name)


def history() -> Named:
    """What a History has, tables first."""
    members = inspect.getmembers(History)
    found = [(name, thing) for name, thing in members if not name.startswith("_") and inspect.getdoc(thing)]
    for name, thing in sorted(found, key=lambda each: (callable(each[1]), each[0])):
        yield f"history-{name}", f"history.{name}", thing


def figures() -> Named:
    """The figures, each of which is a function."""
    for name in charts.__all__:
        yield f"charts-{name}", f"charts.{name}", getattr(charts, name)


PARTS: dict[str, Callable[[], Named]] = {"door": door, "history": history, "charts": figures}


class Api(SphinxDirective):
    """A section for each public name of a part."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        part = self.arguments[0]
        if part not in PARTS:
            told = unknown("part of the API", part, PARTS)
            place = (self.env.docname, self.lineno)
            LOGGER.error("{api}: %s", told, location=place, type="without-recognition")
            return []
        return [
            section(written, f"api-{name}", *_described(written, thing))
            for name, written, thing in PARTS[part]()
        ]


def _described(written: str, thing: object) -> list[nodes.Node]:
    """How it is called, and its docstring."""
    shown: list[nodes.Node] = []
    if callable(thing):
        called = f"{written}({', '.join(_parameters(thing))})"
        shown.append(nodes.literal_block(called, called, language="python"))
    for block in re.split(r"\n\s*\n", inspect.getdoc(thing) or ""):
        if block.startswith(">>>"):
            shown.append(nodes.literal_block(block, block, language="pycon"))
        elif block.strip():
            shown.append(_paragraph(" ".join(block.split())))
    return shown


def _parameters(thing: Callable[..., object]) -> Iterator[str]:
    """The parameters with their defaults, without types and self, as one calls it."""
    try:
        given = inspect.signature(thing).parameters.values()
    except ValueError:  # a class whose constructor is written in C
        return
    apart = False
    for p in given:
        if p.name == "self":
            continue
        if p.kind is p.KEYWORD_ONLY and not apart:
            apart = True
            yield "*"
        yield str(p.replace(annotation=p.empty))


def _paragraph(text: str) -> nodes.paragraph:
    made: list[nodes.Node] = []
    at = 0
    for found in CODE.finditer(text):
        code = found[found.lastindex or 0]
        made += [nodes.Text(text[at : found.start()]), nodes.literal(code, code)]
        at = found.end()
    return nodes.paragraph("", "", *made, nodes.Text(text[at:]))


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("api", Api)
