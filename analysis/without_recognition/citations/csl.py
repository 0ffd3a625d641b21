"""One CSL item for each source, and for the book and its parts: what every other form of reference is made from.

CSL-JSON has no field for a doubt of its own, nor for what was read; both stand in `custom`, which is made for that,
and in words in `annote`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from without_recognition.citations import container, names, when
from without_recognition.data.dataset import History, records

Item = dict[str, Any]  #: as the schema of CSL-JSON has it

#: Types whose publisher is the paper, site or work that they stand in, where no container is named.
IN_A_WORK = {
    "article-newspaper",
    "article-magazine",
    "article-journal",
    "post-weblog",
    "post",
    "webpage",
    "entry-encyclopedia",
}
SEEN = {
    "cited_only": "not read for this book, known only through other sources",
    "copy": "read for this book in a copy or re-post, not in the original",
    "excerpt": "read for this book in part",
}
DATES = {"issued": "issued", "original-date": "written", "accessed": "accessed"}


def source(row: Mapping[str, str]) -> Item:
    """One source as a CSL item. Nothing is invented: no author where none is named, no year where none is known."""
    held = container.parts(row)
    days = {name: row[column] for name, column in DATES.items() if row[column]}
    item: Item = {
        "id": row["source_id"],
        "type": "book" if row["type"] == "chapter" and "title" not in held else row["type"],
        "title": row["title"],
        "author": names.people(row["author"]),
        **_home(row, held),
        **{name: held.get(name) for name in ("volume", "issue", "part", "number", "page", "genre")},
        **{name: when.csl(text) for name, text in days.items()},
        "URL": row["url"],
        "DOI": row.get("doi"),
        "language": row["lang"],
        "note": row["note"],
        "annote": "; ".join(remarks(row)),
        "keyword": ", ".join(keywords(row)),
        "custom": {"edtf": days, "seen": row["seen"]}
        | {c: row[c] for c in ("title_en", "archived") if row.get(c)},
    }
    return {name: value for name, value in item.items() if value}


def _home(row: Mapping[str, str], held: Mapping[str, str]) -> dict[str, str]:
    """Where it stands and who published it, each once."""
    title, publisher = held.get("title", ""), row["publisher"]
    if row["type"] in IN_A_WORK and not title:
        return {"container-title": publisher}
    return {"container-title": title, "publisher": "" if publisher == title else publisher}


def remarks(row: Mapping[str, str]) -> list[str]:
    """What whoever cites a source should know and no field of a reference can hold."""
    told = [SEEN.get(row["seen"], "")]
    for word, column in (("published", "issued"), ("written", "written")):
        if row[column] and not when.is_plain(row[column]):
            told.append(f"{word} (EDTF) {row[column]}")
    for word, text in (
        ("found in", container.parts(row).get("rest")),
        ("title in English:", row.get("title_en")),
        ("archived copy:", row.get("archived")),
    ):
        if text:
            told.append(f"{word} {text}")
    return [text[0].upper() + text[1:] for text in told if text]


def keywords(row: Mapping[str, str]) -> list[str]:
    """How it was read, what kind of witness it is, how reliable: "seen: cited only"."""
    return [f"{column}: {row[column].replace('_', ' ')}" for column in ("seen", "kind", "reliability")]


def sources(history: History) -> list[Item]:
    """All sources, in the order of the table."""
    return [source(row) for row in records(history.sources)]


def csl_json(items: list[Item]) -> str:
    """CSL-JSON."""
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"
