"""Tables as plain Python, for rules that go row by row (pandas takes a microsecond a cell)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd


def column_cells(table: pd.DataFrame, column: str) -> list[str]:
    """A column as a list of str."""
    found: list[str] = table[column].to_numpy(dtype=object).tolist()
    return found


def records(table: pd.DataFrame) -> list[dict[str, str]]:
    """The rows as dictionaries, in order."""
    names = list(table.columns)
    return [dict(zip(names, row)) for row in zip(*(column_cells(table, c) for c in names))]


def by_key(table: pd.DataFrame) -> dict[str, dict[str, str]]:
    """The rows as dictionaries by the table's index."""
    return dict(zip(table.index.to_numpy(dtype=object).tolist(), records(table)))


def numbered(table: pd.DataFrame) -> Iterator[tuple[int, dict[str, str]]]:
    """(row of the file, cells); row 1 is the header."""
    return ((n, row) for n, row in enumerate(records(table), 2))
