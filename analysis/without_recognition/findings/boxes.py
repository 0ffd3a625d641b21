"""What the book computes beside its prose, as Markdown: a chapter's evidence, disputes, searches, sources, citation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from without_recognition import citations, evidence
from without_recognition.data import dates
from without_recognition.evidence import labels
from without_recognition.evidence.labels import begun, count, escaped
from without_recognition.evidence.lookup import Lookup

Link = Callable[
    [Lookup, str, tuple[str, ...], str, str], str
]  #: (look, kind, parts, words, hint) -> Markdown
READ = {
    "Documents and statements": ("primary_document", "official_statement"),
    "Scholarship and memoirs": ("scholarship", "memoir", "encyclopedia"),
}


def chapter_box(look: Lookup, slug: str, link: Link) -> str:
    """What the chapter establishes, in numbers."""
    chapter = look.chapter(slug)
    graded = Counter(evidence.events(evidence.graded(chapter))["grade"])
    disputes = evidence.disputes(chapter)
    read = int((chapter.sources["seen"] != "cited_only").sum())
    grades = ", ".join(f"{labels.SIGNS[grade]} {graded[grade]} {grade}" for grade in evidence.GRADES)
    return (
        f"> **What this chapter establishes.** {begun(count(len(chapter.events), 'event'))} from"
        f" {count(len(chapter.claims), 'claim')}; {count(read, 'source')} read. {grades}."
        f" {begun(count(len(disputes), 'dispute'))}, {count(len(chapter.searches), 'search', 'searches')}."
    )


def disputes(look: Lookup, slug: str, link: Link) -> str:
    """A line a dispute: the values with their grades, and the ruling. What is only challenged is counted."""
    found = [(k, d) for k, d in look.disputes.items() if slug in ("all", look.events[k[0]]["chapter"])]
    found.sort(key=lambda kd: (dates.parse(look.events[kd[0][0]]["date"]).sort_key, kd[0]))
    heavy = [(k, d) for k, d in found if d["status"] in ("disputed", "contradicted") or d["follows"]]
    lines = [_dispute(look, key, dispute, link) for key, dispute in heavy]
    if more := len(found) - len(heavy):
        lines.append(
            f"* {begun(count(more, 'claim'))} more challenged by weaker evidence, or resting on none."
        )
    return "\n".join(lines) or "No source contradicts another on these events."


def _dispute(look: Lookup, key: tuple[str, str, str], dispute: dict[str, Any], link: Link) -> str:
    title = link(look, "dispute", key, escaped(labels.dispute_title(look, dispute)), key[0])
    told = "; ".join(
        f"{labels.value(look, j.aspect, j.value) or 'that it happened'} ({labels.grade_words(j)})"
        for j in dispute["values"]
    )
    return f"* **{dispute['status']}** {title}: {escaped(told)}. {escaped(labels.ruling(look, dispute))}"


def searches(look: Lookup, slug: str, link: Link) -> str:
    """A line a search: what was asked, where, and what came of it."""
    lines = []
    for row in look.chapter(slug).searches.to_dict("records"):
        result = look.label("searches", "result", row["result"])
        where = f"Where: {row['searched_in']}, {dates.bare(row['date'])}."
        lines.append(f"* **{escaped(row['question'])}** {escaped(f'{result}. {where}')}")
    return "\n".join(lines) or "No search is recorded for these years."


def reading(look: Lookup, slug: str, link: Link) -> str:
    """Documents, scholarship and memoirs that were read; then what nobody has read for this book yet."""
    found = sorted(
        look.chapter(slug).sources.to_dict("records"),
        key=lambda s: (labels.byline(s).casefold(), s["source_id"]),
    )
    shelves = {
        title: [s for s in found if s["kind"] in kinds and s["seen"] != "cited_only"]
        for title, kinds in READ.items()
    }
    wanted = {
        row["source_id"]: row
        for row in look.to_read
        if slug in ("all", look.events[row["event_id"]]["chapter"])
    }
    shelves["Not read, and worth reading next"] = [look.sources[s] for s in wanted]
    parts = []
    for title, shelf in shelves.items():
        if shelf:
            listed = (
                f"* {link(look, 'source', (s['source_id'],), escaped(labels.full(s)), s['source_id'])}"
                for s in shelf
            )
            parts.append("\n".join([f"**{title}**", "", *listed]))
    return "\n\n".join(parts)


def cite(look: Lookup, title: str, link: Link) -> str:
    """The reference of the chapter of that slug, or of the page of that title; of a variant, that of the variant."""
    if look.history.variant or not title:
        return escaped(citations.whole(look.history))
    chapters = look.history.chapters
    return escaped(
        citations.entry("", chapters.get(title, title), f"{title}.html" if title in chapters else "")
    )


BOXES: dict[str, Callable[[Lookup, str, Link], str]] = {
    "chapter-box": chapter_box,
    "disputes": disputes,
    "searches": searches,
    "reading": reading,
    "cite-chapter": cite,
    "cite-page": cite,
}
