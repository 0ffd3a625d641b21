"""What is graded: which events count, and of which aspects one value is right.
Asked by rules of tables and of evidence."""

from __future__ import annotations

from collections.abc import Mapping

FRAME = "context"  #: the channel of frame facts

#: Aspects of which one value at most is right.
SINGLE_VALUED = frozenset(
    {
        "date",
        "place",
        "role",
        "organisation",
        "count",
        "initiator",
        "priority",
        "means",
        "official_character",
    }
)


def is_frame(event: Mapping[str, str]) -> bool:
    """Whether a row of events is a frame fact: it has sources, and its occurrence no grade."""
    return event["channel"] == FRAME


def is_graded(event: Mapping[str, str]) -> bool:
    """Whether a row of events counts among the graded events of findings and figures.

    Left out are frame facts, and the events of an arena: records coded whole, one event a sitting or speech,
    where the text is the event. They keep their grade on pages and swell no count of grades.
    """
    return not is_frame(event) and not event["arena"]
