"""Pakistan among its peers: who has relations with Israel, who is in the news with it, what the record of states holds."""
from __future__ import annotations

import pandas as pd

from analysis import citing, series
from analysis.charts.assembly import whisker
from analysis.charts.figure import Figure, chart, drawn, finish
from analysis.charts.style import BLUE, INK, MUTED, PALETTE, RULE
from analysis.charts.table import Table
from analysis.findings import votes

GREEN, ORANGE = PALETTE["green"], PALETTE["orange"]
NAMES = {**series.NAMES, "JOR": "Jordan", "ARE": "UAE"}


@chart
def oic_spells() -> Figure:
    """Spells of relations with Israel of the members of the OIC of today, one row a state that ever had any."""
    last = int(citing.metadata()["year"])
    t = votes.spells()
    order = t.groupby("country")["start"].min().sort_values(kind="stable").index
    drawing, ax = drawn(height=0.6 + 0.155 * len(order))
    drawing.subplots_adjust(left=0.19, right=0.99, top=0.985, bottom=0.05)
    for y, country in enumerate(order):
        ax.axhline(y, color=RULE, lw=0.3, zorder=1)
        for r in t[t["country"] == country].itertuples():
            end = min(r.end, last + 1)
            ax.barh(y, end - r.start, left=r.start, height=0.62, color=BLUE if r.type == "full" else "none", ec=BLUE, lw=0.8, zorder=3)
    for year in (1973, 1991, 2000, 2020):
        ax.axvline(year, color=ORANGE, lw=0.7, ls=(0, (2, 2)), zorder=2)
    ax.set_yticks(range(len(order)), order, fontsize=6.4)
    ax.set_ylim(len(order) - 0.3, -0.7)
    ax.set_xlim(1948, last + 1)
    ax.set_xticks([1950, 1960, 1973, 1980, 1991, 2000, 2010, 2020])
    s = votes.standing()
    return finish(drawing, key="oic-spells", data=t.drop(columns=["start", "end"]), title="Relations of OIC states with Israel, state by state",
                  alt=f"{s['ever']} of the {s['all']} members of the OIC have had full relations with Israel at some time, {s['related']} have them in {last}; "
                      f"{s['never']} never had ties of any kind.",
                  caption="Filled: diplomatic relations, non-resident included; hollow: liaison or trade offices only. Dashed: 1973, 1991, 2000, 2020. "
                          "Coded by us; African years before 1974 are right to the year only. Members with no bar, Pakistan among them, never had ties.",
                  description="; ".join(f"{r.country} {r.start_year}-{r.end_year or ''} {r.type}" for r in t.itertuples()),
                  counted="Israeli foreign ministry register and literature")


@chart
def oic_hazards() -> Figure:
    """How often relations were begun and broken, in 100 state-years at risk, by window."""
    t = votes.hazards()
    drawing, axes = drawn(height=2.7, ncols=2, sharey=True)
    drawing.subplots_adjust(left=0.12, right=0.99, top=0.9, bottom=0.15, wspace=0.08)
    windows = list(dict.fromkeys(zip(t["first"], t["last"])))
    for ax, kind, name, colour in zip(axes, ("begin", "break"), ("Relations begun", "Relations broken"), (BLUE, ORANGE)):
        for y, r in enumerate(t[t["kind"] == kind].itertuples()):
            ax.axhline(y, color=RULE, lw=0.4, zorder=1)
            whisker(ax, r.rate, y, r.low, r.high, colour, marker="o" if kind == "begin" else "D", filled=r.events > 0)
            ax.text(1.0, y - 0.27, f"{r.events} in {r.state_years}", fontsize=6, color=MUTED, va="center", ha="right",
                    transform=ax.get_yaxis_transform())
        ax.set_title(name, fontsize=9, loc="left")
        ax.set_xlabel("in 100 state-years at risk")
        ax.set_xlim(left=-0.5)
    axes[0].set_yticks(range(len(windows)), [f"{a}-{b}" for a, b in windows])
    axes[0].set_ylim(len(windows) - 0.4, -0.6)
    best, worst = (t[t["kind"] == k].sort_values("rate").iloc[-1] for k in ("begin", "break"))
    return finish(drawing, key="oic-hazards", data=t, title="When OIC states began and broke relations with Israel",
                  alt=f"Relations were begun most often in {best['first']}-{best['last']}, {best['events']} times in {best['state_years']} state-years, and "
                      f"broken most often in {worst['first']}-{worst['last']}, {worst['events']} times in {worst['state_years']}.",
                  caption="Members of the OIC of today, before they joined it too. At risk of breaking: who had full relations; of beginning: who was in the "
                          "United Nations and had none. 95 per cent Clopper-Pearson intervals; a ring is no event. The windows were drawn around known events.",
                  description="; ".join(f"{r.kind} {r.first}-{r.last}: {r.events} in {r.state_years} ({r.states or 'none'})" for r in t.itertuples()),
                  counted="Israeli foreign ministry register and literature")


@chart
def event_counts() -> Figure:
    """Verbal cooperation with Israel in machine-coded news, by year, four states."""
    t = series.read("event-counts")
    countries = ["PAK", "IND", "SAU", "ARE"]
    t = t[t["country"].isin(countries)]
    drawing, axes = drawn(height=1.9, ncols=4, sharex=True)
    drawing.subplots_adjust(left=0.06, right=0.99, top=0.86, bottom=0.13, wspace=0.32)
    for ax, country in zip(axes, countries):
        s = t[t["country"] == country]
        top = votes.peak(country)
        ax.bar(s["year"], s["talk"], width=0.75, color=[(GREEN if country == "PAK" else BLUE) if y == top["year"] else MUTED for y in s["year"]])
        ax.text(top["year"] - 0.5, top["count"], f" {top['year']}: {top['count']}", fontsize=6.5, va="bottom", color=INK,
                ha="left" if top["year"] < 2005 else "center")
        ax.set_title(NAMES[country], fontsize=8, loc="left")
        ax.set_ylim(0, top["count"] * 1.18)
        ax.set_xticks([2002, 2008, 2014])
        ax.tick_params(labelsize=6.5)
    p = votes.peak()
    return finish(drawing, key="event-counts", data=t, title="Talk with Israel in the news, 2002-2014",
                  alt=f"Pakistan and Israel: {p['count']} reported acts of verbal cooperation in {p['year']}, {100 * p['share']:.0f} per cent of all those of "
                      f"2002-2014; the median of the other years is {p['others']:.0f}.",
                  caption="Verbal cooperation (meetings, statements, agreements) between each state and Israel, both directions, as a machine coded the news. "
                          "Scales differ from panel to panel. Reports are counted, not deeds.",
                  description="; ".join(f"{NAMES[r.country]} {r.year}: {r.talk}" for r in t.itertuples()), counted="ICEWS, yearly counts")


@chart
def bilateral_record() -> Figure:
    """Trade, arms and disputes with Israel, and American aid: Pakistan beside others."""
    t, aid = series.read("bilateral"), series.read("us-aid").groupby("country")["thousand_million_usd"].sum()
    panels = [("Trade with Israel\nmillion dollars", "trade"), ("Arms from Israel\nSIPRI units", "arms_from_israel"),
              ("Militarised disputes\nwith Israel", "disputes")]
    drawn_rows = [(title, c, float(v)) for title, m in panels for c, v in t.loc[t["measure"] == m, ["country", "value"]].values]
    drawn_rows += [("American aid\nthousand million dollars", c, float(aid[c])) for c in ("PAK", "IND", "EGY", "ISR")]
    data = pd.DataFrame(drawn_rows, columns=["measure", "country", "value"])
    titles = list(dict.fromkeys(data["measure"]))
    drawing, axes = drawn(height=1.9, ncols=4)
    drawing.subplots_adjust(left=0.075, right=0.99, top=0.8, bottom=0.04, wspace=0.55)
    for ax, title in zip(axes, titles):
        s = data[data["measure"] == title]
        s = s.iloc[[*(i for i, c in enumerate(s["country"]) if c == "PAK"), *(i for i, c in enumerate(s["country"]) if c != "PAK")]]
        ax.barh(range(len(s)), s["value"], height=0.6, color=[GREEN if c == "PAK" else MUTED for c in s["country"]])
        for y, v in enumerate(s["value"]):
            ax.text(v, y, f" {v:,.0f}", va="center", fontsize=6.8, color=INK)
        ax.set_yticks(range(len(s)), [NAMES[c] for c in s["country"]], fontsize=6.8)
        ax.set_ylim(4.6, -0.6)
        ax.set_xlim(0, s["value"].max() * 1.5)
        ax.set_xticks([])
        ax.spines["bottom"].set_visible(False)
        ax.set_title(title, fontsize=7, loc="left")
    return finish(drawing, key="bilateral-record", data=data.assign(measure=data["measure"].str.replace("\n", ", ")),
                  title="The empty bilateral record",
                  alt=f"Trade of Pakistan with Israel in the record of states: {votes.record('trade', 'PAK'):.0f} million dollars since 1948, of India "
                      f"{votes.record('trade', 'IND'):,.0f} million; arms from Israel {votes.record('arms_from_israel', 'PAK'):.0f} against {votes.record('arms_from_israel', 'IND'):,.0f}.",
                  caption="Trade 1948-2014 in current dollars, rounded to the million each year; arms delivered 1950-2024 (volume, not price); disputes 1947-2014; aid "
                          "obligated 1946-2020 in dollars of 2020. A zero is what the compilers found, not proof of nothing.",
                  description="; ".join(f"{r.measure}: {NAMES[r.country]} {r.value:,.0f}" for r in data.itertuples()).replace("\n", ", "),
                  counted="Correlates of War, SIPRI (sums), foreignassistance.gov")


@chart
def polls() -> Table:
    """Every answer in an opinion poll that we read; no two rows make a line."""
    t = series.read("polls")
    t = t.assign(pollster=[p.split(" (")[0] for p in t["pollster"]])
    return Table(t[["field_date", "country", "item", "value", "pollster", "source_level"]].rename(columns={
        "field_date": "asked", "country": "where", "item": "what they said", "value": "per cent", "source_level": "read with"}))
