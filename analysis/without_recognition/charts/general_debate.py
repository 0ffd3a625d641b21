"""Pakistan and Israel in the General Debate, a cell a year; and how often others name Israel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from without_recognition.charts import rows, style
from without_recognition.charts.figure import Figure, chart, drawn, finish
from without_recognition.charts.marks import rounded
from without_recognition.charts.style import BLUE, INK, MUTED, PALETTE, RULE, bare
from without_recognition.data import series
from without_recognition.data.dataset import History
from without_recognition.findings import general_debate as debate
from without_recognition.findings.general_debate import NAMES, NO_TEXT, PLACE_UNSEEN, SILENT, SPEAKS

COUNTED = "UN General Debate Corpus, read and coded by us"
COLOURS = {"PAK": PALETTE["green"], "ISR": BLUE}
BASE = {"PAK": 1.0, "ISR": -1.0}  #: where the strip of a state stands; a full cell is 1 high
TOWER = 0.5  #: height of a full column
HALF = 0.45  #: height of a cell that speaks without naming
DOT = (".", True)
#: (shape, filled) over the cell; a DOT for what is less
SIGNS = {
    "refuses": ("x", True),
    "calls-for-withdrawal-of-recognition": ("x", True),
    "conditional": ("^", False),
    "accepts-all-states-right": ("^", True),
}
KEYED: tuple[rows.Sign, ...] = (
    ({"marker": "s", "ms": 7}, "names the other"),
    (
        {"marker": "s", "ms": 7, "fillstyle": "bottom", "mfcalt": "none", "mew": 0.6},
        "speaks of Palestine, Zionism or Jews, not of Israel",
    ),
    ({"marker": "s", "ms": 7, "mfc": "none", "mec": MUTED, "mew": 0.6}, "nothing of it"),
    ({"marker": "$///$", "ms": 7, "color": MUTED}, "only excerpts seen"),
    ({"marker": "_", "ms": 4, "color": MUTED, "mew": 0.9}, "no text"),
    ({"marker": "x", "ms": 5, "mew": 1.3}, "against recognition"),
    ({"marker": "^", "ms": 4.5, "mfc": "none"}, "security, on conditions"),
    ({"marker": "^", "ms": 4.5}, "right accepted"),
    ({"marker": ".", "ms": 3.5}, "less than that, such as two States"),
)
#: (year, words, height over the strip, where the words stand), where the speech has a sign
SAID = (
    (1948, "1948 State of Israel\nrefused", 1.35, "left"),
    (1956, "1956 recognition\nto be withdrawn", 0.5, "left"),
    (1977, "1977 right of all States\nto live in peace", 0.5, "left"),
    (2003, "2003 two States,\nPalestine and Israel", 1.35, "right"),
    (2004, "2004 right of Israel\nto exist", 0.5, "left"),
)
#: (first year, last, words, depth under the strip, where the words stand), where both years name Pakistan
OCCASIONS = (
    (1950, 1950, "1950\nChina", 0.35, "center"),
    (1956, 1956, "1956\nrefugees", 1.1, "center"),
    (1965, 1972, "1965-72\nIndia and Pakistan", 0.35, "center"),
    (1977, 1977, "1977 Jordan's\nannexation", 1.1, "left"),
    (2005, 2005, "2005 friendship\nand recognition", 0.35, "center"),
    (2015, 2015, "2015 fighters\nin Syria", 1.1, "center"),
)


@chart
def general_debate_years(history: History | None = None) -> Figure:
    """Two strips, a cell a year: whether Pakistan names Israel and Israel Pakistan, and what is said of recognition.

    history: whose series are read; default the book's own. `.data`, one row a state and year: country (ISO 3166), year,
    kind (names, silent ...), read (how much of the speech), recognition (what is said of it), event_id (or ""). Source:
    series general-debate.

    >>> from without_recognition import charts
    >>> sorted(set(charts.general_debate_years().data["country"]))
    ['ISR', 'PAK']
    """
    t = debate.calendar()
    years = sorted(t["year"].unique())
    half = len(years) // 2 if style.narrow() else 0
    parts = [part for part in (years[:half], years[half:]) if part]
    drawing, axes = drawn(height=3.4 * len(parts), nrows=len(parts), squeeze=False)
    drawing.subplots_adjust(
        left=0.02 if style.narrow() else 0.11, right=0.995, top=0.99, bottom=0.01, hspace=0.02
    )
    for ax, part in zip(axes.flatten(), parts):
        ax.set_xlim(part[0] - 0.6, part[-1] + 0.6)
        ax.set_ylim(-3.4, 4.6)
        bare(ax)
        ax.set_xticks([])
        own = t[t["year"].isin(part)]
        for r in own.itertuples():
            _cell(ax, r)
        _labels(ax, own)
    named, whole = len(debate.years("PAK", NAMES)), len(debate.speeches().query("country == 'PAK'"))
    silent, spoken = len(debate.years("PAK", SILENT)), len(debate.years("PAK", SPEAKS))
    other, of_other = len(debate.years("ISR", NAMES)), len(debate.speeches().query("country == 'ISR'"))
    run = debate.runs("PAK", {NAMES}).iloc[0]
    return finish(
        drawing,
        key="general-debate",
        data=t,
        title=f"Pakistan named Israel in {named} of {whole} years, Israel Pakistan in {other} of {of_other}",
        alt=f"Two strips of years. Pakistan names Israel in {named} of {whole} speeches, all of "
        f"{run['first']}-{run['last']} among them, speaks of Palestine, Zionism or Jews without naming "
        f"it in {spoken}, says nothing in {silent}; Israel names Pakistan in {other} of {of_other}.",
        caption="one cell a year, whether each names the other; hatched years, of which only excerpts were "
        "seen, are in no count. Over Pakistan's strip stands what it says of recognising Israel or of "
        "its right to exist.",
        lacks="why the words were chosen.",
        signs=KEYED,
        numbers=list(_told(t)),
        event_ids=[e for e in t["event_id"] if e],
        counted=COUNTED,
    )


def _told(t: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Each kind of each state with its years, for those who cannot see the cells."""
    for country in debate.PAIR:
        own = t[t["country"] == country]
        for kind, words in (
            (NAMES, "names the other"),
            (SPEAKS, "speaks of Palestine, Zionism or Jews without naming it"),
            (SILENT, "names it not" if country == "ISR" else "says nothing"),
            (PLACE_UNSEEN, "seen in excerpts, naming unknown"),
            (NO_TEXT, "no text"),
        ):
            years = own.loc[own["kind"] == kind, "year"]
            if len(years):
                yield f"{series.NAMES[country]} {words}", ", ".join(map(str, years))
    said = t[(t["country"] == "PAK") & (t["recognition"] != "none")]
    yield "recognition", ", ".join(f"{r.year} {r.recognition.replace('-', ' ')}" for r in said.itertuples())


def _cell(ax: Axes, r: Any) -> None:
    """One year of one state; `r` is a row of the calendar."""
    low, colour = BASE[r.country], COLOURS[r.country]
    gid = f"ev:{r.event_id}" if r.event_id else None
    if r.kind == NO_TEXT:
        ax.plot(r.year, low + 0.5, "_", ms=4, color=MUTED, mew=0.9)
        return
    ax.add_patch(Rectangle((r.year - 0.42, low), 0.84, 1, fc="none", ec=RULE, lw=0.6, zorder=2))
    height = {NAMES: 1.0, SPEAKS: HALF, PLACE_UNSEEN: 1.0}.get(r.kind, 0.0)
    if height:
        seen = r.read == "full"
        ax.add_patch(
            Rectangle(
                (r.year - 0.42, low),
                0.84,
                height,
                fc=colour if seen else "none",
                ec=colour if r.kind != PLACE_UNSEEN else MUTED,
                hatch=None if seen else "//////",
                lw=0.4,
                zorder=3,
                gid=gid,
            )
        )
    if r.country == "PAK" and r.recognition != "none":
        _sign(ax, r.year, low + 1.28, *SIGNS.get(r.recognition, DOT), gid and f"{gid}:said")


def _labels(ax: Axes, t: pd.DataFrame) -> None:
    """The states, the decades between the strips, and words for the signs that carry most."""
    edge, narrow = ax.get_xlim()[0], style.narrow()
    for country in debate.PAIR:
        ax.text(
            edge + 0.2 if narrow else edge - 1,
            0.5 + (0.22 if country == "PAK" else -0.22) if narrow else BASE[country] + 0.5,
            series.NAMES[country],
            ha="left" if narrow else "right",
            va="center",
            fontsize=8.5,
            fontweight=600,
            color=COLOURS[country],
        )
    for year in range(t["year"].min() // 10 * 10 + 10, t["year"].max() + 1, 10):
        ax.plot([year, year], [0.05, 0.2], color=MUTED, lw=0.6)
        ax.plot([year, year], [0.8, 0.95], color=MUTED, lw=0.6)
        if narrow and year < edge + 8:  # there stand the names of the states
            continue
        ax.text(year, 0.5, str(year), ha="center", va="center", fontsize=8, color=MUTED)
    words: dict[str, Any] = {"fontsize": 7.5, "color": INK, "linespacing": 1.1, "zorder": 5}
    said = t[(t["country"] == "PAK") & t["recognition"].isin(SIGNS)]
    named = t[(t["country"] == "ISR") & (t["kind"] == NAMES)]
    for year, text, up, ha in (row for row in SAID if row[0] in set(said["year"])):
        _line(ax, year, BASE["PAK"] + 1.45, BASE["PAK"] + 1.4 + up)
        ax.text(year + _nudge(ha), BASE["PAK"] + 1.45 + up, text, ha=ha, va="bottom", **words)
    for start, end, text, down, ha in (row for row in OCCASIONS if {*row[:2]} <= set(named["year"])):
        middle, under = (start + end) / 2, BASE["ISR"] - 0.12
        ax.plot([start - 0.4, end + 0.4], [under, under], color=MUTED, lw=0.6)
        _line(ax, middle, under, BASE["ISR"] - down)
        ax.text(middle + _nudge(ha), BASE["ISR"] - 0.05 - down, text, ha=ha, va="top", **words)


def _nudge(ha: str) -> float:
    """Words that begin or end at a line begin or end with its cell."""
    return {"left": -0.4, "right": 0.4}.get(ha, 0)


def _line(ax: Axes, year: float, start: float, end: float) -> None:
    ax.plot([year, year], [start, end], color=MUTED, lw=0.6, zorder=1)


def _sign(ax: Axes, x: float, y: float, shape: str, filled: bool, gid: str | None = None) -> None:
    """A sign for what is said of recognition."""
    ax.plot(
        x,
        y,
        shape,
        ms={"x": 5, "^": 4.5}.get(shape, 3.5),
        mfc=INK if filled else "none",
        mec=INK,
        mew=1.3 if shape == "x" else 0.9,
        clip_on=False,
        zorder=4,
        gid=gid,
    )


@chart
def general_debate_states(history: History | None = None) -> Figure:
    """Share of speeches that name Israel, by state and decade; above it, those with Palestine or Zionism only.

    history: whose series are read; default the book's own. `.data`, one row a state and decade: country (ISO 3166),
    decade (its first year), last (its last year), counts of speeches, those naming Israel and those without_naming it,
    share and share_without (0 to 1, of the speeches). Source: series general-debate-mentions.

    >>> from without_recognition import charts
    >>> charts.general_debate_states().data["share"].between(0, 1).all().item()
    True
    """
    t = debate.by_decade()
    states, decades = list(debate.COMPARED), sorted(t["decade"].unique())
    narrow, step = style.narrow(), 0.8 if style.narrow() else 0.5
    drawing, ax = drawn(height=0.5 + step * len(states))
    drawing.subplots_adjust(left=0.005 if narrow else 0.17, right=0.995, top=0.93, bottom=0.01)
    ax.set_xlim(-0.5, len(decades) - 0.5)
    ax.set_ylim(len(states) - 0.02, -0.12 if narrow else -0.02)
    bare(ax, left=True)
    for r in t.itertuples():
        _tower(ax, decades.index(r.decade), states.index(r.country) + 0.7, r)
    ax.set_yticks(
        [] if narrow else [y + 0.42 for y in range(len(states))], [] if narrow else [_name(c) for c in states]
    )
    for y, country in enumerate(states) if narrow else ():
        ax.text(-0.45, y + 0.06, _name(country), va="center", color=COLOURS.get(country, INK), fontsize=8)
    ax.set_xticks(range(len(decades)), [f"{d}s" if narrow else _decade(d, t) for d in decades])
    ax.xaxis.tick_top()
    since = int(debate.runs("PAK", {NAMES}).at[0, "last"]) + 1
    until = int(t["last"].max())
    every = {c: debate.naming(c, since, until) for c in states if c != "ALL"}
    counts = {c: found for c, found in every.items() if found[1]}
    top = max(counts, key=lambda c: counts[c][0] / counts[c][1])
    said = {c: f"{counts[c][0]} of {counts[c][1]}" for c in counts}
    return finish(
        drawing,
        key="general-debate-states",
        data=rounded(t),
        title=f"Since {since} {series.NAMES[top]} has named Israel in {said[top]} speeches, Pakistan in {said['PAK']}",
        alt=f"Speeches that name Israel, {since}-{until}: "
        + ", ".join(f"{series.NAMES[c]} {said[c]}" for c in counts)
        + ".",
        caption="the share of the yearly speeches of a decade that name Israel, and below it how many of "
        "those in the corpus. Found by pattern over scanned text, for Pakistan checked by eye.",
        lacks="what is said of Israel.",
        signs=(
            ({"marker": "s"}, "names Israel"),
            ({"marker": "s", "mec": "none", "alpha": 0.28}, "speaks of Palestine, Zionism or Jews only"),
        ),
        numbers=[
            (
                f"{_name(r.country)} {_decade(r.decade, t)}",
                f"{r.naming} of {r.speeches} name Israel, {r.without_naming} speak without naming it",
            )
            for r in t.itertuples()
        ],
        counted="UN General Debate Corpus, counted by us",
    )


def _tower(ax: Axes, x: float, foot: float, r: Any) -> None:
    """One state in one decade: a column of shares standing at `foot`, TOWER high when full, its count below."""
    colour = COLOURS.get(r.country, INK)
    ax.add_patch(Rectangle((x - 0.3, foot - TOWER), 0.6, TOWER, fc="none", ec=RULE, lw=0.5, zorder=1))
    ax.add_patch(
        Rectangle((x - 0.3, foot - TOWER * r.share), 0.6, TOWER * r.share, fc=colour, lw=0, zorder=3)
    )
    ax.add_patch(
        Rectangle(
            (x - 0.3, foot - TOWER * (r.share + r.share_without)),
            0.6,
            TOWER * r.share_without,
            fc=colour,
            alpha=0.28,
            lw=0,
            zorder=2,
        )
    )
    words = (
        f"{100 * r.share:.0f}%"
        if r.country == "ALL"
        else f"{r.naming}{'/' if style.narrow() else ' of '}{r.speeches}"
    )
    ax.text(x, foot + 0.04, words, ha="center", va="top", fontsize=7, color=MUTED)


def _name(country: str) -> str:
    return "All but Israel" if country == "ALL" else series.NAMES[country]


def _decade(first: int, t: pd.DataFrame) -> str:
    """'1950s', or '2020-22' where the decade is not whole."""
    last = int(t.loc[t["decade"] == first, "last"].max())
    return f"{first}s" if last == first + 9 else f"{first}-{last % 100:02d}"
