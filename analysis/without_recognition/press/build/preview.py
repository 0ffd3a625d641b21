"""`book preview`: the pages alone, unchecked, brought up to date by Sphinx where sources are newer; for authors.

Sphinx makes again the pages that changed and those whose list of contents did; what other pages say of a changed
one, a heading in a link, say, may stay old until they change too. `book build` always begins from nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from without_recognition.press import PressError
from without_recognition.press.build import book
from without_recognition.press.system import digest, disk
from without_recognition.press.system.locking import alone


def update(root: Path, folder: Path) -> bool:
    """Bring `folder`/html up to date with the book in `root`; return whether no warning came.

    The file `made-from` holds the digest of what the pages show, or nothing where they warned or were edited
    meanwhile. It is away while Sphinx is at work: what a killed preview left is not built upon.
    """
    now, stamp = digest.digest_of_book(root), folder / "made-from"
    made_from = stamp.read_text("utf-8") if stamp.is_file() else None
    if made_from == now:
        return True
    from without_recognition.press.build import sphinx_build

    if made_from is None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    stamp.unlink(missing_ok=True)
    try:
        clean = sphinx_build.build_pages(root, folder / "html")
    except PressError:
        stamp.touch()
        raise
    current = clean and digest.digest_of_book(root) == now
    stamp.write_text(now if current else "", "utf-8")
    return clean


ABOUT = "Make the pages alone, unchecked, and only those that changed; for authors."


def main(argv: list[str]) -> int:
    """Make the preview of this checkout and print where it is; 1 if a page warned."""
    argparse.ArgumentParser(prog="book preview", description=ABOUT).parse_args(argv)
    root = book.book_folder()
    folder = root / "_build"
    with disk.writing(folder), alone(folder / ".lock", book.waits):
        clean = update(root, folder / "preview")
    print(os.path.relpath(folder / "preview" / "html" / "index.html"))
    return 0 if clean else 1
