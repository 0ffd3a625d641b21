"""The quantitative series of data/series/: tidy DataFrames, with the warnings that go with them."""
from __future__ import annotations

import pandas as pd

from analysis import citing
from analysis.dataset import data_folder

NAMES = {"PAK": "Pakistan", "ISR": "Israel", "USA": "United States", "IND": "India", "TUR": "Turkey", "EGY": "Egypt",
         "SAU": "Saudi Arabia", "IRN": "Iran", "IDN": "Indonesia"}


def read(name: str) -> pd.DataFrame:
    """One series by the name of its resource. Raises KeyError with the names that exist."""
    known = [r["name"] for r in citing.package()["resources"] if r["path"].startswith("series/")]
    if name not in known:
        raise KeyError(f"no series '{name}'; there are: {', '.join(known)}")
    return pd.read_csv(data_folder() / "series" / f"{name}.csv", keep_default_na=False, na_values=[])


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
    accession = read("oic-members").set_index("iso3")["oic_accession"].astype(int)
    spells = read("oic-relations")
    full = spells[spells["type"] == "full"].assign(
        start=lambda t: t["start_year"].astype(int), end=lambda t: t["end_year"].replace("", "9999").astype(int))
    rows = []
    for year in range(1969, last + 1):
        members = set(accession[accession <= year].index)
        related = set(full[(full["start"] <= year) & (full["end"] > year)]["iso3"])
        rows.append((year, len(members), len(members & related)))
    return pd.DataFrame(rows, columns=["year", "members", "related"])
