"""How far people who code the same texts agree: Krippendorff's alpha by column, and the grades under the second coder.

    book agreement FOLDER

FOLDER is what `book blind` wrote. With two filled sheets or more the coders are compared, pair by pair, with one
the coder and the book.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import combinations
from math import isnan, nan
from pathlib import Path

import numpy as np
import pandas as pd

from without_recognition import evidence
from without_recognition.data import sheets
from without_recognition.data.dataset import DatasetError, History, load
from without_recognition.data.messages import command
from without_recognition.data.sheets import CODED, NOTHING, Sheet

MEASURED = CODED[1:]  #: statements are free words
DRAWS = 1000  #: of the bootstrap
SHOWN = 20  #: events that the command lists
ABOUT = (
    "How far people who code the same texts agree: Krippendorff's alpha by column, "
    "and the grades under the second coder."
)

Labels = tuple[str, str, str]  #: (event_id, the first coder's word, the second's)


def labels(a: Sheet, b: Sheet) -> dict[str, list[Labels]]:
    """By column, what the two wrote where both read a text on an event.

    Of `aspect` also what only one of them saw: the other said nothing. Of the other columns only rows of one aspect, as
    a date and a place cannot be the same value.
    """
    out: dict[str, list[Labels]] = {column: [] for column in MEASURED}
    for pair in sorted(set(a.rows) & set(b.rows)):
        for one, other in sheets.matched(a.rows[pair], b.rows[pair]) or [(None, None)]:
            ours, theirs = (row["aspect"] if row else NOTHING for row in (one, other))
            out["aspect"].append((pair[0], ours, theirs))
            if one and other and one["aspect"] == other["aspect"]:
                for column in MEASURED[1:]:
                    out[column].append((pair[0], _plain(one[column]), _plain(other[column])))
    return out


def _plain(cell: str) -> str:
    return " ".join(cell.casefold().split())


def table(found: dict[str, list[Labels]]) -> pd.DataFrame:
    """A row a column of the sheet: column, rows (compared), agree (share of equal words), alpha, low, high.

    alpha: Krippendorff's for nominal data; nan where all words are equal, as chance cannot be told. low, high: 95 per
    cent, by drawing events with replacement, 1,000 times.
    """
    rows = []
    for column, all_labels in found.items():
        codes, events = _codes(all_labels)
        agree = float((codes[0] == codes[1]).mean()) if len(all_labels) else nan
        rows.append((column, len(all_labels), agree, _alpha(codes, events), *_interval(codes, events)))
    return pd.DataFrame(rows, columns=["column", "rows", "agree", "alpha", "low", "high"])


def _codes(found: list[Labels]) -> tuple[np.ndarray, np.ndarray]:
    """(2 x n numbers for the words, n numbers for the events)."""
    words = {word: n for n, word in enumerate(sorted({w for _, *both in found for w in both}))}
    events = {event: n for n, event in enumerate(sorted({event for event, *_ in found}))}
    codes = np.array([[words[a], words[b]] for _, a, b in found], dtype=float).reshape(-1, 2).T
    return codes, np.array([events[event] for event, *_ in found], dtype=int)


def _alpha(codes: np.ndarray, events: np.ndarray) -> float:
    """Of all rows, as they are; nan where there is none, or one word only."""
    return (
        float(_alphas(codes.astype(int), events, np.ones((1, events.max() + 1)))[0]) if len(events) else nan
    )


def _interval(codes: np.ndarray, events: np.ndarray) -> tuple[float, float]:
    """95 per cent bounds by a bootstrap over events; nan where no draw has an alpha."""
    if not len(events):
        return nan, nan
    count = events.max() + 1
    chosen = np.random.default_rng(0).integers(count, size=(DRAWS, count))
    found = _alphas(
        codes.astype(int), events, np.array([np.bincount(row, minlength=count) for row in chosen])
    )
    known = found[~np.isnan(found)]
    low, high = np.quantile(known, [0.025, 0.975]) if len(known) else (nan, nan)
    return float(low), float(high)


def _alphas(codes: np.ndarray, events: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Nominal alpha of each draw; `times`, draws x events, says how often each event is in it.

    One minus disagreement observed over disagreement expected, for two coders and no gaps. The package krippendorff
    takes each draw by itself, minutes for a table, and of thousands of words more memory than there is; a test holds
    the two against each other.
    """
    differ = np.bincount(events, codes[0] != codes[1], minlength=times.shape[1])
    words = np.zeros((times.shape[1], codes.max() + 1))
    for coder in codes:
        np.add.at(words, (events, coder), 1)
    told = times @ words
    total = told.sum(axis=1)
    observed = 2 * (times @ differ) / total
    expected = 1 - (told * (told - 1)).sum(axis=1) / (total * (total - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - observed / expected, nan)


def regraded(history: History, folder: Path, coder: str) -> pd.DataFrame:
    """Events whose grade or status is another with the claims of one coder: rows as `compare` gives them."""
    moved = evidence.compare(history, history.second_coder(folder, coder))
    changed = (moved["grade_was"] != moved["grade_now"]) | (moved["status_was"] != moved["status_now"])
    return moved[moved["aspect"].eq("occurrence") & changed]


def filled_sheets(history: History, folder: Path) -> list[Sheet]:
    """The sheets in which something is coded, by letter; where there is one, the book's coding stands before it.

    Raises DatasetError where there is none, with every problem of their cells.
    """
    paths = sorted(folder.glob("coder-*.csv"))
    found = [sheet for sheet in (sheets.read(path, history) for path in paths) if sheet.rows]
    if not found:
        raise DatasetError(
            f"{folder}: no filled coder-*.csv; {command('blind')} writes the sheets, and coders fill them in"
        )
    return found if len(found) > 1 else [sheets.first(history, found[0].rows), found[0]]


def report(history: History, folder: Path) -> Iterator[str]:
    """What the command prints, line by line."""
    coders = filled_sheets(history, folder)
    for pair in combinations(coders, 2):
        yield from _agreed(*pair)
    for coder in coders[1:]:
        try:
            yield from _moved(history, folder, coder)
        except DatasetError as problems:
            yield f"Grades with what coder {coder.coder} coded are not computed:"
            yield str(problems)


def _agreed(a: Sheet, b: Sheet) -> Iterator[str]:
    found = labels(a, b)
    seen = [(x != NOTHING, y != NOTHING) for _, x, y in found["aspect"]]
    yield f"{a.coder} and {b.coder}: {len(set(a.rows) & set(b.rows))} texts on events read by both"
    yield (
        f"{seen.count((True, True))} rows matched, {seen.count((True, False))} only of {a.coder}, "
        f"{seen.count((False, True))} only of {b.coder}"
    )
    yield ""
    yield from _worded(found)
    yield ""


def _moved(history: History, folder: Path, b: Sheet) -> Iterator[str]:
    moved = regraded(history, folder, b.coder)
    yield (
        f"With what coder {b.coder} coded, {len(moved)} of {len(history.table('events'))} events have "
        "another grade or status:"
    )
    for r in moved.head(SHOWN).itertuples():
        was, now = (
            ", ".join(filter(None, both))
            for both in ((r.grade_was, r.status_was), (r.grade_now, r.status_now))
        )
        yield f"  {r.event_id}: {was} -> {now}"
    if len(moved) > SHOWN:
        yield f"  and {len(moved) - SHOWN} more: history.compare(history.second_coder(folder, '{b.coder}'))"


def _worded(found: dict[str, list[Labels]]) -> Iterator[str]:
    yield f"{'column':<10} {'rows':>5} {'agree':>6} {'alpha':>6}  95% interval"
    for r in table(found).itertuples():
        span = f"{_two(r.low)} to {_two(r.high)}" if not isnan(r.low) else ""
        yield f"{r.column:<10} {r.rows:>5} {_two(r.agree):>6} {_two(r.alpha):>6}  {span}".rstrip()


def _two(value: float) -> str:
    return "-" if isnan(value) else f"{value:.2f}"


def main(argv: list[str] | None = None) -> int:
    """Print the report; returns the exit code."""
    ap = argparse.ArgumentParser(prog="book agreement", description=ABOUT)
    ap.add_argument("folder", type=Path, help="where `book blind` wrote the sheets")
    args = ap.parse_args(argv)
    for line in report(load(), args.folder):
        print(line)
    return 0
