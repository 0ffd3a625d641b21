"""What moved between two editions: found whole, with reasons, from folders, commits and pins alike."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest
from conftest import ROOT, git, make_history, skip_without_history
from without_recognition import cli
from without_recognition.data import releases
from without_recognition.evidence import GRADES
from without_recognition.findings import changes

BASE = {
    "sources": [{"source_id": "a"}, {"source_id": "b"}],
    "actors": [{"actor_id": "x"}],
    "events": [{"event_id": "e1"}, {"event_id": "e2", "chapter": "zia"}],
    "claims": [
        {"claim_id": "e1.1", "event_id": "e1", "source_id": "a"},
        {"claim_id": "e2.1", "event_id": "e2", "source_id": "a"},
    ],
}
REASON = {"correction_id": "k1", "date": "2026-12-01", "version": "99.0.0", "kind": "changed", "table": "sources",
          "key": "a", "column": "reliability", "was": "C", "now": "B", "reason": "Read at last."}  # fmt: skip


def edition(**changed):
    return changes.of_history(make_history(**{**BASE, **changed}))


def test_nothing_moves_between_equals():
    moved = changes.between(edition(), edition())
    assert moved["changed"] == moved["grades"] == [] and moved["classes"] == {}
    assert all(n == {"added": 0, "changed": 0, "gone": 0} for n in moved["rows"].values())


def test_rows_cells_grades_chapters_and_reasons_are_told():
    better = [{"source_id": "a", "reliability": "B"}, {"source_id": "b"}]
    more = [*BASE["claims"][:1], {"claim_id": "e1.2", "event_id": "e1", "source_id": "b"}]
    new = edition(sources=better, claims=more, events=BASE["events"][:1], corrections=[REASON])
    moved = changes.between(edition(), new)
    told = {(row["table"], row["key"]): row for row in moved["changed"]}
    assert told["sources", "a"]["cells"] == {"reliability": ("C", "B")}
    assert [why["reason"] for why in told["sources", "a"]["reasons"]] == ["Read at last."]
    assert (told["claims", "e1.2"]["change"], told["claims", "e2.1"]["change"]) == ("added", "gone")
    assert moved["rows"]["claims"] == {"added": 1, "changed": 0, "gone": 1}
    assert moved["classes"] == {"coding": 1}
    grades = {g["event_id"]: (g["grade_was"], g["grade_now"]) for g in moved["grades"]}
    assert grades["e2"] == ("attested", "untold") and GRADES.index(grades["e1"][1]) < GRADES.index(
        grades["e1"][0]
    )
    chapters = {c["chapter"]: (c["events_was"], c["events_now"]) for c in moved["chapters"]}
    assert chapters["zia"] == (1, 0) and chapters["istanbul"] == (1, 1)


def test_a_dispute_that_begins_is_told():
    denial = {"claim_id": "e1.2", "event_id": "e1", "source_id": "b", "stance": "denies"}
    moved = changes.between(edition(), edition(claims=[*BASE["claims"], denial]))
    assert moved["disputes"] == {"begun": [["e1", "occurrence", ""]], "ended": []}


def test_corrections_of_older_editions_are_no_reason():
    old = [REASON | {"version": "0.0.1"}]
    assert changes.between(edition(), edition(corrections=old))["classes"] == {}


@pytest.mark.parametrize(
    "row, name",
    [
        ({"kind": "retired", "table": "claims", "column": ""}, "withdrawn"),
        ({"kind": "added", "table": "claims", "column": ""}, "added"),
        ({"kind": "changed", "table": "claims", "column": "basis"}, "coding"),
        ({"kind": "changed", "table": "claims", "column": "statement"}, "words"),
        ({"kind": "changed", "table": "sources", "column": "url"}, "citation"),
        ({"kind": "changed", "table": "events", "column": "date"}, "facts"),
    ],
)
def test_every_correction_has_a_class_of_reason(row, name):
    assert changes.reason_class(row) == name and name in changes.CLASSES


def test_pins_and_their_commit_agree_on_what_was_there(book):
    """The first edition by its pins, and by the commit that was its last: the same rows were added and are gone."""
    first = git("rev-list", "-1", "--before=2026-11-23", "HEAD")
    if not first:
        skip_without_history()
    assert "git rev-list -1 --before=2026-11-23 HEAD" in (ROOT / "book/reference/changelog.md").read_text(
        "utf-8"
    )
    now, by_pins = changes.of_history(book), changes.pinned(book, "0.1.0")
    with changes.opened_edition(first) as by_commit:
        assert by_commit.version == "0.1.0" and by_commit.rows is not None
        assert {at for at in by_commit.rows if at[0] in changes.TABLES} == set(by_pins.pins)
        a, b = changes.between(by_pins, now), changes.between(by_commit, now)
    assert a["rows"] == b["rows"] and a["classes"] == b["classes"]
    rows = [{(r["table"], r["key"], r["change"]) for r in moved["changed"]} for moved in (a, b)]
    assert rows[0] == rows[1]


def test_published_grades_are_kept(book):
    graded = releases.grades(book, "0.1.0")
    events = graded[graded["aspect"].eq("occurrence")]
    assert set(graded["event_id"]) <= set(releases.pinned(book, "0.1.0").query("table == 'events'")["key"])
    assert len(events) > 500 and set(graded["grade"]) <= {*GRADES, ""}
    assert releases.grades(book, "0.0.1") is None


def test_a_changed_claim_of_the_first_edition_has_its_reason(book):
    moved = changes.since(book)
    silent = [
        r
        for r in moved["changed"]
        if r["table"] in ("claims", "events") and r["change"] != "added" and not r["reasons"]
    ]
    assert silent == []


def test_the_command_compares_folders(tmp_path, capsys):
    for name in ("old", "new"):
        shutil.copytree(ROOT / "data", tmp_path / name)
    path = tmp_path / "new" / "events.csv"
    path.write_text(
        path.read_text("utf-8").replace("Jinnah appeals to Truman", "Jinnah writes to Truman", 1), "utf-8"
    )
    assert cli.main(["changes", str(tmp_path / "old"), str(tmp_path / "new"), "--json"]) == 0
    moved = json.loads(capsys.readouterr().out)
    (row,) = moved["changed"]
    assert row["key"] == "1947-jinnah-truman" and list(row["cells"]) == ["title"]
    assert cli.main(["changes", str(tmp_path / "old"), str(tmp_path / "new")]) == 0
    said = capsys.readouterr().out
    assert "events 1947-jinnah-truman: changed" in said and "Grades and statuses that moved: 0" in said


@pytest.mark.parametrize("name", ["nowhere", "-x", "--output=x", "9.9.9"])
def test_what_is_no_edition_is_told(name, capsys):
    with pytest.raises(
        changes.dataset.DatasetError, match="no folder with a datapackage.json, no pinned version, no commit"
    ):
        with changes.opened_edition(name):
            pass


def test_pins_alone_are_no_new_edition(capsys):
    assert cli.main(["changes", "0.1.0", "0.1.0"]) == 1
    assert "0.1.0: pins alone do not say what moved to it" in capsys.readouterr().err


def test_corrections_are_listed_of_what_somebody_could_read_before_them(book):
    read = set(releases.pinned(book, "0.1.0")[["table", "key"]].itertuples(index=False, name=None))
    listed = changes.of_published(book)
    days = [row["date"] for row in listed]
    assert days == sorted(days, reverse=True)
    shown = {row["correction_id"] for row in listed}
    for row in book.corrections.to_dict("records"):
        if row["version"] == "0.2.0":
            wanted = row["kind"] == "added" or (row["table"], row["key"]) in read
            assert (row["correction_id"] in shown) == wanted, row


def test_what_the_next_edition_had_is_corrected_in_the_one_after(monkeypatch):
    pins = {"1.0.0": "a", "2.0.0": "b"}
    monkeypatch.setattr(releases, "versions", lambda history: list(pins))
    monkeypatch.setattr(
        releases,
        "pinned",
        lambda history, v: pd.DataFrame([{"table": "sources", "key": pins[v], "hash": ""}]),
    )
    rows = [
        {**REASON, "correction_id": f"{key}-{version}", "key": key, "version": version}
        for key in "ab"
        for version in ("1.0.0", "2.0.0", "3.0.0")
    ]
    listed = changes.of_published(make_history(**BASE, corrections=rows))
    assert {row["correction_id"] for row in listed} == {"a-2.0.0", "a-3.0.0", "b-3.0.0"}


def test_before_anything_is_published_all_corrections_are_listed(monkeypatch):
    monkeypatch.setattr(releases, "versions", lambda history: [])
    assert [row["class"] for row in changes.of_published(make_history(**BASE, corrections=[REASON]))] == [
        "coding"
    ]
