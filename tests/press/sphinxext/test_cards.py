"""Evidence cards: what they say, that each stands once, that nothing from the data becomes markup."""

from __future__ import annotations

import json

import pytest
import toybook
from bs4 import BeautifulSoup
from links import whole

PAGE = """# Cards

One {event}`2005-istanbul-meeting`, again {event}`2005-istanbul-meeting` {src}`dawn-2005-09-01 ¶4`, and
{event}`2005-delegation-174`, {event}`1948-ben-gurion-telegram`, {dispute}`2005-istanbul-meeting initiator`,
{claim}`2005-istanbul-meeting.7`, {date}`1953-zafrullah-eban`.
"""


def built(tmp_path, **tables):
    out, warnings, wrong = toybook.build(tmp_path, PAGE, strict=True, **tables)
    assert not wrong, warnings
    return BeautifulSoup(whole(out / "istanbul.html"), "html.parser")


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return built(tmp_path_factory.mktemp("cards"))


def text(page, card):
    return " ".join(page.find(id=card).get_text(" ").split())


def test_every_mark_has_its_card_and_every_card_stands_once(page):
    wanted = {mark["data-card"] for mark in page.select("a.wr-mark")}
    ids = [card["id"] for card in page.select(".wr-cards.wr-screen > .wr-card")]
    assert len(ids) == len(set(ids)) == 7
    assert wanted == set(ids)


def test_a_card_opens_with_one_plain_sentence(page):
    card = page.find(id="card-e-2005-delegation-174")
    first = card.select_one(".wr-opening")
    assert "One witness, a party to it; a state denies it." in first.get_text()
    assert card.index(first) < card.index(card.select_one(".wr-summary"))


def test_a_card_tells_grade_rule_status_lines_voices_and_flags(page):
    told = text(page, "card-e-2005-delegation-174")
    for words in (
        "attested",
        "disputed",
        "(G3)",
        "(S3)",
        "One line of evidence in one mention",
        "Affirmed by",
        "Jamil Kadri",
        "Denied by",
        "Israel’s Prime Minister’s Office",
        "a state denies it",
        "concerns a living person",
        "Full record",
    ):
        assert words in told, words


def test_a_card_shows_the_ruling_of_its_disputes(page):
    for card in ("card-e-2005-istanbul-meeting", "card-d-2005-istanbul-meeting-initiator"):
        told = text(page, card)
        assert "This book follows Pakistan. The paper on the other side names nobody." in told
        assert "What would change it: Minutes of either ministry." in told


def test_a_claim_that_does_not_count_says_why(page):
    told = text(page, "card-e-1948-ben-gurion-telegram")
    assert "hearsay" in told and "does not count" in told and "known only through another source" in told


def test_a_source_card_tells_how_far_we_trust_it(page):
    told = text(page, "card-s-dawn-2005-09-01")
    assert "Reliability B: First guess." in told and "read whole" in told.lower()


def test_cards_have_a_title_and_open_by_script_alone(page):
    for card in page.select(".wr-card"):
        assert card.select_one(".wr-card-title").get_text(strip=True)
        assert card["popover"] == "manual"


def test_without_scripts_every_mark_is_a_link_to_the_record(page):
    assert all(
        "#" in mark["href"] and mark["href"].startswith("reference/") for mark in page.select("a.wr-mark")
    )


def test_marks_have_places_and_cards_know_them(page):
    of_event = [mark["id"] for mark in page.select("a.wr-mark") if "2005-istanbul-meeting" in mark["id"]]
    stem = "t-e-2005-istanbul-meeting"
    assert of_event == [stem, f"{stem}--2", f"{stem}--3", "t-c-2005-istanbul-meeting.7"]
    box = page.select_one(".wr-cards")
    assert json.loads(box["data-pages"]) == [["", "Cards"]]
    assert page.find(id="card-e-2005-istanbul-meeting")["data-told"] == "0:3"
    assert (
        page.find(id="card-d-2005-istanbul-meeting-initiator")["data-told"] == "e-2005-istanbul-meeting 0:3"
    )
    assert page.find(id="card-s-dawn-2005-09-01")["data-told"] == "0"


def test_the_cards_of_a_page_say_how_one_is_cited(page):
    assert "“{title}.” In Without Recognition" in page.select_one(".wr-cards")["data-cite"]
    assert "{name}" in page.select_one(".wr-cards")["data-cite"]


def test_that_it_happened_has_no_rival_value(page):
    assert "Unchallenged: nobody denies that it happened (S1)" in text(page, "card-e-2005-istanbul-meeting")


EVIL = "<script>alert(\"x\")</script><b onclick='y'>&"


def test_text_from_the_data_is_never_markup(tmp_path):
    tables = {}
    for table, columns in {
        "events": ["title", "summary"],
        "sources": ["title", "publisher", "note"],
        "claims": ["statement", "locator"],
        "actors": ["name", "note"],
        "rulings": ["reason", "what_would_change_it"],
        "searches": ["question", "terms", "note"],
    }.items():
        tables[table] = toybook.rows(table)
        for row in tables[table]:
            row |= dict.fromkeys(columns, EVIL)
    page = built(tmp_path, **tables)
    pages = [page] + [
        BeautifulSoup(whole(path), "html.parser")
        for path in sorted((tmp_path / "html" / "reference").glob("*.html"))
    ]
    assert len(pages) == 1 + len(toybook.REFERENCE)
    for one in pages:
        assert not one.find_all("script", string=lambda s: s and "alert(" in s)
        assert not one.select("[onclick]")
    shown = page.find(id="card-e-2005-delegation-174").get_text()
    assert EVIL in shown.translate(str.maketrans("“”‘’", "\"\"''"))
