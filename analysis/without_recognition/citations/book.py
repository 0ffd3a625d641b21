"""What the book says of itself: title, author, version, address, DOI; and references to it and its parts.

All of it stands in data/datapackage.json, where `homepage` is the site and `id` the DOI, by the names that the Data
Package standard gives them: the file travels with the data, and the installed package has it too. Both are empty
until there are such things. An empty one is left out everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from without_recognition.citations.csl import Item
from without_recognition.data.dataset import History, package

NAME = "without-recognition"
DOI_RESOLVER = "https://doi.org/"
ISO_639_3 = {"en": "eng"}  #: as Zenodo writes languages
MESSAGE = "If you use this book, its data or its code, please cite it as below."


def metadata(history: History | None = None) -> dict[str, str]:
    """What the book says of itself; of another Data Package, what that one says.

    title, subtitle, full_title, author, version, date (YYYY-MM-DD), year, licence, licence_url, language, description,
    keywords (with commas between), site (an address that ends with a slash, or "") and doi (`10.…/…`, or "").
    """
    p = package() if history is None else history.package
    title, _, subtitle = p["title"].partition(": ")
    return {
        "title": title,
        "subtitle": subtitle,
        "full_title": p["title"],
        "author": p["contributors"][0]["title"],
        "version": p["version"],
        "date": p["created"][:10],
        "year": p["created"][:4],
        "licence": p["licenses"][0]["name"],
        "licence_url": p["licenses"][0]["path"],
        "language": "en",
        "description": p["description"],
        "keywords": ", ".join(p.get("keywords", ())),
        "site": f"{p['homepage'].rstrip('/')}/" if p["homepage"] else "",
        "doi": p.get("id", "").removeprefix(DOI_RESOLVER).removeprefix("doi:"),
    }


def address(place: str = "") -> str:
    """Where the book, or a place in it (`telegram.html#fig-…`), is on the web; "" while it is nowhere."""
    site = metadata()["site"]
    return site and site + place


def address_or_doi(place: str = "") -> str:
    """Where a reader finds a place in the book: its address, else that of the whole book by its DOI, else ""."""
    return address(place) or by_doi()


def by_doi() -> str:
    """The book's DOI as a link, or ""."""
    doi = metadata()["doi"]
    return doi and DOI_RESOLVER + doi


def edition(history: History | None = None) -> str:
    """'Without Recognition, version 0.1.0 (2026)': the short self-reference that stands in pictures.

    Of a variant 'Without Recognition (2026), variant of 0.1.0: without dahri-2016'.
    """
    book = metadata(history)
    if history is not None and history.variant:
        return f"{book['title']} ({book['year']}), {history.variant}"
    return f"{book['title']}, version {book['version']} ({book['year']})"


def whole(history: History | None = None) -> str:
    """The book, or a variant of it, as a reference in prose."""
    book = metadata(history)
    which = history.variant if history is not None else ""
    said = f"{book['author']}. {book['full_title']}. Version {book['version']}, {book['date']}. {book['licence']}."
    return f"{said} {which[:1].upper()}{which[1:]}." if which else said


def figure(key: str, title: str, place: str = "", history: History | None = None) -> str:
    """A figure as a reference; `place` is the page that it stands on.

    One of a variant stands nowhere in the book, and says after which figure it was made.
    """
    book = metadata(history)
    is_variant = history is not None and bool(history.variant)
    where = address_or_doi(f"{place}#fig-{key}" if place and not is_variant else "")
    which = (
        f"made after figure fig-{key}; {history.variant}" if history and is_variant else f"figure fig-{key}"
    )
    parts = (f"version {book['version']}", book["date"], which, where)
    return f"{book['author']}. “{title}.” In {book['full_title']}, {', '.join(filter(None, parts))}."


def entry(name: str, title: str, place: str = "") -> str:
    """One thing of the record as a reference: `name` is 'event 2005-istanbul-meeting', `place` where it stands."""
    book = metadata()
    parts = (f"version {book['version']}", book["date"], name, address_or_doi(place) if place else "")
    return f"{book['author']}. “{title}.” In {book['full_title']}, {', '.join(filter(None, parts))}."


def item(key: str = "", title: str = "", place: str = "", *, data: bool = False) -> Item:
    """The book as a CSL item; with `title` and `place` (`telegram.html`) a part of it. `key` makes the id.

    `data`: its dataset, which `place` tells of, and which is what has the DOI.
    """
    book = metadata()
    parts = [int(part) for part in book["date"].split("-")]
    is_part = bool(place) and not data
    made: Item = {
        "id": f"{NAME}-{key}" if key else NAME,
        "type": "dataset" if data else "chapter" if place else "book",
        "title": title if place else book["full_title"],
        "container-title": book["full_title"] if is_part else "",
        "author": [{"literal": book["author"]}],
        "issued": {"date-parts": [parts]},
        "version": book["version"],
        "language": book["language"],
        "URL": address_or_doi(place) if place else address(),
        "DOI": "" if is_part else book["doi"],
        "custom": {"edtf": {"issued": book["date"]}},
    }
    return {name: value for name, value in made.items() if value}


def cff() -> str:
    """CITATION.cff, version 1.2.0: the dataset and, as what is preferred in references, the book."""
    book = metadata()
    there = {"doi": book["doi"], "url": book["site"]}
    common: dict[str, object] = {
        "title": book["full_title"],
        "authors": [{"name": book["author"]}],
        "version": book["version"],
        "date-released": book["date"],
        **{name: value for name, value in there.items() if value},
    }
    said = {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "dataset",
        **common,
        "license": ["MIT", book["licence"]],
        "abstract": book["description"],
        "keywords": book["keywords"].split(", "),
        "preferred-citation": {"type": "book", **common, "year": int(book["year"])},
    }
    return "".join(_yaml(said))


def zenodo() -> str:
    """.zenodo.json, with which Zenodo fills in the record of a deposit: the dataset, its licence and its words."""
    book = metadata()
    said: dict[str, object] = {
        "title": book["full_title"],
        "upload_type": "dataset",
        "description": book["description"],
        "creators": [{"name": book["author"]}],
        "version": book["version"],
        "publication_date": book["date"],
        "license": book["licence"],
        "access_right": "open",
        "language": ISO_639_3[book["language"]],
        "keywords": book["keywords"].split(", "),
        "related_identifiers": [{"identifier": book["site"], "relation": "isDocumentedBy"}]
        if book["site"]
        else [],
    }
    return _json(said)


def codemeta() -> str:
    """codemeta.json, version 3.0: the code that makes the book, for registries of software."""
    book = metadata()
    said: dict[str, object] = {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": book["full_title"],
        "identifier": by_doi(),
        "url": book["site"],
        "description": book["description"],
        "version": book["version"],
        "dateModified": book["date"],
        "author": [{"@type": "Organization", "name": book["author"]}],
        "license": [f"https://spdx.org/licenses/{name}" for name in ("MIT", book["licence"])],
        "programmingLanguage": "Python",
        "operatingSystem": "Linux, macOS",
        "keywords": book["keywords"].split(", "),
    }
    return _json(said)


def _json(said: dict[str, object]) -> str:
    """Without what is empty, as a file."""
    return (
        json.dumps({key: value for key, value in said.items() if value}, indent=2, ensure_ascii=False) + "\n"
    )


def _yaml(said: dict[str, object], indent: str = "") -> Iterator[str]:
    """Lines of YAML: mappings, lists of texts or of mappings with one key; every text in quotation marks."""
    for key, value in said.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:\n"
            yield from _yaml(value, indent + "  ")
        elif isinstance(value, list):
            yield f"{indent}{key}:\n"
            for entry in value:
                told = f"name: {_quoted(entry['name'])}" if isinstance(entry, dict) else _quoted(entry)
                yield f"{indent}  - {told}\n"
        else:
            yield f"{indent}{key}: {_quoted(value)}\n"


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
