"""The figure contract: a drawing that knows its data, words, source and address."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure as Drawing
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from without_recognition import citations
from without_recognition.charts import faces, rows, style
from without_recognition.charts.table import Table
from without_recognition.data import series
from without_recognition.data.dataset import History
from without_recognition.data.safe_text import safe_csv
from without_recognition.data.variants import unknown_event, untold
from without_recognition.evidence.explanation import GONE
from without_recognition.evidence.labels import escaped
from without_recognition.evidence.lookup import Lookup

LONGEST_SLUG = 60
KEY = "without-recognition"  #: name of our block in the output's metadata
DOTS = 144  #: an inch, of the picture for programs that show no SVG
COLOURS = 48  #: of that picture
PAD = 0.06  #: inches above and below
STYLE = re.compile(r'\bstyle="([^"]*)"')
EVERYWHERE = re.compile(r"(?s)<defs>\s*<style[^>]*>.*?</style>\s*</defs>")
UPRIGHT = re.compile(r' transform="rotate\(-0 [^"]*"')
NUMBERED = re.compile(
    r' id="(?:text|line2d|[xy]tick|matplotlib\.axis|legend|[A-Z]\w+Collection)_\d+"'
)  #: names of parts that nothing refers to
TAG = re.compile(r"<[^>]*>")
ID = re.compile(r' id="([^"]+)"')
LONG = re.compile(r"(\.\d\d)\d+")
Rendered = TypeVar("Rendered", str, bytes)


class Picture:
    """A drawing, rendered when somebody looks, in the form in which it was drawn."""

    def __init__(self, drawing: Drawing, salt: str, signs: Sequence[rows.Sign], source_line: str):
        self._drawing, self._salt = drawing, salt
        self._below = signs, source_line
        self._narrow = style.narrow()

    @cached_property
    def svg(self) -> str:
        """It as SVG: the same bytes every time."""
        return self._rendered(_svg)

    @cached_property
    def png(self) -> bytes:
        """It as PNG, on white."""
        return self._rendered(_png)

    def _rendered(self, how: Callable[[Drawing, Bbox], Rendered]) -> Rendered:
        with style.form(self._narrow), mpl.rc_context({**style.RC, "svg.hashsalt": self._salt}):
            return how(self._drawing, self._box)

    @cached_property
    def _box(self) -> Bbox:
        return _completed(self._drawing, *self._below)


@dataclass(frozen=True)
class Figure:
    """What a chart function returns.

    In a notebook it shows its title and caption, and itself as SVG, or as PNG where SVG is not shown. The book's press
    finds every field but the wide drawing in the output's metadata. Pictures are rendered when they are asked for.

    >>> from without_recognition import charts, load
    >>> figure = charts.timeline(load().chapter("telegram"))
    >>> figure.key, list(figure.data)[:3]
    ('timeline-telegram', ['event_id', 'title', 'date'])
    """

    key: str  #: address: `fig-<key>` on the page, figures/<key>.svg, .png, .csv
    _picture: Picture = field(repr=False)
    data: pd.DataFrame = field(repr=False)  #: tidy, one row a mark
    title: str  #: what the figure finds, as a sentence
    caption: str  #: what it shows
    source_line: str  #: stands inside the picture too
    alt: str  #: one sentence with the main number
    numbers: tuple[tuple[str, str], ...] = field(repr=False)  #: what a mark stands for, and what it says
    event_ids: tuple[str, ...] = field(repr=False)
    citation: str = field(repr=False)  #: as a reference; of a variant it says so
    lacks: str = field(repr=False, default="")  #: what it does not show
    _again: Callable[[], Figure] | None = field(repr=False, default=None)

    @property
    def description(self) -> str:
        """What a reader who cannot see it needs."""
        return "; ".join(": ".join(filter(None, pair)) for pair in self.numbers)

    @property
    def svg(self) -> str:
        """The drawing, with the letters of its face, which no machine need have."""
        return faces.carried(self._picture.svg)

    @property
    def png(self) -> bytes:
        """The drawing for programs that show no SVG."""
        return self._picture.png

    @cached_property
    def narrow(self) -> str:
        """The form for a phone, as SVG."""
        if self._again is None:
            return ""
        with style.form(True):
            return self._again()._picture.svg

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        words = {
            "key": self.key,
            "title": self.title,
            "caption": self.caption,
            "lacks": self.lacks,
            "narrow": self.narrow,
            "source_line": self.source_line,
            "alt": self.alt,
            "numbers": [list(pair) for pair in self.numbers],
            "event_ids": list(self.event_ids),
            "citation": self.citation,
            "csv": self.csv(),
        }
        told = "\n".join((self.title, *self._shown(), self.alt))
        pictures = {"image/svg+xml": self.svg, "image/png": base64.b64encode(self.png).decode()}
        return {**pictures, "text/plain": told}, {"image/svg+xml": {KEY: words}}

    def _ipython_display_(self) -> None:
        """Its words, then its picture: of one output a notebook shows one form, and without trust no SVG."""
        from IPython.display import display

        words = "\n\n".join((f"**{escaped(self.title)}**", escaped(" ".join(self._shown()))))
        told: tuple[dict[str, str], dict[str, Any]] = (
            {"text/markdown": words},
            {"text/markdown": {KEY: self.key}},
        )
        for data, metadata in (told, self._repr_mimebundle_()):
            display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]

    def _shown(self) -> list[str]:
        lacks = [f"Does not show: {self.lacks}"] if self.lacks else []
        return [f"Shows: {self.caption}", *lacks]

    def csv(self) -> str:
        """The data behind the marks; cells that a spreadsheet would run as a formula are defused."""
        return safe_csv(self.data)


Given = ParamSpec("Given")
Shown = TypeVar("Shown", Figure, Table)
_SHOWN: ContextVar[History | None] = ContextVar("the History that is drawn", default=None)


def chart(function: Callable[Given, Shown]) -> Callable[Given, Shown]:
    """Decorator: the figure is of the History that `function` is given: its edition or variant, its series.

    It also says plainly that it was not given a History, or an event or aspect that there is. Raises TypeError and
    UnknownId; of an event that the edition has and a variant has no longer the figure says so.
    """

    parameter = signature(function).parameters.get("history")
    optional = parameter is None or parameter.default is None

    @wraps(function)
    def asked(*given: Given.args, **named: Given.kwargs) -> Shown:
        arguments: dict[str, Any] = signature(function).bind(*given, **named).arguments
        history, event_id = arguments.get("history"), arguments.get("event_id")
        if not isinstance(history, History) and not (optional and history is None):
            told = f"{function.__name__}() takes a History, not {history!r}"
            raise TypeError(f"{told}; write load() or load().chapter(...)")
        gone: dict[str, str] = {}
        if history is not None and "event_id" in arguments:
            gone = untold(history, event_id)
            if gone and "aspect" in arguments:
                Lookup.of(history.edition).about(str(event_id), arguments["aspect"], arguments.get("of", ""))
            if not gone and event_id not in set(history.whole.table("events").index):
                raise unknown_event(history, event_id)
        names = [function.__name__, *(text for text in arguments.values() if isinstance(text, str))]

        def draw() -> Shown:
            before = _SHOWN.set(history)
            try:
                with series.reading_from(history), mpl.rc_context(style.RC):
                    if gone:
                        # of an event only figures
                        return nobody_tells(names, gone["title"])  # type: ignore[return-value]
                    return function(*given, **named)
            finally:
                _SHOWN.reset(before)

        made = draw()
        if isinstance(made, Figure):
            return replace(made, _again=draw)
        if isinstance(made, Table) and history is not None and history.variant:
            return replace(made, note=citations.edition(history))
        return made

    return asked


def nobody_tells(names: Iterable[str], title: str) -> Figure:
    """The figure of what the edition tells and nobody in this variant does, with the key of the whole one."""
    key = "-".join(filter(None, names)).replace("_", "-")
    return empty(key, f"{title}: nobody tells of it", GONE)


def drawn(height: float = 3.0, **subplots: Any) -> tuple[Drawing, Any]:
    """(matplotlib Figure, axes) in the book's style, `height` inches high and as wide as the form that is drawn.

    Outside pyplot, so that nothing leaks between charts.
    """
    with mpl.rc_context(style.RC):
        drawing = Drawing(figsize=(style.width(), height))
        return drawing, drawing.subplots(**subplots)


def finish(
    drawing: Drawing,
    *,
    key: str,
    data: pd.DataFrame,
    title: str,
    caption: str,
    alt: str,
    numbers: Sequence[tuple[object, object]],
    lacks: str = "",
    signs: Sequence[rows.Sign] = (),
    event_ids: Iterable[str] = (),
    counted: str = "",
) -> Figure:
    """Wrap the drawing, with the key of `signs` and the source line to stand below it.

    `caption` says what the figure shows, `lacks` what it does not show.
    """
    shown = _SHOWN.get()
    source_line = f"{citations.edition(shown)}{' · ' + counted if counted else ''}"
    picture = Picture(drawing, key, signs, source_line)
    title = title[:1].upper() + title[1:]
    citation = citations.figure(key, title, history=shown)
    if shown is not None and shown.variant:
        words = shown.variant[:1].upper() + shown.variant[1:]
        key, caption = f"{key}-{slug(shown.variant)}", f"{caption} {words}."
    return Figure(
        key,
        picture,
        data.reset_index(drop=True),
        title,
        caption,
        source_line,
        alt,
        tuple((str(name), str(said)) for name, said in numbers),
        tuple(event_ids),
        citation,
        lacks=lacks,
    )


def slug(text: str) -> str:
    """A name for addresses, cut where it is long and then ended by a number of its own.

    >>> slug("variant of 0.1.0: without dahri-2016")
    'variant-of-0-1-0-without-dahri-2016'
    """
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    own = hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
    return plain if len(plain) <= LONGEST_SLUG else f"{plain[:LONGEST_SLUG]}-{own}"


def _completed(drawing: Drawing, signs: Sequence[rows.Sign], source_line: str) -> Bbox:
    """Letters large enough, the key and the source line below; returns what all that takes, in inches.

    It is as wide as the form, so that letters keep their size, unless something is wider.
    """
    for text in drawing.findobj(Text):
        text.set_fontsize(style.letters(float(text.get_fontsize())))
    drawing.draw_without_rendering()
    box = drawing.get_tightbbox()
    low = rows.key(drawing, signs, box.y0)
    points = style.letters(7)
    lines = style.wrapped(source_line, style.width() - 0.05, points)
    drawing.text(
        0.02 / style.width(),
        (low - 0.07) / drawing.get_figheight(),
        "\n".join(lines),
        fontsize=points,
        color=style.MUTED,
        va="top",
        linespacing=1.2,
    )
    low -= 0.1 + len(lines) * points * 1.25 / 72 + PAD
    left = box.x0 - PAD if box.x0 < -0.01 else 0
    right = box.x1 + PAD if box.x1 > style.width() + 0.01 else style.width()
    return Bbox([[left, low], [right, box.y1 + PAD]])


def _svg(drawing: Drawing, box: Bbox) -> str:
    """What of the drawing is in the box, the same bytes every time, with attributes in place of styles."""
    out = io.StringIO()
    none = {"Date": None, "Creator": None, "Format": None, "Type": None}
    drawing.savefig(out, format="svg", bbox_inches=box, metadata=none)
    svg = out.getvalue()
    svg = re.sub(r"(?s)\s*<metadata>.*?</metadata>", "", svg[svg.index("<svg") :])
    svg = EVERYWHERE.sub("", svg, count=1).replace(
        "<svg", '<svg stroke-linejoin="round" stroke-linecap="butt"', 1
    )
    svg = STYLE.sub(lambda found: _attributes(found[1]), NUMBERED.sub("", UPRIGHT.sub("", svg)))
    return _each_once(TAG.sub(lambda tag: LONG.sub(r"\1", tag[0]), svg))


def _each_once(svg: str) -> str:
    """Marks that share a name, as the lines of one label do, numbered: an id stands once in a document.

    >>> _each_once('<g id="row:arms"/><g id="row:arms"/><use href="#row:arms"/>')
    '<g id="row:arms"/><g id="row:arms:2"/><use href="#row:arms"/>'
    """
    met: Counter[str] = Counter()

    def numbered(found: re.Match[str]) -> str:
        met[found[1]] += 1
        return found[0] if met[found[1]] == 1 else f' id="{found[1]}:{met[found[1]]}"'

    return ID.sub(numbered, svg)


def _attributes(declarations: str) -> str:
    r"""'fill: none; stroke: #000' as attributes, which a page's policy lets pass and its style sheet can change.

    A name with a word that begins with a digit stands between quotation marks, or browsers drop the whole attribute.

    >>> _attributes("font-family: 'Source Sans 3'; fill: none")
    'font-family="\'Source Sans 3\', sans-serif" fill="none"'
    """
    pairs = (one.split(":", 1) for one in declarations.split(";") if one.strip())
    found = {name.strip(): words.strip() for name, words in pairs}
    if found.get("stroke-opacity") == "0":
        found = {**found, "stroke": "none"}
        del found["stroke-opacity"]
    if "font-family" in found:
        found["font-family"] += ", sans-serif"
    return " ".join(f'{name}="{words}"' for name, words in found.items())


def _png(drawing: Drawing, box: Bbox) -> bytes:
    """The same on white and in few colours, for programs that show no SVG."""
    out, packed = io.BytesIO(), io.BytesIO()
    drawing.savefig(out, format="png", dpi=DOTS, bbox_inches=box, facecolor="w")
    Image.open(out).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
        packed, "PNG", optimize=True
    )
    return packed.getvalue()


def empty(key: str, title: str, why: str) -> Figure:
    """A chart of nothing says so instead of failing."""
    drawing, ax = drawn(height=0.9)
    ax.axis("off")
    ax.text(0, 0.5, why, va="center", color=style.MUTED)
    return finish(
        drawing,
        key=key,
        data=pd.DataFrame({"note": [why]}),
        title=title,
        caption=why,
        alt=f"0 marks: {why}",
        numbers=[(why, "")],
    )
