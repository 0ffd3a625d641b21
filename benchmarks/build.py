"""Seconds of the stock tool and of ours on this book, in one sitting: `python benchmarks/build.py [ROUNDS]`.

"Stock" is `jupyter-book build` with the same extension, except that it executes the chapters its own way: one
real kernel after another. Prints a Markdown table of medians, with ratios to the stock tool.
"""

from __future__ import annotations

import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PAGE = "book/intro.md"
STOCK = (
    "from analysis.press import execute\nexecute.prepare = lambda app, config: None\ndef setup(app): pass\n"
)
NAMES = ("book", "data", "_config.yml", "pyproject.toml", "requirements.lock", "CITATION.cff", "LICENSE-text")


def copy(folder: Path, *, stock: bool) -> Path:
    """A copy of the book's sources in `folder`; the package stays the installed one."""
    folder.mkdir()
    for name in NAMES:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    if stock:
        config = folder / "_config.yml"
        (folder / "stock_execution.py").write_text(STOCK)
        config.write_text(
            config.read_text()
            .replace("sphinx:\n", "sphinx:\n  local_extensions: {stock_execution: .}\n")
            .replace("    extensions:\n", "    extensions:\n      - stock_execution\n")
        )
    return folder


def stock_html(root: Path) -> float:
    """Seconds of `jupyter-book build`."""
    return timed([BIN / "jupyter-book", "build", "book", "--config", "_config.yml", "-q"], root)


def our(function: str, root: Path) -> float:
    """Seconds of one of our functions, in a process of its own."""
    program = (
        f"from pathlib import Path; from analysis.press import build; root = Path({str(root)!r}); {function}"
    )
    return timed([sys.executable, "-c", program], root)


def timed(command: list, root: Path) -> float:
    """Seconds of `command`, which must succeed."""
    began = time.monotonic()
    done = subprocess.run([str(word) for word in command], cwd=root, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return time.monotonic() - began


def edit(root: Path) -> None:
    """Change a word of one page."""
    page = root / PAGE
    page.write_text(page.read_text() + "\nOne more sentence.\n")


def clean(root: Path) -> None:
    """Forget every build."""
    shutil.rmtree(root / "_build", ignore_errors=True)


HTML = "build.pages(root, root / '_build' / 'html')"
PREVIEW = "build.pages(root, root / '_build' / 'preview' / 'html')"
WHOLE = "build.build(root)"


def one_round(folder: Path) -> dict[str, tuple[float, float]]:
    """Case -> (stock seconds, our seconds), the two alternating."""
    stock, ours = copy(folder / "stock", stock=True), copy(folder / "ours", stock=False)
    cold = stock_html(stock)
    result = {"cold, HTML alone": (cold, our(HTML, ours))}
    clean(ours)
    result["cold, all formats (stock: HTML alone)"] = (cold, our(WHOLE, ours))
    result["no change (ours: all formats)"] = (stock_html(stock), our(WHOLE, ours))
    our(PREVIEW, ours)
    for root in (stock, ours):
        edit(root)
    edited = stock_html(stock)
    result["words of one page, preview"] = (edited, our(PREVIEW, ours))
    clean(ours / "_build" / "html")
    result["words of one page, all formats published"] = (edited, our(WHOLE, ours))
    return result


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    results = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            results.append(one_round(Path(folder)))
    print(
        f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, median of {rounds}\n"
    )
    print("| case | stock, s | ours, s | ratio |\n|---|---|---|---|")
    for case in results[0]:
        stock, ours = (statistics.median(each[case][side] for each in results) for side in (0, 1))
        print(f"| {case} | {stock:.1f} | {ours:.1f} | {ours / stock:.2f} |")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"\nPeak memory of one process: {peak / 1024:.0f} MB.")


if __name__ == "__main__":
    main()
