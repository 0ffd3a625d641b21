"""Lines of evidence: where each claim comes from, on whose word, and which claims are one witness (L1-L4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from without_recognition.data import dates
from without_recognition.data.dataset import History, by_key
from without_recognition.data.origins import EvidenceError, Origins
from without_recognition.evidence.independence import independent
from without_recognition.evidence.rules import BASES, FORGIVEN, UNRELIABLE, WEAK, Rules

BOOK = Rules()  #: the rules that the book follows
#: organs of Pakistan's armed forces, which `Rules.army_apart` lets speak for themselves
ARMED = frozenset(
    {"pakistan-army", "paf", "pakistan-navy", "ispr", "isi", "pakistan-military-mission-jordan"}
)
__all__ = [
    "BOOK",
    "EvidenceError",
    "Lines",
    "Proposition",
    "Testimony",
    "in_common",
    "line_keys",
    "proposition",
]


class Proposition(NamedTuple):
    """What can be true or false: an event, an aspect of it, of whom or what, and a value."""

    event_id: str
    aspect: str = "occurrence"
    of: str = ""
    value: str = ""


Key = tuple[str, str, str, str]  #: a proposition or a plain tuple like it


def proposition(claim: dict[str, str]) -> Proposition:
    """What a claim is about."""
    return Proposition(claim["event_id"], claim["aspect"], claim["of"], claim["value"])


@dataclass(frozen=True, slots=True)
class Testimony:
    """One claim as the rules see it."""

    claim_id: str
    source_id: str
    stance: str
    basis: str
    reliability: str
    key: tuple[str, str]  #: same key = same line (L1)
    side: str
    root: str  #: source_id at the end of the origin chain
    days: int  #: from the event's latest day to the latest day of writing
    written: date  #: earliest bound of the earliest writing known along the chain
    defects: frozenset[str]
    state_voice: bool
    texts: frozenset[str]  #: the pairs of sources that print one text, of which this one's is a half
    as_text: bool  #: of a saying that is a published text, and not the text itself

    @property
    def counts(self) -> bool:
        """L3."""
        return BASES[self.basis].counts and self.reliability != UNRELIABLE and len(self.defects) <= FORGIVEN


def line_keys(rows: Iterable[Testimony]) -> set[tuple[str, str]]:
    """The independent witnesses among rows that count (L1, L3)."""
    return independent(row for row in rows if row.counts)


def in_common(history: History, rules: Rules) -> dict[str, set[str]]:
    """Source -> the pairs that print one text in which it is."""
    joining = ("own", "both", "quoted") if rules.each_text_once else ("own", "both")
    pairs: dict[str, set[str]] = defaultdict(set)
    columns = ["source_a", "source_b", "extent", "words"]
    for a, b, extent, words in history.whole.texts[columns].itertuples(index=False):
        if extent != "one" and words in joining:
            pairs[a].add(f"{a} {b}")
            pairs[b].add(f"{a} {b}")
    return pairs


class Lines:
    """The claims of a History with their origins, speakers and offices: who is one witness with whom."""

    def __init__(self, history: History, rules: Rules | None = None):
        self.rules = rules or history.rules or BOOK
        self.sources = by_key(history.sources)
        self.actors = by_key(history.actors)
        self.events = by_key(history.table("events"))
        self.claims = by_key(history.claims)
        self.searches = history.searches
        self.sides: dict[str, set[str]] = defaultdict(set)
        self.people: dict[str, set[str]] = defaultdict(set)
        self.speakers: dict[str, set[str]] = defaultdict(set)
        for event, actor, role in history.participants[["event_id", "actor_id", "role"]].itertuples(
            index=False
        ):
            self.sides[event].add(self.actors[actor]["side"])
            self.people[event].add(actor)
            if role == "speaker":
                self.speakers[event].add(actor)
        self.terms: dict[str, list[tuple[dates.Span, str]]] = defaultdict(list)
        for actor, body, span in history.offices[["actor_id", "body", "span"]].itertuples(index=False):
            self.terms[actor].append((dates.parse(span), body))
        self.texts = in_common(history, self.rules)
        self._origins = Origins(self.claims)
        self.claims_by_proposition: dict[Key, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for claim_id, c in self.claims.items():
            self.claims_by_proposition[proposition(c)][c["stance"]].append(claim_id)

    def chain(self, claim_id: str) -> tuple[list[str], str]:
        """(claims from this one to the last that we have, source_id at the end). Raises EvidenceError."""
        return self._origins.chain(claim_id)

    def _state_organs(self, person: str, written: dates.Span) -> list[str]:
        """The organs of states in which a person held office on the day of writing."""
        return [
            body
            for span, body in self.terms.get(person, ())
            if span.overlaps(written) and self.actors[body]["type"] == "state"
        ]

    def _voice(self, side: str, organs: list[str]) -> tuple[str, str]:
        """The witness that a state is through these organs: one, or its armed forces apart."""
        return ("state", f"{side} army" if self.rules.army_apart and ARMED.issuperset(organs) else side)

    def _breaks_with_state(self, claim: dict[str, str], side: str) -> bool:
        opposite = {"affirms": "denies", "denies": "affirms"}.get(claim["stance"], "")
        return any(
            self.claims[o]["speaker"]
            and self.actors[self.claims[o]["speaker"]]["type"] == "state"
            and self.actors[self.claims[o]["speaker"]]["side"] == side
            for o in self.claims_by_proposition[proposition(claim)].get(opposite, ())
        )

    def _key(self, claim_id: str, root: str) -> tuple[tuple[str, str], str, bool]:
        """L1: (key, side, whether a state speaks). A relay whose root we have takes the root's key."""
        c = self.claims[claim_id]
        speaker = self.actors.get(c["speaker"])
        side = speaker["side"] if speaker else self.sources[root]["perspective"]
        if c["basis"] == "anonymous" or (speaker and speaker["type"] == "unnamed"):
            return ("unnamed", side), side, False
        if not speaker:
            return ("source", self.sources[root]["independence_group"] or root), side, False
        if speaker["type"] == "state":
            return self._voice(side, [c["speaker"]]), side, True
        if speaker["type"] == "person" and not self._breaks_with_state(c, side):
            if organs := self._state_organs(c["speaker"], self._written(c["source_id"])):
                return self._voice(side, organs), side, True
        return ("actor", c["speaker"]), side, False

    def _written(self, source_id: str) -> dates.Span:
        s = self.sources[source_id]
        return dates.parse(s["written"] or s["issued"])

    def testimony(self, claim_id: str) -> Testimony:
        c = self.claims[claim_id]
        path, root = self.chain(claim_id)
        key, side, state = self._key(path[-1], root)
        if path[-1] != claim_id and c["speaker"]:  # the relay's own side, where it names one
            side = self.actors[c["speaker"]]["side"]
        source = self.sources[c["source_id"]]
        days = (
            self._written(c["source_id"]).latest - dates.parse(self.events[c["event_id"]]["date"]).latest
        ).days
        unread = root != self.claims[path[-1]]["source_id"]
        written = min(self._written(s).earliest for s in {self.claims[p]["source_id"] for p in path} | {root})
        return Testimony(
            claim_id,
            c["source_id"],
            c["stance"],
            c["basis"],
            source["reliability"],
            key,
            side,
            root,
            days,
            written,
            frozenset(self._defects(c, root, days, unread)),
            state,
            frozenset(self._texts(c, root)),
            self._is_carrier(c),
        )

    def _defects(self, claim: dict[str, str], root: str, days: int, unread: bool) -> Iterator[str]:
        if unread:
            yield "unread"
        if claim["basis"] == "anonymous":
            yield "anonymous"
        fades = BASES[claim["basis"]].fades
        of_unread = fades == "unread" and unread and self.sources[root]["kind"] != "primary_document"
        if days > self.rules.near and (fades == "yes" or of_unread):
            yield "retrospective"
        if self.sources[claim["source_id"]]["reliability"] in WEAK:
            yield "weak"

    def _texts(self, claim: dict[str, str], root: str) -> Iterator[str]:
        yield from self.texts.get(claim["source_id"], set()) | self.texts.get(root, set())
        if self.rules.each_text_once and self._is_carrier(claim):
            yield f"the text of {claim['event_id']}"

    def _is_carrier(self, claim: dict[str, str]) -> bool:
        event = self.events[claim["event_id"]]
        return event["made"] == "as_text" and claim["aspect"] == "occurrence" and claim["basis"] != "record"
