"""Two builds in unlike places give the same bytes, and where they do not, we are told where."""

from __future__ import annotations

import zipfile
from pathlib import Path

import small_book
from without_recognition.press.build import reproduce

TELLTALE = "import os\nprint(os.path.basename(os.path.dirname(os.getcwd())))"
PACKING = "all members are the same; their order, dates or packing differ"


def test_two_builds_of_a_chapter_that_knows_where_it_is(tmp_path):
    root = small_book.checkout(tmp_path / "site", only=small_book.chapter("One", TELLTALE))
    said = small_book.run(root, "reproduce")
    assert said.stdout, said.stderr
    *told, last = said.stdout.splitlines()
    assert [line.partition(" (")[0] for line in told] == [
        "downloads/notebooks/only.ipynb",
        "downloads/without-recognition.epub",
        "downloads/without-recognition.pdf",
        "only.html",
    ]
    shown = (told[0], told[1], told[3])
    assert all("one" in line and "another, with a longer name" in line for line in shown)
    assert "EPUB/text/ch" in told[1] and ": object " in told[2]
    assert (said.returncode, last) == (1, "4 files differ")
    assert not (root / "_build").exists()


def test_two_equal_builds(tmp_path, monkeypatch, capsys):
    root = small_book.checkout(tmp_path / "site", only=small_book.chapter("One", "1"))
    monkeypatch.setattr(reproduce.book, "book_folder", lambda: root)
    monkeypatch.setattr(reproduce, "built_edition", lambda folder, place: folder / "book")
    assert reproduce.main([]) == 0
    assert capsys.readouterr().out == "3 files, byte for byte the same\n"


def test_a_book_that_cannot_be_built_is_not_called_the_same(tmp_path):
    root = small_book.checkout(tmp_path / "site", only=small_book.chapter("One", "1"))
    (root / "book" / "_toc.yml").unlink()
    said = small_book.run(root, "reproduce")
    assert said.returncode == 1 and said.stdout == ""
    assert said.stderr.splitlines()[-1] == (
        "book reproduce: the book could not be built, so it could not be compared; the reason stands above"
    )


def packed(path: Path, date: tuple, **members: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, date), text)


def test_what_differs_is_named(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    day, next_day = (2026, 1, 1, 0, 0, 0), (2026, 1, 2, 0, 0, 0)
    for folder in (one, other):
        (folder / "in").mkdir(parents=True)
        (folder / "in" / "same").write_text("same")
        first = folder is one
        (folder / f"{first}.txt").write_text("")
        (folder / "bytes").write_bytes(b"\xff\x00" if first else b"\xff\x01\x02")
        (folder / "longer.txt").write_text("a\n" if first else "a\nb\n")
        (folder / "text.txt").write_text("a\n" + "x" * 900 + ("day" if first else "night"))
        (folder / "x.pdf").write_bytes(b"7 0 obj 9 0 obj " + (b"a" if first else b"b"))
        packed(folder / "date.zip", day if first else next_day, a="a")
        packed(folder / "member.epub", day, a="a", b="b" if first else "c")
        packed(folder / "names.zip", day, **({"a": "a"} if first else {"a": "a", "b": ""}))
    told = list(reproduce.differences(one, other))
    assert told == [
        "False.txt: in the second alone",
        "True.txt: in the first alone",
        "bytes (2 and 3 bytes): byte 1",
        f"date.zip {zip_sizes(one, other, 'date.zip')}: {PACKING}",
        "longer.txt (2 and 4 bytes): line 2: '' and 'b\\n'",
        f"member.epub {zip_sizes(one, other, 'member.epub')}: b, line 1: 'b' and 'c'",
        f"names.zip {zip_sizes(one, other, 'names.zip')}: b, in one of the two alone",
        f"text.txt (905 and 907 bytes): line 2: '{'x' * 50}day' and '{'x' * 50}night'",
        "x.pdf (17 and 17 bytes): object 9, byte 16",
    ]


def zip_sizes(one: Path, other: Path, name: str) -> str:
    return f"({(one / name).stat().st_size} and {(other / name).stat().st_size} bytes)"
