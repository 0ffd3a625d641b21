"""Read data/ into a frozen History: one DataFrame of strings a table, keys checked.

The columns, their meaning and their enums stand in data/datapackage.json. An empty cell is "".
"""
from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from analysis import dates
from analysis import descriptor as descriptors
from analysis.descriptor import TABLES
from analysis.messages import UnknownId, plain

class DatasetError(ValueError):
    """The data cannot be read; each line of the message is one problem, `file:row:column: what; remedy`."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(plain(p) for p in problems))


@dataclass(frozen=True, eq=False)
class History:
    """All tables of the Data Package; narrowed to one chapter, `whole` still leads to everything."""

    root: Path
    package: dict = field(repr=False)
    sources: pd.DataFrame = field(repr=False)
    actors: pd.DataFrame = field(repr=False)
    offices: pd.DataFrame = field(repr=False)
    events: pd.DataFrame = field(repr=False)
    participants: pd.DataFrame = field(repr=False)
    claims: pd.DataFrame = field(repr=False)
    rulings: pd.DataFrame = field(repr=False)
    searches: pd.DataFrame = field(repr=False)
    corrections: pd.DataFrame = field(repr=False)
    uncoded: pd.DataFrame = field(repr=False)
    audit: pd.DataFrame = field(repr=False)
    slug: str = "all"  #: chapter, or "all"
    _whole: History | None = field(default=None, repr=False)
    memo: dict = field(default_factory=dict, repr=False, compare=False)  #: results computed once

    @property
    def whole(self) -> History:
        return self._whole or self

    @property
    def chapters(self) -> dict[str, str]:
        """Chapter slug -> title, in the order of the book."""
        return {c["value"]: c["label"] for c in _field(self.package, "events", "chapter")["categories"]}

    @property
    def period(self) -> dates.Span:
        """The years that the chapter covers; of the whole book, from the first chapter's to the last's."""
        periods = [c["period"] for c in _field(self.package, "events", "chapter")["categories"]
                   if self.slug in ("all", c["value"])]
        return dates.parse(f"{periods[0].split('/')[0]}/{periods[-1].split('/')[1]}")

    def chapter(self, slug: str) -> History:
        """The events of one chapter with all that hangs on them, once a History. Raises UnknownId on an unknown slug."""
        if not isinstance(slug, str) or slug not in self.chapters:
            raise UnknownId("chapter", slug, self.chapters)
        known = self.whole.memo.setdefault("chapters", {})
        if slug not in known:
            known[slug] = self._chapter(slug)
        return known[slug]

    def _chapter(self, slug: str) -> History:
        w = self.whole
        events = w.events[w.events["chapter"] == slug]
        claims = w.claims[w.claims["event_id"].isin(events.index)]
        people = w.participants[w.participants["event_id"].isin(events.index)]
        cited = {*cells(claims, "source_id"), *cells(claims, "origin")}
        actors = {*cells(claims, "speaker"), *cells(people, "actor_id")}
        return replace(
            self, events=events, claims=claims, participants=people,
            sources=w.sources[w.sources.index.isin(cited)], actors=w.actors[w.actors.index.isin(actors)],
            offices=w.offices[w.offices["actor_id"].isin(actors)],
            rulings=w.rulings[w.rulings["event_id"].isin(events.index)],
            searches=w.searches[w.searches["chapter"] == slug],
            audit=w.audit[w.audit["claim_id"].isin(claims.index)], slug=slug, _whole=w, memo={})


def _field(package: dict, table: str, name: str) -> dict:
    fields = next(r for r in package["resources"] if r["name"] == table)["schema"]["fields"]
    return next(f for f in fields if f["name"] == name)


def data_folder() -> Path:
    """data/ beside a checkout if there, else the copy inside the installed package."""
    here = Path(__file__).resolve().parent
    for folder in (here.parent / "data", here / "_data"):
        if (folder / "datapackage.json").is_file():
            return folder
    raise DatasetError("data/datapackage.json: not found beside analysis/ nor in the package; reinstall it")


def load(folder: str | Path | None = None) -> History:
    """Read the Data Package in `folder` (default: the book's own).

    Returns a History; unchanged files are read once a process. Raises DatasetError with every problem of
    encoding, header, primary or foreign key. `book check` tests far more.
    """
    folder = Path(folder).resolve() if folder else data_folder()
    return _load(folder, tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in sorted(folder.glob("*.*"))))


@lru_cache(maxsize=4)
def _load(folder: Path, stamps: tuple) -> History:
    package, tables, problems = read(folder)
    if problems:
        raise DatasetError(*problems)
    for name, resource in resources(package).items():
        key = resource["schema"]["primaryKey"]
        if isinstance(key, str):
            tables[name] = tables[name].set_index(key, drop=False).rename_axis(None)
    return History(folder, package, **tables)


def resources(package: dict) -> dict[str, dict]:
    """The resources that are tables of the History, by name."""
    return {r["name"]: r for r in package["resources"] if r["name"] in TABLES}


def descriptor(folder: Path) -> dict:
    """datapackage.json of a folder, its form checked. Raises DatasetError where it is missing or broken."""
    package = _json(folder)
    own = data_folder()
    if wrong := descriptors.problems(package, package if folder == own else _json(own)):
        raise DatasetError(*wrong)
    return package


def _json(folder: Path) -> object:
    try:
        text = (folder / "datapackage.json").read_text("utf-8")
        package = json.loads(text)
        if "\\ud" in text.lower():  # refuse half a character, such as \ud800 alone
            json.dumps(package, ensure_ascii=False).encode()
        return package
    except OSError as wrong:
        raise DatasetError(f"datapackage.json: {_reason(wrong)}; give a folder that has it") from wrong
    except (ValueError, RecursionError) as wrong:
        raise DatasetError(f"datapackage.json: not JSON ({wrong}); restore it from the repository") from wrong


def _reason(wrong: OSError) -> str:
    return "no such file" if isinstance(wrong, (FileNotFoundError, NotADirectoryError)) else \
        f"cannot be read ({wrong.strerror})"


def read(folder: Path) -> tuple[dict, dict[str, pd.DataFrame], list[str]]:
    """(package, tables, problems of keys). Row n of a file stands at index n - 2.

    Raises DatasetError with every problem of encoding and header, when a table cannot be read at all.
    """
    package = descriptor(folder)
    problems: list[str] = []
    tables = {name: table(folder, resource, problems) for name, resource in resources(package).items()}
    if problems:
        raise DatasetError(*problems)
    return package, tables, [p for r in resources(package).values() for p in _keys(r, tables)]


def table(folder: Path, resource: dict, problems: list[str]) -> pd.DataFrame:
    """One table as text; what makes it unreadable goes to `problems`."""
    path, columns = folder / resource["path"], [f["name"] for f in resource["schema"]["fields"]]
    rows: list[list[str]] = []
    try:
        raw = path.read_bytes()
        header, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
    except OSError as wrong:
        problems.append(f"{path.name}: {_reason(wrong)}; restore it from the repository")
    except UnicodeDecodeError as wrong:
        row = raw.count(b"\n", 0, wrong.start) + 1
        problems.append(f"{path.name}:{row}: not UTF-8; save the file as UTF-8")
    except ValueError:
        problems.append(f"{path.name}: empty file; restore at least the header line")
    except csv.Error as wrong:
        problems.append(f"{path.name}: not a table ({wrong}); close every quotation mark")
    else:
        problems += _shape(path.name, header, columns, rows)
        rows = [r for r in rows if len(r) == len(columns)]
    return pd.DataFrame(rows, columns=columns, dtype=str)


def _shape(name: str, header: list[str], columns: list[str], rows: list[list[str]]) -> list[str]:
    missing, extra = [c for c in columns if c not in header], [c for c in header if c not in columns]
    if missing:
        return [f"{name}:1: missing column {', '.join(missing)}; add it (order: {', '.join(columns)})"]
    if extra:
        return [f"{name}:1: unknown column {', '.join(extra)}; remove it"]
    if header != columns:
        return [f"{name}:1: columns out of order; the order is {', '.join(columns)}"]
    return [f"{name}:{n}: {len(row)} cells instead of {len(columns)}; quote cells that hold commas"
            for n, row in enumerate(rows, 2) if len(row) != len(columns)]


def _keys(resource: dict, tables: dict[str, pd.DataFrame]) -> list[str]:
    name, schema, table = resource["path"], resource["schema"], tables[resource["name"]]
    key = schema["primaryKey"] if isinstance(schema["primaryKey"], list) else [schema["primaryKey"]]
    twice = table[table.duplicated(key)]
    problems = [f"{name}:{row + 2}:{key[0]}: '{' '.join(parts)}' stands twice; ids are unique, rename or remove one"
                for row, parts in zip(twice.index, twice[key].itertuples(index=False))]
    for foreign in schema["foreignKeys"]:
        column, other = foreign["fields"], foreign["reference"]["resource"]
        known = {"", *cells(tables[other], foreign["reference"]["fields"])}
        problems += [f"{name}:{row}:{column}: unknown '{cell}'; add it to {other}.csv or correct the id"
                     for row, cell in enumerate(cells(table, column), 2) if cell not in known]
    return problems


# --- plain Python, for rules that go row by row (pandas takes a microsecond a cell) ----------------
def cells(table: pd.DataFrame, column: str) -> list[str]:
    """A column as a list of str."""
    return table[column].to_numpy(dtype=object).tolist()


def records(table: pd.DataFrame) -> list[dict[str, str]]:
    """The rows as dictionaries, in order."""
    names = list(table.columns)
    return [dict(zip(names, row)) for row in zip(*(cells(table, c) for c in names))]


def by_key(table: pd.DataFrame) -> dict[str, dict[str, str]]:
    """The rows as dictionaries by the table's index."""
    return dict(zip(table.index.to_numpy(dtype=object).tolist(), records(table)))
