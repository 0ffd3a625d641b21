"""Rows that a reader adds to tables, or alters: merged with what is there, and checked as the codebook wants them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from without_recognition.data import codebook, dates
from without_recognition.data.codebook import EDTF, NUMBER
from without_recognition.data.messages import DatasetError, UnknownId, nearest
from without_recognition.data.rows import records

DEFAULTS = {"claims": {"origin": "self"}}  #: cells of a new row that are not given
NAMED = 3  #: so many keys stand in a label

if TYPE_CHECKING:
    from without_recognition.data.variants import Rows, Tables


def merged(
    package: dict[str, Any], tables: Tables, given: Mapping[str, Rows]
) -> tuple[dict[str, pd.DataFrame], str]:
    """(the tables with the given rows added or altered, '2 claims added, 1 source altered').

    Raises DatasetError with a line for each cell that the codebook does not allow.
    """
    out, words, new = dict(tables), [], {}
    problems: list[str] = []
    for name, rows in given.items():
        found = [_row(name, n, row, tables[name].columns) for n, row in enumerate(dicts(rows), 1)]
        key = codebook.key(package, name)
        problems += _twice(name, key, found)
        out[name], new[name] = _merged(tables[name], found, key, DEFAULTS.get(name, {}))
        there = {tuple(row[k] for k in key): row for row in records(tables[name])}
        words += _counted(name, [at for at in new[name] if at not in there], "added")
        words += _counted(name, [at for at, row in new[name].items() if there.get(at, row) != row], "altered")
    for name, rows in new.items():
        problems += _problems(package, name, rows.values(), out)
    problems += _numbered(new.get("claims", {}).values())
    if problems:
        raise DatasetError(*problems)
    return {name: out[name] for name in given}, ", ".join(words)


def dicts(rows: Rows) -> list[dict[str, Any]]:
    """The rows as dictionaries. Raises TypeError for what is no list of rows."""
    if isinstance(rows, pd.DataFrame):
        given: list[dict[str, Any]] = rows.to_dict("records")
        return given
    if isinstance(rows, (str, Mapping)) or not isinstance(rows, Iterable):
        raise TypeError(f'{rows!r} is no list of rows; write sources=[{{"source_id": "dahri-2016", ...}}]')
    found = list(rows)
    if odd := [row for row in found if not isinstance(row, Mapping)]:
        raise TypeError(f'{odd[0]!r} is no row; write {{"source_id": "dahri-2016", ...}}')
    return [dict(row) for row in found]


def _counted(table: str, keys: list[tuple[str, ...]], done: str) -> list[str]:
    """['dahri-2016 altered'], ['12 claims added']."""
    if len(keys) > NAMED:
        return [f"{len(keys)} {table} {done}"]
    return [f"{' and '.join(' '.join(filter(None, key)) for key in keys)} {done}"] if keys else []


def _row(table: str, n: int, row: Mapping[str, object], columns: pd.Index) -> dict[str, str]:
    """The cells as text. Raises UnknownId for a column that is not there."""
    for column in row:
        if column not in columns:
            raise UnknownId(f"column of {table} (row {n})", column, columns)
    return {column: "" if cell is None or cell != cell else str(cell) for column, cell in row.items()}


def _merged(
    table: pd.DataFrame, rows: list[dict[str, str]], key: list[str], defaults: dict[str, str]
) -> tuple[pd.DataFrame, dict[tuple[str, ...], dict[str, str]]]:
    """(the table, key -> the whole row of each that was given)."""
    there, new = {tuple(row[k] for k in key): row for row in records(table)}, {}
    for row in rows:
        at = tuple(row.get(k, "") for k in key)
        there[at] = new[at] = {**dict.fromkeys(table.columns, ""), **defaults, **there.get(at, {}), **row}
    made = pd.DataFrame(list(there.values()), columns=table.columns, dtype=str)
    if len(key) == 1:
        made = made.set_index(key[0], drop=False).rename_axis(None)
    return made, new


def _twice(table: str, key: list[str], rows: list[dict[str, str]]) -> Iterator[str]:
    """Rows with the key of an earlier one."""
    first: dict[tuple[str, ...], int] = {}
    for n, row in enumerate(rows, 1):
        at = tuple(row.get(k, "") for k in key)
        if first.setdefault(at, n) != n:
            named = " ".join(filter(None, at))
            yield f"{table}: row {n}: {' and '.join(key)}: '{named}' is given in row {first[at]} already; give it once"


def claim_id_fault(claim: Mapping[str, str]) -> str:
    """What is wrong with the id of a claim, and what to do; "" where it begins with that of its event."""
    if claim["claim_id"].startswith(f"{claim['event_id']}."):
        return ""
    return f"'{claim['claim_id']}' must begin with its event_id '{claim['event_id']}.'; renumber it"


def _numbered(claims: Iterable[dict[str, str]]) -> Iterator[str]:
    """Claims whose id is not of their event, or that are their own origin."""
    for n, c in enumerate(claims, 1):
        if c["claim_id"] and (told := claim_id_fault(c)):
            yield f"claims: row {n}: claim_id: {told}"
        if c["origin"] and c["origin"] == c["claim_id"]:
            yield f"claims: row {n}: origin: '{c['origin']}' names itself; write self"


def _problems(
    package: dict[str, Any], table: str, rows: Iterable[dict[str, str]], tables: Tables
) -> Iterator[str]:
    schema, key = codebook.schema(package, table), codebook.key(package, table)
    ids = {f["fields"]: f["reference"]["resource"] for f in schema["foreignKeys"]}
    for n, row in enumerate(rows, 1):
        for field in schema["fields"]:
            name = field["name"]
            if told := _of_cell(table, field, row, tables.get(ids.get(name, "")), name in key):
                yield f"{table}: row {n}: {name}: {told}"


def wrong(
    package: dict[str, Any],
    table: str,
    field: dict[str, Any],
    row: Mapping[str, str],
    other: pd.DataFrame | None,
) -> str:
    """What is wrong with one cell of a row for the book's own tables and what to do, or ""; no needed cell is empty.

    other: the table whose index the cell must name, where it must.
    """
    cell, rules = row[field["name"]], field.get("constraints", {})
    if not cell and rules.get("required"):
        return "empty; give it"
    is_key = field["name"] in codebook.key(package, table)
    if told := _of_cell(
        table, field, row, None if cell == "" else other, is_key and bool(rules.get("required"))
    ):
        return told
    if cell and "pattern" in rules and not re.fullmatch(rules["pattern"], cell):
        return f"'{cell}' does not match {rules['pattern']}; correct it"
    if len(cell) > rules.get("maxLength", len(cell)):
        return f"{len(cell)} characters, of which {rules['maxLength']} are allowed; shorten it"
    return ""


def _of_cell(
    table: str, field: dict[str, Any], row: Mapping[str, str], other: pd.DataFrame | None, is_key: bool
) -> str:
    name = field["name"]
    told = _wrong(field, row[name], other, is_key)
    return told or (_wrong_value(row["aspect"], row[name]) if (table, name) == ("claims", "value") else "")


def _wrong(field: dict[str, Any], cell: str, other: pd.DataFrame | None, is_key: bool) -> str:
    """What is wrong with a cell and what to do, or ""; texts that no rule reads may be left empty."""
    words = [c["value"] for c in field.get("categories", ())]
    is_date = field.get("rdfType") == EDTF
    if not cell:
        needed = field.get("constraints", {}).get("required") and (
            words or is_date or is_key or other is not None
        )
        return "empty; give it" if needed else ""
    if other is not None and cell not in other.index:
        return f"unknown '{cell}'{nearest(cell, other.index)}"
    if words and cell not in words:
        return f"'{cell}' is not one of the allowed words; choose one of {', '.join(words)}"
    return _no_date(cell) if is_date else ""


def _wrong_value(aspect: str, cell: str) -> str:
    """Values that are compared as dates or numbers must be such."""
    if aspect == "date":
        return _no_date(cell)
    if aspect == "count" and not NUMBER.fullmatch(cell):
        return f"'{cell}' is not a number; write 174 or 170/180"
    return ""


def _no_date(cell: str) -> str:
    try:
        dates.parse(cell)
    except dates.DateError as wrong:
        return str(wrong)
    return ""
