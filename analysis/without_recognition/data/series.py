"""The quantitative series of data/series/: tidy DataFrames, with the warnings that go with them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import pandas as pd

from without_recognition.data import textfile
from without_recognition.data.dataset import History, data_folder, described, records
from without_recognition.data.messages import UnknownId

NAMES = {
    "PAK": "Pakistan",
    "ISR": "Israel",
    "USA": "United States",
    "IND": "India",
    "TUR": "Turkey",
    "EGY": "Egypt",
    "SAU": "Saudi Arabia",
    "IRN": "Iran",
    "IDN": "Indonesia",
}


_FOLDER: ContextVar[Path | None] = ContextVar("folder of the series", default=None)


@contextmanager
def reading_from(history: History | None) -> Iterator[None]:
    """Within it, series are read from the folder of `history`; from the book's own for None or a History in memory."""
    before = _FOLDER.set(_home(history))
    try:
        yield
    finally:
        _FOLDER.reset(before)


def _home(history: History | None) -> Path | None:
    return history.root if history is not None and (history.root / "datapackage.json").is_file() else None


def read(name: str, history: History | None = None) -> pd.DataFrame:
    """One series by the name of its resource, from the folder of `history` (default: the book's own).

    An unchanged file is read once a process. Raises UnknownId with the nearest name.
    """
    folder = _home(history) or _FOLDER.get() or data_folder()
    known = names(folder)
    if name not in known:
        raise UnknownId("series", name, known)
    path = folder / "series" / f"{name}.csv"
    return _read(path, path.stat().st_mtime_ns, path.stat().st_size).copy()


def names(folder: Path | None = None) -> list[str]:
    """The names of all series in a folder (default: the book's own). Raises DatasetError."""
    folder = folder or data_folder()
    return list(_names(folder, (folder / "datapackage.json").stat().st_mtime_ns))


@cache
def _names(folder: Path, *stamp: int) -> tuple[str, ...]:
    return tuple(r["name"] for r in described(folder)["resources"] if r["path"].startswith("series/"))


@cache
def _read(path: Path, *stamp: int) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(textfile.read_text(path)), keep_default_na=False, na_values=[])


def key_votes() -> pd.DataFrame:
    """Named votes of the General Assembly: date, resolution, description, official_tally, country, vote."""
    return read("un-key-votes")


def agreement() -> pd.DataFrame:
    """Share of votes of a year on which Pakistan voted as another state did, per cent, with n_votes beside it."""
    return read("un-agreement")


def oic_by_year(last: int) -> pd.DataFrame:
    """Year (from the OIC's first, 1969), members, related (members with full relations with Israel at its end).

    The year in which relations were broken counts as without.
    """
    accession = {m["iso3"]: int(m["oic_accession"]) for m in records(read("oic-members"))}
    full = [
        (r["iso3"], int(r["start_year"]), int(r["end_year"] or 9999))
        for r in records(read("oic-relations"))
        if r["type"] == "full"
    ]
    rows = []
    for year in range(1969, last + 1):
        members = {i for i, since in accession.items() if since <= year}
        related = {i for i, start, end in full if start <= year < end}
        rows.append((year, len(members), len(members & related)))
    return pd.DataFrame(rows, columns=["year", "members", "related"])
