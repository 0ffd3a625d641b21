"""Figures of the contacts: when, under whom, and against how much was printed and read."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pandas as pd
from matplotlib.dates import DateFormatter, YearLocator, date2num
from matplotlib.figure import Figure as Drawing

from without_recognition.charts import rows, style
from without_recognition.charts.figure import Figure, chart, drawn, empty, finish
from without_recognition.charts.marks import label_of, rounded, share
from without_recognition.charts.style import BLUE, INK, MUTED, SIDES, bar, mark
from without_recognition.data import dates
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted
from without_recognition.findings import contact

FEWEST_YEARS = 1  #: in office, to stand in the figure
LANES = {
    "hidden": "Not public at the time",
    "public": "Public at the time",
    "loose": "Known only within years",
}


@chart
def contacts_over_time(history: History) -> Figure:
    """Every contact, hidden above and public below; loosely dated ones as bars.

    history: the whole, a chapter or a variant. `.data`, one row a contact: event_id, title, date (EDTF),
    year (of its last day), lane (hidden, public, loose), row (place in the stack), channel, visibility,
    grade. Source: events, participants and claims.

    >>> from without_recognition import charts, load
    >>> sorted(set(charts.contacts_over_time(load()).data["lane"]))
    ['hidden', 'loose', 'public']
    """
    key = "contacts-over-time"
    found = contact.contacts(history)
    if found.empty:
        return empty(key, "No contact yet", "No contact is coded yet.")
    data = _stacked_by_year(found)
    drawing = _lanes(data, date(1946, 6, 1), date(contact.closing(history).year + 1, 6, 1))
    grades = Counter(found["grade"])
    peak, most = (
        Counter(data.loc[data["lane"] != "loose", "year"]).most_common(1)[0]
        if (data["lane"] != "loose").any()
        else (int(data["year"].max()), len(data))
    )
    firm = grades["documented"] + grades["corroborated"]
    told = ("reported contact", "is told as hidden", "are told as hidden")
    hidden = share(int(found["hidden"].sum()), len(found), *told)
    return finish(
        drawing,
        key=key,
        data=data,
        title=f"{hidden}; the fullest year is {peak}, with {most}",
        event_ids=found.index,
        counted=counted(len(found), "contact"),
        alt=f"{counted(len(found), 'contact')}, {int(found['hidden'].sum())} of them not public at the time; "
        f"{firm} documented or corroborated; the fullest year is {peak} with {most}.",
        caption="one mark a contact of officials or emissaries, direct or through others, each encounter "
        "once, stacked by year; a bar where the date is known only within more than two years.",
        lacks="contacts of which nobody has told, and how much was said in any of them.",
        signs=(*rows.GRADED, rows.LOOSE),
        numbers=[
            (dates.bare(r.date), f"{r.title} ({label_of(r.channel).lower()}, {r.visibility}, {r.grade})")
            for r in data.itertuples()
        ],
    )


def _stacked_by_year(found: pd.DataFrame) -> pd.DataFrame:
    """The contacts, each with its lane and its place in the stack of its year."""
    made, stack = [], Counter[Any]()
    for event_id, r in found.iterrows():
        loose = (r["latest"] - r["earliest"]).days > contact.WIDEST
        lane = "loose" if loose else "hidden" if r["hidden"] else "public"
        place = lane if loose else (lane, r["latest"].year)
        made.append(
            {
                "event_id": event_id,
                "title": r["title"],
                "date": r["date"],
                "year": r["latest"].year,
                "lane": lane,
                "row": stack[place],
                "channel": r["channel"],
                "visibility": r["visibility"],
                "grade": r["grade"],
            }
        )
        stack[place] += 1
    return pd.DataFrame(made)


def _lanes(data: pd.DataFrame, low: date, high: date) -> Drawing:
    """A stack a year in each lane of LANES, on one axis of time."""
    deep = {
        lane: int(data.loc[data["lane"] == lane, "row"].max()) + 1 if (data["lane"] == lane).any() else 1
        for lane in LANES
    }
    step = 0.1 if style.narrow() else 0.135
    height = step * sum(deep.values()) + 1.4
    drawing, axes = drawn(height=height, nrows=3, sharex=True, height_ratios=[d + 1.2 for d in deep.values()])
    drawing.subplots_adjust(left=0.02, right=0.99, top=0.97, bottom=0.32 / height, hspace=0.18)
    for ax, lane in zip(axes, deep):
        ax.set_xlim(date2num(low), date2num(high))
        ax.set_ylim(deep[lane] - 0.4, -1.5) if lane == "loose" else ax.set_ylim(-0.7, deep[lane] + 0.5)
        part = data[data["lane"] == lane]
        ax.set_title(f"{LANES[lane]}: {len(part)}", fontsize=8.4, pad=2)
        for r in part.itertuples():
            if lane == "loose":
                span = dates.parse(r.date)
                start, end = max(span.earliest, low), min(span.latest, high)
                bar(ax, date2num(start), date2num(end), r.row, r.grade, event=r.event_id, height=0.55)
            else:
                size = 3.2 if style.narrow() else 4.6
                mark(ax, date2num(date(r.year, 7, 1)), r.row, r.grade, size=size, event=r.event_id)
        ax.xaxis.set_major_locator(YearLocator(20 if style.narrow() else 10))
        ax.xaxis.set_major_formatter(DateFormatter("%Y"))
        ax.yaxis.set_visible(False)
        ax.spines["left"].set_visible(False)
        ax.grid(axis="x", lw=0.3)
        ax.set_axisbelow(True)
        ax.tick_params(axis="x", length=0 if lane != "loose" else 2)
    return drawing


@chart
def contacts_by_government(history: History) -> Figure:
    """Contacts under each leader of either state: from those that surely to those that possibly fall in the term.

    history: the whole, a chapter or a variant. `.data`, one row a leader in office for a year or more:
    leader, since (datetime.date), years (in office), counts of contacts that surely or possibly fall in the
    term and of firm ones, events (ids of the surely ones), country. Source: contacts, and the series leaders.

    >>> from without_recognition import charts, load
    >>> set(charts.contacts_by_government(load()).data["country"]) == {"Pakistan", "Israel"}
    True
    """
    tables = [
        contact.by_government(history, code).query("years >= @FEWEST_YEARS").assign(country=name)
        for name, code in (("Pakistan", "PAK"), ("Israel", "ISR"))
    ]
    data = pd.concat(tables)
    drawing = _by_leader(data, heads={0: "Pakistan", len(tables[0]): "Israel"})
    top = {t["country"].iloc[0]: t.loc[t["surely"].idxmax()] for t in tables if len(t)}
    return finish(
        drawing,
        key="contacts-by-government",
        data=rounded(data),
        title="Most reported contacts fall under "
        + " in Pakistan and under ".join(f"{r['leader']} ({r['surely']})" for r in top.values())
        + (" in Israel" if len(top) > 1 else ""),
        alt="; ".join(
            f"{name}: most under {r['leader']}, {r['surely']} for sure and {r['possibly']} at most"
            for name, r in top.items()
        )
        + ".",
        caption="contacts under each leader with at least one year in office, all terms together.",
        lacks="who wanted a contact; and contacts spread over more than ten years are left out.",
        signs=(
            ({"marker": "s", "mfc": INK}, "surely in the term, documented or corroborated"),
            ({"marker": "s", "mfc": INK, "mec": "none", "alpha": 0.4}, "surely in it, weaker"),
            ({"marker": "s", "mfc": "none", "mec": MUTED}, "perhaps in it, the date being uncertain"),
        ),
        numbers=[
            (
                f"{r.leader} ({r.country}, {r.years:.1f} years)",
                f"{r.firm} firm, {r.surely} surely, {r.possibly} possibly",
            )
            for r in data.itertuples()
        ],
        counted="leaders: Archigos 4.1, REIGN, own coding",
    )


def _by_leader(data: pd.DataFrame, heads: dict[int, str]) -> Drawing:
    """A bar a leader: firm contacts, weaker ones, and those that may fall in the term."""
    lay = rows.Rows(
        [r.leader for r in data.itertuples()],
        column=1.9,
        heads=heads,
        notes=[f"{_range(r.surely, r.possibly)} in {r.years:.1f} years" for r in data.itertuples()],
        deep=[0.14] * len(data),
        gap=0.06,
    )
    drawing, ax = lay.drawn(bottom=0.26)
    perhaps: dict[str, Any] = {"color": "none", "ec": MUTED, "lw": 0.6, "ls": (0, (2, 1.2))}
    for y, r in zip(lay.at, data.itertuples()):
        colour = SIDES["pakistani" if r.country == "Pakistan" else "israeli"]
        ax.barh(y, r.firm, height=0.11, color=colour, lw=0)
        ax.barh(y, r.surely - r.firm, left=r.firm, height=0.11, color=colour, alpha=0.4, lw=0)
        ax.barh(y, r.possibly - r.surely, left=r.surely, height=0.11, **perhaps)
    ax.set_xlim(0, max(int(data["possibly"].max()), 1) * 1.02)
    ax.locator_params(axis="x", nbins=5, integer=True)
    ax.grid(axis="x", lw=0.3)
    return drawing


def _range(low: int, high: int) -> str:
    return f"{low}" if low == high else f"{low} to {high}"


@chart
def contacts_and_sources(history: History) -> Figure:
    """Contacts of a decade against the sources published in it, and the one for a hundred of the other.

    history: the whole, a chapter or a variant. `.data`, one row a decade: decade, counts of contacts, firm
    and hidden ones, sources issued and read, and their claims; a_hundred (contacts for 100 sources). Source:
    events and sources.

    >>> from without_recognition import charts, load
    >>> charts.contacts_and_sources(load()).data["decade"].iloc[0]
    '1940s'
    """
    key = "contacts-and-sources"
    t = contact.density(history)
    if t.empty:
        return empty(key, "No contact yet", "No contact and no source yet.")
    lay = rows.Rows(
        t["decade"].to_list(),
        column=0.5,
        beside=True,
        notes=[f"{counted(r.contacts, 'contact')}, {counted(r.sources, 'source')}" for r in t.itertuples()],
        deep=[0.17] * len(t),
    )
    drawing, ax = lay.drawn(bottom=0.42)
    lay.rules(ax)
    rated = t[t["sources"] > 0]
    at = dict(zip(t["decade"], lay.at))
    for r in rated.itertuples():
        ax.plot([0, r.a_hundred], [at[r.decade]] * 2, color=BLUE, lw=1.2)
        ax.plot(r.a_hundred, at[r.decade], "o", ms=6, color=BLUE, gid=f"row:{r.decade}:rate", clip_on=False)
    ax.set_xlim(0, max(rated["a_hundred"].max(), 1) * 1.04 if len(rated) else 1)
    ax.locator_params(axis="x", nbins=4)
    ax.set_xlabel(
        "contacts for 100 sources" if style.narrow() else "contacts for 100 sources published in the decade"
    )
    ax.grid(axis="x", lw=0.3)
    top = t.loc[t["contacts"].idxmax()]
    peak = rated.loc[rated["a_hundred"].idxmax()] if len(rated) else top
    rate = f"the {peak['decade']} have most contacts for a hundred sources ({peak['a_hundred']:.1f})"
    count = f"the {top['decade']} most contacts ({top['contacts']})"
    return finish(
        drawing,
        key=key,
        data=rounded(t, 2),
        title=f"{rate}, {count}" if len(rated) else f"T{count[1:]}; no source has a decade",
        alt=f"{'T' + rate[1:] if len(rated) else 'No source has a decade'}; {count}, "
        f"with {counted(int(top['sources']), 'source')}.",
        caption="contacts that fall in one decade for a hundred sources that we read and that were published in it.",
        lacks="how many contacts there were: where little was printed or read, little was found.",
        numbers=[
            (
                r.decade,
                f"{counted(r.contacts, 'contact')} ({r.firm} firm), {counted(r.sources, 'source')}, "
                f"{r.a_hundred:.1f} for 100"
                if r.sources
                else "no rate",
            )
            for r in t.itertuples()
        ],
        counted=f"{counted(int(t['contacts'].sum()), 'contact')}, {counted(int(t['sources'].sum()), 'source')}",
    )
