"""Who says so: echo, unnamed informants, whose word carries what, hardening, reliability, one prolific
author.

Every measure takes a History (narrowed or not) and the Rules; tidy DataFrames out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from without_recognition import evidence
from without_recognition.data import dates
from without_recognition.data.dataset import History, by_key
from without_recognition.evidence import FIRM, GRADES, Rules, Testimony
from without_recognition.evidence.independence import independent
from without_recognition.evidence.rules import BASES
from without_recognition.findings.contact import decade

UNTOLD = "untold"  #: an event of which nobody else tells
STRENGTH = tuple(BASES)
LETTERS = "ABCDEF"


def occurrences(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """The graded events that somebody affirms, with grade, lines, mentions, channel, decade ("" if perhaps two)."""
    found = evidence.events(evidence.graded(history), rules)
    found = found[found["mentions"] > 0]
    return found.assign(decade=[decade(dates.parse(d)) for d in found["date"]])


# --- echo ---------------------------------------------------------------------------------------
def echo(history: History, rules: Rules | None = None, *, by: str = "") -> pd.DataFrame:
    """Mentions a line (sums over events), by channel, decade or "" (all).

    Columns: group, events, mentions, lines, echo. Groups without any line are left out.
    """
    found = occurrences(history, rules)
    groups = [("all", found)] if not by else [(n, g) for n, g in found.groupby(by) if n]
    rows = [
        (
            name,
            len(g),
            int(g["mentions"].sum()),
            int(g["lines"].sum()),
            g["mentions"].sum() / g["lines"].sum(),
        )
        for name, g in groups
        if g["lines"].sum()
    ]
    return pd.DataFrame(rows, columns=["group", "events", "mentions", "lines", "echo"])


def firm(history: History, rules: Rules | None = None, *, by: str) -> pd.DataFrame:
    """Share of events that are documented or corroborated, by channel or decade: group, n, firm, share."""
    return _share(occurrences(history, rules), by, lambda g: g["grade"].isin(FIRM), "firm")


# --- unnamed informants -------------------------------------------------------------------------
def anonymous(history: History, rules: Rules | None = None, *, by: str = "") -> pd.DataFrame:
    """Share of the events for which an unnamed informant is among the witnesses, or the only one.

    Of events with at least one line. Columns: group, n, anonymous, share, only (unnamed informants alone).
    """
    w, found = evidence.weigh(history, rules), occurrences(history, rules)
    found = found[found["lines"] > 0]
    bases = {
        e: {r.basis for r in w.rows[e, "occurrence", "", ""]["affirms"] if r.counts} for e in found.index
    }
    found = found.assign(
        any=["anonymous" in bases[e] for e in found.index],
        only=[bases[e] == {"anonymous"} for e in found.index],
    )
    out = _share(found, by, lambda g: g["any"], "anonymous")
    groups = {"all": found} if not by else dict(list(found.groupby(by)))
    return out.assign(only=[int(groups[g]["only"].sum()) for g in out["group"]])


def _share(
    found: pd.DataFrame, by: str, test: Callable[[pd.DataFrame], pd.Series], name: str
) -> pd.DataFrame:
    groups = [("all", found)] if not by else [(n, g) for n, g in found.groupby(by) if n]
    rows = []
    for group, g in groups:
        hits = int(test(g).sum())
        rows.append((group, len(g), hits, hits / len(g) if len(g) else 0.0))
    return pd.DataFrame(rows, columns=["group", "n", name, "share"])


# --- whose word ---------------------------------------------------------------------------------
def origins(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """Lines that affirm an occurrence, by channel and side of the witness: channel, side, lines, events,
    share.

    `share` is that side's part of the channel's lines.
    """
    w, found = evidence.weigh(history, rules), occurrences(history, rules)
    rows = []
    for e in found.index:
        counting = [r for r in w.rows[e, "occurrence", "", ""]["affirms"] if r.counts]
        sides = {r.key: r.side for r in sorted(counting, key=lambda r: r.side, reverse=True)}
        rows += [(e, found.at[e, "channel"], key, sides[key]) for key in sorted(independent(counting))]
    t = pd.DataFrame(rows, columns=["event_id", "channel", "key", "side"])
    t = (
        t.groupby(["channel", "side"])
        .agg(lines=("key", "size"), events=("event_id", "nunique"))
        .reset_index()
    )
    return t.assign(share=t["lines"] / t.groupby("channel")["lines"].transform("sum"))


# --- hardening ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Hardening:
    """What can be compared when a claim is relayed."""

    relays: int  #: claims that relay another source
    unread: int  #: of them, those whose origin we did not read
    compared: int  #: those of which we have the origin's own claim on the same proposition
    other_stance: int  #: compared, where the origin doubts or denies what the relay affirms, or the reverse
    firmer: int  #: compared, where the relay was coded as knowing better than its origin
    weaker: int  #: compared, where it was coded as knowing worse


def hardening(history: History, rules: Rules | None = None) -> Hardening:
    """Whether a claim on a graded event became firmer on the way, as far as the coding can tell.

    By the codebook a relay keeps the basis of the word it passes on, so `firmer` cannot be large by
    construction.
    """
    w, claims = evidence.weigh(history, rules), evidence.graded(history).claims
    relays = claims[claims["origin"] != "self"]
    seen = history.whole.sources["seen"]
    unread = compared = other = firmer = weaker = 0
    for claim_id, c in by_key(relays).items():
        source = w.claims[c["origin"]]["source_id"] if c["origin"] in w.claims else c["origin"]
        unread += seen[source] == "cited_only"
        p = (c["event_id"], c["aspect"], c["of"], c["value"])
        above = [
            w.claims[r.claim_id]
            for rows in w.rows[p].values()
            for r in rows
            if r.source_id == source and r.claim_id != claim_id
        ]
        if not above:
            continue
        compared += 1
        other += all(a["stance"] != c["stance"] for a in above)
        best = min(STRENGTH.index(a["basis"]) for a in above)
        firmer += STRENGTH.index(c["basis"]) < best
        weaker += STRENGTH.index(c["basis"]) > best
    return Hardening(len(relays), unread, compared, other, firmer, weaker)


# --- reliability --------------------------------------------------------------------------------
def regraded(history: History, drop: Callable[[Testimony], bool], rules: Rules | None = None) -> pd.Series:
    """The grade of every event's occurrence without the rows that `drop` names; UNTOLD where none is left."""
    w, out = evidence.weigh(history, rules), {}
    for event_id in occurrences(history, rules).index:
        left = [r for r in w.rows[event_id, "occurrence", "", ""]["affirms"] if not drop(r)]
        out[event_id] = evidence.grade(left, frozenset(w.sides[event_id]), w.rules)[0] if left else UNTOLD
    return pd.Series(out, dtype=object)


def reliability(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """The letter we gave a source against how the rest of the evidence grades what it tells.

    One row a letter: letter, tellings (source and event), told (by others too), firm (documented or
    corroborated without this source), share of told. A source's own word never confirms itself.
    """
    w, found = evidence.weigh(history, rules), occurrences(history, rules)
    count = {letter: [0, 0, 0] for letter in LETTERS}
    for event_id in found.index:
        rows = w.rows[event_id, "occurrence", "", ""]["affirms"]
        for source in sorted({r.source_id for r in rows}):
            left = [r for r in rows if source not in (r.source_id, r.root)]
            tally = count[w.sources[source]["reliability"]]
            tally[0] += 1
            tally[1] += bool(left)
            tally[2] += bool(left) and evidence.grade(left, frozenset(w.sides[event_id]), w.rules)[0] in FIRM
    return pd.DataFrame(
        [(letter, *n, n[2] / n[1] if n[1] else 0.0) for letter, n in count.items() if n[0]],
        columns=["letter", "tellings", "told", "firm", "share"],
    )


# --- one author ---------------------------------------------------------------------------------
def hand(source: dict[str, str]) -> str:
    """Whose voice a source is: the group of sources that are one witness, else the author, else ''."""
    return source["independence_group"] or source["author"]


def prolific(history: History) -> pd.DataFrame:
    """Hands by number of claims on graded events: hand, sources, claims, share of all such claims; most
    first, unsigned sources left out.
    """
    told = evidence.graded(history)
    hands = pd.Series({s: hand(row) for s, row in by_key(told.sources).items()}, dtype=object)
    by = told.claims["source_id"].map(hands)
    t = pd.DataFrame({"hand": by, "source": told.claims["source_id"]})[by.fillna("") != ""]
    t = t.groupby("hand").agg(sources=("source", "nunique"), claims=("source", "size")).reset_index()
    return t.assign(share=t["claims"] / max(len(told.claims), 1)).sort_values(
        ["claims", "hand"], ascending=[False, True]
    )


def without(history: History, name: str = "", rules: Rules | None = None) -> pd.DataFrame:
    """Events that one hand tells (the most prolific by default), with their grades with and without it.

    Rows whose source or whose root is of that hand go. Columns: title, channel, grade, without (UNTOLD where
    nobody else tells of it); indexed by event_id. Of a History without signed sources, empty.
    """
    ranked = prolific(history)
    name = name or (ranked["hand"].iloc[0] if len(ranked) else "")
    mine = {s for s, row in by_key(history.whole.sources).items() if name and hand(row) == name}

    def his(row: Testimony) -> bool:
        return bool({row.source_id, row.root} & mine)

    w, found = evidence.weigh(history, rules), occurrences(history, rules)
    told = [e for e in found.index if any(his(r) for r in w.rows[e, "occurrence", "", ""]["affirms"])]
    return found.loc[told, ["title", "channel", "grade"]].assign(
        without=regraded(history, his, rules).reindex(told)
    )


def moves(history: History, name: str = "", rules: Rules | None = None) -> pd.DataFrame:
    """How many events keep or lose which grade without one hand: grade, without, events; every pair that
    occurs.
    """
    t = without(history, name, rules).groupby(["grade", "without"]).size().rename("events").reset_index()
    order = {g: n for n, g in enumerate((*GRADES, UNTOLD))}
    return t.sort_values(["grade", "without"], key=lambda c: c.map(order)).reset_index(drop=True)
