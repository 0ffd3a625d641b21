"""One setting for the address and one for the DOI, felt in every page and file; empty, nothing pretends."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
import toybook
from bs4 import BeautifulSoup
from links import whole
from lxml import etree
from without_recognition import citations
from without_recognition.citations import book
from without_recognition.press.print import document, epub
from without_recognition.press.sphinxext import transforms

SITE, DOI = "https://example.org/book/", "10.5281/zenodo.1234567"
PAGE = "# What happened in Istanbul\n\n{event}`2005-istanbul-meeting`\n\n```{cite-chapter} istanbul\n```\n"
REFERENCE = "```{cite-book}\n```\n\n```{cite-page}\n```\n"


def built(folder: Path, site: str, doi: str) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        package = {**book.package(), "homepage": site, "id": doi}
        patch.setattr(book, "package", lambda: package)
        patch.setitem(toybook.REFERENCE, "cite", REFERENCE)
        out, warnings, wrong = toybook.build(folder, PAGE, strict=True, theme="without_recognition")
    assert not wrong, warnings
    return out


@pytest.fixture(scope="module")
def nowhere(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("nowhere"), "", "")


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("published"), SITE, DOI)


def soup(html: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup(whole(html / f"{name}.html"), "html.parser")


def head(html: Path, name: str) -> dict[str, str]:
    page = soup(html, name)
    tags = {t.get("name") or t.get("property"): t["content"] for t in page.select("meta[content]")}
    return tags | {f"link {link['rel'][0]}": link["href"] for link in page.select("link[rel=canonical]")}


def linked(html: Path, name: str) -> dict:
    return json.loads(soup(html, name).find("script", type="application/ld+json").string)


PAGES = ("index", "istanbul", "reference/cite", "reference/sources")


def test_without_an_address_no_page_has_one(nowhere) -> None:
    for name in PAGES:
        tags = head(nowhere, name)
        assert not {"link canonical", "og:url", "citation_public_url", "citation_doi"} & tags.keys()
        assert not {"@id", "url", "identifier"} & (
            linked(nowhere, name).keys() | linked(nowhere, name).get("isPartOf", {}).keys()
        )
        for box in soup(nowhere, name).select(".wr-cite"):
            told = " ".join(tag.get_text() for tag in box.select(".wr-copy"))
            assert told and not re.search(r"\w\.html|https?:|doi", told), told
    assert not (nowhere / "sitemap.xml").exists()
    assert json.loads((nowhere / "book.json").read_text("utf-8"))["site"] == ""


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_where_it_is(published, name) -> None:
    tags, data = head(published, name), linked(published, name)
    here = f"{SITE}{name}.html"
    assert tags["link canonical"] == tags["og:url"] == here
    assert tags["citation_public_url"] == (SITE if name == "index" else here)
    assert data["url"] == data["@id"] == (SITE if name == "index" else here)
    whole = data if name == "index" else data["isPartOf"]
    assert (whole["@type"], whole["url"], whole["identifier"]) == ("Book", SITE, f"https://doi.org/{DOI}")
    assert tags.get("citation_doi") == (DOI if name == "index" else None)


def test_cite_boxes_have_the_address_of_their_page(published) -> None:
    (chapter,) = soup(published, "istanbul").select(".wr-cite")
    whole, part = soup(published, "reference/cite").select(".wr-cite")
    for box, address in ((chapter, "istanbul.html"), (part, "reference/cite.html")):
        for tag in box.select(".wr-copy"):
            assert SITE + address in tag.get_text(), tag
    for tag in whole.select(".wr-copy"):
        assert DOI in tag.get_text() and "cite.html" not in tag.get_text(), tag


def test_a_figure_has_the_address_of_its_page_unless_it_is_a_variant(monkeypatch) -> None:
    package = {**book.package(), "homepage": SITE}
    monkeypatch.setattr(book, "package", lambda: package)
    fields = {"key": "toy", "title": "A title", "citation": citations.figure("toy", "A title")}
    assert transforms.cited(fields, "istanbul.html").endswith(f"figure fig-toy, {SITE}istanbul.html#fig-toy.")
    variant = fields | {"citation": "Made after figure fig-toy; without Dawn."}
    assert transforms.cited(variant, "istanbul.html") == variant["citation"]


def test_the_title_is_the_pages_own(published) -> None:
    """It stands once, in the page: neither the chapter's title in the data nor a second copy is cited."""
    (box,) = soup(published, "istanbul").select(".wr-cite")
    told = [tag.get_text() for tag in box.select(".wr-copy")]
    assert len(told) == 6 and all("what happened in istanbul" in text.lower() for text in told)
    assert head(published, "istanbul")["citation_title"] == linked(published, "istanbul")["name"]
    assert head(published, "istanbul")["citation_title"] == "What happened in Istanbul"


def test_the_author_is_whole_for_zotero(published) -> None:
    """Its translator divides a name that has no comma (zotero/translators 2119), and leaves one that ends with it."""
    author = head(published, "istanbul")["citation_author"]
    family, comma, given = author.partition(",")
    assert (family, comma, given) == ("Without Recognition contributors", ",", "")
    assert head(published, "index")["DC.type"] == "Book" and "DC.type" not in head(published, "istanbul")


def test_the_sitemap_lists_every_page_once(published) -> None:
    tree = etree.parse(published / "sitemap.xml")
    found = [loc.text for loc in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    pages = {
        p.relative_to(published).as_posix() for p in published.rglob("*.html") if "_static" not in p.parts
    }
    pages -= {"404.html", "genindex.html", "search.html", "id/index.html"}  # what says noindex, and lists
    assert sorted(found) == sorted(SITE + page for page in pages)


@pytest.mark.parametrize("site, doi", [("", ""), (SITE, DOI)])
def test_the_epub_is_named_by_doi_and_address(nowhere, published, tmp_path, site, doi) -> None:
    out = tmp_path / "book.epub"
    epub.write_epub(document.read_book_pages(published if site else nowhere), out)
    with zipfile.ZipFile(out) as file:
        opf = etree.fromstring(file.read("EPUB/content.opf"))
    names = [tag.text for tag in opf.iter("{http://purl.org/dc/elements/1.1/}identifier")]
    assert names[0].startswith("urn:uuid:")
    assert names[1:] == ([f"doi:{doi}", site] if site else [])
