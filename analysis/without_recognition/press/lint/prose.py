"""What this book asks of its sentences:
evidence in every paragraph of a chapter, no typed numbers, short quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from without_recognition.press.lint import pages

DIGIT = re.compile(r"\d")
ROLE = re.compile(r"\{([A-Za-z-]+)\}`([^`]+)`")
EVIDENCE = {
    "event",
    "claim",
    "src",
    "date",
    "Date",
    "day",
    "grade",
    "dispute",
    "value",
}  #: roles that lead to a source
QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
LONGEST_QUOTATION = 11  #: words
NOT_TYPED = (ROLE, re.compile(r"`[^`]*`"), QUOTED, re.compile(r"\]\([^)]*\)"))
GLOSSARY = Path("reference", "glossary.md")
FINDINGS = "findings"
LISTED = re.compile(r"^\d+\. ")  #: the number of a line of a list


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: what it stands in (prose, commentary, or a box), its lines with their rows."""

    kind: str
    lines: tuple[tuple[int, str], ...]

    @property
    def text(self) -> str:
        """Its lines as one."""
        return " ".join(line for _, line in self.lines)

    def without_list_numbers(self) -> str:
        """The same without the numbers that Markdown wants before the lines of a list."""
        return " ".join(LISTED.sub("", line) for _, line in self.lines)

    def row(self, needle: str) -> int:
        """The row in which `needle` stands, or begins."""
        return next((row for row, line in self.lines if needle in line), self.lines[0][0])


def prose_problems(book: Path, chapters: Iterable[str]) -> Iterator[str]:
    """'book/page.md:row:1: what is wrong; what to do' in the pages of these chapters and in book/findings/."""
    names = glossary_names(book)
    for path in pages.files(book):
        name = path.relative_to(book)
        of_chapter = name.as_posix().removesuffix(".md") in set(chapters)
        if of_chapter or name.parts[0] == FINDINGS:
            with suppress(pages.Unreadable):  # told by others
                for row, told in faults(pages.read_page(path), names, of_chapter=of_chapter):
                    yield f"{book.name}/{name.as_posix()}:{row}:1: {told}"


def faults(text: str, names: list[str], *, of_chapter: bool) -> Iterator[tuple[int, str]]:
    """(row, what is wrong; what to do) of one page; `names` hold a figure and may stand in it."""
    for paragraph in paragraphs(text):
        text = paragraph.text if of_chapter else paragraph.without_list_numbers()
        for number in typed(text, names):
            remedy = "compute it with a role, or list the name in the glossary"
            yield paragraph.row(number), f"'{number}' is typed by hand; {remedy}"
        if of_chapter:
            yield from _of_a_chapter(paragraph)


def _of_a_chapter(paragraph: Paragraph) -> Iterator[tuple[int, str]]:
    text = paragraph.text
    if paragraph.kind == "prose" and not EVIDENCE & {role for role, _ in ROLE.findall(text)}:
        remedy = "add {event}, {src} or another role of evidence, or make it :::{commentary}"
        yield paragraph.lines[0][0], f"a paragraph that no source stands behind; {remedy}"
    for quotation in QUOTED.findall(text):
        if (words := len(quotation.split())) > LONGEST_QUOTATION:
            told = f"a quotation of {words} words; keep it to {LONGEST_QUOTATION}"
            yield paragraph.row(" ".join(quotation.split()[:2])), told


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a page's prose. Headings, cells, and directives but for commentary are left out."""
    head = pages.HEAD.match(text)
    first = head[0].count("\n") + 1 if head else 0
    found: list[Paragraph] = []
    current: list[tuple[int, str]] = []
    fence: tuple[str, str] | None = None
    kind = "prose"

    def close() -> None:
        if current:
            found.append(Paragraph(kind, tuple(current)))
            current.clear()

    for row, line in list(enumerate(text.split("\n"), 1))[first:]:
        mark = re.match(r"(`{3,}|:{3,})(\{([\w-]+)\})?", line)
        if fence and mark and mark[1] == fence[0] and not mark[2]:
            close()
            fence, kind = None, "prose"
        elif mark and mark[2] and not fence:
            close()
            fence, kind = (mark[1], mark[3]), "commentary" if mark[3] == "commentary" else "machine"
        elif kind == "machine" or _is_no_prose(line):
            close()
        else:
            current.append((row, line.strip()))
    close()
    return found


def _is_no_prose(line: str) -> bool:
    """An empty line, a heading, or the label of what follows."""
    return not line.strip() or line.startswith("#") or (line.startswith("(") and line.endswith(")="))


def typed(paragraph: str, names: list[str]) -> list[str]:
    """Words with a figure that no role computes, no quotation holds and no name of the glossary has."""
    rest = bare(paragraph)
    for name in names:
        rest = rest.replace(name, " ")
    return [word for word in rest.split() if DIGIT.search(word)]


def bare(paragraph: str) -> str:
    """The paragraph without roles, quotations, code and links.

    >>> bare("It was {event}`e` in [May](x.md).").split()
    ['It', 'was', 'in', '[May', '.']
    """
    for pattern in NOT_TYPED:
        paragraph = pattern.sub(" ", paragraph)
    return paragraph


def glossary_names(book: Path) -> list[str]:
    """Names that hold a figure, as the glossary lists them, the longest first; none where there is no glossary."""
    path = book / GLOSSARY
    if not path.is_file():
        return []
    try:
        lines = re.findall(r"^(\S.*)$", pages.read_page(path), re.M)
    except pages.Unreadable:
        return []
    return sorted((line for line in lines if re.search(r"\d", line)), key=len, reverse=True)
