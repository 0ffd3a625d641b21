"""Figures of the chapters: read from a cell's output, written inline into the page and as files beside it.

MyST-NB finds `FigureRenderer` by its entry point. Without it, a reader of the notebook just sees the picture.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from docutils import nodes
from markupsafe import Markup
from myst_nb.core.render import MimeData, NbElementRenderer

from analysis.press import problems, wording
from analysis.press.lookup import Lookup

KEY = "without-recognition"  #: the block of our own in the output's metadata
COLOUR = re.compile(r"#([0-9a-f]{6})\b")
EVENT = re.compile(r'\bid="ev:([^":]+)[^"]*"')
DECLARATIONS = re.compile(r"(?s)^.*?(?=<svg\b)")
COMMENT = re.compile(r"(?s)<!--.*?-->")
BETWEEN = re.compile(r">\s+<")
REFERENCE = re.compile(r'\b(id="|(?:xlink:)?href="#)([^"]+)"')
SIZE = re.compile(r'(<svg\b[^>]*?) (?:width|height)="[^"]*"')


class HouseFigure(nodes.General, nodes.Element):
    """A figure of the contract: `fields` from the output's metadata, `svg`."""


class FigureRenderer:
    """MyST-NB's plug-in for SVG that carries our metadata; anything else is left to MyST-NB."""

    mime_priority_overrides = ()

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """A HouseFigure, or None for an output that is not ours."""
        fields = data.output_metadata.get(data.mime_type, {}).get(KEY)
        if data.mime_type != "image/svg+xml" or not fields or inline:
            return None
        env = renderer.renderer.sphinx_env
        if fields["key"] in _kept(env).get(env.docname, ()):
            told = f"figure '{fields['key']}' stands twice on the page; draw it once"
            problems.report(env, told, data.line or 1)
        _kept(env).setdefault(env.docname, {})[fields["key"]] = {**fields, "svg": data.string}
        return [HouseFigure(fields=fields, svg=data.string)]


def inline(svg: str, alt: str, prefix: str, look: Lookup) -> Markup:
    """The drawing for the page: colours as CSS variables, ids its own, marks of events dimmable."""

    def mark(found: re.Match) -> str:
        if (found[1], "occurrence", "") not in look.judged:
            return 'class="wr-ev"'
        judged = look.judged[found[1], "occurrence", ""][0]
        voices = " ".join(wording.voices(judged.affirms))
        return f'class="wr-ev" data-level="{wording.level(judged)}" data-voices="{voices}"'

    svg = COMMENT.sub("", DECLARATIONS.sub("", svg))
    svg = SIZE.sub(r"\1", SIZE.sub(r"\1", svg, count=1), count=1)
    svg = EVENT.sub(mark, svg)
    svg = REFERENCE.sub(rf'\g<1>{prefix}-\2"', svg).replace("url(#", f"url(#{prefix}-")
    svg = BETWEEN.sub("><", COLOUR.sub(r"var(--wr-fig-\1,#\1)", svg))
    said = Markup('<svg role="img" aria-label="{}"').format(alt)
    return Markup(svg.replace("<svg", str(said), 1))


def write(app, exception: Exception | None) -> None:
    """Write figures/<key>.svg, .png and .csv into the root of the HTML; drop those of figures that are gone."""
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir, "figures")
    folder.mkdir(exist_ok=True)
    drawn = {key: fields for figures in _kept(app.env).values() for key, fields in figures.items()}
    with ThreadPoolExecutor() as pool:
        list(pool.map(partial(_write, folder), drawn, drawn.values()))
    for path in folder.iterdir():
        if path.stem not in drawn:
            path.unlink()


def _write(folder: Path, key: str, fields: dict) -> None:
    svg, png = folder / f"{key}.svg", folder / f"{key}.png"
    if not (svg.exists() and png.exists() and svg.read_text("utf-8") == fields["svg"]):
        svg.write_text(fields["svg"], "utf-8")
        png.write_bytes(_png(svg))
    svg.with_suffix(".csv").write_text(fields["csv"], "utf-8", newline="")


def _png(svg: Path) -> bytes:
    """The picture at 192 dots an inch on white, for those who cannot use SVG. Lets other threads run."""
    import typst

    page = f'#set page(width: auto, height: auto, margin: 0pt, fill: white)\n#image("{svg.name}")'
    return typst.compile(
        page.encode(), root=str(svg.parent), format="png", ppi=192.0, ignore_system_fonts=True
    )


def _kept(env) -> dict[str, dict[str, dict]]:
    if not hasattr(env, "wr_figures"):
        env.wr_figures = {}
    return env.wr_figures


def purge(app, env, docname: str) -> None:
    """Forget the figures of a page that is read anew."""
    _kept(env).pop(docname, None)


def merge(app, env, docnames, other) -> None:
    """Take over what a parallel reader found."""
    _kept(env).update({d: f for d, f in _kept(other).items() if d in docnames})


def skip(self, node: nodes.Node) -> None:
    raise nodes.SkipNode


def setup(app) -> None:
    """Register the node and the writing of files."""
    app.add_node(HouseFigure, **{b: (skip, None) for b in ("html", "latex", "text", "man", "texinfo")})
    app.connect("build-finished", write)
