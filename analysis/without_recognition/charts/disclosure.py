"""How long what was hidden stayed hidden: of a chapter, and of all contacts."""

from __future__ import annotations

from matplotlib.dates import date2num

from without_recognition import evidence
from without_recognition.charts import rows, style
from without_recognition.charts.chapter import event_rows
from without_recognition.charts.figure import Figure, chart, empty, finish
from without_recognition.charts.marks import share, time_axis
from without_recognition.charts.style import INK, PALETTE, mark
from without_recognition.charts.timeline import (
    MOST,
    source_counts_graded,
)
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted
from without_recognition.findings import contact

ORANGE = PALETTE["orange"]
#: what a title says of events of which we know the last possible day and the first publication
NOT_PUBLIC = (
    "not public at the time was known to be in print within a year",
    "not public at the time were known to be in print within a year",
)
OTHERS_SAY: rows.Sign = (
    {"marker": "s", "ms": 8, "mfc": "none", "mec": ORANGE, "mew": 1},
    "that publication known only through others",
)


def lag(days: float) -> str:
    """Days in words.

    >>> [lag(n) for n in (0, 1, 40, 400, 4000)]
    ['same day', '1 day', '40 days', '13 months', '11 years']
    """
    if days < 60:
        return counted(int(days), "day") if days else "same day"
    return f"{days / 30.44:.0f} months" if days < 730 else f"{days / 365.25:.0f} years"


@chart
def disclosure(history: History) -> Figure:
    """From the event to its first known publication, for what was not public when it happened.

    history: the whole, a chapter or a variant. `.data`, one row an event that was not public (at most 26):
    event_id, title, happened, public_by (datetime.date, latest possible), days (between them, never below
    0), source_id (the first publication), via_unread (known only through others), grade. Source: claims and
    dates of sources.

    >>> from without_recognition import charts, load
    >>> bool((charts.disclosure(load().chapter("istanbul")).data["days"] >= 0).all())
    True
    """
    key = f"disclosure-{history.slug}"
    graded = evidence.graded(history)
    d = evidence.disclosure(graded).join(evidence.events(graded)[["title", "visibility", "grade", "status"]])
    d = d[d["visibility"] != "public"].sort_values(["happened", "public_by"]).copy()
    if d.empty:
        return empty(key, "Nothing was hidden", "Every event of this chapter was public when it happened.")
    every, d = d, d.head(MOST)
    lay = event_rows(d, [lag(n) for n in d["days"]])
    drawing, ax = lay.drawn(bottom=0.24)
    low, high = date2num(min(d["happened"])), date2num(max(d["public_by"]))
    pad = max((high - low) * 0.04, 30)
    ax.set_xlim(low - pad, high + pad)
    lay.rules(ax)
    for y, (event_id, r) in zip(lay.at, d.iterrows()):
        start, end = date2num(r["happened"]), date2num(r["public_by"])
        dashes = (0, (2, 1.2)) if r["via_unread"] else "-"
        ax.plot(
            [start, end], [y, y], color=INK, lw=2, ls=dashes, solid_capstyle="butt", gid=f"ev:{event_id}:line"
        )
        ax.plot(end, y, "|", ms=8, color=INK, mew=1.6, gid=f"ev:{event_id}:p", zorder=3)
    time_axis(ax)
    data = d.reset_index(names="event_id")[
        ["event_id", "title", "happened", "public_by", "days", "source_id", "via_unread", "grade"]
    ]
    years, soon = every["days"] / 365.25, int((every["days"] <= 365).sum())
    cut = f" Shown: {len(d)} of {len(every)}, the earliest." if len(every) > len(d) else ""
    return finish(
        drawing,
        key=key,
        data=data,
        title=f"{share(soon, len(every), 'event', *NOT_PUBLIC)}; the slowest took {lag(every['days'].max())}",
        alt=f"{counted(len(every), 'event')} not public at the time; half became known within "
        f"{years.median():.1f} years, the slowest after {years.max():.0f}.{cut}",
        caption="events that were not public at the time, each from its latest possible day to the earliest "
        f"publication along the whole chain of sources.{cut}",
        lacks="what was never disclosed, so that recent years look faster than they are.",
        signs=(
            ({"color": INK, "lw": 2}, "hidden, until first in print"),
            ({"color": INK, "lw": 2, "ls": (0, (2, 1.2))}, OTHERS_SAY[1]),
            *rows.GRADED,
        ),
        numbers=[(r.title, f"happened by {r.happened}, public by {r.public_by}") for r in data.itertuples()],
        event_ids=d.index,
        counted=source_counts_graded(history),
    )


@chart
def time_to_disclosure(history: History) -> Figure:
    """How long each hidden contact stayed hidden: one mark a contact, by its grade, longest first.

    history: the whole, a chapter or a variant. `.data`, one row a hidden contact with a date good to two
    years: event_id, title, date (EDTF), channel, grade, happened (its last possible day), public_by
    (datetime.date), days (between them), via_unread (whether that publication is known through others).
    Source: hidden contacts and dates of their sources.

    >>> from without_recognition import charts, load
    >>> bool((charts.time_to_disclosure(load()).data["days"] >= 0).all())
    True
    """
    key = "time-to-disclosure"
    data = contact.disclosures(history).reset_index()
    if data.empty:
        return empty(key, "No hidden contact", "No hidden contact has a date and a publication.")
    lay = rows.Rows(
        [f"{r.title}, {r.happened.year}" for r in data.itertuples()],
        column=3.3,
        events=data["event_id"].to_list(),
        deep=[0.16] * len(data),
        gap=0.06,
    )
    drawing, ax = lay.drawn(bottom=0.26)
    ax.set_xscale("log")
    ax.set_xlim(0.7, 40000)
    lay.rules(ax)
    for y, r in zip(lay.at, data.itertuples()):
        x = max(r.days, 1)
        mark(ax, x, y, r.grade, size=5.2, event=r.event_id)
        if r.via_unread:
            ax.plot(x, y, "s", ms=8.5, mfc="none", mec=ORANGE, mew=1, zorder=3, gid=f"ev:{r.event_id}:unread")
    ax.set_xticks([1, 30, contact.YEAR, 10 * contact.YEAR, 50 * contact.YEAR])
    ticks = ("1 day", "1 month", "1 year", "10 years", "50 years")
    ax.set_xticklabels([tick if style.narrow() else tick.replace(" ", "\n") for tick in ticks])
    ax.set_xlabel("hidden for so long, on a logarithmic scale")
    ax.minorticks_off()
    ax.grid(axis="x", lw=0.3)
    ax.spines["bottom"].set_visible(False)
    every = int(contact.contacts(history)["hidden"].sum())
    dated = share(len(data), every, "hidden contact", "has", "have") + " a date to count from"
    quick, slow = lag(data["days"].min()), lag(data["days"].max())
    return finish(
        drawing,
        key=key,
        data=data,
        title=f"How long until print: {dated[:1].lower() + dated[1:]}",
        counted=counted(len(data), "hidden contact") + " with a date",
        event_ids=data["event_id"],
        alt=f"{dated}; the time to print is {slow} at the longest, {quick} at the shortest.",
        caption="for each hidden contact with a date good to two years the time from the last day on which "
        "it can have happened to the first publication that we know, the longest first.",
        lacks="what was never disclosed, and hidden contacts without such a date.",
        signs=(*rows.GRADED, OTHERS_SAY),
        numbers=[(r.title, f"{counted(r.days, 'day')} ({r.grade})") for r in data.itertuples()],
    )
