"""Text prints: the form in which words are compared, the parts of a text, and that a print gives no text back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from without_recognition.evidence import prints
from without_recognition.evidence.prints import compared_words, run_hash, runs

WORD = st.text(st.sampled_from("abcdefghiklmnoprstu"), min_size=2, max_size=9)
SENTENCE = st.lists(WORD, min_size=8, max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Foreign Office DENIED it", "the foreign office denied it"),
        ("co-operation", "cooperation"),
        ("co\u00adoperation", "cooperation"),
        ("the U.N. and the U.S.A.", "the UN and the USA"),
        ("٢٠٠٥ and २००५", "2005 and 2005"),
        ("Pakistan’s", "Pakistan's"),
        ("caf\u00e9", "cafe\u0301"),
        ("كتاب", "کتاب"),
        ("يوم", "یوم"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد", "محمد"),
        ("ﬁrst", "first"),
        ("one,two — three", "one two three"),
    ],
)
def test_spellings_that_are_compared_as_one(one, other):
    assert compared_words(one) == compared_words(other)


@pytest.mark.parametrize(("one", "other"), [("colour", "color"), ("Sharif", "Shareef"), ("हिन्दी", "हन्द")])
def test_spellings_that_stay_apart(one, other):
    assert compared_words(one) != compared_words(other)


EIGHT = "we will never accept this before peace comes"  # eight words
TAIL = "he told them all at once and went away"


@pytest.mark.parametrize("marks", ['""', "“”", "«»", "„“", "‘’", "''"])
def test_words_in_quotation_marks_are_quoted_whatever_the_marks(marks):
    found = runs(f"{marks[0]}{EIGHT},{marks[1]} {TAIL}.")
    assert found.quoted == {run_hash(EIGHT.split())}
    assert run_hash(TAIL.split()[:8]) in found.own


def test_reversed_marks_of_urdu_open_and_close_by_their_neighbours():
    quoted = "ہم اس کو کبھی بھی قبول نہیں کریں گے"
    assert runs(f"وزیر نے کہا ”{quoted}“ اور چلے گئے").quoted == {
        run_hash(compared_words(quoted)[n : n + 8]) for n in range(len(compared_words(quoted)) - 7)
    }


def test_an_apostrophe_is_no_mark():
    assert not runs(f"the ministers' {EIGHT} isn't {TAIL}").quoted


def test_a_short_quotation_is_the_writers_own():
    text = f"He called it “a first step” and said {EIGHT}"
    assert not runs(text).quoted and not runs(text).mixed


def test_words_between_two_openings_are_mixed():
    found = runs(f"“{EIGHT}\n\n“{TAIL} now,” he said")
    assert run_hash(EIGHT.split()) in found.mixed and run_hash(TAIL.split()[:8]) in found.quoted


def test_a_run_across_a_mark_is_mixed():
    across = [*EIGHT.split()[-4:], *TAIL.split()[:4]]
    assert run_hash(across) in runs(f"“{EIGHT}” {TAIL}").mixed


def test_the_outer_marks_of_a_repost_are_taken_away():
    text = f"“{EIGHT} {TAIL}”"
    assert runs(text).own == frozenset() and runs(text, outer_marks=False).quoted == frozenset()


def test_a_quotation_set_off_by_hand_is_quoted():
    assert runs(f"{TAIL}\n\n[[q {EIGHT} q]]").quoted == {run_hash(EIGHT.split())}


@given(SENTENCE, st.sampled_from([str.upper, str.title, lambda t: t.replace(" ", "\n  "), lambda t: t + ".",
                                  lambda t: unicodedata.normalize("NFD", t)]))  # fmt: skip
def test_case_white_space_and_form_change_no_run(sentence, change):
    text = " ".join(sentence)
    assert runs(change(text)).all() == runs(text).all()


@given(SENTENCE, SENTENCE)
def test_what_two_texts_share_is_what_they_have_in_common(a, b):
    shared = runs(" ".join(a)).all() & runs(" ".join(b)).all()
    windows = {tuple(a[n : n + 8]) for n in range(len(a) - 7)} & {
        tuple(b[n : n + 8]) for n in range(len(b) - 7)
    }
    assert len(shared) == len({run_hash(w) for w in windows})


def test_a_print_is_one_in_sixteen_of_the_hashes(book):
    for row in book.prints.itertuples():
        hashes = row.print.split()
        assert hashes == sorted(set(hashes)) and all(
            len(h) == 10 and int(h[:2], 16) % 16 == 0 for h in hashes
        )
        assert len(hashes) < int(row.words) / 10


def test_no_print_gives_back_a_text_from_its_passages(book):
    """The attack: from the eight known words of a passage the next ones are guessed from all words of the book."""
    vocabulary = {w for passage in book.claims["passage"] for w in compared_words(passage)}
    vocabulary |= {w for text in book.claims["statement"] for w in compared_words(text)}
    printed = {row.Index: set(row.print.split()) for row in book.prints.itertuples()}
    for claim in book.claims[book.claims["passage"] != ""].itertuples():
        for part in claim.passage.split(" … "):
            known = compared_words(part)
            if claim.source_id in printed and len(known) >= prints.LENGTH:
                assert len(grown(known, printed[claim.source_id], vocabulary)) <= 12, claim.Index


def grown(known: list[str], hashes: set[str], vocabulary: set[str]) -> list[str]:
    """The passage with every next word that the print confirms."""
    while True:
        last = known[-(prints.LENGTH - 1) :]
        found = next((w for w in sorted(vocabulary) if run_hash([*last, w]).hex() in hashes), None)
        if not found:
            return known
        known = [*known, found]
