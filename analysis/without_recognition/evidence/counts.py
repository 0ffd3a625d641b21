"""Counts over the dataset, for prose and figures."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from without_recognition import evidence
from without_recognition.data.dataset import History
from without_recognition.data.messages import nearest
from without_recognition.data.number_words import counted


class SpecError(ValueError):
    """A count that cannot be made; the message says what is wrong and names the nearest thing there is."""


def _claims(history: History) -> pd.DataFrame:
    return history.claims.join(history.whole.sources["perspective"], on="source_id")


def _disputes(history: History) -> pd.DataFrame:
    found = evidence.disputes(history)
    ruling = ["yes" if follows else "no" for follows in found["follows"]]
    return found.assign(ruling=ruling, open=found["open"].map({True: "yes", False: "no"}))


KINDS: dict[str, Callable[[History], pd.DataFrame]] = {
    "events": evidence.events,
    "graded": lambda history: evidence.events(evidence.graded(history)),
    "claims": _claims,
    "sources": lambda history: history.sources,
    "disputes": _disputes,
    "searches": lambda history: history.searches,
    "people": lambda history: history.actors,
    "propositions": evidence.propositions,
}
OF_EVENT = ("lines", "mentions", "origins")
WEIGHED = ("grade", "status", "flag")  #: a filter of events by one of these counts graded events alone
COMPUTED = {
    "grade": evidence.GRADES,
    "status": evidence.STATUSES,
    "ruling": ("yes", "no"),
    "open": ("yes", "no"),
}


def number(history: History, spec: str) -> int:
    """Count what `spec` names: `events istanbul grade=documented`, `claims all stance=denies`, `lines <event_id>`.

    `graded` are the events without frame facts and arenas; so are `events` filtered by grade, status or flag.
    A kind, a chapter slug (or `all`), then any `column=value` filters; `flag=late` for a flag. `lines`, `mentions`
    and `origins` (distinct sources at the end of the chains) are those of an event's occurrence.
    Raises SpecError.
    """
    kind, *rest = spec.split() or [""]
    if kind in OF_EVENT and len(rest) == 1:
        return _of_event(history, kind, rest[0])
    if kind not in KINDS or not rest:
        raise SpecError(
            f"cannot count '{spec}'; begin with {', '.join([*KINDS, *OF_EVENT])} and a chapter or event"
        )
    slug, *filters = rest
    if slug not in ("all", *history.chapters):
        raise SpecError(f"unknown chapter '{slug}'{nearest(slug, history.chapters)}")
    if kind == "events" and any(condition.partition("=")[0] in WEIGHED for condition in filters):
        kind = "graded"
    table = KINDS[kind](history.whole if slug == "all" else history.chapter(slug))
    for condition in filters:
        table = table[_matches(history, kind, table, condition)]
    return len(table)


def _of_event(history: History, kind: str, event_id: str) -> int:
    known = history.whole.table("events").index
    if event_id not in known:
        raise SpecError(f"unknown event '{event_id}'{nearest(event_id, known)}")
    found = evidence.judge(history, event_id)
    return len({row.root for row in found.affirms}) if kind == "origins" else getattr(found, kind)


def _matches(history: History, kind: str, table: pd.DataFrame, condition: str) -> pd.Series:
    column, equals, value = condition.partition("=")
    if column == "flag" and "warnings" in table:
        return table["warnings"].str.split().map(lambda flags: value in flags).astype(bool)
    if not equals or column not in table:
        raise SpecError(f"cannot filter {kind} by '{condition}'{nearest(column, map(str, table.columns))}")
    known = COMPUTED.get(column) or _enum(history, column) or set(table[column])
    if value not in known:
        raise SpecError(f"unknown {column} '{value}'{nearest(value, known)}")
    return table[column] == value


def _enum(history: History, column: str) -> list[str]:
    return [
        c["value"]
        for resource in history.package["resources"]
        for f in resource["schema"].get("fields", ())
        if f["name"] == column
        for c in f.get("categories", ())
    ]


def summary(history: History) -> str:
    """The counts of the dataset as text: tables, grades by chapter, disputes, sources by language, country and kind."""
    events, disputes = evidence.events(history), _disputes(history)
    sizes = ", ".join(
        f"{len(history.table(t))} {t}" for t in ("events", "claims", "sources", "actors", "searches")
    )
    apart = ~events.index.isin(evidence.graded(history).events.index)
    frame = int((events["channel"] == evidence.FRAME).sum())
    grades = pd.crosstab(events.loc[~apart, "chapter"], events.loc[~apart, "grade"]).reindex(
        index=list(history.chapters), columns=list(evidence.GRADES), fill_value=0
    )
    lines = [
        f"{sizes}; {counted(frame, 'frame fact')} without a grade, "
        f"{counted(int(apart.sum()) - frame, 'event')} of an arena counted apart",
        "",
        grades.to_string(),
        "",
        f"{counted(len(disputes), 'dispute')}, {counted(len(history.rulings), 'ruling')}, "
        f"{int((disputes['open'] == 'yes').sum()) or 'none'} open",
        "",
    ]
    for column in ("kind", "seen", "perspective", "lang", "country"):
        counts = history.sources[column].replace("", "unknown").value_counts()
        shares = ", ".join(
            f"{name} {n} ({100 * n / counts.sum():.0f}%)" for name, n in counts.head(10).items()
        )
        lines.append(f"sources by {column}: {shares}")
    return "\n".join(lines)
