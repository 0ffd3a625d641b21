"""What is being done: one moving line on a terminal, else one line a step."""

from __future__ import annotations

import shutil
import sys


class Progress:
    """Tell the user, on standard error, how far the `total` steps of `task` have come."""

    def __init__(self, task: str, total: int):
        self.task, self.total = task, total
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
            print(f"{self.task} [{self.finished}/{self.total}] {name}: {result}", file=sys.stderr)

    def _draw(self) -> None:
        if self.terminal:
            filled = 20 * self.finished // self.total
            bar = "#" * filled + "." * (20 - filled)
            line = f"{self.task} [{bar}] {self.finished}/{self.total} {', '.join(self.active)}"
            sys.stderr.write("\r\x1b[K" + line[: shutil.get_terminal_size().columns - 1])
            sys.stderr.flush()
