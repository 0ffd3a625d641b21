"""Directives of the reference pages. Entries are sections, so that contents and search know them."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from analysis.press import anchors, homes, views, wording
from analysis.press.directives import OfChapter
from analysis.press.lookup import Lookup, lookup
from analysis.press.nodes import Generated


def section(title: str, anchor: str, *children: nodes.Node) -> nodes.section:
    """A section whose id is `anchor`, unchanged."""
    return nodes.section("", nodes.title(title, title), *children, ids=[anchor], names=[])


class EventsPage(OfChapter):
    """Every event of a chapter with its whole record, in order of time."""

    def shown(self, slug: str) -> list[nodes.Node]:
        look = lookup(self.env)
        events = look.chapter(slug).events.to_dict("records")
        if not events:
            return [nodes.paragraph(text="No event of these years is coded in this edition.")]
        return [self.entry(look, event) for event in sorted(events, key=views.by_date)]

    def entry(self, look: Lookup, event: dict) -> nodes.section:
        event_id = event["event_id"]
        for group in look.groups.get(event_id, []):
            homes.move_in(self.env, anchors.proposition(*group[0].key[:3]))
        for claim_id in look.claims_of.get(event_id, ()):
            homes.move_in(self.env, anchors.claim(claim_id))
        return section(
            event["title"],
            homes.move_in(self.env, anchors.event(event_id)),
            Generated(view="event", args=(event_id,)),
        )


class Whole(SphinxDirective):
    """A directive about the whole dataset."""

    def run(self) -> list[nodes.Node]:
        return self.shown(lookup(self.env))


class DisputesPage(Whole):
    """Every dispute, by chapter."""

    def shown(self, look: Lookup) -> list[nodes.Node]:
        return [
            section(
                title,
                f"disputes-{slug}",
                *(
                    section(
                        wording.dispute_title(look, d),
                        homes.move_in(self.env, anchors.dispute(*key)),
                        Generated(view="dispute", args=key),
                    )
                    for key, d in found
                ),
            )
            for slug, title in look.history.chapters.items()
            if (found := [(k, d) for k, d in look.disputes.items() if look.events[k[0]]["chapter"] == slug])
        ]


class SilencesPage(Whole):
    """Every search, by chapter."""

    def shown(self, look: Lookup) -> list[nodes.Node]:
        out = []
        for slug, title in look.history.chapters.items():
            rows = look.chapter(slug).searches
            for search_id in rows.index:
                homes.move_in(self.env, anchors.search(search_id))
            if len(rows):
                out.append(section(title, f"silences-{slug}", Generated(view="searches", args=(slug,))))
        return out


class SourcesPage(Whole):
    """Every source, by kind."""

    def shown(self, look: Lookup) -> list[nodes.Node]:
        for source_id in look.sources:
            homes.move_in(self.env, anchors.source(source_id))
        kinds = [key[2] for key in look.labels if key[:2] == ("sources", "kind")]
        used = {source["kind"] for source in look.sources.values()}
        return [
            section(
                look.label("sources", "kind", kind), f"kind-{kind}", Generated(view="sources", args=(kind,))
            )
            for kind in kinds
            if kind in used
        ]


class PeoplePage(Whole):
    """Every actor, by side."""

    def shown(self, look: Lookup) -> list[nodes.Node]:
        for actor_id in look.actors:
            homes.move_in(self.env, anchors.actor(actor_id))
        used = {actor["side"] for actor in look.actors.values()}
        return [
            section(
                look.label("actors", "side", side), f"side-{side}", Generated(view="people", args=(side,))
            )
            for _, column, side in [k for k in look.labels if k[0] == "actors"]
            if column == "side" and side in used
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


class View(SphinxDirective):
    """A directive without argument that is the view of its own name."""

    def run(self) -> list[nodes.Node]:
        return [Generated(view=self.name, args=())]


DIRECTIVES = {
    "events-page": EventsPage,
    "disputes-page": DisputesPage,
    "sources-page": SourcesPage,
    "people-page": PeoplePage,
    "silences-page": SilencesPage,
    "codebook-page": CodebookPage,
    "changelog-page": View,
    "events-index": View,
    "to-read": View,
    "grades-table": View,
    "cite-book": View,
}


def setup(app) -> None:
    """Register the directives."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
