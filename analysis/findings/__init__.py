"""The findings of Part II: measures, and the numbers that its prose shows."""

from __future__ import annotations

from analysis.findings import contact_words, robust, votes_words, witness_words
from analysis.findings.tables import Words

#: name -> function of a History giving the words that the role {finding} shows
NUMBERS: dict[str, Words] = {
    **contact_words.NUMBERS,
    **witness_words.NUMBERS,
    **votes_words.NUMBERS,
    **robust.NUMBERS,
}
