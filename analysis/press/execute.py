"""Execute the chapters before Sphinx reads them, and hand the outputs to MyST-NB through jupyter-cache.

The cache folder is named after a digest of data, code and lock, so that a change in any of them runs every
chapter again, while a change of words runs none. The cells run in `runner`, a process of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from jupyter_cache.cache.db import NbCacheRecord
from myst_nb.core.read import is_myst_markdown_notebook, myst_nb_reader_plugin
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.matching import Matcher
from sqlalchemy.exc import SQLAlchemyError

from analysis.press import PressError, inputs, progress
from analysis.press.locking import alone
from analysis.press.processes import cores

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
_SCRIPT = re.compile(r"(?i)<(script|iframe|object|embed)\b|\bon[a-z]+\s*=\s*['\"]|javascript:")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
logger = logging.getLogger(__name__)


class ChapterError(PressError, SphinxError):
    """A cell failed; the message shows chapter, cell and traceback."""

    category = "Execution failed"


@dataclass(frozen=True)
class Chapter:
    """A text notebook of the book: its file, how users know that file, its digest, its cells without outputs."""

    path: Path
    shown: str
    digest: str
    notebook: nbformat.NotebookNode

    @property
    def name(self) -> str:
        return self.path.stem

    def where(self, cell: int | None) -> str:
        """`book/zia.md:40: cell 3`, or the bare file where no cell is known."""
        if cell is None:
            return self.shown
        code = [index for index, each in enumerate(self.notebook.cells) if each.cell_type == "code"]
        return f"{self.shown}:{self.notebook.metadata['source_map'][cell] + 1}: cell {code.index(cell) + 1}"


class _Runner:
    """The process that executes chapters. It imports what they need, loads the data, and waits for its order."""

    def __init__(self, knows: Path | None = None):
        self.knows = knows  # the cache folder that its outputs are for
        self._complaints = tempfile.TemporaryFile("w+")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "analysis.press.runner"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            text=True,
            start_new_session=True,  # Ctrl-C reaches this process alone, which then ends the runner
            env={**os.environ, **ENVIRONMENT, "SOURCE_DATE_EPOCH": str(inputs.release_epoch())},
        )

    def events(self, missing: list[Chapter], seconds: int) -> Iterator[dict]:
        """Give the order, yield what the runner says; when this generator ends, so do runner and children."""
        jobs = [{"folder": str(each.path.parent), "notebook": each.notebook} for each in missing]
        order = {"workers": cores(), "seconds": seconds, "bytes": MEMORY_BYTES, "jobs": jobs}
        try:
            with suppress(BrokenPipeError):  # it did not start, which is told below
                json.dump(order, self._process.stdin)
                self._process.stdin.close()
            yield from map(json.loads, self._process.stdout)
            if self._process.wait() != 0:
                self._complaints.seek(0)
                told = self._complaints.read().rstrip()
                raise ChapterError(f"the runner of the chapters did not start:\n{told}")
        finally:
            self.end()

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._complaints):
            with suppress(BrokenPipeError):  # an order that was never read
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


def prepare(app: Sphinx, config: Config) -> None:
    """Point MyST-NB to an honest cache that holds every chapter. For the event `config-inited`.

    Raises ChapterError when a cell fails, after all other chapters have run.
    """
    root = Path(app.srcdir).parent
    folder = cache_folder(root)
    config.nb_execution_mode = "cache"
    config.nb_execution_cache_path = str(folder)
    app.connect("build-finished", forget_unclean)
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
        others = chapters(Path(app.srcdir), config.exclude_patterns, known=_known(cache))
        missing = [chapter for chapter in others if not _holds(cache, chapter)]
        # the longest first, so that none is left for the end
        missing.sort(key=lambda chapter: -len(_cell_metadata(chapter)))
        if missing:
            _execute(missing, cache, _runner(folder), config.nb_execution_timeout)
            if cache_folder(root) != folder:
                shutil.rmtree(folder)
                raise ChapterError("data or code were edited while the chapters ran; build the book again")


def forget_unclean(app: Sphinx, exception: Exception | None) -> None:
    """Drop the saved environment of a build that warned, so that the next one reads, and warns, again."""
    if exception or app._warncount:
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)


def cache_folder(root: Path) -> Path:
    """The folder of executed notebooks that fits the data and the code of the book in `root`."""
    return root / "_build" / ".cache" / inputs.digest_of_execution(root)


def chapters(source: Path, excluded: Iterable[str] = (), known: Container[str] = ()) -> list[Chapter]:
    """All text notebooks below `source`, by path, but those whose digests are `known`.

    Raises ChapterError for one that cannot be read.
    """
    skip = Matcher(list(excluded))
    found = []
    for path in sorted(source.rglob("*.md")):
        name = path.relative_to(source).as_posix()
        if skip(name):
            continue
        shown = f"{source.name}/{name}"
        try:
            text = path.read_text("utf8")
            digest = hashlib.sha256(text.encode()).hexdigest()
            if digest not in known and is_myst_markdown_notebook(text):
                found.append(Chapter(path, shown, digest, myst_nb_reader_plugin(str(path))))
        except Exception as problem:
            told = " ".join(str(problem).split())
            raise ChapterError(f"{shown}: not a readable notebook ({told}); correct it there") from problem
    return found


def executed(chapter: Chapter, root: Path) -> nbformat.NotebookNode:
    """The notebook of `chapter` with its outputs, from the cache. Raises ChapterError if it was not run."""
    try:
        return get_cache(cache_folder(root)).merge_match_into_notebook(chapter.notebook)[1]
    except KeyError:
        raise ChapterError(f"{chapter.where(None)}: was not executed with the data and code of now") from None


def run(chapter: Chapter, seconds: int = 300) -> nbformat.NotebookNode:
    """Execute `chapter` now, past the cache. Raises ChapterError when a cell fails."""
    for event in _Runner().events([chapter], seconds):
        if "error" in event:
            raise ChapterError(_failure(chapter, event))
        if "notebook" in event:
            return nbformat.from_dict(event["notebook"])
    raise ChapterError(f"{chapter.where(None)}: the runner said nothing")


def _opened(folder: Path) -> JupyterCacheAbstract:
    """The cache in `folder`, anew if a killed build left its database without tables or in pieces."""
    try:
        get_cache(folder).list_cache_records()
    except (RuntimeError, SQLAlchemyError):
        shutil.rmtree(folder)
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
        return _kept_file(cache, record.hashkey).stat().st_size == record.data["size"]
    return False


def _keep(cache: JupyterCacheAbstract, chapter: Chapter, event: dict) -> None:
    notebook = nbformat.from_dict(event["notebook"])
    hashed, key = cache.create_hashed_notebook(notebook)
    # what a killed build left; jupyter-cache stumbles over a bare folder
    shutil.rmtree(_kept_file(cache, key).parent, ignore_errors=True)
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


def _cell_metadata(chapter: Chapter) -> list[dict]:
    """What jupyter-cache leaves out of its key, although tags change what a cell may do."""
    return [dict(cell.metadata) for cell in chapter.notebook.cells if cell.cell_type == "code"]


def _drop_old_caches(current: Path) -> None:
    current.mkdir(parents=True, exist_ok=True)
    os.utime(current)
    folders = sorted((p for p in current.parent.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime)
    for folder in folders[:-KEPT_CACHES]:
        shutil.rmtree(folder, ignore_errors=True)


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


def _unfit(notebook: dict) -> str:
    """What no page can carry, or ""."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    if len(json.dumps(outputs)) > OUTPUT_LETTERS:
        return f"its cells write more than {OUTPUT_LETTERS:,} letters; show less of it"
    shown = [(kind, str(text)) for output in outputs for kind, text in output.get("data", {}).items()]
    markup = " ".join(text for kind, text in shown if kind.endswith(("html", "xml")))
    if any(kind == "application/javascript" for kind, _ in shown) or _SCRIPT.search(markup):
        return "a cell writes a script, which no page may hold; show a table or a figure"
    return ""


def _failure(chapter: Chapter, event: dict) -> str:
    return f"{chapter.where(event['cell'])} failed\n{_ANSI.sub('', event['error']).rstrip()}"
