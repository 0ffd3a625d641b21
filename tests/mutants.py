"""Seeded damage to the small Data Package: bytes, cells, rows, columns, headers, encodings, keys, JSON."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
from pathlib import Path

NASTY = [
    "",
    " ",
    "\n",
    "\0",
    "0",
    "-1",
    "é",
    "\u202eabc",
    "\ud7ff",
    "\u2028",
    "a\nb",
    "a\r\nb",
    '"',
    '""',
    ",",
    "=1+1",
    "@x",
    "<script>alert(1)</script>",
    "{{ x }}",
    "../../etc/passwd",
    "x" * 5_000,
    "2005-dinner",
    "a-2005",
    "kasuri",
    "self",
    "2005-dinner.1",
    "2005-13",
    "2005/2004",
    "2005/2006/2007",
    "[..2005]",
    "[2004..2006]",
    "../..",
    "200X",
    "Y170000002",
    "٢٠٠٥",
    "0000",
    "9999-12-31",
    "²",
    "1e9",
    "2005-09-01T10:00",
    "2005?~",
    "{2005,2006}",
    "2005-21",
    "-2005",
    "true",
    "denies",
    "retracts",
    "role",
    "count",
    "date",
    "record",
    "E",
    "anonymous",
    "cited_only",
    "unnamed-pk",
]
VALUES = [
    None,
    True,
    0,
    -1,
    1.5,
    "",
    "x",
    [],
    {},
    [None],
    [[]],
    {"x": 1},
    "\ud800",
    "http://example.org/x.csv",
    "../x.csv",
    "/etc/hostname",
    "x" * 10_000,
]


def damage(folder: Path, seed: int) -> str:
    """Change one thing (at times three) in `folder`; returns what was done, for the message of a failed test."""
    rng = random.Random(seed)
    return "; ".join(rng.choice(KINDS)(folder, rng) for _ in range(rng.choice([1, 1, 1, 3])))


def _table(folder: Path, rng: random.Random) -> Path:
    return rng.choice([p for p in sorted(folder.rglob("*.csv")) if p.is_file() and len(p.read_bytes()) > 200])


def _rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8", "replace"), newline="")))


def _save(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8", errors="replace") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def cell(folder: Path, rng: random.Random) -> str:
    path = _table(folder, rng)
    rows = _rows(path)
    row = rng.choice(rows[1:] or rows)
    at, text = rng.randrange(len(row) or 1), rng.choice(NASTY)
    row[at : at + 1] = [text]
    _save(path, rows)
    return f"{path.name}: cell {at} = {text[:30]!r}"


def swap(folder: Path, rng: random.Random) -> str:
    """A cell takes the text of another of the same or another column."""
    path = _table(folder, rng)
    rows = _rows(path)
    a, b = rng.choice(rows), rng.choice(rows)
    i, j = rng.randrange(len(a) or 1), rng.randrange(len(b) or 1)
    if i < len(a) and j < len(b):
        a[i], b[j] = b[j], a[i]
    _save(path, rows)
    return f"{path.name}: swap {i} {j}"


def some_rows(folder: Path, rng: random.Random) -> str:
    path = _table(folder, rng)
    rows = _rows(path)
    how = rng.choice(["drop", "twice", "shuffle", "short", "long", "blank", "header", "none"])
    at = rng.randrange(len(rows))
    if how == "drop":
        del rows[at]
    elif how == "twice":
        rows.insert(at, list(rows[at]))
    elif how == "shuffle":
        rows[1:] = rng.sample(rows[1:], len(rows) - 1)
    elif how == "short":
        rows[at] = rows[at][:-1]
    elif how == "long":
        rows[at] = [*rows[at], "more"]
    elif how == "blank":
        rows.insert(at, [])
    elif how == "header":
        rows.insert(at, rows[0])
    else:
        rows = rows[:1]
    _save(path, rows)
    return f"{path.name}: rows {how} {at}"


def column(folder: Path, rng: random.Random) -> str:
    path = _table(folder, rng)
    rows = _rows(path)
    at, how = rng.randrange(len(rows[0]) or 1), rng.choice(["drop", "twice", "rename", "empty", "move"])
    for n, row in enumerate(rows):
        if at >= len(row):
            continue
        if how == "drop":
            del row[at]
        elif how == "twice":
            row.insert(at, row[at])
        elif how == "rename" and n == 0:
            row[at] = rng.choice(NASTY)
        elif how == "empty" and n:
            row[at] = ""
        elif how == "move":
            row.append(row.pop(at))
    _save(path, rows)
    return f"{path.name}: column {how} {at}"


def some_bytes(folder: Path, rng: random.Random) -> str:
    path = rng.choice([p for p in (_table(folder, rng), folder / "datapackage.json") if p.is_file()])
    raw = bytearray(path.read_bytes())
    how = rng.choice(["flip", "cut", "insert", "repeat", "nul"])
    for _ in range(rng.choice([1, 1, 5])):
        at = rng.randrange(len(raw) or 1)
        if how == "flip" and raw:
            raw[at] ^= 1 << rng.randrange(8)
        elif how == "cut":
            del raw[at:]
        elif how == "insert":
            raw[at:at] = rng.choice(
                [b'"', b",", b"\n", b"\r", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"{", b"\\"]
            )
        elif how == "repeat":
            raw[at:at] = raw[at : at + 40]
        elif how == "nul":
            raw[at:at] = b"\0"
    path.write_bytes(raw)
    return f"{path.name}: bytes {how}"


def encoding(folder: Path, rng: random.Random) -> str:
    path = rng.choice([p for p in sorted(folder.glob("*.*")) if p.is_file()])
    text = path.read_bytes().decode("utf-8", "replace")
    name = rng.choice(["utf-16", "utf-32", "utf-8-sig", "cp037", "latin-1", "utf-7"])
    ends = rng.choice(["\n", "\r\n", "\r"])
    path.write_bytes(text.replace("\n", ends).encode(name, "replace"))
    return f"{path.name}: {name}, ends {ends!r}"


def key(folder: Path, rng: random.Random) -> str:
    """An id is changed everywhere in one table, or points elsewhere."""
    path = _table(folder, rng)
    rows = _rows(path)
    names = [
        n
        for n, c in enumerate(rows[0])
        if c.endswith("_id") or c in ("origin", "speaker", "follows", "about", "body")
    ]
    at, text = (rng.choice(names) if names else 0), rng.choice(NASTY)
    for row in rows[1:]:
        if at < len(row) and rng.random() < 0.7:
            row[at] = text
    _save(path, rows)
    return f"{path.name}: key {at} = {text[:30]!r}"


def some_json(folder: Path, rng: random.Random) -> str:
    """A value somewhere in datapackage.json is removed, repeated or becomes another."""
    path = folder / "datapackage.json"
    try:
        package = json.loads(path.read_bytes())
    except (ValueError, OSError):
        return "JSON gone before"
    at, trail = package, []
    while isinstance(at, (dict, list)) and at:
        where = rng.choice(list(at) if isinstance(at, dict) else range(len(at)))
        trail.append(where)
        if not isinstance(at[where], (dict, list)) or not at[where] or rng.random() < 0.25:
            break
        at = at[where]
    if not trail:
        return "JSON without parts"
    how = rng.choice(["remove", "value", "value", "twice"])
    if how == "remove":
        del at[trail[-1]]
    elif how == "twice" and isinstance(at, list):
        at.append(at[trail[-1]])
    else:
        at[trail[-1]] = rng.choice(VALUES)
    path.write_text(json.dumps(package), "utf-8")
    return f"datapackage.json: {how} at {trail}"


def words(folder: Path, rng: random.Random) -> str:
    """A title, description or address of datapackage.json becomes another text."""
    path = folder / "datapackage.json"
    try:
        package = json.loads(path.read_bytes())
        part = rng.choice([package, *package["licenses"], *package["contributors"], *package["resources"]])
        name, text = rng.choice(["title", "description", "path", "homepage", "name"]), rng.choice(NASTY)
        part[name] = text
    except (ValueError, OSError, TypeError, KeyError):
        return "JSON gone before"
    path.write_text(json.dumps(package), "utf-8")
    return f"datapackage.json: {name} = {text[:30]!r}"


def series(folder: Path, rng: random.Random) -> str:
    """A cell, a row or the line ends of a series."""
    held = [p for p in sorted(folder.glob("series/*.csv")) if p.is_file() and p.read_bytes()]
    path = rng.choice(held or [_table(folder, rng)])
    rows, how = _rows(path), rng.choice(["cell", "twice", "ends"])
    row = rng.choice(rows[1:] or rows)
    if how == "cell":
        row[(at := rng.randrange(len(row) or 1)) : at + 1] = [rng.choice(NASTY)]
    elif how == "twice":
        rows.append(row)
    _save(path, rows)
    if how == "ends":
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return f"{path.name}: series {how}"


def some_file(folder: Path, rng: random.Random) -> str:
    path = rng.choice([*sorted(folder.rglob("*.csv")), folder / "datapackage.json"])
    how = rng.choice(["gone", "folder", "empty", "deep"])
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    if how == "folder":
        path.mkdir()
    elif how != "gone":
        path.write_bytes(b"[" * 100_000 if how == "deep" else b"")
    return f"{path.name}: {how}"


KINDS = [
    cell,
    cell,
    cell,
    cell,
    swap,
    some_rows,
    some_rows,
    column,
    some_bytes,
    some_bytes,
    encoding,
    key,
    some_json,
    some_json,
    some_file,
    words,
    series,
]
