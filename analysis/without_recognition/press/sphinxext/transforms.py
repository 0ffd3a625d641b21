"""Finish a page when it is written: its marks, clauses, generated places, figures, cards, reading aids."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from docutils import nodes
from markupsafe import Markup

from without_recognition import citations
from without_recognition.press.sphinxext import cards, dimming, domain, figures
from without_recognition.press.sphinxext.cards import Key, card_id
from without_recognition.press.sphinxext.citebox import Page
from without_recognition.press.sphinxext.lookup import lookup
from without_recognition.press.sphinxext.nodes import Clause, Generated, Mark, Unindexed
from without_recognition.press.sphinxext.reading import in_reading
from without_recognition.press.sphinxext.render import Renderer
from without_recognition.press.sphinxext.views import VIEWS

if TYPE_CHECKING:
    from sphinx.application import Sphinx

JUDGED = ("event", "chapter-box", "dispute", "explorer")  #: views that list what the reading state may dim


def compose(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Handler of `doctree-resolved`, for builders that write HTML; where nothing is written, marks are only tried."""
    if app.builder.name == "dummy":
        _try(doctree, domain.of(app.env).addresses(app.builder, docname))
    if app.builder.format != "html":
        return
    look = lookup(app)
    render = Renderer(
        look,
        domain.of(app.env).addresses(app.builder, docname),
        "../" * docname.count("/"),
        Page(app, docname),
    )
    wanted = _marks(doctree, render)
    if _can_dim(doctree):
        _after_title(doctree, Unindexed(html=str(render("tools"))))
    listed = _listed(doctree, render)
    for place in list(doctree.findall(Generated)):
        place.replace_self(_raw(VIEWS[place["view"]](render, *place["args"])))
    for number, place in enumerate(list(doctree.findall(figures.HouseFigure)), 1):
        place.replace_self(_raw(_figure(render, place, number)))
    if wanted:
        script = cards.written(render, docname, wanted)
        doctree += Unindexed(html=str(cards.room(render, wanted, listed, script)))


def _can_dim(doctree: nodes.document) -> bool:
    """Whether the page has anything that the reading state could dim."""
    if any(place["view"] in JUDGED for place in doctree.findall(Generated)):
        return True
    drawn = (place["svg"] for place in doctree.findall(figures.HouseFigure))
    return any(True for _ in doctree.findall(Clause)) or any(map(figures.EVENT.search, drawn))


def _listed(doctree: nodes.document, render: Renderer) -> set[str]:
    """The sources that the page lists as its reading."""
    slugs = [place["args"][0] for place in doctree.findall(Generated) if place["view"] == "reading"]
    return {key for slug in slugs for key in in_reading(render.look, slug)}


def _try(doctree: nodes.document, to: Callable[..., str]) -> None:
    """Warn, where it stands, of each mark whose entry no page shows."""
    for mark in doctree.findall(Mark):
        to(mark["anchor"], mark)


def _marks(doctree: nodes.document, render: Renderer) -> list[tuple[str, Key]]:
    """Give each mark its address, card and number; returns the cards that the page needs, in order."""
    wanted, number = [], 0
    for mark in list(doctree.findall(Mark)):
        mark["uri"] = render.to(mark["anchor"], mark)
        mark["card_id"] = card_id(*mark["card"])
        wanted.append(mark["card"])
        if mark["card"][0] in ("source", "claim") and not mark.children:
            number += 1
            mark["number"] = number
        dimming.tidy(mark)
    for paragraph in list(doctree.findall(nodes.paragraph)):
        if any(True for _ in paragraph.findall(Mark)):
            dimming.wrap(paragraph)
    return wanted


def _figure(render: Renderer, place: figures.HouseFigure, number: int) -> Markup:
    fields = {
        "lacks": "",
        "narrow": "",
        **place["fields"],
        "citation": cited(place["fields"], render.page.place),
    }
    forms = {"wide": place["svg"], "narrow": fields["narrow"]}
    return render(
        "figure",
        figure=fields,
        number=number,
        drawings={
            name: figures.inline(svg, f"f{number}{name[0]}", render.look, render.root)
            for name, svg in forms.items()
            if svg
        },
        folder=f"{render.root}figures/",
    )


def cited(fields: dict[str, str], page: str) -> str:
    """How to cite a figure that stands on `page`: as its chapter says, which knows no page, and where it is.

    What a variant says of itself stays as it is, since that figure stands nowhere in the book.
    """
    key, title = fields["key"], fields["title"]
    is_the_books = fields["citation"] == citations.figure(key, title)
    return citations.figure(key, title, page) if is_the_books else fields["citation"]


def _raw(html: Markup) -> nodes.raw:
    return nodes.raw("", str(html), format="html")


def _after_title(doctree: nodes.document, node: nodes.Node) -> None:
    section = next(iter(doctree.findall(nodes.section)), doctree)
    section.insert(1, node)
