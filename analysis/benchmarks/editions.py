"""The table of the review of reading again: `python analysis/benchmarks/editions.py FOLDER [FOLDER ...]`.

Each FOLDER is a built book, such as that of the first edition and that of now; each is a column. Counted are the
chapters: what a first view weighs, how much a page holds, how many stops Tab makes, which marked sentences have no
grade, how many cards lie over their own sentence, which figures the window of a telephone cuts, and how many pages
there are of one event. Prints a Markdown table. Needs Chromium; some minutes a book.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import in_chromium
import reading
import weights

SIZES = "() => document.querySelectorAll('*').length"
BARE = f"() => {reading.UNGRADED}"
#: Drawings that a window or the box round them cuts, so that a reader must scroll sideways for the rest.
CUT = """() => [...document.querySelectorAll('.wr-drawing')].map((box) => {
  const svg = [...box.querySelectorAll('svg')].find((one) => one.getClientRects().length);
  return !svg ? null : svg.getBoundingClientRect().right > Math.min(innerWidth, box.getBoundingClientRect().right) + 1;
}).filter((one) => one !== null)"""
PHONE = (390, 844)
ADDRESS = "?evidence=documented"
COLOURS = "() => [...document.querySelectorAll('.wr-clause')].map((one) => getComputedStyle(one).color)"


def asked(browser: Any, page: Path, *scripts: str, **opening: Any) -> list[Any]:
    """What each of `scripts` says on a page, opened once, as `in_chromium.opened` does."""
    tab = in_chromium.opened(browser, page, **opening)
    found = [tab.evaluate(script) for script in scripts]
    tab.context.close()
    return found


def column(book: Path) -> Iterator[tuple[str, str]]:
    """(what was measured, the figure) of one built book."""
    names = reading.chapters(book)
    weighed = [weights.weigh(book, book / name) for name in names]
    yield "first view, kB", _span([w.total / 1000 for w in weighed])
    yield "what all pages share, kB", _span([w.shell / 1000 for w in weighed])
    with in_chromium.chromium() as browser:
        each = {name: {} for name in names}
        for name, found in each.items():
            page = book / name
            found["nodes"], found["stops"], found["bare"], plain = asked(
                browser, page, SIZES, in_chromium.STOPS, BARE, COLOURS
            )
            [found["cut"]] = asked(browser, page, CUT, size=PHONE)
            [told] = asked(browser, page, COLOURS, query=ADDRESS)
            found["clauses"] = len(plain)
            found["dimmed"] = sum(a != b for a, b in zip(plain, told))
            found["cards"] = {
                label: in_chromium.covered(browser, page, size) for label, size in in_chromium.SIZES.items()
            }
    all_of = list(each.values())
    yield "elements of a page", _span([found["nodes"] for found in all_of])
    yield "stops of Tab", _span([found["stops"]["all"] for found in all_of])
    yield "signs among them", _span([found["stops"]["signs"] for found in all_of])
    clauses = sum(found["clauses"] for found in all_of)
    yield "marked sentences without a grade", f"{sum(found['bare'] for found in all_of)} of {clauses}"
    yield f"dimmed by {ADDRESS}", f"{sum(found['dimmed'] for found in all_of)} of {clauses}"
    for label in in_chromium.SIZES:
        cards = [found["cards"][label] for found in all_of]
        over = sum("covers" in wrong for found in cards for wrong in found["wrong"])
        yield (
            f"cards over their own sentence, {label}",
            f"{over} of {sum(found['opened'] for found in cards)}",
        )
    cut = [one for found in all_of for one in found["cut"]]
    yield "drawings cut at 390 px", f"{sum(cut)} of {len(cut)}"
    yield "pages of one event", str(len(list((book / "events").glob("*.html"))))


def _span(values: list[float]) -> str:
    low, high = round(min(values)), round(max(values))
    return f"{low}" if low == high else f"{low} to {high}"


def main(*folders: str) -> int:
    """Print the table, a column for each book."""
    if not folders:
        print(__doc__.split("\n")[0], file=sys.stderr)
        return 2
    columns = [dict(column(Path(folder).resolve())) for folder in folders]
    told = [json.loads((Path(folder) / "book.json").read_text("utf-8"))["version"] for folder in folders]
    print(f"| eight chapters | {' | '.join(told)} |")
    print("|" + "---|" * (len(folders) + 1))
    for label in columns[0]:
        print(f"| {label} | {' | '.join(found[label] for found in columns)} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
