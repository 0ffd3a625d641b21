"""`book add`, `book correct`, `book retire`:
rows drafted, checked on a copy, written at one stroke, and what rests on them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from without_recognition import evidence
from without_recognition.data import check, codebook, dataset, workbench
from without_recognition.data.dataset import DatasetError, History
from without_recognition.data.messages import unknown
from without_recognition.data.workbench import Draft
from without_recognition.history import load
from without_recognition.press import PressError

ADD = "Add a row with the id that it gets; an event with its first claims."
WHY = (
    "the reason, for corrections.csv; a claim and an event have one anyway, an office, "
    "a participant and a ruling need it"
)
CORRECT = "Change one cell and say so in corrections.csv."
RETIRE = "Withdraw a row; its id is kept in corrections.csv for good. An event goes with its claims."
ORDER = "checks the whole on a copy before anything is written, and lists what of the book rests on it"


def add(argv: list[str]) -> int:
    """`book add THING --column value ...`."""
    parser = _parser("add", ADD)
    parser.add_argument("thing", help=", ".join(workbench.THINGS))
    parser.add_argument("--why", default="", help=WHY)
    args, rest = parser.parse_known_args(argv)
    history = _history(args)
    if args.thing not in workbench.THINGS:
        raise DatasetError(f"{unknown('kind of row', args.thing, workbench.THINGS)}; there are {_listed()}")
    cells = _cells(history, args.thing, rest)
    return _done(args, workbench.added(history, args.thing, cells, args.why))


def correct(argv: list[str]) -> int:
    """`book correct TABLE ID COLUMN VALUE --why TEXT`."""
    parser = _parser("correct", CORRECT)
    for name in ("table", "id", "column", "value"):
        parser.add_argument(name)
    parser.add_argument("--why", required=True, help="the reason, for corrections.csv")
    args = parser.parse_args(argv)
    draft = workbench.corrected(_history(args), args.table, args.id, args.column, args.value, args.why)
    return _done(args, draft)


def retire(argv: list[str]) -> int:
    """`book retire ID --why TEXT`."""
    parser = _parser("retire", RETIRE)
    parser.add_argument("id")
    parser.add_argument("--why", required=True, help="the reason, for corrections.csv")
    parser.add_argument("--heir", default="", help="the id that stands for it from now on")
    args = parser.parse_args(argv)
    return _done(args, workbench.retired(_history(args), args.id, args.why, args.heir))


def _parser(name: str, about: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"book {name}", description=f"{about} It {ORDER}.", allow_abbrev=False
    )
    parser.add_argument("--folder", type=Path, help="the Data Package to change (default: the book's own)")
    parser.add_argument(
        "--dry-run", action="store_true", help="show the rows and what rests on them; write nothing"
    )
    return parser


def _listed() -> str:
    return ", ".join(workbench.THINGS)


def _history(args: argparse.Namespace) -> History:
    folder = args.folder or dataset.data_folder()
    workbench.finish(folder)
    return load(folder)


def _cells(history: History, thing: str, given: list[str]) -> dict[str, str]:
    """column -> value from `--column value` and `--column=value`. Raises DatasetError for what is no option."""
    table = workbench.THINGS[thing]
    columns = [f["name"] for f in codebook.schema(history.package, table)["fields"]]
    columns += [c for c in workbench.FIRST_CLAIM if thing == "event"]
    known = {workbench.option(c): c for c in columns}
    cells, rest = {}, list(given)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name not in known:
            raise DatasetError(f"{unknown('option', name, known)}; there are {', '.join(known)}")
        if known[name] in cells:
            raise DatasetError(f"{name}: given twice; give it once")
        if not equals and (not rest or rest[0].partition("=")[0] in known):
            raise DatasetError(f"{name}: no value; write {name} VALUE")
        cells[known[name]] = value if equals else rest.pop(0)
    return cells


def _done(args: argparse.Namespace, draft: Draft) -> int:
    """Check the draft, write it, and tell what rests on it; 1 where the check finds a problem."""
    folder = args.folder or dataset.data_folder()
    for line in draft_lines(draft):
        print(line)
    with workbench.tried(folder, draft) as copy:
        if found := check.data_problems(copy):
            print(*found, f"{len(found)} problem(s); nothing was written", sep="\n", file=sys.stderr)
            return 1
        print(*_resting(draft, load(copy), own=folder == dataset.data_folder()), sep="\n")
    if args.dry_run:
        print("nothing was written (--dry-run)")
    else:
        print(f"written: {', '.join(workbench.write_draft(folder, draft))}")
    return 0


def draft_lines(draft: Draft) -> Iterator[str]:
    """The rows that come (+), go (-) or change (~), cells that are empty left out."""
    for table, key, change, column, was, now in draft.changes():
        if change == "changed":
            yield f"~ {table}.csv: {key}: {column}: {was!r} -> {now!r}"
        else:
            sign = "+" if change == "added" else "-"
            cells = draft.rows[table][key] if change == "added" else {}
            shown = " ".join(f"{c}={v!r}" for c, v in cells.items() if v)
            yield f"{sign} {table}.csv: {key}{': ' + shown if shown else ''}"


def _resting(draft: Draft, after: History, *, own: bool) -> Iterator[str]:
    """What of the book rests on the change; the pages only where the data are those of this checkout."""
    from without_recognition.press.lint import resting
    from without_recognition.press.system import checkout

    before = draft.history
    for moved in evidence.compare(before, after).to_dict("records"):
        told = " ".join(filter(None, (moved["event_id"], moved["aspect"], moved["of"], moved["value"])))
        was, now = (
            " ".join(filter(None, (moved[f"grade_{w}"], moved[f"status_{w}"]))) for w in ("was", "now")
        )
        yield f"grade: {told}: {was} -> {now}" if was != now else f"followed: {told}: {moved['followed_now']}"
    ids = resting.touched(before, after, draft.changes())
    places: list[resting.Place] = list(resting.rows_beside(after, ids))
    try:
        book = checkout.book_folder() / "book" if own else None
    except PressError:
        book = None
    if book:
        found: tuple[Callable[[], Iterator[resting.Place]], ...] = (
            lambda: resting.sentences(book, ids),
            lambda: resting.numbers(book, before, after),
            lambda: resting.figures(book, before, after, ids),
        )
        places += [place for each in found for place in each()]
    yield f"{len(places)} place(s) rest on this; read them again:" if places else "nothing else rests on this"
    yield from map(str, sorted(set(places)))
