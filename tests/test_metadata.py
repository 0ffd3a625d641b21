"""One metadata source: what stands elsewhere for tools that cannot read it must say the same."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import yaml

from analysis import citing

ROOT = Path(__file__).resolve().parents[1]
BOOK = citing.metadata()


def test_citation_file():
    said = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf8"))
    assert (said["title"], said["version"], said["date-released"]) == (
        BOOK["full_title"],
        BOOK["version"],
        BOOK["date"],
    )
    assert said["authors"] == [{"name": BOOK["author"]}]
    assert BOOK["licence"] in said["license"]


def test_package_and_pages():
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf8"))
    assert (config["title"], config["author"], config["copyright"]) == (
        BOOK["full_title"],
        BOOK["author"],
        BOOK["year"],
    )
    assert version("without-recognition") == BOOK["version"]


def test_changelog_has_this_version():
    assert f"## {BOOK['version']} ({BOOK['date']})" in (ROOT / "CHANGELOG.md").read_text("utf8")
