"""Execute the chapters before Sphinx reads them, and hand the outputs to MyST-NB through jupyter-cache.

The cache folder is named after a digest of data, code and lock, so that a change in any of them runs every
chapter again, while a change of words runs none. The cells run in `runner`, a process of its own.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from jupyter_cache.cache.db import NbCacheRecord
from lxml import etree, html
from myst_nb.core.read import is_myst_markdown_notebook
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sqlalchemy.exc import SQLAlchemyError

from without_recognition.data import ignored
from without_recognition.launch import NO_ROOM, RAISE, clean_environment
from without_recognition.press.execution.reading import Chapter, ChapterError, by_name, chapters, digest_of
from without_recognition.press.system import digest as inputs
from without_recognition.press.system import files, progress
from without_recognition.press.system.locking import alone
from without_recognition.press.system.processes import cores

__all__ = ["Chapter", "ChapterError", "by_name", "chapters", "executed", "ready", "run", "run_chapters"]

MEMORY_BYTES = 4 << 30
OUTPUT_LETTERS = 20_000_000
KEPT_CACHES = 3
ENVIRONMENT = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "MATPLOTLIBRC": os.devnull,  # not the user's own, which would change figures
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
}
_ACTIVE = {"script", "iframe", "object", "embed"}  #: elements that no page may hold
MEANT_OTHERWISE = re.compile(
    r"\?|%[0-9A-Fa-f]{2}|[\ud800-\udfff]"
)  #: jupyter-cache writes its path as an address, unescaped
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
logger = logging.getLogger(__name__)


class _Runner:
    """The process that executes chapters. It imports what they need, loads the data, and waits for its order."""

    def __init__(self, knows: Path | None = None):
        self.knows = knows  # the cache folder that its outputs are for
        self._complaints = tempfile.TemporaryFile("w+")  # noqa: SIM115
        settings = {**clean_environment(), **ENVIRONMENT, "SOURCE_DATE_EPOCH": str(inputs.release_epoch())}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "without_recognition.press.execution.runner"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C reaches this process alone, which then ends the runner
            env=settings,
        )

    def events(self, missing: list[Chapter], seconds: int) -> Iterator[dict[str, Any]]:
        """Give the order, yield what the runner says; when this generator ends, so do runner and children."""
        jobs = [{"folder": str(each.path.parent), "notebook": each.notebook} for each in missing]
        order = {"workers": cores(), "seconds": seconds, "bytes": MEMORY_BYTES, "jobs": jobs}
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None and answers is not None  # both are pipes
        try:
            with suppress(BrokenPipeError):  # it did not start, which is told below
                json.dump(order, asked)
                asked.close()
            yield from map(json.loads, answers)
            if self._process.wait() != 0:
                raise ChapterError(self._reason())
        finally:
            self.end()

    def _reason(self) -> str:
        """Why the process ended, in its words; in ours where the machine refused it."""
        self._complaints.seek(0)
        told = self._complaints.read().rstrip()
        if self._process.returncode < 0 or any(words in told for words in NO_ROOM):
            last = told.rpartition("\n")[2] or signal.Signals(-self._process.returncode).name
            return f"the runner of the chapters got too little memory or too few processes ({last}); {RAISE}"
        return f"the runner of the chapters did not start:\n{told}"

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._complaints):
            with suppress(BrokenPipeError):  # an order that was never read
                if pipe is not None:
                    pipe.close()


_waiting: list[_Runner] = []


@contextmanager
def ready(root: Path) -> Iterator[None]:
    """Let a runner get ready while the block does other things, where chapters are to be executed in it."""
    folder = cache_folder(root)
    if sys.platform.startswith("linux") and not folder.is_dir():
        _waiting.append(_Runner(folder))
    try:
        yield
    finally:
        while _waiting:
            _waiting.pop().end()


def _runner(folder: Path) -> _Runner:
    """The one that waits, if it knows the data and code of `folder`; else a new one."""
    if _waiting and _waiting[0].knows == folder:
        return _waiting.pop()
    return _Runner(folder)


def run_chapters(app: Sphinx, config: Config) -> None:
    """Leave out what is ignored and what is no page; unless it is off, point MyST-NB to a cache of every chapter.

    For `config-inited`. MyST-NB would execute an .ipynb by itself, unwatched, and nobody looks at the words of an .rst.
    Raises ChapterError when a cell fails, after all other chapters have run.
    """
    config.exclude_patterns = [*config.exclude_patterns, *ignored.globs()]
    config.source_suffix = {suffix: kind for suffix, kind in config.source_suffix.items() if suffix == ".md"}
    if config.nb_execution_mode == "off":
        return
    root = Path(app.srcdir).parent
    folder = cache_folder(root)
    if MEANT_OTHERWISE.search(str(folder)):
        told = (
            "the cache of notebooks cannot lie in a folder whose name has ? or %41 or is not UTF-8; rename it"
        )
        raise ChapterError(f"{root}: {told}")
    config.nb_execution_mode = "cache"
    config.nb_execution_cache_path = str(folder)
    if not sys.platform.startswith("linux"):
        logger.info(
            "no fork here: chapters run one after another, each in a kernel of its own, and what they read is"
            " not watched"
        )
        os.environ.update(ENVIRONMENT)
        return
    with alone(folder.parent / ".lock", lambda: logger.info("another build is executing chapters; waiting")):
        _drop_old_caches(folder)
        cache = _opened(folder)
        known = _known(cache)
        others = chapters(Path(app.srcdir), config.exclude_patterns, known=known)
        allowed = known | {chapter.digest for chapter in others}
        app.connect(
            "source-read", partial(refuse_unknown, allowed), priority=1
        )  # before anybody changes the words
        missing = [chapter for chapter in others if not _holds(cache, chapter)]
        # the longest first, so that none is left for the end
        missing.sort(key=lambda chapter: -len(_cell_metadata(chapter)))
        if missing:
            _execute(missing, cache, _runner(folder), config.nb_execution_timeout)
            if cache_folder(root) != folder:
                files.drop(folder)
                raise ChapterError("data or code were edited while the chapters ran; build the book again")


def cache_folder(root: Path) -> Path:
    """The folder of executed notebooks that fits the data and the code of the book in `root`."""
    return root / "_build" / ".cache" / inputs.digest_of_execution(root)


def refuse_unknown(allowed: Container[str], app: Sphinx, docname: str, content: list[str]) -> None:
    """For the event `source-read`: MyST-NB would run by itself, unwatched, what was not executed here.

    Raises ChapterError for a notebook whose digest is not among the `allowed`.
    """
    if is_myst_markdown_notebook(content[0]) and digest_of(content[0]) not in allowed:
        shown = f"{Path(app.srcdir).name}/{docname}.md"
        raise ChapterError(f"{shown}: Sphinx reads other words than were executed; build the book again")


def executed(chapter: Chapter, root: Path) -> nbformat.NotebookNode:
    """The notebook of `chapter` with its outputs, from the cache. Raises ChapterError if it was not run."""
    try:
        cache = get_cache(cache_folder(root))
        found: nbformat.NotebookNode = cache.merge_match_into_notebook(chapter.notebook)[1]
        return found
    except KeyError:
        raise ChapterError(f"{chapter.where(None)}: was not executed with the data and code of now") from None


def run(chapter: Chapter, seconds: int = 300) -> nbformat.NotebookNode:
    """Execute `chapter` now, past the cache. Raises ChapterError when a cell fails."""
    for event in _Runner().events([chapter], seconds):
        if "error" in event:
            raise ChapterError(_failure(chapter, event))
        if "notebook" in event:
            notebook: nbformat.NotebookNode = nbformat.from_dict(event["notebook"])
            return notebook
    raise ChapterError(f"{chapter.where(None)}: the runner said nothing")


def _opened(folder: Path) -> JupyterCacheAbstract:
    """The cache in `folder`, anew if a killed build left its database without tables or in pieces."""
    try:
        get_cache(folder).list_cache_records()
    except (RuntimeError, SQLAlchemyError):
        files.drop(folder)
        folder.mkdir()
    return get_cache(folder)


def _known(cache: JupyterCacheAbstract) -> set[str]:
    """Digests of the chapters whose outputs the cache has, whole; they need not be read to know that."""
    return {record.data["digest"] for record in cache.list_cache_records() if _whole(cache, record)}


def _holds(cache: JupyterCacheAbstract, chapter: Chapter) -> bool:
    """Whether the cache has the outputs of the cells of `chapter`, whatever its words, whole."""
    try:
        record = cache.match_cache_notebook(chapter.notebook)
    except KeyError:
        return False
    return _whole(cache, record) and record.data["cells"] == _cell_metadata(chapter)


def _whole(cache: JupyterCacheAbstract, record: NbCacheRecord) -> bool:
    """Whether the file of `record` is there in its size: a killed build may have left half a file or none."""
    with suppress(OSError):
        same: bool = _kept_file(cache, record.hashkey).stat().st_size == record.data["size"]
        return same
    return False


def _keep(cache: JupyterCacheAbstract, chapter: Chapter, event: dict[str, Any]) -> None:
    notebook = nbformat.from_dict(event["notebook"])
    hashed, key = cache.create_hashed_notebook(notebook)
    # what a killed build left; jupyter-cache stumbles over a bare folder
    files.drop(_kept_file(cache, key).parent)
    data = {
        "execution_seconds": event["seconds"],
        "digest": chapter.digest,
        "cells": _cell_metadata(chapter),
        "size": len(nbformat.writes(hashed, nbformat.NO_CONVERT).encode()),
    }
    bundle = CacheBundleIn(notebook, str(chapter.path), data=data)
    cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def _kept_file(cache: JupyterCacheAbstract, key: str) -> Path:
    return Path(cache.path) / "executed" / key / "base.ipynb"


def _cell_metadata(chapter: Chapter) -> list[dict[str, Any]]:
    """What jupyter-cache leaves out of its key, although tags change what a cell may do."""
    return [dict(cell.metadata) for cell in chapter.notebook.cells if cell.cell_type == "code"]


def _drop_old_caches(current: Path) -> None:
    current.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        os.utime(current)
    kept = (p for p in current.parent.glob("[!.]*") if p.is_dir())
    folders = sorted(kept, key=lambda p: p.stat().st_mtime)
    for folder in folders[:-KEPT_CACHES]:
        files.drop(folder)


def _execute(missing: list[Chapter], cache: JupyterCacheAbstract, runner: _Runner, seconds: int) -> None:
    shown = progress.Progress("executing", len(missing))
    failures = []
    for event in runner.events(missing, seconds):
        chapter = missing[event["job"]]
        if "notebook" in event and (told := _unfit(event["notebook"])):
            failures.append(f"{chapter.shown}: {told}")
            shown.failed(chapter.name)
        elif "notebook" in event:
            _keep(cache, chapter, event)
            shown.done(chapter.name, event["seconds"])
        elif "error" in event:
            failures.append(_failure(chapter, event))
            shown.failed(chapter.name)
        else:
            shown.at(chapter.name)
    shown.close()
    if failures:
        raise ChapterError("\n\n".join(failures))


def _unfit(notebook: dict[str, Any]) -> str:
    """What no page can carry, or ""."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    if len(json.dumps(outputs)) > OUTPUT_LETTERS:
        return f"its cells write more than {OUTPUT_LETTERS:,} letters; show less of it"
    shown = [(kind, str(content)) for output in outputs for kind, content in output.get("data", {}).items()]
    markup = " ".join(content for kind, content in shown if kind.endswith(("html", "xml")))
    if any(kind == "application/javascript" for kind, _ in shown) or _has_script(markup):
        return "a cell writes a script, which no page may hold; show a table or a figure"
    return ""


def _has_script(markup: str) -> bool:
    """Whether markup, as a browser reads it, holds an active element, a handler or a link that is a program."""
    if not markup.strip():
        return False
    for tag in html.fragment_fromstring(markup, create_parent="div").iter(etree.Element):
        if str(tag.tag).rpartition("}")[2].lower() in _ACTIVE:
            return True
        for name, value in tag.attrib.items():
            if name.lower().startswith("on") or "".join(value.split()).lower().startswith("javascript:"):
                return True
    return False


def _failure(chapter: Chapter, event: dict[str, Any]) -> str:
    return f"{chapter.where(event['cell'])} failed\n{_ANSI.sub('', event['error']).rstrip()}"
