"""The whole build: everything or nothing, once or not at all, in words that a user can act on."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest
import small_book

from analysis import cli
from analysis.press import PressError, build, exports, inputs, kept, publish


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A small book whose data are sound and whose PDF and EPUB are made in no time."""
    root = small_book.make(tmp_path / "site", only=small_book.chapter("One", "print(6 * 7)"))
    (root / "requirements.lock").write_text("")
    monkeypatch.setattr(build, "problems", lambda root: [])
    monkeypatch.setattr(build, "book_folder", lambda: root)
    monkeypatch.setattr(build, "on_paper", quick)
    return root


def quick(pages: Path, downloads: Path, memory: Path) -> None:
    """Stands for the PDF and the EPUB."""
    downloads.mkdir(exist_ok=True)
    for name in ("pdf", "epub"):
        (downloads / f"{build.NAME}.{name}").write_bytes(b"%")


def test_all_formats_lie_in_one_edition_and_nothing_is_built_twice(site, monkeypatch):
    index = build.build(site)
    assert index == site / "_build" / "book" / "index.html" and index.is_file()
    expected = ("pdf", "epub", "data.zip")
    book = small_book.files(site)
    named = {f"downloads/without-recognition{'-' if '.' in each else '.'}{each}" for each in expected}
    assert named <= book.keys()
    assert "downloads/notebooks/only.ipynb" in book and "downloads/data/datapackage.json" in book
    assert "42" in book["only.html"].decode() and ".buildinfo" not in book
    monkeypatch.setattr(build, "_make", lambda *a: pytest.fail("built again"))
    build.build(site)


@pytest.mark.parametrize("broken", ["cell", "page", "pdf", "data"])
def test_a_broken_book_leaves_the_old_one_and_fails_every_time(site, monkeypatch, broken):
    build.build(site)
    before = small_book.files(site)
    page = site / "book" / "only.md"
    page.write_text(page.read_text() + "\nNew words.\n")
    if broken == "cell":
        page.write_text(page.read_text().replace("6 * 7", "6 / 0"))
    elif broken == "page":
        page.write_text(page.read_text().replace("Words.", "[Words](nowhere.md)"))
    elif broken == "pdf":
        monkeypatch.setattr(build, "on_paper", fail)
    else:
        monkeypatch.setattr(build, "problems", lambda root: ["claims.csv:2:basis: is empty; fill it in"])
    for _ in range(2):
        with pytest.raises(PressError):
            build.build(site)
        assert small_book.files(site) == before
        assert [path.name for path in (site / "_build" / "editions").iterdir()] == [
            publish.current(site / "_build")
        ]


@pytest.mark.parametrize("step", ["_changed", "_drop_lost_words"])
def test_a_fault_of_the_program_is_told_in_one_line_and_its_traceback_kept(site, monkeypatch, capsys, step):
    monkeypatch.setattr(kept, step, broken)
    assert cli.main(["preview"]) == 1
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said.startswith("book preview: book: ") and "ZeroDivisionError: division by zero" in said
    assert said.endswith("_build/traceback.txt")
    assert "in broken" in (site / "_build" / "traceback.txt").read_text()


def broken(*_):
    return 1 / 0


def fail(*_):
    raise PressError("a figure has no words")


@contextmanager
def at_once(job, *arguments):
    """In place of `aside`, where what a job is cannot cross to another process."""
    job(*arguments)
    yield


def test_what_is_edited_meanwhile_is_not_published_as_something_else(site, monkeypatch):
    def edit(pages, downloads, memory):
        (site / "book" / "intro.md").write_text("# Changed\n")

    monkeypatch.setattr(build, "on_paper", edit)
    monkeypatch.setattr(build, "aside", at_once)
    with pytest.raises(PressError, match="edited while the book was being built"):
        build.build(site)
    assert publish.current(site / "_build") is None


def test_same_bytes_in_another_place_and_time_zone(tmp_path, monkeypatch, site):
    build.build(site)
    other = small_book.make(tmp_path / "a much longer name", only=(site / "book" / "only.md").read_text())
    (other / "requirements.lock").write_text("")
    monkeypatch.setenv("TZ", "Asia/Karachi")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    build.build(other)
    assert small_book.files(other) == small_book.files(site)


def test_preview_publishes_nothing_and_tells_of_warnings(site, capsys):
    assert build.preview([]) == 0
    assert capsys.readouterr().out.endswith("preview/html/index.html\n")
    page = site / "book" / "only.md"
    page.write_text(page.read_text().replace("Words.", "[Words](nowhere.md)"))
    assert build.preview([]) == 1 and build.preview([]) == 1
    assert publish.current(site / "_build") is None


def test_preview_of_what_has_not_changed_is_left_as_it_is(site, monkeypatch):
    assert build.preview([]) == 0
    page, pages = site / "book" / "only.md", build.pages
    monkeypatch.setattr(build, "pages", lambda *a: pytest.fail("made again"))
    assert build.preview([]) == 0
    monkeypatch.setattr(build, "pages", pages)
    page.write_text(page.read_text().replace("Words.", "Others."))
    assert build.preview([]) == 0
    assert "Others." in (site / "_build" / "preview" / "html" / "only.html").read_text()


def test_preview_edited_while_it_is_made_is_made_again(site, monkeypatch):
    page, pages = site / "book" / "only.md", build.pages

    def edited(root: Path, out: Path) -> bool:
        made = pages(root, out)
        page.write_text(page.read_text().replace("Words.", "Others."))
        return made

    before = page.read_text()
    monkeypatch.setattr(build, "pages", edited)
    assert build.preview([]) == 0
    monkeypatch.setattr(build, "pages", pages)
    page.write_text(before)
    (site / "_build" / "preview" / "html" / "only.html").write_text("spoilt")
    assert build.preview([]) == 0
    assert "Words." in (site / "_build" / "preview" / "html" / "only.html").read_text()


def test_users_are_told_in_words(site, monkeypatch, capsys):
    monkeypatch.setattr(build, "on_paper", fail)
    assert cli.main(["build"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "book build: a figure has no words"

    monkeypatch.setattr(build, "aside", at_once)

    def no_space(*_):
        raise OSError(28, "No space left on device", "x.pdf")

    monkeypatch.setattr(build, "on_paper", no_space)
    assert cli.main(["build"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"book build: {site / '_build'}: no space is left on this disk; free some and build again;"
        " the book that was there is untouched"
    )


def test_outside_a_checkout_there_is_no_book(tmp_path, monkeypatch):
    monkeypatch.setattr(
        build.analysis, "__file__", str(tmp_path / "site-packages" / "analysis" / "__init__.py")
    )
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PressError, match="run this in a checkout"):
        build.book_folder()


def test_import_of_the_package_brings_no_press():
    program = "import sys, analysis; analysis.load(); print(sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert not {"'sphinx'", "'docutils'", "'typst'", "'nbformat'"} & set(loaded.strip("[]\n").split(", "))


def test_archives_do_not_know_when_they_were_made(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "b.csv").write_text("b")
    (tmp_path / "data" / "a.csv").write_text("a")
    exports.pack(tmp_path / "data", tmp_path / "one.zip")
    (tmp_path / "data" / "a.csv").touch()
    exports.pack(tmp_path / "data", tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert zipfile.ZipFile(tmp_path / "one.zip").namelist() == ["data/a.csv", "data/b.csv"]


def test_the_only_time_is_the_release_date():
    assert inputs.release_epoch() % 86400 == 0 and inputs.release_epoch() > 1_700_000_000
