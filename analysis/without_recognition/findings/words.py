"""How numbers of the findings are written in prose."""

from __future__ import annotations

from without_recognition.data.number_words import spelled

NONE = "none"  #: of what stands without its noun


def count(n: int) -> str:
    """In words up to ten; 'no' for none."""
    return spelled(n, "no")


def out_of(part: int, whole: int) -> str:
    """'two of nine', 'none of nine'."""
    return f"{spelled(part, NONE)} of {count(whole)}"
