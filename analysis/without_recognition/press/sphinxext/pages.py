"""Directives of the reference pages. Entries are sections, so that contents and search know them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from without_recognition.evidence import labels
from without_recognition.evidence.lookup import Lookup
from without_recognition.findings import changes
from without_recognition.press.sphinxext import citebox, domain, taken_away, views
from without_recognition.press.sphinxext.directives import OfChapter
from without_recognition.press.sphinxext.lookup import lookup
from without_recognition.press.sphinxext.nodes import Generated

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

CHANGES = "wr_changes"  #: in the metadata of the page that lists corrections
SIFTED = "wr_sifted"  #: in the metadata of a page: what its list is of


def section(title: str, anchor: str, *children: nodes.Node) -> nodes.section:
    """A section whose id is `anchor`, unchanged."""
    return nodes.section("", nodes.title(title, title), *children, ids=[anchor], names=[])


def sifting(env: BuildEnvironment, things: str) -> list[nodes.Node]:
    """What sifts the list of the page that is read, which then gets the script for it; once a page."""
    had = env.metadata[env.docname].setdefault(SIFTED, "")
    env.metadata[env.docname][SIFTED] = things
    return [] if had else [Generated(view="list-form", args=(things,))]


class EventsPage(OfChapter):
    """Every event of a chapter with its whole record, in order of time."""

    def shown(self, slug: str) -> list[nodes.Node]:
        look = lookup(self.env)
        events: list[dict[str, Any]] = look.chapter(slug).events.to_dict("records")
        if not events:
            return [nodes.paragraph(text="No event of these years is coded in this edition.")]
        entries = [self.entry(look, event) for event in sorted(events, key=views.by_date)]
        return [*sifting(self.env, "events"), *entries]

    def entry(self, look: Lookup, event: dict[str, Any]) -> nodes.section:
        event_id, entries = event["event_id"], domain.of(self.env)
        for group in look.groups.get(event_id, []):
            entries.note("proposition", *group[0].key[:3])
        for claim_id in look.claims_of.get(event_id, ()):
            entries.note("claim", claim_id)
        return section(
            event["title"],
            entries.note("event", event_id, title=event["title"]),
            Generated(view="event", args=(event_id,)),
        )


class Whole(SphinxDirective):
    """A directive about the whole dataset."""

    def run(self) -> list[nodes.Node]:
        made: list[nodes.Node] = self.shown(lookup(self.env))
        return made


class DisputesPage(Whole):
    """Every dispute, by chapter."""

    def shown(self, look: Lookup) -> list[nodes.Node]:
        return sifting(self.env, "disputes") + [
            section(title, f"disputes-{slug}", *(self.entry(look, *pair) for pair in found))
            for slug, title in look.history.chapters.items()
            if (found := [(k, d) for k, d in look.disputes.items() if look.events[k[0]]["chapter"] == slug])
        ]

    def entry(self, look: Lookup, key: tuple[str, str, str], dispute: dict[str, Any]) -> nodes.section:
        title = labels.dispute_title(look, dispute)
        anchor = domain.of(self.env).note("dispute", *key, title=title)
        return section(title, anchor, Generated(view="dispute", args=key))


class SilencesPage(Whole):
    """Every search, by chapter."""

    def shown(self, look: Lookup) -> list[nodes.Node]:
        out = sifting(self.env, "searches")
        for slug, title in look.history.chapters.items():
            rows = look.chapter(slug).searches
            for search_id in rows.index:
                domain.of(self.env).note("search", search_id)
            if len(rows):
                out.append(section(title, f"silences-{slug}", Generated(view="searches", args=(slug,))))
        return out


IN_TIME = "In order of time"  #: above a list of sources that are all of one kind


class SourcesPage(Whole):
    """Every source that was read, by kind, but news of the time."""

    things = views.READ

    def shown(self, look: Lookup) -> list[nodes.Node]:
        found = views.sources_of(look, self.things)
        for source in found:
            domain.of(self.env).note("source", source["source_id"], title=labels.full(source))
        used = {source["kind"] for source in found}
        kinds = [key[2] for key in look.labels if key[:2] == ("sources", "kind") and key[2] in used]
        return sifting(self.env, self.things) + [
            section(
                look.label("sources", "kind", kind) if len(kinds) > 1 else IN_TIME,
                f"kind-{kind}",
                Generated(view="sources", args=(kind, self.things)),
            )
            for kind in kinds
        ]


class NewsSourcesPage(SourcesPage):
    """Every piece of news of the time that was read."""

    things = views.NEWS


class CitedSourcesPage(SourcesPage):
    """Every source that is known only through others, by kind."""

    things = views.UNREAD


class PeoplePage(Whole):
    """An index of persons by family name; every actor, by side."""

    def shown(self, look: Lookup) -> list[nodes.Node]:
        for actor_id, actor in look.actors.items():
            domain.of(self.env).note("person", actor_id, title=actor["name"])
        index = section("Names from A to Z", "names", Generated(view="names", args=()))
        return [index, *sifting(self.env, "people")] + [
            section(
                look.label("actors", "side", side), f"side-{side}", Generated(view="people", args=(side,))
            )
            for side in _sides(look, look.actors.values())
        ]


class WhoIsWhoPage(Whole):
    """The persons whom a reader meets most, by side and family name."""

    def shown(self, look: Lookup) -> list[nodes.Node]:
        described = [actor for actor in look.actors.values() if actor["description"]]
        return [
            section(
                look.label("actors", "side", side), f"who-{side}", Generated(view="who-is-who", args=(side,))
            )
            for side in _sides(look, described)
        ]


def _sides(look: Lookup, actors: Iterable[dict[str, str]]) -> list[str]:
    """The sides that `actors` are on, in the order of the codebook."""
    used = {actor["side"] for actor in actors}
    return [
        value
        for table, column, value in look.labels
        if (table, column) == ("actors", "side") and value in used
    ]


class CodebookPage(Whole):
    """Every table, column and value."""

    def shown(self, look: Lookup) -> list[nodes.Node]:
        return [
            section(
                resource["title"],
                f"table-{resource['name']}",
                Generated(view="codebook", args=(resource["name"],)),
            )
            for resource in look.history.package["resources"]
        ]


class ChangelogPage(Whole):
    """What moved since the edition before, what was withdrawn, and every correction."""

    def shown(self, look: Lookup) -> list[nodes.Node]:
        self.env.metadata[self.env.docname][CHANGES] = "changes"
        parts: list[nodes.Node] = []
        if earlier := changes.before(look.history):
            title = f"From {earlier} to {look.history.package['version']}"
            parts += [section(title, "since", Generated(view="changes-numbers", args=()))]
            parts += [section("Grades that moved", "grades-moved", Generated(view="changes-grades", args=()))]
        parts += [section("Withdrawn", "withdrawn", Generated(view="changes-withdrawn", args=()))]
        return [*parts, section("Every correction", "corrections", Generated(view="changelog-page", args=()))]


class View(SphinxDirective):
    """A directive without argument that is the view of its own name."""

    def run(self) -> list[nodes.Node]:
        return [Generated(view=self.name, args=())]


class DataFiles(View):
    """The files of the data, with sizes; they are made while pages are read, before Sphinx forks its writers."""

    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname][citebox.DATASET] = self.name
        if self.env.app.builder.format == "html":
            taken_away.files_of(lookup(self.env))
        return super().run()


DIRECTIVES = {
    "events-page": EventsPage,
    "disputes-page": DisputesPage,
    "sources-page": SourcesPage,
    "news-sources-page": NewsSourcesPage,
    "cited-sources-page": CitedSourcesPage,
    "people-page": PeoplePage,
    "who-is-who": WhoIsWhoPage,
    "silences-page": SilencesPage,
    "codebook-page": CodebookPage,
    "changelog-page": ChangelogPage,
    "data-files": DataFiles,
    "series-licences": View,
    "events-index": View,
    "to-read": View,
    "grades-table": View,
    "grade-rules": View,
    "status-rules": View,
    "basis-rules": View,
    "defect-rules": View,
    "flag-rules": View,
    "cite-page": View,
    "cite-book": View,
    "front-strip": View,
    "front-myths": View,
}


def add_list_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give pages whose list can be sifted the script and the style for it. For the event `html-page-context`."""
    if SIFTED in app.env.metadata.get(pagename, {}):
        app.add_css_file("lists.css")
        app.add_js_file("sift.js", loading_method="defer")
        app.add_js_file("lists.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the directives; connect to the event."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.connect("html-page-context", add_list_scripts)
