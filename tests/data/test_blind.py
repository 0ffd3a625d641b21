"""Sheets for a second coding: drawn by seed and stratum, blind, and read back with every fault named."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from conftest import make_history
from without_recognition import cli
from without_recognition.data import blind, sheets
from without_recognition.data.messages import DatasetError
from without_recognition.data.sheets import CODED, GIVEN

HEADER = ["event_id", "source_id", *CODED]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("coding") / "second"
    assert cli.main(["blind", str(made), "--share", "0.05", "--seed", "test", "--by", "channel"]) == 0
    return made


def test_the_sheets_are_two_alike_and_blind(folder: Path, book) -> None:
    a, b = (rows_of(folder / f"coder-{c}.csv") for c in "ab")
    assert a == b and list(a[0]) == [*GIVEN, *CODED] and not any(row[c] for row in a for c in CODED)
    pairs = set(zip(book.claims["event_id"], book.claims["source_id"]))
    assert {(r["event_id"], r["source_id"]) for r in a} <= pairs and len(a) == len(
        {tuple(r.values()) for r in a}
    )
    assert sorted(p.name for p in folder.iterdir()) == [
        "README.md",
        "actors.csv",
        "codebook.md",
        "coder-a.csv",
        "coder-b.csv",
        "sources.csv",
    ]


def test_nothing_in_the_folder_says_what_was_coded(folder: Path, book) -> None:
    """No statement, no claim's id, no date that is to be coded."""
    texts = {p.name: p.read_text("utf-8-sig") for p in folder.iterdir()}
    statements = [s for s in book.claims["statement"] if len(s) > 40]
    assert len(statements) > 1000 and not any(s in text for text in texts.values() for s in statements)
    assert not any(f"{c}," in text for text in texts.values() for c in book.claims.index if c.count("-") > 2)
    days = {r["event_id"]: book.events.at[r["event_id"], "date"] for r in rows_of(folder / "coder-a.csv")}
    cells = {r["event_id"]: r["event"] for r in rows_of(folder / "coder-a.csv")}
    assert not any(day in cells[e] for e, day in days.items() if len(day) > 4)


def test_every_group_gives_its_share(folder: Path, book) -> None:
    every = blind.pairs(book)
    drawn = blind.drawn(book, 0.05, "test", "channel")
    for channel, group in every.groupby("event_channel"):
        n = int((drawn["event_channel"] == channel).sum())
        assert 0.05 * len(group) <= n < 0.05 * len(group) + 1, channel
    assert len(rows_of(folder / "coder-a.csv")) == len(drawn)


def test_a_larger_share_holds_the_smaller_and_another_seed_draws_others(book) -> None:
    def pairs(share: float, seed: str) -> set:
        found = blind.drawn(book, share, seed)
        return set(zip(found["event_id"], found["source_id"]))

    assert pairs(0.05, "x") < pairs(0.2, "x") and pairs(0.05, "x") != pairs(0.05, "y")
    assert len(pairs(1, "x")) == len(blind.pairs(book))


def test_a_tenth_of_thirty_is_three() -> None:
    history = make_history(
        sources=[{"source_id": f"s{n}"} for n in range(30)],
        events=[{"event_id": "2005-x"}],
        claims=[{"claim_id": f"2005-x.{n}", "event_id": "2005-x", "source_id": f"s{n}"} for n in range(30)],
    )
    assert len(blind.drawn(history, 0.1, "x")) == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--share", "0"], "--share is 0; give a part of the whole, such as 0.1"),
        (["--share", "1.5"], "--share is 1.5"),
        (["--by", "chanel"], "unknown column to draw by 'chanel'; the nearest is 'channel'"),
    ],
)
def test_wrong_words_are_told_in_a_line(tmp_path: Path, capsys, words: list[str], told: str) -> None:
    assert cli.main(["blind", str(tmp_path / "new"), *words]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1 and told in said[0] and not (tmp_path / "new").exists()


def test_filled_sheets_are_never_written_over(folder: Path, capsys) -> None:
    assert cli.main(["blind", str(folder)]) == 1
    assert "not empty; give a new folder" in capsys.readouterr().err


# --- sheets that come back ----------------------------------------------------------------------
HISTORY = {
    "sources": [{"source_id": "a"}, {"source_id": "b"}],
    "events": [{"event_id": "2005-x"}],
    "actors": [{"actor_id": "kasuri"}],
}
ROW = {
    "event_id": "2005-x",
    "source_id": "a",
    "statement": "It says so.",
    "aspect": "occurrence",
    "stance": "affirms",
    "basis": "reported",
    "origin": "self",
}


def written(path: Path, *rows: dict, delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="", delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_what_spreadsheets_write_is_read(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [ROW | {"stance": " Affirms "}, {"event_id": "2005-x", "source_id": "b"}]
    path = written(tmp_path / "coder-b.csv", *rows, delimiter=delimiter, encoding=encoding)
    sheet = sheets.read(path, make_history(**HISTORY))
    assert sheet.coder == "b" and list(sheet.rows) == [("2005-x", "a")]  # the other text was not read
    assert [r["stance"] for r in sheet.rows["2005-x", "a"]] == ["affirms"]


def test_a_text_that_says_nothing_was_read(tmp_path: Path) -> None:
    path = written(tmp_path / "coder-a.csv", {"event_id": "2005-x", "source_id": "a", "aspect": "nothing"})
    assert sheets.read(path, make_history(**HISTORY)).rows == {("2005-x", "a"): []}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            {"aspect": "ocurrence"},
            "coder-a.csv:3:aspect: 'ocurrence' is not a word of the codebook; choose one of occurrence,",
        ),
        ({"stance": ""}, "coder-a.csv:3:stance: '' is not a word of the codebook; choose one of affirms,"),
        ({"source_id": "c"}, "coder-a.csv:3:source_id: unknown 'c'; the nearest is"),
        (
            {"aspect": "date", "value": "1/9/2005"},
            "coder-a.csv:3:value: '1/9/2005' looks like a date rewritten",
        ),
        ({"speaker": "kasury"}, "coder-a.csv:3:speaker: unknown 'kasury'; the nearest is 'kasuri'"),
        ({"origin": ""}, "coder-a.csv:3:origin: empty; write self, or the source that the text relays"),
        ({"origin": "The Sunday Times"}, "coder-a.csv:3:origin: unknown 'The Sunday Times'"),
    ],
)
def test_cells_that_cannot_be_read_are_told_with_their_row(tmp_path: Path, wrong: dict, told: str) -> None:
    path = written(tmp_path / "coder-a.csv", ROW, ROW | wrong)
    with pytest.raises(DatasetError) as caught:
        sheets.read(path, make_history(**HISTORY), known_ids=True)
    assert told in str(caught.value) and len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize(
    ("mangle", "told"),
    [
        (lambda row: row + ",more", "3: 11 cells instead of 10; quote cells that hold commas"),
        (lambda row: row.rpartition(",")[0], "3: 9 cells instead of 10; add the commas"),
        (lambda row: row.replace("kasuri", '"kasuri'), "3:speaker: not a table: a quotation mark is opened"),
    ],
)
def test_a_row_of_another_length_is_told_by_its_number(tmp_path: Path, mangle, told: str, delimiter) -> None:
    """The row before it has a cell of two lines: rows are counted, not lines."""
    two_lines, last = ROW | {"statement": "It says,\nand says."}, ROW | {"speaker": "kasuri"}
    path = written(tmp_path / "coder-a.csv", two_lines, last)
    *above, row = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([*above, mangle(row)]).replace(",", delimiter), "utf-8")
    with pytest.raises(DatasetError) as caught:
        sheets.read(path, make_history(**HISTORY))
    wanted = told.replace("commas", "semicolons") if delimiter == ";" else told
    assert str(caught.value).startswith(f"coder-a.csv:{wanted}")


def test_names_may_be_free_words_where_only_agreement_is_asked(tmp_path: Path) -> None:
    path = written(tmp_path / "coder-a.csv", ROW | {"speaker": "a minister", "origin": "The Sunday Times"})
    assert sheets.read(path, make_history(**HISTORY)).rows


def test_files_that_are_no_sheets_are_told(tmp_path: Path) -> None:
    path = tmp_path / "coder-a.csv"
    path.write_text("event_id,source_id\n2005-x,a\n", "utf-8")
    with pytest.raises(
        DatasetError, match="coder-a.csv:1: missing column statement, aspect, .*; keep the header"
    ):
        sheets.read(path, make_history(**HISTORY))
    path.write_bytes("event_id,s\xe9".encode("cp1252"))
    with pytest.raises(DatasetError, match="coder-a.csv:1: not UTF-8; save the file as UTF-8"):
        sheets.read(path, make_history(**HISTORY))


# --- rows brought together ----------------------------------------------------------------------
def row(aspect: str, value: str = "", statement: str = "", **more: str) -> dict[str, str]:
    return {**dict.fromkeys(CODED, ""), "aspect": aspect, "value": value, "statement": statement, **more}


def test_rows_of_one_aspect_go_together_by_their_cells() -> None:
    ours = [row("date", "2005"), row("date", "2006", basis="reported"), row("place", "rome")]
    theirs = [row("date", "2006"), row("date", "2005", basis="record"), row("motive", "trade")]
    found = sheets.matched(ours, theirs)
    assert [(a and a["value"], b and b["value"]) for a, b in found] == [
        ("2005", "2005"),
        ("2006", "2006"),
        ("rome", None),
        (None, "trade"),
    ]


def test_one_thing_under_two_aspects_is_a_match_and_a_difference() -> None:
    same_value = sheets.matched([row("outcome", "trade")], [row("motive", "trade")])
    assert [(a["aspect"], b["aspect"]) for a, b in same_value] == [("outcome", "motive")]
    said = "They agreed to meet again in the spring."
    alike = sheets.matched(
        [row("outcome", "x", said)], [row("content", "y", said.replace("spring", "summer"))]
    )
    assert len(alike) == 1
    assert (
        len(sheets.matched([row("outcome", "x", said)], [row("content", "y", "Nothing of the kind.")])) == 2
    )
