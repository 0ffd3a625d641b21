"""What generated places show: each view takes a Renderer and its arguments, and gives HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from without_recognition import citations, evidence
from without_recognition.citations import coins
from without_recognition.data import dates
from without_recognition.evidence import addresses, flags, labels, rules
from without_recognition.evidence.lookup import Lookup
from without_recognition.evidence.worth import worth
from without_recognition.press.sphinxext import (
    corrected,
    domain,
    front,
    persons,
    reading,
    taken_away,
)
from without_recognition.press.sphinxext.render import Renderer, folded

if TYPE_CHECKING:
    from datetime import date


READ, NEWS, UNREAD = (
    "sources",
    "news reports",
    "unread sources",
)  #: what the lists of sources call what they hold
ON = {READ: addresses.SOURCES, NEWS: addresses.NEWS, UNREAD: addresses.CITED}  #: and the page of each


def by_date(event: Mapping[str, str]) -> tuple[date, date, str]:
    """Sort key of an event: time, then id."""
    return (*dates.parse(event["date"]).sort_key, event["event_id"])


def event(render: Renderer, event_id: str) -> Markup:
    title = render.look.event(event_id)["title"]
    cited = coins.span(citations.item(event_id, title, f"{domain.RECORDS['event']}/{event_id}.html"))
    return render("event", coins=cited, **event_context(render.look, event_id))


def event_context(look: Lookup, event_id: str) -> dict[str, Any]:
    """All that a page tells of an event, for its template."""
    return {
        "event": look.event(event_id),
        "groups": look.groups.get(event_id, []),
        "people": look.participants.get(event_id, ()),
        "statements": [e for e in look.events.values() if e["about"] == event_id],
        "searches": look.searches.get(event_id, ()),
        "disputes": {k: d for k, d in look.disputes.items() if k[0] == event_id},
        "to_read": [row for row in look.to_read if row["event_id"] == event_id],
        "withdrawn": corrected.withdrawn(look).get(event_id, ()),
    }


def events_index(render: Renderer) -> Markup:
    """A row a chapter: how many events of each grade, what is counted apart, and where they are."""
    look = render.look
    chapters = []
    for slug, title in look.history.chapters.items():
        rows = evidence.events(look.chapter(slug)).to_dict("records")
        first = min(rows, key=by_date)["event_id"] if rows else ""
        chapters.append({"title": title, "first": first, **_tally(look, rows)})
    return render("events-index", chapters=chapters)


def _tally(look: Lookup, events: list[dict[str, Any]]) -> dict[str, Counter[str] | int]:
    """What is counted of events: `graded` by grade, `frame` facts, and `apart` by the name of their arena."""
    return {
        "graded": Counter(e["grade"] for e in events if evidence.is_graded(e)),
        "frame": sum(evidence.is_frame(e) for e in events),
        "apart": Counter(
            look.label("events", "arena", e["arena"])
            for e in events
            if e["arena"] and not evidence.is_frame(e)
        ),
    }


def dispute(render: Renderer, *key: str) -> Markup:
    look, event = render.look, render.look.event(key[0])
    return render(
        "dispute", dispute=look.dispute(*key), event=event, chapter=look.history.chapters[event["chapter"]]
    )


def chapter_disputes(render: Renderer, slug: str) -> Markup:
    """What is disputed, contradicted or ruled on stands in sight; what is only challenged is folded away."""
    look = render.look
    found = sorted(
        ((k, d) for k, d in look.disputes.items() if slug in ("all", look.events[k[0]]["chapter"])),
        key=lambda kd: by_date(look.events[kd[0][0]]),
    )
    heavy = [(k, d) for k, d in found if d["status"] in ("disputed", "contradicted") or d["follows"]]
    return render("disputes", heavy=heavy, light=[kd for kd in found if kd not in heavy])


def searches(render: Renderer, slug: str) -> Markup:
    """What was looked for; below the text of the chapter itself only the questions, folded."""
    found = render.look.chapter(slug).searches.to_dict("records")
    brief = bool(found) and render.page.docname == slug
    shown = render("searches", searches=found, brief=brief)
    if not brief:
        return shown
    number = f"{len(found)} searches" if len(found) > 1 else "One search"
    return folded(f"{number}, and what came of {'each' if len(found) > 1 else 'it'}", shown)


def sources_of(look: Lookup, things: str) -> list[dict[str, str]]:
    """The sources of the list that is called `things`."""
    return [source for source in look.sources.values() if addresses.list_of(source) == ON[things]]


def sources(render: Renderer, kind: str, things: str) -> Markup:
    look = render.look
    events: dict[str, list[str]] = {}
    for claim in look.claims.values():
        for source_id in {claim["source_id"], claim["origin"]} & look.sources.keys():
            if claim["event_id"] not in events.setdefault(source_id, []):
                events[source_id].append(claim["event_id"])
    found = [source for source in sources_of(look, things) if source["kind"] == kind]
    return render(
        "sources",
        events=events,
        # in order of time, so that what is told of one event stands together, which also packs tighter
        sources=sorted(
            found,
            key=lambda s: (dates.parse(s["issued"]).sort_key, labels.byline(s).casefold(), s["source_id"]),
        ),
    )


def list_form(render: Renderer, things: str) -> Markup:
    """What a reader may sift the long list of a page by; names are those of data- attributes."""
    look, label = render.look, render.look.label
    by_time = [("", "oldest first"), ("-date", "newest first")]
    fields: list[tuple[str, str, Iterable[str]]] = []
    orders: list[tuple[str, str]] = []
    where = {"items": ".wr-source", "within": ""}
    if things in ON:
        every = sources_of(look, things)
        choices = [
            ("kind", "Kind", {label("sources", "kind", s["kind"]) for s in every}),
            ("perspective", "Perspective", {labels.SIDES[s["perspective"]] for s in every}),
            ("seen", "Seen", {label("sources", "seen", s["seen"]) for s in every}),
        ]
        fields = [choice for choice in choices if len(choice[2]) > 1]
        orders = [*by_time, ("name", "by name"), ("-events", "most events first")]
    elif things == "events":
        fields = [
            ("grade", "Grade", (*evidence.GRADES, "frame fact")),
            ("status", "Status", evidence.STATUSES),
        ]
        orders, where = by_time, {"items": ".wr-entry.wr-judged", "within": "section"}
    elif things == "searches":
        found = set(look.history.searches["result"])
        fields = [("result", "Result", {label("searches", "result", result) for result in found})]
        where["items"] = ".wr-search"
    elif things == "disputes":
        chapters = {look.events[key[0]]["chapter"] for key in look.disputes}
        fields = [
            ("status", "Status", {d["status"] for d in look.disputes.values()}),
            ("ruling", "Ruling", {labels.ruled(d) for d in look.disputes.values()}),
            ("chapter", "Chapter", {look.history.chapters[c] for c in chapters}),
        ]
        orders = [("", "by chapter"), ("date", "oldest first"), ("-date", "newest first")]
        where = {"items": ".wr-entry[data-status]", "within": "section"}
    listed = [
        (name, words, sorted(values) if isinstance(values, set) else values) for name, words, values in fields
    ]
    return render("list-form", things=things, fields=listed, orders=orders, **where)


def chapter_box(render: Renderer, slug: str) -> Markup:
    look = render.look
    chapter = look.chapter(slug)
    events = sorted(evidence.events(chapter).to_dict("records"), key=by_date)
    disputes = evidence.disputes(chapter).to_dict("records")
    rulings = Counter(map(labels.ruled, disputes))
    read = chapter.sources[chapter.sources["seen"] != "cited_only"]
    return render(
        "chapter-box",
        **_tally(look, events),
        events=events,
        disputes=disputes,
        ruled=rulings["ruled"],
        open=rulings["open"],
        unruled=rulings["none needed"],
        claims=len(chapter.claims),
        read=len(read),
        unread=len(chapter.sources) - len(read),
        searches=len(chapter.searches),
    )


def codebook(render: Renderer, table: str) -> Markup:
    resource = next(r for r in render.look.history.package["resources"] if r["name"] == table)
    return render("codebook", resource=resource)


def grades_table(render: Renderer) -> Markup:
    return render("grades")


def grade_rules(render: Renderer) -> Markup:
    return render("rules", rules=rules.GRADE_RULES)


def status_rules(render: Renderer) -> Markup:
    return render("rules", rules=rules.STATUS_RULES)


def basis_rules(render: Renderer) -> Markup:
    """How a speaker can know: what each way is, whether it counts, when it is close, what it can make."""
    told = [(b.words, b.id, ". ".join([sentence(b.method), *worth(b)])) for b in rules.BASES.values()]
    return render("terms", terms=told, after="")


def defect_rules(render: Renderer) -> Markup:
    """What weakens a testimony, and how much of it sinks one."""
    told = [(d.words, "", sentence(d.method)) for d in rules.DEFECTS.values()]
    return render("terms", terms=told, after=rules.COUNTING)


def flag_rules(render: Renderer) -> Markup:
    """What a reader is warned of, and when."""
    return render("terms", terms=[(f.words, f.id, sentence(f.method)) for f in flags.TABLE], after="")


def sentence(words: str) -> str:
    """`words` with a capital at the start."""
    return words[0].upper() + words[1:]


VIEWS: dict[str, Callable[..., Markup]] = {
    "event": event,
    "events-index": events_index,
    "dispute": dispute,
    "disputes": chapter_disputes,
    "searches": searches,
    "sources": sources,
    "list-form": list_form,
    "people": persons.people,
    "names": persons.names,
    "who-is-who": persons.who_is_who,
    "chapter-box": chapter_box,
    "reading": reading.reading,
    "to-read": reading.to_read,
    "codebook": codebook,
    "changelog-page": corrected.changelog,
    "changes-numbers": corrected.changes_numbers,
    "changes-grades": corrected.changes_grades,
    "changes-withdrawn": corrected.changes_withdrawn,
    "data-files": taken_away.data_files,
    "series-licences": taken_away.series_licences,
    "grades-table": grades_table,
    "grade-rules": grade_rules,
    "status-rules": status_rules,
    "basis-rules": basis_rules,
    "defect-rules": defect_rules,
    "flag-rules": flag_rules,
    "cite-chapter": taken_away.cite_page,
    "cite-page": taken_away.cite_page,
    "cite-book": taken_away.cite_book,
    "front-strip": front.front_strip,
    "front-myths": front.front_myths,
}
