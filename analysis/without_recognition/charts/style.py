"""One look for every figure: palette, sizes, and the marks that stand for grades."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from cycler import cycler
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.patches import Rectangle
from matplotlib.transforms import Transform

#: Each hex value stands for one role and is used for nothing else: the press swaps it for a CSS variable,
#: so that one drawing serves light and dark.
PALETTE = {
    "ink": "#1f2328",
    "muted": "#5c6670",
    "rule": "#c9ced4",
    "blue": "#0b6aa8",
    "orange": "#b5520b",
    "green": "#0a7d5a",
    "violet": "#8a4a86",
    "band": "#e9ecf0",
}
INK, MUTED, RULE, BLUE = (PALETTE[c] for c in ("ink", "muted", "rule", "blue"))
PAPER = "#ffffff"  #: behind an empty mark that stands on a line
SIDES = {"pakistani": PALETTE["green"], "israeli": BLUE}
WIDTH = 5.9  #: inches; drawn a little narrower than the text, so that letters grow when the page scales it
NARROW = 3.4  #: inches of the form for a phone
LEAST = {False: 7.5, True: 8.5}  #: points of the smallest letters, wide and narrow

#: Drawings are measured with the face in which the page, the PDF and the picture files show them.
FACE = "Source Sans 3"
FONTS = Path(__file__).parents[1] / "press" / "print" / "assets" / "fonts"
FILES = {400: FONTS / "SourceSans3_400Regular.ttf", 600: FONTS / "SourceSans3_600SemiBold.ttf"}
for _file in FILES.values():
    font_manager.fontManager.addfont(_file)

RC: Any = {
    "svg.fonttype": "none",
    "font.family": FACE,
    "text.hinting": "none",
    "font.size": 8.2,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "axes.labelcolor": MUTED,
    "axes.linewidth": 0.6,
    "axes.titlesize": 9,
    "axes.titleweight": 600,
    "axes.titlecolor": INK,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "xtick.labelsize": 7.8,
    "ytick.labelsize": 8,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0,
    "ytick.major.pad": 5,
    "axes.grid": False,
    "grid.color": RULE,
    "grid.linewidth": 0.4,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "legend.frameon": False,
    "axes.prop_cycle": cycler(color=[BLUE, PALETTE["orange"], PALETTE["green"], PALETTE["violet"]]),
}


_IS_NARROW: ContextVar[bool] = ContextVar("the form for a phone is drawn", default=False)


def narrow() -> bool:
    """Whether the form for a phone is drawn."""
    return _IS_NARROW.get()


def width() -> float:
    """Inches of the drawing.

    >>> width()
    5.9
    """
    return NARROW if narrow() else WIDTH


@contextmanager
def form(is_narrow: bool) -> Iterator[None]:
    """Within it charts draw the form for a phone, or the wide one."""
    before = _IS_NARROW.set(is_narrow)
    try:
        yield
    finally:
        _IS_NARROW.reset(before)


def letters(points: float) -> float:
    """`points`, but never less than can be read in the form that is drawn."""
    return max(points, LEAST[narrow()])


def day(when: date) -> float:
    """A day as Matplotlib counts them, kept within what its axes can show."""
    return float(date2num(min(max(when, date(1, 1, 2)), date(9999, 12, 30))))


@cache
def _face(weight: int) -> FT2Font:
    font = FT2Font(str(FILES[weight]))
    font.set_size(100, 72)
    return font


@cache
def extent(text: str, points: float, weight: int = 400) -> float:
    """Inches that a line of `text` takes, in the face of the figures.

    >>> 0.7 < extent("Pakistan and Israel", 8) < 0.9
    True
    """
    font = _face(weight)
    font.set_text(text, 0, flags=LoadFlags.NO_HINTING)
    return font.get_width_height()[0] / 64 * points / 100 / 72


def wrapped(text: str, inches: float, points: float, weight: int = 400) -> list[str]:
    """The lines of `text`, none wider than `inches` but for a word that is.

    >>> wrapped("Pakistan and Israel", 0.7, 8)
    ['Pakistan and', 'Israel']
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and extent(longer, points, weight) > inches:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def bare(ax: Axes, *, left: bool = False) -> None:
    """No spines or ticks at the left or the bottom; the labels at the left stay if `left`."""
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(length=0)
    ax.yaxis.set_visible(left)


def mark(
    ax: Axes,
    x: float,
    y: float,
    grade: str,
    *,
    size: float = 6.5,
    colour: str = INK,
    event: str = "",
    transform: Transform | None = None,
) -> None:
    """One grade mark: documented filled, corroborated half filled, attested ring with dot, alleged empty ring.

    `event` becomes the group id of the drawn shape, so that a page can dim it.
    """
    fill = {"documented": "full", "corroborated": "left"}.get(grade, "none")
    gid = f"ev:{event}" if event else None
    look: dict[str, Any] = {"mfc": colour, "mec": colour, "clip_on": False}
    if transform is not None:
        look["transform"] = transform
    ax.plot([x], [y], "o", ms=size, fillstyle=fill, mfcalt="none", mew=0.9, zorder=5, gid=gid, **look)
    if grade == "attested":
        ax.plot([x], [y], "o", ms=size * 0.32, mew=0, zorder=6, gid=gid and gid + ":dot", **look)


def bar(
    ax: Axes,
    start: float,
    end: float,
    y: float,
    grade: str,
    *,
    height: float = 0.42,
    colour: str = INK,
    event: str = "",
) -> None:
    """An uncertain or long date: a bar with the fill of its grade, never a dot."""
    gid = f"ev:{event}" if event else None
    inner = gid and f"{gid}:fill"
    box: dict[str, Any] = {"lw": 0.9, "ec": colour, "zorder": 4, "clip_on": False}
    ax.add_patch(
        Rectangle(
            (start, y - height / 2),
            end - start,
            height,
            fc=colour if grade == "documented" else "none",
            gid=gid,
            **box,
        )
    )
    if grade == "corroborated":
        low = y if ax.yaxis_inverted() else y - height / 2  # its lower half
        half = Rectangle((start, low), end - start, height / 2, fc=colour, lw=0, zorder=4, gid=inner)
        ax.add_patch(half)
    if grade == "attested":
        ax.plot([(start + end) / 2], [y], "o", ms=2.2, mfc=colour, mec=colour, mew=0, zorder=5, gid=inner)
