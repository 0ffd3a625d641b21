"""The book as a reference, with an address and a DOI and without; no reference ends in the name of a file."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from conftest import ROOT
from without_recognition import citations
from without_recognition.citations import book, csl, styles
from without_recognition.data import cell_rules

SITE, DOI = "https://example.org/book/", "10.5281/zenodo.1234567"
FILE = re.compile(r"\w\.html\b")


def say(monkeypatch, site: str = "", doi: str = "") -> None:
    package = {**book.package(), "homepage": site, "id": doi}
    monkeypatch.setattr(book, "package", lambda: package)


@pytest.fixture
def nowhere(monkeypatch) -> None:
    say(monkeypatch)


@pytest.fixture
def published(monkeypatch) -> None:
    say(monkeypatch, SITE, DOI)


def everything() -> str:
    """The book, a chapter and a figure in every form that there is."""
    items = [citations.item(), citations.item("telegram", "The Jinnah telegram", "telegram.html")]
    made = [text for item in items for text in citations.records(item).values()]
    made += [text for forms in styles.formatted(items).values() for text in forms.values()]
    return "\n".join(
        [
            *made,
            citations.figure("timeline", "A figure", "telegram.html"),
            citations.cff(),
            citations.zenodo(),
        ]
    )


def test_without_an_address_nothing_pretends(nowhere) -> None:
    assert citations.metadata()["site"] == citations.metadata()["doi"] == ""
    assert citations.address("telegram.html") == "" == citations.by_doi()
    told = everything()
    assert not FILE.search(told) and "http" not in told and "doi" not in told.lower()


def test_with_an_address_every_form_has_it(published) -> None:
    item = citations.item("telegram", "The Jinnah telegram", "telegram.html")
    made = citations.records(item) | styles.formatted([item])[item["id"]]
    assert set(made) == {"BibTeX", "RIS", "CSL-JSON", "Chicago", "APA", "MLA"}
    for name, text in made.items():
        assert f"{SITE}telegram.html" in text, name
    assert citations.figure("timeline", "A figure", "telegram.html").endswith(
        f", figure fig-timeline, {SITE}telegram.html#fig-timeline."
    )
    assert len(FILE.findall(everything())) == everything().count(SITE + "telegram.html")


def test_with_a_doi_the_book_has_it_and_no_chapter_takes_it_for_its_own(published) -> None:
    made = citations.records(citations.item()) | styles.formatted([citations.item()])[book.NAME]
    assert all(DOI in text for text in made.values()), made
    assert "DOI" not in citations.item("a", "A", "a.html")


def test_a_doi_without_a_site_leads_from_every_part_to_the_book(monkeypatch) -> None:
    say(monkeypatch, doi=f"https://doi.org/{DOI}")
    assert citations.metadata()["doi"] == DOI
    assert citations.item("a", "A", "a.html")["URL"] == f"https://doi.org/{DOI}"
    assert "URL" not in citations.item() and citations.item()["DOI"] == DOI


@pytest.mark.parametrize("site", ["https://example.org/book", "https://example.org/book/"])
def test_a_site_may_end_with_a_slash_or_not(monkeypatch, site) -> None:
    say(monkeypatch, site)
    assert citations.address("a/b.html#c") == "https://example.org/book/a/b.html#c"


def test_references_in_three_styles(published) -> None:
    item, version = (
        citations.item("telegram", "The Jinnah telegram", "telegram.html"),
        citations.metadata()["version"],
    )
    title = "<em>Without Recognition: Pakistan and Israel, 1947-2026</em>"
    link = f'<a href="{SITE}telegram.html">{SITE}telegram.html</a>'
    made = {name: re.sub("</?span>", "", text) for name, text in styles.formatted([item])[item["id"]].items()}
    assert made == {
        "Chicago": (
            "Without Recognition contributors. “The Jinnah Telegram.” "
            f"In {title}, version {version}. 2026. {link}."
        ),
        "APA": f"Without Recognition contributors. (2026). The Jinnah telegram. In {title} (Version {version}). {link}",
        "MLA": f"Without Recognition contributors. “The Jinnah Telegram.” {title}, Version {version}, 2026, {link}.",
    }


def test_a_reference_is_the_same_alone_and_among_others(nowhere) -> None:
    items = [citations.item(f"p{n}", f"Page {n}", f"{n}.html") for n in range(3)]
    together = styles.formatted(items)
    assert together == {item["id"]: styles.formatted([item])[item["id"]] for item in items}
    assert "2026a" not in str(together) and "———" not in str(together)


def test_text_of_the_data_is_no_markup_in_a_reference(nowhere) -> None:
    nasty = "A <i>zz</i> <b onclick=zz()>&amp; *zz* </script> [zz](javascript:zz) $zz$"
    for text in styles.formatted([citations.item("a", nasty, "a.html")])["without-recognition-a"].values():
        assert re.findall(r"<(?!/?(?:em|span)>)", text) == [] and "zz</em>" not in text.split("In <em>")[0]
        assert "onclick" in text.lower() and "&lt;b " in text.lower()


def test_every_source_has_a_reference_in_every_style(book) -> None:
    items = csl.sources(book)
    made = styles.formatted(items)
    assert made.keys() == {item["id"] for item in items}
    empty = {(i["type"], style) for i in items for style, text in made[i["id"]].items() if not text}
    assert empty == {
        ("post", "Chicago"),
        ("entry-encyclopedia", "Chicago"),
    }  # which Chicago lists only in notes
    unsigned = made["24news-2020-01-29"]["APA"]
    assert unsigned.startswith("Pakistan renews call") and unsigned.count("24 News HD") == 1
    assert all("(n.d.)" in made[i["id"]]["APA"] for i in items if "issued" not in i)
    assert "[2008?]" in made["2paisa-extract"]["Chicago"] and "et al." in made["cow-mid-5"]["MLA"]


# --- the same said elsewhere ----------------------------------------------------------------------
def test_citation_cff_is_what_the_package_says() -> None:
    """It is for tools that read it in the root: write `book export FOLDER`, and copy the CITATION.cff from there."""
    text = (ROOT / "CITATION.cff").read_text("utf8")
    assert text == citations.cff()
    said, facts = yaml.safe_load(text), citations.metadata()
    assert (said["title"], said["version"], said["date-released"]) == (
        facts["full_title"],
        facts["version"],
        facts["date"],
    )
    assert said["authors"] == [{"name": facts["author"]}] and facts["licence"] in said["license"]
    assert said["preferred-citation"]["type"] == "book" and "url" not in said


@pytest.mark.parametrize(
    "name, made", [(".zenodo.json", citations.zenodo), ("codemeta.json", citations.codemeta)]
)
def test_records_for_archives_are_what_the_package_says(name: str, made) -> None:
    """As CITATION.cff; `book export FOLDER` writes them as zenodo.json and codemeta.json."""
    text = (ROOT / name).read_text("utf8")
    assert text == made()
    said = json.loads(text)
    assert said["version"] == citations.metadata()["version"] and "" not in said.values()


def test_records_for_archives_have_address_and_doi(published) -> None:
    said = json.loads(citations.codemeta())
    assert said["url"] == SITE and said["identifier"].startswith("https://doi.org/10.")
    (related,) = json.loads(citations.zenodo())["related_identifiers"]
    assert related["identifier"] == said["url"]


def test_citation_cff_has_address_and_doi(published) -> None:
    said = yaml.safe_load(citations.cff())
    assert said["url"] == said["preferred-citation"]["url"] == SITE and said["doi"] == DOI


@pytest.mark.parametrize(
    "key, text, wrong",
    [
        ("homepage", "https://example.org/?book", "? or #"),
        ("homepage", "https://example.org/#book", "? or #"),
        ("id", "zenodo.123", "no DOI"),
        ("id", "https://example.org/10.5281", "no DOI"),
    ],
)
def test_an_address_that_no_place_can_follow_is_refused(key, text, wrong) -> None:
    found = [p for p in cell_rules.descriptor_faults({**citations.package(), key: text}) if wrong in p]
    assert len(found) == 1 and found[0].startswith(f"datapackage.json: {key}: ")


@pytest.mark.parametrize("doi", ["", DOI, f"https://doi.org/{DOI}", f"doi:{DOI}"])
def test_an_address_and_a_doi_are_accepted(doi) -> None:
    given = {**citations.package(), "homepage": SITE, "id": doi}
    assert list(cell_rules.descriptor_faults(given)) == list(
        cell_rules.descriptor_faults(citations.package())
    )


def test_the_package_is_where_both_stand() -> None:
    package = json.loads((ROOT / "data" / "datapackage.json").read_text("utf8"))
    assert {"homepage", "id"} <= package.keys()
