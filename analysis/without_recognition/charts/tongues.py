"""The figure of the languages and the sides in which a decade is told."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from without_recognition.charts import rows, style
from without_recognition.charts.figure import Figure, chart, empty, finish
from without_recognition.charts.marks import label_of
from without_recognition.charts.style import INK, MUTED, PALETTE
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted
from without_recognition.findings import tongues

BAR = 0.3  #: inches of the highest bar of a row
OLD, NEW = INK, PALETTE["violet"]
ORDER = {"language": (*tongues.LANGUAGES.values(), tongues.OTHER), "side": (*tongues.SIDES, tongues.OTHER)}
KEY: tuple[rows.Sign, ...] = (
    ({"marker": "s", "color": OLD}, "in the first edition"),
    ({"marker": "s", "color": NEW}, "read since"),
)
HEADS = {"language": "By language of the text", "side": "By side of its author or publisher"}


@chart
def texts_by_decade(history: History) -> Figure:
    """Texts that were read, by language, by side and by the decade of which they tell; the first edition and now.

    history: the whole, a chapter or a variant. `.data`, one row a language or side and decade ("" for all): by
    (language, side), group, decade, first (texts that the first edition had), now. Source: sources, claims, pins.

    >>> from without_recognition import charts, load
    >>> sorted(set(charts.texts_by_decade(load()).data["by"]))
    ['language', 'side']
    """
    key = "texts-by-decade"
    data = tongues.texts(history)
    if data.empty:
        return empty(key, "No text yet", "No text has been read yet.")
    sums = data[data["decade"] == ""].set_index(["by", "group"])
    order = [(by, name) for by, names in ORDER.items() for name in names if (by, name) in sums.index]
    starts = {HEADS[by]: n for n, (by, _) in reversed([*enumerate(order)])}
    lay = rows.Rows(
        [label_of(name) for _, name in order],
        column=0.85,
        beside=True,
        heads={n: head for head, n in starts.items()},
        notes=[f"{sums.at[one, 'first']:,} to {sums.at[one, 'now']:,}" for one in order],
        deep=[BAR] * len(order),
        gap=0.08,
    )
    drawing, ax = lay.drawn(bottom=0.26)
    for y, one in zip(lay.at, order):
        own = data[(data["by"] == one[0]) & (data["group"] == one[1]) & (data["decade"] != "")]
        _bars(ax, y + BAR / 2, own, ":".join(one))
    last = len(tongues.DECADES) - 1
    ticks = (0, last) if style.narrow() else (0, 2, 4, 6, last)
    ax.set_xlim(-0.6, last + 0.6)
    ax.set_xticks(ticks, [tongues.DECADES[n] for n in ticks])
    by_language = sums.loc["language"]
    own = by_language[by_language.index != "English"].sum()
    all_ = int(by_language["now"].sum())
    each = [f"{name} {int(n):,}" for name, n in by_language["now"].items()]
    return finish(
        drawing,
        key=key,
        data=data,
        title=f"{counted(int(own['now']), 'text')} of {all_:,} were read in another language than English, "
        f"against {int(own['first'])} in the first edition",
        alt=f"{counted(all_, 'text')} that were read, by language: {', '.join(each)}.",
        caption="how many texts that were read tell of each decade, each row on a scale of its own; at the right the "
        "texts of the first edition and those of now. A text that tells of two decades stands in both.",
        lacks="what was written and could not be had, and how good a text is.",
        signs=KEY,
        numbers=[
            (
                f"{label_of(r.group)}, {r.decade or 'in all'}",
                f"{counted(r.now, 'text')}, {r.first} of them in the first edition",
            )
            for r in data.itertuples()
        ],
        counted=counted(all_, "text"),
    )


def _bars(ax: Axes, foot: float, own: pd.DataFrame, name: str) -> None:
    """A bar a decade that stands on `foot`, as high as the row's own scale has it; below, what is old."""
    scale = BAR / max(own["now"].max(), 1)
    ax.plot([-0.5, len(tongues.DECADES) - 0.5], [foot, foot], color=MUTED, lw=0.5)
    for r in own.itertuples():
        x = tongues.DECADES.index(r.decade)
        for low, high, colour in ((0, r.first, OLD), (r.first, r.now, NEW)):
            if high > low:
                bar = ax.bar(
                    x, -(high - low) * scale, bottom=foot - low * scale, width=0.72, color=colour, lw=0
                )
                bar[0].set_gid(f"cell:{name}:{r.decade}:{colour}".replace(" ", "-"))
