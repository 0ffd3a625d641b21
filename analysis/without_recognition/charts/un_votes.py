"""Pakistan in the General Assembly: by government, beside its peers, by subject, on one scale with Israel."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure as Drawing

from without_recognition.charts import rows, style
from without_recognition.charts.figure import Figure, chart, drawn, finish
from without_recognition.charts.marks import points
from without_recognition.charts.style import BLUE, INK, MUTED, PALETTE
from without_recognition.data import series
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted
from without_recognition.findings import votes

COUNTED = "UN General Assembly; Voeten and UN DGACM"
GREEN, ORANGE = PALETTE["green"], PALETTE["orange"]


@chart
def un_governments(history: History | None = None) -> Figure:
    """Share of Pakistan's votes on the Middle East cast with the Arab majority, by government.

    history: whose series are read; default the book's own. `.data`, one row a government: government, kind,
    first, last (years), counts of votes (yes, no, abstain, absent, n_arab with a clear Arab majority,
    with_arabs), share (0 to 1). Source: series un-governments.

    >>> from without_recognition import charts, load
    >>> charts.un_governments().data["share"].between(0, 1).all().item()
    True
    """
    t = votes.governments()
    lay = rows.Rows(
        [f"{r.government}, {r.first}-{r.last}" for r in t.itertuples()],
        column=1.75,
        notes=[f"{r.with_arabs} of {r.n_arab}" for r in t.itertuples()],
        deep=[0.15] * len(t),
    )
    drawing, ax = lay.drawn(bottom=0.42)
    lay.rules(ax)
    scaled = t.assign(share=100 * t["share"])
    points(ax, lay.at, scaled, group="government", value="share", hollow=list(t["kind"] != "military"))
    ax.set_xlim(min(75, scaled["share"].min() - 1), 101)
    ax.locator_params(axis="x", nbins=6)
    ax.set_xlabel("voted like the Arab majority, per cent")
    left, never = len(series.read("un-departures")), int((t["share"] == 1).sum())
    return finish(
        drawing,
        key="un-governments",
        data=t,
        title=f"Under {never} of {len(t)} governments Pakistan never left the Arab majority on the Middle East"
        if never
        else f"Under each of {len(t)} governments Pakistan left the Arab majority at least once",
        alt=f"Of {t['n_arab'].sum()} votes on the Middle East Pakistan cast all but {left} like the majority "
        f"of Egypt, Saudi Arabia and Jordan; under {never} of {len(t)} governments it never left them.",
        caption="votes on the Middle East cast like the majority of Egypt, Saudi Arabia and Jordan, by "
        "government (terms of one leader or party together); at the right, the counts.",
        lacks="why: Pakistan's own yes and no depend on whose text was voted on.",
        signs=(
            ({"marker": "o"}, "military rule"),
            ({"marker": "o", "mfc": PALETTE["band"]}, "civilian or caretaker"),
        ),
        numbers=[
            (f"{r.government} {r.first}-{r.last}, {r.kind}", f"{r.with_arabs} of {r.n_arab}")
            for r in t.itertuples()
        ],
        counted=COUNTED,
    )


@chart
def un_with_arabs(history: History | None = None) -> Figure:
    """The same share for Pakistan and its peers, by decade.

    history: whose series are read; default the book's own. `.data`, one row a state and decade: country (ISO
    3166), decade (its first year), n_votes, with_arabs (counts), share (0 to 1). Source: series un-with-arabs.

    >>> from without_recognition import charts, load
    >>> "PAK" in set(charts.un_with_arabs().data["country"])
    True
    """
    t = votes.peers()
    countries = ["PAK", "IDN", "IRN", "TUR", "IND", "USA"]
    t = t[t["country"].isin(countries)]
    lows = {c: t[t["country"] == c].sort_values(["share", "decade"]).iloc[0] for c in countries}
    lay = rows.Rows(
        [series.NAMES[c] for c in countries],
        column=0.95,
        notes=[f"lowest {100 * r['share']:.0f}, {r['decade']}s" for r in lows.values()],
        deep=[0.18] * len(countries),
    )
    drawing, ax = lay.drawn(bottom=0.42)
    lay.rules(ax)
    for y, country in zip(lay.at, countries):
        s, colour = t[t["country"] == country], GREEN if country == "PAK" else INK
        x = 100 * s["share"]
        ax.plot([x.min(), x.max()], [y, y], color=colour, lw=1.2, zorder=2)
        ax.plot(x, [y] * len(s), "o", ms=5, mfc=colour, alpha=0.45, mec="none", zorder=3, clip_on=False)
        ax.plot(x.iloc[-1], y, "o", ms=5.6, mfc=PALETTE["band"], mec=colour, mew=1.2, zorder=4, clip_on=False)
    ax.set_xlim(0, 101)
    ax.grid(axis="x", lw=0.3)
    ax.set_xlabel("votes like the Arab majority, per cent")
    pak, other = lows["PAK"], max((lows[c] for c in countries[1:]), key=lambda r: r["share"])
    sixties = t[t["decade"] == 1960].set_index("country")
    return finish(
        drawing,
        key="un-with-arabs",
        data=t,
        title=f"In no decade did Pakistan vote like the Arab majority in less than {100 * pak['share']:.0f} "
        f"per cent of votes; next comes {series.NAMES[other['country']]} with {100 * other['share']:.0f}",
        alt="In the 1960s "
        + ", ".join(
            f"{series.NAMES[c]} did so in {sixties.at[c, 'with_arabs']} of {sixties.at[c, 'n_votes']} votes"
            for c in ("PAK", "TUR", "IRN")
        )
        + ".",
        caption="recorded votes on the Middle East cast like the majority of Egypt, Saudi Arabia and Jordan: "
        "one dot a decade, from 1947 to 2025; at the right the lowest.",
        lacks="on how many votes a decade's share rests, which the CSV gives.",
        signs=(
            ({"marker": "o", "alpha": 0.45, "mec": "none"}, "a decade"),
            ({"marker": "o", "mfc": PALETTE["band"]}, "the last one"),
        ),
        numbers=[
            (f"{series.NAMES[r.country]} {r.decade}s", f"{r.with_arabs} of {r.n_votes}")
            for r in t.itertuples()
        ],
        counted=COUNTED,
    )


@chart
def un_subjects(history: History | None = None) -> Figure:
    """Agreement of Pakistan with Israel and with Egypt by subject, early and late.

    history: whose series are read; default the book's own. `.data`, one row a state, period and subject:
    country (ISO 3166), first, last (years), subject, n_votes, alike (counts), share (0 to 1).
    Source: series un-subjects.

    >>> from without_recognition import charts, load
    >>> sorted(set(charts.un_subjects().data["country"]))
    ['EGY', 'ISR']
    """
    parts = [votes.subjects(country=c) for c in ("ISR", "EGY")]
    isr = parts[0].set_index(["first", "subject"])
    data = pd.concat(parts)
    early, late = (100 * isr.at[(y, "southern_africa"), "share"] for y in (votes.EARLY, votes.LATE))
    return finish(
        _by_subject(parts),
        key="un-subjects",
        data=data,
        title=f"On southern Africa and race Israel voted like Pakistan in {early:.0f} per cent of early "
        f"votes and {late:.0f} per cent of late ones",
        alt=f"On southern Africa and race Pakistan and Israel voted alike in {early:.0f} "
        f"per cent of votes in 1949-1969 and in {late:.0f} per cent in 1990-2019.",
        caption="the share of recorded votes in which Israel and Egypt voted as Pakistan did; "
        "the number of votes is that of Israel.",
        lacks="how a vote was chosen; subjects are by our reading of titles and flags.",
        signs=(
            ({"marker": "o", "color": BLUE}, "Israel"),
            ({"marker": "s", "color": ORANGE, "ms": 5}, "Egypt"),
        ),
        numbers=[
            (
                f"{series.NAMES[r.country]}, {r.first}-{r.last}, {votes.SUBJECTS[r.subject]}",
                f"{r.alike} of {r.n_votes}",
            )
            for r in data.itertuples()
        ],
        counted=COUNTED,
    )


def _by_subject(parts: list[pd.DataFrame]) -> Drawing:
    """A row a subject and period: the shares of each state of `parts`, Israel first."""
    order = list(votes.SUBJECTS)
    spans = [
        (first, parts[0][parts[0]["first"] == first]["last"].iloc[0]) for first in (votes.EARLY, votes.LATE)
    ]
    own = {first: parts[0][parts[0]["first"] == first].set_index("subject").loc[order] for first, _ in spans}
    lay = rows.Rows(
        [votes.SUBJECTS[s] for _ in spans for s in order],
        column=1.5,
        heads={n * len(order): f"{first}-{last}" for n, (first, last) in enumerate(spans)},
        notes=[counted(int(n), "vote") for first, _ in spans for n in own[first]["n_votes"]],
        deep=[0.22] * len(order) * len(spans),
        gap=0.06,
    )
    drawing, ax = lay.drawn(bottom=0.42)
    lay.rules(ax)
    for t, colour, marker, shift in zip(parts, (BLUE, ORANGE), "os", (-0.045, 0.045)):
        both = pd.concat([t[t["first"] == first].set_index("subject").loc[order] for first, _ in spans])
        both = both.reset_index().assign(share=100 * both["share"].to_numpy())
        at = [y + shift for y in lay.at]
        points(ax, at, both, group="subject", value="share", colour=colour, marker=marker)
    ax.set_xlim(0, 101)
    ax.set_xlabel("voted like Pakistan, per cent")
    return drawing


@chart
def un_ideal_points(history: History | None = None) -> Figure:
    """Ideal points of Pakistan, Israel and peers, means of five years.

    history: whose series are read; default the book's own. `.data`, one row a state and five years: country
    (ISO 3166), from (first year), years (with a value), point (on the scale of the UN's votes) with low and
    high (bounds). Source: series un-ideal-points.

    >>> from without_recognition import charts, load
    >>> "ISR" in set(charts.un_ideal_points().data["country"])
    True
    """
    t = series.read("un-ideal-points")
    drawing, ax = drawn(height=3.0)
    drawing.subplots_adjust(
        left=0.13 if style.narrow() else 0.08, right=0.73 if style.narrow() else 0.85, top=0.97, bottom=0.1
    )
    ends = []
    for country, colour, width in (
        ("EGY", MUTED, 0.8),
        ("IND", MUTED, 0.8),
        ("TUR", MUTED, 0.8),
        ("USA", MUTED, 0.8),
        ("ISR", BLUE, 1.6),
        ("PAK", GREEN, 1.6),
    ):
        s = t[t["country"] == country]
        x = s["from"] + 2.5
        if colour != MUTED:
            ax.fill_between(x, s["low"], s["high"], color=colour, alpha=0.16, lw=0)
        ax.plot(x, s["point"], color=colour, lw=width, marker="o", ms=2.4)
        ends.append((float(s["point"].iloc[-1]), series.NAMES[country], colour))
    place = -9.0
    for y, name, colour in sorted(ends):
        place = max(y, place + 0.3)
        ax.text(2025, place, name, color=colour, va="center", fontsize=8)
    ax.set_xlim(1945, 2024)
    ax.set_ylabel("towards the United States  →")
    gap = votes.ideal_gap()
    nearest = int(gap.loc[gap["gap"].idxmin(), "from"])
    data = t[t["country"].isin(["EGY", "IND", "TUR", "USA", "ISR", "PAK"])]
    return finish(
        drawing,
        key="un-ideal-points",
        data=data,
        title=f"Pakistan and Israel stood closest in {nearest}-{nearest + 4}, {gap['gap'].min():.1f} apart; "
        f"they were {gap['gap'].max():.1f} apart at most",
        alt=f"The distance between Pakistan and Israel was smallest in {nearest}-{nearest + 4}, "
        f"{gap['gap'].min():.1f} on a scale on which it was {gap['gap'].max():.1f} at most.",
        caption="ideal points of Bailey, Strezhnev and Voeten from final-passage votes, means of five years; "
        "bands reach from the lowest to the highest of the yearly 90 per cent bounds, "
        "so they are wider than those of a mean.",
        lacks="what the votes were about.",
        numbers=[
            (f"{r['from']}-{r['from'] + 4}", f"Pakistan {r['point_pak']:.2f}, Israel {r['point_isr']:.2f}")
            for _, r in gap.astype({"from": int}).iterrows()
        ],
        counted="Bailey, Strezhnev and Voeten, release of July 2025",
    )
