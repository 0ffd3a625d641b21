"""Which words and figures of the book rest on rows of the data: what a writer reads again when the rows change.

Pages are read as text, without Sphinx: the roles of `book/**/*.md` name what a sentence rests on.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from without_recognition import charts, evidence
from without_recognition.data import codebook, textfile
from without_recognition.data.dataset import History
from without_recognition.data.rows import numbered, records
from without_recognition.evidence import counts
from without_recognition.press.lint import pages

ROLE = re.compile(r"\{(?P<name>[A-Za-z]+)\}`(?P<text>[^`]+)`")
TITLED = re.compile(r"(?s)(?P<words>.*\S)\s*<(?P<id>[^<>]+)>")
OF_EVENT = {"event", "date", "Date", "day", "grade", "value", "dispute"}
OF_COUNT = {"n", "N"}
KINDS = {"src": "sources", "who": "actors", "claim": "claims"}
CHRONOLOGY = re.compile(r"(?ms)^(?P<fence>`{3,}|:{3,})\{chronology\}[^\n]*\n(?P<body>.*?)^(?P=fence)")
CELL = re.compile(r"(?ms)^```\{code-cell\}[^\n]*\n(?P<code>.*?)^```")
SENTENCE = re.compile(r"(?<=[.!?:])[\"”’)]?(?:\s*\{\w+\}`[^`]+`)*\s+(?=[\"“(*\[{]*[A-Z{])")
LONGEST = 160  #: characters of a sentence that are shown
Ids = dict[str, set[str]]  #: table -> ids


@dataclass(frozen=True, order=True)
class Place:
    """A sentence, summary or figure: the file, its row, what it is, and how it begins."""

    file: str
    row: int
    what: str
    words: str

    def __str__(self) -> str:
        return f"{self.file}:{self.row}: {self.what}: {self.words}"


def touched(before: History, after: History, changes: Iterable[tuple[str, ...]]) -> Ids:
    """The ids of each table that changed, or whose grade, status or followed value did.

    changes: (table, key, ...) as of `row_changes`.
    """
    found: Ids = {table: set() for table in ("events", "claims", "sources", "actors")}
    claims = {row["claim_id"]: row["event_id"] for h in (before, after) for row in records(h.claims)}
    for table, key, *_ in changes:
        if table in found:
            found[table].add(key)
        if table in ("claims", "audit", "support"):
            found["events"].add(claims.get(key, ""))
        elif table in ("participants", "rulings"):
            found["events"].add(key.partition("/")[0])
    found["events"] |= set(evidence.compare(before, after)["event_id"])
    found["events"].discard("")
    return found


def sentences(book: Path, ids: Ids) -> Iterator[Place]:
    """Every sentence and line of a chronology below `book` that names one of the ids."""
    for name, text in _texts(book):
        rows = dict.fromkeys(
            _around(text, role.start())
            for role in ROLE.finditer(text)
            if _named(role["name"], role["text"], ids)
        )
        for at, words in rows:
            yield Place(name, text.count("\n", 0, at) + 1, "sentence", words)
        for fence in CHRONOLOGY.finditer(text):
            for line in re.finditer(r"(?m)^\S+", fence["body"]):
                if line[0].rstrip(":") in ids["events"]:
                    row = text.count("\n", 0, fence.start("body") + line.start()) + 1
                    yield Place(name, row, "line of a chronology", line[0].rstrip(":"))


def numbers(book: Path, before: History, after: History) -> Iterator[Place]:
    """Every {n} whose count differs between the two."""
    known: dict[str, tuple[str, str]] = {}
    for name, text in _texts(book):
        for role in ROLE.finditer(text):
            spec = " ".join(role["text"].split())
            if role["name"] in OF_COUNT:
                was, now = known.setdefault(spec, (_count(before, spec), _count(after, spec)))
                if was != now:
                    row = text.count("\n", 0, role.start()) + 1
                    yield Place(name, row, f"number {spec}", f"{was} becomes {now}")


def _count(history: History, spec: str) -> str:
    try:
        return str(counts.number(history, spec))
    except (counts.SpecError, KeyError) as wrong:
        return f"nothing ({wrong})"


def rows_beside(after: History, ids: Ids) -> Iterator[Place]:
    """Words in the tables that were written by hand: summaries, rulings and searches of these events."""
    wanted = {"events": ("summary", ("event_id", "about")), "rulings": ("reason", ("event_id",))}
    wanted["searches"] = ("question", ("event_id",))
    for table, (column, keys) in wanted.items():
        for n, row in numbered(getattr(after, table)):
            if any(row[key] in ids["events"] for key in keys):
                key = "/".join(filter(None, (row[c] for c in codebook.key(after.package, table))))
                yield Place(f"data/{table}.csv", n, f"{column} of {key}", _short(row[column]))


def figures(book: Path, before: History, after: History, ids: Ids) -> Iterator[Place]:
    """The figures of the chapters of these events, and those that name one, whose data differ between the two."""
    chapters = {
        row["chapter"]
        for h in (before, after)
        for row in records(h.table("events"))
        if row["event_id"] in ids["events"]
    }
    for name, text in _texts(book):
        own = re.search(r"history\.chapter\(\"([\w-]+)\"\)", text)
        for cell in CELL.finditer(text):
            for call in _calls(cell["code"]):
                of_chapter = own and own[1] in chapters and "chapter" in call.names
                if of_chapter or call.texts & ids["events"]:
                    slug = own[1] if own else ""
                    if not _same(call.made(before, slug), call.made(after, slug)):
                        yield Place(name, text.count("\n", 0, cell.start()) + 1, "figure", call.code)


@dataclass(frozen=True)
class _Call:
    """One call of a function of `charts` with constants, `history` and `chapter` alone; nothing else is ever run."""

    code: str
    node: ast.Call

    @property
    def names(self) -> set[str]:
        return {a.id for a in self.node.args if isinstance(a, ast.Name)}

    @property
    def texts(self) -> set[str]:
        return {a.value for a in self.node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}

    def made(self, history: History, slug: str) -> pd.DataFrame | str:
        """The data of the figure; in words why there is none."""
        known = {"history": history, **({"chapter": history.chapter(slug)} if slug else {})}
        try:
            given = [known[a.id] if isinstance(a, ast.Name) else ast.literal_eval(a) for a in self.node.args]
            named = {k.arg: ast.literal_eval(k.value) for k in self.node.keywords if k.arg}
            return getattr(charts, self.node.func.attr)(*given, **named).data  # type: ignore[attr-defined]
        except (KeyError, ValueError, TypeError) as wrong:
            return str(wrong)


def _calls(code: str) -> Iterator[_Call]:
    with suppress(SyntaxError, ValueError):
        for node in ast.parse("\n".join(x for x in code.splitlines() if not x.startswith(":"))).body:
            call = node.value if isinstance(node, ast.Expr) else None
            if isinstance(call, ast.Call) and isinstance(of := call.func, ast.Attribute):
                if isinstance(of.value, ast.Name) and of.value.id == "charts" and of.attr in charts.__all__:
                    yield _Call(ast.unparse(call), call)


def _same(one: pd.DataFrame | str, other: pd.DataFrame | str) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one is other or (isinstance(one, str) and isinstance(other, str) and one == other)
    same: bool = one.astype(str).equals(other.astype(str))
    return same


def _texts(book: Path) -> Iterator[tuple[str, str]]:
    """(name from the folder of the book on, text) of every page; what cannot be read `book check` tells."""
    for path in pages.files(book):
        with suppress(textfile.Unreadable, OSError):
            yield f"{book.name}/{path.relative_to(book).as_posix()}", textfile.read_text(path)


def _named(role: str, text: str, ids: Ids) -> bool:
    titled = TITLED.fullmatch(text)
    words = (titled["id"] if titled else text).split() or [""]
    if role in OF_EVENT:
        return words[0] in ids["events"]
    if role in OF_COUNT and words[0] in counts.OF_EVENT:
        return words[-1] in ids["events"]
    if role == "claim":
        return words[0] in ids["claims"] or words[0].rpartition(".")[0] in ids["events"]
    return role in KINDS and words[0] in ids[KINDS[role]]


def _around(text: str, at: int) -> tuple[int, str]:
    """(where the sentence around `at` begins, how it begins, roles as words)."""
    begin = text.rfind("\n\n", 0, at) + 2 if "\n\n" in text[:at] else 0
    end = text.find("\n\n", at)
    paragraph = text[begin : end if end >= 0 else len(text)]
    starts = [0, *(cut.end() for cut in SENTENCE.finditer(paragraph))]
    first = max(s for s in starts if s <= at - begin)
    last = min((s for s in starts if s > at - begin), default=len(paragraph))
    return begin + first, _short(paragraph[first:last])


def _short(text: str) -> str:
    text = " ".join(ROLE.sub(_as_words, text).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} ..."


def _as_words(role: re.Match[str]) -> str:
    titled = TITLED.fullmatch(role["text"])
    return titled["words"] if titled else f"[{role['text']}]" if role["name"] not in ("event", "src") else ""
