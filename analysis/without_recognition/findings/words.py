"""How numbers of the findings are written in prose."""

from __future__ import annotations

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def count(n: int) -> str:
    """In words up to ten."""
    return SMALL[n] if 0 <= n < len(SMALL) else f"{n:,}"


def of(part: int, whole: int) -> str:
    """'two of nine', 'none of nine'."""
    return f"{count(part) if part else 'none'} of {count(whole)}"
