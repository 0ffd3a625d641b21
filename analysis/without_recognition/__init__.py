"""Without Recognition: what is said to have happened between Pakistan and Israel, who says so, and how good that is.

The data are claims: one source saying one thing about one event. Grades, disputes and figures are computed from them.

    from without_recognition import load, explain, charts, Rules, events, without, compare

    history = load()                             # all tables: history.events (with grades), history.claims ...
    history.search("handshake")                  # events by words; names in every spelling
    history.codebook("claims")                   # what the columns and their values mean
    events(history)                              # the events with grade, status, witnesses, bounds of their dates
    print(explain(history, "1947-jinnah-truman"))            # why the grade is what it is
    charts.timeline(history.chapter("telegram"))             # a figure of the book; .data is the table behind it
    tell(history, "It has {n}`claims telegram` claims.")     # a sentence of the book, its numbers made anew

What if? Each answer is a History of its own, and takes part in everything above:

    history.without(sources="dahri-2016")        # ... and without all that rests on it
    history.only(perspectives="pakistani")
    history.under(Rules(near=183))               # other cut-offs, in days
    history.with_rows(sources=[{"source_id": "dahri-2016", "reliability": "B"}])
    compare(history, history.without(publishers="Dawn"))     # what moved

A History is never altered: its tables are copies. Figures and citations of a variant say that they are one.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from without_recognition import charts
    from without_recognition.evidence import Judgement, Rules, compare, propositions
    from without_recognition.findings.telling import tell
    from without_recognition.history import Event, History, explain, load, without
    from without_recognition.history import disputed as disputes
    from without_recognition.history import graded as events

__all__ = [
    "Event",
    "History",
    "Judgement",
    "Rules",
    "charts",
    "compare",
    "disputes",
    "events",
    "explain",
    "load",
    "propositions",
    "tell",
    "without",
]

_HISTORY, _EVIDENCE = "without_recognition.history", "without_recognition.evidence"
_HOME = {
    "Event": (_HISTORY, "Event"),
    "History": (_HISTORY, "History"),
    "Judgement": (_EVIDENCE, "Judgement"),
    "Rules": (_EVIDENCE, "Rules"),
    "compare": (_EVIDENCE, "compare"),
    "disputes": (_HISTORY, "disputed"),
    "events": (_HISTORY, "graded"),
    "explain": (_HISTORY, "explain"),
    "load": (_HISTORY, "load"),
    "propositions": (_EVIDENCE, "propositions"),
    "tell": ("without_recognition.findings.telling", "tell"),
    "without": (_HISTORY, "without"),
}


def __getattr__(name: str) -> object:
    """Import on first use, so that `import without_recognition` itself costs nothing."""
    if name in _HOME:
        module, attribute = _HOME[name]
        return getattr(importlib.import_module(module), attribute)
    if name == "charts":
        return importlib.import_module("without_recognition.charts")
    raise AttributeError(f"module 'without_recognition' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__all__", "__doc__", "__file__", "__name__", "__path__"]
