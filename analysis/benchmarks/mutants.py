"""The mutants of tests/test_mutants.py in greater number: `python analysis/benchmarks/mutants.py [2000]`;
exit 1 at any fault."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import small_data
import test_mutants

FIRST = 10_000  #: seeds that the tests do not use


def main(count: int = 2_000) -> int:
    """Break, check and load `count` packages; print each fault."""
    start, faults, refused = time.perf_counter(), 0, 0
    with tempfile.TemporaryDirectory() as place:
        sound = small_data.write(Path(place) / "sound")
        for seed in range(FIRST, FIRST + count):
            folder, done = test_mutants.mutant(sound, seed)
            if wrong := test_mutants.fault(folder):
                faults += 1
                print(f"seed {seed} ({done}): {wrong}")
            refused += bool(test_mutants.check.data_problems(folder))
    print(
        f"{count} mutants: {refused} refused in words, {count - refused - faults} valid and loaded, {faults} faults; "
        f"{time.perf_counter() - start:.0f} s"
    )
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
