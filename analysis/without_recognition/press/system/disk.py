"""Where a build writes, and plain words for a disk that will not take it."""

from __future__ import annotations

import errno
import logging
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from without_recognition.press import PressError

FULL = "no space is left on this disk; free some and build again"
NOT_YOURS = "you may not write here; change its owner or mode, or build in a copy of the checkout"
WORDS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: "your quota of this disk is used up; free some space and build again",
    errno.EFBIG: "a file may not grow as large as it must; raise the limit (ulimit -f) and build again",
    errno.EROFS: "this disk is read-only; mount it for writing, or build in a copy of the checkout elsewhere",
    errno.EACCES: NOT_YOURS,
    errno.EPERM: NOT_YOURS,
}
ALWAYS_WRITING = WORDS.keys() - {errno.EACCES, errno.EPERM}
OF_SQLITE = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EFBIG,
}


class Refused(PressError):
    """The disk does not take what the build writes."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Raise Refused, in one line about `folder`, for whatever error says that it cannot be written."""
    try:
        yield
    except Refused:
        raise
    except Exception as problem:
        if words := next((WORDS[code] for code in _codes(problem, folder) if code in WORDS), None):
            raise Refused(f"{folder}: {words}; the book that was there is untouched") from None
        raise


def _codes(problem: BaseException | None, folder: Path) -> Iterator[int]:
    """What the system said, from `problem` down to what caused it."""
    while problem is not None:
        if isinstance(problem, shutil.Error) or type(problem) is PressError:  # pandoc's words
            yield from (code for code in ALWAYS_WRITING if os.strerror(code) in str(problem))
        elif isinstance(problem, OSError):
            named = [os.fsdecode(name) for name in (problem.filename, problem.filename2) if name is not None]
            code = problem.errno
            if code is not None and (
                code in ALWAYS_WRITING or any(Path(name).is_relative_to(folder) for name in named)
            ):
                yield code
        elif isinstance(problem, sqlite3.Error):
            yield OF_SQLITE.get(problem.sqlite_errorcode & 0xFF, 0)
        problem = problem.__cause__ or problem.__context__


@contextmanager
def temporary_files(folder: Path) -> Iterator[None]:
    """Put temporary files, also those of children, into `folder`, which the caller throws away."""
    folder.mkdir(parents=True)
    before, tempfile.tempdir = (tempfile.tempdir, os.environ.get("TMPDIR")), str(folder)
    os.environ["TMPDIR"] = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before[0]
        os.environ.pop("TMPDIR")
        if before[1] is not None:
            os.environ["TMPDIR"] = before[1]


class Refusals(logging.Filter):
    """For the handlers of Sphinx, which only warns, page by page, when it cannot write: one error instead."""

    def __init__(self) -> None:
        super().__init__()
        self.met: int | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether `record` is of something else."""
        said = record.getMessage()  # in words: what comes from a forked writer holds no exception any more
        code = next((each for each in ALWAYS_WRITING if os.strerror(each) in said), None)
        self.met = self.met or code
        return code is None

    def tell(self, app: object, exception: Exception | None) -> None:
        """For the event `build-finished`. Raises OSError."""
        if self.met and exception is None:
            raise OSError(self.met, os.strerror(self.met))
