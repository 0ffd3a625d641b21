"""Run notebooks in children forked from one parent that has imported the heavy libraries once.

A program of its own (`python -m without_recognition.press.execution.runner`), so that no chapter inherits the state of
Sphinx. It reads one JSON object from standard input,

    {"workers", "seconds", "bytes", "jobs": [{"folder", "notebook"}]}

and writes one JSON object a line to standard output, each with the `job` (its index) that it is about:

    {"job", "cell"}                    the cell of that index begins
    {"job", "notebook", "seconds"}     done; the notebook with its outputs
    {"job", "error", "cell"}           failed; what a reader should see, and the index of the cell

Cells run in `ipykernel.inprocess`, so outputs are those of a real Jupyter kernel. Linux only.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import selectors
import signal
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import nbformat
from ipykernel.inprocess.manager import InProcessKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellExecutionError
from traitlets.config import Config

from without_recognition import evidence, load
from without_recognition.data.dataset import DatasetError
from without_recognition.press.execution.sandbox import Refused, Watch
from without_recognition.press.system.processes import die_with_parent

if TYPE_CHECKING:
    from ipykernel.inprocess.blocking import BlockingInProcessKernelClient

# Not matplotlib's inline backend: it ties itself to the shell that is there when it is first imported.
WARM = ("numpy", "pandas", "matplotlib.pyplot", "IPython.display", "without_recognition.charts")
REPLY_SECONDS = 60


def run_notebook(nb: nbformat.NotebookNode, on_cell: Callable[[int], object] = lambda index: None) -> None:
    """Execute `nb` in place in this process, as nbclient with a real kernel would.

    Raises CellExecutionError at the first cell that fails and is not tagged `raises-exception`.
    """
    quiet = Config({"HistoryManager": {"enabled": False}})
    manager = InProcessKernelManager(config=quiet)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.kernel_info()
    nb.metadata["language_info"] = client.get_shell_msg(timeout=REPLY_SECONDS)["content"]["language_info"]
    reader = NotebookClient(nb, record_timing=False)  # nbclient's own reading of what a kernel says
    reader.reset_execution_trackers()
    assert manager.kernel is not None  # it was started above
    with redirect_stdout(manager.kernel.stdout), redirect_stderr(manager.kernel.stderr):
        for index, cell in enumerate(nb.cells):
            if cell.cell_type == "code" and cell.source.strip():
                on_cell(index)
                _run_cell(client, reader, cell, index)
    manager.shutdown_kernel()


def _run_cell(
    client: BlockingInProcessKernelClient, reader: NotebookClient, cell: nbformat.NotebookNode, index: int
) -> None:
    tolerated = "raises-exception" in cell.metadata.get("tags", [])
    cell.outputs = []
    reader.clear_before_next_output = False
    request = client.execute(cell.source, stop_on_error=not tolerated)
    while True:
        message = client.get_iopub_msg(timeout=REPLY_SECONDS)
        if message["parent_header"].get("msg_id") == request:
            try:
                reader.process_message(message, cell, index)
            except CellExecutionComplete:
                break
    reply = client.get_shell_msg(timeout=REPLY_SECONDS)["content"]
    if reply["status"] == "error" and not tolerated:
        raise CellExecutionError.from_cell_and_msg(cell, reply)


def _limit_memory(bytes_: int) -> None:
    """Let this process have `bytes_`, or what the user's own limits allow where that is less."""
    given = [limit for limit in resource.getrlimit(resource.RLIMIT_AS) if limit != resource.RLIM_INFINITY]
    least = min([bytes_, *given])
    resource.setrlimit(resource.RLIMIT_AS, (least, least))


def _child(job: dict[str, Any], pipe: int, bytes_: int) -> None:
    die_with_parent()
    out = os.fdopen(pipe, "w", encoding="utf-8")
    watch = Watch()
    sys.addaudithook(watch)
    at = None

    def say(**event: object) -> None:
        print(json.dumps(event), file=out, flush=True)

    def begins(index: int) -> None:
        nonlocal at
        watch.check()
        watch.on, at = True, index
        say(cell=index)

    began = time.monotonic()
    try:
        _limit_memory(bytes_)
        sys.path[:] = [entry for entry in sys.path if entry]  # the shell puts '' first, as in a kernel
        os.chdir(job["folder"])
        nb = nbformat.from_dict(job["notebook"])
        run_notebook(nb, begins)
        watch.check()
        say(notebook=nb, seconds=round(time.monotonic() - began, 3))
    except CellExecutionError as problem:
        say(error=str(watch.refusal or problem.traceback), cell=at)
    except Refused as problem:
        say(error=str(problem), cell=at)
    except BaseException as problem:  # whatever it is, it is reported before the child ends
        say(error=f"{type(problem).__name__}: {problem}", cell=at)


@dataclass
class _Running:
    job: int
    pid: int
    deadline: float
    buffer: bytes = b""
    cell: int | None = None
    ended: bool = field(default=False)


def _emit(event: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def _fork(index: int, job: dict[str, Any], order: dict[str, Any]) -> tuple[int, _Running]:
    readable, writable = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(readable)
        try:
            _child(job, writable, order["bytes"])
        finally:
            os._exit(0)
    os.close(writable)
    return readable, _Running(index, pid, time.monotonic() + order["seconds"])


def _forward(child: _Running, chunk: bytes) -> None:
    *lines, child.buffer = (child.buffer + chunk).split(b"\n")
    for line in lines:
        event = json.loads(line)
        child.cell = event.get("cell", child.cell)
        child.ended = child.ended or "notebook" in event or "error" in event
        _emit({"job": child.job, **event})


def serve(order: dict[str, Any]) -> None:
    """Run every job of `order`, at most `workers` at a time, each within `seconds` and `bytes`."""
    waiting = list(enumerate(order["jobs"]))
    with selectors.DefaultSelector() as selector:
        while waiting or selector.get_map():
            while waiting and len(selector.get_map()) < order["workers"]:
                readable, child = _fork(*waiting.pop(0), order)
                selector.register(readable, selectors.EVENT_READ, child)
            for key, _ in selector.select(timeout=0.2):
                chunk = os.read(key.fd, 1 << 20)
                if chunk:
                    _forward(key.data, chunk)
                else:
                    selector.unregister(key.fd)
                    os.close(key.fd)
                    _bury(key.data)
            for key in list(selector.get_map().values()):
                if time.monotonic() > key.data.deadline and not key.data.ended:
                    os.kill(key.data.pid, signal.SIGKILL)
                    key.data.ended = True
                    reason = f"TimeoutError: the chapter ran for more than {order['seconds']} s"
                    _emit({"job": key.data.job, "error": reason, "cell": key.data.cell})


def _bury(child: _Running) -> None:
    _, status = os.waitpid(child.pid, 0)
    if not child.ended:
        code = os.waitstatus_to_exitcode(status)
        cause = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        if code == -signal.SIGABRT:  # so libraries end that are given no memory, or no file
            cause += "; is there too little memory for it, or too few open files (ulimit -v, ulimit -n)?"
        _emit({"job": child.job, "error": f"The chapter's process died ({cause})", "cell": child.cell})


def main() -> None:
    """Import what chapters need, read the order, run them."""
    die_with_parent()
    for module in WARM:
        __import__(module)
    with suppress(DatasetError):  # a chapter that loads what is broken will say so
        _ = evidence.weigh(load()).judgements
    gc.freeze()  # no child looks for garbage in what all of them share
    serve(json.load(sys.stdin))


if __name__ == "__main__":
    main()
