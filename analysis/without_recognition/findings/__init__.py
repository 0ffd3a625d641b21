"""The findings of Part II: measures, and the numbers that its prose shows."""

from __future__ import annotations

from functools import wraps

from without_recognition.data import series
from without_recognition.data.dataset import History
from without_recognition.findings import (
    contact_words,
    general_debate_words,
    goods_words,
    robustness_words,
    votes_words,
    witness_words,
)
from without_recognition.findings.tables import Words


def _with_its_series(words: Words) -> Words:
    """The same words, from the series beside the tables of the History."""

    @wraps(words)
    def asked(history: History) -> str:
        with series.reading_from(history):
            return words(history)

    return asked


#: name -> function of a History giving the words that the role {finding} shows
NUMBERS: dict[str, Words] = {
    name: _with_its_series(words)
    for numbers in (
        contact_words.NUMBERS,
        witness_words.NUMBERS,
        votes_words.NUMBERS,
        general_debate_words.NUMBERS,
        goods_words.NUMBERS,
        robustness_words.NUMBERS,
    )
    for name, words in numbers.items()
}
