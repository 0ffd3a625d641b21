"""Write data/series/ from a folder of fetched extracts: only the columns and rows that a figure or number uses.

usage: python analysis/tools/import_series.py FOLDER

The fetched files themselves are not part of the project; origin, licence and warnings of what is written here stand
in data/datapackage.json.
"""

from __future__ import annotations

import sys
from pathlib import Path

import import_votes
import pandas as pd
from import_votes import PEERS
from without_recognition.data.dataset import data_folder

PAKISTANIS = {
    "Jinnah": "Muhammad Ali Jinnah",
    "L. Khan": "Liaquat Ali Khan",
    "Nazimuddin": "Khawaja Nazimuddin",
    "Mohammed Ali": "Mohammad Ali Bogra",
    "Chaudhri M. Ali": "Chaudhry Muhammad Ali",
    "Shahid Suhrawardy": "Huseyn Suhrawardy",
    "Chundrigar": "I. I. Chundrigar",
    "Khan Noon": "Feroz Khan Noon",
    "Bhutto": "Zulfikar Ali Bhutto",
    "Zia": "Zia ul-Haq",
    "Ishaq Khan": "Ghulam Ishaq Khan",
    "Jatoi": "Ghulam Mustafa Jatoi",
    "Sharif": "Nawaz Sharif",
    "Mazari": "Balakh Sher Mazari",
    "Qureshi": "Moeenuddin Qureshi",
    "Khalid": "Malik Meraj Khalid",
    "Musharraf": "Pervez Musharraf",
    "Soomro": "Muhammad Mian Soomro",
    "Zardari": "Asif Ali Zardari",
}
ISRAELIS = {
    "Ben Gurion": "David Ben-Gurion",
    "Sharett": "Moshe Sharett",
    "Eshkol": "Levi Eshkol",
    "Allon": "Yigal Allon",
    "Meir": "Golda Meir",
    "Rabin": "Yitzhak Rabin",
    "Peres": "Shimon Peres",
    "Begin": "Menachem Begin",
    "Shamir": "Yitzhak Shamir",
    "Netanyahu": "Benjamin Netanyahu",
    "Barak": "Ehud Barak",
    "Olmert": "Ehud Olmert",
}
#: Years in which members of the OIC joined the United Nations, by which time they could have relations (public record).
UN_ADMISSIONS = {
    1945: "EGY IRN IRQ LBN SAU SYR TUR",
    1946: "AFG",
    1947: "PAK YEM",
    1950: "IDN",
    1955: "ALB JOR LBY",
    1956: "MAR SDN TUN",
    1957: "MYS",
    1958: "GIN",
    1960: "BEN BFA CIV CMR GAB MLI NER NGA SEN SOM TCD TGO",
    1961: "MRT SLE",
    1962: "DZA UGA",
    1963: "KWT",
    1965: "GMB MDV",
    1966: "GUY",
    1971: "ARE BHR OMN QAT",
    1974: "BGD GNB",
    1975: "COM MOZ SUR",
    1977: "DJI",
    1984: "BRN",
    1992: "AZE KAZ KGZ TJK TKM UZB",
}
WITH_ISRAEL = {
    "PAK": "Pakistan",
    "IND": "India",
    "TUR": "Turkiye",
    "EGY": "Egypt",
    "JOR": "Jordan",
}  #: as SIPRI spells


STEMS = ("israel", "palestin", "zionis", "jew", "pakistan")
IN_DEBATE = ("PAK", "ISR", "IND", "TUR", "EGY", "IRN", "SAU")


def key_votes(folder: Path) -> pd.DataFrame:
    """Named votes, one row a vote and country: date, resolution, description, country, vote (Y, N, A, or empty)."""
    t = pd.read_csv(folder / "unga_key_votes.csv", dtype=str, keep_default_na=False)
    t = t.melt(
        ["actual_date", "resolution", "description", "official_tally"],
        ["PAK", "ISR", *PEERS[:2]],
        "country",
        "vote",
    )
    return t.rename(columns={"actual_date": "date"}).sort_values(["date", "resolution", "country"])


def agreement(folder: Path) -> pd.DataFrame:
    """Yearly agreement of Pakistan with Israel and peers: country, scope, year, n_votes, agree_pct."""
    t = pd.read_csv(folder / "unga_agreement_yearly.csv")
    t = t[
        (t["country_a"] == "PAK")
        & t["country_b"].isin(["ISR", *PEERS])
        & t["scope"].isin(["me_ext", "non_me_ext"])
        & (t["year"] < 2026)
    ]
    t["scope"] = t["scope"].map({"me_ext": "middle_east", "non_me_ext": "other"})
    return t.rename(columns={"country_b": "country"})[
        ["country", "scope", "year", "n_votes", "agree_pct"]
    ].sort_values(["country", "scope", "year"])


def oic_spells(folder: Path) -> pd.DataFrame:
    """Spells of diplomatic relations with Israel of states that are OIC members today."""
    t = pd.read_csv(folder / "oic_israel_relations_spells.csv", dtype=str, keep_default_na=False)
    return t[["iso3", "country", "oic_accession", "start_year", "end_year", "type"]].sort_values(
        ["iso3", "start_year", "type"]
    )


def oic_members(folder: Path) -> pd.DataFrame:
    """The members of the OIC with the year of accession and where they stand with Israel in 2026."""
    t = pd.read_csv(folder / "oic_israel_status_2026.csv", dtype=str, keep_default_na=False)
    admitted = {iso3: str(year) for year, states in UN_ADMISSIONS.items() for iso3 in states.split()}
    t["un_admission"] = t["iso3"].map(admitted).fillna("")
    return t[["iso3", "country", "oic_accession", "un_admission", "status_2026"]].sort_values("iso3")


def event_counts(folder: Path) -> pd.DataFrame:
    """Machine-coded news events between Israel and another state, both directions together, by year."""
    t = pd.read_csv(folder / "icews_dyad_year.csv")
    t = t[(t["source"] == "ISR") | (t["target"] == "ISR")]
    t["country"] = t["source"].where(t["target"] == "ISR", t["target"])
    t = t.rename(
        columns={"verbCoop": "talk", "matlCoop": "deeds", "verbConf": "harsh_words", "matlConf": "clashes"}
    )
    return t.groupby(["country", "year"])[["talk", "deeds", "harsh_words", "clashes"]].sum().reset_index()


def bilateral(folder: Path) -> pd.DataFrame:
    """What the record of states holds of Israel with Pakistan and with others: sums over the years covered."""
    rows = []
    trade = pd.read_csv(folder / "cow_trade_dyads.csv")
    arms = pd.read_csv(folder / "sipri_totals_by_pair.csv").set_index(["supplier", "recipient"])[
        "tiv_delivered"
    ]
    clashes = pd.read_csv(folder / "cow_mid_israel_opponents.csv").set_index("opponent")["n_mids"]
    pacts = (
        pd.read_csv(folder / "cow_alliances_pak_isr.csv").query("country == 'ISR'").groupby("partner").size()
    )
    for iso3, name in WITH_ISRAEL.items():
        t = trade[(trade["importer_a"].isin([iso3, "ISR"])) & (trade["partner_b"].isin([iso3, "ISR"]))]
        both = t["imports_of_a_from_b_musd"] + t["imports_of_b_from_a_musd"]
        if len(t):
            rows += [
                (iso3, "trade", both.sum(), t["year"].min(), t["year"].max()),
                (iso3, "years_with_trade", (both > 0).sum(), t["year"].min(), t["year"].max()),
            ]
        rows += [
            (iso3, "arms_from_israel", arms.get(("Israel", name), 0.0), 1950, 2024),
            (iso3, "disputes", clashes.get(name.replace("Turkiye", "Turkey"), 0), 1947, 2014),
            (iso3, "alliances", pacts.get(iso3, 0), 1947, 2012),
        ]
    return pd.DataFrame(rows, columns=["country", "measure", "value", "first", "last"]).sort_values(
        ["measure", "country"]
    )


def aid(folder: Path) -> pd.DataFrame:
    """American aid obligated, by decade, in thousand million dollars of 2020;
    the incomplete years after 2020 left out."""
    t = pd.read_csv(folder / "us_foreign_aid_obligations.csv", dtype={"fiscal_year": str})
    t["year"] = t["fiscal_year"].str[:4].astype(int)
    t = t[t["year"] <= 2020]
    sums = t.groupby(["country", t["year"] // 10 * 10])["obligations_constant_usd"].sum() / 1e9
    return sums.round(2).rename("thousand_million_usd").rename_axis(["country", "decade"]).reset_index()


def polls(folder: Path) -> pd.DataFrame:
    """Answers in opinion polls, only those read in a page."""
    t = pd.read_csv(folder / "public_opinion.csv", dtype=str, keep_default_na=False)
    return t.rename(columns={"other_responses_note": "note"})[
        ["field_date", "country", "item", "value", "note", "pollster", "source_level", "url"]
    ].sort_values(["field_date", "item", "country"])


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


def debate_mentions(folder: Path) -> pd.DataFrame:
    """Matches of a few word stems in the General Debate, by state and year, and over all states (country ALL).

    `naming` counts the speeches with a match of israel*, `without_naming` those with one of palestin*, zionis*
    or jew* only. ALL has the medians over every state but Israel.
    """
    t = pd.read_csv(folder / "ungdc_mentions.csv").rename(columns={"iso3": "country"})
    t["naming"] = (t["israel"] > 0).astype(int)
    t["without_naming"] = ((t["naming"] == 0) & (t[["palestin", "zionis", "jew"]].sum(axis=1) > 0)).astype(
        int
    )
    t["speeches"] = 1
    summed, middle = ["speeches", "naming", "without_naming"], ["words", *STEMS]
    others = t[t["country"] != "ISR"].groupby("year")
    every = others[summed].sum().join(others[middle].median()).reset_index().assign(country="ALL")
    own = t[t["country"].isin(IN_DEBATE)]
    out = pd.concat([own, every])[["country", "year", *summed, *middle]].sort_values(["country", "year"])
    return out.assign(**{c: out[c].map("{:.10g}".format) for c in middle})


WRITERS = {
    "un-key-votes": key_votes,
    "un-agreement": agreement,
    "un-subjects": import_votes.by_subject,
    "un-governments": import_votes.by_government,
    "un-with-arabs": import_votes.with_arabs,
    "un-departures": import_votes.departures,
    "un-ideal-points": import_votes.ideal_points,
    "oic-relations": oic_spells,
    "oic-members": oic_members,
    "event-counts": event_counts,
    "bilateral": bilateral,
    "us-aid": aid,
    "polls": polls,
    "leaders": leaders,
    "general-debate-mentions": debate_mentions,
}


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
