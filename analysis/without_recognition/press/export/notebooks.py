"""Each chapter as a notebook with its outputs, out of the executed store.

MyST-NB's own copies will not do: they have random cell ids, and no outputs when the cache was warm.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

from without_recognition.data.dataset import load  # what Sphinx asked already need not be computed again
from without_recognition.data.messages import unknown
from without_recognition.evidence.labels import escaped
from without_recognition.findings import telling
from without_recognition.press import PressError
from without_recognition.press.execution import execute
from without_recognition.press.export import living
from without_recognition.press.system import files

RUN = "reference/run.html"
PREFACE = (
    "> This is a chapter of *{title}* as a notebook. Figures *and* sentences follow the cell `leave_out = ...` below:"
    " change it, then *Run All Cells*. What moved is bold, and the words of the book stand behind it, struck out. Cells"
    " that say the prose are folded; open one to see its ids. It needs the package of the book, which lies beside the"
    " published notebooks: the page {run} says how."
)


def write_notebooks(root: Path, out: Path, title: str) -> list[Path]:
    """Write `out`/<chapter>.ipynb for every executed chapter of the book in `root`; return the paths."""
    found = execute.by_name(execute.chapters(root / "book"))
    page_of = {name: chapter.path.relative_to(root / "book") for name, chapter in found.items()}
    beside = {path.with_suffix("").as_posix(): f"{name}.ipynb" for name, path in page_of.items()}
    places = living.Places.of(root / "book", beside)
    paths = []
    for name, chapter in found.items():
        paths.append(out / f"{name}.ipynb")
        files.write_whole(paths[-1], _content(chapter, execute.executed(chapter, root), places, title))
    return paths


def _content(
    chapter: execute.Chapter, notebook: nbformat.NotebookNode, places: living.Places, title: str
) -> bytes:
    page = chapter.path.relative_to(places.folder).with_suffix("").as_posix()
    made = living.living(notebook, load(), places, page)
    written: str = nbformat.writes(portable(made, title))
    return (written + "\n").encode()


def portable(notebook: nbformat.NotebookNode, title: str) -> nbformat.NotebookNode:
    """A valid notebook that is the same on every machine: ids from place and source, no paths, no times."""
    cells = [
        new_markdown_cell(
            PREFACE.format(title=escaped(title), run=telling.linked(load(), "Run it again", RUN))
        ),
        *notebook.cells,
    ]
    for position, cell in enumerate(cells):
        cell["id"] = hashlib.sha256(f"{position}\0{cell.source}".encode()).hexdigest()[:12]
    result: nbformat.NotebookNode = new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    )
    nbformat.validate(result)
    return result


def main(argv: list[str]) -> int:
    """`book run CHAPTER`."""
    import argparse

    from without_recognition import citations
    from without_recognition.press.system import checkout

    parser = argparse.ArgumentParser(
        prog="book run", description="Run one chapter now; write CHAPTER.ipynb here, over no other file."
    )
    parser.add_argument("chapter")
    wanted = parser.parse_args(argv).chapter
    known = execute.by_name(execute.chapters(checkout.book_folder() / "book"))
    if wanted not in known:
        raise PressError(unknown("chapter", wanted, known))
    notebook = execute.run(known[wanted])
    places = living.Places.of(checkout.book_folder() / "book")
    content = _content(known[wanted], notebook, places, citations.metadata()["full_title"])
    out = files.beside(Path(f"{known[wanted].name}.ipynb"), content)
    if out.stem != known[wanted].name:
        print(f"{known[wanted].name}.ipynb holds something else and was left as it is", file=sys.stderr)
    files.write_whole(out, content)
    print(out)
    return 0
