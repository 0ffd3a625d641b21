"""Set up everything that the book needs, then do what is asked. Standard library only; Linux and macOS.

    python make.py book        build HTML, PDF, EPUB and notebooks, and publish them in _build/book
    python make.py test        run the tests; further words go to pytest
    python make.py reproduce   build the book twice, in unlike places, and compare every byte
    python make.py preview | check | verify | export | run        the other commands of `book`

`--python 3.12`, before the command, chooses an interpreter (3.11, 3.12, 3.13) with its own environment.
"""

from __future__ import annotations

import errno
import fcntl
import glob
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VERSIONS = ("3.13", "3.12", "3.11")
COMMANDS = ("book", "test", "reproduce", "preview", "check", "verify", "export", "run")
OUTSIDE = "not run: the group `outside` (browser, Java, root, the five texts), run by .ci/run; or: -m outside"

ROOM = "free 2 GB and run it again"


class CannotSetUp(Exception):
    """What stands in the way, in one line."""


def version_of(python: str) -> str | None:
    """'3.12' if `python` runs and says so, else None: a name on the path may be a shim that leads nowhere."""
    try:
        said = subprocess.run(
            [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return said.stdout.decode().strip() if said.returncode == 0 else None


def candidates(version: str) -> list[str]:
    """Where a Python of `version` may be: on the path, or among pyenv's."""
    pyenv = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    found = shutil.which("python" + version)
    return [*([found] if found else []), *sorted(glob.glob(f"{pyenv}/versions/{version}.*/bin/python"))]


def find_python(wanted: str | None) -> str:
    """An interpreter of the `wanted` version, or of any that will do, this one first."""
    if wanted is not None and wanted not in VERSIONS:
        raise CannotSetUp(f"--python {wanted}: must be one of {', '.join(VERSIONS)}")
    versions = [wanted] if wanted else VERSIONS
    if "%d.%d" % sys.version_info[:2] in versions:
        return getattr(sys, "_base_executable", sys.executable)  # not that of an environment we may remove
    for version in versions:
        for python in candidates(version):
            if version_of(python) == version:
                return python
    raise CannotSetUp(f"needs Python {' or '.join(versions)} and found none; install one and run this again")


def environment(wanted: str | None) -> Path:
    """The folder of the virtual environment, made and filled if that has not been done for this lock."""
    folder = ROOT / (f".venv-{wanted}" if wanted else ".venv")
    stamp = folder / ".installed"
    inputs = hashlib.sha256(
        (ROOT / "requirements.lock").read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    )
    if stamp.is_file() and stamp.read_text() == inputs.hexdigest() and version_of(str(folder / "bin/python")):
        return folder
    python = find_python(wanted)
    say(f"setting up {folder.name} with Python {version_of(python)}; about a minute, once")
    if subprocess.run([python, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL).returncode:
        raise CannotSetUp(f"{python} has no venv module; on Debian and Ubuntu: apt-get install python3-venv")
    shutil.rmtree(folder, ignore_errors=True)
    run(python, "-m", "venv", folder)
    pip = [folder / "bin/python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock")
    run(*pip, "--no-deps", "--no-build-isolation", "-e", ROOT)
    stamp.write_text(inputs.hexdigest())
    return folder


def run(*command: object) -> None:
    """Run `command`; its own words are the best ones if it fails."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = done.stdout.decode(errors="replace")
    if done.returncode and os.strerror(errno.ENOSPC) in said:
        raise CannotSetUp(f"no space is left in {ROOT} or {tempfile.gettempdir()}; {ROOM}")
    sys.stderr.write(said)
    if done.returncode:
        raise CannotSetUp("the environment could not be set up; the reason stands above")


def program(folder: Path, command: str, arguments: list[str]) -> list[str]:
    """What to execute for `command`."""
    if command == "test":
        chosen = [] if "-m" in arguments else ["-m", "not outside"]
        if chosen:
            say(OUTSIDE)
        os.chdir(ROOT)
        spread = ["--numprocesses=auto", "--maxprocesses=8", "--dist=loadfile"]
        return [str(folder / "bin/python"), "-m", "pytest", *spread, *chosen, *arguments]
    return [str(folder / "bin/book"), "build" if command == "book" else command, *arguments]


def say(line: str) -> None:
    """Tell the user."""
    print(f"make.py: {line}", file=sys.stderr, flush=True)


def main(words: list[str]) -> int:
    """Returns only if something stands in the way; else this process becomes the command."""
    wanted = None
    if words[:1] == ["--python"] and len(words) > 1:
        wanted, words = words[1], words[2:]
    if not words or words[0] not in COMMANDS:
        print(__doc__)
        return 2
    try:
        with (ROOT / ".venv.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            folder = environment(wanted)
    except CannotSetUp as problem:
        say(str(problem))
        return 1
    except OSError as problem:
        full = problem.errno == errno.ENOSPC
        remedy = ROOM if full else "make the folder yours, or work in a copy of it elsewhere"
        say(f"{problem.filename or ROOT}: {problem.strerror}; {remedy}")
        return 1
    except KeyboardInterrupt:
        say("interrupted; run it again to go on")
        return 130
    command = program(folder, words[0], words[1:])
    os.execv(command[0], command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
