"""How numbers of the findings are written in prose."""

from __future__ import annotations

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def count(n: int) -> str:
    """In words up to ten."""
    return SMALL[n] if 0 <= n < len(SMALL) else str(n)


def of(part: int, whole: int) -> str:
    """'two of nine', 'none of nine'."""
    return f"{count(part) if part else 'none'} of {count(whole)}"


def percent(share: float, low: float, high: float, n: int) -> str:
    """'41 per cent (95% interval 30 to 53; n = 35)'."""
    return f"{100 * share:.0f} per cent (95% interval {100 * low:.0f} to {100 * high:.0f}; n = {n})"


def ratio(value: float, low: float, high: float, n: int) -> str:
    """'1.5 (95% interval 1.4 to 1.6; n = 422)'."""
    return f"{value:.1f} (95% interval {low:.1f} to {high:.1f}; n = {n})"


def time(days: float) -> str:
    """'12 days', '5 months', '1.9 years'."""
    if days < 90:
        whole = round(days)
        return f"{count(whole)} day{'' if whole == 1 else 's'}"
    if days < 548:
        return f"{count(round(days / 30.44))} months"
    return f"{days / 365.25:.1f} years"
