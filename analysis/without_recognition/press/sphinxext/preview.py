"""The picture that is shown where somebody shares a link: title, years and grades of the page, 1200 by 630 pixels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from without_recognition import citations
from without_recognition.press.sphinxext import strip
from without_recognition.press.sphinxext.lookup import lookup

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = "previews"
SIZE = (1200, 630)
FONTS = Path(__file__).parents[1] / "print" / "assets" / "fonts"
PAGE = """\
#set page(width: 1200pt, height: 630pt, margin: (x: 72pt, top: 64pt, bottom: 0pt), fill: rgb("#1f4e5f"))
#set text(fill: rgb("#f4f1ea"), font: "Source Sans 3", size: 27pt, hyphenate: false)
#sys.inputs.over
#v(14pt)
#par(leading: 0.35em, text(font: "Libertinus Serif", size: 76pt, sys.inputs.title))
#v(8pt)
#text(fill: rgb("#cfe0de"), sys.inputs.under)
#place(bottom, image(bytes(sys.inputs.bars), format: "svg", width: 100%))
"""


def picture_name(app: Sphinx, pagename: str) -> str:
    """The picture of a page, from the root of the book: its own, or that of the book."""
    return f"{FOLDER}/{pagename.replace('/', '-') if pagename in _own(app) else 'book'}.png"


def _own(app: Sphinx) -> list[str]:
    """The pages that have a picture of their own: chapters and findings."""
    chapters = lookup(app).history.chapters
    return [page for page in sorted(app.env.titles) if page in chapters or page.startswith("findings/")]


def draw(over: str, title: str, under: str, bars: str) -> bytes:
    """The picture as PNG; the same words give the same bytes."""
    import typst

    said = {"over": over, "title": title, "under": under, "bars": bars}
    made = typst.compile(  # type: ignore[call-overload]  # its types know no format without a file
        PAGE.encode(),
        format="png",
        ppi=72.0,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs=said,
    )
    return cast(bytes, made)


def write_previews(app: Sphinx, exception: Exception | None) -> None:
    """Write the pictures. For the event `build-finished`."""
    if exception or app.builder.format != "html":
        return
    book, history = citations.metadata(), lookup(app).history
    made = strip.of(history)
    folder = Path(app.outdir, FOLDER)
    folder.mkdir(exist_ok=True)
    wanted = {"book": draw("", book["title"], book["subtitle"], strip.picture_svg(made, 1056, 200))}
    for page in _own(app):
        under = ""
        if page in history.chapters:
            span = history.chapter(page).period
            under = f"{span.earliest.year}–{span.latest.year}"
        bars = strip.picture_svg(made, 1056, 200, lit=page)
        wanted[page.replace("/", "-")] = draw(book["full_title"], app.env.titles[page].astext(), under, bars)
    for path in folder.iterdir():
        if path.stem not in wanted:
            path.unlink()
    for stem, picture in wanted.items():
        (folder / f"{stem}.png").write_bytes(picture)


def setup(app: Sphinx) -> None:
    """Connect to the event."""
    app.connect("build-finished", write_previews)
