"""`book check`: every problem of data/ at once, each as `file:row:column: what is wrong; what to do`.

The schema (types, enums, patterns, required cells) is frictionless's work, keys are dataset's, and what only this
book asks of its data stands in house_rules.
"""
from __future__ import annotations

import argparse
import csv
import io
import os
import sys
from pathlib import Path

from analysis import dataset, house_rules

READ = {"enum": "is not one of the allowed words; choose one of {0}", "pattern": "does not match {0}; correct it",
        "required": "is empty; fill it in", "unique": "stands twice; ids are unique",
        "maxLength": "is longer than {0} characters; shorten it"}


def problems(folder: Path) -> list[str]:
    """All problems of the Data Package in `folder`, sorted by file and row. Raises nothing for bad data."""
    try:
        package, tables, found = dataset.read(folder)
    except dataset.DatasetError as wrong:
        return str(wrong).splitlines()
    found += schema_problems(folder)
    if not found:
        found += house_rules.problems(dataset.load(folder))
    found += [f"{path}: rows not sorted by key, or line ends not plain; run `book check --fix`"
              for path in unsorted(folder, package)]
    return sorted(dict.fromkeys(found), key=_place)


def _place(problem: str) -> tuple:
    file, row, *_ = (problem.split(":") + ["", ""])[:3]
    return file, int(row) if row.isdigit() else 0, problem


def schema_problems(folder: Path) -> list[str]:
    """What frictionless finds in cells, in our words. Keys are left to dataset, which names the column too."""
    from frictionless import FrictionlessException, Package, system

    try:
        with system.use_context(trusted=True):
            report = Package(str(folder / "datapackage.json")).validate()
    except FrictionlessException as wrong:
        reasons = "; ".join(r.note for r in wrong.reasons) or wrong.error.note
        return [f"datapackage.json: {reasons}; see the Data Package standard"]
    out = []
    for task in report.tasks:
        path = Path(task.place).name
        for e in task.errors:
            if e.type in ("foreign-key", "primary-key"):
                continue
            row, column = getattr(e, "row_number", ""), getattr(e, "field_name", "")
            out.append(f"{path}:{row}:{column}: {_words(e)}")
    return out


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
        out.append((head, int(tail)) if dot and tail.isdigit() else (cell, -1))
    return tuple(out)


def canonical(path: Path, resource: dict) -> str:
    """The file's text with rows sorted by key, plain line ends and quotes only where needed."""
    key = resource["schema"]["primaryKey"]
    key = key if isinstance(key, list) else [key]
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        rows = sorted(reader, key=lambda row: _key(row, key))
        text = io.StringIO()
        writer = csv.DictWriter(text, reader.fieldnames, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return text.getvalue()


def unsorted(folder: Path, package: dict) -> list[str]:
    """Paths of tables that `fix` would change."""
    return [r["path"] for r in dataset.resources(package).values()
            if (folder / r["path"]).read_bytes() != canonical(folder / r["path"], r).encode()]


def fix(folder: Path) -> list[str]:
    """Sort rows and set line ends, nothing else; each file is replaced whole. Returns the changed paths."""
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
    if args.fix:
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
