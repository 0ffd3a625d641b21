"""Cite and link: what is made for it at build time, read by parsers that we did not write; then in a browser."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import in_chromium
import pytest
import rispy
import toybook
from bibtexparser import bparser, loads
from bs4 import BeautifulSoup
from links import whole
from without_recognition.citations import book as about
from without_recognition.press.site import citing
from without_recognition.press.sphinxext import paragraphs

SITE = "https://example.org/book/"
PAGE = """# The Istanbul meeting

They met {event}`2005-istanbul-meeting`, and nobody denied it. The rest is told by others, day after day.

## 100% sure & "sound"_

Once more {event}`2005-istanbul-meeting`, asked for by one side {claim}`2005-istanbul-meeting.7`, or the other
{dispute}`2005-istanbul-meeting initiator`; so *Dawn* had it {src}`dawn-2005-09-01 ¶4`.

Words without a sign.

| One | Two |
|-----|-----|
| a   | b   |

## A general changes the subject

### D-day and a c-note

Words again.
"""
CITING = ".wr-citing:popover-open"


def built(folder: Path, site: str) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        package = {**about.package(), "homepage": site}
        patch.setattr(about, "package", lambda: package)
        out, warnings, wrong = toybook.build(folder, PAGE, strict=True, theme="without_recognition")
    assert not wrong, warnings
    return out


@pytest.fixture(scope="module")
def toy(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("citing"), "")


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("published"), SITE)


def shelf(html: Path, key: str) -> tuple[dict, list]:
    """What all things have in common, and what is kept of one."""
    written = (html / "id" / f"cite-{citing.bucket(key)}.js").read_text("utf-8")
    told = written.removeprefix("wrCited(").removesuffix(");\n")
    number, common, things = json.loads(f"[{told}]")
    assert number == citing.bucket(key)
    return common, things[key]


# --- paragraphs -----------------------------------------------------------------------------------
def test_a_paragraph_keeps_its_id_when_others_come_and_numbers_change() -> None:
    old = paragraphs.anchor("telegram", "In 1948, 12 ministers met at noon in Karachi, to talk.")
    assert old == paragraphs.anchor("telegram", "In 1948, 13 ministers met at noon in silence.")
    assert old != paragraphs.anchor("telegram", "In 1948, 12 generals met at noon in Karachi, to talk.")
    assert old != paragraphs.anchor("zia", "In 1948, 12 ministers met at noon in Karachi, to talk.")


def test_every_paragraph_of_a_page_has_an_id_of_its_own(toy) -> None:
    page = BeautifulSoup(whole(toy / "istanbul.html"), "html.parser")
    found = [p.get("id") for p in page.select(".bd-article section > p")]
    assert len(found) == len(set(found)) == 4 and all(each.startswith("par-istanbul-") for each in found)
    assert page.select_one("#tab-istanbul-1 table")


# --- what is made ---------------------------------------------------------------------------------
def test_everything_that_bears_an_id_can_be_cited(toy) -> None:
    for key in ("istanbul", "reference/sources"):
        _, (_, part, own) = shelf(toy, key)
        assert len(part) == 3 and len(own) == 6
    for key in (
        "e-1947-jinnah-truman",
        "a-abba-eban",
        "d-2005-istanbul-meeting-initiator",
        "q-1948-telegram",
    ):
        _, (title, part, own) = shelf(toy, key)
        assert title and len(part) == 3 and own is None
        assert all(text.count(citing.PART) == 1 and "Without Recognition" in text for text in part)
    for row in toybook.rows("sources"):
        _, (title, part, own) = shelf(toy, f"s-{row['source_id']}")
        assert title == row["title"] and part is None and len(own) == 6
        assert "Without Recognition" not in "".join(own), "a source is cited itself"


def test_addresses_follow_the_setting(toy, published) -> None:
    for html, site in ((toy, ""), (published, SITE)):
        common, (_, part, _) = shelf(html, "e-2005-istanbul-meeting")
        assert common["site"] == site
        for text in [*part, *common["records"]]:
            assert (f"{SITE}id/?{citing.PLACE}" in text) == bool(site)
            assert ("http" in text) == bool(site)


def test_what_was_formatted_is_remembered_and_what_changed_is_not(tmp_path, monkeypatch) -> None:
    memory, asked = tmp_path / "references.json", []

    def count(items):
        asked.append([item["id"] for item in items])
        return {item["id"]: {"Chicago": f"{item['title']}!"} for item in items}

    monkeypatch.setattr(citing.styles, "formatted", count)
    items = [citing.part("e-a", "One"), citing.part("e-b", "Two")]
    first = citing.formatted(items, memory)
    assert citing.formatted(items, memory) == first and asked == [
        ["without-recognition-part-e-a", "without-recognition-part-e-b"]
    ]
    changed = citing.formatted([items[0], citing.part("e-b", "Three")], memory)
    assert asked[1:] == [["without-recognition-part-e-b"]]
    assert changed["without-recognition-part-e-b"] == ["Three (QQPART)!"]
    memory.write_text('{"half": ')
    assert citing.formatted(items, memory) == first, "what an interrupted build left is made anew"


# --- in a browser ---------------------------------------------------------------------------------
@pytest.fixture
def open_page(browser) -> Callable:
    """A tab whose clipboard is ours: `window.copied` has what was put there."""
    tabs = []

    def opened(path: Path, size=(1280, 900), **options):
        tab = in_chromium.opened(browser, path, size, **options)
        tabs.append(tab)
        tab.evaluate("""() => { window.copied = []; Object.defineProperty(navigator, "clipboard",
            { configurable: true, value: { writeText: async (words) => { copied.push(words); } } }); }""")
        return tab

    yield opened
    for tab in tabs:
        tab.context.close()


def ready(tab) -> None:
    """The reader points at something, and what is wanted comes."""
    tab.mouse.move(500, 500)
    tab.mouse.move(520, 520)
    tab.wait_for_selector(".wr-citing", state="attached")


def told(tab) -> dict[str, str]:
    tab.wait_for_selector(f"{CITING} .wr-citing-text:not([aria-busy])")
    link, name = tab.locator(f"{CITING} code").all_inner_texts()
    return {
        "what": tab.inner_text(f"{CITING} .wr-citing-what"), "link": link, "id": name,
        "text": tab.locator(f"{CITING} .wr-citing-text").inner_text(),
    }  # fmt: skip


def choose(tab, style: str) -> str:
    tab.select_option(f"{CITING} select", style)
    return told(tab)["text"]


def root(html: Path) -> str:
    return f"{html.resolve().as_uri()}/"


@pytest.mark.outside
class TestInABrowser:
    def test_nothing_is_loaded_before_it_is_wanted(self, open_page, toy) -> None:
        tab = open_page(toy / "istanbul.html")
        assert not tab.locator("script[src*=citing]").count()
        ready(tab)
        assert not tab.locator("script[src*='id/cite-']").count()

    def test_a_paragraph_shows_its_number_and_is_cited_from_a_folder(self, open_page, toy) -> None:
        tab = open_page(toy / "istanbul.html")
        ready(tab)
        paragraph = tab.locator("p[id^=par-]").nth(1)
        paragraph.hover()
        control = tab.locator(".wr-cite-at")
        assert control.inner_text() == "¶ 2"
        control.click()
        found, name = told(tab), paragraph.get_attribute("id")
        assert found["what"] == "Paragraph 2" and found["id"] == name
        assert found["link"] == f"{root(toy)}id/index.html?{name}"
        assert f"“The Istanbul Meeting (paragraph 2, {name}).” In Without Recognition" in found["text"]
        assert about.metadata()["version"] in found["text"]
        for n, wanted in enumerate((found["link"], name, found["text"])):
            tab.locator(f"{CITING} .wr-citing-copy").nth(n).click()
            tab.wait_for_function("n => copied.length === n", arg=n + 1)
            assert tab.evaluate("copied.at(-1)") == wanted
        assert tab.locator(f"{CITING} .wr-citing-copy").first.inner_text() == "Copied"
        tab.keyboard.press("Escape")
        control.wait_for(state="hidden")
        assert not tab.locator(CITING).count()

    def test_the_link_that_is_shown_leads_there(self, open_page, toy) -> None:
        tab = open_page(toy / "istanbul.html")
        ready(tab)
        tab.locator("p[id^=par-]").nth(2).hover()
        tab.click(".wr-cite-at")
        found = told(tab)
        tab.goto(found["link"])
        tab.wait_for_url(lambda url: "/id/" not in url)
        assert tab.url == f"{root(toy)}istanbul.html#{found['id']}"

    def test_it_leaves_to_others_what_they_keep_and_opens_where_an_address_may_not_change(
        self, open_page, toy
    ) -> None:
        tab = open_page(toy / "istanbul.html")
        ready(tab)
        tab.evaluate("history.replaceState({ mine: 1 }, '')")
        tab.locator("h2 a.headerlink").first.click()
        assert told(tab)["what"].startswith("Section") and tab.evaluate("history.state.mine") == 1
        tab.keyboard.press("Escape")
        tab.evaluate("() => { history.replaceState = () => { throw new DOMException('not in a frame'); }; }")
        tab.locator("h1 a.headerlink").click()
        assert told(tab)["what"] == "The Istanbul meeting"

    @pytest.mark.parametrize("n", [2, 3])
    def test_a_heading_that_begins_like_an_id_is_a_section(self, open_page, toy, n) -> None:
        tab = open_page(toy / "istanbul.html")
        ready(tab)
        head = tab.locator("section[id] > :is(h1, h2, h3) a.headerlink").nth(n)
        head.focus()
        tab.keyboard.press("Enter")
        found = told(tab)
        assert found["what"].startswith("Section “") and found["id"].startswith(
            ("istanbul#a-", "istanbul#d-")
        )
        assert found["text"].startswith("Without Recognition contributors. “The Istanbul Meeting (section")

    def test_by_keyboard_alone_without_a_stop_more(self, open_page, toy) -> None:
        tab = open_page(toy / "istanbul.html")
        before = tab.evaluate(in_chromium.STOPS)
        ready(tab)
        assert tab.evaluate(in_chromium.STOPS) == before
        tab.locator("p[id^=par-] a.wr-mark").first.focus()
        tab.keyboard.press("c")
        assert told(tab)["what"] == "Paragraph 1"
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.closest('.wr-citing') !== null")
        tab.get_by_role("button", name="The thing after").press("Enter")
        section = told(tab)
        assert section["what"].startswith("Section “100% sure") and section["id"].startswith("istanbul#")
        tab.get_by_role("button", name="The thing after").press("Enter")
        assert told(tab)["what"] == "Paragraph 2"
        tab.get_by_role("button", name="What it stands in").press("Enter")
        assert told(tab) == section
        tab.keyboard.press("Escape")
        assert not tab.locator(CITING).count()
        tab.locator("h1 a.headerlink").focus()
        tab.keyboard.press("Enter")
        assert (
            told(tab)["what"] == "The Istanbul meeting" and told(tab)["link"] == f"{root(toy)}istanbul.html"
        )

    def test_records_of_a_section_are_read_by_others(self, open_page, published, tmp_path) -> None:
        tab = open_page(published / "istanbul.html")
        ready(tab)
        tab.locator("h2").first.hover()
        tab.locator("h2 a.headerlink").first.click()
        found = told(tab)
        head = tab.locator("h2").first.evaluate("h => h.firstChild.textContent")
        title, link = f"The Istanbul meeting (section “{head}”)", f"{SITE}id/?{found['id']}"
        assert found["link"] == link
        (entry,) = loads(choose(tab, "BibTeX"), bparser.BibTexParser(ignore_nonstandard_types=False)).entries
        assert entry["url"] == link and entry["edition"] == f"Version {about.metadata()['version']}"
        assert re.sub(r"\\([%&_])", r"\1", entry["title"]).strip("{}") == title
        assert re.fullmatch(r"[\w.-]+", entry["ID"])
        (entry,) = rispy.loads(choose(tab, "RIS"))
        assert (entry["title"], entry["urls"], entry["secondary_title"]) == (
            title,
            [link],
            about.metadata()["full_title"],
        )
        (entry,) = json.loads(choose(tab, "CSL-JSON"))
        assert (entry["title"], entry["URL"], entry["version"]) == (title, link, about.metadata()["version"])
        (tmp_path / "x.bib").write_text(choose(tab, "BibTeX"), "utf-8")
        done = subprocess.run(
            ["biber", "--tool", "--validate-datamodel", "x.bib"], cwd=tmp_path, capture_output=True, text=True
        )
        assert done.returncode == 0 and "WARN" not in done.stdout, done.stdout
        for style in ("Chicago", "APA", "MLA"):
            assert f"(section “{head}”)" in choose(
                tab, style
            ) and f"example.org/book/id/?{found['id']}" in choose(tab, style)

    @in_chromium.stored
    def test_a_style_once_chosen_is_kept(self, open_page, published) -> None:
        tab = open_page(published / "istanbul.html")
        ready(tab)
        tab.locator("h1 a.headerlink").click()
        told(tab)
        assert tab.input_value(f"{CITING} select") == "Chicago"
        choose(tab, "MLA")
        page = (published / "istanbul.html").as_uri()  # without the fragment that the box put there: anew
        in_chromium.told(tab, page, "localStorage.getItem('wr-style')", "MLA")
        ready(tab)
        tab.locator("h1 a.headerlink").click()
        told(tab)
        assert tab.input_value(f"{CITING} select") == "MLA"

    def test_a_claim_is_cited_by_its_event_and_leads_to_its_source(self, open_page, published) -> None:
        tab = open_page(published / "events" / "2005-istanbul-meeting.html")
        ready(tab)
        row = tab.locator("tr[id='c-2005-istanbul-meeting.7']")
        row.locator("a.wr-r-link").click()
        found = told(tab)
        assert (found["what"], found["id"]) == ("Claim", "c-2005-istanbul-meeting.7")
        assert "“Kasuri and Shalom Meet in Istanbul (claim c-2005-istanbul-meeting.7).”" in choose(
            tab, "Chicago"
        )
        tab.click(f"{CITING} button:text-is('Its source')")
        found = told(tab)
        assert (found["what"], found["id"]) == ("Source", "s-dawn-2005-09-01")
        assert found["text"].startswith("Dawn.") and "Kasuri Meets Shalom" in found["text"]
        assert found["link"] == f"{SITE}id/?s-dawn-2005-09-01"
        tab.keyboard.press("Escape")
        tab.locator("h1 a.headerlink").click()
        assert (
            told(tab)["id"] == "e-2005-istanbul-meeting"
            and "(event e-2005-istanbul-meeting)" in told(tab)["text"]
        )

    @pytest.mark.parametrize("page, selector, what", [
        ("reference/news-sources", "[id='s-ap-2005-09-01']", "Source"),
        ("reference/people", "[id='a-abba-eban']", "Person"),
        ("reference/silences", "[id='q-1948-telegram']", "Search"),
        ("reference/events", "[id='c-2005-istanbul-meeting.1']", "Claim"),
        ("istanbul", "[id='tab-istanbul-1']", "Table 1"),
    ])  # fmt: skip
    def test_entries_of_lists_have_it_beside_them(self, open_page, toy, page, selector, what) -> None:
        tab = open_page(toy / f"{page}.html")
        ready(tab)
        tab.locator(selector).hover()
        tab.click(".wr-cite-at")
        assert told(tab)["what"] == what and told(tab)["text"]

    def test_on_a_telephone_a_tap_shows_it_and_it_is_a_sheet(self, open_page, toy) -> None:
        tab = open_page(toy / "istanbul.html", (390, 844), has_touch=True, is_mobile=True)
        paragraph = tab.locator("p[id^=par-]").nth(2)
        paragraph.tap()
        tab.wait_for_selector(".wr-citing", state="attached")
        paragraph.tap()
        tab.locator(".wr-cite-at").tap()
        assert told(tab)["what"] == "Paragraph 3"
        box = tab.locator(CITING).bounding_box()
        assert box["x"] == 0 and round(box["width"]) == 390 and round(box["y"] + box["height"]) == 844
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for control in tab.locator(f"{CITING} button:visible").all():
            assert control.bounding_box()["height"] >= 40
