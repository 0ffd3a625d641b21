"""Make the whole book or nothing: check, pages, PDF, EPUB, notebooks, data; publish all at one stroke."""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import analysis
from analysis.dataset import data_folder
from analysis.messages import plain
from analysis.press import PressError, complaints, disk, inputs, publish
from analysis.press.locking import alone
from analysis.press.processes import aside

NAME = "without-recognition"


def book_folder() -> Path:
    """The checkout that holds book/ and _config.yml: the one of this package, or the working folder."""
    for root in (Path(analysis.__file__).resolve().parents[1], Path.cwd()):
        if (root / "_config.yml").is_file() and (root / "book").is_dir():
            return root
    raise PressError("no book here: run this in a checkout, where _config.yml and book/ are")


def build(root: Path) -> Path:
    """Publish the book in `root`; return its index.html. A book that is already published is left as it is.

    Raises PressError, with the old book untouched, where anything is wrong.
    """
    folder = root / "_build"
    if publish.current(folder) != inputs.digest_of_book(root):
        with disk.writing(folder), alone(folder / ".lock", _waits):
            digest = inputs.digest_of_book(root)  # of now: who waited may have waited long
            if publish.current(folder) != digest and not publish.show(folder, digest):
                with publish.edition(folder, digest) as out, disk.temporary_files(out.parent / "tmp"):
                    _make(root, out)
                    if inputs.digest_of_book(root) != digest:
                        raise PressError(
                            "something was edited while the book was being built; build it again"
                        )
    return folder / publish.LINK / "index.html"


def _waits() -> None:
    _say("another build is at work; waiting for it")


def _make(root: Path, out: Path) -> None:
    from analysis import citing
    from analysis.press import execute, exports, notebooks

    with execute.ready(root):
        with _step("check"):
            if found := problems(root):
                raise PressError("\n".join([f"{len(found)} problem(s)", *found]))
        with _step("pages"):
            if not pages(root, out):
                raise PressError("the book has warnings; they stand above")
    downloads = out / "downloads"
    with _step("pdf, epub, notebooks, data"):
        with aside(on_paper, out, downloads, execute.cache_folder(root) / "print"):
            notebooks.write(root, downloads / "notebooks", citing.metadata()["full_title"])
            exports.write(downloads)
    (out / ".buildinfo").unlink(missing_ok=True)  # Sphinx's own memory; no reader needs it


def on_paper(pages: Path, downloads: Path, memory: Path) -> None:
    """Write the pages as PDF and EPUB. Raises PressError for what cannot be printed."""
    from analysis.press import epub, pdf, printing

    printed = printing.read(pages)
    pieces = pdf.converted(printed, memory)
    with ThreadPoolExecutor() as beside:  # Typst needs no Python while it works
        typeset = beside.submit(pdf.write, printed, pieces, downloads / f"{NAME}.pdf")
        epub.write(printed, downloads / f"{NAME}.epub")
        typeset.result()


def problems(root: Path) -> list[str]:
    """`file:row:column: what; what to do` for data/ and, where that is sound, for words and settings."""
    from analysis.check import problems as of_data

    return of_data(data_folder()) or _of_words(root)


def _of_words(root: Path) -> list[str]:
    from analysis.press import contents, manuscript, scan

    book = root / "book"
    found = [*contents.problems(root), *manuscript.problems(book), *scan.problems(book, analysis.load())]
    return [plain(problem) for problem in dict.fromkeys(found)]


def pages(root: Path, out: Path) -> bool:
    """Build the HTML as `jupyter-book build book --config _config.yml` does; return whether no warning came.

    What was in `out` and in its sibling .doctrees is thrown away. Raises PressError where Sphinx fails.
    """
    from jupyter_book.config import get_final_config
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    from analysis.press import kept

    toc, source, app = root / "book" / "_toc.yml", root / "book", None
    doctrees = out.parent / ".doctrees"
    if not toc.is_file():
        raise PressError("book/_toc.yml: no such file; it lists the pages of the book")
    frame = kept.fetch(root, out, doctrees)
    try:
        settings, _ = get_final_config(
            user_yaml=root / "_config.yml",
            sourcedir=source,
            cli_config={"external_toc_path": toc.as_posix(), "latex_individualpages": False},
        )
        with _few_collections(), patch_docutils(None), docutils_namespace():
            app = Sphinx(
                source, None, out, doctrees, "html", settings,
                status=None, warning=sys.stderr, warningiserror=True, keep_going=True,
            )  # fmt: skip
            app.build()
    except PressError:
        raise
    except Exception as wrong:
        raise PressError(complaints.failure(wrong, app, root / "_build" / "traceback.txt")) from wrong
    if app.statuscode:
        return False
    kept.keep(root, frame, out, doctrees)
    return True


@contextmanager
def _few_collections() -> Iterator[None]:
    """Collect garbage seldom: trees of documents are large and live long; this saves a seventh of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def _step(name: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    _say(f"{name}: {time.monotonic() - began:.1f} s")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main(argv: list[str]) -> int:
    """`book build`."""
    argparse.ArgumentParser(prog="book build", description=__doc__).parse_args(argv)
    began = time.monotonic()
    index = build(book_folder())
    _say(f"done in {time.monotonic() - began:.1f} s")
    print(os.path.relpath(index))
    return 0


def check(argv: list[str]) -> int:
    """`book check`: of data alone where there is no checkout, or a folder is named."""
    from analysis.check import main as check_data

    failed = check_data(argv)
    try:
        root = book_folder()
    except PressError:
        return failed
    if failed or any(not word.startswith("-") for word in argv):
        return failed
    found = _of_words(root)
    print(*found, "book: no problems" if not found else f"{len(found)} problem(s)", sep="\n")
    return 1 if found else 0


def preview(argv: list[str]) -> int:
    """`book preview`."""
    about = "Build the pages alone, unchecked, for authors; nothing is published."
    argparse.ArgumentParser(prog="book preview", description=about).parse_args(argv)
    root = book_folder()
    folder = root / "_build"
    with disk.writing(folder), alone(folder / ".lock", _waits):
        clean = _preview(root, folder / "preview")
    print(os.path.relpath(folder / "preview" / "html" / "index.html"))
    return 0 if clean else 1


def _preview(root: Path, folder: Path) -> bool:
    """Make `folder`/html, unless it was made from the same without a warning; return whether none came."""
    digest = inputs.digest_of_book(root)
    shown, making, stamp = folder / "html", folder / ".making", f".made-from-{digest}"
    if (shown / stamp).is_file():
        return True
    clean = pages(root, making / "html")
    if clean and inputs.digest_of_book(root) == digest:
        (making / "html" / stamp).touch()
    shutil.rmtree(shown, ignore_errors=True)
    (making / "html").rename(shown)
    shutil.rmtree(making)
    return clean
