"""Pakistan and Israel in the larger picture: votes, and who else has relations with Israel."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from without_recognition import citations
from without_recognition.charts import rows, style
from without_recognition.charts.figure import Figure, chart, drawn, finish
from without_recognition.charts.style import BLUE, INK, MUTED, PALETTE
from without_recognition.data import series
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted
from without_recognition.findings import votes

POOLED = 5  #: years in one pooled rate


@chart
def un_key_votes(history: History | None = None) -> Figure:
    """How Pakistan, Israel, India and the United States voted on named resolutions.

    history: whose series are read; default the book's own. `.data`, one row a resolution and state: date,
    resolution, description, official_tally (yes-no-abstained), country (ISO 3166), vote (Y, N, A, "").
    Source: series un-key-votes.

    >>> from without_recognition import charts, load
    >>> charts.un_key_votes().data.query("resolution == 'A/RES/181(II)' and country == 'PAK'")["vote"].item()
    'N'
    """
    votes = series.key_votes()
    named = votes.drop_duplicates(["date", "resolution"])[["date", "resolution", "description"]]
    named = named.to_dict("records")
    cell = {(r.date, r.resolution, r.country): r.vote for r in votes.itertuples()}
    both = [
        (cell.get((r["date"], r["resolution"], "PAK"), ""), cell.get((r["date"], r["resolution"], "ISR"), ""))
        for r in named
    ]
    known = [(p, i) for p, i in both if p and i]
    opposite = sum({p, i} == {"Y", "N"} for p, i in known)
    return finish(
        _votes_by_state(named, cell),
        key="un-key-votes",
        data=votes,
        title=f"In {'all' if opposite == len(known) else f'{opposite} of'} {counted(len(known), 'vote')} named often, "
        "of which both are known, Pakistan and Israel opposed each other",
        alt=f"{len(named)} named votes of the General Assembly; of {len(known)} in which both votes are known, "
        f"Pakistan and Israel were on opposite sides in {opposite}.",
        caption=f"how four states voted on named resolutions; since {READ_FROM} by what we read, "
        "which does not name all.",
        lacks="votes that nobody called important.",
        signs=(
            ({"marker": "o"}, "yes"),
            ({"marker": "x", "mew": 1.7}, "no"),
            ({"marker": "o", "mfc": "none"}, "abstained"),
            ({"marker": "_", "color": MUTED}, NO_VOTE[True]),
            ({"marker": "$?$", "color": MUTED, "ms": 6}, NO_VOTE[False]),
        ),
        numbers=[
            (
                f"{r['date']} {r['description']}",
                f"Pakistan {_voted(p, r)}, Israel {_voted(i, r)}",
            )
            for r, (p, i) in zip(named, both)
        ],
        counted="UN General Assembly; Voeten and UN DGACM",
    )


READ_FROM = 2024  #: named votes since then stand in the series as what was read says
VOTERS = ("PAK", "ISR", "IND", "USA")
VOTES = {"Y": "yes", "N": "no", "A": "abstained"}
NO_VOTE = {
    True: "did not vote, or was no member",
    False: "not named in what we read",
}  #: whether that is known


def _voted(vote: str, row: dict[str, Any]) -> str:
    """In words; where there is no vote, what the legend says of that."""
    return VOTES.get(vote) or NO_VOTE[_known(row)]


def _known(row: dict[str, Any]) -> bool:
    """Whether the series has the votes of all members, so that where there is none it is known that none was cast."""
    return int(row["date"][:4]) < READ_FROM


def _votes_by_state(named: list[dict[str, str]], cell: dict[tuple[str, str, str], str]) -> Drawing:
    """A row a resolution, a column a state."""
    lay = rows.Rows(
        [f"{r['date'][:4]}  {r['description'].removeprefix(r['date'][:4] + ':').strip()}" for r in named],
        column=3.3,
        deep=[0.16] * len(named),
        gap=0.07,
    )
    drawing, ax = lay.drawn(top=0.28, bottom=0.02)
    lay.rules(ax)
    ax.set_xlim(-0.3, 3.6)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    for x, country in enumerate(VOTERS):
        name = {"USA": "US" if style.narrow() else "America"}.get(country, series.NAMES[country])
        ax.text(x, -0.14, name, ha="center", va="center_baseline", fontsize=8, fontweight=600, color=INK)
        for y, r in zip(lay.at, named):
            vote = cell.get((r["date"], r["resolution"], country), "")
            _vote(ax, x, y, vote, known=_known(r))
    return drawing


def _vote(ax: Axes, x: float, y: float, vote: str, *, known: bool) -> None:
    """Yes, no, abstained; where there is no vote, whether that is known."""
    if vote == "Y":
        ax.plot(x, y, "o", ms=6, color=INK, zorder=4)
    elif vote == "N":
        ax.plot(x, y, "x", ms=5.6, color=INK, mew=1.7, zorder=4)
    elif vote == "A":
        ax.plot(x, y, "o", ms=6, mfc=PALETTE["band"], mec=INK, mew=1, zorder=4)
    else:
        ax.plot(x, y, marker="_" if known else "$?$", ls="none", ms=6, color=MUTED, zorder=4)


@chart
def un_agreement(history: History | None = None) -> Figure:
    """Agreement of Pakistan with Israel, India and the United States, pooled over five years, by subject.

    history: whose series are read; default the book's own. `.data`, one row a subject, state and five years:
    scope, country (ISO 3166), from (first year), n_votes, agree_pct (per cent).
    Source: series un-agreement.

    >>> from without_recognition import charts, load
    >>> "ISR" in set(charts.un_agreement().data["country"])
    True
    """
    t = series.agreement()
    t = t[t["country"].isin(ALIKE)]
    pooled = _pooled(t)
    early, late = ((first, votes.LAST[first]) for first in (votes.EARLY, votes.LATE))
    was, now = (100 * alike / cast for alike, cast in (votes.pooled(*early), votes.pooled(*late)))
    return finish(
        _lines_by_scope(pooled),
        key="un-agreement",
        data=pooled,
        title=f"Outside the Middle East Pakistan and Israel voted alike in {was:.0f} per cent of votes "
        f"in {early[0]}-{early[1]} and in {now:.0f} in {late[0]}-{late[1]}",
        alt=f"Pakistan and Israel voted alike in {was:.0f} per cent of votes outside the Middle East in "
        f"{early[0]}-{early[1]} and in {now:.0f} per cent of votes in {late[0]}-{late[1]}.",
        caption="the share of recorded General Assembly votes in which each state voted as Pakistan did (yes, no or "
        "abstained), pooled over five years, at least ten votes.",
        lacks="a change of mind: what is put to a vote changes over time.",
        numbers=[
            (
                f"{series.NAMES[c]}, {scope.replace('_', ' ')}, {start}-{start + 4}",
                f"{pct:.0f} per cent of {n}",
            )
            for scope, c, start, n, pct in pooled[["scope", "country", "from", "n_votes", "agree_pct"]].values
        ],
        counted="UN General Assembly; Voeten and UN DGACM",
    )


#: whose agreement with Pakistan is drawn -> in which colour
ALIKE = {"ISR": BLUE, "IND": PALETTE["orange"], "USA": MUTED}


def _pooled(votes: pd.DataFrame) -> pd.DataFrame:
    """Agreement by scope and state over POOLED years, where at least ten votes are known."""
    votes = votes.assign(
        agreed=votes["agree_pct"] / 100 * votes["n_votes"], **{"from": votes["year"] // POOLED * POOLED}
    )
    pooled = (
        votes.groupby(["scope", "country", "from"])
        .agg(n_votes=("n_votes", "sum"), agreed=("agreed", "sum"))
        .reset_index()
    )
    pooled["agree_pct"] = (100 * pooled["agreed"] / pooled["n_votes"]).round(1)
    return pooled[pooled["n_votes"] >= 10].drop(columns="agreed")


def _lines_by_scope(pooled: pd.DataFrame) -> Drawing:
    """A panel a scope, a line a state."""
    narrow = style.narrow()
    panels = {"nrows": 2, "sharex": True} if narrow else {"ncols": 2, "sharey": True}
    drawing, axes = drawn(height=4.6 if narrow else 2.9, **panels)
    drawing.subplots_adjust(
        left=0.13 if narrow else 0.07,
        right=0.74 if narrow else 0.87,
        top=0.94 if narrow else 0.9,
        bottom=0.06 if narrow else 0.1,
        wspace=0.42,
        hspace=0.22,
    )
    for ax, scope, name in zip(axes, ("middle_east", "other"), ("On the Middle East", "On everything else")):
        ax.set_title(name, fontsize=9, loc="left")
        ends = []
        for country, colour in ALIKE.items():
            s = pooled[(pooled["scope"] == scope) & (pooled["country"] == country)]
            x = s["from"] + POOLED / 2
            ax.plot(x, s["agree_pct"], color=colour, lw=1.5, marker="o", ms=2.6)
            ends.append([s["agree_pct"].iloc[-1], x.iloc[-1], series.NAMES[country], colour])
        ends.sort()
        for n, (y, last, label, colour) in enumerate(ends):
            place = max(y, ends[n - 1][0] + 9 if n else -9)
            ends[n][0] = place
            if place > y:
                ax.plot([last, 2030], [y, place], color=colour, lw=0.6, clip_on=False)
            ax.text(2031, place, label, color=colour, va="center", fontsize=8)
        ax.set_ylim(-2, 102)
        ax.set_xlim(1945, 2029)
        ax.set_xticks([1950, 1970, 1990, 2010])
        ax.grid(axis="y", lw=0.3)
    for ax in axes if narrow else axes[:1]:
        ax.set_ylabel("votes like Pakistan, per cent")
    return drawing


@chart
def oic_relations(history: History | None = None) -> Figure:
    """Members of the OIC, and those of them that have diplomatic relations with Israel, by year.

    history: whose series are read; default the book's own. `.data`, one row a year: year, and counts of
    members and related (those with full relations). Source: series oic-relations and oic-members.

    >>> from without_recognition import charts, load
    >>> charts.oic_relations().data["year"].min().item()
    1969
    """
    t = series.oic_by_year(int(citations.metadata(history)["year"]))
    drawing, ax = drawn(height=2.6)
    drawing.subplots_adjust(left=0.1, right=0.62 if style.narrow() else 0.78, top=0.96, bottom=0.1)
    ax.fill_between(t["year"], t["members"], step="post", color=PALETTE["band"], lw=0)
    ax.step(t["year"], t["members"], where="post", color=MUTED, lw=1)
    ax.fill_between(t["year"], t["related"], step="post", color=BLUE, alpha=0.3, lw=0)
    ax.step(t["year"], t["related"], where="post", color=BLUE, lw=1.5)
    last = t.iloc[-1]
    ax.text(
        last["year"] + 1,
        last["members"],
        f"members: {last['members']}\n(Pakistan since 1969)",
        va="center",
        fontsize=7.2,
        color=INK,
    )
    ax.text(
        last["year"] + 1,
        last["related"],
        f"with relations\nwith Israel: {last['related']}",
        va="center",
        fontsize=7.2,
        color=BLUE,
    )
    ax.set_xlim(1969, last["year"] + 0.5)
    ax.set_ylim(0, 60)
    low = t.loc[t["related"].idxmin()]
    return finish(
        drawing,
        key="oic-relations",
        data=t,
        title=f"{last['related']} of {last['members']} OIC members have relations with Israel",
        alt=f"In {last['year']} {last['related']} of {last['members']} OIC members have diplomatic relations "
        f"with Israel; the fewest were {low['related']} of {low['members']} in {low['year']}.",
        caption="members with full diplomatic relations at the year's end, non-resident envoys included; "
        "coded by us. Pakistan has never had any.",
        lacks="liaison and trade offices.",
        numbers=[
            (r.year, f"{r.related} of {r.members}")
            for r in t.itertuples()
            if r.year % 5 == 0 or r.year == last["year"]
        ],
        counted="Israeli foreign ministry register and literature",
    )
