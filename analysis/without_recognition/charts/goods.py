"""What is said to have passed between the two, and from Israel to India: every claim with its grade and year."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure as Drawing

from without_recognition.charts import rows, style
from without_recognition.charts.figure import Figure, chart, empty, finish
from without_recognition.charts.marks import share, time_axis
from without_recognition.charts.style import bar, mark
from without_recognition.charts.timeline import graded_words
from without_recognition.data import dates
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted
from without_recognition.evidence import FIRM
from without_recognition.findings import goods

PAD = 300  #: days at either end of the axis
LONG = 400  #: days; a date known less exactly is a bar


@chart
def goods_and_arms(history: History) -> Figure:
    """Every event that tells of goods, arms or spyware, by group and year, with its grade and status.

    history: the whole, a chapter or a variant. `.data`, one row an event: event_id, title, date (EDTF), group, what,
    giver, receiver, kind (supply, use, proposal, rule), grade, status, lines (witnesses), mentions (claims), said_by
    and denied_by (states that speak on whether it happened). Source: events, claims, and the series goods-and-arms.

    >>> from without_recognition import charts, load
    >>> sorted(set(charts.goods_and_arms(load()).data["kind"]))
    ['proposal', 'rule', 'supply', 'use']
    """
    key = "goods-and-arms"
    found = goods.passings(history)
    if found.empty:
        return empty(key, "No goods and no arms", "No event that tells of goods or arms is coded.")
    pair = goods.between(found)
    firm = int(pair["grade"].isin(FIRM).sum())
    columns = ["title", "date", "group", "what", "giver", "receiver", "kind", "grade", "status"]
    data = found[[*columns, "lines", "mentions", "said_by", "denied_by"]].reset_index(names="event_id")
    return finish(
        _by_group(found),
        key=key,
        data=data,
        title=share(
            firm,
            len(pair),
            "report",
            "of a supply between the two is documented or corroborated",
            "of a supply between the two are documented or corroborated",
        ),
        alt=f"{counted(len(found), 'event')} that tell of goods, arms or spyware, from "
        f"{found['earliest'].min().year} to {found['latest'].max().year}; "
        f"{counted(len(pair), 'reported supply', 'reported supplies')} between the two states, "
        f"{firm} of them documented or corroborated.",
        caption="every event that tells of goods, arms or tools of surveillance, at its date; a bar is a "
        "span, or a date known only within years. At the right: what it is, "
        "and how many witnesses stand behind how many tellings.",
        lacks="what passed and was never told; and a proposal or a rule is no delivery.",
        signs=[*rows.GRADED, rows.LOOSE, *(s for s in rows.STATUSES if s[0] in set(found["status"]))],
        numbers=[
            (
                f"{dates.bare(r.date)}, {r.title}",
                f"{r.kind}, {graded_words(r.grade, r.status)}, {_witnesses(r.lines, r.mentions)}"
                f"{_spoken(r.said_by, r.denied_by)}",
            )
            for r in data.itertuples()
        ],
        event_ids=found.index,
        counted=f"{counted(len(found), 'event')}, one coder",
    )


def _by_group(found: pd.DataFrame) -> Drawing:
    """A row an event under the head of its group, its mark on the axis of time."""
    at = found["group"].to_list()
    lay = rows.Rows(
        [f"{_years(r.earliest.year, r.latest.year)}: {r.title}" for r in found.itertuples()],
        column=3.0,
        notes=[f"{r.kind}, {r.lines} of {r.mentions}" for r in found.itertuples()],
        heads={at.index(g): f"{words}: {at.count(g)}" for g, words in goods.GROUPS.items() if g in at},
        statuses=found["status"].to_list(),
        events=found.index.to_list(),
        deep=[0.16] * len(found),
        gap=0.06,
    )
    drawing, ax = lay.drawn(bottom=0.26)
    ends = [(style.day(r.earliest), style.day(r.latest)) for r in found.itertuples()]
    ax.set_xlim(min(a for a, _ in ends) - PAD, max(b for _, b in ends) + PAD)
    lay.rules(ax)
    for y, (first, last), r in zip(lay.at, ends, found.itertuples()):
        if last - first > LONG:
            bar(ax, first, last, y, r.grade, event=r.Index, height=0.09)
        else:
            mark(ax, (first + last) / 2, y, r.grade, size=5.4, event=r.Index)
    time_axis(ax)
    return drawing


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _witnesses(lines: int, mentions: int) -> str:
    return f"{counted(lines, 'witness', 'witnesses')} behind {counted(mentions, 'telling')}"


def _spoken(said_by: str, denied_by: str) -> str:
    said = f"; said by {said_by}" if said_by else ""
    return f"{said}; denied by {denied_by}" if denied_by else said
