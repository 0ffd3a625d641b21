"""Whether the pages of book/ have the form of pages: letters, front matter, fences, headings, links, tables.

MyST takes what is mistyped for text and prints it, and Sphinx seldom says where. This reads each page with
MyST's own parser and tells file, row, column and remedy. What roles name is the business of `scan`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import yaml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from analysis.citing import BIDI
from analysis.messages import unknown
from analysis.press import directives, pages

EXTENSIONS = {
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "dollarmath",
    "fieldlist",
    "smartquotes",
}
NAME = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9]+(-[a-z0-9]+)*")  #: of files, on any system
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd-\uffff]")
HEAD = re.compile(r"(?ms)\A---\n(?P<yaml>.*?)^---[ \t]*$")
HEAD_KEYS = {"kernelspec", "jupytext", "file_format"}
DIRECTIVE = re.compile(r"\{(?P<name>[\w-]+)\}(?P<argument>.*)")
WITH_WORDS = {"commentary", "glossary", "note", "warning", "tip", "admonition"}
DIRECTIVES = {
    "code-cell",
    "code-block",
    "audit-report",
    *WITH_WORDS,
    *directives.CHAPTER_VIEWS,
    *pages.DIRECTIVES,
}
OPTION = re.compile(r":([\w-]+):(.*)")
ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
WEB = re.compile(r"(https?://|mailto:)\S+")
TITLED = re.compile(r"(?s).*<([^<>]+)>\s*")
LEFT_OVER = re.compile(r"\{[\w:-]*\}?`?|`|[{}]|\[\^[^\]]*\]|\][(\[]|<[A-Za-z/!]")
Fault = tuple[int, int, str]  #: row, column, what is wrong; what to do


class Unreadable(Exception):
    """A page that is no text; the arguments are a Fault."""


def problems(book: Path) -> list[str]:
    """'book/page.md:row:column: what is wrong; what to do' for every fault of form below `book`."""
    texts, found = {}, []
    for path in files(book):
        name = path.relative_to(book).as_posix()
        if not all(map(NAME.fullmatch, PurePosixPath(name).with_suffix("").parts)):
            found.append(
                (name, (1, 1, "a name that not every system can keep; use small letters, digits and hyphens"))
            )
        try:
            texts[name] = read(path)
        except Unreadable as wrong:
            found.append((name, wrong.args))
    read_pages = {name: _Page(name, text) for name, text in texts.items()}
    labels: dict[str, str] = {}
    for name, page in read_pages.items():
        for row, label in page.labels:
            if label in labels:
                page.faults.append(
                    (row, 1, f"label '{label}' stands twice, also in {labels[label]}; rename one")
                )
            labels.setdefault(label, f"{book.name}/{name}:{row}")
    for name, page in read_pages.items():
        found += [
            (name, fault) for fault in sorted({*page.faults, *_links(page, set(read_pages), set(labels))})
        ]
    return [f"{book.name}/{name}:{row}:{column}: {told}" for name, (row, column, told) in found]


def files(book: Path) -> list[Path]:
    """All pages below `book`, by path."""
    return sorted(book.rglob("*.md"))


def read(path: Path) -> str:
    """The text of a page. Raises Unreadable where it is none, or holds letters that nobody sees."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as wrong:
        raise Unreadable(1, 1, f"cannot be read ({wrong.strerror}); restore it") from None
    except UnicodeDecodeError as wrong:
        before = raw[: wrong.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise Unreadable(before.count(b"\n") + 1, column, "not UTF-8; save the file as UTF-8") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for pattern, told in (
        (CONTROL, "a control character"),
        (BIDI, "a character that turns the reading order"),
    ):
        if odd := pattern.search(text):
            raise Unreadable(
                *_place(text, odd.start()), f"{told} (U+{ord(odd.group()):04X}); type the text anew"
            )
    return text


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


@cache
def _parser():
    return create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)


class _Page:
    """What one page holds: faults so far, labels with their rows, links with their places."""

    def __init__(self, name: str, text: str):
        self.name, self.lines = name, text.split("\n")
        self.faults: list[Fault] = []
        self.labels: list[tuple[int, str]] = []
        self.links: list[tuple[int, int, str, str]] = []  #: row, column, kind (link, image, ref, doc), target
        self.levels: list[int] = []
        self.cells = False
        head = self._head(text)
        try:
            self._blocks(_parser().parse(text, {}), 0)
        except RecursionError:
            self._fault(1, "nested too deeply; make it simpler")
        if self.levels.count(1) != 1 or self.levels[0] != 1:
            self._fault(1, "not one title at its head; begin with '# ' and the title, lower other headings")
        if self.cells and not head:
            self._fault(1, "cells, but no front matter of a notebook; copy it from another chapter")

    def _fault(self, row: int, told: str, needle: str = "") -> None:
        self.faults.append((*self._at(row, needle), told))

    def _at(self, row: int, needle: str) -> tuple[int, int]:
        """Row and column of `needle` at or after `row`; blocks know their first row only."""
        first = needle.split("\n")[0]
        for n in range(row, min(row + 200, len(self.lines)) + 1) if first else ():
            if first in self.lines[n - 1]:
                return n, self.lines[n - 1].index(first) + 1
        return row, 1

    # --- front matter -----------------------------------------------------------------------------
    def _head(self, text: str) -> bool:
        """Whether the page says that it is a notebook."""
        if not text.startswith("---\n"):
            return False
        found = HEAD.match(text)
        if not found:
            self._fault(1, "front matter that is never closed; end it with a line of ---")
            return True
        try:
            given = yaml.safe_load(found["yaml"])
        except (yaml.YAMLError, ValueError, RecursionError) as wrong:
            mark = getattr(wrong, "problem_mark", None)
            self.faults.append(
                (
                    mark.line + 2 if mark else 1,
                    mark.column + 1 if mark else 1,
                    f"front matter is not YAML ({getattr(wrong, 'problem', '') or 'unreadable'}); correct it",
                )
            )
            return True
        if not isinstance(given, dict) or not given.keys() <= HEAD_KEYS:
            self._fault(
                1,
                f"front matter is for {', '.join(sorted(HEAD_KEYS))} alone; copy another chapter's",
            )
            return True
        kernel, notes = given.get("kernelspec"), given.get("jupytext")
        if not isinstance(kernel, dict) or kernel.get("name") != "python3":
            self._fault(1, "no kernelspec with the name python3; copy the front matter of another chapter")
        form = notes.get("text_representation") if isinstance(notes, dict) else None
        return (
            given.get("file_format") == "mystnb"
            or isinstance(form, dict)
            and form.get("format_name") == "myst"
        )

    # --- blocks -----------------------------------------------------------------------------------
    def _blocks(self, tokens: list[Token], offset: int) -> None:
        for n, token in enumerate(tokens):
            row = token.map[0] + 1 + offset if token.map else 1
            if token.type in ("fence", "colon_fence"):
                self._fence(token, row)
            elif token.type == "heading_open":
                self._heading(tokens[n + 1], int(token.tag[1]), row)
            elif token.type == "html_block":
                self._fault(row, "raw HTML; write Markdown (a comment begins with %)")
            elif token.type.startswith(("math", "amsmath")):
                self._fault(row, "a formula, which needs a script from elsewhere; write it in words")
            elif token.type == "myst_target":
                self.labels.append((row, token.content))
            elif token.type == "myst_block_break" and token.content:
                self._fault(row, "words after +++; leave it bare")
            elif token.type == "table_open":
                self._table(token, row)
            elif token.type == "inline":
                self._inline(token.children, row)

    def _fence(self, token: Token, row: int) -> None:
        last = self.lines[min(row - 1 + token.map[1] - token.map[0], len(self.lines)) - 1]
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
        self.cells = True
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
                self._fault(
                    row + n,
                    f"':{option[1]}:{option[2]}' is no option for a cell here; write :tags: [hide-input]",
                )
        code = "\n".join(lines[n:])
        if re.search(r"(?m)^\s*[%!?]", code):
            self._fault(row + 1 + n, "a shell or magic command; write plain Python")
            return
        try:
            ast.parse(code)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as wrong:
            at = (getattr(wrong, "lineno", None) or 1) + row + n, getattr(wrong, "offset", None) or 1
            self.faults.append((*at, f"the cell is not Python ({getattr(wrong, 'msg', wrong)}); correct it"))

    def _heading(self, words: Token, level: int, row: int) -> None:
        if not words.content.strip():
            self._fault(row, "a heading without words; write them or remove it")
        elif {child.type for child in words.children} - {
            "text",
            "em_open",
            "em_close",
            "softbreak",
            "code_inline",
        }:
            self._fault(row, "a heading that holds more than words; keep roles and links to the text")
        if self.levels and level > self.levels[-1] + 1:
            self._fault(
                row, f"a heading of level {level} below one of level {self.levels[-1]}; leave no level out"
            )
        self.levels.append(level)

    def _table(self, token: Token, row: int) -> None:
        """MyST cuts and fills rows to the length of the first without a word."""
        rows = self.lines[row - 1 : row - 1 + token.map[1] - token.map[0]]
        sizes = [
            len(re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))) for line in rows
        ]
        for n, size in enumerate(sizes):
            if size != sizes[0]:
                self._fault(
                    row + n,
                    f"{size} cells instead of {sizes[0]}; give every row of a table as many as its head",
                )

    # --- words ------------------------------------------------------------------------------------
    def _inline(self, children: list[Token], row: int) -> None:
        for token in children:
            if token.type == "html_inline":
                self._fault(row, "raw HTML; write Markdown (a comment begins with %)", token.content)
            elif token.type.startswith("math"):
                self._fault(
                    row, "a formula, which needs a script from elsewhere; write it in words", token.content
                )
            elif token.type == "text" and (odd := LEFT_OVER.search(token.content)):
                self._fault(
                    row,
                    f"'{odd.group()}' would stand in the text; write {{role}}`id`, [words](link) or \\ before it",
                    odd.group(),
                )
            elif token.type == "text" and "\ufffd" in token.content:
                self._fault(row, "an entity that is no character; write the letter itself", "&")
            elif token.type == "myst_role" and not token.content.strip():
                self._fault(row, "a role without words; name what it is about", "{%s}" % token.meta["name"])
            elif token.type == "myst_role" and token.meta["name"] in ("ref", "doc"):
                titled = TITLED.fullmatch(token.content)
                self.links.append(
                    (
                        *self._at(row, token.content),
                        token.meta["name"],
                        (titled[1] if titled else token.content).strip(),
                    )
                )
            elif token.type == "link_open":
                self.links.append(
                    (*self._at(row, str(token.attrs.get("href"))), "link", str(token.attrs.get("href", "")))
                )
            elif token.type == "image":
                self._fault(
                    row,
                    "a picture; figures come from analysis.charts, in a cell",
                    str(token.attrs.get("src")),
                )


def _links(page: _Page, names: set[str], labels: set[str]) -> Iterator[Fault]:
    """Links of `page` that lead to no page, to no label or out of the book."""
    for row, column, kind, target in page.links:
        told = None
        if kind == "ref":
            told = None if target in labels else unknown("label", target, labels)
        elif kind == "doc":
            told = _to_page(page.name, f"{target}.md", names)
        elif ELSEWHERE.match(target):
            told = (
                None
                if WEB.fullmatch(target)
                else "a link out of the book that is not of the web; begin it with https://"
            )
        else:
            path, _, label = target.partition("#")
            told = (path and _to_page(page.name, path, names)) or (
                unknown("label", label, labels) if label and label not in labels else None
            )
        if told:
            yield row, column, told


def _to_page(name: str, target: str, names: set[str]) -> str | None:
    parts: list[str] = []
    for part in (
        PurePosixPath(target.lstrip("/")) if target.startswith("/") else PurePosixPath(name).parent / target
    ).parts:
        if part == ".." and parts:
            parts.pop()
        else:
            parts.append(part)
    return None if "/".join(parts) in names else unknown("page", target, names)
