"""One look for every figure: palette, sizes, and the marks that stand for grades."""
from __future__ import annotations

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

#: Each hex value stands for one role and is used for nothing else: the press swaps it for a CSS variable,
#: so that one drawing serves light and dark.
PALETTE = {
    "ink": "#1f2328", "muted": "#5c6670", "rule": "#c9ced4", "blue": "#0b6aa8", "orange": "#b5520b",
    "green": "#0a7d5a", "violet": "#8a4a86", "band": "#e9ecf0",
}
INK, MUTED, RULE, BLUE = (PALETTE[c] for c in ("ink", "muted", "rule", "blue"))
SIDES = {"pakistani": PALETTE["green"], "israeli": BLUE}
WIDTH = 5.9  #: inches; drawn a little narrower than the text, so that letters grow when the page scales it

RC = {
    "svg.fonttype": "path", "font.family": "DejaVu Sans", "font.size": 8, "text.color": INK,
    "axes.edgecolor": RULE, "axes.labelcolor": MUTED, "axes.linewidth": 0.6, "axes.titlesize": 9.5,
    "axes.titleweight": "bold", "axes.titlecolor": INK, "axes.titlelocation": "left",
    "axes.spines.top": False, "axes.spines.right": False, "xtick.color": MUTED, "ytick.color": INK,
    "xtick.labelsize": 7.5, "ytick.labelsize": 7.5, "xtick.major.width": 0.6, "ytick.major.width": 0,
    "ytick.major.pad": 5, "axes.grid": False, "grid.color": RULE, "grid.linewidth": 0.4,
    "figure.facecolor": "none", "axes.facecolor": "none", "savefig.facecolor": "none", "legend.frameon": False,
    "axes.prop_cycle": mpl.cycler(color=[BLUE, PALETTE["orange"], PALETTE["green"], PALETTE["violet"]]),
}


def bare(ax: Axes, *, left: bool = False) -> None:
    """No spines or ticks at the left or the bottom; the labels at the left stay if `left`."""
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(length=0)
    ax.yaxis.set_visible(left)


def mark(ax: Axes, x: float, y: float, grade: str, *, size: float = 6.5, colour: str = INK, event: str = "") -> None:
    """One grade mark: documented filled, corroborated half filled, attested ring with dot, alleged empty ring.

    `event` becomes the group id of the drawn shape, so that a page can dim it.
    """
    fill = {"documented": "full", "corroborated": "left"}.get(grade, "none")
    gid = f"ev:{event}" if event else None
    ax.plot([x], [y], "o", ms=size, fillstyle=fill, mfc=colour, mec=colour, mfcalt="none", mew=0.9,
            clip_on=False, zorder=5, gid=gid)
    if grade == "attested":
        ax.plot([x], [y], "o", ms=size * 0.32, mfc=colour, mec=colour, mew=0, clip_on=False, zorder=6,
                gid=gid and gid + ":dot")


def bar(ax: Axes, start: float, end: float, y: float, grade: str, *, height: float = 0.42, colour: str = INK,
        event: str = "") -> None:
    """An uncertain or long date: a bar with the fill of its grade, never a dot."""
    gid = f"ev:{event}" if event else None
    box = {"lw": 0.9, "ec": colour, "zorder": 4, "clip_on": False}
    ax.add_patch(Rectangle((start, y - height / 2), end - start, height,
                           fc=colour if grade == "documented" else "none",
                           ls=(0, (2, 1.5)) if grade == "alleged" else "-", gid=gid, **box))
    if grade == "corroborated":
        ax.add_patch(Rectangle((start, y - height / 2), end - start, height / 2, fc=colour, lw=0, zorder=4))
    if grade == "attested":
        ax.plot([(start + end) / 2], [y], "o", ms=2.2, mfc=colour, mec=colour, mew=0, zorder=5)
