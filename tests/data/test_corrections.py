"""The changelog of facts cannot lie: each row is checked against the table that it speaks of."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import small_data
from conftest import RESOURCES
from hypothesis import given
from hypothesis import strategies as st
from test_check import put
from without_recognition.data import check, corrections, dataset

COLUMNS = [f["name"] for f in RESOURCES["corrections"]["schema"]["fields"]]
SOUND = {
    "correction_id": "c-1",
    "date": "2026-11-22",
    "version": "0.2.0",
    "kind": "changed",
    "table": "events",
    "key": "2005-dinner",
    "column": "place",
    "was": "ankara",
    "now": "istanbul",
    "reason": "Seen.",
}


def told(folder: Path, *rows: dict[str, str]) -> list[str]:
    """What check says of a package with these corrections."""
    with (folder / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({**SOUND, "correction_id": f"c-{n}", **row} for n, row in enumerate(rows, 1))
    return check.data_problems(folder)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return small_data.write(tmp_path / "data")


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ({"table": "evnts"}, "table", "unknown table 'evnts'; the nearest is 'events'"),
        ({"key": "2005-diner"}, "key", "unknown row of events '2005-diner'; the nearest is '2005-dinner'"),
        ({"kind": "added", "key": "2005-diner", "column": ""}, "key", "unknown row of events '2005-diner'"),
        ({"column": "town"}, "column", "unknown column 'town'"),
        ({"now": "ankara", "was": "istanbul"}, "now", "events.csv has 'istanbul' there"),
        ({"was": "istanbul"}, "now", "the same as `was`"),
        ({"version": "next"}, "version", "'next' is no version; write three numbers, 0.2.0"),
        ({"date": "2026-02-30"}, "date", "'2026-02-30' is not a day of the calendar"),
        ({"column": "", "was": "two rows", "now": "one row"}, "column", "empty; name the column that changed"),
        ({"table": "participants", "key": "2005-diner/kasuri/party", "column": "claim_id"}, "key",
         "unknown row of participants"),
        ({"kind": "retired", "column": "", "now": ""}, "key", "was retired and is used again"),
        ({"kind": "retired", "key": "2005-gone"}, "column", "a whole row is retired; empty it"),
        ({"kind": "retired", "key": "2005-gone", "column": "", "now": "2005-gone"}, "now", "cannot stand for itself"),
        ({"kind": "retired", "key": "2005-gone", "column": "", "now": "2005-heir"}, "now",
         "unknown row of events '2005-heir'"),
    ],
)  # fmt: skip
def test_what_the_tables_contradict_is_refused(
    good: Path, row: dict[str, str], column: str, message: str
) -> None:
    found = told(good, row)
    assert any(p.startswith(f"corrections.csv:2:{column}: ") and message in p for p in found), found


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"table": "support", "key": "2005-dinner.1", "column": "verdict", "was": "bears", "now": "part"},
        {"kind": "added", "column": "", "was": "", "now": ""},
        {"kind": "retired", "key": "2005-gone", "column": "", "was": "", "now": "2005-dinner"},
        {"table": "participants", "key": "2005-dinner/kasuri/party", "column": "claim_id", "was": "x",
         "now": "2005-dinner.1"},
    ],
)  # fmt: skip
def test_what_is_so_is_no_problem(good: Path, row: dict[str, str]) -> None:
    assert told(good, row) == []


def test_corrections_of_one_cell_follow_each_other_to_what_stands_there(good: Path) -> None:
    first, second = {"was": "lahore", "now": "ankara"}, {"was": "ankara", "now": "istanbul"}
    assert told(good, first, second) == []
    assert told(good, first, {"was": "karachi", "now": "istanbul"}) == [
        "corrections.csv:3:was: row 2 left 'ankara' there; correct one of the two"
    ]
    assert told(good, second, {**first, "date": "2026-11-20"}) == []
    later = told(good, second, {**first, "date": "2026-11-23"})
    assert [p.split(":")[:3] for p in later] == [
        ["corrections.csv", "3", "now"],
        ["corrections.csv", "3", "was"],
    ]


def test_a_row_that_was_corrected_and_then_retired_is_no_problem(good: Path) -> None:
    gone = {"key": "2005-gone", "was": "a", "now": "b"}
    retired = {"kind": "retired", "key": "2005-gone", "column": "", "was": "", "now": ""}
    hung = {"table": "participants", "key": "2005-gone/kasuri/party", "column": "claim_id"}
    assert told(good, gone, hung, retired) == []


@given(st.sampled_from(["events", "claims", "sources", "actors"]), st.data())
def test_any_silent_change_after_a_correction_is_told(table: str, data: st.DataObject) -> None:
    """Whatever cell is corrected: as long as the changelog agrees, silence; when the cell moves on, its row is told."""
    from conftest import make_history

    row = {
        "event_id": "2005-dinner",
        "claim_id": "2005-dinner.1",
        "source_id": "a-2005",
        "actor_id": "kasuri",
    }
    history = make_history(**{table: [row]})
    key, columns = str(history.table(table).index[0]), list(history.table(table).columns)
    column = data.draw(st.sampled_from([c for c in columns if c != columns[0]]))
    now = history.table(table).at[key, column]
    c = {**SOUND, "table": table, "key": key, "column": column, "was": now + "x", "now": now}
    assert list(corrections.correction_problems(make_history(**{table: [row]}, corrections=[c]))) == []
    moved = make_history(**{table: [{**row, column: now + "y"}]}, corrections=[c])
    assert [p.split(": ")[0] for p in corrections.correction_problems(moved)] == ["corrections.csv:2:now"]


def test_the_books_own_corrections_agree_with_its_tables(book) -> None:
    assert list(corrections.correction_problems(book)) == []


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [("sources", 2, "accessed"), ("searches", 2, "date")],
)
@pytest.mark.parametrize("cell", ["2026-02-30", "2026-13-45", "2026-2-3", "20261122", "1-Sep-05", "46348"])
def test_every_day_column_is_a_real_day(good: Path, table: str, row: int, column: str, cell: str) -> None:
    put(good, table, row, column, cell)
    found = check.data_problems(good)
    assert [p for p in found if p.startswith(f"{table}.csv:{row}:{column}: '{cell}'") and "; " in p], found
    assert len(found) == 1


def test_every_column_of_days_is_declared_so(book) -> None:
    days = {
        (table, field["name"])
        for table, resource in dataset.resources(book.package).items()
        for field in resource["schema"]["fields"]
        if field["type"] == "date"
    }
    assert {("sources", "accessed"), ("searches", "date"), ("corrections", "date"), ("audit", "date")} <= days
    for table, column in days:
        assert all(len(cell) in (0, 10) for cell in dataset.column_cells(getattr(book, table), column))
    patterns = [
        f["name"]
        for r in book.package["resources"]
        for f in r["schema"]["fields"]
        if "\\d{4}-\\d{2}" in f.get("constraints", {}).get("pattern", "")
    ]
    assert patterns == [], "a pattern takes the 31st of November; declare the column as a date"
