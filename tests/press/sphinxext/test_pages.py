"""The reference pages: every row has its entry under its own id, and addresses lead there."""

from __future__ import annotations

import json

import pytest
import toybook
from bs4 import BeautifulSoup
from docutils.nodes import make_id
from links import whole
from without_recognition import citations, load
from without_recognition.evidence import flags, rules
from without_recognition.evidence.addresses import anchor_of

PAGE = """# The Istanbul meeting

{event}`2005-istanbul-meeting` <b>

```{chapter-box} istanbul
```
```{disputes} istanbul
```
```{searches} istanbul
```
```{reading} istanbul
```
```{cite-chapter} istanbul
```
```{to-read}
```
```{codebook-page}
```
```{changelog-page}
```
```{grades-table}
```
```{grade-rules}
```
```{status-rules}
```
```{basis-rules}
```
```{defect-rules}
```
```{flag-rules}
```
```{cite-book}
```
```{coding-report}
```
```{pairs-report}
```
```{support-report}
```
```{events-index}
```
"""


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    root = tmp_path_factory.mktemp("pages")
    out, warnings, wrong = toybook.build(root, PAGE, strict=True)
    assert not wrong, warnings
    return out


@pytest.fixture(scope="module")
def history(html):
    return load(html.parent / "data")


def soup(html, name):
    return BeautifulSoup(whole(html / f"{name}.html"), "html.parser")


def ids(page) -> list[str]:
    return [tag["id"] for tag in page.select("[id]")]


def test_the_rules_of_grades_and_statuses_are_printed_from_their_table(html):
    page = soup(html, "istanbul")
    told = [" ".join(li.get_text().split()) for li in page.select(".wr-rules li")]
    table = (*rules.GRADE_RULES, *rules.STATUS_RULES)
    assert told == [f"{rule.name} ({rule.id}): {rule.method}.".replace("'", "’") for rule in table]


def test_ways_of_knowing_defects_and_flags_are_printed_from_their_table(html):
    bases, defects, warnings = soup(html, "istanbul").select("dl.wr-terms")
    assert [dt.get_text() for dt in bases.select("dt")] == [b.words for b in rules.BASES.values()]
    assert [code.get_text() for code in bases.select("code")] == [
        b.id for b in rules.BASES.values() if b.id != b.words
    ]
    for basis, dd in zip(rules.BASES.values(), bases.select("dd"), strict=True):
        assert dd.get_text().lower().startswith(basis.method.lower().replace("'", "’"))
    assert [dt.get_text() for dt in defects.select("dt")] == [d.words for d in rules.DEFECTS.values()]
    assert defects.find_next_sibling("p").get_text() == f"{rules.COUNTING}."
    assert [dt.get_text() for dt in warnings.select("dt")] == [f.words for f in flags.TABLE]
    assert [dd.get_text() for dd in warnings.select("dd")] == [
        f"{f.method[0].upper()}{f.method[1:]}. In the data: {f.id}." for f in flags.TABLE
    ]


def test_the_trap_that_prefixes_avoid_is_still_there():
    assert make_id("1998-tarar-weizman") == "tarar-weizman"


def test_every_row_stands_under_its_own_id(html, history):
    events, sources, news, cited, people = (
        ids(soup(html, f"reference/{name}"))
        for name in ("events", "sources", "news-sources", "cited-sources", "people")
    )
    assert "s-yegar-2007" not in [*sources, *news] and "s-dawn-2005-09-01" not in sources
    for wanted, kind, found in (
        (history.events.index, "event", events),
        (history.claims.index, "claim", events),
        (history.sources.index, "source", [*sources, *news, *cited]),
        (history.actors.index, "person", people),
        (history.searches.index, "search", ids(soup(html, "reference/silences"))),
    ):
        assert {anchor_of(kind, key) for key in wanted} <= set(found)
    assert {f"e-{key}" for key in history.events.index} == {i for i in events if i.startswith("e-")}


@pytest.mark.parametrize("name", ["events", "disputes", "sources", "news-sources", "people", "silences"])
def test_no_id_stands_twice(html, name):
    found = ids(soup(html, f"reference/{name}"))
    assert len(found) == len(set(found))


def test_events_are_in_order_of_time_and_have_headings(html):
    sections = soup(html, "reference/events").select("section[id^=e-]")
    order = [s["id"] for s in sections if s["id"].split("-")[1] > "1990"]
    assert order[:2] == ["e-1998-tarar-weizman", "e-2005-istanbul-meeting"]
    assert sections[0].find(["h2", "h3"]).get_text().startswith("Jinnah writes to Truman")


def test_an_entry_holds_the_whole_record(html):
    entry = soup(html, "reference/events").find(id="e-2005-istanbul-meeting").get_text(" ", strip=True)
    for words in (
        "documented",
        "Rule G1b",
        "Two sides said so within a year: Israel and Pakistan",
        "Silvan Shalom",
        "Israel says that Pakistan asked.",
        "spoke in office",
        "hearsay",
        "dispute and ruling",
        "A statement about it",
    ):
        assert words in entry, words


def test_disputes_are_found_and_ruled(html):
    page = soup(html, "reference/disputes")
    assert {i for i in ids(page) if i.startswith("d-")} == {
        "d-1967-quotation-occurrence",
        "d-2005-delegation-174-occurrence",
        "d-2005-istanbul-meeting-initiator",
        "d-2005-istanbul-meeting-place",
    }
    assert (
        "Open: the evidence does not allow a ruling."
        in page.find(id="d-2005-delegation-174-occurrence").get_text()
    )


def test_a_ruling_that_follows_a_denial_says_so(html):
    entry = soup(html, "reference/disputes").find(id="d-1967-quotation-occurrence")
    assert "This book follows the denial by Elder of Ziyon." in entry.get_text()
    assert not entry.select(".wr-followed") and "followed here" not in entry.get_text()


def test_the_followed_value_is_marked(html):
    entry = soup(html, "reference/disputes").find(id="d-2005-istanbul-meeting-initiator")
    assert [e.select_one(".wr-value-name").get_text() for e in entry.select(".wr-followed")] == ["Pakistan"]


def test_unread_sources_say_so(html):
    assert "not read by us" in soup(html, "reference/cited-sources").find(id="s-yegar-2007").get_text()


def test_the_chapter_box_counts(html):
    box = soup(html, "istanbul").select_one(".wr-box").get_text(" ", strip=True)
    assert "4 events from 18 claims; 8 sources read" in box
    words = " ".join(box.split())
    assert "1 documented" in words and "3 disputes: 1 ruled on, 1 that needs no ruling, 1 open" in words


def test_reading_lists_lead_to_the_sources(html):
    page = soup(html, "istanbul")
    assert page.select_one('a[href="reference/sources.html#s-pakun-2005-09-01"]')
    assert "would lift" in page.get_text() and page.select_one(
        'a[href="reference/cited-sources.html#s-yegar-2007"]'
    )


def test_every_internal_link_has_its_target(html):
    pages = {
        path.relative_to(html).as_posix(): BeautifulSoup(whole(path), "html.parser")
        for path in html.rglob("*.html")
    }
    known = {name: set(ids(page)) for name, page in pages.items()}
    for name, page in pages.items():
        for link in page.select("a.wr-mark, .wr-card a, .wr-entry a, .wr-source a, .wr-box a, .wr-list a"):
            target, _, anchor = link["href"].partition("#")
            if target.startswith("http"):
                continue
            home = (
                (html / name).parent.joinpath(target).resolve().relative_to(html).as_posix()
                if target
                else name
            )
            assert home in known and (not anchor or anchor in known[home]), (name, link["href"])


def test_machines_find_the_citation(html):
    page = soup(html, "istanbul")
    tags = {tag["name"]: tag["content"] for tag in page.select("meta[name^=citation]")}
    assert tags["citation_title"] == "The Istanbul meeting"
    assert (
        tags["citation_author"] == "Without Recognition contributors,"
    )  # Zotero divides a name without comma
    assert tags["citation_inbook_title"].startswith("Without Recognition")
    data = json.loads(page.find("script", type="application/ld+json").string)
    assert data["@type"] == "Chapter" and data["isPartOf"]["@type"] == "Book"


def test_the_cite_box_gives_the_chapter_in_three_styles_and_three_formats(html):
    cite = soup(html, "istanbul").select(".wr-cite")[0]
    styles = dict(
        zip(
            [p.get_text() for p in cite.select(".wr-label")],
            [p.get_text() for p in cite.select(".wr-copy > p")],
        )
    )
    assert list(styles) == ["Chicago", "APA", "MLA"]
    assert styles["Chicago"] == (
        "Without Recognition contributors. “The Istanbul Meeting.” In Without Recognition: Pakistan and Israel,"
        f" 1947-2026, version {citations.metadata()['version']}. 2026."
    )
    assert "wr-screen" not in cite.select_one(".wr-copy")["class"]  # one of them is printed
    box = {d.summary.get_text(): d.pre.get_text() for d in cite.select("details")}
    assert box["BibTeX"].startswith("@inbook{without-recognition-istanbul,\n  author = {{Without Recognition")
    day = citations.metadata()["date"]
    assert f"date = {{{day}}}" in box["BibTeX"]
    assert "TY  - CHAP\n" in box["RIS"] and box["RIS"].endswith("ER  - \n")
    (item,) = json.loads(box["CSL-JSON"])
    assert item["title"] == "The Istanbul meeting" and item["issued"] == {
        "date-parts": [[int(part) for part in day.split("-")]]
    }


def test_the_order_for_print_and_the_imprint_stand_in_the_root(html):
    order = json.loads((html / "print-order.json").read_text("utf-8"))
    assert [entry["page"] for entry in order][:3] == ["index.html", "istanbul.html", "reference/events.html"]
    book = json.loads((html / "book.json").read_text("utf-8"))
    said = {"title", "subtitle", "author", "version", "date", "licence", "language", "description", "site"}
    assert said | {"doi"} == set(book)


def test_an_entry_without_a_page_is_a_warning(tmp_path, monkeypatch):
    monkeypatch.delitem(toybook.REFERENCE, "news-sources")
    _, warnings, _ = toybook.build(tmp_path, "# T\n\n{src}`dawn-2005-09-01 ¶4`\n")
    assert "no page shows s-dawn-2005-09-01" in warnings
