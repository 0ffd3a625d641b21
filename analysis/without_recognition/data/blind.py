"""Sheets for people who code again without seeing what was coded: texts, events and the codebook, and no claim.

    book blind FOLDER [--share 0.1] [--seed 0.2.0] [--by channel]

One row of a sheet is one text on one event. What is drawn depends on the seed alone, and a larger share holds the
smaller one; `--by` draws the share from each group, so that none is missed.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterable
from math import ceil
from pathlib import Path
from typing import Any

import pandas as pd

from without_recognition.data import codebook, dates
from without_recognition.data.dataset import DatasetError, History, by_key, load
from without_recognition.data.messages import UnknownId
from without_recognition.data.sheets import CODED, GIVEN, NOTHING

CODERS = ("a", "b")
INSTRUCTIONS = """\
# Coding again, blind

Two people fill in `coder-a.csv` and `coder-b.csv`, each alone, without the book and without its `claims.csv`, and \
do not
talk about it before both are done. {pairs} texts on events are drawn ({share:.0%} by {by}, seed {seed}, of version
{version} of the data).

1. Open the text at `where`. Read what it says of the event that the row names.
2. Write one row for each thing that it says of it; copy the first four cells for each further row.
   `codebook.md` says what the columns mean and which words they take. `statement` is in your own words.
3. `speaker` is an id of `actors.csv`, `origin` is `self` or an id of `sources.csv`; if neither has it, write the name.
4. If the text says nothing of the event, write `{nothing}` under `aspect` and leave the rest empty.
5. If you could not read the text, leave all empty: the row is then not counted.

In a spreadsheet, format all cells as text before you type dates, and save as CSV in UTF-8.
Then `book agreement` with this folder says how far the two agree, and which grades would be others.
"""


def pairs(history: History) -> pd.DataFrame:
    """Every text on an event: event_id, source_id, and the columns of both tables under `event_` and `source_`."""
    both = history.whole.claims[["event_id", "source_id"]].drop_duplicates()
    out = both.merge(
        history.whole.table("events").add_prefix("event_"), left_on="event_id", right_on="event_event_id"
    )
    return out.merge(
        history.whole.sources.add_prefix("source_"), left_on="source_id", right_on="source_source_id"
    )


def drawn(history: History, share: float, seed: str, by: str = "channel") -> pd.DataFrame:
    """The texts to be coded again, by source and event: columns as `pairs`.

    share: 0 to 1, of each group of `by`, rounded up. by: a column of events, or of sources.
    Raises UnknownId, ValueError.
    """
    if not 0 < share <= 1:
        raise ValueError(f"--share is {share:g}; give a part of the whole, such as 0.1")
    every = pairs(history)
    column = next((c for c in (f"event_{by}", f"source_{by}") if c in every), "")
    if not column:
        names = sorted({c.partition("_")[2] for c in every.columns})
        raise UnknownId("column to draw by", by, names)
    every["place"] = [_place(seed, *pair) for pair in zip(every["event_id"], every["source_id"])]
    chosen = [g.nsmallest(ceil(share * len(g) - 1e-9), "place") for _, g in every.groupby(column)]
    return pd.concat(chosen).sort_values(["source_id", "event_id"]).drop(columns="place")


def _place(seed: str, event_id: str, source_id: str) -> int:
    return int(hashlib.sha256(f"{seed} {event_id} {source_id}".encode()).hexdigest()[:12], 16)


def sheet(chosen: pd.DataFrame) -> pd.DataFrame:
    """One coder's sheet: what is given, and empty columns for what is to be coded."""
    rows = [
        (r["event_id"], _event(r), r["source_id"], _where(r, "source_")) for r in chosen.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=GIVEN).assign(**dict.fromkeys(CODED, ""))


def _event(row: dict[str, str]) -> str:
    """The title and about when; the date itself is to be coded."""
    span = dates.parse(row["event_date"])
    years = dict.fromkeys((span.earliest.year, span.latest.year))
    return f"{row['event_title']} ({'-'.join(str(y) for y in years if 1 < y < 9999)})"


def _where(row: dict[str, str], prefix: str = "") -> str:
    """Author, title, where it stands, when, and its address."""
    cells = [row[prefix + c] for c in ("author", "title", "container", "publisher", "issued")]
    return ". ".join(filter(None, [", ".join(dict.fromkeys(filter(None, cells))), row[prefix + "url"]]))


def write_sheets(history: History, folder: Path, share: float, seed: str, by: str) -> int:
    """Write the folder for two coders; returns how many texts are drawn. Raises DatasetError where files are there."""
    if folder.exists() and any(folder.iterdir()):
        raise DatasetError(f"{folder}: not empty; give a new folder, so that no filled sheet is lost")
    chosen = drawn(history, share, seed, by)
    folder.mkdir(parents=True, exist_ok=True)
    for coder in CODERS:
        _save(sheet(chosen), folder / f"coder-{coder}.csv")
    sources, actors = by_key(history.whole.sources), history.whole.actors
    listed = [(source_id, _where(row)) for source_id, row in sources.items()]
    _save(pd.DataFrame(listed, columns=["source_id", "where"]), folder / "sources.csv")
    _save(actors[["actor_id", "name", "variants", "type", "side"]], folder / "actors.csv")
    (folder / "codebook.md").write_text(_codebook(history.package), "utf-8")
    words = INSTRUCTIONS.format(
        pairs=len(chosen), share=share, by=by, seed=seed, version=history.package["version"], nothing=NOTHING
    )
    (folder / "README.md").write_text(words, "utf-8")
    return len(chosen)


def _save(table: pd.DataFrame, path: Path) -> None:
    """With the mark at its head by which a spreadsheet knows UTF-8."""
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def _codebook(package: dict[str, Any]) -> str:
    """What the columns to be coded mean, as Markdown."""
    found = codebook.frame(package, "claims")
    lines: Iterable[str] = (
        f"  - `{r.value}` ({r.label}). {r.description}" if r.value else f"- `{r.column}`: {r.description}"
        for r in found[found["column"].isin(CODED)].itertuples()
    )
    return "\n".join(["# Codebook", "", *lines, ""])


ABOUT = (  # the docstring is away under -OO
    "Sheets for people who code again without seeing what was coded: texts, events and the codebook, and no claim."
)


def main(argv: list[str] | None = None) -> int:
    """Write the sheets; returns the exit code."""
    history = load()
    ap = argparse.ArgumentParser(prog="book blind", description=ABOUT)
    ap.add_argument("folder", type=Path, help="a new folder")
    ap.add_argument("--share", type=float, default=0.1, help="part of the texts on events (default 0.1)")
    ap.add_argument(
        "--seed", default=history.package["version"], help="any text (default: the version of the data)"
    )
    ap.add_argument("--by", default="channel", help="column of events or sources whose groups are drawn from")
    args = ap.parse_args(argv)
    try:
        count = write_sheets(history, args.folder, args.share, args.seed, args.by)
    except (ValueError, UnknownId) as wrong:
        raise DatasetError(str(wrong)) from None
    print(
        f"{args.folder}: sheets of {count} texts for coders {' and '.join(CODERS)}; README.md there says how"
    )
    return 0
