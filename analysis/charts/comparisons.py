"""Pakistan and Israel in the larger picture: votes, and who else has relations with Israel."""
from __future__ import annotations

from analysis import citing, series
from analysis.charts.figure import Figure, chart, drawn, finish
from analysis.charts.style import BLUE, INK, MUTED, PALETTE, RULE, bare
from analysis.findings.intervals import wilson

POOLED = 5  #: years in one pooled rate


@chart
def un_key_votes() -> Figure:
    """How Pakistan, Israel, India and the United States voted on named resolutions."""
    votes = series.key_votes()
    rows = votes.drop_duplicates(["date", "resolution"])[["date", "resolution", "description"]].to_dict("records")
    columns = ["PAK", "ISR", "IND", "USA"]
    cell = {(r.date, r.resolution, r.country): r.vote for r in votes.itertuples()}
    drawing, ax = drawn(height=0.6 + 0.22 * len(rows))
    drawing.subplots_adjust(left=0.01, right=0.34, top=0.94, bottom=0.01)
    ax.set_xlim(-0.6, 3.6)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    for y, r in enumerate(rows):
        ax.axhline(y, color=RULE, lw=0.4, zorder=1)
        for x, country in enumerate(columns):
            _vote(ax, x, y, cell.get((r["date"], r["resolution"], country), ""))
        ax.text(1.03, y, f"{r['date'][:4]}  {r['description']}", transform=ax.get_yaxis_transform(), va="center",
                fontsize=7.2, color=INK)
    ax.set_xticks(range(4), [series.NAMES[c] for c in columns], rotation=35, ha="left")
    ax.xaxis.tick_top()
    bare(ax)
    both = [(cell.get((r["date"], r["resolution"], "PAK"), ""), cell.get((r["date"], r["resolution"], "ISR"), "")) for r in rows]
    known = [(p, i) for p, i in both if p and i]
    opposite = sum({p, i} == {"Y", "N"} for p, i in known)
    return finish(drawing, key="un-key-votes", data=votes, title="How they voted",
                  alt=f"{len(rows)} named votes of the General Assembly; of {len(known)} in which both votes are known, "
                      f"Pakistan and Israel were on opposite sides in {opposite}.",
                  caption="Filled circle: yes; cross: no; ring: abstained; empty: did not vote, not yet a member, or (2024-25) "
                          "not named in what we read.",
                  description="; ".join(f"{r['date']} {r['description']}: Pakistan {p or '-'}, Israel {i or '-'}"
                                        for r, (p, i) in zip(rows, both)),
                  counted="UN General Assembly; Voeten and UN DGACM")


def _vote(ax, x: float, y: float, vote: str) -> None:
    if vote == "Y":
        ax.plot(x, y, "o", ms=6.5, color=BLUE, zorder=4)
    elif vote == "N":
        ax.plot(x, y, "x", ms=6, color=PALETTE["orange"], mew=1.8, zorder=4)
    elif vote == "A":
        ax.plot(x, y, "o", ms=6, mfc="none", mec=MUTED, mew=1, zorder=4)


@chart
def un_agreement() -> Figure:
    """Agreement of Pakistan with Israel, India and the United States, pooled over five years, by subject."""
    t = series.agreement()
    t = t[t["country"].isin(["ISR", "IND", "USA"])].copy()
    t["agreed"] = t["agree_pct"] / 100 * t["n_votes"]
    t["from"] = t["year"] // POOLED * POOLED
    pooled = t.groupby(["scope", "country", "from"]).agg(n_votes=("n_votes", "sum"), agreed=("agreed", "sum")).reset_index()
    pooled["agree_pct"] = (100 * pooled["agreed"] / pooled["n_votes"]).round(1)
    bounds = [wilson(a, n) for a, n in zip(pooled["agreed"], pooled["n_votes"])]
    pooled["low"], pooled["high"] = zip(*((round(100 * low, 1), round(100 * high, 1)) for low, high in bounds))
    pooled = pooled[pooled["n_votes"] >= 10].drop(columns="agreed")
    drawing, axes = drawn(height=2.9, ncols=2, sharey=True)
    drawing.subplots_adjust(left=0.07, right=0.90, top=0.88, bottom=0.1, wspace=0.32)
    colours = {"ISR": BLUE, "IND": PALETTE["orange"], "USA": MUTED}
    for ax, scope, name in zip(axes, ("middle_east", "other"), ("On the Middle East", "On everything else")):
        ax.set_title(name, fontsize=9, loc="left")
        ends = []
        for country, colour in colours.items():
            s = pooled[(pooled["scope"] == scope) & (pooled["country"] == country)]
            x = s["from"] + POOLED / 2
            ax.fill_between(x, s["low"], s["high"], color=colour, alpha=0.16, lw=0)
            ax.plot(x, s["agree_pct"], color=colour, lw=1.5, marker="o", ms=2.6)
            ends.append([s["agree_pct"].iloc[-1], x.iloc[-1], series.NAMES[country], colour])
        ends.sort()
        for n, (y, x, label, colour) in enumerate(ends):
            place = max(y, ends[n - 1][0] + 7 if n else -9)
            ends[n][0] = place
            ax.text(x + 1.5, place, label, color=colour, va="center", fontsize=7)
        ax.set_ylim(0, 100)
        ax.set_xlim(1945, 2027)
        ax.set_xticks([1950, 1970, 1990, 2010])
        ax.grid(axis="y", lw=0.3)
    axes[0].set_ylabel("votes alike, per cent")
    isr = pooled[pooled["country"] == "ISR"].set_index(["scope", "from"])["agree_pct"]
    first, last = isr["other"].index.min(), isr["middle_east"].index.max()
    ends = f"{last}" if last == t["year"].max() else f"{last}-{t['year'].max()}"
    return finish(drawing, key="un-agreement", data=pooled, title="How often Pakistan voted like Israel, India and the United States",
                  alt=f"Pakistan and Israel voted alike in {isr['other', first]:.0f} per cent of votes outside the Middle East in "
                      f"{first}-{first + 4} and in {isr['middle_east', last]:.0f} per cent of those on the Middle East in {ends}.",
                  caption="Share of recorded General Assembly votes in which both voted the same way (yes, no or abstained), pooled over "
                          "five years, at least ten votes; bands are 95 per cent Wilson intervals. What is put to a vote changes over time.",
                  description="; ".join(f"{series.NAMES[c]}, {scope.replace('_', ' ')}, {start}-{start + 4}: {pct:.0f} per cent of {n}"
                                        for scope, c, start, n, pct in pooled[["scope", "country", "from", "n_votes", "agree_pct"]].values),
                  counted="UN General Assembly; Voeten and UN DGACM")


@chart
def oic_relations() -> Figure:
    """Members of the OIC, and those of them that have diplomatic relations with Israel, by year."""
    t = series.oic_by_year(int(citing.metadata()["year"]))
    drawing, ax = drawn(height=2.6)
    drawing.subplots_adjust(left=0.07, right=0.80, top=0.96, bottom=0.1)
    ax.fill_between(t["year"], t["members"], step="post", color=PALETTE["band"], lw=0)
    ax.step(t["year"], t["members"], where="post", color=MUTED, lw=1)
    ax.fill_between(t["year"], t["related"], step="post", color=BLUE, alpha=0.3, lw=0)
    ax.step(t["year"], t["related"], where="post", color=BLUE, lw=1.5)
    last = t.iloc[-1]
    ax.text(last["year"] + 1, last["members"], f"members: {last['members']}\n(Pakistan since 1969)", va="center", fontsize=7.2, color=INK)
    ax.text(last["year"] + 1, last["related"], f"with relations\nwith Israel: {last['related']}", va="center", fontsize=7.2, color=BLUE)
    ax.set_xlim(1969, last["year"] + 0.5)
    ax.set_ylim(0, 60)
    low = t.loc[t["related"].idxmin()]
    return finish(drawing, key="oic-relations", data=t, title="Who else in the OIC has relations with Israel",
                  alt=f"In {last['year']} {last['related']} of {last['members']} OIC members have diplomatic relations with Israel; "
                      f"the fewest were {low['related']} of {low['members']} in {low['year']}.",
                  caption="Full diplomatic relations at the year's end, non-resident envoys included, liaison and trade offices not; "
                          "coded by us. Pakistan has never had any.",
                  description="; ".join(f"{r.year}: {r.related} of {r.members}" for r in t.itertuples() if r.year % 5 == 0 or r.year == last["year"]),
                  counted="Israeli foreign ministry register and literature")
