"""Publishing: the old book or the new one, whole, whatever happens in between."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT
from without_recognition.press import PressError
from without_recognition.press.build import publish
from without_recognition.press.system import files
from without_recognition.press.system.locking import alone


def put(build: Path, digest: str, text: str) -> None:
    with publish.edition(build, digest) as folder:
        (folder / "index.html").write_text(text)
        (folder.parent / "doctrees").mkdir()


def shown(build: Path) -> str:
    return (build / "book" / "index.html").read_text()


def editions(build: Path) -> list[str]:
    return sorted(path.name for path in (build / "editions").iterdir() if path.is_dir())


def test_an_edition_replaces_the_one_before(tmp_path):
    assert publish.current(tmp_path) is None
    put(tmp_path, "one", "first")
    assert (publish.current(tmp_path), shown(tmp_path)) == ("one", "first")
    put(tmp_path, "two", "second")
    assert (publish.current(tmp_path), shown(tmp_path)) == ("two", "second")
    assert not (tmp_path / "editions" / "two" / "doctrees").exists()


def test_a_failed_build_leaves_the_old_book_and_nothing_else(tmp_path):
    put(tmp_path, "one", "first")
    with pytest.raises(ZeroDivisionError), publish.edition(tmp_path, "two") as folder:
        (folder / "index.html").write_text("half")
        1 / 0
    assert (publish.current(tmp_path), shown(tmp_path)) == ("one", "first")
    assert editions(tmp_path) == ["one"]


@pytest.mark.parametrize("moment", ["while making", "when renamed", "before the flip"])
def test_a_killed_build_leaves_the_old_book_and_needs_no_cleaning(tmp_path, moment):
    put(tmp_path, "one", "first")
    stop = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    hooks = {
        "while making": "",
        "when renamed": "Path.rename = lambda *a: stop()",
        "before the flip": "publish.os.replace = lambda *a: stop()",
    }
    program = f"""
from pathlib import Path
from without_recognition.press.build import publish
def stop():
    {stop}
{hooks[moment]}
with publish.edition(Path({str(tmp_path)!r}), "two") as folder:
    (folder / "index.html").write_text("second")
    {"stop()" if moment == "while making" else ""}
"""
    assert subprocess.run([sys.executable, "-c", program]).returncode == -signal.SIGKILL
    assert (publish.current(tmp_path), shown(tmp_path)) == ("one", "first")
    put(tmp_path, "three", "third")
    assert (publish.current(tmp_path), shown(tmp_path)) == ("three", "third")
    left = {path.name.removesuffix(".whole") for path in (tmp_path / "editions").iterdir()}
    assert left <= {"one", "two", "three"}


def test_an_earlier_edition_comes_back_without_being_made_again(tmp_path):
    put(tmp_path, "one", "first")
    put(tmp_path, "two", "second")
    assert publish.show(tmp_path, "one") and shown(tmp_path) == "first"
    assert not publish.show(tmp_path, "never-made") and shown(tmp_path) == "first"


def test_showing_an_edition_sweeps_what_a_build_left_that_was_killed_before_it_could_show_it(tmp_path):
    put(tmp_path, "one", "first")
    left = tmp_path / "editions" / ".dropped-1-0-.making" / "book"
    left.mkdir(parents=True)
    assert publish.show(tmp_path, "one") and not list((tmp_path / "editions").glob(".*"))


def test_old_editions_are_dropped(tmp_path):
    for number in range(5):
        put(tmp_path, f"e{number}", "x")
        time.sleep(0.02)
    assert editions(tmp_path) == ["e3", "e4"]
    assert {p.name for p in (tmp_path / "editions").iterdir()} == {"e3", "e3.whole", "e4", "e4.whole"}


@pytest.mark.parametrize("lost", ["index.html", "figures/a.svg", "figures", "mark"])
def test_an_edition_that_lost_something_is_never_shown_again(tmp_path, lost):
    with publish.edition(tmp_path, "one") as folder:
        (folder / "figures").mkdir()
        for name in ("index.html", "figures/a.svg", "figures/b.svg"):
            (folder / name).write_text("first")
    put(tmp_path, "two", "second")
    one = tmp_path / "editions" / "one"
    if lost == "mark":
        (tmp_path / "editions" / "one.whole").unlink()
    elif lost == "figures":
        shutil.rmtree(one / lost)
    else:
        (one / lost).write_text("cut")
    assert not publish.show(tmp_path, "one")
    assert (publish.current(tmp_path), shown(tmp_path)) == ("two", "second")
    put(tmp_path, "one", "first again")
    assert (publish.current(tmp_path), shown(tmp_path)) == ("one", "first again")
    assert len(editions(tmp_path)) == 2


def test_the_shown_edition_is_made_again_when_it_lost_something(tmp_path):
    put(tmp_path, "one", "first")
    (tmp_path / "book" / "index.html").unlink()
    assert publish.current(tmp_path) is None
    put(tmp_path, "one", "first again")
    assert (publish.current(tmp_path), shown(tmp_path)) == ("one", "first again")


def test_what_somebody_adds_to_an_edition_does_not_harm_it(tmp_path):
    put(tmp_path, "one", "first")
    (tmp_path / "book" / ".nojekyll").touch()
    assert publish.current(tmp_path) == "one"


MODES = """
import os, sys, time
from pathlib import Path
sys.path.insert(0, {tests!r})
import small_book
small_book.obey_modes()
from without_recognition.press.build import publish
build = Path({build!r})
for name in ("one", "two", "three", "one", "four"):
    if publish.current(build) != name and not publish.show(build, name):
        with publish.edition(build, name) as folder:
            (folder / "data").mkdir()
            (folder / "data" / "a.csv").write_text(name)
            (folder / "index.html").write_text(name)
            (folder.parent / "tmp").mkdir()
            (folder.parent / "tmp" / "x").touch()
            for each in (folder / "data", folder.parent / "tmp"):
                each.chmod(0o{mode})
    assert (build / "book" / "index.html").read_text() == name, name
    time.sleep(0.02)
print(*sorted(p.name for p in (build / "editions").iterdir()))
"""


@pytest.mark.parametrize("mode", ["555", "000", "400", "700"])
def test_folders_that_may_not_be_emptied_never_block_a_build(tmp_path, mode):
    """As root without its right to pass over modes: an ordinary user."""
    program = MODES.format(tests=str(ROOT / "tests"), build=str(tmp_path), mode=mode)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["four", "four.whole", "one", "one.whole"]


def test_what_cannot_be_deleted_at_all_stands_in_nobodys_way(tmp_path, monkeypatch):
    put(tmp_path, "one", "first")
    monkeypatch.setattr(files.shutil, "rmtree", lambda *a, **k: None)
    monkeypatch.setattr(Path, "rename", refuse_for("one", ".making"))
    for name, text in (
        ("two", "second"),
        ("three", "third"),
        ("one", "first again"),
        ("two", "second again"),
    ):
        put(tmp_path, name, text)
        assert (publish.current(tmp_path), shown(tmp_path)) == (name, text)
    monkeypatch.undo()
    put(tmp_path, "four", "fourth")
    assert {p.name.partition(".")[0] for p in (tmp_path / "editions").iterdir()} == {"two", "four"}


def refuse_for(*names: str):
    """Path.rename that refuses folders of these names, as a sticky folder of another owner does."""
    rename = Path.rename

    def limited(path: Path, target: Path) -> Path:
        if path.name.partition(".")[0] in names or path.name in names:
            raise PermissionError(1, "Operation not permitted", str(path))
        return rename(path, target)

    return limited


def test_a_folder_of_somebody_else_is_not_touched(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "mine").write_text("keep")
    with pytest.raises(PressError, match="not a link made by this program"):
        put(tmp_path, "one", "first")
    assert (tmp_path / "book" / "mine").read_text() == "keep"


def test_one_at_a_time_and_the_lock_dies_with_its_holder(tmp_path):
    lock = tmp_path / ".lock"
    holding = tmp_path / "holding"
    program = f"""
import time
from pathlib import Path
from without_recognition.press.system import files
from without_recognition.press.system.locking import alone
with alone(Path({str(lock)!r})):
    Path({str(holding)!r}).touch()
    time.sleep(600)
"""
    other = subprocess.Popen([sys.executable, "-c", program])
    while not holding.exists():
        assert other.poll() is None
        time.sleep(0.02)
    waited = []
    with alone(lock, lambda: (waited.append(True), other.kill())):
        assert waited == [True]
    other.wait()
