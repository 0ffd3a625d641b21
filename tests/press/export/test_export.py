"""What people take away: what the package names, nothing that merely lies there, never over somebody's work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from fnmatch import translate
from pathlib import Path

import pytest
import small_book
import small_data
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from without_recognition import cli, load
from without_recognition.data import check, ignored
from without_recognition.data import dataset as tables
from without_recognition.findings import result_columns
from without_recognition.press.export import dataset
from without_recognition.press.formats import flat
from without_recognition.press.system import digest, files

DROPPINGS = [
    ".~lock.claims.csv#", ".DS_Store", "claims.csv.bak", "claims.csv~", "~$claims.xlsx", "#claims.csv#", ".#claims.csv",
    "._claims.csv", ".claims.csv.swp", ".nfs000000000123", "Thumbs.db", "desktop.ini", "claims.csv.orig",
    "claims.csv.rej", "claims.csv:Zone.Identifier", ".claims.csv.new", "claims.csv.tmp",
    ".ipynb_checkpoints/claims-checkpoint.csv", "__pycache__/x.pyc", "__MACOSX/claims.csv", ".idea/workspace.xml",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    """A small package in the place of the book's own."""
    made = small_data.write(tmp_path / "data")
    monkeypatch.setattr(tables, "data_folder", lambda: made)
    monkeypatch.setattr(dataset, "load", lambda: load(made))
    return made


def put(folder: Path, name: str, text: str = "user@machine") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def members(out: Path) -> set[str]:
    return set(zipfile.ZipFile(out / "without-recognition-data.zip").namelist())


def test_exported_is_what_the_package_names(folder: Path, tmp_path: Path) -> None:
    named = {f"data/{r['path']}" for r in json.loads((folder / "datapackage.json").read_text())["resources"]}
    for name in [*DROPPINGS, "notes.txt", "data/claims.csv", "series/mine.csv"]:
        put(folder, name)
    dataset.write_dataset(tmp_path / "out")
    written = {
        p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*") if p.is_file()
    }
    results = {f"results/{table.name}.csv" for table in result_columns.TABLES} | {"results/datapackage.json"}
    about = {"README.md", "LICENSE", "CITATION.cff", "SHA256SUMS"}
    assert members(tmp_path / "out") == named | {"data/datapackage.json"} | results | about
    others = {
        "without-recognition-data.zip",
        "without-recognition.sqlite",
        "without-recognition.xlsx",
        "sources.json",
        "sources.bib",
        "without-recognition.cdx.json",
        "sources.ris",
        "codemeta.json",
        "zenodo.json",
        "SHA256SUMS",
        *(f"parquet/{table.name}.parquet" for table in flat.tables(load(folder))),
    }
    assert written == members(tmp_path / "out") | others
    held = b"".join(p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file())
    assert b"user@machine" not in held


def test_check_refuses_strangers_and_ignores_what_programs_leave(folder: Path) -> None:
    assert check.data_problems(folder) == []
    before = digest._digest({"data": folder})
    for name in DROPPINGS:
        put(folder, name)
    assert check.data_problems(folder) == [] and digest._digest({"data": folder}) == before
    for name in ("my notes.txt", "data/claims.csv", "series/mine.csv", "claims (copy).csv"):
        put(folder, name)
        (told,) = check.data_problems(folder)
        assert told.startswith(f"datapackage.json: '{name}' lies beside it and is not named in it; ")
        (folder / name).unlink()


@pytest.mark.parametrize("place", ["data", "book", "book/findings", "analysis/without_recognition/data"])
def test_git_and_the_wheel_ignore_the_same(place: str, tmp_path: Path) -> None:
    inside = [f"{place}/{name}" for name in DROPPINGS]
    asked = subprocess.run(
        ["git", "check-ignore", "--no-index", *inside], cwd=ROOT, capture_output=True, text=True
    )  # fmt: skip
    assert asked.stdout.splitlines() == inside, set(inside) - set(asked.stdout.splitlines())
    kept = subprocess.run(
        ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )  # fmt: skip
    assert kept.stdout == "", "a file of the project is ignored"


def test_every_package_of_ours_is_in_the_repository() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    have = set(listed.stdout.splitlines())
    for path in (ROOT / "analysis" / "without_recognition").rglob("*.py"):
        package = path.parent / "__init__.py"
        assert path.relative_to(ROOT).as_posix() in have, path
        assert package.relative_to(ROOT).as_posix() in have, package


@given(st.sampled_from(DROPPINGS), st.sampled_from(["", "series/", "a b/"]))
def test_the_list_holds_wherever_the_file_lies(name: str, folder: str) -> None:
    import re

    assert any(ignored.ignored(part) for part in f"{folder}{name}".split("/"))
    path = f"{folder}{name}"
    parents = [path, *("/".join(path.split("/")[:n]) for n in range(1, path.count("/") + 1))]
    assert any(
        re.match(translate(glob.replace("**/", "*")), each) for glob in ignored.globs() for each in parents
    )


@pytest.mark.parametrize(
    "name", ["claims.csv", "datapackage.json", "zia.md", "_toc.yml", "un-votes.csv", "__init__.py"]
)
def test_work_is_not_ignored(name: str) -> None:
    assert not ignored.ignored(name)


@pytest.mark.parametrize(
    "given_", [".", "data", "data/series", "data/new", "link", "link/new", "data/../data"]
)
def test_nothing_is_exported_into_what_it_is_exported_from(
    folder: Path, tmp_path: Path, monkeypatch, capsys, given_: str
) -> None:
    (tmp_path / "link").symlink_to(folder)
    monkeypatch.chdir(tmp_path)
    before = small_files(tmp_path)
    assert cli.main(["export", given_]) == 1
    told = capsys.readouterr().err
    assert (
        told
        == f"book export: {Path(given_)}: the book itself is read from there; export to a folder of its own\n"
    )
    assert small_files(tmp_path) == before


def test_nor_among_the_words_and_the_code(capsys) -> None:
    for place in (ROOT, ROOT / "book" / "x", ROOT / "analysis" / "without_recognition", ROOT / "data"):
        assert cli.main(["export", str(place)]) == 1
        assert "the book itself is read from there" in capsys.readouterr().err


def small_files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def test_exported_again_where_nobody_changed_a_file_and_refused_where_somebody_did(
    folder: Path, tmp_path: Path, capsys
) -> None:
    out = tmp_path / "out"
    assert cli.main(["export", str(out)]) == 0
    first = small_files(out)
    assert cli.main(["export", str(out)]) == 0 and small_files(out) == first
    events = folder / "events.csv"
    events.write_text(events.read_text("utf-8").replace("A thing", "One thing"), "utf-8")
    load(folder)
    assert cli.main(["export", str(out)]) == 0, "a new edition over the one before"
    put(out, "sources.bib", "my own notes")
    put(out, "data/claims.csv", "mine")
    capsys.readouterr()
    assert cli.main(["export", str(out)]) == 1
    told = capsys.readouterr().err
    assert f"{out / 'sources.bib'}: not as an export wrote it; move it away" in told and "claims.csv" in told
    assert (out / "sources.bib").read_text() == "my own notes"


def test_a_folder_of_somebody_else_is_not_written_over(folder: Path, tmp_path: Path) -> None:
    put(tmp_path / "out", "sources.json", "[]")
    assert cli.main(["export", str(tmp_path / "out")]) == 1
    assert small_files(tmp_path / "out") == {"sources.json": b"[]"}


def test_the_sums_are_those_of_the_files(folder: Path, tmp_path: Path) -> None:
    dataset.write_dataset(tmp_path / "out")
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path / "out", capture_output=True
    )
    assert checked.returncode == 0, checked.stdout
    assert len(checked.stdout.splitlines()) == len(small_files(tmp_path / "out")) - 1


def test_modes_of_the_data_are_not_copied(folder: Path, tmp_path: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    dataset.write_dataset(tmp_path / "out")
    for path in (tmp_path / "out").rglob("*"):
        assert os.stat(path).st_mode & 0o200, path
    folder.chmod(0o755)


INTERRUPTED = """
import os, sys
from pathlib import Path
from without_recognition.press.system import files
replace, count = os.replace, 0
def stop(*names):
    global count
    count += 1
    if count > {after}:
        os.kill(os.getpid(), 9)
    replace(*names)
os.replace = stop
for name in ("a", "b", "c"):
    files.write_whole(Path({out!r}, name), b"new" * 100000)
"""


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_killed_export_leaves_the_old_file_or_the_new_one(tmp_path: Path, after: int) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_bytes(b"old")
    subprocess.run([sys.executable, "-c", INTERRUPTED.format(after=after, out=str(tmp_path))])
    held = [(tmp_path / name).read_bytes() for name in ("a", "b", "c")]
    assert held == [b"new" * 100000] * after + [b"old"] * (3 - after)
    assert all(ignored.ignored(p.name) for p in tmp_path.iterdir() if p.name not in ("a", "b", "c"))


@given(st.binary(max_size=20), st.lists(st.binary(max_size=20), max_size=4))
def test_nobodys_file_is_written_over(content: bytes, others: list[bytes]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as room:
        for other in others:
            files.write_whole(files.beside(Path(room, "zia.ipynb"), other), other)
        before = small_files(Path(room))
        out = files.beside(Path(room, "zia.ipynb"), content)
        files.write_whole(out, content)
        after = small_files(Path(room))
        assert before.items() <= after.items() and out.read_bytes() == content
        assert len(after) == len({*others, content}), "the same content is not kept twice"


def test_run_keeps_the_notes_of_a_reader(tmp_path: Path, monkeypatch, capsys) -> None:
    from without_recognition.press.system import checkout

    root = small_book.make(tmp_path / "site", one=small_book.chapter("One", "print(6 * 7)"))
    monkeypatch.setattr(checkout, "book_folder", lambda: root)
    monkeypatch.chdir(tmp_path)
    assert cli.main(["run", "one"]) == 0 and capsys.readouterr().out == "one.ipynb\n"
    assert cli.main(["run", "one"]) == 0 and capsys.readouterr().out == "one.ipynb\n"
    mine = tmp_path / "one.ipynb"
    mine.write_text(mine.read_text("utf-8").replace("One", "Notes of a week"), "utf-8")
    noted = mine.read_bytes()
    assert cli.main(["run", "one"]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("one-2.ipynb\n", "one.ipynb holds something else and was left as it is\n")
    assert mine.read_bytes() == noted and "42" in (tmp_path / "one-2.ipynb").read_text("utf-8")


def test_two_chapters_of_one_name_in_two_folders_are_both_kept(tmp_path: Path) -> None:
    from without_recognition.press.execution import execute
    from without_recognition.press.export import notebooks

    root = small_book.make(tmp_path / "site", one=small_book.chapter("One", "print(1)"))
    (root / "book" / "part").mkdir()
    (root / "book" / "part" / "one.md").write_text(small_book.chapter("Other", "print(2)"))
    (root / "book" / "_toc.yml").write_text(
        "format: jb-book\nroot: intro\nchapters:\n- file: one\n- file: part/one\n"
    )
    assert list(execute.by_name(execute.chapters(root / "book"))) == ["one", "part/one"]
    assert small_book.stock_build(root).returncode == 0
    written = notebooks.write_notebooks(root, tmp_path / "out", "Title")
    assert [p.relative_to(tmp_path / "out").as_posix() for p in written] == ["one.ipynb", "part/one.ipynb"]
    assert len({p.read_bytes() for p in written}) == 2
