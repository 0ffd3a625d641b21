"""Kill builds at random moments and see what is left: two in test_kills.py, fifty in benchmarks/."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import small_book

MARK = "BUILD_TO_BE_KILLED"
HOW = (signal.SIGKILL, signal.SIGINT, signal.SIGKILL, signal.SIGTERM)
PATIENCE = 15  # seconds until a process that was told to end must be gone


def trials(room: Path, count: int, seed: int) -> Iterator[tuple[str, list[str]]]:
    """Kill `count` builds of a small book in `room`; yield what was done, and what was found wrong."""
    chance = random.Random(seed)
    root = small_book.checkout(
        room / "site", one=small_book.chapter("One", "print(1)"), two=small_book.chapter("Two", "print(2)")
    )
    temporary = room / "temporary"
    temporary.mkdir()
    page = root / "book" / "one.md"
    texts = [page.read_text(), page.read_text().replace("print(1)", "print(11)").replace("Words.", "Others.")]
    books, editions, took = [], [], 0.0
    for text in texts:
        page.write_text(text)
        began = time.monotonic()
        small_book.run(root).check_returncode()
        took = time.monotonic() - began
        books.append(small_book.files(root))
        editions.append((root / "_build" / "book").resolve())
    longest = {True: took, False: took}  # of builds with and without the cache of outputs
    for number in range(count):
        new, cached, how = number % 2, chance.random() < 0.5, HOW[number % len(HOW)]
        status = 0
        while status == 0:  # a build that was over before the signal came is no trial
            page.write_text(texts[1 - new])
            small_book.run(root).check_returncode()  # shows the old book, which is there
            page.write_text(texts[new])
            shutil.rmtree(editions[new])
            if not cached:
                shutil.rmtree(root / "_build" / ".cache")
            after = chance.uniform(0, longest[cached])
            status = kill(root, how, after, temporary)
            if status == 0:
                longest[cached] = after
        wrong = []
        shown = small_book.files(root)
        if shown not in books:
            wrong.append("the book is neither the old one nor the new one")
        wrong += [f"still running: {name}" for name in left_over()]
        again = small_book.run(root)
        if again.returncode:
            wrong.append(f"the next build failed: {again.stderr}")
        elif small_book.files(root) != books[new]:
            wrong.append("the next build gave other bytes")
        wrong += [f"left over: {path}" for path in (*temporary.iterdir(), *root.glob("_build/editions/.*"))]
        seen = "new" if shown == books[new] else "old"
        yield f"{how.name} after {after:.1f} s (exit code {status}): the {seen} book", wrong


def kill(root: Path, how: signal.Signals, after: float, temporary: Path) -> int:
    """Start a build and send it the signal `how`: Ctrl-C to all its group, as a terminal does. Its exit code."""
    build = subprocess.Popen(
        **small_book.started(root, **{MARK: "1", "TMPDIR": str(temporary)}),
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # it may be ignored here
    )  # fmt: skip
    time.sleep(after)
    if how == signal.SIGINT:
        os.killpg(build.pid, how)
    else:
        build.send_signal(how)
    return build.wait()


def left_over() -> list[str]:
    """The processes of a killed build that do not end by themselves; they are ended here."""
    end = time.monotonic() + PATIENCE
    while found := marked():
        if time.monotonic() > end:
            for pid in found:
                os.kill(pid, signal.SIGKILL)
            return list(found.values())
        time.sleep(0.05)
    return []


def marked() -> dict[int, str]:
    """The running processes that were started by a build to be killed, with their command lines."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}=1".encode() in (folder / "environ").read_bytes().split(b"\0"):
                if (folder / "stat").read_text().rpartition(")")[2].split()[0] != "Z":
                    found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            pass
    return found
