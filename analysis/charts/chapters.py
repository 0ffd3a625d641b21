"""Figures that every chapter can draw of its own events and claims."""
from __future__ import annotations

import textwrap
from collections import Counter
from datetime import date

import pandas as pd
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, DateFormatter, YearLocator, date2num
from matplotlib.ticker import MaxNLocator

from analysis import dates, evidence
from analysis.charts.figure import Figure, chart, drawn, empty, finish
from analysis.charts.style import INK, MUTED, PALETTE, RULE, SIDES, bar, bare, mark
from analysis.dataset import History

MOST = 26  #: events that one figure names
ROW = 0.245  #: inches a row of one line
PERSPECTIVES = ("pakistani", "israeli", "palestinian", "indian", "american", "turkish", "arab", "international",
                "other")


def _title(history: History) -> str:
    return history.chapters.get(history.slug, "the whole book")


def _told(history: History) -> pd.DataFrame:
    """The events of a chapter that frame facts do not crowd out: at most MOST, the most told and witnessed, by date."""
    e = evidence.events(history)
    e = e[e["channel"] != "context"].copy()
    e["sort"] = [dates.parse(d).sort_key for d in e["date"]]
    e["weight"] = e["lines"] + e["mentions"]
    best = e.sort_values(["weight", "event_id"], ascending=[False, True]).head(MOST)
    return best.sort_values(["sort", "event_id"])


def _wrapped(title: str, width: int) -> str:
    return textwrap.fill(title, width)


def _heights(labels: list[str]) -> list[float]:
    """Row heights in units of one line."""
    return [1.0 if "\n" not in label else 1.5 + 0.5 * (label.count("\n") - 1) for label in labels]


def _centres(heights: list[float]) -> list[float]:
    at, out = 0.0, []
    for h in heights:
        out.append(at + h / 2)
        at += h
    return out


def _counted(history: History) -> str:
    return f"{len(history.events)} events, {len(history.claims)} claims, {len(set(history.claims['source_id']))} sources"


def _words(grade: str, status: str) -> str:
    return grade if status == "unchallenged" else f"{grade}, {status}"


@chart
def timeline(history: History) -> Figure:
    """When it happened: one row an event, the fill of the mark is its grade, a bar is an uncertain or long date."""
    title, key = f"{_title(history)}: what happened when", f"timeline-{history.slug}"
    e = _told(history)
    if e.empty:
        return empty(key, title, "No event of this chapter is coded yet.")
    spans = [dates.parse(d) for d in e["date"]]
    labels = [_wrapped(t, 58) for t in e["title"]]
    heights = _heights(labels)
    centres = _centres(heights)
    low, high = _window(history, [s.earliest for s in spans], [s.latest for s in spans])
    pad = max((high - low) * 0.03, 10)
    drawing, ax = drawn(height=0.55 + ROW * sum(heights))
    drawing.subplots_adjust(left=0.01, right=0.40, top=0.99, bottom=0.03)
    ax.set_xlim(low - pad, high + pad)
    ax.set_ylim(sum(heights), 0)
    for row, (event_id, event) in enumerate(e.iterrows()):
        y, s = centres[row], spans[row]
        start, end = (min(max(date2num(d), low), high) for d in (s.earliest, s.latest))
        ax.axhline(y, color=RULE, lw=0.4, zorder=1)
        _beyond(ax, s.earliest, s.latest, low, high, y)
        if end - start > (high - low + 2 * pad) * 0.018:
            bar(ax, start, end, y, event["grade"], event=event_id)
        else:
            mark(ax, (start + end) / 2, y, event["grade"], event=event_id)
        against = {"challenged": " ◊", "disputed": " ◆", "contradicted": " ×"}.get(event["status"], "")
        ax.text(1.03, y, labels[row] + against, transform=ax.get_yaxis_transform(), va="center", fontsize=7.2,
                linespacing=1.15, color=INK)
    _time_axis(ax)
    _grade_key(ax, sum(heights))
    data = e[["title", "date", "channel", "visibility", "grade", "status", "lines", "mentions"]].reset_index(names="event_id")
    data.insert(3, "earliest", [s.earliest.isoformat() for s in spans])
    data.insert(4, "latest", [s.latest.isoformat() for s in spans])
    all_events = history.events[history.events["channel"] != "context"]
    grades = Counter(e["grade"])
    of = f" of {len(all_events)}" if len(e) < len(all_events) else ""
    alt = (f"Timeline of {len(e)}{of} events from {dates.parse(e['date'].iloc[0]).earliest.year} to "
           f"{max(s.latest for s in spans).year}; {grades['documented']} are documented.")
    chosen = f" Shown are the {len(e)} most told and best witnessed{of}; all stand on the reference pages." if of else ""
    caption = ("Each row is one event. Filled: documented; half filled: corroborated; ring with dot: attested; "
               f"empty: alleged. Bars are dates known only within bounds, or spans. ◊ challenged, ◆ disputed, × contradicted.{chosen}")
    return finish(drawing, key=key, data=data, title=title, caption=caption, alt=alt,
                  description="; ".join(f"{dates.bare(r.date)}: {r.title} ({_words(r.grade, r.status)})" for r in data.itertuples()),
                  event_ids=e.index, counted=_counted(history))


def _window(history: History, starts, ends) -> tuple[float, float]:
    """Where a time axis begins and ends: the drawn dates, but no further than the chapter's own years."""
    period = history.period
    low = max(date2num(max(min(starts), date(1, 1, 2))), date2num(period.earliest))
    high = min(date2num(min(max(ends), date(9999, 12, 30))), date2num(period.latest))
    return (low, high) if low < high else (date2num(period.earliest), date2num(period.latest))


def _beyond(ax, earliest: date, latest: date, low: float, high: float, y: float) -> None:
    """A small arrow where a date runs out of the axis."""
    if date2num(max(earliest, date(1, 1, 2))) < low:
        ax.plot(ax.get_xlim()[0], y, "<", ms=4, color=MUTED, clip_on=False, zorder=3)
    if date2num(min(latest, date(9999, 12, 30))) > high:
        ax.plot(ax.get_xlim()[1], y, ">", ms=4, color=MUTED, clip_on=False, zorder=3)


def _time_axis(ax) -> None:
    low, high = ax.get_xlim()
    years = (high - low) / 365.25
    if years > 4:
        ax.xaxis.set_major_locator(YearLocator(base=next(b for b in (1, 2, 5, 10, 20, 50) if years / b < 7)))
        ax.xaxis.set_major_formatter(DateFormatter("%Y"))
    else:
        locator = AutoDateLocator(minticks=3, maxticks=9)
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
    ax.tick_params(axis="x", length=2)
    ax.yaxis.set_visible(False)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", lw=0.3)
    ax.set_axisbelow(True)


def _grade_key(ax, bottom: float) -> None:
    """The four marks with their words, below the axis."""
    low, high = ax.get_xlim()
    width = (high - low) / 0.39  # the axes take 0.39 of the drawing
    for i, grade in enumerate(evidence.GRADES):
        x = low + width * (0.42 + i * 0.148)
        mark(ax, x, bottom + 0.7, grade, size=5.5)
        ax.text(x + width * 0.014, bottom + 0.7, grade, va="center", fontsize=7, color=MUTED, clip_on=False)


def heard(judgement: evidence.Judgement, side: str) -> dict[str, int]:
    """How many of one side speak: witnesses whose word counts, tellings that do not count, denials."""
    own = [r for r in judgement.affirms if r.side == side]
    return {"witnesses": len(evidence.line_keys(own)), "tellings": sum(not r.counts for r in own),
            "denials": sum(r.side == side for r in judgement.denies)}


@chart
def who_says(history: History) -> Figure:
    """Whose voice carries each event: affirming witnesses and denials by perspective."""
    title, key = f"{_title(history)}: who says so", f"who-says-{history.slug}"
    e = _told(history)
    if e.empty:
        return empty(key, title, "No event of this chapter is coded yet.")
    rows = []
    for event_id in e.index:
        cells = {side: heard(evidence.judge(history, event_id), side) for side in PERSPECTIVES}
        rows += [{"event_id": event_id, "title": e.at[event_id, "title"], "perspective": side, **cells[side]}
                 for side in PERSPECTIVES if any(cells[side].values())]
    data = pd.DataFrame(rows)
    sides = [s for s in PERSPECTIVES if s in set(data["perspective"])]
    labels = [_wrapped(t, 52) for t in e["title"]]
    heights = _heights(labels)
    centres = dict(zip(e.index, _centres(heights)))
    drawing, ax = drawn(height=0.75 + ROW * sum(heights))
    drawing.subplots_adjust(left=0.01, right=0.52, top=0.93, bottom=0.02)
    ax.set_xlim(-0.6, len(sides) - 0.4)
    ax.set_ylim(sum(heights), 0)
    for y in centres.values():
        ax.axhline(y, color=RULE, lw=0.4, zorder=1)
    for r in data.itertuples():
        x, y, colour = sides.index(r.perspective), centres[r.event_id], SIDES.get(r.perspective, INK)
        gid = f"ev:{r.event_id}"
        if r.witnesses:
            ax.plot(x, y, "o", ms=8.5, color=colour, gid=gid, zorder=4)
            ax.text(x, y, str(r.witnesses), color="#ffffff", ha="center", va="center_baseline", fontsize=6.2, zorder=5,
                    fontweight="bold")
        elif r.tellings:
            ax.plot(x, y, "o", ms=5, mfc="none", mec=colour, mew=0.8, gid=gid, zorder=4)
        if r.denials:
            ax.plot(x + 0.3, y, "x", ms=5, color=PALETTE["orange"], mew=1.6, gid=gid + ":no", zorder=5)
    for event_id, label in zip(e.index, labels):
        ax.text(1.02, centres[event_id], label, transform=ax.get_yaxis_transform(), va="center", fontsize=7.2,
                linespacing=1.15)
    ax.set_xticks(range(len(sides)), [s.capitalize() for s in sides], rotation=38, ha="left")
    ax.xaxis.tick_top()
    bare(ax)
    witnesses = data.groupby("perspective")["witnesses"].sum()
    most = witnesses.idxmax() if witnesses.sum() else sides[0]
    alt = (f"Matrix of {len(e)} events by perspective: {int(witnesses.sum())} witnesses in all, most of them "
           f"{most} ({int(witnesses.max())}); {int(data['denials'].sum())} denials.")
    caption = ("Filled circles count the distinct witnesses whose word counts; an empty circle is a telling that does "
               "not count (hearsay, inference or too weak); a cross is a denial.")
    return finish(drawing, key=key, data=data, title=title, caption=caption, alt=alt,
                  description="; ".join(f"{r.title}: {r.perspective} {r.witnesses} witnesses, {r.tellings} tellings, {r.denials} denials"
                                        for r in data.itertuples()),
                  event_ids=e.index, counted=_counted(history))


@chart
def echo(history: History) -> Figure:
    """How loud and how well witnessed: mentions against lines of evidence."""
    title, key = f"{_title(history)}: mentions and witnesses", f"echo-{history.slug}"
    e = evidence.events(history)
    e = e[e["mentions"] > 1].copy()
    if e.empty:
        return empty(key, title, "No event of this chapter is told more than once.")
    e["gap"] = e["mentions"] - e["lines"]
    e = e.sort_values(["gap", "mentions", "event_id"], ascending=[False, False, True]).head(18)
    labels = [_wrapped(t, 52) for t in e["title"]]
    heights = _heights(labels)
    centres = _centres(heights)
    drawing, ax = drawn(height=0.6 + ROW * sum(heights))
    drawing.subplots_adjust(left=0.01, right=0.48, top=0.93, bottom=0.02)
    ax.set_xlim(-0.5, e["mentions"].max() + 0.8)
    ax.set_ylim(sum(heights), 0)
    for y, (event_id, r) in zip(centres, e.iterrows()):
        ax.plot([r["lines"], r["mentions"]], [y, y], color=MUTED, lw=1.2, zorder=2)
        ax.plot(r["mentions"], y, "|", ms=8, color=INK, mew=1.6, gid=f"ev:{event_id}:m", zorder=3)
        mark(ax, r["lines"], y, r["grade"], size=6, event=event_id)
    for y, label in zip(centres, labels):
        ax.text(1.03, y, label, transform=ax.get_yaxis_transform(), va="center", fontsize=7.2, linespacing=1.15)
    ax.xaxis.tick_top()
    ax.xaxis.set_label_position("top")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
    ax.set_xlabel("circle: witnesses   ·   stroke: mentions", fontsize=7.2)
    ax.grid(axis="x", lw=0.3)
    bare(ax)
    data = e[["title", "lines", "mentions", "grade", "status"]].reset_index(names="event_id")
    top = e.iloc[0]
    ratio = f"{int(top['mentions'])} mentions rest on {int(top['lines'])} witnesses"
    alt = f"Mentions against witnesses for {len(e)} events; the widest gap: {ratio} ({top['title']})."
    return finish(drawing, key=key, data=data, title=title, alt=alt,
                  caption="The further the stroke stands from the circle, the more the story was repeated rather than "
                          "witnessed. Repetition is not corroboration.",
                  description="; ".join(f"{r.title}: {r.lines} witnesses, {r.mentions} mentions" for r in data.itertuples()),
                  event_ids=e.index, counted=_counted(history))


@chart
def disclosure(history: History) -> Figure:
    """From the event to its first known publication, for what was not public when it happened."""
    title, key = f"{_title(history)}: how long it stayed hidden", f"disclosure-{history.slug}"
    d = evidence.disclosure(history).join(evidence.events(history)[["title", "visibility", "grade", "status"]])
    d = d[d["visibility"] != "public"].sort_values(["happened", "public_by"]).copy()
    if d.empty:
        return empty(key, title, "Every event of this chapter was public when it happened.")
    d = d.head(MOST)
    labels = [_wrapped(t, 52) for t in d["title"]]
    heights = _heights(labels)
    centres = _centres(heights)
    drawing, ax = drawn(height=0.55 + ROW * sum(heights))
    drawing.subplots_adjust(left=0.01, right=0.48, top=0.97, bottom=0.03)
    low, high = date2num(min(d["happened"])), date2num(max(d["public_by"]))
    pad = max((high - low) * 0.04, 30)
    ax.set_xlim(low - pad, high + pad)
    ax.set_ylim(sum(heights), 0)
    for y, (event_id, r) in zip(centres, d.iterrows()):
        start, end = date2num(r["happened"]), date2num(r["public_by"])
        ax.plot([start, end], [y, y], color=MUTED, lw=1.2, ls=(0, (2, 1.5)) if r["via_unread"] else "-", zorder=2)
        mark(ax, start, y, r["grade"], size=6, event=event_id)
        ax.plot(end, y, "|", ms=8, color=INK, mew=1.6, gid=f"ev:{event_id}:p", zorder=3)
    for y, label in zip(centres, labels):
        ax.text(1.03, y, label, transform=ax.get_yaxis_transform(), va="center", fontsize=7.2, linespacing=1.15)
    _time_axis(ax)
    data = d.reset_index(names="event_id")[["event_id", "title", "happened", "public_by", "days", "source_id", "via_unread", "grade"]]
    years = d["days"] / 365.25
    alt = (f"{len(d)} events that were not public at the time; half of them became known within "
           f"{years.median():.1f} years, the slowest after {years.max():.0f}.")
    return finish(drawing, key=key, data=data, title=title, alt=alt,
                  caption="Circle: the event (its latest possible day); stroke: the earliest publication along the whole "
                          "chain of sources; dashed: that publication is known only through others. An event stands here "
                          "only because it was disclosed, so recent years look faster than they are.",
                  description="; ".join(f"{r.title}: happened by {r.happened}, public by {r.public_by}" for r in data.itertuples()),
                  event_ids=d.index, counted=_counted(history))


@chart
def balance(history: History) -> Figure:
    """Whose sources, of which kind: claims by perspective and kind of source."""
    title, key = f"{_title(history)}: whose sources", f"balance-{history.slug}"
    if history.claims.empty:
        return empty(key, title, "No claim of this chapter is coded yet.")
    kinds = [c["value"] for c in next(f for r in history.package["resources"] if r["name"] == "sources"
                                      for f in r["schema"]["fields"] if f["name"] == "kind")["categories"]]
    c = history.claims.join(history.whole.sources[["perspective", "kind"]], on="source_id")
    table = c.groupby(["perspective", "kind"]).agg(claims=("claim_id", "size"), sources=("source_id", "nunique")).reset_index()
    sides = [s for s in PERSPECTIVES if s in set(table["perspective"])]
    kinds = [k for k in kinds if k in set(table["kind"])]
    drawing, ax = drawn(height=0.95 + 0.3 * len(sides))
    drawing.subplots_adjust(left=0.15, right=0.93, top=0.70, bottom=0.02)
    ax.set_xlim(-0.5, len(kinds) - 0.5)
    ax.set_ylim(len(sides) - 0.5, -0.5)
    most = table["claims"].max()
    for r in table.itertuples():
        x, y = kinds.index(r.kind), sides.index(r.perspective)
        colour = SIDES.get(r.perspective, MUTED)
        ax.plot(x - 0.12, y, "o", ms=3 + 11 * (r.claims / most) ** 0.5, color=colour, alpha=0.85)
        ax.text(x + 0.1, y, str(r.claims), va="center", fontsize=7.2)
    ax.set_yticks(range(len(sides)), [s.capitalize() for s in sides])
    ax.set_xticks(range(len(kinds)), [k.replace("_", " ") for k in kinds], rotation=30, ha="left")
    ax.xaxis.tick_top()
    bare(ax, left=True)
    ax.grid(axis="y", lw=0.3)
    by_side = table.groupby("perspective")["claims"].sum().sort_values(ascending=False)
    share = 100 * by_side.iloc[0] / by_side.sum()
    alt = f"{int(by_side.sum())} claims by perspective and kind of source; {by_side.index[0]} sources give {share:.0f} per cent."
    return finish(drawing, key=key, data=table, title=title, alt=alt,
                  caption="Claims by the perspective of the source and its kind; the number is the count of claims. "
                          "Where a side has few or none, the chapter says so.",
                  description="; ".join(f"{r.perspective}, {r.kind}: {r.claims} claims from {r.sources} sources" for r in table.itertuples()),
                  counted=_counted(history))


@chart
def channels(history: History) -> Figure:
    """Through what they touched and what the public could see: one mark an event."""
    title, key = f"{_title(history)}: channels and visibility", f"channels-{history.slug}"
    e = evidence.events(history)
    e = e[e["channel"] != "context"].copy()
    if e.empty:
        return empty(key, title, "No event of this chapter is coded yet.")
    e["sort"] = [dates.parse(d).sort_key for d in e["date"]]
    names = [c for c in ("diplomatic", "intelligence", "military", "trade", "people_to_people", "religious", "media",
                         "statement") if c in set(e["channel"])]
    kinds = ("public", "unacknowledged", "secret")
    across = 14
    cells = {(c, v): e[(e["channel"] == c) & (e["visibility"] == v)].sort_values(["sort", "event_id"]) for c in names for v in kinds}
    deep = {c: max(1, *(-(-len(cells[c, v]) // across) for v in kinds)) for c in names}
    drawing, ax = drawn(height=0.7 + 0.19 * sum(d + 0.5 for d in deep.values()))
    drawing.subplots_adjust(left=0.15, right=0.99, top=0.9, bottom=0.02)
    ax.set_xlim(-0.7, 3 * (across + 1.5))
    total = sum(d + 0.5 for d in deep.values())
    ax.set_ylim(total, -0.2)
    at, ticks, rows = 0.0, [], []
    for c in names:
        ticks.append(at + (deep[c] - 1) / 2 + 0.5)
        for i, v in enumerate(kinds):
            for n, (event_id, r) in enumerate(cells[c, v].iterrows()):
                mark(ax, i * (across + 1.5) + n % across, at + 0.5 + n // across, r["grade"], size=5.2, event=event_id)
                rows.append({"event_id": event_id, "title": r["title"], "channel": c, "visibility": v, "grade": r["grade"]})
        at += deep[c] + 0.5
        ax.axhline(at - 0.1, color=RULE, lw=0.4)
    ax.set_yticks(ticks, [c.replace("_", " ").capitalize() for c in names])
    ax.set_xticks([i * (across + 1.5) for i in range(3)], [f"{v} ({sum(len(cells[c, v]) for c in names)})" for v in kinds], ha="left")
    ax.xaxis.tick_top()
    bare(ax, left=True)
    data = pd.DataFrame(rows)
    hidden = int((e["visibility"] != "public").sum())
    alt = f"{len(e)} events by channel and visibility; {hidden} were not public when they happened."
    return finish(drawing, key=key, data=data, title=title, alt=alt,
                  caption="One mark an event, in order of date; the fill is its grade (filled: documented; half filled: "
                          "corroborated; ring with dot: attested; empty: alleged).",
                  description="; ".join(f"{c.replace('_', ' ')}, {v}: {len(cells[c, v])}" for c in names for v in kinds if len(cells[c, v])),
                  event_ids=list(e.index), counted=_counted(history))
