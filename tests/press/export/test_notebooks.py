"""Chapters as notebooks: valid, the same on every machine, and able to run where there is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys

import nbformat
import pytest
import small_book
from conftest import ROOT
from without_recognition.press import PressError
from without_recognition.press.execution import execute
from without_recognition.press.export import notebooks

CODE = "from without_recognition import load\nload().package['name'], 6 * 7"


@pytest.fixture
def chapter(tmp_path):
    small_book.make(tmp_path / "site", only=small_book.chapter("One", CODE))
    return execute.chapters(tmp_path / "site" / "book")[0]


def test_the_same_notebook_every_time(chapter):
    first, second = (nbformat.writes(notebooks.portable(execute.run(chapter), "Title")) for _ in range(2))
    assert first == second
    notebook = nbformat.reads(first, as_version=4)
    nbformat.validate(notebook)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells) == 3
    assert notebook.cells[2].outputs[0].data["text/plain"] == "('without-recognition', 42)"
    assert str(chapter.path.parent) not in first and "source_map" not in first


def test_written_from_the_store_that_the_pages_come_from(tmp_path, chapter):
    root = chapter.path.parents[1]
    with pytest.raises(PressError, match="only.md: was not executed"):
        notebooks.write_notebooks(root, tmp_path / "out", "Title")
    assert small_book.stock_build(root).returncode == 0
    (path,) = notebooks.write_notebooks(root, tmp_path / "out", "Title")
    assert path.name == "only.ipynb" and "('without-recognition', 42)" in path.read_text("utf8")


def test_runs_from_anywhere_once_the_package_is_installed(tmp_path, chapter):
    site = tmp_path / "installed"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    subprocess.run([*pip, "--target", site, ROOT], check=True)
    assert (
        not (site / "data").exists()
        and (site / "without_recognition" / "_data" / "datapackage.json").is_file()
    )
    chapter.notebook.cells[1].source = (
        "import without_recognition\nprint(without_recognition.__file__)\n" + chapter.notebook.cells[1].source
    )
    away = tmp_path / "away"
    away.mkdir()
    path = away / "chapter.ipynb"
    path.write_text(nbformat.writes(notebooks.portable(chapter.notebook, "Title")))
    program = (
        "import nbformat, nbclient, sys; nb = nbformat.read(sys.argv[1], 4); nbclient.execute(nb); print(nb)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, path],
        cwd=away,
        text=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(site)},
    )
    assert ran.returncode == 0, ran.stderr
    assert (
        str(site / "without_recognition" / "__init__.py") in ran.stdout
        and "('without-recognition', 42)" in ran.stdout
    )


def test_an_unknown_chapter_is_told_with_the_nearest(tmp_path, monkeypatch):
    root = small_book.make(tmp_path / "site", only=small_book.chapter("One", CODE))
    monkeypatch.setattr("without_recognition.press.system.checkout.book_folder", lambda: root)
    with pytest.raises(PressError, match="unknown chapter 'other'; the nearest is 'only'"):
        notebooks.main(["other"])


def test_run_writes_the_chapter_here(tmp_path, monkeypatch, capsys):
    root = small_book.make(tmp_path / "site", only=small_book.chapter("One", CODE))
    monkeypatch.setattr("without_recognition.press.system.checkout.book_folder", lambda: root)
    monkeypatch.chdir(tmp_path)
    assert notebooks.main(["only"]) == 0
    assert capsys.readouterr().out == "only.ipynb\n"
    assert "('without-recognition', 42)" in (tmp_path / "only.ipynb").read_text("utf8")
