"""What survives: every headline with its full value and the range of its recomputations, as a figure and as a table."""

from __future__ import annotations

from math import isnan

import pandas as pd
from matplotlib.figure import Figure as Drawing

from without_recognition.charts import rows
from without_recognition.charts.figure import Figure, chart, finish
from without_recognition.charts.marks import share
from without_recognition.charts.style import BLUE, INK, PALETTE
from without_recognition.charts.table import Table
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted
from without_recognition.findings import robustness
from without_recognition.findings.headlines import HEADLINES, Headline

ORANGE = PALETTE["orange"]
NONE = "–"


@chart
def survival(history: History) -> Figure:
    """How many recomputations of each headline leave it true, those that fail first.

    history: the whole or a variant. `.data`, one row a headline and recomputation that touches it: name,
    family ("" for the full data, publisher, perspective ...), label (what is left out or changed), value
    (share, points or ratio), holds, margin (value divided by its bound, or the reverse). Source: claims and series.

    >>> from without_recognition import charts, load
    >>> charts.survival(load()).data["holds"].dtype == bool
    True
    """
    t = robustness.headline_runs(history)
    headlines = {h.name: h for h in HEADLINES}
    t = t[t["value"].notna() & (t["value"] > 0)].copy()
    t["margin"] = [
        v / headlines[n].bound if headlines[n].above else headlines[n].bound / v
        for n, v in zip(t["name"], t["value"])
    ]
    table = robustness.headline_verdicts(history)
    stands = int((table["verdict"] == "stands").sum())
    said = share(stands, len(table), "headline sentence", "holds", "hold")
    return finish(
        _held(t, headlines),
        key="survival",
        data=t,
        title=f"{said} in every way that was tried",
        alt=f"Of {counted(len(table), 'headline sentence')} {stands} hold under every recomputation that touches "
        f"them and {len(table) - stands} fail at least one.",
        caption="in how many of the recomputations that print another number each sentence holds: without a "
        "publisher, a perspective, a state, a year, or with other cut-offs, witnesses, dates and definitions.",
        lacks="by how much a sentence holds; that is in the table below and in the CSV.",
        signs=(
            ({"marker": "s", "color": BLUE}, "holds"),
            ({"marker": "s", "color": ORANGE}, "fails"),
            ({"marker": "$!$", "mew": 0.6, "ms": 7}, "fails with documented and corroborated events alone"),
        ),
        numbers=[(r.says, r.verdict) for r in table.itertuples()],
        counted="own claims and the series of this book",
    )


def _held(t: pd.DataFrame, headlines: dict[str, Headline]) -> Drawing:
    """A bar a headline: the part of its recomputations under which it holds."""
    whole_data = set(t.loc[t["family"] == "", "name"])
    order = [n for n in headlines if n in whole_data]
    tried = t[t["family"] != ""].groupby("name")["holds"].agg(["sum", "size"]).reindex(order, fill_value=0)
    order.sort(key=lambda n: tried.at[n, "sum"] == tried.at[n, "size"])
    firm = t[t["family"] == "firm"].groupby("name")["holds"].all()
    whole = [bool(tried.at[n, "sum"] == tried.at[n, "size"]) for n in order]
    lay = rows.Rows(
        [headlines[n].says for n in order],
        column=3.1,
        heads={
            whole.index(k): words
            for k, words in ((False, "Fails at least once"), (True, "Holds every time"))
            if k in whole
        },
        notes=[
            f"{tried.at[n, 'sum']} of {tried.at[n, 'size']}" if tried.at[n, "size"] else "untouched"
            for n in order
        ],
        deep=[0.15] * len(order),
    )
    drawing, ax = lay.drawn(bottom=0.02)
    for y, n in zip(lay.at, order):
        held, of = (int(tried.at[n, c]) for c in ("sum", "size"))
        held, of = (held, of) if of else (1, 1)
        ax.barh(y, held / of, height=0.11, color=BLUE, lw=0)[0].set_gid(f"full:{n}")
        ax.barh(y, 1 - held / of, left=held / of, height=0.11, color=ORANGE, lw=0)
        if n in firm.index and not firm[n]:
            ax.plot(1.012, y, marker="$!$", ms=7, color=INK, mew=0.6, clip_on=False)
    ax.set_xlim(0, 1.02)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    return drawing


@chart
def survival_table(history: History) -> Table:
    """Finding, full data, documented and corroborated only, worst of what is left out, other readings, verdict.

    history: the whole or a variant. `.data`, one row a headline, worded: finding, full data, documented and
    corroborated only, worst with one left out, other cut-offs, witnesses, dates, definitions, verdict. Source: claims
    and series.

    >>> from without_recognition import charts, load
    >>> charts.survival_table(load()).data.columns[-1]
    'verdict'
    """
    t = robustness.headline_verdicts(history)
    headlines = {h.name: h for h in HEADLINES}

    def worded(name: str, value: float) -> str:
        return NONE if isnan(value) else headlines[name].worded(value)

    worded_rows = t.assign(
        full=[worded(n, v) for n, v in zip(t["name"], t["full"])],
        firm=[worded(n, v) for n, v in zip(t["name"], t["firm"])],
        worst=[
            NONE if isnan(v) else f"{worded(n, v)} (without {w})"
            for n, v, w in zip(t["name"], t["worst"], t["worst_without"])
        ],
        other=[
            " to ".join(dict.fromkeys((worded(n, a), worded(n, b))))
            for n, a, b in zip(t["name"], t["other_low"], t["other_high"])
        ],
    )
    return Table(
        worded_rows[["says", "full", "firm", "worst", "other", "verdict"]].rename(
            columns={
                "says": "finding",
                "full": "full data",
                "firm": "documented and corroborated only",
                "worst": "worst with one left out",
                "other": "other cut-offs, witnesses, dates, definitions",
            }
        )
    )
