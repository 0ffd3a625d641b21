"""The house: how long a file and a function may be, how many ways may lead through it, and what the wheel holds."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from hatchling.builders.wheel import WheelBuilder

LONGEST_FILE, LONGEST_FUNCTION, MOST_WAYS = 400, 50, 10
MOST_NAMESAKES = 4  #: modules with a public function of one name
CONVENTIONS = {"main", "setup"}  #: of commands and of Sphinx, which are called by these names
FILES = [*sorted((ROOT / "analysis").rglob("*.py")), ROOT / "make.py"]
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def functions(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(ast.parse(text)) if isinstance(node, FUNCTIONS))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of it from `def` to its last one, its docstring not counted."""
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def test_lines_are_counted_as_they_should() -> None:
    (function,) = functions('def f(x):\n    """One\n    two."""\n    if x:\n        return 1\n    return 2\n')
    assert length(function) == 4


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_and_functions_stay_short_and_plain(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE, "part it along its subjects"
    told = {f.name: length(f) for f in functions(text)}
    assert {name: lines for name, lines in told.items() if lines > LONGEST_FUNCTION} == {}


def test_few_ways_lead_through_a_function() -> None:
    """McCabe's number, which ruff counts (C901)."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert settings["mccabe"]["max-complexity"] == MOST_WAYS
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "C90", "analysis", "make.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_name_says_of_itself_what_a_function_gives() -> None:
    """A name that many modules share says nothing where it is called."""
    modules: Counter[str] = Counter()
    for path in (ROOT / "analysis" / "without_recognition").rglob("*.py"):
        body = ast.parse(path.read_text("utf-8")).body
        modules.update({node.name for node in body if isinstance(node, FUNCTIONS) and node.name[0] != "_"})
    shared = {name: n for name, n in modules.items() if n > MOST_NAMESAKES and name not in CONVENTIONS}
    assert shared == {}, "name them by what they give"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names of all files in the wheel."""
    builder = WheelBuilder(str(ROOT))
    (made,) = builder.build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    return zipfile.ZipFile(made).namelist()


def test_the_wheel_holds_the_package_and_its_data_and_nothing_else(wheel: list[str]) -> None:
    rooms = {name.split("/")[0] for name in wheel}
    assert {room for room in rooms if not room.endswith(".dist-info")} == {"without_recognition"}
    assert "without_recognition/_data/claims.csv" in wheel and "without_recognition/py.typed" in wheel


def test_what_is_run_by_hand_is_not_in_the_wheel(wheel: list[str]) -> None:
    by_hand = {
        path.name for room in ("tools", "benchmarks") for path in (ROOT / "analysis" / room).glob("*.py")
    }
    package = {path.name for path in (ROOT / "analysis" / "without_recognition").rglob("*.py")}
    assert len(by_hand) > 10
    shipped = {Path(name).name for name in wheel}
    assert (by_hand - package) & shipped == set()
    assert [name for name in wheel if {"tools", "benchmarks", "tests"} & set(Path(name).parts)] == []


def test_a_small_test_waits_for_nothing_of_the_press() -> None:
    """What every test imports first: two seconds for a single one."""
    heavy = "{'sphinx', 'docutils', 'matplotlib', 'nbformat', 'playwright', 'pyarrow.parquet'}"
    code = f"import conftest, sys; print(sorted(m for m in sys.modules if m in {heavy} or '.press' in m))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "tests", capture_output=True, text=True, check=True,
        env={"PYTHONPATH": f"{ROOT / 'analysis'}:{ROOT / 'tests'}"},
    )  # fmt: skip
    assert done.stdout == "[]\n"


def test_a_notebook_that_run_leaves_in_the_checkout_is_not_for_git(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text((ROOT / ".gitignore").read_text("utf-8"), "utf-8")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    names = ["telegram.ipynb", "book/telegram.ipynb"]
    done = subprocess.run(["git", "-C", tmp_path, "check-ignore", *names], capture_output=True, text=True)
    assert done.stdout.split() == names[:1]
