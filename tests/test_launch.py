"""The command behaves alike wherever it stands and whatever the user has set:
no byte changes, nothing is traced back."""

from __future__ import annotations

import hashlib
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import small_book
from conftest import ROOT
from without_recognition import launch

HOME = str(ROOT / "analysis")
#: as the installed command starts: a script in the folder of the environment, not `python -m`
BOOK = f"import sys; sys.argv[0] = 'book'; sys.path[0] = {str(Path(sys.executable).parent)!r}\n" \
       "from without_recognition.cli import main; sys.exit(main())"  # fmt: skip


def book(*arguments: object, cwd: Path, **options) -> subprocess.CompletedProcess[str]:
    """Run `book ARGUMENTS` in `cwd`; `env` is added to what there is."""
    changed = options.pop("env", {})
    env = {n: v for n, v in os.environ.items() if not n.startswith("PYTHON")} | {"PYTHONPATH": HOME} | changed
    flags = options.pop("flags", ())
    return subprocess.run(
        [sys.executable, *flags, "-c", BOOK, *map(str, arguments)],
        cwd=cwd, env=env, text=True, **{"capture_output": True, **options},
    )  # fmt: skip


def digest(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> dict[str, str]:
    """What `book export` writes under no settings at all."""
    place = tmp_path_factory.mktemp("plain")
    assert book("export", "out", cwd=place).returncode == 0
    return digest(place / "out")


def shadow(place: Path, *names: str) -> Path:
    """A folder of a user that holds files named like modules."""
    place.mkdir(exist_ok=True)
    for name in names:
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("raise SystemExit('my own file was imported')\n")
    return place


#: what Python itself, and path files of others, import before any program has a say, is not among them
MODULES = ("csv.py", "calendar.py", "pandas/__init__.py", "analysis/__init__.py", "sphinx/__init__.py", "lxml.py",
           "matplotlib/__init__.py", "frictionless.py", "yaml/__init__.py", "sqlite3.py", "zipfile.py")  # fmt: skip
BEFORE = ("random.py", "json.py", "argparse.py", "tempfile.py", "multiprocessing.py", "selectors.py")
SETTINGS: dict[str, dict] = {
    "path, pip, home": {
        "env": {"PYTHONPATH": f"mine{os.pathsep}{HOME}", "PIP_TARGET": "/nowhere", "HOME": "/nonexistent",
                "MPLCONFIGDIR": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent"},
    },
    "path, optimised": {"env": {"PYTHONPATH": f"{HOME}{os.pathsep}mine", "PYTHONOPTIMIZE": "2"}},
    "flags": {"flags": ["-OO", "-W", "error", "-bb"], "env": {"PYTHONDEVMODE": "1"}},
    "warnings, locale C": {
        "env": {"PYTHONWARNINGS": "error", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    },
    "latin locale, place and time": {
        "env": {"LC_ALL": "en_US.ISO-8859-1", "LANGUAGE": "tr", "TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "1",
                "COLUMNS": "7", "PYTHONIOENCODING": "ascii", "PYTHONSTARTUP": "mine/csv.py"},
    },
    "closed streams, umask": {
        "preexec_fn": lambda: (os.closerange(0, 3), os.umask(0o077)), "capture_output": False,
    },
    "closed input, few files": {
        "preexec_fn": lambda: (os.close(0), resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))),
    },
}  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_no_setting_of_the_user_changes_a_byte(tmp_path: Path, exported: dict[str, str], name: str) -> None:
    place = shadow(tmp_path / "a place, größer", *MODULES, *BEFORE)
    shadow(place / "mine", *MODULES)
    done = book("export", "out", cwd=place, **SETTINGS[name])
    assert done.returncode == 0, done
    assert "Traceback" not in (done.stderr or "") and "my own file" not in (done.stdout or "")
    assert digest(place / "out") == exported


@pytest.mark.parametrize("command", ["check", ""])
def test_help_needs_no_docstrings(tmp_path: Path, command: str) -> None:
    usual, done = (book(*command.split(), "--help", cwd=tmp_path, flags=flags) for flags in ((), ["-OO"]))
    assert (done.returncode, done.stdout, done.stderr) == (0, usual.stdout, "")
    assert "None" not in done.stdout and len(done.stdout.splitlines()) > 4


def test_the_modules_of_the_program_need_no_docstrings() -> None:
    program = (
        "import importlib\nfrom without_recognition.cli import COMMANDS\n"
        "for module, function, _ in COMMANDS.values():\n"
        "    try:\n        getattr(importlib.import_module(module), function)(['--help'])\n"
        "    except SystemExit as done:\n        assert done.code == 0\n"
    )
    env = {**os.environ, "PYTHONPATH": HOME}
    done = subprocess.run([sys.executable, "-OO", "-c", program], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "None" not in done.stdout


def test_a_chapter_runs_in_a_folder_full_of_names_of_modules(tmp_path: Path) -> None:
    place = shadow(
        tmp_path, *MODULES, *BEFORE, "without_recognition/__init__.py", "nbformat.py", "ipykernel/__init__.py"
    )
    done = book("run", "telegram", cwd=place)
    assert (done.returncode, done.stdout) == (0, "telegram.ipynb\n"), done.stderr
    assert (place / "telegram.ipynb").is_file() and "my own file" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "reader"),
    [("--help", "true"), ("--help", "head -c 20"), ("check no-such-folder 2>&1", "true")],
)
def test_a_reader_that_has_read_enough_ends_the_command_in_silence(
    tmp_path: Path, reader: str, arguments: str
) -> None:
    env = {**os.environ, "PYTHONPATH": HOME}
    (tmp_path / "book.py").write_text(BOOK)
    line = f'"$0" book.py {arguments} | {reader}; echo "${{PIPESTATUS[0]}}" >&2'
    done = subprocess.run(
        ["bash", "-c", line, sys.executable], cwd=tmp_path, env=env, capture_output=True, text=True
    )  # fmt: skip
    *said, code = done.stderr.splitlines()
    assert said == [] and code in ("0", "1", "141"), done.stderr


def test_a_reader_that_is_gone_gives_the_code_of_a_shell(tmp_path: Path) -> None:
    readable, writable = os.pipe()
    os.close(readable)
    done = book("--help", cwd=tmp_path, capture_output=False, stdout=writable, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (launch.READER_GONE, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_an_output_that_takes_nothing_is_one_line(tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        done = book("--help", cwd=tmp_path, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (1, "book: disk: No space left on device\n")


def test_a_folder_that_is_gone_is_one_line(tmp_path: Path) -> None:
    place = tmp_path / "gone"
    place.mkdir()
    done = book("check", cwd=place, preexec_fn=place.rmdir)
    assert done.returncode == 1
    assert done.stderr == "book: the folder that you are in is gone; go to another one\n"


def test_the_environment_of_children_is_clean(monkeypatch) -> None:
    for name, value in {
        "PYTHONOPTIMIZE": "2",
        "PYTHONPATH": "/mine",
        "PYTHONWARNINGS": "error",
        "PYTHONHASHSEED": "3",
    }.items():
        monkeypatch.setenv(name, value)
    clean = launch.clean_environment()
    ours = {
        n: v
        for n, v in clean.items()
        if n.startswith("PYTHON") and n not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
    }
    assert ours == {"PYTHONHASHSEED": "3", "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}
    assert clean.get("PYTHONPATH", HOME) == HOME and clean["PATH"] == os.environ["PATH"]


def limited(megabytes: int, hard: bool = True) -> Callable[[], None]:
    def settle() -> None:
        size = megabytes << 20
        resource.setrlimit(resource.RLIMIT_AS, (size, size if hard else resource.RLIM_INFINITY))

    return settle


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of memory are Linux's")
@pytest.mark.parametrize(("megabytes", "hard"), [(3000, True), (1200, False)])
def test_a_chapter_runs_under_the_limits_of_the_user(tmp_path: Path, megabytes: int, hard: bool) -> None:
    done = book("run", "telegram", cwd=tmp_path, preexec_fn=limited(megabytes, hard))
    assert (done.returncode, done.stdout) == (0, "telegram.ipynb\n"), done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of memory are Linux's")
@pytest.mark.parametrize("megabytes", [60, 120, 300])
def test_too_little_memory_is_told_in_words(tmp_path: Path, megabytes: int) -> None:
    done = book("run", "telegram", cwd=tmp_path, preexec_fn=limited(megabytes))
    assert done.returncode, done.stdout
    assert "Traceback" not in done.stderr and "memory" in done.stderr.lower(), done.stderr


def test_the_limit_of_memory_is_the_lower_of_two() -> None:
    program = (
        "import resource, sys\nfrom without_recognition.press.execution import runner\n"
        "resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[2])))\n"
        "runner._limit_memory(4 << 30)\nprint(*resource.getrlimit(resource.RLIMIT_AS))\n"
    )
    infinite = resource.RLIM_INFINITY
    for soft, hard, least in (
        (infinite, infinite, 4 << 30),
        (3 << 30, infinite, 3 << 30),
        (3 << 30, 3 << 30, 3 << 30),
        (8 << 30, 8 << 30, 4 << 30),
    ):
        done = subprocess.run(
            [sys.executable, "-c", program, str(soft), str(hard)],
            env={**os.environ, "PYTHONPATH": HOME}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.split() == [str(least)] * 2


def test_an_interrupted_command_says_what_is_so(tmp_path: Path) -> None:
    done = subprocess.Popen(
        [sys.executable, "-c", BOOK, "check"], cwd=tmp_path, env={**os.environ, "PYTHONPATH": HOME},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # who runs this in the background ignores it
    )  # fmt: skip
    with pytest.raises(subprocess.TimeoutExpired):
        done.wait(1.5)
    done.send_signal(signal.SIGINT)
    _, said = done.communicate(timeout=60)
    # a shell says 130 of both: Python ends itself by the signal where it came within an exec() of a library
    assert done.returncode in (130, -signal.SIGINT)
    assert said == "book check: interrupted; every file is the old one or the new one, none is half written\n"


def test_a_book_is_built_in_a_hostile_place_with_the_same_bytes(tmp_path: Path) -> None:
    """The whole build: closed streams, a foreign locale, -O, warnings as errors, files named like modules."""
    plain, other = (
        small_book.checkout(tmp_path / name, alpha=small_book.chapter("Alpha", "print(6 * 7)"))
        for name in ("plain", "über, größer")
    )
    small_book.run(plain).check_returncode()
    shadow(other, "random.py", "json.py", "tempfile.py", "docutils.conf")
    (other / "docutils.conf").write_text("[general]\nlanguage_code: de\ninitial_header_level: 4\n")
    done = small_book.run(
        other, capture_output=False,
        env={**os.environ, "PYTHONPATH": str(other / "analysis"), "PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error",
             "LC_ALL": "C", "DOCUTILSCONFIG": str(other / "docutils.conf")},
        preexec_fn=lambda: (os.close(0), os.umask(0o027)),
    )  # fmt: skip
    assert done.returncode == 0
    assert small_book.files(other) == small_book.files(plain)
