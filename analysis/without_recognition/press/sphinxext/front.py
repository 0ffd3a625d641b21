"""The front door: what the title page shows of the chapters, and the line under the title of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docutils import nodes
from markupsafe import Markup, escape

from without_recognition import citations, evidence
from without_recognition.evidence.labels import count
from without_recognition.press.sphinxext import strip
from without_recognition.press.sphinxext.lookup import lookup
from without_recognition.press.sphinxext.nodes import Generated
from without_recognition.press.sphinxext.render import Renderer

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from without_recognition.data.dataset import History


PACE = 230  #: words a minute
FEWEST = 300  #: words; what has fewer is a list or a tool, and no reading
MYTHS = "reference/often-said"
CARDS = "wr-chapters"  #: class of the list in which each chapter has a line


def word_count(node: nodes.Node) -> int:
    """How many words of prose stand in it: paragraphs and headings; no cards, code, figures or generated lists."""
    found = 0
    for text in node.findall(nodes.Text):
        if isinstance(text.parent, nodes.raw | nodes.literal_block | nodes.comment | Generated):
            continue
        found += len(text.astext().split())
    return found


def minutes(doctree: nodes.document) -> int:
    """How long it takes to read the prose of a page."""
    return max(1, round(word_count(doctree) / PACE))


def under_title(app: Sphinx, pagename: str, doctree: nodes.document) -> Markup:
    """'1947–1953 · 24 minutes' for chapters of the history;
    of other pages the minutes, of the title page its subtitle."""
    if pagename == app.config.root_doc:
        return Markup('<p class="wr-meta wr-screen">{}</p>').format(citations.metadata()["subtitle"])
    said = " · ".join(filter(None, (_years(lookup(app).history, pagename), _time(doctree))))
    return Markup('<p class="wr-meta wr-screen">{}</p>').format(said) if said else Markup("")


def _time(doctree: nodes.document) -> str:
    """'24 minutes'; '' of a page on which there is hardly anything to read."""
    if word_count(doctree) < FEWEST:
        return ""
    return f"{minutes(doctree)} minutes" if minutes(doctree) > 1 else "a minute"


def _years(history: History, slug: str) -> str:
    if slug not in history.chapters:
        return ""
    span = history.chapter(slug).period
    return f"{span.earliest.year}–{span.latest.year}"


def front_strip(render: Renderer) -> Markup:
    """The years of the book as one strip, whose chapters are links."""
    app, made = render.page.app, strip.of(render.look.history)
    there = [slug for slug, *_ in made.chapters if slug in app.env.titles]
    addresses = {slug: app.builder.get_relative_uri(render.page.docname, slug) for slug in there}
    return render("front-strip", svg=strip.page_svg(made, addresses), strip=made)


def sayings(page: nodes.document) -> dict[str, nodes.section]:
    """What is often said, without marks of quotation -> its section, on the page of things often said."""
    return {
        section.next_node(nodes.title).astext().strip("“”\"'"): section
        for section in page.findall(nodes.section)
        if isinstance(section.parent, nodes.section)
    }


def front_myths(render: Renderer) -> Markup:
    """The headings of the page of things often said, each with the way there."""
    app = render.page.app
    if MYTHS not in app.env.titles:
        return Markup("")
    home = app.builder.get_relative_uri(render.page.docname, MYTHS)
    found = sayings(app.env.get_doctree(MYTHS))
    return render("front-myths", myths=[(said, f"{home}#{at['ids'][0]}") for said, at in found.items()])


def deck(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give each line about a chapter its years, minutes and grades. Handler of `doctree-resolved`."""
    if app.builder.format != "html":
        return
    for listed in doctree.findall(nodes.bullet_list):
        if CARDS in listed["classes"]:
            for item in listed.children:
                _card(app, docname, item)


def _card(app: Sphinx, docname: str, item: nodes.Node) -> None:
    history = lookup(app).history
    here = {
        app.builder.get_relative_uri(docname, slug): slug
        for slug in history.chapters
        if slug in app.env.titles
    }
    link = next((here[r["refuri"]] for r in item.findall(nodes.reference) if r.get("refuri") in here), "")
    if not link:
        return
    grades = Counter(evidence.events(evidence.graded(history.chapter(link)))["grade"])
    time = _time(app.env.get_doctree(link))
    told = f"{count(grades.total(), 'graded event')}, {grades['documented'] or 'none'} documented"
    read = " · ".join(filter(None, (_years(history, link), time)))
    said = Markup('<p class="wr-meta wr-screen">{}<br>{}</p>').format(read, told)
    item += nodes.raw("", str(_bar(grades) + said), format="html")


def _bar(grades: Counter[str]) -> Markup:
    """The grades of a chapter as one bar; the words beside it say the numbers."""
    parts, left, whole = [], 0.0, max(1, grades.total())
    for grade in evidence.GRADES:
        width = 100 * grades[grade] / whole
        if width:
            parts.append(
                f'<rect class="wr-strip-{escape(grade)}" x="{left:.2f}%" y="0" width="{width:.2f}%" height="8"/>'
            )
        left += width
    return Markup(
        '<svg class="wr-bar wr-screen" width="100%" height="8" aria-hidden="true" focusable="false">{}</svg>'
    ).format(Markup("".join(parts)))


def setup(app: Sphinx) -> None:
    """Connect to the events."""
    app.connect("doctree-resolved", deck, priority=400)
