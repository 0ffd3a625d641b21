"""What the worked cases cannot show: flags that need other rows, offices, relays, retractions, disclosure."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import make_history
from without_recognition import evidence

STATE = [
    {"actor_id": "pk", "type": "state", "side": "pakistani"},
    {"actor_id": "il", "type": "state", "side": "israeli"},
]


def claim(n: int, source: str, event: str = "2005-x", **row) -> dict:
    return {"claim_id": f"{event}.{n}", "event_id": event, "source_id": source, **row}


def source(name: str, issued: str = "2005-01-02", **row) -> dict:
    return {"source_id": name, "issued": issued, **row}


def test_a_denial_that_better_evidence_contradicts_is_belied() -> None:
    history = make_history(
        actors=STATE,
        events=[
            {"event_id": "2005-x", "date": "2005-01-01"},
            {"event_id": "2005-denial", "date": "2005-01-01", "about": "2005-x"},
        ],
        sources=[source("a"), source("b"), source("c")],
        claims=[
            claim(1, "a"),
            claim(2, "b"),
            claim(3, "c", stance="denies", speaker="pk", basis="official"),
            claim(1, "c", "2005-denial"),
        ],
        participants=[
            {"event_id": "2005-denial", "actor_id": "pk", "role": "speaker", "claim_id": "2005-denial.1"}
        ],
    )
    assert evidence.judge(history, "2005-x").grade == "corroborated"
    assert "belied" in evidence.judge(history, "2005-denial").flags


def test_a_denial_of_what_is_only_attested_is_not_belied() -> None:
    history = make_history(
        actors=STATE,
        events=[
            {"event_id": "2005-x", "date": "2005-01-01"},
            {"event_id": "2005-denial", "date": "2005-01-01", "about": "2005-x"},
        ],
        sources=[source("a"), source("c")],
        claims=[
            claim(1, "a"),
            claim(3, "c", stance="denies", speaker="pk", basis="official"),
            claim(1, "c", "2005-denial"),
        ],
        participants=[
            {"event_id": "2005-denial", "actor_id": "pk", "role": "speaker", "claim_id": "2005-denial.1"}
        ],
    )
    assert "belied" not in evidence.judge(history, "2005-denial").flags


@pytest.mark.parametrize(("died", "flagged"), [("", True), ("2010", False)])
def test_living_person(died: str, flagged: bool) -> None:
    history = make_history(
        actors=[{"actor_id": "p", "died": died}],
        sources=[source("a")],
        claims=[claim(1, "a")],
        events=[{"event_id": "2005-x", "sensitive": "true"}],
        participants=[{"event_id": "2005-x", "actor_id": "p", "claim_id": "2005-x.1"}],
    )
    assert ("living_person" in evidence.judge(history, "2005-x").flags) is flagged


@pytest.mark.parametrize(
    ("change", "flagged"),
    [
        ({}, True),
        ({"coverage": "part"}, False),
        ({"expected": "no"}, False),
        ({"result": "partial"}, False),
        ({"looked_for": "denial"}, False),
    ],
)
def test_silence_counts_only_where_the_whole_place_was_searched(change: dict, flagged: bool) -> None:
    history = make_history(
        sources=[source("a")],
        claims=[claim(1, "a")],
        events=[{"event_id": "2005-x"}],
        searches=[{"search_id": "s", "event_id": "2005-x", **change}],
    )
    assert ("silent_where_expected" in evidence.judge(history, "2005-x").flags) is flagged


def test_one_independence_group_is_one_line() -> None:
    history = make_history(
        sources=[source("a", independence_group="wire"), source("b", independence_group="wire")],
        claims=[claim(1, "a"), claim(2, "b")],
        events=[{"event_id": "2005-x"}],
    )
    assert evidence.judge(history, "2005-x").lines == 1


def test_a_minister_in_office_is_his_state_and_out_of_office_himself() -> None:
    def lines(span: str) -> int:
        history = make_history(
            actors=[*STATE, {"actor_id": "minister", "side": "pakistani"}],
            sources=[source("a"), source("b")],
            claims=[
                claim(1, "a", speaker="pk", basis="official"),
                claim(2, "b", speaker="minister", basis="participant"),
            ],
            events=[{"event_id": "2005-x"}],
            participants=[{"event_id": "2005-x", "actor_id": "minister", "claim_id": "2005-x.1"}],
            offices=[
                {
                    "office_id": "o",
                    "actor_id": "minister",
                    "office": "Minister",
                    "body": "pk",
                    "span": span,
                    "source_id": "a",
                    "locator": "¶1",
                }
            ],
        )
        return evidence.judge(history, "2005-x").lines

    assert (lines("2002/2007"), lines("1990/1993")) == (1, 2)


def test_a_minister_who_breaks_with_his_state_is_a_voice_of_his_own() -> None:
    history = make_history(
        actors=[*STATE, {"actor_id": "minister", "side": "pakistani"}],
        sources=[source("a"), source("b")],
        claims=[
            claim(1, "a", speaker="pk", basis="official", stance="denies"),
            claim(2, "b", speaker="minister", basis="participant"),
        ],
        events=[{"event_id": "2005-x"}],
        participants=[{"event_id": "2005-x", "actor_id": "minister", "claim_id": "2005-x.2"}],
        offices=[
            {
                "office_id": "o",
                "actor_id": "minister",
                "office": "Minister",
                "body": "pk",
                "span": "2002/2007",
                "source_id": "a",
                "locator": "¶1",
            }
        ],
    )
    j = evidence.judge(history, "2005-x")
    assert j.affirms[0].key == ("actor", "minister") and j.status == "disputed"


def test_what_was_taken_back_no_longer_counts_nor_do_its_relays() -> None:
    history = make_history(
        sources=[source("a"), source("b")],
        events=[{"event_id": "2005-x"}],
        claims=[claim(1, "a"), claim(2, "b", origin="a"), claim(3, "a", stance="retracts")],
    )
    j = evidence.judge(history, "2005-x")
    assert (j.grade, j.lines, j.mentions) == ("alleged", 0, 0) and "retracted" in j.flags


def test_a_circle_of_origins_is_named() -> None:
    history = make_history(
        sources=[source("a"), source("b")],
        events=[{"event_id": "2005-x"}],
        claims=[claim(1, "a", origin="b"), claim(2, "b", origin="a")],
    )
    with pytest.raises(evidence.EvidenceError, match="2005-x.1 -> 2005-x.2 -> 2005-x.1"):
        evidence.judge(history, "2005-x")


def test_overlapping_dates_and_ranges_are_no_rivals() -> None:
    assert evidence.compatible("date", "2005-09", "2005-09-01") and not evidence.compatible(
        "date", "2005", "2006"
    )
    assert evidence.compatible("count", "170/180", "174") and not evidence.compatible("count", "174", "6")


def test_disclosure_is_the_earliest_publication_along_the_chain() -> None:
    history = make_history(
        sources=[source("blog", "2016-02-14"), source("maariv", "1992-05", seen="cited_only")],
        events=[{"event_id": "1990-x", "date": "1990-01-01"}],
        claims=[claim(1, "blog", "1990-x", origin="maariv", basis="anonymous")],
    )
    d = evidence.disclosure(history).loc["1990-x"]
    assert (d["public_by"], d["via_unread"], d["source_id"]) == (date(1992, 5, 31), True, "maariv")


def test_reading_list_names_what_would_raise_a_grade() -> None:
    history = make_history(
        sources=[
            source("column", "2023", kind="opinion"),
            source("scholar", "2007", kind="scholarship", seen="cited_only"),
        ],
        events=[{"event_id": "1953-x", "date": "1953"}],
        claims=[claim(1, "column", "1953-x", origin="scholar", basis="study")],
    )
    reading = evidence.to_read(history)
    assert reading[["source_id", "grade", "would_be"]].values.tolist() == [["scholar", "alleged", "attested"]]


def test_disputes_are_found_and_rulings_shown() -> None:
    history = make_history(
        sources=[source("a"), source("b")],
        events=[{"event_id": "2005-x"}],
        claims=[
            claim(1, "a", aspect="place", value="istanbul"),
            claim(2, "b", aspect="place", value="ankara"),
        ],
        rulings=[
            {
                "event_id": "2005-x",
                "aspect": "place",
                "of": "",
                "follows": "2005-x.1",
                "reason": "r",
                "what_would_change_it": "w",
            }
        ],
    )
    found = evidence.disputes(history)
    assert found[["aspect", "status", "followed", "open"]].values.tolist() == [
        ["place", "disputed", "istanbul", False]
    ]
