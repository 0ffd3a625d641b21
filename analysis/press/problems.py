"""Mistakes in the book's words: each is logged where it stands, and together they end the build.

The build ends after all pages are read and before the environment is kept, so the next run meets them again.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.errors import ExtensionError
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)


def report(env, message: str, line: int, needle: str = "", docname: str = "") -> None:
    """Log `message` at the line of `needle` at or after `line` of the page, and remember it for `stop`."""
    docname = docname or env.docname
    line = _line_of(Path(env.doc2path(docname)), needle, line)
    _kept(env).setdefault(docname, []).append(f"{docname}:{line}: {message}")
    LOGGER.error(message, location=(docname, line), type="without-recognition")


def _line_of(page: Path, needle: str, line: int) -> int:
    """MyST knows the first line of a paragraph only; look for the role itself from there on."""
    lines = page.read_text("utf-8").splitlines()
    first = needle.splitlines()[0] if needle else ""
    return next((n for n in range(max(line, 1), len(lines) + 1) if first and first in lines[n - 1]), line)


def _kept(env) -> dict[str, list[str]]:
    if not hasattr(env, "wr_problems"):
        env.wr_problems = {}
    return env.wr_problems


def purge(app, env, docname: str) -> None:
    """Forget what was wrong with a page that is read anew."""
    _kept(env).pop(docname, None)


def merge(app, env, docnames, other) -> None:
    """Take over what a parallel reader found."""
    _kept(env).update({d: p for d, p in _kept(other).items() if d in docnames})


def stop(app, env) -> None:
    """End the build if anything was reported. Raises ExtensionError with every mistake, one a line."""
    found = [problem for docname in sorted(_kept(env)) for problem in _kept(env)[docname]]
    if found:
        raise ExtensionError("The words of the book name what the data do not have:\n  " + "\n  ".join(found))
