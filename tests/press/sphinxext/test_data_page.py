"""The Data page: its files and sizes are those that are made, and its snippets run as they stand."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import sqlite3
import subprocess
import zipfile

import pytest
from conftest import ROOT
from without_recognition.press.formats import downloads

PAGE = (ROOT / "book" / "reference" / "data.md").read_text("utf-8")
TRIED, UNTRIED = {"python", "sql", "sh"}, {"r", "stata"}


def snippets(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def folder(book, tmp_path_factory):
    """The downloads, the archive unpacked among them."""
    made, folder = downloads.download_files(book), tmp_path_factory.mktemp("downloads")
    for name in (downloads.DATABASE, downloads.WORKBOOK):
        (folder / name).write_bytes(made[name])
    zipfile.ZipFile(io.BytesIO(made[downloads.ARCHIVE])).extractall(folder)
    return folder


@pytest.mark.parametrize("code", snippets("python"), ids=lambda code: code.split()[1])
def test_python_of_the_page_runs(folder, monkeypatch, code):
    if "duckdb" in code:
        pytest.importorskip("duckdb")
    monkeypatch.chdir(folder)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(code, {})
    assert "documented" in said.getvalue() or "Jinnah appeals to Truman" in said.getvalue()


def test_sql_of_the_page_runs(folder, book):
    (query,) = snippets("sql")
    with sqlite3.connect(folder / downloads.DATABASE) as base:
        rows = base.execute(query).fetchall()
    judged = book.event("2005-istanbul-meeting").judgement
    counting = [r for r in (*judged.affirms, *judged.denies, *judged.doubts) if r.counts]
    assert sorted(row[0] for row in rows) == sorted(r.source_id for r in counting) != []


def test_shell_of_the_page_makes_edges_for_gephi(folder):
    (command,) = snippets("sh")
    subprocess.run(command, shell=True, cwd=folder, check=True)
    edges, origins = (folder / name for name in ("edges.csv", "results/origin_edges.csv"))
    assert edges.read_text("utf-8").startswith("Source,Target,claim_id,")
    assert edges.read_text("utf-8").splitlines()[1:] == origins.read_text("utf-8").splitlines()[1:]


def test_what_is_not_tried_is_said():
    languages = set(re.findall(r"^```([a-z]+)$", PAGE, re.MULTILINE))
    assert languages == TRIED | UNTRIED
    assert "R (not tried):" in PAGE and "Stata (not tried):" in PAGE
    assert not shutil.which("Rscript") and not shutil.which("stata"), "it is here now: try it"


def test_the_page_shows_every_file_with_its_size_and_every_licence(tmp_path):
    import toybook
    from without_recognition import load

    out, warned, ended = toybook.build(
        tmp_path, "# Data\n\n```{data-files}\n```\n\n```{series-licences}\n```\n", name="data"
    )
    assert (warned, ended) == ("", None)
    page = (out / "data.html").read_text("utf-8")
    made = downloads.download_files(load(tmp_path / "data"))
    shown = dict(
        re.findall(
            r'href="downloads/([^"]+)" download>[^<]+</a>(?:</td><td class="wr-number">|, )([\d.]+\xa0\w+)',
            page,
        )
    )
    assert set(downloads.ABOUT) <= set(shown) <= set(made)
    assert {name for name in made if name.startswith("parquet/")} > set(shown) & {
        n for n in made if "parquet/" in n
    }
    from without_recognition.press.sphinxext.taken_away import readable

    assert all(size == readable(len(made[name])) for name, size in shown.items())


@pytest.mark.parametrize(
    "size, words",
    [(0, "0 bytes"), (999, "999 bytes"), (1_250, "1.2 kB"), (12_400, "12 kB"), (7_766_016, "7.8 MB")],
)
def test_sizes_are_said_by_thousands(size, words):
    from without_recognition.press.sphinxext.taken_away import readable

    assert readable(size) == words.replace(" ", "\xa0")
