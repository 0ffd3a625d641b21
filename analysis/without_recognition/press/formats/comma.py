"""A table as CSV: plain line ends, quotes where a cell needs them, truth values as true and false."""

from __future__ import annotations

import csv
import io

from without_recognition.press.formats.flat import Cell, Flat


def csv_bytes(table: Flat) -> bytes:
    """The table as CSV in UTF-8, a header line first; what is missing is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.names)
    writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode()


def _text(cell: Cell) -> Cell:
    return str(cell).lower() if isinstance(cell, bool) else cell
