"""Work beside the build: errors come back, and nothing goes on when the build has ended."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from without_recognition.press import PressError
from without_recognition.press.system.processes import aside


def note(path: Path) -> None:
    path.write_text("done")


def refuse(message: str) -> None:
    raise PressError(message)


def stumble() -> None:
    raise ZeroDivisionError("of our own making")


def die() -> None:
    os._exit(3)


def linger(path: Path) -> None:
    helper = subprocess.Popen(["sleep", "600"])
    path.write_text(f"{os.getpid()} {helper.pid}")
    helper.wait()


def test_the_job_is_done_when_the_block_is_left(tmp_path):
    with aside(note, tmp_path / "one"):
        pass
    assert (tmp_path / "one").read_text() == "done"


@pytest.mark.parametrize(
    ("job", "told"),
    [
        ((refuse, "a figure has no words"), "^a figure has no words$"),
        ((stumble,), "(?s)Traceback.*in stumble.*ZeroDivisionError: of our own making"),
        ((die,), r"^a part of the build died \(exit code 3\)$"),
    ],
    ids=["refused", "stumbled", "died"],
)
def test_errors_come_back(job, told):
    with pytest.raises(PressError, match=told), aside(*job):
        pass


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def pids(path: Path) -> list[int]:
    end = time.monotonic() + 60
    while not (path.is_file() and len(path.read_text().split()) == 2):
        assert time.monotonic() < end, "the job did not start"
        time.sleep(0.05)
    return [int(word) for word in path.read_text().split()]


def test_an_interrupted_block_ends_its_jobs_and_what_they_started(tmp_path):
    with pytest.raises(KeyboardInterrupt), aside(linger, tmp_path / "pids"):
        started = pids(tmp_path / "pids")
        raise KeyboardInterrupt
    end = time.monotonic() + 10
    while not all(gone(pid) for pid in started):
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux ends the children of a killed process"
)
def test_a_killed_build_ends_its_jobs(tmp_path):
    program = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
import test_processes as t
if __name__ == "__main__":
    with t.aside(t.linger, Path({str(tmp_path / "pids")!r})):
        pass
"""
    (tmp_path / "program.py").write_text(program)
    build = subprocess.Popen([sys.executable, tmp_path / "program.py"])
    worker, helper = pids(tmp_path / "pids")
    build.kill()
    build.wait()
    end = time.monotonic() + 10
    while not gone(worker):
        assert time.monotonic() < end
        time.sleep(0.05)
    os.kill(helper, 9)
