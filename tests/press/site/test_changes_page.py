"""Changes of facts: the page, its feed, and addresses of what was withdrawn."""

from __future__ import annotations

import re

import pytest
import toybook
from lxml import etree
from without_recognition import citations, load
from without_recognition.data import releases
from without_recognition.press.site import feed

ATOM = {"a": feed.ATOM}
PAGE = "# Changes\n\n```{changelog-page}\n```\n"
CORRECTIONS = [
    ("k-1", "changed", "events", "1953-zafrullah-eban", "date", "1953", "1953?", "The column gives no day."),
    ("k-2", "retired", "claims", "2005-istanbul-meeting.4b", "", "", "2005-istanbul-meeting.4", "Said twice."),
    ("k-3", "retired", "events", "2001-nothing", "", "", "", "A tale <b>without</b> a witness & a source."),
    ("k-4", "retired", "claims", "2001-nothing.1", "", "", "", "With its event."),
]  # fmt: skip
ROWS = [
    dict(zip(["correction_id", "kind", "table", "key", "column", "was", "now", "reason"], row))
    | {"date": f"2026-11-2{n}", "version": "0.2.0"}
    for n, row in enumerate(CORRECTIONS, 1)
]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("toy")
    out, warned, ended = toybook.build(root, PAGE, name="changes", corrections=ROWS)
    assert (warned, ended) == ("", None)
    return root, out


def test_the_feed_is_an_atom_feed_with_an_entry_a_correction(built):
    _, out = built
    tree = etree.fromstring((out / "changes.atom").read_bytes())
    assert tree.tag == f"{{{feed.ATOM}}}feed"
    for path in ("a:id", "a:title", "a:updated", "a:author/a:name", "a:link[@rel='alternate']"):
        assert len(tree.xpath(path, namespaces=ATOM)) == 1
    entries = tree.findall("a:entry", ATOM)
    days = [e.findtext("a:updated", namespaces=ATOM) for e in entries]
    assert days == sorted((f"{row['date']}T00:00:00Z" for row in ROWS), reverse=True)
    assert tree.findtext("a:updated", namespaces=ATOM) == days[0]
    ids = [e.findtext("a:id", namespaces=ATOM) for e in entries]
    assert len(set(ids)) == len(ROWS) and all(i.startswith("urn:uuid:") for i in ids)
    assert "A tale <b>without</b> a witness & a source." in [
        e.findtext("a:summary", namespaces=ATOM) for e in entries
    ]
    page = (out / "changes.html").read_text("utf-8")
    for entry in entries:
        name, _, anchor = entry.find("a:link", ATOM).get("href").partition("#")
        assert name == "changes.html" and f'id="{anchor}"' in page


def test_ids_of_entries_stay_when_others_are_added(built):
    root, _ = built
    first = dict(_ids(feed.atom_feed(load(root / "data"), "changes.html")))
    fewer = toybook.write_package(root / "fewer", corrections=ROWS[:2])
    assert dict(_ids(feed.atom_feed(load(fewer), "reference/changes.html"))).items() <= first.items()


def _ids(made):
    for entry in etree.fromstring(made).findall("a:entry", ATOM):
        anchor = entry.find("a:link", ATOM).get("href").partition("#")[2]
        yield anchor, entry.findtext("a:id", namespaces=ATOM)


def test_with_an_address_links_are_whole(built, monkeypatch):
    root, _ = built
    monkeypatch.setattr(citations.book, "address", lambda place="": f"https://example.org/{place}")
    monkeypatch.setattr(citations, "address", citations.book.address)
    tree = etree.fromstring(feed.atom_feed(load(root / "data"), "reference/changes.html"))
    links = {link.get("rel"): link.get("href") for link in tree.findall("a:link", ATOM)}
    assert links == {
        "alternate": "https://example.org/reference/changes.html",
        "self": "https://example.org/reference/changes.atom",
    }


def test_the_page_names_its_feed(built):
    _, out = built
    page = (out / "changes.html").read_text("utf-8")
    assert re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="changes.atom"', page)
    assert '<a href="changes.atom"' in page and "atom+xml" not in (out / "index.html").read_text("utf-8")


def test_what_was_withdrawn_keeps_its_address_and_says_so(built):
    _, out = built
    events = (out / "reference" / "events.html").read_text("utf-8")
    assert re.search(
        r'id="c-2005-istanbul-meeting.4b">Withdrawn in 0.2.0: claim <code>2005-istanbul-meeting.4b', events
    )
    page = (out / "changes.html").read_text("utf-8")
    for anchor in ("e-2001-nothing", "c-2001-nothing.1"):
        assert page.count(f'id="{anchor}"') == 1
    assert 'id="c-2005-istanbul-meeting.4b"' not in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    gone = (out / "events" / "2001-nothing.html").read_text("utf-8")
    assert (
        "An event that was withdrawn" in gone
        and "A tale &lt;b&gt;without&lt;/b&gt; a witness &amp; a source." in gone
    )
    assert "../changes.html" in gone


def test_corrections_are_shown_by_class_of_reason(built):
    _, out = built
    page = (out / "changes.html").read_text("utf-8")
    assert "Withdrawn: 3</summary>" in page and "Another date, place or value: 1</summary>" in page


def test_the_book_says_what_moved_since_the_edition_before(book, monkeypatch):
    from without_recognition.evidence.lookup import Lookup
    from without_recognition.findings import changes
    from without_recognition.press.sphinxext import corrected
    from without_recognition.press.sphinxext import render as templates

    monkeypatch.setattr(templates, "correction", lambda page, root: "")  # no page stands behind it
    Renderer = templates.Renderer
    render = Renderer(Lookup.of(book), lambda anchor: f"x.html#{anchor}", "", None)
    moved, page = changes.since(book), str(corrected.changes_numbers(render))
    own = releases.order(book.package["version"].removesuffix(".dev0"))
    before = [v for v in releases.versions(book) if releases.order(v) < own]
    assert moved["old"]["version"] == max(before, key=releases.order)
    for table, n in moved["rows"].items():
        if any(n.values()):
            row = re.search(rf"<tr><td>{table}</td>(.*?)</tr>", page)[1]
            assert [int(cell.replace(",", "")) for cell in re.findall(r">([\d,]+)<", row)] == list(n.values())
    told = str(corrected.changes_grades(render))
    events = [
        g for g in moved["grades"] if g["aspect"] == "occurrence" and g["event_id"] in book.events.index
    ]
    graded = [g for g in events if g["grade_now"] not in ("", "untold") and g["grade_was"] != "untold"]
    assert told.count("<li>") == len(graded)
    assert graded or book.package["version"].endswith(".dev0"), (
        "in a version in preparation none may have moved yet"
    )
    assert f"both editions have, {len(graded) or 'none'} " in told
    frames = sum(g["grade_now"] == "" and g["grade_was"] != "untold" for g in events)
    said = f"{frames} more {'is a frame fact' if frames == 1 else 'are frame facts'}"
    assert (said in told) == bool(frames)
