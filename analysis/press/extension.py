"""The book's Sphinx extension. In _config.yml: `sphinx: extra_extensions: [analysis.press.extension]`."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from sphinx.util.logging import NAMESPACE

from analysis import citing
from analysis.press import (
    auditing,
    complaints,
    compose,
    directives,
    disk,
    execute,
    figures,
    furniture,
    homes,
    inputs,
    kept,
    nodes,
    pagemeta,
    pages,
    problems,
    roles,
    writing,
)

ASSETS = Path(__file__).parent / "assets"


def setup(app) -> dict[str, object]:
    """Register everything; `wr_data` is the data folder, from the sources' folder ('' is the book's own)."""
    os.environ["SOURCE_DATE_EPOCH"] = str(inputs.release_epoch())  # before Sphinx asks what year it is
    complaints.prepare(app)
    app.add_config_value("wr_data", "", "env", str)
    for module in (nodes, roles, directives, auditing, pages, figures, pagemeta, kept):
        module.setup(app)
    for module in (problems, homes, figures):
        app.connect("env-purge-doc", module.purge)
        app.connect("env-merge-info", module.merge)
    refusals = disk.Refusals()
    for handler in logging.getLogger(NAMESPACE).handlers:
        handler.addFilter(refusals)
    app.connect("build-finished", refusals.tell, priority=900)
    app.connect("config-inited", execute.prepare, priority=950)  # after the table of contents
    app.connect("config-inited", furniture.prepare)
    app.connect("env-updated", problems.stop)
    app.connect("env-updated", writing.on_all_cores)
    app.connect("doctree-resolved", compose.compose)
    app.connect("builder-inited", _assets)
    app.add_css_file("wr.css")
    app.add_js_file("wr.js", loading_method="defer")
    return {
        "version": citing.metadata()["version"],
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _assets(app) -> None:
    app.config.html_static_path.append(str(ASSETS / "static"))
