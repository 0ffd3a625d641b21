"""References in the page itself: every source in the OpenURL format that has its kind, with nothing invented."""

from __future__ import annotations

from collections import Counter
from urllib.parse import parse_qsl, unquote

import pytest
from bs4 import BeautifulSoup
from without_recognition.citations import coins, csl, names

ZOTERO = {
    "blogPost", "dataset", "document", "encyclopediaArticle", "forumPost", "interview", "magazineArticle",
    "newspaperArticle", "presentation", "statute", "webpage",
}  # fmt: skip
MTX = "info:ofi/fmt:kev:mtx:"


def read(item: csl.Item) -> dict[str, list[str]]:
    """What a program finds in the span."""
    span = BeautifulSoup(str(coins.span(item)), "html.parser").span
    assert span["class"] == ["Z3988"] and not span.contents
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(span["title"], strict_parsing=True):
        found.setdefault(name, []).append(value)
    return found


def row(kind: str, **cells: str) -> dict[str, str]:
    columns = (
        "source_id title title_en author publisher container issued written url accessed lang "
        "note seen kind reliability"
    )
    empty = dict.fromkeys(columns.split(), "")
    return {
        **empty,
        "source_id": "x",
        "title": "A title & more",
        "lang": "ur",
        "seen": "full",
        "type": kind,
        **cells,
    }


@pytest.mark.parametrize(
    "kind, cells, told",
    [
        ("article-journal", {"container": "Israel Studies 20 (2015) no. 1, pp. 31-56"},
         {"rft_val_fmt": MTX + "journal", "rft.genre": "article", "rft.atitle": "A title & more"}),
        ("article-newspaper", {"publisher": "Dawn"},
         {"rft_val_fmt": MTX + "dc", "rft.type": "newspaperArticle", "rft.title": "A title & more",
          "rft.source": "Dawn"}),
        ("book", {"publisher": "Knopf"},
         {"rft_val_fmt": MTX + "book", "rft.genre": "book", "rft.btitle": "A title & more", "rft.pub": "Knopf"}),
        ("chapter", {"container": "A book", "publisher": "Brill"},
         {"rft.genre": "bookitem", "rft.atitle": "A title & more", "rft.btitle": "A book", "rft.pub": "Brill"}),
        ("report", {"publisher": "CIA"}, {"rft.genre": "report", "rft.btitle": "A title & more", "rft.pub": "CIA"}),
        ("document", {"publisher": "Archive"}, {"rft.genre": "document", "rft.title": "A title & more"}),
        ("broadcast", {"publisher": "Radio"}, {"rft.type": "document", "rft.publisher": "Radio"}),
    ],
)  # fmt: skip
def test_each_kind_has_its_format(kind, cells, told) -> None:
    found = read(csl.source(row(kind, **cells)))
    assert {name: found[name] for name in told} == {name: [value] for name, value in told.items()}
    assert (
        found["rft.language"] == ["ur"] and not {"rft.au", "rft.aucorp", "rft.date", "rft_id"} & found.keys()
    )


@pytest.mark.parametrize(
    "issued, sure",
    [
        ("2005-09-01", ["2005-09-01"]),
        ("2005-09", ["2005-09"]),
        ("2005-09-01?", ["2005"]),
        ("2005-09-01/2005-09-05", ["2005-09"]),
        ("2005-12-30/2006-01-02", None),
        ("", None),
    ],
)
def test_a_date_is_as_exact_as_it_is_sure(issued, sure) -> None:
    assert read(csl.source(row("book", issued=issued))).get("rft.date") == sure


def test_authors_are_whole_and_nobody_is_invented() -> None:
    found = read(
        csl.source(row("book", author="King, Martin, Jr.; US Embassy Tel Aviv; Azaryahu, Maoz and others"))
    )
    assert found["rft.au"] == ["King, Martin Jr.", "Azaryahu, Maoz"]
    assert found["rft.aucorp"] == ["US Embassy Tel Aviv"]


@pytest.mark.parametrize(
    "text",
    [
        "100% sure",
        "A & B = C; D",
        "x?a=b&c=%2B#d+e",
        '“Ha’aretz” "it\'s" <b>',
        "پاکستان, ניו יורק",
        "two  spaces",
    ],
)
def test_whatever_a_title_holds_it_is_read_as_written(text) -> None:
    """By the rules of forms, and as Zotero cuts it: at every & and =, plus signs as spaces, then percent signs."""
    item = csl.source(row("book", title=text, url=f"https://example.org/{text}"))
    found = read(item)
    assert (found["rft.btitle"], found["rft_id"]) == ([text], [item["URL"]])
    span = BeautifulSoup(str(coins.span(item)), "html.parser").span["title"]
    cut = [field.split("=") for field in span.split("&")]
    assert {len(field) for field in cut} == {2}
    assert {name: unquote(value.replace("+", " ")) for name, value in cut}["rft.btitle"] == text


def test_every_source_of_the_book_can_be_picked(book) -> None:
    formats: Counter[str] = Counter()
    for item in csl.sources(book):
        found = read(item)
        formats[found["rft_val_fmt"][0].removeprefix(MTX)] += 1
        title = found.get("rft.title") or found.get("rft.atitle") or found["rft.btitle"]
        assert title == [item["title"]]
        people = [name for name in item.get("author", ()) if name != names.OTHERS]
        assert len(found.get("rft.au", [])) + len(found.get("rft.aucorp", [])) == len(people)
        assert found.get("rft.type", ["document"])[0] in ZOTERO
        assert item.get("URL") in found.get("rft_id", [None])
    assert set(formats) == {"journal", "book", "dc"} and formats["dc"] > 1000
