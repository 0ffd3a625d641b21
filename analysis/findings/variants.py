"""Other readings of the same data: claims left out, other cut-offs, the ends of uncertain dates.

A variant is a History with the weighing of what changed; events that nothing touches keep their judgements, so that
some hundred variants cost little more than one weighing.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace

from analysis import dates, evidence
from analysis.dataset import History
from analysis.evidence import CONTEMPORARY, Rules, Weighing

WEIGHED = ("rows", "judgements", "_graded", "_siblings", "_silent")
CUTS = (Rules(contemporary=7), Rules(contemporary=90), Rules(near=183), Rules(near=730))
FIRM = ("documented", "corroborated")
FEW = 10  #: claims


@dataclass(frozen=True)
class Variant:
    """One way to look at the data again."""

    family: str  #: firm, publisher, perspective, cut-offs, dates
    label: str  #: what is left out or changed
    history: History
    rules: Rules = Rules()


def variants(history: History) -> Iterator[Variant]:
    """All robustness variants, family by family.

    Publishers of fewer than FEW claims go together, which asks more than to leave out each of them.
    """
    yield Variant("firm", "documented and corroborated events only", firm(history))
    publishers, perspectives = history.sources["publisher"], history.sources["perspective"]
    claims = history.claims["source_id"].map(publishers).value_counts()
    large = sorted(set(claims[claims >= FEW].index) - {""})
    for name in large:
        yield Variant("publisher", name, without(history, set(publishers[publishers == name].index)))
    yield Variant("publisher", "the small publishers together",
                  without(history, set(publishers[~publishers.isin(large)].index)))
    for name in sorted(set(perspectives)):
        yield Variant("perspective", name, without(history, set(perspectives[perspectives == name].index)))
    for rules in CUTS:
        label = (f"contemporary {rules.contemporary} days" if rules.contemporary != CONTEMPORARY
                 else f"retrospective after {rules.near} days")
        yield Variant("cut-offs", label, under(history, rules), rules)
    for end in ("earliest", "latest"):
        yield Variant("dates", f"{end} day of each date", dated(history, end))


def firm(history: History) -> History:
    """Only events whose occurrence is documented or corroborated."""
    kept = evidence.events(history)["grade"]
    return _narrow(history, set(kept[kept.isin(FIRM)].index), evidence.weigh(history), Rules())


def without(history: History, sources: set[str]) -> History:
    """Without every claim of the sources, and every claim whose chain of origins passes through them or ends in them.

    Events of which no affirmed occurrence is left are gone. Who took part is not asked anew.
    """
    w = evidence.weigh(history)
    resting = _resting(history)
    gone = {c for s in sources for c in resting.get(s, ())}
    touched = {w.claims[c]["event_id"] for c in gone}
    rows = {p: {s: [r for r in group if r.claim_id not in gone] for s, group in w.rows[p].items()}
            for p in w.rows if p[0] in touched}
    told = {e for e in history.events.index if e not in touched
            or any(p[0] == e and p[1] == "occurrence" and stances.get("affirms") for p, stances in rows.items())}
    return _narrow(history, told, _merge(w, rows, touched), Rules(), gone)


def under(history: History, rules: Rules) -> History:
    """Under other cut-offs."""
    return _narrow(history, set(history.events.index), _again(evidence.weigh(history), _near_a_cut(history), rules=rules), rules)


def dated(history: History, end: str) -> History:
    """Every uncertain date read as its earliest or latest day (open ends stay open)."""
    spans = {e: dates.parse(d) for e, d in history.events["date"].items()}
    fixed = {e: getattr(s, end).isoformat() for e, s in spans.items()
             if s.earliest != s.latest and s.earliest.year > 1 and s.latest.year < 9999}
    events = history.events.assign(date=[fixed.get(e, d) for e, d in history.events["date"].items()])
    w = evidence.weigh(history)
    weighing = _again(w, set(fixed), events={**w.events, **events.to_dict("index")})
    return replace(history, events=events, memo={Rules(): weighing}, _whole=None)


def narrowed(history: History, events: set[str], rules: Rules) -> History:
    """Only these events, with the judgements of these: what makes measures of some of the events quick."""
    w = evidence.weigh(history, rules)
    return replace(history, events=history.events[history.events.index.isin(events)],
                   participants=history.participants[history.participants["event_id"].isin(events)], _whole=None,
                   memo={rules: _part(w, rows=w.rows, judgements={p: j for p, j in w.judgements.items() if p[0] in events})})


def _near_a_cut(history: History) -> set[str]:
    """Events with a row whose delay lies between the smallest and the largest cut-off tried."""
    low, high = min(r.contemporary for r in CUTS), max(r.near for r in CUTS)
    return {p[0] for p, stances in evidence.weigh(history).rows.items() for rows in stances.values() for r in rows
            if low <= r.days <= high}


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
    for name in WEIGHED:
        part.__dict__.pop(name, None)
    part.__dict__.update(changed)
    return part


def _again(w: Weighing, touched: set[str], **changed) -> Weighing:
    """Weighed again under other rules or dates, where that may change something."""
    part = _part(w, by={p: s for p, s in w.by.items() if p[0] in touched}, **changed)
    return _merge(_part(w, rows=w.rows, judgements=w.judgements, **changed), part.rows, touched)


def _merge(w: Weighing, rows: dict, touched: Iterable[str]) -> Weighing:
    """`w` with these rows instead of its own, judged again where they or what they speak about changed."""
    rows = {p: stances for p, stances in rows.items() if any(stances.values())}
    near = set(touched) | {e for e, r in w.events.items() if r["about"] in touched}
    near |= {w.events[e]["about"] for e in near} - {""}
    part = _part(w, rows={p: rows[p] if p[0] in touched else w.rows[p]
                          for p in {*rows, *(q for q in w.rows if q[0] in near - set(touched))}})
    kept = {p: j for p, j in w.judgements.items() if p[0] not in near}
    return _part(w, rows={**{p: s for p, s in w.rows.items() if p[0] not in touched}, **rows},
                 judgements={**kept, **part.judgements})


def _narrow(history: History, told: set[str], weighing: Weighing, rules: Rules, gone: Iterable[str] = ()) -> History:
    claims = history.claims[history.claims["event_id"].isin(told) & ~history.claims.index.isin(set(gone))]
    return replace(history, events=history.events[history.events.index.isin(told)], claims=claims,
                   participants=history.participants[history.participants["event_id"].isin(told)],
                   memo={rules: weighing}, _whole=None)
