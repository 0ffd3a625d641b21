"""Digests of what the book is made from: whoever holds the same digest holds the same book."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

EXECUTED = ("data", "analysis", "requirements.lock")
WHOLE = (*EXECUTED, "book", "_config.yml", "pyproject.toml")
_IGNORED = {"__pycache__", ".ipynb_checkpoints"}


def digest_of_execution(root: Path) -> str:
    """Digest of all that the outputs of a cell depend on, beside its own source."""
    return _digest(root, EXECUTED)


def digest_of_book(root: Path) -> str:
    """Digest of all that a published edition depends on."""
    return _digest(root, WHOLE)


def _digest(root: Path, names: Iterable[str]) -> str:
    total = hashlib.sha256(f"{sys.platform} {sys.version_info[:2]}".encode())
    for name in names:
        for path in _files(root / name):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{path.relative_to(root).as_posix()}\0{content}\n".encode())
    return total.hexdigest()[:20]


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        for child in sorted(path.iterdir()):
            if child.name not in _IGNORED:
                yield from _files(child)
    elif path.exists():
        yield path
