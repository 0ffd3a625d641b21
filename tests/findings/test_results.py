"""Results as data: complete, tidy, the same as what the rules say, and described column by column."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from without_recognition import evidence
from without_recognition.findings import result_columns

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@pytest.fixture(scope="module")
def tables(book):
    return book.results()


@pytest.mark.parametrize("table", result_columns.TABLES, ids=lambda table: table.name)
def test_a_table_is_as_it_is_described(tables, table):
    frame = tables[table.name]
    assert list(frame.columns) == table.names and len(frame)
    assert not frame.duplicated(list(table.key)).any()
    assert not set(frame.columns) & set(dir(pd.DataFrame)), "a column that pandas hides"
    for column in table.columns:
        cells = frame[column.name]
        assert column.meaning.endswith(".") and column.type in result_columns.TYPES
        if column.type == "integer":
            assert cells.dtype == "Int64"
        elif column.type == "boolean":
            assert cells.dtype == bool
        else:
            assert cells.map(type).eq(str).all(), column.name
        if column.type == "date":
            assert all(not day or (DAY.fullmatch(day) and day[:4] not in ("0001", "9999")) for day in cells)


def test_events_carry_what_the_rules_say(book, tables):
    graded = tables["graded_events"].set_index("event_id")
    assert set(graded.index) == set(book.events.index)
    for event_id, judged in evidence.occurrences(book).items():
        row = graded.loc[event_id]
        assert (row.grade, row.status, row.n_lines) == (judged.grade, judged.status, judged.lines)
        assert tuple(row.warnings.split()) == judged.flags


def test_lines_counted_in_the_table_are_those_of_the_rules(tables):
    lines, keys = tables["lines"], ["event_id", "aspect", "of", "value"]
    carrying = lines[lines["carries"] & lines["stance"].eq("affirms")].groupby(keys)["line"].nunique()
    said = tables["propositions"].set_index(keys)["n_lines"]
    assert said.eq(carrying.reindex(said.index, fill_value=0)).all() and said.max() > 2


def test_what_joins_claims_into_one_witness_is_named(tables):
    lines = tables["lines"]
    assert {"root", "person", "state", "unnamed", "group", "text"} == set(
        " ".join(lines["joined_by"]).split()
    )
    keys = ["event_id", "aspect", "of", "value", "stance", "line"]
    together = lines.groupby(keys)["claim_id"].transform("size") > 1
    assert lines[together]["joined_by"].ne("").all()


def test_disputes_hold_their_values_apart(tables):
    keys = ["event_id", "aspect", "of"]
    values = tables["dispute_values"].groupby(keys).size()
    said = tables["disputes"].set_index(keys)["n_values"]
    assert said.eq(values.reindex(said.index)).all()


def test_an_open_end_is_empty(book):
    event_id = book.events.index[0]
    open_ended = book.with_rows(events=[{"event_id": event_id, "date": "2005/.."}])
    row = open_ended.results()["graded_events"].set_index("event_id").loc[event_id]
    assert (row.earliest, row.latest, row.precision) == ("2005-01-01", "", "span")
    public = open_ended.results()["disclosure"].set_index("event_id").loc[event_id]
    assert public.happened == "" and public.days is pd.NA


def test_a_chapter_and_a_variant_have_their_own(book, tables):
    part = book.chapter("telegram").results()["graded_events"]
    assert set(part["chapter"]) == {"telegram"}
    less = book.without(sources="dahri-2016").results()["lines"]
    assert "dahri-2016" in set(tables["lines"]["source_id"]) - set(less["source_id"])


def test_contacts_are_those_that_encounters_are_counted_under(tables):
    counted = set(tables["encounters"]["counted_as"]) - {""}
    assert counted == set(tables["contacts"]["event_id"])
    assert tables["contacts"]["n_events"].sum() == tables["encounters"]["counted_as"].ne("").sum()
