"""Where the pages tell of an entry: each mark has an id, and cards and records link back to it."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx

from without_recognition.press.sphinxext import domain
from without_recognition.press.sphinxext.citebox import Page
from without_recognition.press.sphinxext.nodes import Mark

OF_EVENTS = ("event", "proposition", "dispute")
_ORDER: WeakKeyDictionary[Sphinx, dict[str, int]] = WeakKeyDictionary()


def place_marks(app: Sphinx, doctree: nodes.document) -> None:
    """Give each mark its place, and tell the domain. For the event `doctree-read`."""
    entries = domain.of(app.env)
    for mark in doctree.findall(Mark):
        mark["place"] = entries.tell(subject(mark))


def subject(mark: Mark) -> str:
    """The anchor of what a mark tells of: an event, whichever of its sides is marked; else its own."""
    kind, key = mark["card"]
    return domain.anchor_of("event", key[0]) if kind in OF_EVENTS else mark["anchor"]


def telling_pages(page: Page) -> list[tuple[str, str]]:
    """(address from `page`, title) of each page that tells of anything, in the order of the book."""
    builder = page.app.builder
    return [
        (
            "" if name == page.docname else builder.get_relative_uri(page.docname, name),
            page.app.env.titles[name].astext(),
        )
        for name in _order(page.app)
    ]


def places(app: Sphinx, anchor: str) -> str:
    """Where an entry is told, as short as a card needs it:
    '0 4:3' is once on the first page, three times on the fifth."""
    order = _order(app)
    told = {order[name]: times for name, times in domain.of(app.env).told.get(anchor, {}).items()}
    return " ".join(f"{n}:{told[n]}" if told[n] > 1 else str(n) for n in sorted(told))


def _order(app: Sphinx) -> dict[str, int]:
    """Page -> its place in the book, among those that tell of anything."""
    if app not in _ORDER:
        telling = {name for told in domain.of(app.env).told.values() for name in told}
        book = [name for name in app.env.collect_relations() if name in telling]
        _ORDER[app] = {name: n for n, name in enumerate(book + sorted(telling - set(book)))}
    return _ORDER[app]


def setup(app: Sphinx) -> None:
    """Connect to the event."""
    app.connect("doctree-read", place_marks)
