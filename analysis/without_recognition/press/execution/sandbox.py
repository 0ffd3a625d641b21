"""A chapter reads `data/` alone: what it takes from elsewhere, nobody would notice to have changed.

Python's audit events show what is opened, but not what a library in C opens by itself (`lxml.etree.parse`,
`ctypes`): this finds mistakes and does not hold back malice. Existence and lists of folders are not watched;
real kernels (JupyterLab, and builds where there is no fork) are not watched at all.
"""

from __future__ import annotations

import os
import site
import sysconfig
import zoneinfo
from pathlib import Path
from typing import Any

import without_recognition
from without_recognition.data.dataset import data_folder

LIBRARIES = ("stdlib", "platstdlib", "purelib", "platlib")
SYSTEM = ("/proc", "/sys", *zoneinfo.TZPATH)  # what libraries ask about the machine
NETWORK = {"connect", "getaddrinfo", "gethostbyaddr", "gethostbyname", "getnameinfo", "sendmsg", "sendto"}
PROCESSES = {
    "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "subprocess.Popen",
}  # fmt: skip

REMEDY = "put what it needs into data/, as a resource of datapackage.json"


class Refused(PermissionError):
    """A chapter used what the book does not know of; the message says what, and what to do."""


class Watch:
    """An audit hook, asleep until `on`; `refusal` is what it raised first, even if the chapter caught it."""

    def __init__(self) -> None:
        paths: list[str | Path] = [
            data_folder(),
            Path(without_recognition.__file__).parent,
            *map(sysconfig.get_path, LIBRARIES),
        ]
        paths += [*site.getsitepackages(), site.getusersitepackages(), *SYSTEM]
        self.folders = tuple({str(form) + os.sep for path in paths for form in (path, Path(path).resolve())})
        self.written: set[str] = set()
        self.on = False
        self.refusal: Refused | None = None

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Raises Refused."""
        if not self.on:
            return
        if event == "open":
            self._opens(arguments[0], arguments[2])
        elif event == "sqlite3.connect" and arguments[0] not in ("", ":memory:"):
            self._refuse(f"opens the database {arguments[0]}, which may not be in data/; {REMEDY}")
        elif event in PROCESSES:
            self._refuse("starts another process, and what that reads nobody knows; do it in Python")
        elif event.startswith("socket.") and event[7:] in NETWORK:
            self._refuse(f"uses the network, which a chapter may not; {REMEDY}")

    def check(self) -> None:
        """Raises Refused if anything was."""
        if self.refusal:
            raise self.refusal

    def _opens(self, file: Any, flags: int) -> None:
        if isinstance(file, int):
            return
        named = os.path.abspath(os.fsdecode(file))
        real = os.path.realpath(named)
        if flags & (os.O_TRUNC | os.O_EXCL) or not os.path.exists(real):
            self.written.add(real)  # or it fails by itself, in the words of Python
        elif (
            os.path.isfile(real)
            and flags & os.O_ACCMODE != os.O_WRONLY
            and real not in self.written
            and not any(form.startswith(self.folders) for form in (named, real))
        ):
            self._refuse(f"reads {os.fsdecode(file)}, which is outside data/; {REMEDY}")

    def _refuse(self, message: str) -> None:
        self.refusal = self.refusal or Refused(message)
        raise self.refusal
