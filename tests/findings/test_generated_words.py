"""Sentences that are made of numbers, with none, one, two and many of what they count."""

from __future__ import annotations

import inspect
import re
from contextlib import suppress

import pytest
from conftest import make_history
from without_recognition import charts, findings
from without_recognition.evidence import counts, labels
from without_recognition.evidence.lookup import Lookup
from without_recognition.findings import boxes
from without_recognition.findings.robustness import headline_verdicts
from without_recognition.findings.said import said

NOUNS = (
    "event|contact|line|mention|claim|source|dispute|telling|denial|vote|year|month|day|statement|author|document|"
    "headline|fact|report|state|time"
)
ODD = re.compile(
    rf"(?<![\d.,])(?<!of )\b(?:1|[Oo]ne) (?:{NOUNS}|searche|witnesse|speeche)s\b"  # but '1 of 1 events'
    rf"|(?<![\d.,])\b0 (?:{NOUNS}|search|witness|speech|open|ruled on)(?:e?s)?\b"
    rf"|\b(?:2|7|[Tt]wo|[Ss]even) (?:{NOUNS}|search|witness|speech)\b"
    r"|(?<!\.)\.\.(?!\.)|  | [,;.](?!\d)|\(\s*\)|\(see\s*\)|,,|;;|\bnan\b"
)
#: a share has figures, a count has none or no
NOUGHT = re.compile(r"(?<![\d.,])0(?![\d.]| per cent| points)")
COUNTS = (0, 1, 2, 7)
#: take every variant, and the first edition; the words of the former are those of `headline_verdicts`
OTHERWISE = (charts.survival, charts.survival_table, charts.texts_by_decade)


def of(n: int):
    """A History with `n` secret meetings of two states, each told by two papers of which one relays the other, and
    denied; the ministries of both take part."""
    events = [f"{1999 + k}-e" for k in range(n)]
    return make_history(
        sources=[
            {"source_id": "a", "issued": "2011", "perspective": "pakistani", "author": "Doe, Jo"},
            {"source_id": "b", "issued": "2012", "perspective": "israeli"},
        ],
        actors=[
            {"actor_id": "p", "name": "P", "type": "state", "side": "pakistani"},
            {"actor_id": "i", "name": "I", "type": "state", "side": "israeli"},
        ],
        events=[
            {
                "event_id": e,
                "title": f"Event {e[:4]}",
                "date": e[:4],
                "visibility": "secret",
                "encounter": "meeting",
            }
            for e in events
        ],
        participants=[
            {"event_id": e, "actor_id": who, "claim_id": f"{e}.1"} for e in events for who in ("p", "i")
        ],
        claims=[
            {"claim_id": f"{e}.{k}", "event_id": e, "source_id": s, "origin": o, "stance": stance}
            for e in events
            for k, (s, o, stance) in enumerate(
                [("a", "self", "affirms"), ("b", "a", "affirms"), ("b", "self", "denies")], 1
            )
        ],
        searches=[{"search_id": f"{e}-search", "event_id": e, "question": "What was said?"} for e in events],
    )


def odd(words: str) -> list[str]:
    """What no sentence should have, with what stands around it."""
    return [words[max(0, m.start() - 30) : m.end() + 20] for m in ODD.finditer(words)]


@pytest.mark.parametrize(
    "words",
    [
        "2 mentions, 1 lines",
        "0 open",
        "one contacts",
        "not named.. Now",
        "a  b",
        "(see )",
        "of 2 event",
        "so , and",
    ],
)
def test_what_is_odd_is_seen(words: str) -> None:
    assert odd(words)


@pytest.mark.parametrize(
    "words",
    ["1 of 3 events is firm", "one line", "no lines", "2 lines", "1.1 lines", "11 lines", "10 open", "so…"],
)
def test_what_is_not_odd_is_left(words: str) -> None:
    assert not odd(words)


def of_a_history() -> list[str]:
    """The charts that draw a History by itself."""
    made = [getattr(charts, name) for name in charts.__all__ if name != "Figure"]
    found = []
    for chart in made:
        given = [p.name for p in inspect.signature(chart).parameters.values() if p.default is p.empty]
        if given == ["history"] and chart not in OTHERWISE:
            found.append(chart.__name__)
    return found


@pytest.mark.parametrize("name", of_a_history())
@pytest.mark.parametrize("n", COUNTS)
def test_the_words_of_figures(name: str, n: int) -> None:
    figure = getattr(charts, name)(of(n))
    told = [
        found for words in (figure.title, figure.alt, figure.caption, figure.lacks) for found in odd(words)
    ]
    told += [found for row in figure.numbers for found in odd(": ".join(row)) if " 0 " not in found]
    assert told == []  # a table may have its noughts


@pytest.mark.parametrize("n", COUNTS)
def test_the_numbers_of_the_prose(n: int) -> None:
    history, told = of(n), {}
    for name, measure in findings.NUMBERS.items():
        if not name.startswith("robust-"):
            with suppress(KeyError, IndexError, ZeroDivisionError, ValueError):  # what a small History lacks
                told[name] = measure(history)
    assert len(told) > 100
    assert {name: words for name, words in told.items() if odd(words) or NOUGHT.search(words)} == {}


@pytest.mark.parametrize("n", COUNTS)
def test_boxes_cards_and_summaries(n: int) -> None:
    history = of(n)
    look = Lookup.of(history)
    link = lambda look, kind, parts, words, hint: words  # noqa: E731
    told = [made(look, "istanbul", link) for name, made in boxes.BOXES.items() if not name.startswith("cite")]
    told += [counts.summary(history).splitlines()[-1]]
    for found in look.judged.values():
        told += [
            words(look, j)
            for j in found
            for words in (labels.evidence_note, labels.short_note, labels.spoken)
        ]
    told += [labels.dispute_note(look, dispute) for dispute in look.disputes.values()]
    assert [found for words in told for found in odd(words)] == []


def test_a_perspective_is_named_within_a_sentence(book) -> None:
    verdicts = headline_verdicts(book)
    told = [*verdicts["worst_without"], *verdicts["verdict"]]
    assert not any("International sources" in words or odd(words) for words in told)


def test_a_grade_and_its_status_are_one_sentence(book) -> None:
    look = Lookup.of(book)
    found = [j for found in look.judged.values() for j in found if j.aspect == "occurrence" and not j.frame]
    both = next(j for j in found if (j.grade, j.status) == ("alleged", "challenged"))
    assert said(look, "grade", both.event_id).words == "alleged and challenged"
