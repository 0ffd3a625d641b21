"""Frame facts have sources and no grade, arenas are counted apart: neither is among the graded events."""

from __future__ import annotations

import pytest
from conftest import make_history
from without_recognition import charts, evidence
from without_recognition.evidence import counts, labels
from without_recognition.evidence.explanation import explain
from without_recognition.findings import contact, variants, witness

RECORD = {"basis": "record"}


@pytest.fixture
def history():
    """A meeting, a frame fact and a speech of an arena, each told by one source of its own; one paper tells all."""
    told = {"2005-meeting": "paper", "2005-frame": "register", "2005-speech": "minutes"}
    return make_history(
        sources=[
            {"source_id": s, "issued": "2005-09-01", "kind": "primary_document", "author": f"Writer, {s}"}
            for s in (*told.values(), "all")
        ],
        actors=[{"actor_id": "kasuri", "side": "pakistani"}, {"actor_id": "shalom", "side": "israeli"}],
        events=[
            {"event_id": "2005-meeting", "title": "They meet", "date": "2005-09-01", "contact": "official"},
            {"event_id": "2005-frame", "title": "A frame", "date": "2005-09-01", "channel": "context"},
            {
                "event_id": "2005-speech",
                "title": "A speech",
                "date": "2005-09-01",
                "channel": "statement",
                "arena": "general_debate",
            },
        ],
        participants=[{"event_id": e, "actor_id": a} for e in told for a in ("kasuri", "shalom")],
        claims=[
            *(
                {"claim_id": f"{e}.1", "event_id": e, "source_id": s, "speaker": "kasuri", **RECORD}
                for e, s in told.items()
            ),
            *({"claim_id": f"{e}.2", "event_id": e, "source_id": "all"} for e in told),
            {"claim_id": "2005-frame.3", "event_id": "2005-frame", "source_id": "all", "origin": "register"},
            {"claim_id": "2005-frame.4", "event_id": "2005-frame", "source_id": "all", "stance": "denies"},
            {
                "claim_id": "2005-frame.5",
                "event_id": "2005-frame",
                "source_id": "all",
                "aspect": "place",
                "value": "ankara",
            },
        ],
    )


def test_only_what_is_neither_frame_nor_arena_is_graded() -> None:
    rows = [{"channel": c, "arena": a} for c in ("diplomatic", "context") for a in ("", "general_debate")]
    assert [evidence.is_graded(row) for row in rows] == [True, False, False, False]
    assert [evidence.is_frame(row) for row in rows] == [False, False, True, True]


def test_the_graded_history_drops_what_tells_of_nothing_else(history) -> None:
    told = evidence.graded(history)
    assert list(told.events.index) == ["2005-meeting"]
    assert sorted(told.claims.index) == ["2005-meeting.1", "2005-meeting.2"]
    assert sorted(told.sources.index) == ["all", "paper"]
    assert set(told.participants["event_id"]) == {"2005-meeting"}
    assert told.whole is history and evidence.graded(told) is told and evidence.graded(history) is told
    assert evidence.graded(history.chapter("istanbul")).slug == "istanbul"


def test_a_history_of_graded_events_alone_is_its_own() -> None:
    plain = make_history(events=[{"event_id": "2005-x"}])
    assert evidence.graded(plain) is plain


def test_occurrences_leave_them_out_and_lists_keep_them(history) -> None:
    assert list(evidence.occurrences(history)) == ["2005-meeting"]
    listed = evidence.events(history)
    assert listed["grade"].to_dict() == {
        "2005-meeting": "documented",
        "2005-frame": "",
        "2005-speech": "documented",
    }
    assert listed.at["2005-frame", "mentions"] == 3 and listed.at["2005-frame", "grade_rule"] == ""
    grades = evidence.propositions(history).set_index(["event_id", "aspect"])["grade"]
    assert grades["2005-frame", "occurrence"] == "" and grades["2005-frame", "place"] != ""


def test_findings_see_graded_events_alone(history) -> None:
    assert list(witness.occurrences(history).index) == ["2005-meeting"]
    assert list(contact.contacts(history).index) == ["2005-meeting"]
    assert contact.denials(history).empty
    assert witness.hardening(history).relays == 0
    assert witness.prolific(history)["claims"].to_list() == [1, 1]
    decade = contact.density(history).set_index("decade").loc["2000s"]
    assert (decade["sources"], decade["claims"]) == (2, 2)
    for variant in (variants.full(history), *variants.variants(history)):
        assert set(variant.occurrences) <= {"2005-meeting"}, variant.label


@pytest.mark.parametrize("chart", [charts.timeline, charts.who_says, charts.echo, charts.channels])
def test_figures_of_a_chapter_show_graded_events_alone(history, chart) -> None:
    figure = chart(history.chapter("istanbul"))
    assert set(figure.data["event_id"]) == {"2005-meeting"} == set(figure.event_ids)
    assert "1 graded event with 2 claims of 2 sources" in figure.source_line


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("events all", 3),
        ("graded all", 1),
        ("events all grade=documented", 1),
        ("events all status=unchallenged", 1),
        ("events all channel=context", 1),
        ("events istanbul arena=general_debate", 1),
        ("events all channel=context grade=documented", 0),
    ],
)
def test_a_count_by_grade_is_of_graded_events(history, spec: str, found: int) -> None:
    assert counts.number(history, spec) == found


def test_the_summary_names_what_is_counted_apart(history) -> None:
    told = counts.summary(history)
    assert "1 frame fact without a grade, 1 event of an arena counted apart" in told
    row = next(line for line in told.splitlines() if line.startswith("istanbul"))
    assert row.split()[1:] == ["1", "0", "0", "0"]


def test_a_frame_fact_says_that_it_has_no_grade(history) -> None:
    frame, place = (
        evidence.judge(history, "2005-frame"),
        evidence.judge(history, "2005-frame", "place", "", "ankara"),
    )
    assert labels.grade_words(frame).startswith("frame fact: it has sources, no grade")
    assert labels.sign(frame)[0] == "frame" and labels.level(frame) == 3
    assert labels.grade_words(place) == place.grade and labels.sign(place)[0] == place.grade
    told = str(explain(history, "2005-frame"))
    assert "occurrence: frame fact, without a grade" in told and "G1" not in told.partition("place")[0]
    assert "frame fact" not in str(explain(history, "2005-speech"))


def test_reading_more_cannot_lift_what_has_no_grade() -> None:
    relayed = make_history(
        sources=[{"source_id": "paper"}, {"source_id": "minutes", "seen": "cited_only"}],
        events=[{"event_id": "2005-meeting"}, {"event_id": "2005-frame", "channel": "context"}],
        claims=[
            {"claim_id": f"{e}.1", "event_id": e, "source_id": "paper", "origin": "minutes", **RECORD}
            for e in ("2005-meeting", "2005-frame")
        ],
    )
    assert evidence.to_read(relayed)["event_id"].to_list() == ["2005-meeting"]
