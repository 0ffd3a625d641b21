"""Which values compete, and who says which."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure as Drawing

from without_recognition import evidence
from without_recognition.charts import rows, style
from without_recognition.charts.figure import Figure, chart, finish
from without_recognition.charts.marks import time_axis
from without_recognition.charts.sources import silenced
from without_recognition.charts.style import INK
from without_recognition.charts.timeline import graded_words
from without_recognition.charts.voices import PERSPECTIVES, WITNESSES, columns, heard, side_columns
from without_recognition.data import dates
from without_recognition.data.codebook import NUMBER
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted
from without_recognition.evidence import labels
from without_recognition.evidence.addresses import anchor_of
from without_recognition.evidence.lookup import Lookup


@chart
def rivals(history: History, event_id: str, aspect: str, of: str = "") -> Figure:
    """The competing values of one aspect: numbers on a line, dates on an axis of time, else who says which.

    Raises UnknownId where nobody says anything of that aspect, or of that one person or thing; of a variant in which
    nobody does any longer the figure says so.

    history: the whole, a chapter or a variant. event_id, aspect: of which event what; of: whose role, or of
    what the count. `.data`, one row a value and side: value, grade, status, perspective, and counts of
    witnesses, tellings, denials. Source: claims.

    >>> from without_recognition import charts, load
    >>> "pakistani" in set(charts.rivals(load(), "2005-istanbul-meeting", "initiator").data["perspective"])
    True
    """
    if gone := silenced(history, "rivals", event_id, aspect, of):
        return gone
    values = _competing(history, event_id, aspect, of)
    data = pd.DataFrame(
        {"value": j.value, "grade": j.grade, "status": j.status, "perspective": side, **said}
        for j in values
        for side in PERSPECTIVES
        if any((said := heard(j, side)).values())
    )
    is_line = aspect == "date" or all(NUMBER.fullmatch(j.value) for j in values)
    drawing = (_on_a_line if is_line else _by_side)(history, values, data, aspect == "date")
    asked = f"{aspect.replace('_', ' ')}{' of ' + labels.value(Lookup.of(history), '', of) if of else ''}"
    best, title = values[0], history.whole.table("events").at[event_id, "title"]
    return finish(
        drawing,
        key="-".join(filter(None, ["rivals", event_id, aspect.replace("_", "-"), of])),
        data=data,
        title=f"{title}: {_found(values, asked)}",
        alt=f"{counted(len(values), 'value')} claimed; the best supported, {_said(history, best)}, is {best.grade} "
        f"and {best.status} ({counted(best.lines, 'witness', 'witnesses')}).",
        caption="what is claimed, the best supported first, and who says so.",
        lacks="which of them is true, where no grade decides it.",
        signs=[
            *(
                s
                for s in (*rows.GRADED, *rows.STATUSES)
                if s[0] in {x for j in values for x in (j.grade, j.status)}
            ),
            *(() if is_line else WITNESSES),
        ],
        numbers=[
            (
                _said(history, j),
                f"{graded_words(j.grade, j.status)}, {counted(j.lines, 'witness', 'witnesses')}, "
                f"{counted(j.mentions, 'mention')}",
            )
            for j in values
        ],
        event_ids=[event_id],
        counted=counted(sum(j.mentions for j in values), "claim"),
    )


def _found(values: list[evidence.Judgement], asked: str) -> str:
    """How many answers there are, and how many of them are firm."""
    if len(values) == 1:
        return f"one answer for the {asked}, {values[0].grade}"
    firm = sum(j.grade in ("documented", "corroborated") for j in values)
    sure = {0: "none", 1: "one"}.get(firm, str(firm))
    return f"{counted(len(values), 'answer')} for the {asked}, {sure} of them firm"


def _competing(history: History, event_id: str, aspect: str, of: str) -> list[evidence.Judgement]:
    """What is said of one aspect, the best supported first."""
    values = Lookup.of(history.whole).about(event_id, aspect, of)
    return sorted(values, key=lambda j: (evidence.GRADES.index(j.grade), -j.lines, -j.mentions, j.value))


def _by_side(
    history: History, values: list[evidence.Judgement], data: pd.DataFrame, is_date: bool
) -> Drawing:
    """Rows of values, one square a witness."""
    lay = rows.Rows(
        [_said(history, j) for j in values],
        column=2.0,
        grades=[j.grade for j in values],
        statuses=[j.status for j in values],
        events=[anchor_of("proposition", *j.key) for j in values],
        deep=[0.18] * len(values),
    )
    drawing, ax = lay.drawn(top=0.28, bottom=0.02)
    lay.rules(ax)
    side_columns(ax, lay, [j.value for j in values], columns(data, "value"))
    return drawing


def _on_a_line(
    history: History, values: list[evidence.Judgement], data: pd.DataFrame, is_date: bool
) -> Drawing:
    """Rows of numbers or dates at their places; at the right whose word."""
    who = [
        ", ".join(s.capitalize() for s in data.loc[data["value"] == j.value, "perspective"]) for j in values
    ]
    lay = rows.Rows(
        [f"{_said(history, j)} ({w})" for j, w in zip(values, who)],
        column=2.4,
        grades=[j.grade for j in values],
        statuses=[j.status for j in values],
        events=[anchor_of("proposition", *j.key) for j in values],
        deep=[0.17] * len(values),
    )
    drawing, ax = lay.drawn(bottom=0.26)
    spans = [_span(j.value, is_date) for j in values]
    low, high = min(a for a, _ in spans), max(b for _, b in spans)
    pad = max((high - low) * 0.06, 1.0)
    ax.set_xlim(low - pad if is_date else min(0, low), high + pad)
    lay.rules(ax)
    for y, (start, end), name in zip(lay.at, spans, lay.events):
        look: dict[str, Any] = {"color": INK, "gid": f"ev:{name}:place"}
        if end > start:
            ax.plot([start, end], [y, y], lw=2.4, solid_capstyle="butt", **look)
        else:
            ax.plot(start, y, "|", ms=10, mew=2, **look)
    time_axis(ax) if is_date else ax.locator_params(axis="x", nbins=5, integer=True)
    return drawing


def _span(value: str, is_date: bool) -> tuple[float, float]:
    if is_date:
        span = dates.parse(value)
        return style.day(span.earliest), style.day(span.latest)
    numbers = [float(n) for n in value.split("/")]
    return numbers[0], numbers[-1]


def _said(history: History, j: evidence.Judgement) -> str:
    """The value of a judgement in words, as cards have it."""
    return labels.value(Lookup.of(history), j.aspect, j.value)
