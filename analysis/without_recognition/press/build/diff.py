"""`book diff A B`: rows, grades, numbers and pages of two folders, commits or editions, as text."""

from __future__ import annotations

import argparse
import re
import tempfile
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from without_recognition import History, evidence, findings
from without_recognition.data import dataset, editions, releases, row_changes
from without_recognition.data.messages import UnknownId, command
from without_recognition.evidence import counts
from without_recognition.findings import telling
from without_recognition.history import public
from without_recognition.press import PressError
from without_recognition.press.lint import pages
from without_recognition.press.system import checkout

BUILT = "downloads/data"  #: where a built book has its data
WIDTH = 118  #: characters of two columns
NONE = "(none)"
LINK = re.compile(r'\[([^\]]*)\]\(\S+ "[^"]*"\)|<abbr title="[^"]*">(.*?)</abbr>')  #: as `telling` writes it


@dataclass(frozen=True)
class Side:
    """One of the two that are compared: how it is called, its History, and its pages where it has any."""

    name: str
    history: History
    book: Path | None


# --- what is compared -----------------------------------------------------------------------------
def side(given: str, stack: ExitStack) -> Side:
    """What a folder, a commit or the name of an edition stands for; what is unpacked goes with `stack`.

    A folder is a Data Package, a checkout, or a built book. Raises PressError.
    """
    folder = Path(given)
    if not folder.is_dir():
        folder = _unpacked(given, Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="book-"))))
    book = folder / "book" if (folder / "book").is_dir() else None
    for data in (folder, folder / "data", folder / BUILT):
        if (data / "datapackage.json").is_file():
            return Side(given, public(editions.load(data)), book)
    raise PressError(
        f"{given}: no datapackage.json in it, in data/ or in {BUILT}/; name a folder that has one"
    )


def _unpacked(revision: str, into: Path) -> Path:
    """data/ and book/ of a commit of this checkout. Raises PressError where git knows no such name."""
    try:
        names = (revision, f"v{revision}") if not revision.startswith("-") else ()
        if editions.unpacked(checkout.book_folder(), names, ("data", "book"), into):
            return into
    except FileNotFoundError:
        raise PressError("git is not here, so no commit can be read; name folders instead") from None
    if revision in releases.versions(dataset.load()):
        told = "a pinned edition, of which grades and ids alone are known here"
        raise PressError(f"{revision}: {told}; run {command(f'changes {revision}')}, or name its commit")
    raise PressError(f"{revision}: neither a folder nor a commit of this checkout; name one of them")


# --- what differs ---------------------------------------------------------------------------------
def row_differences(a: Side, b: Side) -> Iterator[str]:
    """A count for each table, then a line for each row that came or went and each cell that changed."""
    found = row_changes.changed(a.history, b.history)
    for table, part in found.groupby("table", sort=False):
        by = Counter(dict(part.drop_duplicates("key")["change"].value_counts()))
        yield f"{table}: {', '.join(f'{n} {change}' for change, n in sorted(by.items()))}"
    for table, key, change, column, was, now in found.itertuples(index=False):
        sign = {"added": "+", "gone": "-"}.get(change, "~")
        yield f"{sign} {table} {key}{f' {column}: {was!r} -> {now!r}' if column else ''}"


def grades(a: Side, b: Side) -> Iterator[str]:
    """A line for each proposition whose grade, status or being followed differs."""
    for row in evidence.compare(a.history, b.history).to_dict("records"):
        what = " ".join(filter(None, (row["event_id"], row["aspect"], row["of"], row["value"])))
        was, now = (
            ", ".join(
                filter(None, (row[f"grade_{w}"], row[f"status_{w}"], "followed" * row[f"followed_{w}"]))
            )
            for w in ("was", "now")
        )
        yield f"{what}: {was or NONE} -> {now or NONE}"


def numbers(a: Side, b: Side) -> Iterator[str]:
    """A line for each number of the prose that differs: counts that a page shows, and findings."""
    texts = [text for book in (a.book, b.book) if book for text in _pages(book).values()]
    specs = {
        " ".join(r["text"].split())
        for text in texts
        for r in telling.ROLE.finditer(text)
        if r["name"] in "nN"
    }
    for kind, names, value in (("n", sorted(specs), _count), ("finding", findings.NUMBERS, _finding)):
        for name in names:
            was, now = value(a.history, name), value(b.history, name)
            if was != now:
                yield f"{{{kind}}}`{name}`: {was} -> {now}"


def _count(history: History, spec: str) -> str:
    return _or_none(lambda: str(counts.number(history, spec)))


def _finding(history: History, name: str) -> str:
    return _or_none(lambda: findings.NUMBERS[name](history))


def _or_none(value: Callable[[], str]) -> str:
    """The number, or that these data have none: an older edition lacks a series, an event, a chapter."""
    try:
        return value()
    except (counts.SpecError, UnknownId, KeyError, ValueError, IndexError, ZeroDivisionError):
        return NONE


def prose_changes(a: Side, b: Side) -> Iterator[str]:
    """Each page that reads differently, its paragraphs side by side; pages of this checkout where a side has none."""
    own = checkout.book_folder() / "book" if not (a.book and b.book) else None
    left, right = _pages(a.book or own), _pages(b.book or own)
    for name in sorted({*left, *right}):
        one, other = (_paragraphs(of.history, book.get(name, "")) for of, book in ((a, left), (b, right)))
        if one != other:
            yield f"=== {name}"
            yield from side_by_side(one, other)


def _paragraphs(history: History, text: str) -> list[str]:
    """The paragraphs of a page as they read with these data; where their lines end does not count."""
    return [" ".join(words.split()) for words in _in_words(history, text).split("\n\n")]


def _pages(book: Path | None) -> dict[str, str]:
    return {p.relative_to(book).as_posix(): pages.read_page(p) for p in pages.files(book)} if book else {}


def _in_words(history: History, text: str) -> str:
    """A page as it reads with these data; as it is written where it names what they do not have."""
    body = pages.HEAD.sub("", text)
    try:
        return LINK.sub(r"\1\2", str(telling.tell(history, body)))
    except (LookupError, ValueError, ArithmeticError):
        return body.strip()


def side_by_side(left: list[str], right: list[str], width: int = WIDTH) -> Iterator[str]:
    """Paragraphs that differ in two columns, those that both have left out.

    >>> print("\\n".join(side_by_side(["One.", "Two."], ["One.", "Three."], 21)))
    Two.      | Three.
    <BLANKLINE>
    """
    half = (width - 3) // 2
    for tag, i, j, k, m in SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        columns = [
            [line for words in part for line in (*textwrap.wrap(words, half), "")][:-1]
            for part in (left[i:j], right[k:m])
        ]
        for n in range(max(map(len, columns))):
            one, other = (column[n] if n < len(column) else "" for column in columns)
            yield f"{one:<{half}} | {other}".rstrip()
        yield ""


PARTS = {"rows": row_differences, "grades": grades, "numbers": numbers, "pages": prose_changes}


def main(argv: list[str]) -> int:
    """`book diff A [B]`."""
    about = "What differs between two folders, commits or editions: rows, grades, numbers, pages, as text."
    parser = argparse.ArgumentParser(prog="book diff", description=about, allow_abbrev=False)
    parser.add_argument(
        "a", help="a Data Package, a checkout or a built book; a commit or tag of this checkout"
    )
    parser.add_argument("b", nargs="?", help="the same (default: this checkout)")
    parser.add_argument("--only", choices=PARTS, action="append", help="this part alone; may be given again")
    args = parser.parse_args(argv)
    if "" in (args.a, args.b):
        parser.error("an empty name; name a folder or a commit ('.' is the folder you are in)")
    with ExitStack() as stack:
        a, b = side(args.a, stack), side(args.b or str(checkout.book_folder()), stack)
        for part in args.only or PARTS:
            lines = list(PARTS[part](a, b))
            print(f"{part}:" if lines else f"{part}: no difference", *lines, "", sep="\n")
    return 0
