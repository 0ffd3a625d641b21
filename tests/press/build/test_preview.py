"""The preview: what changed is made again and nothing else; what warned warns again; nothing is published."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import small_book
from sphinx.builders.html import StandaloneHTMLBuilder
from without_recognition import cli
from without_recognition.press.build import book, preview, publish, sphinx_build
from without_recognition.press.execution import execute

CHAPTERS = {
    "one": small_book.chapter("One", "print(6 * 7)", "(here)=\n## A part\n\nWords."),
    "two": small_book.chapter("Two", "print('two')", "See {ref}`here`."),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A small book of two chapters, the second of which refers to the first, with its preview."""
    root = small_book.make(tmp_path_factory.mktemp("preview") / "site", **CHAPTERS)
    (root / "requirements.lock").write_text("")
    assert preview.update(root, root / "_build" / "preview")
    return root.rename(root.with_name("made"))


@pytest.fixture
def site(made, monkeypatch) -> Path:
    """That book, where Sphinx knows it, in the state of its first preview."""
    root = made.with_name("site")
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(made, root)
    monkeypatch.setattr(book, "book_folder", lambda: root)
    return root


def edit(root: Path, name: str, old: str, new: str) -> None:
    page = root / "book" / f"{name}.md"
    assert old in page.read_text()
    page.write_text(page.read_text().replace(old, new))


def shown(root: Path, name: str) -> Path:
    return root / "_build" / "preview" / "html" / f"{name}.html"


def make(root: Path) -> tuple[int, set[str]]:
    """The exit code of a preview, and the chapters that it wrote."""
    for name in CHAPTERS:
        if shown(root, name).is_file():
            shown(root, name).write_text("old")
            os.utime(shown(root, name))
    code = preview.main([])
    return code, {name for name in CHAPTERS if shown(root, name).read_text() != "old"}


def test_only_what_changed_is_made_again_and_nothing_is_published(site, capsys):
    edit(site, "one", "Words.", "Others.")
    assert make(site) == (0, {"one"}) and "Others." in shown(site, "one").read_text()
    assert capsys.readouterr().out.endswith("preview/html/index.html\n")
    edit(site, "two", "print('two')", "print(2 + 2)")
    assert make(site) == (0, {"two"}) and ">4\n" in shown(site, "two").read_text()
    (site / "requirements.lock").write_text("# data, code and packages change every page\n")
    assert make(site) == (0, {"one", "two"})
    assert publish.current(site / "_build") is None


def test_what_has_not_changed_is_left_as_it_is(site):
    assert make(site) == (0, set())


def test_what_warned_is_shown_and_warns_again_until_it_is_mended(site, capsys):
    edit(site, "one", "Words.", "[Others](nowhere.md).")
    for _ in range(2):
        capsys.readouterr()
        assert make(site) == (1, {"one"})
        assert "book/one.md:11: " in capsys.readouterr().err and "Others" in shown(site, "one").read_text()
    edit(site, "one", "[Others](nowhere.md).", "Others.")
    assert make(site) == (0, {"one"})


def test_a_page_that_warned_of_another_is_made_again_when_that_one_is_mended(site, capsys):
    edit(site, "one", "(here)=", "(there)=")
    edit(site, "two", "See", "Now see")
    assert make(site)[0] == 1 and "undefined label: 'here'" in capsys.readouterr().err
    edit(site, "one", "(there)=", "(here)=")
    assert make(site) == (0, {"one", "two"}) and 'href="one.html#here"' in shown(site, "two").read_text()


def test_what_is_edited_while_it_is_made_is_made_again(site, monkeypatch):
    pages = sphinx_build.build_pages

    def edited(root: Path, out: Path) -> bool:
        clean = pages(root, out)
        edit(root, "one", "Others.", "Third words.")
        return clean

    edit(site, "one", "Words.", "Others.")
    with monkeypatch.context() as patch:
        patch.setattr(sphinx_build, "build_pages", edited)
        assert make(site) == (0, {"one"})
    assert make(site) == (0, {"one"}) and "Third words." in shown(site, "one").read_text()


def test_what_a_killed_preview_left_is_not_built_upon(site, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    edit(site, "one", "Words.", "Others.")
    with monkeypatch.context() as patch:
        patch.setattr(sphinx_build, "build_pages", killed)
        with pytest.raises(KeyboardInterrupt):
            preview.main([])
    assert make(site) == (0, {"one", "two"})


def test_a_cell_that_fails_leaves_the_pages_that_were_there(site):
    edit(site, "one", "6 * 7", "6 / 0")
    with pytest.raises(execute.ChapterError):
        preview.main([])
    assert "42" in shown(site, "one").read_text()
    edit(site, "one", "6 / 0", "6 * 8")
    assert make(site) == (0, {"one"})


@pytest.mark.parametrize("method", ["read_doc", "write_doc"])
def test_a_fault_of_the_program_is_told_in_one_line_and_its_traceback_kept(site, monkeypatch, capsys, method):
    edit(site, "one", "Words.", "Others.")
    with monkeypatch.context() as patch:
        patch.setattr(StandaloneHTMLBuilder, method, broken)
        assert cli.main(["preview"]) == 1
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said.startswith("book preview: book") and "ZeroDivisionError: division by zero" in said
    assert said.endswith("_build/traceback.txt")
    assert "in broken" in (site / "_build" / "traceback.txt").read_text()
    assert make(site) == (0, {"one", "two"})


def broken(*_):
    return 1 / 0
