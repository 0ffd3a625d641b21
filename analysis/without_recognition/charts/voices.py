"""Whose voice carries what: squares of witnesses and tellings, and denials, by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from without_recognition import evidence
from without_recognition.charts import rows
from without_recognition.charts.figure import Figure, chart, empty, finish
from without_recognition.charts.marks import STEP, share
from without_recognition.charts.style import INK, MUTED, PALETTE, PAPER, SIDES
from without_recognition.charts.timeline import (
    chapter_title,
    graded_events,
    most_told,
    source_counts_graded,
)
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted

PERSPECTIVES = (
    "pakistani",
    "israeli",
    "palestinian",
    "indian",
    "american",
    "turkish",
    "arab",
    "international",
    "other",
)
ORANGE = PALETTE["orange"]
COLUMNS = {"Pakistani": SIDES["pakistani"], "Israeli": SIDES["israeli"], "Others": MUTED}
MOST_SIDE_BY_SIDE = 6  #: side by side; of more, one square and their number
#: (row, column) -> witnesses, tellings, denials
Cells: TypeAlias = dict[tuple[str, str], tuple[int, int, int]]
WITNESSES: tuple[rows.Sign, ...] = (
    ({"marker": "s", "ms": 4.6}, "a witness whose word counts"),
    ({"marker": "s", "mfc": "none", "ms": 4}, "a telling that does not count"),
    ({"marker": "x", "color": ORANGE, "mew": 1.6, "ms": 4.5}, "a denial"),
)


def heard(judgement: evidence.Judgement, side: str) -> dict[str, int]:
    """How many of one side speak: witnesses whose word counts, tellings that do not count, denials."""
    own = [r for r in judgement.affirms if r.side == side]
    return {
        "witnesses": len(evidence.line_keys(own)),
        "tellings": sum(not r.counts for r in own),
        "denials": sum(r.side == side for r in judgement.denies),
    }


def column_of(side: str) -> str:
    """'Pakistani', 'Israeli' or 'Others'."""
    return side.capitalize() if side.capitalize() in COLUMNS else "Others"


def columns(data: pd.DataFrame, by: str) -> Cells:
    """(row, column) -> witnesses, tellings (where there is no witness), denials."""
    sums = (
        data.assign(column=[column_of(s) for s in data["perspective"]])
        .groupby([by, "column"])[["witnesses", "tellings", "denials"]]
        .sum()
    )
    return {key: (r.witnesses, 0 if r.witnesses else r.tellings, r.denials) for key, r in sums.iterrows()}


def side_columns(ax: Axes, lay: rows.Rows, names: Sequence[str], cells: Cells) -> None:
    """For each row of `lay` and each side one square a witness; `names` are the rows' keys in `cells`."""
    width = lay.right - lay.left
    ax.set_xlim(0, width)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    for n, (column, colour) in enumerate(COLUMNS.items()):
        left = 0.05 + n * width / len(COLUMNS)
        ax.text(left - 0.04, -0.14, column, color=colour, fontweight=600, fontsize=8, va="center_baseline")
        for y, name, event in zip(lay.at, names, lay.events):
            drawn = cells.get((name, column))
            if drawn:
                _tellers(ax, left, y, drawn, colour, f"ev:{event}:{column}")


def _tellers(ax: Axes, x: float, y: float, counts: tuple[int, int, int], colour: str, gid: str) -> None:
    looks: tuple[dict[str, Any], ...] = (
        {"ms": 4.8, "mfc": colour},
        {"ms": 4.2, "mfc": PAPER},
        {"mew": 1.6, "ms": 4.6, "mec": ORANGE},
    )
    for count, look, marker in zip(counts, looks, "ssx"):
        shown = 1 if count > MOST_SIDE_BY_SIDE else count
        if shown:
            at = [x + STEP * n for n in range(shown)]
            ax.plot(
                at,
                [y] * shown,
                marker,
                clip_on=False,
                gid=f"{gid}:{marker}",
                **{"mec": colour, **look},
            )
        x += STEP * shown
        if count > MOST_SIDE_BY_SIDE:
            ax.text(x - 0.03, y, str(count), fontsize=7.6, color=INK, va="center_baseline", gid=f"{gid}:n")
            x += 0.22


@chart
def who_says(history: History) -> Figure:
    """Whose voice carries each event: affirming witnesses and denials by perspective, the contested first.

    history: the whole, a chapter or a variant. `.data`, one row an event and side: event_id, title,
    perspective, and counts of witnesses (whose word counts), tellings (whose word does not), denials.
    Source: claims.

    >>> from without_recognition import charts, load
    >>> sorted(set(charts.who_says(load().chapter("istanbul")).data["perspective"]))[:2]
    ['american', 'arab']
    """
    key = f"who-says-{history.slug}"
    every = graded_events(history)
    if every.empty:
        return empty(key, f"{chapter_title(history)}: nobody yet", "No event of this chapter is coded yet.")
    judged = {event_id: evidence.judge(history, event_id) for event_id in every.index}
    heard_of = pd.DataFrame(
        {"event_id": event_id, "title": every.at[event_id, "title"], "perspective": side, **said}
        for event_id, j in judged.items()
        for side in PERSPECTIVES
        if any((said := heard(j, side)).values())
    )
    cells = columns(heard_of, "event_id")
    contest = {i: _contest(cells, i) for i in every.index}
    e = most_told(every.assign(told=[contest[i] > 0 for i in every.index]), first="told")
    data = heard_of[heard_of["event_id"].isin(e.index)].reset_index(drop=True)
    witnesses = heard_of.groupby("perspective")["witnesses"].sum()
    most = witnesses.idxmax()
    denied, both = map([*contest.values()].count, (0, 1))
    cut = f" Shown: {len(e)} of {len(every)}, the most told." if len(e) < len(every) else ""
    return finish(
        _by_contest(e, contest, cells),
        key=key,
        data=data,
        title=f"{share(denied, len(every), 'event', 'is denied', 'are denied')}; "
        f"{both or 'none'} {'more ' if denied and both else ''}{'is' if both == 1 else 'are'} told from both sides",
        alt=f"{counted(len(every), 'event')} by who speaks: "
        f"{counted(int(witnesses.sum()), 'witness', 'witnesses')} in all, "
        f"most of them {most} ({int(witnesses.max())}); {counted(int(heard_of['denials'].sum()), 'denial')}.{cut}",
        caption="for each event who says that it happened, one square a distinct witness whose word counts; "
        "where a side has none, its tellings that do not count (hearsay, inference or too weak). "
        f"What is denied stands first.{cut}",
        lacks="how good a witness is, and what was left unsaid on purpose.",
        signs=[*WITNESSES, *(s for s in rows.STATUSES if s[0] in set(e["status"]))],
        numbers=[
            (
                r.title,
                f"{r.perspective}, {counted(r.witnesses, 'witness', 'witnesses')}, "
                f"{counted(r.tellings, 'telling')}, {counted(r.denials, 'denial')}",
            )
            for r in data.itertuples()
        ],
        event_ids=e.index,
        counted=source_counts_graded(history),
    )


def _by_contest(e: pd.DataFrame, contest: dict[str, int], cells: Cells) -> Drawing:
    """A row an event, the contested first, below heads that say how far, and how many of all in `contest` so far."""
    order = sorted(e.index, key=lambda i: contest[i])
    kinds, every = [contest[i] for i in order], list(contest.values())
    of = {k: f" of {every.count(k)}" if every.count(k) > kinds.count(k) else "" for k in set(kinds)}
    lay = rows.Rows(
        [e.at[i, "title"] for i in order],
        column=3.0,
        heads={kinds.index(k): f"{HEADS[k]}: {kinds.count(k)}{of[k]}" for k in sorted(set(kinds))},
        statuses=[e.at[i, "status"] for i in order],
        events=order,
        deep=[0.17] * len(order),
    )
    drawing, ax = lay.drawn(top=0.28, bottom=0.02)
    lay.rules(ax)
    side_columns(ax, lay, order, cells)
    return drawing


HEADS = (
    "Denied by somebody",
    "Told from both sides",
    "Told from one of the two sides",
    "Told by others only",
)


def _contest(cells: Cells, event_id: str) -> int:
    """Place in HEADS."""
    if any(cells.get((event_id, c), (0, 0, 0))[2] for c in COLUMNS):
        return 0
    return 3 - sum((event_id, c) in cells for c in ("Pakistani", "Israeli"))
