"""Votes and comparisons: every measure on a miniature worked by hand, and the marks of its figures."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import import_votes
import pandas as pd
import pytest
from without_recognition import charts, load
from without_recognition.charts import style
from without_recognition.data import series
from without_recognition.findings import NUMBERS, votes, votes_words

GOVERNMENTS = pd.DataFrame(
    [
        ("A", "civilian", 1950, 1960, 3, 1, 0, 0, 4, 3),
        ("B", "military", 1961, 1967, 2, 0, 0, 0, 2, 2),
        ("C", "military", 1969, 1980, 30, 0, 0, 1, 30, 30),
    ],
    columns=["government", "kind", "first", "last", "yes", "no", "abstain", "absent", "n_arab", "with_arabs"],
)
SUBJECTS = pd.DataFrame(
    [
        ("ISR", 1949, 1969, "arms", 10, 8),
        ("ISR", 1949, 1969, "colonies", 30, 15),
        ("ISR", 1990, 2019, "arms", 30, 12),
        ("ISR", 1990, 2019, "colonies", 10, 1),
    ],
    columns=["country", "first", "last", "subject", "n_votes", "alike"],
)
MEMBERS = pd.DataFrame(
    [
        ("AAA", "Aland", "1969", "1960"),
        ("BBB", "Beland", "1974", "1960"),
        ("CCC", "Celand", "1969", "1971"),
        ("DDD", "Deland", "1969", ""),
    ],
    columns=["iso3", "country", "oic_accession", "un_admission"],
)
SPELLS = pd.DataFrame(
    [
        ("AAA", "Aland", "1962", "1973", "full"),
        ("AAA", "Aland", "1992", "", "full"),
        ("BBB", "Beland", "1960", "", "full"),
        ("CCC", "Celand", "1996", "2000", "lesser"),
    ],
    columns=["iso3", "country", "start_year", "end_year", "type"],
)


# --- harvest ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("years", "said"),
    [
        ([], "in no year"),
        ([1999], "in one year, last in 1999"),
        ([1999, 2001], "in two years, last in 2001"),
        ([2020, 2021, 2022], "in every year from 2020 to 2022"),
    ],
)
def test_years_of_a_majority_in_words(monkeypatch, years: list[int], said: str) -> None:
    t = pd.DataFrame(
        [{"year": y, "members": 3, "related": 2 if y in years else 1} for y in range(1998, 2023)]
    )
    monkeypatch.setattr(votes_words.series, "oic_by_year", lambda _: t)
    monkeypatch.setattr(votes_words, "_year", lambda _: 2022)
    assert votes_words._majority(load()) == said


def test_where_nothing_happened_there_is_no_rate(monkeypatch) -> None:
    t = pd.DataFrame([
        {"kind": "begin", "first": 2000, "events": 0, "state_years": 147, "rate": 0.0, "last": "2019"},
        {"kind": "begin", "first": 2020, "events": 4, "state_years": 200, "rate": 2.0, "last": "2026"},
    ])  # fmt: skip
    monkeypatch.setattr(votes_words, "hazards", lambda: t)
    assert votes_words._hazard("begin", 2000).endswith("in 147 state-years")
    assert votes_words._hazard("begin", 2020).endswith("in 200 state-years (2.0 in a hundred)")


def test_the_majority_is_that_of_more_states_than_any_other() -> None:
    assert [
        import_votes.majority(cast) for cast in (["Y", "Y", "N"], ["Y", "N", ""], ["", "", "A"], ["", "", ""])
    ] == ["Y", "", "A", ""]


@pytest.mark.parametrize(
    ("vote", "subject"),
    [
        ({"title": "APARTHEID", "me_ext": "0", "hr": "1"}, "southern_africa"),
        ({"title": "PALESTINE", "me_ext": "1"}, "middle_east"),
        ({"title": "CHINA REPRESENTATION"}, "cold_war"),
        ({"title": "ALGERIA"}, "colonies"),
        ({"title": "X", "co": "1"}, "colonies"),
        ({"title": "TEST BAN", "nu": "1"}, "arms"),
        ({"title": "TRADE", "ec": "1"}, "economy_and_rights"),
        ({"title": "SALARIES"}, "other"),
    ],
)
def test_a_vote_has_the_first_subject_that_fits(vote: dict, subject: str) -> None:
    assert (
        import_votes.subject({"me_ext": "0", **dict.fromkeys(("nu", "di", "hr", "co", "ec"), "0"), **vote})
        == subject
    )


def test_a_vote_belongs_to_who_governed_in_the_middle_of_its_month() -> None:
    leaders = pd.DataFrame(
        [
            ("Zia", "1977-07-05", "1988-08-17"),
            ("Ishaq Khan", "1988-08-17", "1988-12-02"),
            ("Benazir Bhutto", "1988-12-02", ""),
        ],
        columns=["leader", "start", "end"],
    )
    found = [import_votes.governed(leaders, f"{m}-15")[0] for m in ("1988-07", "1988-10", "1988-12")]
    assert found == ["Zia", "Caretakers", "Benazir Bhutto"]


def test_a_series_that_one_reader_changes_is_whole_for_the_next() -> None:
    first = series.read("polls")
    first.loc[:, "country"] = "nowhere"
    assert "nowhere" not in set(series.read("polls")["country"])


# --- measures -----------------------------------------------------------------------------------
def test_votes_by_kind_of_government_are_sums() -> None:
    t = votes.by_kind(GOVERNMENTS).set_index("kind")
    assert (
        t.loc["military", ["n_arab", "with_arabs"]].tolist() == [32, 32] and t.at["civilian", "share"] == 0.75
    )


def test_the_unbroken_run_begins_with_the_first_government_after_the_last_departure() -> None:
    assert votes.unbroken(GOVERNMENTS, pd.DataFrame({"month": ["1957-02", "1967-07"]})) == 30


def test_pooled_agreement_counts_votes_and_can_leave_years_out() -> None:
    t = pd.DataFrame(
        [
            ("ISR", "other", 1950, 10, 60.0),
            ("ISR", "other", 1951, 30, 40.0),
            ("ISR", "middle_east", 1950, 5, 0.0),
        ],
        columns=["country", "scope", "year", "n_votes", "agree_pct"],
    )
    assert votes.pooled(1949, 1969, table=t) == (18, 40)
    assert votes.pooled(1949, 1969, table=t, without=(1951,)) == (6, 10)


def test_the_fall_is_taken_apart_into_mixture_and_rates() -> None:
    d = votes.decompose(1949, 1990, SUBJECTS)
    # before (8+15)/40 = .575, after (12+1)/40 = .325; rates fall by .4 in both, at half and half: -.4;
    # mixture +.5*(.6-.3)
    assert d["before"] == pytest.approx(0.575) and d["after"] == pytest.approx(0.325)
    assert (
        d["rates"] == pytest.approx(-0.4)
        and d["mix"] == pytest.approx(0.15)
        and d["change"] == pytest.approx(-0.25)
    )


def test_hazards_count_who_could_begin_and_who_could_break() -> None:
    t = votes.hazards(MEMBERS, SPELLS, ((1960, 1964), (1972, 1974), (1990, 1992))).set_index(
        ["kind", "first"]
    )
    # 1960-64: A free in 60, 61, 62; B begins in 60, so is free that year only; C and D not in the UN
    assert t.loc[("begin", 1960), ["events", "state_years"]].tolist() == [2, 4]
    assert t.loc[("break", 1960), ["events", "state_years"]].tolist() == [0, 6]  # A 63, 64; B 61-64
    assert t.loc[("break", 1972), ["events", "state_years"]].tolist() == [1, 5]  # A 72, 73; B 72-74
    assert t.loc[("begin", 1990), ["events", "state_years", "states"]].tolist() == [
        1,
        6,
        "Aland",
    ]  # A and C, three years
    assert t.at[("begin", 1960), "rate"] == 50


def test_standing_counts_each_state_once() -> None:
    assert votes.standing(MEMBERS, SPELLS) == {"all": 4, "related": 2, "ever": 2, "lesser": 1, "never": 1}
    assert votes.brought(MEMBERS, SPELLS) == ["Beland"]


def test_the_peak_is_compared_with_the_median_of_the_others() -> None:
    t = pd.DataFrame({"country": "PAK", "year": [2002, 2003, 2004, 2005], "talk": [1, 3, 8, 12]})
    assert votes.peak(table=t) == {"year": 2005, "count": 12, "share": 0.5, "others": 3.0}


def test_bounds_that_touch_overlap() -> None:
    t = pd.DataFrame(
        [
            ("PAK", 1950, 0.0, -1.0, 0.5),
            ("ISR", 1950, 1.0, 0.5, 2.0),
            ("PAK", 1955, 0.0, -1.0, 0.4),
            ("ISR", 1955, 1.0, 0.5, 2.0),
        ],
        columns=["country", "from", "point", "low", "high"],
    )
    assert votes.overlapping(t) == [1950] and votes.ideal_gap(t)["gap"].tolist() == [1.0, 1.0]


# --- figures ------------------------------------------------------------------------------------
FIGURES = (
    charts.un_governments,
    charts.un_with_arabs,
    charts.un_subjects,
    charts.un_ideal_points,
    charts.oic_spells,
    charts.oic_hazards,
    charts.event_counts,
    charts.bilateral_record,
)


@pytest.mark.parametrize("chart", FIGURES)
def test_a_figure_keeps_the_contract(chart) -> None:
    figure = chart()
    ET.fromstring(figure.svg)
    assert (
        re.search(r"\d", figure.alt)
        and 20 < len(figure.alt) < 300
        and figure.description
        and len(figure.data)
    )
    assert set(re.findall(r"#[0-9a-f]{6}", figure.svg)) <= {*style.PALETTE.values(), "#ffffff"}
    assert figure.svg == chart().svg


def _miniature(monkeypatch, **tables: pd.DataFrame) -> None:
    known = series.read
    monkeypatch.setattr(
        series,
        "read",
        lambda name: tables[name.replace("-", "_")] if name.replace("-", "_") in tables else known(name),
    )


def test_the_miniature_of_governments_has_one_row_each_and_its_share(monkeypatch) -> None:
    _miniature(monkeypatch, un_governments=GOVERNMENTS)
    figure = charts.un_governments()
    assert figure.data["share"].tolist() == [0.75, 1.0, 1.0]
    assert (
        figure.description
        == "A 1950-1960, civilian: 3 of 4; B 1961-1967, military: 2 of 2; C 1969-1980, military: 30 of 30"
    )
    assert "under 2 of 3 governments" in figure.alt


def test_the_miniature_of_spells_has_a_row_a_spell(monkeypatch) -> None:
    _miniature(monkeypatch, oic_relations=SPELLS, oic_members=MEMBERS)
    figure = charts.oic_spells()
    assert len(figure.data) == len(SPELLS) and figure.alt.startswith("2 of the 4 members")
    # two full bars of A, one of B, and the hollow one of C: the only bar without a fill
    bars = [
        p.get("fill")
        for g in ET.fromstring(figure.svg).iter()
        if g.get("id", "").startswith("patch_")
        for p in g
        if p.get("stroke") == style.BLUE
    ]
    assert len(bars) == 4 and bars.count("none") == 1


def test_polls_are_a_table_that_cuts_nothing() -> None:
    html = charts.polls()._repr_mimebundle_()["text/html"]
    assert html.count("<tr") == len(series.read("polls")) + 1 and "..." not in html


# --- numbers ------------------------------------------------------------------------------------
def test_every_number_of_the_chapter_can_be_worded(book) -> None:
    assert [k for k, f in votes_words.NUMBERS.items() if not f(book) or "nan" in f(book)] == []
    assert votes_words.NUMBERS.keys() <= NUMBERS.keys()


def test_first_looks_stand_as_the_chapter_says() -> None:
    """The chapter's verdicts in bold, each of which the data must bear."""
    kinds = votes.by_kind().set_index("kind")["share"]
    assert abs(kinds["civilian"] - kinds["military"]) < 0.02  # confirmed: no difference by kind of government
    d = votes.decompose(votes.EARLY, votes.LATE, series.read("un-subjects").query("subject != 'middle_east'"))
    assert d["rates"] < d["change"] < 0 < d["mix"]  # refined: the mixture worked against the fall
    s = votes.standing()
    assert 0.5 < s["related"] / s["all"] < 0.6  # refuted, with a thin margin
    assert votes.peak()["year"] == 2005 and votes.peak()["share"] > 0.4  # confirmed
    assert votes.record("trade", "PAK") < 10 and votes.record("arms_from_israel", "PAK") == 0  # confirmed
