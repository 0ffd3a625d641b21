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

from analysis.press import PressError

PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask Linux to kill this process when its parent ends, however that ends."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@contextmanager
def aside(*jobs: tuple[Callable, ...]) -> Iterator[None]:
    """Run each job (a function and its arguments) in a process of its own while the block runs.

    Leaving the block waits for them; the first error of a job is raised there. When the block fails or is
    interrupted, the jobs are ended. The processes are new, not forked: Typst, which has drawn figures by
    then, keeps threads, and a fork of a process with threads can stand still.
    """
    fresh = multiprocessing.get_context("spawn")
    running: list[tuple[BaseProcess, Connection]] = []
    try:
        for job in jobs:
            answer, teller = fresh.Pipe(duplex=False)
            process = fresh.Process(target=_work, args=(teller, *job), daemon=True)
            process.start()
            teller.close()
            running.append((process, answer))
        yield
        for process, answer in running:
            _wait(process, answer)
    finally:
        for process, _ in running:
            _end(process)


def _work(teller: Connection, function: Callable, *arguments: object) -> None:
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
    if process.is_alive():
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    process.join()
