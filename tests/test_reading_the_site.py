"""The whole book in a browser: no card of two chapters lies over its sentence, tab stops are few,
figures obey whole."""

from __future__ import annotations

import re
from pathlib import Path

import in_chromium
import pytest
from bs4 import BeautifulSoup
from without_recognition.press.build import book

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = ("telegram.html", "zia.html")  # the longest cards, and the shortest chapter
FIRST_EDITION = {"telegram.html": 416, "zia.html": 360}  # tab stops, by the same count

pytestmark = pytest.mark.outside


@pytest.fixture(scope="module")
def site() -> Path:
    return book.build(ROOT).parent.resolve()


@pytest.mark.parametrize("size", in_chromium.SIZES)
@pytest.mark.parametrize("name", CHAPTERS)
def test_every_card_keeps_off_its_sentence(browser, site, name, size):
    found = in_chromium.covered(browser, site / name, in_chromium.SIZES[size])
    assert found["wrong"] == []
    assert found["opened"] == (site / name).read_text("utf-8").count('<a class="wr-mark')


@pytest.mark.parametrize("name", CHAPTERS)
def test_tab_stops_are_fewer_by_four_in_ten(browser, site, name):
    tab = in_chromium.opened(browser, site / name)
    stops = tab.evaluate(in_chromium.STOPS)
    assert stops["all"] <= 0.6 * FIRST_EDITION[name] and stops["signs"] <= 60
    tab.context.close()


def test_figures_obey_whole(browser, site):
    """In a timeline nothing of an event stays dark when its sentence is dim: bar, half, dot and label alike."""
    tab = in_chromium.opened(browser, site / "bhutto.html", query="?evidence=documented")
    figure = "document.querySelector('#fig-timeline-bhutto')"
    levels = tab.evaluate(
        f"[...{figure}.querySelectorAll('.wr-ev')].map((one) => [one.dataset.level, getComputedStyle(one).opacity])"
    )
    assert {opacity for level, opacity in levels if level == "3"} == {"1"}
    assert {opacity for level, opacity in levels if level != "3"} == {"0.25"}
    drawing = BeautifulSoup((site / "figures" / "timeline-bhutto.svg").read_text("utf-8"), "xml")
    undimmed = [text.get_text(strip=True) for text in drawing.select("#axes_1 > g[id^=text_]")]
    assert undimmed and all(re.fullmatch(r"\d{4}", words) for words in undimmed)  # the years of the rail
    tab.context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_word_of_a_figure_is_cut_or_lies_over_another(browser, site, width, theme):
    wrong, seen = [], 0
    for page in sorted(site.rglob("*.html")):
        if page.parent.name in ("events", "people") or 'class="wr-figure"' not in page.read_text("utf-8"):
            continue
        tab = in_chromium.opened(browser, page, (width, 900), color_scheme=theme)
        found = tab.evaluate(in_chromium.WORDS)
        seen += found["seen"]
        wrong += [(page.name, *one) for one in found["wrong"]]
        tab.context.close()
    assert wrong == [] and seen > 50


@pytest.mark.parametrize(
    "name", ["findings/contact-and-secrecy.html", "reference/often-said.html", "reference/events-zia.html"]
)
def test_every_page_with_marks_has_the_bar(browser, site, name):
    tab = in_chromium.opened(browser, site / name, query="?evidence=documented")
    assert tab.locator(".wr-tools").is_visible()
    counted = tab.evaluate("window.wrState.count()")
    assert counted["fails"] > 0 and tab.locator(".wr-dimmed").inner_text().startswith(
        f"{counted['fails']} of "
    )
    tab.context.close()
