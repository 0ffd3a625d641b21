"""Two builds of one checkout at the same time, in two processes."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
import small_book

EDITED = "book build: something was edited while the book was being built; build it again"
WAITS = "another build is at work; waiting for it"


@pytest.fixture
def root(tmp_path):
    return small_book.checkout(tmp_path / "site", only=small_book.chapter("One", "print(6 * 7)"))


def start(root: Path) -> subprocess.Popen:
    return subprocess.Popen(
        **small_book.started(root), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def wait_until_at_work(root: Path, build: subprocess.Popen) -> None:
    while not (root / "_build" / "editions" / ".making").exists():
        assert build.poll() is None
        time.sleep(0.01)


def test_of_the_same_book_the_second_waits_and_makes_nothing(root):
    first = start(root)
    wait_until_at_work(root, first)
    second = start(root)
    told = [build.communicate(timeout=300)[1] for build in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0)
    assert "pages: " in told[0] and WAITS not in told[0]
    assert "pages: " not in told[1] and WAITS in told[1]
    assert len([e for e in (root / "_build" / "editions").iterdir() if e.is_dir()]) == 1


def test_of_another_book_the_second_makes_its_own(root):
    small_book.run(root).check_returncode()
    before, page = small_book.files(root), root / "book" / "only.md"
    page.write_text(page.read_text().replace("Words.", "Second words."))
    first = start(root)
    wait_until_at_work(root, first)
    other = page.with_suffix(".new")  # as an editor saves: at once, so that nobody reads half a page
    other.write_text(page.read_text().replace("Second", "Third"))
    other.replace(page)
    second = start(root)
    assert EDITED in first.communicate(timeout=300)[1] and first.returncode == 1
    told = second.communicate(timeout=300)[1]
    assert second.returncode == 0 and WAITS in told and "pages: " in told
    third = small_book.files(root)
    assert "Third words." in third["only.html"].decode() and third.keys() == before.keys()
