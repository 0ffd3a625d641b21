"""`book check --review`: what a reader should look at again is listed by kind, and fails nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import small_data
from conftest import make_history
from without_recognition.evidence import review
from without_recognition.press.build import check


def test_the_flag_lists_rows_by_kind_and_does_not_fail(tmp_path: Path, capsys) -> None:
    folder = small_data.write(tmp_path / "d")
    assert check.main([str(folder), "--review"]) == 0
    out = capsys.readouterr().out
    assert "12 occurrences (2): does the row say" in out and "1 wires (0): " in out
    assert "  2005-dinner.1: 'Says so.' for 'A dinner'" in out
    assert out.endswith("row(s) to look at again\ndata: no problems\n")
    check.main([str(folder)])
    assert "look at again" not in capsys.readouterr().out


def told(history, kind: str) -> list[str]:
    found = review.review(history)
    return list(found.loc[found["kind"] == kind, "row"])


@pytest.mark.parametrize(("channel", "listed"), [("diplomatic", True), ("statement", False)])
def test_to_quote_the_sayer_is_to_report_a_saying(channel: str, listed: bool) -> None:
    history = make_history(
        sources=[{"source_id": "s"}],
        events=[{"event_id": "e", "channel": channel, "made": "before_witnesses"}],
        claims=[{"claim_id": "e.1", "event_id": "e", "source_id": "s", "statement": "Quotes the minister."}],
    )
    assert bool(told(history, "2 follows")) is listed


@pytest.mark.parametrize(("channel", "listed"), [("military", True), ("statement", False)])
def test_a_denial_is_missing_only_from_what_is_denied(channel: str, listed: bool) -> None:
    history = make_history(
        sources=[{"source_id": "s", "title": "Army denies sale"}],
        events=[{"event_id": "e", "channel": channel, "made": "before_witnesses"}],
        claims=[{"claim_id": "e.1", "event_id": "e", "source_id": "s"}],
    )
    assert told(history, "8 denials") == (["s: Army denies sale"] if listed else [])


@pytest.mark.parametrize(("value", "listed"), [("first", True), ("not-first", False)])
def test_a_first_is_searched_for_and_an_earlier_case_is_at_hand(value: str, listed: bool) -> None:
    claim = {"event_id": "e", "source_id": "s"}
    history = make_history(
        sources=[{"source_id": "s"}],
        events=[{"event_id": "e"}],
        claims=[
            {"claim_id": "e.1", **claim},
            {"claim_id": "e.2", **claim, "aspect": "priority", "value": value},
        ],
        rulings=[{"event_id": "e", "aspect": "priority", "follows": "e.2", "reason": "So."}],
    )
    assert bool(told(history, "17 firsts")) is listed
