"""Look through the book's text for house roles and directives that name what the data do not have.

Sphinx knows only the first line of a paragraph and stops late; this tells file, row and column of each.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from analysis.dataset import History
from analysis.measures import SpecError
from analysis.press import PressError, manuscript, roles
from analysis.press.directives import CHAPTER_VIEWS
from analysis.press.lookup import Lookup

FENCE = re.compile(r"(?ms)^(?P<fence>`{3,}|~{3,})(?P<head>[^\n]*)\n(?P<body>.*?)^(?P=fence)[ \t]*$")
DIRECTIVE = re.compile(r"\{(?P<name>[\w-]+)\}[ \t]*(?P<argument>[^\n]*)")
INLINE = re.compile(
    r"(?s)\{(?P<name>[A-Za-z][\w:-]*)\}(?P<tick>`+)(?P<text>(?:(?!\n\n).)+?)(?P=tick)"
    r"|(?P<code>`+)(?!`)(?:(?!\n\n).)+?(?<!`)(?P=code)(?!`)"
)  # a role, or code, which is stepped over
OTHERS = {"ref", "doc", "term", "abbr", "sub", "sup"}
CHAPTER_DIRECTIVES = {*CHAPTER_VIEWS, "events-page"}


def problems(book: Path, history: History) -> list[str]:
    """'book/page.md:row:column: what is wrong' for every mistake below `book`, by file and place."""
    look = Lookup.of(history)
    found = []
    for page in manuscript.files(book):
        with suppress(manuscript.Unreadable):  # which is told by `manuscript` itself
            name = f"{book.name}/{page.relative_to(book).as_posix()}"
            faults = _page(look, manuscript.read(page))
            found += [f"{name}:{row}:{column}: {told}" for row, column, told in faults]
    return found


def _page(look: Lookup, text: str) -> list[tuple[int, int, str]]:
    found = []
    for place, told in [*_directives(look, text), *_roles(look, _without_code(text))]:
        before = text[:place]
        found.append((before.count("\n") + 1, place - (before.rfind("\n") + 1) + 1, told))
    return sorted(found)


def _directives(look: Lookup, text: str):
    for fence in FENCE.finditer(text):
        head = DIRECTIVE.fullmatch(fence["head"].rstrip())
        if head and head["name"] in CHAPTER_DIRECTIVES:
            try:
                look.chapter(head["argument"].strip())
            except PressError as wrong:
                yield fence.start(), f"{{{head['name']}}}: {wrong}"


def _roles(look: Lookup, text: str):
    for given in INLINE.finditer(text):
        name = given["name"]
        if not name:
            continue
        if name in roles.ROLES:
            try:
                roles.made(look, name, given["text"])
            except (PressError, SpecError) as wrong:
                yield given.start(), f"{given.group()}: {wrong}".replace("\n", " ")
        elif name not in OTHERS:
            yield given.start(), f"unknown role '{name}'; write one of {', '.join(roles.ROLES)}"


def _without_code(text: str) -> str:
    """The text with blocks of code blanked out, so that places stay the same; what directives hold stays."""

    def blank(fence: re.Match) -> str:
        head = DIRECTIVE.fullmatch(fence["head"].rstrip())
        words = head and head["name"] not in ("code-cell", "code-block", "code")
        return fence.group() if words else re.sub(r"[^\n]", " ", fence.group())

    return FENCE.sub(blank, text)
