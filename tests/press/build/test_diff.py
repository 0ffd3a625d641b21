"""`book diff`: nothing between a thing and itself;
what was changed between folders, checkouts, commits, older forms."""

from __future__ import annotations

import json
import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest
import small_data
from without_recognition import load
from without_recognition.data import dataset, workbench
from without_recognition.findings import changes
from without_recognition.press import PressError
from without_recognition.press.build import diff
from without_recognition.press.system import checkout

PAGE = "---\nkernelspec: {name: python3}\n---\n# A page\n\nThere are {n}`claims all` claims.\n\nThe same.\n"


@pytest.fixture
def two(tmp_path: Path, monkeypatch) -> tuple[Path, Path]:
    """Two checkouts that differ in one cell of an event and one claim."""
    for name in ("a", "b"):
        small_data.write(tmp_path / name / "data")
        (tmp_path / name / "book").mkdir()
        (tmp_path / name / "book" / "page.md").write_text(PAGE, "utf-8")
    changed = tmp_path / "b" / "data"
    row = {
        "event_id": "2005-talk",
        "source_id": "a-2005",
        "locator": "¶4",
        "statement": "Says so.",
        "basis": "reported",
    }
    workbench.write_draft(changed, workbench.added(load(changed), "claim", row))
    workbench.write_draft(
        changed, workbench.corrected(load(changed), "events", "2005-talk", "title", "A long talk", "x")
    )
    monkeypatch.setattr(checkout, "book_folder", lambda: tmp_path / "a")
    return tmp_path / "a", tmp_path / "b"


def told(*argv: str, capsys) -> str:
    assert diff.main([*argv]) == 0
    return capsys.readouterr().out


def test_nothing_differs_from_itself(two, capsys) -> None:
    said = told(str(two[0]), str(two[0]), capsys=capsys)
    assert said.split("\n\n")[0] == "rows: no difference"
    assert said.count("no difference") == len(diff.PARTS)


def test_rows_grades_numbers_and_pages(two, capsys) -> None:
    said = told(str(two[0]), str(two[1]), capsys=capsys)
    assert "events: 1 changed\nclaims: 1 added\ncorrections: 2 added\n" in said
    assert "~ events 2005-talk title: 'A talk' -> 'A long talk'\n+ claims 2005-talk.3\n" in said
    assert (
        "2005-talk occurrence: attested, unchallenged, followed -> corroborated, unchallenged, followed\n"
        in said
    )
    assert "{n}`claims all`: 5 -> 6\n" in said
    line = next(line for line in said.splitlines() if line.startswith("There are"))
    assert [part.strip() for part in line.split("|")] == ["There are five claims.", "There are six claims."]
    assert "The same." not in said


def test_where_lines_end_is_no_difference(two, capsys) -> None:
    for page in (two[1] / "book").glob("*.md"):
        text = page.read_text("utf-8")
        page.write_text(text.replace("There are ", "There\nare "), "utf-8")
    again = told(str(two[0]), str(two[1]), "--only", "pages", capsys=capsys)
    line = next(line for line in again.splitlines() if line.startswith("There are"))
    assert [part.strip() for part in line.split("|")] == ["There are five claims.", "There are six claims."]
    for page in (two[1] / "book").glob("*.md"):
        page.write_text(page.read_text("utf-8").replace("The same.", "The\nsame."), "utf-8")
    assert told(str(two[0]), str(two[1]), "--only", "pages", capsys=capsys) == again


CITED = "# A page\n\n```{cite-page}\n```\n\nThe same.\n"


def test_both_sides_are_told_as_editions(two, monkeypatch, capsys) -> None:
    """A title that no page shows: else the reference to a variant differs on each page."""
    for folder in two:
        (folder / "book" / "page.md").write_text(CITED, "utf-8")
    monkeypatch.setattr(dataset, "data_folder", lambda: two[1] / "data")
    assert load(two[0] / "data").variant and not diff.side(str(two[0]), ExitStack()).history.variant
    said = told(str(two[0]), str(two[1]), capsys=capsys)
    assert "'A talk' -> 'A long talk'" in said and "pages: no difference" in said and "Variant" not in said


def test_a_pinned_edition_without_its_commit_is_named_as_such(two) -> None:
    with ExitStack() as stack, pytest.raises(PressError) as wrong:
        diff.side("0.1.0", stack)
    assert str(wrong.value) == (
        "0.1.0: a pinned edition, of which grades and ids alone are known here; "
        "run `book changes 0.1.0`, or name its commit"
    )


def test_one_part_alone(two, capsys) -> None:
    said = told(str(two[0] / "data"), str(two[1]), "--only", "grades", capsys=capsys)
    assert said.startswith("grades:") and "rows" not in said and "pages" not in said


def test_commits_of_the_checkout(two, capsys) -> None:
    a, b = two
    git = ["git", "-C", str(a), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"], ["tag", "v0.1.0"]):
        subprocess.run([*git, *words], check=True)
    shutil.copytree(b / "data", a / "data", dirs_exist_ok=True)
    for name in ("0.1.0", "v0.1.0", "HEAD"):
        assert "claims: 1 added" in told(name, str(a), "--only", "rows", capsys=capsys)
    assert "claims: 1 gone" in told(str(b), "0.1.0", "--only", "rows", capsys=capsys)
    for name in ("nothing", "--output=x"):
        with ExitStack() as stack, pytest.raises(PressError, match="neither a folder nor a commit"):
            diff.side(name, stack)


def test_a_folder_without_data_is_told(tmp_path: Path) -> None:
    with ExitStack() as stack, pytest.raises(PressError, match=r"no datapackage\.json in it, in data/ or in"):
        diff.side(str(tmp_path), stack)


def test_data_of_an_older_form_are_compared(two, capsys) -> None:
    """An edition that lacks a column, a table and the series of today."""
    old = two[0] / "data"
    package = json.loads((old / "datapackage.json").read_text("utf-8"))
    package["resources"] = [r for r in package["resources"] if r["name"] not in ("prints", small_data.SERIES)]
    sources = next(r for r in package["resources"] if r["name"] == "sources")
    sources["schema"]["fields"] = [f for f in sources["schema"]["fields"] if f["name"] != "note"]
    (old / "datapackage.json").write_text(json.dumps(package), "utf-8")
    text = (old / "sources.csv").read_text("utf-8")
    (old / "sources.csv").write_text(
        "\n".join(line.rpartition(",")[0] for line in text.splitlines()) + "\n", "utf-8"
    )
    said = told(str(two[0]), str(two[1]), capsys=capsys)
    assert "claims: 1 added" in said and "sources:" not in said


def test_a_built_book_is_found_by_its_downloads(two, tmp_path: Path) -> None:
    shutil.copytree(two[0] / "data", tmp_path / "built" / "downloads" / "data")
    with ExitStack() as stack:
        assert len(diff.side(str(tmp_path / "built"), stack).history.events) == 2


@pytest.mark.parametrize("command", [diff.main, changes.main])
@pytest.mark.parametrize("names", [[""], [".", ""]])
def test_a_name_that_is_empty_is_no_folder(command, names: list[str], capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        command(names)
    assert ended.value.code == 2 and "an empty name; name a folder" in capsys.readouterr().err
