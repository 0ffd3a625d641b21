"""Read data/ into a History: one DataFrame of strings a table, keys checked.

The columns, their meaning and their enums stand in data/datapackage.json. An empty cell is "".
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from without_recognition.data import descriptor as descriptors
from without_recognition.data import origins, table_reader, textfile
from without_recognition.data.descriptor import TABLES, resources
from without_recognition.data.history import History
from without_recognition.data.messages import DatasetError
from without_recognition.data.rows import by_key, column_cells, records

__all__ = [
    "TABLES",
    "DatasetError",
    "History",
    "by_key",
    "column_cells",
    "data_folder",
    "described",
    "descriptor",
    "load",
    "read_package",
    "records",
    "resources",
    "table",
]


def data_folder() -> Path:
    """data/ beside a checkout if there, else the copy inside the installed package."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parents[1] / "data", package / "_data"):
        if (folder / "datapackage.json").is_file():
            return folder
    raise DatasetError("data/datapackage.json: not found beside analysis/ nor in the package; reinstall it")


@lru_cache(maxsize=1)
def package() -> dict[str, Any]:
    """The book's own Data Package's description: title, version, date, contributors, licences, tables."""
    return described(data_folder())


def load(folder: str | Path | None = None) -> History:
    """Read the Data Package in `folder` (default: the book's own).

    Returns a History; unchanged files are read once a process. Raises DatasetError with every problem of
    encoding, header, primary or foreign key. `book check` tests far more. A folder that differs from the book's own
    and yet has its version is a variant of it, and says so.
    """
    folder = data_folder() if folder is None else Path(folder).resolve()
    files = (p for p in sorted(folder.glob("**/*.*")) if p.exists())  # a link may lead nowhere
    return _load(folder, tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in files))


@lru_cache(maxsize=4)
def _load(folder: Path, stamps: tuple[tuple[str, int, int], ...]) -> History:
    package, tables, problems = read_package(folder)
    if problems:
        raise DatasetError(*problems)
    tables = indexed(package, tables)
    if lost := origins.lost(tables["claims"], tables["sources"]):
        told = "claims.csv:{}:origin: unknown '{}'; write self, a source_id or a claim_id"
        raise DatasetError(*(told.format(n + 2, origin) for n, _, origin in lost))
    return History(folder, package, changes=_changes(folder, package), **tables)


def indexed(package: dict[str, Any], tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables of a History, each by its key where that is one column."""
    keys = {name: resource["schema"]["primaryKey"] for name, resource in resources(package).items()}
    return {
        name: tables[name].set_index(key, drop=False).rename_axis(None)
        if isinstance(key, str)
        else tables[name]
        for name, key in keys.items()
    }


def _changes(folder: Path, package: dict[str, Any]) -> tuple[str, ...]:
    """That the data are not those of the edition whose version they bear."""
    own = data_folder()
    if folder == own or package["version"] != descriptor(own)["version"]:
        return ()
    same = all(_bytes(folder / r["path"]) == _bytes(own / r["path"]) for r in package["resources"])
    return () if same else ("with data altered by the reader",)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def published(folder: Path) -> dict[str, Path]:
    """Name -> file of what a Data Package publishes: its descriptor and the tables that this names, nothing else."""
    names = ["datapackage.json", *(r["path"] for r in descriptor(folder)["resources"])]
    return {name: folder / name for name in names}


def descriptor(folder: Path) -> dict[str, Any]:
    """datapackage.json of a folder, its form checked. Raises DatasetError where it is missing or broken."""
    package = described(folder)
    own = data_folder()
    if wrong := descriptors.descriptor_problems(package, package if folder == own else described(own)):
        raise DatasetError(*wrong)
    return package


def described(folder: Path) -> dict[str, Any]:
    """What stands in datapackage.json of a folder, whatever its form. Raises DatasetError for what is no JSON."""
    try:
        content = textfile.read_text(folder / "datapackage.json")
        package: dict[str, Any] = json.loads(content)
        if "\\ud" in content.lower():  # refuse half a character, such as \ud800 alone
            json.dumps(package, ensure_ascii=False).encode()
        return package
    except OSError as wrong:
        raise DatasetError(
            f"datapackage.json: {_reason(wrong)} in {folder}; give a folder that has it"
        ) from wrong
    except textfile.Unreadable as wrong:
        raise DatasetError(f"datapackage.json: not JSON, for row {wrong.row} is {wrong.told}") from wrong
    except (ValueError, RecursionError) as wrong:
        raise DatasetError(f"datapackage.json: not JSON ({wrong}); restore it from the repository") from wrong


def _reason(wrong: OSError) -> str:
    return (
        "no such file"
        if isinstance(wrong, (FileNotFoundError, NotADirectoryError))
        else f"cannot be read ({wrong.strerror})"
    )


def read_package(folder: Path) -> tuple[dict[str, Any], dict[str, pd.DataFrame], list[str]]:
    """(package, tables, problems of keys). Row n of a file stands at index n - 2.

    Raises DatasetError with every problem of encoding and header, when a table cannot be read at all.
    """
    package = descriptor(folder)
    problems: list[str] = []
    tables = {name: table(folder, resource, problems) for name, resource in resources(package).items()}
    if problems:
        raise DatasetError(*problems)
    return package, tables, [p for r in resources(package).values() for p in _keys(r, tables)]


def table(folder: Path, resource: dict[str, Any], problems: list[str]) -> pd.DataFrame:
    """One table as text; what makes it unreadable goes to `problems`."""
    path, columns = folder / resource["path"], [f["name"] for f in resource["schema"]["fields"]]
    rows: list[list[str]] = []
    try:
        rows, found = table_reader.table_rows(textfile.content(path), path.name, columns)
        problems += found
    except OSError as wrong:
        problems.append(f"{path.name}: {_reason(wrong)}; restore it from the repository")
    return pd.DataFrame(rows, columns=columns, dtype=str)


def _keys(resource: dict[str, Any], tables: dict[str, pd.DataFrame]) -> list[str]:
    return twice(resource, tables[resource["name"]]) + foreign_keys(resource, tables)


def twice(resource: dict[str, Any], table: pd.DataFrame) -> list[str]:
    """Rows of a table whose key stands above them already."""
    name, schema = resource["path"], resource["schema"]
    key = schema["primaryKey"] if isinstance(schema["primaryKey"], list) else [schema["primaryKey"]]
    again = table[table.duplicated(key)]
    return [
        f"{name}:{row + 2}:{key[0]}: '{' '.join(parts)}' stands twice; ids are unique, rename or remove one"
        for row, parts in zip(again.index, again[key].itertuples(index=False))
    ]


def foreign_keys(resource: dict[str, Any], tables: dict[str, pd.DataFrame]) -> list[str]:
    """Cells of a table that name a row of another one which is not there."""
    name, table, problems = resource["path"], tables[resource["name"]], list[str]()
    for foreign in resource["schema"].get("foreignKeys", ()):
        column, other = foreign["fields"], foreign["reference"]["resource"]
        known = {"", *column_cells(tables[other], foreign["reference"]["fields"])}
        problems += [
            f"{name}:{row}:{column}: unknown '{cell}'; add it to {other}.csv or correct the id"
            for row, cell in enumerate(column_cells(table, column), 2)
            if cell not in known
        ]
    return problems
