"""Digests of what the book is made from: whoever holds the same digest holds the same book."""

from __future__ import annotations

import hashlib
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import without_recognition
from without_recognition import citations
from without_recognition.data import ignored
from without_recognition.data.dataset import data_folder


def digest_of_execution(root: Path) -> str:
    """Digest of all that the outputs of a cell depend on, beside its own source."""
    return _digest(_executed(root))


def digest_of_book(root: Path) -> str:
    """Digest of all that a published edition depends on."""
    return _digest(sources(root))


def sources(root: Path) -> dict[str, Path]:
    """All that a published edition depends on: its name in a checkout, and where it lies."""
    words = ("book", "_config.yml", "pyproject.toml", "CITATION.cff", "LICENSE-text")
    packed = (
        "LICENSE",
        "README.md",
        "make.py",
        ".gitignore",
    )  # what the package of the sources holds besides
    return _executed(root) | {name: root / name for name in (*words, *packed)}


def release_epoch() -> int:
    """Seconds of midnight UTC of the release date: the only time that the book knows."""
    return int(datetime.fromisoformat(citations.metadata()["date"]).replace(tzinfo=UTC).timestamp())


def _executed(root: Path) -> dict[str, Path]:
    package = Path(without_recognition.__file__).parent
    return {
        "data": data_folder(),
        "analysis/without_recognition": package,
        "requirements.lock": root / "requirements.lock",
    }


def _digest(named: dict[str, Path]) -> str:
    total = hashlib.sha256(f"{sys.platform} {sys.version_info[:2]}".encode())
    for top_name, top in named.items():
        for path in ignored.files(top):
            name = f"{top_name}/{path.relative_to(top).as_posix()}"
            content = hashlib.sha256(_content(path)).hexdigest()
            total.update(f"{name}\0{content}\n".encode("utf-8", "surrogateescape"))
    return total.hexdigest()[:20]


def _content(path: Path) -> bytes:
    """What stands in a file; of a link to a folder, or to nothing, where it leads; of a pipe or a device nothing."""
    if path.is_file():
        return path.read_bytes()
    return os.fsencode(os.readlink(path)) if path.is_symlink() else b""
