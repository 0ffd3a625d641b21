"""All tables in one SQLite file: keys, the bounds of every date beside it, and views that join facts to judgements."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from without_recognition.data import dates
from without_recognition.findings.results import day
from without_recognition.press.formats.flat import Cell, Column, Flat

TYPES = {"string": "TEXT", "date": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
VIEWS = {
    "events_with_grades": (
        "SELECT e.event_id, e.title, e.chapter, e.date, g.earliest, g.latest, g.precision, e.place, e.channel, "
        "e.visibility, g.grade, g.grade_rule, g.status, g.status_rule, g.warnings, g.n_lines, g.n_mentions, e.summary "
        "FROM events AS e JOIN graded_events AS g USING (event_id) ORDER BY g.earliest, g.latest, e.event_id"
    ),
    "claims_with_lines": (
        "SELECT c.claim_id, c.event_id, e.title, c.aspect, c.of, c.value, c.stance, c.statement, "
        "c.source_id, c.locator, c.speaker, c.basis, c.origin, l.root, l.line, l.side, l.counts, l.carries, "
        "l.joined_by, l.defects "
        "FROM claims AS c JOIN events AS e USING (event_id) LEFT JOIN lines AS l USING (claim_id) ORDER BY c.claim_id"
    ),
    "disputes_with_values": (
        "SELECT d.event_id, d.title, d.aspect, d.of, d.status AS dispute_status, v.place_in_order, v.value, v.grade, "
        "v.status, v.n_lines, v.n_mentions, v.value = d.followed_value AND d.follows <> '' AS followed, d.reason "
        "FROM disputes AS d JOIN dispute_values AS v USING (event_id, aspect, of) "
        "ORDER BY d.event_id, d.aspect, d.of, v.place_in_order"
    ),
    "sources_with_counts": (
        "SELECT s.*, count(c.claim_id) AS n_claims, count(DISTINCT c.event_id) AS n_events "
        "FROM sources AS s LEFT JOIN claims AS c USING (source_id) GROUP BY s.source_id ORDER BY s.source_id"
    ),
    "grades_by_chapter": (
        "SELECT chapter, grade, count(*) AS n_events FROM graded_events WHERE grade <> '' AND arena = '' "
        "GROUP BY chapter, grade ORDER BY chapter, grade"
    ),
}


def sqlite_bytes(tables: Sequence[Flat], about: Sequence[tuple[str, str]]) -> bytes:
    """The tables as one SQLite file; equal tables give equal bytes under one version of SQLite.

    A missing text is an empty one. NULL is a missing day or number, a bound that is open, and a cell that would name a
    row of another table and names none. Truth values are 1 and 0. Views are made where their tables are there.
    """
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("PRAGMA page_size = 4096")
        base.execute("CREATE TABLE about (what TEXT PRIMARY KEY, it_is TEXT NOT NULL) WITHOUT ROWID")
        base.executemany("INSERT INTO about VALUES (?, ?)", about)
        known = {table.name for table in tables}
        for table in map(_bounded, tables):
            base.execute(_create(table, known))
            base.executemany(
                f"INSERT INTO {_quoted(table.name)} VALUES ({', '.join('?' * len(table.columns))})",
                table.rows,
            )
            for column in table.columns:
                if column.refers or (column.name == "event_id" and column.name not in table.key[:1]):
                    index = _quoted(f"{table.name}_by_{column.name}")
                    base.execute(f"CREATE INDEX {index} ON {_quoted(table.name)} ({_quoted(column.name)})")
        if {"events", "claims", "sources"} <= known:
            for name, query in VIEWS.items():
                base.execute(f"CREATE VIEW {name} AS {query}")
        base.commit()
        base.execute("VACUUM")
        return base.serialize()


def _create(table: Flat, known: set[str]) -> str:
    columns = [
        f"{_quoted(c.name)} {TYPES[c.type]}{' NOT NULL' if c.type == 'string' and not c.refers else ''}"
        for c in table.columns
    ]
    keys = [f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})"]
    keys += [
        f"FOREIGN KEY ({_quoted(c.name)}) REFERENCES {_quoted(c.refers[0])} ({_quoted(c.refers[1])})"
        for c in table.columns
        if c.refers and c.refers[0] in known
    ]
    body = ",\n  ".join([*columns, *keys])
    return f"CREATE TABLE {_quoted(table.name)} (\n  {body}\n)"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _bounded(table: Flat) -> Flat:
    """The table with NULL where a cell names no row, and after each column of dates its earliest and latest day."""
    columns: list[Column] = []
    made: list[Sequence[Cell]] = []
    cells = list(zip(*table.rows)) or [()] * len(table.columns)
    aspects = cells[table.names.index("aspect")] if table.name == "claims" else ()
    for column, own in zip(table.columns, cells):
        columns.append(column)
        made.append([cell or None for cell in own] if column.refers and column.type == "string" else own)
        if column.edtf and not table.is_result:
            dated = own
        elif aspects and column.name == "value":
            dated = tuple(v if a == "date" else "" for a, v in zip(aspects, own))
        else:
            continue
        for end in ("earliest", "latest"):
            columns.append(
                Column(f"{column.name}_{end}", "date", f"{end.capitalize()} day of {column.name}.")
            )
            made.append(list(_ends(dated, end)))
    return replace(table, columns=tuple(columns), rows=tuple(zip(*made)) if table.rows else ())


def _ends(texts: Sequence[Cell], end: str) -> Iterator[Cell]:
    for text in texts:
        yield (day(getattr(dates.parse(text), end)) or None) if isinstance(text, str) and text else None
