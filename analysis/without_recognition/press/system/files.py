"""Writing, copying and removing files so that an interrupted or refused step leaves nothing half done."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

DROPPED = ".dropped-"  #: how a name begins that is on its way out
_count = itertools.count()


def write_whole(path: Path, content: bytes) -> None:
    """Write `path` whole or not at all; who is interrupted finds the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        aside.write_bytes(content)
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def beside(path: Path, content: bytes) -> Path:
    """`path` if it is free or holds just that; else `name-2.suffix`, `-3` and so on: nobody's file is overwritten."""
    wanted = path
    for number in itertools.count(2):
        if not os.path.lexists(wanted) or (wanted.is_file() and wanted.read_bytes() == content):
            break
        wanted = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return wanted


def copy(sources: Mapping[str, Path], folder: Path) -> None:
    """Copy each file to its name below `folder`: the bytes alone, never modes, owners or times."""
    for name, source in sources.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def drop(path: Path) -> bool:
    """Remove a file or folder, whatever its modes; whether its name is free afterwards.

    The name goes first, so that nobody takes what is left of a deletion cut short for the whole. What cannot be
    deleted stays beside under a name of its own, which the next call tries again.
    """
    if os.path.lexists(path):
        leaving = path.with_name(f"{DROPPED}{os.getpid()}-{next(_count)}-{path.name}")
        try:
            path.rename(leaving)
        except OSError:
            _delete(path)
    for left in list(path.parent.glob(f"{DROPPED}*")):
        _delete(left)
    return not os.path.lexists(path)


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        _open_up(path)
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _open_up(folder: Path) -> None:
    """Give the owner every right to `folder` and to the folders below it: else they cannot be emptied."""
    with suppress(OSError):
        folder.chmod(0o700)
    for top, names, _ in os.walk(folder):
        for name in names:
            inner = Path(top, name)
            if not inner.is_symlink():
                with suppress(OSError):
                    inner.chmod(0o700)
