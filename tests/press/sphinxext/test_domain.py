"""The domain: objects.inv lists every entry at its address, and another Sphinx book cites them by intersphinx."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import toybook
from bs4 import BeautifulSoup
from links import whole
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.inventory import InventoryFile
from without_recognition import evidence, load
from without_recognition.evidence.addresses import page_of
from without_recognition.evidence.lookup import Lookup
from without_recognition.press.sphinxext import domain

HOME = "https://example.org/book/"
PAGE = """# The Istanbul meeting

{wr:event}`2005-istanbul-meeting`, {wr:claim}`the claim <2005-istanbul-meeting.7>`, {any}`khurshid-kasuri`,
{wr:dispute}`2005-istanbul-meeting-initiator`.
"""
OTHER = """
Another book
============

:external+pakistan:wr:event:`2005-istanbul-meeting`, :wr:claim:`2005-istanbul-meeting.7` and
:wr:source:`a paper <dawn-2005-09-01>`.
"""
IN_MYST = "# More\n\n[](inv:pakistan:wr:event#2005-istanbul-meeting), [it](<inv:pakistan:wr:source#dawn-2005-09-01>).\n"
ANCHORS = ("reference/events.html#e-2005-istanbul-meeting", "reference/events.html#c-2005-istanbul-meeting.7",
           "reference/news-sources.html#s-dawn-2005-09-01")  # fmt: skip


@pytest.fixture(scope="module")
def html(tmp_path_factory) -> Path:
    out, warnings, wrong = toybook.build(tmp_path_factory.mktemp("domain"), PAGE, strict=True)
    assert not wrong, warnings
    return out


@pytest.fixture(scope="module")
def listed(html) -> dict[str, dict[str, str]]:
    """kind -> name -> address, of all that objects.inv lists in our domain."""
    with (html / "objects.inv").open("rb") as file:
        found = InventoryFile.load(file, HOME, lambda base, path: base + path)
    return {
        kind.removeprefix("wr:"): {name: address for name, (_, _, address, _) in entries.items()}
        for kind, entries in found.items()
        if kind.startswith("wr:")
    }


def other_book(root: Path, html: Path, *extensions: str, **pages: str) -> tuple[dict[str, list], str]:
    """Build `pages` as a book that knows ours as `pakistan`: page -> its links (address, words); warnings."""
    root.mkdir()
    for name, text in pages.items():
        (root / name.replace("_", ".")).write_text(text, "utf-8")
    settings = {
        "extensions": ["sphinx.ext.intersphinx", "myst_parser", *extensions],
        "intersphinx_mapping": {"pakistan": (HOME, str(html / "objects.inv"))},
        "html_theme": "basic",
        "source_suffix": {".rst": "restructuredtext", ".md": "markdown"},
    }
    told = io.StringIO()
    with patch_docutils(str(root)), docutils_namespace():
        app = Sphinx(root, None, root / "out", root / "doctrees", "html", settings, status=None, warning=told)
        app.build()
    made = [
        path for path in (root / "out").glob("*.html") if path.stem in {n.partition("_")[0] for n in pages}
    ]
    soups = {path.stem: BeautifulSoup(whole(path), "html.parser") for path in made}
    return {
        name: [(a["href"], a.get_text()) for a in soup.select("a.reference.external")]
        for name, soup in soups.items()
    }, told.getvalue()


def test_every_entry_is_listed_at_an_address_that_is_there(html, listed):
    history = load(html.parent / "data")
    weighed = evidence.weigh(history)
    assert {kind: len(entries) for kind, entries in listed.items()} == {
        "event": len(history.events),
        "claim": len(history.claims),
        "source": len(history.sources),
        "person": len(history.actors),
        "dispute": len(evidence.disputes(history)),
        "search": len(history.searches),
        "proposition": len({key[:3] for key in weighed.judgements}),
    }
    ids = {}
    for address in (address for entries in listed.values() for address in entries.values()):
        page, _, anchor = address.removeprefix(HOME).partition("#")
        if page not in ids:
            soup = BeautifulSoup(whole(html / page), "html.parser")
            ids[page] = {tag["id"] for tag in soup.select("[id]")}
        assert anchor in ids[page], address


def test_what_has_no_build_knows_the_page_of_each_source(html, listed):
    look = Lookup.of(load(html.parent / "data"))
    assert {key: HOME + page_of(look, "source", key) for key in look.sources} == listed["source"]
    assert len({address.partition("#")[0] for address in listed["source"].values()}) == 3


def test_another_book_cites_an_event_a_claim_and_a_source(tmp_path, html):
    ours = "without_recognition.press.sphinxext.domain"
    links, told = other_book(tmp_path / "other", html, ours, index_rst=OTHER)
    assert not told
    assert [address for address, _ in links["index"]] == [HOME + anchor for anchor in ANCHORS]
    title = load(html.parent / "data").events.loc["2005-istanbul-meeting", "title"]
    assert [words for _, words in links["index"]] == [title, "2005-istanbul-meeting.7", "a paper"]


def test_a_book_in_myst_cites_them_without_our_package(tmp_path, html):
    links, told = other_book(tmp_path / "other", html, index_md=IN_MYST)
    assert not told
    assert [address for address, _ in links["index"]] == [HOME + ANCHORS[0], HOME + ANCHORS[2]]


def test_what_is_not_listed_is_a_warning(tmp_path, html):
    ours = "without_recognition.press.sphinxext.domain"
    _, told = other_book(
        tmp_path / "other", html, ours, index_rst="T\n=\n\n:wr:event:`2005-istanbul-meting`\n"
    )
    assert "wr:event reference target not found: 2005-istanbul-meting" in told


def test_pages_of_the_book_refer_to_entries_by_title(html):
    page = BeautifulSoup(whole(html / "istanbul.html"), "html.parser")
    links = [(urlsplit(a["href"]).fragment, a.get_text()) for a in page.select("p a.reference.internal")]
    history = load(html.parent / "data")
    assert links == [
        ("e-2005-istanbul-meeting", history.events.loc["2005-istanbul-meeting", "title"]),
        ("c-2005-istanbul-meeting.7", "the claim"),
        ("a-khurshid-kasuri", history.actors.loc["khurshid-kasuri", "name"]),
        ("d-2005-istanbul-meeting-initiator", "Kasuri and Shalom meet in Istanbul: initiator"),
    ]


def made(docname: str, event: str) -> domain.EvidenceDomain:
    """A domain in which a page shows an event and a figure."""
    found = domain.EvidenceDomain(SimpleNamespace(domaindata={}, docname=docname))
    found.note("event", event, title="A title")
    found.figures[docname] = {"key": {}}
    return found


def test_what_a_page_showed_is_forgotten_and_what_others_read_is_taken_over():
    one, two = made("a", "1947-x"), made("b", "1948-y")
    one.merge_domaindata(["b"], two.data)
    one.merge_domaindata(["c"], made("d", "1949-z").data)
    assert set(one.entries) == {"e-1947-x", "e-1948-y"} and set(one.figures) == {"a", "b"}
    one.clear_doc("a")
    assert set(one.entries) == {"e-1948-y"} and set(one.figures) == {"b"}


def test_an_id_holds_no_space_and_begins_with_a_letter():
    assert (
        domain.anchor_of("dispute", "2005-x", "count", "men of the crew") == "d-2005-x-count-men_of_the_crew"
    )
    assert domain.anchor_of("proposition", "2005-x", "date", "", "2005-09") == "p-2005-x-date-2005-09"


def test_where_an_entry_is_told_is_counted_forgotten_and_taken_over():
    env = SimpleNamespace(domaindata={}, docname="one", app=None)
    ours = domain.EvidenceDomain(env)
    assert [ours.tell("e-x"), ours.tell("e-x")] == ["t-e-x", "t-e-x--2"]
    ours.merge_domaindata(["two"], {"entries": {}, "figures": {}, "told": {"e-x": {"two": 3, "three": 1}}})
    assert ours.told == {"e-x": {"one": 2, "two": 3}}
    ours.clear_doc("one")
    assert ours.told == {"e-x": {"two": 3}}
