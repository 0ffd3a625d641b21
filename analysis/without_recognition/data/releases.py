"""Published editions, pinned: the id and the hash of every row, so that nothing published vanishes unnoticed.

`data/releases/<version>.csv` has a row for each row of each table: `table`, `key` (several key columns with a slash
between) and `hash`. The columns that were hashed stand in datapackage.json, so that a column added later changes no
hash; there too stands the sum of each file of an edition (`hash`). Of an edition that `book release` pinned, whose
resource says `"holds": "rows"`, no row changes without a line in corrections.csv: undo what stands there, and the hash
is the published one. Of 0.1.0 only the ids hold.

`data/releases/<version>-grades.csv` has what the rules of that edition said of every proposition.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from without_recognition.data import codebook, dataset, row_changes
from without_recognition.data.dataset import DatasetError, History, records
from without_recognition.data.descriptor import TABLES

FOLDER = "releases"
COLUMNS = ("table", "key", "hash")
GRADES = ["event_id", "aspect", "of", "value", "grade", "status"]
VERSION = re.compile(r"\d+\.\d+\.\d+")
WITH_IDS = (
    "sources",
    "actors",
    "offices",
    "events",
    "claims",
    "searches",
)  #: tables whose ids have addresses


def row_hash(row: Mapping[str, str], columns: Sequence[str]) -> str:
    """Sixteen hexadecimal digits of BLAKE2b over the cells of `columns`.

    >>> row_hash({"a": "1", "b": "2", "new": ""}, ["a", "b"]) == row_hash({"a": "1", "b": "2"}, ["a", "b"])
    True
    >>> row_hash({"a": "12", "b": ""}, ["a", "b"]) == row_hash({"a": "1", "b": "2"}, ["a", "b"])
    False
    """
    cells = "\x1f".join(f"{column}={row.get(column, '')}" for column in columns)
    return hashlib.blake2b(cells.encode(), digest_size=8).hexdigest()


def pinned(history: History, version: str) -> pd.DataFrame:
    """The pins of one published version: columns table, key, hash.

    Raises KeyError for a version never published, DatasetError where the file cannot be read.
    """
    return _read(history, _resource(history, version))


def _read(history: History, resource: dict[str, Any]) -> pd.DataFrame:
    problems: list[str] = []
    found = dataset.table(history.root, resource, problems)
    if problems:
        raise DatasetError(*problems)
    return found


def versions(history: History) -> list[str]:
    """The published versions, as datapackage.json lists them."""
    return [r["version"] for r in history.package["resources"] if "hashed" in r]


def grades(history: History, version: str) -> pd.DataFrame | None:
    """What the rules of a published version said: columns GRADES, indexed 0..n-1; None where that is not pinned.

    Raises DatasetError where the file cannot be read.
    """
    named = f"{FOLDER}/{version}-grades.csv"
    found = [r for r in history.package["resources"] if r["path"] == named]
    return _read(history, found[0]) if found else None


def hashed(history: History, version: str) -> Mapping[str, Sequence[str]]:
    """Table -> its columns that are hashed in the pins of a version."""
    columns: Mapping[str, Sequence[str]] = _resource(history, version)["hashed"]
    return columns


def order(version: str) -> tuple[int, ...]:
    """Sort key of a version of three numbers."""
    return tuple(map(int, version.split(".")))


def pins(history: History, columns: Mapping[str, Sequence[str]]) -> str:
    """The text of a pin file for `history`; `columns` names what is hashed of each table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for table in TABLES:
        if table in columns:
            rows = row_changes.by_key(history, table)
            writer.writerows((table, key, row_hash(rows[key], columns[table])) for key in sorted(rows))
    return text.getvalue()


def digest(raw: bytes) -> str:
    """The `hash` of a resource, as the Data Package standard writes it."""
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def damaged(folder: Path, package: Mapping[str, Any]) -> Iterator[str]:
    """`file: what; what to do` for every file of a published edition that is not as it was pinned."""
    for resource in package["resources"]:
        path = folder / resource["path"]
        if resource["path"].startswith(f"{FOLDER}/") and "hash" in resource and path.is_file():
            if digest(path.read_bytes()) != resource["hash"]:
                yield f"{path.name}: not as it was pinned; restore it from the repository"


def vanished(history: History) -> Iterator[str]:
    """`file: what; what to do` for every published id that is neither in its table nor retired;
    its first edition says it.

    And for pins of a table of which no columns are hashed.
    """
    told_of = {(c["table"], c["key"]) for c in records(history.corrections) if c["kind"] == "retired"}
    known = {table: set(history.table(table).index) for table in WITH_IDS}
    for version in versions(history):
        pins = pinned(history, version)
        if unknown := sorted({*pins["table"]} - {*hashed(history, version)}):
            told = f"pins '{unknown[0]}', of which no columns are hashed; restore it and datapackage.json"
            yield f"{version}.csv: {told} from the repository"
        for table, key in pins[["table", "key"]].itertuples(index=False):
            if table in WITH_IDS and key not in known[table] and (table, key) not in told_of:
                told_of.add((table, key))
                told = f"'{key}' was published in {version} and is gone"
                yield f"{table}.csv: {told}; put it back, or say in corrections.csv that it is retired"


def silent(history: History) -> Iterator[str]:
    """`file[:row:column]: what; what to do` for every row of an edition whose rows hold that is not as it
    was published.

    What corrections.csv says of later versions is undone first; what then differs changed without a word.
    """
    for resource in history.package["resources"]:
        if resource.get("holds") == "rows":
            yield from _silent(history, resource)


def _silent(history: History, resource: Mapping[str, Any]) -> Iterator[str]:
    version, hashed = resource["version"], resource["hashed"]
    undo, retired = _later(history, version)
    now = {
        t: {key: (n, row) for n, (key, row) in enumerate(row_changes.by_key(history, t).items(), 2)}
        for t in hashed
        if t in TABLES
    }
    for table, key, digest in pinned(history, version)[list(COLUMNS)].itertuples(index=False):
        n, row = now.get(table, {}).get(key, (0, None))
        if (table, key) in retired or (row is None and table in (*WITH_IDS, "places")):
            continue  # said of the whole row, told by `vanished`, or a place goes with its last event
        if row is None and retired.intersection(codebook.leans(history.package, table, key)):
            continue  # it went with what it hung on
        if table == "support" and ("claims", key) in undo:
            continue  # a verdict goes with what it was about
        if row is None or row_hash({**row, **undo.get((table, key), {})}, hashed[table]) != digest:
            at = f":{n}:{codebook.key(history.package, table)[0]}" if row else ""
            told = "is not as it was published" if row else "is gone"
            yield (
                f"{table}.csv{at}: '{key}' {told} in {version}; put it back, "
                "or say in corrections.csv what was changed, cell by cell, and why"
            )


def _later(
    history: History, version: str
) -> tuple[dict[tuple[str, str], dict[str, str]], set[tuple[str, str]]]:
    """Of the corrections after a version: (row -> column -> what stood there at first, rows retired)."""
    undo: dict[tuple[str, str], dict[str, str]] = {}
    retired = set()
    for c in sorted(records(history.corrections), key=lambda c: (c["date"], c["correction_id"])):
        if not VERSION.fullmatch(c["version"]) or order(c["version"]) <= order(version):
            continue
        if c["column"]:
            undo.setdefault((c["table"], c["key"]), {}).setdefault(c["column"], c["was"])
        elif c["kind"] == "retired":
            retired.add((c["table"], c["key"]))
    return undo, retired


def changes(history: History, version: str) -> pd.DataFrame:
    """What differs from a published version: columns table, key, change (`added`, `changed` or `gone`)."""
    hashed = _resource(history, version)["hashed"]
    before = {(t, k): h for t, k, h in pinned(history, version).itertuples(index=False)}
    now = {
        (table, key): row_hash(row, hashed[table])
        for table in TABLES
        if table in hashed
        for key, row in row_changes.by_key(history, table).items()
    }
    found = [(*k, "added") for k in now if k not in before]
    found += [(*k, "gone") for k in before if k not in now]
    found += [(*k, "changed") for k in now if before.get(k, now[k]) != now[k]]
    return pd.DataFrame(sorted(found), columns=["table", "key", "change"])


def _resource(history: History, version: str) -> dict[str, Any]:
    resource: dict[str, Any]
    for resource in history.package["resources"]:
        if resource["path"] == f"{FOLDER}/{version}.csv":
            return resource
    raise KeyError(f"no published version {version}; there are {', '.join(versions(history)) or 'none'}")
