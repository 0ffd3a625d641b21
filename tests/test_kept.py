"""Pages that are used again: the bytes are always those of a build from nothing, and nothing is made in vain."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
import small_book

from analysis.press import build, figures, inputs, kept

TEXTS = {
    "one": small_book.chapter("One", "print(6 * 7)", "(here)=\n## A part\n\nWords of a kind."),
    "two": small_book.chapter("Two", "print('two')", "See {ref}`here` and {doc}`one`."),
    "three": "# Three\n\n## Further\n\nNothing runs on this page; singular rests here.\n",
}
CONTENTS = "format: jb-book\nroot: intro\nchapters:\n- file: one\n- file: two\n- file: three\n- file: terms\n"
FILES = {
    "../requirements.lock": "",
    "_toc.yml": CONTENTS,
    "intro.md": "# Introduction\n\nRead on.\n",
    "terms.md": "# Terms\n\n```{glossary}\nGrade\n  How firm.\n```\n",
    **{f"{name}.md": text for name, text in TEXTS.items()},
}
MARK = b"<!-- kept -->"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    root = small_book.make(tmp_path_factory.mktemp("kept") / "book", **TEXTS)
    (root / "requirements.lock").write_text("")
    return root


def write(root: Path, name: str, text: str) -> None:
    """Change a file so that its time tells nothing."""
    path = root / "book" / name
    path.write_text(text)
    os.utime(path, (1e9, 1e9))


def lay_out(root: Path, changed: dict[str, str | None]) -> None:
    """Write the whole book anew, with some of its files changed, added or left out."""
    shutil.rmtree(root / "book")
    (root / "book").mkdir()
    for name, text in (FILES | changed).items():
        if text is not None:
            write(root, name, text)


def made(root: Path, out: str = "out") -> dict[str, bytes]:
    """Name -> bytes of the files, made in a folder of that name: the next build may well go elsewhere."""
    out = root / "_build" / out / "html"
    assert build.pages(root, out)
    files = (path for path in out.rglob("*") if path.is_file() and path.name != ".buildinfo")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def from_nothing(root: Path) -> dict[str, bytes]:
    shutil.rmtree(root / kept.FOLDER, ignore_errors=True)
    return made(root)


def mark(root: Path) -> None:
    """Mark every page that is kept, to see it when it is used again."""
    for page in (root / kept.FOLDER).rglob("html/**/*.html"):
        page.write_bytes(page.read_bytes() + MARK)


def replaced(name: str, old: str, new: str):
    assert old in TEXTS[name]
    return {f"{name}.md": TEXTS[name].replace(old, new)}


ALL = set(TEXTS)
EDITS = {  # what is edited -> which chapters may be used again
    "nothing": ({}, ALL),
    "words": (replaced("three", "singular", "plural, and more than one word,"), {"one", "two"}),
    "a code cell": (replaced("one", "6 * 7", "7 * 7"), {"two", "three"}),
    "what other pages refer to": (replaced("one", "A part", "Another part"), set()),
    "a title": (replaced("three", "# Three", "# Third"), set()),
    "a heading": (replaced("three", "Further", "Farther"), set()),
    "a label": (replaced("three", "## Further", "(there)=\n## Further"), set()),
    "the introduction": ({"intro.md": "# Introduction\n\nRead on, and on.\n"}, ALL),
    "the order": ({"_toc.yml": CONTENTS.replace("one", "x").replace("two", "one").replace("x", "two")}, set()),
    "a page that comes": ({"four.md": "# Four\n", "_toc.yml": CONTENTS + "- file: four\n"}, set()),
    "a page that goes": ({"one.md": None, "_toc.yml": CONTENTS.replace("- file: one\n", ""),
                          **replaced("two", "{ref}`here` and {doc}`one`", "no page")}, set()),
    "a picture": ({"a.svg": PICTURE, **replaced("three", "Nothing", "![A dot](a.svg) Nothing")}, set()),
    "a file that is taken in": ({"part.txt": "Words.", **replaced(
        "three", "Nothing", "\n```{include} part.txt\n```\nNothing")}, set()),
    "a setting": ({"../requirements.lock": "# another"}, set()),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_pages_are_used_again_where_no_byte_of_the_book_is_another_for_it(book, edit):
    changed, usable = EDITS[edit]
    lay_out(book, {})
    from_nothing(book)
    mark(book)
    lay_out(book, changed)
    again = made(book, "elsewhere")
    assert {name for name in ALL if f"{name}.html" in again and MARK in again[f"{name}.html"]} == usable
    assert {name: content.replace(MARK, b"") for name, content in again.items()} == from_nothing(book)


def test_a_book_that_does_not_build_leaves_what_is_kept(book):
    lay_out(book, {})
    made(book)
    before = sorted((book / kept.FOLDER).rglob("*"))
    for broken in ("{ref}`nowhere`", "[there](nowhere.md)"):
        lay_out(book, replaced("three", "Nothing", broken))
        assert not build.pages(book, book / "_build" / "out" / "html")
        assert sorted((book / kept.FOLDER).rglob("*")) == before
    lay_out(book, replaced("three", "Nothing", "Much"))
    assert made(book) == from_nothing(book)


def test_what_is_edited_while_pages_are_made_is_not_kept(book, monkeypatch):
    lay_out(book, {})
    made(book)
    fetch = kept.fetch

    def fetch_and_edit(*folders: Path) -> str:
        frame = fetch(*folders)
        lay_out(book, EDITS["the order"][0])
        return frame

    monkeypatch.setattr(kept, "fetch", fetch_and_edit)
    made(book)
    monkeypatch.undo()
    assert made(book) == from_nothing(book)


def test_kept_pages_that_were_spoilt_are_made_anew(book):
    lay_out(book, {})
    sound = from_nothing(book)
    for pickled in (book / kept.FOLDER).rglob("environment.pickle"):
        pickled.write_bytes(b"spoilt")
    assert made(book) == sound


def test_the_frame_of_pages_is_all_but_their_words(book):
    lay_out(book, {})
    frame = inputs.digest_of_frame(book)
    lay_out(book, replaced("three", "Nothing", "Much"))
    assert inputs.digest_of_frame(book) == frame
    seen = {frame}
    for name in ("book/four.md", "book/data.csv", "_config.yml", "requirements.lock", "CITATION.cff"):
        with (book / name).open("a") as file:
            file.write("# more\n")
        seen.add(inputs.digest_of_frame(book))
    assert len(seen) == 6


def test_files_of_a_figure_that_is_gone_go(tmp_path):
    drawn = {"key": "x-kept", "svg": PICTURE, "csv": "a\n"}
    app = SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(format="html"), env=SimpleNamespace())
    app.env.wr_figures = {"one": {"x-kept": drawn}, "two": {"x-gone": drawn}}
    figures.write(app, None)
    assert len(list((tmp_path / "figures").iterdir())) == 6
    app.env.wr_figures = {"one": {"x-kept": drawn}}
    figures.write(app, None)
    assert {path.stem for path in (tmp_path / "figures").iterdir()} == {"x-kept"}
