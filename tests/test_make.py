"""make.py and the lock: any machine with a fitting Python, one clear line where something is missing."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import small_book
from conftest import module_at
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from without_recognition import cli
from without_recognition.data import messages

ROOT = Path(__file__).resolve().parents[1]
LOCK = (ROOT / "requirements.lock").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.fixture
def make(tmp_path, monkeypatch):
    """make.py as a module that believes to stand in an empty project."""
    module = module_at("make.py")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    (tmp_path / "requirements.lock").write_text("a==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return module


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_reads_on_an_old_python_and_needs_the_standard_library_alone():
    source = (ROOT / "make.py").read_text()
    tree = ast.parse(source, feature_version=(3, 7))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        )
    }
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize(("word", "near"), [("tset", "test"), ("--python=3.12", "--python 3.12")])
def test_a_mistyped_command_is_told_in_one_line(make, capsys, word: str, near: str) -> None:
    assert make.main([word, "test"]) == 2
    said = capsys.readouterr()
    assert not said.out and len(said.err.splitlines()) == 1
    assert f"no command '{word}'; the nearest is '{near}'" in said.err


def test_a_name_on_the_path_counts_only_if_it_runs(make, tmp_path, monkeypatch):
    program(tmp_path / "bin" / "python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127")
    right = program(tmp_path / "bin" / "python3.12", "echo 3.12")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "none"))
    monkeypatch.setattr(make.sys, "version_info", (3, 9, 0))
    assert make.find_python(None) == str(right)
    with pytest.raises(make.CannotSetUp, match="needs Python 3.13 and found none"):
        make.find_python("3.13")


def test_finds_the_pythons_of_pyenv(make, tmp_path, monkeypatch):
    hidden = program(tmp_path / "pyenv" / "versions" / "3.13.0" / "bin" / "python", "echo 3.13")
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setattr(make.sys, "version_info", (3, 9, 0))
    assert make.find_python(None) == str(hidden)


@pytest.mark.parametrize("wanted", ["3.10", "3.14", "3", "latest"])
def test_unsuitable_versions_are_refused(make, wanted):
    with pytest.raises(make.CannotSetUp, match="must be one of 3.13, 3.12, 3.11"):
        make.find_python(wanted)


def test_missing_venv_is_one_line(make, tmp_path, monkeypatch, capsys):
    crippled = program(tmp_path / "bin" / "python3.12", 'case "$2" in *venv*) exit 1;; *) echo 3.12;; esac')
    monkeypatch.setattr(make, "find_python", lambda wanted: str(crippled))
    assert make.main(["book"]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert (
        last == f"make.py: {crippled} has no venv module; on Debian and Ubuntu: apt-get install python3-venv"
    )


def test_installs_once_and_again_when_the_lock_changes(make, tmp_path, monkeypatch):
    ran = []

    def run(*command):
        ran.append([str(word) for word in command])
        if "venv" in ran[-1]:
            program(tmp_path / ".venv" / "bin" / "python", "echo 3.12")

    monkeypatch.setattr(make, "run", run)
    assert make.environment(None) == tmp_path / ".venv"
    assert ["--require-hashes" in command for command in ran] == [False, True, False]
    assert ran[2][-4:] == ["--no-deps", "--no-build-isolation", "-e", str(tmp_path)]
    make.environment(None)
    assert len(ran) == 3
    (tmp_path / "requirements.lock").write_text("a==2\n")
    make.environment(None)
    assert len(ran) == 6


class Setup:
    """Counts how often an environment is made, in whatever folder make.py believes to stand."""

    def __init__(self, make, monkeypatch):
        self.make, self.count = make, 0
        monkeypatch.setattr(make, "run", self)

    def __call__(self, *command):
        if "venv" in map(str, command):
            self.count += 1
            program(self.make.ROOT / ".venv" / "bin" / "python", "echo 3.12")


def test_an_environment_that_was_copied_moved_or_renamed_is_made_anew(make, tmp_path, monkeypatch):
    setup, first = Setup(make, monkeypatch), tmp_path / "first"
    shutil.copytree(tmp_path, first, ignore=shutil.ignore_patterns("first"))
    make.ROOT = first
    make.environment(None), make.environment(None)
    assert setup.count == 1
    shutil.copytree(first, tmp_path / "copy", symlinks=True)
    make.ROOT = tmp_path / "copy"
    assert make.environment(None) == tmp_path / "copy" / ".venv" and setup.count == 2
    make.environment(None)
    make.ROOT = first
    make.environment(None)
    assert setup.count == 2, "the first one is as good as ever"
    first.rename(tmp_path / "renamed")
    make.ROOT = tmp_path / "renamed"
    make.environment(None), make.environment(None)
    assert setup.count == 3


@pytest.mark.parametrize("change", ["version", "machine", "gone"])
def test_an_environment_whose_interpreter_changed_is_made_anew(make, tmp_path, monkeypatch, change):
    setup = Setup(make, monkeypatch)
    make.environment(None)
    if change == "version":
        program(tmp_path / ".venv" / "bin" / "python", "echo 3.13")
    elif change == "machine":
        monkeypatch.setattr(make.platform, "machine", lambda: "other")
    else:
        (tmp_path / ".venv" / "bin" / "python").unlink()
    make.environment(None)
    assert setup.count == 2


def test_an_environment_of_elsewhere_that_is_only_linked_is_left_alone(make, tmp_path, monkeypatch):
    setup = Setup(make, monkeypatch)
    foreign = program(tmp_path / "foreign" / "bin" / "python", "echo 3.12").parents[1]
    (tmp_path / ".venv").symlink_to(foreign)
    make.environment(None)
    assert setup.count == 1 and (foreign / "bin" / "python").is_file()
    assert not (tmp_path / ".venv").is_symlink()


def test_the_command_is_started_by_the_interpreter_and_not_by_a_line_that_names_a_folder(make, tmp_path):
    python = str(tmp_path / ".venv" / "bin" / "python")
    start = [python, "-I", "-m", "without_recognition.cli"]
    assert make.program(tmp_path / ".venv", "book", ["x"]) == [*start, "build", "x"]
    assert make.program(tmp_path / ".venv", "check", []) == [*start, "check"]
    tool = str(tmp_path / "analysis" / "tools" / "codebook.py")
    assert make.program(tmp_path / ".venv", "codebook", []) == [python, "-I", tool]


@pytest.mark.parametrize(("word", "told"), [("check", "`python make.py check`"), ("test", "`book check`")])
def test_messages_name_the_command_as_it_was_given(make, monkeypatch, word, told):
    monkeypatch.setenv(messages.CALLED, "")
    monkeypatch.setenv("PYTHONSAFEPATH", "1")  # which a test takes away
    monkeypatch.setattr(make, "environment", lambda wanted: make.ROOT)
    monkeypatch.setattr(make.os, "execv", lambda *command: None)
    monkeypatch.setattr(make.os, "chdir", lambda folder: None)
    make.main([word])
    assert messages.command("check") == told


def test_every_command_of_the_book_is_one_of_make_and_is_told(make):
    told = set(re.findall(r"\w+", make.USAGE))
    assert set(make.COMMANDS) == {*cli.COMMANDS, "book", "test", "codebook"} - {"build"}
    assert set(make.COMMANDS) <= told


def test_settings_of_python_and_pip_are_kept_from_the_environment(make, monkeypatch):
    given = {
        "PATH": "/bin", "HOME": "/home", "PYTHONPATH": "/mine", "PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error",
        "PYTHONHOME": "/x", "PYTHONDONTWRITEBYTECODE": "1", "PIP_TARGET": "/x", "PIP_USER": "1", "PIP_NO_DEPS": "1",
        "PIP_PREFIX": "/x", "PIP_INDEX_URL": "https://index", "PIP_CERT": "/cert", "PIP_PROXY": "http://p",
        "PIP_CONFIG_FILE": "/pip.conf", "PIP_REQUIRE_VIRTUALENV": "1", "PIP_DRY_RUN": "1",
    }  # fmt: skip
    monkeypatch.setattr(make.os, "environ", dict(given))
    make.settle()
    kept = make.os.environ
    assert kept.pop("PYTHONSAFEPATH") == "1"
    assert set(kept) == {
        "PATH",
        "HOME",
        "PYTHONDONTWRITEBYTECODE",
        "PIP_INDEX_URL",
        "PIP_CERT",
        "PIP_PROXY",
        "PIP_CONFIG_FILE",
    }
    assert kept.items() <= given.items()


@pytest.mark.parametrize(
    ("flags", "environment"),
    [
        ((), {}),
        (("-OO",), {}),
        (("-W", "error"), {}),
        ((), {"PYTHONOPTIMIZE": "2"}),
        (("-S",), {"PYTHONPATH": "."}),  # no path files, in which others import what they like
        ((), {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}),
    ],
    ids=str,
)
def test_it_explains_itself_under_any_setting_and_in_any_folder(tmp_path, flags, environment):
    for name in ("random.py", "glob.py", "hashlib.py", "tempfile.py", "platform.py", "subprocess.py"):
        (tmp_path / name).write_text("raise SystemExit('my own file')\n")
    said = subprocess.run(
        [sys._base_executable, *flags, ROOT / "make.py"], cwd=tmp_path, capture_output=True, text=True,
        env={**os.environ, **environment},
    )  # fmt: skip
    assert (said.returncode, said.stderr) == (2, "")
    assert "python make.py book" in said.stdout and "None" not in said.stdout


def test_closed_streams_are_no_reason_to_fail(tmp_path):
    shutil.copy(ROOT / "make.py", tmp_path)
    said = subprocess.run(
        [sys.executable, tmp_path / "make.py", "check"], preexec_fn=lambda: os.closerange(0, 3)
    )
    assert said.returncode == 1 and (tmp_path / ".venv.lock").read_bytes() == b""


def test_an_interrupted_installation_starts_anew(make, tmp_path, monkeypatch):
    program(tmp_path / ".venv" / "bin" / "python", "echo 3.12")
    ran = []
    monkeypatch.setattr(
        make, "run", lambda *command: (ran.append(command), (tmp_path / ".venv").mkdir(exist_ok=True))
    )
    make.environment(None)
    assert len(ran) == 3


def test_a_full_disk_is_one_line_and_other_failures_keep_their_words(make, tmp_path, capsys):
    full = "echo 'ERROR: Could not install: [Errno 28] No space left on device' >&2; exit 1"
    with pytest.raises(make.CannotSetUp, match=f"^no space is left in {tmp_path} or .*; free 2 GB"):
        make.run("sh", "-c", full)
    assert capsys.readouterr().err == ""
    with pytest.raises(make.CannotSetUp, match="the reason stands above"):
        make.run("sh", "-c", "echo 'ERROR: no such package' >&2; exit 1")
    assert capsys.readouterr().err == "ERROR: no such package\n"


def test_what_succeeds_is_quiet_but_for_its_errors(make, capsys):
    make.run("sh", "-c", "echo 'WARNING: Running pip as root' >&2; echo Collecting a")
    assert capsys.readouterr().err == ""
    make.run(
        "sh", "-c", "echo 'WARNING: retrying' >&2; echo 'ERROR: a 1 needs b, which is not installed.' >&2"
    )
    assert capsys.readouterr().err == "ERROR: a 1 needs b, which is not installed.\n"


def test_a_folder_of_somebody_else_is_one_line(tmp_path):
    shutil.copy(ROOT / "make.py", tmp_path)
    tmp_path.chmod(0o500)
    said = subprocess.run(
        [sys.executable, tmp_path / "make.py", "check"],
        capture_output=True, text=True, preexec_fn=small_book.obey_modes,
    )  # fmt: skip
    remedy = "make the folder yours, or work in a copy of it elsewhere"
    assert (said.returncode, said.stderr) == (
        1, f"make.py: {tmp_path / '.venv.lock'}: Permission denied; {remedy}\n"
    )  # fmt: skip


def test_the_group_outside_is_named_as_not_run(make, tmp_path, capsys):
    assert make.program(tmp_path, "test", [])[-2:] == ["-m", "not outside"]
    assert "not run: the group `outside`" in capsys.readouterr().err
    assert make.program(tmp_path, "test", ["-m", "outside"])[-2:] == ["-m", "outside"]
    assert capsys.readouterr().err == ""


def test_without_a_command_it_explains_itself():
    said = subprocess.run([sys.executable, ROOT / "make.py"], capture_output=True, text=True)
    assert said.returncode == 2 and "python make.py book" in said.stdout


def locked() -> list[Requirement]:
    return [Requirement(line.rstrip(" \\")) for line in LOCK.splitlines() if re.match(r"[a-zA-Z0-9]", line)]


def test_lock_pins_each_package_once_with_hashes_and_names_no_index():
    names = [canonicalize_name(each.name) for each in locked()]
    assert len(names) == len(set(names)) > 100
    assert all(len(each.specifier) == 1 and str(each.specifier).startswith("==") for each in locked())
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", LOCK)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links|--trusted", LOCK)


def test_lock_satisfies_the_project_and_its_build_backend():
    pins = {canonicalize_name(each.name): str(each.specifier)[2:] for each in locked()}
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *extras["book"],
        *extras["test"],
    ]
    for each in map(Requirement, wanted):
        assert pins[canonicalize_name(each.name)] in each.specifier, each
    assert "editables" in pins
