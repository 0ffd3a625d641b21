"""Publishing: the old book or the new one, whole, whatever happens in between."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analysis.press import PressError, publish
from analysis.press.locking import alone


def put(build: Path, digest: str, text: str) -> None:
    with publish.edition(build, digest) as folder:
        (folder / "index.html").write_text(text)
        (folder.parent / "doctrees").mkdir()


def shown(build: Path) -> str:
    return (build / "book" / "index.html").read_text()


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
    assert [path.name for path in (tmp_path / "editions").iterdir()] == ["one"]


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
from analysis.press import publish
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
    left = {path.name for path in tmp_path.rglob("*") if path.parent.name in {tmp_path.name, "editions"}}
    assert left <= {"book", "editions", "one", "two", "three"}


def test_an_earlier_edition_comes_back_without_being_made_again(tmp_path):
    put(tmp_path, "one", "first")
    put(tmp_path, "two", "second")
    assert publish.show(tmp_path, "one") and shown(tmp_path) == "first"
    assert not publish.show(tmp_path, "never-made") and shown(tmp_path) == "first"


def test_old_editions_are_dropped(tmp_path):
    for number in range(5):
        put(tmp_path, f"e{number}", "x")
        time.sleep(0.02)
    assert sorted(path.name for path in (tmp_path / "editions").iterdir()) == ["e3", "e4"]


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
from analysis.press.locking import alone
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
