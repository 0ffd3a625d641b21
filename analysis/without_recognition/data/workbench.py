"""Changing the tables: a draft of rows with their correction, tried on a copy, then written whole or not at all."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from without_recognition.data import (
    check,
    codebook,
    dataset,
    dates,
    new_ids,
    new_rows,
    releases,
    row_changes,
    support,
)
from without_recognition.data.dataset import TABLES, History
from without_recognition.data.messages import DatasetError, UnknownId, unknown

THINGS = {  #: what can be added -> its table
    "source": "sources",
    "event": "events",
    "claim": "claims",
    "actor": "actors",
    "office": "offices",
    "participant": "participants",
    "ruling": "rulings",
    "search": "searches",
}
DEFAULTS = {"claims": {"aspect": "occurrence", "stance": "affirms", "origin": "self"}}
FIRST_CLAIM = ("source_id", "locator", "statement", "speaker", "basis", "origin")  #: of a new event
WITH_REASON = (
    "office",
    "participant",
    "ruling",
)  #: what moves grades, or what the book follows, without a claim
NAMED = 3  #: so many rows are named that stand in the way
ASIDE, READY = ".new-tables", ".new-tables-ready"  #: the second name is given when all files are in it

Row = dict[str, str]


@dataclass
class Draft:
    """A change that is not yet written: the rows of each table by key, as they would be."""

    history: History
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)

    def of(self, table: str) -> dict[str, Row]:
        """The rows of a table by key; what is put in or taken out is the change."""
        return self.rows.setdefault(table, dict(row_changes.by_key(self.history, table)))

    def put(self, table: str, row: Row) -> str:
        """Add a row; returns its key. Raises DatasetError where it is there already."""
        key = "/".join(row[c] for c in codebook.key(self.history.package, table))
        if key in self.of(table):
            raise DatasetError(
                f"{table}.csv: '{key}' is there already; correct it, or give the new one another id"
            )
        self.of(table)[key] = row
        return key

    def changes(self) -> list[tuple[str, str, str, str, str, str]]:
        """(table, key, change, column, was, now), as in `row_changes`."""
        return [
            (table, *change)
            for table in TABLES
            if table in self.rows
            for change in row_changes.of_table(row_changes.by_key(self.history, table), self.rows[table])
        ]

    def files(self) -> dict[str, bytes]:
        """File name -> new content of every table that changes. Raises DatasetError for what is no text."""
        resources = dataset.resources(self.history.package)
        return {
            resources[table]["path"]: _encoded(resources[table], self.rows[table])
            for table in dict.fromkeys(change[0] for change in self.changes())
        }


def _encoded(resource: Mapping[str, Any], rows: Mapping[str, Row]) -> bytes:
    try:
        return check.table_csv(dict(resource), rows.values()).encode()
    except UnicodeEncodeError as wrong:
        cell = wrong.object[max(0, wrong.start - 10) : wrong.start + 10]
        raise DatasetError(f"{resource['path']}: '{cell}' is not UTF-8; type it anew") from None


# --- what is wanted -------------------------------------------------------------------------------
def added(history: History, thing: str, cells: Mapping[str, str], why: str = "") -> Draft:
    """A new source, event, claim or other row, with the id that it gets.

    Its row in corrections.csv comes with `why`, which an office, a participant or a ruling needs; a claim and an event
    have one in any case.
    cells: column -> text. An event takes the cells of its first claim (source_id, locator, statement, speaker, basis,
    origin) as well, since no event is without one: they make the claims of its occurrence, day and place.
    Raises DatasetError, a line for each cell: what is wrong; what is allowed.
    """
    if thing not in THINGS:
        raise UnknownId("kind of row", thing, THINGS)
    table, draft = THINGS[thing], Draft(history)
    of_claim = {c: cells[c] for c in FIRST_CLAIM if c in cells} if thing == "event" else {}
    row = _whole_row(history, table, {c: cell for c, cell in cells.items() if c not in of_claim})
    if thing == "event" and (
        lacking := [c for c in FIRST_CLAIM[:3] + FIRST_CLAIM[4:5] if not of_claim.get(c)]
    ):
        raise DatasetError(
            f"an event needs the words of its first source: give {', '.join(map(option, lacking))}"
        )
    if thing in WITH_REASON and not why:
        raise DatasetError(f"{option('why')}: empty; give the reason for this {thing}, for corrections.csv")
    key = draft.put(table, row)
    made = [(table, key)]
    for claim in _claims_of(history, row, of_claim) if of_claim else ():
        made.append(("claims", draft.put("claims", claim)))
    for each in made if thing in ("event", "claim") or why else ():
        _correction(draft, "added", *each, reason=why or _why_added(draft, each))
    return draft


def corrected(history: History, table: str, key: str, column: str, value: str, why: str) -> Draft:
    """One cell changed; a claim whose passage or statement changes is to be judged again.
    Raises UnknownId and DatasetError."""
    table = _known_table(table)
    rows = (draft := Draft(history)).of(table)
    if key not in rows:
        raise UnknownId(f"row of {table}", key, rows)
    if column not in rows[key]:
        raise UnknownId(f"column of {table}", column, rows[key])
    if column in codebook.key(history.package, table):
        raise DatasetError(
            f"{column} is the key of {table}, and no id is given anew; retire the row and add another"
        )
    was = rows[key][column]
    if was == value:
        raise DatasetError(f"{table}.csv: {key}: {column} is '{value}' already; nothing to correct")
    rows[key] = {**rows[key], column: value}
    _refuse(history, table, rows[key], [column])
    _correction(draft, "changed", table, key, column, was, value, reason=why)
    if table == "claims" and column in support.JUDGED:
        draft.of("support").pop(key, None)  # the verdict was on what stood there
    if (table, column) == ("events", "place"):
        _leave_places(draft)
    return draft


def retired(history: History, key: str, why: str, heir: str = "") -> Draft:
    """A row withdrawn, and its id kept for good in corrections.csv; an event goes with its claims and searches.

    Rows without an id of their own go with what their key names: who took part, rulings, excerpts, verdicts.
    heir: the id that stands for it from now on. Raises UnknownId, and DatasetError where other rows rest on it.
    """
    draft = Draft(history)
    table = next((t for t in releases.WITH_IDS if key in draft.of(t)), "")
    if not table:
        raise UnknownId("id", key, [k for t in releases.WITH_IDS for k in draft.of(t)])
    if heir == key:
        raise DatasetError(f"'{key}' cannot stand for itself; name another heir, or none")
    gone = [(table, key)]
    for of in ("claims", "searches") if table == "events" else ():
        gone += [(of, k) for k, row in draft.of(of).items() if row["event_id"] == key]
    for each in gone:
        del draft.of(each[0])[each[1]]
        _correction(draft, "retired", *each, now=heir if each[1] == key else "", reason=why)
    for of in (t for t in TABLES if t not in releases.WITH_IDS):
        rows = draft.of(of)
        for hanging in [k for k in rows if {*codebook.leans(history.package, of, k)} & {*gone}]:
            del rows[hanging]
    _leave_places(draft)
    if held := [*_held(draft, {*gone})]:
        told = f"'{key}' cannot go, for {' and '.join(held)} rest on it; retire or correct these first"
        raise DatasetError(f"{table}.csv: {told}")
    return draft


def _held(draft: Draft, gone: set[tuple[str, str]]) -> Iterator[str]:
    """'claims 2005-x.1, 2005-x.2, 2005-x.3 and 5 more': the rows by table that still name what is gone."""
    for table in TABLES:
        schema = codebook.schema(draft.history.package, table)
        named = [(f["fields"], f["reference"]["resource"]) for f in schema.get("foreignKeys", ())]
        named += [("origin", "sources"), ("origin", "claims")] if table == "claims" else []
        keys = [k for k, row in draft.of(table).items() if {(of, row[column]) for column, of in named} & gone]
        if keys:
            more = f" and {len(keys) - NAMED} more" if len(keys) > NAMED else ""
            yield f"{table} {', '.join(keys[:NAMED])}{more}"


def _leave_places(draft: Draft) -> None:
    """Take out the places in which no event is any longer."""
    used, places = {row["place"] for row in draft.of("events").values()}, draft.of("places")
    for place in places.keys() - used:
        del places[place]


def _known_table(table: str) -> str:
    table = THINGS.get(table, table)
    if table not in TABLES or table == "corrections":
        raise UnknownId("table", table, [t for t in TABLES if t != "corrections"])
    return table


def _whole_row(history: History, table: str, cells: Mapping[str, str]) -> Row:
    """All cells of a new row, its id among them. Raises DatasetError with a line for each cell that is not allowed."""
    fields = codebook.schema(history.package, table)["fields"]
    names = [f["name"] for f in fields]
    for column in cells:
        if column not in names:
            told = unknown("option", option(column), map(option, names))
            raise DatasetError(f"{told}; there are {', '.join(map(option, names))}")
    row = {**dict.fromkeys(names, ""), **DEFAULTS.get(table, {}), **cells}
    made = {f"{table[:-1]}_id": new_ids.new_id(history, table, row)} if table in new_ids.MADE else {}
    row |= {column: new for column, new in made.items() if not row[column]}
    _refuse(history, table, row, names)
    return row


def _refuse(history: History, table: str, row: Row, columns: list[str]) -> None:
    """Raises DatasetError for cells of these columns that the codebook does not allow; all of them at once."""
    schema = codebook.schema(history.package, table)
    others = {f["fields"]: history.table(f["reference"]["resource"]) for f in schema.get("foreignKeys", ())}
    found = {}
    for f in schema["fields"]:
        name = f["name"]
        told = new_rows.wrong(history.package, table, f, row, others.get(name)) if name in columns else ""
        if told:
            found[name] = f"{option(name)}: {told}"
    own = f"{table[:-1]}_id"
    if table in new_ids.MADE and own in found and not row[own]:
        if len(found) > 1:
            del found[own]  # it is made of the others
        else:
            found[own] = f"{option(own)}: no id can be made of what is given; give one"
    if found:
        raise DatasetError(*found.values())


def option(column: str) -> str:
    """The option that gives a column: `event_id` is --event, `reliability_reason` is --reliability-reason.

    `office_id` is --office-id, since there is an `office` beside it.
    """
    short = column if column == "office_id" else column.removesuffix("_id")
    return f"--{short.replace('_', '-')}"


def _claims_of(history: History, event: Row, told: Row) -> Iterator[Row]:
    """The claims of a new event's first source: that it happened, when and where."""
    base = {**DEFAULTS["claims"], **told, "event_id": event["event_id"]}
    wanted = [("occurrence", "", told["statement"])]
    wanted.append(("date", event["date"], f"Gives the date: {dates.bare(event['date'])}."))
    if event["place"]:
        wanted.append(("place", event["place"], f"In {event['place'].replace('-', ' ').title()}."))
    for n, (aspect, value, statement) in enumerate(wanted, 1):
        own = {
            "claim_id": f"{event['event_id']}.{n}",
            "aspect": aspect,
            "value": value,
            "statement": statement,
        }
        names = [f["name"] for f in codebook.schema(history.package, "claims")["fields"]]
        row = {**dict.fromkeys(names, ""), **base, **own}
        _refuse(history, "claims", row, [c for c in names if c != "event_id"])
        yield row


def _why_added(draft: Draft, made: tuple[str, str]) -> str:
    table, key = made
    if table == "events":
        return "A new event."
    return f"Coded from {draft.of(table)[key]['source_id']}."


def _correction(
    draft: Draft,
    kind: str,
    table: str,
    key: str,
    column: str = "",
    was: str = "",
    now: str = "",
    *,
    reason: str,
) -> None:
    """The row of corrections.csv for one change: today's, of the version in preparation. Raises DatasetError."""
    package = draft.history.package
    if package["version"] in releases.versions(draft.history):
        told = f"'version' {package['version']} is pinned, and nothing in it changes"
        raise DatasetError(
            f"datapackage.json: {told}; set the next one there, with .dev0 at its end, then correct"
        )
    today = datetime.date.today().isoformat()
    rows = draft.of("corrections")
    taken = [int(c.rpartition("-")[2]) for c in rows if re.fullmatch(rf"{today}-\d+", c)]
    version = re.match(r"\d+\.\d+\.\d+", package["version"])
    row = dict.fromkeys((f["name"] for f in codebook.schema(package, "corrections")["fields"]), "")
    row |= {
        "kind": kind,
        "table": table,
        "key": key,
        "column": column,
        "was": was,
        "now": now,
        "reason": reason,
    }
    number = f"{today}-{max(taken, default=0) + 1:04}"
    draft.put(
        "corrections",
        {**row, "correction_id": number, "date": today, "version": version[0] if version else ""},
    )


# --- tried and written ----------------------------------------------------------------------------
@contextmanager
def tried(folder: Path, draft: Draft) -> Iterator[Path]:
    """A copy of the Data Package in `folder` with the draft in it, for as long as it is looked at."""
    with tempfile.TemporaryDirectory(prefix="book-") as made:
        copy = Path(made) / "data"
        for name, source in dataset.published(folder).items():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy / name)
        for name, content in draft.files().items():
            (copy / name).write_bytes(content)
        yield copy


def write_draft(folder: Path, draft: Draft) -> list[str]:
    """Replace the tables that change, all of them or none; returns their names.

    The new files are made aside, the folder that holds them is renamed when it is whole, and only then are they moved:
    who is interrupted before that has the old tables, after it the next command finishes the move.
    Raises DatasetError where somebody has changed a table since the draft was made.
    """
    with check.alone(folder):
        return _written(folder, draft)


def _written(folder: Path, draft: Draft) -> list[str]:
    _finished(folder)
    for table, path in ((t, dataset.resources(draft.history.package)[t]["path"]) for t in draft.rows):
        now: list[str] = []
        frame = dataset.table(folder, dataset.resources(draft.history.package)[table], now)
        own = draft.history.table(table)
        if now or not frame.reset_index(drop=True).equals(own.reset_index(drop=True)):
            raise DatasetError(f"{path}: changed by somebody while the draft was made; run the command again")
    files = draft.files()
    aside = folder / ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    for name, content in files.items():
        with (aside / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    aside.rename(folder / READY)
    _finished(folder)
    return sorted(files)


def finish(folder: Path) -> list[str]:
    """Move the tables of a change that was interrupted after it was whole; returns their names.

    A change that is under way is waited for, and is whole afterwards.
    """
    if not (folder / READY).is_dir():
        return []
    with check.alone(folder):
        return _finished(folder)


def _finished(folder: Path) -> list[str]:
    ready = folder / READY
    if not ready.is_dir():
        return []
    names = sorted(path.name for path in ready.iterdir())
    for name in names:
        os.replace(ready / name, folder / name)
    ready.rmdir()
    return names
