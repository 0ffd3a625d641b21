"""What differs between two Histories, row by row: nothing for the same, and a way back for any other."""

from __future__ import annotations

from conftest import RESOURCES, make_history
from hypothesis import given
from hypothesis import strategies as st
from without_recognition.data import row_changes

CELL = st.text("abc", max_size=2)
TABLE = st.dictionaries(st.sampled_from("pqrst"), st.fixed_dictionaries({"x": CELL, "y": CELL}), max_size=5)


@given(TABLE, TABLE)
def test_the_changes_lead_from_one_to_the_other(was: dict, now: dict) -> None:
    made = {key: dict(row) for key, row in was.items()}
    for key, change, column, before, after in row_changes.of_table(was, now):
        if change == row_changes.GONE:
            del made[key]
        elif change == row_changes.ADDED:
            made[key] = dict(now[key])
        else:
            assert made[key][column] == before != after
            made[key][column] = after
    assert made == now


def test_keys_of_several_columns_are_joined_as_in_the_pins(book) -> None:
    assert len(row_changes.changed(book, book)) == 0
    row = {"event_id": "e", "actor_id": "a", "role": "party", "claim_id": "e.1"}
    found = row_changes.changed(make_history(), make_history(participants=[row]))
    assert found["change"].tolist() == ["added"] and found["table"].tolist() == ["participants"]
    key = RESOURCES["participants"]["schema"]["primaryKey"]
    assert found["key"].item() == "/".join(row[column] for column in key)


def test_a_part_is_compared_by_its_whole(book) -> None:
    assert len(row_changes.changed(book.chapter("telegram"), book)) == 0
