"""Figures of the chapters: read from a cell's output, written inline into the page and as files beside it.

MyST-NB finds `FigureRenderer` by its entry point. Without it, a reader of the notebook just sees the picture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from markupsafe import Markup
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.util import logging

from without_recognition import citations
from without_recognition.charts import faces
from without_recognition.evidence import labels
from without_recognition.evidence.addresses import anchor_of, page_of
from without_recognition.evidence.lookup import Lookup
from without_recognition.press.sphinxext import dimming, domain
from without_recognition.press.sphinxext.nodes import attributes
from without_recognition.press.sphinxext.render import APOSTROPHE, QUOTE, curled

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.docutils import SphinxTranslator

LOGGER = logging.getLogger(__name__)
KEY = "without-recognition"  #: the block of our own in the output's metadata
COLOUR = re.compile(r"#([0-9a-f]{6})\b")
EVENT = re.compile(r'\bid="ev:([^":]+)[^"]*"')
#: a group of Matplotlib that stands for an event, with at most one level of groups in it
GROUP = re.compile(r'(?s)<g id="ev:([^":]+)[^"]*">((?:(?!</?g\b).|<g\b[^>]*>(?:(?!</?g\b).)*</g>)*)</g>')
FONTS = Path(__file__).parents[1] / "print" / "assets" / "fonts"
DECLARATIONS = re.compile(r"(?s)^.*?(?=<svg\b)")
COMMENT = re.compile(r"(?s)<!--.*?-->")
BETWEEN = re.compile(r">\s+<")
WORDS = re.compile(r"(?<=>)[^<>]+(?=<)")
REFERENCE = re.compile(r'\b(id="|(?:xlink:)?href="#)([^"]+)"')
PLACE = re.compile(r'(?<= )(d|x|y|transform)="([^"]*)"')
FINE = re.compile(r"\d+\.\d{2,}")  #: finer than a tenth of a point, which no screen shows
SIZE = re.compile(r'(<svg\b[^>]*?) (?:width|height)="[^"]*"')


class HouseFigure(nodes.General, nodes.Element):
    """A figure of the contract: `fields` from the output's metadata, `svg`."""


class FigureRenderer:
    """MyST-NB's plug-in for outputs that carry our metadata: SVG, and the words beside it, which the page says itself.

    Anything else is left to MyST-NB.
    """

    mime_priority_overrides = ()

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """A HouseFigure, nothing for its words, or None for an output that is not ours."""
        fields = data.output_metadata.get(data.mime_type, {}).get(KEY)
        if not fields or inline:
            return None
        if data.mime_type != "image/svg+xml":
            return []
        env = renderer.renderer.sphinx_env
        drawn = domain.of(env).figures.setdefault(env.docname, {})
        if fields["key"] in drawn:
            told = "figure '%s' stands twice on the page; draw it once"
            place = (env.docname, data.line or 1)
            LOGGER.error(told, fields["key"], location=place, type="without-recognition")
        svg = faces.dropped(data.string)  # the page has them
        drawn[fields["key"]] = {**fields, "svg": svg}
        return [HouseFigure(fields=fields, svg=svg)]


def inline(svg: str, prefix: str, look: Lookup, root: str = "") -> Markup:
    """The drawing for the page: colours as CSS variables, ids its own, marks of events dimmable and linked.

    `root` leads from the page to the root of the HTML. The links are for pointers: who uses a keyboard has the table,
    and who hears the page has the sentence before the drawing, which is hidden from them.
    """

    def mark(found: re.Match[str]) -> str:
        address, entry, dims = _meant(look, found[1])
        if not address:
            return f'<g class="wr-ev"{dims}>{found[2]}</g>'
        link = f'href="{root}{address}" data-card="card-{entry}" tabindex="-1"'
        return f'<a class="wr-ev" {link}{dims}>{found[2]}</a>'

    svg = PLACE.sub(_rounded, COMMENT.sub("", DECLARATIONS.sub("", svg)))
    svg = SIZE.sub(r"\1", SIZE.sub(r"\1", svg, count=1), count=1)
    svg = REFERENCE.sub(rf'\g<1>{prefix}-\2"', svg).replace("url(#", f"url(#{prefix}-")
    svg = svg.replace(f'id="{prefix}-ev:', 'id="ev:')
    svg = GROUP.sub(mark, svg)
    svg = BETWEEN.sub("><", COLOUR.sub(r"var(--wr-fig-\1,#\1)", svg))
    return Markup(with_marks_of_print(svg.replace("<svg", '<svg aria-hidden="true"', 1)))


def with_marks_of_print(svg: str) -> str:
    """The words of a drawing with marks of quotation and apostrophes as print has them.

    >>> with_marks_of_print("<text>Zia's 'ideological state'</text>")
    '<text>Zia’s ‘ideological state’</text>'
    """
    return curled(WORDS.sub(lambda words: words[0].replace('"', QUOTE).replace("'", APOSTROPHE), svg))


def _rounded(place: re.Match[str]) -> str:
    """An attribute on one line, without finer numbers than can be seen."""
    coarse = FINE.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), place[2])
    return f'{place[1]}="{" ".join(coarse.split())}"'


def _meant(look: Lookup, name: str) -> tuple[str, str, Markup]:
    """Where a mark leads, the entry whose card it opens, and what the reading state asks of it.

    `name` is the id of an event, or the anchor of a claim (c-), a source (s-) or a value (p-), as ids of events begin
    with a year. A telling opens the card of its source and a value that of its dispute, which chapters have.
    """
    kind, _, key = name.partition("-")
    if kind == "c":
        claim = look.claim(key)
        entry = anchor_of("source", claim["source_id"])
        return f"events/{claim['event_id']}.html#{name}", entry, dimming.of_claim(look, key)
    if kind == "s":
        voice = labels.voice(look.source(key)["perspective"])
        return page_of(look, "source", key), name, attributes({"data-voices": voice})
    if kind == "p":
        groups = (found for (event_id, *_), found in look.judged.items() if key.startswith(f"{event_id}-"))
        judged = next(j for found in groups for j in found if anchor_of("proposition", *j.key) == name)
        place = f"events/{judged.event_id}.html#{anchor_of('proposition', *judged.key[:3])}"
        return place, anchor_of("dispute", *judged.key[:3]), dimming.of_judgement(judged)
    known = name in look.history.whole.table("events").index
    return f"events/{name}.html" if known else "", f"e-{name}", dimming.of_event(look, name)


def write_figures(app: Sphinx, exception: Exception | None) -> None:
    """Write figures/<key>.svg, .png and .csv into the root of the HTML; drop those of figures that are gone."""
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir, "figures")
    folder.mkdir(exist_ok=True)
    drawn = {
        key: fields for figures in domain.of(app.env).figures.values() for key, fields in figures.items()
    }
    with ThreadPoolExecutor() as pool:
        list(pool.map(partial(_write, folder), drawn, drawn.values()))
    for path in folder.iterdir():
        if path.stem not in drawn:
            path.unlink()


def _write(folder: Path, key: str, fields: dict[str, str]) -> None:
    svg, png = folder / f"{key}.svg", folder / f"{key}.png"
    whole = described_svg(faces.carried(fields["svg"]), fields)
    if not (svg.exists() and png.exists() and svg.read_text("utf-8") == whole):
        svg.write_text(fields["svg"], "utf-8")
        png.write_bytes(_png(svg))
    svg.write_text(whole, "utf-8")
    svg.with_suffix(".csv").write_text(fields["csv"], "utf-8", newline="")


def described_svg(svg: str, fields: Mapping[str, str]) -> str:
    """`svg` with what it shows, whose it is and under which licence, which stay with the file wherever it goes."""
    told = Markup(
        "<title>{title}</title><desc>{alt}</desc>"
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:cc="http://creativecommons.org/ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        '<cc:Work rdf:about=""><dc:title>{title}</dc:title><dc:source>{source_line}</dc:source>'
        "<dcterms:bibliographicCitation>{citation}</dcterms:bibliographicCitation>"
        '<cc:license rdf:resource="{licence}"/></cc:Work></rdf:RDF></metadata>'
    ).format(**fields, licence=citations.metadata()["licence_url"])
    return faces.START.sub(lambda start: start[0] + str(told), svg, count=1)


def _png(svg: Path) -> bytes:
    """The picture at 192 dots an inch on white, for those who cannot use SVG. Lets other threads run."""
    import typst

    page = f'#set page(width: auto, height: auto, margin: 0pt, fill: white)\n#image("{svg.name}")'
    made = typst.compile(  # type: ignore[call-overload]  # its types know no format without a file
        page.encode(),
        root=str(svg.parent),
        format="png",
        ppi=192.0,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
    return cast(bytes, made)


def skip(self: SphinxTranslator, node: nodes.Node) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the node and the writing of files."""
    # Any, for mypy takes each of them for `override` of `add_node` as well
    none: dict[str, Any] = dict.fromkeys(("html", "latex", "text", "man", "texinfo"), (skip, None))
    app.add_node(HouseFigure, **none)
    app.connect("build-finished", write_figures)
