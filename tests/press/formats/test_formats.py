"""Each format, read back by a reader that is not ours, holds the tables; equal data give equal bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from datetime import date

import pytest
from conftest import ROOT
from without_recognition.data import dates
from without_recognition.press.formats import comma, downloads, flat, sqlite, workbook

duckdb = pytest.importorskip("duckdb")
openpyxl = pytest.importorskip("openpyxl")


@pytest.fixture(scope="module")
def tables(book):
    return flat.tables(book)


@pytest.fixture(scope="module")
def made(book, tmp_path_factory):
    """The folder with all downloads of the book's own data."""
    folder = tmp_path_factory.mktemp("downloads")
    for name, content in downloads.download_files(book).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def typed(table):
    """The rows with days as days."""
    kinds = [c.type for c in table.columns]
    return [
        tuple(
            date.fromisoformat(c) if k == "date" and c else c or None if k == "date" else c
            for c, k in zip(row, kinds)
        )
        for row in table.rows
    ]


def test_duckdb_reads_the_same_from_parquet(made, tables):
    for table in tables:
        found = duckdb.sql(f"SELECT * FROM '{made / 'parquet' / table.name}.parquet'")
        assert found.columns == table.names and found.fetchall() == typed(table), table.name


def test_parquet_says_what_its_columns_mean(made, tables):
    from pyarrow import parquet

    for table in tables:
        schema = parquet.read_schema(made / "parquet" / f"{table.name}.parquet")
        assert [f.metadata[b"description"].decode() for f in schema] == [c.meaning for c in table.columns]


def test_sqlite_holds_the_tables_and_their_keys(made, tables):
    with sqlite3.connect(f"file:{made / downloads.DATABASE}?mode=ro", uri=True) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in tables:
            names = ", ".join(f'"{name}"' for name in table.names)
            found = base.execute(f'SELECT {names} FROM "{table.name}" ORDER BY rowid').fetchall()
            said = [
                tuple(None if c.refers and cell == "" else cell for c, cell in zip(table.columns, row))
                for row in table.rows
            ]
            assert found == said, table.name
            key = [row[1] for row in base.execute(f'PRAGMA table_info("{table.name}")') if row[5]]
            assert set(key) == set(table.key), table.name


def test_sqlite_has_the_bounds_of_every_date_beside_it(made, tables):
    with sqlite3.connect(made / downloads.DATABASE) as base:
        dated = [(t.name, c.name) for t in tables if not t.is_result for c in t.columns if c.edtf]
        assert ("events", "date") in dated and ("offices", "span") in dated
        for table, column in dated:
            rows = base.execute(
                f'SELECT "{column}", {column}_earliest, {column}_latest FROM "{table}"'
            ).fetchall()
            for text, first, last in rows:
                span = dates.parse(text) if text else None
                assert first == (span.earliest.isoformat() if span and text[:2] != ".." else None)
                assert last == (span.latest.isoformat() if span and text[-2:] != ".." else None)


def test_views_say_what_the_rules_say(made, book):
    with sqlite3.connect(made / downloads.DATABASE) as base:
        found = dict(base.execute("SELECT event_id, grade || ' ' || status FROM events_with_grades"))
        assert found["1947-jinnah-truman"] == "documented unchallenged" and set(found) == set(
            book.events.index
        )
        for view, least in {
            "claims_with_lines": len(book.claims),
            "sources_with_counts": len(book.sources),
        }.items():
            assert base.execute(f"SELECT count(*) FROM {view}").fetchone() == (least,)
        open_, said = base.execute(
            "SELECT count(DISTINCT event_id || '|' || aspect || '|' || of), (SELECT count(*) FROM disputes) "
            "FROM disputes_with_values"
        ).fetchone()
        assert open_ == said > 100
        names = [
            name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        ]
        assert all(name.isidentifier() and name == name.lower() for name in names)


def test_openpyxl_reads_the_same_from_the_workbook(made, tables):
    book = openpyxl.load_workbook(made / downloads.WORKBOOK, read_only=True)
    assert book.sheetnames[:2] == ["about", "tables"]
    for table in tables:
        header, *rows = book[table.name[: workbook.SHEET]].iter_rows(values_only=True)
        assert list(header) == table.names
        said = [tuple(None if cell == "" else cell for cell in row) for row in table.rows]
        assert [row + (None,) * (len(header) - len(row)) for row in rows] == said, table.name


def test_a_workbook_leaves_texts_alone():
    column = flat.Column("x", "string", "Anything.")
    texts = ["2005-09", "1-2", "007", "=1+1", "+HYPERLINK(1)", "@x", "https://example.org/a", "TRUE"]
    table = flat.Flat("t", "T", "T.", ("x",), (column,), tuple((text,) for text in texts))
    made = workbook.workbook_bytes([table], [("title", "T")], "2026-11-28")
    sheet = openpyxl.load_workbook(io.BytesIO(made))["t"]
    cells = [sheet.cell(n, 1) for n in range(2, len(texts) + 2)]
    assert [cell.value for cell in cells] == texts
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    assert [cell.value for cell in cells if cell.quotePrefix] == ["=1+1", "+HYPERLINK(1)", "@x"]
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet3.xml")


def test_csv_of_results_holds_the_tables_and_no_formula(made, tables):
    for table in (t for t in tables if t.is_result):
        header, *rows = csv.reader(
            (made / "results" / f"{table.name}.csv").open(encoding="utf-8", newline="")
        )
        assert header == table.names
        said = [
            ["" if c is None else str(c).lower() if isinstance(c, bool) else str(c) for c in row]
            for row in table.rows
        ]
        assert rows == said
        assert not [c for row in table.rows for c in row if isinstance(c, str) and c[:1] in tuple("=+@\t\r")]


def test_frictionless_finds_the_results_as_they_are_described(made):
    from frictionless import Package

    report = Package(str(made / "results" / "datapackage.json")).validate()
    assert report.valid, [error.message for task in report.tasks for error in task.errors][:3]
    assert len(report.tasks) == 10


def test_the_archive_has_all_that_is_needed_to_keep_it(made):
    with zipfile.ZipFile(made / downloads.ARCHIVE) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    sums = dict(line.split("  ")[::-1] for line in held.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in held.items()}
    assert held["LICENSE"] == (ROOT / "LICENSE-text").read_bytes()
    assert b"results/codebook.csv" in held["README.md"] and "results/codebook.csv" in held
    assert json.loads(held["data/datapackage.json"])["version"].encode() in held["README.md"]


def test_another_process_makes_the_same_bytes(made):
    told = (
        "from without_recognition import load\nfrom without_recognition.press.formats import downloads\n"
        "print(downloads.download_files(load())[downloads.SUMS].decode(), end='')"
    )
    run = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, cwd=ROOT / "analysis", check=True
    )
    assert run.stdout == (made / downloads.SUMS).read_text("utf-8")


def test_without_the_packages_the_rest_is_written(book, monkeypatch):
    monkeypatch.setattr(downloads, "find_spec", lambda name: None)
    made = downloads._made(book)
    assert downloads.DATABASE in made and downloads.WORKBOOK not in made
    assert not [name for name in made if name.startswith("parquet/")]
    assert downloads.missing() == downloads.NEEDED


def test_an_empty_table_is_written_everywhere():
    columns = (flat.Column("x", "string", "Anything."), flat.Column("day", "date", "A day."))
    table = flat.Flat("t", "T", "T.", ("x",), columns, ())
    assert comma.csv_bytes(table) == b"x,day\n"
    from without_recognition.press.formats import parquet

    assert (
        duckdb.from_arrow(
            __import__("pyarrow.parquet").parquet.read_table(io.BytesIO(parquet.parquet_bytes(table)))
        ).fetchall()
        == []
    )
    assert sqlite.sqlite_bytes([table], [("title", "T")]).startswith(b"SQLite format 3")
