"""Seconds of the stock tool and of ours, in one sitting: `python analysis/benchmarks/build.py [ROUNDS] [BOOK ...]`.

BOOK is `this` (the book in this checkout) or a number of chapters, for a generated book; `this 10 40` without it.
"Stock" is `jupyter-book build` with the same pages, except that it executes the chapters its own way, one real
kernel after another, and writes pages in one process. Prints a Markdown table of medians: ours : stock = ratio.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from without_recognition import load
from without_recognition.press.system import digest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
STOCK = """\
from without_recognition.press.build import parallel_write
from without_recognition.press.execution import execute
execute.run_chapters = lambda app, config: None
parallel_write.on_all_cores = lambda app, env: None


def setup(app):
    pass
"""
NOTEBOOK = """\
---
kernelspec: {name: python3, display_name: Python 3, language: python}
jupytext: {text_representation: {extension: .md, format_name: myst}}
---
"""
CHAPTER = """\
# Chapter {number}

{prose}

```{{code-cell}}
from without_recognition import charts, load
history = load()
chapter = history.chapter("{slug}")
chapter.events.groupby("channel").size().head({number})
```

{prose}

```{{code-cell}}
charts.timeline(chapter)
```

{prose}

```{{code-cell}}
charts.channels(chapter)
```
"""
PROSE = (
    "Two states, one file of letters, and a year of which no paper tells; what was said is told as said. " * 4
)
SLUGS = tuple(load().chapters)
MADE = {"HTML": "preview", "all formats": "build"}  #: what is made -> our command for it
Pair = tuple[float, float]


def copy(folder: Path, chapters: int | None, *, stock: bool) -> Path:
    """This checkout's book in `folder`, or a generated one of so many `chapters` with two figures each."""
    folder.mkdir()
    for name, source in digest.sources(ROOT).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    if chapters:
        generate(folder / "book", chapters)
    if stock:
        config = folder / "_config.yml"
        (folder / "stock_execution.py").write_text(STOCK)
        config.write_text(
            config.read_text()
            .replace("sphinx:\n", "sphinx:\n  local_extensions: {stock_execution: .}\n")
            .replace("    extensions:\n", "    extensions:\n      - stock_execution\n")
        )
    return folder


def generate(book: Path, chapters: int) -> None:
    """Write an introduction and `chapters` chapters to the emptied folder `book`."""
    shutil.rmtree(book)
    book.mkdir()
    names = [f"chapter-{number:02}" for number in range(1, chapters + 1)]
    for number, name in enumerate(names, 1):
        text = CHAPTER.format(number=number, prose="\n\n".join([PROSE] * 3), slug=SLUGS[number % len(SLUGS)])
        (book / f"{name}.md").write_text(NOTEBOOK + text)
    (book / "intro.md").write_text("# A generated book\n\nRead on.\n")
    listed = "".join(f"- file: {name}\n" for name in names)
    (book / "_toc.yml").write_text(f"format: jb-book\nroot: intro\nchapters:\n{listed}")


class Clock:
    """Runs commands, keeps the peak memory of any one process."""

    def __init__(self) -> None:
        self.peak = 0.0

    def stock(self, root: Path) -> float:
        """Seconds of `jupyter-book build`."""
        page = root / "_build" / "html" / "intro.html"
        seconds = self.timed(root, BIN / "jupyter-book", "build", "book", "--config", "_config.yml", "-q")
        if not page.is_file():
            sys.exit(f"the stock tool wrote no {page}")
        return seconds

    def ours(self, root: Path, command: str) -> float:
        """Seconds of one of the commands of `book`."""
        return self.timed(root, sys.executable, "-m", "without_recognition.cli", command)

    def timed(self, root: Path, *command: object) -> float:
        """Seconds of `command`, which must succeed."""
        with tempfile.TemporaryFile("w+") as said:
            began = time.monotonic()
            process = subprocess.Popen(
                command,
                cwd=root,
                env={**os.environ, "PYTHONPATH": str(root / "analysis")},
                stdout=said,
                stderr=said,
            )
            _, status, used = os.wait4(process.pid, 0)
            seconds = time.monotonic() - began
            if status:
                said.seek(0)
                sys.exit(f"{' '.join(map(str, command))}\n{said.read()[-4000:]}")
        self.peak = max(self.peak, used.ru_maxrss / 1024)
        return seconds


def one_round(folder: Path, chapters: int | None, stock: Clock, our: Clock) -> dict[tuple[str, str], Pair]:
    """(What changed, what we make) -> (stock seconds, our seconds), in checkouts that see the same edits."""
    theirs, *ours = (copy(folder / name, chapters, stock=name == "stock") for name in ("stock", *MADE))
    result: dict[tuple[str, str], Pair] = {}

    def case(name: str, seconds: float) -> None:
        for (made, command), root in zip(MADE.items(), ours, strict=True):
            result[name, made] = (seconds, our.ours(root, command))

    cold = stock.stock(theirs)
    case("everything: from nothing", cold)
    case("nothing", stock.stock(theirs))
    edit((theirs, *ours), "book/intro.md", "\nOne more sentence.\n")
    case("words of a page", stock.stock(theirs))
    chapter = "book/chapter-02.md" if chapters else "book/zia.md"
    edit((theirs, *ours), chapter, "\n```{code-cell}\nprint(6 * 7)\n```\n")
    case("code of a chapter", stock.stock(theirs))
    edit(ours, "data/datapackage.json", "\n")
    case("data (stock: from nothing)", cold)
    return result


def edit(roots: Iterable[Path], name: str, more: str) -> None:
    """Add `more` to a file of each checkout."""
    for root in roots:
        (root / name).write_text((root / name).read_text() + more)


def measured(book: str, rounds: int) -> tuple[str, dict[tuple[str, str], Pair]]:
    """A line about one book, and its medians."""
    chapters = None if book == "this" else int(book)
    stock, our, results = Clock(), Clock(), []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            results.append(one_round(Path(folder), chapters, stock, our))
    what = f"{chapters} generated chapters with {2 * chapters} figures" if chapters else "this book"
    return f"{what}: stock {stock.peak:.0f} MB, ours {our.peak:.0f} MB", {
        case: tuple(statistics.median(each[case][side] for each in results) for side in (0, 1))
        for case in results[0]
    }


def table(books: dict[str, dict[tuple[str, str], Pair]]) -> Iterator[str]:
    """Lines of Markdown: a row for each case, a column for each book."""
    yield f"| what changed | we make | {' | '.join(books)} |"
    yield "|---|---|" + "---|" * len(books)
    for case in next(iter(books.values())):
        pairs = (medians[case] for medians in books.values())
        cells = (f"{ours:.1f} : {theirs:.1f} = **{ours / theirs:.2f}**" for theirs, ours in pairs)
        yield f"| {' | '.join([*case, *cells])} |"


def main() -> None:
    """Print when and where, the peak memory of any one process, and the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    print(
        f"{date.today():%d %B %Y}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, median of {rounds}. Peak memory of one process:"
    )
    books = {}
    for book in sys.argv[2:] or ("this", "10", "40"):
        told, books[book] = measured(book, rounds)
        print(f"- {told}", flush=True)
    print("", *table(books), sep="\n")


if __name__ == "__main__":
    main()
