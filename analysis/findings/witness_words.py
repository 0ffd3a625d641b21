"""The numbers of the chapter on who says so, as the prose shows them."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import History, records
from analysis.evidence import FIRM
from analysis.findings import witness
from analysis.findings.tables import Words, cached, contacts, part
from analysis.findings.words import count, of, percent, ratio


def _table(measure: str, by: str, group: str) -> Words:
    """Words of one row of a witness table: echo, anonymous or firm."""

    def words(h: History) -> str:
        make = getattr(witness, measure)
        t = cached(h, f"{measure} {by}", lambda: make(h, by=by)).set_index("group")
        r = t.loc[group]
        if measure == "echo":
            return ratio(r["echo"], r["low"], r["high"], int(r["events"]))
        return percent(r["share"], r["low"], r["high"], int(r["n"]))

    return words


def _cell(measure: str, by: str, group: str, column: str) -> Words:
    def words(h: History) -> str:
        make = getattr(witness, measure)
        return count(
            int(cached(h, f"{measure} {by}", lambda: make(h, by=by)).set_index("group").at[group, column])
        )

    return words


def _lines(side: str, channel: str = "") -> Words:
    def words(h: History) -> str:
        t = cached(h, "origins", lambda: witness.origins(h))
        t = t[t["channel"] == channel] if channel else t
        return of(int(t.loc[t["side"] == side, "lines"].sum()), int(t["lines"].sum()))

    return words


def _letter(letter: str) -> Words:
    def words(h: History) -> str:
        r = cached(h, "reliability", lambda: witness.reliability(h)).set_index("letter").loc[letter]
        return percent(r["share"], r["low"], r["high"], int(r["told"]))

    return words


def _hardening(field: str) -> Words:
    return lambda h: count(getattr(cached(h, "hardening", lambda: witness.hardening(h)), field))


def _without(h: History) -> pd.DataFrame:
    return cached(h, "without", lambda: witness.without(h))


def _alone(h: History, decade: str = "") -> pd.DataFrame:
    """Contacts that only the most prolific author tells."""
    t, gone = contacts(h), _without(h)
    t = t[t["decade"] == decade] if decade else t
    return t[t.index.isin(gone.index[gone["without"] == witness.UNTOLD])]


def _authors(h: History) -> pd.DataFrame:
    return cached(h, "prolific", lambda: witness.prolific(h))


def _author(h: History, column: str):
    return _authors(h).iloc[0][column]


def _author_name(h: History) -> str:
    """The name, given name first, of the hand with most claims."""
    name = _author(h, "hand")
    sources = h.sources[[witness.hand(s) == name for s in records(h.sources)]]
    family, _, given = sources["author"][sources["author"] != ""].value_counts().index[0].partition(", ")
    return f"{given} {family}".strip()


NUMBERS: dict[str, Words] = {
    "mentions": _cell("echo", "", "all", "mentions"),
    "lines": _cell("echo", "", "all", "lines"),
    "events-told": _cell("echo", "", "all", "events"),
    "echo": _table("echo", "", "all"),
    **{
        f"echo-{group}": _table("echo", "channel", group)
        for group in ("intelligence", "military", "diplomatic", "statement", "media")
    },
    "intelligence-mentions": _cell("echo", "channel", "intelligence", "mentions"),
    "intelligence-lines": _cell("echo", "channel", "intelligence", "lines"),
    **{f"echo-{group}": _table("echo", "decade", group) for group in ("1980s", "1990s", "2020s")},
    **{
        f"firm-{group}": _table("firm", "channel", group)
        for group in ("intelligence", "people_to_people", "diplomatic", "media", "military")
    },
    **{f"firm-{group}": _table("firm", "decade", group) for group in ("1980s", "1990s", "2000s", "2020s")},
    "anonymous": _table("anonymous", "", "all"),
    "anonymous-only": _cell("anonymous", "", "all", "only"),
    "anonymous-diplomatic": _table("anonymous", "channel", "diplomatic"),
    "claims-anonymous": lambda h: part(h, h.claims["basis"] == "anonymous"),
    "claims-hearsay": lambda h: part(h, h.claims["basis"].isin(["hearsay", "inference"])),
    "lines-pakistani": _lines("pakistani"),
    "lines-israeli": _lines("israeli"),
    "lines-american": _lines("american"),
    "lines-pakistani-diplomatic": _lines("pakistani", "diplomatic"),
    "lines-israeli-diplomatic": _lines("israeli", "diplomatic"),
    "lines-pakistani-military": _lines("pakistani", "military"),
    "lines-israeli-military": _lines("israeli", "military"),
    "lines-american-people": _lines("american", "people_to_people"),
    **{
        f"relays{'-' + f if f != 'relays' else ''}": _hardening(f)
        for f in ("relays", "unread", "compared", "other_stance", "firmer", "weaker")
    },
    **{f"letter-{x.lower()}": _letter(x) for x in "ABCDE"},
    "author": _author_name,
    "author-claims": lambda h: count(int(_author(h, "claims"))),
    "author-share": lambda h: f"{100 * _author(h, 'share'):.0f} per cent",
    "author-sources": lambda h: count(int(_author(h, "sources"))),
    "author-second": lambda h: count(int(_authors(h).iloc[1]["claims"])),
    "author-events": lambda h: count(len(_without(h))),
    "author-alone": lambda h: of(int((_without(h)["without"] == witness.UNTOLD).sum()), len(_without(h))),
    "author-alone-count": lambda h: count(int((_without(h)["without"] == witness.UNTOLD).sum())),
    "author-alone-firm": lambda h: count(
        int(((_without(h)["without"] == witness.UNTOLD) & _without(h)["grade"].isin(FIRM)).sum())
    ),
    "author-lowered": lambda h: count(
        int(
            (
                (_without(h)["without"] != witness.UNTOLD) & (_without(h)["without"] != _without(h)["grade"])
            ).sum()
        )
    ),
    "author-unchanged": lambda h: count(int((_without(h)["without"] == _without(h)["grade"]).sum())),
    "author-contacts": lambda h: of(len(_alone(h)), len(contacts(h))),
    "author-contacts-1990s": lambda h: of(
        len(_alone(h, "1990s")), int((contacts(h)["decade"] == "1990s").sum())
    ),
    "author-firm-lost": lambda h: count(
        int((_without(h)["grade"].isin(FIRM) & ~_without(h)["without"].isin(FIRM)).sum())
    ),
}
