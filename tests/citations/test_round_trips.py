"""Every source through parsers that we did not write, and back: what is in the table comes out, and nothing else."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pypandoc
import pytest
import toybook
from conftest import ROOT, make_history
from without_recognition import citations
from without_recognition.citations import bibtex, csl, names, ris, when
from without_recognition.data.dataset import records

PANDOC = Path(pypandoc.__file__).parent / "files" / "pandoc"
QUOTES = re.compile("[`'‘’“”\"]")
SPAN = re.compile(r"</?span[^>]*>")
OTHERS_OF_PANDOC = {  # CSL types that its biblatex has no entry for
    "broadcast": "",
    "document": "",
    "interview": "",
    "legislation": "",
    "speech": "",
    "post": "webpage",
    "post-weblog": "webpage",
}


@pytest.fixture(scope="module")
def rows(book) -> dict[str, dict[str, str]]:
    return {row["source_id"]: row for row in records(book.sources)}


@pytest.fixture(scope="module")
def items(book) -> dict[str, csl.Item]:
    return {item["id"]: item for item in csl.sources(book)}


@pytest.fixture(scope="module")
def written(book) -> dict[str, str]:
    return citations.exports(book)


def by_pandoc(text: str, form: str) -> dict[str, dict]:
    done = subprocess.run(
        [PANDOC, f"--from={form}", "--to=csljson"], input=text, capture_output=True, text=True, check=True
    )
    assert not done.stderr, done.stderr
    return {item["id"]: item for item in json.loads(done.stdout)}


def by_bibtexparser(text: str) -> list[dict[str, str]]:
    from bibtexparser import bparser, loads

    return loads(
        text, bparser.BibTexParser(ignore_nonstandard_types=False, interpolate_strings=False)
    ).entries


def plain(text: str | None) -> str | None:
    """Without what pandoc adds: spans that keep small letters, typographic quotation marks and dashes."""
    if text is None:
        return None
    text = QUOTES.sub("'", SPAN.sub("", text))
    return text.replace("–", "-").replace("\xa0", " ").replace("…", "...").replace("''", "'")


def named(name: dict[str, str]) -> tuple[str, ...]:
    """A name in its parts; pandoc makes a part of its own of the `al-` that a family name begins with."""
    if "literal" in name:
        return (name["literal"], "", "")
    particles = "".join(
        f"{name[p]} ".replace("- ", "-") for p in ("dropping-particle", "non-dropping-particle") if p in name
    )
    return (plain(particles + name["family"]), plain(name.get("given", "")), name.get("suffix", ""))


# --- what is said at all --------------------------------------------------------------------------
def test_nothing_is_invented_and_nothing_is_lost(rows, items) -> None:
    assert items.keys() == rows.keys()
    for key, item in items.items():
        row = rows[key]
        assert ("author" in item) == bool(row["author"]), key
        assert "".join(n.get("literal") or n["family"] for n in item.get("author", ())) != row[
            "publisher"
        ] or row["author"].startswith(row["publisher"]), key
        assert ("issued" in item) == (row["issued"][2:4] != "XX"), key
        assert item["custom"]["edtf"]["issued"] == row["issued"]
        assert ("original-date" in item) == bool(row["written"])
        assert (item["title"], item.get("URL", ""), item["language"]) == (
            row["title"],
            row["url"],
            row["lang"],
        )
        assert row["publisher"] in (item.get("publisher"), item.get("container-title")), key
        assert item.get("publisher") != item.get("container-title"), key
        assert item.get("note", "") == row["note"]
        assert ("Not read for this book" in item.get("annote", "")) == (row["seen"] == "cited_only")


def test_csl_json_is_what_its_schema_says(written) -> None:
    import jsonschema

    schema = json.loads((ROOT / "tests" / "fixtures" / "csl-data.json").read_text("utf8"))
    jsonschema.validate(json.loads(written["sources.json"]), schema)
    jsonschema.validate([citations.item(), citations.item("a", "A", "a.html")], schema)


# --- biblatex -------------------------------------------------------------------------------------
def test_pandoc_reads_biblatex_whole(items, written) -> None:
    found = by_pandoc(written["sources.bib"], "biblatex")
    assert found.keys() == items.keys()
    for key, item in items.items():
        got = found[key]
        kind = OTHERS_OF_PANDOC.get(item["type"], item["type"])
        assert got["type"] == (kind if kind != "webpage" or "URL" in item else ""), key
        for name in ("title", "keyword", "annote"):
            assert plain(got.get(name)) == plain(item.get(name)), (key, name)
        assert [named(n) for n in got.get("author", ())] == [named(n) for n in item.get("author", ())], key
        assert (got.get("URL"), got.get("accessed")) == (item.get("URL"), item.get("accessed")), key
        assert_same_time(got, item, key)
        assert_same_home(got, item, key)


def assert_same_time(got: dict, item: csl.Item, key: str) -> None:
    """As exact, and marked `circa` where pandoc knows the mark; it knows neither ?, % nor unknown digits."""
    for name, column in (("issued", "issued"), ("original-date", "original-date")):
        edtf = item["custom"]["edtf"].get(column, "")
        wanted = item.get(name) if "X" not in edtf else None
        if "?" in edtf or "%" in edtf:
            wanted = {k: v for k, v in wanted.items() if k != "circa"}
        assert got.get(name) == wanted, (key, name)


def assert_same_home(got: dict, item: csl.Item, key: str) -> None:
    """Where it stands and who published it, in whatever field biblatex has for it."""
    said = plain(
        " ".join(str(got.get(n, "")) for n in ("container-title", "publisher", "note", "collection-title"))
    )
    for name in ("container-title", "publisher", "note"):
        assert plain(item.get(name, "")) in said, (key, name)
    numbers = " ".join(str(got.get(n, "")) for n in ("volume", "issue", "number", "page", "publisher"))
    for name in ("volume", "issue", "number", "page"):
        assert str(item.get(name, "")) in numbers, (key, name)


def test_pybtex_reads_names_dates_and_addresses(rows, written) -> None:
    from pybtex.database import parse_string

    entries = parse_string(written["sources.bib"], "bibtex").entries
    assert list(entries) == list(rows)
    for key, row in rows.items():
        fields = entries[key].fields
        assert fields.get("url", "") == row["url"], key  # as it is: no \_ \% \&
        assert fields.get("urldate", "") == row["accessed"] and fields["date"] == when.biblatex(row["issued"])
        assert fields.get("origdate", "") == (when.biblatex(row["written"]) if row["written"] else "")
        assert "year" not in fields
        people = [unbraced(" ".join(p.last_names)) for p in entries[key].persons.get("author", ())]
        assert people == [n.get("literal") or n["family"] for n in csl.source(row).get("author", ())], key


def unbraced(text: str) -> str:
    return text.replace("{", "").replace("}", "")


def test_bibtexparser_reads_every_entry(rows, written) -> None:
    entries = by_bibtexparser(written["sources.bib"])
    assert [e["ID"] for e in entries] == list(rows)
    for entry in entries:
        row = rows[entry["ID"]]
        assert entry.get("url", "") == row["url"] and entry.get("urldate", "") == row["accessed"]
        assert entry["date"] == when.biblatex(row["issued"])
        assert entry["langid"] == bibtex.LANGUAGES.get(row["lang"], row["lang"])


@pytest.mark.outside
def test_biber_only_misses_authors_that_a_source_does_not_name(items, written, tmp_path) -> None:
    (tmp_path / "sources.bib").write_text(written["sources.bib"], "utf8")
    done = subprocess.run(
        ["biber", "--tool", "--validate-datamodel", "sources.bib"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    warned = re.findall(r"WARN - (.*)", done.stdout)
    lacks = re.compile(
        r"Datamodel: Entry '([^']+)' \(sources\.bib\): Missing mandatory field '(author|editor)'"
    )
    assert "Found BibTeX data source" in done.stdout and all(lacks.fullmatch(line) for line in warned), (
        warned[:5]
    )
    assert not [k for k, name in (lacks.fullmatch(line).groups() for line in warned) if name in items[k]]


# --- RIS ------------------------------------------------------------------------------------------
def test_rispy_reads_every_field(rows, items, written) -> None:
    import rispy

    entries = {entry["id"]: entry for entry in rispy.loads(written["sources.ris"])}
    assert entries.keys() == rows.keys()
    for key, row in rows.items():
        got, item = entries[key], items[key]
        assert got["title"] == row["title"] and got["language"] == row["lang"], key
        assert (got.get("urls") or [""])[0] == row["url"], key
        assert (got.get("year", ""), got.get("date", "")) == when.ris(row["issued"]), key
        assert got.get("access_date", "").strip("/").replace("/", "-") == row["accessed"], key
        assert got.get("authors", []) == [
            f"{n['literal']}," if "literal" in n else ", ".join(filter(None, (n["family"], n["given"])))
            for n in item.get("author", ())
            if n != names.OTHERS
        ]
        assert got.get("publisher") == item.get("publisher") and got.get("secondary_title") == item.get(
            "container-title"
        )
        assert got["keywords"] == csl.keywords(row)
        told = " ".join(got.get("notes", ()))
        assert ("Further authors are not named." in told) == row["author"].endswith(" and others"), key
        assert row["note"] in told and item.get("annote", "") in told and row["written"] in told


def test_ris_has_no_type_that_programs_take_for_a_journal_article(items, written) -> None:
    kinds = re.findall(r"^TY  - (\w+)$", written["sources.ris"], re.M)
    assert len(kinds) == len(items)
    assert kinds.count("JOUR") == sum(item["type"] == "article-journal" for item in items.values())
    assert "GEN" not in kinds


def test_pandoc_reads_ris(items, written) -> None:
    found = by_pandoc(written["sources.ris"], "ris")
    assert found.keys() == items.keys()
    for key, item in items.items():
        got = found[key]
        assert plain(got["title"]) == plain(item["title"]) and got.get("URL") == item.get("URL"), key
        year = when.ris(item["custom"]["edtf"]["issued"])[0]
        assert got.get("issued", {"date-parts": [[""]]})["date-parts"] == [[int(year) if year else ""]], key
        authors = [n for n in item.get("author", ()) if n != names.OTHERS]
        assert [named(n) for n in got.get("author", ())] == [named(n) for n in authors], key


# --- CSL-JSON -------------------------------------------------------------------------------------
def test_citeproc_py_reads_every_item(items, written) -> None:
    from citeproc.source.json import CiteProcJSON

    read = CiteProcJSON(json.loads(written["sources.json"]))
    assert set(read) == set(items)
    for key, item in items.items():
        got = read[key]
        people = [n.get("family") or n["literal"] for n in item.get("author", ())]
        assert str(got["title"]) == item["title"], key
        assert [str(n.get("family") or n["literal"]) for n in got.get("author", ())] == people, key


# --- text that means something to a parser --------------------------------------------------------
NASTY = [
    "a, b, c, d",
    "a, b, c, d, e, f; g, h, i, j",
    "Smith and Sons",
    "and",
    "de la Cruz, ana and others",
    "}, zz = {zz}, @misc{zz, {zz",
    "{",
    "}",
    "\\",
    "%",
    "\\input{/etc/passwd}",
    '" # "',
    "@misc{zz,",
    "ER  - TY  - zz",
    "$x^2$ & #1 ~ _y_",
    "<i>zz</i> &amp; <b onclick=zz()>",
    "برق نفجش, عمرو",
    "ברק",
]


@pytest.mark.parametrize("text", NASTY)
def test_no_text_breaks_a_parser(text: str) -> None:
    import rispy
    from pybtex.database import parse_string

    nasty = {
        "author": text,
        "title": text,
        "container": text,
        "publisher": text,
        "note": text,
        "type": "book",
    }
    rows = [nasty | {"source_id": "zz-1"}, {"source_id": "zz-2"}]
    written = citations.exports(make_history(sources=rows))
    read = by_pandoc(written["sources.bib"], "biblatex")
    assert list(read) == ["zz-1", "zz-2"]
    seen_by_pandoc = " ".join(unbraced(text).split())  # it does not know \textbraceleft{}; the others do
    assert plain(read["zz-1"]["title"]) == plain(seen_by_pandoc)
    assert [e["ID"] for e in by_bibtexparser(written["sources.bib"])] == ["zz-1", "zz-2"]
    entries = parse_string(written["sources.bib"], "bibtex").entries
    assert list(entries) == ["zz-1", "zz-2"] and "zz" not in entries["zz-1"].fields
    assert len(entries["zz-1"].persons["author"]) == len(json.loads(written["sources.json"])[0]["author"])
    ris_entries = rispy.loads(written["sources.ris"])
    assert [e["id"] for e in ris_entries] == ["zz-1", "zz-2"] and ris_entries[0]["title"] == " ".join(
        text.split()
    )


def test_an_address_with_braces_stays_an_address() -> None:
    from pybtex.database import parse_string

    rows = [{"source_id": "zz", "url": "https://example.org/{a}\\b_c%20d#e&f~g"}]
    text = bibtex.bibliography(csl.sources(make_history(sources=rows)))
    fields = parse_string(text, "bibtex").entries["zz"].fields
    assert fields["url"] == "https://example.org/%7Ba%7D%5Cb_c%20d#e&f~g"


def test_columns_that_are_still_to_come_are_told() -> None:
    row = toybook.rows("sources")[2] | {"author": "", "container": "", "url": "", "accessed": "", "note": ""}
    row |= {
        "title": "כותרת",
        "lang": "he",
        "title_en": "A title",
        "archived": "https://web.example/1",
        "doi": "10.1/x",
    }
    item = csl.source(row)
    assert item["title"] == "כותרת" and item["DOI"] == "10.1/x"
    assert "Title in English: A title" in item["annote"] and "https://web.example/1" in item["annote"]
    entry = bibtex.entry(item)
    assert "titleaddon = {{A title}}" in entry and "langid = {hebrew}" in entry and "doi = {10.1/x}" in entry
    assert "TT  - A title\n" in ris.record(item)
