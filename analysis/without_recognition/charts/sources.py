"""Who rests on whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from without_recognition import evidence
from without_recognition.charts import rows, style
from without_recognition.charts.figure import Figure, chart, finish, nobody_tells
from without_recognition.charts.marks import time_axis
from without_recognition.charts.style import INK, MUTED, PALETTE, PAPER, SIDES
from without_recognition.citations import notes
from without_recognition.data import dates
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted
from without_recognition.evidence.addresses import anchor_of

ORANGE = PALETTE["orange"]
MARK: dict[str, Any] = {"ms": 5.4, "mew": 1.0}  #: of a telling
TOLD: tuple[rows.Sign, ...] = (
    ({"marker": "s", **MARK}, "counts as a witness"),
    ({"marker": "s", **MARK, "mfc": "none"}, "does not count"),
    ({"marker": "$?$", "mew": 0.4}, "an origin that we could not read"),
    ({"marker": "x", "color": ORANGE, "mew": 1.6}, "denies or doubts"),
)


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
    if gone := silenced(history, "transmission", event_id):
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
        events=[_entry(name, told) for name in order],
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
        signs=(*TOLD, *_colours(_account(name, told, sources) for name in order)),
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


def _entry(source_id: str, told: Mapping[str, evidence.Testimony]) -> str:
    """The anchor of the claim by which a source tells of the event, else of the source."""
    row = told.get(source_id)
    return anchor_of("claim", row.claim_id) if row else anchor_of("source", source_id)


def _account(source_id: str, told: Mapping[str, evidence.Testimony], sources: pd.DataFrame) -> str:
    """Whose account a source gives, as the reading state asks; of one that we could not read, its own side."""
    row = told.get(source_id)
    return row.side if row else str(sources.at[source_id, "perspective"])


def _colours(sides: Iterable[str]) -> Iterator[rows.Sign]:
    """The key of the colours that marks of those sides have."""
    seen = {SIDES.get(side, INK) for side in sides}
    for colour, words in (*((SIDES[s], f"{s.capitalize()} account") for s in SIDES), (INK, "another")):
        if colour in seen:
            yield {"color": colour, "lw": 3}, words


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
                gid=f"ev:{_entry(r.source_id, told)}:line",
            )
    for r in data.itertuples():
        row, here = told.get(r.source_id), (x[r.source_id], y[r.source_id])
        colour = SIDES.get(_account(r.source_id, told, sources), INK)
        look: dict[str, Any] = {"zorder": 3, "clip_on": False, "gid": f"ev:{_entry(r.source_id, told)}:mark"}
        if row is None:
            ax.plot(*here, marker="$?$", ms=6.5, color=colour, mew=0.4, **look)
        elif row.stance == "affirms":
            ax.plot(*here, "s", color=colour, mfc=colour if row.counts else PAPER, **MARK, **look)
        else:
            ax.plot(*here, "x", ms=5.6, color=ORANGE, mew=1.6, **look)
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


def silenced(history: History, name: str, event_id: str, aspect: str = "", of: str = "") -> Figure | None:
    """The figure that says so where the edition has claims of this aspect, by default the occurrence,
    and a variant none."""
    asked = (event_id, aspect or "occurrence", of)
    here, before = ({p[:3] for p in evidence.weigh(each).judgements} for each in (history, history.edition))
    if asked in here or asked not in before:
        return None
    title = history.whole.table("events").at[event_id, "title"]
    told = ", ".join(filter(None, (title, aspect.replace("_", " "))))
    return nobody_tells((name, event_id, aspect, of), told)
