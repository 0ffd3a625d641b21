"""The sources as BibTeX and RIS: every source once, read back by a parser, names and years kept."""
from __future__ import annotations

import re

from conftest import make_history
from pybtex.database import parse_string

from analysis.press import bibliography

SOURCES = [{"source_id": "yegar-2007", "type": "article-journal", "author": "Yegar, Moshe", "title": "Pakistan & Israel",
            "container": "Review", "issued": "2007-10-25", "url": "https://example.org/a_b"},
           {"source_id": "cable-1947", "type": "document", "title": "Telegram 31", "issued": "1976", "written": "1947-12-08",
            "publisher": "A department"}]


def test_bibtex_is_read_back_whole() -> None:
    read = parse_string(bibliography.bibtex(make_history(sources=SOURCES)), "bibtex").entries
    assert read["yegar-2007"].persons["author"][0].last_names == ["Yegar"]
    assert read["yegar-2007"].fields["year"] == "2007" and read["yegar-2007"].type == "article"
    assert read["cable-1947"].type == "misc" and read["cable-1947"].fields["year"] == "1947"


def test_ris_has_one_record_a_source() -> None:
    text = bibliography.ris(make_history(sources=SOURCES))
    assert re.findall(r"^TY  - (\w+)$", text, re.M) == ["JOUR", "GEN"] and text.count("ER  - ") == 2
    assert "AU  - Yegar, Moshe" in text and "AU  - A department" in text


def test_the_books_own_sources_all_come_through(book) -> None:
    assert set(parse_string(bibliography.bibtex(book), "bibtex").entries) == set(book.sources.index)
