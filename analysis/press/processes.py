"""Children that do not outlive the build."""

from __future__ import annotations

import ctypes
import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask Linux to kill this process when its parent ends, however that ends."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@contextmanager
def aside(*jobs: tuple[Callable, ...]) -> Iterator[None]:
    """Run each job (a function and its arguments) in a process of its own while the block runs.

    Leaving the block waits for them; the first error of a job is raised there. The processes are new, not forked:
    Typst, which has drawn figures by then, keeps threads, and a fork of a process with threads can stand still.
    """
    method = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(len(jobs), method, initializer=die_with_parent) as pool:
        running = [pool.submit(*job) for job in jobs]
        yield
        for job in running:
            job.result()
