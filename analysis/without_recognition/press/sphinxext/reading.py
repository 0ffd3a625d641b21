"""Views of what a reader may read: the sources of a chapter, and those that nobody has read for this book yet."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from without_recognition.citations import coins, csl
from without_recognition.evidence import labels
from without_recognition.evidence.lookup import Lookup
from without_recognition.press.sphinxext.render import Renderer, folded

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


def _to_read(look: Lookup, slug: str) -> dict[str, list[dict[str, Any]]]:
    """source_id -> the propositions that reading it would lift."""
    out: dict[str, list[dict[str, Any]]] = {}
    for row in look.to_read:
        if slug in ("all", look.events[row["event_id"]]["chapter"]):
            out.setdefault(row["source_id"], []).append(row)
    return out
