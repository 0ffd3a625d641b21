"""The quantitative series of data/series/: tidy DataFrames, with the warnings that go with them."""
from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from analysis import citing
from analysis.dataset import data_folder, records
from analysis.messages import UnknownId

NAMES = {"PAK": "Pakistan", "ISR": "Israel", "USA": "United States", "IND": "India", "TUR": "Turkey", "EGY": "Egypt",
         "SAU": "Saudi Arabia", "IRN": "Iran", "IDN": "Indonesia"}


def read(name: str) -> pd.DataFrame:
    """One series by the name of its resource; an unchanged file is read once a process.

    Raises UnknownId with the nearest name.
    """
    known = [r["name"] for r in citing.package()["resources"] if r["path"].startswith("series/")]
    if name not in known:
        raise UnknownId("series", name, known)
    path = data_folder() / "series" / f"{name}.csv"
    return _read(path, path.stat().st_mtime_ns, path.stat().st_size).copy()


@lru_cache(maxsize=None)
def _read(path: Path, *stamp: int) -> pd.DataFrame:
    return pd.read_csv(path, keep_default_na=False, na_values=[])


def key_votes() -> pd.DataFrame:
    """Named votes of the General Assembly: date, resolution, description, official_tally, country, vote."""
    return read("un-key-votes")


def agreement() -> pd.DataFrame:
    """Share of votes of a year on which Pakistan voted as another state did, per cent, with n_votes beside it."""
    return read("un-agreement")


def oic_by_year(last: int) -> pd.DataFrame:
    """Year (from the OIC's first, 1969), members, related (members with full relations with Israel at its end).

    The year in which relations were broken counts as without.
    """
    accession = {m["iso3"]: int(m["oic_accession"]) for m in records(read("oic-members"))}
    full = [(r["iso3"], int(r["start_year"]), int(r["end_year"] or 9999))
            for r in records(read("oic-relations")) if r["type"] == "full"]
    rows = []
    for year in range(1969, last + 1):
        members = {i for i, since in accession.items() if since <= year}
        related = {i for i, start, end in full if start <= year < end}
        rows.append((year, len(members), len(members & related)))
    return pd.DataFrame(rows, columns=["year", "members", "related"])
