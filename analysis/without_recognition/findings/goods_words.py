"""The numbers of the chapter on goods, arms and spyware, as the prose shows them."""

from __future__ import annotations

import pandas as pd

from without_recognition.data.dataset import History
from without_recognition.data.number_words import spelled
from without_recognition.evidence import FIRM
from without_recognition.findings import goods
from without_recognition.findings.tables import Words, cached
from without_recognition.findings.words import NONE, count, out_of


def _all(h: History) -> pd.DataFrame:
    return cached(h, "goods", lambda: goods.passings(h))


def _between(h: History) -> pd.DataFrame:
    return goods.between(_all(h))


def _firm(found: pd.DataFrame) -> int:
    return int(found["grade"].isin(FIRM).sum())


def _graded(grade: str) -> Words:
    return lambda h: spelled(int((_between(h)["grade"] == grade).sum()), NONE)


def _group(name: str) -> Words:
    return lambda h: count(int((_all(h)["group"] == name).sum()))


def _firm_group(name: str) -> Words:
    return lambda h: spelled(_firm(_all(h)[_all(h)["group"] == name]), NONE)


def _answered(found: pd.DataFrame) -> pd.Series:
    """Whether Pakistan or Israel says, or denies, that it happened."""
    return (found["said_by"] + found["denied_by"]).str.contains("Pakistan|Israel")


def _channel(h: History) -> pd.DataFrame:
    return cached(h, "goods channels", lambda: goods.channels(h))


NUMBERS: dict[str, Words] = {
    "goods-all": lambda h: count(len(_all(h))),
    "goods-unread": lambda h: out_of(int(_all(h)["unread"].sum()), len(_all(h))),
    "goods-channel": lambda h: out_of(int(_channel(h)["coded"].sum()), len(_channel(h))),
    "goods-between": lambda h: count(len(_between(h))),
    "goods-between-firm": lambda h: spelled(_firm(_between(h)), NONE),
    "goods-between-attested": _graded("attested"),
    "goods-between-alleged": _graded("alleged"),
    "goods-between-mentions": lambda h: count(int(_between(h)["mentions"].sum())),
    "goods-between-lines": lambda h: count(int(_between(h)["lines"].sum())),
    "goods-between-two": lambda h: spelled(int((_between(h)["lines"] > 1).sum()), NONE),
    "goods-between-denied": lambda h: count(int((_between(h)["denied_by"] != "").sum())),
    "goods-between-unanswered": lambda h: count(int((~_answered(_between(h))).sum())),
    "goods-to-pakistan": _group("to_pakistan"),
    "goods-to-india": _group("to_india"),
    "goods-to-pakistan-firm": _firm_group("to_pakistan"),
    "goods-to-india-firm": _firm_group("to_india"),
}
