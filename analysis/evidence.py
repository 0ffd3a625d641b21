"""Lines of evidence, grades, statuses, flags, disputes: pure functions of a History.

A *proposition* is (event, aspect, of, value). Two answers, never one: the *grade* is the strength of
what affirms it, the *status* is what stands against it. The rules carry the names that the book's
method page uses: L1-L4 (lines), G1-G4 (grade), S1-S4 (status).
"""
from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from analysis import dates
from analysis.dataset import History, by_key, load

GRADES = ("documented", "corroborated", "attested", "alleged")
FIRM = ("documented", "corroborated")
STATUSES = ("unchallenged", "challenged", "disputed", "contradicted")
SINGLE_VALUED = frozenset({"date", "place", "role", "organisation", "count", "initiator", "priority", "means",
                           "official_character"})
CONTEMPORARY, NEAR, LATE = 31, 366, 7305  #: days (L4)
TESTIMONY = frozenset({"participant", "official", "reported", "anonymous"})

Proposition = tuple[str, str, str, str]


class EvidenceError(ValueError):
    """The claims cannot be weighed: origins that run in a circle."""


@dataclass(frozen=True)
class Rules:
    """The cut-offs, so that robustness can vary them; the defaults are the book's."""

    contemporary: int = CONTEMPORARY
    near: int = NEAR
    late: int = LATE


@dataclass(slots=True)
class Row:
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

    @property
    def counts(self) -> bool:
        """L3."""
        return self.basis not in ("hearsay", "inference") and self.reliability != "E" and len(self.defects) < 2


@dataclass(frozen=True)
class Judgement:
    """What the rules say of one proposition, with the rules that fired and the rows they rest on."""

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
    affirms: tuple[Row, ...] = field(repr=False)
    denies: tuple[Row, ...] = field(repr=False)
    doubts: tuple[Row, ...] = field(repr=False)
    rivals: tuple[tuple[str, str], ...]  #: (value, grade) of each rival value

    @property
    def key(self) -> Proposition:
        return (self.event_id, self.aspect, self.of, self.value)


def line_keys(rows) -> set[tuple[str, str]]:
    """The distinct witnesses among rows that count (L1, L3)."""
    return {r.key for r in rows if r.counts}


def grade(rows, sides: frozenset[str], rules: Rules = Rules(), *, denial: bool = False) -> tuple[str, str]:
    """(grade, rule) of affirming rows; for denials, G1's second half is left out. Rows must not be empty."""
    counting = [r for r in rows if r.counts]
    if any(r.basis == "record" and not r.defects & {"unread", "weak"} for r in counting):
        return "documented", "G1a"
    flawless = {r.side for r in counting if r.basis in ("participant", "official") and not r.defects}
    if not denial and len(flawless & sides) >= 2:
        return "documented", "G1b"
    if len(line_keys(counting)) >= 2 and any(
            not r.defects & {"unread", "anonymous"}
            and (r.days <= rules.contemporary or r.basis in ("record", "participant", "official", "study"))
            for r in counting):
        return "corroborated", "G2"
    if counting:
        return "attested", "G3"
    return "alleged", "G4"


def _rank(name: str) -> int:
    return len(GRADES) - GRADES.index(name)


def _third_party(rows) -> bool:
    return any(r.counts and r.basis in ("record", "reported", "study") for r in rows)


def status(own: str, denials, rivals, rules: Rules) -> tuple[str, str]:
    """(status, rule). `rivals` holds (grade, rows) of each rival value."""
    if not denials and not rivals:
        return "unchallenged", "S1"
    against = grade(denials, frozenset(), rules, denial=True)[0] if denials else None
    if against and _rank(against) > _rank(own) and _third_party(denials):
        return "contradicted", "S2"
    for rival, rows in rivals:
        if _rank(rival) > _rank(own) and (rival == "documented" or rival == "corroborated" and _third_party(rows)):
            return "contradicted", "S2"
    strongest = max([_rank(g) for g, _ in rivals] + ([_rank(against)] if against else []))
    if own != "alleged" and strongest >= _rank(own):
        return "disputed", "S3"
    return "challenged", "S4"


class Weighing:
    """All propositions of a History, weighed once under one set of rules."""

    def __init__(self, history: History, rules: Rules = Rules()):
        self.rules = rules
        self.sources = by_key(history.sources)
        self.actors = by_key(history.actors)
        self.events = by_key(history.events)
        self.claims = by_key(history.claims)
        self.searches = history.searches
        self.sides: dict[str, set[str]] = defaultdict(set)
        self.people: dict[str, set[str]] = defaultdict(set)
        self.speakers: dict[str, set[str]] = defaultdict(set)
        for event, actor, role in history.participants[["event_id", "actor_id", "role"]].itertuples(index=False):
            self.sides[event].add(self.actors[actor]["side"])
            self.people[event].add(actor)
            if role == "speaker":
                self.speakers[event].add(actor)
        self.terms: dict[str, list[tuple[dates.Span, str]]] = defaultdict(list)
        for actor, body, span in history.offices[["actor_id", "body", "span"]].itertuples(index=False):
            self.terms[actor].append((dates.parse(span), body))
        self.own: dict[tuple, list[str]] = defaultdict(list)  # (proposition, stance, source) -> claims
        self.by: dict[Proposition, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for claim_id, c in self.claims.items():
            p = _proposition(c)
            self.own[p, c["stance"], c["source_id"]].append(claim_id)
            self.by[p][c["stance"]].append(claim_id)
        self._keys: dict[str, tuple[str, str]] = {}

    # --- rows -------------------------------------------------------------------------------------
    def _up(self, claim_id: str) -> tuple[str | None, str]:
        """One step up the chain: (claim of the origin on the same proposition, or None; origin's source)."""
        c = self.claims[claim_id]
        origin = c["origin"]
        if origin == "self":
            return None, c["source_id"]
        if origin in self.claims:
            o = self.claims[origin]
            same = _proposition(o) == _proposition(c) and o["stance"] == c["stance"]
            return (origin if same else None), o["source_id"]
        own = self.own.get((_proposition(c), c["stance"], origin))
        return (own[0] if own else None), origin

    def chain(self, claim_id: str) -> tuple[list[str], str]:
        """(claims from this one to the last that we have, source_id at the end). Raises EvidenceError."""
        path = [claim_id]
        while True:
            above, source = self._up(path[-1])
            if above is None:
                return path, source
            if above in path:
                raise EvidenceError(f"origins run in a circle: {' -> '.join([*path, above])}")
            path.append(above)

    def _holds_state_office(self, person: str, written: dates.Span) -> bool:
        return any(span.overlaps(written) and self.actors[body]["type"] == "state"
                   for span, body in self.terms.get(person, ()))

    def _breaks_with_state(self, claim: dict, side: str) -> bool:
        opposite = {"affirms": "denies", "denies": "affirms"}.get(claim["stance"])
        return any(self.claims[o]["speaker"] and self.actors[self.claims[o]["speaker"]]["type"] == "state"
                   and self.actors[self.claims[o]["speaker"]]["side"] == side
                   for o in self.by[_proposition(claim)].get(opposite, ()))

    def _key(self, claim_id: str, root: str) -> tuple[tuple[str, str], str, bool]:
        """L1: (key, side, whether a state speaks). A relay whose root we have takes the root's key."""
        c = self.claims[claim_id]
        speaker = self.actors.get(c["speaker"])
        side = speaker["side"] if speaker else self.sources[root]["perspective"]
        if c["basis"] == "anonymous" or speaker and speaker["type"] == "unnamed":
            return ("unnamed", side), side, False
        if not speaker:
            return ("source", self.sources[root]["independence_group"] or root), side, False
        if speaker["type"] == "state":
            return ("state", side), side, True
        if speaker["type"] == "person" and self._holds_state_office(c["speaker"], self._written(c["source_id"])) \
                and not self._breaks_with_state(c, side):
            return ("state", side), side, True
        return ("actor", c["speaker"]), side, False

    def _written(self, source_id: str) -> dates.Span:
        s = self.sources[source_id]
        return dates.parse(s["written"] or s["issued"])

    def row(self, claim_id: str) -> Row:
        c = self.claims[claim_id]
        path, root = self.chain(claim_id)
        key, side, state = self._key(path[-1], root)
        if path[-1] != claim_id and c["speaker"]:  # the relay's own side, where it names one
            side = self.actors[c["speaker"]]["side"]
        source = self.sources[c["source_id"]]
        days = (self._written(c["source_id"]).latest - dates.parse(self.events[c["event_id"]]["date"]).latest).days
        unread = root != self.claims[path[-1]]["source_id"]
        defects = set()
        if unread:
            defects.add("unread")
        if c["basis"] == "anonymous":
            defects.add("anonymous")
        if days > self.rules.near and (c["basis"] in TESTIMONY or c["basis"] == "study" and unread
                                       and self.sources[root]["kind"] != "primary_document"):
            defects.add("retrospective")
        if source["reliability"] in ("D", "F"):
            defects.add("weak")
        written = min(self._written(s).earliest for s in {self.claims[p]["source_id"] for p in path} | {root})
        return Row(claim_id, c["source_id"], c["stance"], c["basis"], source["reliability"], key, side, root, days,
                   written, frozenset(defects), state)

    # --- propositions -----------------------------------------------------------------------------
    @cached_property
    def rows(self) -> dict[Proposition, dict[str, list[Row]]]:
        """Proposition -> stance -> rows; rows whose source or root took the claim back are gone."""
        out: dict[Proposition, dict[str, list[Row]]] = {}
        for p, stances in self.by.items():
            rows = {stance: [self.row(c) for c in ids] for stance, ids in stances.items()}
            withdrawn = {r.source_id for r in rows.get("retracts", ())}
            if withdrawn:
                rows["affirms"] = [r for r in rows.get("affirms", ()) if not {r.source_id, r.root} & withdrawn]
            out[p] = rows
        return out

    @cached_property
    def _graded(self) -> dict[Proposition, tuple[str, str]]:
        return {p: grade(rows["affirms"], frozenset(self.sides[p[0]]), self.rules)
                for p, rows in self.rows.items() if rows.get("affirms")}

    @cached_property
    def _siblings(self) -> dict[tuple, list[Proposition]]:
        out = defaultdict(list)
        for p in self._graded:
            out[p[:3]].append(p)
        return out

    def rivals(self, p: Proposition) -> list[Proposition]:
        """Other affirmed values that cannot be true together with this one."""
        if p[1] not in SINGLE_VALUED:
            return []
        return [q for q in self._siblings.get(p[:3], ()) if q != p and not compatible(p[1], p[3], q[3])]

    @cached_property
    def judgements(self) -> dict[Proposition, Judgement]:
        """Every proposition that somebody affirms, denies or doubts."""
        return {p: self._judge(p) for p in sorted(self.rows)}

    def _judge(self, p: Proposition) -> Judgement:
        rows = self.rows[p]
        affirms, denies, doubts = (rows.get(s, []) for s in ("affirms", "denies", "doubts"))
        own, rule = self._graded.get(p, ("alleged", "G4"))
        rivals = self.rivals(p)
        state, state_rule = status(own, denies, [(self._graded[q][0], self.rows[q]["affirms"]) for q in rivals],
                                   self.rules)
        return Judgement(*p, own, rule, state, state_rule, tuple(self._flags(p, own, state)),
                         len(line_keys(affirms)), len(affirms), tuple(affirms), tuple(denies), tuple(doubts),
                         tuple((q[3], self._graded[q][0]) for q in rivals))

    def _flags(self, p: Proposition, own: str, state: str):
        rows = self.rows[p]
        affirms, denies = rows.get("affirms", []), rows.get("denies", [])
        counting = [r for r in affirms if r.counts]
        scope = counting or affirms
        recorded = any(r.basis == "record" for r in counting)
        if any(r.state_voice for r in denies):
            yield "officially_denied"
        if scope and all(r.basis == "anonymous" for r in scope):
            yield "anonymous_only"
        if scope and all("unread" in r.defects for r in scope):
            yield "unseen_origin"
        if affirms and not any(r.basis == "record" for r in affirms):
            latest = dates.parse(self.events[p[0]]["date"]).latest
            if (min(r.written for r in affirms) - latest).days > self.rules.late:
                yield "late"
        if rows.get("doubts"):
            yield "doubted"
        if rows.get("retracts"):
            yield "retracted"
        if self.events[p[0]]["sensitive"] and any(
                self.actors[a]["type"] == "person" and not self.actors[a]["died"] for a in self.people[p[0]]):
            yield "living_person"
        if counting and not recorded and {"israeli", "pakistani"} <= self.sides[p[0]]:
            for side in ("israeli", "pakistani"):
                if not any(r.side == side for r in counting):
                    yield f"no_{side}_line"
        if p[1] == "occurrence" and self._belied(p[0]):
            yield "belied"
        if p[1] == "occurrence" and p[0] in self._silent:
            yield "silent_where_expected"

    @cached_property
    def _silent(self) -> set[str]:
        s = self.searches
        return set(s[(s["expected"] == "yes") & (s["coverage"] == "whole") & (s["result"] == "nothing")
                     & (s["looked_for"] != "denial")]["event_id"]) - {""}

    def _belied(self, event_id: str) -> bool:
        """A statement that denies what is at least corroborated and stands (or asserts what is contradicted)."""
        about = self.events[event_id]["about"]
        p = (about, "occurrence", "", "")
        if not about or p not in self.rows:
            return False
        own = self._graded.get(p, ("alleged", ""))[0]
        denies = self.rows[p].get("denies", [])
        state, _ = status(own, denies, [], self.rules)
        said = {r.stance for rows in self.rows[p].values() for r in rows
                if self.claims[r.claim_id]["speaker"] in self.speakers[event_id]}
        if "denies" in said:
            return own in FIRM and state in ("unchallenged", "challenged")
        return "affirms" in said and state == "contradicted"


def _proposition(claim: dict) -> Proposition:
    return claim["event_id"], claim["aspect"], claim["of"], claim["value"]


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


def weigh(history: History, rules: Rules = Rules()) -> Weighing:
    """The weighing of the whole dataset, computed once a History and set of rules."""
    whole = history.whole
    if rules not in whole.memo:
        whole.memo[rules] = Weighing(whole, rules)
    return whole.memo[rules]


def judge(history: History, event_id: str, aspect: str = "occurrence", of: str = "", value: str = "") -> Judgement:
    """One judgement. Raises KeyError where nobody says anything of that proposition."""
    return weigh(history).judgements[event_id, aspect, of, value]


def occurrences(history: History, rules: Rules = Rules()) -> dict[str, Judgement]:
    """event_id -> the judgement of its occurrence, for the events of `history` of which anybody speaks."""
    judged = weigh(history, rules).judgements
    keys = ((event_id, "occurrence", "", "") for event_id in history.events.index.to_numpy(dtype=object).tolist())
    return {p[0]: judged[p] for p in keys if p in judged}


WEIGHED = ["grade", "grade_rule", "status", "status_rule", "flags", "lines", "mentions"]
COLUMNS = ["event_id", "aspect", "of", "value", *WEIGHED]


def propositions(history: History, rules: Rules = Rules()) -> pd.DataFrame:
    """One row a proposition of `history` (a chapter or the whole), columns COLUMNS."""
    told = set(history.events.index)
    rows = [[getattr(j, c) for c in COLUMNS] for p, j in weigh(history, rules).judgements.items() if p[0] in told]
    return pd.DataFrame(rows, columns=COLUMNS)


def events(history: History, rules: Rules = Rules()) -> pd.DataFrame:
    """The events table with grade, status, flags, lines, mentions of the occurrence; indexed by event_id."""
    found = occurrences(history, rules)
    rows = [[getattr(j, c) for c in WEIGHED] for j in found.values()]
    return history.events.join(pd.DataFrame(rows, columns=WEIGHED, index=list(found)))


def disputes(history: History) -> pd.DataFrame:
    """Propositions with rivals or denials: one row an (event, aspect, of), indexed 0..n-1.

    Columns: event_id, aspect, of, status (of the best-graded value that anything stands against), values (Judgements, best first; rivals or the
    denied value), follows (claim_id of the ruling or ""), followed (the value ruled for or ""), reason,
    what_would_change_it, open (a ruling is demanded and missing).
    """
    out = []
    rulings = history.whole.rulings.set_index(["event_id", "aspect", "of"]).to_dict("index")
    groups: dict[tuple, list[Judgement]] = defaultdict(list)
    for p, j in weigh(history).judgements.items():
        if p[0] in history.events.index:
            groups[p[:3]].append(j)
    for key, group in groups.items():
        if all(j.status == "unchallenged" for j in group):
            continue
        values = sorted((j for j in group if j.status != "unchallenged" or key[1] in SINGLE_VALUED),
                        key=lambda j: (GRADES.index(j.grade), STATUSES.index(j.status), -j.lines, j.value))
        ruled = rulings.get(key, {})
        follows = ruled.get("follows", "")
        followed = history.whole.claims.at[follows, "value"] if follows else ""
        state = next(j.status for j in values if j.status != "unchallenged")
        out.append([*key, state, values, follows, followed, ruled.get("reason", ""),
                    ruled.get("what_would_change_it", ""), state == "disputed" and not follows])
    return pd.DataFrame(out, columns=["event_id", "aspect", "of", "status", "values", "follows", "followed", "reason",
                                      "what_would_change_it", "open"])


def to_read(history: History) -> pd.DataFrame:
    """What to read next: propositions whose grade would rise if an unread root were read.

    Columns: source_id (unread), event_id, aspect, of, value, grade, would_be.
    """
    w = weigh(history)
    out = []
    for p, j in w.judgements.items():
        if p[0] not in history.events.index or j.grade == "documented":
            continue
        for root in sorted({r.root for r in j.affirms if "unread" in r.defects}):
            lifted = [_read(r) if r.root == root else r for r in j.affirms]
            would = grade(lifted, frozenset(w.sides[p[0]]), w.rules)[0]
            if _rank(would) > _rank(j.grade):
                out.append([root, *p, j.grade, would])
    return pd.DataFrame(out, columns=["source_id", "event_id", "aspect", "of", "value", "grade", "would_be"])


def _read(row: Row) -> Row:
    """The row as it would be, had its root been read and found to say this (so no longer a late relay)."""
    return Row(row.claim_id, row.source_id, row.stance, row.basis, row.reliability, row.key, row.side, row.root,
               row.days, row.written,
               row.defects - {"unread"} - ({"retrospective"} if row.basis == "study" else frozenset()),
               row.state_voice)


def disclosure(history: History) -> pd.DataFrame:
    """When each event became public: the earliest publication along the whole origin chain of its occurrence.

    Columns, indexed by event_id: happened (latest day), public_by (day: latest bound of the earliest publication),
    days (between them, never below 0), source_id (that publication), via_unread (we know that link only through others).
    """
    w = weigh(history)
    out = []
    for p, j in w.judgements.items():
        if p[1] != "occurrence" or p[0] not in history.events.index or not j.affirms:
            continue
        found = set()
        for r in j.affirms:
            path, root = w.chain(r.claim_id)
            read = {w.claims[c]["source_id"] for c in path}
            found |= {(dates.parse(w.sources[s]["issued"]).latest, s not in read, s) for s in read | {root}}
        public, unread, source = min(found)
        happened = dates.parse(w.events[p[0]]["date"]).latest
        out.append([p[0], happened, public, max((public - happened).days, 0), source, unread])
    return pd.DataFrame(out, columns=["event_id", "happened", "public_by", "days", "source_id",
                                      "via_unread"]).set_index("event_id")


def explain(event_id: str, history: History | None = None):
    """Why an event's grade and status are what they are; prints as text. Raises KeyError with the nearest id."""
    from analysis.explaining import Explanation

    return Explanation(history or load(), event_id)
