"""The book's Sphinx extension; in _config.yml the last of `extensions`, under `sphinx: config:`."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util.logging import NAMESPACE

from without_recognition import citations
from without_recognition.press.build import parallel_write, warning_log
from without_recognition.press.execution import execute
from without_recognition.press.site import citing, explorer, feed, finder, ids, records, source_cards
from without_recognition.press.sphinxext import (
    api,
    chronology,
    citebox,
    directives,
    domain,
    figures,
    folds,
    front,
    metadata,
    nodes,
    pages,
    paragraphs,
    preview,
    roles,
    second_reading,
    theme,
    told,
    transforms,
)
from without_recognition.press.system import digest, disk

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ASSETS = Path(__file__).parents[1] / "sphinxext"
#: each with a `setup` of its own, called in this order
PARTS: tuple[Any, ...] = (
    domain,
    nodes,
    paragraphs,
    roles,
    directives,
    chronology,
    second_reading,
    pages,
    api,
    figures,
    folds,
    metadata,
    citebox,
    finder,
    front,
    preview,
    theme,
    told,
    explorer,
    records,
    feed,
    source_cards,
    ids,
    citing,
)


def setup(app: Sphinx) -> dict[str, object]:
    """Register everything; `wr_data` is the data folder, from the sources' folder ('' is the book's own)."""
    os.environ["SOURCE_DATE_EPOCH"] = str(digest.release_epoch())  # before Sphinx asks what year it is
    os.environ["DOCUTILSCONFIG"] = os.devnull  # no docutils.conf of the user, here or at home, changes a page
    warning_log.word_warnings(app)
    app.add_config_value("wr_data", "", "env", str)
    for module in PARTS:
        module.setup(app)
    refusals = disk.Refusals()
    for handler in logging.getLogger(NAMESPACE).handlers:
        handler.addFilter(refusals)
    app.connect("build-finished", refusals.tell, priority=900)
    app.connect("config-inited", execute.run_chapters, priority=950)  # after the table of contents
    app.connect("env-updated", parallel_write.on_all_cores)
    app.connect("doctree-resolved", transforms.compose)
    app.connect("builder-inited", _assets)
    for name in ("wr", "state", "cards"):
        app.add_css_file(f"{name}.css")
    app.add_js_file("state.js")  # before first paint
    for name in ("cards", "wr"):
        app.add_js_file(f"{name}.js", loading_method="defer")
    return {
        "version": citations.metadata()["version"],
        "env_version": 2,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _assets(app: Sphinx) -> None:
    app.config.html_static_path.append(str(ASSETS / "static"))
