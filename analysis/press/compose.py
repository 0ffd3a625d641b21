"""Finish a page when it is written: its marks, clauses, generated places, figures, cards, reading aids."""

from __future__ import annotations

from docutils import nodes
from markupsafe import Markup

from analysis.press import clauses, figures, homes
from analysis.press.cards import card_id, cards
from analysis.press.lookup import lookup
from analysis.press.nodes import Generated, Mark, Unindexed
from analysis.press.render import Renderer
from analysis.press.views import VIEWS


def compose(app, doctree: nodes.document, docname: str) -> None:
    """Handler of `doctree-resolved`, for builders that write HTML."""
    if app.builder.format != "html":
        return
    look = lookup(app)
    render = Renderer(look, homes.addresses(app, docname), "../" * docname.count("/"))
    wanted = _marks(doctree, render)
    for place in list(doctree.findall(Generated)):
        place.replace_self(_raw(VIEWS[place["view"]](render, *place["args"])))
    for number, place in enumerate(list(doctree.findall(figures.HouseFigure)), 1):
        place.replace_self(_raw(_figure(render, place, number)))
    doctree += Unindexed(html=str(cards(render, wanted)))
    if docname in look.history.chapters:
        _after_title(doctree, Unindexed(html=str(render("tools"))))


def _marks(doctree: nodes.document, render: Renderer) -> list[tuple[str, object]]:
    """Give each mark its address, card and number; returns the cards that the page needs, in order."""
    wanted, number = [], 0
    for mark in list(doctree.findall(Mark)):
        mark["uri"] = render.to(mark["anchor"])
        mark["card_id"] = card_id(*mark["card"])
        wanted.append(mark["card"])
        if mark["card"][0] in ("source", "claim") and not mark.children:
            number += 1
            mark["number"] = number
        clauses.tidy(mark)
    for paragraph in list(doctree.findall(nodes.paragraph)):
        if any(True for _ in paragraph.findall(Mark)):
            clauses.wrap(paragraph)
    return wanted


def _figure(render: Renderer, place: figures.HouseFigure, number: int) -> Markup:
    fields = place["fields"]
    return render(
        "figure",
        figure=fields,
        number=number,
        svg=figures.inline(place["svg"], fields["alt"], f"f{number}", render.look),
        folder=f"{render.root}figures/",
    )


def _raw(html: Markup) -> nodes.raw:
    return nodes.raw("", str(html), format="html")


def _after_title(doctree: nodes.document, node: nodes.Node) -> None:
    section = next(iter(doctree.findall(nodes.section)), doctree)
    section.insert(1, node)
