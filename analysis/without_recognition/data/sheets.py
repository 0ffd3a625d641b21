"""Sheets that coders filled in: read, checked, and the rows of two coders brought together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from without_recognition.data import codebook, dates, table_reader, textfile
from without_recognition.data.messages import DatasetError, nearest
from without_recognition.data.rows import by_key

if TYPE_CHECKING:
    from without_recognition.data.history import History

GIVEN = ["event_id", "event", "source_id", "where"]
CODED = ["statement", "aspect", "of", "value", "stance", "speaker", "basis", "origin"]
NOTHING = "nothing"  #: under `aspect`: the text says nothing of the event
EMPTY = {"origin": "empty; write self, or the source that the text relays"}
WORDS = ("aspect", "stance", "basis")  #: columns that take words of the codebook
KEPT = "second-coding"  #: the folder of data/ that holds the sheets which were filled in for the book
FIRST = "book"  #: the sheet there that holds what the book had before it was compared
ALIKE = 0.6  #: two statements of different aspects are of one thing from this likeness on

Pair = tuple[str, str]  #: (event_id, source_id)
Row = dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """What one coder coded: by text on an event, the rows; a text that says nothing has none."""

    coder: str
    rows: dict[Pair, list[Row]] = field(repr=False)


def table_of(history: History, name: str, columns: Sequence[str]) -> list[tuple[int, Row]]:
    """(row of the file, its cells) of a table that lies beside the sheets, such as `review`,
    with these columns or more.

    None where there is no such file. Raises DatasetError.
    """
    path = history.root / KEPT / f"{name}.csv"
    return _rows(path, columns) if path.is_file() else []


def read(path: Path, history: History, *, known_ids: bool = False) -> Sheet:
    """One coder's sheet; rows in which nothing is coded are left out.

    known_ids: speakers and origins must be ids of ours. Raises DatasetError, `file:row:column: what; what to do`.
    """
    rows: dict[Pair, list[Row]] = defaultdict(list)
    problems: list[str] = []
    check = _Check(history, known_ids)
    for n, row in _table(path):
        if not any(row[c] for c in CODED):
            continue
        problems += [f"{path.name}:{n}:{told}" for told in check.problems(row)]
        found = rows[row["event_id"], row["source_id"]]
        if row["aspect"] != NOTHING:
            found.append(row)
    if problems:
        raise DatasetError(*problems)
    return Sheet(path.stem.removeprefix("coder-"), dict(rows))


def known(path: Path, history: History) -> Sheet:
    """One coder's sheet of texts on events that this variant has, whose speakers and origins are ids of ours.

    Raises DatasetError for what the edition has not either.
    """
    sheet, check = read(path, history.edition), _Check(history, known_ids=True)
    rows = {
        (event_id, source_id): found
        for (event_id, source_id), found in sheet.rows.items()
        if event_id in check.ids["event_id"] and source_id in check.ids["source_id"]
        if not any(map(check.unknown, found))
    }
    return Sheet(sheet.coder, rows)


def first(history: History, pairs: Iterable[Pair]) -> Sheet:
    """The coding of the book, of these texts on events."""
    rows: dict[Pair, list[Row]] = {pair: [] for pair in pairs}
    claims = by_key(history.whole.claims)
    for claim in claims.values():
        if (claim["event_id"], claim["source_id"]) in rows:
            origin = claims.get(claim["origin"], {}).get("source_id", claim["origin"])  # coders see no claims
            rows[claim["event_id"], claim["source_id"]].append({**claim, "origin": origin})
    return Sheet("first coding", rows)


def kept(history: History) -> dict[str, Sheet]:
    """The sheets that lie beside the tables, by coder: FIRST, a, b. Empty where there are none. Raises DatasetError."""
    paths = {FIRST: history.root / KEPT / f"{FIRST}.csv"}
    paths |= {p.stem.removeprefix("coder-"): p for p in sorted((history.root / KEPT).glob("coder-*.csv"))}
    return {coder: read(path, history) for coder, path in paths.items() if path.is_file()}


def sheet_problems(history: History) -> list[str]:
    """Faults of those sheets, `file:row:column: what; what to do`."""
    try:
        kept(history)
    except DatasetError as wrong:
        return str(wrong).splitlines()
    return []


def _table(path: Path) -> Iterator[tuple[int, Row]]:
    """(row of the file, cells without outer blanks); commas, semicolons or tabs between them."""
    needed = (*GIVEN[::2], *CODED)
    for n, row in _rows(path, needed):
        cells = {c: row[c].strip() for c in needed}
        yield n, cells | {c: cells[c].casefold() for c in WORDS}


def _rows(path: Path, columns: Sequence[str]) -> list[tuple[int, Row]]:
    """(row of the file, its cells). Raises DatasetError with every row that cannot be read."""
    rows, problems = table_reader.filled_rows(textfile.content(path), path.name, columns)
    if problems:
        raise DatasetError(*problems)
    return rows


class _Check:
    """What is asked of a row that is filled in."""

    def __init__(self, history: History, known_ids: bool):
        fields = {c: codebook.field(history.package, "claims", c)["categories"] for c in WORDS}
        self.words = {c: [category["value"] for category in found] for c, found in fields.items()}
        self.ids = {
            "event_id": set(history.whole.table("events").index),
            "source_id": set(history.whole.sources.index),
        }
        if known_ids:
            self.ids["speaker"] = {"", *history.whole.actors.index}
            self.ids["origin"] = {"self", *history.whole.sources.index, *history.whole.claims.index}

    def unknown(self, row: Row) -> list[str]:
        """The columns whose cell is no id of ours."""
        return [column for column, known in self.ids.items() if row[column] not in known]

    def problems(self, row: Row) -> Iterator[str]:
        """`column: what; what to do`."""
        nothing = row["aspect"] == NOTHING
        for column in self.unknown(row):
            if not row[column] and column in EMPTY and not nothing:
                yield f"{column}: {EMPTY[column]}"
            elif not nothing or column in GIVEN:
                yield f"{column}: unknown '{row[column]}'{nearest(row[column], self.ids[column])}"
        for column, words in self.words.items() if not nothing else ():
            if row[column] not in words:
                yield f"{column}: '{row[column]}' is not a word of the codebook; choose one of {', '.join(words)}"
        if row["aspect"] == "date":
            try:
                dates.parse(row["value"])
            except dates.DateError as wrong:
                yield f"value: {wrong}"


# --- two codings of one text --------------------------------------------------------------------
def matched(ours: Sequence[Row], theirs: Sequence[Row]) -> list[tuple[Row | None, Row | None]]:
    """The rows of two coders of one text on one event, brought together; None stands beside what one has alone.

    First rows of one aspect, those with most equal cells first; then rows of different aspects that have the same value
    or like statements.
    """
    left, right, out = list(ours), list(theirs), []
    for fits in (_same_aspect, _same_thing):
        near = [
            (-_likeness(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right) if fits(a, b)
        ]
        used: tuple[set[int], set[int]] = (set(), set())
        for _, i, j in sorted(near):
            if i not in used[0] and j not in used[1]:
                out.append((left[i], right[j]))
                used[0].add(i)
                used[1].add(j)
        left = [row for i, row in enumerate(left) if i not in used[0]]
        right = [row for j, row in enumerate(right) if j not in used[1]]
    return [*out, *((row, None) for row in left), *((None, row) for row in right)]


def _same_aspect(a: Row, b: Row) -> bool:
    return a["aspect"] == b["aspect"]


def _same_thing(a: Row, b: Row) -> bool:
    return bool(a["value"] and a["value"] == b["value"]) or _words_alike(a, b) >= ALIKE


def _likeness(a: Row, b: Row) -> float:
    """How many cells are equal, `of` and `value` doubly; the statements decide between equals."""
    equal = sum(a[c] == b[c] for c in CODED[1:]) + (a["of"] == b["of"]) + (a["value"] == b["value"])
    return round(equal + 0.9 * _words_alike(a, b), 6)


def _words_alike(a: Row, b: Row) -> float:
    ours, theirs = a["statement"].casefold(), b["statement"].casefold()
    return SequenceMatcher(None, ours, theirs).ratio() if ours and theirs else 0.0
