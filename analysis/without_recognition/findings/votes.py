"""Votes and comparisons: Pakistan in the General Assembly and beside the other states of the OIC.

Every measure takes the series it reads (default: the book's), so that it can be tried on a miniature.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from without_recognition.data import series
from without_recognition.data.dataset import column_cells, records

EARLY, MIDDLE, LATE = 1949, 1970, 1990  #: first years of the periods of un-subjects
LAST = {
    EARLY: MIDDLE - 1,
    LATE: 2019,
    2020: 2025,
}  #: first year of a period that the chapter tells of -> its last
#: Drawn around events that everybody knows, so they describe and test nothing.
WINDOWS = (
    (1949, 1971),
    (1972, 1974),
    (1975, 1990),
    (1991, 1995),
    (1996, 1999),
    (2000, 2004),
    (2005, 2019),
    (2020, 2026),
)
SUBJECTS = {
    "middle_east": "the Middle East",
    "southern_africa": "southern Africa and race",
    "cold_war": "the Cold War",
    "colonies": "colonies",
    "arms": "arms",
    "economy_and_rights": "economy and rights",
    "other": "everything else",
}


# --- the General Assembly -----------------------------------------------------------------------
def governments(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """un-governments with `share` (0 to 1) of the votes cast with the Arab majority."""
    t = series.read("un-governments") if table is None else table
    return _shares(t, "with_arabs", "n_arab")


def by_kind(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Votes with the Arab majority under civilian, military and caretaker governments: kind, n_arab,
    with_arabs, share.
    """
    t = series.read("un-governments") if table is None else table
    return _shares(t.groupby("kind")[["n_arab", "with_arabs"]].sum().reset_index(), "with_arabs", "n_arab")


def unbroken(table: pd.DataFrame | None = None, departures: pd.DataFrame | None = None) -> int:
    """Votes with the Arab majority in a row under every government after the last departure."""
    t = series.read("un-governments") if table is None else table
    left = series.read("un-departures") if departures is None else departures
    last = max(int(m[:4]) for m in left["month"])
    return int(t.loc[t["first"] > last, "n_arab"].sum())


def peers(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """un-with-arabs with `share` (0 to 1)."""
    return _shares(series.read("un-with-arabs") if table is None else table, "with_arabs", "n_votes")


def subjects(table: pd.DataFrame | None = None, country: str = "ISR") -> pd.DataFrame:
    """un-subjects of one country with `share` (0 to 1) of the votes alike."""
    t = series.read("un-subjects") if table is None else table
    return _shares(t[t["country"] == country], "alike", "n_votes")


def _shares(t: pd.DataFrame, above: str, below: str) -> pd.DataFrame:
    return t.assign(share=t[above] / t[below].where(t[below] > 0)).reset_index(drop=True)


def pooled(
    first: int,
    last: int,
    scope: str = "other",
    country: str = "ISR",
    table: pd.DataFrame | None = None,
    without: tuple[int, ...] = (),
) -> tuple[int, int]:
    """(votes alike, votes) of Pakistan and another state over years, some left out."""
    t = series.agreement() if table is None else table
    columns = (column_cells(t, c) for c in ("country", "scope", "year", "agree_pct", "n_votes"))
    own = [
        (share / 100 * n, n)
        for other, about, year, share, n in zip(*columns)
        if (other, about) == (country, scope) and first <= year <= last and year not in without
    ]
    return round(sum(alike for alike, _ in own)), sum(n for _, n in own)


def decompose(
    first: int, last: int, table: pd.DataFrame | None = None, country: str = "ISR"
) -> dict[str, float]:
    """The change of agreement between two periods of un-subjects, in points of share, taken apart (Kitagawa).

    `mix` is what the change in the mixture of subjects accounts for at average rates, `rates` what changed
    within the subjects at the average mixture; they add up to `change`. Within a subject the kind of text put
    to a vote changed too, and that counts as `rates`.
    """
    t = subjects(table, country).set_index(["first", "subject"])
    a, b = t.loc[first], t.loc[last]
    w = [p["n_votes"] / p["n_votes"].sum() for p in (a, b)]
    r = [p["share"].fillna(0) for p in (a, b)]
    mix = float(((w[1] - w[0]) * (r[0] + r[1]) / 2).sum())
    rates = float(((r[1] - r[0]) * (w[0] + w[1]) / 2).sum())
    return {
        "before": float((w[0] * r[0]).sum()),
        "after": float((w[1] * r[1]).sum()),
        "change": mix + rates,
        "mix": mix,
        "rates": rates,
    }


def ideal_gap(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Five-year ideal points of PAK and ISR side by side: from, pak, isr, gap, overlap (bounds touch)."""
    t = series.read("un-ideal-points") if table is None else table
    a, b = (
        t[t["country"] == c].set_index("from")[["point", "low", "high"]].astype(float) for c in ("PAK", "ISR")
    )
    both = a.add_suffix("_pak").join(b.add_suffix("_isr"), how="inner").reset_index()
    return both.assign(
        gap=both["point_isr"] - both["point_pak"],
        overlap=(both["high_pak"] >= both["low_isr"]) & (both["high_isr"] >= both["low_pak"]),
    )


def overlapping(table: pd.DataFrame | None = None) -> list[int]:
    """The five-year periods in which the bounds of the two touch."""
    t = ideal_gap(table)
    found: list[int] = t.loc[t["overlap"], "from"].tolist()
    return found


# --- the OIC ------------------------------------------------------------------------------------
def spells(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """oic-relations with integer `start` and `end` (9999: it stands)."""
    t = series.read("oic-relations") if table is None else table
    return t.assign(
        start=t["start_year"].astype(int), end=t["end_year"].astype(str).replace("", "9999").astype(int)
    )


def hazards(
    members: pd.DataFrame | None = None,
    relations: pd.DataFrame | None = None,
    windows: Sequence[tuple[int, int]] = WINDOWS,
) -> pd.DataFrame:
    """Full relations with Israel begun and broken by states of the OIC of today, by window of years.

    At risk of breaking in a year: who had relations when it began. At risk of beginning: who was in the
    United Nations by then and had none. Columns: kind (begin, break), first, last, events, state_years, rate
    (events in 100 state-years), states.
    """
    m = series.read("oic-members") if members is None else members
    full = [r for r in records(spells(relations)) if r["type"] == "full"]
    admitted = {i: int(y) for i, y in zip(m["iso3"], m["un_admission"]) if str(y)}
    rows = []
    for kind, year_of in (("begin", "start"), ("break", "end")):
        for first, last in windows:
            at_risk, who = 0, []
            for year in range(first, last + 1):
                related = {r["iso3"] for r in full if int(r["start"]) < year <= int(r["end"])}
                free = {i for i, y in admitted.items() if y <= year} - related
                at_risk += len(related if kind == "break" else free)
                who += sorted(r["country"] for r in full if int(r[year_of]) == year)
            rows.append(
                (
                    kind,
                    first,
                    last,
                    len(who),
                    at_risk,
                    100 * len(who) / at_risk if at_risk else float("nan"),
                    ", ".join(who),
                )
            )
    return pd.DataFrame(rows, columns=["kind", "first", "last", "events", "state_years", "rate", "states"])


def brought(members: pd.DataFrame | None = None, relations: pd.DataFrame | None = None) -> list[str]:
    """States that have full relations with Israel and had them before they joined the OIC, or that year."""
    m = series.read("oic-members") if members is None else members
    joined = dict(zip(m["iso3"], m["oic_accession"].astype(int)))
    s = spells(relations)
    return sorted(
        r.country
        for r in s[(s["type"] == "full") & (s["end"] == 9999)].itertuples()
        if r.start <= joined[r.iso3]
    )


def standing(members: pd.DataFrame | None = None, relations: pd.DataFrame | None = None) -> dict[str, int]:
    """Members of the OIC: all, related (full relations now), ever (full at some time), lesser (offices only),
    never.
    """
    m = series.read("oic-members") if members is None else members
    s = spells(relations)
    full = set(s.loc[s["type"] == "full", "iso3"])
    now = set(s.loc[(s["type"] == "full") & (s["end"] == 9999), "iso3"])
    lesser = set(s["iso3"]) - full
    return {
        "all": len(m),
        "related": len(now),
        "ever": len(full),
        "lesser": len(lesser),
        "never": len(m) - len(full | lesser),
    }


# --- events in the news, and the record of states -----------------------------------------------
def peak(country: str = "PAK", table: pd.DataFrame | None = None, kind: str = "talk") -> dict[str, float]:
    """The year with most events of a kind with Israel: year, count, share of all years, median of the other
    years.
    """
    t = series.read("event-counts") if table is None else table
    t = t[t["country"] == country].set_index("year")[kind]
    year = int(t.idxmax())
    return {
        "year": year,
        "count": int(t[year]),
        "share": t[year] / t.sum(),
        "others": float(t.drop(year).median()),
    }


def record(measure: str, country: str, table: pd.DataFrame | None = None) -> float:
    """One value of the bilateral record with Israel. Raises KeyError where it is not covered."""
    t = series.read("bilateral") if table is None else table
    return float(t.set_index(["measure", "country"]).at[(measure, country), "value"])
