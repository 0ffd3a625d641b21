"""Where the words, settings and data of the book lie: the checkout."""

from __future__ import annotations

from pathlib import Path

import without_recognition
from without_recognition.press import PressError


def book_folder() -> Path:
    """The checkout that holds book/ and _config.yml: the one of this package, or the working folder."""
    for root in (Path(without_recognition.__file__).resolve().parents[2], Path.cwd()):
        if (root / "_config.yml").is_file() and (root / "book").is_dir():
            return root
    raise PressError("no book here: run this in a checkout, where _config.yml and book/ are")
