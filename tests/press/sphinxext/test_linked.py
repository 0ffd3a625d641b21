"""What pages tell machines: JSON-LD that means what it says when a program expands it, and references to pick from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import toybook
from bs4 import BeautifulSoup
from conftest import ROOT
from links import whole
from pyld import jsonld
from without_recognition import citations
from without_recognition.citations import book
from without_recognition.press.formats import downloads
from without_recognition.press.sphinxext import theme

SITE, DOI = "https://example.org/book/", "10.5281/zenodo.1234567"
PAGE = """# What happened in Istanbul

The ministers met {event}`2005-istanbul-meeting` {src}`forum-2009 post 1` {src}`ap-2005-09-01 ¶1`.

```{reading} istanbul
```
"""
SAYINGS = """Some things are often said.

## "A cable to Jinnah & others"

**Said.** He cabled for recognition {src}`dahri-2016 ¶23` {src}`dawn-2023 opening`, and {src}`dahri-2016 ¶23` again.

**Evidence.** It is {grade}`1948-ben-gurion-telegram` {event}`1948-ben-gurion-telegram`, on {n}`mentions
1948-ben-gurion-telegram` tellings.

A second paragraph {src}`forum-2009 post 1`.

**What can be said.** Jinnah wrote to Truman {event}`1947-jinnah-truman`. *No more* is known.

## "A page without parts"

Words.
"""
DATA = "The data.\n\n```{data-files}\n```\n\n```{cite-page}\n```\n"
TERMS = json.loads((ROOT / "tests" / "fixtures" / "schema-org.json").read_text("utf-8"))
SCHEMA = "http://schema.org/"


def built(folder: Path, site: str, doi: str) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        package = {**book.package(), "homepage": site, "id": doi}
        patch.setattr(book, "package", lambda: package)
        patch.setitem(toybook.REFERENCE, "often-said", SAYINGS)
        patch.setitem(toybook.REFERENCE, "data", DATA)
        sources = toybook.rows("sources")
        sources[1] |= {
            "url": "https://example.net/secret?a=b&c=d",
            "author": "Dahri, Nur; Some Body and others",
        }
        sources[3] |= {"url": "https://example.net/dawn"}
        out, warnings, wrong = toybook.build(folder, PAGE, strict=True, theme=theme.NAME, sources=sources)
    assert not wrong, warnings
    return out


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("published"), SITE, DOI)


@pytest.fixture(scope="module")
def nowhere(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("nowhere"), "", "")


def soup(html: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup(whole(html / f"{name}.html"), "html.parser")


def linked(html: Path, name: str) -> dict:
    (element,) = soup(html, name).find_all("script", type="application/ld+json")
    return json.loads(element.string)


def pages(html: Path) -> list[str]:
    """The pages that say what they are."""
    found = sorted(html.rglob("*.html"))
    return [
        path.relative_to(html).as_posix().removesuffix(".html")
        for path in found
        if "ld+json" in path.read_text("utf-8")
    ]


# --- expanded -------------------------------------------------------------------------------------
def loader(url: str, options: dict) -> dict:
    """The context of schema.org, as far as the book uses it; whatever else is asked for is not there."""
    assert url == "https://schema.org"
    terms = {
        name: {"@id": SCHEMA + name, **({"@type": f["text"]} if f["text"] else {})}
        for name, f in TERMS["properties"].items()
    }
    terms |= {name: {"@id": SCHEMA + name} for name in TERMS["types"]}
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": {"@context": {"@vocab": SCHEMA, **terms}},
    }


def expanded(html: Path, name: str, base: str) -> list[dict]:
    return jsonld.expand(linked(html, name), {"base": f"{base}{name}.html", "documentLoader": loader})


def nodes(told: object) -> Iterator[tuple[str, dict]]:
    """(the property that leads to it, or "", a node) of everything that has a type."""
    if isinstance(told, list):
        for one in told:
            yield from nodes(one)
    elif isinstance(told, dict):
        if "@type" in told and "@value" not in told:
            yield "", told
        for name, values in told.items():
            if not name.startswith("@"):
                for value in values:
                    for at, (_, node) in enumerate(nodes(value)):
                        yield name if at == 0 else "", node


def kinds(node: dict) -> set[str]:
    (name,) = (each.removeprefix(SCHEMA) for each in node["@type"])
    return set(TERMS["types"][name])


def addresses(told: object) -> Iterator[str]:
    for _, node in nodes(told):
        yield from (
            each["@id"]
            for values in node.values()
            if isinstance(values, list)
            for each in values
            if "@id" in each
        )
        yield from [node["@id"]] if "@id" in node else []


@pytest.mark.parametrize("base", [SITE, ""])
def test_every_type_and_property_is_one_of_schema_org_where_it_may_stand(published, nowhere, base) -> None:
    html = published if base else nowhere
    base = base or html.as_uri() + "/"
    assert {
        "index",
        "istanbul",
        "reference/data",
        "reference/often-said",
        "people/muhammad-ali-jinnah",
    } <= set(pages(html))
    for name in pages(html):
        for _, node in nodes(expanded(html, name, base)):
            for key, values in node.items():
                if key.startswith("@"):
                    continue
                term = TERMS["properties"][key.removeprefix(SCHEMA)]
                assert kinds(node) & set(term["of"]), (name, key, node["@type"])
                for value in values:
                    if "@type" in value and "@value" not in value:
                        assert kinds(value) & set(term["is"]), (name, key, value)
                    elif "@id" in value:
                        assert {"URL", "CreativeWork"} & set(term["is"]), (name, key, value)
                    else:
                        assert {"Text", "Boolean", "Date"} & set(term["is"]), (name, key, value)
                        assert value["@value"] != "", (name, key)


def test_every_address_of_the_book_is_whole_and_leads_somewhere(published) -> None:
    """As a program resolves it, from the page that it stands on."""
    others = {
        "https://creativecommons.org/",
        "https://example.net/",
        "https://www.wikidata.org/",
        "https://doi.org/",
    }
    for name in pages(published):
        found = list(addresses(expanded(published, name, SITE)))
        assert SITE in found
        for url in found:
            if not url.startswith(SITE):
                assert url.startswith(tuple(others)), (name, url)
            elif (place := urlsplit(url.removeprefix(SITE))).path and not place.path.startswith("downloads/"):
                text = (published / place.path).read_text("utf-8")
                assert not place.fragment or f'id="{place.fragment}"' in text, (name, url)


def test_nothing_points_elsewhere_while_the_book_is_nowhere(nowhere) -> None:
    base = nowhere.as_uri() + "/"
    for name in pages(nowhere):
        for url in addresses(expanded(nowhere, name, base)):
            if url.startswith(base):
                path, _, anchor = url.removeprefix(base).partition("#")
                assert path == f"{name}.html" or path.startswith("downloads/"), (name, url)
                assert not anchor or soup(nowhere, name).find(id=anchor), url
            else:
                assert not urlsplit(url).path.endswith(".html"), (name, url)


# --- what is often said ---------------------------------------------------------------------------
def test_each_saying_is_reviewed_in_the_words_of_the_page(published) -> None:
    page, *reviews = linked(published, "reference/often-said")["@graph"]
    assert page["@type"] == "Chapter"
    (review,) = reviews  # the section without parts has none
    heading = soup(published, "reference/often-said").find("h2")
    assert review["claimReviewed"] == "A cable to Jinnah & others" in heading.get_text()
    assert review["url"] == review["@id"] == f"{SITE}reference/often-said.html#{heading.parent['id']}"
    assert review["author"] == {"@type": "Organization", "name": citations.metadata()["author"]}
    assert review["datePublished"] == citations.metadata()["date"]
    rating = review["reviewRating"]
    assert rating["alternateName"] == "Jinnah wrote to Truman. No more is known."
    assert rating["ratingExplanation"] == "It is alleged, on two tellings. A second paragraph."
    assert not {"ratingValue", "bestRating", "worstRating"} & rating.keys(), "no number is invented"
    said = review["itemReviewed"]
    assert (said["@type"], said["name"]) == ("Claim", review["claimReviewed"])
    assert said["description"] == "He cabled for recognition, and again."
    assert [work["name"] for work in said["appearance"]] == ["Secret diplomacy", "Smokers' corner"]
    assert said["appearance"][0]["url"] == "https://example.net/secret?a=b&c=d"
    assert (said["appearance"][0]["datePublished"], said["appearance"][1]["datePublished"]) == (
        "2016-02-14",
        "2023",
    )


def test_without_an_address_a_review_has_its_anchor(nowhere) -> None:
    review = linked(nowhere, "reference/often-said")["@graph"][1]
    assert review["url"] == review["@id"] and soup(nowhere, "reference/often-said").find(id=review["url"][1:])


# --- the data -------------------------------------------------------------------------------------
def test_the_data_page_is_a_dataset_to_programs_that_read_the_head(published) -> None:
    tags = {t.get("name"): t["content"] for t in soup(published, "reference/data").select("meta[name]")}
    title = f"{citations.metadata()['full_title']}. Data"
    assert (tags["DC.type"], tags["DC.title"], tags["citation_title"]) == ("Dataset", title, title)
    assert tags["citation_doi"] == DOI and "citation_inbook_title" not in tags
    assert tags["DC.rights"] == citations.metadata()["licence_url"]


def test_the_data_page_is_cited_as_a_dataset(published) -> None:
    told = {
        box.find_previous(["summary", "p"]).get_text(): box.get_text()
        for box in soup(published, "reference/data").select(".wr-copy")
    }
    version = citations.metadata()["version"]
    item = json.loads(told["CSL-JSON"])[0]
    assert (item["type"], item["version"], item["DOI"]) == ("dataset", version, DOI)
    assert "container-title" not in item
    assert told["BibTeX"].startswith("@dataset{") and f"version = {{{version}}}" in told["BibTeX"]
    assert told["RIS"].startswith("TY  - DATA") and f"ET  - Version {version}" in told["RIS"]
    assert "[Dataset]" in told["APA"] and all(DOI in text for text in told.values())


def test_the_dataset_tells_its_files_licence_time_and_variables(published) -> None:
    data = linked(published, "reference/data")
    assert (data["@type"], data["isAccessibleForFree"], data["temporalCoverage"]) == (
        "Dataset",
        True,
        "1947/2010",
    )
    assert (
        data["license"] == citations.metadata()["licence_url"]
        and data["version"] == citations.metadata()["version"]
    )
    files = {each["name"]: each for each in data["distribution"]}
    assert set(files) == set(downloads.ABOUT) and all(each["encodingFormat"] for each in files.values())
    assert files[downloads.ARCHIVE]["contentUrl"] == f"{SITE}downloads/{downloads.ARCHIVE}"
    sums = {name: each["sha256"] for name, each in files.items()}
    shown = soup(published, "reference/data").select_one(f'a[href$="{downloads.DATABASE}"]').find_parent("tr")
    assert files[downloads.DATABASE]["contentSize"] == shown.select_one(".wr-number").get_text().replace(
        "\xa0", " "
    )
    assert all(re.fullmatch("[0-9a-f]{64}", each) for each in sums.values()) and len(
        set(sums.values())
    ) == len(sums)
    assert {"grade", "n_lines", "status"} <= {each["name"] for each in data["variableMeasured"]}
    assert all(each["description"] for each in data["variableMeasured"])


# --- to pick from ---------------------------------------------------------------------------------
def picked(html: Path, name: str) -> list[dict[str, str]]:
    return [dict(parse_qsl(span["title"])) for span in soup(html, name).select("span.Z3988")]


def test_a_chapter_offers_itself_and_each_of_its_sources_once(published) -> None:
    first, *found = picked(published, "istanbul")
    assert (first["rft.genre"], first["rft.atitle"]) == ("bookitem", "What happened in Istanbul")
    assert first["rft_id"] == f"{SITE}istanbul.html"
    titles = [each.get("rft.title") or each.get("rft.btitle") or each["rft.atitle"] for each in found]
    assert len(titles) == len(set(titles))
    assert {"Kasuri meets Shalom", "Press release", "A quotation"} <= set(titles), (
        "read, and marked without being listed"
    )
    listed = soup(published, "istanbul").select(".wr-fold li span.Z3988")
    assert len(listed) == len(found) - 1, "one is in a card alone"


def test_a_page_with_cards_offers_their_sources_and_the_title_page_only_the_book(published) -> None:
    first, *found = picked(published, "reference/often-said")
    assert first["rft.atitle"] == "Often-Said"
    assert [each["rft.title"] for each in found] == ["Secret diplomacy", "Smokers' corner", "A quotation"]
    assert found[0]["rft_id"] == "https://example.net/secret?a=b&c=d"
    assert not picked(published, "index")


def test_the_long_list_of_sources_has_none(published) -> None:
    """It is the heaviest page as it is."""
    assert not picked(published, "reference/sources")


# --- markup ---------------------------------------------------------------------------------------
def test_what_sphinx_writes_is_mended() -> None:
    cell = (
        '<summary>\n<p class="collapsed admonition-title">Show the code</p>\n'
        '<p class="expanded admonition-title">Hide it</p></summary><div><style scoped>\n'
        '    .dataframe th { top: 0 }\n</style>\n<table border="1" class="dataframe"></table></div>'
    )
    for theirs, ours in theme.MENDS:
        cell = theirs.sub(ours, cell)
    assert "<p" not in cell and "<style" not in cell and "border" not in cell
    assert '<span class="collapsed admonition-title">Show the code</span>' in cell
