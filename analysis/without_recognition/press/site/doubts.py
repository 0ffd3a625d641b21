"""The doubt switch: what the grades of all events become when something is left out, by the book's own rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from without_recognition import evidence
from without_recognition.data import origins
from without_recognition.data.dataset import History, by_key
from without_recognition.evidence import Judgement, Proposition
from without_recognition.evidence.labels import SIDES
from without_recognition.evidence.lookup import Lookup
from without_recognition.evidence.rules import BASES
from without_recognition.findings import variants

MANY = 10  #: claims that a publisher or an author must have to be left out alone
TEXTS = "texts"  #: the family of the one doubt that leaves nothing out

Answer = tuple[str, str]  #: grade, "" for a frame fact, and status
Moves = dict[
    str, Answer | None
]  #: event_id -> what the rules say then; None where nobody affirms it any longer


@dataclass(frozen=True)
class Doubt:
    """One thing that a reader may doubt, and what then moves; `claims` are those that go."""

    family: str
    value: str
    label: str
    claims: int
    moves: Moves


def occurrence_judgements(history: History) -> dict[str, Judgement]:
    """event_id -> the judgement of its occurrence, of every event: frame facts and arenas included."""
    found = evidence.weigh(history).judgements
    return {e: found[p] for e in history.table("events").index if (p := Proposition(e)) in found}


def doubts(look: Lookup) -> list[Doubt]:
    """All of them: publishers and authors of MANY claims or more, perspectives, kinds, bases, and each text once."""
    before = occurrence_judgements(look.history)
    out = []
    for family, value, label, gone in _left_out(look):
        after = variants.without_claims(look.history, gone, before)
        out.append(Doubt(family, value, label, len(gone), _moves(before, after)))
    return [*out, _each_text_once(look, before)]


def answer(judgement: Judgement) -> Answer:
    """What a reader is told of an event: its grade and its status."""
    return ("" if judgement.frame else judgement.grade), judgement.status


def _moves(before: dict[str, Judgement], after: dict[str, Judgement]) -> Moves:
    now = {e: answer(after[e]) if e in after else None for e in before}
    return {e: a for e, a in now.items() if a != answer(before[e])}


# --- what can be left out -------------------------------------------------------------------------
def _left_out(look: Lookup) -> Iterator[tuple[str, str, str, set[str]]]:
    """(family, value, label, the claims that go)."""
    columns: dict[str, tuple[Callable[[dict[str, str]], Iterable[str]], Callable[[str], str], int]] = {
        "publishers": (lambda s: [s["publisher"]], str, MANY),
        "perspectives": (lambda s: [s["perspective"]], SIDES.__getitem__, 1),
        "kinds": (lambda s: [s["kind"]], lambda kind: look.label("sources", "kind", kind), 1),
        "authors": (_authors, str, MANY),
    }
    for family, (values, label, least) in columns.items():
        for value, sources in _by(look, values, least):
            yield family, value, label(value), _resting(look.history, sources)
    for basis in BASES:
        if gone := _of_basis(look, basis):
            yield "bases", basis, BASES[basis].words, gone


def _authors(source: dict[str, str]) -> list[str]:
    return [name.strip() for name in source["author"].split(";")]


def _by(
    look: Lookup, values: Callable[[dict[str, str]], Iterable[str]], least: int
) -> Iterator[tuple[str, list[str]]]:
    """(value, its sources) for the values whose sources have `least` claims or more, in order."""
    claims = Counter(claim["source_id"] for claim in look.claims.values())
    sources: dict[str, list[str]] = defaultdict(list)
    weight: Counter[str] = Counter()
    for source_id, source in look.sources.items():
        for value in values(source):
            sources[value].append(source_id)
            weight[value] += claims[source_id]
    for value in sorted(sources, key=lambda v: (v.casefold(), v)):
        if value and weight[value] >= least:
            yield value, sources[value]


def _resting(history: History, sources: Iterable[str]) -> set[str]:
    resting = origins.resting(history)
    return {c for source in sources for c in resting.get(source, ())}


def _of_basis(look: Lookup, basis: str) -> set[str]:
    """The claims of a basis, and those that rest on one, over however many steps."""
    chains = origins.Origins(by_key(look.history.whole.claims))
    return {
        claim_id
        for claim_id in look.claims
        if any(look.claims[c]["basis"] == basis for c in chains.chain(claim_id)[0])
    }


# --- each text once -------------------------------------------------------------------------------
def _each_text_once(look: Lookup, before: dict[str, Judgement]) -> Doubt:
    """Two papers are one witness also where they share no more than a quotation or a sentence."""
    texts: dict[str, set[str]] = defaultdict(set)
    loose: set[str] = set()
    for row in look.history.whole.texts.to_dict("records"):
        pair = (row["source_a"], row["source_b"])
        for source in pair:
            texts[source].add(" ".join(pair))
        if row["extent"] == "one" or row["words"] == "quoted":
            loose.update(pair)
    claims = _resting(look.history, loose)
    touched = {look.claims[c]["event_id"] for c in claims}
    after = variants.retold(look.history, texts, touched, before)
    return Doubt(TEXTS, "once", "Count each text once", 0, _moves(before, after))
