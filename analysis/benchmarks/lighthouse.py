"""What Lighthouse says of a built book on a telephone: `python analysis/benchmarks/lighthouse.py [FOLDER [PAGE ...]]`.

    npm install --prefix SOMEWHERE lighthouse
    # no part of the book's own environment; then SOMEWHERE/node_modules/.bin on PATH

Lighthouse's own phone and simulated slow 4G; the pages are served from this machine, packed as any web server packs
them. Prints, for each page, the four marks, first and largest paint, time to interactive, blocked time, layout shift
and bytes; the exit code is 1 where performance is below 95, another mark below 100 or the shift 0.02 or more. Run it
with nothing else running: a busy machine blocks the page's scripts.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import in_chromium

BOOK = Path(__file__).resolve().parents[2] / "_build" / "book"
PAGES = (
    "index.html",
    "istanbul.html",
    "findings/contact-and-secrecy.html",
    "explorer.html",
    "events/2005-istanbul-meeting.html",
    "reference/people.html",
)
MARKS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
TIMES = (
    "first-contentful-paint",
    "largest-contentful-paint",
    "interactive",
    "total-blocking-time",
    "total-byte-weight",
)
SHIFT, MOST = "cumulative-layout-shift", 0.02


def measured(program: str, address: str) -> dict[str, Any]:
    """Lighthouse's report of one page."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "report.json")
        order = [program, address, "--quiet", "--output=json", f"--output-path={out}"]
        chrome = shutil.which("chromium") or "chromium"
        subprocess.run(
            [*order, "--chrome-flags=--headless=new --no-sandbox"],
            check=True,
            env=os.environ | {"CHROME_PATH": chrome},
        )
        found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def main(arguments: list[str]) -> int:
    """Measure the pages and print their table."""
    program = shutil.which("lighthouse") or sys.exit("lighthouse: not on PATH; npm install lighthouse")
    folder, pages = Path(arguments[0] if arguments else BOOK), arguments[1:] or PAGES
    below = 0
    with in_chromium.served(folder) as address:
        for page in pages:
            report = measured(program, f"{address}/{page}")
            marks = {name: round(report["categories"][name]["score"] * 100) for name in MARKS}
            shift = report["audits"][SHIFT]["numericValue"]
            below += shift >= MOST or any(marks[name] < least for name, least in MARKS.items())
            told = [report["audits"][name]["displayValue"].replace("\xa0", " ") for name in TIMES]
            print(page, *marks.values(), *told, f"shift {shift:.3f}", sep=" | ")
    return bool(below)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
