"""Cards in a browser: where they stand, card within card, one stop a paragraph,
the tap that only puts the sheet away."""

from __future__ import annotations

import in_chromium
import pytest
import toybook
from links import whole

PAGE = """# Cards

They met {event}`2005-istanbul-meeting`, and *Dawn* had it early {src}`dawn-2005-09-01 ¶4`. Later
a delegation {event}`2005-delegation-174` was said to come. A paper said {src}`ap-2005-09-01 ¶1` so.

Jinnah wrote {event}`1947-jinnah-truman`, and asked {dispute}`2005-istanbul-meeting initiator` no more.
"""

pytestmark = pytest.mark.outside


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    text = (
        PAGE
        + "\n\n".join(["Words without any sign, and more of them, line after line. " * 20] * 6)
        + PAGE.partition("\n")[2]
    )
    out, warnings, wrong = toybook.build(
        tmp_path_factory.mktemp("cards"), text, strict=True, theme="without_recognition"
    )
    assert not wrong, warnings
    return out / "istanbul.html"


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory):
    text = (
        "# Cards\n\nThey met {event}`2005-istanbul-meeting`, whoever asked {dispute}`2005-istanbul-meeting initiator`: "
        "{value}`2005-istanbul-meeting initiator`, or so it is told {claim}`2005-istanbul-meeting.7`, and *Dawn* "
        "had it early {src}`dawn-2005-09-01 ¶4`. {who}`muhammad-ali-jinnah` was dead.\n"
    )
    actors = toybook.rows("actors")
    actors[0]["description"] = "Governor General of Pakistan."
    root = tmp_path_factory.mktemp("kinds")
    out, warnings, wrong = toybook.build(root, text, strict=True, theme="without_recognition", actors=actors)
    assert not wrong, warnings
    return out / "istanbul.html"


@pytest.fixture
def tab(browser, page):
    made = in_chromium.opened(browser, page, (1280, 800))
    yield made
    made.context.close()


CARD = ".wr-card:popover-open"


def test_no_card_lies_over_its_sentence_at_any_size(browser, page):
    for size in (*in_chromium.SIZES.values(), (640, 400), (1440, 900), (768, 1024)):
        for at in (0.1, 0.5, 0.95):
            found = in_chromium.covered(browser, page, size, at)
            assert found == {"opened": 12, "wrong": []}, (size, at)


def test_from_1440_pixels_a_card_stands_in_the_margin(browser, page):
    tab = in_chromium.opened(browser, page, (1440, 900))
    mark = tab.locator("a.wr-event").first
    mark.click()
    card, words = tab.locator(CARD).bounding_box(), tab.locator("section > p").first.bounding_box()
    assert card["x"] >= words["x"] + words["width"] and card["width"] >= 300
    tab.context.close()


def test_the_head_and_the_foot_of_a_long_card_stay_while_it_scrolls(browser, page):
    """And what is focused comes out from under them."""
    tab = in_chromium.opened(browser, page, (1280, 520))
    tab.locator("a.wr-event").first.click()
    card = tab.locator(CARD)
    card.locator(".wr-says summary").click()
    high, whole = card.evaluate("(one) => [one.clientHeight, one.scrollHeight]")
    assert whole > high + 50
    for top in (0, 60, whole):
        card.evaluate("(one, top) => { one.scrollTop = top; }", top)
        for name in (".wr-close", ".wr-permalink", ".wr-copy-link", ".wr-cite-it"):
            box = card.locator(name).bounding_box()
            hit = "([x, y]) => document.elementFromPoint(x, y).className"
            centre = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
            assert tab.evaluate(hit, centre) in name, (top, name)
    for link in card.locator(".wr-witnesses a:visible").all():
        link.focus()
        box, foot = link.bounding_box(), card.locator(".wr-card-foot").bounding_box()
        head = card.locator(".wr-kicker").bounding_box()
        assert box["y"] >= head["y"] + head["height"] - 1 and box["y"] + box["height"] <= foot["y"] + 1
    card.get_by_text("Cite", exact=True).click()
    box = card.locator(".wr-cite-line").bounding_box()
    assert box["y"] + box["height"] <= card.locator(".wr-card-foot").bounding_box()["y"] + 1
    tab.context.close()


def test_an_open_card_is_named_by_its_title_and_can_be_closed(tab):
    tab.locator("a.wr-event").first.click()
    title = tab.locator(f"{CARD} .wr-card-title").text_content()
    assert tab.get_by_role("dialog", name=title, exact=True).count() == 1
    tab.get_by_role("button", name="Close").click()
    assert tab.locator(CARD).count() == 0


def test_a_pinned_card_goes_with_its_sentence(tab):
    tab.locator("a.wr-event").first.click()
    before = tab.locator(CARD).bounding_box()
    tab.evaluate("scrollBy({top: 300, behavior: 'instant'})")
    after = tab.locator(CARD).bounding_box()
    assert (round(before["y"] - after["y"]), after["height"]) == (300, before["height"])


def test_a_card_leads_to_another_and_back(tab):
    tab.locator("a.wr-event").first.click()
    first = tab.locator(CARD).get_attribute("id")
    tab.locator(f'{CARD} .wr-witnesses a.wr-to-card[href$="#s-ap-2005-09-01"]').first.click()
    assert tab.locator(CARD).get_attribute("id") == "card-s-ap-2005-09-01"
    tab.locator(f"{CARD} .wr-back").click()
    assert tab.locator(CARD).get_attribute("id") == first
    assert not tab.locator(f"{CARD} .wr-back").is_visible()
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.dataset.card") == first and not tab.locator(CARD).count()


def test_a_card_says_what_was_said_behind_one_fold(tab):
    tab.locator("a.wr-event").first.click()
    fold = tab.locator(f"{CARD} .wr-says")
    fold.wait_for()
    assert fold.count() == 1 and not fold.locator("li").first.is_visible()
    fold.locator("summary").click()
    said = [" ".join(line.split()) for line in fold.locator("li").all_inner_texts()]
    assert "Pakistan’s Ministry of Foreign Affairs: The ministry announces the meeting." in said
    assert "Associated Press: Reports the meeting." in said
    box, sentence = tab.locator(CARD).bounding_box(), tab.locator("section > p").first.bounding_box()
    assert box["y"] >= sentence["y"] + 20 or box["y"] + box["height"] <= sentence["y"] + sentence["height"]


def test_a_source_without_a_sign_on_the_page_has_a_card_when_it_is_asked_for(tab):
    assert not tab.evaluate("document.getElementById('card-s-mfa-2005-09-01')")
    tab.locator("a.wr-event").first.click()
    first = tab.locator(CARD).get_attribute("id")
    tab.locator(f'{CARD} .wr-witnesses a[href$="#s-mfa-2005-09-01"]').first.click()
    card = tab.locator("#card-s-mfa-2005-09-01:popover-open")
    card.wait_for()
    assert card.locator(".wr-here").inner_text() == "Of this it says: The ministry announces the meeting."
    assert "Official statement" in card.locator(".wr-summary").inner_text()
    assert card.locator(".wr-permalink").get_attribute("href") == "reference/sources.html#s-mfa-2005-09-01"
    card.locator(".wr-back").click()
    assert tab.locator(CARD).get_attribute("id") == first
    tab.keyboard.press("Escape")
    tab.locator("a.wr-src").first.click()  # as a sign, a source tells of no event
    assert "Of this it says" not in tab.locator(CARD).inner_text()


def test_a_card_says_how_to_cite_and_link_it_and_where_it_is_told(tab):
    tab.locator("a.wr-event").first.click()
    card = tab.locator(CARD)
    told = card.locator(".wr-told")
    assert told.inner_text() == "Told in Cards (4 times)"
    assert told.locator("a").get_attribute("href") == "#t-e-2005-istanbul-meeting"
    assert (
        card.locator(".wr-permalink").get_attribute("href") == "reference/events.html#e-2005-istanbul-meeting"
    )
    card.get_by_text("Cite", exact=True).click()
    cited = card.locator(".wr-cite-line").inner_text()
    assert (
        "“Kasuri and Shalom meet in Istanbul.” In " in cited
        and ", event 2005-istanbul-meeting, file:" in cited
    )
    told.locator("a").click()
    assert tab.url.endswith("#t-e-2005-istanbul-meeting") and not card.count()


@pytest.mark.parametrize(
    "mark, name",
    [
        ("a.wr-event", "event 2005-istanbul-meeting"),
        ("a.wr-value", "event 2005-istanbul-meeting"),
        ("a.wr-dispute", "dispute 2005-istanbul-meeting-initiator"),
        ("a.wr-claim", "claim 2005-istanbul-meeting.7"),
        ("a.wr-src", ""),
        ("a.wr-who", ""),
    ],
)
def test_what_is_the_book_s_own_is_cited_by_its_name(browser, every_kind, mark, name):
    tab = in_chromium.opened(browser, every_kind, (1280, 800))
    tab.locator(mark).first.click()
    cite = tab.locator(CARD).get_by_text("Cite", exact=True)
    tab.locator(CARD).wait_for()
    assert cite.count() == bool(name)
    if name:
        cite.click()
        assert f", {name}, file:" in tab.locator(f"{CARD} .wr-cite-line").inner_text()
    tab.context.close()


def test_the_card_of_a_source_says_that_its_sentence_has_no_grade(tab):
    tab.locator("a.wr-src").nth(1).click()
    assert (
        tab.locator(f"{CARD} .wr-here").inner_text()
        == "Cited here: ¶1. The sentence has no grade: it is this source’s word."
    )


def test_the_signs_of_a_paragraph_are_one_stop(tab):
    assert tab.evaluate(in_chromium.STOPS)["signs"] == 4 and tab.locator("a.wr-mark").count() == 12
    marks = tab.locator("a.wr-mark")
    marks.first.focus()
    for key, place in (
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("ArrowLeft", 1),
        ("End", 3),
        ("ArrowRight", 3),
        ("Home", 0),
    ):
        tab.keyboard.press(key)
        assert (
            tab.evaluate("[...document.querySelectorAll('a.wr-mark')].indexOf(document.activeElement)")
            == place
        )
    tab.keyboard.press("End")
    tab.keyboard.press("Tab")
    assert tab.evaluate("[...document.querySelectorAll('a.wr-mark')].indexOf(document.activeElement)") == 4


def test_a_sign_says_what_it_is_of(tab):
    names = tab.locator("a.wr-mark .wr-sr").all_text_contents()[:6]
    assert names == [
        " (documented: Kasuri and Shalom meet in Istanbul)",
        " (source: Dawn, 1 September 2005, ¶4)",
        " (attested, disputed: A delegation of 174 is said to visit)",
        " (source: Associated Press, 1 September 2005, ¶1)",
        " (documented: Jinnah writes to Truman against partition)",
        " (two accounts: Kasuri and Shalom meet in Istanbul: initiator)",
    ]


def test_on_a_phone_the_sentence_is_in_sight_and_the_tap_outside_does_nothing_else(browser, page):
    tab = in_chromium.opened(browser, page, (390, 844), has_touch=True)
    mark = tab.locator("a.wr-event").last
    mark.scroll_into_view_if_needed()
    mark.tap()
    card = tab.locator(CARD)
    box, own = card.bounding_box(), mark.bounding_box()
    assert (
        box["x"] == 0
        and box["y"] + box["height"] == 844
        and own["y"] > 0
        and own["y"] + own["height"] <= box["y"]
    )
    tab.locator(".wr-tools summary").tap()
    assert not card.count() and not tab.locator(".wr-tools details[open]").count()
    tab.locator(".wr-tools summary").tap()
    assert tab.locator(".wr-tools details[open]").count() == 1
    tab.context.close()


def test_pages_hold_no_style_and_no_handler_of_cards_in_line(page):
    from bs4 import BeautifulSoup

    built = BeautifulSoup(whole(page), "lxml")
    for tag in built.select(".wr-cards, .wr-cards *, .wr-tools, .wr-tools *, .wr-mark, .wr-clause"):
        assert "style" not in tag.attrs and not [name for name in tag.attrs if name.startswith("on")]
