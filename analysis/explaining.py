"""`explain(event_id)`: claims, lines, defects, the rule that fired and what would change it, in plain words."""
from __future__ import annotations

from dataclasses import dataclass

from analysis import dates, evidence
from analysis.dataset import History
from analysis.messages import UnknownId

GRADE_RULES = {
    "G1a": "a record of the act itself was read",
    "G1b": "participants or officials of two sides said so within a year",
    "G2": "two or more independent witnesses, one of them close to it",
    "G3": "at least one witness, but not two independent ones of which one is close",
    "G4": "it is said, but by nobody whose word can count",
}
STATUS_RULES = {
    "S1": "nobody denies it and no other value is claimed",
    "S2": "better evidence, a third party's among it, stands against it",
    "S3": "what stands against it is as strong as what stands for it",
    "S4": "something stands against it, but weaker than what stands for it",
}
FLAGS = {
    "officially_denied": "a state denies it", "anonymous_only": "unnamed informants only",
    "unseen_origin": "rests on sources that we could not read", "late": "first told more than twenty years later",
    "doubted": "somebody doubts it", "retracted": "a source took it back", "living_person": "concerns a living person",
    "no_israeli_line": "no Israeli witness", "no_pakistani_line": "no Pakistani witness",
    "belied": "better evidence contradicts what was said",
    "silent_where_expected": "a source that should mention it does not",
}
DEFECTS = {"unread": "known only through another source", "anonymous": "unnamed informant",
           "retrospective": "told over a year later", "weak": "weak source"}


def count(n: int, thing: str) -> str:
    """'one line', '3 lines'."""
    return f"{'no' if n == 0 else 'one' if n == 1 else n} {thing}{'' if n == 1 else 's'}"


def opening(judgement: evidence.Judgement) -> str:
    """The first sentence of a card: what carries it and what stands against it, in plain words."""
    counting = [r for r in judgement.affirms if r.counts]
    kinds = {r.basis for r in counting}
    if not judgement.affirms:
        for_it = "Nobody whom we have read affirms it"
    elif not counting:
        for_it = "It is told, but no witness whose word can count was found"
    elif judgement.grade_rule == "G1a":
        for_it = "A record of the act itself was read"
    elif judgement.grade_rule == "G1b":
        for_it = "Both sides said so at the time"
    elif kinds == {"anonymous"}:
        for_it = f"{count(judgement.lines, 'unnamed witness').replace('witnesss', 'witnesses').capitalize()} only"
    else:
        for_it = f"{count(judgement.lines, 'independent witness').replace('witnesss', 'witnesses').capitalize()}"
        if judgement.lines == 1 and kinds & {"participant", "official"}:
            for_it = "One witness, a party to it"
    against = []
    if judgement.denies:
        against.append("a state denies it" if any(r.state_voice for r in judgement.denies) else "it is denied")
    if judgement.rivals:
        against.append(f"{count(len(judgement.rivals), 'other version')} {'is' if len(judgement.rivals) == 1 else 'are'} told")
    return for_it + ("; " + " and ".join(against) if against else "") + "."


@dataclass(frozen=True)
class Explanation:
    """Prints as text; `judgements` holds what the rules say of every proposition of the event."""

    history: History
    event_id: str

    def __post_init__(self) -> None:
        known = self.history.whole.events.index
        if not isinstance(self.event_id, str) or self.event_id not in known:
            raise UnknownId("event", self.event_id, known)

    @property
    def judgements(self) -> list[evidence.Judgement]:
        """The occurrence first, then the aspects."""
        own = [j for p, j in evidence.weigh(self.history).judgements.items() if p[0] == self.event_id]
        return sorted(own, key=lambda j: (j.aspect != "occurrence", j.aspect, j.of, evidence.GRADES.index(j.grade)))

    def __str__(self) -> str:
        event = self.history.whole.events.loc[self.event_id]
        parts = [f"{event['title']} ({dates.bare(event['date'])})", event["summary"], ""]
        for j in self.judgements:
            parts += [*self._proposition(j), ""]
        rises = evidence.to_read(self.history)
        for r in rises[rises["event_id"] == self.event_id].to_dict("records"):
            parts.append(f"Would change it: reading {r['source_id']} ({r['aspect']}: {r['grade']} -> {r['would_be']})")
        return "\n".join(parts).rstrip()

    __repr__ = __str__

    def _proposition(self, j: evidence.Judgement) -> list[str]:
        what = " ".join(filter(None, [j.aspect, j.of and f"of {j.of}", j.value and f"= {j.value}"]))
        out = [f"{what}: {j.grade}, {j.status}  ({count(j.lines, 'line')}, {count(j.mentions, 'mention')})",
               f"  {j.grade_rule}: {GRADE_RULES[j.grade_rule]}", f"  {j.status_rule}: {STATUS_RULES[j.status_rule]}"]
        if j.flags:
            out.append("  flags: " + "; ".join(FLAGS[f] for f in j.flags))
        for sign, rows in (("+", j.affirms), ("-", j.denies), ("?", j.doubts)):
            out += [f"  {sign} {self._row(r)}" for r in rows]
        return out

    def _row(self, r: evidence.Row) -> str:
        c = self.history.whole.claims.loc[r.claim_id]
        voice = f", on the word of {c['speaker']}" if c["speaker"] else ""
        rests = f", from {c['origin']}" if c["origin"] != "self" else ""
        why = "" if r.counts else " [does not count]"
        defects = f" ({', '.join(DEFECTS[d] for d in sorted(r.defects))})" if r.defects else ""
        return f"{r.source_id} {c['locator']}: {r.basis}{voice}{rests}{defects}{why}"
