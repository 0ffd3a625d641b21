"""Grades, statuses and flags of every proposition: pure functions of a History and of the table of rules.

Two answers, never one: the *grade* is the strength of what affirms a proposition, the *status* is what stands against
it.
"""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from reprlib import repr as shortened
from typing import Any

import pandas as pd

from without_recognition.data import dates
from without_recognition.data.dataset import History, column_cells, records
from without_recognition.data.graded import SINGLE_VALUED, is_frame, is_graded
from without_recognition.data.messages import printable
from without_recognition.data.number_words import counted
from without_recognition.evidence import flags
from without_recognition.evidence.lines import BOOK, Key, Lines, Testimony, line_keys
from without_recognition.evidence.rules import FIRM, NEGATIVE, Evidence, Rules, grade, status


@dataclass(frozen=True, repr=False)
class Judgement:
    """What the rules say of one proposition, with the rules that fired and the rows they rest on.

    >>> from without_recognition import load
    >>> load().event("1947-jinnah-truman").judgement.grade_rule
    'G1a'
    """

    event_id: str
    aspect: str
    of: str
    value: str
    grade: str
    grade_rule: str
    status: str
    status_rule: str
    flags: tuple[str, ...]
    lines: int
    mentions: int
    affirms: tuple[Testimony, ...] = field(repr=False)
    denies: tuple[Testimony, ...] = field(repr=False)
    doubts: tuple[Testimony, ...] = field(repr=False)
    rivals: tuple[tuple[str, str], ...]  #: (value, grade) of each rival value
    speaking: tuple[str, ...]  #: sides of the event whose own people said so without any defect
    frame: bool = (
        False  #: the occurrence of a frame fact: `grade` serves rivals and denials, and is not shown
    )

    @property
    def key(self) -> Key:
        return (self.event_id, self.aspect, self.of, self.value)

    def __repr__(self) -> str:
        what = " ".join(filter(None, self.key))
        lines, mentions = counted(self.lines, "line"), counted(self.mentions, "mention")
        grade = "frame fact, not graded" if self.frame else f"{self.grade} ({self.grade_rule})"
        return f"<Judgement {what}: {grade}, {self.status} ({self.status_rule}); {lines}, {mentions}>"

    def _repr_html_(self) -> str:
        """The answer, and a row for each testimony."""
        cells = [
            (row.stance, row.source_id, row.basis, ", ".join(sorted(row.defects)), "" if row.counts else "no")
            for row in (*self.affirms, *self.denies, *self.doubts)
        ]
        head = ("stance", "source", "basis", "defects", "counts")
        table = pd.DataFrame(cells, columns=head).to_html(index=False, border=0, justify="left")
        return f"<p>{escape(repr(self)[1:-1])}</p>{table}"


class Weighing(Lines):
    """All propositions of a History, weighed once under one set of rules."""

    @cached_property
    def rows(self) -> dict[Key, dict[str, list[Testimony]]]:
        """Proposition -> stance -> rows; rows whose source or root took the claim back are gone."""
        out: dict[Key, dict[str, list[Testimony]]] = {}
        for p, stances in self.claims_by_proposition.items():
            rows = {stance: [self.testimony(c) for c in ids] for stance, ids in stances.items()}
            withdrawn = {r.root for r in rows.get("retracts", ())}
            if withdrawn:
                rows["affirms"] = [
                    r for r in rows.get("affirms", ()) if not {r.source_id, r.root} & withdrawn
                ]
            out[p] = rows
        return out

    @cached_property
    def graded(self) -> dict[Key, tuple[str, str]]:
        return {
            p: grade(
                rows["affirms"], frozenset(self.sides[p[0]]), self.rules, denial=(p[1], p[3]) in NEGATIVE
            )
            for p, rows in self.rows.items()
            if rows.get("affirms")
        }

    @cached_property
    def _siblings(self) -> dict[tuple[str, str, str], list[Key]]:
        out = defaultdict(list)
        for p in self.graded:
            out[p[:3]].append(p)
        return out

    def rivals(self, p: Key) -> list[Key]:
        """Other affirmed values that cannot be true together with this one."""
        if p[1] not in SINGLE_VALUED:
            return []
        others = (q for q in self._siblings.get(p[:3], ()) if q != p and not compatible(p[1], p[3], q[3]))
        return [q for q in others if not self._is_variance(p, q)]

    def _is_variance(self, p: Key, q: Key) -> bool:
        """Both values come from one root alone: its relayers vary, nobody disputes."""
        roots = {row.root for each in (p, q) for row in self.rows[each].get("affirms", ())}
        relayed = all(
            row.source_id != row.root for each in (p, q) for row in self.rows[each].get("affirms", ())
        )
        return len(roots) == 1 and relayed

    @cached_property
    def judgements(self) -> dict[Key, Judgement]:
        """Every proposition that somebody affirms, denies or doubts."""
        return {p: self._judge(p) for p in sorted(self.rows)}

    def _judge(self, p: Key) -> Judgement:
        rows = self.rows[p]
        affirms, denies, doubts = (rows.get(s, []) for s in ("affirms", "denies", "doubts"))
        own, rule = self.graded.get(p, ("alleged", "G4"))
        rivals = self.rivals(p)
        state, state_rule = status(
            own, denies, [(self.graded[q][0], self.rows[q]["affirms"]) for q in rivals], self.rules
        )
        return Judgement(
            *p,
            own,
            rule,
            state,
            state_rule,
            tuple(flags.raised(self, p)),
            len(line_keys(affirms)),
            len(affirms),
            tuple(affirms),
            tuple(denies),
            tuple(doubts),
            tuple((q[3], self.graded[q][0]) for q in rivals),
            tuple(sorted(Evidence(affirms, frozenset(self.sides[p[0]]), self.rules).speaking)),
            p[1] == "occurrence" and is_frame(self.events[p[0]]),
        )

    def part(self, **changed: Any) -> Weighing:
        """A weighing that shares everything with this one but what is changed, and has judged nothing yet.

        changed: rules, events, claims_by_proposition, or rows (then only their propositions are judged).
        """
        made = copy(self)
        for name in ("rows", "judgements", "graded", "_siblings"):
            made.__dict__.pop(name, None)
        made.__dict__.update(changed)
        return made

    @cached_property
    def silent(self) -> set[str]:
        s = self.searches
        return set(
            s[
                (s["expected"] == "yes")
                & (s["coverage"] == "whole")
                & (s["result"] == "nothing")
                & (s["looked_for"] != "denial")
            ]["event_id"]
        ) - {""}

    def is_belied(self, event_id: str) -> bool:
        """A statement that denies what is at least corroborated and stands (or asserts what is contradicted)."""
        about = self.events[event_id]["about"]
        p = (about, "occurrence", "", "")
        if not about or p not in self.rows:
            return False
        own = self.graded.get(p, ("alleged", ""))[0]
        denies = self.rows[p].get("denies", [])
        state, _ = status(own, denies, [], self.rules)
        said = {
            r.stance
            for rows in self.rows[p].values()
            for r in rows
            if self.claims[r.claim_id]["speaker"] in self.speakers[event_id]
        }
        if "denies" in said:
            return own in FIRM and state in ("unchallenged", "challenged")
        return "affirms" in said and state == "contradicted"


def compatible(aspect: str, a: str, b: str) -> bool:
    """Whether two values of a single-valued aspect can both be right: overlapping dates or number ranges."""
    if aspect == "date":
        return dates.overlap(a, b)
    if aspect == "count":
        (low_a, high_a), (low_b, high_b) = _range(a), _range(b)
        return low_a <= high_b and low_b <= high_a
    return a == b


def _range(text: str) -> tuple[float, float]:
    low, _, high = text.partition("/")
    return float(low), float(high or low)


def weigh(history: History, rules: Rules | None = None) -> Weighing:
    """The weighing of the whole dataset, computed once a History and set of rules (default: those of the History)."""
    whole = history.whole
    rules = rules or whole.rules or BOOK
    if rules not in whole.memo:
        whole.memo[rules] = Weighing(whole, rules)
    weighing: Weighing = whole.memo[rules]
    return weighing


def check_given(function: str, history: object, rules: object = None) -> None:
    """Raises TypeError where what `function` of the door was given is no History, or no Rules."""
    if not isinstance(history, History):
        given, wanted = history, "a History, such as load() returns"
    elif not (rules is None or isinstance(rules, Rules)):
        given, wanted = rules, "Rules, such as Rules(near=183)"
    else:
        return
    raise TypeError(
        f"{function}() takes {wanted}, not {printable(shortened(given))} ({type(given).__name__})"
    )


def judge(
    history: History, event_id: str, aspect: str = "occurrence", of: str = "", value: str = ""
) -> Judgement:
    """One judgement. Raises KeyError where nobody says anything of that proposition."""
    return weigh(history).judgements[event_id, aspect, of, value]


def graded(history: History) -> History:
    """`history` without frame facts and arenas (see `is_graded`): a History, made once.

    With an event go its claims and participants, and every source that tells of nothing else; searches,
    people and rulings stay. Weighing is still that of the whole edition.
    """
    if "graded" not in history.memo:
        kept = [is_graded(row) for row in records(history.table("events"))]
        history.memo["graded"] = history if all(kept) else _narrowed(history, kept)
    narrowed: History = history.memo["graded"]
    return narrowed


def _narrowed(history: History, kept: list[bool]) -> History:
    events, claims = history.table("events")[kept], history.claims
    stays = claims["event_id"].isin(events.index)
    claims, gone = claims[stays], claims[~stays]
    cited, dropped = ({*column_cells(t, "source_id"), *column_cells(t, "origin")} for t in (claims, gone))
    people, sources = history.participants, history.sources
    narrowed = history._part(
        events=events,
        claims=claims,
        participants=people[people["event_id"].isin(events.index)],
        sources=sources[~sources.index.isin(dropped - cited)],
    )
    narrowed.memo["graded"] = narrowed
    return narrowed


def occurrences(history: History, rules: Rules | None = None) -> dict[str, Judgement]:
    """event_id -> the judgement of its occurrence, for the graded events of `history` of which anybody speaks."""
    return _occurrences(graded(history), rules)


def _occurrences(history: History, rules: Rules | None) -> dict[str, Judgement]:
    judged = weigh(history, rules).judgements
    keys = (
        (event_id, "occurrence", "", "") for event_id in column_cells(history.table("events"), "event_id")
    )
    return {p[0]: judged[p] for p in keys if p in judged}


WEIGHED = ["grade", "grade_rule", "status", "status_rule", "warnings", "lines", "mentions"]
COLUMNS = ["event_id", "aspect", "of", "value", *WEIGHED]


def _weighed(j: Judgement) -> list[object]:
    """The columns WEIGHED of a judgement; of a frame fact grade and rule are empty."""
    given = ("", "") if j.frame else (j.grade, j.grade_rule)
    return [*given, j.status, j.status_rule, " ".join(j.flags), j.lines, j.mentions]


def propositions(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """One row a proposition of `history` (a chapter or the whole).

    Columns: event_id, aspect, of, value ("" for the occurrence); grade and status and the ids of their rules,
    grade_rule and status_rule (grade and grade_rule of a frame fact are empty); warnings (the words of its flags);
    lines (independent witnesses), mentions (claims that affirm it). Raises TypeError for another thing.

    >>> from without_recognition import load, propositions
    >>> propositions(load().chapter("telegram")).columns.tolist()[:5]
    ['event_id', 'aspect', 'of', 'value', 'grade']
    """
    check_given("propositions", history, rules)
    told = set(history.table("events").index)
    rows = [[*p, *_weighed(j)] for p, j in weigh(history, rules).judgements.items() if p[0] in told]
    return pd.DataFrame(rows, columns=COLUMNS)


def events(history: History, rules: Rules | None = None) -> pd.DataFrame:
    """The events table with grade, status, flags, lines, mentions of the occurrence; indexed by event_id.

    For lists of pages: it has every row, frame facts (whose grade is empty) and arenas included.
    """
    found = _occurrences(history, rules)
    rows = [_weighed(j) for j in found.values()]
    return history.table("events").join(pd.DataFrame(rows, columns=WEIGHED, index=list(found)))
