"""Figures that every chapter can draw of its own events and claims."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, DateFormatter, YearLocator, date2num
from matplotlib.ticker import MaxNLocator

from without_recognition import evidence
from without_recognition.charts import rows, style
from without_recognition.charts.figure import Figure, chart, empty, finish
from without_recognition.charts.marks import counted, share
from without_recognition.charts.marks import words as worded
from without_recognition.charts.style import INK, MUTED, PALETTE, SIDES, mark
from without_recognition.charts.timeline import (
    MOST,
    chapter_title,
    graded_events,
    source_counts,
    source_counts_graded,
    told,
)
from without_recognition.data.dataset import History

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
MOST_DOTS = 6  #: side by side; of more, one dot and their number
STEP = 0.13  #: inches from dot to dot
WITNESSES: tuple[rows.Sign, ...] = (
    ({"marker": "o", "ms": 5}, "a witness whose word counts"),
    ({"marker": "o", "mfc": "none", "ms": 4}, "a telling that does not count"),
    ({"marker": "x", "color": ORANGE, "mew": 1.6, "ms": 4.5}, "a denial"),
)


def time_axis(ax) -> None:
    """Years, or months where the axis is short, as many as have room."""
    low, high = ax.get_xlim()
    years = (high - low) / 365.25
    most = max(2, min(7, int(ax.get_position().width * style.width() / 0.42)))
    if years > min(4, (most - 1) / 2):  # half a year is the longest step that months have
        base = next(b for b in (1, 2, 5, 10, 20, 50, 100, 1000) if years / b < most)
        ax.xaxis.set_major_locator(YearLocator(base=base))
        ax.xaxis.set_major_formatter(DateFormatter("%Y"))
    else:
        locator = AutoDateLocator(minticks=2, maxticks=most)
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
    ax.grid(axis="x", lw=0.3)


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


def columns(data: pd.DataFrame, by: str) -> dict[tuple[str, str], tuple[int, int, int]]:
    """(row, column) -> witnesses, tellings (where there is no witness), denials."""
    sums = (
        data.assign(column=[column_of(s) for s in data["perspective"]])
        .groupby([by, "column"])[["witnesses", "tellings", "denials"]]
        .sum()
    )
    return {key: (r.witnesses, 0 if r.witnesses else r.tellings, r.denials) for key, r in sums.iterrows()}


def dot_columns(ax, lay: rows.Rows, names: Sequence[str], cells: dict, *, linked: bool = True) -> None:
    """For each row of `lay` and each side one dot a witness; `names` are the rows' keys in `cells`."""
    width = lay.right - lay.left
    ax.set_xlim(0, width)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    for n, (column, colour) in enumerate(COLUMNS.items()):
        left = 0.05 + n * width / len(COLUMNS)
        ax.text(left - 0.04, -0.14, column, color=colour, fontweight=600, fontsize=8, va="center_baseline")
        for y, name in zip(lay.at, names):
            drawn = cells.get((name, column))
            if drawn:
                _dots(ax, left, y, drawn, colour, f"ev:{name}:{column}" if linked else None)


def _dots(ax, x: float, y: float, counts: tuple[int, int, int], colour: str, gid: str | None) -> None:
    looks = ({"ms": 5.4, "mfc": colour}, {"ms": 4.4, "mfc": "none"}, {"mew": 1.6, "ms": 4.6, "mec": ORANGE})
    for count, look, marker in zip(counts, looks, "oox"):
        shown = 1 if count > MOST_DOTS else count
        if shown:
            at = [x + STEP * n for n in range(shown)]
            ax.plot(
                at,
                [y] * shown,
                marker,
                clip_on=False,
                gid=gid and f"{gid}:{marker}",
                **{"mec": colour, **look},
            )
        x += STEP * shown
        if count > MOST_DOTS:
            ax.text(
                x - 0.03, y, str(count), fontsize=7.6, color=INK, va="center_baseline", gid=gid and f"{gid}:n"
            )
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
    e = told(history)
    if e.empty:
        return empty(key, f"{chapter_title(history)}: nobody yet", "No event of this chapter is coded yet.")
    judged = {event_id: evidence.judge(history, event_id) for event_id in e.index}
    data = pd.DataFrame(
        {"event_id": event_id, "title": e.at[event_id, "title"], "perspective": side, **said}
        for event_id, j in judged.items()
        for side in PERSPECTIVES
        if any((said := heard(j, side)).values())
    )
    cells = columns(data, "event_id")
    contest = {i: _contest(cells, i) for i in e.index}
    order = sorted(e.index, key=lambda i: contest[i])
    kinds = [contest[i] for i in order]
    heads = {kinds.index(k): f"{HEADS[k]}: {kinds.count(k)}" for k in sorted(set(kinds))}
    lay = rows.Rows(
        [e.at[i, "title"] for i in order],
        column=3.0,
        heads=heads,
        statuses=[e.at[i, "status"] for i in order],
        events=order,
        deep=[0.17] * len(order),
    )
    drawing, ax = lay.drawn(top=0.28, bottom=0.02)
    lay.rules(ax)
    dot_columns(ax, lay, order, cells)
    witnesses = data.groupby("perspective")["witnesses"].sum()
    most = witnesses.idxmax()
    denied, both = kinds.count(0), sum(all((i, c) in cells for c in ("Pakistani", "Israeli")) for i in order)
    return finish(
        drawing,
        key=key,
        data=data,
        title=f"{share(denied, len(e), 'event', 'is denied by somebody', 'are denied by somebody')}; "
        f"{both or 'none'} {'is' if both == 1 else 'are'} told from both sides",
        alt=f"{counted(len(e), 'event')} by who speaks: {counted(int(witnesses.sum()), 'witness', 'witnesses')} in all, most "
        f"of them {most} ({int(witnesses.max())}); {counted(int(data['denials'].sum()), 'denial')}.",
        caption="for each event who says that it happened, one dot a distinct witness whose word counts; where a side has "
        "none, its tellings that do not count (hearsay, inference or too weak). What is denied stands first.",
        lacks="how good a witness is, and what was left unsaid on purpose.",
        signs=[*WITNESSES, *(s for s in rows.STATUSES if s[0] in set(e["status"]))],
        numbers=[
            (
                r.title,
                f"{r.perspective}, {counted(r.witnesses, 'witness', 'witnesses')}, {counted(r.tellings, 'telling')}, {counted(r.denials, 'denial')}",
            )
            for r in data.itertuples()
        ],
        event_ids=e.index,
        counted=source_counts_graded(history),
    )


HEADS = (
    "Denied by somebody",
    "Told from both sides",
    "Told from one of the two sides",
    "Told by others only",
)


def _contest(cells: dict, event_id: str) -> int:
    """Place in HEADS."""
    if any(cells.get((event_id, c), (0, 0, 0))[2] for c in COLUMNS):
        return 0
    return 3 - sum((event_id, c) in cells for c in ("Pakistani", "Israeli"))


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
    e = e.sort_values(["gap", "mentions", "event_id"], ascending=[False, False, True]).head(18)
    notes = [f"{r.lines} of {r.mentions}" for r in e.itertuples()]
    lay = _event_rows(e, notes)
    drawing, ax = lay.drawn(top=0.26, bottom=0.02)
    for y, (event_id, r) in zip(lay.at, e.iterrows()):
        gid = f"ev:{event_id}"
        ax.barh(y, r["mentions"], height=0.1, color=PALETTE["band"], ec=MUTED, lw=0.5, gid=f"{gid}:told")
        ax.barh(y, r["lines"], height=0.1, color=INK, lw=0, gid=f"{gid}:lines")
    for patch, name in zip(ax.patches, (n for i in e.index for n in (f"ev:{i}:told", f"ev:{i}:lines"))):
        patch.set_gid(name)
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
        alt=f"Mentions against witnesses for {counted(len(e), 'event')}; the widest gap: {int(top['mentions'])} mentions, {rest}.",
        caption="for each event how often it is told, and how many distinct witnesses stand behind that; "
        "the widest gap first. Repetition is not corroboration.",
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


def _event_rows(e: pd.DataFrame, notes: Sequence[str]) -> rows.Rows:
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
    every, d = len(d), d.head(MOST)
    lay = _event_rows(d, [lag(n) for n in d["days"]])
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
    years, soon = d["days"] / 365.25, int((d["days"] <= 365).sum())
    shown = f"the first {len(d)} of {every}" if every > len(d) else "every"
    return finish(
        drawing,
        key=key,
        data=data,
        title=f"{share(soon, len(d), 'hidden event', 'was in print within a year', 'were in print within a year')}; "
        f"the slowest took {lag(d['days'].max())}",
        alt=f"{counted(len(d), 'event')} not public at the time; half became known within {years.median():.1f} years, the "
        f"slowest after {years.max():.0f}.",
        caption=f"{shown} event{'s' if every > len(d) else ''} that was not public at the time, from its latest possible day to the "
        "earliest publication along the whole chain of sources.",
        lacks="what was never disclosed, so that recent years look faster than they are.",
        signs=(
            ({"color": INK, "lw": 2}, "hidden, until first in print"),
            ({"color": INK, "lw": 2, "ls": (0, (2, 1.2))}, "that publication known only through others"),
            *rows.GRADED,
        ),
        numbers=[(r.title, f"happened by {r.happened}, public by {r.public_by}") for r in data.itertuples()],
        event_ids=d.index,
        counted=source_counts_graded(history),
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
        [worded(s) for s in sides.index],
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
        title=f"Of {counted(all_, 'claim')} {part['pakistani']:.0f} per cent come from Pakistani sources, {part['israeli']:.0f} "
        "per cent from Israeli ones",
        alt=f"{counted(all_, 'claim')} by the perspective of the source; {sides.index[0]} sources give "
        f"{100 * int(sides['claims'].iloc[0]) / all_:.0f} per cent.",
        caption="how many claims come from sources of each perspective; their kinds are in the CSV.",
        lacks="how good the sources are, and what nobody wrote or we could not read.",
        numbers=[
            (
                f"{worded(r.perspective)}, {worded(r.kind).lower()}",
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
    across = int((style.width() - (0.3 if style.narrow() else 1.75)) / STEP)
    lay = rows.Rows(
        [f"{worded(c)} ({len(part)})" if style.narrow() else worded(c) for _, c, part in cells],
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
    hidden = int((e["visibility"] != "public").sum())
    data = e[["title", "channel", "visibility", "grade"]].reset_index(names="event_id")
    return finish(
        drawing,
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
            (f"{LANES[lane]}, {worded(c).lower()}", counted(len(part), "event")) for lane, c, part in cells
        ],
        event_ids=list(e.index),
        counted=source_counts_graded(history),
    )
