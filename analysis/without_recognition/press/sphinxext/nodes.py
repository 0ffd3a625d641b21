"""The press's own docutils nodes, and how HTML writes them. Other builders keep the words only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.docutils import SphinxTranslator

RING = '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.7"/>'
DIAMOND = '<path d="{}" fill="{}" stroke="currentColor" stroke-width="1.7" stroke-linejoin="round"/>'
GLYPHS = {  # the same mark for a grade everywhere: its fill; a frame fact has none
    "documented": '<circle cx="8" cy="8" r="6.85" fill="currentColor"/>',
    "corroborated": RING + '<path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor"/>',
    "attested": RING + '<circle cx="8" cy="8" r="2.7" fill="currentColor"/>',
    "alleged": RING,
    "frame": '<path d="M2.5 3.5h11v9h-11z" fill="none" stroke="currentColor" stroke-width="1.7"/>',
}
SIGNS = {  # what stands against it, in text and figures: the fuller the diamond, the more
    "challenged": DIAMOND.format("M8 2 14 8 8 14 2 8z", "none"),
    "disputed": DIAMOND.format("M8 2 14 8 8 14 2 8z", "none")
    + '<path d="M8 4.9 11.1 8 8 11.1 4.9 8z" fill="currentColor"/>',
    "contradicted": DIAMOND.format("M8 2 14 8 8 14 2 8z", "currentColor"),
}
SVG = '<svg class="{}" viewBox="0 0 16 16" aria-hidden="true">{}</svg>'


def glyph(grade: str) -> Markup:
    """The mark of a grade, or of a `frame` fact; decoration, so words must stand beside it."""
    return Markup(SVG.format(f"wr-g wr-g-{grade}", GLYPHS[grade]))


def sign(status: str) -> Markup:
    """The small sign of a status; nothing for unchallenged."""
    return Markup(SVG.format(f"wr-t wr-t-{status}", SIGNS[status])) if status in SIGNS else Markup("")


def attributes(pairs: dict[str, str]) -> Markup:
    """' a="1" b="2"', escaped, without the empty ones."""
    return Markup("").join(Markup(' {}="{}"').format(name, text) for name, text in pairs.items() if text)


class Mark(nodes.Inline, nodes.TextElement):
    """A link to evidence; its children are the words, if it has any.

    Attributes: `anchor` (entry in the reference pages), `card` (kind and key of the card), `note` and `brief` (for
    EPUB and PDF), `said` (what a screen reader hears beside the words), `shown` (grade, status), `here` (locator),
    `voices`, `level` (for the reading state); `place` is its id, `uri` and `number` are set when the page is written.
    """


class Clause(nodes.Inline, nodes.TextElement):
    """The words that one or more marks support; the reading state asks for `level` and `voices`.

    Without a level they have no grade: they name a source, and nothing in the data weighs what they say.
    """


class Generated(nodes.General, nodes.Element):
    """A place for HTML that is made when the page is written: `view` of VIEWS, with `args`."""


class Foreign(nodes.General, nodes.Element):
    """Paragraphs in another language than the book's: `language` (BCP 47), `direction` (ltr, rtl)."""


class Unindexed(nodes.General, nodes.Element):
    """HTML of ours (`html`) that search need not find: it repeats what stands elsewhere."""


def visit_unindexed(self: SphinxTranslator, node: Unindexed) -> None:
    self.body.append(node["html"])
    raise nodes.SkipNode


def visit_foreign(self: SphinxTranslator, node: Foreign) -> None:
    told = {"class": "wr-foreign", "lang": node["language"], "dir": node["direction"]}
    self.body.append(Markup("<div{}>\n").format(attributes(told)))


def depart_foreign(self: SphinxTranslator, node: Foreign) -> None:
    self.body.append("</div>\n")


def visit_mark(self: SphinxTranslator, node: Mark) -> None:
    grade, status = node.get("shown", ("", ""))
    self.body.append(
        Markup("<a{}>").format(
            attributes(
                {
                    "class": " ".join(["wr-mark", *node["classes"], *([] if node.children else ["wr-bare"])]),
                    "id": node.get("place", ""),
                    "href": node["uri"],
                    "data-card": node["card_id"],
                    "data-note": node.get("note", ""),
                    "data-brief": node.get("brief", "") if node.get("note") else "",
                    "data-here": node.get("here", ""),
                    "data-number": str(node.get("number", "")),
                    "data-grade": grade,
                    "data-status": status,
                }
            )
        )
    )


def depart_mark(self: SphinxTranslator, node: Mark) -> None:
    grade, status = node.get("shown", ("", ""))
    shown = glyph(grade) if grade else Markup("")
    shown += sign(status)
    if "number" in node:
        shown += escape(str(node["number"]))
    said = Markup('<span class="wr-sr wr-screen"> ({})</span>').format(node["said"])
    if shown:  # the word joiner keeps it on the line of the word before
        shown = Markup('<span class="wr-shown wr-screen">\u2060{}</span>').format(shown)
    self.body.append(shown + said + Markup("</a>"))


def visit_clause(self: SphinxTranslator, node: Clause) -> None:
    self.body.append(
        Markup("<span{}>").format(
            attributes({"class": "wr-clause", "data-level": node["level"], "data-voices": node["voices"]})
        )
    )


def depart_clause(self: SphinxTranslator, node: Clause) -> None:
    self.body.append("</span>")


def nothing(self: SphinxTranslator, node: nodes.Node) -> None:
    """For builders that have no use for the mark: its words are written by its children."""


def skip(self: SphinxTranslator, node: nodes.Node) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the nodes."""
    others = ("latex", "text", "man", "texinfo")
    # Any, for mypy takes each of them for `override` of `add_node` as well
    words: dict[str, Any] = dict.fromkeys(others, (nothing, nothing))
    none: dict[str, Any] = dict.fromkeys(others, (skip, None))
    app.add_node(Mark, html=(visit_mark, depart_mark), **words)
    app.add_node(Clause, html=(visit_clause, depart_clause), **words)
    app.add_node(Foreign, html=(visit_foreign, depart_foreign), **words)
    app.add_node(Unindexed, html=(visit_unindexed, None), **none)
    app.add_node(Generated, html=(skip, None), **none)
