"""A table as Parquet: texts, days, whole numbers and truth values as what they are; meanings in the file."""

from __future__ import annotations

import io
from datetime import date

import pyarrow as pa
from pyarrow import parquet

from without_recognition.press.formats.flat import Flat

TYPES = {
    "string": pa.string(),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}


def parquet_bytes(table: Flat) -> bytes:
    """The table as a Parquet file; what is missing is null, an empty text is an empty text."""
    fields = [pa.field(c.name, TYPES[c.type], metadata={"description": c.meaning}) for c in table.columns]
    schema = pa.schema(fields, metadata={"title": table.title, "description": table.about})
    cells = list(zip(*table.rows)) or [()] * len(fields)
    arrays = [
        pa.array(
            [date.fromisoformat(str(d)) if d else None for d in column] if c.type == "date" else column,
            f.type,
        )
        for c, f, column in zip(table.columns, fields, cells)
    ]
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="snappy")
    return out.getvalue()
