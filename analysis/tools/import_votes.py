"""Aggregates of the recorded votes of the General Assembly: by subject, by Pakistani government, by year.

The votes themselves are not ours to give (terms not read at the source); counts are. Days of the month are not
reliable before 1985, so a vote belongs to whoever governed in the middle of its month.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pandas as pd

PEERS = ("USA", "IND", "TUR", "EGY", "SAU", "IRN", "IDN")
ARABS = ("EGY", "SAU", "JOR")
PERIODS = ((1949, 1969), (1970, 1989), (1990, 2019))  #: the source's flags of subject end in January 2020
#: First match decides. Titles of the source are catchwords until the 1980s.
SUBJECTS = (
    ("southern_africa", r"APARTHEID|SOUTH AFRICA|SOUTH WEST AFRICA|RHODESIA|NAMIBIA|RACIAL"),
    (
        "cold_war",
        r"KOREA|HUNGAR|CHINA REP|TIBET|CUBA|SPAIN|GREECE|AFGHANISTAN|KAMPUCHEA|GRENADA|NICARAGUA|U\.S\. |U\.S\.S\.R"
        r"|AGGRESSION|INTERVENTION",
    ),
    (
        "colonies",
        r"ALGERIA|MOROC|TUNISIA|ANGOLA|PORTUG|IRIAN|ITALIAN COL|\bADEN|\bOMAN|TRUST|TOGO|CAMEROON|CONGO|RUANDA"
        r"|CYPRUS|IFNI|SAHARA|SOMALI|GUINEA|COLONI|NON-SELF|MAURITANIA|TERRITOR",
    ),
)
NAMES_OF_SUBJECTS = (
    "middle_east",
    "southern_africa",
    "cold_war",
    "colonies",
    "arms",
    "economy_and_rights",
    "other",
)
#: Leader in the fetched list -> (group, kind); who is not here led a caretaker government.
GOVERNMENTS = {
    **dict.fromkeys(
        (
            "Jinnah",
            "L. Khan",
            "Nazimuddin",
            "Mohammed Ali",
            "Chaudhri M. Ali",
            "Shahid Suhrawardy",
            "Chundrigar",
            "Khan Noon",
        ),
        ("Jinnah to Noon", "civilian"),
    ),
    "Ayub Khan": ("Ayub Khan", "military"),
    "Yahya Khan": ("Yahya Khan", "military"),
    "Bhutto": ("Z. A. Bhutto", "civilian"),
    "Zia": ("Zia", "military"),
    "Benazir Bhutto": ("Benazir Bhutto", "civilian"),
    "Sharif": ("Nawaz Sharif", "civilian"),
    "Nawaz Sharif": ("Nawaz Sharif", "civilian"),
    "Shahid Khaqan Abbasi": ("Nawaz Sharif", "civilian"),
    "Musharraf": ("Musharraf", "military"),
    "Zardari": ("Zardari", "civilian"),
    "Imran Khan": ("Imran Khan", "civilian"),
    "Shehbaz Sharif": ("Shehbaz Sharif", "civilian"),
}
CARETAKER = ("Caretakers", "caretaker")


@lru_cache(maxsize=1)
def votes(folder: Path) -> pd.DataFrame:
    """All votes fetched, with `subject` and `arab` (the majority of Egypt, Saudi Arabia and Jordan, or "")."""
    t = pd.read_csv(folder / "unga_votes_selected.csv", dtype=str, keep_default_na=False)
    t["year"] = t["year"].astype(int)
    return t.assign(
        subject=[subject(r) for r in t.to_dict("records")],
        arab=[majority([r[c] for c in ARABS]) for r in t.to_dict("records")],
    )


def subject(vote: dict) -> str:
    """One of NAMES_OF_SUBJECTS, from the source's flags and, first, its title."""
    if vote["me_ext"] == "1":
        return "middle_east"
    for name, pattern in SUBJECTS:
        if re.search(pattern, vote["title"].upper()):
            return name
    if vote["co"] == "1":
        return "colonies"
    if "1" in (vote["nu"], vote["di"]):
        return "arms"
    return "economy_and_rights" if "1" in (vote["ec"], vote["hr"]) else "other"


def majority(cast: list[str]) -> str:
    """The vote that more of the given states cast than any other; "" where there is none."""
    counts = Counter(v for v in cast if v).most_common(2)
    return counts[0][0] if counts and (len(counts) == 1 or counts[0][1] > counts[1][1]) else ""


def by_subject(folder: Path) -> pd.DataFrame:
    """Period, subject, country: votes in which it and Pakistan both took part, and how many were alike."""
    t, rows = votes(folder), []
    t = t[(t["source"] == "voeten_unvotes") & (t["PAK"] != "")]
    for country in ("ISR", "USA", "IND", "EGY"):
        for first, last in PERIODS:
            both = t[t["year"].between(first, last) & (t[country] != "")]
            for name in NAMES_OF_SUBJECTS:
                s = both[both["subject"] == name]
                rows.append((country, first, last, name, len(s), int((s["PAK"] == s[country]).sum())))
    return pd.DataFrame(rows, columns=["country", "first", "last", "subject", "n_votes", "alike"])


def by_government(folder: Path) -> pd.DataFrame:
    """Pakistan's votes on the Middle East by government: yes, no, abstain, absent, and with the Arab majority."""
    leaders = pd.read_csv(folder / "leaders_pak_isr.csv", keep_default_na=False)
    leaders = leaders[(leaders["country"] == "PAK") & (leaders["office"] != "president")]
    t = votes(folder)
    t = t[(t["subject"] == "middle_east") & (t["date"] >= "1947-10") & (t["year"] < 2026)]
    t = t.assign(held=[governed(leaders, f"{day[:7]}-15") for day in t["date"]])
    rows = []
    for (group, kind), s in t.groupby("held"):
        known = s[(s["PAK"] != "") & (s["arab"] != "")]
        cast = s["PAK"].value_counts()
        rows.append(
            (
                group,
                kind,
                s["year"].min(),
                s["year"].max(),
                *(int(cast.get(v, 0)) for v in ("Y", "N", "A", "")),
                len(known),
                int((known["PAK"] == known["arab"]).sum()),
            )
        )
    return pd.DataFrame(
        rows,
        columns=[
            "government",
            "kind",
            "first",
            "last",
            "yes",
            "no",
            "abstain",
            "absent",
            "n_arab",
            "with_arabs",
        ],
    ).sort_values(["first", "government"])


def governed(leaders: pd.DataFrame, day: str) -> tuple[str, str]:
    """(group, kind) of the government of Pakistan on a day."""
    held = leaders[(leaders["start"] <= day) & ((leaders["end"] >= day) | (leaders["end"] == ""))]
    return GOVERNMENTS.get(held["leader"].iloc[-1], CARETAKER) if len(held) else CARETAKER


def with_arabs(folder: Path) -> pd.DataFrame:
    """Country and decade: votes on the Middle East in which it took part, and how many with the Arab majority."""
    t, rows = votes(folder), []
    t = t[(t["subject"] == "middle_east") & (t["arab"] != "") & (t["year"] < 2026)]
    for country in ("PAK", "TUR", "IRN", "IDN", "IND", "USA", "ISR"):
        for decade, s in t[t[country] != ""].groupby(t["year"] // 10 * 10):
            rows.append((country, decade, len(s), int((s[country] == s["arab"]).sum())))
    return pd.DataFrame(rows, columns=["country", "decade", "n_votes", "with_arabs"])


def departures(folder: Path) -> pd.DataFrame:
    """The votes on the Middle East in which Pakistan did not vote with the Arab majority."""
    t = votes(folder)
    t = t[(t["subject"] == "middle_east") & (t["arab"] != "") & (t["PAK"] != "") & (t["PAK"] != t["arab"])]
    t = t.assign(month=t["date"].str[:7], title=t["title"].str.title())
    return t[["month", "symbol", "title", "PAK", "arab", "ISR", "USA"]].sort_values(["month", "symbol"])


def ideal_points(folder: Path) -> pd.DataFrame:
    """Means of five years of the yearly estimates (final-passage votes) and the widest of their 90 per cent bounds."""
    t = pd.read_csv(folder / "unga_ideal_points.csv")
    t = t[t["country"].isin(["PAK", "ISR", *PEERS]) & t["idealpointfp"].notna()]
    t["from"] = t["year"] // 5 * 5
    out = (
        t.groupby(["country", "from"])
        .agg(
            years=("year", "size"), point=("idealpointfp", "mean"), low=("q5fp", "min"), high=("q95fp", "max")
        )
        .round(2)
    )
    return out[out["years"] >= 3].reset_index()
