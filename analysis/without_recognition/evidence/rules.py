"""The table of rules: what a basis means, what makes a grade and a status, what is flagged.

Every rule has an id, a name, the sentences that cards, legend and method page show, and the predicate that decides.
They print from here (flags, which see more than testimonies, from the table in `flags`); nothing else words a rule, and
where a page or the codebook must, a test compares. `grade` and `status` are the first rule that holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from numbers import Integral

from without_recognition.data.number_words import spelled
from without_recognition.evidence.independence import Witness, independent

GRADES = ("documented", "corroborated", "attested", "alleged")
FIRM = ("documented", "corroborated")
STATUSES = ("unchallenged", "challenged", "disputed", "contradicted")
CONTEMPORARY, NEAR, LATE = 31, 366, 7305  #: days (L4)

#: Values that say that something was not so: what bars denials from documenting bars them too.
NEGATIVE = frozenset({("official_character", "private"), ("priority", "not-first")})


@dataclass(frozen=True)
class Rules:
    """What a reader may vary: days after the event up to which a testimony is contemporary, near, not late; and who is
    one witness with whom (RECOUNTS). Raises TypeError for what is no whole day or no answer,
    ValueError for days below 0.

    >>> from without_recognition import Rules
    >>> Rules(near=183).late, Rules(army_apart=True).each_text_once
    (7305, False)
    """

    contemporary: int = CONTEMPORARY
    near: int = NEAR
    late: int = LATE
    each_text_once: bool = False
    army_apart: bool = False

    def __post_init__(self) -> None:
        """Raises TypeError and ValueError for what would be compared and mean nothing."""
        for each in fields(self):
            value, truth = getattr(self, each.name), each.type in (bool, "bool")
            if truth != isinstance(value, bool) or not isinstance(value, Integral):
                wanted = "True or False" if truth else "whole days, such as 183"
                raise TypeError(f"Rules: {each.name} takes {wanted}, not {value!r}")
            if value < 0:
                raise ValueError(f"Rules: {each.name} takes days from 0 on, not {value!r}")


@dataclass(frozen=True)
class Recount:
    """Another answer to the question who is one witness: a field of Rules, its name, the sentence that says it."""

    field: str
    name: str
    method: str


RECOUNTS = (
    Recount(
        "each_text_once",
        "each published text once",
        "papers that print one release, post or speech are one witness, even where they agree in quotation marks alone",
    ),
    Recount(
        "army_apart",
        "army and Foreign Office of Pakistan as two voices",
        "Pakistan's armed forces and its intelligence service speak for themselves, beside its ministries, "
        "its missions and whoever governs",
    ),
)


# --- how a speaker knows --------------------------------------------------------------------------
@dataclass(frozen=True)
class Basis:
    """What one way of knowing is worth (L3, L4); in words: `worth`."""

    id: str
    words: str  #: in a list of witnesses
    method: str  #: on the method page: what it is
    counts: bool  #: can make a line of evidence
    fades: str  #: weaker when told late: "yes", "no", or "unread" (only if its own source was not read)
    close_when_late: bool  #: still close to the event when told late
    third_party: bool  #: a third party's word, not that of one concerned


_TRACE = "a trace of the act itself: a letter, minutes, a vote, a register, a recording"
_OFFICE = "an institution, or a named person then in office, on its own conduct, property or staff"
_THERE = "a named person who took part"
_CITES = "a work that draws on evidence and cites it"
_REPORTS = "what a paper, an agency or a broadcaster found out by itself near the event"
_UNNAMED = "somebody whose name is not given"
_REASONS = "a conclusion, an accusation about another's acts, a denial because law or policy forbids it"
_HEARD = "told by somebody who was not near and does not say from whom he has it"
BASES = {
    basis.id: basis
    for basis in (
        Basis("record", "a record of the act", _TRACE, True, "no", True, True),
        Basis("official", "spoke in office", _OFFICE, True, "yes", True, False),
        Basis("participant", "took part", _THERE, True, "yes", True, False),
        Basis("study", "a study that cites evidence", _CITES, True, "unread", True, True),
        Basis("reported", "its own reporting", _REPORTS, True, "yes", False, True),
        Basis("anonymous", "unnamed informant", _UNNAMED, True, "yes", False, False),
        Basis("inference", "inference", _REASONS, False, "no", False, False),
        Basis("hearsay", "hearsay", _HEARD, False, "no", False, False),
    )
}  #: from the firmest to the weakest

FORGIVEN = 1  #: so many defects a testimony may have and still count
UNRELIABLE, WEAK = "E", ("D", "F")  #: Admiralty letters


@dataclass(frozen=True)
class Defect:
    """What weakens a testimony."""

    id: str
    words: str  #: in a list of witnesses
    method: str  #: on the method page: when


_LATER = "it was told more than a year after the event, and is of a kind that time weakens"
DEFECTS = {
    defect.id: defect
    for defect in (
        Defect(
            "unread", "known only through another source", "we did not read the source that it goes back to"
        ),
        Defect("anonymous", "unnamed informant", "the informant is not named"),
        Defect("retrospective", "told over a year later", _LATER),
        Defect("weak", "weak source", f"the source has the letter {' or '.join(WEAK)} for reliability"),
    )
}
COUNTING = (
    f"A testimony counts if its kind can count, it has no more than {spelled(FORGIVEN)} of these defects, and its "
    f"source does not have the letter {UNRELIABLE}, unreliable"
)


# --- grades ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Evidence:
    """What affirms a proposition, or what denies it (`denial`): the question that the rules of grades answer."""

    rows: Sequence[Witness]
    sides: frozenset[str]  #: of those who took part
    rules: Rules
    denial: bool = False  #: it denies, or affirms that something was not so

    @cached_property
    def counting(self) -> list[Witness]:
        return [row for row in self.rows if row.counts]

    @cached_property
    def lines(self) -> set[tuple[str, str]]:
        """The independent witnesses."""
        return independent(self.counting)

    @property
    def is_one_text(self) -> bool:
        """The saying is a published text, and only papers that carry it were read."""
        return any(row.as_text for row in self.counting)

    @cached_property
    def speaking(self) -> set[str]:
        """The sides of the event whose own people said so without any defect."""
        own = {r.side for r in self.counting if r.basis in ("participant", "official") and not r.defects}
        return own & self.sides

    def has_record(self) -> bool:
        """A record of the act was read and is not weak."""
        return any(r.basis == "record" and not r.defects & {"unread", "weak"} for r in self.counting)

    def has_close_witness(self) -> bool:
        """One was read, is named, and is contemporary or of a kind that stays close when told late."""
        return any(
            not r.defects & {"unread", "anonymous"}
            and (r.days <= self.rules.contemporary or BASES[r.basis].close_when_late)
            for r in self.counting
        )


@dataclass(frozen=True)
class Rule:
    """One row of the table."""

    id: str
    name: str  #: the grade or status that it gives
    legend: str  #: in legend and glossary: what the name says
    card: str  #: on cards and in `explain`: why
    method: str  #: on the method page: when
    holds: Callable[..., bool]
    opening: str = ""  #: at the head of a card, where that does not count witnesses
    happened: str = ""  #: in place of `card` where the question is whether a thing happened
    unruled: str = ""  #: of a dispute: why it needs no ruling


_READ = "a record of the act itself was read"
_TWO = "two or more independent witnesses, one of them close to it"
_TOLD = "it is said, but by nobody whose word can count"
GRADE_RULES = (
    Rule(
        "G1a", "documented", _READ, _READ, f"{_READ} and is not weak", lambda e: e.has_record(), opening=_READ
    ),
    Rule(
        "G1b",
        "documented",
        "two sides of the event said so within a year",
        "participants or officials of two sides said so within a year",
        "participants or officials of two sides of the event said so within a year, each without any defect; two who "
        "deny a thing together, or call it private or not the first, do not document that",
        lambda e: not e.denial and not e.is_one_text and len(e.speaking) >= 2,
        opening="{sides} sides said so within a year: {named}",
    ),
    Rule(
        "G2",
        "corroborated",
        _TWO,
        _TWO,
        "two lines or more, one of which was read, is not anonymous, and is either contemporary or a record, a "
        "participant, an official or a study; papers that carry one published text never pass this",
        lambda e: not e.is_one_text and len(e.lines) >= 2 and e.has_close_witness(),
    ),
    Rule(
        "G3",
        "attested",
        "at least one witness whose word counts",
        "at least one witness, but not two independent ones of which one is close",
        "one line or more; unnamed informants alone never pass this",
        lambda e: bool(e.counting),
    ),
    Rule(
        "G4",
        "alleged",
        _TOLD,
        _TOLD,
        "somebody says so, and nobody whose word can count",
        lambda e: True,
        opening="it is told, but no witness whose word can count was found",
        unruled="no witness whose word can count stands behind any of it",
    ),
)
BY_ID: dict[str, Rule] = {}  #: every rule of grades and statuses, filled below


def grade(
    rows: Sequence[Witness], sides: frozenset[str], rules: Rules | None = None, *, denial: bool = False
) -> tuple[str, str]:
    """(grade, id of the rule) of the testimonies that affirm, or with `denial` deny, one proposition."""
    evidence = Evidence(rows, sides, rules or Rules(), denial)
    rule = next(rule for rule in GRADE_RULES if rule.holds(evidence))
    return rule.name, rule.id


def rank(name: str) -> int:
    """How strong a grade is: 4 documented ... 1 alleged."""
    return len(GRADES) - GRADES.index(name)


# --- statuses -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Opposition:
    """What stands against a proposition of grade `own`: denials, and (grade, testimonies) of each rival value."""

    own: str
    denials: Sequence[Witness]
    rivals: Sequence[tuple[str, Sequence[Witness]]]
    rules: Rules

    @cached_property
    def denied_as(self) -> str | None:
        """The grade of the denials together."""
        return grade(self.denials, frozenset(), self.rules, denial=True)[0] if self.denials else None

    def is_none(self) -> bool:
        return not self.denials and not self.rivals

    def is_better(self) -> bool:
        """Better evidence, a third party's among it; a documented rival needs none."""
        denied = self.denied_as
        if denied and rank(denied) > rank(self.own) and has_third_party(self.denials):
            return True
        return any(
            rank(rival) > rank(self.own)
            and (rival == "documented" or (rival == "corroborated" and has_third_party(rows)))
            for rival, rows in self.rivals
        )

    def is_as_strong(self) -> bool:
        against = [rank(rival) for rival, _ in self.rivals] + (
            [rank(self.denied_as)] if self.denied_as else []
        )
        return self.own != "alleged" and max(against) >= rank(self.own)


def has_third_party(rows: Iterable[Witness]) -> bool:
    """Whether one who is not concerned is among those that count."""
    return any(row.counts and BASES[row.basis].third_party for row in rows)


_WEAKER = "something weaker stands against it"
STATUS_RULES = (
    Rule(
        "S1",
        "unchallenged",
        "nothing stands against it",
        "nobody denies it and no other value is claimed",
        "neither a denial nor a rival value",
        lambda o: o.is_none(),
        happened="nobody denies that it happened",
    ),
    Rule(
        "S2",
        "contradicted",
        "something stronger stands against it",
        "better evidence, a third party's among it, stands against it",
        "the evidence against it is better and a third party's is in it, or a rival is documented",
        lambda o: o.is_better(),
        unruled="the better evidence stands against it",
    ),
    Rule(
        "S3",
        "disputed",
        "something as strong stands against it",
        "what stands against it is as strong as what stands for it",
        "what stands against it is as strong, and it is more than alleged",
        lambda o: o.is_as_strong(),
    ),
    Rule(
        "S4a",
        "challenged",
        _WEAKER,
        "something stands against it, and nothing whose word can count stands for it",
        "something stands against what is only alleged",
        lambda o: o.own == "alleged",
    ),
    Rule(
        "S4",
        "challenged",
        _WEAKER,
        "something stands against it, but weaker than what stands for it",
        "something stands against it, and none of the above holds",
        lambda o: True,
        unruled="what stands against it is weaker",
    ),
)
BY_ID.update({rule.id: rule for rule in (*GRADE_RULES, *STATUS_RULES)})


def status(
    own: str,
    denials: Sequence[Witness],
    rivals: Sequence[tuple[str, Sequence[Witness]]],
    rules: Rules | None = None,
) -> tuple[str, str]:
    """(status, id of the rule) of a proposition of grade `own`."""
    opposition = Opposition(own, denials, rivals, rules or Rules())
    rule = next(rule for rule in STATUS_RULES if rule.holds(opposition))
    return rule.name, rule.id


NO_GRADE = "it has sources, no grade"  #: what is said of a frame fact

#: For legend and glossary: what each grade and status says, and what has no grade.
LEGEND = {
    name: ", or ".join(dict.fromkeys(rule.legend for rule in BY_ID.values() if rule.name == name))
    for name in (*GRADES, *STATUSES)
} | {"frame fact": f"it frames the story, the two did not meet in it; {NO_GRADE}"}
