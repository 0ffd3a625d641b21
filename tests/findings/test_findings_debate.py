"""The General Debate: every measure on a miniature worked by hand, the marks of its figures,
and the book's own data."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import import_series
import pandas as pd
import pytest
from without_recognition import charts, evidence
from without_recognition.charts import general_debate as drawing
from without_recognition.charts import style
from without_recognition.data import series
from without_recognition.findings import NUMBERS, general_debate_words
from without_recognition.findings import general_debate as debate

COLUMNS = (
    "country year read event_id names_other terms speaks_of_palestine recognition condition demands tone"
)
SPEECHES = pd.DataFrame(
    [
        line.split("|")
        for line in """
PAK|1948|full|1948-p|yes|israel; a canker|yes|refuses|none|no-partition|denunciation
PAK|1949|full|1949-p|yes|israel|yes|none|jerusalem|jerusalem-status|critical
PAK|1950|full||no||no|none|none|none|neutral
PAK|1951|full||no||no|none|none|none|neutral
PAK|1952|full|1952-p|no||yes|none|none|self-determination|neutral
PAK|1954|full|1954-p|no||yes|none|none|none|critical
PAK|1961|full|1961-p|yes|israel|yes|accepts-all-states-right|jerusalem; palestinian-state|palestinian-state|neutral
PAK|1962|excerpt|1962-p|yes|israel; the regime|yes|other|none|none|critical
PAK|1963|excerpt|1963-p|||yes|none|none|none|neutral
ISR|1949|full||no|||none|none|none|neutral
ISR|1950|full|1950-i|yes|pakistan||none|none|none|neutral
ISR|1951|full||no|||none|none|none|neutral
ISR|1963|excerpt|1963-i||||other|none|none|neutral
""".strip().splitlines()
    ],
    columns=COLUMNS.split(),
).astype({"year": int})
MENTIONS = pd.DataFrame(
    [
        ("PAK", 1950, 1, 0, 1),
        ("PAK", 1951, 1, 1, 0),
        ("PAK", 1960, 1, 1, 0),
        ("TUR", 1951, 1, 0, 0),
        ("ALL", 1950, 40, 10, 5),
        ("ALL", 1951, 60, 40, 5),
        ("ALL", 1949, 50, 1, 1),
        ("ISR", 1950, 1, 1, 0),
    ],
    columns=["country", "year", "speeches", "naming", "without_naming"],
)


# --- harvest ------------------------------------------------------------------------------------
def test_mentions_count_who_names_and_take_medians_without_israel(tmp_path) -> None:
    stems = "words,israel,palestin,zionis,jew,pakistan"
    (tmp_path / "ungdc_mentions.csv").write_text(
        f"iso3,session,year,{stems},kashmir\n"
        "PAK,4,1949,1000,3,1,0,0,5,9\n"
        "ISR,4,1949,5000,50,9,2,7,0,0\n"
        "FRA,4,1949,2000,0,0,1,0,0,0\n"
        "CHN,4,1949,3001,0,0,0,0,1,0\n"
        "IND,4,1949,4001,0,0,0,0,2,0\n",
        "utf-8",
    )
    t = import_series.debate_mentions(tmp_path).set_index("country")
    assert list(t.index) == ["ALL", "IND", "ISR", "PAK"]
    assert t.loc["ALL", ["speeches", "naming", "without_naming"]].to_list() == [4, 1, 1]
    assert t.loc["ALL", ["words", "israel", "pakistan"]].to_list() == ["2500.5", "0", "1.5"]
    assert t.loc["PAK", ["speeches", "naming", "without_naming", "israel"]].to_list() == [1, 1, 0, "3"]


# --- measures -----------------------------------------------------------------------------------
def test_a_speech_names_speaks_or_is_silent() -> None:
    assert debate.years("PAK", debate.NAMES, SPEECHES) == [1948, 1949, 1961]
    assert debate.years("PAK", debate.SPEAKS, SPEECHES) == [1952, 1954]
    assert debate.years("PAK", debate.SILENT, SPEECHES) == [1950, 1951]
    assert debate.years("ISR", debate.NAMES, SPEECHES) == [1950]
    assert debate.years("ISR", debate.SILENT, SPEECHES) == [1949, 1951]


def test_excerpts_are_in_no_count_and_may_not_show_whether_the_other_is_named() -> None:
    kinds = debate.speeches(SPEECHES, whole=False).set_index(["country", "year"])["kind"]
    assert len(debate.speeches(SPEECHES)) == 10 and len(kinds) == 13
    assert kinds["PAK", 1962] == debate.NAMES and kinds["PAK", 1963] == debate.SPEAKS
    assert kinds["ISR", 1963] == debate.PLACE_UNSEEN


def test_a_run_is_broken_by_a_year_without_text() -> None:
    unnamed = debate.runs("PAK", {debate.SPEAKS, debate.SILENT}, SPEECHES)
    assert unnamed.values.tolist() == [[1950, 1952, 3], [1954, 1954, 1]]
    assert debate.runs("PAK", {debate.SILENT}, SPEECHES).values.tolist() == [[1950, 1951, 2]]
    assert debate.runs("PAK", {debate.NAMES}, SPEECHES).loc[0].to_list() == [1948, 1949, 2]
    assert debate.runs("ISR", {debate.SILENT}, SPEECHES)["years"].to_list() == [1, 1]


def test_the_calendar_has_every_year_of_both() -> None:
    t = debate.calendar(SPEECHES).set_index(["country", "year"])
    assert len(t) == 2 * 16
    assert t.loc[("ISR", 1948)].to_list() == ["no text", "", "none", ""]
    assert t.at[("PAK", 1953), "kind"] == "no text" and t.at[("PAK", 1961), "event_id"] == "1961-p"


def test_recognition_terms_demands_and_tones_of_the_miniature() -> None:
    assert debate.recognition("PAK", SPEECHES)[["year", "recognition"]].values.tolist() == [
        [1948, "refuses"],
        [1961, "accepts-all-states-right"],
    ]
    assert debate.listed("condition", "jerusalem", SPEECHES) == [1949, 1961]
    assert debate.listed("demands", "palestinian-state", SPEECHES) == [1961]
    assert debate.listed("condition", "palestinian", SPEECHES) == []  # the whole slug, not a part of it
    assert debate.terms(SPEECHES).values.tolist() == [
        [1940, "israel", 2],
        [1940, "a canker", 1],
        [1960, "israel", 1],
    ]
    assert debate.tones(SPEECHES).to_dict() == {"neutral": 2, "critical": 2, "denunciation": 1}


def test_decades_of_others_and_shares() -> None:
    t = debate.by_decade(MENTIONS).set_index(["country", "decade"])
    assert list(t.index) == [("PAK", 1950), ("PAK", 1960), ("TUR", 1950), ("ALL", 1950)]
    assert t.loc[("PAK", 1950)].to_list() == [1951, 2, 1, 1, 0.5, 0.5]
    assert t.loc[("ALL", 1950), ["speeches", "naming", "share"]].to_list() == [100, 50, 0.5]
    assert debate.naming("PAK", 1951, 1960, MENTIONS) == (2, 2)
    assert debate.naming("TUR", 1948, 1950, MENTIONS) == (0, 0)
    spoken = MENTIONS.assign(zionis=[2, 1, 0, 0, 0, 0, 0, 0])
    assert debate.zionist_instead("PAK", 1948, 1960, spoken) == (1, 1)
    assert debate.zionist_instead("TUR", 1948, 1960, spoken) == (0, 1)


# --- figures ------------------------------------------------------------------------------------
def _miniature(monkeypatch) -> None:
    known = series.read
    tables = {"general-debate": SPEECHES, "general-debate-mentions": MENTIONS}
    monkeypatch.setattr(series, "read", lambda name: tables[name] if name in tables else known(name))


def marks(figure) -> list[str]:
    return [g.get("id") for g in ET.fromstring(figure.svg).iter() if g.get("id", "").startswith("ev:")]


def test_the_strips_of_the_miniature_have_a_cell_for_each_event(monkeypatch) -> None:
    _miniature(monkeypatch)
    figure = charts.general_debate_years()
    cells = ["1948-p", "1949-p", "1952-p", "1954-p", "1961-p", "1962-p", "1963-p", "1950-i", "1963-i"]
    said = ["ev:1948-p:said", "ev:1961-p:said", "ev:1962-p:said"]
    assert sorted(marks(figure)) == sorted([*(f"ev:{c}" for c in cells), *said])
    assert sorted(figure.event_ids) == sorted(cells)
    assert figure.title == "Pakistan named Israel in 3 of 7 years, Israel Pakistan in 1 of 3"
    assert "without naming it in 2, says nothing in 2" in figure.alt
    assert "Pakistan says nothing: 1950, 1951" in figure.description
    assert "Israel seen in excerpts, naming unknown: 1963" in figure.description


def test_a_cell_is_tall_half_or_empty_so_that_grey_is_enough(monkeypatch) -> None:
    _miniature(monkeypatch)
    root = ET.fromstring(charts.general_debate_years().svg)

    def high(event: str) -> float:
        path = next(g for g in root.iter() if g.get("id") == f"ev:{event}")[0].get("d")
        ys = [float(y) for y in re.findall(r"[ML] [-\d.]+ ([-\d.]+)", path)]
        return max(ys) - min(ys)

    assert high("1952-p") == pytest.approx(drawing.HALF * high("1948-p"), rel=1e-3)
    assert high("1948-p") == pytest.approx(high("1950-i"), rel=1e-3)


def test_words_stand_only_where_the_speech_says_so(monkeypatch) -> None:
    def words() -> int:
        root = ET.fromstring(charts.general_debate_years().svg)
        return sum(any(one.tag.endswith("}text") for one in group) for group in root.iter())

    always = 2 + len(drawing.KEYED) + 1  # names of the states, key, source line
    labels = len(drawing.SAID) + len(drawing.OCCASIONS)
    assert words() == always + labels + len(range(1950, 2026, 10))
    _miniature(monkeypatch)
    assert words() == always + 2 + 2  # 1948 refused and 1950 China; the decades 1950 and 1960


def test_every_label_of_the_book_has_its_speech() -> None:
    signed = debate.recognition().set_index("year")["recognition"]
    assert all(signed[year] in drawing.SIGNS for year, *_ in drawing.SAID)
    named = set(debate.years("ISR", debate.NAMES))
    assert all({first, last} <= named for first, last, *_ in drawing.OCCASIONS)
    covered = {y for first, last, *_ in drawing.OCCASIONS for y in range(first, last + 1)}
    assert named <= covered


def test_towers_of_the_miniature(monkeypatch) -> None:
    _miniature(monkeypatch)
    figure = charts.general_debate_states()
    assert len(figure.data) == 4
    assert figure.description.startswith("Pakistan 1950-51: 1 of 2 name Israel, 1 speak without naming it")


@pytest.mark.parametrize("chart", [charts.general_debate_years, charts.general_debate_states])
def test_a_figure_keeps_the_contract(chart) -> None:
    figure = chart()
    ET.fromstring(figure.svg)
    assert re.search(r"\d", figure.title) and re.search(r"\d", figure.alt) and 20 < len(figure.alt) < 300
    assert figure.description and len(figure.data)
    assert set(re.findall(r"#[0-9a-f]{6}", figure.svg)) <= {*style.PALETTE.values(), "#ffffff"}
    assert figure.svg == chart().svg


# --- the book's own -----------------------------------------------------------------------------
def test_every_number_of_the_chapter_can_be_worded(book) -> None:
    words = {k: f(book) for k, f in general_debate_words.NUMBERS.items()}
    assert [k for k, w in words.items() if not w or "nan" in w] == []
    assert general_debate_words.NUMBERS.keys() <= NUMBERS.keys()


def test_what_the_chapter_says_holds() -> None:
    kinds = [len(debate.years("PAK", k)) for k in (debate.NAMES, debate.SPEAKS, debate.SILENT)]
    assert kinds == [43, 20, 12] and len(debate.years("ISR", debate.NAMES)) == 10
    assert debate.runs("PAK", {debate.NAMES}).loc[0].to_list() == [1966, 1993, 28]
    assert debate.naming("TUR", 1994, 2022)[0] == 2 * debate.naming("PAK", 1994, 2022)[0]


def test_naming_by_eye_and_by_pattern_agree() -> None:
    """For the two states both were done; a year that differs must be looked at again."""
    counted = series.read("general-debate-mentions").set_index(["country", "year"])
    for country, stem in (("PAK", "israel"), ("ISR", "pakistan")):
        own = counted.loc[country]
        assert own.index[own[stem] > 0].to_list() == debate.years(country, debate.NAMES)


def test_every_speech_with_an_event_has_a_row_and_is_counted_apart(book) -> None:
    arena = book.events[book.events["arena"] == "general_debate"]
    t = series.read("general-debate").set_index("event_id")
    told = t[t.index != ""]
    assert set(told.index) == set(arena.index)
    assert all(int(arena.at[e, "date"].strip("[")[:4]) == y for e, y in told["year"].items() if y != 1967)
    silent = t[(t["country"] == "PAK") & (t["names_other"] == "no") & (t["speaks_of_palestine"] == "no")]
    assert set(silent.index) == {""}
    assert not set(evidence.occurrences(book)) & set(arena.index)
