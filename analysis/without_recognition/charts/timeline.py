"""When it happened: the events of a chapter in order, on an axis of time."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.dates import date2num
from matplotlib.figure import Figure as Drawing

from without_recognition import evidence
from without_recognition.charts import rows, style
from without_recognition.charts.figure import Figure, chart, empty, finish
from without_recognition.charts.marks import share, time_axis
from without_recognition.charts.style import INK
from without_recognition.data import dates
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted
from without_recognition.findings import results

MOST = 26  #: events that one figure names
EDGE = 0.08  #: inches of the axis before the first and after the last day
GOOD = 2 * 366  #: days between the bounds of a date that the axis always holds
LONG = 0.12  #: inches of the axis; what is shorter stands as a mark


def chapter_title(history: History) -> str:
    """'The Istanbul meeting', or 'the whole book'."""
    return history.chapters.get(history.slug, "the whole book")


def most_told_events(history: History) -> pd.DataFrame:
    """The graded events of a chapter: at most MOST, the most told and witnessed, by date."""
    return most_told(graded_events(history))


def most_told(events: pd.DataFrame, first: str = "") -> pd.DataFrame:
    """At most MOST of graded events, the most told and witnessed, by date.

    first: a column of which the lesser values go before all others.
    """
    e = events.assign(
        sort=[dates.parse(d).sort_key for d in events["date"]], weight=events["lines"] + events["mentions"]
    )
    order = [first, "weight", "event_id"] if first else ["weight", "event_id"]
    best = e.sort_values(order, ascending=[c != "weight" for c in order]).head(MOST)
    return best.sort_values(["sort", "event_id"])


def graded_events(history: History) -> pd.DataFrame:
    """The events of which anybody says that they happened or did not."""
    e = evidence.events(evidence.graded(history))
    return e[e["grade"].notna()].copy()


def source_counts(history: History, events: str = "event") -> str:
    """'68 events with 402 claims of 120 sources'."""
    told, claims = counted(len(history.table("events")), events), counted(len(history.claims), "claim")
    return f"{told} with {claims} of {counted(history.claims['source_id'].nunique(), 'source')}"


def source_counts_graded(history: History) -> str:
    """The same of the events that have a grade."""
    return source_counts(evidence.graded(history), "graded event")


@chart
def timeline(history: History) -> Figure:
    """When it happened: each event by date, its mark at its place on an axis of time; the mark is its grade.

    history: the whole, a chapter or a variant. `.data`, one row a drawn event (at most 26, by date):
    event_id, title, date (EDTF), earliest, latest (ISO days, "" for an open end), channel, visibility, grade, status,
    lines (witnesses), mentions (claims). Source: events and claims.

    >>> from without_recognition import charts, load
    >>> charts.timeline(load().chapter("istanbul")).data["event_id"].is_unique
    True
    """
    key = f"timeline-{history.slug}"
    e = most_told_events(history)
    if e.empty:
        return empty(key, f"{chapter_title(history)}: no event yet", "No event of this chapter is coded yet.")
    spans = [dates.parse(d) for d in e["date"]]
    drawing = _on_time(history, e, spans)
    data = e[["title", "date", "channel", "visibility", "grade", "status", "lines", "mentions"]].reset_index(
        names="event_id"
    )
    data.insert(3, "earliest", [results.day(s.earliest) for s in spans])
    data.insert(4, "latest", [results.day(s.latest) for s in spans])
    grades = graded_events(history)["grade"].value_counts()
    every, firm = len(evidence.graded(history).events), int(grades.get("documented", 0))
    of = f" of {every}" if len(e) < every else ""
    closed = [int(day[:4]) for day in (*data["earliest"], *data["latest"]) if day]
    first, last = min(closed), max(closed)
    years = f"{first}" if first == last else f"{first} to {last}"
    return finish(
        drawing,
        key=key,
        data=data,
        title=f"{chapter_title(history)}: {share(firm, int(grades.sum()), 'event', 'is documented', 'are documented')}",
        alt=f"Timeline of {len(e)}{of} {'event' if len(e) == 1 and not of else 'events'}, {years}; "
        f"of all, {firm} are documented.",
        caption=(f"the {len(e)} most told and best witnessed{of} events" if of else "every event")
        + " in order, its mark where it falls in time; a bar is a date known only within bounds, or a span, "
        "pointed where it goes on beyond the axis.",
        lacks="what was never told, or was told and not found"
        + (f"; the other {every - len(e)} stand on the reference pages." if of else "."),
        signs=[
            *rows.GRADED,
            *([rows.LOOSE] if drawing.axes[0].patches else []),
            *(s for s in rows.STATUSES if s[0] in set(e["status"])),
        ],
        numbers=[
            (dates.bare(r.date), f"{r.title} ({graded_words(r.grade, r.status)})") for r in data.itertuples()
        ],
        event_ids=e.index,
        counted=source_counts_graded(history),
    )


def graded_words(grade: str, status: str) -> str:
    """'documented', or 'attested, disputed'."""
    return grade if status == "unchallenged" else f"{grade}, {status}"


def _on_time(history: History, e: pd.DataFrame, spans: Sequence[dates.Span]) -> Drawing:
    """A row an event; its mark stands where it falls on the axis of time, which is written above and below."""
    lay = rows.Rows(
        [f"{_bare(r.date)}: {r.title}" for r in e.itertuples()],
        column=3.5,
        statuses=e["status"].to_list(),
        events=list(e.index),
        deep=[0.16] * len(e),
        gap=0.07,
    )
    drawing, ax = lay.drawn(top=0.2, bottom=0.2)
    low, high = window(history, spans)
    inch = (high - low) / (lay.right - lay.left - 2 * EDGE)
    ax.set_xlim(low - EDGE * inch, high + EDGE * inch)
    lay.rules(ax)
    for y, (event_id, event), span in zip(lay.at, e.iterrows(), spans):
        first, last = (min(max(style.day(d), low), high) for d in (span.earliest, span.latest))
        if last - first > LONG * inch:
            style.bar(ax, first, last, y, event["grade"], event=event_id, height=0.07)
        else:
            style.mark(ax, (first + last) / 2, y, event["grade"], size=6, event=event_id)
        for beyond, x, side in (
            (style.day(span.earliest) < low, low, "<"),
            (style.day(span.latest) > high, high, ">"),
        ):
            if beyond:
                at = x + (0.7 if side == ">" else -0.7) * EDGE * inch
                ax.plot(at, y, side, ms=3.6, mew=0, color=INK, clip_on=False, gid=f"ev:{event_id}:on")
    time_axis(ax)
    ax.tick_params(axis="x", labeltop=True, top=True)
    return drawing


def _bare(text: str) -> str:
    words = dates.bare(text).removeprefix("the ")
    return words[:1].upper() + words[1:]


def window(history: History, spans: Sequence[dates.Span]) -> tuple[float, float]:
    """Where a time axis begins and ends: with the dates good to two years, else with the chapter's own years.

    What is known less well does not stretch it.
    """
    period = history.period
    good = [s for s in spans if (s.latest - s.earliest).days <= GOOD]
    low = max(style.day(min(s.earliest for s in spans)), date2num(period.earliest))
    high = min(style.day(max(s.latest for s in spans)), date2num(period.latest))
    low = min([low, *(style.day(s.earliest) for s in good)])
    high = max([high, *(style.day(s.latest) for s in good)])
    return (low, high) if low < high else (date2num(period.earliest), date2num(period.latest))
