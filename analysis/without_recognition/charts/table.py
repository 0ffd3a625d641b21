"""A table that shows whole in a notebook: no index, no cut cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

import pandas as pd


@dataclass(frozen=True)
class Table:
    """Rows for readers, where a drawing would pretend to more than the numbers hold."""

    data: pd.DataFrame = field(repr=False)
    note: str = ""  #: that the rows are of a variant

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        with pd.option_context("display.max_colwidth", None):
            table = self.data.to_html(index=False, border=0, classes="wr-table", justify="left")
            text = self.data.to_string(index=False)
        if self.note:
            table, text = f"{table}\n<p>{escape(self.note)}</p>", f"{text}\n{self.note}"
        return {"text/html": table, "text/plain": text}
