"""What to say of a name that the data do not have."""
from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(given: str, known: Iterable[str]) -> str:
    """The end of a message, `; the nearest is 'x'`; empty where nothing is known."""
    close = get_close_matches(given, list(known), n=1, cutoff=0.0)
    return f"; the nearest is '{close[0]}'" if close else ""
