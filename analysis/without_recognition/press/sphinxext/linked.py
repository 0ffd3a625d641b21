"""What a page is in the words of schema.org, as JSON-LD: the book, a chapter, the dataset;
reviews of what is often said.

An address stands in it once the book has one. Until then a page has none, and what stands on it only its anchor:
a relative address of a page would be resolved against the page that holds it.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from docutils import nodes
from markupsafe import Markup

from without_recognition import citations
from without_recognition.citations import when
from without_recognition.data import dates
from without_recognition.evidence.lookup import Lookup
from without_recognition.findings import result_columns
from without_recognition.press.formats import downloads
from without_recognition.press.sphinxext import front, taken_away
from without_recognition.press.sphinxext.citebox import Page
from without_recognition.press.sphinxext.lookup import lookup
from without_recognition.press.sphinxext.nodes import Mark

CONTEXT = "https://schema.org"
SAID, EVIDENCE, SAFE = "Said.", "Evidence.", "What can be said."  #: how the parts of a saying begin
MEDIA = {
    ".zip": "application/zip",
    ".sqlite": "application/vnd.sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
    "": "text/plain",
}  #: of the files that are given away
Thing = dict[str, object]


def json_ld_element(told: Thing) -> Markup:
    """The element that holds it; no text of the data can end it."""
    text = (
        json.dumps(told, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c").replace("&", "\\u0026")
    )
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))


def of_page(page: Page, about: str = "", doctree: nodes.document | None = None) -> Thing:
    """The page: a thing, or a graph of it and of the reviews that stand on it.
    `about` describes it in a few sentences."""
    thing = _whole() if page.is_book else _dataset(page) if page.is_dataset else _chapter(page, about)
    reviews = _reviews(page, doctree) if doctree is not None and page.docname == front.MYTHS else []
    return {"@context": CONTEXT, **({"@graph": [thing, *reviews]} if reviews else thing)}


def _here(place: str) -> Thing:
    """What says where something is: the address of a place, else its anchor, if it has one."""
    _, mark, anchor = place.partition("#")
    url = citations.address(place) or mark + anchor
    return {"@id": url, "url": url} if url else {}


def _own() -> Thing:
    """What is true of the book and of each part of it."""
    book = citations.metadata()
    return {
        "author": {"@type": "Organization", "name": book["author"]},
        "datePublished": book["date"],
        "inLanguage": book["language"],
        "isAccessibleForFree": True,
        "license": book["licence_url"],
        "version": book["version"],
    }


def _whole() -> Thing:
    book = citations.metadata()
    address = citations.address()
    return {
        "@type": "Book",
        **({"@id": address, "url": address} if address else {}),
        **_own(),
        "name": book["full_title"],
        **({"identifier": citations.by_doi()} if book["doi"] else {}),
    }


def _chapter(page: Page, about: str) -> Thing:
    described = {"description": about} if about else {}
    return {
        "@type": "Chapter",
        **_here(page.place),
        **_own(),
        **described,
        "name": page.title,
        "isPartOf": _whole(),
    }


def _dataset(page: Page) -> Thing:
    """The data: files with their sums, what the columns of the results say, the series with licences of their own."""
    book, look = citations.metadata(), lookup(page.app)
    own = _own()
    columns = {column.name: column.meaning for t in result_columns.TABLES for column in reversed(t.columns)}
    return {
        "@type": "Dataset",
        **_here(page.place),
        **own,
        "creator": own["author"],
        "name": page.cited_title,
        "description": book["description"],
        "keywords": book["keywords"].split(", "),
        "temporalCoverage": _years(look),
        "isPartOf": _whole(),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": name, "description": meaning}
            for name, meaning in columns.items()
        ],
        "distribution": _files(page, look),
        "hasPart": [_series(r) for r in look.history.package["resources"] if r.get("licenses")],
        **({"identifier": citations.by_doi()} if book["doi"] else {}),
    }


def _years(look: Lookup) -> str:
    """The first and the last year of an event, with a slash between; an open end is no year."""
    spans = [dates.parse(event["date"]) for event in look.events.values()]
    first = min(span.earliest for span in spans if span.earliest != date.min)
    last = max(span.latest for span in spans if span.latest != date.max)
    return f"{first.year}/{last.year}"


def _files(page: Page, look: Lookup) -> list[Thing]:
    made = taken_away.files_of(look)
    up = "../" * page.docname.count("/")
    return [
        {
            "@type": "DataDownload",
            "name": name,
            "description": about,
            "encodingFormat": MEDIA[PurePosixPath(name).suffix],
            "contentSize": taken_away.readable(len(made[name])).replace("\N{NO-BREAK SPACE}", " "),
            "contentUrl": citations.address(f"downloads/{name}") or f"{up}downloads/{name}",
            "sha256": hashlib.sha256(made[name]).hexdigest(),
        }
        for name, about in downloads.ABOUT.items()
        if name in made
    ]


def _series(resource: dict[str, Any]) -> Thing:
    """A series that others made: a licence without an address is told in words, of two each."""
    told = [
        each.get("path") or {"@type": "CreativeWork", "name": each["title"]} for each in resource["licenses"]
    ]
    return {
        "@type": "Dataset",
        "name": resource["title"],
        "description": resource["description"],
        "license": told[0] if len(told) == 1 else told,
        "creditText": "; ".join(source["title"] for source in resource["sources"]),
    }


# --- reviews --------------------------------------------------------------------------------------
def _reviews(page: Page, doctree: nodes.document) -> list[Thing]:
    """A review of each saying of the page, in the words of the page. Nothing is rated by a number."""
    look = lookup(page.app)
    return [
        {
            "@type": "ClaimReview",
            **_here(f"{page.place}#{section['ids'][0]}"),
            **_own(),
            "claimReviewed": saying,
            "itemReviewed": {
                "@type": "Claim",
                "name": saying,
                "description": _words(parts[SAID]),
                "appearance": [_work(look, key) for key in _sources(parts[SAID])],
            },
            "reviewRating": {
                "@type": "Rating",
                "alternateName": _words(parts[SAFE]),
                "ratingExplanation": _words(parts[EVIDENCE]),
            },
        }
        for saying, section in front.sayings(doctree).items()
        if {SAID, EVIDENCE, SAFE} <= (parts := _parts(section)).keys()
    ]


def _parts(section: nodes.section) -> dict[str, list[nodes.paragraph]]:
    """The words that begin a part, in bold -> its paragraphs."""
    found: dict[str, list[nodes.paragraph]] = {}
    for paragraph in section.findall(nodes.paragraph):
        bold = paragraph.next_node(nodes.strong)
        if bold is not None and plain_words(paragraph).startswith(bold.astext()):
            found[bold.astext()] = []
        if found and paragraph.parent is section:
            list(found.values())[-1].append(paragraph)
    return found


def _words(part: list[nodes.paragraph]) -> str:
    """What a part says, without the words that name it."""
    name = part[0].next_node(nodes.strong).astext()
    return " ".join(map(plain_words, part)).removeprefix(name).strip()


def plain_words(paragraph: nodes.paragraph) -> str:
    """The words of a paragraph, without marks and cards.

    >>> plain_words(nodes.paragraph("", "", nodes.Text("Two  words"), nodes.raw("", "<b>1</b>", format="html")))
    'Two words'
    """
    texts = (t.astext() for t in paragraph.findall(nodes.Text) if not isinstance(t.parent, nodes.raw))
    return " ".join("".join(texts).split())


def _sources(part: list[nodes.paragraph]) -> list[str]:
    cards = [mark["card"] for paragraph in part for mark in paragraph.findall(Mark)]
    return list(dict.fromkeys(key for kind, key in cards if kind == "source"))


def _work(look: Lookup, source_id: str) -> Thing:
    """A source in which something is said; what is unknown is left out."""
    row = look.sources[source_id]
    told = {
        "@type": "CreativeWork",
        "name": row["title"],
        "url": row["url"],
        "inLanguage": row["lang"],
        "datePublished": row["issued"] if when.is_plain(row["issued"]) else "",
        "publisher": {"@type": "Organization", "name": row["publisher"]} if row["publisher"] else "",
    }
    return {name: value for name, value in told.items() if value}
