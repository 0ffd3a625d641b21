"""Editions of an older form, and those that are only broken."""

from __future__ import annotations

import json
import subprocess

import pytest
import small_data
from without_recognition.data import editions
from without_recognition.data.dataset import DatasetError


@pytest.fixture
def folder(tmp_path):
    small_data.write(tmp_path / "data")
    return tmp_path / "data"


def without(folder, table: str) -> None:
    """Take a table out of the package, as if it were younger."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    gone = next(r for r in package["resources"] if r["name"] == table)
    package["resources"].remove(gone)
    path.write_text(json.dumps(package), "utf-8")
    (folder / gone["path"]).unlink()


def test_rows_that_lead_to_a_younger_table_are_read(folder) -> None:
    without(folder, "places")
    history = editions.load(folder)
    assert "istanbul" in set(history.events["place"]) and history.places.empty
    assert "places" not in editions.columns(folder)


def test_a_row_that_cannot_be_read_is_told_in_an_older_form_too(folder) -> None:
    without(folder, "places")
    path = folder / "actors.csv"
    path.write_text(path.read_text("utf-8").replace("\nkasuri", '\n"kasuri'), "utf-8")
    with pytest.raises(DatasetError, match="actors.csv:2:actor_id: not a table: a quotation mark is opened"):
        editions.load(folder)


def test_a_fault_in_the_form_of_today_is_told(folder) -> None:
    (folder / "places.csv").write_text(
        (folder / "places.csv").read_text("utf-8").splitlines()[0] + "\n", "utf-8"
    )
    with pytest.raises(DatasetError, match="unknown 'istanbul'"):
        editions.load(folder)


@pytest.mark.parametrize("text", [None, "{", "[]", '{"resources": [{}]}'])
def test_what_is_no_data_package_is_told(folder, text) -> None:
    path = folder / "datapackage.json"
    path.unlink() if text is None else path.write_text(text, "utf-8")
    with pytest.raises(DatasetError, match="no Data Package of this book"):
        editions.load(folder)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository of one file, while the user's own settings lead git elsewhere, as they do within a hook."""
    root = tmp_path / "here"
    (root / "data").mkdir(parents=True)
    (root / "data" / "x.csv").write_text("here\n")
    who = ("-c", "user.name=n", "-c", "user.email=n@example.org")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "one")):
        subprocess.run(["git", "-C", root, *words], check=True)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    return root


def test_a_commit_is_that_of_the_checkout_whatever_the_user_has_set(repository, tmp_path) -> None:
    assert editions.unpacked(repository, ["nothing", "HEAD"], ["data"], tmp_path / "out")
    assert (tmp_path / "out" / "data" / "x.csv").read_text() == "here\n"
    assert not editions.unpacked(repository, ["nothing", "", "-x"], ["data"], tmp_path / "out")


def test_a_repository_of_another_user_is_told(tmp_path, monkeypatch) -> None:
    said = subprocess.CompletedProcess(
        [], 128, b"", b"fatal: detected dubious ownership in repository at '/x'"
    )
    monkeypatch.setattr(editions, "_git", lambda *_: said)
    with pytest.raises(DatasetError, match="git reads no repository of another user; run `git config"):
        editions.unpacked(tmp_path, ["HEAD"], ["data"], tmp_path / "out")
