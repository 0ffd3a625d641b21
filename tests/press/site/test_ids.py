"""The resolver: every id of every published edition leads somewhere, from a folder, and what is gone says so."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import in_chromium
import links
import pandas as pd
import pytest
import toybook
from bs4 import BeautifulSoup
from conftest import ROOT, make_history
from docutils.nodes import make_id
from without_recognition.citations import book as about
from without_recognition.data import releases
from without_recognition.evidence import addresses
from without_recognition.evidence.addresses import anchor_of
from without_recognition.evidence.lookup import Lookup
from without_recognition.press.site import ids, records

SITE = "https://example.org/book/"
PAGE = """# What happened in Istanbul

They met {event}`2005-istanbul-meeting`.

## In one room

Nobody else was there.
"""
RETIRED = {
    "correction_id": "2026-11-23-0001", "date": "2026-11-23", "version": "0.2.0", "kind": "retired",
    "table": "claims", "key": "2005-istanbul-meeting.99", "now": "2005-istanbul-meeting.7", "reason": "Told twice.",
}  # fmt: skip
OLD_PLACES = (ROOT / "tests" / "fixtures" / "places-0.1.0.txt").read_text("utf-8").split()


# --- the index ------------------------------------------------------------------------------------
@pytest.fixture
def unpublished(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no edition was published: a History in memory has no pins."""
    monkeypatch.setattr(releases, "versions", lambda history: [])


@pytest.mark.usefixtures("unpublished")
def test_claims_are_told_in_runs() -> None:
    look = Lookup.of(
        make_history(
            events=[{"event_id": "e"}],
            sources=[{"source_id": "s"}],
            claims=[
                {"claim_id": f"e.{n}", "event_id": "e", "source_id": "s"} for n in ("1", "2", "3", "10", "12")
            ],
        )
    )
    assert ids.index(look, [], [])["events"] == ["e 1-3,10,12"]


@pytest.mark.usefixtures("unpublished")
def test_what_is_gone_names_its_heir_by_its_id() -> None:
    history = make_history(corrections=[RETIRED, RETIRED | {"table": "offices", "key": "o", "now": ""}])
    assert ids.gone(history) == {
        "c-2005-istanbul-meeting.99": ["0.2.0", "2026-11-23", "Told twice.", "c-2005-istanbul-meeting.7"]
    }


def test_what_came_and_went_between_two_editions_is_not_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    pins = pd.DataFrame([("claims", "2005-istanbul-meeting.99", "")], columns=releases.COLUMNS)
    monkeypatch.setattr(releases, "versions", lambda history: ["0.1.0"])
    monkeypatch.setattr(releases, "pinned", lambda history, version: pins)
    history = make_history(corrections=[RETIRED, RETIRED | {"key": "2005-istanbul-meeting.98"}])
    assert list(ids.gone(history)) == ["c-2005-istanbul-meeting.99"]


def headings(page: Path) -> list[str]:
    """The ids of a page's sections, as they follow from its headings."""
    text = re.sub(r"(?s)```.*?```", "", page.read_text("utf-8"))
    return [make_id(re.sub(r"['’\"“”]", "", line)) for line in re.findall(r"(?m)^#{2,4} (.*)$", text)]


def manuscript(look: Lookup) -> list[tuple[str, str, list[str]]]:
    """The pages of the book with their sections and entries, without a build."""
    entries = {
        **{
            f"reference/{page}": [
                anchor_of("source", s["source_id"])
                for s in look.sources.values()
                if addresses.list_of(s) == page
            ]
            for page in (addresses.SOURCES, addresses.NEWS, addresses.CITED)
        },
        "reference/people": [anchor_of("person", a) for a in look.actors],
        "reference/disputes": [anchor_of("dispute", *key) for key in look.disputes],
        "reference/silences": [anchor_of("search", s) for s in look.history.searches.index],
    }
    found = {
        p.relative_to(ROOT / "book").with_suffix("").as_posix(): p
        for p in sorted((ROOT / "book").rglob("*.md"))
    }
    return [(f"{name}.html", name, [*headings(page), *entries.get(name, [])]) for name, page in found.items()]


@pytest.fixture(scope="module")
def whole(book) -> dict:
    look = Lookup.of(book)
    return ids.index(look, manuscript(look), records.people(look))


def test_it_is_light(whole, book) -> None:
    """One page alone loads it, when an id is asked for: some six bytes for each claim."""
    assert len(gzip.compress(ids.script(whole), 6)) < 6 * len(book.whole.claims)


def test_moved_places_lead_to_places_of_today(whole) -> None:
    known = {
        f"{address.removesuffix('.html')}#{anchor}"
        for address, _, found in whole["pages"]
        for anchor in found.split()
    }
    assert set(whole["moved"].values()) <= known
    assert not set(whole["moved"]) & known, "what is there again has not moved"
    assert set(whole["moved"]) <= set(OLD_PLACES)


def test_a_dispute_that_is_over_is_told_of_and_one_that_stands_is_not(book, whole) -> None:
    over, there = (
        set(whole["over"].split()),
        {anchor for _, _, found in whole["pages"] for anchor in found.split()},
    )
    assert not over & there and over <= set(published(book))
    every = ids.index(Lookup.of(book), [], [])["over"].split()
    assert over < set(every), "without any page all that was ruled on is over"


def published(history) -> list[str]:
    """The ids of all that was ever published and bears one."""
    found = {
        ids.anchor_of_row(table, key)
        for version in releases.versions(history)
        for table, key in releases.pinned(history, version)[["table", "key"]].itertuples(index=False)
    }
    return sorted(found - {""})


def test_only_what_was_published_is_told_of_as_gone(book, whole) -> None:
    assert whole["gone"] and set(whole["gone"]) <= set(published(book))


# --- in the pages ---------------------------------------------------------------------------------
def built(folder: Path, site: str) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        package = {**about.package(), "homepage": site}
        patch.setattr(about, "package", lambda: package)
        out, warnings, wrong = toybook.build(
            folder, PAGE, strict=True, theme="without_recognition",
            corrections=[dict.fromkeys(("column", "was"), "") | RETIRED],
        )  # fmt: skip
    assert not wrong, warnings
    return out


@pytest.fixture(scope="module")
def toy(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("ids"), "")


def test_the_page_says_how_to_find_an_id_without_a_script(toy, tmp_path) -> None:
    page = BeautifulSoup(links.whole(toy / "id" / "index.html"), "html.parser")
    lists = {link["href"] for link in page.select(".wr-ids a")}
    assert {"../reference/events.html", "../reference/sources.html"} <= lists
    assert "JavaScript" in page.select_one(".wr-ids noscript").get_text()
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    told = page.select_one(".wr-ids").get_text()
    assert "…/id/index.html?e-…" in told and "http" not in told
    page = BeautifulSoup(links.whole(built(tmp_path, SITE) / "id" / "index.html"), "html.parser")
    assert f"{SITE}id/?e-…" in page.select_one(".wr-ids").get_text()


def test_the_index_has_what_the_pages_show(toy) -> None:
    written = (toy / ids.FILE).read_text("utf-8")
    found = json.loads(written.removeprefix(f"window.{ids.GLOBAL}=").removesuffix(";\n"))
    pages = {address: set(anchors.split()) for address, _, anchors in found["pages"]}
    assert {"in-one-room", "what-happened-in-istanbul"} <= pages["istanbul.html"]
    assert len([each for each in pages["istanbul.html"] if each.startswith("par-istanbul-")]) == 2
    found = {f"s-{row['source_id']}" for row in toybook.rows("sources")}
    on = [pages[f"reference/{name}.html"] & found for name in ("sources", "news-sources", "cited-sources")]
    assert set.union(*on) == found and sum(map(len, on)) == len(found)
    assert on[2] == {"s-yegar-2007"} and "s-dawn-2005-09-01" in on[1] and "s-mfa-2005-09-01" in on[0]
    for address, anchors in pages.items():
        page = BeautifulSoup(links.whole(toy / address), "html.parser")
        assert anchors <= {tag["id"] for tag in page.select("[id]")}


@pytest.fixture(scope="module")
def page(toy) -> Path:
    return toy / "id" / "index.html"


@pytest.mark.outside
class TestInABrowser:
    def asked(self, browser, page: Path, query: str, stays: bool = False):
        tab = in_chromium.opened(browser, page, query=query)
        if stays:
            tab.wait_for_selector("#wr-found:not([hidden])")
        else:
            tab.wait_for_url(lambda url: "/id/index.html" not in url)
        return tab

    @pytest.mark.parametrize("query, leads", [
        ("?e-2005-istanbul-meeting", "events/2005-istanbul-meeting.html#e-2005-istanbul-meeting"),
        ("#e-2005-istanbul-meeting", "events/2005-istanbul-meeting.html#e-2005-istanbul-meeting"),
        ("?c-2005-istanbul-meeting.7", "events/2005-istanbul-meeting.html#c-2005-istanbul-meeting.7"),
        ("?p-2005-istanbul-meeting-initiator", "events/2005-istanbul-meeting.html#p-2005-istanbul-meeting-initiator"),
        ("?a-muhammad-ali-jinnah", "people/muhammad-ali-jinnah.html#a-muhammad-ali-jinnah"),
        ("?a-abba-eban", "reference/people.html#a-abba-eban"),
        ("?s-dawn-2005-09-01", "reference/news-sources.html#s-dawn-2005-09-01"),
        ("?reference/sources#s-yegar-2007", "reference/cited-sources.html#s-yegar-2007"),
        ("?reference/cited-sources#s-dawn-2005-09-01", "reference/news-sources.html#s-dawn-2005-09-01"),
        ("?reference/sources#s-dawn-2005-09-01", "reference/news-sources.html#s-dawn-2005-09-01"),
        ("?d-2005-istanbul-meeting-initiator", "reference/disputes.html#d-2005-istanbul-meeting-initiator"),
        ("?istanbul", "istanbul.html"),
        ("?istanbul#in-one-room", "istanbul.html#in-one-room"),
        ("?istanbul%23in-one-room", "istanbul.html#in-one-room"),
        ("#istanbul#in-one-room", "istanbul.html#in-one-room"),
        ("?reference/sources", "reference/sources.html"),
        ("?evidence=documented#e-2005-istanbul-meeting", "events/2005-istanbul-meeting.html#e-2005-istanbul-meeting"),
        ("?evidence=documented&signs=few&id=istanbul", "istanbul.html"),
    ])  # fmt: skip
    def test_an_id_leads_to_its_place(self, browser, toy, page, query, leads) -> None:
        tab = self.asked(browser, page, query)
        assert re.sub(r"\?[^#]*", "", tab.url) == f"{toy.resolve().as_uri()}/{leads}"
        fragment = leads.partition("#")[2]
        assert not fragment or tab.evaluate("id => !!document.getElementById(id)", fragment)
        tab.context.close()

    def test_what_was_withdrawn_says_what_became_of_it(self, browser, page) -> None:
        tab = self.asked(browser, page, "?c-2005-istanbul-meeting.99", stays=True)
        told = tab.inner_text("#wr-found")
        assert "withdrawn in 0.2.0 (2026-11-23). Told twice." in told
        tab.click("#wr-found a:text-is('c-2005-istanbul-meeting.7')")
        tab.wait_for_url(re.compile(r"events/2005-istanbul-meeting\.html#c-2005-istanbul-meeting\.7"))
        tab.context.close()

    @pytest.mark.parametrize("query, near", [
        ("?e-2005-istanbul-meting", "e-2005-istanbul-meeting"),
        ("?s-dawn-2005-09-02", "s-dawn-2005-09-01"),
        ("?istambul", "istanbul"),
    ])  # fmt: skip
    def test_an_unknown_id_gets_the_nearest(self, browser, page, query, near) -> None:
        tab = self.asked(browser, page, query, stays=True)
        assert tab.locator("#wr-found li a").first.inner_text() == near
        tab.context.close()

    def test_a_place_that_was_written_anew_leads_to_its_page(self, browser, page) -> None:
        for query in ("?par-istanbul-00000", "?istanbul#a-heading-of-old"):
            tab = self.asked(browser, page, query, stays=True)
            assert "Not here any more" in tab.inner_text("#wr-found")
            assert tab.locator("#wr-found a").get_attribute("href") == "../istanbul.html"
            tab.context.close()

    def test_nothing_asked_or_something_hostile_stays_a_page(self, browser, page) -> None:
        tab = in_chromium.opened(browser, page)
        tab.wait_for_selector("form.wr-filter")
        assert tab.locator("#wr-found").is_hidden()
        tab.evaluate("window.wrState.set({ evidence: 'documented' })")
        tab.reload()
        tab.wait_for_selector("form.wr-filter")
        assert "evidence" not in tab.url and tab.locator("#wr-found").is_hidden()  # the page has no bar
        tab.context.close()
        tab = self.asked(browser, page, "?constructor", stays=True)
        assert tab.inner_text("#wr-found h2") == "Unknown: constructor"
        tab.context.close()
        tab = self.asked(browser, page, "?<img src=x onerror=alert(1)>%", stays=True)
        assert not tab.locator("#wr-found img").count() and "<img" in tab.inner_text("#wr-found")
        tab.context.close()

    def test_every_id_ever_published_resolves(self, browser, toy, page, book, whole, tmp_path) -> None:
        wanted = [*published(book), *(p for p in OLD_PLACES if not p.startswith("fig-"))]
        assert len(wanted) > 5_000
        tab = in_chromium.opened(browser, page)
        tab.wait_for_function("() => !!window.wrResolve")
        tab.route("**/ids.js", lambda route: route.fulfill(body=ids.script(whole).decode()))
        tab.reload()
        tab.wait_for_function("() => !!window.wrResolve && window.wrIds.events.length > 100")
        lost = tab.evaluate(
            "all => all.filter(id => { const f = wrResolve(id); return !f.to && !f.gone; })", wanted
        )
        assert lost == []
        tab.context.close()
