"""How the command `book` starts: the same whatever the user's folder, settings for Python, locale and streams are.

Imports nothing but what the interpreter itself has loaded, since a file of the user may bear any other name.
"""

from __future__ import annotations

import errno
import os
import sys

KEPT = {"PYTHONSAFEPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONHASHSEED"}
NO_ROOM = (  #: what libraries say when the system gives them no memory or no process
    "MemoryError",
    os.strerror(errno.ENOMEM),
    os.strerror(errno.EAGAIN),
    "failed to map segment",
    "can't start new thread",
    "Memory allocation still failed",
    "error return without exception set",  # Python's own, which had no memory to say so
)
BOOK = (
    "install this package again with [book] after its name or the name of its file: "
    "pip install '.[book]'"
)  #: from no index
RAISE = "raise the limits (ulimit -v, ulimit -u) or close other programs"
READER_GONE = 141  #: what a shell says of a program that SIGPIPE ended
_DONE = "book"  #: the option -X by which a program that was started again knows it


def clean_environment() -> dict[str, str]:
    """The environment for us and our children: no settings for Python but harmless ones, UTF-8, no folder searched.

    PYTHONPATH keeps the folder that this package was found in, if it was found by it.
    """
    kept = {n: v for n, v in os.environ.items() if not n.startswith("PYTHON") or n in KEPT}
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    if home in map(os.path.abspath, sys.path) and os.path.basename(home) not in (
        "site-packages",
        "dist-packages",
    ):
        kept["PYTHONPATH"] = home
    return kept | {"PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}


def isolate() -> None:
    """Start this program again where settings of the user reach it; else only keep them from its children.

    Raises FileNotFoundError where the working folder is gone.
    """
    here = os.getcwd()
    clean = clean_environment()
    if sys.executable and _DONE not in sys._xoptions and _is_reached(clean, here):
        program = [sys.executable, "-P", "-X", "utf8", "-X", _DONE, "-m", "without_recognition.cli"]
        os.execve(sys.executable, [*program, *sys.argv[1:]], clean)
    os.environ.clear()
    os.environ.update(clean)


def _is_reached(clean: dict[str, str], here: str) -> bool:
    """Whether this process differs from one started with `clean`, and not for the better."""
    given = {n for n in os.environ if n.startswith("PYTHON") and n not in KEPT | {"PYTHONUTF8"}}
    told = not sys.flags.ignore_environment and any(os.environ[n] != clean.get(n) for n in given)
    searched = not sys.flags.safe_path and os.path.abspath(sys.path[0]) == here
    flags = sys.flags.optimize or sys.flags.dev_mode or sys.flags.bytes_warning or sys.warnoptions
    return bool(told or searched or flags or sys.getfilesystemencoding() != "utf-8")


def open_streams() -> None:
    """Give what was closed an end that leads nowhere, before a file of ours gets its number."""
    for number, mode in enumerate(("r", "w", "w")):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:
                os.dup2(opened, number)
            os.set_inheritable(number, True)
        name = ("stdin", "stdout", "stderr")[number]
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def lacks_room(problem: BaseException | None) -> bool:
    """Whether `problem`, or what caused it, is that the system gave no memory or no process."""
    while problem is not None:
        if isinstance(problem, MemoryError) or any(words in str(problem) for words in NO_ROOM):
            return True
        problem = problem.__cause__ or problem.__context__
    return False


def hush() -> None:
    """Let nothing more be written to standard output and error, not even by the interpreter at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        os.dup2(nowhere, number)
