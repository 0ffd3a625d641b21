"""What Sphinx cannot tell of the pages of book/: letters, fences, cells, tables, and what this book does not use.

MyST takes what is mistyped for text and prints it, and Sphinx allows far more than a page here may hold. This reads
each page with MyST's own parser and tells file, row, column and remedy. What a page names (events, sources, pages,
labels) is found or missed by Sphinx itself, in `press.build.check`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import yaml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from without_recognition.citations import BIDI
from without_recognition.data import ignored, textfile
from without_recognition.data.messages import unknown
from without_recognition.findings import said
from without_recognition.press.sphinxext import directives, pages, second_reading

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

EXTENSIONS = {  #: of MyST, as in _config.yml
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "fieldlist",
    "smartquotes",
}
#: of MyST, known here alone: what Jupyter would take for a formula is told, and no page has one
REFUSED = {"dollarmath"}
NAME = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9]+(-[a-z0-9]+)*")  #: of files, on any system
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd-\uffff]")
HEAD = re.compile(r"(?ms)\A---\n(?P<yaml>.*?)^---[ \t]*$")
MERGE = re.compile(r"(?m)^(<{7}|={7}|>{7})(?=[ \n]|\Z)")  #: the marks that git leaves where versions differ
UNMERGED = "stands where git could not merge two versions; keep one of them and remove the marks"
HEAD_KEYS = {"kernelspec", "jupytext", "file_format", "keywords"}
DIRECTIVE = re.compile(r"\{(?P<name>[\w-]+)\}(?P<argument>.*)")
WITH_WORDS = {"commentary", "lang", "glossary", "note", "warning", "tip", "admonition"}
DIRECTIVES = {  #: all that a page may use
    "code-cell",
    "code-block",
    "api",
    "chronology",
    "explorer",
    *second_reading.REPORTS,
    *WITH_WORDS,
    *directives.CHAPTER_VIEWS,
    *pages.DIRECTIVES,
}
OPTION = re.compile(r":([\w-]+):(.*)")
LINK = re.compile(r"(https?://|mailto:)\S+|(?![A-Za-z][A-Za-z0-9+.-]*:)([^#]*\.md)?(#.*)?")
LEFT_OVER = re.compile(r"\{[\w:-]*\}?`?|`|[{}]|\[\^[^\]]*\]|\][(\[]|<[A-Za-z/!]")
WORDS = {"text", "em_open", "em_close", "softbreak", "code_inline"}  #: tokens of a heading
Fault = tuple[int, int, str]  #: row, column, what is wrong; what to do


class Unreadable(Exception):
    """A page that is no text; the arguments are a Fault."""


def form_problems(book: Path) -> list[str]:
    """'book/page.md:row:column: what is wrong; what to do' for every fault of form below `book`."""
    found: list[tuple[str, Fault]] = []
    for path in files(book):
        name = path.relative_to(book).as_posix()
        if not all(map(NAME.fullmatch, PurePosixPath(name).with_suffix("").parts)):
            told = "a name that not every system can keep; use small letters, digits and hyphens"
            found.append((name, (1, 1, told)))
        try:
            found += [(name, fault) for fault in sorted(set(_Page(read_page(path)).faults))]
        except Unreadable as wrong:
            found.append((name, wrong.args))
    return [f"{book.name}/{name}:{row}:{column}: {told}" for name, (row, column, told) in found]


def files(book: Path) -> list[Path]:
    """All pages below `book`, by path."""
    return [path for path in ignored.files(book) if path.suffix == ".md"]


def read_page(path: Path) -> str:
    """The text of a page. Raises Unreadable where it is none, holds letters that nobody sees, or two versions."""
    try:
        text = textfile.read_text(path)
    except OSError as wrong:
        raise Unreadable(1, 1, f"cannot be read ({wrong.strerror}); restore it") from None
    except textfile.Unreadable as wrong:
        raise Unreadable(wrong.row, wrong.column, wrong.told) from None
    for pattern, told in (
        (CONTROL, "a control character"),
        (BIDI, "a character that turns the reading order"),
    ):
        if odd := pattern.search(text):
            raise Unreadable(
                *_place(text, odd.start()), f"{told} (U+{ord(odd.group()):04X}); type the text anew"
            )
    if mark := MERGE.search(text):
        raise Unreadable(*_place(text, mark.start()), f"{mark[0][:7]} {UNMERGED}")
    return text


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


@cache
def _parser() -> MarkdownIt:
    return create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS | REFUSED), RendererHTML)


def _rows(token: Token) -> int:
    """How many rows of the page a block has."""
    first, last = token.map or (0, 1)
    return last - first


class _Page:
    """The faults of one page."""

    def __init__(self, text: str):
        self.lines = text.split("\n")
        self.faults: list[Fault] = []
        self.titles = 0
        self._head(text)
        try:
            tokens = _parser().parse(text, {})
            if tokens and tokens[0].type == "front_matter" and not HEAD.match(text):
                self._fault(
                    1, "front matter that not every reader of it sees; begin and end it with a bare ---"
                )
            self._blocks(tokens, 0)
        except RecursionError:
            self._fault(1, "nested too deeply; make it simpler")
        if self.titles != 1:
            self._fault(1, "not one title at its head; begin with '# ' and the title, lower other headings")

    def _fault(self, row: int, told: str, needle: str = "") -> None:
        self.faults.append((*self._at(row, needle), told))

    def _at(self, row: int, needle: str) -> tuple[int, int]:
        """Row and column of `needle` at or after `row`; blocks know their first row only."""
        first = needle.split("\n")[0]
        for n in range(row, min(row + 200, len(self.lines)) + 1) if first else ():
            if first in self.lines[n - 1]:
                return n, self.lines[n - 1].index(first) + 1
        return row, 1

    def _head(self, text: str) -> None:
        """Front matter that Sphinx can read and we do not want; what it cannot, it tells."""
        found = HEAD.match(text)
        try:
            given = yaml.safe_load(found["yaml"]) if found else {"kernelspec": {"name": "python3"}}
        except (yaml.YAMLError, ValueError, RecursionError):
            return
        if not isinstance(given, dict) or not given.keys() <= HEAD_KEYS:
            keys = ", ".join(sorted(HEAD_KEYS))
            self._fault(1, f"front matter is for {keys} alone; copy another chapter's")
        elif given.keys() == {"keywords"}:  # by which the finder knows a page without cells
            return
        elif not isinstance(given.get("kernelspec"), dict) or given["kernelspec"].get("name") != "python3":
            self._fault(1, "no kernelspec with the name python3; copy the front matter of another chapter")

    # --- blocks -----------------------------------------------------------------------------------
    def _blocks(self, tokens: list[Token], offset: int) -> None:
        for n, token in enumerate(tokens):
            row = token.map[0] + 1 + offset if token.map else 1
            if token.type in ("fence", "colon_fence"):
                self._fence(token, row)
            elif token.type == "heading_open":
                self._heading(tokens[n + 1], token.tag, row)
            elif token.type == "html_block":
                self._fault(row, "raw HTML; write Markdown (a comment begins with %)")
            elif token.type.startswith(("math", "amsmath")):
                self._fault(row, "a formula, which needs a script from elsewhere; write it in words")
            elif token.type == "myst_block_break" and token.content:
                self._fault(row, "words after +++; leave it bare")
            elif token.type == "table_open":
                self._table(token, row)
            elif token.type == "inline":
                self._inline(token.children or [], row)

    def _fence(self, token: Token, row: int) -> None:
        last = self.lines[min(row - 1 + _rows(token), len(self.lines)) - 1]
        if not re.fullmatch(rf"[>\s]*{re.escape(token.markup[0])}{{{len(token.markup)},}}\s*", last):
            self._fault(
                row, f"{token.markup}{token.info.strip()} is never closed; end it with {token.markup}"
            )
        head = DIRECTIVE.fullmatch(token.info.strip())
        if head is None:
            if "{" in token.info:
                self._fault(row, f"{token.info.strip()!r} is no directive; write {token.markup}{{name}}")
        elif head["name"] not in DIRECTIVES:
            self._fault(row, unknown("directive", head["name"], DIRECTIVES))
        elif head["name"] == "code-cell":
            self._cell(token, row)
        elif head["name"] in WITH_WORDS:
            self._blocks(_parser().parse(token.content, {}), row)

    def _cell(self, token: Token, row: int) -> None:
        lines, n = token.content.split("\n"), 0
        if lines[0] == "---":
            self._fault(row + 1, "options between lines of ---; write them as :tags: [hide-input]")
            return
        while n < len(lines) and (option := OPTION.fullmatch(lines[n])):
            try:
                value = yaml.safe_load(option[2])
            except yaml.YAMLError:
                value = None
            n += 1
            if option[1] != "tags" or not isinstance(value, list) or "raises-exception" in value:
                told = f"':{option[1]}:{option[2]}' is no option for a cell here; write :tags: [hide-input]"
                self._fault(row + n, told)
        code = "\n".join(lines[n:])
        if re.search(r"(?m)^\s*[%!?]", code):
            self._fault(row + 1 + n, "a shell or magic command; write plain Python")
            return
        try:
            ast.parse(code)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as wrong:
            at = (getattr(wrong, "lineno", None) or 1) + row + n, getattr(wrong, "offset", None) or 1
            self.faults.append((*at, f"the cell is not Python ({getattr(wrong, 'msg', wrong)}); correct it"))

    def _heading(self, words: Token, tag: str, row: int) -> None:
        self.titles += tag == "h1"
        if not words.content.strip():
            self._fault(row, "a heading without words; write them or remove it")
        elif {child.type for child in words.children or []} - WORDS:
            self._fault(row, "a heading that holds more than words; keep roles and links to the text")

    def _table(self, token: Token, row: int) -> None:
        """MyST cuts and fills rows to the length of the first without a word."""
        rows = self.lines[row - 1 : row - 1 + _rows(token)]
        sizes = [
            len(re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))) for line in rows
        ]
        for n, size in enumerate(sizes):
            if size != sizes[0]:
                told = f"{size} cells instead of {sizes[0]}; give every row of a table as many as its head"
                self._fault(row + n, told)

    # --- words ------------------------------------------------------------------------------------
    def _inline(self, children: list[Token], row: int) -> None:
        for token in children:
            for told, needle in _of_words(token):
                self._fault(row, told, needle)


def _of_words(token: Token) -> Iterator[tuple[str, str]]:
    """(what is wrong; what to do, where it is seen) of one inline token."""
    if token.type == "html_inline":
        yield "raw HTML; write Markdown (a comment begins with %)", token.content
    elif token.type.startswith("math"):
        yield "a formula, which needs a script from elsewhere; write it in words", token.content
    elif token.type == "text" and (odd := LEFT_OVER.search(token.content)):
        remedy = "write {role}`id`, [words](link) or \\ before it"
        yield f"'{odd.group()}' would stand in the text; {remedy}", odd.group()
    elif token.type == "text" and "\ufffd" in token.content:
        yield "an entity that is no character; write the letter itself", "&"
    elif token.type == "myst_role":
        yield from _of_role(token.meta["name"], token.content)
    elif token.type == "link_open" and not LINK.fullmatch(href := str(token.attrs.get("href", ""))):
        yield "a link to neither a page (.md) nor the web (https://); correct it", href
    elif token.type == "image":
        source = str(token.attrs.get("src"))
        yield "a picture; figures come from without_recognition.charts, in a cell", source


def _of_role(name: str, content: str) -> Iterator[tuple[str, str]]:
    if name not in said.OF_PAGES:
        yield unknown("role", name, said.OF_PAGES), f"{{{name}}}"
    elif not content.strip():
        yield "a role without words; name what it is about", f"{{{name}}}"
