"""Who rests on whom, and which values compete."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from without_recognition import evidence
from without_recognition.charts import rows, style
from without_recognition.charts.figure import Figure, chart, finish, nobody_tells
from without_recognition.charts.marks import time_axis
from without_recognition.charts.style import INK, MUTED, PALETTE, SIDES, mark
from without_recognition.charts.timeline import graded_words
from without_recognition.charts.voices import PERSPECTIVES, WITNESSES, columns, dot_columns, heard
from without_recognition.citations import notes
from without_recognition.data import dates
from without_recognition.data.codebook import NUMBER
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted
from without_recognition.evidence import labels
from without_recognition.evidence.lookup import Lookup

ORANGE = PALETTE["orange"]


@chart
def transmission(history: History, event_id: str) -> Figure:
    """The tellings of one event by date, each joined to the source from which it comes.

    Raises KeyError where no claim says that the event occurred; of a variant in which none does any longer the figure
    says so.

    history: the whole, a chapter or a variant. event_id: the event. `.data`, one row a source: source_id,
    short (how it is cited), rests_on (source_id or ""), depth (steps from the root), stance, basis, counts
    (whether its word counts). Source: claims.

    >>> from without_recognition import charts, load
    >>> charts.transmission(load(), "1948-ben-gurion-telegram").data["depth"].min().item()
    0
    """
    if gone := _silenced(history, "transmission", event_id):
        return gone
    j = evidence.judge(history, event_id)
    sources = history.whole.sources
    depth, above, told = _chains(history, j)
    order = _tree(depth, above, sources)
    data = pd.DataFrame(_telling(name, told.get(name), sources, above, depth) for name in order)
    named = history.whole.table("events").at[event_id, "title"]
    lay = rows.Rows(
        [f"{r.short}: {_detail(told.get(r.source_id))}" for r in data.itertuples()],
        column=1.6 if style.narrow() else 2.7,
        beside=True,  # lines from mark to mark would run through labels above
        deep=[0.17] * len(order),
        gap=0.06,
    )
    drawing, ax = lay.drawn(bottom=0.24)
    _draw_chains(ax, lay, data, told, sources)
    tellings, denied = counted(j.mentions, "telling"), len(j.denies)
    whose = (counted(j.lines, "witness", "witnesses") if j.lines else "no witness") + " whose word counts"
    denials = f"{counted(denied, 'source')} {'denies' if denied == 1 else 'deny'} it"
    return finish(
        drawing,
        key=f"transmission-{event_id}",
        data=data,
        title=f"{named}: {tellings} come down to {whose}"
        if j.mentions != 1
        else f"{named}: one telling, {whose}",
        alt=f"{tellings} of one event come down to {whose}; {denials if denied else 'nobody denies it'}.",
        caption="who tells of it and when that was written or published; a line leads from a source to "
        "whoever repeats it.",
        lacks="how the first of them came to know, and what a source that we could not read says beyond "
        "what others quote.",
        signs=(
            ("documented", "counts as a witness"),
            ("alleged", "does not count"),
            ({"marker": "s", "mfc": "none"}, "an origin that we could not read"),
            ({"marker": "x", "color": ORANGE, "mew": 1.6}, "denies or doubts"),
        ),
        numbers=[
            (
                r.short,
                f"{r.stance}"
                + (f", rests on {notes.author_year(sources.loc[r.rests_on])}" if r.rests_on else ""),
            )
            for r in data.itertuples()
        ],
        event_ids=[event_id],
        counted=tellings,
    )


def _chains(
    history: History, j: evidence.Judgement
) -> tuple[dict[str, int], dict[str, str], dict[str, evidence.Testimony]]:
    """depth, parent and testimony of each source that tells of the event, or that is told from."""
    w = evidence.weigh(history)
    depth: dict[str, int] = {}
    above: dict[str, str] = {}
    told: dict[str, evidence.Testimony] = {}
    for row in (*j.affirms, *j.denies, *j.doubts):
        path, root = w.chain(row.claim_id)
        names = list(dict.fromkeys([w.claims[c]["source_id"] for c in path] + [root]))[::-1]
        for n, name in enumerate(names):
            depth[name] = max(depth.get(name, 0), n)
            if n:
                above[name] = names[n - 1]
        told[row.source_id] = row
    return depth, above, told


def _telling(
    name: str,
    row: evidence.Testimony | None,
    sources: pd.DataFrame,
    above: dict[str, str],
    depth: dict[str, int],
) -> dict[str, Any]:
    return {
        "source_id": name,
        "short": notes.author_year(sources.loc[name]),
        "rests_on": above.get(name, ""),
        "depth": depth[name],
        "stance": row.stance if row else "origin, not read",
        "basis": row.basis if row else "",
        "counts": bool(row and row.counts),
    }


def _detail(row: evidence.Testimony | None) -> str:
    if row is None:
        return "not read"
    return row.basis if row.stance == "affirms" else f"{row.stance}, {row.basis}"


def _when(source: pd.Series) -> float | None:
    """The last day on which it can have been written, else published; None where that is open."""
    text = source["written"] or source["issued"]
    if not text:
        return None
    span = dates.parse(text)
    return style.day(span.latest) if 1 < span.latest.year < 2100 and span.earliest.year > 1 else None


def _draw_chains(
    ax: Axes, lay: rows.Rows, data: pd.DataFrame, told: dict[str, evidence.Testimony], sources: pd.DataFrame
) -> None:
    known = {n: at for n in data["source_id"] if (at := _when(sources.loc[n])) is not None}
    low, high = (min(known.values()), max(known.values())) if known else (0.0, 365.0)
    pad = max((high - low) * 0.06, 200)
    ax.set_xlim(low - pad, high + pad)
    x = {n: known.get(n, low - pad / 2) for n in data["source_id"]}
    y = dict(zip(data["source_id"], lay.at))
    for r in data.itertuples():
        if r.rests_on:
            start = x[r.rests_on]
            ax.plot(
                [start, start, x[r.source_id]],
                [y[r.rests_on], y[r.source_id], y[r.source_id]],
                color=MUTED,
                lw=0.9,
            )
    for r in data.itertuples():
        row, here = told.get(r.source_id), (x[r.source_id], y[r.source_id])
        colour = SIDES.get(sources.at[r.source_id, "perspective"], INK)
        if row is None:
            ax.plot(*here, "s", ms=5.6, mfc="none", mec=colour, mew=0.9, zorder=3)
        elif row.stance == "affirms":
            mark(ax, *here, "documented" if row.counts else "alleged", size=6.2, colour=colour)
        else:
            ax.plot(*here, "x", ms=5.6, color=ORANGE, mew=1.6, zorder=3)
    time_axis(ax)


def _tree(depth: dict[str, int], above: dict[str, str], sources: pd.DataFrame) -> dict[str, int]:
    """Rows for the nodes: every root followed by what hangs on it, in order of date."""

    def when(name: str) -> tuple[str, str]:
        return notes.year(sources.loc[name]), name

    out: dict[str, int] = {}

    def put(name: str) -> None:
        out[name] = len(out)
        for child in sorted((c for c, p in above.items() if p == name), key=when):
            put(child)

    for root in sorted((n for n in depth if n not in above), key=when):
        put(root)
    return out


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
    if gone := _silenced(history, "rivals", event_id, aspect, of):
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


def _silenced(history: History, name: str, event_id: str, aspect: str = "", of: str = "") -> Figure | None:
    """The figure that says so where the edition has claims of this aspect, by default the occurrence,
    and a variant none."""
    asked = (event_id, aspect or "occurrence", of)
    here, before = ({p[:3] for p in evidence.weigh(each).judgements} for each in (history, history.edition))
    if asked in here or asked not in before:
        return None
    title = history.whole.table("events").at[event_id, "title"]
    told = ", ".join(filter(None, (title, aspect.replace("_", " "))))
    return nobody_tells((name, event_id, aspect, of), told)


def _competing(history: History, event_id: str, aspect: str, of: str) -> list[evidence.Judgement]:
    """What is said of one aspect, the best supported first."""
    values = Lookup.of(history.whole).about(event_id, aspect, of)
    return sorted(values, key=lambda j: (evidence.GRADES.index(j.grade), -j.lines, -j.mentions, j.value))


def _by_side(
    history: History, values: list[evidence.Judgement], data: pd.DataFrame, is_date: bool
) -> Drawing:
    """Rows of values, one dot a witness."""
    lay = rows.Rows(
        [_said(history, j) for j in values],
        column=2.0,
        grades=[j.grade for j in values],
        statuses=[j.status for j in values],
        deep=[0.18] * len(values),
    )
    drawing, ax = lay.drawn(top=0.28, bottom=0.02)
    lay.rules(ax)
    dot_columns(ax, lay, [j.value for j in values], columns(data, "value"), linked=False)
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
        deep=[0.17] * len(values),
    )
    drawing, ax = lay.drawn(bottom=0.26)
    spans = [_span(j.value, is_date) for j in values]
    low, high = min(a for a, _ in spans), max(b for _, b in spans)
    pad = max((high - low) * 0.06, 1.0)
    ax.set_xlim(low - pad if is_date else min(0, low), high + pad)
    lay.rules(ax)
    for y, (start, end) in zip(lay.at, spans):
        if end > start:
            ax.plot([start, end], [y, y], color=INK, lw=2.4, solid_capstyle="butt")
        else:
            ax.plot(start, y, "|", ms=10, color=INK, mew=2)
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
