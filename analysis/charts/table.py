"""A table that shows whole in a notebook: no index, no cut cells."""
from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Table:
    """Rows for readers, where a drawing would pretend to more than the numbers hold."""

    data: pd.DataFrame = field(repr=False)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        with pd.option_context("display.max_colwidth", None):
            return {"text/html": self.data.to_html(index=False, border=0, classes="wr-table", justify="left"),
                    "text/plain": self.data.to_string(index=False)}
