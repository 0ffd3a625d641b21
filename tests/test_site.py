"""The published book as a reader meets it: links and ids; then, in a browser, everything that moves."""

from __future__ import annotations

import gzip
import json
import random
import re
import runpy
from pathlib import Path
from urllib.parse import urlsplit

import human
import in_chromium
import links
import pytest
from bs4 import BeautifulSoup
from lxml.html import HtmlElement
from without_recognition.press.build import book
from without_recognition.press.site import finder
from without_recognition.press.sphinxext import render

ROOT = Path(__file__).resolve().parents[1]
weights = runpy.run_path(str(ROOT / "analysis" / "benchmarks" / "weights.py"))
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
TURNED = re.compile(f"[{render.TURNED}]")
REFRESH = "//meta[@http-equiv='refresh' or @http-equiv='Refresh']"
FIGURES = "//figure[contains(concat(' ', @class, ' '), ' wr-figure ')]"
FETCHED = "//script/@src | //link/@href | //img/@src | //iframe/@src | //source/@src"
LEFT_ALONE = {"h1", "h2", "h3", "title", "script", "option", "nav"}


@pytest.fixture(scope="module")
def site() -> Path:
    return book.build(ROOT).parent.resolve()


@pytest.fixture(scope="module")
def pages(site) -> dict[str, HtmlElement]:
    """Every page that a reader can open, by its path."""
    return {
        path.relative_to(site).as_posix(): links.tree(path)
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.parts
    }


def redirects(pages) -> set[str]:
    return {name for name, page in pages.items() if page.xpath(REFRESH)}


def test_the_front_door_leads_in(site, pages):
    assert (site / "index.html").read_bytes() == (site / "intro.html").read_bytes()
    index = BeautifulSoup((site / "index.html").read_text("utf-8"), "lxml")
    links = {a["href"].partition("#")[0] for a in index.select("article a[href]")}
    assert links >= set(chapters(site)), "every chapter has a way in"
    assert links >= {"reference/often-said.html", "findings/conclusion.html"}
    assert len(index.select(".wr-myths a")) == 10
    assert len(index.select(".wr-findings > li a[href*='findings/']")) == 10
    assert not redirects(pages)


def test_whoever_shows_code_lets_it_be_copied(site):
    shown = {name: name.read_text("utf-8") for name in weights["pages"](site)}
    code = {
        name.relative_to(site).as_posix() for name, text in shown.items() if '<div class="highlight">' in text
    }
    copied = {name.relative_to(site).as_posix() for name, text in shown.items() if "copybutton.js" in text}
    assert "index.html" in code and not code - copied


def test_no_first_view_is_heavy(site):
    """What readers load before they read: the page and all that it names, as a server sends it."""
    found = [weights["weigh"](site, path) for path in weights["pages"](site)]
    heavy = [w for w in found if w.total > weights["PAGE"] or w.shell > weights["SHELL"]]
    assert found and not [(w.page, w.html, w.shell) for w in heavy]


def test_every_internal_link_and_anchor_resolves(site, pages):
    ids = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    files = {path for path in site.rglob("*") if path.is_file()}
    broken = []
    for name, page in pages.items():
        for written, target, fragment in links.inside(site, name, page):
            inside = target.relative_to(site).as_posix()
            if target not in files or (fragment and inside in ids and fragment not in ids[inside]):
                broken.append(f"{name}: {written}")
    assert not broken


def test_words_from_right_to_left_stand_isolated_and_name_their_language_in_lists_and_cards(pages):
    """Not those of headings; paragraphs in another language stand alone, and name it as a whole."""
    found, loose = 0, []
    for name, page in pages.items():
        for words in filter(TURNED.search, page.xpath("//text()")):
            around = words.getparent().xpath("ancestor::*" if words.is_tail else "ancestor-or-self::*")
            if not LEFT_ALONE & {tag.tag for tag in around}:
                found += 1
                if not any(
                    (tag.tag == "bdi" or "wr-foreign" in tag.classes)
                    and tag.get("dir") == "rtl"
                    and tag.get("lang") in render.LANGUAGES
                    for tag in around
                ):
                    loose.append(f"{name}: {words.strip()[:60]}")
    assert found > 40 and not loose, loose[:10]


def test_no_page_speaks_in_codes(pages):
    """But for the list of corrections and the API, which name columns and functions."""
    of_names = {"reference/changelog.html", "reference/api.html"}
    told = {name: human.odd(page) for name, page in pages.items() if name not in of_names}
    assert not {name: found for name, found in told.items() if found}


def test_no_id_stands_twice_on_a_page(pages):
    for name, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), (name, sorted({i for i in ids if ids.count(i) > 1}))


def test_elements_stand_where_html_lets_them(pages):
    """The faults that the Nu checker found once; it is no part of the tests, since it needs Java."""
    for name, page in pages.items():
        assert not page.xpath("//summary//p | //summary//div | //body//style | //table/@border"), name
        assert not [i for i in page.xpath("//@id") if re.search(r"\s", i)], name
        assert all(
            len(page.xpath(f"//meta[@name='{once}']")) < 2
            for once in ("viewport", "color-scheme", "description")
        ), name
        for figure in page.xpath("//figure[figcaption]"):
            assert "figcaption" in (figure[0].tag, figure[-1].tag), (name, figure.get("id"))


def test_what_is_often_said_is_reviewed_and_chapters_offer_their_sources(site, pages):
    """As the page says it: ten headings, ten reviews; what a program picks from is each source once."""
    (told,) = pages["reference/often-said.html"].xpath("//script[@type='application/ld+json']/text()")
    _, *reviews = json.loads(told)["@graph"]
    said = [h.text_content().strip("“”#") for h in pages["reference/often-said.html"].xpath("//article//h2")]
    assert len(reviews) == 10 and [review["claimReviewed"] for review in reviews] == said
    for review in reviews:
        assert review["itemReviewed"]["appearance"] and review["reviewRating"]["ratingExplanation"]
        assert "  " not in str(review) and " ." not in str(review)
    for name in chapters(site)[:8]:
        listed = pages[name].xpath("//li[span[@class='Z3988']]/a/@href")
        assert len(listed) > 60 and len(set(listed)) == len(listed), name


def test_nothing_is_fetched_from_elsewhere(pages):
    for name, page in pages.items():
        for address in page.xpath(FETCHED):
            assert not urlsplit(address).netloc, (name, address)


def test_every_figure_has_words_and_files(site, pages):
    figures = [(name, f) for name, page in pages.items() for f in page.xpath(FIGURES)]
    assert figures
    for name, figure in figures:
        alt = figure.find("p").text_content()
        assert figure.find(".//svg").get("aria-hidden") == "true"
        assert len(alt) > 20 and any(c.isdigit() for c in alt), (name, alt)
        assert figure.find("figcaption").text_content().strip()
        assert all(cell.text_content().strip() for cell in figure.findall("details//tr"))
        key = figure.get("id").removeprefix("fig-")
        for suffix in ("svg", "png", "csv"):
            assert (site / "figures" / f"{key}.{suffix}").stat().st_size
        data = (site / "figures" / f"{key}.csv").read_text("utf-8")
        assert not data.startswith("note\n"), f"{name}: {key} shows nothing"  # figure.empty


def test_every_address_of_the_finder_is_there_and_it_is_light(site, pages):
    written = (site / finder.FILE).read_bytes()
    assert len(gzip.compress(written, 6)) < 300_000
    index = json.loads(written.decode().removeprefix(f"window.{finder.GLOBAL}=").removesuffix(";\n"))
    ids = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    letters = {"event": "e-", "person": "a-", "source": "s-", "dispute": "", "section": "", "figure": ""}
    lost = [
        (kind, page, anchor)
        for kind, letter in letters.items()
        for page, anchor, *_ in index[kind]
        if (page < 0 and f"{index['folders'][kind]}/{anchor}.html" not in pages)
        or (page >= 0 and anchor and letter + anchor not in ids[index["pages"][page]])
    ]
    assert all(len(index[kind]) > 50 for kind in letters) and not lost
    assert not (site / "search.html").exists() and not (site / "searchindex.js").exists()


# --- in a browser ---------------------------------------------------------------------------------
def opened(browser, site, name, *, viewport=DESK, scheme="light", touch=False):
    """(page, what went wrong while it loaded) of a new, offline tab."""
    context = browser.new_context(viewport=viewport, color_scheme=scheme, has_touch=touch, offline=True)
    page, wrong = context.new_page(), []
    page.on("console", lambda m: wrong.append(f"{m.type}: {m.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.on(
        "request", lambda request: request.url.startswith(("file:", "data:")) or wrong.append(request.url)
    )
    page.goto((site / name).as_uri())
    page.wait_for_load_state("load")
    return page, wrong


def chapters(site) -> list[str]:
    order = json.loads((site / "print-order.json").read_text("utf-8"))
    return [entry["page"] for entry in order if entry["numbered"]]


def looked_at(site, pages) -> set[str]:
    """Every page, but of the record pages the five heaviest and forty more."""
    records = sorted(name for name in pages if name.startswith(("events/", "people/")))
    heaviest = sorted(records, key=lambda name: (site / name).stat().st_size)[-5:]
    return set(pages) - redirects(pages) - set(records) | {
        *heaviest,
        *random.Random(1947).sample(records, 40),
    }


@pytest.mark.outside
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_quiet_and_fits_a_phone(browser, site, pages, scheme):
    told = {}
    for name in looked_at(site, pages):
        page, wrong = opened(browser, site, name, viewport=PHONE, scheme=scheme)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wrong or wide > 0:
            told[name] = [*wrong, f"{wide} px too wide"]
        page.context.close()
    assert not told


@pytest.fixture
def chapter(browser, site):
    page, _ = opened(browser, site, chapters(site)[0])
    yield page
    page.context.close()


def card_of(page, mark):
    return page.locator(f"[id='{mark.get_attribute('data-card')}']")


@pytest.mark.outside
def test_a_card_opens_on_hover_and_leaves_with_the_pointer(chapter):
    mark = chapter.locator("a.wr-event").first
    mark.hover()
    card_of(chapter, mark).wait_for(state="visible")
    chapter.mouse.move(2, 2)
    card_of(chapter, mark).wait_for(state="hidden")


@pytest.mark.outside
def test_a_mark_of_a_figure_opens_its_card_or_leads_to_the_record(chapter):
    """On the page where the card is; else, as without scripts, to the page of the event."""
    mark = chapter.locator(".wr-wide a.wr-ev:has(text)").first
    mark.scroll_into_view_if_needed()
    mark.click(force=True)
    card_of(chapter, mark).wait_for(state="visible")
    chapter.keyboard.press("Escape")
    card_of(chapter, mark).evaluate("(card) => { delete window.wrCards[card.id]; card.remove(); }")
    mark.click(force=True)
    chapter.wait_for_url("**/events/*.html")


@pytest.mark.outside
def test_a_card_is_reached_and_left_by_keyboard(chapter):
    mark = chapter.locator("a.wr-event").first
    mark.scroll_into_view_if_needed()
    chapter.evaluate("document.querySelector('.wr-tools summary').focus()")
    for _ in range(40):
        chapter.keyboard.press("Tab")
        if chapter.evaluate("document.activeElement.classList.contains('wr-mark')"):
            break
    focused = chapter.locator("a.wr-mark:focus")
    card = card_of(chapter, focused)
    card.wait_for(state="visible")
    assert focused.get_attribute("aria-expanded") == "true"
    chapter.keyboard.press("Enter")
    assert chapter.evaluate("!!document.activeElement.closest('.wr-card')")
    chapter.keyboard.press("Escape")
    card.wait_for(state="hidden")
    assert chapter.evaluate("document.activeElement.classList.contains('wr-mark')")


@pytest.mark.outside
def test_tabbing_out_of_a_card_goes_on_in_the_text(chapter):
    chapter.locator("a.wr-mark").nth(0).focus()
    chapter.keyboard.press("Enter")
    chapter.locator(".wr-card:popover-open:focus").wait_for()
    for _ in range(60):
        chapter.keyboard.press("Tab")
        if not chapter.evaluate("!!document.activeElement.closest('.wr-card')"):
            break
    assert chapter.evaluate("""document.activeElement === [...document.querySelectorAll('a.wr-mark')].find(
        (one) => one.closest('p, li') !== document.querySelector('a.wr-mark').closest('p, li'))""")


@pytest.mark.outside
def test_a_tap_opens_a_sheet_at_the_foot_of_a_phone(browser, site):
    page, _ = opened(browser, site, chapters(site)[0], viewport=PHONE, touch=True)
    mark = page.locator("a.wr-src").first
    mark.scroll_into_view_if_needed()
    mark.tap()
    card = card_of(page, mark)
    card.wait_for(state="visible")
    page.wait_for_timeout(300)
    box = card.bounding_box()
    assert (
        box["x"] == 0
        and box["width"] == PHONE["width"]
        and abs(box["y"] + box["height"] - PHONE["height"]) <= 1
    )
    card.locator(".wr-close").tap()
    card.wait_for(state="hidden")
    page.context.close()


@pytest.mark.outside
@in_chromium.stored
def test_reading_aids_dim_and_are_remembered(browser, site):
    page, _ = opened(browser, site, chapters(site)[0])
    assert page.locator(".wr-tools").is_visible()
    colour = "e => getComputedStyle(e).color"
    weak = page.locator(".wr-clause[data-level='0']").first
    before = weak.evaluate(colour)
    page.locator(".wr-tools summary").click()
    page.get_by_label("documented only").check()
    assert weak.evaluate(colour) != before
    other, evidence = (site / chapters(site)[1]).as_uri(), "document.documentElement.dataset.evidence"
    in_chromium.told(page, other, evidence, "documented")
    page.context.close()


@pytest.mark.outside
def test_without_scripts_marks_are_links_and_nothing_is_in_the_way(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport=DESK)
    page = context.new_page()
    page.goto((site / chapters(site)[0]).as_uri())
    assert not page.locator(".wr-tools").is_visible()
    assert page.locator(".wr-card:visible").count() == 0
    page.locator("a.wr-event").first.click()
    page.wait_for_url("**#e-*")
    page.locator(f"[id='{page.url.split('#')[1]}']").wait_for()
    context.close()


@pytest.mark.outside
@pytest.mark.parametrize(
    "name, things",
    [("sources", "sources"), ("news-sources", "news reports"), ("cited-sources", "unread sources")],
)
def test_sources_can_be_filtered_by_kind_perspective_and_reading(browser, site, name, things):
    page, wrong = opened(browser, site, f"reference/{name}.html")
    everything = page.locator(".wr-source").count()
    if name != "cited-sources":
        page.get_by_label("Seen").select_option("Read whole")
    else:
        assert not page.get_by_label("Seen").count(), "they are all alike"
    assert page.get_by_label("Kind").count() == (name != "news-sources")
    page.get_by_label("Perspective").select_option("Israel")
    if (button := page.get_by_role("button", name="Show all")).is_visible():
        button.click()
    some = page.locator(".wr-source:visible").count()
    assert 0 < some < everything
    assert page.locator(".wr-filter output").inner_text() == f"{some:,} of {everything:,} {things}"
    page.context.close()
    assert not wrong


@pytest.mark.outside
@pytest.mark.parametrize("kind", ["names", "others"])
def test_the_finder_has_the_right_thing_among_the_first_three(browser, site, kind):
    import finder_queries
    from without_recognition import load
    from without_recognition.evidence.lookup import Lookup

    queries = getattr(finder_queries, kind)(Lookup.of(load()))
    page, wrong = opened(browser, site, "intro.html")
    page.keyboard.press("/")
    page.evaluate(
        "async () => { while (!window.wrFinder?.ready()) await new Promise((done) => setTimeout(done, 20)); }"
    )
    found = page.evaluate(
        "(all) => all.map((q) => wrFinder.search(q).slice(0, 3).map((one) => one.anchor))",
        [query for query, _ in queries],
    )
    missed = [query for (query, right), first in zip(queries, found, strict=True) if not right & set(first)]
    page.context.close()
    assert not wrong and len(queries) - len(missed) >= 115, missed
