"""Texts that were converted before are not converted again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from without_recognition.press.system.processes import cores


def converted(texts: Sequence[str], convert: Callable[[str], str], folder: Path | None) -> list[str]:
    """`convert` of each of `texts`, which takes a process of its own; what is known stands in `folder`.

    Only what this call used stays there. The caller sees to it that nobody else uses the folder meanwhile,
    and that its name changes with all that `convert` depends on beside the text. None remembers nothing.
    """
    if folder is None:
        return _each(texts, convert)
    folder.mkdir(parents=True, exist_ok=True)
    names = {text: hashlib.sha256(text.encode()).hexdigest() for text in texts}

    def look_up(text: str) -> str:
        known = folder / names[text]
        if not known.is_file():
            fresh = known.with_suffix(".new")  # a killed build leaves no half of a text under its name
            fresh.write_bytes(convert(text).encode())
            os.replace(fresh, known)
        return known.read_bytes().decode()

    found = _each(texts, look_up)
    for old in set(folder.iterdir()) - {folder / name for name in names.values()}:
        old.unlink()
    return found


def _each(texts: Sequence[str], convert: Callable[[str], str]) -> list[str]:
    with ThreadPoolExecutor(cores()) as pool:
        longest_first = sorted(set(texts), key=lambda text: (-len(text), text))  # none is left for the end
        jobs = {text: pool.submit(convert, text) for text in longest_first}
        return [jobs[text].result() for text in texts]
