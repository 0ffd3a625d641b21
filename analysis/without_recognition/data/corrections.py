"""The changelog of facts, checked against the facts: a row of corrections.csv that says what is not so is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from without_recognition.data.dataset import TABLES, History, records
from without_recognition.data.messages import unknown
from without_recognition.data.rows import numbered

VERSION = re.compile(r"\d+\.\d+\.\d+")


def problems(history: History) -> Iterator[str]:
    """`file:row:column: what is wrong; what to do` for every correction that the tables contradict."""
    rows = list(numbered(history.corrections))
    retired = {(c["table"], c["key"]) for _, c in rows if c["kind"] == "retired"}
    keys = {table: set(_rows_by_key(history, table)) for table in TABLES}
    columns = {table: list(history.table(table).columns) for table in TABLES}
    sound = []
    for n, c in rows:
        at = f"corrections.csv:{n}"
        found = list(_names_what_is_there(at, c, columns, keys, retired))
        yield from found
        if not found:
            sound.append((n, c))
    yield from _values(history, sound)


def _names_what_is_there(
    at: str,
    c: dict[str, str],
    columns: dict[str, list[str]],
    keys: dict[str, set[str]],
    retired: set[tuple[str, str]],
) -> Iterator[str]:
    if not VERSION.fullmatch(c["version"]):
        yield f"{at}:version: '{c['version']}' is no version; write three numbers, 0.2.0"
    if c["table"] not in TABLES:
        yield f"{at}:table: {unknown('table', c['table'], TABLES)}"
        return
    known, key, row_of = keys[c["table"]], c["key"], f"row of {c['table']}"
    if c["kind"] == "retired":
        if key in known:
            yield f"{at}:key: '{key}' was retired and is used again; ids are never reused"
        if c["column"]:
            yield f"{at}:column: a whole row is retired; empty it"
        if c["now"] == key:
            yield f"{at}:now: '{key}' cannot stand for itself; name another heir, or empty it"
        elif c["now"] and c["now"] not in known and (c["table"], c["now"]) not in retired:
            yield f"{at}:now: {unknown(row_of, c['now'], known)}"
    elif key not in known and (c["table"], key) not in retired:
        yield f"{at}:key: {unknown(row_of, key, known)}"
    if c["column"] and c["column"] not in columns[c["table"]]:
        yield f"{at}:column: {unknown('column', c['column'], columns[c['table']])}"


def _values(history: History, sound: list[tuple[int, dict[str, str]]]) -> Iterator[str]:
    """One cell's corrections, in their order, lead from `was` to `now` and end at what stands in the table."""
    tables = {table: _rows_by_key(history, table) for table in {c["table"] for _, c in sound}}
    latest: dict[tuple[str, str, str], tuple[int, str]] = {}
    for n, c in sorted(sound, key=lambda each: (each[1]["date"], each[1]["correction_id"])):
        cell = c["table"], c["key"], c["column"]
        if not c["column"]:
            continue
        if c["was"] == c["now"]:
            yield f"corrections.csv:{n}:now: the same as `was`; say what changed"
        if cell in latest and latest[cell][1] != c["was"]:
            told = f"row {latest[cell][0]} left '{latest[cell][1]}' there"
            yield f"corrections.csv:{n}:was: {told}; correct one of the two"
        latest[cell] = n, c["now"]
    for (table, key, column), (n, now) in latest.items():
        row = tables[table].get(key)
        if row is not None and row[column] != now:
            told = (
                f"{table}.csv has '{row[column]}' there; correct one of the two, or add the next correction"
            )
            yield f"corrections.csv:{n}:now: {told}"


def _rows_by_key(history: History, table: str) -> dict[str, dict[str, str]]:
    """Rows by their key, several key columns with a slash between, as in data/releases/."""
    key = next(r for r in history.package["resources"] if r["name"] == table)["schema"]["primaryKey"]
    columns = [key] if isinstance(key, str) else key
    return {"/".join(row[c] for c in columns): row for row in records(history.table(table))}
