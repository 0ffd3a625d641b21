"""Goods, arms and spyware: the measure on a miniature, the coding against the data, and the marks of the figure."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET

import pytest
from conftest import PACKAGE, make_history
from without_recognition import charts, findings
from without_recognition.data import series
from without_recognition.findings import goods

FOOD, SHELLS, KARGIL = "2023-food-samples", "2023-11-shells-claim", "1999-israel-arms-india-kargil"
WAIVER, AFGHANS = "2005-import-licence-waiver", "1983-israeli-arms-for-afghans"


def small(*event_ids: str, uncoded: str = "", denies: str = ""):
    """These events of the series, each told by one paper; `denies` has the word of Pakistan against one of them."""
    ids = [*event_ids, *filter(None, [uncoded])]
    claims = [{"claim_id": f"{e}.1", "event_id": e, "source_id": "paper"} for e in ids]
    if denies:
        claims.append(
            {
                "claim_id": f"{denies}.2",
                "event_id": denies,
                "source_id": "answer",
                "stance": "denies",
                "speaker": "pak",
                "basis": "official",
            }
        )
    return make_history(
        actors=[{"actor_id": "pak", "side": "pakistani", "type": "state"}],
        sources=[{"source_id": s, "issued": "2010-01-01"} for s in ("paper", "answer")],
        events=[{"event_id": e, "date": e[:4], "channel": "military"} for e in ids],
        claims=claims,
    )


def test_what_is_coded_is_counted_by_group_and_time_and_what_a_state_says_of_it() -> None:
    h = small(SHELLS, FOOD, KARGIL, uncoded="2005-exercise", denies=SHELLS)
    found = goods.passings(h)
    assert found["group"].to_dict() == {FOOD: "goods", KARGIL: "to_india", SHELLS: "from_pakistan"}
    assert list(found.index) == [FOOD, KARGIL, SHELLS]
    assert found["denied_by"].to_list() == ["", "", "Pakistan"] and set(found["said_by"]) == {""}
    assert list(goods.between(found).index) == [FOOD, SHELLS], "arms for India pass not between the two"
    assert goods.channels(h)["coded"].to_dict() == {
        FOOD: True,
        KARGIL: True,
        SHELLS: True,
        "2005-exercise": False,
    }


def test_a_rule_is_no_supply_and_the_way_to_the_afghans_leads_through_pakistan() -> None:
    found = goods.passings(small(WAIVER, AFGHANS))
    assert found["kind"].to_dict() == {WAIVER: "rule", AFGHANS: "supply"}
    assert list(goods.between(found).index) == [AFGHANS]
    assert found.at[AFGHANS, "group"] == "to_pakistan"


def test_the_words_of_the_miniature() -> None:
    h = small(SHELLS, FOOD, KARGIL, WAIVER, denies=SHELLS)
    said = {n: findings.NUMBERS[f"goods-{n}"](h) for n in ("all", "between", "between-firm", "to-pakistan")}
    assert said == {"all": "four", "between": "two", "between-firm": "none", "to-pakistan": "no"}
    assert findings.NUMBERS["goods-between-denied"](h) == "one"
    assert findings.NUMBERS["goods-between-unanswered"](h) == "one"
    assert findings.NUMBERS["goods-channel"](h) == "four of four"


def test_the_series_names_graded_events_that_the_data_have(book) -> None:
    coded = series.read("goods-and-arms")
    assert sorted(set(coded["event_id"]) - set(book.events.index)) == []
    assert len(goods.passings(book)) == len(coded), "none is a frame fact, none is of an arena"
    assert (coded["giver"] != coded["receiver"]).all()
    assert "statement" not in set(book.events.loc[coded["event_id"], "channel"])
    assert set(goods.passings(book)["group"]) == set(goods.GROUPS)
    (resource,) = [r for r in PACKAGE["resources"] if r["name"] == "goods-and-arms"]
    fields = {f["name"]: f["constraints"].get("enum", ()) for f in resource["schema"]["fields"]}
    for column in ("what", "giver", "receiver", "kind"):
        assert set(coded[column]) == set(fields[column]), column


def test_without_a_paper_what_it_alone_told_is_gone(book) -> None:
    left = goods.passings(book.without(sources="dahri-2016"))
    assert set(left.index) <= set(goods.passings(book).index) and AFGHANS in left.index


# --- the figure ---------------------------------------------------------------------------------
def test_the_figure_has_one_mark_an_event_with_its_kind_and_witnesses() -> None:
    figure = charts.goods_and_arms(small(SHELLS, FOOD, WAIVER, denies=SHELLS))
    assert sorted(re.findall(r'id="ev:([^":]+)"', figure.svg)) == sorted([SHELLS, FOOD, WAIVER])
    rows = {r["event_id"]: (r["kind"], r["grade"]) for r in csv.DictReader(io.StringIO(figure.csv()))}
    assert rows[WAIVER] == ("rule", "attested") and rows[SHELLS][0] == "supply"
    assert figure.title == "None of 2 reports of a supply between the two is documented or corroborated"
    assert figure.alt.startswith("3 events") and "denied by Pakistan" in figure.description


@pytest.mark.parametrize("events", [(), (FOOD,), (AFGHANS, "2012-cellebrite-pakistan")])
def test_the_bad_cases_draw(events) -> None:
    figure = charts.goods_and_arms(small(*events))
    assert "<svg" in figure.svg and re.search(r"\d", figure.alt) and "nan" not in figure.alt


def test_the_book_draws_twice_the_same_in_the_palette(book) -> None:
    figure = charts.goods_and_arms(book)
    assert figure.svg == charts.goods_and_arms(book).svg and 20 < len(figure.alt) < 300
    assert set(re.findall(r"#[0-9a-f]{6}", figure.svg)) <= {*charts.style.PALETTE.values(), "#ffffff"}
    for svg in (figure.svg, figure.narrow):
        ids = [mark.get("id") for mark in ET.fromstring(svg).iter() if mark.get("id")]
        assert len(ids) == len(set(ids))
