"""`book check`: every problem of data/ at once, each as `file:row:column: what is wrong; what to do`.

The schema (types, enums, patterns, required cells) is frictionless's work, keys are dataset's, and what only this
book asks of its data stands in house_rules.
"""
from __future__ import annotations

import argparse
import csv
import io
import json
import os
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import pandas as pd

from analysis import dataset, house_rules

READ = {"enum": "is not one of the allowed words; choose one of {0}", "pattern": "does not match {0}; correct it",
        "required": "is empty; fill it in", "unique": "stands twice; ids are unique",
        "maxLength": "is longer than {0} characters; shorten it"}


def problems(folder: Path) -> list[str]:
    """All problems of the Data Package in `folder`, sorted by file and row. Raises nothing for bad data."""
    try:
        package, tables, found = dataset.read(folder)
        for resource in package["resources"]:
            if resource["name"] not in tables:
                tables[resource["name"]] = dataset.table(folder, resource, found)
                found += series_problems(folder / resource["path"], resource, tables)
        found += house_rules.described(package)
        found += schema_problems(package, tables)
        if not found:
            found += house_rules.problems(dataset.load(folder))
    except dataset.DatasetError as wrong:
        return str(wrong).splitlines()
    found += [f"{path}: rows not sorted by key, or line ends not plain; run `book check --fix`"
              for path in unsorted(folder, package)]
    return sorted(dict.fromkeys(dataset.plain(p) for p in found), key=_place)


def _place(problem: str) -> tuple:
    file, row, *_ = (problem.split(":") + ["", ""])[:3]
    return file, int(row) if row.isdecimal() else 0, problem


def series_problems(path: Path, resource: dict, tables: dict[str, pd.DataFrame]) -> list[str]:
    """What is asked of a series beyond its schema: letters, keys that stand once, plain line ends."""
    name, table, schema = path.name, tables[resource["name"]], resource["schema"]
    found = list(house_rules.cells(name, table))
    columns = {f["name"] for f in schema["fields"]}
    key = schema.get("primaryKey")
    key = [key] if isinstance(key, str) else key
    if not isinstance(key, list) or not key or not set(map(str, key)) <= columns:
        told = f"series '{resource['name']}' has no primaryKey of its columns; restore it"
        return [*found, f"datapackage.json: {told}"]
    twice = table[table.duplicated(key)]
    found += [f"{name}:{row + 2}:{key[0]}: '{' '.join(parts)}' stands twice; rename or remove one"
              for row, parts in zip(twice.index, twice[key].itertuples(index=False))]
    if path.is_file() and (b"\r" in (raw := path.read_bytes()) or raw.startswith(b"\xef\xbb\xbf")):
        found.append(f"{name}: line ends not plain, or a mark at its head; save it as plain UTF-8")
    return found


def schema_problems(package: dict, tables: dict[str, pd.DataFrame]) -> list[str]:
    """What frictionless finds in cells, in our words. Keys are left to dataset, which names the column too."""
    out = []
    for r in package["resources"]:
        schema = {"fields": r["schema"]["fields"], "missingValues": r["schema"].get("missingValues", [""])}
        table = tables[r["name"]]
        rows = tuple(zip(*(dataset.cells(table, column) for column in table)))
        out += [f"{Path(r['path']).name}{p}" for p in _cells(json.dumps(schema), rows)]
    return out


@lru_cache(maxsize=64)  # in one process only a changed table is validated again
def _cells(schema: str, rows: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """Problems of one table as `:row:column: what; remedy`. The text of the rows is the dataset's, so that both read alike."""
    from frictionless import FrictionlessException, Resource, Schema

    descriptor = json.loads(schema)
    header = [f["name"] for f in descriptor["fields"]]
    try:
        report = Resource(name="table", data=[header, *map(list, rows)],
                          schema=Schema.from_descriptor(descriptor)).validate()
    except FrictionlessException as wrong:
        reasons = "; ".join(r.note for r in wrong.reasons) or wrong.error.note
        return (f": its schema in datapackage.json is broken: {reasons}; see the Data Package standard",)
    return tuple(f":{getattr(e, 'row_number', 1)}:{getattr(e, 'field_name', '') or header[0]}: {_words(e)}"
                 for task in report.tasks for e in task.errors)


def _words(error) -> str:
    kind, _, limit = error.note.partition(" is ")
    name = kind.removeprefix('constraint "').rstrip('"')
    if error.type == "constraint-error" and name in READ:
        limit = limit.strip('"')
        if name == "enum":
            limit = limit.strip("[]").replace("'", "")
        return f"'{error.cell}' {READ[name].format(limit)}"
    return f"{error.note}; correct it"


# --- order and line ends --------------------------------------------------------------------------
def _key(row: dict, key: list[str]) -> tuple:
    """Sort key: text, but the number after the last full stop of a claim id as a number."""
    out = []
    for cell in (row[k] for k in key):
        head, dot, tail = cell.rpartition(".")
        out.append((head, int(tail)) if dot and tail.isdecimal() else (cell, -1))
    return tuple(out)


def canonical(path: Path, resource: dict) -> str | None:
    """The file's text with rows sorted by key, plain line ends and quotes only where needed.

    None where the file is no table of the resource's columns: such a file is not for sorting.
    """
    key, columns = resource["schema"]["primaryKey"], [f["name"] for f in resource["schema"]["fields"]]
    unreadable: list[str] = []
    table = dataset.table(path.parent, resource, unreadable)
    if unreadable:
        return None
    rows = sorted(dataset.records(table), key=lambda row: _key(row, key if isinstance(key, list) else [key]))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def unsorted(folder: Path, package: dict) -> list[str]:
    """Paths of tables that `fix` would change."""
    texts = {r["path"]: canonical(folder / r["path"], r) for r in dataset.resources(package).values()}
    return [path for path, text in texts.items()
            if text is not None and (folder / path).read_bytes() != text.encode()]


def fix(folder: Path) -> list[str]:
    """Sort rows and set line ends, nothing else; each file is replaced whole. Returns the changed paths.

    A file that cannot be read as its table stays as it is. Raises DatasetError for a broken datapackage.json.
    """
    package = dataset.descriptor(folder)
    changed = unsorted(folder, package)
    for r in dataset.resources(package).values():
        if r["path"] in changed:
            aside = folder / (r["path"] + ".new")
            aside.write_text(canonical(folder / r["path"], r), "utf-8", newline="")
            os.replace(aside, folder / r["path"])
    return changed


def main(argv: list[str] | None = None) -> int:
    """Exit 0 when all is well, 1 with the list of problems otherwise."""
    ap = argparse.ArgumentParser(prog="book check", description=__doc__.splitlines()[0])
    ap.add_argument("folder", nargs="?", type=Path, help="a Data Package (default: the book's own)")
    ap.add_argument("--fix", action="store_true", help="sort rows and set line ends first, nothing else")
    ap.add_argument("--summary", action="store_true", help="print the counts of the dataset")
    args = ap.parse_args(argv)
    folder = args.folder or dataset.data_folder()
    if not folder.is_dir():
        raise dataset.DatasetError(f"{folder}: no such folder; give one that holds a datapackage.json")
    if args.fix:
        with suppress(dataset.DatasetError):  # `problems` says the same
            for path in fix(folder):
                print(f"{path}: sorted")
    found = problems(folder)
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        print(f"{len(found)} problem(s)", file=sys.stderr)
        return 1
    if args.summary:
        from analysis import measures

        print(measures.summary(dataset.load(folder)))
    print("data: no problems")
    return 0
