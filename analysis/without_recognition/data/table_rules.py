"""What this book asks of its data beyond types and keys; each rule yields `file:row:column: what; what to do`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from without_recognition.data import cell_rules, corrections, dates, documents, sides
from without_recognition.data.codebook import NUMBER
from without_recognition.data.dataset import History, by_key, records
from without_recognition.data.graded import SINGLE_VALUED, is_graded
from without_recognition.data.new_rows import claim_id_fault
from without_recognition.data.origins import circles
from without_recognition.data.rows import column_cells, numbered

QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”')
LONGEST_QUOTATION, LONGEST_SUMMARY = 11, 60  #: words
WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")  #: those of the originality test: hyphens part them
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def rule_problems(history: History) -> list[str]:
    """All breaches of the house rules. Keys, enums and what must be filled in must be sound; dates need not."""
    undated = list(cell_rules.dated(history))
    found = [*undated, *cell_rules.lettered(history)]
    for rule in (
        _origins,
        _claims,
        _events,
        _contacts,
        _places,
        documents.excerpt_problems,
        _rulings,
        _living,
        _searches,
        corrections.correction_problems,
        _series,
    ):
        found += rule(history)
    for rule in () if undated else (_sources, _speakers, _people):  # they read dates
        found += rule(history)
    return found


def _sources(history: History) -> Iterator[str]:
    for n, s in numbered(history.sources):
        if s["reliability"] != "C" and not s["reliability_reason"]:
            yield f"sources.csv:{n}:reliability_reason: letter {s['reliability']} needs a reason; give one or use C"
        if s["written"] and dates.parse(s["written"]).earliest > dates.parse(s["issued"]).latest:
            yield f"sources.csv:{n}:written: later than issued; swap or correct them"


def _origins(history: History) -> Iterator[str]:
    claims, sources = by_key(history.claims), set(history.sources.index)
    per_source = Counter((_prop(c), c["stance"], c["source_id"]) for c in claims.values())
    bad = False
    for n, c in numbered(history.claims):
        origin, where = c["origin"], f"claims.csv:{n}:origin"
        if origin == "self":
            continue
        if origin == c["source_id"]:
            yield f"{where}: names its own source; write self"
        elif origin not in sources and origin not in claims:
            yield f"{where}: unknown '{origin}'; write self, a source_id or a claim_id"
            bad = True
        elif origin == c["claim_id"]:
            yield f"{where}: names itself; write self"
            bad = True
        elif per_source[_prop(c), c["stance"], origin] > 1:
            yield f"{where}: '{origin}' says this more than once; name the claim_id that is relayed"
    if not bad:
        rows = {c["claim_id"]: n for n, c in numbered(history.claims)}
        for claim_id, told in circles(history.claims):
            yield f"claims.csv:{rows[claim_id]}:origin: {told}"


def _prop(c: dict[str, str]) -> tuple[str, str, str, str]:
    return c["event_id"], c["aspect"], c["of"], c["value"]


def _claims(history: History) -> Iterator[str]:
    sources, actors = by_key(history.sources), by_key(history.actors)
    twice: dict[tuple[str, tuple[str, str, str, str], str, str], str] = {}
    for n, c in numbered(history.claims):
        at = f"claims.csv:{n}"
        if told := claim_id_fault(c):
            yield f"{at}:claim_id: {told}"
        elif c["claim_id"].rpartition(".")[2].startswith("0"):
            yield f"{at}:claim_id: a number that begins with 0; renumber it"
        if sources[c["source_id"]]["seen"] == "cited_only":
            yield f"{at}:source_id: '{c['source_id']}' was not read; make it the origin of the source that you read"
        yield from _value(at, c)
        if (c["aspect"] in ("role", "count")) != bool(c["of"]):
            yield f"{at}:of: only role and count have one, and they must; {'empty it' if c['of'] else 'fill it in'}"
        if c["aspect"] == "role" and c["of"] and c["of"] not in actors:
            yield f"{at}:of: unknown actor '{c['of']}'; add it to actors.csv or correct the id"
        yield from _quoted(at, c)
        same = (c["source_id"], _prop(c), c["stance"], c["speaker"])
        if same in twice:
            yield f"{at}:claim_id: says the same as {twice[same]} on the same word; merge the two"
        twice[same] = c["claim_id"]


def _value(at: str, c: dict[str, str]) -> Iterator[str]:
    if (c["aspect"] == "occurrence") == bool(c["value"]):
        yield (
            f"{at}:value: "
            f"{'an occurrence has no value; empty it' if c['value'] else 'empty; give the value that is claimed'}"
        )
    if c["aspect"] == "count" and c["value"] and not NUMBER.fullmatch(c["value"]):
        yield f"{at}:value: '{c['value']}' is not a number; write 174 or 170/180"
    if c["aspect"] in SINGLE_VALUED - {"date", "count"} and c["value"] and not SLUG.fullmatch(c["value"]):
        yield f"{at}:value: '{c['value']}' is not a slug; write lower-case words with hyphens"


def _quoted(at: str, c: dict[str, str]) -> Iterator[str]:
    """What is taken from a source word for word stays short, as words are counted with and without hyphens."""
    for quotation in QUOTED.finditer(c["statement"]):
        if len((quotation[1] or quotation[2]).split()) > LONGEST_QUOTATION:
            yield f"{at}:statement: quotation of more than {LONGEST_QUOTATION} words; shorten or paraphrase"
    pieces = c["passage"].split("…")
    if len(pieces) > 2 or any(len(WORDS.findall(piece)) > LONGEST_QUOTATION for piece in pieces):
        told = f"more than {LONGEST_QUOTATION} words, or more than two pieces joined by …"
        yield f"{at}:passage: {told}; shorten it"


def _speakers(history: History) -> Iterator[str]:
    actors, events, sources = by_key(history.actors), by_key(history.table("events")), by_key(history.sources)
    present = set(zip(history.participants["event_id"], history.participants["actor_id"]))
    terms = defaultdict(list)
    for o in records(history.offices):
        terms[o["actor_id"]].append(dates.parse(o["span"]))
    for n, c in numbered(history.claims):
        speaker, at = actors.get(c["speaker"]), f"claims.csv:{n}"
        unnamed = speaker is not None and speaker["type"] == "unnamed"
        if unnamed and c["basis"] != "anonymous":
            yield f"{at}:basis: an unnamed speaker goes with anonymous; correct one of them"
        if c["basis"] == "anonymous" and speaker and not unnamed:
            yield f"{at}:speaker: anonymous, yet '{c['speaker']}' is named; correct one of them"
        if c["basis"] in ("participant", "official") and not speaker:
            yield f"{at}:speaker: basis {c['basis']} needs a speaker; say on whose word"
        if c["basis"] == "participant" and speaker and (c["event_id"], c["speaker"]) not in present:
            yield f"{at}:basis: '{c['speaker']}' is not among the participants; list him or choose another basis"
        if c["basis"] == "official" and speaker and speaker["type"] == "person":
            source = sources[c["source_id"]]
            days = map(dates.parse, (events[c["event_id"]]["date"], source["written"] or source["issued"]))
            if not any(term.overlaps(day) for day in days for term in terms[c["speaker"]]):
                yield (
                    f"{at}:speaker: '{c['speaker']}' held no office of ours on that day; "
                    "add it to offices.csv or change the basis"
                )


def _claimed(history: History) -> dict[tuple[str, str], set[str]]:
    """The values that are affirmed for each event and aspect; under `any`, the stances on its occurrence."""
    claimed = defaultdict(set)
    for c in records(history.claims):
        if c["stance"] == "affirms":
            claimed[c["event_id"], c["aspect"]].add(c["value"])
        if c["aspect"] == "occurrence":
            claimed[c["event_id"], "any"].add(c["stance"])
    return claimed


def _events(history: History) -> Iterator[str]:
    claimed = _claimed(history)
    ruled = {
        (r["event_id"], r["aspect"]): history.claims.at[r["follows"], "value"]
        for r in records(history.rulings)
    }
    for n, e in numbered(history.table("events")):
        at, key = f"events.csv:{n}", e["event_id"]
        if not claimed[key, "any"]:
            yield f"{at}:event_id: no claim says that it occurred; add one to claims.csv or remove the event"
        for aspect in ("date", "place"):
            if e[aspect] and e[aspect] not in claimed[key, aspect]:
                given = ", ".join(sorted(claimed[key, aspect])) or "none"
                yield f"{at}:{aspect}: '{e[aspect]}' is claimed by no source (claimed: {given}); follow a claim"
            elif (key, aspect) in ruled and ruled[key, aspect] != e[aspect]:
                yield f"{at}:{aspect}: the ruling follows '{ruled[key, aspect]}'; write that"
        if e["about"] == key:
            yield f"{at}:about: an event cannot be about itself; name the other or empty it"
        if len(e["summary"].split()) > LONGEST_SUMMARY:
            yield f"{at}:summary: more than {LONGEST_SUMMARY} words; shorten it"


def _places(history: History) -> Iterator[str]:
    """Each place is one in which the book has an event."""
    used = set(column_cells(history.table("events"), "place"))
    for n, p in numbered(history.places):
        if p["place"] not in used:
            yield f"places.csv:{n}:place: '{p['place']}' is the place of no event; remove the row or correct the id"


def _contacts(history: History) -> Iterator[str]:
    """Whatever both sides do is coded as a contact or as what else it is, and nothing else is."""
    both = sides.both_acting(history)
    for n, e in numbered(history.table("events")):
        at = f"events.csv:{n}"
        asked = e["event_id"] in both and e["channel"] != "statement" and is_graded(e)
        if asked and not e["contact"]:
            yield f"{at}:contact: empty, yet a Pakistani and an Israeli side both act; say what it is"
        if e["contact"] and not asked:
            yield f"{at}:contact: '{e['contact']}', yet not both sides act in it, or it is a statement; empty it"
        if e["encounter"] and e["contact"] not in sides.CONTACTS:
            yield f"{at}:encounter: '{e['encounter']}', yet it is no contact; empty it"


def _rulings(history: History) -> Iterator[str]:
    claims = by_key(history.claims)
    for n, r in numbered(history.rulings):
        c = claims[r["follows"]]
        if (c["event_id"], c["aspect"], c["of"], c["stance"]) != (
            r["event_id"],
            r["aspect"],
            r["of"],
            "affirms",
        ) and not (
            r["aspect"] == "occurrence" and c["stance"] == "denies" and c["event_id"] == r["event_id"]
        ):
            yield f"rulings.csv:{n}:follows: '{r['follows']}' is not a claim on that event and aspect; name one that is"


def _people(history: History) -> Iterator[str]:
    events, claims, actors = by_key(history.table("events")), by_key(history.claims), by_key(history.actors)
    for n, p in numbered(history.participants):
        if claims[p["claim_id"]]["event_id"] != p["event_id"]:
            yield f"participants.csv:{n}:claim_id: is a claim on another event; name one on '{p['event_id']}'"
        died = actors[p["actor_id"]]["died"]
        if (
            died
            and p["role"] != "target"
            and dates.parse(died).latest < dates.parse(events[p["event_id"]]["date"]).earliest
        ):
            yield f"participants.csv:{n}:actor_id: '{p['actor_id']}' had died ({died}) before the event; correct one"
    for n, a in numbered(history.actors):
        if a["died"] and a["type"] != "person":
            yield f"actors.csv:{n}:died: only persons die; empty it"
        yield from _described(n, a)


def _described(n: int, a: dict[str, str]) -> Iterator[str]:
    """What lists of persons need of an actor."""
    person = a["type"] == "person"
    if (a["born"] or a["description"]) and not person:
        yield f"actors.csv:{n}:type: only persons are born or stand in Who is who; empty born and description"
    if person != bool(a["family_name"]):
        told = (
            "empty; give the name under which to file the person"
            if person
            else "only persons are filed under one; empty it"
        )
        yield f"actors.csv:{n}:family_name: {told}"
    if a["family_name"].partition(" (")[0] not in a["name"]:
        yield f"actors.csv:{n}:family_name: does not stand in name; write it as it stands there"
    if a["born"] and a["died"] and dates.parse(a["died"]).earliest < dates.parse(a["born"]).earliest:
        yield f"actors.csv:{n}:born: '{a['born']}' is later than died, '{a['died']}'; correct one"


def _living(history: History) -> Iterator[str]:
    denied = set(history.claims[history.claims["stance"] == "denies"]["event_id"])
    searched = set(history.searches[history.searches["looked_for"] == "denial"]["event_id"])
    for n, e in numbered(history.table("events")):
        if e["sensitive"] and e["event_id"] not in denied | searched:
            yield (
                f"events.csv:{n}:sensitive: no denial is recorded, nor a search for one; "
                "add the claim, or a row to searches.csv with looked_for denial"
            )


def _searches(history: History) -> Iterator[str]:
    for n, s in numbered(history.searches):
        if s["chapter"] not in history.chapters:
            known = ", ".join(history.chapters)
            yield f"searches.csv:{n}:chapter: '{s['chapter']}' is no chapter; choose one of {known}"


def _series(history: History) -> Iterator[str]:
    for r in history.package["resources"]:
        if r["path"].startswith(("series/", "second-coding/")):
            for needed in ("licenses", "sources"):
                if not r.get(needed):
                    yield f"datapackage.json: '{r['name']}' has no {needed}; every series carries its own"
