"""Results as data: what the rules say of a History, as tidy tables that any program reads.

A cell holds a text, a whole number or a truth value, never a list; days are YYYY-MM-DD and missing ones are empty. What
each column means stands in `result_columns`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import pandas as pd

from without_recognition import evidence
from without_recognition.data import codebook, dates
from without_recognition.data.dataset import History, column_cells, records
from without_recognition.evidence import Judgement, Testimony, comparing
from without_recognition.findings import contact, result_columns
from without_recognition.findings.result_columns import Table

DTYPES = {"string": "str", "date": "str", "integer": "Int64", "boolean": "bool"}
LINES = {"actor": "person"}  #: of the kind of a line, the word of the codebook, where that is another
JOINED = {"state": "state", "unnamed": "unnamed", "actor": "person", "source": "group"}
Row = dict[str, Any]


def tables(history: History) -> dict[str, pd.DataFrame]:
    """Every table of results by name, in the order of `result_columns.TABLES`; see `History.results`."""
    return {table.name: _frame(table, FILL[table.name](history)) for table in result_columns.TABLES}


def _frame(table: Table, rows: Iterable[Row]) -> pd.DataFrame:
    """The rows as a table sorted by its key, with the columns and types that are described,
    all of them and no other."""
    frame = pd.DataFrame(list(rows), columns=table.names)
    frame = frame.astype({column.name: DTYPES[column.type] for column in table.columns})
    return frame.sort_values(list(table.key), ignore_index=True, kind="stable")


def day(when: date) -> str:
    """YYYY-MM-DD; "" for the bound of an open end."""
    return "" if when.year in (date.min.year, date.max.year) else when.isoformat()


def _bounds(text: str, before: str = "") -> Row:
    span = dates.parse(text)
    return {f"{before}earliest": day(span.earliest), f"{before}latest": day(span.latest)}


def _weighed(j: Judgement | None) -> Row:
    """The columns WEIGHED of a judgement; empty where nobody speaks of it."""
    if j is None:
        empty = dict.fromkeys(("grade", "grade_rule", "status", "status_rule", "warnings"), "")
        return empty | {"n_lines": 0, "n_mentions": 0}
    return {
        "grade": "" if j.frame else j.grade,
        "grade_rule": "" if j.frame else j.grade_rule,
        "status": j.status,
        "status_rule": j.status_rule,
        "warnings": " ".join(j.flags),
        "n_lines": j.lines,
        "n_mentions": j.mentions,
    }


def _key(j: Judgement) -> Row:
    return dict(zip(("event_id", "aspect", "of", "value"), j.key))


def _told(history: History) -> Iterator[Judgement]:
    """What the rules say of every proposition of this History, which may be a chapter."""
    told = set(column_cells(history.table("events"), "event_id"))
    return (j for j in evidence.weigh(history).judgements.values() if j.event_id in told)


def _graded_events(history: History) -> Iterator[Row]:
    judged = evidence.weigh(history).judgements
    for event in records(history.table("events")):
        span = dates.parse(event["date"])
        when = {"edtf": event["date"], "precision": span.precision, "doubt": span.qualifier}
        weighed = _weighed(judged.get((event["event_id"], "occurrence", "", "")))
        yield event | when | _bounds(event["date"]) | weighed


def _propositions(history: History) -> Iterator[Row]:
    goes_with = comparing.followed(history)
    unbound = {"value_earliest": "", "value_latest": ""}
    for j in _told(history):
        bounds = _bounds(j.value, "value_") if j.aspect == "date" and j.value else unbound
        yield _key(j) | bounds | _weighed(j) | {"followed": evidence.Proposition(*j.key) in goes_with}


def _lines(history: History) -> Iterator[Row]:
    weighing = evidence.weigh(history)
    groups = {s: row["independence_group"] for s, row in weighing.sources.items()}
    for j in _told(history):
        for stance in ("affirms", "denies", "doubts"):
            rows = getattr(j, stance)
            counted = evidence.line_keys(rows)
            for row in rows:
                yield _key(j) | _line(row, rows, counted, groups)


def _line(
    row: Testimony, rows: Iterable[Testimony], counted: set[tuple[str, str]], groups: dict[str, str]
) -> Row:
    kind, whose = row.key
    joined = {_joins(row, other, groups) for other in rows if other is not row} - {""}
    return {
        "claim_id": row.claim_id,
        "stance": row.stance,
        "source_id": row.source_id,
        "root": row.root,
        "line": f"{LINES.get(kind, kind)}:{whose}",
        "side": row.side,
        "counts": row.counts,
        "carries": row.counts and row.key in counted,
        "joined_by": " ".join(sorted(joined)),
        "n_defects": len(row.defects),
        "defects": " ".join(sorted(row.defects)),
        "written": day(row.written),
        "days_after": row.days if abs(row.days) < DAYS_OF_AN_OPEN_END else None,
    }


DAYS_OF_AN_OPEN_END = 365 * 1000  #: further apart than this lie only open ends


def _joins(row: Testimony, other: Testimony, groups: dict[str, str]) -> str:
    """What makes two claims one witness, or ""."""
    if row.key == other.key:
        return "root" if row.root == other.root else JOINED[row.key[0]]
    both_papers = row.key[0] == other.key[0] == "source"
    return "text" if both_papers and row.texts & other.texts else ""


def _disputes(history: History) -> Iterator[Row]:
    titles = dict(zip(history.table("events").index, column_cells(history.table("events"), "title")))
    for row in evidence.disputes(history).to_dict("records"):
        more = {"title": titles[row["event_id"]], "n_values": len(row["values"])}
        yield row | more | {"followed_value": row["followed"], "undecided": row["open"]}


def _dispute_values(history: History) -> Iterator[Row]:
    for values in evidence.disputes(history)["values"]:
        for place, j in enumerate(values, 1):
            yield _key(j) | {"place_in_order": place} | _weighed(j)


def _disclosure(history: History) -> Iterator[Row]:
    for event_id, row in evidence.disclosure(history).to_dict("index").items():
        happened, public = day(row["happened"]), day(row["public_by"])
        known = row["days"] if happened and public else None
        told = {"event_id": event_id, "happened": happened, "public_by": public, "days": known}
        yield told | {"source_id": row["source_id"], "via_unread": row["via_unread"]}


def _contacts(history: History) -> Iterator[Row]:
    for row in contact.contacts(history).to_dict("records"):
        yield row | _bounds(row["date"]) | {"edtf": row["date"], "n_events": len(row["events"].split())}


def _encounters(history: History) -> Iterator[Row]:
    counted = contact.members(history)
    for row in contact.encounters(history).to_dict("records"):
        yield row | {"counted_as": counted.get(row["event_id"], "")}


def _origin_edges(history: History) -> Iterator[Row]:
    return (row | {"origin_read": row["read"]} for row in history.network().to_dict("records"))


def _codebook(history: History) -> Iterator[Row]:
    for row in codebook.frame(history.package).to_dict("records"):
        yield row | {"table_name": row["table"], "column_name": row["column"]}
    for table in result_columns.TABLES:
        for column in table.columns:
            told = {"table_name": table.name, "column_name": column.name, "value": "", "label": ""}
            yield told | {"required": column.name in table.key[:1], "description": column.meaning}


FILL: dict[str, Callable[[History], Iterable[Row]]] = {
    "graded_events": _graded_events,
    "propositions": _propositions,
    "lines": _lines,
    "disputes": _disputes,
    "dispute_values": _dispute_values,
    "disclosure": _disclosure,
    "contacts": _contacts,
    "encounters": _encounters,
    "origin_edges": _origin_edges,
    "codebook": _codebook,
}
