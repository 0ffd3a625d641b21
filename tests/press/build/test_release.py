"""`book release` pins an edition; after that nothing changes without a word."""

from __future__ import annotations

import json

import pytest
import small_data
from without_recognition import load
from without_recognition.data import check, releases
from without_recognition.data import dataset as tables
from without_recognition.press import PressError
from without_recognition.press.build import release
from without_recognition.press.system import files


def set_version(folder, version):
    path = folder / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**package, "version": version}, indent=2), "utf-8")


@pytest.fixture
def folder(tmp_path):
    made = small_data.write(tmp_path / "data")
    set_version(made, "0.2.0")
    return made


def edit(folder, table, old, new):
    path = folder / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def correct(folder, row):
    with (folder / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write(row + "\n")


def test_a_release_pins_every_row_and_every_grade(folder):
    assert release.release(folder) == "0.2.0"
    history = load(folder)
    assert releases.versions(history) == ["0.2.0"] and check.data_problems(folder) == []
    pins = releases.pinned(history, "0.2.0")
    assert len(pins) == sum(len(history.table(table)) for table in tables.TABLES) > 5
    assert releases.changes(history, "0.2.0").empty
    grades = releases.grades(history, "0.2.0")
    assert set(grades["event_id"]) == set(history.events.index) and list(grades) == releases.GRADES


def test_a_dev_version_and_a_pinned_one_are_refused(folder):
    release.release(folder)
    with pytest.raises(PressError, match=r"0\.2\.0 is pinned; a new edition needs a new version"):
        release.release(folder)
    set_version(folder, "0.3.0.dev0")
    with pytest.raises(PressError, match=r"0\.3\.0\.dev0 is a version in preparation; set version"):
        release.release(folder)


def test_data_that_do_not_pass_the_check_are_not_released(folder):
    edit(folder, "claims", "affirms", "affrims")
    with pytest.raises(PressError, match="nothing was released"):
        release.release(folder)
    assert not (folder / "releases" / "0.2.0.csv").exists()


def test_a_row_that_changes_without_a_word_fails_the_check(folder):
    release.release(folder)
    edit(folder, "events", "They dined.", "They had dinner.")
    (told, *_) = check.data_problems(folder)
    assert told.startswith(
        "events.csv:2:event_id: '2005-dinner' is not as it was published in 0.2.0; put it back, or say"
    )


@pytest.mark.parametrize(
    "column, was, sound",
    [
        ("summary", "They dined.", True),
        ("summary", "They", False),
        ("title", "They dined.", False),
    ],
)
def test_a_correction_must_lead_back_to_what_was_published(folder, column, was, sound):
    release.release(folder)
    edit(folder, "events", "They dined.", "They had dinner.")
    correct(
        folder,
        f"corr-1,2026-12-01,0.3.0,changed,events,2005-dinner,{column},{was},They had dinner.,It was another.",
    )
    assert (not [p for p in check.data_problems(folder) if p.startswith("events.csv")]) is sound


def test_a_correction_of_the_edition_itself_does_not_excuse_a_later_change(folder):
    correct(
        folder,
        "corr-1,2026-11-01,0.2.0,changed,events,2005-dinner,summary,Nothing.,They dined.,Read.",
    )
    release.release(folder)
    edit(folder, "events", "They dined.", "They had dinner.")
    edit(folder, "corrections", "Nothing.,They dined.", "Nothing.,They had dinner.")
    told = [p for p in check.data_problems(folder) if "is not as it was published" in p]
    assert [p.split(":")[0] for p in told] == ["corrections.csv", "events.csv"]


def test_a_row_without_an_id_does_not_vanish(folder):
    release.release(folder)
    text = (folder / "participants.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "participants.csv").write_text(text[0], "utf-8")
    told = [p for p in check.data_problems(folder) if p.startswith("participants.csv")]
    assert len(told) == len(text) - 1 and all("is gone in 0.2.0; put it back" in p for p in told)
    correct(
        folder, "corr-1,2026-12-01,0.3.0,retired,participants,2005-dinner/kasuri/party,,,,He was not there."
    )
    assert not [p for p in check.data_problems(folder) if p.startswith("participants.csv")]


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_release_cut_short_is_none_and_can_be_made_again(folder, monkeypatch, after):
    before, write, count = (folder / "datapackage.json").read_bytes(), files.write_whole, 0

    def cut(path, content):
        nonlocal count
        if count == after:
            raise KeyboardInterrupt
        count += 1
        write(path, content)

    monkeypatch.setattr(files, "write_whole", cut)
    with pytest.raises(KeyboardInterrupt):
        release.release(folder)
    assert (folder / "datapackage.json").read_bytes() == before
    monkeypatch.setattr(files, "write_whole", write)
    assert release.release(folder) == "0.2.0" and check.data_problems(folder) == []


PINS = "releases/0.2.0.csv"
DAMAGES = {
    "pins without rows": lambda raw, package: (raw.partition(b"\n")[0] + b"\n", package),
    "pins cut": lambda raw, package: (raw[: len(raw) // 2], package),
    "a pin less": lambda raw, package: (b"".join(raw.splitlines(keepends=True)[:-1]), package),
    "another hash": lambda raw, package: (raw.replace(b"dinner.1,", b"dinner.1,0"), package),
    "no columns": lambda raw, package: (raw, {k: v for k, v in package.items() if k != "hashed"}),
    "columns of no table": lambda raw, package: (raw, package | {"hashed": {"claims": None}}),
    "a table less": lambda raw, package: (raw, package | {"hashed": {"claims": ["claim_id"]}}),
    "no version": lambda raw, package: (raw, package | {"version": ""}),
    "another version": lambda raw, package: (raw, package | {"version": "9.9.9"}),
    "holds something": lambda raw, package: (raw, package | {"holds": "row"}),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=list(DAMAGES))
def test_a_damaged_pin_is_told_and_protects_no_less_in_silence(folder, damage):
    release.release(folder)
    path = folder / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    at = next(n for n, r in enumerate(package["resources"]) if r["path"] == PINS)
    raw, package["resources"][at] = damage((folder / PINS).read_bytes(), package["resources"][at])
    (folder / PINS).write_bytes(raw)
    path.write_text(json.dumps(package), "utf-8")
    found = check.data_problems(folder)
    assert found and ("; restore it" in found[0] or "; put it back" in found[0]), found
    assert not any("--fix" in p for p in found)
