"""Shared builders: small histories in memory, and the path of the book's data."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from pathlib import Path
from types import ModuleType

import in_chromium
import pandas as pd
import pytest
from hypothesis import HealthCheck, settings
from without_recognition import History
from without_recognition.data.dataset import TABLES
from without_recognition.data.fixed import fixed

settings.register_profile("book", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("book")

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))
RESOURCES = {r["name"]: r for r in PACKAGE["resources"] if r["name"] in TABLES}
FIXED = fixed(PACKAGE)
DEFAULTS = {
    "sources": {
        "type": "article-newspaper",
        "title": "A title",
        "publisher": "A paper",
        "lang": "en",
        "issued": "2005",
        "kind": "contemporary_news",
        "perspective": "other",
        "reliability": "C",
        "seen": "full",
    },
    "actors": {"type": "person", "side": "other", "name": "Somebody"},
    "events": {
        "chapter": "istanbul",
        "title": "A thing",
        "date": "2005",
        "channel": "diplomatic",
        "visibility": "public",
        "summary": "A thing that happened.",
    },
    "participants": {"role": "party"},
    "claims": {
        "locator": "¶1",
        "aspect": "occurrence",
        "statement": "Says so.",
        "stance": "affirms",
        "basis": "reported",
        "origin": "self",
    },
    "searches": {
        "chapter": "istanbul",
        "question": "?",
        "searched_in": "somewhere",
        "terms": "words",
        "date": "2026-11-22",
        "looked_for": "event",
        "result": "nothing",
        "expected": "yes",
        "coverage": "whole",
    },
}


def module_at(path: str) -> ModuleType:
    """A Python file of the project that is no part of the package, such as `analysis/tools/supply.py`, as a module."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def git(*words: str) -> str:
    """What git says here; empty where it fails."""
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True).stdout.strip()


def skip_without_history() -> None:
    """For a test that needs a commit which is not there: right only where the history is cut off."""
    assert git("rev-parse", "--is-shallow-repository") != "false", (
        "the first edition is gone from the history"
    )
    pytest.skip("no history of the repository here")


def make_history(**tables: list[dict]) -> History:
    """A History in memory from lists of partial rows; the rest is filled with harmless defaults."""
    frames = {}
    for name, resource in RESOURCES.items():
        columns = [f["name"] for f in resource["schema"]["fields"]]
        rows = [
            {**dict.fromkeys(columns, ""), **DEFAULTS.get(name, {}), **row} for row in tables.get(name, ())
        ]
        frame, key = pd.DataFrame(rows, columns=columns, dtype=str), resource["schema"]["primaryKey"]
        frames[name] = frame.set_index(key, drop=False).rename_axis(None) if isinstance(key, str) else frame
    return History(Path("in-memory"), FIXED, **frames)


def save(history: History, folder: Path) -> Path:
    """The tables of a History as a Data Package in a new folder; returns it."""
    folder.mkdir(parents=True)
    resources = [r for r in PACKAGE["resources"] if r["name"] in RESOURCES]
    (folder / "datapackage.json").write_text(json.dumps({**PACKAGE, "resources": resources}), "utf-8")
    for name, resource in RESOURCES.items():
        history.table(name).to_csv(folder / resource["path"], index=False, lineterminator="\n")
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--snapshot-update",
        action="store_true",
        help="write tests/snapshots anew (tests/press/sphinxext/test_snapshots.py)",
    )


@pytest.fixture(scope="session")
def book():
    """The book's own History."""
    from without_recognition import load

    return load(ROOT / "data")


@pytest.fixture(scope="module")
def browser():
    """The Chromium of the system, for the tests of the group `outside`."""
    with in_chromium.chromium() as opened:
        yield opened
