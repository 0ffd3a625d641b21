"""Record pages: a short page for each event, and for each person in two or more, made beside Sphinx.

Sphinx makes one empty page through the theme (for the event `html-collect-pages`); every record is that page with its
own title and body. So a thousand pages take seconds, and look like all others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from without_recognition import citations
from without_recognition.data import documents as excerpts
from without_recognition.evidence.addresses import anchor_of
from without_recognition.evidence.lookup import Lookup
from without_recognition.press.site import explorer, linked_data, mentions
from without_recognition.press.sphinxext import (
    citebox,
    corrected,
    domain,
    linked,
    metadata,
    pages,
    persons,
    views,
)
from without_recognition.press.sphinxext.lookup import lookup
from without_recognition.press.sphinxext.render import Renderer
from without_recognition.press.system import files

ASIDE = ".records"  #: where pages stand until all are there
SHELL = "events/empty-record"  #: the page that Sphinx makes; gone when the others are
WITHDRAWN = "An event that was withdrawn"
TITLE, BODY = "empty-record-title", "empty-record-body"
HEAD = "<!-- empty-record-head -->"
TOKENS = re.compile("|".join(map(re.escape, (SHELL, TITLE, BODY, HEAD))))
_READ: WeakKeyDictionary[Sphinx, set[str]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Record(citebox.Page):
    """A record page as something to cite."""

    name: str = ""
    about: str = ""
    thing: Mapping[str, object] = field(default_factory=dict)  #: what it is about, in words of schema.org

    @property
    def title(self) -> str:
        return self.name

    @property
    def is_book(self) -> bool:
        return False

    def reference(self, anchor: str) -> str:
        """The page as a reference in prose."""
        book = citations.metadata()
        parts = (f"version {book['version']}", book["date"], f"entry {anchor}", citations.address(self.place))
        stop = "" if self.name[-1:] in "?!." else "."
        return f"{book['author']}. “{self.name}{stop}” In {book['full_title']}, {', '.join(filter(None, parts))}."


class Records:
    """All record pages of a build."""

    def __init__(self, app: Sphinx):
        self.app, self.look = app, lookup(app)
        self.told = mentions.find_mentions(app, self.look)
        entries = domain.of(app.env).entries
        events = sorted(self.look.events.values(), key=views.by_date)
        self.events = [e["event_id"] for e in events if anchor_of("event", e["event_id"]) in entries]
        self.people = [p for p in people(self.look) if anchor_of("person", p) in entries]
        self.of_person, self.offices = persons.parts_of(self.look), persons.offices_of(self.look)
        explorers = [name for name, told in app.env.metadata.items() if explorer.NAME in told]
        self.explorer = app.builder.get_target_uri(explorers[0]) if explorers else ""
        keys = {"event": self.events, "person": self.people}
        self.pages = {(kind, key): f"{domain.RECORDS[kind]}/{key}" for kind in keys for key in keys[kind]}
        self.addresses = {anchor_of(*one): f"../{page}.html" for one, page in self.pages.items()}
        self.said: dict[str, set[str]] = defaultdict(set)
        for claim in self.look.claims.values():
            self.said[claim["speaker"]].add(claim["event_id"])

    def __iter__(self) -> Iterator[tuple[str, Record, Markup]]:
        """(name of the page, how to cite it, its body), one after the other."""
        for kind, order in (("event", self.events), ("person", self.people)):
            for n, key in enumerate(order):
                near = (order[n - 1] if n else "", order[n + 1] if n + 1 < len(order) else "")
                yield self._made(kind, key, near)
        yield from self._withdrawn()

    def _withdrawn(self) -> Iterator[tuple[str, Record, Markup]]:
        """For each event that was withdrawn, a page at the address that it would have, which says so."""
        lists = [name for name, told in self.app.env.metadata.items() if pages.CHANGES in told]
        if not lists:
            return
        for event_id, rows in corrected.withdrawn(self.look).items():
            if event_id not in self.look.events and (own := [r for r in rows if r["table"] == "events"]):
                name = f"{domain.RECORDS['event']}/{event_id}"
                page = Record(self.app, name, WITHDRAWN, own[0]["reason"])
                render = Renderer(self.look, self._addresses(name), "../", page)
                changes = self.app.builder.get_target_uri(lists[0])
                anchor = anchor_of("event", event_id)
                body = render("record-withdrawn", anchor=anchor, title=WITHDRAWN, rows=own, changes=changes)
                yield name, page, body

    def _made(self, kind: str, key: str, near: tuple[str, str]) -> tuple[str, Record, Markup]:
        name = self.pages[kind, key]
        about = self.look.events[key]["summary"] if kind == "event" else self.look.actors[key]["description"]
        page = Record(self.app, name, self.name(kind, key), about, linked_data.thing(self.look, kind, key))
        render = Renderer(self.look, self._addresses(name), "../", page)
        fill = self._event if kind == "event" else self._person
        body = render(
            f"record-{kind}",
            anchor=anchor_of(kind, key),
            before=self._near(kind, near[0]),
            after=self._near(kind, near[1]),
            told=(told := self.told.get((kind, key), {})),
            told_pages=mentions.by_page(told),
            reference=page.reference(anchor_of(kind, key)),
            records=citations.records(page.item()),
            **fill(key),
        )
        return name, page, body

    def name(self, kind: str, key: str) -> str:
        """What stands above the page."""
        return self.look.events[key]["title"] if kind == "event" else self.look.actors[key]["name"]

    def _near(self, kind: str, key: str) -> tuple[str, str] | None:
        return (f"../{self.pages[kind, key]}.html", self.name(kind, key)) if key else None

    def _addresses(self, name: str) -> Callable[[str], str]:
        """Addresses from a record page: records lead to records, all else to the reference pages."""
        entries, builder = domain.of(self.app.env).entries, self.app.builder

        def to(anchor: str) -> str:
            if anchor in self.addresses:
                return self.addresses[anchor]
            return (
                f"{builder.get_relative_uri(name, entries[anchor][0])}#{anchor}" if anchor in entries else "#"
            )

        return to

    def _event(self, event_id: str) -> dict[str, object]:
        look = self.look
        return views.event_context(look, event_id) | {
            "chapter": look.history.chapters[look.events[event_id]["chapter"]],
            "explorer": self.explorer,
            "documents": documents(look, event_id),
            "printed": printed(look, event_id),
        }

    def _person(self, actor_id: str) -> dict[str, object]:
        look = self.look
        return {
            "actor": look.actors[actor_id],
            "parts": sorted(
                self.of_person.get(actor_id, []), key=lambda row: views.by_date(look.events[row["event_id"]])
            ),
            "offices": self.offices.get(actor_id, []),
            "said": sorted((look.events[e] for e in self.said[actor_id]), key=views.by_date),
            "through": self._through(actor_id),
        }

    def _through(self, actor_id: str) -> dict[mentions.Place, int]:
        """Where the book tells of what a person took part in: of each section the first place, and how often."""
        firsts: dict[str, mentions.Place] = {}
        found: dict[mentions.Place, int] = {}
        for row in self.of_person.get(actor_id, []):
            for place, times in self.told.get(("event", row["event_id"]), {}).items():
                first = firsts.setdefault(place.name, place)
                found[first] = found.get(first, 0) + times
        return found


def documents(look: Lookup, event_id: str) -> list[dict[str, object]]:
    """What is reprinted of the documents of an event: source, corpus, words shown and in all, marked pieces."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in look.documents_of.get(event_id, ()):
        if excerpts.corpus(look.sources[row["source_id"]]):
            found.setdefault(row["source_id"], []).append(row)
    claims = [look.claims[claim_id] for claim_id in look.claims_of.get(event_id, ())]
    out: list[dict[str, object]] = []
    for source_id, rows in found.items():
        source = look.sources[source_id]
        said = [c["passage"] for c in claims if c["source_id"] == source_id and c["passage"]]
        out.append(
            {
                "source": source,
                "corpus": excerpts.corpus(source),
                "shown": sum(len(row["text"].split()) for row in rows),
                "words": int(rows[0]["words"]),
                "parts": [(row["locator"], excerpts.marked(row["text"], said)) for row in rows],
            }
        )
    return out


def printed(look: Lookup, event_id: str) -> list[tuple[dict[str, str], excerpts.Corpus]]:
    """The papers that record an event and stand elsewhere only, each with its corpus: none of their words is reprinted
    here, since another government wrote them, or since no passage of theirs is quoted."""
    shown = {row["source_id"] for row in look.documents_of.get(event_id, ())}
    claims = [look.claims[claim_id] for claim_id in look.claims_of.get(event_id, ())]
    found = dict.fromkeys(
        c["source_id"] for c in claims if c["basis"] == "record" and c["source_id"] not in shown
    )
    papers = [(look.sources[source_id], excerpts.holder(look.sources[source_id])) for source_id in found]
    return [(source, corpus) for source, corpus in papers if corpus is excerpts.PAPERS]


def people(look: Lookup) -> list[str]:
    """The persons with a page of their own, by family name."""
    parts = persons.parts_of(look)
    found = [actor for actor in look.actors.values() if persons.has_page(actor, parts)]
    return [actor["actor_id"] for actor in sorted(found, key=persons.filed)]


# --- for Sphinx -----------------------------------------------------------------------------------
def remember(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Which pages are read this time. For the event `env-before-read-docs`."""
    _READ[app] = set(docnames)


def shell(app: Sphinx) -> Iterable[tuple[str, dict[str, str], str]]:
    """The empty page, through the theme. For the event `html-collect-pages`.

    Not where a preview read only words: then the records stay as they were, and what is published is made anew.
    """
    showing = {page for anchor, (page, _) in domain.of(app.env).entries.items() if anchor.startswith("e-")}
    if showing and (
        showing & _READ.get(app, showing) or not Path(app.outdir, domain.RECORDS["event"]).is_dir()
    ):
        yield SHELL, {"title": TITLE, "body": BODY, "metatags": HEAD}, "page.html"


def add_record_styles(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give record pages, and no others, their styles. For the event `html-page-context`."""
    if pagename == SHELL:
        app.add_css_file("records.css")


def write_records(app: Sphinx, exception: Exception | None) -> None:
    """Fill the empty page for every record; drop those of what is gone. For the event `build-finished`.

    All are written aside first: where the folder of events is there, its pages are whole.
    """
    empty = Path(app.outdir, f"{SHELL}.html")
    if exception or app.builder.format != "html" or not empty.is_file():
        return
    page = empty.read_text("utf-8")
    aside = Path(app.outdir, ASIDE)
    files.drop(aside)
    for folder in domain.RECORDS.values():
        (aside / folder).mkdir(parents=True)
    for name, record, body in Records(app):
        made = _filled(page, {SHELL: name, TITLE: escape(record.title), HEAD: head(record), BODY: body})
        Path(aside, f"{name}.html").write_text(made, "utf-8")
    for folder in reversed(domain.RECORDS.values()):  # events last
        files.drop(Path(app.outdir, folder))
        (aside / folder).rename(Path(app.outdir, folder))
    aside.rmdir()


def _filled(page: str, parts: Mapping[str, str]) -> str:
    return TOKENS.sub(lambda found: str(parts[found[0]]), page)


def head(page: Record) -> str:
    """The tags by which machines know the page."""
    tags = [Markup('<meta {}="{}" content="{}" />').format(*tag) for tag in metadata.tags(page, page.about)]
    told = linked.of_page(page, page.about) | {"about": page.thing}
    return "\n".join([*tags, linked.json_ld_element(told)])


def setup(app: Sphinx) -> None:
    """Connect to the events."""
    app.connect("env-before-read-docs", remember)
    app.connect("html-collect-pages", shell)
    app.connect("html-page-context", add_record_styles)
    app.connect("build-finished", write_records)
