"""What programs leave beside a writer's files and nobody means to publish: one list, for check, run, build and export.

Files of these names are never read, never hashed, never copied and never complained of. `.gitignore` and the wheel
(pyproject.toml) keep them out as well.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

PATTERNS = (
    ".*",  # .DS_Store, .~lock.claims.csv#, ._claims.csv, .#zia.md, .ipynb_checkpoints, .nfs0001, .zia.md.swp
    "*~",
    "~$*",  # Excel's lock
    "#*#",
    "*.bak",
    "*.orig",
    "*.rej",
    "*.tmp",
    "*.swp",
    "*.pyc",
    "__pycache__",
    "__MACOSX",
    "Thumbs.db",
    "desktop.ini",
    "*:Zone.Identifier",
)


def ignored(name: str) -> bool:
    """Whether a file or folder of this bare name is nobody's work.

    >>> ignored(".~lock.claims.csv#"), ignored("claims.csv")
    (True, False)
    """
    return any(fnmatchcase(name, pattern) for pattern in PATTERNS)


def globs() -> list[str]:
    """The same as patterns of whole paths, wherever below a folder: what Sphinx leaves out."""
    return [pattern for each in PATTERNS for pattern in (each, f"**/{each}")]


def files(folder: Path) -> Iterator[Path]:
    """Every file below `folder` that somebody wrote, sorted by its parts; `folder` itself if it is a file.

    A link to a folder is one of them and is not followed, since it may lead back; so is a link that leads nowhere.
    """
    if folder.is_dir():
        for child in sorted(folder.iterdir()):
            if not ignored(child.name):
                yield from [child] if child.is_symlink() and child.is_dir() else files(child)
    elif os.path.lexists(folder):
        yield folder
