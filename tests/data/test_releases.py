"""Published editions are pinned: what was published never vanishes, and what changed is told."""

from __future__ import annotations

import json
import shutil

import pytest
from conftest import ROOT
from without_recognition.data import check, releases
from without_recognition.data.dataset import load


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


def edit(folder, table, change):
    path = folder / f"{table}.csv"
    path.write_text("".join(change(path.read_text("utf-8").splitlines(keepends=True))), "utf-8")


def without(name):
    return lambda lines: [line for line in lines if not line.startswith(f"{name},")]


def published(history):
    """The searches of the first edition."""
    pins = releases.pinned(history, "0.1.0")
    return list(pins.loc[pins["table"] == "searches", "key"])


def test_the_first_edition_is_pinned_whole(book):
    pins = releases.pinned(book, "0.1.0")
    counts = pins["table"].value_counts()
    assert releases.versions(book)[0] == "0.1.0"
    assert (counts["events"], counts["claims"], counts["sources"]) == (516, 3633, 1049)
    assert not pins.duplicated(["table", "key"]).any() and pins["hash"].str.fullmatch("[0-9a-f]{16}").all()


def test_a_published_id_that_vanishes_is_told(folder):
    search = published(load(folder))[0]
    edit(folder, "searches", without(search))
    assert check.data_problems(folder) == [
        f"searches.csv: '{search}' was published in 0.1.0 and is gone; "
        "put it back, or say in corrections.csv that it is retired"
    ]


def test_a_retired_id_is_no_problem(folder):
    search = published(load(folder))[0]
    edit(folder, "searches", without(search))
    row = f"corr-1,2026-11-28,0.2.0,retired,searches,{search},,,,It was the same as another.\n"
    edit(folder, "corrections", lambda lines: [*lines, row])
    assert check.data_problems(folder) == []


def test_changes_name_what_was_added_changed_and_lost(folder):
    before = load(folder)
    moved = set(releases.changes(before, "0.1.0")["key"])
    search, other = [key for key in published(before) if key not in moved][:2]
    edit(folder, "searches", without(search))
    edit(folder, "searches", lambda lines: [
        line.replace("2026-11-22", "2026-11-23") if line.startswith(f"{other},") else line for line in lines
    ])  # fmt: skip
    base = set(releases.changes(before, "0.1.0").itertuples(index=False, name=None))
    now = set(releases.changes(load(folder), "0.1.0").itertuples(index=False, name=None))
    assert now - base == {("searches", search, "gone"), ("searches", other, "changed")}


def test_a_column_added_later_changes_no_hash(folder):
    resources = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    hashed = next(r["hashed"]["events"] for r in resources if "hashed" in r)
    row = load(folder).events.iloc[0].to_dict()
    assert releases.row_hash({**row, "new": "x"}, hashed) == releases.row_hash(row, hashed)
    assert releases.row_hash({**row, "title": "x"}, hashed) != releases.row_hash(row, hashed)


def test_an_unpublished_version_is_named(book):
    with pytest.raises(KeyError, match="no published version 9.9.9; there are 0.1.0"):
        releases.pinned(book, "9.9.9")
