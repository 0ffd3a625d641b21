"""Parts that the figures of the findings share: a matrix of counts, rows of shares with their intervals."""
from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.style import INK, MUTED, RULE, bare


def words(name: str) -> str:
    """'people_to_people' -> 'People to people'."""
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]


def matrix(ax: Axes, cells: pd.DataFrame, rows: Sequence[str], columns: Sequence[str], *, row: str, column: str,
           count: str, colour: Callable[[str], str] = lambda name: INK, beside: str = "",
           heads: Sequence[str] = ()) -> None:
    """Counts as discs whose area is the count, the number at the side; `beside` names a column of small words."""
    ax.set_xlim(-0.5, len(columns) - 0.35)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    most = max(cells[count].max(), 1)
    for y in range(len(rows)):
        ax.axhline(y, color=RULE, lw=0.4, zorder=1)
    for c in cells.to_dict("records"):
        if not c[count]:
            continue
        x, y = list(columns).index(c[column]), list(rows).index(c[row])
        ax.plot(x - 0.15, y, "o", ms=3 + 10 * (c[count] / most) ** 0.5, color=colour(c[column]), mew=0, zorder=3,
                gid=f"cell:{c[row]}:{c[column]}")
        note = f"  {c[beside]}" if beside and c[beside] else ""
        ax.text(x + 0.09, y, f"{c[count]}", va="center", fontsize=7.2, color=INK, zorder=4)
        if note:
            ax.text(x + 0.22, y, note, va="center", fontsize=6, color=MUTED, zorder=4)
    ax.set_yticks(range(len(rows)), [words(r) for r in rows])
    ax.set_xticks([x - 0.15 for x in range(len(columns))], heads or [words(c) for c in columns], rotation=28, ha="left",
                  rotation_mode="anchor")
    ax.xaxis.tick_top()
    bare(ax, left=True)


def intervals(ax: Axes, table: pd.DataFrame, *, group: str, value: str, notes: Sequence[str], colour: str = INK,
              offset: float = 0.0, hollow: bool = False) -> None:
    """One row a group: a point with its interval (low, high) and a note at the right edge."""
    ax.set_ylim(len(table) - 0.5, -0.5)
    for y, r in enumerate(table.to_dict("records")):
        if not offset:
            ax.axhline(y, color=RULE, lw=0.4, zorder=1)
        ax.plot([r["low"], r["high"]], [y + offset] * 2, color=colour, lw=1.3, zorder=3, solid_capstyle="butt")
        ax.plot(r[value], y + offset, "o", ms=5, mfc="none" if hollow else colour, mec=colour, mew=1, zorder=4,
                gid=f"row:{r[group]}" + (":2" if offset else ""))
        if notes:
            ax.text(1.02, y + offset, notes[y], transform=ax.get_yaxis_transform(), va="center", fontsize=6.6,
                    color=MUTED)
    ax.set_yticks(range(len(table)), [words(str(g)) for g in table[group]])
    ax.grid(axis="x", lw=0.3)
    ax.set_axisbelow(True)
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)


def rounded(table: pd.DataFrame, digits: int = 3) -> pd.DataFrame:
    """The table with its fractions rounded, for the CSV."""
    return table.round({c: digits for c in table.select_dtypes("float").columns})
