"""Other readings of the same tables: sources left out with all that rests on them, rows added, events chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from without_recognition.data import new_rows, origins
from without_recognition.data.messages import DatasetError, UnknownId
from without_recognition.data.rows import column_cells

if TYPE_CHECKING:
    from without_recognition.data.history import History

Some: TypeAlias = str | Iterable[str]  #: one value or several
Rows: TypeAlias = pd.DataFrame | Iterable[Mapping[str, str]]
Tables: TypeAlias = Mapping[str, pd.DataFrame]
Ways: TypeAlias = dict[str, tuple[str, ...]]

FEW = 3  #: so many names stand in a label
COLUMNS = {
    "sources": "source_id",
    "publishers": "publisher",
    "perspectives": "perspective",
    "kinds": "kind",
    "authors": "author",
}


def listed(values: Some) -> tuple[str, ...]:
    """One value or several, as a tuple without repeats. Raises TypeError for what is neither."""
    if isinstance(values, str):
        return (values,)
    if not isinstance(values, Iterable):
        raise TypeError(f'{values!r} is neither a text nor a list of texts; write sources="dahri-2016"')
    return tuple(dict.fromkeys(values))


def known(what: str, values: Iterable[str], there: Iterable[str]) -> None:
    """Raises UnknownId for the first value that is not there."""
    there = set(there)
    for value in values:
        if value not in there:
            raise UnknownId(what, value, sorted(there - {""}))


# --- which sources ------------------------------------------------------------------------------
def ways(*given: Some | None, keep_empty: bool = False) -> Ways:
    """The conditions that were given, by name; None was not given, and nothing of a kind only with `keep_empty`."""
    found = {way: listed(values) for way, values in zip(COLUMNS, given) if values is not None}
    return {way: values for way, values in found.items() if values or keep_empty}


def chosen(history: History, ways: Ways) -> dict[str, set[str]]:
    """For each condition the sources that meet it; none for what an earlier step left out.

    Raises UnknownId with the nearest name for what the edition has not either.
    """
    out = {}
    for way, wanted in ways.items():
        names, before = _named(history.whole, way), _named(history.edition, way)
        there = set().union(*names.values())
        left_out = set().union(*before.values()) - there
        known(COLUMNS[way].replace("_id", ""), (name for name in wanted if name not in left_out), there)
        out[way] = {s for s, found in names.items() if found & set(wanted)}
    return out


def _named(history: History, way: str) -> dict[str, set[str]]:
    """Of each source the names that this condition may give."""
    sources = history.sources
    return {s: _names(way, cell) for s, cell in zip(sources.index, column_cells(sources, COLUMNS[way]))}


def _names(way: str, cell: str) -> set[str]:
    """The cell, or each author in it by whole name and by family name."""
    if way != "authors":
        return {cell}
    authors = [name.strip() for name in cell.split(";") if name.strip()]
    return {*authors, *(name.partition(",")[0].strip() for name in authors)}


def worded(ways: Ways) -> str:
    """'publishers Dawn and The News', 'dahri-2016', 'perspective israeli, 12 sources'."""
    return ", ".join(_worded(way, values) for way, values in ways.items())


def _worded(way: str, values: tuple[str, ...]) -> str:
    if len(values) > FEW or not values:
        return f"{len(values)} {way}"
    names = " and ".join(values)
    return names if way == "sources" else f"{way.removesuffix('s') if len(values) == 1 else way} {names}"


# --- tables that hold together ------------------------------------------------------------------
def left(history: History, gone: set[str]) -> dict[str, pd.DataFrame]:
    """The tables without these sources and every claim whose chain of origins touches one."""
    resting = origins.resting(history)
    claims = {c for s in gone for c in resting.get(s, ())}
    return pruned(history.whole, claims=claims, sources=gone)


def pruned(
    history: History, changed: Tables | None = None, *, claims: set[str], sources: set[str]
) -> dict[str, pd.DataFrame]:
    """The tables of the whole, some of them changed, without these claims and sources and what hangs on them.

    Events go that were affirmed, or had claims, and are not affirmed, or have none, any longer. Cells that name what is
    gone are emptied; an origin that is a claim becomes that claim's source.
    """
    before = history.whole._tables["claims"]
    now = {**history.whole._tables, **(changed or {})}
    every = before
    if now["claims"] is not before:
        every = pd.concat([before, now["claims"].loc[now["claims"].index.difference(before.index)]])
    told = _rooted(_without(now["claims"], claims), every)
    untold = _untold(before, told)
    told = _rooted(_without(told, untold, "event_id"), every)
    gone = set(every.index) - set(told.index)
    return now | {
        "claims": told,
        "events": _emptied(_without(now["events"], untold), "about", untold),
        "sources": _without(now["sources"], sources),
        "participants": _emptied(_without(now["participants"], untold, "event_id"), "claim_id", gone),
        "documents": _without(_without(now["documents"], untold, "event_id"), sources, "source_id"),
        "offices": _emptied(now["offices"], "source_id", sources),
        "searches": _without(now["searches"], untold, "event_id"),
        "audit": _without(now["audit"], gone),
        "support": _without(now["support"], gone),
        "rulings": _without(_without(now["rulings"], untold, "event_id"), gone, "follows"),
        "texts": _without(_without(now["texts"], sources, "source_a"), sources, "source_b"),
        "prints": _without(now["prints"], sources),
        "uncoded": _without(now["uncoded"], sources, "source_id"),
    }


def _without(table: pd.DataFrame, gone: set[str], column: str = "") -> pd.DataFrame:
    """The table without rows that name what is gone, in `column` or as their key; itself where none does."""
    if not gone:
        return table
    which = (table[column] if column else table.index).isin(gone)
    return table[~which] if which.any() else table


def _emptied(table: pd.DataFrame, column: str, gone: set[str]) -> pd.DataFrame:
    """The table with empty cells where `column` names what is gone."""
    which = table[column].isin(gone)
    return table.assign(**{column: table[column].mask(which, "")}) if which.any() else table


def _untold(before: pd.DataFrame, after: pd.DataFrame) -> set[str]:
    """Events that were affirmed, or had any claim, before and are not, or have none, after."""
    silent = set(column_cells(before, "event_id")) - set(column_cells(after, "event_id"))
    return silent | (origins.affirmed(before) - origins.affirmed(after))


def _rooted(claims: pd.DataFrame, every: pd.DataFrame) -> pd.DataFrame:
    """Where the claim that is the origin is gone, its source is; `every` has all claims that there were."""
    gone = set(every.index) - set(claims.index)
    named = column_cells(claims, "origin")
    if not gone.intersection(named):
        return claims
    source_of = dict(zip(every.index, column_cells(every, "source_id")))
    rooted = [source_of[o] if o in gone else o for o in named]
    return claims.assign(origin=pd.Series(rooted, index=claims.index, dtype=str))


# --- events that went -----------------------------------------------------------------------------
def untold(history: History, event_id: object) -> dict[str, str]:
    """The row of an event that the edition has and this variant has not; {} for any other."""
    if not isinstance(event_id, str) or event_id in history.whole._tables["events"].index:
        return {}
    before = history.edition._tables["events"]
    return dict(before.loc[event_id]) if event_id in before.index else {}


def unknown_event(history: History, event_id: object) -> UnknownId:
    """The error for an id that is no event of this History; says so where the edition has it."""
    known = history.whole._tables["events"].index
    gone = "the edition has it; in this variant nobody tells of it" if untold(history, event_id) else ""
    return UnknownId("event", event_id, known, gone)


# --- rows added and altered ---------------------------------------------------------------------
def with_rows(history: History, given: Mapping[str, Rows]) -> tuple[dict[str, pd.DataFrame], str]:
    """(the tables with these rows added or altered, in words what was done). Raises DatasetError and UnknownId."""
    known("table", given, history.whole._tables)
    changed, words = new_rows.merged(history.package, history.whole._tables, given)
    if "claims" in changed and (found := [told for _, told in origins.circles(changed["claims"])]):
        raise DatasetError(f"claims: {found[0]}")
    made = pruned(history, changed, claims=set(), sources=set())
    if lost := origins.lost(made["claims"], made["sources"]):
        told = "claims: {}: origin: unknown '{}'; write self, a source_id or a claim_id"
        raise DatasetError(*(told.format(claim_id, origin) for _, claim_id, origin in lost))
    return made, words


# --- parts --------------------------------------------------------------------------------------
def narrowed(
    tables: Tables, slug: str, filters: tuple[tuple[str, tuple[str, ...]], ...]
) -> dict[str, pd.DataFrame]:
    """The tables of the events of a chapter ('all' for any) that have these values in these columns."""
    events = tables["events"]
    if slug != "all":
        events = events[events["chapter"] == slug]
    for column, values in filters:
        events = events[events[column].isin(values)]

    def of_events(name: str) -> pd.DataFrame:
        return tables[name][tables[name]["event_id"].isin(events.index)]

    claims, people, searches = of_events("claims"), of_events("participants"), tables["searches"]
    cited = {*column_cells(claims, "source_id"), *column_cells(claims, "origin")}
    actors = {*column_cells(claims, "speaker"), *column_cells(people, "actor_id")}
    if slug != "all":
        searches = searches[searches["chapter"] == slug]
    if filters:
        searches = searches[searches["event_id"].isin(events.index)]
    return {
        "events": events,
        "claims": claims,
        "participants": people,
        "sources": tables["sources"][tables["sources"].index.isin(cited)],
        "actors": tables["actors"][tables["actors"].index.isin(actors)],
        "offices": tables["offices"][tables["offices"]["actor_id"].isin(actors)],
        "documents": of_events("documents"),
        "rulings": of_events("rulings"),
        "searches": searches,
        "audit": tables["audit"][tables["audit"]["claim_id"].isin(claims.index)],
        "support": tables["support"][tables["support"]["claim_id"].isin(claims.index)],
    }
