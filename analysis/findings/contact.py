"""Contact and secrecy: who met whom, under which government, how long until it was known, what was denied.

Every measure takes a History (narrowed or not) and, where grades or denials matter, the Rules; tidy
DataFrames out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import dates, evidence, series
from analysis.dataset import History, records
from analysis.evidence import FIRM, Rules
from analysis.findings.intervals import Z, byar, wilson

NOT_ACTING = frozenset({"target"})
NO_CHANNEL = frozenset({"context", "statement"})
WIDEST = 731  #: days; an event known less exactly has no lag
PRACTICE = 3660  #: days; a contact spread wider than ten years is a practice, under no one government
YEAR = 365.25
HORIZON = 30  #: years within which lags are compared
NAMED = {"rabin-office": "israeli", "both": "both", "both-sides": "both", "chance": "chance"}
DECADES = tuple(range(1940, 2030, 10))


def closing(history: History) -> date:
    """The day of the edition: nothing later can have been disclosed to us."""
    return date.fromisoformat(history.package["created"][:10])


def encounters(history: History, rules: Rules = Rules()) -> pd.DataFrame:
    """Events in which a Pakistani and an Israeli participant both act, frame facts and statements left out.

    The events table with the grade of the occurrence and `why` ("" for a contact, else vote, hostile or
    apart).
    """
    people = history.participants[~history.participants["role"].isin(NOT_ACTING)]
    side = people["actor_id"].map(history.whole.actors["side"])
    both = [set(people.loc[side == s, "event_id"]) for s in ("pakistani", "israeli")]
    found = evidence.events(history, rules)
    found = found[found.index.isin(both[0] & both[1]) & ~found["channel"].isin(NO_CHANNEL)]
    why = series.read("not-contacts").set_index("event_id")["why"]
    return found.assign(why=[why.get(e, "") for e in found.index])


def contacts(history: History, rules: Rules = Rules()) -> pd.DataFrame:
    """Encounters that are dealings: no shared vote, no fight. Adds earliest, latest, decade ("" if it may be
    two).
    """
    found = encounters(history, rules)
    found = found[found["why"] == ""].drop(columns="why")
    spans = [dates.parse(d) for d in found["date"]]
    found = found.assign(
        earliest=[s.earliest for s in spans],
        latest=[s.latest for s in spans],
        decade=[decade(s) for s in spans],
        hidden=found["visibility"] != "public",
    )
    return found.sort_values(["latest", "earliest", "event_id"])


def decade(span: dates.Span) -> str:
    """'1990s' where both ends lie in one decade, else ''."""
    first, last = (d.year // 10 * 10 for d in (span.earliest, span.latest))
    return f"{first}s" if first == last else ""


# --- governments --------------------------------------------------------------------------------
def by_government(history: History, country: str, rules: Rules = Rules()) -> pd.DataFrame:
    """Contacts under each leader of PAK or ISR, all spells of a leader together, in order of the first.

    `surely` counts contacts whose whole date lies in the leader's spells, `possibly` those that may; years in
    office; rates a year; `firm` the surely ones that are documented or corroborated. A contact spread over
    more than ten years belongs to no government.
    """
    end = closing(history)
    spells = series.read("leaders").query("country == @country").replace({"end": {"": end.isoformat()}})
    found = contacts(history, rules)
    when = [
        (e, a, b)
        for e, a, b in zip(found.index, found["earliest"], found["latest"])
        if (b - a).days <= PRACTICE
    ]
    firm = set(found.index[found["grade"].isin(FIRM)])
    rows = []
    for leader, own in spells.groupby("leader", sort=False):
        terms = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in zip(own["start"], own["end"])]
        surely = [e for e, first, last in when if any(a <= first and last <= b for a, b in terms)]
        possibly = [e for e, first, last in when if any(a <= last and first <= b for a, b in terms)]
        years = sum((b - a).days for a, b in terms) / YEAR
        rows.append(
            (
                leader,
                terms[0][0],
                round(years, 2),
                len(surely),
                len(firm & set(surely)),
                len(possibly),
                len(surely) / years,
                len(possibly) / years,
                " ".join(surely),
            )
        )
    return pd.DataFrame(
        rows,
        columns=[
            "leader",
            "since",
            "years",
            "surely",
            "firm",
            "possibly",
            "surely_a_year",
            "possibly_a_year",
            "events",
        ],
    ).sort_values("since")


# --- who moved first ----------------------------------------------------------------------------
def initiative(history: History, rules: Rules = Rules()) -> pd.DataFrame:
    """Who began each contact, as claimed: event_id, by (whose word: a side), named (pakistani, israeli, both,
    ...).

    One row an event, side of the teller and side named; claims that affirm and count.
    """
    w, ids = evidence.weigh(history, rules), set(contacts(history, rules).index)
    rows = {
        (p[0], r.side, _side_of(history, p[3]))
        for p, stances in w.rows.items()
        if p[0] in ids and p[1] == "initiator"
        for r in stances.get("affirms", ())
        if r.counts
    }
    return pd.DataFrame(sorted(rows), columns=["event_id", "by", "named"])


def _side_of(history: History, value: str) -> str:
    actors = history.whole.actors
    if value in actors.index:
        side = actors.at[value, "side"]
    else:
        side = NAMED.get(value) or next((s for s in ("pakistani", "israeli") if s.startswith(value)), "other")
    return side if side in ("pakistani", "israeli", "both", "chance") else "other"


# --- disclosure ---------------------------------------------------------------------------------
def disclosures(
    history: History, rules: Rules = Rules(), *, read_only: bool = False, earliest: bool = False
) -> pd.DataFrame:
    """From contact to first publication, for contacts that were not public and are dated within two years.

    read_only: only publications that we read; else the unread ends of the chains too. earliest: from the
    first possible day of the event instead of the last. Indexed by event_id: channel, decade, grade, days (>=
    0), window (days from event to edition), via_unread.
    """
    w, end, found = evidence.weigh(history, rules), closing(history), contacts(history, rules)
    rows = []
    for r in records(found[found["hidden"]]):
        affirms = w.rows[r["event_id"], "occurrence", "", ""].get("affirms", ())
        published = [publication(w, row.claim_id, read_only=read_only) for row in affirms]
        if known := lag(dates.parse(r["date"]), published, end, earliest=earliest):
            rows.append((r["event_id"], r["title"], r["channel"], r["decade"], r["grade"], *known))
    return pd.DataFrame(
        rows, columns=["event_id", "title", "channel", "decade", "grade", *Lag._fields]
    ).set_index("event_id")


class Lag(NamedTuple):
    """From an event to its first publication."""

    happened: date
    public_by: date
    days: int  #: between them, never below 0
    window: int  #: days from the event to the edition
    via_unread: bool  #: we know that publication only through others


def publication(w: evidence.Weighing, claim_id: str, *, read_only: bool = False) -> tuple[date, bool]:
    """(day by which a claim or what it rests on was published, whether we know that publication only through
    others).
    """
    path, root = w.chain(claim_id)
    read = {w.claims[c]["source_id"] for c in path}
    return min(
        (dates.parse(w.sources[s]["issued"]).latest, s not in read)
        for s in (read if read_only else read | {root})
    )


def lag(
    span: dates.Span, published: Iterable[tuple[date, bool]], end: date, *, earliest: bool = False
) -> Lag | None:
    """The lag of an event from its publications; None without any, or where its date is wider than WIDEST."""
    first = min(published, default=None)
    if not first or (span.latest - span.earliest).days > WIDEST:
        return None
    happened = span.earliest if earliest else span.latest
    day = min(first[0], end)  # a source dated only to its decade
    return Lag(happened, day, max((day - happened).days, 0), (end - happened).days, first[1])


@dataclass(frozen=True)
class Curve:
    """P(lag <= x | lag <= horizon): a step function, constant from each x to the next; days."""

    x: tuple[float, ...]
    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    n: int  #: lags within the horizon

    def at(self, days: float) -> float:
        """The share disclosed within so many days."""
        known = [s for x, s in zip(self.x, self.share) if x <= days]
        return known[-1] if known else 0.0

    def quantile(self, share: float) -> float:
        """The smallest lag (days) by which at least this share was disclosed."""
        return next(x for x, s in zip(self.x, self.share) if s >= share - 1e-12)


def product_limit(lags: Iterable[float], windows: Iterable[float], horizon: float) -> Curve:
    """Reverse-time product-limit estimator for right-truncated lags.

    A lag is seen only if it is no longer than its window (event to edition). Time is run backwards: the
    chance that a lag is not x, given that it is at most x, is estimated among those that were at risk of
    being seen at x (lag <= x <= window); the product of these chances above x gives the share disclosed by x
    among all disclosed within `horizon`. Intervals: Greenwood's variance of the logarithm, cut at 1. Raises
    ValueError where no lag is within the horizon.
    """
    pairs = [(x, w) for x, w in zip(lags, windows) if x <= horizon]
    if not pairs:
        raise ValueError("no lag within the horizon")
    steps = sorted({x for x, _ in pairs})
    share, variance, out = 1.0, 0.0, []
    for x in reversed(steps):
        half = Z * np.sqrt(variance)
        out.append((x, share, share * np.exp(-half), min(share * np.exp(half), 1.0)))
        at_risk = sum(a <= x <= w for a, w in pairs)
        seen = sum(a == x for a, _ in pairs)
        share *= 1 - seen / at_risk
        variance += seen / (at_risk * (at_risk - seen)) if at_risk > seen else 0.0
    x, s, low, high = zip(*reversed(out))
    return Curve(x, s, low, high, len(pairs))


def lag_curve(
    history: History,
    rules: Rules = Rules(),
    *,
    read_only: bool = False,
    earliest: bool = False,
    years: float = HORIZON,
) -> Curve:
    """The curve of the hidden contacts."""
    d = disclosures(history, rules, read_only=read_only, earliest=earliest)
    return product_limit(d["days"], d["window"], years * YEAR)


def equal_windows(
    history: History,
    by: str,
    rules: Rules = Rules(),
    *,
    read_only: bool = False,
    within: float = 1,
    window: float = 10,
) -> pd.DataFrame:
    """Of the hidden contacts disclosed within `window` years, the share known within `within` years, by
    group.

    Only events that lie at least `window` years back count, so that every group had the same time to be
    disclosed. Columns: the group, n, known, share, low, high (Wilson).
    """
    d = disclosures(history, rules, read_only=read_only)
    d = d[(d["window"] >= window * YEAR) & (d["days"] <= window * YEAR) & (d[by] != "")]
    rows = []
    for name, group in d.groupby(by):
        known = int((group["days"] <= within * YEAR).sum())
        rows.append((name, len(group), known, known / len(group), *wilson(known, len(group))))
    return pd.DataFrame(rows, columns=[by, "n", "known", "share", "low", "high"])


# --- denials ------------------------------------------------------------------------------------
def denials(history: History, rules: Rules = Rules()) -> pd.DataFrame:
    """Every denial, one row a line (event, aspect, of, value, who): voice says who denies, contact whether of
    a contact.

    voice: 'Pakistan', 'Israel' (a state speaks), 'other Pakistani', 'other Israeli', 'others'.
    """
    w, ids = evidence.weigh(history, rules), set(contacts(history, rules).index)
    rows = {}
    for p, stances in w.rows.items():
        if p[0] in history.events.index:
            for r in stances.get("denies", ()):
                rows.setdefault((*p, r.key), (*p, _voice(r), p[0] in ids))
    return pd.DataFrame(
        sorted(rows.values()), columns=["event_id", "aspect", "of", "value", "voice", "contact"]
    )


def _voice(row: evidence.Row) -> str:
    name = {"pakistani": "Pakistan", "israeli": "Israel"}.get(row.side)
    if not name:
        return "others"
    return name if row.state_voice else f"other {name}i"


def denial_lags(history: History, rules: Rules = Rules()) -> pd.DataFrame:
    """From disclosure to the first official denial of an occurrence: event_id, title, contact, public_by,
    denied_by, days.

    Only denials by a state; latest possible days. Below 0 where the denial is older than the oldest report we
    know.
    """
    w, ids = evidence.weigh(history, rules), set(contacts(history, rules).index)
    rows = []
    for p, stances in w.rows.items():
        official = [r for r in stances.get("denies", ()) if r.state_voice]
        if (
            p[1] != "occurrence"
            or p[0] not in history.events.index
            or not official
            or not stances.get("affirms")
        ):
            continue
        public = min(
            dates.parse(w.sources[s]["issued"]).latest
            for r in stances["affirms"]
            for s in (r.source_id, r.root)
        )
        denied = min(dates.parse(w.sources[r.source_id]["issued"]).latest for r in official)
        rows.append((p[0], w.events[p[0]]["title"], p[0] in ids, public, denied, (denied - public).days))
    return pd.DataFrame(
        rows, columns=["event_id", "title", "contact", "public_by", "denied_by", "days"]
    ).sort_values(["days", "event_id"])


def called_private(history: History, rules: Rules = Rules()) -> list[str]:
    """Contacts of which a state said that they were private: not denied, but not its own."""
    w, ids = evidence.weigh(history, rules), set(contacts(history, rules).index)
    return sorted(
        {
            p[0]
            for p, stances in w.rows.items()
            if p[0] in ids
            and p[1] == "official_character"
            and (
                p[3] == "private"
                and any(_speaks_for_state(w, r) for r in stances.get("affirms", ()))
                or p[3] != "private"
                and any(_speaks_for_state(w, r) for r in stances.get("denies", ()))
            )
        }
    )


def _speaks_for_state(w: evidence.Weighing, row: evidence.Row) -> bool:
    return row.state_voice and row.basis == "official"


# --- conditions ---------------------------------------------------------------------------------
POSITIONS = {
    "never": "never",
    "no": "no such step, no condition named",
    "palestinian_state": "after a Palestinian state",
    "territory": "after the Golan and Jerusalem",
    "settlement": "after a just settlement",
    "progress": "step by step as peace advances",
    "consent": "if the nation or its interests say so",
    "none": "for relations, no condition named",
}


def conditions(history: History) -> pd.DataFrame:
    """Positions on recognition by statement: claim_id, event_id, title, date, speaker, name, position,
    standing, grade.
    """
    coded = series.read("recognition-conditions")
    coded = coded[coded["claim_id"].isin(history.claims.index)]
    told_in = history.claims.loc[coded["claim_id"], "event_id"]
    coded = coded.assign(event_id=told_in.to_numpy(dtype=object))
    found = evidence.events(history)
    coded = coded.join(found[["title", "date", "grade"]], on="event_id")
    coded["name"] = [history.whole.actors.at[s, "name"] for s in coded["speaker"]]
    coded["day"] = [dates.parse(d).latest for d in coded["date"]]
    return coded.sort_values(["day", "claim_id"]).reset_index(drop=True)


# --- what was looked at -------------------------------------------------------------------------
def density(history: History, rules: Rules = Rules()) -> pd.DataFrame:
    """Contacts of a decade against the sources published in it.

    Columns: decade, contacts, hidden, sources (issued in the decade, read by us), claims of theirs, a_hundred
    (contacts per 100 sources) with low and high (Byar's interval of the count; the sources are taken as
    given).
    """
    found = contacts(history, rules)
    issued = {s: decade(dates.parse(d)) for s, d in history.sources["issued"].items() if d}
    read = [s for s, seen in history.sources["seen"].items() if seen != "cited_only"]
    rows = []
    for first in DECADES:
        name = f"{first}s"
        own = found[found["decade"] == name]
        sources = {s for s in read if issued.get(s) == name}
        if not len(own) and not sources:
            continue
        low, high = byar(len(own))
        per = 100 / len(sources) if sources else float("nan")
        rows.append(
            (
                name,
                len(own),
                int(own["hidden"].sum()),
                len(sources),
                int(history.claims["source_id"].isin(sources).sum()),
                len(own) * per,
                low * per,
                high * per,
            )
        )
    return pd.DataFrame(
        rows, columns=["decade", "contacts", "hidden", "sources", "claims", "a_hundred", "low", "high"]
    )
