"""The claims as another person coded them, instead of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from without_recognition.data import sheets, variants
from without_recognition.data.messages import DatasetError, command
from without_recognition.data.number_words import counted
from without_recognition.data.sheets import CODED, Sheet

if TYPE_CHECKING:
    from without_recognition.data.history import History


def instead(history: History, folder: Path | None, coder: str) -> tuple[str, dict[str, pd.DataFrame]]:
    """(in words what was done, the tables with the claims of one coder in place of ours); ("", {}) for an empty sheet.

    folder: of the sheet, in which speakers and origins must be ids of ours; None for that
    of the book, of which texts with others are left out. A row of the coder that matches
    one of ours keeps its claim_id, so that rulings and participants still rest on it.
    """
    path = (folder or history.root / sheets.KEPT) / f"coder-{coder}.csv"
    if not path.is_file():
        raise DatasetError(f"{path}: no such sheet; {command('blind FOLDER')} writes them, give that folder")
    sheet = sheets.read(path, history, known_ids=True) if folder else sheets.known(path, history)
    if not sheet.rows:
        return "", {}
    claims = history.whole.claims
    ours = pd.Series(list(zip(claims["event_id"], claims["source_id"])), index=claims.index)
    rows = [*claims[~ours.isin(set(sheet.rows))].to_dict("records"), *_rows(history, sheet)]
    made = pd.DataFrame(rows, columns=claims.columns, dtype=str).set_index("claim_id", drop=False)
    changed = {"claims": made.rename_axis(None)}
    words = f"{counted(len(sheet.rows), 'text')} as coder {sheet.coder} read them"
    return words, variants.pruned(history, changed, claims=set(), sources=set())


def _rows(history: History, sheet: Sheet) -> Iterator[dict[str, str]]:
    """The coder's claims as rows of the table of claims."""
    blank, n = dict.fromkeys(history.whole.claims.columns, ""), 0
    for (event_id, source_id), ours in sheets.first(history, sheet.rows).rows.items():
        for own, theirs in sheets.matched(ours, sheet.rows[event_id, source_id]):
            if theirs:
                n += not own
                new = {
                    "claim_id": f"{event_id}.{sheet.coder}{n}",
                    "event_id": event_id,
                    "source_id": source_id,
                }
                yield {**blank, **(own or new), **{c: theirs[c] for c in CODED}}
