"""What a reader is warned of beside grade and status: the part of the table of rules that sees a whole proposition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from without_recognition.data import dates

if TYPE_CHECKING:
    from without_recognition.evidence.lines import Key, Testimony
    from without_recognition.evidence.weighing import Weighing

PARTIES = ("israeli", "pakistani")


class Case:
    """One proposition as the flags see it."""

    def __init__(self, weighing: Weighing, p: Key):
        self.weighing, self.p, self.rows = weighing, p, weighing.rows[p]
        self.affirms: list[Testimony] = self.rows.get("affirms", [])
        self.counting = [row for row in self.affirms if row.counts]

    @property
    def carrying(self) -> list[Testimony]:
        """What counts, or where nothing does, all that affirms."""
        return self.counting or self.affirms

    @cached_property
    def is_late(self) -> bool:
        if not self.affirms or any(r.basis == "record" for r in self.affirms):
            return False
        latest = dates.parse(self.weighing.events[self.p[0]]["date"]).latest
        return (min(r.written for r in self.affirms) - latest).days > self.weighing.rules.late

    @property
    def has_record(self) -> bool:
        return any(r.basis == "record" for r in self.counting)

    @property
    def concerns_living(self) -> bool:
        actors = self.weighing.actors
        return bool(self.weighing.events[self.p[0]]["sensitive"]) and any(
            actors[a]["type"] == "person" and not actors[a]["died"] for a in self.weighing.people[self.p[0]]
        )

    def lacks(self, side: str) -> bool:
        """Both states took part, no record was read, and nobody of `side` says so."""
        return (
            bool(self.counting)
            and not any(r.basis == "record" for r in self.counting)
            and set(PARTIES) <= self.weighing.sides[self.p[0]]
            and not any(r.side == side for r in self.counting)
        )

    @property
    def is_occurrence(self) -> bool:
        return self.p[1] == "occurrence"


@dataclass(frozen=True)
class Flag:
    """One row of the table: the id in the data, the words beside a grade, when it is raised, in words and as a test."""

    id: str
    words: str
    method: str  #: on the method page
    raised: Callable[[Case], bool]


TABLE = (
    Flag(
        "officially_denied",
        "a state denies it",
        "a state denies it, through one of its bodies or somebody in office",
        lambda c: any(r.state_voice for r in c.rows.get("denies", ())),
    ),
    Flag(
        "anonymous_only",
        "unnamed informants only",
        "all that counts for it, or where nothing counts all that is said for it, comes from unnamed informants",
        lambda c: bool(c.carrying) and all(r.basis == "anonymous" for r in c.carrying),
    ),
    Flag(
        "unseen_origin",
        "rests on sources that we could not read",
        "all that counts for it, or where nothing counts all that is said for it, "
        "goes back to sources that we did not read",
        lambda c: bool(c.carrying) and all("unread" in r.defects for r in c.carrying),
    ),
    Flag(
        "one_text",
        "one published text, read through those who carry it",
        "the saying is a published text, and only papers that carry it were read",
        lambda c: bool(c.counting) and not c.has_record and any(r.as_text for r in c.counting),
    ),
    Flag(
        "late",
        "first told more than twenty years later",
        "no record affirms it, and the first who says so wrote more than twenty years after the event",
        lambda c: c.is_late,
    ),
    Flag(
        "doubted",
        "somebody doubts it",
        "somebody doubts it and does not deny it",
        lambda c: bool(c.rows.get("doubts")),
    ),
    Flag(
        "retracted",
        "a source took it back",
        "a source took back what it had said",
        lambda c: bool(c.rows.get("retracts")),
    ),
    Flag(
        "living_person",
        "concerns a living person",
        "it alleges something discreditable, and a person who is said to have taken part is alive",
        lambda c: c.concerns_living,
    ),
    Flag(
        "no_israeli_line",
        "no Israeli witness",
        "both states took part, there is no record, and of those who count none speaks for Israel",
        lambda c: c.lacks("israeli"),
    ),
    Flag(
        "no_pakistani_line",
        "no Pakistani witness",
        "both states took part, there is no record, and of those who count none speaks for Pakistan",
        lambda c: c.lacks("pakistani"),
    ),
    Flag(
        "belied",
        "better evidence contradicts what was said",
        "the event is a statement that denies what is documented or corroborated and not disputed, "
        "or asserts what is contradicted",
        lambda c: c.is_occurrence and c.weighing.is_belied(c.p[0]),
    ),
    Flag(
        "silent_where_expected",
        "a source that should mention it does not",
        "a source that should mention it was read whole and does not",
        lambda c: c.is_occurrence and c.p[0] in c.weighing.silent,
    ),
)
WORDS = {flag.id: flag.words for flag in TABLE}


def raised(weighing: Weighing, p: Key) -> Iterator[str]:
    """The ids of the flags of one proposition, in the order of the table."""
    case = Case(weighing, p)
    return (flag.id for flag in TABLE if flag.raised(case))
