"""The published book as a reader meets it: links and ids; then, in a browser, everything that moves."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from analysis.press import build

ROOT = Path(__file__).resolve().parents[1]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REFRESH = "meta[http-equiv=refresh i]"
CHATTER = "[PST]:"  # what the theme notes in the console


@pytest.fixture(scope="module")
def site() -> Path:
    return build.build(ROOT).parent.resolve()


@pytest.fixture(scope="module")
def pages(site) -> dict[str, BeautifulSoup]:
    """Every page that a reader can open, by its path."""
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text("utf-8"), "lxml")
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.parts
    }


def redirects(pages) -> set[str]:
    return {name for name, page in pages.items() if page.select_one(REFRESH)}


def test_the_front_door_leads_in(site, pages):
    assert "index.html" in redirects(pages)
    for name in redirects(pages):
        assert (
            site / pages[name].select_one(REFRESH)["content"].split("url=")[1]
        ).is_file()


def test_every_internal_link_and_anchor_resolves(site, pages):
    ids = {name: {tag["id"] for tag in page.select("[id]")} for name, page in pages.items()}
    broken = []
    for name, page in pages.items():
        for tag in page.select("a[href], link[href], script[src], img[src]"):
            address = urlsplit(tag.get("href") or tag.get("src"))
            if address.scheme or address.netloc:
                continue
            target = (
                (site / name).parent.joinpath(unquote(address.path)).resolve()
                if address.path
                else site / name
            )
            inside = target.relative_to(site).as_posix()
            if not target.is_file() or (
                address.fragment and inside in ids and unquote(address.fragment) not in ids[inside]
            ):
                broken.append(f"{name}: {address.geturl()}")
    assert not broken


def test_no_id_stands_twice_on_a_page(pages):
    for name, page in pages.items():
        ids = [tag["id"] for tag in page.select("[id]")]
        assert len(ids) == len(set(ids)), (name, sorted({i for i in ids if ids.count(i) > 1}))


def test_nothing_is_fetched_from_elsewhere(pages):
    for name, page in pages.items():
        for tag in page.select("script[src], link[href], img[src], iframe[src], source[src]"):
            assert not urlsplit(tag.get("src") or tag.get("href")).netloc, (name, str(tag))


def test_every_figure_has_words_and_files(site, pages):
    figures = [(name, f) for name, page in pages.items() for f in page.select("figure.wr-figure")]
    assert figures
    for name, figure in figures:
        alt = figure.svg["aria-label"]
        assert len(alt) > 20 and any(c.isdigit() for c in alt), (name, alt)
        assert figure.figcaption.get_text(strip=True) and figure.details.p.get_text(strip=True)
        for suffix in ("svg", "png", "csv"):
            assert (site / "figures" / f"{figure['id'].removeprefix('fig-')}.{suffix}").stat().st_size
        data = (site / "figures" / f"{figure['id'].removeprefix('fig-')}.csv").read_text("utf-8")
        assert not data.startswith("note\n"), f"{name}: {figure['id']} shows nothing"  # figure.empty


# --- in a browser ---------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield chromium
        chromium.close()


def opened(browser, site, name, *, viewport=DESK, scheme="light", touch=False):
    """(page, what went wrong while it loaded) of a new, offline tab."""
    context = browser.new_context(viewport=viewport, color_scheme=scheme, has_touch=touch, offline=True)
    page, wrong = context.new_page(), []
    page.on("console", lambda m: None if m.text.startswith(CHATTER) else wrong.append(f"{m.type}: {m.text}"))
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


@pytest.mark.outside
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_quiet_and_fits_a_phone(browser, site, pages, scheme):
    told = {}
    for name in set(pages) - redirects(pages):
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
def test_a_card_is_reached_and_left_by_keyboard(chapter):
    mark = chapter.locator("a.wr-event").first
    mark.scroll_into_view_if_needed()
    chapter.evaluate("document.querySelector('.wr-tools input').focus()")
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
    marks = chapter.locator("a.wr-mark")
    marks.nth(0).focus()
    chapter.keyboard.press("Enter")
    for _ in range(60):
        chapter.keyboard.press("Tab")
        if not chapter.evaluate("!!document.activeElement.closest('.wr-card')"):
            break
    assert chapter.evaluate("document.activeElement === document.querySelectorAll('a.wr-mark')[1]")


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
def test_reading_aids_dim_and_are_remembered(browser, site):
    page, _ = opened(browser, site, chapters(site)[0])
    assert page.locator(".wr-tools").is_visible()
    colour = "e => getComputedStyle(e).color"
    weak = page.locator(".wr-clause[data-level='0']").first
    before = weak.evaluate(colour)
    page.locator("[name=wr-dial][value=documented]").check(force=True)
    page.wait_for_timeout(300)
    assert weak.evaluate(colour) != before
    page.goto((site / chapters(site)[1]).as_uri())
    assert page.evaluate("document.documentElement.dataset.dial") == "documented"
    page.context.close()


@pytest.mark.outside
def test_without_scripts_marks_are_links_and_nothing_is_in_the_way(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport=DESK)
    page = context.new_page()
    page.goto((site / chapters(site)[0]).as_uri())
    assert not page.locator(".wr-tools").is_visible()
    assert page.locator(".wr-card:visible").count() == 0
    page.locator("a.wr-event").first.click()
    assert "#e-" in page.url and page.locator(f"[id='{page.url.split('#')[1]}']").is_visible()
    context.close()


@pytest.mark.outside
def test_sources_can_be_filtered_by_kind_perspective_and_reading(browser, site):
    page, wrong = opened(browser, site, "reference/sources.html")
    everything = page.locator(".wr-source:visible").count()
    page.get_by_label("Seen").select_option("Known only through others")
    page.get_by_label("Perspective").select_option("Israel")
    some = page.locator(".wr-source:visible").count()
    assert 0 < some < everything and page.locator(".wr-filter output").inner_text() == f"{some} of {everything} sources"
    page.context.close()
    assert not wrong
