"""Pakistan in the General Assembly: by government, beside its peers, by subject, on one scale with Israel."""
from __future__ import annotations

import pandas as pd

from analysis import series
from analysis.charts.figure import Figure, chart, drawn, finish
from analysis.charts.style import BLUE, INK, MUTED, PALETTE, RULE
from analysis.findings import votes

COUNTED = "UN General Assembly; Voeten and UN DGACM"
GREEN, ORANGE = PALETTE["green"], PALETTE["orange"]


def whisker(ax, x: float, y: float, low: float, high: float, colour: str, *, marker: str = "o", filled: bool = True,
            upright: bool = False, size: float = 5) -> None:
    """A point with its interval."""
    ends = ([x, x], [low, high]) if upright else ([low, high], [y, y])
    ax.plot(*ends, color=colour, lw=1.1, solid_capstyle="butt", zorder=3)
    ax.plot([x], [y], marker, ms=size, mfc=colour if filled else PALETTE["band"], mec=colour, mew=1, zorder=4)


@chart
def un_governments() -> Figure:
    """Share of Pakistan's votes on the Middle East cast with the Arab majority, by government."""
    t = votes.governments()
    drawing, ax = drawn(height=0.7 + 0.25 * len(t))
    drawing.subplots_adjust(left=0.29, right=0.66, top=0.97, bottom=0.13)
    for y, r in enumerate(t.itertuples()):
        ax.axhline(y, color=RULE, lw=0.4, zorder=1)
        whisker(ax, 100 * r.share, y, 100 * r.low, 100 * r.high, INK, marker="s" if r.kind == "military" else "o",
                filled=r.kind == "military")
        ax.text(1.03, y, f"{r.with_arabs} of {r.n_arab}   (yes {r.yes}, no {r.no}, abstained {r.abstain})", va="center",
                fontsize=6.8, color=INK, transform=ax.get_yaxis_transform())
    ax.set_yticks(range(len(t)), [f"{r.government}  {r.first}-{r.last}" for r in t.itertuples()])
    ax.set_ylim(len(t) - 0.4, -0.6)
    ax.set_xlim(58, 101)
    ax.set_xlabel("voted like the Arab majority, per cent")
    left = len(series.read("un-departures"))
    return finish(drawing, key="un-governments", data=t, title="Pakistan's vote on the Middle East under every government",
                  alt=f"Of {t['n_arab'].sum()} votes on the Middle East Pakistan cast all but {left} like the majority of Egypt, Saudi "
                      f"Arabia and Jordan; under {(t['share'] == 1).sum()} of {len(t)} governments it never left them.",
                  caption="Squares: military rule; rings: civilian and caretaker governments (terms of one leader or party together). "
                          "Lines are 95 per cent Wilson intervals, which treat votes as drawn from many like them. Pakistan's own yes and no "
                          "depend on whose text was voted on.",
                  description="; ".join(f"{r.government} {r.first}-{r.last}, {r.kind}: {r.with_arabs} of {r.n_arab}" for r in t.itertuples()),
                  counted=COUNTED)


@chart
def un_with_arabs() -> Figure:
    """The same share for Pakistan and its peers, by decade."""
    t = votes.peers()
    countries = ["PAK", "IDN", "IRN", "TUR", "IND", "USA"]
    t = t[t["country"].isin(countries)]
    drawing, axes = drawn(height=3.1, nrows=2, ncols=3, sharex=True, sharey=True)
    drawing.subplots_adjust(left=0.08, right=0.99, top=0.93, bottom=0.09, hspace=0.3, wspace=0.1)
    for ax, country in zip(axes.flat, countries):
        s = t[t["country"] == country]
        colour = GREEN if country == "PAK" else MUTED
        for r in s.itertuples():
            whisker(ax, r.decade + 5, 100 * r.share, 100 * r.low, 100 * r.high, colour, upright=True, size=3.6)
        ax.plot(s["decade"] + 5, 100 * s["share"], color=colour, lw=0.8, zorder=2)
        ax.set_title(series.NAMES[country], fontsize=8, loc="left")
        ax.grid(axis="y", lw=0.3)
    axes[0, 0].set_ylim(0, 103)
    axes[0, 0].set_xticks([1945, 1965, 1985, 2005, 2025], ["40s", "60s", "80s", "00s", "20s"])
    for ax in axes[:, 0]:
        ax.set_ylabel("per cent")
    sixties = t[t["decade"] == 1960].set_index("country")
    return finish(drawing, key="un-with-arabs", data=t, title="Voting like the Arab majority on the Middle East",
                  alt="In the 1960s " + ", ".join(f"{series.NAMES[c]} did so in {sixties.at[c, 'with_arabs']} of {sixties.at[c, 'n_votes']} votes"
                                                  for c in ("PAK", "TUR", "IRN")) + ".",
                  caption="Share of recorded votes on the Middle East cast like the majority of Egypt, Saudi Arabia and Jordan, by decade, "
                          "with 95 per cent Wilson intervals. The 1940s begin in 1947, the 2020s end in 2025.",
                  description="; ".join(f"{series.NAMES[r.country]} {r.decade}s: {r.with_arabs} of {r.n_votes}" for r in t.itertuples()),
                  counted=COUNTED)


@chart
def un_subjects() -> Figure:
    """Agreement of Pakistan with Israel and with Egypt by subject, early and late."""
    parts = [votes.subjects(country=c) for c in ("ISR", "EGY")]
    order = list(votes.SUBJECTS)
    drawing, axes = drawn(height=2.9, ncols=2, sharey=True)
    drawing.subplots_adjust(left=0.2, right=0.99, top=0.9, bottom=0.15, wspace=0.06)
    for ax, first in zip(axes, (votes.EARLY, votes.LATE)):
        for t, colour, marker, shift in zip(parts, (BLUE, ORANGE), "os", (-0.14, 0.14)):
            rows = t[t["first"] == first].set_index("subject").loc[order]
            for y, (_, r) in enumerate(rows.iterrows()):
                whisker(ax, 100 * r["share"], y + shift, 100 * r["low"], 100 * r["high"], colour, marker=marker)
                if colour == BLUE:
                    ax.axhline(y, color=RULE, lw=0.4, zorder=1)
                    ax.text(100, y - 0.3, f"n = {r['n_votes']}", fontsize=6.4, color=MUTED, va="center", ha="right")
            ax.set_title(f"{first}-{rows['last'].iloc[0]}", fontsize=9, loc="left")
        ax.set_xlim(-2, 102)
        ax.set_ylim(len(order) - 0.4, -0.6)
        ax.set_xlabel("voted like Pakistan, per cent")
    axes[0].set_yticks(range(len(order)), [votes.SUBJECTS[s] for s in order])
    for x, name, marker, colour in ((56, "Israel", "o", BLUE), (80, "Egypt", "s", ORANGE)):
        axes[0].plot([x], [-0.95], marker, ms=4.5, color=colour, clip_on=False)
        axes[0].text(x + 3, -0.95, name, color=colour, va="center", fontsize=7.5)
    isr = parts[0].set_index(["first", "subject"])
    data = pd.concat(parts)
    return finish(drawing, key="un-subjects", data=data, title="On what Pakistan and Israel voted alike",
                  alt=f"On southern Africa and race Pakistan and Israel voted alike in {100 * isr.at[(votes.EARLY, 'southern_africa'), 'share']:.0f} "
                      f"per cent of votes in 1949-1969 and in {100 * isr.at[(votes.LATE, 'southern_africa'), 'share']:.0f} per cent in 1990-2019.",
                  caption="Share of recorded votes in which Israel (circles) and Egypt (squares) voted as Pakistan did, with 95 per cent Wilson "
                          "intervals; n is that of Israel. Subjects by our reading of titles and flags.",
                  description="; ".join(f"{series.NAMES[r.country]}, {r.first}-{r.last}, {votes.SUBJECTS[r.subject]}: {r.alike} of {r.n_votes}"
                                        for r in data.itertuples()), counted=COUNTED)


@chart
def un_ideal_points() -> Figure:
    """Ideal points of Pakistan, Israel and peers, means of five years."""
    t = series.read("un-ideal-points")
    drawing, ax = drawn(height=3.0)
    drawing.subplots_adjust(left=0.07, right=0.85, top=0.97, bottom=0.1)
    ends = []
    for country, colour, width in (("EGY", MUTED, 0.8), ("IND", MUTED, 0.8), ("TUR", MUTED, 0.8), ("USA", MUTED, 0.8),
                                   ("ISR", BLUE, 1.6), ("PAK", GREEN, 1.6)):
        s = t[t["country"] == country]
        x = s["from"] + 2.5
        if colour != MUTED:
            ax.fill_between(x, s["low"], s["high"], color=colour, alpha=0.16, lw=0)
        ax.plot(x, s["point"], color=colour, lw=width, marker="o", ms=2.4)
        ends.append((float(s["point"].iloc[-1]), series.NAMES[country], colour))
    place = -9.0
    for y, name, colour in sorted(ends):
        place = max(y, place + 0.24)
        ax.text(2024.5, place, name, color=colour, va="center", fontsize=7.2)
    ax.set_xlim(1945, 2024)
    ax.set_ylabel("towards the United States  →")
    gap = votes.ideal_gap()
    data = t[t["country"].isin(["EGY", "IND", "TUR", "USA", "ISR", "PAK"])]
    return finish(drawing, key="un-ideal-points", data=data, title="Where they stand in the Assembly",
                  alt=f"The distance between Pakistan and Israel was smallest in {gap.loc[gap['gap'].idxmin(), 'from']}-"
                      f"{gap.loc[gap['gap'].idxmin(), 'from'] + 4}, {gap['gap'].min():.1f} on a scale on which it was {gap['gap'].max():.1f} at most.",
                  caption="Ideal points of Bailey, Strezhnev and Voeten from final-passage votes, means of five years; bands reach from the lowest "
                          "to the highest of the yearly 90 per cent bounds, so they are wider than those of a mean.",
                  description="; ".join(f"{r['from']}-{r['from'] + 4}: Pakistan {r['point_pak']:.2f}, Israel {r['point_isr']:.2f}"
                                        for _, r in gap.astype({"from": int}).iterrows()),
                  counted="Bailey, Strezhnev and Voeten, release of July 2025")
