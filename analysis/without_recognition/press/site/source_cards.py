"""The cards of all sources as one script, which a page loads when a reader goes from a card to a source in it."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from without_recognition.evidence.addresses import anchor_of
from without_recognition.press.sphinxext import cards, domain
from without_recognition.press.sphinxext.citebox import Page
from without_recognition.press.sphinxext.literals import assigned
from without_recognition.press.sphinxext.lookup import lookup
from without_recognition.press.sphinxext.render import Renderer

FILE = "source-cards.js"
NAME = "wrSources"  #: the global that it sets


def source_cards_script(app: Sphinx) -> str:
    """Anchor -> card of each source that a page shows; the link that was followed gives a card its address."""
    look = lookup(app)
    render = Renderer(look, lambda anchor, *_: f"#{anchor}", "", Page(app, app.config.root_doc))
    shown = domain.of(app.env).entries
    made = {
        anchor_of("source", key): str(cards.MAKERS["source"](look, render, key))
        for key in sorted(look.sources)
        if anchor_of("source", key) in shown
    }
    return assigned(NAME, made)


def write_source_cards(app: Sphinx, exception: Exception | None) -> None:
    """Write the script into the root of the HTML. For the event `build-finished`."""
    if not exception and app.builder.format == "html":
        Path(app.outdir, FILE).write_text(source_cards_script(app), "utf-8")


def setup(app: Sphinx) -> None:
    """Connect to the event."""
    app.connect("build-finished", write_source_cards)
