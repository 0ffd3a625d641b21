"""Publish an edition at one stroke: it is made aside, and one symlink is flipped when it is whole.

_build/book -> editions/<digest>
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.press import PressError

LINK = "book"
KEPT_EDITIONS = 2
_MAKING = ".making"


def current(build: Path) -> str | None:
    """The digest of the edition that `build`/book shows, or None where there is none."""
    link = build / LINK
    return link.readlink().name if link.is_symlink() and link.is_dir() else None


@contextmanager
def edition(build: Path, digest: str) -> Iterator[Path]:
    """Yield a folder to make the book in; its siblings are thrown away. When the block ends well, publish it.

    The caller holds the lock of `build`, so whatever is left of a killed build is cleaned up here.
    Raises PressError where `build`/book is not ours to replace.
    """
    if (build / LINK).exists() and not (build / LINK).is_symlink():
        raise PressError(f"{build / LINK} is not a link made by this program; move it away and build again")
    making = build / "editions" / _MAKING
    shutil.rmtree(making, ignore_errors=True)
    try:
        (making / LINK).mkdir(parents=True)
        yield making / LINK
        final = build / "editions" / digest
        if final.exists():
            shutil.rmtree(final)
        (making / LINK).rename(final)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    show(build, digest)


def show(build: Path, digest: str) -> bool:
    """Flip `build`/book to the edition `digest` if it is there; drop the oldest others."""
    edition_ = build / "editions" / digest
    if not edition_.is_dir():
        return False
    fresh = build / f".{LINK}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path("editions") / digest)
    os.replace(fresh, build / LINK)
    os.utime(edition_)
    for old in sorted(edition_.parent.iterdir(), key=lambda path: path.stat().st_mtime)[:-KEPT_EDITIONS]:
        shutil.rmtree(old, ignore_errors=True)
    return True
