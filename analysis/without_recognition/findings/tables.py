"""What the words of the findings share: tables computed once a History."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pandas as pd

from without_recognition.data.dataset import History
from without_recognition.findings import contact

T = TypeVar("T")
Words = Callable[[History], str]


def of_series(said: Callable[[], str]) -> Words:
    """The words of a number that rests on series alone and follows no History."""
    return lambda h: said()


def cached(history: History, name: str, make: Callable[[], T]) -> T:
    """One table a History: a page asks for dozens of numbers. Who asks is given a copy."""
    memo = history.memo.setdefault("findings", {})
    if name not in memo:
        memo[name] = make()
    made: T = memo[name].copy() if isinstance(memo[name], pd.DataFrame) else memo[name]
    return made


def contacts(h: History) -> pd.DataFrame:
    """The contacts."""
    return cached(h, "contacts", lambda: contact.contacts(h))
