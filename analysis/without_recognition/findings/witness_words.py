"""The numbers of the chapter on who says so, as the prose shows them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from without_recognition.data.dataset import History, records
from without_recognition.data.number_words import spelled
from without_recognition.evidence import FIRM, graded
from without_recognition.findings import witness
from without_recognition.findings.tables import Words, cached, contacts
from without_recognition.findings.words import NONE, count, out_of


def _row(h: History, measure: str, by: str, group: str) -> pd.Series:
    make = getattr(witness, measure)
    return cached(h, f"{measure} {by}", lambda: make(h, by=by)).set_index("group").loc[group]


def _echo(by: str, group: str) -> Words:
    return lambda h: f"{_row(h, 'echo', by, group)['echo']:.1f}"


def _share(measure: str, by: str, group: str) -> Words:
    """'19 of 36': firm or anonymous ones of the events of a group."""

    def words(h: History) -> str:
        r = _row(h, measure, by, group)
        return out_of(int(r[measure]), int(r["n"]))

    return words


def _cell(measure: str, by: str, group: str, column: str) -> Words:
    return lambda h: count(int(_row(h, measure, by, group)[column]))


def _claims(*bases: str) -> Words:
    def words(h: History) -> str:
        found = graded(h).claims["basis"].isin(bases)
        return f"{100 * found.sum() / max(1, len(found)):.0f} per cent"

    return words


def _lines(side: str, channel: str = "") -> Words:
    def words(h: History) -> str:
        t = cached(h, "origins", lambda: witness.origins(h))
        t = t[t["channel"] == channel] if channel else t
        return out_of(int(t.loc[t["side"] == side, "lines"].sum()), int(t["lines"].sum()))

    return words


def _letter(letter: str) -> Words:
    def words(h: History) -> str:
        r = cached(h, "reliability", lambda: witness.reliability(h)).set_index("letter").loc[letter]
        return f"{100 * r['share']:.0f} per cent of {int(r['told'])}"

    return words


def _hardening(field: str) -> Words:
    def words(h: History) -> str:
        return spelled(getattr(cached(h, "hardening", lambda: witness.hardening(h)), field), NONE)

    return words


def _without(h: History) -> pd.DataFrame:
    return cached(h, "without", lambda: witness.without(h))


def _alone(h: History, decade: str = "") -> pd.DataFrame:
    """Contacts that only the most prolific author tells."""
    t, gone = contacts(h), _without(h)
    t = t[t["decade"] == decade] if decade else t
    return t[t.index.isin(gone.index[gone["without"] == witness.UNTOLD])]


def _authors(h: History) -> pd.DataFrame:
    return cached(h, "prolific", lambda: witness.prolific(h))


def _author(h: History, column: str) -> Any:
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
    "echo": _echo("", "all"),
    **{
        f"echo-{group}": _echo("channel", group)
        for group in ("intelligence", "military", "diplomatic", "statement")
    },
    "intelligence-mentions": _cell("echo", "channel", "intelligence", "mentions"),
    "intelligence-lines": _cell("echo", "channel", "intelligence", "lines"),
    **{f"echo-{group}": _echo("decade", group) for group in ("1980s", "2020s")},
    **{
        f"firm-{group}": _share("firm", "channel", group)
        for group in ("intelligence", "people_to_people", "diplomatic", "media", "military")
    },
    **{f"firm-{group}": _share("firm", "decade", group) for group in ("1990s", "2020s")},
    "anonymous": _share("anonymous", "", "all"),
    "anonymous-only": _cell("anonymous", "", "all", "only"),
    "anonymous-diplomatic": _share("anonymous", "channel", "diplomatic"),
    "claims-anonymous": _claims("anonymous"),
    "claims-hearsay": _claims("hearsay", "inference"),
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
    "author-sources": lambda h: count(int(_author(h, "sources"))),
    "author-second": lambda h: count(int(_authors(h).iloc[1]["claims"])),
    "author-events": lambda h: count(len(_without(h))),
    "author-alone": lambda h: out_of(int((_without(h)["without"] == witness.UNTOLD).sum()), len(_without(h))),
    "author-alone-firm": lambda h: out_of(
        int(((_without(h)["without"] == witness.UNTOLD) & _without(h)["grade"].isin(FIRM)).sum()),
        int((_without(h)["without"] == witness.UNTOLD).sum()),
    ),
    "author-lowered": lambda h: count(
        int(
            (
                (_without(h)["without"] != witness.UNTOLD) & (_without(h)["without"] != _without(h)["grade"])
            ).sum()
        )
    ),
    "author-unchanged": lambda h: count(int((_without(h)["without"] == _without(h)["grade"]).sum())),
    "author-contacts": lambda h: out_of(len(_alone(h)), len(contacts(h))),
    "author-contacts-1990s": lambda h: out_of(
        len(_alone(h, "1990s")), int((contacts(h)["decade"] == "1990s").sum())
    ),
    "author-firm-lost": lambda h: count(
        int((_without(h)["grade"].isin(FIRM) & ~_without(h)["without"].isin(FIRM)).sum())
    ),
}
