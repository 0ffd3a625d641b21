"""What editors and spreadsheets make of a table: each has its name, and a broken row its place."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
import small_data
from hypothesis import given
from hypothesis import strategies as st
from without_recognition.data import check, dataset, table_reader, textfile

COLUMNS = ["office_id", "actor_id", "office", "body"]
SOUND = 'office_id,actor_id,office,body\na,x,Minister,m\nb,y,"Chief, of staff",m\nc,z,Envoy,m\n'
COLUMNS_LINE = SOUND.partition("\n")[0] + "\n"


def read(raw: bytes | str) -> tuple[list[list[str]], list[str]]:
    return table_reader.table_rows(raw.encode() if isinstance(raw, str) else raw, "offices.csv", COLUMNS)


def resaved(separator: str, encoding: str = "utf-8", head: str = "", end: str = "\r\n") -> bytes:
    """SOUND as a spreadsheet writes it with its own separator."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(csv.reader(io.StringIO(SOUND)))
    return (head + out.getvalue()).encode(encoding)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (resaved(";"), "offices.csv:1: separated by semicolons; save the table with commas"),
        (resaved(";", "utf-8-sig"), "offices.csv:1: separated by semicolons"),
        (resaved("\t"), "offices.csv:1: separated by tabs"),
        (resaved("|"), "offices.csv:1: separated by bars"),
        (resaved(",", head="sep=,\r\n"), "offices.csv:1: 'sep=,', which a spreadsheet wrote; remove this line"),
        (resaved(";", head="sep=;\r\n"), "offices.csv:1: 'sep=;', which a spreadsheet wrote"),
        (resaved("\t", "utf-16"), "offices.csv:1: not UTF-8; save the file as UTF-8 (it is UTF-16)"),
        (resaved(",", "utf-16-be", "\ufeff"), "offices.csv:1: not UTF-8; save the file as UTF-8 (it is UTF-16)"),
        (SOUND.replace("Envoy", "Müller").encode("cp1252"),
         "offices.csv:4: not UTF-8; save the file as UTF-8 (it may be Windows-1252: Müller)"),
        (SOUND + "\n", "offices.csv:5: an empty row; remove it"),
        (SOUND + "\r\n\r\n", "offices.csv:5: an empty row; remove it"),
        (SOUND.replace("c,z", ",,,\nc,z"), "offices.csv:4: an empty row; remove it"),
        (SOUND.replace("\n", ",,\n"), "offices.csv:1: 2 column(s) without a name; remove them"),
        (SOUND.replace("m\nc", "m,,\nc"), "offices.csv:3: 6 cells instead of 4, the last ones empty"),
        (SOUND.replace("c,z,Envoy,m", "c;z;Envoy;m"), "offices.csv:4: 1 cells instead of 4, which are not separated"),
        (SOUND.replace("c,z,", "c,z,Envoy,"), "offices.csv:4: 5 cells instead of 4; quote cells that hold commas"),
        (SOUND.replace("Minister", '"Minister'), "offices.csv:2:office: not a table: a quotation mark is opened here"),
        (SOUND.replace("c,z", '"c,z'), "offices.csv:4:office_id: not a table: a quotation mark is opened here"),
        (SOUND.replace("Minister", '"Min"ister'), "offices.csv:2: not a table ("),
        (SOUND.replace("actor_id,", '"actor_id,', 1), "offices.csv:1:actor_id: not a table: a quotation mark"),
        (resaved(";", head='"sep=;"\r\n'), "offices.csv:1: '\"sep=;\"', which a spreadsheet wrote"),
        (resaved(",", "utf-16-le"), "offices.csv:1: a NUL character: damaged, or UTF-16 without a mark"),
        (SOUND.replace("Envoy", "Müllér").encode("utf-16-be"),
         "offices.csv:4: not UTF-8; save the file as UTF-8 (it is UTF-16)"),
        (b"PK\x03\x04\x14\0\xff",
         "offices.csv:1: a workbook or another packed file, no text; save a table as CSV in UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "offices.csv:1: a workbook or another packed file, no text; save a table as CSV"),
        (SOUND.replace("office,body", "actor_id,body", 1),
         "offices.csv:1: column actor_id stands twice and office nowhere; "
         "write the header office_id,actor_id,office,body"),
        (SOUND + "\0\0", "offices.csv:5: a control character; remove the row"),
        (SOUND + "\x1a", "offices.csv:5: a control character; remove the row"),
        (SOUND + "  \n", "offices.csv:5: an empty row; remove it"),
        ("\n" + SOUND, "offices.csv:1: an empty row above the header; remove it"),
        (",,,\n" + SOUND, "offices.csv:1: an empty row above the header; remove it"),
        ("\ufeff\ufeff" + SOUND, "offices.csv:1: a second byte-order mark"),
        (COLUMNS_LINE + SOUND, "offices.csv:2: the header again; remove it"),
        (SOUND.replace("office_id", "Office_ID"), "offices.csv:1: column 'Office_ID' must be written office_id"),
        (SOUND.replace(",actor", ", actor"), "offices.csv:1: column ' actor_id' must be written actor_id"),
        (resaved(":"), "offices.csv:1: not the header of this table, which is office_id,actor_id,office,body"),
        ("<!DOCTYPE html>\n", "offices.csv:1: not the header of this table"),
        (SOUND.replace("office_id,", "office_id,office_id,"),
         "offices.csv:1: columns out of order: office_id stands twice; remove one"),
        (SOUND.replace("c,z", "<<<<<<< HEAD\nc,z"), "offices.csv:4: <<<<<<< stands where git could not merge"),
        (SOUND.replace("Envoy", "En\nvoy"), "offices.csv:4: 3 cells instead of 4; add the commas"),
        ("", "offices.csv: empty file; restore at least the header line"),
        (codecs.BOM_UTF8, "offices.csv: empty file"),
    ],
)  # fmt: skip
def test_the_cause_is_named_first_and_alone(raw: bytes | str, told: str) -> None:
    _, found = read(raw)
    assert found[0].startswith(told), found
    assert len(found) <= 2 and all("; " in each for each in found)


@pytest.mark.parametrize(
    "raw",
    [SOUND, SOUND.replace("\n", "\r\n"), SOUND.replace("\n", "\r"), "\ufeff" + SOUND, SOUND.rstrip("\n")],
)
def test_marks_and_line_ends_change_no_cell(raw: str) -> None:
    assert read(raw) == read(SOUND) and len(read(SOUND)[0]) == 3


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters='\r\n\0",'), max_size=6)


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=2, max_size=6), st.data())
def test_an_open_quotation_mark_is_told_in_the_row_where_it_begins(
    rows: list[list[str]], data: st.DataObject
) -> None:
    rows = [[f"k{n}", *row[1:]] for n, row in enumerate(rows)]
    at = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(1, 3))
    lines = []
    for row in [COLUMNS, *rows]:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(row)
        lines.append(out.getvalue())
    cells = [f'"{c.replace(chr(34), chr(34) * 2)}"' for c in rows[at]]
    cells[column] = '"open'  # and never closed
    lines[at + 1] = ",".join(cells) + "\n"
    found = read("".join(lines))[1]
    assert found[0].startswith(f"offices.csv:{at + 2}:"), found


@given(st.binary(max_size=80))
def test_any_bytes_are_a_table_or_one_problem_in_words(raw: bytes) -> None:
    rows, found = read(raw)
    assert all(len(row) == 4 for row in rows)
    assert all(each.startswith("offices.csv") and "; " in each for each in found)
    assert found or rows or raw.strip()


@given(st.text(max_size=60), st.sampled_from(["utf-8", "utf-8-sig"]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_reader_of_texts_sees_the_same(text: str, encoding: str, end: str) -> None:
    text = text.replace("\r", "\n").removeprefix("\ufeff")
    raw = text.replace("\n", end).encode(encoding)
    assert textfile.decode(raw).replace("\r\n", "\n").replace("\r", "\n") == text


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return small_data.write(tmp_path / "data")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda raw: codecs.BOM_UTF8 + raw, "a byte-order mark at its head"),
        (lambda raw: raw.replace(b"\n", b"\r\n"), "line ends not plain"),
        (
            lambda raw: codecs.BOM_UTF8 + raw.replace(b"\n", b"\r\n"),
            "a byte-order mark at its head and line ends not",
        ),
        (lambda raw: raw.replace(b"2005-talk,", b'"2005-talk",'), "quotation marks that no cell needs"),
        (lambda raw: raw.rstrip(b"\n"), "rows not sorted by key, or no line end at the last"),
    ],
)
def test_what_fix_would_change_is_named(good: Path, change: Callable[[bytes], bytes], told: str) -> None:
    path, sound = good / "events.csv", (good / "events.csv").read_bytes()
    path.write_bytes(change(sound))
    assert (
        check.data_problems(good)
        == [p for p in check.data_problems(good) if p.startswith(f"events.csv: {told}")]
        != []
    )
    assert dataset.load(good).events.equals(dataset.load(small_data.write(good / "other")).events)
    check.fix(good)
    assert path.read_bytes() == sound and not list(good.glob(".*"))


@pytest.mark.parametrize("cell", ["#REF!", "#NAME?", "#N/A", "#VALUE!", "#DIV/0!"])
def test_the_errors_of_a_spreadsheet_are_no_text(good: Path, cell: str) -> None:
    path = good / "events.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    title = lines[1].split(",")[2]
    path.write_text("".join([lines[0], lines[1].replace(title, cell, 1), *lines[2:]]), "utf-8")
    told = f"events.csv:2:title: '{cell}' is what a spreadsheet writes where it failed"
    assert any(p.startswith(told) for p in check.data_problems(good))


def test_a_mark_in_the_descriptor_or_a_series_hides_nothing(good: Path) -> None:
    before = dataset.load(good)
    for name in ("datapackage.json", f"series/{small_data.SERIES}.csv"):
        path = good / name
        path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())
    after = dataset.load(good)
    assert after.package == before.package
    assert any("a byte-order mark at its head" in p for p in check.data_problems(good))


SERIES = f"series/{small_data.SERIES}.csv"
MENDED = {
    "semicolons": lambda raw: raw.replace(b",", b";"),
    "tabs": lambda raw: raw.replace(b",", b"\t"),
    "sep= and semicolons": lambda raw: b"sep=;\r\n" + raw.replace(b",", b";").replace(b"\n", b"\r\n"),
    "UTF-16": lambda raw: raw.decode().encode("utf-16"),
    "UTF-16 with tabs": lambda raw: raw.decode().replace(",", "\t").replace("\n", "\r\n").encode("utf-16"),
    "mark and line ends": lambda raw: codecs.BOM_UTF8 + raw.replace(b"\n", b"\r\n"),
    "an empty row": lambda raw: raw + b"," * raw.partition(b"\n")[0].count(b",") + b"\n\n",
    "empty columns": lambda raw: raw.replace(b"\n", b",,\n"),
    "blanks around names": lambda raw: raw.replace(b",", b" , ", 1).replace(b"\n", b" \n", 1),
    "the header again": lambda raw: raw.partition(b"\n")[0] + b"\n" + raw,
}


@pytest.mark.parametrize("table", ["participants.csv", "offices.csv", SERIES])
@pytest.mark.parametrize("change", MENDED.values(), ids=list(MENDED))
def test_fix_mends_what_a_spreadsheet_did_and_loses_nothing(good: Path, table: str, change: Callable) -> None:
    path, sound = good / table, (good / table).read_bytes()
    path.write_bytes(change(sound))
    told = [p for p in check.data_problems(good) if p.startswith(path.name)]
    assert told and (table == SERIES or all("run `book check --fix`" in p for p in told))
    assert check.fix(good) == [table]
    assert path.read_bytes() == sound and check.data_problems(good) == [] and not list(good.rglob(".*"))


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"A talk", b'"A talk'),
        lambda raw: raw.replace(b"A talk", "Ein Gespräch".encode("cp1252")),
        lambda raw: raw.replace(b"A talk", b"A talk, long"),
        lambda raw: raw.replace(b"They talked.", b"They talked, and parted."),
        lambda raw: raw.replace(b"title,", b"", 1),
        lambda raw: b"",
    ],
)
def test_what_only_a_reader_can_mend_is_left_as_it_is(good: Path, change: Callable[[bytes], bytes]) -> None:
    path = good / "events.csv"
    path.write_bytes(change(path.read_bytes()))
    broken = path.read_bytes()
    told = [p for p in check.data_problems(good) if p.startswith("events.csv")]
    assert told and "--fix" not in "".join(told)
    assert check.fix(good) == [] and path.read_bytes() == broken


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=4), st.data())
def test_a_comma_too_many_moves_no_cell_into_another_column(
    rows: list[list[str]], data: st.DataObject
) -> None:
    rows = [[f"k{n}", *row[1:3], ""] for n, row in enumerate(rows)]  # the last column is often empty
    at = data.draw(st.integers(0, len(rows) - 1))
    rows[at].insert(data.draw(st.integers(1, 3)), "of staff")
    text = "".join(",".join(row) + "\n" for row in [COLUMNS, *rows])
    assert table_reader.mended(text.encode(), COLUMNS) is None and read(text)[1]


@given(
    st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_comes_back_from_a_spreadsheet(
    rows: list[list[str]], mark: str, encoding: str, end: str
) -> None:
    rows = [COLUMNS, *([f"k{n}", *row[1:]] for n, row in enumerate(rows))]
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator=end).writerows(rows)
    text = table_reader.mended(out.getvalue().encode(encoding), COLUMNS)
    assert text is not None and list(csv.reader(io.StringIO(text, newline=""))) == rows


def test_a_cell_with_a_whole_text_in_it_is_named(good: Path) -> None:
    path = good / "sources.csv"
    path.write_bytes(path.read_bytes().replace(b",A,", b"," + b"x" * 200_000 + b",", 1))
    (told,) = check.data_problems(good)
    assert told.startswith("sources.csv:2:title: 200,000 characters in one cell; shorten it")


def test_an_unreadable_table_hides_no_fault_of_the_others(good: Path) -> None:
    for table, old, new in (
        ("events", b",", b";"),
        ("claims", b"affirms", b"affrims"),
        ("sources", b"full", b"fool"),
    ):
        path = good / f"{table}.csv"
        path.write_bytes(path.read_bytes().replace(old, new))
    found = check.data_problems(good)
    assert {p.partition(":")[0] for p in found} == {"claims.csv", "events.csv", "sources.csv"}
    assert not any("unknown '2005" in p for p in found), "rows of the unreadable table are not called unknown"


def test_an_id_that_stands_twice_is_told_once(good: Path) -> None:
    path = good / "actors.csv"
    path.write_bytes(path.read_bytes() + path.read_bytes().splitlines(keepends=True)[-1])
    (told,) = check.data_problems(good)
    assert "stands twice" in told
