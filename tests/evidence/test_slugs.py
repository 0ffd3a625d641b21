"""Slugs in words: names have their capitals, as the sentences of the tables write them."""

from __future__ import annotations

import calendar
import re

import pytest
from conftest import make_history
from without_recognition.evidence import labels, slugs
from without_recognition.evidence.lookup import Lookup

WORDS = {
    "barak-in-paris-that-day": "Barak in Paris that day",
    "egypt-sought-czech-arms": "Egypt sought Czech arms",
    "arms-for-india-raised": "arms for India raised",
    "after-palestinian-state": "after Palestinian state",
    "chief-minister-of-punjab": "chief minister of Punjab",
    "pakistan-yes": "Pakistan yes",
    "met-sharon": "met Sharon",
    "refugees-to-india": "refugees to India",
    "jews-in-pakistan-july-1948": "Jews in Pakistan July 1948",
    "us-asked-for-talks": "US asked for talks",
    "settlers-of-west-bank": "settlers of West Bank",
}


def of(*slugs_of_it: str, summary: str = ""):
    """A History with one event, of which these values are claimed, and its summary."""
    return make_history(
        sources=[{"source_id": "a"}],
        events=[{"event_id": "2005-x", "summary": summary}],
        claims=[
            {
                "claim_id": f"2005-x.{n}",
                "event_id": "2005-x",
                "source_id": "a",
                "aspect": "content",
                "value": v,
            }
            for n, v in enumerate(slugs_of_it, 1)
        ],
    )


@pytest.mark.parametrize("slug", WORDS)
def test_names_of_the_book_have_capitals(book, slug: str) -> None:
    assert slugs.in_words(book, slug) == WORDS[slug]


def test_a_word_is_written_as_beside_its_neighbour_else_as_mostly() -> None:
    told = (
        "They may go to Lake Success. It was a success in May 2005, said Ben-Gurion; the bank of the Jordan, "
        "not the West Bank, saw Jordan's army."
    )
    words = {
        "may-go": "may go",
        "in-may": "in May",
        "lake-success": "Lake Success",
        "success-unknown": "success unknown",
        "told-ben-gurion": "told Ben-Gurion",
        "west-bank": "West Bank",
        "bank-seen": "bank seen",
        "jordans-army": "Jordan's army",
        "nobody-knows": "nobody knows",
    }
    history = of(*words, summary=told)
    assert {slug: slugs.in_words(history, slug) for slug in words} == words


def test_where_a_sentence_begins_a_capital_tells_nothing() -> None:
    assert slugs.in_words(of("rain-fell", summary="Rain came. Rain: “Rain”."), "rain-fell") == "rain fell"


def test_what_is_no_slug_stays_as_it_is(book) -> None:
    for words in ("killed in Rafah, as Ben-Gurion told the Knesset", "An-Nahar", "", "1.5"):
        assert slugs.in_words(book, words) == words


def test_no_value_shows_a_family_name_a_town_or_a_month_with_a_small_letter(book) -> None:
    """But for names that are words of the language as well, of whose use only the sentence tells."""
    look = Lookup.of(book)
    written = [*book.events["summary"], *book.claims["statement"]]
    words = {word for text in written for word in re.findall(r"[a-z]+", re.sub(r"\w*[A-Z]\w*", "", text))}
    cells = [*book.actors["family_name"], *book.places["label"], *calendar.month_name]
    names = {word.lower() for cell in cells for word in re.findall("[A-Za-z]{3,}", cell)} - words
    claimed = {*zip(book.claims["aspect"], book.claims["value"]), *(("", of) for of in book.claims["of"])}
    shown = [labels.value(look, aspect, value) for aspect, value in claimed if value]
    assert len(names) > 200 and len(shown) > 2000
    bad = re.compile(rf"(?<![\w'-])(?:{'|'.join(sorted(names))})\b")
    assert sorted(told for told in shown if bad.search(told)) == []
