"""When it happened: the events of a chapter down a rail of years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure as Drawing

from without_recognition import evidence
from without_recognition.charts import rows, style
from without_recognition.charts.figure import Figure, chart, drawn, empty, finish
from without_recognition.charts.marks import share
from without_recognition.charts.style import INK, MUTED, RULE, letters, wrapped
from without_recognition.data import dates
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted
from without_recognition.findings import results

MOST = 26  #: events that one figure names
RAIL, MARK = {False: 0.44, True: 0.4}, {False: 1.0, True: 0.74}  #: inches from the left, wide and narrow
DATE, TITLE = 1.16, 2.3  #: inches from the left, wide


def chapter_title(history: History) -> str:
    """'The Istanbul meeting', or 'the whole book'."""
    return history.chapters.get(history.slug, "the whole book")


def most_told_events(history: History) -> pd.DataFrame:
    """The graded events of a chapter: at most MOST, the most told and witnessed, by date."""
    e = graded_events(history)
    e["sort"] = [dates.parse(d).sort_key for d in e["date"]]
    e["weight"] = e["lines"] + e["mentions"]
    best = e.sort_values(["weight", "event_id"], ascending=[False, True]).head(MOST)
    return best.sort_values(["sort", "event_id"])


def graded_events(history: History) -> pd.DataFrame:
    """The events of which anybody says that they happened or did not."""
    e = evidence.events(evidence.graded(history))
    return e[e["grade"].notna()].copy()


def source_counts(history: History, events: str = "event") -> str:
    """'68 events, 402 claims, 120 sources'."""
    numbers = (len(history.table("events")), len(history.claims), len(set(history.claims["source_id"])))
    return ", ".join(counted(n, noun) for n, noun in zip(numbers, (events, "claim", "source")))


def source_counts_graded(history: History) -> str:
    """The same of the events that have a grade."""
    return source_counts(evidence.graded(history), "graded event")


@chart
def timeline(history: History) -> Figure:
    """When it happened: each event by date, joined to its place on a rail of years; its mark is its grade.

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
    drawing = _rail(history, e, spans)
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
        caption=f"the {len(e)} most told and best witnessed{of} events in order, each joined to its place on the "
        "rail of years; a bar on the rail is a date known only within bounds, or a span."
        if of
        else "every event in order, each joined to its place on the rail of years; a bar on the rail is a date known "
        "only within bounds, or a span.",
        lacks="what was never told, or was told and not found"
        + (f"; the other {every - len(e)} stand on the reference pages." if of else "."),
        signs=[*rows.GRADED, *(s for s in rows.STATUSES if s[0] in set(e["status"]))],
        numbers=[
            (dates.bare(r.date), f"{r.title} ({graded_words(r.grade, r.status)})") for r in data.itertuples()
        ],
        event_ids=e.index,
        counted=source_counts_graded(history),
    )


def graded_words(grade: str, status: str) -> str:
    """'documented', or 'attested, disputed'."""
    return grade if status == "unchallenged" else f"{grade}, {status}"


def _rail(history: History, e: pd.DataFrame, spans: list[dates.Span]) -> Drawing:
    narrow, points = style.narrow(), letters(8)
    line, width = points * rows.LINE / 72, style.width()
    left = MARK[narrow] + 0.13
    when = [
        wrapped(_bare(d), width - left - 0.2 if narrow else TITLE - DATE - 0.1, points) for d in e["date"]
    ]
    what = [wrapped(t, width - (left if narrow else TITLE) - 0.2, points, 400) for t in e["title"]]
    deep = [
        line * (len(a) + len(b) if narrow else max(len(a), len(b))) + (0.1 if narrow else 0.07)
        for a, b in zip(when, what)
    ]
    height = max(sum(deep), 1.1)
    drawing, ax = drawn(height=height + 0.1)
    drawing.subplots_adjust(left=0, right=1, bottom=0.05 / (height + 0.1), top=1 - 0.05 / (height + 0.1))
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    ax.axis("off")
    low, high = window(history, [s.earliest for s in spans], [s.latest for s in spans])

    def at(day: float) -> float:
        return 0.08 + (min(max(day, low), high) - low) / max(high - low, 1) * (height - 0.16)

    _years(ax, low, high, at)
    y = 0.0
    for (event_id, event), span, dated, titled, takes in zip(e.iterrows(), spans, when, what, deep):
        row = y + line * 0.62
        ends = [at(style.day(d)) for d in (span.earliest, span.latest)]
        x = RAIL[narrow]
        if ends[1] - ends[0] > 0.03:
            ax.plot(
                [x, x], ends, color=MUTED, lw=3, alpha=0.45, solid_capstyle="butt", gid=f"ev:{event_id}:rail"
            )
        ax.plot(
            [x, x + 0.1, MARK[narrow] - 0.08],
            [sum(ends) / 2, sum(ends) / 2, row],
            color=MUTED,
            lw=0.5,
            gid=f"ev:{event_id}:leader",
        )
        style.mark(ax, MARK[narrow], row, event["grade"], size=6, event=event_id)
        _words(ax, event_id, event["status"], dated, titled, row, line, points)
        y += takes
    return drawing


def _words(
    ax: Axes,
    event_id: str,
    status: str,
    dated: Sequence[str],
    titled: Sequence[str],
    row: float,
    line: float,
    points: float,
) -> None:
    """The date and the title of one event; on a phone one above the other."""
    narrow = style.narrow()
    left = MARK[narrow] + 0.13
    look: dict[str, Any] = {"fontsize": points, "va": "center_baseline"}
    for n, words in enumerate(dated):
        ax.text(
            left if narrow else DATE, row + n * line, words, color=MUTED, gid=f"ev:{event_id}:date", **look
        )
    first = row + (len(dated) * line if narrow else 0)
    x = left if narrow else TITLE
    for n, words in enumerate(titled):
        ax.text(x, first + n * line, words, color=INK, gid=f"ev:{event_id}:label", **look)
    end = first + (len(titled) - 1) * line
    rows.status(ax, x + style.extent(titled[-1], points) + 0.1, end, status, gid=f"ev:{event_id}:status")


def _bare(text: str) -> str:
    words = dates.bare(text).removeprefix("the ")
    return words[:1].upper() + words[1:]


def window(history: History, starts: Iterable[date], ends: Iterable[date]) -> tuple[float, float]:
    """Where a time axis begins and ends: the drawn dates, but no further than the chapter's own years."""
    period = history.period
    low = max(style.day(min(starts)), date2num(period.earliest))
    high = min(style.day(max(ends)), date2num(period.latest))
    return (low, high) if low < high else (date2num(period.earliest), date2num(period.latest))


def _years(ax: Axes, low: float, high: float, at: Callable[[float], float]) -> None:
    """The rail with its years, so many as have room."""
    x = RAIL[style.narrow()]
    ax.plot([x, x], [at(low), at(high)], color=RULE, lw=1.2, zorder=1)
    room = 0.22 / max((at(high) - at(low)) / max((high - low) / 365.25, 0.01), 1e-6)
    base = next((b for b in (1, 2, 5, 10, 20, 50) if b >= room), 100)
    first, last = int(low // 365.25) + 1970, int(high // 365.25) + 1971
    for year in range(first, last + 1):
        day = date2num(date(year, 1, 1)) if 0 < year < 9999 else low - 1
        if year % base == 0 and low <= day <= high:
            ax.plot([x - 0.05, x], [at(day)] * 2, color=MUTED, lw=0.6)
            ax.text(x - 0.09, at(day), str(year), ha="right", va="center", fontsize=letters(7.6), color=MUTED)
