"""What differs between the rows of two Histories, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from without_recognition.data import codebook
from without_recognition.data.descriptor import TABLES
from without_recognition.data.history import History
from without_recognition.data.rows import records

COLUMNS = ["table", "key", "change", "column", "was", "now"]
ADDED, CHANGED, GONE = "added", "changed", "gone"
Row = dict[str, str]


def changed(history: History, other: History) -> pd.DataFrame:
    """What differs from `history` to `other`, of all tables: one row a cell that changed, or a row that came or went.

    Returns columns table; key (several key columns with a slash between, as in data/releases/); change (`added`,
    `changed` or `gone`); column, was, now ("" where a whole row came or went). Sorted by table and key; columns in
    their order. A column that only one of the two has counts as empty in the other.

    >>> from without_recognition import load
    >>> history = load()
    >>> other = history.with_rows(events=[{"event_id": "1947-jinnah-truman", "place": "delhi"}])
    >>> changed(history, other).query("table == 'events'")[["key", "change", "column", "now"]].values.tolist()
    [['1947-jinnah-truman', 'changed', 'place', 'delhi']]
    """
    found = [
        (table, *each) for table in TABLES for each in of_table(by_key(history, table), by_key(other, table))
    ]
    return pd.DataFrame(found, columns=COLUMNS)


def of_table(was: Mapping[str, Row], now: Mapping[str, Row]) -> Iterator[tuple[str, str, str, str, str]]:
    """(key, change, column, was, now) of one table, given as rows by key.

    >>> list(of_table({"a": {"x": "1"}, "b": {"x": "2"}}, {"a": {"x": "3"}, "c": {"x": ""}}))
    [('a', 'changed', 'x', '1', '3'), ('b', 'gone', '', '', ''), ('c', 'added', '', '', '')]
    """
    for key in sorted({*was, *now}):
        if key not in now or key not in was:
            yield key, ADDED if key in now else GONE, "", "", ""
            continue
        for column in dict.fromkeys([*was[key], *now[key]]):
            cells = was[key].get(column, ""), now[key].get(column, "")
            if cells[0] != cells[1]:
                yield key, CHANGED, column, *cells


def by_key(history: History, table: str) -> dict[str, Row]:
    """The rows of one table by their key, several key columns with a slash between."""
    columns = codebook.key(history.package, table)
    return {"/".join(row[c] for c in columns): row for row in records(history.whole.table(table))}
