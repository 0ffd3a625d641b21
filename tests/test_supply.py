"""The report on what the book is built with."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from pathlib import Path

import bill_of_materials
import pytest
from conftest import module_at
from without_recognition.press.formats import downloads

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def supply():
    """analysis/tools/supply.py as a module."""
    return module_at("analysis/tools/supply.py")


def test_pins_are_those_of_the_lock(supply):
    pinned = supply.pins((ROOT / "requirements.lock").read_text())
    assert "pytest" in pinned and "colorama" not in pinned
    assert len(pinned) > 100 and all(hashes for _, hashes in pinned.values())
    assert pinned["jupyter-book"][0] == "1.0.4.post1"


def test_an_environment_that_is_not_the_lock_is_told(supply):
    assert supply.wrong({"no-such-package": ("1", 1), "pytest": ("0", 0)})[:3] == [
        "no-such-package: is in the lock and not installed",
        "pytest: the lock has no hash for it",
        f"pytest: the lock says 0, installed is {pytest.__version__}",
    ]


def test_advisories_are_told_and_so_is_what_was_not_audited(supply):
    audited = {
        "dependencies": [
            {"name": "sound", "version": "1", "vulns": []},
            {"name": "bad", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3", "4"]}]},
            {"name": "hidden", "skip_reason": "not found"},
        ]
    }
    assert supply.advisories(audited) == [
        "VULNERABLE: bad 2: PYSEC-1, mended in 3, 4",
        "1 advisories for 2 packages",
        "NOT AUDITED, no advisories to be had: hidden",
    ]


def test_the_bill_of_materials_is_that_of_the_lock() -> None:
    """Names, versions, hashes and markers; licences are what an environment says of itself."""

    def bare(made: dict) -> dict:
        parts = [{k: v for k, v in c.items() if k != "licenses"} for c in made["components"]]
        return {**made, "components": parts}

    lock = bill_of_materials.LOCK.read_text("utf-8")
    written = bill_of_materials.WRITTEN.read_text("utf-8")
    held = json.loads(written)
    assert bare(held) == bare(bill_of_materials.bill(lock)), "run analysis/tools/bill_of_materials.py"
    assert bill_of_materials.text(held) == written and bill_of_materials.WRITTEN.name == downloads.BILL
    assert len(held["components"]) == len(re.findall(r"^[\w.-]+==", lock, re.M))
    assert sum(len(c["hashes"]) for c in held["components"]) == lock.count("--hash=sha256:")
    without_licence = [c["name"] for c in held["components"] if "licenses" not in c and "properties" not in c]
    assert without_licence == [], "a package for every machine names its licence"


SKIPPED = {"dependencies": [{"name": "a", "skip_reason": "not found"}]}


@pytest.mark.parametrize("first", [None, SKIPPED], ids=["no answer", "skipped"])
def test_an_unreachable_service_is_not_called_clean(supply, monkeypatch, tmp_path, first):
    monkeypatch.setattr(supply.subprocess, "run", lambda *a, **k: supply.subprocess.CompletedProcess(a, 0))
    monkeypatch.setattr(supply, "_pip_audit", lambda *arguments: first)
    assert supply.audit(tmp_path, {"a": ("1", 1)}) == ["advisories could not be reached: not audited"]


NAMES = {"PIL": "pillow"}  #: module -> package, where they differ
CARRIED = {"cycler": "matplotlib", "markupsafe": "frictionless"}  #: comes with what is asked for
#: references in styles, and what a notebook has that shows a figure
WITH_EXTRA = {"pypandoc", "IPython"}


def test_a_light_install_has_what_the_data_are_checked_and_weighed_with():
    """Whoever installs the package alone can load, check, weigh and draw: below the press nothing else is imported."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {re.match(r"[\w-]+", line)[0] for line in project["dependencies"]}
    below = [
        path
        for room in ("data", "evidence", "findings", "charts", "citations")
        for path in (ROOT / "analysis" / "without_recognition" / room).rglob("*.py")
    ]
    for path in below:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                named = [node.module]
            for module in {name.partition(".")[0] for name in named} - sys.stdlib_module_names:
                package = CARRIED.get(module, NAMES.get(module, module))
                assert package in asked | WITH_EXTRA | {"without_recognition"}, (path.name, module)
