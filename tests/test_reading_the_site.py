"""The whole book in a browser: no card of three chapters lies over its sentence or hides its foot, tab stops are few,
figures obey whole; what asks for more room, other colours or a keyboard gets it."""

from __future__ import annotations

from pathlib import Path

import in_chromium
import pytest
from bs4 import BeautifulSoup
from without_recognition.press.build import book

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = (
    "telegram.html",
    "istanbul.html",
    "zia.html",
)  # the longest cards, most signs, and the shortest chapter
PAGES = ("istanbul.html", "events/2005-istanbul-meeting.html")
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


@pytest.mark.parametrize("name", FIRST_EDITION)
def test_tab_stops_are_at_most_half(browser, site, name):
    tab = in_chromium.opened(browser, site / name)
    stops = tab.evaluate(in_chromium.STOPS)
    assert stops["all"] <= 0.5 * FIRST_EDITION[name] and stops["signs"] <= 60
    tab.context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_words_take_the_room_that_readers_ask_for(browser, site, name, width):
    tab = in_chromium.opened(browser, site / name, (width, 844), bypass_csp=True)
    before = tab.evaluate(in_chromium.CUT)
    tab.add_style_tag(content=in_chromium.SPACED)
    assert tab.evaluate("getComputedStyle(document.querySelector('article p')).letterSpacing") != "normal"
    assert before == [] and tab.evaluate(in_chromium.CUT) == []
    if tab.locator("a.wr-event").count():
        tab.locator("a.wr-event").first.click()
        tab.locator(".wr-card:popover-open .wr-close").wait_for()
        assert tab.evaluate(in_chromium.CUT) == []
    tab.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_lies_over_what_has_the_focus(browser, site, name):
    """Backwards from the end, where what comes into sight comes from under the head of the page."""
    tab = in_chromium.opened(browser, site / name, (1280, 700))
    tab.evaluate("[...document.querySelectorAll('a[href]')].at(-1).focus()")
    passed, hidden = 0, []
    for _ in range(120):
        tab.keyboard.press("Shift+Tab")
        passed += tab.evaluate("document.activeElement !== document.body")
        hidden += filter(None, [tab.evaluate(in_chromium.OBSCURED)])
    assert passed > 40 and hidden == []
    tab.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@in_chromium.stored
def test_words_of_figures_can_be_read_in_forced_colours_whatever_theme_is_kept(browser, site, scheme):
    other = {"light": "dark", "dark": "light"}[scheme]
    tab = in_chromium.opened(browser, site / "istanbul.html", forced_colors="active", color_scheme=scheme)
    tab.evaluate("(theme) => localStorage.setItem('theme', theme)", other)
    in_chromium.told(tab, tab.url, "localStorage.getItem('theme')", other)
    found = tab.evaluate(in_chromium.FAINT)
    assert found["words"] > 30 and found["faint"] == []
    tab.context.close()


@pytest.mark.parametrize(
    ("page", "figure", "query"),
    [
        ("bhutto", "timeline-bhutto", "evidence=documented"),
        ("telegram", "transmission-1948-ben-gurion-telegram", "account=pakistani"),
        ("istanbul", "rivals-2005-istanbul-meeting-initiator", "evidence=corroborated"),
    ],
)
def test_figures_obey_whole(browser, site, page, figure, query):
    """Nothing of a mark stays dark when its sentence is dim: bar, line, half, dot and label alike."""
    tab = in_chromium.opened(browser, site / f"{page}.html", query=f"?{query}")
    drawn = tab.evaluate(
        """(figure) => [...document.querySelectorAll(`#fig-${figure} .wr-ev`)].map((one) => [
          one.dataset.level, one.dataset.voices,
          [...one.querySelectorAll("path, use, rect")].map((shape) => getComputedStyle(shape).opacity),
          [...one.querySelectorAll("text")].map((text) => getComputedStyle(text).fill),
        ])""",
        figure,
    )
    name, _, asked = query.partition("=")
    least = {"corroborated": "2", "documented": "3"}.get(asked)
    holds = [(lev >= least) if name == "evidence" else asked in voices.split() for lev, voices, *_ in drawn]
    assert {*holds} == {True, False}
    for stands, (_, _, opacities, _) in zip(holds, drawn):
        assert {float(part) < 1 for part in opacities} <= {not stands}, opacities
    fills = [
        {fill for stood, (*_, own) in zip(holds, drawn) if stood is state for fill in own}
        for state in (True, False)
    ]
    assert all(fills) and not fills[0] & fills[1]
    drawing = BeautifulSoup((site / "figures" / f"{figure}.svg").read_text("utf-8"), "xml")
    heads = {text.get_text(strip=True) for text in drawing.select("#axes_1 > g:not([id]) > text")}
    assert drawing.select("#axes_1 g[id^='ev:']") and heads <= {"Pakistani", "Israeli", "Others"}
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
