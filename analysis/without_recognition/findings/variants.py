"""Other readings of the same data: claims left out, other cut-offs, the ends of uncertain dates.

A variant says again of every event whether it occurred: what `history.without(...)` and `history.under(...)` say, but
what nothing touches keeps its judgement, so that some sixty variants cost less than one weighing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from without_recognition import evidence
from without_recognition.data import dates, origins
from without_recognition.data.dataset import History, column_cells
from without_recognition.evidence import FIRM, Judgement, Proposition, Rules, Testimony, Weighing
from without_recognition.evidence.lines import in_common
from without_recognition.evidence.rules import RECOUNTS

CUTS = {
    "contemporary 7 days": {"contemporary": 7},
    "contemporary 90 days": {"contemporary": 90},
    "retrospective after 183 days": {"near": 183},
    "retrospective after 730 days": {"near": 730},
}
FEW = 10  #: claims

Occurrences = dict[str, Judgement]  #: by event
Stances = dict[str, list[Testimony]]


@dataclass(frozen=True)
class Variant:
    """One way to look at the data again."""

    family: str  #: firm, publisher, perspective, cut-offs, recounts, dates
    label: str  #: what is left out or changed
    occurrences: Occurrences  #: of the events that are left


def full(history: History) -> Variant:
    """The data as they are."""
    return Variant("", "", evidence.occurrences(history))


def variants(history: History) -> Iterator[Variant]:
    """All robustness variants, family by family.

    Publishers of fewer than FEW claims go together, which asks more than to leave out each of them.
    """

    def left_out(family: str, label: str, which: pd.Series) -> Variant:
        return Variant(family, label, without(history, set(which.index[which])))

    yield Variant("firm", "documented and corroborated events only", firm(history))
    publishers, perspectives = history.sources["publisher"], history.sources["perspective"]
    claims = history.claims["source_id"].map(publishers).value_counts()
    large = sorted(set(claims[claims >= FEW].index) - {""})
    for name in large:
        yield left_out("publisher", name, publishers == name)
    yield left_out("publisher", "the small publishers together", ~publishers.isin(large))
    for name in sorted(set(perspectives)):
        yield left_out("perspective", name, perspectives == name)
    own = evidence.weigh(history).rules
    for label, cuts in CUTS.items():
        yield Variant("cut-offs", label, under(history, replace(own, **cuts)))
    yield from recounts(history)
    for end in ("earliest", "latest"):
        yield Variant("dates", f"{end} day of each date", dated(history, ends(spans(history), end)))


def recounts(history: History) -> Iterator[Variant]:
    """With another answer to the question who is one witness with whom."""
    own = evidence.weigh(history).rules
    for recount in RECOUNTS:
        yield Variant("recounts", recount.name, under(history, replace(own, **{recount.field: True})))


def spans(history: History) -> dict[str, dates.Span]:
    """event_id -> its date."""
    return dict(
        zip(history.table("events").index, map(dates.parse, column_cells(history.table("events"), "date")))
    )


def firm(history: History) -> Occurrences:
    """Only events whose occurrence is documented or corroborated."""
    return {e: j for e, j in evidence.occurrences(history).items() if j.grade in FIRM}


def without(history: History, sources: set[str]) -> Occurrences:
    """Without every claim of the sources, and every claim whose chain of origins touches them.

    Events of which no affirmed occurrence is left are gone. Who took part is not asked anew. The same, faster, as the
    occurrences of `history.without(sources=sources)`.
    """
    resting = origins.resting(history)
    return without_claims(history, {c for s in sources for c in resting.get(s, ())})


def without_claims(history: History, gone: set[str], told: Occurrences | None = None) -> Occurrences:
    """Without the claims `gone`. `told`: the occurrences asked about; default those of the graded events."""
    w = evidence.weigh(history)
    touched = {w.claims[c]["event_id"] for c in gone if w.claims[c]["aspect"] == "occurrence"}
    kept = {
        p: {stance: [c for c in ids if c not in gone] for stance, ids in w.claims_by_proposition[p].items()}
        for p in map(_occurrence, touched)
    }
    rows = {p[0]: stances for p, stances in w.part(claims_by_proposition=kept).rows.items()}
    told_before = {e for e in touched if w.rows[_occurrence(e)].get("affirms")}
    untold = {
        e for e in touched if not rows[e].get("affirms") and (e in told_before or not any(rows[e].values()))
    }
    return {e: j for e, j in _again(history, w, rows, told).items() if e not in untold}


def under(history: History, rules: Rules) -> Occurrences:
    """Under other rules. Where only cut-offs differ, only what was told between them is judged anew."""
    own = evidence.weigh(history).rules
    cuts = rules.contemporary, own.contemporary, rules.near, own.near
    low, high = min(cuts), max(cuts)
    near_only = replace(rules, contemporary=own.contemporary, near=own.near) == own
    touched = {
        e
        for e, j in evidence.occurrences(history).items()
        if not near_only or any(low <= r.days <= high for r in (*j.affirms, *j.denies, *j.doubts))
    }
    return _weighed_again(history, touched, rules=rules, texts=in_common(history, rules))


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
    return Proposition(event_id)


def retold(
    history: History, texts: Mapping[str, set[str]], touched: set[str], told: Occurrences
) -> Occurrences:
    """With other texts in common: `texts` is source_id -> the pairs that it is in; `touched` events are judged anew."""
    return _weighed_again(history, touched, told, texts=texts)


def _weighed_again(
    history: History, touched: set[str], told: Occurrences | None = None, **changed: Any
) -> Occurrences:
    """Of the `touched` events the rows are made again, under other rules, texts or dates."""
    w = evidence.weigh(history)
    again = [_occurrence(e) for e in touched if _occurrence(e) in w.claims_by_proposition]
    rows = w.part(claims_by_proposition={p: w.claims_by_proposition[p] for p in again}, **changed).rows
    return _again(history, w.part(rows=w.rows, **changed), {p[0]: rows[p] for p in again}, told)


def _again(
    history: History, w: Weighing, rows: Mapping[str, Stances], told: Occurrences | None = None
) -> Occurrences:
    """The occurrences with these rows, judged again where an event or what it is about changed."""
    near = {*rows, *(e for e, r in w.events.items() if r["about"] in rows)}
    near |= {w.events[e]["about"] for e in near} - {""}
    mended = {p: rows.get(p[0], w.rows[p]) for p in map(_occurrence, near) if p in w.rows}
    part = w.part(rows={p: stances for p, stances in mended.items() if any(stances.values())})
    told = evidence.occurrences(history) if told is None else told
    return {**told, **{p[0]: j for p, j in part.judgements.items() if p[0] in told}}
