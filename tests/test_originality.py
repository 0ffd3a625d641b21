"""No run of twelve words in the project stands in one of the five texts (known here by truncated hashes only)."""

from __future__ import annotations

import hashlib
import re
import subprocess

from conftest import ROOT

WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
RUN, BYTES = 12, 6
HASHES = ROOT / "tests" / "fixtures" / "word-runs.bin"  # written by analysis/tools/hash_word_runs.py
TEXT = {".md", ".py", ".csv", ".json", ".toml", ".yml", ".cff", ".txt", ".css", ".js", ".typ", ""}


def runs(text: str):
    """Hashes of all runs of RUN words of a text."""
    words = [w.lower() for w in WORDS.findall(text)]
    for i in range(len(words) - RUN + 1):
        yield (
            hashlib.sha256(" ".join(words[i : i + RUN]).encode()).digest()[:BYTES],
            " ".join(words[i : i + RUN]),
        )


def known() -> set[bytes]:
    raw = HASHES.read_bytes()
    return {raw[i : i + BYTES] for i in range(0, len(raw), BYTES)}


def test_the_hashes_are_there() -> None:
    assert len(known()) > 5000


def test_nothing_is_borrowed() -> None:
    hashes, borrowed = known(), []
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.suffix.lower() in TEXT and path.is_file():
            borrowed += [
                f"{name}: {words}" for h, words in runs(path.read_text("utf-8", "replace")) if h in hashes
            ][:1]
    assert borrowed == []
