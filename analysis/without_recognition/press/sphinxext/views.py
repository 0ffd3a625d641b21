"""What generated places show: each view takes a Renderer and its arguments, and gives HTML."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from itertools import groupby
from typing import Any

from markupsafe import Markup

from without_recognition import citations, evidence, load
from without_recognition.citations import coins, csl
from without_recognition.data import dates
from without_recognition.data.rows import records
from without_recognition.evidence import labels
from without_recognition.evidence.addresses import anchor_of
from without_recognition.evidence.lookup import Lookup
from without_recognition.findings import changes, result_columns
from without_recognition.press.formats import downloads
from without_recognition.press.sphinxext import citebox, domain, front
from without_recognition.press.sphinxext.render import Renderer

FEED = "changes.atom"  #: of corrections, beside the page that lists them
DOWNLOADS = [
    ("PDF: reading edition", "without-recognition.pdf"),
    ("PDF: register", "without-recognition-register.pdf"),
    ("EPUB", "without-recognition.epub"),
    ("Data", "without-recognition-data.zip"),
    ("Sources as CSL-JSON", "sources.json"),
    ("BibTeX", "sources.bib"),
    ("RIS", "sources.ris"),
    ("Package to re-run it", f"without_recognition-{citations.metadata()['version']}-py3-none-any.whl"),
    ("Its sources", f"without_recognition-{citations.metadata()['version']}.tar.gz"),
]


def by_date(event: dict) -> tuple:
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
        "withdrawn": withdrawn(look).get(event_id, ()),
    }


def withdrawn(look: Lookup) -> dict[str, list[dict[str, str]]]:
    """event_id -> the corrections that withdrew a claim of it, or the event itself; once a History."""
    memo = look.history.memo
    if "withdrawn" not in memo:
        found = memo["withdrawn"] = dict[str, list[dict[str, str]]]()
        for row in records(look.history.whole.corrections):
            if row["kind"] == "retired" and row["table"] in ("claims", "events"):
                event_id = row["key"].rpartition(".")[0] if row["table"] == "claims" else row["key"]
                found.setdefault(event_id, []).append(row)
    return memo["withdrawn"]


def events_index(render: Renderer) -> Markup:
    """A row a chapter: how many events of each grade, what is counted apart, and where they are."""
    look = render.look
    chapters = []
    for slug, title in look.history.chapters.items():
        rows = evidence.events(look.chapter(slug)).to_dict("records")
        first = min(rows, key=by_date)["event_id"] if rows else ""
        chapters.append({"title": title, "first": first, **_tally(look, rows)})
    return render("events-index", chapters=chapters)


def _tally(look: Lookup, events: list[dict]) -> dict[str, Counter | int]:
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
    """What was looked for; below the text of the chapter itself it is folded."""
    found = render.look.chapter(slug).searches.to_dict("records")
    shown = render("searches", searches=found)
    if not found or render.page.docname != slug:
        return shown
    number = f"{len(found)} searches" if len(found) > 1 else "One search"
    return folded(f"{number}: where, for what, and what came of it", shown)


def folded(summary: str, inner: Markup) -> Markup:
    """`inner` behind a line that says what it is; on paper it stands open."""
    return Markup('<details class="wr-fold"><summary class="wr-screen">{}</summary>{}</details>').format(
        summary, inner
    )


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
            key=lambda s: (labels.byline(s).casefold(), dates.parse(s["issued"]).sort_key, s["source_id"]),
        ),
    )


def list_form(render: Renderer, things: str) -> Markup:
    """What a reader may sift the sources, or the disputes, of a long page by; names are those of data- attributes."""
    look, label = render.look, render.look.label
    if things == "sources":
        every = look.sources.values()
        fields = [
            ("kind", "Kind", {label("sources", "kind", s["kind"]) for s in every}),
            ("perspective", "Perspective", {labels.SIDES[s["perspective"]] for s in every}),
            ("seen", "Seen", {label("sources", "seen", s["seen"]) for s in every}),
        ]
        orders = [
            ("", "by name"),
            ("date", "oldest first"),
            ("-date", "newest first"),
            ("-events", "most events first"),
        ]
        where = {"items": ".wr-source[data-kind]", "within": ""}
    else:
        chapters = {look.events[key[0]]["chapter"] for key in look.disputes}
        fields = [
            ("status", "Status", {d["status"] for d in look.disputes.values()}),
            ("ruling", "Ruling", {labels.ruled(d) for d in look.disputes.values()}),
            ("chapter", "Chapter", {look.history.chapters[c] for c in chapters}),
        ]
        orders = [("", "as coded"), ("date", "oldest first"), ("-date", "newest first")]
        where = {"items": ".wr-entry[data-status]", "within": "section"}
    listed = [(name, words, sorted(values)) for name, words, values in fields]
    return render("list-form", things=things, fields=listed, orders=orders, **where)


def people(render: Renderer, side: str) -> Markup:
    look = render.look
    parts, offices = parts_of(look), offices_of(look)
    own = {actor_id for actor_id, actor in look.actors.items() if has_page(actor, parts)}
    found = [actor for actor in look.actors.values() if actor["side"] == side]
    return render(
        "people",
        actors=sorted(found, key=filed),
        parts=parts,
        offices=offices,
        own=own,
    )


def filed(actor: dict[str, str]) -> tuple[str, str]:
    """Where an actor stands in a list: by family name, letters without accents; a body by its own name."""
    return plain(actor["family_name"] or actor["name"]), plain(actor["name"])


def plain(name: str) -> str:
    """A name as an alphabet orders it.

    >>> plain("Ma‘alé-Adumim"), plain("Zia-ul-Haq")
    ('maale adumim', 'zia ul haq')
    """
    letters = unicodedata.normalize("NFKD", name.casefold()).replace("-", " ")
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ")


def names(render: Renderer) -> Markup:
    """Every person, by the letter of the family name."""
    persons = sorted((a for a in render.look.actors.values() if a["type"] == "person"), key=filed)
    letters = [
        (letter, list(found)) for letter, found in groupby(persons, key=lambda a: filed(a)[0][0].upper())
    ]
    return render("names", letters=letters, offices=offices_of(render.look))


def parts_of(look: Lookup) -> dict[str, list[dict[str, str]]]:
    """actor_id -> its rows of participants."""
    return _by_actor(row for rows in look.participants.values() for row in rows)


def offices_of(look: Lookup) -> dict[str, list[dict[str, str]]]:
    """actor_id -> its rows of offices."""
    return _by_actor(look.history.offices.to_dict("records"))


def _by_actor(rows: Iterable[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(row["actor_id"], []).append(row)
    return found


def has_page(actor: dict[str, str], parts: dict[str, list[dict[str, str]]]) -> bool:
    """Whether an actor has a page of its own: a person in two events or more."""
    events = {row["event_id"] for row in parts.get(actor["actor_id"], ())}
    return actor["type"] == "person" and len(events) > 1


def who_is_who(render: Renderer, side: str) -> Markup:
    """The described persons of a side, by the name under which lists file them."""
    found = [actor for actor in render.look.actors.values() if actor["description"] and actor["side"] == side]
    return render("who-is-who", actors=sorted(found, key=filed))


def chapter_box(render: Renderer, slug: str) -> Markup:
    look = render.look
    chapter = look.chapter(slug)
    events = sorted(evidence.events(chapter).to_dict("records"), key=by_date)
    disputes = evidence.disputes(chapter)
    read = chapter.sources[chapter.sources["seen"] != "cited_only"]
    return render(
        "chapter-box",
        **_tally(look, events),
        events=events,
        disputes=disputes.to_dict("records"),
        ruled=int((disputes["follows"] != "").sum()),
        open=int(disputes["open"].sum()),
        claims=len(chapter.claims),
        read=len(read),
        unread=len(chapter.sources) - len(read),
        searches=len(chapter.searches),
    )


SHELVES = {
    "Documents and statements": ("primary_document", "official_statement"),
    "Scholarship and memoirs": ("scholarship", "memoir", "encyclopedia"),
}  #: of a chapter's reading -> the kinds of sources on them
NEWS = ("contemporary_news", "retrospective", "opinion")


def reading(render: Renderer, slug: str) -> Markup:
    """Documents, scholarship and memoirs of a chapter; then what we could not read but others rest on.

    Each can be picked by a program that gathers references, and so can the page, which stands first.
    """
    read, seen = _read(render.look, slug), set[str]()

    def once(source: dict[str, str]) -> Markup:
        key = source["source_id"]
        if key in seen:  # what was read in part may be worth reading whole
            return Markup("")
        seen.add(key)
        return coins.span(csl.source(source))

    shown = render(
        "reading",
        shelves={title: [s for s in read if s["kind"] in kinds] for title, kinds in SHELVES.items()},
        to_read=_to_read(render.look, slug),
        news=[s for s in read if s["kind"] in NEWS],
        coins=once,
    )
    shown = coins.span(render.page.item()) + shown
    return folded("Documents, scholarship, news, and what nobody has read for this book yet", shown)


def _read(look: Lookup, slug: str) -> list[dict[str, str]]:
    """The sources of a chapter that were read, by name."""
    found = look.chapter(slug).sources.to_dict("records")
    read = [s for s in found if s["seen"] != "cited_only"]
    return sorted(read, key=lambda s: (labels.byline(s).casefold(), s["source_id"]))


def in_reading(look: Lookup, slug: str) -> set[str]:
    """The sources that the reading of a chapter lists."""
    kinds = {kind for of_shelf in SHELVES.values() for kind in of_shelf} | set(NEWS)
    return {s["source_id"] for s in _read(look, slug) if s["kind"] in kinds} | _to_read(look, slug).keys()


def to_read(render: Renderer) -> Markup:
    return render("to-read", to_read=_to_read(render.look, "all"), coins=lambda source: "")


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
    """Every correction, newest first, by class of reason."""
    rows = corrections(render.look)
    classes = {words: [r for r in rows if r["class"] == name] for name, words in changes.CLASSES.items()}
    return render("changelog", classes=classes, edition=citations.edition(), FEED=FEED)


def corrections(look: Lookup) -> list[dict[str, str]]:
    """The rows of corrections.csv with their class, newest first."""
    rows = look.history.corrections.sort_values(["date", "correction_id"], ascending=False)
    return [row | {"class": changes.reason_class(row)} for row in rows.to_dict("records")]


def changes_numbers(render: Renderer) -> Markup:
    return render("changes-numbers", moved=changes.since(render.look.history), CLASSES=changes.CLASSES)


def changes_grades(render: Renderer) -> Markup:
    """The events whose occurrence has another grade or status, and how many other propositions have."""
    told = changes.since(render.look.history)["grades"]
    moved = [g for g in told if changes.UNTOLD[0] not in (g["grade_was"], g["grade_now"])]
    events = [g for g in moved if g["aspect"] == "occurrence" and g["event_id"] in render.look.events]
    frames = sum(g["grade_was"] != "" and g["grade_now"] == "" for g in events)
    graded = [g for g in events if g["grade_now"]]
    return render("changes-grades", events=graded, frames=frames, others=len(moved) - len(events))


def changes_withdrawn(render: Renderer) -> Markup:
    """What was withdrawn, each at the address that it had within this page."""
    return render(
        "changes-withdrawn",
        rows=[r for r in corrections(render.look) if r["class"] == "withdrawn"],
        address=partial(address, render),
    )


def address(render: Renderer, row: dict[str, str]) -> str:
    """The id of a withdrawn row on the page of changes: its own, but for a claim whose event is there and shows it."""
    kind = {
        "events": "event",
        "claims": "claim",
        "sources": "source",
        "actors": "person",
        "searches": "search",
    }
    if row["table"] not in kind or row["key"].rpartition(".")[0] in render.look.events:
        return f"withdrawn-{row['correction_id']}"
    return anchor_of(kind[row["table"]], row["key"])


def data_files(render: Renderer) -> Markup:
    """The files of the data with their sizes, and the tables of results loose."""
    made = files_of(render.look)
    sizes = {name: readable(len(content)) for name, content in made.items()}
    files = [(name, sizes[name], about) for name, about in downloads.ABOUT.items() if name in sizes]
    loose = [(t, f"results/{t.name}.csv", f"parquet/{t.name}.parquet") for t in result_columns.TABLES]
    return render("data-files", files=files, loose=loose, sizes=sizes)


def files_of(look: Lookup) -> dict[str, bytes]:
    """Name -> bytes of the files of the data: the very ones that the export writes, made once a process."""
    return downloads.made(load(look.history.root))


def series_licences(render: Renderer) -> Markup:
    """Each series with its file, its licence and where it comes from."""
    series = [r for r in render.look.history.package["resources"] if r.get("licenses")]
    return render("series-licences", series=series)


def readable(size: int) -> str:
    """'7.8 MB', '12 kB', '340 bytes': of bytes, by thousands, with a blank that does not break."""
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            return f"{size / unit:.{1 if size < 10 * unit else 0}f}\N{NO-BREAK SPACE}{name}"
    return f"{size}\N{NO-BREAK SPACE}bytes"


def grades_table(render: Renderer) -> Markup:
    return render("grades")


def cite_page(render: Renderer, *slug: str) -> Markup:
    """How to cite the page that it stands on, by the title and the address that the page has."""
    name = render.page.notebook
    files = [("This chapter as a notebook", f"notebooks/{name}")] if name else []
    return folded("In three styles, and as BibTeX, RIS and CSL-JSON", _cite(render, render.page, files))


def cite_book(render: Renderer) -> Markup:
    return _cite(render, citebox.book(render.page.app), DOWNLOADS)


def _cite(render: Renderer, page: citebox.Page, files: list[tuple[str, str]]) -> Markup:
    return render("cite", references=page.references(), records=citations.records(page.item()), files=files)


VIEWS: dict[str, Callable[..., Markup]] = {
    "event": event,
    "events-index": events_index,
    "dispute": dispute,
    "disputes": chapter_disputes,
    "searches": searches,
    "sources": sources,
    "list-form": list_form,
    "people": people,
    "names": names,
    "who-is-who": who_is_who,
    "chapter-box": chapter_box,
    "reading": reading,
    "to-read": to_read,
    "codebook": codebook,
    "changelog-page": changelog,
    "changes-numbers": changes_numbers,
    "changes-grades": changes_grades,
    "changes-withdrawn": changes_withdrawn,
    "data-files": data_files,
    "series-licences": series_licences,
    "grades-table": grades_table,
    "cite-chapter": cite_page,
    "cite-page": cite_page,
    "cite-book": cite_book,
    "front-strip": front.front_strip,
    "front-myths": front.front_myths,
}
