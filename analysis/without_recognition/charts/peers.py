"""Pakistan among its peers: who has relations with Israel, who is in the news with it,
what the record of states holds."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure as Drawing

from without_recognition import citations
from without_recognition.charts import rows, style
from without_recognition.charts.figure import Figure, chart, drawn, finish
from without_recognition.charts.marks import points
from without_recognition.charts.style import BLUE, INK, MUTED, PALETTE, RULE, letters
from without_recognition.charts.table import Table
from without_recognition.data import series
from without_recognition.data.dataset import History
from without_recognition.findings import votes

GREEN, ORANGE = PALETTE["green"], PALETTE["orange"]
NAMES = {**series.NAMES, "JOR": "Jordan", "ARE": "UAE"}


@chart
def oic_spells(history: History | None = None) -> Figure:
    """Spells of relations with Israel of the members of the OIC of today, one row a state that ever had any.

    history: whose series are read; default the book's own. `.data`, one row a spell: iso3, country,
    oic_accession, start_year, end_year ("" where it lasts), type (full, lesser). Source: series oic-
    relations.

    >>> from without_recognition import charts, load
    >>> "Turkey" in set(charts.oic_spells().data["country"])
    True
    """
    last = int(citations.metadata(history)["year"])
    t, s = votes.spells(), votes.standing()
    return finish(
        _spells_by_state(t, last),
        key="oic-spells",
        data=t.drop(columns=["start", "end"]),
        title=f"{s['ever']} of {s['all']} members of the OIC have had full relations with Israel, "
        f"{s['related']} have them in {last}",
        alt=f"{s['ever']} of the {s['all']} members of the OIC have had full relations with Israel at some "
        f"time, {s['related']} have them in {last}; {s['never']} never had ties of any kind.",
        caption="each spell of relations, one row a state that ever had any; coded by us, African years "
        "before 1974 right to the year only.",
        lacks=f"the {s['never']} members that never had ties, Pakistan among them.",
        signs=(
            ({"marker": "s", "color": BLUE}, "diplomatic relations, non-resident included"),
            ({"marker": "s", "mfc": "none", "mec": BLUE}, "liaison or trade offices only"),
            ({"color": ORANGE, "lw": 0.8, "ls": (0, (2, 2))}, "1973, 1991, 2000, 2020"),
        ),
        numbers=[(r.country, f"{r.start_year}-{r.end_year or ''} {r.type}") for r in t.itertuples()],
        counted="Israeli foreign ministry register and literature",
    )


def _spells_by_state(t: pd.DataFrame, last: int) -> Drawing:
    """A row a state, a bar a spell of relations, up to the year `last`."""
    order = t.groupby("country")["start"].min().sort_values(kind="stable").index
    height = 0.6 + 0.165 * len(order)
    drawing, ax = drawn(height=height)
    column = max(style.extent(c, letters(7.5)) for c in order) + 0.12
    drawing.subplots_adjust(
        left=column / style.width(), right=0.97, top=1 - 0.1 / height, bottom=0.25 / height
    )
    for y, country in enumerate(order):
        ax.axhline(y, color=RULE, lw=0.3, zorder=1)
        for r in t[t["country"] == country].itertuples():
            long, colour = min(r.end, last + 1) - r.start, BLUE if r.type == "full" else "none"
            ax.barh(y, long, left=r.start, height=0.62, color=colour, ec=BLUE, lw=0.8, zorder=3)
    for year in (1973, 1991, 2000, 2020):
        ax.axvline(year, color=ORANGE, lw=0.7, ls=(0, (2, 2)), zorder=2)
    ax.set_yticks(range(len(order)), order, fontsize=7.5)
    ax.set_ylim(len(order) - 0.3, -0.7)
    ax.set_xlim(1948, last + 1)
    ax.set_xticks(
        [1950, 1973, 1991, 2020] if style.narrow() else [1950, 1960, 1973, 1980, 1991, 2000, 2010, 2020]
    )
    return drawing


@chart
def oic_hazards(history: History | None = None) -> Figure:
    """How often relations were begun and broken, in 100 state-years at risk, by window.

    history: whose series are read; default the book's own. `.data`, one row a kind of change and window:
    kind (begin, break), first, last (years), events, state_years, rate (events in 100 state-years),
    states (names). Source: series oic-relations and oic-members.

    >>> from without_recognition import charts, load
    >>> sorted(set(charts.oic_hazards().data["kind"]))[0]
    'begin'
    """
    t = votes.hazards()
    t = t.sort_values("kind", kind="stable")  # begin, break
    lay = rows.Rows(
        [f"{r.first}-{r.last}" for r in t.itertuples()],
        column=0.75,
        beside=True,
        heads={0: "Relations begun", int((t["kind"] == "begin").sum()): "Relations broken"},
        notes=[f"{r.events} in {r.state_years:,}" for r in t.itertuples()],
        deep=[0.16] * len(t),
        gap=0.06,
    )
    drawing, ax = lay.drawn(bottom=0.42)
    lay.rules(ax)
    begun = (t["kind"] == "begin").to_list()
    for kind, colour, marker in (("begin", BLUE, "o"), ("break", ORANGE, "D")):
        own = t[t["kind"] == kind]
        at = [y for y, is_begun in zip(lay.at, begun) if is_begun == (kind == "begin")]
        hollow = list(own["events"] == 0)
        points(ax, at, own, group="first", value="rate", colour=colour, marker=marker, hollow=hollow)
    ax.set_xlim(0, t["rate"].max() * 1.04)
    ax.set_xlabel("in 100 state-years at risk")
    best, worst = (t[t["kind"] == k].sort_values("rate").iloc[-1] for k in ("begin", "break"))
    return finish(
        drawing,
        key="oic-hazards",
        data=t,
        title=f"OIC states began relations with Israel most often in {best['first']}-{best['last']} and "
        f"broke them most often in {worst['first']}-{worst['last']}",
        alt=f"Relations were begun most often in {best['first']}-{best['last']}, {best['events']} times in "
        f"{best['state_years']} state-years, and broken most often in {worst['first']}-{worst['last']}, "
        f"{worst['events']} times in {worst['state_years']}.",
        caption="changes in 100 state-years at risk; at the right, how many in how many; members of "
        "the OIC of today, before they joined it too. At risk of breaking: who had full relations; "
        "of beginning: who was in the United Nations and had none.",
        lacks="causes: the windows were drawn around known events.",
        signs=(({"marker": "o", "mfc": PALETTE["band"]}, "no event"),),
        numbers=[
            (f"{r.kind} {r.first}-{r.last}", f"{r.events} in {r.state_years} ({r.states or 'none'})")
            for r in t.itertuples()
        ],
        counted="Israeli foreign ministry register and literature",
    )


def _four(wide: float, narrow: float, **shared: Any) -> tuple[Drawing, Any]:
    """A drawing of four panels, in a row or two by two."""
    across, height = (2, narrow) if style.narrow() else (4, wide)
    drawing, axes = drawn(height=height, nrows=4 // across, ncols=across, **shared)
    sides = {"left": 0.14, "right": 0.98} if style.narrow() else {"left": 0.075, "right": 0.99}
    drawing.subplots_adjust(top=1 - 0.36 / height, bottom=0.2 / height, wspace=0.6, hspace=0.55, **sides)
    return drawing, axes.flatten()


@chart
def event_counts(history: History | None = None) -> Figure:
    """Verbal cooperation with Israel in machine-coded news, by year, four states.

    history: whose series are read; default the book's own. `.data`, one row a state and year: country (ISO
    3166), year, counts of talk, deeds, harsh_words, clashes with Israel. Source: series event-counts
    (ICEWS).

    >>> from without_recognition import charts, load
    >>> "PAK" in set(charts.event_counts().data["country"])
    True
    """
    t = series.read("event-counts")
    countries = ["PAK", "IND", "SAU", "ARE"]
    t = t[t["country"].isin(countries)]
    drawing, axes = _four(1.9, 3.4, sharex=True)
    for ax, country in zip(axes, countries):
        s = t[t["country"] == country]
        top = votes.peak(country)
        ax.bar(
            s["year"],
            s["talk"],
            width=0.75,
            color=[(GREEN if country == "PAK" else BLUE) if y == top["year"] else MUTED for y in s["year"]],
        )
        ax.text(
            top["year"] - 0.5,
            top["count"],
            f" {top['year']}: {top['count']}",
            fontsize=7.5,
            va="bottom",
            color=INK,
            ha="left" if top["year"] < 2005 else "center",
        )
        ax.set_title(NAMES[country], fontsize=8, loc="left")
        ax.set_ylim(0, top["count"] * 1.18)
        ax.set_xticks([2002, 2008, 2014])
    p = votes.peak()
    return finish(
        drawing,
        key="event-counts",
        data=t,
        title=f"{100 * p['share']:.0f} per cent of Pakistan's reported talk with Israel in 2002-2014 falls in one "
        f"year, {p['year']}",
        alt=f"Pakistan and Israel: {p['count']} reported acts of verbal cooperation in {p['year']}, "
        f"{100 * p['share']:.0f} per cent of all those of 2002-2014; the median of the other years is "
        f"{p['others']:.0f}.",
        caption="verbal cooperation (meetings, statements, agreements) between each state and Israel, both "
        "directions, 2002-2014, as a machine coded the news; scales differ from panel to panel.",
        lacks="deeds: reports are counted.",
        numbers=[(f"{NAMES[r.country]} {r.year}", r.talk) for r in t.itertuples()],
        counted="ICEWS, yearly counts",
    )


@chart
def bilateral_record(history: History | None = None) -> Figure:
    """Trade, arms and disputes with Israel, and American aid: Pakistan beside others.

    history: whose series are read; default the book's own. `.data`, one row a measure and state: measure
    (with its unit), country (ISO 3166), value. Source: series bilateral and us-aid.

    >>> from without_recognition import charts, load
    >>> "PAK" in set(charts.bilateral_record().data["country"])
    True
    """
    t, aid = series.read("bilateral"), series.read("us-aid").groupby("country")["thousand_million_usd"].sum()
    panels = [
        ("Trade with Israel\nmillion dollars", "trade"),
        ("Arms from Israel\nSIPRI units", "arms_from_israel"),
        ("Militarised disputes\nwith Israel", "disputes"),
    ]
    drawn_rows = [
        (title, c, float(v))
        for title, m in panels
        for c, v in t.loc[t["measure"] == m, ["country", "value"]].values
    ]
    drawn_rows += [("American aid\nbillion dollars", c, float(aid[c])) for c in ("PAK", "IND", "EGY", "ISR")]
    data = pd.DataFrame(drawn_rows, columns=["measure", "country", "value"])
    return finish(
        _bars_by_measure(data),
        key="bilateral-record",
        data=data.assign(measure=data["measure"].str.replace("\n", ", ")),
        title=f"In the record of states Pakistan's trade with Israel is {votes.record('trade', 'PAK'):.0f} "
        f"million dollars, India's {votes.record('trade', 'IND'):,.0f} million",
        alt=f"Trade of Pakistan with Israel in the record of states: {votes.record('trade', 'PAK'):.0f} "
        f"million dollars since 1948, of India {votes.record('trade', 'IND'):,.0f} million; "
        f"arms from Israel {votes.record('arms_from_israel', 'PAK'):.0f} against "
        f"{votes.record('arms_from_israel', 'IND'):,.0f}.",
        caption="trade 1948-2014 in current dollars, rounded to the million each year; arms delivered "
        "1950-2024 (volume, not price); disputes 1947-2014; aid obligated 1946-2020 in dollars of 2020.",
        lacks="what was not reported: a zero is what the compilers found, not proof of nothing.",
        numbers=[
            (r.measure.replace("\n", ", "), f"{NAMES[r.country]} {r.value:,.0f}") for r in data.itertuples()
        ],
        counted="Correlates of War, SIPRI (sums), foreignassistance.gov",
    )


def _bars_by_measure(data: pd.DataFrame) -> Drawing:
    """A panel a measure, a bar a state, Pakistan first."""
    drawing, axes = _four(1.9, 3.2)
    for ax, title in zip(axes, dict.fromkeys(data["measure"])):
        s = data[data["measure"] == title]
        s = s.iloc[sorted(range(len(s)), key=lambda i: s["country"].iloc[i] != "PAK")]
        colours = [GREEN if c == "PAK" else MUTED for c in s["country"]]
        ax.barh(range(len(s)), s["value"], height=0.6, color=colours)
        for y, v in enumerate(s["value"]):
            ax.text(v, y, f" {v:,.0f}", va="center", fontsize=7.5, color=INK)
        ax.set_yticks(range(len(s)), [NAMES[c] for c in s["country"]], fontsize=7.5)
        ax.set_ylim(4.6, -0.6)
        ax.set_xlim(0, s["value"].max() * 1.7)
        ax.set_xticks([])
        ax.spines["bottom"].set_visible(False)
        ax.set_title(title, fontsize=7.5, loc="left", x=-0.3)
    return drawing


@chart
def polls(history: History | None = None) -> Table:
    """Every answer in an opinion poll that we read; no two rows make a line.

    history: whose series are read; default the book's own. `.data`, one row an answer: asked (when), where,
    what they said, per cent, pollster, read with (how we know it). Source: series polls.

    >>> from without_recognition import charts, load
    >>> len(charts.polls().data) > 0
    True
    """
    t = series.read("polls")
    t = t.assign(pollster=[p.split(" (")[0] for p in t["pollster"]])
    return Table(
        t[["field_date", "country", "item", "value", "pollster", "source_level"]].rename(
            columns={
                "field_date": "asked",
                "country": "where",
                "item": "what they said",
                "value": "per cent",
                "source_level": "read with",
            }
        )
    )
