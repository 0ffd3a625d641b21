"""Digests of what the book is made from: whoever holds the same digest holds the same book."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path

import analysis
from analysis import citing
from analysis.dataset import data_folder

IGNORED = {"__pycache__", ".ipynb_checkpoints"}


def digest_of_execution(root: Path) -> str:
    """Digest of all that the outputs of a cell depend on, beside its own source."""
    return _digest(_executed(root))


def digest_of_book(root: Path) -> str:
    """Digest of all that a published edition depends on."""
    return _digest(sources(root))


def digest_of_frame(root: Path) -> str:
    """Digest of all that a published edition depends on, but of pages only their names."""
    return _digest(sources(root), of_name_alone=lambda name: name.startswith("book/") and name.endswith(".md"))


def sources(root: Path) -> dict[str, Path]:
    """All that a published edition depends on: its name in a checkout, and where it lies."""
    words = ("book", "_config.yml", "pyproject.toml", "CITATION.cff", "LICENSE-text")
    return _executed(root) | {name: root / name for name in words}


def release_epoch() -> int:
    """Seconds of midnight UTC of the release date: the only time that the book knows."""
    return int(datetime.fromisoformat(citing.metadata()["date"]).replace(tzinfo=timezone.utc).timestamp())


def _executed(root: Path) -> dict[str, Path]:
    package = Path(analysis.__file__).parent
    return {"data": data_folder(), "analysis": package, "requirements.lock": root / "requirements.lock"}


def _digest(named: dict[str, Path], of_name_alone: Callable[[str], bool] = lambda name: False) -> str:
    total = hashlib.sha256(f"{sys.platform} {sys.version_info[:2]}".encode())
    for top_name, top in named.items():
        for path in _files(top):
            name = f"{top_name}/{path.relative_to(top).as_posix()}"
            content = "" if of_name_alone(name) else hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{name}\0{content}\n".encode("utf-8", "surrogateescape"))
    return total.hexdigest()[:20]


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        for child in sorted(path.iterdir()):
            if child.name not in IGNORED:
                yield from _files(child)
    elif path.exists():
        yield path
