"""Set up everything that the book needs, then do what is asked. Standard library only; Linux and macOS."""

from __future__ import annotations

import os
import sys

if (
    __name__ == "__main__" and sys.executable and not sys.flags.isolated
):  # before anything of the user is imported
    os.execv(sys.executable, [sys.executable, "-I", os.path.abspath(__file__), *sys.argv[1:]])

import difflib
import errno
import fcntl
import glob
import hashlib
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path

USAGE = """\
Set up everything that the book needs, then do what is asked.

    python make.py book        build HTML, PDF, EPUB and notebooks, and publish them in _build/book
    python make.py test        run the tests; further words go to pytest
    python make.py reproduce   build the book twice, in unlike places, and compare every byte
    python make.py add | correct | retire      change the data, with the correction and all that rests on it
    python make.py preview | check | diff | verify | export | run | release | changes | blind | agreement
                               the other commands of `book`
    python make.py codebook    write what datapackage.json says of columns and values into CONTRIBUTING.md

`--python 3.12`, before the command, chooses an interpreter (3.11, 3.12, 3.13) with its own environment.
"""
ROOT = Path(__file__).resolve().parent
VERSIONS = ("3.13", "3.12", "3.11")
COMMANDS = (
    "book", "test", "reproduce", "preview", "check", "add", "correct", "retire", "diff", "verify", "export", "run",
    "release", "changes", "blind", "agreement", "codebook",
)  # fmt: skip
OUTSIDE = "not run: the group `outside` (browser, Java, root, the five texts), run by .ci/run; or: -m outside"

ROOM = "free 2 GB and run it again"
#: what the user may say of Python: where its own files go, and no more
HARMLESS = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONHASHSEED")
#: what the user may say of pip: where packages come from and how they get here; not where they go
OF_THE_WAY = (
    "CACHE_DIR", "CERT", "CLIENT_CERT", "CONFIG_FILE", "DEFAULT_TIMEOUT", "EXTRA_INDEX_URL", "FIND_LINKS", "INDEX_URL",
    "KEYRING_PROVIDER", "NO_CACHE_DIR", "NO_INDEX", "PROXY", "RETRIES", "TIMEOUT", "TRUSTED_HOST", "USE_FEATURE",
    "USE_DEPRECATED",
)  # fmt: skip


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
    return [
        *([found] if found else []),
        *sorted(glob.glob(f"{glob.escape(pyenv)}/versions/{version}.*/bin/python")),
    ]


def find_python(wanted: str | None) -> str:
    """An interpreter of the `wanted` version, or of any that will do, this one first."""
    if wanted is not None and wanted not in VERSIONS:
        raise CannotSetUp(f"--python {wanted}: must be one of {', '.join(VERSIONS)}")
    versions = [wanted] if wanted else VERSIONS
    if "{}.{}".format(*sys.version_info) in versions:
        return getattr(sys, "_base_executable", sys.executable)  # not that of an environment we may remove
    for version in versions:
        for python in candidates(version):
            if version_of(python) == version:
                return python
    raise CannotSetUp(f"needs Python {' or '.join(versions)} and found none; install one and run this again")


def stamp_of(folder: Path, version: str | None) -> str:
    """What the environment in `folder` was made from, where, and by which Python: moved or copied, it is another."""
    told = hashlib.sha256((ROOT / "requirements.lock").read_bytes() + (ROOT / "pyproject.toml").read_bytes())
    told.update(
        f"\n{folder}\n{version}\n{platform.system()} {platform.machine()}".encode("utf-8", "surrogateescape")
    )
    return told.hexdigest()


def environment(wanted: str | None) -> Path:
    """The folder of the virtual environment, made and filled if that has not been done here for this lock."""
    folder = ROOT / (f".venv-{wanted}" if wanted else ".venv")
    stamp = folder / ".installed"
    version = version_of(str(folder / "bin/python")) if stamp.is_file() else None
    if version and stamp.read_text() == stamp_of(folder, version):
        return folder
    python = find_python(wanted)
    say(f"setting up {folder.name} with Python {version_of(python)}; about a minute, once")
    if subprocess.run([python, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL).returncode:
        raise CannotSetUp(f"{python} has no venv module; on Debian and Ubuntu: apt-get install python3-venv")
    remove(folder)
    run(python, "-m", "venv", folder)
    pip = [folder / "bin/python", "-I", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    pip += ["--no-user", "--no-warn-script-location"]
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock")
    run(*pip, "--no-deps", "--no-build-isolation", "-e", ROOT)
    stamp.write_text(stamp_of(folder, version_of(str(folder / "bin/python"))))
    return folder


def remove(folder: Path) -> None:
    """Remove `folder`, or put it aside where it resists: it must not be taken for the new one."""
    shutil.rmtree(str(folder), ignore_errors=True)
    if os.path.lexists(str(folder)):
        os.rename(
            str(folder), tempfile.mkdtemp(prefix=folder.name + "-old-", dir=str(ROOT)) + "/" + folder.name
        )


def run(*command: object) -> None:
    """Run `command`: all its words if it fails, for they are the best ones; else only what it calls an error."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = done.stdout.decode(errors="replace")
    if done.returncode and os.strerror(errno.ENOSPC) in said:
        raise CannotSetUp(f"no space is left in {ROOT} or {tempfile.gettempdir()}; {ROOM}")
    if not done.returncode:  # pip warns of root, of its cache, of its next edition
        said = "".join(line for line in said.splitlines(True) if line.startswith("ERROR"))
    if sys.stderr:
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
        os.environ.pop("PYTHONSAFEPATH", None)  # tests start scripts that stand beside each other
        spread = ["--numprocesses=auto", "--maxprocesses=8", "--dist=loadfile"]
        return [str(folder / "bin/python"), "-m", "pytest", *spread, *chosen, *arguments]
    if command == "codebook":
        return [
            str(folder / "bin/python"),
            "-I",
            str(ROOT / "analysis" / "tools" / "codebook.py"),
            *arguments,
        ]
    # not bin/book, whose first line names a folder: that line may be too long for the system
    book = [str(folder / "bin/python"), "-I", "-m", "without_recognition.cli"]
    return [*book, "build" if command == "book" else command, *arguments]


def settle() -> None:
    """Keep from what is started here what the user has set for other programs, and open the streams that are closed."""
    for name in list(os.environ):
        of_python = name.startswith("PYTHON") and name not in HARMLESS
        if of_python or (name.startswith("PIP_") and name[4:] not in OF_THE_WAY):
            del os.environ[name]
    os.environ["PYTHONSAFEPATH"] = "1"
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest free number: this one


def say(line: str) -> None:
    """Tell the user, where somebody listens."""
    if sys.stderr:
        print(f"make.py: {line}", file=sys.stderr, flush=True)


def main(words: list[str]) -> int:
    """Returns only if something stands in the way; else this process becomes the command."""
    wanted = None
    if words[:1] == ["--python"] and len(words) > 1:
        wanted, words = words[1], words[2:]
    if not words or words[0] in ("-h", "--help", "help"):
        print(USAGE)
        return 0 if words else 2
    if words[0] not in COMMANDS:
        near = difflib.get_close_matches(words[0], [*COMMANDS, "--python 3.12"], n=1, cutoff=0)[0]
        say(f"no command '{words[0]}'; the nearest is '{near}'; `python make.py` alone lists them")
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
    if words[0] != "test":
        os.environ["BOOK_CALLED"] = (
            "python make.py"  # what messages name, since `book` is not on the path here
        )
    else:
        os.environ.pop("BOOK_CALLED", None)
    os.execv(command[0], command)


if __name__ == "__main__":
    settle()
    sys.exit(main(sys.argv[1:]))
