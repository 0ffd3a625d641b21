"""Citations at every grain and format, all from data/datapackage.json and the tables.

`book` is what the book says of itself, `csl` makes one CSL item of each source and of each part of the book, and
`bibtex`, `ris` and `styles` write those. `notes` has the names of sources in the book's own prose.
"""

from __future__ import annotations

from without_recognition.citations import bibtex, csl, ris
from without_recognition.citations.book import (
    address,
    by_doi,
    cff,
    codemeta,
    edition,
    entry,
    figure,
    item,
    metadata,
    whole,
    zenodo,
)
from without_recognition.data.dataset import History, package
from without_recognition.data.safe_text import BIDI, defused, safe_csv

__all__ = [
    "BIDI",
    "address",
    "by_doi",
    "cff",
    "codemeta",
    "defused",
    "edition",
    "entry",
    "exports",
    "figure",
    "item",
    "metadata",
    "package",
    "records",
    "safe_csv",
    "whole",
    "zenodo",
]


def records(item: csl.Item) -> dict[str, str]:
    """Name of a format -> the item in it."""
    return {
        "BibTeX": bibtex.bibliography([item]),
        "RIS": ris.bibliography([item]),
        "CSL-JSON": csl.csl_json([item]),
    }


def exports(history: History) -> dict[str, str]:
    """File name -> text: all sources as CSL-JSON, biblatex and RIS, and how to cite the book itself."""
    items = csl.sources(history)
    return {
        "sources.json": csl.csl_json(items),
        "sources.bib": bibtex.bibliography(items),
        "sources.ris": ris.bibliography(items),
        "CITATION.cff": cff(),
        "codemeta.json": codemeta(),
        "zenodo.json": zenodo(),
    }
