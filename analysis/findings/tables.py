"""What the words of the findings share: tables computed once a History, and a share of them in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pandas as pd

from analysis.dataset import History
from analysis.findings import contact
from analysis.findings.intervals import wilson
from analysis.findings.words import percent

T = TypeVar("T")
Words = Callable[[History], str]


def cached(history: History, name: str, make: Callable[[], T]) -> T:
    """One table a History: a page asks for dozens of numbers."""
    memo = history.memo.setdefault("findings", {})
    if name not in memo:
        memo[name] = make()
    return memo[name]


def contacts(h: History) -> pd.DataFrame:
    """The contacts."""
    return cached(h, "contacts", lambda: contact.contacts(h))


def part(h: History, test: pd.Series) -> str:
    """The share of the rows that pass, in words."""
    n, k = len(test), int(test.sum())
    return percent(k / n, *wilson(k, n), n)
