"""The command `book`."""

from __future__ import annotations

import errno
import sys

from without_recognition import launch

COMMANDS = {
    "build": (
        "without_recognition.press.build.book",
        "main",
        "make the whole book and publish it in _build/book",
    ),
    "preview": (
        "without_recognition.press.build.preview",
        "main",
        "make the pages alone, unchecked, for authors",
    ),
    "check": (
        "without_recognition.press.build.check",
        "main",
        "list every problem of data/ and book/, with place and remedy",
    ),
    "reproduce": (
        "without_recognition.press.build.reproduce",
        "main",
        "build twice, in unlike places; compare every byte",
    ),
    "verify": ("without_recognition.data.verify", "main", "compare the claims with the texts that they cite"),
    "export": (
        "without_recognition.press.export.dataset",
        "main",
        "write the dataset, its results in several formats, and its bibliography to a folder",
    ),
    "release": (
        "without_recognition.press.build.release",
        "main",
        "pin the edition: from then on no row changes without a correction",
    ),
    "changes": (
        "without_recognition.findings.changes",
        "main",
        "say what moved between two editions, folders or commits, and why",
    ),
    "add": (
        "without_recognition.press.build.workbench",
        "add",
        "add a source, event, claim or other row, with its correction",
    ),
    "correct": (
        "without_recognition.press.build.workbench",
        "correct",
        "change one cell, with its correction",
    ),
    "retire": (
        "without_recognition.press.build.workbench",
        "retire",
        "withdraw a row and keep its id, with its correction",
    ),
    "diff": (
        "without_recognition.press.build.diff",
        "main",
        "say what differs between two folders, commits or editions",
    ),
    "blind": ("without_recognition.data.blind", "main", "write sheets for people who code again, unseeing"),
    "agreement": (
        "without_recognition.findings.agreement",
        "main",
        "say how far two coders agree, and which grades the second would change",
    ),
    "run": (
        "without_recognition.press.export.notebooks",
        "main",
        "run one chapter now and write it as a notebook",
    ),
}
TOLD = (  #: errors whose message is for users
    ("without_recognition.data.messages", "DatasetError"),
    ("without_recognition.data.messages", "UnknownId"),
    ("without_recognition.data.dates", "DateError"),
    ("without_recognition.data.textfile", "Unreadable"),
    ("without_recognition.press", "PressError"),
)
OF_A_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO}
REMEDIES = {
    errno.EMFILE: "raise the limit of open files (ulimit -n)",
    errno.ENFILE: "close other programs",
    errno.EFBIG: "raise the limit of sizes (ulimit -f)",
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some space",
    errno.EACCES: "change its owner or mode, or give another place",
    errno.EPERM: "change its owner or mode, or give another place",
    errno.EROFS: "give a place that can be written to",
    errno.ENAMETOOLONG: "give a shorter name",
    errno.EEXIST: "move it away, or give another name",
    errno.ENOTDIR: "give a folder",
    errno.EISDIR: "give a file",
}
INTERRUPTED = "interrupted; every file is the old one or the new one, none is half written"


def main(argv: list[str] | None = None) -> int:
    """Run one subcommand; return its exit code. What users can mend is told in words, not as a traceback."""
    try:
        if argv is None:
            launch.open_streams()
            launch.isolate()
        try:
            return _run(argv)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # whoever read us has read enough
        launch.hush()
        return launch.READER_GONE
    except OSError as problem:
        _complain("book", _of_the_system(problem))
        launch.hush()
        return 1


def _run(argv: list[str] | None) -> int:
    import argparse
    import atexit
    import gc
    import importlib

    listing = "\n".join(f"  {name:<10} {about}" for name, (_, _, about) in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="book", epilog=listing, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    chosen = parser.parse_args(argv)
    atexit.register(gc.freeze)  # else a second is spent at the end to look for garbage
    module, function, _ = COMMANDS[chosen.command]
    called = f"book {chosen.command}"
    try:
        return getattr(importlib.import_module(module), function)(chosen.arguments) or 0
    except KeyboardInterrupt:
        return _complain(called, INTERRUPTED, 130)
    except BrokenPipeError:
        raise
    except Exception as problem:
        if words := _in_words(problem):
            return _complain(called, words)
        raise


def _in_words(problem: Exception) -> str:
    """What the user can mend, or ""."""
    if launch.lacks_room(problem):
        return f"too little memory, or too few processes; {launch.RAISE}"
    if isinstance(problem, ModuleNotFoundError):
        ours = (problem.name or "").partition(".")[0] == "without_recognition"
        return "" if ours else f"{problem.name} is not installed; {launch.BOOK}"
    if isinstance(problem, OSError):
        remedy = REMEDIES.get(problem.errno or 0, "")
        return "; ".join(filter(None, (_of_the_system(problem), remedy)))
    told = [getattr(sys.modules[module], name) for module, name in TOLD if module in sys.modules]
    return str(problem) if isinstance(problem, tuple(told)) else ""


def _of_the_system(problem: OSError) -> str:
    if isinstance(problem, FileNotFoundError) and not problem.filename:
        return "the folder that you are in is gone; go to another one"
    where = problem.filename2 or problem.filename  # of a copy, the one that was written
    where = where or ("disk" if problem.errno in OF_A_DISK else "the system")
    return f"{where}: {problem.strerror or problem}"


def _complain(command: str, message: str, code: int = 1) -> int:
    print(f"{command}: {message}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
