"""One metadata source: what stands elsewhere for tools that cannot read it must say the same."""

from __future__ import annotations

from importlib.metadata import version

import yaml
from conftest import ROOT
from without_recognition import citations

BOOK = citations.metadata()


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
