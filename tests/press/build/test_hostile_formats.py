"""One book with hostile text in every free cell, through every format:
nothing of it runs, leads out or breaks a file."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from contextlib import contextmanager
from pathlib import Path

import chapter_mutants
import nbformat
import pikepdf
import pypdf
import pytest
import test_harmless
import toybook
import without_recognition
from bs4 import BeautifulSoup
from links import whole
from lxml import etree
from pybtex.database import parse_string
from test_chapter_mutants import over_the_toy
from without_recognition.data import check
from without_recognition.press.build import book as build
from without_recognition.press.build import check as build_check
from without_recognition.press.print import volumes

TYPST = [
    '#read("/etc/passwd") #zz',
    '#import "/zz.typ": * #panic()',
    "@zz <zz> $zz^2$ = zz // zz",
    '#link("javascript:zz")[zz] */',
    "\\input{/etc/passwd} \\zz{} %zz ~ ^",
    "]#zz[ ]) \\u{7a} \"zz\" 'zz'",
    "zz " + "zz" * 40,
]
MARKUP = [
    *test_harmless.MARKUP,
    *TYPST,
    "}, zz = {zz}, @misc{zz, {zz",
    "ER  - TY  - zz",
    "${zz} #{zz} <%= zz %> %(zz)s {0}",
]
SCHEMES = ("http:", "https:", "mailto:")
CELL = "".join(f"\n```{{{name}}} istanbul\n```\n" for name in test_harmless.BOXES)


def hostile() -> dict[str, list[dict[str, str]]]:
    """The toy's tables; every free text is another of MARKUP, in turn."""
    tables, n = {}, 0
    for name in toybook.ROWS:
        rows = toybook.rows(name)
        if name == "claims":
            rows += [
                {**rows[-1], "claim_id": f"1967-quotation.{n}", "aspect": "content", "stance": "affirms"}
                for n in (4, 5)
            ]
        for row in rows:
            for column in test_harmless.free(name, row):
                row[column] = f"zq {MARKUP[n % len(MARKUP)]}"[:110]
                n += 1
            if row.get("of", "").startswith("zq"):
                row["of"] = f"zq {MARKUP[0]}"
            if name == "sources":
                row["url"] = "https://example.org/?a='onclick='zz()&b=%3Cscript%3Ezz()%3C/script%3E"
            if name == "corrections":
                row["column"] = ""  # of a whole row, so that anything may have stood there
        if rows:
            tables[name] = rows
    return tables


@contextmanager
def at_once(job, *arguments):
    """In place of `aside`: in this process, so that it works on the data of the test."""
    job(*arguments)
    yield


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    """The folder of the published book, hostile in data, package and outputs."""
    root = chapter_mutants.write(tmp_path_factory.mktemp("hostile") / "site")
    data = toybook.write_package(root / "data", **hostile())
    package = json.loads((data / "datapackage.json").read_text("utf-8"))
    package |= {
        "title": 'zq #zz <b onclick=zz()>&amp; {zz}: *zq* </title></script> "zz"',
        "description": f"zq {MARKUP[0]} {TYPST[0]}",
    }
    package["contributors"][0]["title"] = f"zq {MARKUP[1]}"
    (data / "datapackage.json").write_text(json.dumps(package), "utf-8")
    check.fix(data)
    page = chapter_mutants.page(root / "book")
    page.write_text(
        page.read_text("utf-8") + CELL + "\n```{cite-book}\n```\n```{changelog-page}\n```\n", "utf-8"
    )
    shutil.copytree(Path(without_recognition.__file__).parent, root / "analysis" / "without_recognition")
    with over_the_toy(root), pytest.MonkeyPatch.context() as patch:
        patch.chdir(root / "analysis")  # where the runner of chapters finds the package, and so the data
        patch.setattr(build, "aside", at_once)
        # the formats must hold what check refuses, too
        patch.setattr(build_check, "problems_before_build", lambda root: [])
        return build.build(root).parent


def pages(book: Path) -> list[tuple[str, BeautifulSoup]]:
    return [
        (p.name, BeautifulSoup(whole(p), "html.parser"))
        for p in sorted(book.rglob("*.html"))
        if "_static" not in p.parts
    ]


def assert_harmless(name: str, tag, foreign: bool = True) -> None:
    """No element, attribute, script or link was made of data."""
    assert (
        tag.name not in ("zz", "iframe", "object", "embed")
        and tag.get("id") != "zz"
        and tag.get("src") != "x"
    ), f"{name}: {tag}"
    assert not [a for a in tag.attrs if a.lower().startswith("on")], f"{name}: {tag}"
    if tag.name in ("strong", "code", "em", "b", "i"):
        assert tag.get_text() != "zz", f"{name}: {tag}"
    for link in (tag.get("href"), tag.get("src")):
        if link and re.match(r"[A-Za-z][\w+.-]*:", link):
            assert link.startswith(SCHEMES), f"{name}: {tag}"
        assert tag.name == "a" or "zz" not in (link or ""), f"{name}: {tag}"


def test_pages_hold_the_text_as_text(book: Path) -> None:
    seen = 0
    for name, soup in pages(book):
        seen += soup.get_text().count("zq")
        for tag in soup.find_all(True):
            assert_harmless(name, tag)
            if tag.name == "script" and tag.get("type") == "application/ld+json":
                assert "zq" in json.dumps(json.loads(tag.string)), name
            elif tag.name == "script":
                assert "zz" not in tag.get_text(), f"{name}: {tag}"
        assert "13086" not in soup.get_text() and "root:x:0" not in soup.get_text()
    assert seen > 300


def test_what_search_and_machines_read_is_whole(book: Path) -> None:
    index = (book / "finder-index.js").read_text("utf-8")
    assert "zq" in json.dumps(
        json.loads(index.removeprefix("window.wrFinderIndex=").rstrip().removesuffix(";"))
    )
    written = [(name, soup) for name, soup in pages(book) if soup.select_one("meta[name=citation_title]")]
    assert {f"{Path(page).name}.html" for page in chapter_mutants.PAGES} <= {name for name, _ in written}
    for name, soup in written:
        assert len(soup.find_all("title")) == 1 and soup.head.find("body") is None
        assert [m["content"] for m in soup.select("meta[name=citation_author]")] == [f"zq {MARKUP[1]},"], name
    assert list(book.glob("*.json"))
    for path in book.glob("*.json"):
        json.loads(path.read_text("utf-8"))


def test_the_pdfs_run_nothing_and_lead_to_the_web_or_to_each_other(book: Path) -> None:
    paths = [book / "downloads" / name for name in volumes.FILES.values()]
    bare = ""
    for path in paths:
        reader = pypdf.PdfReader(path)
        bare += re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
        assert not {"/OpenAction", "/AA"} & reader.trailer["/Root"].keys() and not reader.attachments
        with pikepdf.open(path) as document:
            for thing in document.objects:
                bones = thing.unparse() if isinstance(thing, pikepdf.Dictionary | pikepdf.Array) else b""
                assert not re.search(rb"/(JavaScript|Launch|SubmitForm|GoToR|RichMedia)\b", bones)
        for page in reader.pages:
            for note in page.get("/Annots") or ():
                action = note.get_object().get("/A", {})
                action = action.get_object() if hasattr(action, "get_object") else action
                assert action.get("/S") in (None, "/URI", "/GoTo"), action
                leads = str(action.get("/URI", "https:"))
                assert leads.startswith(SCHEMES) or leads.partition("#")[0] in volumes.FILES.values(), action
    assert bare.count("zq") > 100 and "root:x:0" not in bare and "13086" not in bare
    for code in (
        '#read("/etc/passwd")',
        '#import"/zz.typ":*#panic()',
        "\\input{/etc/passwd}",
        "$zz^2$",
        "<script>zz()</script>",
        "{{6543*2}}",
    ):
        assert code in re.sub("[“”]", '"', bare), code


def test_the_epub_is_well_formed_and_holds_no_script(book: Path) -> None:
    seen = 0
    with zipfile.ZipFile(book / "downloads" / "without-recognition.epub") as epub:
        for name in epub.namelist():
            assert not name.startswith("/") and ".." not in name and re.fullmatch(r"[\w./-]+", name)
            if name.endswith((".xhtml", ".opf", ".ncx", ".svg")):
                tree = etree.fromstring(
                    epub.read(name), etree.XMLParser(resolve_entities=False, no_network=True)
                )
                seen += "".join(tree.itertext()).count("zq")
                for tag in BeautifulSoup(epub.read(name), "xml").find_all(True):
                    assert tag.name != "script"
                    assert_harmless(name, tag)
    assert seen > 100


def test_notebooks_run_nothing_when_opened(book: Path) -> None:
    from markdown_it import MarkdownIt

    paths = list((book / "downloads" / "notebooks").glob("*.ipynb"))
    assert [p.name for p in paths] == ["istanbul.ipynb"]
    notebook = nbformat.read(paths[0], 4)
    text = json.dumps(notebook)
    assert "zq" in text and "root:x:0" not in text
    for cell in notebook.cells:
        shown = (
            [MarkdownIt("commonmark", {"html": True}).enable("table").render(cell.source)]
            if cell.cell_type == "markdown"
            else []
        )
        for output in cell.get("outputs", ()):
            assert "application/javascript" not in output.get("data", {})
            shown += [
                t for kind, t in output.get("data", {}).items() if kind in ("text/html", "image/svg+xml")
            ]
        for html in shown:
            for tag in BeautifulSoup(html, "html.parser").find_all(True):
                assert tag.name != "script"
                assert_harmless(paths[0].name, tag)
    markdown = "".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    assert "zq" in markdown


def test_no_csv_begins_a_cell_like_a_formula(book: Path) -> None:
    figures = sorted((book / "figures").glob("*.csv"))
    tables = sorted((book / "downloads" / "data").rglob("*.csv"))
    assert figures and len(tables) >= len(toybook.ROWS)
    seen = 0
    for path in [*figures, *tables]:
        for row in csv.reader(io.StringIO(path.read_text("utf-8"), newline=""), strict=True):
            for cell in row:
                seen += "zq" in cell
                assert not re.match(r"[=+\-@\t\r]", cell) or re.fullmatch(r"[+-]?\d+([.,]\d+)?", cell), (
                    f"{path.name}: {cell}"
                )
    assert seen > 100


def test_references_hold_as_many_entries_as_there_are_sources(book: Path) -> None:
    ids = {row["source_id"] for row in toybook.rows("sources")}
    downloads = book / "downloads"
    items = json.loads((downloads / "sources.json").read_text("utf-8"))
    assert {i["id"] for i in items} == ids
    entries = parse_string((downloads / "sources.bib").read_text("utf-8"), "bibtex").entries
    assert set(entries) == ids
    known = {
        "title",
        "journaltitle",
        "booktitle",
        "institution",
        "organization",
        "howpublished",
        "addendum",
        "publisher",
        "volume",
        "number",
        "type",
        "entrysubtype",
        "date",
        "origdate",
        "url",
        "urldate",
        "langid",
        "note",
        "annote",
        "keywords",
    }
    assert all(set(entry.fields) <= known for entry in entries.values())
    ris = (downloads / "sources.ris").read_text("utf-8").split("\n")
    assert ris.count("ER  - ") == len(ids) and all(
        re.match(r"[A-Z][A-Z0-9]  - ", line) for line in ris if line
    )
    assert sum(line.startswith("TY  - ") for line in ris) == len(ids)


def test_cite_boxes_stay_one_record(book: Path) -> None:
    boxes = {
        d.summary.get_text(): d.pre.get_text()
        for _, soup in pages(book)
        for d in soup.select(".wr-cite details")
    }
    assert len(parse_string(boxes["BibTeX"], "bibtex").entries) == 1
    assert boxes["RIS"].count("TY  - ") == boxes["RIS"].count("ER  - ") == 1
    assert len(json.loads(boxes["CSL-JSON"])) == 1
    assert ".wr-copy > p, .wr-copy > pre" in (book / "_static" / "copybutton.js").read_text("utf-8")


def test_names_of_files_and_members_stay_in_their_folder(book: Path) -> None:
    with zipfile.ZipFile(book / "downloads" / "without-recognition-data.zip") as archive:
        names = archive.namelist()
    names += [p.relative_to(book).as_posix() for p in book.rglob("*") if "_static" not in p.parts]
    assert all(re.fullmatch(r"[\w][\w.-]*(/[\w][\w.-]*)*", name) for name in names), names
