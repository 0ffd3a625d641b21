"""One reader for every text that a person wrote: tables, chapters, the texts that `verify` compares.

UTF-8, with or without a byte-order mark. What reads alike for the check, the run, the build and the export cannot
pass one of them and mislead another.
"""

from __future__ import annotations

import codecs
import errno
import re
import stat
from pathlib import Path

NOT_UTF_8 = "not UTF-8; save the file as UTF-8"
PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  #: how .xlsx and .ods, and how .xls begin
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Unreadable(ValueError):
    """What is no text of ours: `row` and `column` from 1, `told` as `what is wrong; what to do`."""

    def __init__(self, row: int, column: int, told: str) -> None:
        super().__init__(row, column, told)
        self.row, self.column, self.told = row, column, told

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.told}"


def decode(raw: bytes) -> str:
    """The text of `raw` without a byte-order mark, its line ends as they are. Raises Unreadable."""
    if raw.startswith(PACKED):
        raise Unreadable(1, 1, "a workbook or another packed file, no text; save a table as CSV in UTF-8")
    if raw.startswith(UTF_16):
        raise Unreadable(1, 1, f"{NOT_UTF_8} (it is UTF-16)")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        row = raw.count(b"\n", 0, wrong.start) + 1
        begin = raw.rfind(b"\n", 0, wrong.start) + 1
        column = len(raw[begin : wrong.start].decode("utf-8", "replace")) + 1
        guess = " (it is UTF-16)" if raw[:2].count(0) == 1 else _in_windows_1252(raw, begin, wrong.start)
        raise Unreadable(row, column, NOT_UTF_8 + guess) from None


def content(path: Path) -> bytes:
    """What stands in a file. Raises OSError, and where `path` is a pipe or a device, which may never end."""
    kind = path.stat().st_mode
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
        raise OSError(errno.EINVAL, "a pipe or a device, no file", str(path))
    return path.read_bytes()


def read_text(path: Path) -> str:
    """The text of a file, every line end a line feed. Raises Unreadable, OSError."""
    return decode(content(path)).replace("\r\n", "\n").replace("\r", "\n")


def place(text: str, at: int) -> tuple[int, int]:
    """Row and column, from 1, of the character at `at`."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _in_windows_1252(raw: bytes, begin: int, at: int) -> str:
    """' (it may be Windows-1252: Müller)': the word around the byte at `at` of the line that starts at `begin`."""
    end = raw.find(b"\n", at)
    line = raw[begin : end if end >= 0 else len(raw)]
    try:
        before, after = line[: at - begin].decode("cp1252"), line[at - begin :].decode("cp1252")
    except UnicodeDecodeError:
        return ""
    word = re.findall(r"\w*$", before)[0] + re.findall(r"^\W?\w*", after)[0]
    return f" (it may be Windows-1252: {word})"
