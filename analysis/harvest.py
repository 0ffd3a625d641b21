"""Write data/series/ from a folder of fetched extracts: only the columns and rows that a figure or number uses.

usage: python -m analysis.harvest FOLDER

The fetched files themselves are not part of the project; origin, licence and warnings of what is written here stand
in data/datapackage.json.
"""
from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from analysis.dataset import data_folder

PAKISTANIS = {"Jinnah": "Muhammad Ali Jinnah", "L. Khan": "Liaquat Ali Khan", "Nazimuddin": "Khawaja Nazimuddin",
              "Mohammed Ali": "Mohammad Ali Bogra", "Chaudhri M. Ali": "Chaudhry Muhammad Ali",
              "Shahid Suhrawardy": "Huseyn Suhrawardy", "Chundrigar": "I. I. Chundrigar", "Khan Noon": "Feroz Khan Noon",
              "Bhutto": "Zulfikar Ali Bhutto", "Zia": "Zia ul-Haq", "Ishaq Khan": "Ghulam Ishaq Khan",
              "Jatoi": "Ghulam Mustafa Jatoi", "Sharif": "Nawaz Sharif", "Mazari": "Balakh Sher Mazari",
              "Qureshi": "Moeenuddin Qureshi", "Khalid": "Malik Meraj Khalid", "Musharraf": "Pervez Musharraf",
              "Soomro": "Muhammad Mian Soomro", "Zardari": "Asif Ali Zardari"}
ISRAELIS = {"Ben Gurion": "David Ben-Gurion", "Sharett": "Moshe Sharett", "Eshkol": "Levi Eshkol", "Allon": "Yigal Allon",
            "Meir": "Golda Meir", "Rabin": "Yitzhak Rabin", "Peres": "Shimon Peres", "Begin": "Menachem Begin",
            "Shamir": "Yitzhak Shamir", "Netanyahu": "Benjamin Netanyahu", "Barak": "Ehud Barak", "Olmert": "Ehud Olmert"}
PEERS = ("USA", "IND", "TUR", "EGY", "SAU", "IRN", "IDN")


def key_votes(folder: Path) -> pd.DataFrame:
    """Named votes, one row a vote and country: date, resolution, description, country, vote (Y, N, A, or empty)."""
    t = pd.read_csv(folder / "unga_key_votes.csv", dtype=str, keep_default_na=False)
    t = t.melt(["actual_date", "resolution", "description", "official_tally"], ["PAK", "ISR", *PEERS[:2]],
               "country", "vote")
    return t.rename(columns={"actual_date": "date"}).sort_values(["date", "resolution", "country"])


def agreement(folder: Path) -> pd.DataFrame:
    """Yearly agreement of Pakistan with Israel and peers: country, scope, year, n_votes, agree_pct."""
    t = pd.read_csv(folder / "unga_agreement_yearly.csv")
    t = t[(t["country_a"] == "PAK") & t["country_b"].isin(["ISR", *PEERS]) & t["scope"].isin(["me_ext", "non_me_ext"])
          & (t["year"] < 2026)]
    t["scope"] = t["scope"].map({"me_ext": "middle_east", "non_me_ext": "other"})
    return t.rename(columns={"country_b": "country"})[["country", "scope", "year", "n_votes", "agree_pct"]] \
        .sort_values(["country", "scope", "year"])


def oic_spells(folder: Path) -> pd.DataFrame:
    """Spells of diplomatic relations with Israel of states that are OIC members today."""
    t = pd.read_csv(folder / "oic_israel_relations_spells.csv", dtype=str, keep_default_na=False)
    return t[["iso3", "country", "oic_accession", "start_year", "end_year", "type"]] \
        .sort_values(["iso3", "start_year", "type"])


def oic_members(folder: Path) -> pd.DataFrame:
    """The members of the OIC with the year of accession and where they stand with Israel in 2026."""
    t = pd.read_csv(folder / "oic_israel_status_2026.csv", dtype=str, keep_default_na=False)
    return t[["iso3", "country", "oic_accession", "status_2026"]].sort_values("iso3")


def leaders(folder: Path) -> pd.DataFrame:
    """Who led either state from day to day: country, leader, start, end (empty: in office), coding.

    The effective leaders of Archigos, then prime ministers; presidents beside a prime minister are left out.
    """
    t = pd.read_csv(folder / "leaders_pak_isr.csv", dtype=str, keep_default_na=False)
    t = t[t["office"] != "president"].copy()
    names = {"PAK": PAKISTANIS, "ISR": ISRAELIS}
    t["leader"] = [names[c].get(n, n.removesuffix(" (caretaker)")) for c, n in zip(t["country"], t["leader"])]
    t["coding"] = ["hand" if "hand-coded" in s else "archigos" for s in t["source"]]
    return t[["country", "leader", "start", "end", "coding"]].sort_values(["country", "start"])


WRITERS = {"un-key-votes": key_votes, "un-agreement": agreement, "oic-relations": oic_spells,
           "oic-members": oic_members, "leaders": leaders}


def main(argv: list[str]) -> int:
    if len(argv) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    target = data_folder() / "series"
    for name, make in WRITERS.items():
        table = make(Path(argv[0]))
        table.to_csv(target / f"{name}.csv", index=False, lineterminator="\n")
        print(f"series/{name}.csv: {len(table)} rows")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
