"""The General Debate: what Pakistan and Israel said of each other, year by year, and how often others name Israel.

Every measure takes the series it reads (default: the book's), so that it can be tried on a miniature. Counts are
of speeches read whole unless it says otherwise.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import pandas as pd

from without_recognition.data import series

NAMES, SPEAKS, SILENT = "names", "speaks", "silent"  #: what a speech does
PLACE_UNSEEN, NO_TEXT = "place not seen", "no text"
PAIR = ("PAK", "ISR")
COMPARED = ("PAK", "TUR", "EGY", "SAU", "IRN", "IND", "ALL")


def speeches(table: pd.DataFrame | None = None, *, whole: bool = True) -> pd.DataFrame:
    """general-debate with `kind`, one row a speech: names the other; speaks (of Palestine, Zionism or Jews,
    Pakistan only, without naming Israel); silent; or place not seen, in an excerpt. `whole`: only texts read whole.
    """
    t = series.read("general-debate") if table is None else table
    kinds = [_kind(*row) for row in zip(t["names_other"], t["speaks_of_palestine"])]
    t = t.assign(kind=kinds, decade=t["year"] // 10 * 10)
    return (t[t["read"] == "full"] if whole else t).reset_index(drop=True)


def _kind(names: str, speaks: str) -> str:
    if names == "yes":
        return NAMES
    if speaks == "yes":
        return SPEAKS
    return SILENT if names == "no" else PLACE_UNSEEN


def _of(country: str, table: pd.DataFrame | None) -> pd.DataFrame:
    t = speeches(table)
    return t[t["country"] == country].sort_values("year")


def years(country: str, kind: str, table: pd.DataFrame | None = None) -> list[int]:
    """The years in which a speech of `country` is of that kind."""
    t = _of(country, table)
    found: list[int] = t.loc[t["kind"] == kind, "year"].to_list()
    return found


def calendar(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every year of both states from the first speech to the last: country, year, kind (`no text` where there is
    none), read ("" there), recognition, event_id. Excerpts too.
    """
    t = speeches(table, whole=False)
    span = pd.MultiIndex.from_product(
        [PAIR, range(t["year"].min(), t["year"].max() + 1)], names=["country", "year"]
    )
    columns = ["kind", "read", "recognition", "event_id"]
    found = t.set_index(["country", "year"])[columns].reindex(span)
    return found.fillna({"kind": NO_TEXT, "read": "", "recognition": "none", "event_id": ""}).reset_index()


def runs(country: str, kinds: set[str], table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Unbroken runs of years whose speeches are of these kinds: first, last, years; the longest first, then the
    oldest. A year without a text breaks a run.
    """
    held = [y for kind in kinds for y in years(country, kind, table)]
    rows = []
    for _, group in groupby(enumerate(sorted(held)), lambda pair: pair[1] - pair[0]):
        run = [year for _, year in group]
        rows.append((run[0], run[-1], len(run)))
    t = pd.DataFrame(rows, columns=["first", "last", "years"])
    return t.sort_values(["years", "first"], ascending=[False, True]).reset_index(drop=True)


def recognition(country: str = "PAK", table: pd.DataFrame | None = None) -> pd.DataFrame:
    """The speeches that say anything of recognition or of a right to exist: year, recognition, event_id."""
    t = _of(country, table)
    return t.loc[t["recognition"] != "none", ["year", "recognition", "event_id"]].reset_index(drop=True)


def listed(column: str, slug: str, table: pd.DataFrame | None = None, country: str = "PAK") -> list[int]:
    """The years in which a speech has `slug` in one of the list columns: terms, condition, demands."""
    t = _of(country, table)
    return [y for y, cell in zip(t["year"], t[column]) if slug in cell.split("; ")]


def terms(table: pd.DataFrame | None = None, country: str = "PAK") -> pd.DataFrame:
    """The words used for the other, by decade: decade, term, speeches; the commonest of a decade first."""
    t = _of(country, table)
    used = Counter(
        (decade, term) for decade, cell in zip(t["decade"], t["terms"]) for term in cell.split("; ") if term
    )
    rows = [(decade, term, n) for (decade, term), n in used.items()]
    out = pd.DataFrame(rows, columns=["decade", "term", "speeches"])
    return out.sort_values(["decade", "speeches", "term"], ascending=[True, False, True]).reset_index(
        drop=True
    )


def tones(table: pd.DataFrame | None = None) -> pd.Series:
    """How many of Pakistan's speeches that are not silent are neutral, critical or a denunciation."""
    t = _of("PAK", table)
    return t.loc[t["kind"] != SILENT, "tone"].value_counts()


# --- others -------------------------------------------------------------------------------------
def mentions(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """general-debate-mentions, with `decade`."""
    t = series.read("general-debate-mentions") if table is None else table
    return t.assign(decade=t["year"] // 10 * 10)


def by_decade(table: pd.DataFrame | None = None, first: int = 1950) -> pd.DataFrame:
    """Speeches of the states of COMPARED that name Israel, by decade from `first`: country, decade, last (year
    with a text), speeches, naming, without_naming (Palestine, Zionism or Jews only), share, share_without.
    """
    t = mentions(table)
    t = t[t["country"].isin(COMPARED) & (t["decade"] >= first)]
    out = t.groupby(["country", "decade"]).agg(
        last=("year", "max"),
        speeches=("speeches", "sum"),
        naming=("naming", "sum"),
        without_naming=("without_naming", "sum"),
    )
    out = out.assign(
        share=out["naming"] / out["speeches"], share_without=out["without_naming"] / out["speeches"]
    ).reset_index()
    order = out["country"].map(COMPARED.index)
    return (
        out.assign(order=order).sort_values(["order", "decade"]).drop(columns="order").reset_index(drop=True)
    )


def zionist_instead(
    country: str, first: int, last: int, table: pd.DataFrame | None = None
) -> tuple[int, int]:
    """(speeches with a match of zionis*, speeches) among those of a state that do not name Israel."""
    t = mentions(table)
    t = t[(t["country"] == country) & t["year"].between(first, last) & (t["naming"] == 0)]
    return int((t["zionis"] > 0).sum()), len(t)


def naming(country: str, first: int, last: int, table: pd.DataFrame | None = None) -> tuple[int, int]:
    """(speeches that name Israel, speeches) of a state, or of ALL, from `first` to `last`."""
    t = mentions(table)
    t = t[(t["country"] == country) & t["year"].between(first, last)]
    return int(t["naming"].sum()), int(t["speeches"].sum())
