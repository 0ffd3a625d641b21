"""Pages that bear a name which the generator keeps for itself are refused before it overwrites them, or they it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import small_book
from without_recognition.press.lint import names


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("search", "'search' is the name of the search page; rename the page"),
        ("genindex", "'genindex' is the name of the general index; rename the page"),
        ("index", "'index' is the name of the front door, which leads to the first page; rename the page"),
        ("py-modindex", "'py-modindex' is the name of an index of Sphinx's; rename the page"),
        ("downloads/zia", "'downloads/' is the folder of what readers take away; put the page into another"),
        ("id/index", "'id/' is the folder of what an id leads to; put the page into another"),
        ("figures/zia", "'figures/' is the folder of the pictures; put the page into another"),
        ("part-zia", "in print it has the same name as book/part/zia.md; rename one of them"),
    ],
)
def test_a_name_that_is_taken_is_refused(tmp_path: Path, page: str, told: str) -> None:
    for name in ("intro", "part/zia", page):
        path = tmp_path / "book" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Title\n")
    assert list(names.page_name_problems(tmp_path / "book")) == [f"book/{page}.md:1:1: {told}"]


@pytest.mark.parametrize("page", ["intro", "part/zia", "searches", "download", "part/search", "part/figures"])
def test_other_names_are_free(tmp_path: Path, page: str) -> None:
    path = tmp_path / "book" / f"{page}.md"
    path.parent.mkdir(parents=True)
    path.write_text("# Title\n")
    assert list(names.page_name_problems(tmp_path / "book")) == []


def test_every_page_that_a_build_makes_by_itself_is_known(tmp_path: Path) -> None:
    """A build of the day: what lies in its root beside the pages of the author."""
    root = small_book.make(tmp_path, alpha=small_book.chapter("Alpha", "1"))
    assert small_book.stock_build(root).returncode == 0
    made = {p.stem for p in (root / "_build" / "html").glob("*.html")} - {"intro", "alpha"}
    assert made and made <= names.PAGES.keys()


@pytest.mark.parametrize(
    "name", ["zia.rst", "zia.ipynb", "zia.MD", "zia.markdown", "zia.txt", "part/notes.docx"]
)
def test_what_is_no_page_is_refused(tmp_path: Path, name: str) -> None:
    root = small_book.make(tmp_path / "root", alpha="# Alpha\n")
    (root / "book" / "part").mkdir()
    (root / "book" / name).write_text("{}")
    (root / "book" / "part" / ".DS_Store").write_text("")
    told = "no page, whose name ends with .md; rename it or move it away"
    assert list(names.page_name_problems(root / "book")) == [f"book/{name}:1:1: {told}"]


@pytest.mark.parametrize("entry", ["file: alpha.md", "file: 'alpha.md'", 'glob: "*"', "glob: part/*"])
def test_no_page_stands_in_the_contents_twice_unseen(tmp_path: Path, entry: str) -> None:
    root = small_book.make(tmp_path / "root", alpha="# Alpha\n")
    assert list(names.page_name_problems(root / "book")) == []
    with (root / "book" / "_toc.yml").open("a") as file:
        file.write(f"- {entry}\n")
    (told,) = names.page_name_problems(root / "book")
    assert told.startswith("book/_toc.yml:5: ") and told.endswith("write the name of each page, once")


def test_only_pages_that_are_checked_are_read_or_run(tmp_path: Path) -> None:
    """MyST-NB would execute an .ipynb by itself, past the watch; Sphinx would print a file that an .rst includes."""
    root = small_book.make(tmp_path / "root", alpha="# Alpha\n")
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None}
    cell["source"] = "open('was-run', 'w').close(); print('it ran')"
    notebook = {"cells": [cell], "metadata": {"kernelspec": {"name": "python3", "display_name": "x"}}}
    (root / "book" / "beta.ipynb").write_text(json.dumps(notebook | {"nbformat": 4, "nbformat_minor": 5}))
    (root / "book" / "gamma.rst").write_text("Gamma\n=====\n\n.. include:: /etc/passwd\n")
    with (root / "book" / "_toc.yml").open("a") as file:
        file.write("- file: beta\n- file: gamma\n")
    small_book.stock_build(root)
    assert not list(root.rglob("was-run")) and not list(root.rglob("beta.html")) + list(
        root.rglob("gamma.html")
    )
