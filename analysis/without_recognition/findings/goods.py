"""Goods, arms and spyware: what is said to have passed, between whom, and which state says so or denies it.

Every measure takes a History (narrowed or not) and the Rules; tidy DataFrames out. Which events belong here, and as
what, says the series goods-and-arms.
"""

from __future__ import annotations

import pandas as pd

from without_recognition import evidence
from without_recognition.data import dates, series
from without_recognition.data.dataset import History
from without_recognition.evidence import Rules, Testimony

GROUPS = {
    "goods": "Goods",
    "to_pakistan": "Arms to Pakistan, or by way of it",
    "to_india": "Arms to India",
    "surveillance": "Spyware and telephone tools",
    "from_pakistan": "Arms from Pakistan",
}
STATES = {"pakistani": "Pakistan", "israeli": "Israel", "indian": "India"}
PAIR = frozenset({"pakistan", "israel"})
CHANNELS = ("trade", "military")  #: where such events mostly stand, with others


def passings(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """The coded events of a History, indexed by event_id, by group and then by time.

    Columns: title, date, earliest, latest; what, giver, receiver, kind (series goods-and-arms), group; grade, status,
    lines, mentions, unread (whether an original behind it was not read); said_by and denied_by (states that speak on
    whether it happened, with a comma between).
    """
    coded = series.read("goods-and-arms", history).set_index("event_id")
    w, found = evidence.weigh(history, rules), evidence.events(evidence.graded(history), rules)
    found = found[found.index.isin(coded.index)]
    spans = [dates.parse(d) for d in found["date"]]
    told = [w.rows[event_id, "occurrence", "", ""] for event_id in found.index]
    found = (
        found[["title", "date", "grade", "status", "lines", "mentions", "warnings"]]
        .join(coded)
        .rename_axis("event_id")
    )
    found = found.assign(
        earliest=[s.earliest for s in spans],
        latest=[s.latest for s in spans],
        sort=[s.sort_key for s in spans],
        unread=["unseen_origin" in words.split() for words in found["warnings"]],
        group=[group(r.what, r.giver, r.receiver) for r in found.itertuples()],
        said_by=[_states(rows.get("affirms", [])) for rows in told],
        denied_by=[_states(rows.get("denies", [])) for rows in told],
    )
    found["place"] = found["group"].map(list(GROUPS).index)
    return found.sort_values(["place", "sort", "event_id"]).drop(columns=["place", "sort", "warnings"])


def group(what: str, giver: str, receiver: str) -> str:
    """Where an event stands on the page: goods and tools each together, arms by their way.

    >>> group("arms", "israel", "india"), group("arms", "pakistan", "israel"), group("goods", "israel", "pakistan")
    ('to_india', 'from_pakistan', 'goods')
    """
    if what != "arms":
        return what
    if giver == "pakistan":
        return "from_pakistan"
    return "to_india" if receiver == "india" else "to_pakistan"


def between(found: pd.DataFrame) -> pd.DataFrame:
    """Of `passings`, what is said to have been supplied by one of the two states' sides to the other's."""
    rows = zip(found["giver"], found["receiver"], found["kind"])
    return found[[{giver, receiver} == PAIR and kind == "supply" for giver, receiver, kind in rows]]


def _states(rows: list[Testimony]) -> str:
    """The states among those who speak, as 'Israel, Pakistan'."""
    return ", ".join(sorted({STATES[r.side] for r in rows if r.state_voice and r.side in STATES}))


def channels(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """The graded events of the channels in which goods and arms mostly stand:
    title, channel, coded (among `passings`)."""
    found = evidence.events(evidence.graded(history), rules)
    found = found[found["channel"].isin(CHANNELS)]
    return found[["title", "channel"]].assign(coded=found.index.isin(passings(history, rules).index))
