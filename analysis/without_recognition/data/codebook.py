"""The codebook, from data/datapackage.json:
as a table, and as one text for CONTRIBUTING.md and the book's data page."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from without_recognition.data.descriptor import resources
from without_recognition.data.messages import UnknownId

START, END = "<!-- codebook: written from data/datapackage.json -->", "<!-- end of codebook -->"


EDTF = "http://id.loc.gov/datatypes/edtf"  #: rdfType of a column of dates
NUMBER = re.compile(r"\d+(\.\d+)?(/\d+(\.\d+)?)?")  #: 174 or 170/180
COLUMNS = ["table", "column", "value", "label", "required", "description"]


def schema(package: dict[str, Any], table: str) -> dict[str, Any]:
    """The schema of one table."""
    found: dict[str, Any] = next(r for r in package["resources"] if r["name"] == table)["schema"]
    return found


def field(package: dict[str, Any], table: str, name: str) -> dict[str, Any]:
    """The description of one column."""
    found: dict[str, Any] = next(f for f in schema(package, table)["fields"] if f["name"] == name)
    return found


def key(package: dict[str, Any], table: str) -> list[str]:
    """The columns that together are the key of a table."""
    found = schema(package, table)["primaryKey"]
    return [found] if isinstance(found, str) else list(found)


def leans(package: dict[str, Any], table: str, key_of: str) -> list[tuple[str, str]]:
    """(table, key) of the rows that the key of a row names: without them there is no such row.

    >>> from without_recognition import load
    >>> leans(load().package, "participants", "2005-dinner/kasuri/party")
    [('events', '2005-dinner'), ('actors', 'kasuri')]
    """
    foreign = {f["fields"]: f["reference"]["resource"] for f in schema(package, table).get("foreignKeys", ())}
    parts = zip(key(package, table), key_of.split("/"))
    return [(foreign[column], part) for column, part in parts if column in foreign]


def frame(package: dict[str, Any], table: str = "") -> pd.DataFrame:
    """The codebook of one table, or with "" of all, as a table: see `History.codebook`."""
    known = resources(package)
    if table and table not in known:
        raise UnknownId("table", table, known)
    rows = [row for name in known if table in ("", name) for row in _rows(package, name)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(package: dict[str, Any], table: str) -> list[tuple[str, str, str, str, bool, str]]:
    out = []
    for f in schema(package, table)["fields"]:
        required = bool(f.get("constraints", {}).get("required"))
        out.append((table, f["name"], "", "", required, f["description"]))
        out += [
            (table, f["name"], c["value"], c["label"], False, c.get("description", ""))
            for c in f.get("categories", ())
        ]
    return out


def codebook_markdown(package: dict[str, Any], level: int = 3) -> str:
    """Every table, column and enum value in a line, as Markdown; headings begin at `level`."""
    parts = []
    for resource in resources(package).values():
        schema = resource["schema"]
        key = schema["primaryKey"] if isinstance(schema["primaryKey"], list) else [schema["primaryKey"]]
        parts += [
            f"{'#' * level} `{resource['path']}`",
            "",
            f"{resource['description']} Key: `{', '.join(key)}`.",
            "",
        ]
        for field in schema["fields"]:
            parts.append(f"- `{field['name']}`{_marks(field)}: {field['description']}")
            parts += [
                f"  - `{c['value']}` ({c['label']}). {c['description']}" for c in field.get("categories", ())
            ]
        parts.append("")
    return "\n".join(parts)


def _marks(field: dict[str, Any]) -> str:
    required = field.get("constraints", {}).get("required")
    return " (required)" if required else ""


def inserted(text: str, package: dict[str, Any]) -> str:
    """`text` with what stands between the two marker lines replaced by the codebook."""
    before, rest = text.split(START)
    return f"{before}{START}\n\n{codebook_markdown(package)}\n{END}{rest.split(END)[1]}"
