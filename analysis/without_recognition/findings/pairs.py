"""Whether two texts are one: the first reading against a second one, pair by pair (data/second-coding/pairs.csv)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from without_recognition.data.dataset import History
from without_recognition.data.sheets import table_of
from without_recognition.findings.tables import cached

ONE = ("one_text", "one_source")  #: what makes one witness of two texts
COLUMNS = ("event_id", "source_a", "source_b", "first", "second", "blind", "decision")
DRAWS = 1000  #: of the bootstrap
NONE = "No pairs have been read again yet."


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, with a 95 per cent interval by drawing events."""

    part: int
    whole: int
    low: float
    high: float


def read(history: History) -> pd.DataFrame:
    """The pairs as the file has them, all cells text; empty without the file. Raises DatasetError."""
    return pd.DataFrame([row for _, row in table_of(history, "pairs", COLUMNS)], dtype=str)


def precision(pairs: pd.DataFrame) -> Share:
    """Of the pairs that the book had as one line: those that are one to the second reader too."""
    told = _told(pairs)
    return _share(told[told["first"]], "second")


def recall(pairs: pd.DataFrame) -> Share:
    """Of the pairs that are one line to the second reader: those that were one in the book too."""
    told = _told(pairs)
    return _share(told[told["second"]], "first")


def _told(pairs: pd.DataFrame) -> pd.DataFrame:
    """event_id, and whether each reader has the pair as one line; without those of which the second could not tell."""
    known = pairs[pairs["second"] != "cannot_tell"]
    return known[["event_id"]].assign(first=known["first"].isin(ONE), second=known["second"].isin(ONE))


def _share(of: pd.DataFrame, column: str) -> Share:
    by = of.groupby("event_id")[column].agg(["sum", "count"]).to_numpy()
    chosen = np.random.default_rng(0).integers(len(by), size=(DRAWS, len(by)))
    parts = by[chosen].sum(axis=1)
    low, high = np.quantile(parts[:, 0] / parts[:, 1], [0.025, 0.975])
    return Share(int(of[column].sum()), len(of), float(low), float(high))


def markdown(history: History) -> str:
    """What came of it, in sentences, and every pair on which the two readers differ."""
    pairs = cached(history, "pairs", lambda: read(history))
    if not len(pairs):
        return NONE
    told, found, missed = _told(pairs), precision(pairs), recall(pairs)
    alike = int((told["first"] == told["second"]).sum())
    unclear = len(pairs) - len(told)
    seen = int((pairs["blind"] == "no").sum())
    differ = pairs[(pairs["decision"] != "") & (pairs["second"] != "cannot_tell")]
    return "\n".join(
        [
            f"Of {len(pairs)} pairs, from {pairs['event_id'].nunique()} events, the second reader had seen "
            f"for {seen} what the book had, and could not tell of {unclear}, for a page did not open. Of the "
            f"other {len(told)} the two readers agree on {alike}. The book had {found.whole} of them as one "
            f"line: the second reader too in {_worded(found)}. The second reader has {missed.whole} as one: "
            f"the book did too in {_worded(missed)}.",
            "",
            "Where the two differ, on one line or two or in the kind of text, and what was decided:",
            "",
            *(f"- `{p.source_a}` and `{p.source_b}`: {p.decision}." for p in differ.itertuples()),
        ]
    )


def _worded(share: Share) -> str:
    return f"{share.part} of {share.whole} (95% interval {share.low:.0%} to {share.high:.0%})"
