"""Figures of the finding on contact and secrecy."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pandas as pd
from matplotlib.dates import DateFormatter, YearLocator, date2num

from without_recognition.charts import rows, style
from without_recognition.charts.chapter import time_axis
from without_recognition.charts.figure import Figure, chart, drawn, empty, finish
from without_recognition.charts.marks import counted, rounded, share, stacked, words
from without_recognition.charts.style import BLUE, INK, MUTED, PALETTE, SIDES, bar, mark
from without_recognition.data import dates
from without_recognition.data.dataset import History
from without_recognition.findings import contact

FEWEST_YEARS = 1  #: in office, to stand in the figure
ORANGE = PALETTE["orange"]
OTHERS_SAY: rows.Sign = (
    {"marker": "s", "ms": 8, "mfc": "none", "mec": ORANGE, "mew": 1},
    "that publication known only through others",
)


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
    low, high = date(1946, 6, 1), date(contact.closing(history).year + 1, 6, 1)
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
    data = pd.DataFrame(made)
    deep = {
        lane: int(data.loc[data["lane"] == lane, "row"].max()) + 1 if (data["lane"] == lane).any() else 1
        for lane in ("hidden", "public", "loose")
    }
    step = 0.1 if style.narrow() else 0.135
    height = step * sum(deep.values()) + 1.4
    drawing, axes = drawn(height=height, nrows=3, sharex=True, height_ratios=[d + 1.2 for d in deep.values()])
    drawing.subplots_adjust(left=0.02, right=0.99, top=0.97, bottom=0.32 / height, hspace=0.18)
    heads = {
        "hidden": "Not public at the time",
        "public": "Public at the time",
        "loose": "Known only within years",
    }
    for ax, lane in zip(axes, deep):
        ax.set_xlim(date2num(low), date2num(high))
        ax.set_ylim(deep[lane] - 0.4, -1.5) if lane == "loose" else ax.set_ylim(-0.7, deep[lane] + 0.5)
        part = data[data["lane"] == lane]
        ax.set_title(f"{heads[lane]}: {len(part)}", fontsize=8.4, pad=2)
        for r in part.itertuples():
            if lane == "loose":
                span = dates.parse(r.date)
                bar(
                    ax,
                    max(date2num(max(span.earliest, low)), date2num(low)),
                    date2num(min(span.latest, high)),
                    r.row,
                    r.grade,
                    event=r.event_id,
                    height=0.55,
                )
            else:
                mark(
                    ax,
                    date2num(date(r.year, 7, 1)),
                    r.row,
                    r.grade,
                    size=3.2 if style.narrow() else 4.6,
                    event=r.event_id,
                )
        ax.xaxis.set_major_locator(YearLocator(20 if style.narrow() else 10))
        ax.xaxis.set_major_formatter(DateFormatter("%Y"))
        ax.yaxis.set_visible(False)
        ax.spines["left"].set_visible(False)
        ax.grid(axis="x", lw=0.3)
        ax.set_axisbelow(True)
        ax.tick_params(axis="x", length=0 if lane != "loose" else 2)
    grades = Counter(found["grade"])
    peak, most = (
        Counter(data.loc[data["lane"] != "loose", "year"]).most_common(1)[0]
        if (data["lane"] != "loose").any()
        else (int(data["year"].max()), len(data))
    )
    firm = grades["documented"] + grades["corroborated"]
    return finish(
        drawing,
        key=key,
        data=data,
        title=f"{share(int(found['hidden'].sum()), len(found), 'contact', 'was hidden', 'were hidden')}; the fullest year is {peak}, with {most}",
        event_ids=found.index,
        counted=counted(len(found), "contact"),
        alt=f"{counted(len(found), 'contact')}, {int(found['hidden'].sum())} of them not public at the time; {firm} documented or "
        f"corroborated; the fullest year is {peak} with {most}.",
        caption="one mark a contact of officials or emissaries, direct or through others, each encounter once, stacked by "
        "year; a bar where the date is known only within more than two years.",
        lacks="contacts of which nobody has told, and how much was said in any of them.",
        signs=rows.GRADED,
        numbers=[
            (dates.bare(r.date), f"{r.title} ({words(r.channel).lower()}, {r.visibility}, {r.grade})")
            for r in data.itertuples()
        ],
    )


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
    lay = rows.Rows(
        [r.leader for r in data.itertuples()],
        column=1.9,
        heads={0: "Pakistan", len(tables[0]): "Israel"},
        notes=[f"{_range(r.surely, r.possibly)} in {r.years:.1f} years" for r in data.itertuples()],
        deep=[0.14] * len(data),
        gap=0.06,
    )
    drawing, ax = lay.drawn(bottom=0.26)
    for y, r in zip(lay.at, data.itertuples()):
        colour = SIDES["pakistani" if r.country == "Pakistan" else "israeli"]
        ax.barh(y, r.firm, height=0.11, color=colour, lw=0)
        ax.barh(y, r.surely - r.firm, left=r.firm, height=0.11, color=colour, alpha=0.4, lw=0)
        ax.barh(
            y,
            r.possibly - r.surely,
            left=r.surely,
            height=0.11,
            color="none",
            ec=MUTED,
            lw=0.6,
            ls=(0, (2, 1.2)),
        )
    ax.set_xlim(0, max(int(data["possibly"].max()), 1) * 1.02)
    ax.locator_params(axis="x", nbins=5, integer=True)
    ax.grid(axis="x", lw=0.3)
    top = {t["country"].iloc[0]: t.loc[t["surely"].idxmax()] for t in tables if len(t)}
    return finish(
        drawing,
        key="contacts-by-government",
        data=rounded(data),
        title="Most contacts fall under "
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


def _range(low: int, high: int) -> str:
    return f"{low}" if low == high else f"{low} to {high}"


@chart
def time_to_disclosure(history: History) -> Figure:
    """How long each hidden contact stayed hidden: one mark a contact, by its grade, longest first.

    history: the whole, a chapter or a variant. `.data`, one row a hidden contact with a date good to two
    years: event_id, title, date (EDTF), channel, grade, happened (its last possible day), public_by
    (datetime.date), days (between them), via_unread (whether that publication is known through others).
    Source: hidden contacts and dates of their sources.

    >>> from without_recognition import charts, load
    >>> bool((charts.time_to_disclosure(load()).data["days"] >= 0).all())
    True
    """
    key = "time-to-disclosure"
    data = contact.disclosures(history).reset_index()
    if data.empty:
        return empty(key, "No hidden contact", "No hidden contact has a date and a publication.")
    lay = rows.Rows(
        [f"{r.title}, {r.happened.year}" for r in data.itertuples()],
        column=3.3,
        events=data["event_id"].to_list(),
        deep=[0.16] * len(data),
        gap=0.06,
    )
    drawing, ax = lay.drawn(bottom=0.26)
    ax.set_xscale("log")
    ax.set_xlim(0.7, 40000)
    lay.rules(ax)
    for y, r in zip(lay.at, data.itertuples()):
        x = max(r.days, 1)
        mark(ax, x, y, r.grade, size=5.2, event=r.event_id)
        if r.via_unread:
            ax.plot(x, y, "s", ms=8.5, mfc="none", mec=ORANGE, mew=1, zorder=3, gid=f"ev:{r.event_id}:unread")
    ax.set_xticks([1, 30, contact.YEAR, 10 * contact.YEAR, 50 * contact.YEAR])
    ax.set_xticklabels(["day", "month", "year", "ten", "fifty"])
    ax.minorticks_off()
    ax.grid(axis="x", lw=0.3)
    ax.spines["bottom"].set_visible(False)
    soon, late = int((data["days"] <= contact.YEAR).sum()), int((data["days"] > 20 * contact.YEAR).sum())
    seen = share(
        soon, len(data), "hidden contact", "was in print within a year", "were in print within a year"
    )
    return finish(
        drawing,
        key=key,
        data=data,
        title=f"{seen}, {late or 'none'} only after more than twenty",
        counted=counted(len(data), "hidden contact") + " with a date",
        event_ids=data["event_id"],
        alt=f"Of {counted(len(data), 'hidden contact')} with a date {soon} were in print within a year, {late} after more than twenty.",
        caption="for each hidden contact with a date good to two years the time from the last day on which it can have happened to "
        "the first publication that we know, the longest first.",
        lacks="what was never disclosed.",
        signs=(*rows.GRADED, OTHERS_SAY),
        numbers=[(r.title, f"{counted(r.days, 'day')} ({r.grade})") for r in data.itertuples()],
    )


@chart
def what_denials_deny(history: History) -> Figure:
    """What is denied, by whom: lines of denial by aspect and voice; in small, those of contacts.

    history: the whole, a chapter or a variant. `.data`, one row an aspect and voice: aspect, voice, lines
    (of denial), of_contacts (those that concern a contact). Source: claims.

    >>> from without_recognition import charts, load
    >>> "Israel" in set(charts.what_denials_deny(load()).data["voice"])
    True
    """
    key = "what-denials-deny"
    found = contact.denials(history)
    if found.empty:
        return empty(key, "Nobody denies anything", "Nobody denies anything yet.")
    aspects = found["aspect"].value_counts()
    order = sorted(aspects.index, key=lambda a: (-aspects[a], a))
    cells = (
        found.groupby(["aspect", "voice"])
        .agg(lines=("event_id", "size"), of_contacts=("contact", "sum"))
        .reset_index()
    )
    cells["of_contacts"] = cells["of_contacts"].astype(int)
    of_contacts = cells.groupby("aspect")["of_contacts"].sum()
    voices = [v for v in VOICES if v in set(cells["voice"])]
    lay = rows.Rows(
        [words(a) for a in order],
        column=1.2,
        notes=[f"{aspects[a]}, {of_contacts[a] or 'none'} of contacts" for a in order],
        deep=[0.15] * len(order),
        gap=0.07,
    )
    drawing, ax = lay.drawn(bottom=0.02)
    stacked(
        ax,
        lay.at,
        cells,
        order,
        row="aspect",
        column="voice",
        count="lines",
        looks={v: VOICES[v] for v in voices},
    )
    existence = int((found["aspect"] == "occurrence").sum())
    official = int((found["aspect"] == "official_character").sum())
    return finish(
        drawing,
        key=key,
        data=cells,
        title=share(
            existence,
            len(found),
            "denial",
            "says that it did not happen at all",
            "say that it did not happen at all",
        )
        + (f", {official} only that it was official" if official else ""),
        event_ids=sorted(set(found["event_id"])),
        alt=f"{counted(len(found), 'line')} of denial: {existence} deny that the thing happened at all, {official} only that "
        "it was official.",
        caption="lines of denial (one witness, one proposition) by what is denied and by whose voice; the states are their "
        "offices and office-holders.",
        lacks="whether a denial is true.",
        signs=[({"marker": "s", "mec": "none", **look}, v) for v, look in VOICES.items() if v in voices],
        numbers=[
            (f"{words(r.aspect)}, {r.voice}", f"{r.lines}, {r.of_contacts} of contacts")
            for r in cells.itertuples()
        ],
        counted=counted(len(found), "denial"),
    )


#: voice -> how its part of a bar is filled
VOICES: dict[str, dict[str, Any]] = {
    "Pakistan": {"color": SIDES["pakistani"]},
    "other Pakistani": {"color": SIDES["pakistani"], "alpha": 0.4},
    "Israel": {"color": SIDES["israeli"]},
    "other Israeli": {"color": SIDES["israeli"], "alpha": 0.4},
    "others": {"color": MUTED, "alpha": 0.55},
}


@chart
def recognition_conditions(history: History) -> Figure:
    """What Pakistan's leaders said would have to come first, statement by statement.

    history: the whole, a chapter or a variant. `.data`, one row a statement: claim_id, event_id, title, date
    (EDTF), speaker, position, standing, grade. Source: claims, and the series recognition-conditions.

    >>> from without_recognition import charts, load
    >>> charts.recognition_conditions(load()).data["claim_id"].is_unique
    True
    """
    key = "recognition-conditions"
    found = contact.conditions(history)
    if found.empty:
        return empty(key, "No statement yet", "No statement on recognition is coded yet.")
    positions = [p for p in contact.POSITIONS if p in set(found["position"])]
    found = found.assign(place=[positions.index(p) for p in found["position"]])
    order = found.sort_values(["place", "day"], kind="stable")
    at = order["position"].to_list()
    lay = rows.Rows(
        [f"{_short_name(r.name)}, {_when(r.date)}" for r in order.itertuples()],
        column=1.75 if style.narrow() else 2.3,
        heads={at.index(p): f"{contact.POSITIONS[p]}: {at.count(p)}" for p in positions},
        events=order["event_id"].to_list(),
        deep=[0.14] * len(order),
        gap=0.05,
        beside=True,
    )
    drawing, ax = lay.drawn(bottom=0.26)
    days = [style.day(d) for d in order["day"]]
    pad = max((max(days) - min(days)) * 0.05, 300)
    ax.set_xlim(min(days) - pad, max(days) + pad)
    lay.rules(ax)
    for x, y, r in zip(days, lay.at, order.itertuples()):
        mark(ax, x, y, r.grade, size=5.4, event=r.event_id)
        if r.standing == "out_of_office":
            ax.plot(x, y, "s", ms=8.5, mfc="none", mec=ORANGE, mew=1, zorder=3, gid=f"ev:{r.event_id}:out")
    time_axis(ax)
    data = found[["claim_id", "event_id", "title", "date", "speaker", "position", "standing", "grade"]]
    top = Counter(found["position"]).most_common(1)[0]
    return finish(
        drawing,
        key=key,
        data=data,
        title=f"{share(top[1], len(found), 'statement', 'says', 'say')}: {contact.POSITIONS[top[0]]}",
        event_ids=found["event_id"],
        counted=f"{counted(len(found), 'statement')}, one coder",
        alt=f"{counted(len(found), 'statement')} on recognition from {found['day'].iloc[0].year} to {found['day'].iloc[-1].year}; the "
        f"position most often taken is '{contact.POSITIONS[top[0]]}' ({top[1]}).",
        caption="what Pakistan's leaders said would have to come first, from closed (above) to open (below), each statement at its "
        "date; one position each, coded by us.",
        lacks="what they would have done.",
        signs=(
            *rows.GRADED,
            ({"marker": "s", "ms": 8, "mfc": "none", "mec": ORANGE, "mew": 1}, "said out of office"),
        ),
        numbers=[
            (f"{dates.bare(r.date)}, {r.name}", contact.POSITIONS[r.position]) for r in found.itertuples()
        ],
    )


def _short_name(name: str) -> str:
    return {
        "Ministry of Foreign Affairs of Pakistan": "Foreign ministry",
        "Hafiz Muhammad Tahir Mehmood Ashrafi": "Tahir Ashrafi",
    }.get(name, name)


def _when(text: str) -> str:
    """The year, or the words for a longer time."""
    span = dates.parse(text)
    return (
        str(span.latest.year)
        if span.earliest.year == span.latest.year
        else dates.bare(text).replace("the ", "")
    )


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
    top, thick = t.loc[t["contacts"].idxmax()], t.loc[t["sources"].idxmax()]
    return finish(
        drawing,
        key=key,
        data=rounded(t, 2),
        title=f"The {top['decade']} have most contacts ({top['contacts']}), the {thick['decade']} most sources ({thick['sources']:,})"
        if top["decade"] != thick["decade"]
        else f"The {top['decade']} have most contacts ({top['contacts']}) and most sources ({top['sources']:,})",
        alt=f"The {top['decade']} have most contacts ({top['contacts']}), the {thick['decade']} most sources ({thick['sources']}, "
        f"against {thick['contacts']} contacts).",
        caption="contacts that fall in one decade for a hundred sources that we read and that were published in it.",
        lacks="how many contacts there were: where little was printed or read, little was found.",
        numbers=[
            (
                r.decade,
                f"{counted(r.contacts, 'contact')} ({r.firm} firm), {counted(r.sources, 'source')}, {r.a_hundred:.1f} for 100",
            )
            for r in t.itertuples()
        ],
        counted=f"{counted(int(t['contacts'].sum()), 'contact')}, {counted(int(t['sources'].sum()), 'source')}",
    )
