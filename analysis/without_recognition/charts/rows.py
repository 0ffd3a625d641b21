"""Rows with their labels, and the key below a drawing: each fits a page and a phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.transforms import blended_transform_factory

from without_recognition.charts import style
from without_recognition.charts.style import INK, MUTED, RULE, extent, letters, wrapped

LINE = 1.22  #: height of a line, in sizes of its letters
GAP = 0.14  #: inches between a label and what follows it
MARK = 0.2  #: inches that a row of marks takes under its label, on a phone
#: status -> how much of its diamond is filled, as in the text: nothing, a smaller diamond in it, all
AGAINST = {"challenged": 0.0, "disputed": 0.45, "contradicted": 1.0}
#: (a grade, a status or how to draw a sign; what it means)
Sign = tuple[str | Mapping[str, Any], str]
GRADED: tuple[Sign, ...] = tuple((g, g) for g in ("documented", "corroborated", "attested", "alleged"))
STATUSES: tuple[Sign, ...] = tuple((s, s) for s in AGAINST)
LOOSE: Sign = ({"bar": "corroborated"}, "known only within bounds, or a span; filled like the marks")


def status(ax: Axes, x: float, y: float, name: str, *, size: float = 4.4, **more: Any) -> None:
    """The small diamond of a status, in data coordinates unless `more` gives a transform; none for unchallenged."""
    if name in AGAINST:
        look = {"color": style.PALETTE["orange"], "clip_on": False, "zorder": 6, **more}
        ax.plot([x], [y], "D", ms=size, mew=0.9, mfc="none", **look)
        if AGAINST[name]:
            ax.plot([x], [y], "D", ms=size * AGAINST[name], mew=0, **look)


def key(drawing: Drawing, signs: Sequence[Sign], top: float) -> float:
    """Write `signs` with their words below `top` inches, as many lines as it takes; returns where they end."""
    if not signs:
        return top
    points, width = letters(7.6), style.width()
    lines: list[list[tuple[float, Sign]]] = [[]]
    x = 0.02
    for sign in signs:
        takes = 0.17 + extent(sign[1], points) + 0.16
        if lines[-1] and x + takes - 0.16 > width:
            lines.append([])
            x = 0.02
        lines[-1].append((x, sign))
        x += takes
    step = points * 1.5 / 72
    height = step * len(lines)
    low = top - 0.1 - height
    ax = drawing.add_axes(
        (0, low / drawing.get_figheight(), 1, height / drawing.get_figheight()), gid="key", xlim=(0, width)
    )
    ax.set_ylim(0, height)
    ax.axis("off")
    for n, line in enumerate(lines):
        for x, (look, words) in line:
            y = height - (n + 0.5) * step
            _sign(ax, x + 0.06, y, look)
            ax.text(x + 0.17, y, words, fontsize=points, color=MUTED, va="center_baseline")
    return low


def _sign(ax: Axes, x: float, y: float, look: str | Mapping[str, Any]) -> None:
    if isinstance(look, str) and look in AGAINST:
        status(ax, x, y, look)
    elif isinstance(look, str):
        style.mark(ax, x, y, look, size=5.6)
    elif look.get("bar"):
        style.bar(ax, x - 0.08, x + 0.05, y, look["bar"], height=0.08)
    elif look.get("marker"):
        ax.plot([x], [y], **{"ls": "none", "clip_on": False, "color": INK, "ms": 5.5, **look})
    else:
        ends = {"clip_on": False, "color": INK, "lw": 4, "solid_capstyle": "butt", "dash_capstyle": "butt"}
        ax.plot([x - 0.06, x + 0.07], [y, y], **{**ends, **look})


@dataclass
class Rows:
    """Rows of a chart, measured in inches from the top; on a phone each label stands above its marks.

    `labels` may hold a `\\n`. `heads` are titles over the row of that number. `notes` stand at the right edge. `signs`
    are (grade, status) before and behind a label; `events` are the ids that labels carry. `deep` are inches that
    the marks of each row take.
    """

    labels: Sequence[str]
    column: float = 2.4  #: inches of the labels, wide
    notes: Sequence[str] = ()
    heads: Mapping[int, str] = field(default_factory=dict)
    grades: Sequence[str] = ()
    statuses: Sequence[str] = ()
    events: Sequence[str] = ()
    deep: Sequence[float] = ()
    size: float = 8
    gap: float = 0.09
    beside: bool = False  #: whether labels are short enough to stand beside their marks on a phone too

    def __post_init__(self) -> None:
        self.size = letters(self.size)
        self.above = style.narrow() and not self.beside
        self.note_size = letters(7.4)
        self.margin = max((extent(n, self.note_size) for n in self.notes), default=0.0)
        self.left = 0.04 if self.above else self.column + GAP
        self.right = style.width() - 0.08 - (self.margin + GAP if self.notes and not self.above else 0)
        self.indent = 0.17 if self.grades else 0.0
        line = self.size * LINE / 72
        self.lines: list[list[str]] = []
        self.tops: list[float] = []
        self.at: list[float] = []  #: where the marks of each row stand
        self.head_at: dict[int, float] = {}
        y = 0.0
        for n, label in enumerate(self.labels):
            if n in self.heads:
                y += 0.1 if n else 0.0
                self.head_at[n] = y
                y += (self.size + 0.6) * 1.5 / 72
            room = self._room(n)
            self.lines.append([w for part in label.split("\n") for w in wrapped(part, room, self.size)])
            deep = self.deep[n] if self.deep else MARK
            self.tops.append(y)
            high = line * len(self.lines[n])
            if self.above:
                self.at.append(y + high + deep / 2 + 0.04)
                y += high + deep + 0.04 + self.gap
            else:
                high = max(high, deep) + self.gap
                self.at.append(y + high / 2)
                y += high
        self.height = y

    def _room(self, n: int) -> float:
        signed = 0.16 if self.statuses and self.statuses[n] in AGAINST else 0.0
        if not self.above:
            return self.column - self.indent - signed
        note = extent(self.notes[n], self.note_size) + GAP if self.notes else 0.0
        return style.width() - 0.04 - self.indent - signed - note

    def drawn(self, *, top: float = 0.05, bottom: float = 0.3) -> tuple[Drawing, Axes]:
        """A drawing with one pair of axes: data y are inches from the top. `top` and `bottom` are inches around it."""
        total = self.height + top + bottom
        with mpl.rc_context(style.RC):
            drawing = Drawing(figsize=(style.width(), total))
            ax = drawing.add_axes(
                (
                    self.left / style.width(),
                    bottom / total,
                    (self.right - self.left) / style.width(),
                    self.height / total,
                )
            )
        ax.set_ylim(self.height, 0)
        ax.yaxis.set_visible(False)
        ax.spines["left"].set_visible(False)
        ax.tick_params(axis="x", length=2)
        ax.set_axisbelow(True)
        self._write(ax)
        return drawing, ax

    def _write(self, ax: Axes) -> None:
        drawing = ax.figure
        place = blended_transform_factory(drawing.dpi_scale_trans, ax.transData)
        line = self.size * LINE / 72
        for n, top in self.head_at.items():  # a head without a row is not written
            y, head = top + (self.size + 0.6) * 0.75 / 72, self.heads[n]
            ax.text(
                0.02, y, head, transform=place, fontsize=self.size + 0.6, fontweight=600, va="center_baseline"
            )
        for n, lines in enumerate(self.lines):
            first = self.tops[n] + line / 2
            if not self.above:
                first = self.at[n] - line * (len(lines) - 1) / 2
            gid = f"ev:{self.events[n]}:label" if self.events else None
            for i, words in enumerate(lines):
                ax.text(
                    0.02 + self.indent,
                    first + i * line,
                    words,
                    transform=place,
                    fontsize=self.size,
                    va="center_baseline",
                    color=INK,
                    gid=gid,
                )
            if self.grades:
                event = f"{self.events[n]}" if self.events else ""
                style.mark(ax, 0.085, first, self.grades[n], size=5.8, event=event, transform=place)
            if self.statuses:
                x = 0.02 + self.indent + extent(lines[-1], self.size) + 0.09
                against: dict[str, Any] = {"gid": f"ev:{self.events[n]}:status"} if self.events else {}
                at = first + (len(lines) - 1) * line
                status(ax, x, at, self.statuses[n], transform=place, **against)
            if self.notes:
                ax.text(
                    style.width() - 0.04 if self.above else self.right + GAP,
                    first if self.above else self.at[n],
                    self.notes[n],
                    transform=place,
                    fontsize=self.note_size,
                    color=MUTED,
                    va="center_baseline",
                    ha="right" if self.above else "left",
                    gid=gid and gid.replace(":label", ":note"),
                )

    def rules(self, ax: Axes) -> None:
        """A hairline through the marks of each row."""
        for y in self.at:
            ax.axhline(y, color=RULE, lw=0.4, zorder=1)
