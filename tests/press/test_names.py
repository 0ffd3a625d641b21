"""Pages that bear a name which the generator keeps for itself are refused before it overwrites them, or they it."""

from __future__ import annotations

from pathlib import Path

import pytest
import small_book
from without_recognition.press.lint import names


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("search", "'search' is the name of the search page; rename the page"),
        ("genindex", "'genindex' is the name of the general index; rename the page"),
        ("index", "'index' is the name of the front door, which leads to the first page; rename the page"),
        ("py-modindex", "'py-modindex' is the name of an index of Sphinx's; rename the page"),
        ("downloads/zia", "'downloads/' is the folder of what readers take away; put the page into another"),
        ("figures/zia", "'figures/' is the folder of the pictures; put the page into another"),
        ("part-zia", "in print it has the same name as book/part/zia.md; rename one of them"),
    ],
)
def test_a_name_that_is_taken_is_refused(tmp_path: Path, page: str, told: str) -> None:
    for name in ("intro", "part/zia", page):
        path = tmp_path / "book" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Title\n")
    assert list(names.problems(tmp_path / "book")) == [f"book/{page}.md:1:1: {told}"]


@pytest.mark.parametrize("page", ["intro", "part/zia", "searches", "download", "part/search", "part/figures"])
def test_other_names_are_free(tmp_path: Path, page: str) -> None:
    path = tmp_path / "book" / f"{page}.md"
    path.parent.mkdir(parents=True)
    path.write_text("# Title\n")
    assert list(names.problems(tmp_path / "book")) == []


def test_every_page_that_a_build_makes_by_itself_is_known(tmp_path: Path) -> None:
    """A build of the day: what lies in its root beside the pages of the author."""
    root = small_book.make(tmp_path, alpha=small_book.chapter("Alpha", "1"))
    assert small_book.stock_build(root).returncode == 0
    made = {p.stem for p in (root / "_build" / "html").glob("*.html")} - {"intro", "alpha"}
    assert made and made <= names.PAGES.keys()
