"""A disk that is full, read-only or somebody else's: one line that says so, and the old book untouched."""

from __future__ import annotations

import errno
import logging
import os
import re
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
import small_book
from without_recognition.press import PressError
from without_recognition.press.system import disk

PROGRESS = re.compile(r"(check|pages|pdf, epub, notebooks, data): [\d.]+ s|executing \[.*|^done in .*")
KEPT = "; the book that was there is untouched"


@pytest.fixture
def site(tmp_path):
    """A checkout whose book has been built once, and then edited in words and code."""
    root = small_book.checkout(tmp_path / "site", only=small_book.chapter("One", "print(6 * 7)"))
    (root / "_build").mkdir()
    return root


def edit(root: Path) -> None:
    page = root / "book" / "only.md"
    page.write_text(page.read_text().replace("6 * 7", "6 * 8").replace("Words.", "Other words."))


def fails_with(root: Path, folder: Path, words: str, **options) -> None:
    """The build in `root` says one line, about `folder`, beside its progress, and leaves no half edition."""
    ended = small_book.run(root, **options)
    said = [line for line in ended.stderr.splitlines() if not PROGRESS.fullmatch(line)]
    assert (ended.returncode, ended.stdout, said) == (1, "", [f"book build: {folder}: {words}{KEPT}"])
    assert not list(root.glob("_build/editions/.*"))


def succeeds(root: Path) -> dict[str, bytes]:
    ended = small_book.run(root)
    assert ended.returncode == 0, ended.stderr
    return small_book.files(root)


def test_no_file_may_grow(site):
    before = succeeds(site)
    edit(site)
    shutil.rmtree(site / "_build" / ".cache")
    for limit in (20, 300):  # too little for the cache; for the pages
        fails_with(
            site, site / "_build", disk.WORDS[errno.EFBIG],
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit << 10, limit << 10)),
        )  # fmt: skip
        assert small_book.files(site) == before
    assert succeeds(site) != before


@pytest.mark.parametrize("closed", [".", "_build", "_build/.lock"])
def test_somebody_elses_folder(site, closed):
    (site / "_build" / ".lock").touch()
    if closed == ".":
        (site / "_build" / ".lock").unlink()
        (site / "_build").rmdir()
    if closed == "_build":
        (site / "_build" / ".lock").unlink()
    (site / closed).chmod(0o500)
    fails_with(site, site / "_build", disk.NOT_YOURS, preexec_fn=small_book.obey_modes)


def mount(folder: Path, *options: str) -> None:
    subprocess.run(["mount", *options, folder], check=True)


@pytest.mark.outside
def test_a_full_and_a_read_only_disk(site):
    build = site / "_build"
    mount(build, "-t", "tmpfs", "-o", "size=64m", "tmpfs")
    try:
        before = succeeds(site)
        used = int(subprocess.check_output(["df", "-k", "--output=used", build]).split()[-1])
        edit(site)
        one_book = sum(map(len, before.values())) >> 10
        for kilobytes in (8, 40, one_book // 2, one_book - 1000, one_book - 300, one_book):
            mount(build, "-o", f"remount,size={used + kilobytes}k")
            fails_with(site, build, disk.FULL)
            assert small_book.files(site) == before
        mount(build, "-o", "remount,ro,size=64m")
        fails_with(site, build, disk.WORDS[errno.EROFS])
        assert small_book.files(site) == before
        mount(build, "-o", "remount,rw")
        assert succeeds(site) != before
    finally:
        subprocess.run(["umount", build], check=True)


@pytest.mark.outside
def test_a_checkout_on_a_read_only_disk(site):
    (site / "_build").rmdir()
    mount(site, "--bind", site)
    try:
        mount(site, "-o", "remount,bind,ro")
        fails_with(site, site / "_build", disk.WORDS[errno.EROFS])
    finally:
        subprocess.run(["umount", site], check=True)


def test_other_errors_stay_what_they_are(tmp_path):
    elsewhere = PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "book" / "intro.md"))
    missing = FileNotFoundError(errno.ENOENT, "No such file")
    for problem in (elsewhere, missing, PressError("a figure has no words")):
        with pytest.raises(type(problem)) as caught, disk.writing(tmp_path / "_build"):
            raise problem
        assert caught.value is problem


def test_a_full_disk_is_told_whoever_meets_it(tmp_path):
    told = [
        OSError(errno.ENOSPC, "No space left on device"),
        PressError("pandoc refused the book: book.epub: resource exhausted (No space left on device)"),
    ]
    for problem in told:
        with pytest.raises(disk.Refused, match=f"^{tmp_path}: no space is left"), disk.writing(tmp_path):
            try:
                raise problem
            except type(problem) as cause:
                raise RuntimeError("in between") from cause


def test_what_sphinx_only_warns_of_ends_the_build_at_its_end():
    refusals = disk.Refusals()
    said = "error writing file a.html: [Errno 28] No space left on device"
    assert refusals.filter(logging.makeLogRecord({"msg": "a reference leads nowhere"}))
    refusals.tell(None, None)
    assert not refusals.filter(logging.makeLogRecord({"msg": said}))
    refusals.tell(None, ValueError("another reason came first"))
    with pytest.raises(OSError, match="No space left on device"):
        refusals.tell(None, None)


def test_temporary_files_lie_with_the_build_and_nowhere_else_afterwards(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = tempfile.gettempdir()
    with disk.temporary_files(tmp_path / "tmp"):
        assert tempfile.mkdtemp().startswith(str(tmp_path / "tmp"))
        said = subprocess.check_output(["sh", "-c", "echo $TMPDIR"], text=True).strip()
        assert said == str(tmp_path / "tmp")
    assert tempfile.gettempdir() == before and os.environ["TMPDIR"] == str(tmp_path)
