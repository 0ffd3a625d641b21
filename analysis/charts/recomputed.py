"""What survives: every headline with its full value and the range of its recomputations, as a figure and as a table."""
from __future__ import annotations

from math import isnan

from analysis.charts.figure import Figure, chart, drawn, finish
from analysis.charts.style import BLUE, INK, MUTED, PALETTE, RULE
from analysis.charts.table import Table
from analysis.dataset import History
from analysis.findings import robust

ORANGE = PALETTE["orange"]
NONE = "–"
WIDEST = 6  #: a margin beyond is cut at the edge


@chart
def survival(history: History) -> Figure:
    """Each headline's values divided by its bound (or the bound by them), so that right of the line the sentence holds."""
    t = robust.runs(history)
    headlines = {h.name: h for h in robust.HEADLINES}
    t = t[t["value"].notna() & (t["value"] > 0)].copy()
    t["margin"] = [v / headlines[n].bound if headlines[n].above else headlines[n].bound / v
                   for n, v in zip(t["name"], t["value"])]
    drawing, ax = drawn(height=0.6 + 0.3 * len(headlines))
    drawing.subplots_adjust(left=0.5, right=0.98, top=0.97, bottom=0.1)
    ax.axvline(1, color=ORANGE, lw=1.2, zorder=2)
    for y, h in enumerate(headlines.values()):
        own = t[t["name"] == h.name]
        ax.axhline(y, color=RULE, lw=0.4, zorder=1)
        ax.text(-0.02, y, _wrapped(h.says), transform=ax.get_yaxis_transform(), va="center", ha="right", fontsize=6.3,
                color=INK, linespacing=1.0)
        if own.empty:
            continue
        ax.plot([own["margin"].min(), own["margin"].max()], [y, y], color=MUTED, lw=1.4, solid_capstyle="butt", zorder=3)
        ax.plot(own["margin"], [y] * len(own), "|", ms=5, color=MUTED, mew=0.6, zorder=3)
        firm = own[own["family"] == "firm"]
        ax.plot(firm["margin"], [y] * len(firm), "D", ms=4.6, mfc=PALETTE["band"], mec=INK, mew=1, zorder=4)
        full = own.loc[own["family"] == "", "margin"]
        ax.plot(full, [y] * len(full), "o", ms=5.5, color=BLUE, zorder=5, gid=f"full:{h.name}")
    ax.set_xscale("log")
    ax.set_ylim(len(headlines) - 0.4, -0.6)
    ax.yaxis.set_visible(False)
    ax.set_xlim(min(0.45, 0.95 * t["margin"].min()), WIDEST)
    ax.set_xticks([0.5, 1, 2, 4], ["0.5", "1", "2", "4"])
    ax.minorticks_off()
    ax.set_xlabel("times the bound")
    ax.spines["left"].set_visible(False)
    table = robust.table(history)
    stands = int((table["verdict"] == "stands").sum())
    return finish(drawing, key="survival", data=t, title="What survives",
                  alt=f"Of {len(table)} headline sentences {stands} hold under every recomputation and {len(table) - stands} fail at least one.",
                  caption="Blue: full data. Diamond: documented and corroborated events only. Ticks: each recomputation (without a publisher, a perspective, "
                          "a state, a year; other cut-offs, dates, definitions). Right of the line the sentence holds.",
                  description="; ".join(f"{r.says}: {r.verdict}" for r in table.itertuples()), counted="own claims and the series of this book")


def _wrapped(text: str, width: int = 58) -> str:
    words, lines = text.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


@chart
def survival_table(history: History) -> Table:
    """Finding, full data, documented and corroborated only, worst of what is left out, other readings, verdict."""
    t = robust.table(history)
    headlines = {h.name: h for h in robust.HEADLINES}

    def worded(name: str, value: float) -> str:
        return NONE if isnan(value) else headlines[name].worded(value)

    rows = t.assign(
        full=[worded(n, v) for n, v in zip(t["name"], t["full"])], firm=[worded(n, v) for n, v in zip(t["name"], t["firm"])],
        worst=[f"{worded(n, v)} (without {w})" for n, v, w in zip(t["name"], t["worst"], t["worst_without"])],
        other=[" to ".join(dict.fromkeys((worded(n, a), worded(n, b)))) for n, a, b in zip(t["name"], t["other_low"], t["other_high"])])
    return Table(rows[["says", "full", "firm", "worst", "other", "verdict"]].rename(columns={
        "says": "finding", "full": "full data", "firm": "documented and corroborated only",
        "worst": "worst with one left out", "other": "other cut-offs, dates, definitions"}))
