"""All tables in one workbook: a sheet a table, where ids and dates stay text and no cell is a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter

from without_recognition.data.safe_text import FORMULA
from without_recognition.press.formats.flat import Cell, Flat

TEXT = "@"  #: a cell that Excel never reads as a number or a day
WIDEST = 60  #: letters
SHEET = 31  #: letters of a sheet's name that Excel allows
LONGEST = 32_767  #: letters of a cell


def workbook_bytes(tables: Sequence[Flat], about: Sequence[tuple[str, str]], made: str) -> bytes:
    """An xlsx with a sheet `about`, one that lists the sheets, and one a table.

    about: what stands on the first sheet. made: the day of the edition, YYYY-MM-DD, the only time in the file.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": about[0][1], "created": datetime.fromisoformat(made)})
    writer = _Writer(book)
    writer.sheet("about", ("what", "it is"), about)
    writer.sheet("tables", ("sheet", "title", "a row is"), [(_name(t), t.title, t.about) for t in tables])
    for table in tables:
        writer.sheet(_name(table), table.names, table.rows)
    book.close()
    return out.getvalue()


def _name(table: Flat) -> str:
    return table.name[:SHEET]


class _Writer:
    """Writes sheets in the formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.text = book.add_format({"num_format": TEXT})
        self.quoted = book.add_format({"num_format": TEXT, "quote_prefix": True})
        self.head = book.add_format({"num_format": TEXT, "bold": True, "bottom": 1})

    def sheet(self, name: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """One sheet, its header held in place and with filters."""
        sheet = self.book.add_worksheet(name)
        for n, title in enumerate(header):
            sheet.write_string(0, n, title, self.head)
            longest = max((len(str(row[n])) for row in rows[:200] if row[n] is not None), default=0)
            sheet.set_column(n, n, min(max(len(title), longest) + 2, WIDEST), self.text)
        for n, row in enumerate(rows, 1):
            for m, cell in enumerate(row):
                self.cell(sheet, n, m, cell)
        sheet.freeze_panes(1, 0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(header) - 1)

    def cell(self, sheet: xlsxwriter.worksheet.Worksheet, n: int, m: int, cell: Cell) -> None:
        """One cell: a truth value, a number, or a text that stays one; what is missing or empty is left empty."""
        if isinstance(cell, bool):
            sheet.write_boolean(n, m, cell)
        elif isinstance(cell, (int, float)):
            sheet.write_number(n, m, cell)
        elif cell:
            if len(cell) > LONGEST:
                raise ValueError(
                    f"{sheet.name}:{n + 1}: a cell of {len(cell)} letters; a workbook holds {LONGEST}"
                )
            sheet.write_string(n, m, cell, self.quoted if FORMULA.match(cell) else self.text)
