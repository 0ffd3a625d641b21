"""The figure contract: a drawing that knows its data, words, source and address."""
from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from inspect import signature

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure as Drawing

from analysis import citing
from analysis.charts import style
from analysis.dataset import History
from analysis.messages import UnknownId

KEY = "without-recognition"  #: name of our block in the output's metadata


@dataclass(frozen=True)
class Figure:
    """What a chart function returns.

    In a notebook it shows as SVG. The book's press finds every field but the drawing in the output's metadata.
    """

    key: str  #: address: `fig-<key>` on the page, figures/<key>.svg, .png, .csv
    svg: str = field(repr=False)
    data: pd.DataFrame = field(repr=False)  #: tidy, one row a mark
    title: str
    caption: str
    source_line: str  #: stands inside the picture too
    alt: str  #: one sentence with the main number
    description: str = field(repr=False)  #: what a reader who cannot see it needs
    event_ids: tuple[str, ...] = field(repr=False)

    @property
    def citation(self) -> str:
        return citing.figure(self.key, self.title)

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        words = {"key": self.key, "title": self.title, "caption": self.caption, "source_line": self.source_line,
                 "alt": self.alt, "description": self.description, "event_ids": list(self.event_ids),
                 "citation": self.citation, "csv": self.csv()}
        return {"image/svg+xml": self.svg, "text/plain": self.alt}, {"image/svg+xml": {KEY: words}}

    def csv(self) -> str:
        """The data behind the marks; cells that a spreadsheet would run as a formula are defused."""
        return citing.safe_csv(self.data)


def chart(function: Callable) -> Callable:
    """Decorator: `function` says plainly that it was not given a History, or an event that there is.

    Raises TypeError and UnknownId.
    """

    @wraps(function)
    def asked(*given, **named):
        arguments = signature(function).bind(*given, **named).arguments
        history, event_id = arguments.get("history"), arguments.get("event_id")
        if "history" in arguments and not isinstance(history, History):
            told = f"{function.__name__}() takes a History, not {history!r}"
            raise TypeError(f"{told}; write load() or load().chapter(...)")
        if "event_id" in arguments and event_id not in set(history.whole.events.index):
            raise UnknownId("event", event_id, history.whole.events.index)
        return function(*given, **named)

    return asked


def drawn(width: float = style.WIDTH, height: float = 3.0, **subplots):
    """(matplotlib Figure, axes) in the book's style, outside pyplot so that nothing leaks between charts."""
    with mpl.rc_context(style.RC):
        drawing = Drawing(figsize=(width, height))
        return drawing, drawing.subplots(**subplots)


def finish(drawing: Drawing, *, key: str, data: pd.DataFrame, title: str, caption: str, alt: str, description: str,
           event_ids=(), counted: str = "") -> Figure:
    """Write the source line into the drawing, render it to the same bytes every time, and wrap it."""
    source_line = f"{citing.edition()}{' · ' + counted if counted else ''}"
    with mpl.rc_context({**style.RC, "svg.hashsalt": key}):
        below = drawing.get_tightbbox().y0 - 0.07  # inches
        drawing.text(0.005, below / drawing.get_figheight(), source_line, fontsize=6.5, color=style.MUTED, va="top")
        out = io.StringIO()
        drawing.savefig(out, format="svg", bbox_inches="tight", pad_inches=0.06,
                        metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    title = title[:1].upper() + title[1:]
    svg = out.getvalue()
    svg = svg[svg.index("<svg"):]
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.S)
    return Figure(key, svg, data.reset_index(drop=True), title, caption, source_line, alt, description,
                  tuple(event_ids))


def empty(key: str, title: str, why: str) -> Figure:
    """A chart of nothing says so instead of failing."""
    drawing, ax = drawn(height=0.9)
    ax.axis("off")
    ax.text(0, 0.5, why, va="center", color=style.MUTED)
    return finish(drawing, key=key, data=pd.DataFrame({"note": [why]}), title=title, caption=why, alt=f"0 marks: {why}",
                  description=why)
