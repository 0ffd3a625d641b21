"""Every table that is given away, raw and of results, in one flat form that each writer takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from without_recognition.data import codebook, dataset
from without_recognition.data.dataset import TABLES, History
from without_recognition.findings import result_columns, results

Cell = str | int | float | bool | None  #: None is a missing day or number; a missing text is ""
READ: dict[str, Callable[[str], Cell]] = {
    "integer": int,
    "number": float,
    "boolean": lambda cell: cell == "true",
}
PINS = "releases/"  #: hashes of rows, of use to the command alone


@dataclass(frozen=True)
class Column(result_columns.Column):
    """One column. type: string, date, integer, number or boolean."""

    edtf: bool = False  #: whether its cells are dates as EDTF
    refers: tuple[str, str] | None = None  #: table and column that it names a row of


@dataclass(frozen=True)
class Flat(result_columns.Table):
    """One table: what it is called, what it means, and its rows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_result: bool = False


def tables(history: History) -> list[Flat]:
    """Results first, then the tables that they rest on, then the series; once a History.

    Names are words with underscores. Pins of editions are left out.
    """
    memo = history.memo
    if "flat" not in memo:
        memo["flat"] = [*_results(history), *_raw(history)]
    found: list[Flat] = memo["flat"]
    return found


def _results(history: History) -> Iterator[Flat]:
    made = results.tables(history)
    for table in result_columns.TABLES:
        columns = tuple(Column(c.name, c.type, c.meaning, c.name == "edtf") for c in table.columns)
        rows = _typed(made[table.name], columns)
        yield Flat(table.name, table.title, table.about, table.key, columns, rows, is_result=True)


def _raw(history: History) -> Iterator[Flat]:
    problems: list[str] = []
    for resource in history.package["resources"]:
        if resource["path"].startswith(PINS):
            continue
        name, schema = resource["name"], resource["schema"]
        own = name in TABLES
        frame = history.table(name) if own else dataset.table(history.root, resource, problems)
        refers = {
            f["fields"]: (f["reference"]["resource"] or name, f["reference"]["fields"])
            for f in schema.get("foreignKeys", ())
        }
        columns = tuple(
            Column(
                f["name"],
                f["type"],
                f["description"],
                f.get("rdfType") == codebook.EDTF,
                refers.get(f["name"]),
            )
            for f in schema["fields"]
        )
        key = schema["primaryKey"]
        key = (key,) if isinstance(key, str) else tuple(key)
        named = name.replace("-", "_")
        yield Flat(named, resource["title"], resource["description"], key, columns, _typed(frame, columns))
    if problems:
        raise dataset.DatasetError(*problems)


def _typed(frame: pd.DataFrame, columns: tuple[Column, ...]) -> tuple[tuple[Cell, ...], ...]:
    """The rows, each cell of the type of its column."""
    if frame.empty:
        return ()
    return tuple(zip(*([_cell(cell, c.type) for cell in frame[c.name].tolist()] for c in columns)))


def _cell(cell: Any, kind: str) -> Cell:
    if kind == "string":
        return str(cell)
    if cell is pd.NA or cell is None or cell == "":
        return None
    if kind == "date" or not isinstance(cell, str):
        typed: Cell = cell
        return typed
    return READ[kind](cell)


def results_package(package: Mapping[str, Any]) -> str:
    """datapackage.json of the tables of results: what the data's own says of the book, and the tables."""
    kept = ("$schema", "profile", "title", "version", "created", "homepage", "id", "contributors", "licenses")
    about = {key: package[key] for key in kept if key in package}
    said = about | {
        "name": f"{package['name']}-results",
        "title": f"{package['title']}: results",
        "description": "What the rules of the book say of its claims: grades, statuses, lines of evidence, disputes.",
        "resources": result_columns.result_resources(),
    }
    return json.dumps(_plain(said), indent=2, ensure_ascii=False) + "\n"


def _plain(value: Any) -> Any:
    """The same of dictionaries and lists alone: those of a History can only be read."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value
