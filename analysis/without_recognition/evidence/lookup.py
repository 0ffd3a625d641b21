"""What pages and notebooks ask of the History: rows by id, with an error that names the nearest id there is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, TypeVar

from without_recognition.citations import notes
from without_recognition.data.dataset import History, by_key, records
from without_recognition.data.messages import UnknownId
from without_recognition.data.variants import unknown_event
from without_recognition.evidence.disclosure import to_read
from without_recognition.evidence.disputes import disputes
from without_recognition.evidence.lines import Testimony
from without_recognition.evidence.rules import GRADES, STATUSES
from without_recognition.evidence.weighing import Judgement, weigh

STANCES = {
    "Affirmed by": "affirms",
    "Denied by": "denies",
    "Doubted by": "doubts",
    "Taken back by": "retracts",
}

Of = TypeVar("Of")
Found = TypeVar("Found")


class NoValue(ValueError):
    """The book follows a denial: there is no value to show."""


class Lookup:
    """A History with its weighing, asked by id. Every method raises UnknownId for an id that is not there."""

    def __init__(self, history: History):
        self.history = history
        self.weighing = weigh(history)
        w = self.weighing
        self.events, self.claims, self.sources, self.actors = w.events, w.claims, w.sources, w.actors

    @classmethod
    def of(cls, history: History) -> Lookup:
        """That of `history`, made once."""
        if cls not in history.memo:
            history.memo[cls] = cls(history)
        made: Lookup = history.memo[cls]
        return made

    def event(self, event_id: str) -> dict[str, str]:
        if event_id not in self.events:
            raise unknown_event(self.history, event_id)
        return self.events[event_id]

    def claim(self, claim_id: str) -> dict[str, str]:
        return self._row("claim", self.claims, claim_id)

    def source(self, source_id: str) -> dict[str, str]:
        return self._row("source", self.sources, source_id)

    def actor(self, actor_id: str) -> dict[str, str]:
        return self._row("actor", self.actors, actor_id)

    def chapter(self, slug: str) -> History:
        """The History of a chapter; of the whole book for 'all'."""
        if slug == "all":
            return self.history
        if slug not in self.history.chapters:
            raise UnknownId("chapter", slug, self.history.chapters)
        return self.history.chapter(slug)

    @staticmethod
    def _row(what: str, rows: dict[str, dict[str, str]], key: str) -> dict[str, str]:
        if key not in rows:
            raise UnknownId(what, key, rows)
        return rows[key]

    @cached_property
    def places(self) -> dict[str, dict[str, str]]:
        """The towns of the events, by id."""
        return by_key(self.history.places)

    @cached_property
    def documents_of(self) -> dict[str, list[dict[str, str]]]:
        """event_id -> the excerpts of documents that are reprinted."""
        out: dict[str, list[dict[str, str]]] = {}
        for row in records(self.history.documents):
            out.setdefault(row["event_id"], []).append(row)
        return out

    @cached_property
    def briefs(self) -> dict[str, str]:
        """source_id -> the short form that no other source has."""
        return notes.briefs(self.sources.values())

    @cached_property
    def judged(self) -> dict[tuple[str, str, str], list[Judgement]]:
        """(event, aspect, of) -> its judgements, best first."""
        out: dict[tuple[str, str, str], list[Judgement]] = {}
        for p, judgement in self.weighing.judgements.items():
            out.setdefault(p[:3], []).append(judgement)
        order = GRADES.index
        for found in out.values():
            found.sort(key=lambda j: (order(j.grade), STATUSES.index(j.status), -j.lines, j.value))
        return out

    @cached_property
    def groups(self) -> dict[str, list[list[Judgement]]]:
        """event_id -> its judgements by (aspect, of), each best first; occurrence first, then date."""
        out: dict[str, list[list[Judgement]]] = {}
        for (event_id, *_), group in self.judged.items():
            out.setdefault(event_id, []).append(group)
        for found in out.values():
            found.sort(
                key=lambda g: (g[0].aspect != "occurrence", g[0].aspect != "date", g[0].aspect, g[0].of)
            )
        return out

    def judgement(
        self, event_id: str, aspect: str = "occurrence", of: str = "", value: str = ""
    ) -> Judgement:
        """What the rules say of one proposition."""
        self.event(event_id)
        found = {j.value: j for j in self.about(event_id, aspect, of)}
        if value not in found:
            raise UnknownId(f"value of {_words(event_id, aspect, of)}", value, found)
        return found[value]

    def about(self, event_id: str, aspect: str, of: str = "") -> list[Judgement]:
        """What is said of one aspect, best first. Raises UnknownId where nothing is."""
        if (event_id, aspect, of) not in self.judged:
            known = {" ".join(k[1:]).strip() for k in self.judged if k[0] == event_id}
            raise UnknownId(f"aspect of {event_id}", f"{aspect} {of}".strip(), known)
        return self.judged[event_id, aspect, of]

    def followed(self, event_id: str, aspect: str, of: str = "") -> Judgement:
        """The value that the book follows: the event's own date, the ruled value, else the best graded."""
        self.event(event_id)
        found = self.about(event_id, aspect, of)
        if aspect == "date":  # in a variant nobody may say so any longer
            own = self.events[event_id]["date"]
            return next((j for j in found if j.value == own), found[0])
        ruling = self.rulings.get((event_id, aspect, of))
        if not ruling:
            return found[0]
        ruled = self.claims[ruling["follows"]]
        if ruled["stance"] != "affirms":
            told = _words(event_id, aspect, of)
            raise NoValue(f"the ruling on {told} follows a denial; there is no value to show")
        return self.judgement(event_id, aspect, of, ruled["value"])

    @cached_property
    def rulings(self) -> dict[tuple[str, str, str], dict[str, str]]:
        return {(r["event_id"], r["aspect"], r["of"]): r for r in self.history.rulings.to_dict("records")}

    @cached_property
    def disputes(self) -> dict[tuple[str, str, str], dict[str, Any]]:
        """(event, aspect, of) -> row of `evidence.disputes`."""
        rows = disputes(self.history).to_dict("records")
        return {(r["event_id"], r["aspect"], r["of"]): r for r in rows}

    def dispute(self, event_id: str, aspect: str, of: str = "") -> dict[str, Any]:
        self.event(event_id)
        if (event_id, aspect, of) not in self.disputes:
            known = {_words(*k) for k in self.disputes if k[0] == event_id} or {
                _words(*k) for k in self.disputes
            }
            raise UnknownId("dispute", _words(event_id, aspect, of), known)
        return self.disputes[event_id, aspect, of]

    @cached_property
    def quoted(self) -> dict[tuple[str, str], list[str]]:
        """(source, locator) -> the claims coded from there."""
        return _grouped(((c["source_id"], c["locator"]), claim_id) for claim_id, c in self.claims.items())

    def testimony(self, judgement: Judgement) -> list[tuple[str, list[Testimony]]]:
        """('Affirmed by', rows) and so on, every claim of the proposition; rows that count stand first."""
        claims = self.weighing.claims_by_proposition[judgement.key]
        return [
            (
                title,
                sorted(
                    map(self.weighing.testimony, claims.get(stance, ())),
                    key=lambda r: (not r.counts, r.written, r.claim_id),
                ),
            )
            for title, stance in STANCES.items()
        ]

    @cached_property
    def to_read(self) -> list[dict[str, Any]]:
        """Rows of `evidence.to_read`."""
        rows: list[dict[str, Any]] = to_read(self.history).to_dict("records")
        return rows

    @cached_property
    def claims_of(self) -> dict[str, list[str]]:
        """event_id -> its claims."""
        return _grouped((c["event_id"], claim_id) for claim_id, c in self.claims.items())

    @cached_property
    def searches(self) -> dict[str, list[dict[str, str]]]:
        """event_id -> searches made for it."""
        return _grouped((row["event_id"], row) for row in records(self.history.searches))

    @cached_property
    def participants(self) -> dict[str, list[dict[str, str]]]:
        """event_id -> its participants."""
        return _grouped((row["event_id"], row) for row in records(self.history.participants))

    @cached_property
    def labels(self) -> dict[tuple[str, str, str], tuple[str, str]]:
        """(table, column, enum value) -> (label, description), from the codebook in datapackage.json."""
        return {
            (resource["name"], field["name"], c["value"]): (c["label"], c.get("description", ""))
            for resource in self.history.package["resources"]
            for field in resource["schema"]["fields"]
            for c in field.get("categories", ())
        }

    def label(self, table: str, column: str, value: str) -> str:
        return self.labels[table, column, value][0]


def _grouped(pairs: Iterable[tuple[Of, Found]]) -> dict[Of, list[Found]]:
    """key -> its values, in order."""
    out: dict[Of, list[Found]] = {}
    for key, value in pairs:
        out.setdefault(key, []).append(value)
    return out


def _words(event_id: str, aspect: str, of: str) -> str:
    return f"{event_id} {aspect} {of}".strip()
