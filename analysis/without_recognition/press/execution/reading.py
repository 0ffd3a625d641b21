"""The chapters of the book as they are executed: which files they are, and what stands in them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from sphinx.errors import SphinxError
from sphinx.util.matching import Matcher

from without_recognition.data import ignored, textfile
from without_recognition.press import PressError


class ChapterError(PressError, SphinxError):
    """A cell failed; the message shows chapter, cell and traceback."""

    category = "Execution failed"


@dataclass(frozen=True)
class Chapter:
    """A text notebook of the book: its file, how users know that file, its digest, its cells without outputs."""

    path: Path
    shown: str
    digest: str
    notebook: nbformat.NotebookNode

    @property
    def name(self) -> str:
        return self.path.stem

    def where(self, cell: int | None) -> str:
        """`book/zia.md:40: cell 3`, or the bare file where no cell is known."""
        if cell is None:
            return self.shown
        code = [index for index, each in enumerate(self.notebook.cells) if each.cell_type == "code"]
        return f"{self.shown}:{self.notebook.metadata['source_map'][cell] + 1}: cell {code.index(cell) + 1}"


def chapters(source: Path, excluded: Iterable[str] = (), known: Container[str] = ()) -> list[Chapter]:
    """All text notebooks below `source`, by path, but those whose digests are `known`.

    Raises ChapterError for one that cannot be read.
    """
    skip = Matcher(list(excluded))
    found = []
    for path in ignored.files(source):
        name = path.relative_to(source).as_posix()
        if path.suffix != ".md" or skip(name):
            continue
        shown = f"{source.name}/{name}"
        try:
            words = textfile.read_text(path)
            digest = digest_of(words)
            if digest not in known and is_myst_markdown_notebook(words):
                notebook = read_myst_markdown_notebook(words, add_source_map=True, path=path)
                found.append(Chapter(path, shown, digest, notebook))
        except textfile.Unreadable as wrong:
            raise ChapterError(f"{shown}:{wrong.row}:{wrong.column}: {wrong.told}") from None
        except MemoryError:
            raise
        except OSError as problem:
            raise ChapterError(f"{shown}: cannot be read ({problem.strerror}); restore it") from None
        except Exception as problem:
            told = " ".join(str(problem).split())
            raise ChapterError(f"{shown}: not a readable notebook ({told}); correct it there") from problem
    return found


def by_name(found: Iterable[Chapter]) -> dict[str, Chapter]:
    """The chapters by their names; where folders hold two of one name, by name and folder: 'part-one/zia'."""
    found = list(found)
    often = Counter(chapter.name for chapter in found)
    return {c.name if often[c.name] == 1 else c.shown.partition("/")[2].removesuffix(".md"): c for c in found}


def digest_of(words: str) -> str:
    """The digest by which the text of a chapter is known."""
    return hashlib.sha256(words.encode()).hexdigest()
