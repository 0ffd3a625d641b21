"""Where the book tells of an event or a person:
the sections whose sentences carry its mark, and figures that show it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docutils import nodes
from sphinx.application import Sphinx

from without_recognition.evidence.lookup import Lookup
from without_recognition.press.sphinxext import domain, figures
from without_recognition.press.sphinxext.nodes import Mark


@dataclass(frozen=True)
class Place:
    """A section, or a figure, that tells of something: page, title there, address of the first mark from the root."""

    page: str
    title: str
    address: str
    is_figure: bool = False

    @property
    def name(self) -> str:
        """Page and title; the title alone where it begins with the page's."""
        if self.title.startswith(self.page):
            return self.title
        return ": ".join(filter(None, (self.page, self.title)))


Told = dict[
    tuple[str, str], dict[Place, int]
]  #: ("event" or "person", id) -> place -> how often, in the book's order


def by_page(places: Mapping[Place, int]) -> list[tuple[Place, int]]:
    """The first place of each page, and how often the sentences of that page tell of it."""
    firsts: dict[str, Place] = {}
    times: Counter[str] = Counter()
    for place, often in places.items():
        if not place.is_figure:
            firsts.setdefault(place.page, place)
            times[place.page] += often
    return [(place, times[page]) for page, place in firsts.items()]


def find_mentions(app: Sphinx, look: Lookup) -> Told:
    """All of them, by what they tell of; pages in the order of the contents."""
    found: Told = defaultdict(dict)
    for docname in app.env.collect_relations():  # they stand in the order of the contents
        uri, title = app.builder.get_target_uri(docname), app.env.titles[docname].astext()
        firsts: dict[tuple[tuple[str, str], str], Place] = {}
        for mark in app.env.get_doctree(docname).findall(Mark):
            if key := _subject(look, *mark["card"]):
                name = _name(_section(mark), title)
                place = firsts.setdefault((key, name), Place(title, name, f"{uri}#{mark['place']}"))
                found[key][place] = found[key].get(place, 0) + 1
        for key, place in _drawn(app, docname, title, uri):
            found[key][place] = 1
    return found


def _subject(look: Lookup, kind: str, key: str | tuple[str, ...]) -> tuple[str, str] | None:
    """Of which event, or person, a mark speaks; none for a source."""
    if kind == "person":
        return kind, str(key)
    if kind == "claim":
        return "event", look.claim(str(key))["event_id"]
    return None if kind == "source" else ("event", key[0])


def _section(node: nodes.Node) -> nodes.section | None:
    """The innermost section around a node that has an id."""
    while node is not None:
        if isinstance(node, nodes.section) and node["ids"]:
            return node
        node = node.parent
    return None


def _name(section: nodes.section | None, title: str) -> str:
    """The section's title, "" for that of the page itself."""
    head = section.next_node(nodes.title) if section else None
    name = head.astext() if head else ""
    return "" if name == title else name


def _drawn(app: Sphinx, docname: str, title: str, uri: str) -> Iterator[tuple[tuple[str, str], Place]]:
    for key, fields in domain.of(app.env).figures.get(docname, {}).items():
        place = Place(title, fields["title"], f"{uri}#fig-{key}", is_figure=True)
        for event_id in dict.fromkeys(figures.EVENT.findall(fields["svg"])):
            yield ("event", event_id), place
