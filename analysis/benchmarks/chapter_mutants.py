"""The broken chapters of the tests in greater number: `python analysis/benchmarks/chapter_mutants.py [200]`;
1 at any fault."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import chapter_mutants
import test_chapter_mutants as judge

FIRST = 100  #: seeds that the tests do not use
CELL_SECONDS = 5


def main(count: int = 200) -> int:
    """Break and build `count` small books, every kind in turn; print each fault."""
    start, faults, refused = time.perf_counter(), 0, 0
    kinds = list(chapter_mutants.KINDS)
    with tempfile.TemporaryDirectory() as place:
        sound = chapter_mutants.write(Path(place) / "sound", CELL_SECONDS)
        with judge.over_the_toy(sound):
            judge.book.build(sound)
        for n in range(count):
            kind, seed = kinds[n % len(kinds)], FIRST + n // len(kinds)
            root = judge.mutant(sound, kind, seed)
            with judge.over_the_toy(root):
                code, told, wrong = judge.outcome(root)
            if wrong:
                faults += 1
                print(f"{kind}, seed {seed}: {wrong}\n{told}")
            refused += code != 0
    print(
        f"{count} mutants: {refused} refused, {count - refused} built, {faults} faults; "
        f"{time.perf_counter() - start:.0f} s"
    )
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
