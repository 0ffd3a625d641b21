"""Each chapter as a notebook with its outputs, out of the executed store.

MyST-NB's own copies will not do: they have random cell ids, and no outputs when the cache was warm.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

from analysis import load
from analysis.messages import unknown
from analysis.press import PressError, execute, plain
from analysis.press.lookup import Lookup

PREFACE = (
    "> This is a chapter of *{title}* as a notebook, with its outputs. To run it, install the package of the"
    " book (`pip install .` in its folder) and JupyterLab, and open this file from anywhere."
)


def write(root: Path, out: Path, title: str) -> list[Path]:
    """Write `out`/<chapter>.ipynb for every executed chapter of the book in `root`; return the paths."""
    out.mkdir(parents=True, exist_ok=True)
    look = Lookup.of(load())
    paths = []
    for chapter in execute.chapters(root / "book"):
        notebook = portable(in_plain_words(look, execute.executed(chapter, root)), title)
        paths.append(out / f"{chapter.name}.ipynb")
        paths[-1].write_text(nbformat.writes(notebook) + "\n", encoding="utf8")
    return paths


def in_plain_words(look: Lookup, notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """`notebook` with Markdown that needs no Sphinx; cells that only the book can fill are left out."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = plain.markdown(look, cell.source)
    notebook.cells = [cell for cell in notebook.cells if cell.source]
    return notebook


def portable(notebook: nbformat.NotebookNode, title: str) -> nbformat.NotebookNode:
    """A valid notebook that is the same on every machine: ids from place and source, no paths, no times."""
    cells = [new_markdown_cell(PREFACE.format(title=plain.escaped(title))), *notebook.cells]
    for position, cell in enumerate(cells):
        cell["id"] = hashlib.sha256(f"{position}\0{cell.source}".encode()).hexdigest()[:12]
    result = new_notebook(
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

    from analysis import citing
    from analysis.press.build import book_folder

    parser = argparse.ArgumentParser(
        prog="book run", description="Run one chapter now; write CHAPTER.ipynb here."
    )
    parser.add_argument("chapter")
    wanted = parser.parse_args(argv).chapter
    known = {chapter.name: chapter for chapter in execute.chapters(book_folder() / "book")}
    if wanted not in known:
        raise PressError(unknown("chapter", wanted, known))
    notebook = in_plain_words(Lookup.of(load()), execute.run(known[wanted]))
    out = Path(f"{wanted}.ipynb")
    out.write_text(
        nbformat.writes(portable(notebook, citing.metadata()["full_title"])) + "\n", encoding="utf8"
    )
    print(out)
    return 0
