"""The whole build: everything or nothing, once or not at all, in words that a user can act on."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest
import small_book
from without_recognition import cli
from without_recognition.press import PressError
from without_recognition.press.build import book as build
from without_recognition.press.build import check, publish
from without_recognition.press.formats import downloads
from without_recognition.press.system import checkout, digest


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A small book whose data are sound and whose PDF and EPUB are made in no time."""
    root = small_book.make(tmp_path / "site", only=small_book.chapter("One", "print(6 * 7)"))
    (root / "requirements.lock").write_text("")
    monkeypatch.setattr(check, "problems_before_build", lambda root: [])
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
        monkeypatch.setattr(
            check, "problems_before_build", lambda root: ["claims.csv:2:basis: is empty; fill it in"]
        )
    for _ in range(2):
        with pytest.raises(PressError):
            build.build(site)
        assert small_book.files(site) == before
        left = {path.name.removesuffix(".whole") for path in (site / "_build" / "editions").iterdir()}
        assert left == {publish.current(site / "_build")}


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
        checkout.without_recognition,
        "__file__",
        str(tmp_path / "site-packages" / "without_recognition" / "__init__.py"),
    )
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PressError, match="run this in a checkout"):
        checkout.book_folder()


def test_import_of_the_package_brings_no_press():
    program = (
        "import sys, without_recognition; without_recognition.load(); "
        "print(sorted({m.split('.')[0] for m in sys.modules}))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert not {"'sphinx'", "'docutils'", "'typst'", "'nbformat'"} & set(loaded.strip("[]\n").split(", "))


def test_archives_do_not_know_when_they_were_made():
    one = downloads.packed({"data/b.csv": b"b", "data/a.csv": b"a"})
    assert downloads.packed({"data/a.csv": b"a", "data/b.csv": b"b"}) == one
    members = zipfile.ZipFile(io.BytesIO(one)).infolist()
    assert [each.filename for each in members] == ["data/a.csv", "data/b.csv"]
    assert {each.date_time for each in members} == {downloads.ZIP_EPOCH}


def test_the_only_time_is_the_release_date():
    assert digest.release_epoch() % 86400 == 0 and digest.release_epoch() > 1_700_000_000
