"""What moved between two editions, and why: rows, grades, disputes, chapters, with the reasons of corrections.csv.

An edition is a folder with a Data Package, a commit of this repository, or a version that is pinned in data/releases/.
Of a pinned one the ids and hashes of rows are known, and the grades as they were published; of the others every cell
is, and grades are those of today's rules.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from without_recognition import evidence
from without_recognition.data import dataset, editions, releases, row_changes
from without_recognition.data.dataset import TABLES, History, records
from without_recognition.findings.tables import cached

Keyed = dict[tuple[str, str], dict[str, str]]  #: (table, key) -> row
Grades = dict[tuple[str, ...], tuple[str, str]]  #: proposition -> (grade, status)
UNTOLD = ("untold", "")
NOW = ""  #: the data as they are here
LEFT_OUT = (
    "corrections",
    "audit",
    "support",
    "prints",
    "uncoded",
    "texts",
)  #: about the work, not about the matter
CLASSES = {
    "withdrawn": "withdrawn",
    "added": "a witness or a fact added",
    "coding": "read again, and coded otherwise",
    "facts": "another date, place or value",
    "words": "the same in better words",
    "citation": "the source cited more exactly",
}
OF_COLUMNS = {
    "facts": {"events.date", "events.place", "claims.value", "sources.issued", "sources.written", "actors.died"},
    "words": {"claims.statement", "events.summary", "events.title", "rulings.reason", "searches.note",
              "searches.question", "rulings.what_would_change_it", "actors.description"},
    "citation": {"claims.locator", *(f"sources.{c}" for c in ("author", "title", "container", "publisher", "url",
                                                              "lang", "country", "note", "accessed"))},
}  # fmt: skip


def reason_class(correction: Mapping[str, str]) -> str:
    """The class of a row of corrections.csv: a key of CLASSES."""
    if correction["kind"] != "changed":
        return {"retired": "withdrawn"}.get(correction["kind"], correction["kind"])
    cell = f"{correction['table']}.{correction['column']}"
    return next((name for name, cells in OF_COLUMNS.items() if cell in cells), "coding")


def of_published(history: History) -> list[dict[str, str]]:
    """The corrections of what an edition before them had, and what was added since, with their class; newest first.

    A row that came after one edition and was mended before the next was read by nobody as it had been. While nothing is
    published there is no such line to draw, and all corrections are given. Worked out once a History.
    """
    return cached(history, "published corrections", lambda: _of_published(history))


def _of_published(history: History) -> list[dict[str, str]]:
    first: dict[tuple[str, str], tuple[int, ...]] = {}  # row -> the first edition that had it
    for version in sorted(releases.versions(history), key=releases.order):
        for pin in records(releases.pinned(history, version)):
            first.setdefault((pin["table"], pin["key"]), releases.order(version))

    def was_read(row: Mapping[str, str]) -> bool:
        published = first.get((row["table"], row["key"]))
        return published is not None and published < releases.order(row["version"])

    rows = history.corrections.sort_values(["table", "key"]).sort_values(
        "date", ascending=False, kind="stable"
    )
    return [
        row | {"class": reason_class(row)}
        for row in records(rows)
        if not first or row["kind"] == "added" or was_read(row)
    ]


@dataclass
class Edition:
    """One side of a comparison."""

    name: str
    version: str
    rows: Keyed | None  #: None of a pinned version
    grades: Grades | None  #: None where they are not pinned, or cannot be worked out
    history: History | None = field(default=None, repr=False)
    pins: dict[tuple[str, str], str] | None = None
    hashed: Mapping[str, Any] | None = None


def pinned(history: History, version: str) -> Edition:
    """A published version, as far as its pins know it. Raises KeyError for a version never published."""
    found = releases.pinned(history, version)
    graded = releases.grades(history, version)
    grades = None
    if graded is not None:
        grades = {tuple(row[:4]): (row[4], row[5]) for row in graded.itertuples(index=False)}
    pins = {(t, k): h for t, k, h in found.itertuples(index=False)}
    return Edition(version, version, None, grades, pins=pins, hashed=releases.hashed(history, version))


def of_history(history: History, name: str = "") -> Edition:
    """The edition that a History is."""
    rows = {(t, key): row for t in TABLES for key, row in row_changes.by_key(history, t).items()}
    told = evidence.propositions(history)[releases.GRADES]
    grades = {tuple(row[:4]): (row[4], row[5]) for row in told.itertuples(index=False, name=None)}
    version = str(history.package["version"])
    return Edition(name or version, version, rows, grades, history)


def in_folder(folder: Path, name: str = "") -> Edition:
    """The edition in a folder; of an older form without the columns that it lacks. Raises DatasetError."""
    made, had = of_history(editions.load(folder), name), editions.columns(folder)
    rows = (made.rows or {}).items()
    made.rows = {at: {c: cell for c, cell in row.items() if c in had[at[0]]} for at, row in rows}
    return made


def before(history: History) -> str:
    """The published version that the one of this History follows; "" where it is the first."""
    version = str(history.package["version"])
    earlier = [v for v in releases.versions(history) if v != version]
    return max(earlier, key=releases.order, default="")


def since(history: History) -> dict[str, Any]:
    """What moved from the published version before to this History; once a History. Empty where it is the first."""
    if "since" not in history.memo:
        version = before(history)
        history.memo["since"] = between(pinned(history, version), of_history(history)) if version else {}
    moved: dict[str, Any] = history.memo["since"]
    return moved


# --- what moved ---------------------------------------------------------------------------------
def between(old: Edition, new: Edition) -> dict[str, Any]:
    """What moved from `old` to `new`, of texts, numbers, lists and dictionaries alone.

    rows (table -> added, changed, gone), classes (class of reason -> corrections), changed (a row each, with its cells
    where both editions hold them, and its reasons), grades, disputes (begun, ended), chapters (events and grades).
    Raises ValueError where `new` is a pinned version, of which no reasons are known.
    """
    if new.rows is None or new.history is None:
        raise ValueError(
            f"{new.name}: pins alone do not say what moved to it; give its folder or its commit as NEW"
        )
    told = [c for c in records(new.history.corrections) if _is_later(c["version"], old.version)]
    reasons: dict[tuple[str, str], list[dict[str, str]]] = {}
    for c in told:
        reasons.setdefault((c["table"], c["key"]), []).append(c)
    changed = list(_changed(old, new, reasons))
    counts = Counter((row["table"], row["change"]) for row in changed)
    return {
        "old": {"name": old.name, "version": old.version},
        "new": {"name": new.name, "version": new.version},
        "rows": {
            table: {how: counts[table, how] for how in ("added", "changed", "gone")}
            for table in TABLES
            if table not in LEFT_OUT
        },
        "classes": {name: n for name in CLASSES if (n := sum(reason_class(c) == name for c in told))},
        "changed": changed,
        "grades": list(_moved(old.grades, new.grades)),
        "disputes": _disputes(old.grades, new.grades),
        "chapters": list(_chapters(old, new)),
    }


def _is_later(version: str, than: str) -> bool:
    """Whether a version of three numbers comes after another, which may be one in preparation."""
    number = releases.VERSION
    found = number.match(version), number.match(than)
    if not all(found):
        return False
    a, b = (releases.order(each[0]) for each in found if each)
    return a > b or (a == b and not number.fullmatch(than))


def _changed(
    old: Edition, new: Edition, reasons: Mapping[tuple[str, str], list[dict[str, str]]]
) -> Iterator[dict[str, Any]]:
    assert new.rows is not None
    before: Mapping[tuple[str, str], Any] = (old.pins if old.rows is None else old.rows) or {}
    for table, key in sorted({*before, *new.rows}):
        if table in LEFT_OUT:
            continue
        row, was = new.rows.get((table, key)), before.get((table, key))
        how = "gone" if row is None else "added" if was is None else "changed"
        cells: dict[str, tuple[str, str]] = {}
        if row is not None and was is not None:
            if old.rows is None:
                if (
                    table not in (old.hashed or {})
                    or releases.row_hash(row, (old.hashed or {})[table]) == was
                ):
                    continue
            else:
                cells = {c: (was[c], row[c]) for c in row if c in was and was[c] != row[c]}
                if not cells:
                    continue
        why = [
            {
                "class": reason_class(c),
                "column": c["column"],
                "was": c["was"],
                "now": c["now"],
                "reason": c["reason"],
            }
            for c in reasons.get((table, key), ())
        ]
        yield {"table": table, "key": key, "change": how, "cells": cells, "reasons": why}


def _moved(was: Grades | None, now: Grades | None) -> Iterator[dict[str, str]]:
    """Propositions whose grade or status is another; 'untold' where one edition knows nothing of it."""
    if was is None or now is None:
        return
    for p in sorted({*was, *now}):
        before, after = was.get(p, UNTOLD), now.get(p, UNTOLD)
        if before != after:
            names = dict(zip(("event_id", "aspect", "of", "value"), p))
            yield names | {
                "grade_was": before[0],
                "grade_now": after[0],
                "status_was": before[1],
                "status_now": after[1],
            }


def _disputes(was: Grades | None, now: Grades | None) -> dict[str, list[list[str]]]:
    """Questions (event, aspect, of) on which sources stand against each other in one edition and not in the other."""
    if was is None or now is None:
        return {"begun": [], "ended": []}
    before, after = (
        {p[:3] for p, (_, status) in each.items() if status != "unchallenged"} for each in (was, now)
    )
    return {"begun": sorted(map(list, after - before)), "ended": sorted(map(list, before - after))}


def _chapters(old: Edition, new: Edition) -> Iterator[dict[str, Any]]:
    """Events and grades of occurrences by chapter, then and now;
    what is gone counts where it stood, if that is known."""
    home = {key: row["chapter"] for (t, key), row in (new.rows or {}).items() if t == "events"}
    if old.rows is not None:
        then = {key: row["chapter"] for (t, key), row in old.rows.items() if t == "events"}
    else:
        then = {key: home.get(key, "") for t, key in old.pins or () if t == "events"}
    assert new.history is not None
    for slug in new.history.chapters:
        yield {
            "chapter": slug,
            "events_was": sum(c == slug for c in then.values()),
            "events_now": sum(c == slug for c in home.values()),
            "grades_was": _counted(old.grades, {e for e, c in then.items() if c == slug}),
            "grades_now": _counted(new.grades, {e for e, c in home.items() if c == slug}),
        }


def _counted(grades: Grades | None, events: set[str]) -> dict[str, int]:
    found = Counter(
        grade for p, (grade, _) in (grades or {}).items() if p[1] == "occurrence" and p[0] in events and grade
    )
    return {grade: found[grade] for grade in evidence.GRADES if found[grade]}


# --- the command --------------------------------------------------------------------------------
@contextmanager
def opened_edition(name: str) -> Iterator[Edition]:
    """The edition of that name: a folder, a pinned version, or a commit; within it its files are at hand.

    Raises DatasetError where it is none of these.
    """
    own = dataset.load()
    if name == NOW:
        yield of_history(own)
    elif (Path(name) / "datapackage.json").is_file():
        yield in_folder(Path(name), name)
    elif name in releases.versions(own):
        yield pinned(own, name)
    else:
        with tempfile.TemporaryDirectory() as room:
            _checked_out(name, Path(room))
            yield in_folder(Path(room) / "data", name)


def _checked_out(commit: str, room: Path) -> None:
    """Write data/ of a commit of the repository that the book's data lie in to `room`."""
    with suppress(FileNotFoundError):  # no git here
        if editions.unpacked(dataset.data_folder().parent, [commit], ["data"], room):
            return
    told = f"{commit}: no folder with a datapackage.json, no pinned version, no commit; give one of these"
    raise dataset.DatasetError(told)


def text(moved: Mapping[str, Any]) -> str:
    """What `between` gives, as lines to read."""
    return "\n".join(_lines(moved))


def _lines(moved: Mapping[str, Any]) -> Iterator[str]:
    yield f"From {moved['old']['name']} to {moved['new']['name']}"
    yield "\nRows: added, changed, gone"
    for table, n in moved["rows"].items():
        yield f"  {table:<14}{n['added']:>6,}{n['changed']:>8,}{n['gone']:>6,}"
    yield "\nCorrections, by class of reason"
    yield from (f"  {n:>6,}  {CLASSES[name]}" for name, n in moved["classes"].items())
    yield "\nEvents by chapter"
    for row in moved["chapters"]:
        yield f"  {row['chapter']:<16}{row['events_was']:>5} -> {row['events_now']}"
    grades = [g for g in moved["grades"] if "untold" not in (g["grade_was"], g["grade_now"])]
    new = sum(g["grade_was"] == "untold" for g in moved["grades"])
    yield (
        f"\nGrades and statuses that moved: {len(grades):,}; propositions new: {new:,}, gone: "
        f"{len(moved['grades']) - new - len(grades):,}"
    )
    yield from map(_grade, grades)
    for how, questions in moved["disputes"].items():
        yield f"\nDisputes {how}: {len(questions):,}"
        yield from (f"  {' '.join(filter(None, q))}" for q in questions)
    yield "\nRows changed or gone"
    for row in moved["changed"]:
        if row["change"] != "added":
            yield from _row(row)


def _grade(g: Mapping[str, str]) -> str:
    what = " ".join(filter(None, (g["event_id"], g["aspect"], g["of"], g["value"])))
    pairs = ((g["grade_was"] or "none", g["grade_now"] or "none"), (g["status_was"], g["status_now"]))
    moved = ", ".join(f"{a} -> {b}" for a, b in pairs if a != b)
    return f"  {what}: {moved}"


def _row(row: Mapping[str, Any]) -> Iterable[str]:
    yield f"  {row['table']} {row['key']}: {row['change']}"
    yield from (f"    {column}: {was!r} -> {now!r}" for column, (was, now) in row["cells"].items())
    yield from (f"    {CLASSES[why['class']]}: {why['reason']}" for why in row["reasons"])


def main(argv: list[str]) -> int:
    """`book changes OLD [NEW]`."""
    parser = argparse.ArgumentParser(
        prog="book changes",
        description="What moved between two editions: rows, grades, disputes, chapters, with reasons.",
    )
    parser.add_argument("old", help="a folder with a Data Package, a pinned version, or a commit")
    parser.add_argument("new", nargs="?", help="the same; default: the data as they are here")
    parser.add_argument("--json", action="store_true", help="for programs")
    given = parser.parse_args(argv)
    if "" in (given.old, given.new):
        parser.error("an empty name; name a folder, a pinned version or a commit")
    with opened_edition(given.old) as old, opened_edition(given.new or NOW) as new:
        try:
            moved = between(old, new)
        except ValueError as wrong:
            print(f"book changes: {wrong}", file=sys.stderr)
            return 1
    print(json.dumps(moved, indent=1, ensure_ascii=False) if given.json else text(moved))
    return 0
