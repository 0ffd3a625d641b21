"""Kill fifty builds of a small book, each at a random moment: `python analysis/benchmarks/kills.py [BUILDS [SEED]]`.

Prints each kill and what it left; the exit code is 1 if a book was not whole, a process or a file was left, or
the next build needed help.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import kills


def main() -> int:
    """Run the trials."""
    count, seed = (int(word) for word in [*sys.argv[1:], *("50", "1")[len(sys.argv) - 1 :]])
    failed = 0
    with tempfile.TemporaryDirectory() as room:
        for number, (done, wrong) in enumerate(kills.trials(Path(room), count, seed), 1):
            print(f"{number:3} {done}", *(f"    WRONG: {each}" for each in wrong), sep="\n", flush=True)
            failed += bool(wrong)
    print(f"{count} builds killed, {failed} left something wrong (seed {seed})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
