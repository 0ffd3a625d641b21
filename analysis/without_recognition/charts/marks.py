"""Parts that figures share: words with their numbers, stacked bars, points in rows, the axis of time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, DateFormatter, DayLocator, YearLocator, num2date
from matplotlib.ticker import Formatter

from without_recognition.charts import style
from without_recognition.charts.style import INK, PALETTE

STEP = 0.13  #: inches from dot to dot


def label_of(name: str) -> str:
    """'people_to_people' -> 'People to people'."""
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]


def share(part: int, whole: int, noun: str, one: str, many: str) -> str:
    """A sentence that a part of a whole does something, right for none, one and all.

    >>> [share(n, 3, "event", "is firm", "are firm") for n in (0, 1, 2, 3)]
    ['None of 3 events is firm', '1 of 3 events is firm', '2 of 3 events are firm', 'All 3 events are firm']
    >>> share(0, 1, "event", "is firm", "are firm"), share(1, 1, "event", "is firm", "are firm")
    ('No event is firm', 'The one event is firm')
    """
    if whole <= 1:
        return f"{'The one' if part else 'No'} {noun} {one}"
    if part == whole:
        return f"{'Both' if whole == 2 else f'All {whole:,}'} {noun}s {many}"
    return f"{part or 'None':{',' if part else ''}} of {whole:,} {noun}s {one if part <= 1 else many}"


def stacked(
    ax: Axes,
    at: Sequence[float],
    cells: pd.DataFrame,
    order: Sequence[str],
    *,
    row: str,
    column: str,
    count: str,
    looks: dict[str, dict[str, Any]],
    high: float = 0.13,
) -> None:
    """A bar a row of `order` at heights `at`, its parts in the order of `looks` (column -> colour, alpha)."""
    counts = {(r[row], r[column]): r[count] for r in cells.to_dict("records")}
    for y, name in zip(at, order):
        left = 0
        for part, look in looks.items():
            if n := counts.get((name, part), 0):
                (drawn,) = ax.barh(y, n, left=left, height=high, lw=0, **look)
                drawn.set_gid(f"cell:{name}:{part}".replace(" ", "-"))
                left += n
    ax.set_xlim(0, max((sum(counts.get((name, p), 0) for p in looks) for name in order), default=1) or 1)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)


def points(
    ax: Axes,
    at: Sequence[float],
    table: pd.DataFrame,
    *,
    group: str,
    value: str,
    colour: str = INK,
    marker: str = "o",
    hollow: Sequence[bool] = (),
) -> None:
    """A point a row at heights `at`."""
    for n, (y, r) in enumerate(zip(at, table.to_dict("records"))):
        empty = bool(hollow) and hollow[n]
        ax.plot(
            r[value],
            y,
            marker,
            ms=5.4,
            mfc=PALETTE["band"] if empty else colour,
            mec=colour,
            mew=1,
            zorder=4,
            clip_on=False,
            gid=f"row:{r[group]}".replace(" ", "-"),
        )
    ax.grid(axis="x", lw=0.3)


def rounded(table: pd.DataFrame, digits: int = 3) -> pd.DataFrame:
    """The table with its fractions rounded, for the CSV."""
    return table.round(dict.fromkeys(table.select_dtypes("float").columns, digits))


class Days(Formatter):
    """'22 Jan' at each tick, 'Jan' where all are months; below the first and below that of a new year the year;
    years alone where all begin one."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        return self.format_ticks([x])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        days = [num2date(v) for v in values]
        low, high = self.axis.get_view_interval() if self.axis else (values[0], values[-1])
        if all((d.month, d.day) == (1, 1) for d in days):
            return [str(d.year) for d in days]
        name = "%b" if all(d.day == 1 for d in days) else "%-d %b"
        years = [d.year if low <= v <= high else None for v, d in zip(values, days)]
        return [
            d.strftime(name) + (f"\n{year}" if year and year not in years[:n] else "")
            for n, (d, year) in enumerate(zip(days, years))
        ]


def time_axis(ax: Axes) -> None:
    """Years, or months where the axis is short, as many as have room."""
    low, high = ax.get_xlim()
    years = (high - low) / 365.25
    most = max(2, min(7, int(ax.get_position().width * style.width() / 0.42)))
    if years > min(4, (most - 1) / 2):  # half a year is the longest step that months have
        base = next(b for b in (1, 2, 5, 10, 20, 50, 100, 1000) if years / b < most)
        ax.xaxis.set_major_locator(YearLocator(base=base))
        ax.xaxis.set_major_formatter(DateFormatter("%Y"))
    else:
        few = high - low < most
        ax.xaxis.set_major_locator(DayLocator() if few else AutoDateLocator(minticks=2, maxticks=most))
        ax.xaxis.set_major_formatter(Days())
    ax.grid(axis="x", lw=0.3)
