"""A chapter is read in one way by check, run, build and export: no mark and no line end hides it from the guard."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
import small_book
from hypothesis import given
from hypothesis import strategies as st
from without_recognition.press.build import check
from without_recognition.press.execution import execute, reading
from without_recognition.press.lint import pages

FORMS = {
    "plain": lambda raw: raw,
    "mark": lambda raw: codecs.BOM_UTF8 + raw,
    "windows": lambda raw: raw.replace(b"\n", b"\r\n"),
    "mark and windows": lambda raw: codecs.BOM_UTF8 + raw.replace(b"\n", b"\r\n"),
    "old mac": lambda raw: raw.replace(b"\n", b"\r"),
}
TELLTALE = small_book.chapter("Alpha", 'print(open("/etc/hostname").read())')


def written(root: Path, text: str, form: str) -> Path:
    small_book.make(root, alpha=text)
    page = root / "book" / "alpha.md"
    page.write_bytes(FORMS[form](page.read_bytes()))
    return page


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_chapter_is_the_same_chapter(tmp_path: Path, form: str) -> None:
    plain = reading.chapters(written(tmp_path / "plain", TELLTALE, "plain").parent)[0]
    (chapter,) = reading.chapters(written(tmp_path / "other", TELLTALE, form).parent)
    assert (chapter.name, chapter.digest) == ("alpha", plain.digest)
    assert [c.source for c in chapter.notebook.cells] == [c.source for c in plain.notebook.cells]
    assert pages.read_page(chapter.path) == pages.read_page(plain.path)
    assert check.page_problems(tmp_path / "other") == []


@pytest.mark.parametrize("form", ["mark", "windows"])
def test_the_guard_sees_a_chapter_of_every_form(tmp_path: Path, form: str) -> None:
    page = written(tmp_path / "site", TELLTALE, form)
    built = small_book.stock_build(tmp_path / "site")
    assert built.returncode and "reads /etc/hostname, which is outside data/" in built.stdout + built.stderr
    assert not (tmp_path / "site" / "_build" / "html" / "alpha.html").is_file()
    with pytest.raises(reading.ChapterError, match="reads /etc/hostname"):
        execute.run(reading.chapters(page.parent)[0])


def test_what_was_not_executed_here_is_refused_when_sphinx_reads_it(tmp_path: Path, monkeypatch) -> None:
    """Whatever the reason for which a notebook was missed, MyST-NB never runs it by itself."""
    root = small_book.make(tmp_path, alpha=TELLTALE)
    (root / "small_extension.py").write_text(
        "from without_recognition.press.execution import execute\n"
        "execute.chapters = lambda *a, **k: []\n"
        "def setup(app):\n"
        "    app.connect('config-inited', execute.run_chapters, priority=950)\n"
    )
    built = small_book.stock_build(root)
    assert built.returncode
    assert "book/alpha.md: Sphinx reads other words than were executed" in built.stdout + built.stderr


@given(st.text(max_size=40), st.sampled_from(list(FORMS)))
def test_any_words_have_one_digest_and_one_notebook(text: str, form: str) -> None:
    import tempfile

    words = small_book.chapter(
        "Title", "1", prose=text.replace("\r", "\n").encode("utf-8", "ignore").decode()
    )
    with tempfile.TemporaryDirectory() as room:
        for name, change in (("plain", FORMS["plain"]), ("other", FORMS[form])):
            (Path(room) / name).mkdir()
            (Path(room) / name / "a.md").write_bytes(change(words.encode()))
        plain, other = (reading.chapters(Path(room) / name) for name in ("plain", "other"))
        assert [c.digest for c in plain] == [c.digest for c in other]
        assert [c.source for each in plain for c in each.notebook.cells] == [
            c.source for each in other for c in each.notebook.cells
        ]


def test_a_chapter_that_is_no_text_is_told_with_its_place(tmp_path: Path) -> None:
    page = written(tmp_path, TELLTALE.replace("Words.", "Müller."), "plain")
    page.write_bytes(page.read_text("utf-8").encode("cp1252"))
    told = "book/alpha.md:7:2: not UTF-8; save the file as UTF-8 (it may be Windows-1252: Müller)"
    with pytest.raises(reading.ChapterError) as caught:
        reading.chapters(page.parent)
    assert str(caught.value) == told and told in pages.form_problems(page.parent)


LEFT = [".ipynb_checkpoints/alpha-checkpoint.md", ".#alpha.md", "._alpha.md", "#alpha.md#", "alpha.md~",
        ".alpha.md.swp", ".~alpha.md", "alpha.md.bak", ".ipynb_checkpoints/alpha-checkpoint.ipynb",
        ".ipynb_checkpoints/notes.txt"]  # fmt: skip


def test_what_programs_leave_beside_chapters_is_no_chapter(tmp_path: Path) -> None:
    root = small_book.make(tmp_path, alpha=small_book.chapter("Alpha", "print(6 * 7)"))
    for name in LEFT:
        path = root / "book" / name
        path.parent.mkdir(exist_ok=True)
        if name == ".#alpha.md":  # the lock of Emacs leads nowhere
            path.symlink_to("user@machine.1234")
        else:
            path.write_bytes(b"\x00\x05\x16\x07 no text \xff")
    assert [c.name for c in reading.chapters(root / "book")] == ["alpha"]
    assert check.page_problems(root) == []
    built = small_book.stock_build(root, "-W", "--keep-going")
    assert built.returncode == 0, built.stdout + built.stderr
    html = root / "_build" / "html"
    assert "42" in (html / "alpha.html").read_text()
    assert not [p for p in html.rglob("*") if "checkpoint" in p.name or p.name.startswith((".#", "._"))]
