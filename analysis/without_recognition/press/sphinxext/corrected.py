"""Views of what was corrected, withdrawn, and moved since the last edition."""

from __future__ import annotations

from collections import Counter
from functools import partial

from markupsafe import Markup

from without_recognition import citations
from without_recognition.data import releases
from without_recognition.evidence.addresses import anchor_of
from without_recognition.evidence.lookup import Lookup
from without_recognition.findings import changes
from without_recognition.press.sphinxext.render import Renderer

FEED = "changes.atom"  #: of corrections, beside the page that lists them


def withdrawn(look: Lookup) -> dict[str, list[dict[str, str]]]:
    """event_id -> the corrections that withdrew a published claim of it, or the event itself; once a History."""
    memo = look.history.memo
    if "withdrawn" not in memo:
        found = memo["withdrawn"] = dict[str, list[dict[str, str]]]()
        for row in reversed(changes.of_published(look.history)):
            if row["class"] == "withdrawn" and row["table"] in ("claims", "events"):
                event_id = row["key"].rpartition(".")[0] if row["table"] == "claims" else row["key"]
                found.setdefault(event_id, []).append(row)
    told: dict[str, list[dict[str, str]]] = memo["withdrawn"]
    return told


def changelog(render: Renderer) -> Markup:
    """The corrections of what the edition before this one had, newest first, by class of reason; others counted."""
    rows = changes.of_published(render.look.history)
    newest = max((row["version"] for row in rows), key=releases.order, default="")
    own = [row for row in rows if row["version"] == newest]
    classes = {words: [r for r in own if r["class"] == name] for name, words in changes.CLASSES.items()}
    earlier = Counter(row["version"] for row in rows if row["version"] != newest)
    return render("changelog", classes=classes, earlier=earlier, edition=citations.edition(), FEED=FEED)


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
        rows=[r for r in changes.of_published(render.look.history) if r["class"] == "withdrawn"],
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
