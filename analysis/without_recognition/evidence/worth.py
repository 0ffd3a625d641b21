"""What each way of knowing is worth, in words: from its four properties, and from the grades that the rules give it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from without_recognition.evidence.rules import BASES, DEFECTS, FORGIVEN, GRADES, Basis, grade

SIDES = frozenset({"one", "other"})
WEAKER = {  #: by `Basis.fades`: when it has the defect of having been told late
    "yes": "if told more than a year after the event",
    "unread": "if we have it only through another source that wrote more than a year after the event",
}
CLOSE = {
    True: "Close to the event whenever it is told",
    False: "Close to the event only if told within a month",
}


@dataclass(frozen=True)
class Sample:
    """A testimony with which the rules are tried: told at once, read by us, without a defect but that of its kind."""

    basis: str
    side: str
    name: str
    days: int = 0
    state_voice: bool = False
    texts: frozenset[str] = frozenset()
    as_text: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return "actor", self.name

    @property
    def defects(self) -> frozenset[str]:
        return frozenset({self.basis} & DEFECTS.keys())

    @property
    def counts(self) -> bool:
        return BASES[self.basis].counts


def makes(basis: str) -> tuple[str, str, str]:
    """The grades that one testimony of this kind makes, two of one side, and two of both sides of the event.

    >>> makes("participant"), makes("anonymous")
    (('attested', 'corroborated', 'documented'), ('attested', 'attested', 'attested'))
    """
    one, two, across = Sample(basis, "one", "a"), Sample(basis, "one", "b"), Sample(basis, "other", "b")
    alone, together, both = (grade(rows, SIDES)[0] for rows in ([one], [one, two], [one, across]))
    return alone, together, both


def worth(basis: Basis) -> Iterator[str]:
    """Sentences: whether it counts, what time does to it, when it is close, whose word it is, what it can make."""
    if basis.counts:
        yield from _in_time(basis)
        yield "Never close to it" if basis.id in DEFECTS else CLOSE[basis.close_when_late]
    else:
        yield "Never counts"
    if basis.third_party:
        yield "The word of a third party"
    yield _made(*makes(basis.id))


def _in_time(basis: Basis) -> Iterator[str]:
    """Whether it counts, told soon or late."""
    when = WEAKER.get(basis.fades)
    defects = 1 + (basis.id in DEFECTS) + (basis.fades == "unread")
    if when and defects > FORGIVEN:
        yield f"Counts, but not {when}"
    else:
        yield "Counts"
        yield f"Weaker {when}" if when else "Loses nothing with time"


def _made(alone: str, together: str, both: str) -> str:
    """What `makes` gives, in a sentence."""
    told = f"One makes a thing {alone}"
    if alone == together == both:
        return told + ("" if alone == GRADES[0] else ", and more of them no better")
    if together != alone:
        told += f"; two that are independent, {together}"
    return told + (f"; two from both sides of the event, {both}" if both != together else "")
