"""The command `book`."""

from __future__ import annotations

import argparse
import atexit
import gc
import importlib
import sys

COMMANDS = {
    "build": ("analysis.press.build", "main", "make the whole book and publish it in _build/book"),
    "preview": ("analysis.press.build", "preview", "make the pages alone, unchecked, for authors"),
    "check": (
        "analysis.press.build",
        "check",
        "list every problem of data/ and book/, with place and remedy",
    ),
    "reproduce": ("analysis.press.reproduce", "main", "build twice, in unlike places; compare every byte"),
    "verify": ("analysis.verify", "main", "compare the claims with the texts that they cite"),
    "export": ("analysis.press.exports", "main", "write the dataset and its bibliography to a folder"),
    "run": ("analysis.press.notebooks", "main", "run one chapter now and write it as a notebook"),
}


def main(argv: list[str] | None = None) -> int:
    """Run one subcommand; return its exit code. What users can mend is told in words, not as a traceback."""
    listing = "\n".join(f"  {name:<10} {about}" for name, (_, _, about) in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="book", epilog=listing, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    chosen = parser.parse_args(argv)
    atexit.register(gc.freeze)  # else a second is spent at the end to look for garbage
    module, function, _ = COMMANDS[chosen.command]
    try:
        return getattr(importlib.import_module(module), function)(chosen.arguments) or 0
    except KeyboardInterrupt:
        return _complain(chosen.command, "interrupted; nothing was changed", 130)
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] == "analysis":
            raise
        return _complain(
            chosen.command, f"{missing.name} is not installed: pip install 'without-recognition[book]'"
        )
    except OSError as problem:
        return _complain(chosen.command, f"{problem.filename or 'disk'}: {problem.strerror or problem}")
    except Exception as problem:
        from analysis.dataset import DatasetError
        from analysis.press import PressError

        if isinstance(problem, (DatasetError, PressError)):
            return _complain(chosen.command, str(problem))
        raise


def _complain(command: str, message: str, code: int = 1) -> int:
    print(f"book {command}: {message}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
