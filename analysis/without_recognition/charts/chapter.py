"""Figures that every chapter can draw of its own events and claims;
who speaks is in `voices`, what was hidden in `disclosure`."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure as Drawing
from matplotlib.ticker import MaxNLocator

from without_recognition import evidence
from without_recognition.charts import rows, style
from without_recognition.charts.figure import Figure, chart, empty, finish
from without_recognition.charts.marks import STEP, label_of, share
from without_recognition.charts.style import INK, MUTED, PALETTE, SIDES, mark
from without_recognition.charts.timeline import (
    graded_events,
    source_counts,
    source_counts_graded,
)
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted


@chart
def echo(history: History) -> Figure:
    """How loud and how well witnessed: mentions against lines of evidence.

    history: the whole, a chapter or a variant. `.data`, one row an event told more than once (at most 18,
    the widest gap first): event_id, title, lines (witnesses), mentions (claims), grade, status. Source:
    claims.

    >>> from without_recognition import charts, load
    >>> charts.echo(load().chapter("istanbul")).data.shape
    (18, 6)
    """
    key = f"echo-{history.slug}"
    e = graded_events(history)
    e = e[e["mentions"] > 1].copy()
    if e.empty:
        return empty(key, "Nothing is told twice", "No event of this chapter is told more than once.")
    e["gap"] = e["mentions"] - e["lines"]
    every, e = len(e), e.sort_values(["gap", "mentions", "event_id"], ascending=[False, False, True]).head(18)
    cut = f" Shown: {len(e)} of {every} told more than once." if len(e) < every else ""
    notes = [f"{r.lines} of {r.mentions}" for r in e.itertuples()]
    lay = event_rows(e, notes)
    drawing, ax = lay.drawn(top=0.26, bottom=0.02)
    for y, (event_id, r) in zip(lay.at, e.iterrows()):
        gid = f"ev:{event_id}"
        ax.barh(y, r["mentions"], height=0.1, color=PALETTE["band"], ec=MUTED, lw=0.5, gid=f"{gid}:told")
        ax.barh(y, r["lines"], height=0.1, color=INK, lw=0, gid=f"{gid}:lines")
    ax.set_xlim(0, e["mentions"].max() * 1.02)
    ax.xaxis.tick_top()
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=4))
    ax.grid(axis="x", lw=0.3)
    style.bare(ax)
    data = e[["title", "lines", "mentions", "grade", "status"]].reset_index(names="event_id")
    top = e.iloc[0]
    rest = (
        counted(int(top["lines"]), "witness", "witnesses") if top["lines"] else "no witness whose word counts"
    )
    return finish(
        drawing,
        key=key,
        data=data,
        title=f"{top['title']}: told {int(top['mentions'])} times, by {rest}",
        alt=f"Mentions against witnesses for {counted(every, 'event')}; the widest gap: "
        f"{int(top['mentions'])} mentions, {rest}.{cut}",
        caption="for each event how often it is told, and how many distinct witnesses stand behind that; "
        f"the widest gap first. Repetition is not corroboration.{cut}",
        lacks="why a story was repeated.",
        signs=(
            ({"color": INK}, "witnesses whose word counts"),
            ({"marker": "s", "mfc": PALETTE["band"], "mec": MUTED, "mew": 0.5}, "other tellings"),
            *rows.GRADED,
            *(s for s in rows.STATUSES if s[0] in set(e["status"])),
        ),
        numbers=[
            (r.title, f"{counted(r.lines, 'witness', 'witnesses')}, {counted(r.mentions, 'mention')}")
            for r in data.itertuples()
        ],
        event_ids=e.index,
        counted=source_counts_graded(history),
    )


def event_rows(e: pd.DataFrame, notes: Sequence[str]) -> rows.Rows:
    """Rows of events with grade, title and status."""
    return rows.Rows(
        e["title"].to_list(),
        column=2.9,
        notes=notes,
        grades=e["grade"].to_list(),
        statuses=e["status"].to_list(),
        events=e.index.to_list(),
        deep=[0.16] * len(e),
    )


@chart
def balance(history: History) -> Figure:
    """Whose sources: claims and sources by perspective.

    history: the whole, a chapter or a variant. `.data`, one row a perspective and kind of source:
    perspective, kind, and counts of claims and sources. Source: claims and sources.

    >>> from without_recognition import charts, load
    >>> int(charts.balance(load()).data["claims"].sum()) == len(load().claims)
    True
    """
    key = f"balance-{history.slug}"
    if history.claims.empty:
        return empty(key, "No claim yet", "No claim of this chapter is coded yet.")
    c = history.claims.join(history.whole.sources[["perspective", "kind"]], on="source_id")
    table = (
        c.groupby(["perspective", "kind"])
        .agg(claims=("claim_id", "size"), sources=("source_id", "nunique"))
        .reset_index()
    )
    sides = table.groupby("perspective")[["claims", "sources"]].sum()
    sides = sides.sort_values("claims", ascending=False, kind="stable")
    sides = sides.loc[sorted(sides.index, key=lambda s: s == "other")]  # what is left over stands last
    all_ = int(sides["claims"].sum())
    lay = rows.Rows(
        [label_of(s) for s in sides.index],
        column=0.85,
        beside=True,
        notes=[f"{counted(r.claims, 'claim')}, {counted(r.sources, 'source')}" for r in sides.itertuples()],
        deep=[0.15] * len(sides),
        gap=0.06,
    )
    drawing, ax = lay.drawn(bottom=0.02)
    ax.barh(lay.at, sides["claims"], height=0.13, color=[SIDES.get(s, MUTED) for s in sides.index])
    ax.set_xlim(0, sides["claims"].max())
    ax.set_xticks([])
    style.bare(ax)
    part = {s: 100 * int(sides["claims"].get(s, 0)) / all_ for s in ("pakistani", "israeli")}
    return finish(
        drawing,
        key=key,
        data=table,
        title=f"Of {counted(all_, 'claim')} {part['pakistani']:.0f} per cent come from Pakistani sources, "
        f"{part['israeli']:.0f} per cent from Israeli ones",
        alt=f"{counted(all_, 'claim')} by the perspective of the source; {label_of(sides.index[0])} sources give "
        f"{100 * int(sides['claims'].iloc[0]) / all_:.0f} per cent.",
        caption="how many claims come from sources of each perspective; their kinds are in the CSV.",
        lacks="how good the sources are, and what nobody wrote or we could not read.",
        numbers=[
            (
                f"{label_of(r.perspective)}, {label_of(r.kind).lower()}",
                f"{counted(r.claims, 'claim')} from {counted(r.sources, 'source')}",
            )
            for r in table.itertuples()
        ],
        counted=source_counts(history),
    )


CHANNELS = (
    "diplomatic",
    "intelligence",
    "military",
    "trade",
    "people_to_people",
    "religious",
    "media",
    "statement",
)
LANES = {"secret": "Secret", "unacknowledged": "Unacknowledged", "public": "Public when it happened"}


@chart
def channels(history: History) -> Figure:
    """What the public could see and through what the two touched: one mark an event.

    history: the whole, a chapter or a variant. `.data`, one row an event: event_id, title, channel,
    visibility, grade. Source: events and claims.

    >>> from without_recognition import charts, load
    >>> charts.channels(load()).data["event_id"].is_unique
    True
    """
    key = f"channels-{history.slug}"
    e = graded_events(history)
    if e.empty:
        return empty(key, "No event yet", "No event of this chapter is coded yet.")
    e["rank"] = [evidence.GRADES.index(g) for g in e["grade"]]
    e = e.sort_values(["rank", "date", "event_id"])
    cells = [
        (lane, c, part)
        for lane in LANES
        for c in CHANNELS
        if len(part := e[(e["channel"] == c) & (e["visibility"] == lane)])
    ]
    lanes = [lane for lane, _, _ in cells]
    heads = {lanes.index(v): f"{LANES[v]}: {int((e['visibility'] == v).sum())}" for v in LANES if v in lanes}
    hidden = int((e["visibility"] != "public").sum())
    data = e[["title", "channel", "visibility", "grade"]].reset_index(names="event_id")
    return finish(
        _marks_by_channel(cells, heads),
        key=key,
        data=data,
        title=share(
            hidden, len(e), "event", "was not public when it happened", "were not public when they happened"
        ),
        alt=f"{counted(len(e), 'event')} by channel and visibility; {hidden} not public at the time.",
        caption="one mark an event, by what the public could see and by channel, the best attested first.",
        lacks="what nobody has told yet.",
        signs=rows.GRADED,
        numbers=[
            (f"{LANES[lane]}, {label_of(c).lower()}", counted(len(part), "event")) for lane, c, part in cells
        ],
        event_ids=list(e.index),
        counted=source_counts_graded(history),
    )


def _marks_by_channel(cells: list[tuple[str, str, pd.DataFrame]], heads: dict[int, str]) -> Drawing:
    """A row a channel below the head of its visibility, a mark an event, on as many lines as it takes."""
    across = int((style.width() - (0.3 if style.narrow() else 1.75)) / STEP)
    lay = rows.Rows(
        [f"{label_of(c)} ({len(part)})" if style.narrow() else label_of(c) for _, c, part in cells],
        column=1.15,
        heads=heads,
        notes=[] if style.narrow() else [str(len(part)) for _, _, part in cells],
        deep=[0.17 * -(-len(part) // across) for _, _, part in cells],
        gap=0.05,
    )
    drawing, ax = lay.drawn(bottom=0.02)
    ax.set_xlim(0, lay.right - lay.left)
    ax.axis("off")
    for y, (_, _, part) in zip(lay.at, cells):
        deep = -(-len(part) // across)
        for n, (event_id, r) in enumerate(part.iterrows()):
            at = y + (n // across - (deep - 1) / 2) * 0.17
            mark(ax, 0.06 + n % across * STEP, at, r["grade"], size=5.4, event=event_id)
    return drawing
