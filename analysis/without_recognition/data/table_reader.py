"""The cells of one CSV table, or the one cause why it cannot be read, with its row.

A table is UTF-8 with commas. What a spreadsheet makes of it is called by its name, not by its first symptom.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from without_recognition.data.textfile import UTF_16, Unreadable, decode

csv.field_size_limit(
    2**31 - 1
)  # a long cell is told as one, where it is; others raise this limit too, some time
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
UNMERGED = re.compile(r"<{7} .*|={7}|>{7} .*|\|{7} .*")  #: the marks that git leaves where versions differ
SEP = re.compile(r'(?i)"?sep=.{0,3}')  #: what a spreadsheet writes above the header


class _Broken(ValueError):
    """`row` or `row:column`, and what is wrong there."""


def table_rows(raw: bytes, name: str, columns: Sequence[str]) -> tuple[list[list[str]], list[str]]:
    """(rows below the header, each with a cell for each of `columns`; problems as `file:row:column: what; what to do`).

    Rows of another length are left out, and told.
    """
    try:
        text = decode(raw)
    except Unreadable as wrong:
        return [], [f"{name}:{wrong.row}: {wrong.told}"]
    if told := _dialect(text, columns):
        return [], [f"{name}:1: {told}"]
    try:
        header, *found = _records(text, columns)
    except _Broken as broken:
        return [], [f"{name}:{broken}"]
    except ValueError:
        return [], [f"{name}: empty file; restore at least the header line"]
    if told := _header(header, columns):
        return [], [f"{name}:1: {told}"]
    lengths = {n: _wrong_row(row, columns) for n, row in enumerate(found, 2)}
    whole = [row for n, row in enumerate(found, 2) if not lengths[n]]
    return whole, [f"{name}:{n}: {told}" for n, told in lengths.items() if told]


def filled_rows(
    raw: bytes, name: str, needed: Sequence[str]
) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """(row of the file, its cells by column; problems, as of `table_rows`) of a table that somebody filled in.

    It may have semicolons or tabs for commas, further columns and empty rows. Else it is read as strictly as
    `table_rows` reads.
    """
    try:
        text = decode(raw)
    except Unreadable as wrong:
        return [], [f"{name}:{wrong.row}: {wrong.told}"]
    mark = _separator(text, needed)
    try:
        columns = next(csv.reader(text.splitlines()[:1], delimiter=mark), [])
        header, *found = _records(text, columns, mark)
    except _Broken as broken:
        return [], [f"{name}:{broken}"]
    except ValueError:
        return [], [f"{name}: empty file; restore at least the header line"]
    if missing := [c for c in needed if c not in header]:
        return [], [f"{name}:1: missing column {', '.join(missing)}; keep the header as it was"]
    if twice := [c for c in needed if header.count(c) > 1]:
        return [], [f"{name}:1: {', '.join(twice)} stands twice; remove one of the two"]
    told = {n: _wrong_row(row, header) for n, row in enumerate(found, 2) if any(cell.strip() for cell in row)}
    whole = [(n, dict(zip(header, found[n - 2]))) for n, wrong in told.items() if not wrong]
    return whole, [f"{name}:{n}: {_by_mark(wrong, mark)}" for n, wrong in told.items() if wrong]


def _by_mark(told: str, mark: str) -> str:
    """What is told of commas, told of what stands for them."""
    called = SEPARATORS.get(mark, "commas")
    return told.replace("commas", called).replace("a comma", f"a {called[:-1]}")


def _records(text: str, columns: Sequence[str], mark: str = ",") -> list[list[str]]:
    """All rows, the header included. Raises _Broken at the row where a broken one begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    found: list[list[str]] = []
    line = 0
    try:
        for row in reader:
            found.append(row)
            line = reader.line_num
    except csv.Error as wrong:
        begins = io.StringIO(text, newline="").readlines()[line]
        raise _Broken(f"{len(found) + 1}{_in_line(begins, wrong, columns, mark)}") from None
    return found


def mended(raw: bytes, columns: Sequence[str]) -> str | None:
    """The table with commas, plain line ends and the columns in their order, where nothing is lost by it; else None.

    Mended are UTF-16, a byte-order mark, line ends, `sep=`, semicolons, tabs and bars, empty rows, the header again,
    blanks around its names, and empty columns behind the last, header included.
    An open quotation mark, a row of another length or Windows-1252 are for
    somebody who knows the text: of a comma too many, nobody can tell which it is.
    """
    try:
        text = raw.decode("utf-16") if raw.startswith(UTF_16) else decode(raw)
    except (Unreadable, UnicodeDecodeError):
        return None
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if SEP.fullmatch(text.partition("\n")[0]):
        text = text.partition("\n")[2]
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text, columns), strict=True)
        found = [row for row in reader if any(row)]
    except csv.Error:
        return None
    if not found or "\0" in text:
        return None
    wide = len(found[0])
    found = [
        row[: len(columns)] if len(row) == wide and not any(row[len(columns) :]) else row for row in found
    ]
    header = [cell.strip() for cell in found[0]]
    found = [header, *(row for row in found[1:] if [cell.strip() for cell in row] != header)]
    if sorted(found[0]) != sorted(columns) or any(len(row) != len(columns) for row in found):
        return None
    order = [found[0].index(column) for column in columns]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([row[n] for n in order] for row in found)
    return out.getvalue()


def _separator(text: str, columns: Sequence[str]) -> str:
    head = text.partition("\n")[0].replace('"', "")
    return max((",", *SEPARATORS), key=lambda mark: len(set(columns) & set(head.split(mark))))


def _in_line(line: str, wrong: csv.Error, columns: Sequence[str], mark: str) -> str:
    """`:column: what; what to do` for a record that begins in this line of the file and cannot be read."""
    try:
        list(csv.reader([line], delimiter=mark, strict=True))
    except csv.Error as alone:
        if "unexpected end" in str(alone):
            opened = len(next(csv.reader([line], delimiter=mark)))
            column = f":{columns[opened - 1]}" if opened <= len(columns) else ""
            return f"{column}: not a table: a quotation mark is opened here and not closed; close it or remove it"
    return f": not a table ({wrong}); double the quotation marks that stand inside a cell in quotation marks"


def _dialect(text: str, columns: Sequence[str]) -> str:
    """The other way in which a spreadsheet has separated the cells, with the remedy, or ""."""
    first = text.partition("\n")[0].partition("\r")[0]
    if SEP.fullmatch(first):
        return f"'{first}', which a spreadsheet wrote; remove this line"
    for mark, called in SEPARATORS.items():
        if 2 * len(set(columns) & set(first.replace('"', "").split(mark))) > len(columns) > 1:
            return f"separated by {called}; save the table with commas"
    return ""


def _header(header: list[str], columns: Sequence[str]) -> str:
    """What is wrong with the first row, with the remedy, or ""."""
    missing, extra = [c for c in columns if c not in header], [c for c in header if c not in columns]
    if missing:
        return _lacking(header, missing, columns)
    if extra and not any(extra):
        return f"{len(extra)} column(s) without a name; remove them, empty cells and commas too"
    if extra:
        return f"unknown column {', '.join(extra)}; remove it"
    if twice := sorted({c for c in header if header.count(c) > 1}):
        return f"columns out of order: {', '.join(twice)} stands twice; remove one of the two"
    if header != list(columns):
        return f"columns out of order; the order is {', '.join(columns)}"
    return ""


def _lacking(header: list[str], missing: list[str], columns: Sequence[str]) -> str:
    """Why columns are missing, with the remedy."""
    if not any(cell.strip() for cell in header):
        return "an empty row above the header; remove it"
    if any("\0" in cell for cell in header):
        return "a NUL character: damaged, or UTF-16 without a mark; restore it, or save it as UTF-8"
    if header[0].startswith("\ufeff"):
        return "a second byte-order mark before the first column; remove it"
    if twice := sorted({c for c in header if c in columns and header.count(c) > 1}):
        return f"column {twice[0]} stands twice and {', '.join(missing)} nowhere; write the header {','.join(columns)}"
    bare = {cell.strip(" \t'\"").casefold(): cell for cell in header}
    if otherwise := next((c for c in missing if c in bare), ""):
        return f"column '{bare[otherwise]}' must be written {otherwise}; write the header {','.join(columns)}"
    if len(missing) == len(columns):
        return f"not the header of this table, which is {','.join(columns)}; restore it, with commas between"
    return f"missing column {', '.join(missing)}; add it (order: {', '.join(columns)})"


def _wrong_row(row: list[str], columns: Sequence[str]) -> str:
    """What is wrong with a row as a whole, with the remedy, or ""."""
    wanted = len(columns)
    if not any(cell.strip() for cell in row) and len(row) in (0, 1, wanted):
        return "an empty row; remove it"
    if row == list(columns):
        return "the header again; remove it"
    if UNMERGED.fullmatch(row[0]):
        return f"{row[0][:7]} stands where git could not merge two versions; keep one and remove the marks"
    if len(row) == wanted:
        return ""
    told = f"{len(row)} cells instead of {wanted}"
    if len(row) == 1 and not row[0].isprintable():
        return "a control character; remove the row"
    if not any(row[wanted:]) and len(row) > wanted:
        return f"{told}, the last ones empty; quote the cell that holds a comma, or remove their commas"
    if len(row) == 1 and any(row[0].count(mark) == wanted - 1 for mark in SEPARATORS):
        return f"{told}, which are not separated by commas; save the table with commas"
    if len(row) < wanted:
        return f"{told}; add the commas of the empty ones, or join what a line end has parted"
    return f"{told}; quote cells that hold commas"
