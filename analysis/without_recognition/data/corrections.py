"""The changelog of facts, checked against the facts: a row of corrections.csv that says what is not so is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from without_recognition.data import codebook, row_changes
from without_recognition.data.dataset import TABLES, History, records
from without_recognition.data.messages import unknown
from without_recognition.data.rows import numbered

VERSION = re.compile(r"\d+\.\d+\.\d+")


def correction_problems(history: History) -> Iterator[str]:
    """`file:row:column: what is wrong; what to do` for every correction that the tables contradict."""
    rows, known, sound = list(numbered(history.corrections)), _Known(history), []
    for n, c in rows:
        found = list(known.contradicts(f"corrections.csv:{n}", c))
        yield from found
        if not found:
            sound.append((n, c))
    yield from _values(history, sound)


class _Known:
    """The rows and columns that there are, and what was retired."""

    def __init__(self, history: History) -> None:
        self.package = history.package
        self.keys = {table: set(row_changes.by_key(history, table)) for table in TABLES}
        self.retired = {
            (c["table"], c["key"]) for c in records(history.corrections) if c["kind"] == "retired"
        }

    def contradicts(self, at: str, c: dict[str, str]) -> Iterator[str]:
        """What a correction names that is not there."""
        table, column = c["table"], c["column"]
        if not VERSION.fullmatch(c["version"]):
            yield f"{at}:version: '{c['version']}' is no version; write three numbers, 0.2.0"
        if table not in TABLES:
            yield f"{at}:table: {unknown('table', table, TABLES)}"
            return
        if c["kind"] == "retired":
            yield from self._retirement(at, c)
        elif c["key"] not in self.keys[table] and not self._gone(table, c["key"]):
            yield f"{at}:key: {unknown(f'row of {table}', c['key'], self.keys[table])}"
        columns = [f["name"] for f in codebook.schema(self.package, table)["fields"]]
        if column and column not in columns:
            yield f"{at}:column: {unknown('column', column, columns)}"
        elif c["kind"] == "changed" and not column:
            yield f"{at}:column: empty; name the column that changed, a row for each"

    def _retirement(self, at: str, c: dict[str, str]) -> Iterator[str]:
        table, key, heir = c["table"], c["key"], c["now"]
        if key in self.keys[table]:
            yield f"{at}:key: '{key}' was retired and is used again; ids are never reused"
        if c["column"]:
            yield f"{at}:column: a whole row is retired; empty it"
        if heir == key:
            yield f"{at}:now: '{key}' cannot stand for itself; name another heir, or empty it"
        elif heir and heir not in self.keys[table] and (table, heir) not in self.retired:
            yield f"{at}:now: {unknown(f'row of {table}', heir, self.keys[table])}"

    def _gone(self, table: str, key: str) -> bool:
        """Whether a row that is not there was retired, or went with what its key names;
        a verdict, when its claim changed."""
        void = table == "support" and key in self.keys["claims"]
        return void or not self.retired.isdisjoint([(table, key), *codebook.leans(self.package, table, key)])


def _values(history: History, sound: list[tuple[int, dict[str, str]]]) -> Iterator[str]:
    """One cell's corrections, in their order, lead from `was` to `now` and end at what stands in the table."""
    tables = {table: row_changes.by_key(history, table) for table in {c["table"] for _, c in sound}}
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
