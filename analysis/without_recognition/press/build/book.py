"""Make the whole book or nothing: check, pages, PDF, EPUB, notebooks, data; publish all at one stroke."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from without_recognition.press import PressError
from without_recognition.press.build import publish
from without_recognition.press.system import digest as inputs
from without_recognition.press.system import disk
from without_recognition.press.system.checkout import book_folder as book_folder
from without_recognition.press.system.locking import alone
from without_recognition.press.system.processes import aside

NAME = "without-recognition"


def build(root: Path) -> Path:
    """Publish the book in `root`; return its index.html. A book that is already published is left as it is.

    Raises PressError, with the old book untouched, where anything is wrong.
    """
    folder = root / "_build"
    if publish.current(folder) != inputs.digest_of_book(root):
        with disk.writing(folder), alone(folder / ".lock", waits):
            digest = inputs.digest_of_book(root)  # of now: who waited may have waited long
            if publish.current(folder) != digest and not publish.show(folder, digest):
                with publish.edition(folder, digest) as out, disk.temporary_files(out.parent / "tmp"):
                    _make(root, out)
                    if inputs.digest_of_book(root) != digest:
                        raise PressError(
                            "something was edited while the book was being built; build it again"
                        )
    return folder / publish.LINK / "index.html"


def waits() -> None:
    """Tell the user that another build holds the lock."""
    _say("another build is at work; waiting for it")


def _make(root: Path, out: Path) -> None:
    from without_recognition import citations
    from without_recognition.press.build import check, sphinx_build
    from without_recognition.press.execution import execute
    from without_recognition.press.export import dataset, kit, notebooks

    with execute.ready(root):
        with _step("check"):
            if found := check.problems_before_build(root):
                raise PressError("\n".join([f"{len(found)} problem(s)", *found]))
        with _step("pages"):
            if not sphinx_build.build_pages(root, out):
                raise PressError("the book has warnings; they stand above")
    downloads = out / "downloads"
    with _step("pdf, epub, notebooks, data"):
        with aside(on_paper, out, downloads, execute.cache_folder(root) / "print"):
            notebooks.write_notebooks(root, downloads / "notebooks", citations.metadata()["full_title"])
            dataset.write_dataset(downloads)
            kit.write_kit(root, downloads)
    (out / ".buildinfo").unlink(missing_ok=True)  # Sphinx's own memory; no reader needs it


def on_paper(pages: Path, downloads: Path, memory: Path) -> None:
    """Write the pages as PDF, in two volumes, and EPUB. Raises PressError for what cannot be printed."""
    from without_recognition.press.print import document, epub, pdf, volumes

    printed = document.read_book_pages(pages)
    both = volumes.split(printed)
    pieces = [pdf.converted(volume, memory / volume.name) for volume in both]
    with ThreadPoolExecutor() as beside:  # Typst needs no Python while it works
        typeset = beside.submit(pdf.write_all, both, pieces, downloads)
        epub.write_epub(printed, downloads / f"{NAME}.epub")
        typeset.result()


@contextmanager
def _step(name: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    _say(f"{name}: {time.monotonic() - began:.1f} s")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main(argv: list[str]) -> int:
    """`book build`."""
    about = "Make the whole book or nothing, and publish it in _build/book at one stroke."
    argparse.ArgumentParser(prog="book build", description=about).parse_args(argv)
    began = time.monotonic()
    index = build(book_folder())
    _say(f"done in {time.monotonic() - began:.1f} s")
    print(os.path.relpath(index))
    return 0
