"""A chapter as a notebook that lives: its prose stands in cells that say it anew,
after the History of the first cell."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from without_recognition.data import ignored, textfile
from without_recognition.data.dataset import History
from without_recognition.findings import said, telling
from without_recognition.press import PressError
from without_recognition.press.sphinxext.folds import FOLDED

HEADING = re.compile(r"(?P<level>#{1,6}) +(?P<words>.*\S)")
HISTORY = re.compile(r"^history = ", re.MULTILINE)
LIVES = re.compile(r"\{(?:" + "|".join(said.ROLES) + r")\}`|^[`:]{3,}\{", re.MULTILINE)
LABEL = re.compile(r"^\((?P<label>[\w-]+)\)=\n+(?:#+ +(?P<title>.*\S))?", re.MULTILINE)
TRY = "hermeneutics"  #: the tag of cells that try another rule: folded on the page, below a heading here
CITE = "```{cite-page}"


@dataclass(frozen=True)
class Places:
    """The pages of the book in `folder`, so that what Sphinx follows can be written as links."""

    folder: Path
    titles: dict[str, str] = field(default_factory=dict)  #: page -> its title
    labels: dict[str, tuple[str, str]] = field(
        default_factory=dict
    )  #: label -> its page, and the heading below it
    notebooks: Mapping[str, str] = field(default_factory=dict)  #: page -> the notebook of it that lies beside

    @classmethod
    def of(cls, folder: Path, notebooks: Mapping[str, str] | None = None) -> Places:
        """What the pages below `folder` are called, and what labels they have."""
        found = cls(folder, notebooks=notebooks or {})
        for path in ignored.files(folder):
            if path.suffix == ".md":
                text, page = textfile.read_text(path), path.relative_to(folder).with_suffix("").as_posix()
                title = re.search(r"^# +(.*\S)", text, re.MULTILINE)
                found.titles[page] = title[1] if title else page
                found.labels.update((m["label"], (page, m["title"] or "")) for m in LABEL.finditer(text))
        return found

    def resolved(self, text: str, page: str, history: History) -> str:
        """`text` of `page` with {doc} and {ref} as links to the pages or, until they have an address, to notebooks."""

        def link(role: re.Match[str]) -> str:
            inner = " ".join(role["text"].split())
            titled = said.WORDS.fullmatch(inner)
            words, target = (titled["words"], titled["id"]) if titled else ("", inner)
            if role["name"] == "doc":
                where = self._page(page, target)
                title, place = self.titles.get(where, where), f"{where}.html"
            else:
                where, title = self.labels.get(target, ("", ""))
                place = f"{where}.html#{target}"
            beside = self._beside(page, where) if where != page else ""
            return role["space"] + telling.linked(history, words or title or target, place, beside)

        return telling.ROLE.sub(lambda role: link(role) if role["name"] in ("doc", "ref") else role[0], text)

    def _beside(self, page: str, where: str) -> str:
        """The way from the notebook of `page` to that of `where`; "" where there is none."""
        if page not in self.notebooks or where not in self.notebooks:
            return ""
        return posixpath.relpath(self.notebooks[where], posixpath.dirname(self.notebooks[page]) or ".")

    def _page(self, page: str, target: str) -> str:
        if target.startswith("/"):
            return target.strip("/")
        at = (self.folder / page).parent / target
        return Path(*_straight(at.relative_to(self.folder).parts)).as_posix()


def _straight(parts: tuple[str, ...]) -> list[str]:
    out: list[str] = []
    for part in parts:
        if part == "..":
            del out[-1:]
        else:
            out.append(part)
    return out


def living(notebook: NotebookNode, history: History, places: Places, page: str) -> NotebookNode:
    """`notebook`, executed, with prose that is said by cells. Raises PressError for what the data do not have.

    Prose before the cell that makes `history`, or without anything that could change, stays as Markdown. Of what only
    the built book can show nothing is left, nor a heading that stands over nothing.
    """
    cells, knows = [], False
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            text = places.resolved(cell.source, page, history)
            cells += _told(text.replace(CITE, f"{CITE} {places.titles.get(page, '')}"), history, knows)
        else:
            knows = knows or bool(HISTORY.search(cell.source))
            if _tried(cell) and not (cells and _tried(cells[-1])):
                cells.append(new_markdown_cell(f"## {FOLDED[TRY]}"))
            cells.append(cell)
    notebook.cells = _without_bare_headings(cells)
    for number, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1):
        cell.execution_count = number
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = number
    return notebook


def _tried(cell: NotebookNode) -> bool:
    return TRY in cell.metadata.get("tags", ())


def _told(text: str, history: History, knows: bool) -> list[NotebookNode]:
    """The cells of some prose: a heading each, and what stands below it."""
    cells = []
    for part in _parts(text):
        if HEADING.fullmatch(part):
            cells.append(new_markdown_cell(part))
            continue
        try:
            told = telling.tell(history, part)
        except said.WRONG as wrong:
            raise PressError(str(wrong)) from wrong
        if told.markdown and knows and LIVES.search(part):
            cells.append(_cell(part, told))
        elif told.markdown:
            cells.append(new_markdown_cell(told.markdown))
    return cells


def _cell(text: str, told: telling.Told) -> NotebookNode:
    """The cell that says `text`, which JupyterLab folds, with what it says."""
    quoted = f'r"""\n{text}\n"""' if '"""' not in text else repr(text)
    data = {"text/markdown": told.markdown, "text/plain": repr(told)}
    cell: NotebookNode = new_code_cell(
        f"tell(history, {quoted})",
        metadata={"jupyter": {"source_hidden": True}, "tags": ["hide-input"]},
        outputs=[new_output("execute_result", data)],
    )
    return cell


def _parts(text: str) -> list[str]:
    """Headings, and the text between them; what looks like a heading within a fence is none."""
    parts, fence = [""], ""
    for line in text.split("\n"):
        mark = re.match(r"[`:]{3,}", line)
        if mark and not fence:
            fence = mark[0]
        elif fence and line.strip() == fence:
            fence = ""
        if not fence and HEADING.fullmatch(line):
            parts += [line, ""]
        else:
            parts[-1] += f"{line}\n"
    return [part for part in map(str.strip, parts) if telling.LABEL.sub("", part).strip()]


def _without_bare_headings(cells: list[NotebookNode]) -> list[NotebookNode]:
    """The cells without headings that have nothing below them."""
    kept: list[NotebookNode] = []
    for cell in reversed(cells):
        level = _level(cell)
        if not level or (kept and not 0 < _level(kept[-1]) <= level):
            kept.append(cell)
    return kept[::-1]


def _level(cell: NotebookNode) -> int:
    """Of a heading, how deep; 0 for anything else."""
    found = HEADING.fullmatch(cell.source) if cell.cell_type == "markdown" else None
    return len(found["level"]) if found else 0
