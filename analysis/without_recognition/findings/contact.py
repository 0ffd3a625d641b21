"""Contact and secrecy: who met whom, under which government, how long until it was known, what was denied.

Every measure takes a History (narrowed or not) and, where grades or denials matter, the Rules; tidy
DataFrames out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from without_recognition import evidence
from without_recognition.data import dates, series
from without_recognition.data.dataset import History, records
from without_recognition.data.sides import BY_OFFICIALS as BY_OFFICIALS
from without_recognition.data.sides import both_acting
from without_recognition.evidence import FIRM, Rules

WIDEST = 731  #: days; an event known less exactly has no lag
A_YEAR = 366  #: days
PRACTICE = 3660  #: days; a contact spread wider than ten years is a practice, under no one government
YEAR = 365.25
NAMED = {"rabin-office": "israeli", "both": "both", "both-sides": "both", "chance": "chance"}
DECADES = tuple(range(1940, 2030, 10))


def closing(history: History) -> date:
    """The day of the edition: nothing later can have been disclosed to us."""
    return date.fromisoformat(history.package["created"][:10])


def encounters(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """Graded events in which a Pakistani and an Israeli participant both act, statements left out.

    The events table, with the grade of the occurrence; its column `contact` says what each of them is.
    """
    found = evidence.events(evidence.graded(history), rules)
    found = found[found["grade"].notna() & (found["channel"] != "statement")]
    return found[found.index.isin(both_acting(history))]


def contacts(
    history: History, rules: Rules | None = None, kinds: Collection[str] = BY_OFFICIALS
) -> pd.DataFrame:
    """Contacts of `kinds`, one row for each encounter of the same people within the same days.

    Adds earliest, latest, decade ("" if it may be two), hidden, events (all of the encounter). The row is that of the
    encounter's best graded event, the first of equals.
    """
    found = encounters(history, rules)
    found = found[found["contact"].isin(kinds)]
    spans = [dates.parse(d) for d in found["date"]]
    found = found.assign(
        earliest=[s.earliest for s in spans],
        latest=[s.latest for s in spans],
        decade=[decade(s) for s in spans],
        hidden=found["visibility"] != "public",
        same=[e or event_id for event_id, e in found["encounter"].items()],
        best=[evidence.GRADES.index(g) for g in found["grade"]],
    ).sort_values(["latest", "earliest", "event_id"])
    groups = found.groupby("same", sort=False)
    members = {rows.index[int(np.argmin(rows["best"]))]: " ".join(rows.index) for _, rows in groups}
    kept = found[found.index.isin(members)].drop(columns=["same", "best"])
    return kept.assign(events=[members[e] for e in kept.index])


def members(history: History, rules: Rules | None = None) -> dict[str, str]:
    """Every event of a contact: its id -> the id of the contact's row in `contacts`."""
    found = contacts(history, rules)["events"]
    return {event_id: row for row, events in found.items() for event_id in events.split()}


def decade(span: dates.Span) -> str:
    """'1990s' where both ends lie in one decade, else ''."""
    first, last = (d.year // 10 * 10 for d in (span.earliest, span.latest))
    return f"{first}s" if first == last else ""


# --- governments --------------------------------------------------------------------------------
def by_government(history: History, country: str, rules: Rules | None = None) -> pd.DataFrame:
    """Contacts under each leader of PAK or ISR, all spells of a leader together, in order of the first.

    `surely` counts contacts whose whole date lies in the leader's spells, `possibly` those that may; years in
    office; `firm` the surely ones that are documented or corroborated. A contact spread over
    more than ten years belongs to no government.
    """
    end = closing(history)
    spells = (
        series.read("leaders", history).query("country == @country").replace({"end": {"": end.isoformat()}})
    )
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
            "events",
        ],
    ).sort_values("since")


# --- who moved first ----------------------------------------------------------------------------
def initiative(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """Who began each contact, as claimed: event_id, by (whose word: a side), named (pakistani, israeli, both,
    ...).

    One row an event, side of the teller and side named; claims that affirm and count.
    """
    w, whole = evidence.weigh(history, rules), members(history, rules)
    rows = {
        (whole[p[0]], r.side, _side_of(history, p[3]))
        for p, stances in w.rows.items()
        if p[0] in whole and p[1] == "initiator"
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
def disclosures(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """From contact to first publication, for contacts that were not public and are dated within two years.

    Indexed by event_id, longest first: title, date, channel, grade, happened, public_by, days (>= 0),
    via_unread.
    """
    w, found = evidence.weigh(history, rules), contacts(history, rules)
    rows = []
    for r in records(found[found["hidden"]]):
        affirms = w.rows[r["event_id"], "occurrence", "", ""].get("affirms", ())
        span = dates.parse(r["date"])
        if known := lag(span, [publication(w, row.claim_id, span) for row in affirms]):
            rows.append((r["event_id"], r["title"], r["date"], r["channel"], r["grade"], *known))
    columns = ["event_id", "title", "date", "channel", "grade", *Lag._fields]
    found = pd.DataFrame(rows, columns=columns).set_index("event_id")
    return found.sort_values(["days", "happened"], ascending=False, kind="stable")


class Lag(NamedTuple):
    """From an event to its first publication."""

    happened: date  #: the last day on which it can have happened
    public_by: date
    days: int  #: between them, never below 0
    via_unread: bool  #: we know that publication only through others


def publication(w: evidence.Weighing, claim_id: str, happened: dates.Span) -> tuple[date, bool]:
    """(day by which a claim of what happened then, or what it rests on, was published, whether we know that publication
    only through others).
    """
    path, root = w.chain(claim_id)
    read = {w.claims[c]["source_id"] for c in path}
    return min((_out(w.sources[s]["issued"], happened), s not in read) for s in read | {root})


def _out(issued: str, happened: dates.Span) -> date:
    """The last day on which a text can have come out; one that is dated to years only is taken at their beginning, or
    it would grow later with each edition.
    """
    span = dates.parse(issued)
    if span.earliest.year == 1 or (span.latest - span.earliest).days <= A_YEAR:
        return span.latest
    return max(span.earliest, happened.earliest)


def lag(span: dates.Span, published: Iterable[tuple[date, bool]]) -> Lag | None:
    """The lag of an event from its publications; None without any, or where its date is wider than WIDEST."""
    first = min(published, default=None)
    if not first or (span.latest - span.earliest).days > WIDEST:
        return None
    return Lag(span.latest, first[0], max((first[0] - span.latest).days, 0), first[1])


# --- denials ------------------------------------------------------------------------------------
def denials(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """Every denial of a graded event, one row a line (event, aspect, of, value, who): voice says who denies,
    contact whether of a contact.

    voice: 'Pakistan', 'Israel' (a state speaks), 'other Pakistani', 'other Israeli', 'others'.
    """
    w, ids = evidence.weigh(history, rules), members(history, rules)
    rows: dict[tuple[str, str, str, str, tuple[str, str]], tuple[str, str, str, str, str, bool]] = {}
    told = set(evidence.graded(history).table("events").index)
    for p, stances in w.rows.items():
        if p[0] in told:
            for r in stances.get("denies", ()):
                rows.setdefault((*p, r.key), (*p, _voice(r), p[0] in ids))
    return pd.DataFrame(
        sorted(rows.values()), columns=["event_id", "aspect", "of", "value", "voice", "contact"]
    )


def _voice(row: evidence.Testimony) -> str:
    name = {"pakistani": "Pakistan", "israeli": "Israel"}.get(row.side)
    if not name:
        return "others"
    return name if row.state_voice else f"other {name}i"


def denial_lags(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """From disclosure to the first official denial of an occurrence: event_id, title, contact, public_by,
    denied_by, days.

    Only denials by a state; latest possible days. Below 0 where the denial is older than the oldest report we
    know; one that is more than A_YEAR older answers something else, and is left out.
    """
    w, ids = evidence.weigh(history, rules), members(history, rules)
    rows, told = [], set(evidence.graded(history).table("events").index)
    for p, stances in w.rows.items():
        official = [r for r in stances.get("denies", ()) if r.state_voice]
        if p[1] != "occurrence" or p[0] not in told or not official or not stances.get("affirms"):
            continue
        public = min(
            dates.parse(w.sources[s]["issued"]).latest
            for r in stances["affirms"]
            for s in (r.source_id, r.root)
        )
        denied = [dates.parse(w.sources[r.source_id]["issued"]).latest for r in official]
        answers = [day for day in denied if (day - public).days >= -A_YEAR]
        if answers:
            days = (min(answers) - public).days
            rows.append((p[0], w.events[p[0]]["title"], p[0] in ids, public, min(answers), days))
    return pd.DataFrame(
        rows, columns=["event_id", "title", "contact", "public_by", "denied_by", "days"]
    ).sort_values(["days", "event_id"])


def called_private(history: History, rules: Rules | None = None) -> list[str]:
    """Contacts, official or not, of which a state said that they were private: not denied, but not its own."""
    w, found = evidence.weigh(history, rules), encounters(history, rules)
    ids = set(found.index[found["contact"].isin((*BY_OFFICIALS, "unofficial"))])
    return sorted(
        {
            p[0]
            for p, stances in w.rows.items()
            if p[0] in ids
            and p[1] == "official_character"
            and (
                (p[3] == "private" and any(_speaks_for_state(w, r) for r in stances.get("affirms", ())))
                or (p[3] != "private" and any(_speaks_for_state(w, r) for r in stances.get("denies", ())))
            )
        }
    )


def _speaks_for_state(w: evidence.Weighing, row: evidence.Testimony) -> bool:
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
    """Positions on recognition by statement, of graded events: claim_id, event_id, title, date, speaker, name,
    position, standing, grade.
    """
    coded, told = series.read("recognition-conditions", history), evidence.graded(history)
    coded = coded[coded["claim_id"].isin(told.claims.index)]
    told_in = told.claims.loc[coded["claim_id"], "event_id"]
    coded = coded.assign(event_id=told_in.to_numpy(dtype=object))
    found = evidence.events(told)
    coded = coded.join(found[["title", "date", "grade"]], on="event_id")
    coded["name"] = coded["speaker"].map(history.whole.actors["name"])
    coded["day"] = [dates.parse(d).latest for d in coded["date"]]
    return coded.sort_values(["day", "claim_id"]).reset_index(drop=True)


# --- what was looked at -------------------------------------------------------------------------
def density(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """Contacts of a decade against the sources published in it.

    Columns: decade, contacts, firm, hidden, sources (issued in the decade, read by us; those of frame facts
    and arenas alone left out), claims of theirs, a_hundred (contacts per 100 sources).
    """
    found, told = contacts(history, rules), evidence.graded(history)
    issued = {s: decade(dates.parse(d)) for s, d in told.sources["issued"].items() if d}
    read = [s for s, seen in told.sources["seen"].items() if seen != "cited_only"]
    rows = []
    for first in DECADES:
        name = f"{first}s"
        own = found[found["decade"] == name]
        sources = {s for s in read if issued.get(s) == name}
        if not len(own) and not sources:
            continue
        per = 100 / len(sources) if sources else float("nan")
        rows.append(
            (
                name,
                len(own),
                int(own["grade"].isin(FIRM).sum()),
                int(own["hidden"].sum()),
                len(sources),
                int(told.claims["source_id"].isin(sources).sum()),
                len(own) * per,
            )
        )
    return pd.DataFrame(
        rows, columns=["decade", "contacts", "firm", "hidden", "sources", "claims", "a_hundred"]
    )
