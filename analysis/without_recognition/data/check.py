"""`book check`: every problem of data/ at once, each as `file:row:column: what is wrong; what to do`.

The schema (types, enums, patterns, required cells) is frictionless's work, keys are dataset's, and what only this
book asks of its data stands in `table_rules`.
"""

from __future__ import annotations

import argparse
import codecs
import csv
import fcntl
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from without_recognition.data import (
    cell_rules,
    countries,
    dataset,
    ignored,
    releases,
    sheets,
    support,
    table_reader,
    table_rules,
    textfile,
)
from without_recognition.data.codebook import EDTF
from without_recognition.data.history import History
from without_recognition.data.messages import command, printable
from without_recognition.data.rows import column_cells, records

READ = {
    "enum": "is not one of the allowed words; choose one of {0}",
    "pattern": "does not match {0}; correct it",
    "required": "is empty; fill it in",
    "unique": "stands twice; ids are unique",
    "minimum": "is less than {0}; correct it",
    "maximum": "is more than {0}; correct it",
    "maxLength": "is longer than {0} characters; shorten it",
}
TYPES = {
    "date": "is not a day of the calendar; write YYYY-MM-DD",
    "integer": "is not a whole number; write digits alone",
    "number": "is not a number; write digits with a point",
}

Listing = Callable[[History], str]

STOPPING = ("schema", "type-error")  #: what a table has where no rule can read it


def data_problems(folder: Path) -> list[str]:
    """All problems of the Data Package in `folder`, sorted by file and row. Raises nothing for bad data."""
    try:
        package = dataset.descriptor(folder)
    except dataset.DatasetError as wrong:
        return str(wrong).splitlines()
    tables, found, unread = _tables(folder, package)
    keys = _keys(package, tables, unread)
    if told := _marks((folder / "datapackage.json").read_bytes()):
        found.append(f"datapackage.json: {told}; save it as plain UTF-8")
    for resource in package["resources"]:
        name = resource["name"]
        if name in tables and name not in dataset.TABLES:
            found += series_problems(folder / resource["path"], resource, tables)
            found += _foreign_keys(resource, tables, unread)
    found += [*cell_rules.descriptor_faults(package), *strangers(folder, package)]
    damaged = [*releases.damaged(folder, package)]
    cells, stops = schema_problems(package, tables)
    found += [*keys, *damaged, *cells]
    if not (keys or stops or unread & {*dataset.TABLES}):
        history = History(folder, package, **dataset.indexed(package, tables))
        pins = {r["name"] for r in package["resources"] if r["path"].startswith(f"{releases.FOLDER}/")}
        pinned = not damaged and not unread & pins
        found += _untold(_rules(history, pinned=pinned), found)
    found += [
        f"{path}: {told}; run {command('check --fix')}" for path, told in untidy(folder, package).items()
    ]
    return sorted(dict.fromkeys(printable(p) for p in found), key=_place)


def _rules(history: History, *, pinned: bool) -> Iterator[str]:
    """What is asked of sound tables; `pinned` where the published editions are as they were pinned."""
    yield from table_rules.rule_problems(history)
    if pinned:
        yield from releases.vanished(history)
        yield from releases.silent(history)
    yield from sheets.sheet_problems(history)
    yield from support.verdict_problems(history)


def _untold(problems: Iterable[str], told: Iterable[str]) -> list[str]:
    """The problems of cells of which nothing was told before, and those of no cell: a fault is told once."""
    places = {place for place, _, _ in (each.partition(": ") for each in told) if ":" in place}
    return [problem for problem in problems if problem.partition(": ")[0] not in places]


def _tables(folder: Path, package: dict[str, Any]) -> tuple[dict[str, pd.DataFrame], list[str], set[str]]:
    """(readable tables by name, problems of reading, names of those that cannot be read)."""
    tables: dict[str, pd.DataFrame] = {}
    found: list[str] = []
    unread = set()
    for resource in package["resources"]:
        name, told = resource["name"], list[str]()
        table = dataset.table(folder, resource, told)
        if told:
            unread.add(name)
            found += _with_remedy(folder / resource["path"], resource, told)
        else:
            tables[name] = table
    return tables, found, unread


def _keys(package: dict[str, Any], tables: dict[str, pd.DataFrame], unread: set[str]) -> list[str]:
    """Keys that stand twice in a table of the History or lead nowhere."""
    found = []
    for name, resource in dataset.resources(package).items():
        if name in tables:
            found += dataset.twice(resource, tables[name]) + _foreign_keys(resource, tables, unread)
    return found


def _foreign_keys(resource: dict[str, Any], tables: dict[str, pd.DataFrame], unread: set[str]) -> list[str]:
    """Cells that name a row which is not there; nothing is said of rows in a table that cannot be read."""
    schema = resource["schema"]
    keys = [f for f in schema.get("foreignKeys", ()) if f["reference"]["resource"] not in unread]
    return dataset.foreign_keys({**resource, "schema": {**schema, "foreignKeys": keys}}, tables)


def _with_remedy(path: Path, resource: dict[str, Any], told: list[str]) -> list[str]:
    """The problems, which name `--fix` where it mends them all without loss."""
    is_ours = not resource["path"].startswith("releases/")
    mends = is_ours and path.is_file() and _mended(path, resource) is not None
    return [f"{problem}, or run {command('check --fix')}" if mends else problem for problem in told]


def _mended(path: Path, resource: dict[str, Any]) -> str | None:
    return table_reader.mended(path.read_bytes(), [f["name"] for f in resource["schema"]["fields"]])


def strangers(folder: Path, package: dict[str, Any]) -> list[str]:
    """Files in `folder` that the package does not name: nobody would know whether they are published."""
    named = {folder / "datapackage.json", *(folder / r["path"] for r in package["resources"])}
    return [
        f"datapackage.json: '{path.relative_to(folder).as_posix()}' lies beside it and is not named in it; "
        "name it as a resource, or move it away"
        for path in ignored.files(folder)
        if path not in named
    ]


def _place(problem: str) -> tuple[str, int, str]:
    file, row, *_ = (problem.split(":") + ["", ""])[:3]
    return file, int(row) if row.isdecimal() else 0, problem


def series_problems(path: Path, resource: dict[str, Any], tables: dict[str, pd.DataFrame]) -> list[str]:
    """What is asked of a series beyond its schema: letters, keys that stand once, plain line ends."""
    name, table, schema = path.name, tables[resource["name"]], resource["schema"]
    found = [*cell_rules.letter_faults(name, table), *cell_rules.days(name, schema["fields"], table)]
    found += _untold(countries.country_code_problems(name, schema["fields"], table), found)
    columns = {f["name"] for f in schema["fields"]}
    key = schema.get("primaryKey")
    key = [key] if isinstance(key, str) else key
    if not isinstance(key, list) or not key or not set(map(str, key)) <= columns:
        told = f"series '{resource['name']}' has no primaryKey of its columns; restore it"
        return [*found, f"datapackage.json: {told}"]
    found += dataset.twice({**resource, "path": name}, table)
    if path.is_file() and (told := _marks(path.read_bytes())):
        found.append(f"{name}: {told}; save it as plain UTF-8")
    return found


def schema_problems(package: dict[str, Any], tables: dict[str, pd.DataFrame]) -> tuple[list[str], bool]:
    """(what frictionless finds in cells, in our words; whether the rules of this book could not read on past it).

    Keys are left to dataset, which names the column too.
    """
    out, stops = list[str](), False
    for r in package["resources"]:
        if r["path"].startswith("releases/"):
            continue  # written by a program, and `vanished` reads it
        if r["name"] not in tables:
            continue
        schema = {"fields": r["schema"]["fields"], "missingValues": r["schema"].get("missingValues", [""])}
        table = tables[r["name"]]
        rows = tuple(zip(*(column_cells(table, str(column)) for column in table)))
        for column, kind, told in _cells(json.dumps(schema), rows):
            out.append(f"{Path(r['path']).name}{told}")
            stops |= r["name"] in dataset.TABLES and (kind in STOPPING or column in _leaned(r["schema"]))
    return out, stops


def _leaned(schema: dict[str, Any]) -> set[str]:
    """The columns of a table on which rules lean: keys, where they lead, dates and enums."""
    fields = schema["fields"]
    told = {f["name"] for f in fields if f.get("rdfType") == EDTF or "enum" in f.get("constraints", {})}
    key = schema["primaryKey"]
    return (
        told
        | {*([key] if isinstance(key, str) else key)}
        | {f["fields"] for f in schema.get("foreignKeys", ())}
    )


@lru_cache(maxsize=64)  # in one process only a changed table is validated again
def _cells(schema: str, rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, str, str], ...]:
    """(column, kind, `:row:column: what; remedy`) of each problem of a table.

    The text of the rows is the dataset's, so that both read alike.
    """
    from frictionless import FrictionlessException, Resource, Schema

    descriptor = json.loads(schema)
    header = [f["name"] for f in descriptor["fields"]]
    try:
        report = Resource(
            name="table", data=[header, *map(list, rows)], schema=Schema.from_descriptor(descriptor)
        ).validate()
    except FrictionlessException as wrong:
        reasons = "; ".join(r.note for r in wrong.reasons) or wrong.error.note
        told = f": its schema in datapackage.json is broken: {reasons}; see the Data Package standard"
        return (("", "schema", told),)
    return tuple(
        (column, e.type, f":{getattr(e, 'row_number', 1)}:{column}: {_words(e)}")
        for task in report.tasks
        for e in task.errors
        for column in (getattr(e, "field_name", "") or header[0],)
        if e.type != "unique-error"  # dataset says so, once, and with the id
    )


def _words(error: Any) -> str:
    if error.type == "type-error":
        wanted = error.note.partition('"')[2].partition("/")[0]
        return f"'{error.cell}' {TYPES.get(wanted, f'is no {wanted}; correct it')}"
    kind, _, limit = error.note.partition(" is ")
    name = kind.removeprefix('constraint "').rstrip('"')
    if error.type == "constraint-error" and name in READ:
        limit = limit.strip('"')
        if name == "enum":
            limit = limit.strip("[]").replace("'", "")
        return f"'{error.cell}' {READ[name].format(limit)}"
    return f"{error.note}; correct it"


# --- order and line ends --------------------------------------------------------------------------
def _key(row: dict[str, str], key: list[str]) -> tuple[tuple[str, int], ...]:
    """Sort key: text, but the number after the last full stop of a claim id as a number."""
    out = []
    for cell in (row[k] for k in key):
        head, dot, tail = cell.rpartition(".")
        out.append((head, int(tail)) if dot and tail.isdecimal() else (cell, -1))
    return tuple(out)


def canonical(path: Path, resource: dict[str, Any]) -> str | None:
    """The file's text with rows sorted by key, plain line ends and quotes only where needed.

    Of a series, which keeps its order, the text alone is mended. None where the file is no table of the resource's
    columns and cannot become one without loss: such a file is not for sorting.
    """
    columns, unreadable = [f["name"] for f in resource["schema"]["fields"]], list[str]()
    table = dataset.table(path.parent, {**resource, "path": path.name}, unreadable)
    if unreadable:
        text = _mended(path, resource) if path.is_file() else None
        if text is None:
            return None
        rows, _ = table_reader.table_rows(text.encode(), path.name, columns)
        table = pd.DataFrame(rows, columns=columns, dtype=str)
    elif resource["name"] not in dataset.TABLES:
        return textfile.read_text(path)
    return table_csv(resource, records(table), in_order=resource["name"] not in dataset.TABLES)


def table_csv(resource: dict[str, Any], rows: Iterable[dict[str, str]], *, in_order: bool = False) -> str:
    """The text of a table: plain line ends, quotation marks only where needed, rows sorted by key or as they are."""
    key, columns = resource["schema"]["primaryKey"], [f["name"] for f in resource["schema"]["fields"]]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    wanted = [key] if isinstance(key, str) else key
    ordered = list(rows) if in_order else sorted(rows, key=lambda row: _key(row, wanted))
    writer.writerows(ordered)
    return text.getvalue()


def untidy(folder: Path, package: dict[str, Any]) -> dict[str, str]:
    """Paths of readable tables that `fix` would change, and what it would change."""
    found = {}
    for path, resource in ((r["path"], r) for r in dataset.resources(package).values()):
        unreadable: list[str] = []
        dataset.table(folder, resource, unreadable)
        if unreadable:
            continue  # told already
        text, raw = canonical(folder / path, resource) or "", (folder / path).read_bytes()
        if raw != text.encode():
            bare = raw.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            if sorted(bare.splitlines()) != sorted(text.encode().splitlines()):
                order = "quotation marks that no cell needs"
            else:
                order = "" if bare == text.encode() else "rows not sorted by key, or no line end at the last"
            found[path] = " and ".join(filter(None, [_marks(raw), order]))
    return found


def _marks(raw: bytes) -> str:
    """What an editor or a spreadsheet has left in a file beside its text, or ""."""
    mark = "a byte-order mark at its head" if raw.startswith(codecs.BOM_UTF8) else ""
    return " and ".join(filter(None, [mark, "line ends not plain" if b"\r" in raw else ""]))


def fix(folder: Path) -> list[str]:
    """Sort rows and mend what a spreadsheet made of a file, where nothing is lost; each file is replaced whole.

    Returns the changed paths. A file that cannot be mended without loss stays as it is, and so does what cells say.
    Raises DatasetError for a broken datapackage.json.
    """
    package, changed = dataset.descriptor(folder), []
    with alone(folder):
        for r in package["resources"]:
            path = folder / r["path"]
            if r["path"].startswith("releases/") or not path.is_file():
                continue
            text = canonical(path, r)
            if text is not None and path.read_bytes() != text.encode():
                _replace(path, text)
                changed.append(r["path"])
    return changed


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else writes into `folder` meanwhile: else its rows could be lost between the last look and the move."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _replace(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_text(text, "utf-8", newline="")
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def main(argv: list[str] | None = None, lists: Mapping[str, tuple[str, Listing]] | None = None) -> int:
    """Exit 0 when all is well, 1 with the list of problems otherwise.

    lists: what else may be asked of sound data, as option -> (its help, what is then printed of the History).
    """
    lists = lists or {}
    about = "Every problem of data/ at once, each as file:row:column: what is wrong; what to do."
    ap = argparse.ArgumentParser(prog="book check", description=about)
    ap.add_argument("folder", nargs="?", type=Path, help="a Data Package (default: the book's own)")
    ap.add_argument(
        "--fix",
        action="store_true",
        help="first sort rows, and mend without loss what a spreadsheet made of a file",
    )
    for option, (told, _) in lists.items():
        ap.add_argument(f"--{option}", action="store_true", help=told)
    args = ap.parse_args(argv)
    folder = args.folder or dataset.data_folder()
    if not folder.is_dir():
        raise dataset.DatasetError(f"{folder}: no such folder; give one that holds a datapackage.json")
    if args.fix:
        with suppress(dataset.DatasetError):  # `data_problems` says the same
            for path in fix(folder):
                print(f"{path}: sorted, or mended")
    found = data_problems(folder)
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        print(f"{len(found)} problem(s)", file=sys.stderr)
        return 1
    for option, (_, listing) in lists.items():
        if getattr(args, option):
            print(listing(dataset.load(folder)))
    print("data: no problems")
    return 0
