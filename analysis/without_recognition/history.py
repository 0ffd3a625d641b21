"""The History that readers hold: the tables with their grades, single events, and what moves in a variant."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, Self

import pandas as pd

from without_recognition import citations, evidence
from without_recognition.data import dataset, dates, new_rows
from without_recognition.data.messages import DatasetError, UnknownId
from without_recognition.data.variants import Rows, Some, unknown_event, untold
from without_recognition.evidence import GRADES, Explanation, Judgement, Proposition, Rules
from without_recognition.evidence.weighing import check_given

JUDGED = ["grade", "status"]  #: what `events` has beside the columns of its file


class History(dataset.History):
    """All tables of the book's data, as DataFrames of str, with the grades that the rules give them.

    A History never changes: each table is handed out as a copy, and `without`, `only`, `under`, `where`, `with_rows`
    and `second_coder` make another History, with results of its own. `load()` reads one; `history.chapter(slug)` is a
    part of it; `history[id]` is an event or a chapter; behind `history["2005-` a notebook completes ids.

    >>> from without_recognition import load
    >>> history = load()
    >>> history.claims.loc["1947-jinnah-truman.1", "stance"]
    'affirms'
    """

    @property
    def rules(self) -> Rules:
        """The Rules under which grades are given.

        >>> from without_recognition import load
        >>> load().rules.near
        366
        """
        return super().rules or evidence.BOOK

    @property
    def citation(self) -> str:
        """How to cite what was made of this History, as a reference in prose; a variant is named.

        >>> from without_recognition import load
        >>> load().without(sources="dahri-2016").citation
        'Without Recognition contributors. ... Variant of ...: without dahri-2016.'
        """
        return citations.whole(self)

    @property
    def events(self) -> pd.DataFrame:  # a table like the others, with two columns more
        """What is said to have happened, by event_id: title, date (EDTF), place, ... and the grade and status of it.

        One row an event, cells of str; the grade of a frame fact is empty. `graded()` has all that the rules say,
        `table("events")` the table alone. Source: the tables of this History under its rules.

        >>> from without_recognition import load
        >>> load().events.loc["1947-jinnah-truman", ["date", "grade", "status"]].tolist()
        ['1947-12-08', 'documented', 'unchallenged']
        """
        return self.table("events").join(evidence.events(self)[JUDGED].fillna(""))

    def with_rows(self, **tables: Rows) -> Self:
        """With rows added to tables, or altered:
        a row whose key is there already is mended in the cells that are given.

        `tables`: a table's name and its rows, as a DataFrame or dictionaries, such as
        `sources=[{"source_id": "dahri-2016", "reliability": "B"}]`. Cells that are not given stay, or are empty in a
        new row. Events that nobody affirms any longer go. Raises DatasetError with every unknown column, id or word;
        grade and status of an event are computed, and altered ones refused.

        >>> from without_recognition import load
        >>> better = load().with_rows(sources=[{"source_id": "dahri-2016", "reliability": "B"}])
        >>> better.sources.loc["dahri-2016", "reliability"]
        'B'
        """
        return super().with_rows(**_coded(self, tables))

    def graded(self) -> pd.DataFrame:
        """The events with what the rules say of their occurrence: one row an event, indexed by event_id.

        Frame facts are among them, with an empty grade. Columns: those of `events`; earliest,
        latest (datetime.date, the bounds of `date`; open ends are None); grade, status and the
        ids of their rules; warnings (the words of its flags); lines (independent witnesses),
        mentions (claims that affirm it). Source: the tables of this History under its rules.

        >>> from without_recognition import load
        >>> load().graded().loc["1947-jinnah-truman", ["earliest", "grade"]].tolist()
        [datetime.date(1947, 12, 8), 'documented']
        """
        return graded(self)

    def results(self) -> dict[str, pd.DataFrame]:
        """All that the rules say, as tidy tables by name: a cell is a text, a whole number or a truth value.

        graded_events, propositions, lines (which claim is one witness with which), disputes, dispute_values,
        disclosure, contacts, encounters, origin_edges, codebook. Days are YYYY-MM-DD, empty where an end is open; a
        missing number is pandas.NA. The last table says what each column means. Of a chapter or a variant, its own.

        >>> from without_recognition import load
        >>> tables = load().results()
        >>> tables["graded_events"].set_index("event_id").loc["1947-jinnah-truman", ["earliest", "grade"]].tolist()
        ['1947-12-08', 'documented']
        """
        from without_recognition.findings import results

        return results.tables(self)

    def event(self, event_id: str) -> Event:
        """One event with its grade, claims and reasons. Raises UnknownId with the nearest id.

        >>> from without_recognition import load
        >>> load().event("1947-jinnah-truman").grade
        'documented'
        """
        return Event(self, event_id)

    def compare(self, other: dataset.History) -> pd.DataFrame:
        """What moved from this History to `other`: see `without_recognition.compare`.

        >>> from without_recognition import load
        >>> history = load()
        >>> len(history.compare(history))
        0
        """
        return evidence.compare(self, other)

    def __getitem__(self, key: str) -> Event | History:
        """An event by its id, or a chapter by its slug. Raises UnknownId."""
        if key in self.chapters:
            return self.chapter(key)
        if key in set(self._tables["events"].index):
            return self.event(key)
        if untold(self, key):
            raise unknown_event(self, key)
        raise UnknownId("event or chapter", key, [*self.chapters, *self._tables["events"].index])

    def _ipython_key_completions_(self) -> list[str]:
        return [*self.chapters, *self._tables["events"].index]

    def _repr_html_(self) -> str:
        """Counts, grades, and what a variant leaves out, as a small table."""
        found = self.graded()["grade"].value_counts()
        rows = [
            (t, f"{len(self._tables[t]):,}") for t in ("events", "claims", "sources", "actors", "searches")
        ]
        rows += [(f"events {grade}", f"{found.get(grade, 0):,}") for grade in GRADES]
        title = self.chapters[self.slug] if self.slug != "all" else str(self.package["title"])
        return _html(title, self.variant or f"version {self.package['version']}", rows)


@dataclass(frozen=True)
class Event:
    """One event of a History: what is said to have happened, how good the evidence is, and who says so.

    >>> from without_recognition import load
    >>> event = load().event("1947-jinnah-truman")
    >>> event.title, event.status
    ('Jinnah appeals to Truman against partition', 'unchallenged')
    """

    history: dataset.History = field(repr=False)
    event_id: str

    def __post_init__(self) -> None:
        known = self.history.whole.table("events").index
        if not isinstance(self.event_id, str) or self.event_id not in known:
            raise unknown_event(self.history, self.event_id)

    @property
    def row(self) -> dict[str, str]:
        """Its row of the table of events."""
        return dict(evidence.weigh(self.history).events[self.event_id])

    @property
    def title(self) -> str:
        """What happened, in a few words."""
        return self.row["title"]

    @property
    def date(self) -> str:
        """When, as EDTF: 2005-09-01, 2005, 2004/2005, [2001..2003]."""
        return self.row["date"]

    @property
    def earliest(self) -> datetime.date | None:
        """The first day that `date` allows; None where that end is open."""
        return _bounds(self.date)[0]

    @property
    def latest(self) -> datetime.date | None:
        """The last day that `date` allows; None where that end is open."""
        return _bounds(self.date)[1]

    @property
    def judgement(self) -> Judgement | None:
        """What the rules say of whether it happened; None where nobody speaks of that."""
        return evidence.weigh(self.history).judgements.get(Proposition(self.event_id))

    @property
    def grade(self) -> str:
        """documented, corroborated, attested or alleged; "" for a frame fact and where nobody speaks of it."""
        return self.judgement.grade if self.judgement and not self.judgement.frame else ""

    @property
    def status(self) -> str:
        """unchallenged, challenged, disputed or contradicted; "" where nobody speaks of it."""
        return self.judgement.status if self.judgement else ""

    @property
    def judgements(self) -> list[Judgement]:
        """What the rules say of every proposition about it, the occurrence first."""
        return self.explain().judgements

    @property
    def claims(self) -> pd.DataFrame:
        """Its rows of the table of claims."""
        claims = self.history.whole.claims
        return claims[claims["event_id"] == self.event_id]

    def explain(self) -> Explanation:
        """Why grade and status are what they are; prints as text."""
        return evidence.explain(self.history, self.event_id)

    def __repr__(self) -> str:
        answer = ", ".join(filter(None, [self.grade or "not graded", self.status]))
        return f"<Event {self.event_id}: {self.title} ({dates.bare(self.date)}); {answer}>"

    def _repr_html_(self) -> str:
        j, rows = self.judgement, [("date", dates.bare(self.date)), ("what", self.row["summary"])]
        if j:
            rows += [
                ("grade", self.grade or "none"),
                ("status", j.status),
                ("lines", str(j.lines)),
                ("mentions", str(j.mentions)),
            ]
        return _html(self.title, self.event_id, rows)


def load(folder: str | Path | None = None) -> History:
    """Read the book's data, or another Data Package of the same form.

    folder: path of a folder that holds datapackage.json; default the book's own. A folder that differs from the book's
    data and yet bears its version is a variant, and its figures say so; series are read from it too.

    Returns a History; unchanged files are read once a process. Raises DatasetError, a line for each problem of
    encoding, header or key (`file:row:column: what; what to do`); `book check` tests far more.

    >>> from without_recognition import load
    >>> sorted(load().chapters)[:2]
    ['accords', 'after-istanbul']
    """
    return public(dataset.load(folder))


def _coded(history: History, tables: dict[str, Any]) -> dict[str, Any]:
    """The tables, `events` without what is computed. Raises DatasetError where grade or status were given otherwise."""
    if "events" not in tables:
        return tables
    given, own = tables["events"], history.whole.events
    rows = new_rows.dicts(given)
    judged = {(c, row.get("event_id"), row[c]) for row in rows for c in JUDGED if c in row}
    if wrong := sorted({c for c, e, value in judged if e not in own.index or own.at[e, c] != value}):
        told = "is computed from claims; leave it out, and add or alter claims, sources or Rules"
        raise DatasetError(*(f"events: {column}: {told}" for column in wrong))
    if isinstance(given, pd.DataFrame):
        return {**tables, "events": given.drop(columns=JUDGED, errors="ignore")}
    return {**tables, "events": [{c: v for c, v in row.items() if c not in JUDGED} for row in rows]}


def public(base: dataset.History) -> History:
    """The same tables as readers hold them; once a History."""
    memo = base.memo
    if "public" not in memo:
        memo["public"] = History(base.root, base.package, changes=base._changes, **base._tables)
    held: History = memo["public"]
    return held


def graded(history: dataset.History, rules: Rules | None = None) -> pd.DataFrame:
    """The events of a History with their grades: see `History.graded`; `rules` other than those of the History.

    Raises TypeError for what is no History or no Rules.

    >>> from without_recognition import Rules, events, load
    >>> history = load()
    >>> strict = events(history, Rules(near=30))
    >>> bool((strict["grade"] != events(history)["grade"]).any())
    True
    """
    check_given("events", history, rules)
    found = evidence.events(history, rules)
    bounds = [_bounds(text) for text in found["date"]]
    place = list(found.columns).index("date") + 1
    found.insert(place, "earliest", [earliest for earliest, _ in bounds])
    found.insert(place + 1, "latest", [latest for _, latest in bounds])
    return found


def disputed(history: dataset.History) -> pd.DataFrame:
    """What is disputed, contradicted or challenged: one row an (event, aspect, of), indexed 0..n-1.

    Columns: event_id, aspect, of, status (of the best value that anything stands against), answers (each value with its
    grade, best first, as one text), follows (claim_id of the ruling or ""), followed (the value ruled for or ""),
    reason, what_would_change_it, open (a ruling is demanded and missing). Raises TypeError for what is no History.

    >>> from without_recognition import disputes, load
    >>> disputes(load()).query("event_id == '1948-ben-gurion-telegram' and aspect == 'means'")["answers"].item()
    'letter (alleged); telegram (alleged); telephone (alleged)'
    """
    found = evidence.disputes(history)
    answers = ["; ".join(f"{j.value or 'yes'} ({j.grade})" for j in values) for values in found["values"]]
    found.insert(list(found.columns).index("values"), "answers", pd.Series(answers, dtype=str))
    return found.drop(columns="values")


def _bounds(date: str) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and the last day that a date allows; None for an open end."""
    span = dates.parse(date)
    return (
        span.earliest if span.earliest.year > 1 else None,
        span.latest if span.latest.year < 9999 else None,
    )


def explain(history: dataset.History | str, event_id: str | dataset.History | None = None) -> Explanation:
    """Why an event's grade and status are what they are, in plain words: claims, lines, defects, rules that fired.

    history, event_id: a History (or a chapter or variant of one) and an id, in either order; without a History, of the
    book's own data. Prints as text; `.judgements` holds what the rules say of each proposition. Of an event that the
    edition has and a variant has no longer it says that nobody tells of it there.
    Raises UnknownId with the nearest id, TypeError where neither is a History or no id is given.

    >>> from without_recognition import explain, load
    >>> print(explain(load(), "1947-jinnah-truman"))  # doctest: +ELLIPSIS
    Jinnah appeals to Truman against partition (8 December 1947)
    ...
    """
    if not isinstance(history, dataset.History):
        history, event_id = event_id or load(), history
    check_given("explain", history)
    if event_id is None:
        raise TypeError(
            'explain() takes the id of an event too; write explain(history, "1947-jinnah-truman")'
        )
    return evidence.explain(history, event_id)  # type: ignore[arg-type]  # explain() tells what is no id


def without(
    history: dataset.History,
    *,
    sources: Some = (),
    publishers: Some = (),
    perspectives: Some = (),
    kinds: Some = (),
    authors: Some = (),
) -> dataset.History:
    """The History without these sources and all that rests on them: see `History.without`.

    Raises UnknownId with the nearest name; TypeError for what is no History, no text and no list of texts.

    >>> from without_recognition import load, without
    >>> without(load(), sources="dahri-2016").variant
    'variant of ...: without dahri-2016'
    """
    check_given("without", history)
    return history.without(
        sources=sources, publishers=publishers, perspectives=perspectives, kinds=kinds, authors=authors
    )


def _html(title: str, below: str, rows: list[tuple[str, str]]) -> str:
    cells = "".join(
        f"<tr><th style='text-align:left'>{escape(a)}</th><td>{escape(b)}</td></tr>" for a, b in rows
    )
    return f"<table><caption>{escape(title)} ({escape(below)})</caption>{cells}</table>"
