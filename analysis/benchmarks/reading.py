"""Cards, tab stops and the dial of a built book: `python analysis/benchmarks/reading.py [FOLDER [CHAPTER ...]]`.

Opens every card of every chapter at four window sizes, with its sign at eight tenths of the window's height, and counts
those that lie over their own sentence, leave the window, or have no room. Prints a Markdown table; the exit code is 1
if any does. FOLDER is `_build/book` without it. Needs Chromium; no part of the two commands.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import in_chromium

BOOK = Path(__file__).resolve().parents[2] / "_build" / "book"
UNGRADED = "document.querySelectorAll('.wr-clause:not([data-level])').length"


def chapters(book: Path) -> list[str]:
    """The pages of a built book that hold a chapter, in order."""
    order = json.loads((book / "print-order.json").read_text("utf-8"))
    return [entry["page"] for entry in order if entry["numbered"]]


def row(browser, page: Path) -> tuple[str, list[str]]:
    """A line of the table for one page, and what is wrong on it."""
    tab = in_chromium.opened(browser, page)
    stops, clauses = tab.evaluate(in_chromium.STOPS), tab.locator(".wr-clause").count()
    ungraded = tab.evaluate(UNGRADED)
    tab.context.close()
    cells, wrong, cards = [], [], 0
    for name, size in in_chromium.SIZES.items():
        found = in_chromium.covered(browser, page, size)
        cards = found["opened"]
        cells.append(str(len(found["wrong"])))
        wrong += [f"{page.name} {name}: {each}" for each in found["wrong"]]
    told = [page.stem, cards, *cells, stops["all"], stops["signs"], clauses, ungraded]
    return f"| {' | '.join(map(str, told))} |", wrong


def main(folder: str = str(BOOK), *names: str) -> int:
    """Print the table, then what is wrong."""
    book, wrong = Path(folder), []
    print(
        f"| page | cards | {' | '.join(in_chromium.SIZES)} | tab stops | signs among them | "
        "marked sentences | ungraded |"
    )
    print("|" + "---|" * 10)
    with in_chromium.chromium() as browser:
        for name in names or chapters(book):
            line, more = row(browser, book / name)
            print(line, flush=True)
            wrong += more
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
