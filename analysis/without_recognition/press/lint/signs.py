"""Letters and addresses of pages and settings, and the letters of everything that the fonts of the PDF lack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from without_recognition.data import ignored, letters, textfile
from without_recognition.data.dataset import TABLES, History
from without_recognition.data.rows import numbered

SETTINGS = ("_config.yml", "CITATION.cff", "LICENSE-text")
REMEDY = "write it in other letters, or add a font to press/print/assets/fonts"


def letter_problems(root: Path, history: History, without_font: Callable[[set[str]], set[str]]) -> list[str]:
    """`file:row:column: what is wrong; what to do` for every sign that nobody sees or no reader could follow.

    `without_font` gives those of a set of letters that the PDF could not show.
    """
    texts = dict(_texts(root))
    found = [f"{name}:{told}" for name, text in texts.items() for told in _odd(text)]
    return [*found, *_not_shown(texts, history, without_font)]


def _texts(root: Path) -> Iterator[tuple[str, str]]:
    """(name in a checkout, text) of every page and setting; what cannot be read is told by others."""
    pages = [path for path in ignored.files(root / "book") if path.suffix in (".md", ".yml")]
    for path in [*pages, *(root / name for name in SETTINGS if (root / name).is_file())]:
        with suppress(textfile.Unreadable, OSError):
            yield path.relative_to(root).as_posix(), textfile.read_text(path)


def _odd(text: str) -> Iterator[str]:
    """`row:column: what; what to do`, the first fault of each line."""
    for row, line in enumerate(text.split("\n"), 1):
        if fault := letters.odd(line):
            yield f"{row}:{fault[0] + 1}: {fault[1]}"
        for address in letters.WEB.finditer(line):
            clean = _trimmed(address[0])
            if fault := letters.address(clean):
                yield f"{row}:{address.start() + fault[0] + 1}: {fault[1]}"


def _trimmed(address: str) -> str:
    """Without the marks of the sentence or of Markdown behind it."""
    while address[-1] in ".,;:!?*_]}" or (address[-1] == ")" and address.count("(") < address.count(")")):
        address = address[:-1]
    return address


def _not_shown(
    texts: dict[str, str], history: History, without_font: Callable[[set[str]], set[str]]
) -> Iterator[str]:
    """Cells and lines with letters that no font of the PDF has."""
    cells = [
        (f"{table}.csv:{n}:{column}", cell)
        for table in TABLES
        for n, row in numbered(history.table(table))
        for column, cell in row.items()
        if not cell.isascii()
    ]
    lines = [
        (f"{name}:{row}:1", line)
        for name, text in texts.items()
        for row, line in enumerate(text.split("\n"), 1)
        if not line.isascii()
    ]
    missing = without_font({c for _, text in (*cells, *lines) for c in text if not c.isascii()})
    for place, text in (*cells, *lines):
        if here := sorted(missing & set(text)):
            named = ", ".join(f"'{c}' (U+{ord(c):04X})" for c in here[:5])
            yield f"{place}: no font of the PDF has {named}; {REMEDY}"
