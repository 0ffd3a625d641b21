"""The resolver: `id/index.html?e-...` leads to whatever bears an id, wherever it stands in this edition.

It works from a folder, so it is one page with a classic script and an index, `id/ids.js`. An id that was withdrawn says
what became of it, one that is unknown is answered with the nearest; a place of an older edition leads to its heir.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from without_recognition import citations
from without_recognition.data import releases
from without_recognition.data.dataset import History
from without_recognition.evidence.addresses import anchor_of
from without_recognition.evidence.lookup import Lookup
from without_recognition.findings import changes
from without_recognition.press.site import records
from without_recognition.press.sphinxext import domain, theme
from without_recognition.press.sphinxext.citebox import Page
from without_recognition.press.sphinxext.literals import assigned
from without_recognition.press.sphinxext.lookup import lookup
from without_recognition.press.sphinxext.render import Renderer

PAGE, FILE, GLOBAL = "id/index", "id/ids.js", "wrIds"
TITLE = "Find by id"
MOVED = Path(__file__).with_name("moved.csv")  #: places of old editions that bear another id now
LISTS = (
    "reference/events",
    "reference/people",
    "reference/sources",
    "reference/news-sources",
    "reference/cited-sources",
    "reference/disputes",
    "reference/silences",
)
PLACED = re.compile(r'<(section|p|div|figure|span)\b[^>]*? id="([^"]+)"')
OWN = re.compile(
    r"(?:[sdaq]-|par-|tab-|fig-)"
)  #: ids that are looked for on the pages, beside those of sections
EVENT = "e-"  #: an event has a page of its own
KINDS = {"events": "event", "claims": "claim", "sources": "source", "actors": "person", "searches": "search"}


def where(anchor: str) -> str:
    """The permanent address of a thing, from the root of the book: `id/?e-...`."""
    return f"id/?{anchor}"


def index(look: Lookup, pages: Iterable[tuple[str, str, list[str]]], people: Iterable[str]) -> dict[str, Any]:
    """All that an id may name, as plain lists; the same data give the same bytes.

    `pages` are (address, title, ids on it) in the order of the book, `people` those with a page of their own. Keys:

    - pages: [address, title, ids with spaces between]
    - events: 'id 1-7,9', the id and the numbers of its claims
    - people: ids with spaces between
    - gone: id -> [version, date, reason, heir or ""]
    - moved: id of an older edition -> id now
    - over: ids of disputes that an edition ruled on and that are none any longer, with spaces between
    """
    claims, pages = {event: _runs(ids) for event, ids in look.claims_of.items()}, list(pages)
    return {
        "pages": [
            [address, title, " ".join(sorted(found))] for address, title, found in pages
        ],  # packs tighter
        "events": [f"{event} {claims.get(event, '')}".strip() for event in sorted(look.events)],
        "people": " ".join(people),
        "gone": gone(look.history),
        "moved": moved(),
        "over": " ".join(_over(look.history, {anchor for _, _, found in pages for anchor in found})),
    }


def _over(history: History, there: set[str]) -> list[str]:
    """The disputes of older editions that are not among the ids `there`: their events have what became of them."""
    ruled = {
        anchor_of_row("rulings", key)
        for version in releases.versions(history)
        for key in releases.pinned(history, version).query("table == 'rulings'")["key"]
    }
    return sorted(ruled - there)


def _runs(claims: Iterable[str]) -> str:
    """'1-7,9' of the claims x.1 ... x.7 and x.9; a claim with another name stands as it is."""
    ends = [claim.rpartition(".")[2] for claim in claims]
    runs: list[list[int]] = []
    for number in sorted(int(end) for end in ends if end.isdecimal()):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    others = sorted(end for end in ends if not end.isdecimal())
    return ",".join([*(str(a) if a == b else f"{a}-{b}" for a, b in runs), *others])


def gone(history: History) -> dict[str, list[str]]:
    """id -> [version, date, reason, heir] of everything published that corrections.csv says was withdrawn."""
    found = {}
    for row in changes.of_published(history):
        if row["kind"] == "retired" and (anchor := anchor_of_row(row["table"], row["key"])):
            heir = anchor_of_row(row["table"], row["now"]) if row["now"] else ""
            found[anchor] = [row["version"], row["date"], row["reason"], heir]
    return dict(sorted(found.items()))


def anchor_of_row(table: str, key: str) -> str:
    """The id of a row, by its key as data/releases/ and corrections.csv have it; "" where rows of the table have none.

    >>> anchor_of_row("claims", "2005-istanbul-meeting.7"), anchor_of_row("rulings", "2005-istanbul-meeting/date/")
    ('c-2005-istanbul-meeting.7', 'd-2005-istanbul-meeting-date')
    >>> anchor_of_row("offices", "kasuri-minister")
    ''
    """
    if table == "rulings":
        return anchor_of("dispute", *key.split("/"))
    return anchor_of(KINDS[table], key) if table in KINDS else ""


def moved() -> dict[str, str]:
    """Places of older editions -> what they are now, from moved.csv."""
    with MOVED.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["now"] for row in csv.DictReader(file)}


def script(found: dict[str, Any]) -> bytes:
    """The index as the classic script that the page loads."""
    return assigned(GLOBAL, found).encode()


def placed(html: str) -> list[str]:
    """The ids that stand on a page and lead to something of the book's own: sections, and those of OWN.

    >>> placed('<section id="in-one-room"><p id="par-x-1a2b3">.</p><svg id="f1"></svg></section>')
    ['in-one-room', 'par-x-1a2b3']
    """
    found = [name for tag, name in PLACED.findall(html) if tag == "section" or OWN.match(name)]
    return [name for name in dict.fromkeys(found) if not name.startswith(EVENT)]


# --- for Sphinx -----------------------------------------------------------------------------------
def manuscript_pages(app: Sphinx) -> Iterator[tuple[str, str, list[str]]]:
    """(address, title, ids on it) of each page of the manuscript, in the order of the contents."""
    order = list(app.env.collect_relations())
    for name in [*order, *sorted(app.env.titles.keys() - set(order))]:
        address = app.builder.get_target_uri(name)
        path = Path(app.outdir, address)
        if name in app.env.titles and path.is_file():
            yield address, app.env.titles[name].astext(), placed(path.read_text("utf-8"))


def shell(app: Sphinx) -> Iterable[tuple[str, dict[str, object], str]]:
    """The page, through the theme. For the event `html-collect-pages`."""
    if app.config.html_theme == theme.NAME:
        page = Page(app, app.config.root_doc)
        lists = [(app.builder.get_relative_uri(PAGE, name), app.env.titles[name].astext()) for name in LISTS
                 if name in app.env.titles]  # fmt: skip
        body = Renderer(lookup(app), lambda anchor: "#", "../", page)(
            "resolver",
            title=TITLE,
            lists=lists,
            site=citations.address(),
            version=citations.metadata()["version"],
        )
        yield (
            PAGE,
            {"title": TITLE, "body": body, "metatags": '<meta name="robots" content="noindex" />'},
            "page.html",
        )


def add_resolver_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the page, and no other, its index and its script. For the event `html-page-context`."""
    if pagename == PAGE:
        app.add_js_file("resolver.js", loading_method="defer")


def write_ids(app: Sphinx, exception: Exception | None) -> None:
    """Write the index, once all pages stand. For the event `build-finished`."""
    if exception or app.builder.format != "html" or app.config.html_theme != theme.NAME:
        return
    entries = domain.of(app.env).entries
    people = [p for p in records.people(lookup(app)) if anchor_of("person", p) in entries]
    Path(app.outdir, FILE).write_bytes(script(index(lookup(app), manuscript_pages(app), people)))


def setup(app: Sphinx) -> None:
    """Connect to the events."""
    app.connect("html-collect-pages", shell)
    app.connect("html-page-context", add_resolver_script)
    app.connect("build-finished", write_ids)
