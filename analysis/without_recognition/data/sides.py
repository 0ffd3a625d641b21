"""Which of the two states takes part in what."""

from __future__ import annotations

from without_recognition.data.dataset import History

STATES = ("pakistani", "israeli")
BY_OFFICIALS = ("official", "through_others")  #: values of `contact` that findings count
CONTACTS = (*BY_OFFICIALS, "unofficial")  #: those that are contacts at all
NOT_ACTING = frozenset({"target"})  #: roles of those to whom something is done


def both_acting(history: History) -> set[str]:
    """Ids of the events in which a Pakistani and an Israeli participant both act.

    >>> from without_recognition import load
    >>> "2005-istanbul-meeting" in both_acting(load())
    True
    """
    people = history.participants[~history.participants["role"].isin(NOT_ACTING)]
    side = people["actor_id"].map(history.whole.actors["side"])
    first, second = (set(people.loc[side == state, "event_id"]) for state in STATES)
    return first & second
