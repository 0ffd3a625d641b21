"""Children that do not outlive the build."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from without_recognition.press import PressError

PR_SET_PDEATHSIG = 1


def cores() -> int:
    """How many processes of this build can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def die_with_parent() -> None:
    """Ask Linux to kill this process when its parent ends, however that ends."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@contextmanager
def aside(function: Callable[..., object], *arguments: object) -> Iterator[None]:
    """Call `function` in a process of its own while the block runs.

    Leaving the block waits for it; its error is raised there. When the block fails or is interrupted, the
    process is ended. It is a new one, not a fork: Typst, which has drawn figures by then, keeps threads, and
    a fork of a process with threads can stand still.
    """
    os.environ.setdefault("PYTHONSAFEPATH", "1")  # else it imports from the folder that the user is in
    fresh = multiprocessing.get_context("spawn")
    answer, teller = fresh.Pipe(duplex=False)
    process = fresh.Process(target=_work, args=(teller, function, *arguments), daemon=True)
    process.start()
    try:
        teller.close()
        yield
        _wait(process, answer)
    finally:
        _end(process)


def _work(teller: Connection, function: Callable[..., object], *arguments: object) -> None:
    die_with_parent()
    os.setsid()  # Ctrl-C reaches the build alone, which ends this process and those that it started
    try:
        function(*arguments)
    except (PressError, OSError) as problem:
        teller.send(problem)
    except Exception:
        teller.send(PressError(traceback.format_exc()))


def _wait(process: BaseProcess, answer: Connection) -> None:
    with suppress(EOFError):  # it ended and had nothing to tell
        raise answer.recv()
    process.join()
    if process.exitcode:
        raise PressError(f"a part of the build died (exit code {process.exitcode})")


def _end(process: BaseProcess) -> None:
    if process.is_alive() and process.pid:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    process.join()
