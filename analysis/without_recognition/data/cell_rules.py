"""What may stand in a cell, of tables and of datapackage.json: dates, letters, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from without_recognition.data import codebook, dates, letters
from without_recognition.data.codebook import EDTF
from without_recognition.data.dataset import TABLES, History
from without_recognition.data.rows import numbered
from without_recognition.data.safe_text import defused

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
LONGEST_CELL = 5000  #: characters, but for what a program measured
MEASURED = "print"
SPREADSHEET_ERROR = re.compile(r"#(?:REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|N/A)")
DOI = re.compile(r"(https://doi\.org/|doi:)?10\.\d{4,9}/[^\s<>\"]+")


def _edtf(where: str, text: str) -> Iterator[str]:
    try:
        dates.parse(text)
    except dates.DateError as wrong:
        yield f"{where}: {wrong}"


def dated(history: History) -> Iterator[str]:
    """Dates that are not of our EDTF profile, which other rules could not read."""
    for table in TABLES:
        for column in (
            f["name"] for f in codebook.schema(history.package, table)["fields"] if f.get("rdfType") == EDTF
        ):
            for n, row in numbered(history.table(table)):
                if row[column]:
                    yield from _edtf(f"{table}.csv:{n}:{column}", row[column])
    for n, row in numbered(history.claims):
        if row["aspect"] == "date" and row["value"]:
            yield from _edtf(f"claims.csv:{n}:value", row["value"])


def days(file: str, fields: list[dict[str, Any]], table: pd.DataFrame) -> Iterator[str]:
    """Cells of columns of type `date` that are no day of the calendar."""
    for column in (f["name"] for f in fields if f["type"] == "date"):
        for n, row in numbered(table):
            if row[column]:
                try:
                    dates.day(row[column])
                except dates.DateError as wrong:
                    yield f"{file}:{n}:{column}: {wrong}"


def lettered(history: History) -> Iterator[str]:
    """Days, letters, lengths and addresses that are not as they should be in cells;
    no other rule stumbles over them."""
    for table in TABLES:
        yield from days(
            f"{table}.csv", codebook.schema(history.package, table)["fields"], history.table(table)
        )
        yield from letter_faults(f"{table}.csv", history.table(table))


def letter_faults(file: str, table: pd.DataFrame) -> Iterator[str]:
    """Faults of letters in a table, of data/ or of data/series/."""
    for n, row in numbered(table):
        for column, cell in row.items():
            if told := _long(column, cell) or _letters(cell) or _address(column, cell):
                yield f"{file}:{n}:{column}: {told}"


def _long(column: str, cell: str) -> str:
    """A cell into which a text was pasted, or which an open quotation mark has filled."""
    if len(cell) <= LONGEST_CELL or column == MEASURED:
        return ""
    return f"{len(cell):,} characters in one cell; shorten it, or close the quotation mark before it"


def _address(column: str, cell: str) -> str:
    return (letters.address(cell) or (0, ""))[1] if cell and column == "url" else ""


def _letters(text: str) -> str:
    """What no text of ours may hold, with the remedy, or ""."""
    if "\n" in text or "\r" in text or text != text.strip():
        return "line break or outer blanks; remove them"
    if "  " in text:
        return "two spaces in a row; write one"
    if SPREADSHEET_ERROR.fullmatch(text):
        return f"'{text}' is what a spreadsheet writes where it failed; write what was meant"
    if defused(text) != text:
        return "begins like a formula or turns the reading order; rephrase it"
    if CONTROLS.search(text):
        return "a control character; type the text anew"
    return (letters.odd(text) or (0, ""))[1]


def descriptor_faults(package: dict[str, Any]) -> Iterator[str]:
    """Faults of the texts and addresses in datapackage.json; patterns and enums are the book's own anyway."""
    for keys, text in _texts(package):
        if told := _letters(text):
            yield f"datapackage.json: {'/'.join(keys)}: {told}"
        elif text and _is_address(keys) and (wrong := letters.address(text)):
            yield f"datapackage.json: {'/'.join(keys)}: {wrong[1]}"
    yield from _own_addresses(package)


def _is_address(keys: tuple[str, ...]) -> bool:
    return keys[-1] in ("url", "homepage") or (
        keys[-1] == "path" and bool({"licenses", "sources"} & set(keys[-3:-2]))
    )


def _own_addresses(package: dict[str, Any]) -> Iterator[str]:
    """The address of the book and its DOI, which every reference gives: empty, or such that a place can follow."""
    site, doi = package["homepage"], package.get("id", "")
    if "?" in site or "#" in site:
        yield f"datapackage.json: homepage: '{site}' has ? or #; give the folder that the book is in"
    if doi and not (isinstance(doi, str) and DOI.fullmatch(doi)):
        yield f"datapackage.json: id: '{doi}' is no DOI; write 10.5281/zenodo.123, or leave it empty"


def _texts(value: object, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of a JSON value, keys included, with the way to it."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*keys, str(key)))
            if isinstance(value, dict):
                yield (*keys, "key"), str(key)
