"""Figures of the finding on contact and secrecy."""
from __future__ import annotations

from collections import Counter
from datetime import date

import pandas as pd
from matplotlib.dates import DateFormatter, YearLocator, date2num

from analysis import dates
from analysis.charts.figure import Figure, chart, drawn, empty, finish
from analysis.charts.findings_parts import intervals, matrix, rounded, words
from analysis.charts.style import BLUE, INK, MUTED, PALETTE, RULE, SIDES, bar, bare, mark
from analysis.dataset import History
from analysis.findings import contact

FEWEST_YEARS = 1  #: in office, to stand in the figure


@chart
def contacts_over_time(history: History) -> Figure:
    """Every contact, hidden above and public below; loosely dated ones as bars."""
    key, title = "contacts-over-time", "Contacts between Pakistan and Israel, by year"
    found = contact.contacts(history)
    if found.empty:
        return empty(key, title, "No contact is coded yet.")
    low, high = date(1946, 6, 1), date(contact.closing(history).year + 1, 6, 1)
    rows, stacked = [], Counter()
    for event_id, r in found.iterrows():
        loose = (r["latest"] - r["earliest"]).days > contact.WIDEST
        lane = "loose" if loose else "hidden" if r["hidden"] else "public"
        place = lane if loose else (lane, r["latest"].year)
        rows.append({"event_id": event_id, "title": r["title"], "date": r["date"], "year": r["latest"].year, "lane": lane,
                     "row": stacked[place], "channel": r["channel"], "visibility": r["visibility"], "grade": r["grade"]})
        stacked[place] += 1
    data = pd.DataFrame(rows)
    deep = {lane: int(data.loc[data["lane"] == lane, "row"].max()) + 1 if (data["lane"] == lane).any() else 1
            for lane in ("hidden", "public", "loose")}
    height = 0.135 * sum(deep.values()) + 1.3
    drawing, axes = drawn(height=height, nrows=3, sharex=True, height_ratios=[d + 1.2 for d in deep.values()])
    drawing.subplots_adjust(left=0.02, right=0.99, top=0.97, bottom=0.32 / height, hspace=0.18)
    heads = {"hidden": "Not public at the time", "public": "Public at the time", "loose": "Known only within years"}
    for ax, lane in zip(axes, deep):
        ax.set_xlim(date2num(low), date2num(high))
        ax.set_ylim(deep[lane] - 0.4, -1.5) if lane == "loose" else ax.set_ylim(-0.7, deep[lane] + 0.5)
        part = data[data["lane"] == lane]
        ax.set_title(f"{heads[lane]}: {len(part)}", fontsize=8, pad=2)
        for r in part.itertuples():
            if lane == "loose":
                span = dates.parse(r.date)
                bar(ax, max(date2num(max(span.earliest, low)), date2num(low)), date2num(min(span.latest, high)), r.row,
                    r.grade, event=r.event_id, height=0.55)
            else:
                mark(ax, date2num(date(r.year, 7, 1)), r.row, r.grade, size=4.6, event=r.event_id)
        ax.xaxis.set_major_locator(YearLocator(10))
        ax.xaxis.set_major_formatter(DateFormatter("%Y"))
        ax.yaxis.set_visible(False)
        ax.spines["left"].set_visible(False)
        ax.grid(axis="x", lw=0.3)
        ax.set_axisbelow(True)
        ax.tick_params(axis="x", length=0 if lane != "loose" else 2)
    grades = Counter(found["grade"])
    peak, most = Counter(data.loc[data["lane"] != "loose", "year"]).most_common(1)[0] if (data["lane"] != "loose").any() \
        else (int(data["year"].max()), len(data))
    firm = grades["documented"] + grades["corroborated"]
    return finish(
        drawing, key=key, data=data, title=title, event_ids=found.index, counted=f"{len(found)} contacts",
        alt=f"{len(found)} contacts, {int(found['hidden'].sum())} of them not public at the time; {firm} are documented or "
            f"corroborated; the fullest year is {peak} with {most}.",
        caption="One mark a contact, stacked by year. Filled: documented; half filled: corroborated; ring with dot: attested; "
                "empty (or dashed): alleged. Bars: contacts whose date is known only within more than two years.",
        description="; ".join(f"{dates.bare(r.date)}: {r.title} ({words(r.channel).lower()}, {r.visibility}, {r.grade})"
                              for r in data.itertuples()))


@chart
def contacts_by_government(history: History) -> Figure:
    """Contacts under each leader of either state: from those that surely to those that possibly fall in the term."""
    tables = {name: contact.by_government(history, code).query("years >= @FEWEST_YEARS")
              for name, code in (("Pakistan", "PAK"), ("Israel", "ISR"))}
    sizes = [len(t) for t in tables.values()]
    drawing, axes = drawn(height=0.9 + 0.195 * sum(sizes), nrows=2, sharex=True, height_ratios=sizes)
    drawing.subplots_adjust(left=0.27, right=0.83, top=0.95, bottom=0.07, hspace=0.12)
    most = max(int(t["possibly"].max()) for t in tables.values())
    for ax, (name, t) in zip(axes, tables.items()):
        colour = SIDES["pakistani" if name == "Pakistan" else "israeli"]
        ax.set_title(name, fontsize=8.5, color=colour, pad=3)
        ax.set_xlim(-0.7, most + 0.7)
        ax.set_ylim(len(t) - 0.5, -0.5)
        for y, r in enumerate(t.itertuples()):
            ax.axhline(y, color=RULE, lw=0.4, zorder=1)
            ax.plot([r.surely, r.possibly], [y, y], color=MUTED, lw=1, ls=(0, (2, 1.5)), zorder=2)
            ax.plot(r.possibly, y, "|", ms=7, color=MUTED, mew=1.2, zorder=3)
            ax.plot(r.surely, y, "o", ms=6, mfc="none", mec=colour, mew=1, zorder=4, gid=f"row:{r.leader}")
            ax.plot(r.firm, y, "o", ms=4, color=colour, zorder=5)
            low, high = f"{r.surely_a_year:.1f}", f"{r.possibly_a_year:.1f}"
            ax.text(1.02, y, f"{low if low == high else f'{low}-{high}'} a year", transform=ax.get_yaxis_transform(),
                    va="center", fontsize=6.6, color=MUTED)
        ax.set_yticks(range(len(t)), [f"{r.leader}, {r.years:.1f} y" for r in t.itertuples()], fontsize=7.2)
        bare(ax, left=True)
        ax.grid(axis="x", lw=0.3)
        ax.set_axisbelow(True)
    data = pd.concat([t.assign(country=name) for name, t in tables.items()])
    top = {name: t.loc[t["surely"].idxmax()] for name, t in tables.items()}
    return finish(
        drawing, key="contacts-by-government", data=rounded(data), title="Contacts under each government",
        alt="; ".join(f"{name}: most under {r['leader']}, {r['surely']} for sure and {r['possibly']} at most"
                      for name, r in top.items()) + ".",
        caption="Filled dot: documented or corroborated contacts that surely fall in the term; ring: all that surely fall in it; "
                "stroke: those that may, given the uncertain dates. Leaders with at least one year in office, all terms together; "
                "contacts spread over more than ten years are left out. At the right, contacts for a year in office.",
        description="; ".join(f"{r.leader} ({r.country}, {r.years:.1f} years): {r.firm} firm, {r.surely} surely, {r.possibly} possibly"
                              for r in data.itertuples()),
        counted="leaders: Archigos 4.1, REIGN, own coding")


@chart
def time_to_disclosure(history: History) -> Figure:
    """How soon hidden contacts became known: reverse-time product-limit curves, and decades over equal windows."""
    key, title = "time-to-disclosure", "How long contacts stayed hidden"
    try:
        curves = {"any": contact.lag_curve(history), "read": contact.lag_curve(history, read_only=True)}
    except ValueError:
        return empty(key, title, "No hidden contact has a date and a publication within the horizon.")
    labels = {"any": "any publication known to us", "read": "only publications that we read"}
    tables = {name: contact.equal_windows(history, "decade", read_only=name == "read") for name in curves}
    drawing, (left, right) = drawn(height=2.9, ncols=2, width_ratios=[1.5, 1])
    drawing.subplots_adjust(left=0.07, right=0.90, top=0.88, bottom=0.13, wspace=0.32)
    rows = []
    for name, colour, style in (("any", BLUE, "-"), ("read", PALETTE["orange"], (0, (4, 1.5)))):
        c = curves[name]
        x = [0.0, *(d / contact.YEAR for d in c.x), contact.HORIZON]
        s, low, high = ([0.0, *v, v[-1]] for v in (c.share, c.low, c.high))
        left.fill_between(x, low, high, step="post", color=colour, alpha=0.13, lw=0)
        left.step(x, s, where="post", color=colour, lw=1.5, ls=style, gid=f"curve:{name}")
        rows += [{"part": f"curve, {labels[name]}", "group": "", "years": a / contact.YEAR, "share": b, "low": d, "high": e, "n": c.n}
                 for a, b, d, e in zip(c.x, c.share, c.low, c.high)]
    left.set_xlim(-0.4, contact.HORIZON)
    left.set_ylim(0, 1.02)
    left.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100"])
    left.set_xlabel("years after the contact", fontsize=7.2)
    left.set_title(f"Known so far, per cent of those known within {contact.HORIZON} years", fontsize=7.4)
    left.text(contact.HORIZON * 0.32, 0.16, f"- - {labels['read']} (n = {curves['read'].n})", color=PALETTE["orange"], fontsize=6.8)
    left.text(contact.HORIZON * 0.32, 0.07, f"-- {labels['any']} (n = {curves['any'].n})", color=BLUE, fontsize=6.8)
    left.grid(axis="y", lw=0.3)
    shown = sorted(set(tables["any"]["decade"]) | set(tables["read"]["decade"]))
    for name, colour, offset in (("any", BLUE, 0.0), ("read", PALETTE["orange"], 0.27)):
        t = tables[name].set_index("decade").reindex(shown).reset_index().fillna({"n": 0, "known": 0})
        t = t[t["n"] > 0].reset_index(drop=True) if not offset else t
        intervals(right, t, group="decade", value="share", colour=colour, offset=offset, hollow=bool(offset),
                  notes=[f"{r.known:.0f} of {r.n:.0f}" if r.n else "none" for r in t.itertuples()])
        rows += [{"part": f"equal windows, {labels[name]}", "group": r.decade, "years": 1, "share": r.share, "low": r.low,
                  "high": r.high, "n": r.n} for r in tables[name].itertuples()]
    right.set_yticks(range(len(shown)), shown)
    right.set_ylim(len(shown) - 0.3, -0.5)
    right.set_xlim(0, 1)
    right.set_xticks([0, 0.5, 1], ["0", "50", "100"])
    right.set_title("Within a year, of ten", fontsize=7.4)
    right.set_xlabel("per cent", fontsize=7.2)
    a, r = curves["any"], curves["read"]
    return finish(
        drawing, key=key, data=rounded(pd.DataFrame(rows)), title=title, counted=f"{a.n} hidden contacts with a date",
        event_ids=contact.disclosures(history).index,
        alt=f"Of {a.n} hidden contacts that became known within {contact.HORIZON} years, half were known after "
            f"{a.quantile(.5) / contact.YEAR:.1f} years by any publication, {r.quantile(.5) / contact.YEAR:.1f} by those we read.",
        caption="Left: reverse-time product-limit estimate with 95 per cent bands, so that recent contacts do not look fast only because "
                "slow ones are still unknown. Right: by decade of the contact, the share known within one year among those known within ten, "
                "events at least ten years old; Wilson intervals. What has never been disclosed is in neither.",
        description="; ".join([f"within {y} years {100 * a.at(y * contact.YEAR):.0f} per cent ({100 * r.at(y * contact.YEAR):.0f} by what we read)"
                               for y in (1, 5, 10, 20)]
                              + [f"{t.decade}: {t.known} of {t.n} within one year" for t in tables["any"].itertuples()]))


@chart
def what_denials_deny(history: History) -> Figure:
    """What is denied, by whom: lines of denial by aspect and voice; in small, those of contacts."""
    key, title = "what-denials-deny", "What denials deny"
    found = contact.denials(history)
    if found.empty:
        return empty(key, title, "Nobody denies anything yet.")
    voices = [v for v in ("Pakistan", "other Pakistani", "Israel", "other Israeli", "others") if v in set(found["voice"])]
    aspects = found["aspect"].value_counts()
    aspects = sorted(aspects.index, key=lambda a: (-aspects[a], a))
    cells = found.groupby(["aspect", "voice"]).agg(lines=("event_id", "size"), of_contacts=("contact", "sum")).reset_index()
    cells["of_contacts"] = cells["of_contacts"].astype(int)
    cells["note"] = [f"({n})" if n else "" for n in cells["of_contacts"]]
    drawing, ax = drawn(height=0.85 + 0.25 * len(aspects))
    drawing.subplots_adjust(left=0.2, right=0.98, top=1 - 0.55 / (0.85 + 0.25 * len(aspects)), bottom=0.02)
    matrix(ax, cells, aspects, voices, row="aspect", column="voice", count="lines", beside="note",
           colour=lambda v: SIDES["pakistani"] if "Pakistan" in v else SIDES["israeli"] if "Israel" in v else MUTED)
    existence = int((found["aspect"] == "occurrence").sum())
    return finish(
        drawing, key=key, data=cells.drop(columns="note"), title=title, event_ids=sorted(set(found["event_id"])),
        alt=f"{len(found)} lines of denial: {existence} deny that the thing happened at all, "
            f"{int((found['aspect'] == 'official_character').sum())} only that it was official.",
        caption="Lines of denial (one witness, one proposition) by what is denied and whose voice; in brackets, those that concern a contact. "
                "Pakistan and Israel: the state itself, through its offices and office-holders.",
        description="; ".join(f"{words(r.aspect)}, {r.voice}: {r.lines}, {r.of_contacts} of contacts" for r in cells.itertuples()),
        counted=f"{len(found)} denials")


@chart
def recognition_conditions(history: History) -> Figure:
    """What Pakistan's leaders said would have to come first, statement by statement."""
    key, title = "recognition-conditions", "What would have to come first"
    found = contact.conditions(history)
    if found.empty:
        return empty(key, title, "No statement on recognition is coded yet.")
    columns = list(contact.POSITIONS)
    drawing, ax = drawn(height=1.55 + 0.18 * len(found))
    drawing.subplots_adjust(left=0.36, right=0.99, top=1 - 1.2 / (1.55 + 0.18 * len(found)), bottom=0.01)
    ax.set_xlim(-0.5, len(columns) - 0.3)
    ax.set_ylim(len(found) - 0.5, -0.5)
    for y, r in enumerate(found.itertuples()):
        x = columns.index(r.position)
        ax.axhline(y, color=RULE, lw=0.4, zorder=1)
        mark(ax, x, y, r.grade, size=5.6, event=r.event_id)
        if r.standing == "out_of_office":
            ax.plot(x, y, "s", ms=9.5, mfc="none", mec=PALETTE["orange"], mew=1, zorder=3)
    ax.set_yticks(range(len(found)), [f"{_short_name(r.name)}  {_when(r.date)}" for r in found.itertuples()], fontsize=6.8)
    ax.set_xticks(range(len(columns)), [contact.POSITIONS[c] for c in columns], rotation=38, ha="left", fontsize=6.8)
    ax.xaxis.tick_top()
    bare(ax, left=True)
    data = found[["claim_id", "event_id", "title", "date", "speaker", "position", "standing", "grade"]]
    counts = Counter(found["position"])
    top = counts.most_common(1)[0]
    return finish(
        drawing, key=key, data=data, title=title, event_ids=found["event_id"], counted=f"{len(found)} statements, one coder",
        alt=f"{len(found)} statements on recognition from {found['day'].iloc[0].year} to {found['day'].iloc[-1].year}; the position most often "
            f"taken is '{contact.POSITIONS[top[0]]}' ({top[1]}).",
        caption="One row a statement, in order of date, one position each, coded by us from the claim named in the CSV; the mark's fill is the "
                "grade of the statement. Squares: said out of office. The positions run from closed (left) to open (right).",
        description="; ".join(f"{dates.bare(r.date)}, {r.name}: {contact.POSITIONS[r.position]}" for r in found.itertuples()))


def _short_name(name: str) -> str:
    return {"Ministry of Foreign Affairs of Pakistan": "Foreign ministry",
            "Hafiz Muhammad Tahir Mehmood Ashrafi": "Tahir Ashrafi"}.get(name, name)


def _when(text: str) -> str:
    """The year, or the words for a longer time."""
    span = dates.parse(text)
    return str(span.latest.year) if span.earliest.year == span.latest.year else dates.bare(text).replace("the ", "")


@chart
def contacts_and_sources(history: History) -> Figure:
    """Contacts of a decade against the sources published in it, and the one for a hundred of the other."""
    key, title = "contacts-and-sources", "More sources, more contacts?"
    t = contact.density(history)
    if t.empty:
        return empty(key, title, "No contact and no source yet.")
    drawing, axes = drawn(height=0.75 + 0.26 * len(t), ncols=3, sharey=True)
    drawing.subplots_adjust(left=0.09, right=0.97, top=1 - 0.35 / (0.75 + 0.26 * len(t)), bottom=0.12, wspace=0.14)
    for ax, column, head in zip(axes, ("contacts", "sources", "a_hundred"),
                                ("contacts of the decade", "sources published in it", "contacts for 100 sources")):
        ax.set_title(head, fontsize=7.6)
        ax.set_ylim(len(t) - 0.5, -0.5)
        for y, r in enumerate(t.to_dict("records")):
            if column == "a_hundred":
                if r["sources"]:
                    ax.plot([r["low"], r["high"]], [y, y], color=BLUE, lw=1.3)
                    ax.plot(r[column], y, "o", ms=5, color=BLUE, gid=f"row:{r['decade']}:rate")
                continue
            ax.barh(y, r[column], height=0.6, color=PALETTE["band"], ec=MUTED, lw=0.6, gid=f"row:{r['decade']}:{column}")
            if column == "contacts":
                ax.barh(y, r["hidden"], height=0.6, color=MUTED, lw=0)
            ax.text(r[column], y, f" {r[column]}", va="center", fontsize=6.8, color=INK)
        ax.margins(x=0.16)
        ax.set_xlim(left=0)
        ax.set_yticks(range(len(t)), t["decade"])
        ax.tick_params(length=0)
        ax.spines["left"].set_visible(False)
        ax.grid(axis="x", lw=0.3)
        ax.set_axisbelow(True)
    top, thick = t.loc[t["contacts"].idxmax()], t.loc[t["sources"].idxmax()]
    return finish(
        drawing, key=key, data=rounded(t, 2), title=title,
        alt=f"The {top['decade']} have most contacts ({top['contacts']}), the {thick['decade']} most sources ({thick['sources']}, "
            f"against {thick['contacts']} contacts).",
        caption="Left: contacts that fall in one decade (dark: not public at the time). Middle: sources that we read and that were published in "
                "that decade. Right: the one for a hundred of the other, with Byar's 95 per cent interval of the count.",
        description="; ".join(f"{r.decade}: {r.contacts} contacts ({r.hidden} hidden), {r.sources} sources, {r.a_hundred:.1f} for 100"
                              for r in t.itertuples()),
        counted=f"{int(t['contacts'].sum())} contacts, {int(t['sources'].sum())} sources")
