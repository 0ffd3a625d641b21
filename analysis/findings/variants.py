"""Other readings of the same data: claims left out, other cut-offs, the ends of uncertain dates.

A variant says again of every event whether it occurred. What nothing touches keeps its judgement, so that
some sixty variants cost less than one weighing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass

import pandas as pd

from analysis import dates, evidence
from analysis.dataset import History, cells
from analysis.evidence import CONTEMPORARY, FIRM, Judgement, Proposition, Row, Rules, Weighing

CUTS = (Rules(contemporary=7), Rules(contemporary=90), Rules(near=183), Rules(near=730))
FEW = 10  #: claims

Occurrences = dict[str, Judgement]  #: by event
Stances = dict[str, list[Row]]


@dataclass(frozen=True)
class Variant:
    """One way to look at the data again."""

    family: str  #: firm, publisher, perspective, cut-offs, dates
    label: str  #: what is left out or changed
    occurrences: Occurrences  #: of the events that are left
    spans: Mapping[str, dates.Span]  #: when each event happened


def full(history: History) -> Variant:
    """The data as they are."""
    return Variant("", "", evidence.occurrences(history), spans(history))


def variants(history: History) -> Iterator[Variant]:
    """All robustness variants, family by family.

    Publishers of fewer than FEW claims go together, which asks more than to leave out each of them.
    """
    happened = spans(history)

    def left_out(family: str, label: str, which: pd.Series) -> Variant:
        return Variant(family, label, without(history, set(which.index[which])), happened)

    yield Variant("firm", "documented and corroborated events only", firm(history), happened)
    publishers, perspectives = history.sources["publisher"], history.sources["perspective"]
    claims = history.claims["source_id"].map(publishers).value_counts()
    large = sorted(set(claims[claims >= FEW].index) - {""})
    for name in large:
        yield left_out("publisher", name, publishers == name)
    yield left_out("publisher", "the small publishers together", ~publishers.isin(large))
    for name in sorted(set(perspectives)):
        yield left_out("perspective", name, perspectives == name)
    for rules in CUTS:
        label = (
            f"contemporary {rules.contemporary} days"
            if rules.contemporary != CONTEMPORARY
            else f"retrospective after {rules.near} days"
        )
        yield Variant("cut-offs", label, under(history, rules), happened)
    for end in ("earliest", "latest"):
        fixed = ends(happened, end)
        yield Variant("dates", f"{end} day of each date", dated(history, fixed), {**happened, **fixed})


def spans(history: History) -> dict[str, dates.Span]:
    """event_id -> its date."""
    return dict(zip(history.events.index, map(dates.parse, cells(history.events, "date"))))


def firm(history: History) -> Occurrences:
    """Only events whose occurrence is documented or corroborated."""
    return {e: j for e, j in evidence.occurrences(history).items() if j.grade in FIRM}


def without(history: History, sources: set[str]) -> Occurrences:
    """Without every claim of the sources, and every claim whose chain of origins touches them.

    Events of which no affirmed occurrence is left are gone. Who took part is not asked anew.
    """
    w, resting = evidence.weigh(history), _resting(history)
    gone = {c for s in sources for c in resting.get(s, ())}
    touched = {w.claims[c]["event_id"] for c in gone if w.claims[c]["aspect"] == "occurrence"}
    rows = {
        e: {s: [r for r in group if r.claim_id not in gone] for s, group in w.rows[_occurrence(e)].items()}
        for e in touched
    }
    untold = {e for e in touched if not rows[e].get("affirms")}
    return {e: j for e, j in _again(history, w, rows).items() if e not in untold}


def under(history: History, rules: Rules) -> Occurrences:
    """Under other cut-offs."""
    low, high = min(r.contemporary for r in CUTS), max(r.near for r in CUTS)
    near = {
        e
        for e, j in evidence.occurrences(history).items()
        if any(low <= r.days <= high for r in (*j.affirms, *j.denies, *j.doubts))
    }
    return _weighed_again(history, near, rules=rules)


def ends(spans: Mapping[str, dates.Span], end: str) -> dict[str, dates.Span]:
    """The uncertain dates as their `earliest` or `latest` day; open ends stay open and are left out."""
    return {
        e: dates.parse(getattr(s, end).isoformat())
        for e, s in spans.items()
        if s.earliest != s.latest and s.earliest.year > 1 and s.latest.year < 9999
    }


def dated(history: History, days: Mapping[str, dates.Span]) -> Occurrences:
    """With these days instead of the events' own dates."""
    events = {
        e: {**row, "date": days[e].text} if e in days else row
        for e, row in evidence.weigh(history).events.items()
    }
    return _weighed_again(history, set(days), events=events)


def _occurrence(event_id: str) -> Proposition:
    return event_id, "occurrence", "", ""


def _resting(history: History) -> dict[str, set[str]]:
    """source_id -> the claims in it, relayed from it or passed on by it; once a History."""
    if "resting" not in history.memo:
        w, out = evidence.weigh(history), defaultdict(set)
        for claim in w.claims:
            path, root = w.chain(claim)
            for source in {w.claims[p]["source_id"] for p in path} | {root}:
                out[source].add(claim)
        history.memo["resting"] = dict(out)
    return history.memo["resting"]


def _part(w: Weighing, **changed) -> Weighing:
    """A weighing that shares everything but what is changed and has weighed nothing yet."""
    part = copy(w)
    for name in ("rows", "judgements", "_graded", "_siblings"):
        part.__dict__.pop(name, None)
    part.__dict__.update(changed)
    return part


def _weighed_again(history: History, touched: set[str], **changed) -> Occurrences:
    """Of the `touched` events the rows are made again, under other rules or dates."""
    w = evidence.weigh(history)
    again = [_occurrence(e) for e in touched if _occurrence(e) in w.by]
    rows = _part(w, by={p: w.by[p] for p in again}, **changed).rows
    return _again(history, _part(w, rows=w.rows, **changed), {p[0]: rows[p] for p in again})


def _again(history: History, w: Weighing, rows: Mapping[str, Stances]) -> Occurrences:
    """The occurrences with these rows, judged again where an event or what it is about changed."""
    near = {*rows, *(e for e, r in w.events.items() if r["about"] in rows)}
    near |= {w.events[e]["about"] for e in near} - {""}
    mended = {p: rows.get(p[0], w.rows[p]) for p in map(_occurrence, near) if p in w.rows}
    part = _part(w, rows={p: stances for p, stances in mended.items() if any(stances.values())})
    return {**evidence.occurrences(history), **{p[0]: j for p, j in part.judgements.items()}}
