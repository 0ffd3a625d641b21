"""What is being done, on one line of a terminal, or one line a step where there is none."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable


class Progress:
    """Tell the user how far `total` steps of `task` have come; `say` prints a line where no terminal is."""

    def __init__(self, task: str, total: int, say: Callable[[str], None]):
        self.task, self.total, self.say = task, total, say
        self.terminal = sys.stderr.isatty()
        self.active: list[str] = []
        self.finished = 0

    def at(self, name: str) -> None:
        """The step `name` goes on."""
        if name not in self.active:
            self.active.append(name)
            self._draw()

    def done(self, name: str, seconds: float) -> None:
        """The step `name` ended well after `seconds`."""
        self._end(name, f"{seconds:.1f} s")

    def failed(self, name: str) -> None:
        """The step `name` ended badly."""
        self._end(name, "failed")

    def close(self) -> None:
        """Leave the line to others."""
        if self.terminal:
            sys.stderr.write("\r\x1b[K")

    def _end(self, name: str, result: str) -> None:
        self.finished += 1
        if name in self.active:
            self.active.remove(name)
        if self.terminal:
            self._draw()
        else:
            self.say(f"{self.task} [{self.finished}/{self.total}] {name}: {result}")

    def _draw(self) -> None:
        if self.terminal:
            filled = 20 * self.finished // self.total
            bar = "#" * filled + "." * (20 - filled)
            line = f"{self.task} [{bar}] {self.finished}/{self.total} {', '.join(self.active)}"
            sys.stderr.write("\r\x1b[K" + line[: shutil.get_terminal_size().columns - 1])
            sys.stderr.flush()
