"""Text that nothing runs: cells for spreadsheets without formulas, without controls that turn reading order."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd

FORMULA = re.compile(r"^[=+\-@\t\r]")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def defused(cell: object) -> object:
    """A text that no spreadsheet runs as a formula, without controls that turn reading order; else `cell`."""
    if not isinstance(cell, str):
        return cell
    cell = BIDI.sub("", cell)
    return "'" + cell if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell


def safe_csv(table: pd.DataFrame) -> str:
    """CSV with plain line ends, formulas defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([defused(c) for c in table.columns])
    writer.writerows([defused(c) for c in row] for row in table.itertuples(index=False))
    return out.getvalue()
