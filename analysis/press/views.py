"""What generated places show: each view takes a Renderer and its arguments, and gives HTML."""

from __future__ import annotations

from markupsafe import Markup

from analysis import citing, dates, evidence
from analysis.press import citebox, wording
from analysis.press.lookup import Lookup
from analysis.press.render import Renderer

DOWNLOADS = [
    ("PDF", "without-recognition.pdf"),
    ("EPUB", "without-recognition.epub"),
    ("Data", "without-recognition-data.zip"),
    ("Sources as CSL-JSON", "sources.json"),
    ("BibTeX", "sources.bib"),
    ("RIS", "sources.ris"),
]


def by_date(event: dict) -> tuple:
    """Sort key of an event: time, then id."""
    return (*dates.parse(event["date"]).sort_key, event["event_id"])


def event(render: Renderer, event_id: str) -> Markup:
    look = render.look
    return render(
        "event",
        event=look.event(event_id),
        groups=look.groups.get(event_id, []),
        people=look.participants.get(event_id, ()),
        statements=[e for e in look.events.values() if e["about"] == event_id],
        searches=look.searches.get(event_id, ()),
        disputes={k: d for k, d in look.disputes.items() if k[0] == event_id},
        to_read=[row for row in look.to_read if row["event_id"] == event_id],
    )


def events_index(render: Renderer) -> Markup:
    """A row a chapter: how many events of each grade, and where they are."""
    look = render.look
    chapters = []
    for slug, title in look.history.chapters.items():
        rows = evidence.events(look.chapter(slug))
        first = min(rows.to_dict("records"), key=by_date)["event_id"] if len(rows) else ""
        chapters.append({"title": title, "first": first, "graded": rows["grade"].value_counts().to_dict()})
    return render("events-index", chapters=chapters)


def dispute(render: Renderer, *key: str) -> Markup:
    return render("dispute", dispute=render.look.dispute(*key), event=render.look.event(key[0]))


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
    return render("searches", searches=render.look.chapter(slug).searches.to_dict("records"))


def sources(render: Renderer, kind: str) -> Markup:
    look = render.look
    events: dict[str, list] = {}
    for claim in look.claims.values():
        for source_id in {claim["source_id"], claim["origin"]} & look.sources.keys():
            if claim["event_id"] not in events.setdefault(source_id, []):
                events[source_id].append(claim["event_id"])
    found = [source for source in look.sources.values() if source["kind"] == kind]
    return render(
        "sources",
        events=events,
        sources=sorted(
            found,
            key=lambda s: (wording.byline(s).casefold(), dates.parse(s["issued"]).sort_key, s["source_id"]),
        ),
    )


def people(render: Renderer, side: str) -> Markup:
    look = render.look
    parts: dict[str, list] = {}
    for rows in look.participants.values():
        for row in rows:
            parts.setdefault(row["actor_id"], []).append(row)
    offices: dict[str, list] = {}
    for row in look.history.offices.to_dict("records"):
        offices.setdefault(row["actor_id"], []).append(row)
    found = [actor for actor in look.actors.values() if actor["side"] == side]
    return render(
        "people", actors=sorted(found, key=lambda a: a["name"].casefold()), parts=parts, offices=offices
    )


def chapter_box(render: Renderer, slug: str) -> Markup:
    look = render.look
    chapter = look.chapter(slug)
    events = sorted(evidence.events(chapter).to_dict("records"), key=by_date)
    graded = {grade: [e for e in events if e["grade"] == grade] for grade in evidence.GRADES}
    disputes = evidence.disputes(chapter)
    read = chapter.sources[chapter.sources["seen"] != "cited_only"]
    return render(
        "chapter-box",
        graded=graded,
        events=events,
        disputes=disputes.to_dict("records"),
        ruled=int((disputes["follows"] != "").sum()),
        open=int(disputes["open"].sum()),
        claims=len(chapter.claims),
        read=len(read),
        unread=len(chapter.sources) - len(read),
        searches=len(chapter.searches),
    )


def reading(render: Renderer, slug: str) -> Markup:
    """Documents, scholarship and memoirs of a chapter; then what we could not read but others rest on."""
    chapter = render.look.chapter(slug)
    found = sorted(
        chapter.sources.to_dict("records"), key=lambda s: (wording.byline(s).casefold(), s["source_id"])
    )
    shelves = {
        "Documents and statements": ("primary_document", "official_statement"),
        "Scholarship and memoirs": ("scholarship", "memoir", "encyclopedia"),
    }
    news = ("contemporary_news", "retrospective", "opinion")
    read = {
        title: [s for s in found if s["kind"] in kinds and s["seen"] != "cited_only"]
        for title, kinds in shelves.items()
    }
    return render(
        "reading",
        shelves=read,
        to_read=_to_read(render.look, slug),
        news=[s for s in found if s["kind"] in news and s["seen"] != "cited_only"],
    )


def to_read(render: Renderer) -> Markup:
    return render("to-read", to_read=_to_read(render.look, "all"))


def _to_read(look: Lookup, slug: str) -> dict[str, list[dict]]:
    """source_id -> the propositions that reading it would lift."""
    out: dict[str, list[dict]] = {}
    for row in look.to_read:
        if slug in ("all", look.events[row["event_id"]]["chapter"]):
            out.setdefault(row["source_id"], []).append(row)
    return out


def codebook(render: Renderer, table: str) -> Markup:
    resource = next(r for r in render.look.history.package["resources"] if r["name"] == table)
    return render("codebook", resource=resource)


def changelog(render: Renderer) -> Markup:
    rows = render.look.history.corrections.sort_values(["date", "correction_id"], ascending=False)
    return render("changelog", corrections=rows.to_dict("records"), edition=citing.edition())


def grades_table(render: Renderer) -> Markup:
    return render("grades")


def cite_chapter(render: Renderer, slug: str) -> Markup:
    title = render.look.history.chapters[slug]
    return render(
        "cite",
        reference=citing.part(title, f"{slug}.html"),
        records=citebox.records(slug, title),
        files=[("This chapter as a notebook", f"notebooks/{slug}.ipynb")],
    )


def cite_book(render: Renderer) -> Markup:
    return render("cite", reference=citing.whole(), records=citebox.records(""), files=DOWNLOADS)


VIEWS = {
    "event": event,
    "events-index": events_index,
    "dispute": dispute,
    "disputes": chapter_disputes,
    "searches": searches,
    "sources": sources,
    "people": people,
    "chapter-box": chapter_box,
    "reading": reading,
    "to-read": to_read,
    "codebook": codebook,
    "changelog-page": changelog,
    "grades-table": grades_table,
    "cite-chapter": cite_chapter,
    "cite-book": cite_book,
}
