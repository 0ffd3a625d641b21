"""The headline findings that come from the series: each yields family, label and value, first of the full data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from without_recognition.data import series
from without_recognition.findings import votes
from without_recognition.findings.words import count

Run = tuple[str, str, float]  #: family, label, value


def _left_out(values: Mapping[str, float]) -> Iterator[Run]:
    """What each that is left out leaves; those that leave the same number stand together as one recomputation.

    >>> list(_left_out({"1951": 0.5, "1952": 0.25, "1953": 0.5}))
    [('left out', '1951 or any of one more', 0.5), ('left out', '1952', 0.25)]
    """
    alike: dict[float, list[str]] = {}
    for name, value in values.items():
        alike.setdefault(round(value, 12), []).append(name)
    for (first, *more), value in zip(alike.values(), alike):
        yield "left out", f"{first} or any of {count(len(more))} more" if more else first, value


def _fall(**changed: Any) -> float:
    early = votes.pooled(
        changed.get("early", 1949), changed.get("mid", 1969), without=changed.get("without", ())
    )
    late = votes.pooled(
        changed.get("late", 1990), changed.get("last", 2019), without=changed.get("without", ())
    )
    return early[0] / early[1] - late[0] / late[1]


def agreement_fell() -> Iterator[Run]:
    """By how much Pakistan and Israel agreed less outside the Middle East, 1990-2019 against 1949-1969."""
    yield "", "", _fall()
    yield from _left_out({str(y): _fall(without=(y,)) for y in (*range(1949, 1970), *range(1990, 2020))})
    yield "other definition", "1949-1964 against 1990-2019", _fall(mid=1964)
    yield "other definition", "1949-1969 against 2005-2025", _fall(late=2005, last=2025)


def within_subjects() -> Iterator[Run]:
    """Part of that fall which lies within the subjects and not in their mixture; above 1 the mixture worked
    against it.
    """
    t = series.read("un-subjects").query("subject != 'middle_east'")

    def part(table: pd.DataFrame, first: int = votes.EARLY) -> float:
        d = votes.decompose(first, votes.LATE, table)
        return d["rates"] / d["change"]

    yield "", "", part(t)
    yield from _left_out({votes.SUBJECTS[s]: part(t[t["subject"] != s]) for s in sorted(set(t["subject"]))})
    yield "other definition", "from 1970-1989", part(t, votes.MIDDLE)
    yield "other definition", "the Middle East counted in", part(series.read("un-subjects"))


def unison() -> Iterator[Run]:
    """Share of Pakistan's votes on the Middle East cast with the Arab majority."""
    t = series.read("un-governments")
    share: Callable[[pd.DataFrame], float] = lambda rows: rows["with_arabs"].sum() / rows["n_arab"].sum()  # noqa: E731
    yield "", "", share(t)
    yield from _left_out({name: share(t[t["government"] != name]) for name in t["government"]})
    for kind in ("civilian", "military"):
        yield "other definition", f"{kind} governments only", share(t[t["kind"] == kind])
    yield "other definition", "before 1970 only", share(t[t["last"] < 1970])


def oic_share() -> Iterator[Run]:
    """Share of the members of the OIC that have full relations with Israel."""
    s = votes.standing()
    now = set(votes.spells().query("type == 'full' and end == 9999")["country"])
    yield "", "", s["related"] / s["all"]
    yield from _left_out(dict.fromkeys(sorted(now), (s["related"] - 1) / (s["all"] - 1)))
    recalled = {"Jordan", "Turkey"} & now
    yield (
        "other definition",
        "Jordan and Turkey, whose ambassadors were recalled, counted as without",
        (s["related"] - len(recalled)) / s["all"],
    )
    yield "other definition", "offices counted as relations", (s["related"] + _offices()) / s["all"]


def _offices() -> int:
    t = votes.spells()
    now = t[t["end"] == 9999]
    return len(set(now.loc[now["type"] == "lesser", "iso3"]) - set(now.loc[now["type"] == "full", "iso3"]))


def breaks_bunch() -> Iterator[Run]:
    """Share of all breaks of relations with Israel by OIC states that fell in 1972-1974."""
    full = votes.spells().query("type == 'full' and end < 9999")
    share: Callable[..., float] = lambda rows, a=1972, b=1974: float(rows["end"].between(a, b).mean())  # noqa: E731
    yield "", "", share(full)
    yield from _left_out(
        {
            f"{country}, {end}": share(full.drop(place))
            for place, country, end in zip(full.index, full["country"], full["end"])
        }
    )
    yield "other definition", "1973 only", share(full, 1973, 1973)
    yield "other definition", "1971-1975", share(full, 1971, 1975)


def news_peak() -> Iterator[Run]:
    """Talk of Pakistan and Israel in the news of 2005 against the median of the other years."""
    t = series.read("event-counts")
    t = t[t["country"] == "PAK"].set_index("year")
    kinds = ["talk", "deeds", "harsh_words", "clashes"]
    ratio: Callable[[pd.Series], float] = lambda counts: float(counts[2005] / counts.drop(2005).median())  # noqa: E731
    yield "", "", ratio(t["talk"])
    yield from _left_out({str(year): ratio(t["talk"].drop(year)) for year in t.index.drop(2005)})
    yield "other definition", "all kinds of events", ratio(t[kinds].sum(axis=1))
    yield (
        "other definition",
        "against the next highest year",
        float(t.at[2005, "talk"] / t["talk"].drop(2005).max()),
    )
