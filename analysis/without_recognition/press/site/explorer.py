"""The explorer: one page with every event, and the file that lets it be sifted and doubted."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from babel import Locale
from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from without_recognition import evidence
from without_recognition.data import dates
from without_recognition.evidence import GRADES, STATUSES, labels
from without_recognition.evidence.lookup import Lookup
from without_recognition.press.site.doubts import TEXTS, Doubt, doubts
from without_recognition.press.sphinxext import cards, pages, views
from without_recognition.press.sphinxext.literals import assigned
from without_recognition.press.sphinxext.lookup import lookup
from without_recognition.press.sphinxext.nodes import Generated
from without_recognition.press.sphinxext.render import Renderer

DATA = "explorer-data.js"
NAME = (
    "wrExplorer"  #: the global that the file sets: a script, since a page opened as a file may fetch nothing
)
VIEW = "explorer"
ENGLISH = Locale("en")
FRAME = len(GRADES)  #: stands for a frame fact, which has no grade
FAMILIES = {
    "publishers": "A publisher",
    "perspectives": "The sources of a side",
    "kinds": "A kind of source",
    "bases": "A way of knowing",
    "authors": "An author",
    "texts": "Repeated texts",
}  #: what can be left out
FACETS = ("channel", "side", "language", "chapter", "contact", "person", "place")
LAND = Path(__file__).with_name("land.json")


def ordered(look: Lookup) -> list[dict[str, Any]]:
    """Every event with its grade, in order of time: rows of the table of events."""
    return sorted(evidence.events(look.history).fillna("").to_dict("records"), key=views.by_date)


def code(grade: str, status: str) -> int:
    """A grade and a status as one number, five to a status."""
    stands = STATUSES.index(status) if status else 0
    return stands * (FRAME + 1) + (GRADES.index(grade) if grade else FRAME)


# --- what the script reads ------------------------------------------------------------------------
def data(look: Lookup) -> dict[str, Any]:
    """What the table of the page does not say: of each event in the same order its facets, and each doubt's moves.

    facets: name -> [[value, label, events], ...]; events: [id, EDTF, first day, last day, code, [places of its
    values in each facet]]; places: id -> [degrees east, degrees north, note]; land: a path in tenths of a degree;
    spellings: person -> how else the name is written;
    doubts: [family, value, label, claims, [event, code, event, code, ...]], where -1 is "untold".
    A day is "" where the date is open.
    """
    events = ordered(look)
    shown = {event["place"] for event in events}
    facets = {name: _facet(look, name, events) for name in FACETS}
    places = {name: {value: n for n, (value, *_) in enumerate(rows)} for name, rows in facets.items()}
    number = {event["event_id"]: n for n, event in enumerate(events)}
    return {
        "version": look.history.package["version"],
        "facets": facets,
        "events": [
            [*_event(look, event), [[places[f][v] for v in _values(look, f, event)] for f in FACETS]]
            for event in events
        ],
        "spellings": {
            value: look.actors[value]["variants"]
            for value, *_ in facets["person"]
            if look.actors[value]["variants"]
        },
        "places": {
            place: [float(row["longitude"]), float(row["latitude"]), row["note"]]
            for place, row in look.places.items()
            if place in shown
        },
        "land": json.loads(LAND.read_text("utf-8"))["path"],
        "doubts": [_doubt(doubt, number) for doubt in doubts(look)],
    }


def _event(look: Lookup, event: dict[str, Any]) -> list[Any]:
    span = dates.parse(event["date"])
    first = span.earliest.isoformat() if span.earliest.year > 1 else ""
    last = span.latest.isoformat() if span.latest.year < 9999 else ""
    return [event["event_id"], event["date"], first, last, code(event["grade"], event["status"])]


def _doubt(doubt: Doubt, number: dict[str, int]) -> list[Any]:
    moves = sorted((number[e], -1 if a is None else code(*a)) for e, a in doubt.moves.items())
    return [doubt.family, doubt.value, doubt.label, doubt.claims, [n for move in moves for n in move]]


def _values(look: Lookup, facet: str, event: dict[str, Any]) -> list[str]:
    """What an event has of a facet, sorted."""
    if facet in ("channel", "chapter", "contact", "place"):
        return [event[facet]] if event[facet] else []
    event_id = event["event_id"]
    if facet == "language":
        told = look.claims_of.get(event_id, ())
        return sorted({look.sources[look.claims[c]["source_id"]]["lang"] for c in told} - {""})
    actors = [look.actors[row["actor_id"]] for row in look.participants.get(event_id, ())]
    if facet == "side":
        return sorted({actor["side"] for actor in actors})
    return sorted({actor["actor_id"] for actor in actors if actor["type"] == "person"})


def _facet(look: Lookup, facet: str, events: Iterable[dict[str, Any]]) -> list[tuple[str, str, int]]:
    """(value, label, events that have it): in the codebook's order, else by label."""
    used = Counter(value for event in events for value in _values(look, facet, event))
    coded = {"side": ("actors", "side")}.get(facet, ("events", facet))
    order = [value for *column, value in look.labels if tuple(column) == coded and value in used]
    words = {value: _words(look, facet, value) for value in used}
    return [(v, words[v], used[v]) for v in order or sorted(used, key=lambda v: (words[v].casefold(), v))]


def _words(look: Lookup, facet: str, value: str) -> str:
    if facet == "language":
        name: str = ENGLISH.languages.get(value) or {"prs": "Dari"}[value]
        return name
    if facet == "side":
        return labels.SIDES[value]
    if facet == "place":
        return labels.value(look, "place", value)
    return look.actors[value]["name"] if facet == "person" else look.label("events", facet, value)


def explorer_data(look: Lookup) -> dict[str, Any]:
    """`data`, made once a History."""
    memo = look.history.memo
    if NAME not in memo:
        memo[NAME] = data(look)
    told: dict[str, Any] = memo[NAME]
    return told


def explorer_script(look: Lookup) -> str:
    """The data as a script that sets one global; the same bytes for the same data."""
    return assigned(NAME, explorer_data(look))


def left_out(family: str, value: str, label: str) -> str:
    """What a doubt leaves out, behind 'What if we leave out'.

    >>> left_out("perspectives", "israeli", "Israel"), left_out("publishers", "Dawn", "Dawn")
    ('Israeli sources', 'Dawn')
    """
    if family == "perspectives":
        return f"{value.capitalize()} sources"
    if family == "bases":
        return f"claims known by “{label}”"
    return "what texts repeat: each counts once" if family == TEXTS else label


# --- the page -------------------------------------------------------------------------------------
class Explorer(pages.Whole):
    """The table of every event, with what a script makes of it."""

    def shown(self, look: Lookup) -> list[nodes.Node]:
        self.env.metadata[self.env.docname][NAME] = "yes"
        return [Generated(view=VIEW, args=())]


def view(render: Renderer) -> Markup:
    """The table, in order of time, and the form around it."""
    told = explorer_data(render.look)
    families = {
        words: [
            (f"{family}:{value}", left_out(family, value, label), claims)
            for of, value, label, claims, _ in told["doubts"]
            if of == family
        ]
        for family, words in FAMILIES.items()
    }
    events = ordered(render.look)
    digest = hashlib.sha256(explorer_script(render.look).encode()).hexdigest()[:8]
    return render(
        VIEW,
        events=events,
        cards=json.dumps(_cards(render, events)),
        room=cards.room(render),
        facets=told["facets"],
        families=families,
        answers=f"{DATA}?v={digest}",
    )


def _cards(render: Renderer, events: list[dict[str, Any]]) -> dict[str, str]:
    """Chapter -> the file of its events' cards: who opens one waits for those of one chapter, not of the book."""
    of: dict[str, list[tuple[str, cards.Key]]] = {}
    for event in events:
        of.setdefault(event["chapter"], []).append(("event", (event["event_id"],)))
    return {chapter: cards.written(render, f"{VIEW}/{chapter}", wanted) for chapter, wanted in of.items()}


def write_explorer_data(app: Sphinx, env: BuildEnvironment) -> None:
    """Write the data beside the other scripts, if a page of this book asks for them. For the event `env-updated`."""
    if app.builder.format == "html" and any(NAME in told for told in env.metadata.values()):
        folder = Path(app.outdir, "_static")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / DATA).write_text(explorer_script(lookup(app)), "utf-8")


def add_explorer_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the explorer's page, and no other, its scripts and styles. For the event `html-page-context`."""
    if NAME in app.env.metadata.get(pagename, {}):
        app.add_css_file("lists.css")
        app.add_css_file("explorer.css")
        app.add_js_file("sift.js", loading_method="defer")
        app.add_js_file("explorer-map.js", loading_method="defer")
        app.add_js_file("explorer.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the directive and its view; connect to the events."""
    app.add_directive(VIEW, Explorer)
    views.VIEWS[VIEW] = view
    app.connect("env-updated", write_explorer_data)
    app.connect("html-page-context", add_explorer_scripts)
