"""Bad input: each fault gets one message with file, row, column, what is wrong and what to do; nothing is lost."""

from __future__ import annotations

import codecs
import csv
import os
import re
from pathlib import Path

import pytest
import small_data
from conftest import RESOURCES, ROOT
from without_recognition.data import check, dataset, ignored, messages, series
from without_recognition.press.system import digest

SHAPE = re.compile(r"^[\w.-]+(:\d+(:\w+)?)?: .+; .+")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A small sound data package on disk."""
    folder = small_data.write(tmp_path / "data")
    assert check.data_problems(folder) == []
    return folder


COLUMNS = len(RESOURCES["sources"]["schema"]["fields"])


def put(folder: Path, table: str, row: int, column: str, cell: str) -> None:
    """Change one cell; `row` counts as in the messages, the header being row 1."""
    path = folder / f"{table}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))
    lines[row - 1][lines[0].index(column)] = cell
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)


def claim(folder: Path, claim_id: str, **cells: str) -> None:
    """One more claim at the end; of cells that are not given, what is usual, else nothing."""
    usual = {"locator": "¶1", "aspect": "occurrence", "statement": "Says so.", "stance": "affirms"}
    columns = [field["name"] for field in RESOURCES["claims"]["schema"]["fields"]]
    with (folder / "claims.csv").open("a", newline="", encoding="utf-8") as file:
        row = {"claim_id": claim_id, "event_id": claim_id.rpartition(".")[0], **usual, **cells}
        csv.DictWriter(file, columns, restval="", lineterminator="\n").writerow(row)


BROKEN = [
    ("sources", 2, "type", "pamphlet", "not one of the allowed words"),
    ("sources", 2, "lang", "English!", "does not match"),
    ("sources", 2, "title", "", "is empty"),
    ("sources", 2, "issued", "Sep-05", "spreadsheet"),
    ("sources", 2, "issued", "2005-02-30", "calendar"),
    ("sources", 2, "reliability", "D", "needs a reason"),
    ("sources", 2, "written", "2006", "later than issued"),
    ("actors", 2, "side", "martian", "not one of the allowed"),
    ("actors", 3, "died", "1999", "only persons die"),
    ("actors", 3, "born", "1947", "only persons are born"),
    ("actors", 2, "born", "June 1941", "write"),
    ("actors", 2, "family_name", "", "give the name under which to file"),
    ("actors", 3, "family_name", "Ministry", "only persons are filed"),
    ("actors", 2, "family_name", "Qasuri", "does not stand in name"),
    ("offices", 2, "span", "2007/2002", "before it begins"),
    ("events", 2, "date", "2005-08-30", "claimed by no source"),
    ("events", 2, "place", "atlantis", "unknown 'atlantis'"),
    ("places", 2, "latitude", "41°", "is not a number"),
    ("places", 2, "latitude", "141.01", "more than 90"),
    ("places", 2, "longitude", "", "is empty"),
    ("events", 2, "about", "2005-nothing", "unknown '2005-nothing'"),
    ("events", 2, "about", "2005-dinner", "about itself"),
    ("events", 2, "sensitive", "yes", "does not match"),
    ("events", 2, "sensitive", "true", "no denial is recorded"),
    ("events", 2, "summary", "word " * 61 + "end", "more than 60 words"),
    ("events", 2, "title", "x" * 111, "longer than 110"),
    ("claims", 2, "source_id", "nobody-2000", "unknown 'nobody-2000'"),
    ("claims", 2, "source_id", "c-1992", "was not read"),
    ("claims", 2, "event_id", "2005-talk", "must begin with its event_id"),
    ("claims", 2, "origin", "", "is empty"),
    ("claims", 2, "origin", "nobody", "unknown 'nobody'"),
    ("claims", 2, "origin", "a-2005", "names its own source"),
    ("claims", 2, "value", "x", "an occurrence has no value"),
    ("claims", 3, "value", "", "give the value"),
    ("claims", 3, "value", "1-Sep", "spreadsheet"),
    ("claims", 4, "value", "Istanbul, Turkey", "not a slug"),
    ("claims", 2, "of", "kasuri", "only role and count"),
    ("claims", 2, "speaker", "", "needs a speaker"),
    ("claims", 2, "speaker", "pakistan-mofa", "not among the participants"),
    ("claims", 2, "basis", "rumour", "not one of the allowed"),
    ("claims", 5, "speaker", "unnamed-pk", "goes with anonymous"),
    ("claims", 2, "basis", "anonymous", "is named"),
    (
        "claims",
        2,
        "statement",
        'He said "one two three four five six seven eight nine ten eleven twelve".',
        "more than 11 words",
    ),
    ("claims", 2, "statement", "two\nlines", "line break"),
    ("claims", 2, "statement", '=HYPERLINK("x")', "like a formula"),
    ("events", 2, "title", "A \u202edinner", "reading order"),
    ("claims", 2, "fingerprint", "abc", "does not match"),
    ("claims", 2, "claim_id", "2005-dinner.2", "stands twice"),
    ("participants", 2, "claim_id", "2005-talk.1", "claim on another event"),
    ("participants", 2, "actor_id", "shalom", "unknown 'shalom'"),
]


@pytest.mark.parametrize(
    ("table", "row", "column", "cell", "message"), BROKEN, ids=[f"{b[0]}-{b[2]}-{b[4][:18]}" for b in BROKEN]
)
def test_a_broken_cell_is_named(
    good: Path, table: str, row: int, column: str, cell: str, message: str
) -> None:
    put(good, table, row, column, cell)
    found = check.data_problems(good)
    assert any(message in p and p.startswith(f"{table}.csv:") for p in found), found
    assert all(SHAPE.match(p) for p in found), found


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=list(RESOURCES))
def test_every_enum_of_the_schema_is_enforced(good: Path, resource: dict) -> None:
    with (good / resource["path"]).open(newline="", encoding="utf-8") as file:
        filled = len(list(csv.reader(file))) > 1
    for field in resource["schema"]["fields"]:
        if filled and field.get("constraints", {}).get("enum"):
            put(good, resource["name"], 2, field["name"], "no-such-word")
            assert f"{resource['path']}:2:{field['name']}: 'no-such-word' is not one of" in "\n".join(
                check.data_problems(good)
            )


def test_all_problems_come_at_once(good: Path) -> None:
    put(good, "sources", 2, "type", "pamphlet")
    put(good, "events", 3, "channel", "telepathy")
    found = check.data_problems(good)
    assert {p.split(":")[0] for p in found} == {"sources.csv", "events.csv"}


def test_an_official_out_of_office_is_named(good: Path) -> None:
    put(good, "claims", 2, "basis", "official")
    assert check.data_problems(good) == []
    put(good, "offices", 2, "span", "1990/1993")
    assert any("held no office of ours on that day" in p for p in check.data_problems(good))


def test_a_participant_who_had_died_is_named(good: Path) -> None:
    put(good, "actors", 2, "died", "1999")
    assert any("had died (1999) before the event" in p for p in check.data_problems(good))


def test_a_place_that_no_source_claims_and_one_without_an_event_are_named(good: Path) -> None:
    put(good, "places", 2, "place", "ankara")
    put(good, "events", 2, "place", "ankara")
    assert any("events.csv:2:place: 'ankara' is claimed by no source" in p for p in check.data_problems(good))
    put(good, "events", 2, "place", "")
    assert any(
        "places.csv:2:place: 'ankara' is the place of no event" in p for p in check.data_problems(good)
    )


def test_a_circle_of_origins_is_named_once(good: Path) -> None:
    put(good, "claims", 5, "origin", "2005-talk.2")
    put(good, "claims", 6, "origin", "2005-talk.1")
    # two propositions: no circle; on one proposition there is one
    assert not any("circle" in p for p in check.data_problems(good))
    claim(good, "2005-talk.3", source_id="a-2005", basis="reported", origin="b-2005")
    put(good, "claims", 5, "origin", "a-2005")
    assert sum("run in a circle" in p for p in check.data_problems(good)) == 1


def test_a_relay_of_a_source_that_says_it_twice_must_name_the_claim(good: Path) -> None:
    said = {"locator": "¶3", "speaker": "pakistan-mofa", "basis": "official"}
    claim(good, "2005-talk.3", source_id="b-2005", origin="self", **said)
    claim(good, "2005-talk.4", source_id="a-2005", basis="reported", origin="b-2005")
    assert any("name the claim_id that is relayed" in p for p in check.data_problems(good))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda p: p.write_bytes(b""), "empty file"),
        (lambda p: p.unlink(), "no such file"),
        (lambda p: p.write_bytes(p.read_bytes() + "Müller".encode("latin-1")), "not UTF-8"),
        (
            lambda p: p.write_text(p.read_text("utf-8").replace("publisher,", "", 1), "utf-8"),
            "missing column publisher",
        ),
        (
            lambda p: p.write_text(p.read_text("utf-8").replace("note\n", "note,extra\n", 1), "utf-8"),
            "unknown column extra",
        ),
        (lambda p: p.write_text(p.read_text("utf-8") + "x,y\n", "utf-8"), f"2 cells instead of {COLUMNS}"),
        (
            lambda p: p.write_text(p.read_text("utf-8") + "," * 40 + "\n", "utf-8"),
            f"41 cells instead of {COLUMNS}",
        ),
        (lambda p: p.write_text(p.read_text("utf-8") + 'x,"y\n', "utf-8"), "not a table"),
        (lambda p: (p.unlink(), os.mkfifo(p)), r"cannot be read \(a pipe or a device, no file\)"),
    ],
)
def test_an_unreadable_table_is_named(good: Path, damage, message: str) -> None:
    damage(good / "sources.csv")
    found = check.data_problems(good)
    assert any(p.startswith("sources.csv") and message.replace("\\", "") in p for p in found), found
    assert all(SHAPE.match(p) for p in found), found
    with pytest.raises(dataset.DatasetError, match=message):
        dataset.load(good)


def test_one_fault_hides_no_other(good: Path) -> None:
    """Blanks, a pattern, a broken origin and a stranger are told in one go, each once."""
    put(good, "claims", 2, "statement", "Says  so.")
    put(good, "sources", 3, "lang", "English!")
    put(good, "claims", 5, "origin", "nobody")
    put(good, "places", 2, "label", " Istanbul")
    (good / "stranger.csv").write_text("x\n", "utf-8")
    assert [p.partition(": ")[0] for p in check.data_problems(good)] == [
        "claims.csv:2:statement",
        "claims.csv:5:origin",
        "datapackage.json",
        "places.csv:2:label",
        "sources.csv:3:lang",
    ]


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("sources", 2, "issued"),
        ("sources", 2, "written"),
        ("events", 2, "date"),
        ("offices", 2, "span"),
        ("actors", 2, "born"),
        ("claims", 3, "value"),
    ],
)
def test_a_date_that_cannot_be_read_hides_no_broken_origin(good: Path, table, row, column) -> None:
    put(good, table, row, column, "Sep-05")
    put(good, "claims", 5, "origin", "nobody")
    places = {p.partition(": ")[0] for p in check.data_problems(good)}
    assert {f"{table}.csv:{row}:{column}", "claims.csv:5:origin"} <= places


def test_a_mark_before_the_descriptor_is_told_and_misleads_nobody(good: Path) -> None:
    path = good / "datapackage.json"
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())
    assert check.data_problems(good) == [
        "datapackage.json: a byte-order mark at its head; save it as plain UTF-8"
    ]
    assert series.names(good) == [small_data.SERIES] and dataset.described(good)["resources"]


def test_a_retired_id_is_never_used_again(good: Path) -> None:
    with (good / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write("r1,2026-11-22,0.1.0,retired,events,2005-talk,,,2005-dinner,one event\n")
    assert any("was retired and is used again" in p for p in check.data_problems(good))


def test_fix_sorts_and_nothing_else(good: Path, monkeypatch) -> None:
    path = good / "events.csv"
    sound = path.read_bytes()
    header, *rows = path.read_text("utf-8").splitlines()
    path.write_bytes("\r\n".join([header, *reversed(rows), ""]).encode("utf-8-sig"))
    assert any("run `book check --fix`" in p for p in check.data_problems(good))
    monkeypatch.setenv(messages.CALLED, "python make.py")
    assert any("run `python make.py check --fix`" in p for p in check.data_problems(good))
    assert check.fix(good) == ["events.csv"]
    assert path.read_bytes() == sound and check.fix(good) == [] and check.data_problems(good) == []


def test_the_exit_status_tells(good: Path, capsys) -> None:
    assert check.main([str(good)]) == 0
    put(good, "events", 2, "channel", "telepathy")
    assert check.main([str(good)]) == 1
    assert "events.csv:2:channel" in capsys.readouterr().err


def test_the_books_own_data_has_no_problem() -> None:
    assert check.data_problems(ROOT / "data") == []


@pytest.mark.parametrize("lead", ["to itself", "upwards", "nowhere", "to another file"])
def test_a_link_is_a_stranger_and_leads_no_reader_astray(good: Path, lead: str) -> None:
    target = {"to itself": ".", "upwards": "..", "nowhere": "gone.csv", "to another file": "events.csv"}[lead]
    (good / "more.csv").symlink_to(target)
    assert check.data_problems(good) == [
        "datapackage.json: 'more.csv' lies beside it and is not named in it; name it as a resource, or move it away"
    ]
    assert len(dataset.load(good).events) == 2
    assert sorted(p.name for p in ignored.files(good) if p.is_symlink()) == ["more.csv"]
    assert len(digest._digest({"data": good})) == 20
