"""Publish an edition at one stroke: it is made aside, and one symlink is flipped when it is whole.

_build/book -> editions/<digest>, and beside it editions/<digest>.whole, which is written last: an edition is shown,
or shown again, only if every file that stands in that list is there in its size.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from without_recognition.press import PressError
from without_recognition.press.system import files

LINK = "book"
KEPT_EDITIONS = 2
_MAKING = ".making"
_MARK = ".whole"


def current(build: Path) -> str | None:
    """The digest of the whole edition that `build`/book shows, or None where there is none."""
    link = build / LINK
    if not link.is_symlink():
        return None
    shown = build / "editions" / link.readlink().name
    return _digest(shown) if _whole(shown) else None


@contextmanager
def edition(build: Path, digest: str) -> Iterator[Path]:
    """Yield a folder to make the book in; its siblings are thrown away. When the block ends well, publish it.

    The caller holds the lock of `build`, so whatever is left of a killed build is cleaned up here; what cannot be
    removed stands in nobody's way. Raises PressError where `build`/book is not ours to replace.
    """
    if (build / LINK).exists() and not (build / LINK).is_symlink():
        raise PressError(f"{build / LINK} is not a link made by this program; move it away and build again")
    editions = build / "editions"
    _sweep(editions)
    making = _free(editions, _MAKING)
    try:
        (making / LINK).mkdir(parents=True)
        yield making / LINK
        for old in _all(editions):
            if _digest(old) == digest and not _is_shown(build, old):
                _forget(old)
        final = _free(editions, digest)
        (making / LINK).rename(final)
        files.write_whole(_mark(final), json.dumps(_sizes(final)).encode())
    finally:
        files.drop(making)
    show(build, digest)


def show(build: Path, digest: str) -> bool:
    """Flip `build`/book to the edition `digest` if it is there and whole; drop the oldest others.

    A build may have been killed between its mark and this, so what is left of it goes here too.
    """
    editions = build / "editions"
    found = [each for each in _all(editions) if _digest(each) == digest and _whole(each)]
    if not found:
        return False
    fresh = build / f".{LINK}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path("editions") / found[0].name)
    os.replace(fresh, build / LINK)
    with suppress(OSError):
        os.utime(_mark(found[0]))
    others = sorted((e for e in _all(editions) if e != found[0] and _whole(e)), key=_shown_last)
    kept = {found[0], *others[1 - KEPT_EDITIONS :]}
    for old in set(_all(editions)) - kept:
        _forget(old)
    _sweep(editions)
    return True


def _sweep(editions: Path) -> None:
    """Take away what is left of builds that were killed."""
    for left in list(editions.glob(".*")):
        files.drop(left)


def _all(editions: Path) -> list[Path]:
    """The folders of editions, whole or not."""
    return sorted(p for p in editions.glob("[!.]*") if p.is_dir() and not p.is_symlink())


def _is_shown(build: Path, edition_: Path) -> bool:
    return (build / LINK).is_symlink() and (build / LINK).readlink().name == edition_.name


def _digest(edition_: Path) -> str:
    return edition_.name.partition(".")[0]


def _mark(edition_: Path) -> Path:
    return edition_.with_name(edition_.name + _MARK)


def _free(folder: Path, name: str) -> Path:
    """A name that nothing in `folder` has, not even what could not be deleted: `name`, `name.1`, ..."""
    number = 0
    while os.path.lexists(path := folder / (f"{name}.{number}" if number else name)):
        number += 1
    return path


def _sizes(folder: Path) -> dict[str, int]:
    """Path -> bytes of every file below `folder`."""
    return {
        p.relative_to(folder).as_posix(): p.stat().st_size for p in sorted(folder.rglob("*")) if p.is_file()
    }


def _whole(edition_: Path) -> bool:
    """Whether the mark is there, and every file that it names, in its size."""
    with suppress(OSError, ValueError, AttributeError):
        listed = json.loads(_mark(edition_).read_bytes())
        return all((edition_ / name).stat().st_size == size for name, size in listed.items())
    return False


def _shown_last(edition_: Path) -> float:
    return _mark(edition_).stat().st_mtime


def _forget(edition_: Path) -> None:
    """Take away the mark first, then the rest."""
    with suppress(OSError):
        _mark(edition_).unlink()
    files.drop(edition_)
