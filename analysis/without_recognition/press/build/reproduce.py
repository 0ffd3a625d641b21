"""Build the book twice, from nothing, in two places as unlike as one machine allows, and compare every byte.

Each place gets a copy of what the book is said to be made from and no more, so this tries that list as well.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from without_recognition.data import ignored
from without_recognition.press import PressError
from without_recognition.press.build import book, publish
from without_recognition.press.system import digest, files

SHOWN = 100  # characters of a line that differs
ARCHIVES = {".epub", ".zip"}


@dataclass(frozen=True)
class Place:
    """Where and how one of the two builds runs."""

    folder: str
    umask: int
    cores: int | None  # of those that there are; None is all
    environment: dict[str, str]


PLACES = (
    Place("one", 0o022, None, {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
    Place(
        "another, with a longer name",
        0o077,
        1,
        {
            "TZ": "America/St_Johns",
            "LC_ALL": "",
            "LANG": "ur_PK.UTF-8",
            "LANGUAGE": "ur:he:de",
            "PYTHONHASHSEED": "2",
            "SOURCE_DATE_EPOCH": "1",
        },
    ),
)


def copy(root: Path, folder: Path) -> Path:
    """The sources of the book in `root`, alone in `folder`. Returns `folder`."""
    folder.mkdir()
    for name, source in digest.sources(root).items():
        found = {path.relative_to(source).as_posix(): path for path in ignored.files(source)}
        files.copy(found, folder / name)
    return folder


def built_edition(folder: Path, place: Place) -> Path:
    """The book made from the copy in `folder`, as one does at `place`. Raises PressError where that fails."""
    print(f"in a folder named {place.folder!r}, with {place.environment}", file=sys.stderr, flush=True)

    def settle() -> None:
        os.umask(place.umask)
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: place.cores])

    ended = subprocess.run(
        [sys.executable, "-P", "-m", "without_recognition.cli", "build"],
        cwd=folder,
        env={**os.environ, **place.environment, "PYTHONPATH": str(folder / "analysis")},
        stdout=subprocess.DEVNULL,
        preexec_fn=settle,
    )
    if ended.returncode:
        raise PressError("the book could not be built, so it could not be compared; the reason stands above")
    return folder / "_build" / publish.LINK


def differences(one: Path, other: Path) -> Iterator[str]:
    """A line for each file that is not the same in both folders: path, sizes, where it first differs."""
    first, second = below(one), below(other)
    for path in sorted(first | second):
        if path not in first & second:
            yield f"{path}: in the {'first' if path in first else 'second'} alone"
        elif (a := (one / path).read_bytes()) != (b := (other / path).read_bytes()):
            yield f"{path} ({len(a)} and {len(b)} bytes): {_where(path.suffix, a, b)}"


def below(top: Path) -> set[Path]:
    """The files below `top`, by their paths from there."""
    return {each.relative_to(top) for each in top.rglob("*") if each.is_file()}


def _where(suffix: str, a: bytes, b: bytes) -> str:
    if suffix in ARCHIVES:
        return _member(a, b)
    at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if suffix == ".pdf":
        objects = re.findall(rb"(\d+) 0 obj", a[:at])
        return f"object {objects[-1].decode()}, byte {at}" if objects else f"byte {at}"
    try:
        lines = [data.decode("utf-8").splitlines(keepends=True) for data in (a, b)]
    except UnicodeDecodeError:
        return f"byte {at}"
    number, x, y = next((n, x, y) for n, (x, y) in enumerate(zip_longest(*lines, fillvalue=""), 1) if x != y)
    alike = next((n for n, (p, q) in enumerate(zip(x, y)) if p != q), min(len(x), len(y)))
    begin = max(0, alike - SHOWN // 2)
    return f"line {number}: {x[begin : begin + SHOWN]!r} and {y[begin : begin + SHOWN]!r}"


def _member(a: bytes, b: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(a)) as one, zipfile.ZipFile(io.BytesIO(b)) as other:
        for name in sorted({*one.namelist(), *other.namelist()}):
            if not {name} <= {*one.namelist()} & {*other.namelist()}:
                return f"{name}, in one of the two alone"
            if one.read(name) != other.read(name):
                return f"{name}, {_where(Path(name).suffix, one.read(name), other.read(name))}"
    return "all members are the same; their order, dates or packing differ"


def main(argv: list[str]) -> int:
    """`book reproduce`."""
    about = "Build the book twice, from nothing, in two places as unlike as one machine allows; compare every byte."
    argparse.ArgumentParser(prog="book reproduce", description=about).parse_args(argv)
    root = book.book_folder()
    with tempfile.TemporaryDirectory() as room:
        folders = [copy(root, Path(room) / place.folder) for place in PLACES]  # before anybody edits on
        one, other = map(built_edition, folders, PLACES)
        found = list(differences(one, other))
        total = len(below(one))
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(found)} files differ" if found else f"{total} files, byte for byte the same")
    return 1 if found else 0
