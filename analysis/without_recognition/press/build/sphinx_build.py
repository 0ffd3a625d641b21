"""Sphinx, run over the book as `jupyter-book build book --config _config.yml` runs it."""

from __future__ import annotations

import gc
import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from without_recognition.press import PressError
from without_recognition.press.build import warning_log
from without_recognition.press.lint import pages as manuscript


def build_pages(root: Path, out: Path) -> bool:
    """Build the HTML of the book in `root`; return whether no warning came.

    What Sphinx made before in `out` and in its sibling doctrees is made again only where sources are newer.
    Raises PressError where Sphinx fails.
    """
    return _run(root, "html", out, out.parent / "doctrees", sys.stderr)


def complaints(root: Path) -> tuple[list[str], str]:
    """What Sphinx says of the words in `root`, a line each, and what ended it, or "".

    Pages are read and what they name is resolved, but no cell runs, no finding is computed, nothing is written.
    """
    told, ended = io.StringIO(), ""
    others = [
        "myst.domains",
        "myst.role_unknown",
        "myst.directive_unknown",
        "myst-nb.lexer",
    ]  # of use, or of execution
    off = {"nb_execution_mode": "off", "smartquotes": False, "suppress_warnings": others}
    with tempfile.TemporaryDirectory() as room:
        try:
            _run(root, "dummy", Path(room, "out"), Path(room, "doctrees"), told, **off)
        except PressError as wrong:
            ended = str(wrong)
    return [line for line in told.getvalue().splitlines() if "undecodable source" not in line], ended


def _run(root: Path, builder: str, out: Path, doctrees: Path, warnings: TextIO, **settings: object) -> bool:
    from jupyter_book.config import get_final_config
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    toc, app = root / "book" / "_toc.yml", None
    if not toc.is_file():
        raise PressError("book/_toc.yml: no such file; it lists the pages of the book")
    if endless := [path for path in manuscript.files(root / "book") if path.exists() and not path.is_file()]:
        raise PressError(
            f"{endless[0].relative_to(root).as_posix()}: a pipe or a device, no page; put a file there"
        )
    try:
        config, _ = get_final_config(
            user_yaml=root / "_config.yml",
            sourcedir=root / "book",
            cli_config={"external_toc_path": toc.as_posix(), "latex_individualpages": False},
            validate=False,  # `lint.settings` tells of them
        )
        with _few_collections(), patch_docutils(None), docutils_namespace():
            app = Sphinx(
                root / "book", None, out, doctrees, builder, config | settings,
                status=None, warning=warnings, warningiserror=True, keep_going=True,
            )  # fmt: skip
            app.build()
    except PressError:
        raise
    except Exception as wrong:
        raise PressError(warning_log.failure(wrong, app, root)) from wrong
    return app.statuscode == 0


@contextmanager
def _few_collections() -> Iterator[None]:
    """Collect garbage seldom: trees of documents are large and live long; this saves a seventh of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
