"""What this book asks of its data beyond types and keys; each rule yields `file:row:column: what; what to do`."""
from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from analysis import citing, dates
from analysis.dataset import TABLES, History, by_key, records
from analysis.evidence import SINGLE_VALUED, EvidenceError, Weighing

EDTF = "http://id.loc.gov/datatypes/edtf"
QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”')
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
LONGEST_QUOTATION, LONGEST_SUMMARY = 11, 60  #: words
WEB = re.compile(r"https?://[^\s<>\"]+")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NUMBER = re.compile(r"\d+(\.\d+)?(/\d+(\.\d+)?)?")


def problems(history: History) -> list[str]:
    """All breaches of the house rules. The tables must have passed schema and keys before."""
    found = [p for rule in (_dates, _cells) for p in rule(history)]
    if not found:  # the rest reads dates
        for rule in (_sources, _origins, _claims, _speakers, _events, _rulings, _people, _living, _searches,
                     _retired, _series):
            found += rule(history)
    return found


def _rows(table) -> Iterator[tuple[int, dict]]:
    """(row of the file, cells); row 1 is the header."""
    return ((n, row) for n, row in enumerate(records(table), 2))


def _fields(history: History, name: str) -> list[dict]:
    return next(r for r in history.package["resources"] if r["name"] == name)["schema"]["fields"]


def _edtf(where: str, text: str) -> Iterator[str]:
    try:
        dates.parse(text)
    except dates.DateError as wrong:
        yield f"{where}: {wrong}"


def _dates(history: History) -> Iterator[str]:
    for table in ("sources", "actors", "offices", "events"):
        for column in (f["name"] for f in _fields(history, table) if f.get("rdfType") == EDTF):
            for n, row in _rows(getattr(history, table)):
                if row[column]:
                    yield from _edtf(f"{table}.csv:{n}:{column}", row[column])
    for n, row in _rows(history.claims):
        if row["aspect"] == "date" and row["value"]:
            yield from _edtf(f"claims.csv:{n}:value", row["value"])


def _cells(history: History) -> Iterator[str]:
    for table in TABLES:
        yield from cells(f"{table}.csv", getattr(history, table))


def cells(file: str, table) -> Iterator[str]:
    """Faults of letters in a table, of data/ or of data/series/."""
    for n, row in _rows(table):
        for column, cell in row.items():
            if told := _letters(cell):
                yield f"{file}:{n}:{column}: {told}"


def _letters(text: str) -> str:
    """What no text of ours may hold, with the remedy, or ""."""
    if "\n" in text or "\r" in text or text != text.strip():
        return "line break or outer blanks; remove them"
    if citing.defused(text) != text:
        return "begins like a formula or turns the reading order; rephrase it"
    return "a control character; type the text anew" if CONTROLS.search(text) else ""


def described(package: dict) -> Iterator[str]:
    """Faults of the texts and addresses in datapackage.json; patterns and enums are the book's own anyway."""
    for keys, text in _texts(package):
        if told := _letters(text):
            yield f"datapackage.json: {'/'.join(keys)}: {told}"
        elif keys[-1] in ("url", "homepage") or keys[-1] == "path" and {"licenses", "sources"} & set(keys[-3:-2]):
            if text and not WEB.fullmatch(text):
                told = f"'{text}' is no address of the web; begin it with https://"
                yield f"datapackage.json: {'/'.join(keys)}: {told}"


def _texts(value: object, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of a JSON value, keys included, with the way to it."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*keys, str(key)))
            if isinstance(value, dict):
                yield (*keys, "key"), key


def _sources(history: History) -> Iterator[str]:
    for n, s in _rows(history.sources):
        if s["reliability"] != "C" and not s["reliability_reason"]:
            yield f"sources.csv:{n}:reliability_reason: letter {s['reliability']} needs a reason; give one or use C"
        if s["written"] and dates.parse(s["written"]).earliest > dates.parse(s["issued"]).latest:
            yield f"sources.csv:{n}:written: later than issued; swap or correct them"


def _origins(history: History) -> Iterator[str]:
    claims, sources = by_key(history.claims), set(history.sources.index)
    per_source = Counter((_prop(c), c["stance"], c["source_id"]) for c in claims.values())
    bad = False
    for n, c in _rows(history.claims):
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
        weighing, seen = Weighing(history), set()
        for n, c in _rows(history.claims):
            try:
                weighing.chain(c["claim_id"])
            except EvidenceError as wrong:
                circle = frozenset(str(wrong).split(": ")[1].split(" -> "))
                if circle not in seen:
                    seen.add(circle)
                    yield f"claims.csv:{n}:origin: {wrong}; one of them must rest on something else"


def _prop(c: dict) -> tuple:
    return c["event_id"], c["aspect"], c["of"], c["value"]


def _claims(history: History) -> Iterator[str]:
    sources, actors = by_key(history.sources), by_key(history.actors)
    twice: dict[tuple, str] = {}
    for n, c in _rows(history.claims):
        at = f"claims.csv:{n}"
        if not c["claim_id"].startswith(c["event_id"] + "."):
            yield f"{at}:claim_id: must begin with its event_id '{c['event_id']}.'; renumber it"
        if sources[c["source_id"]]["seen"] == "cited_only":
            yield f"{at}:source_id: '{c['source_id']}' was not read; make it the origin of the source that you read"
        if (c["aspect"] == "occurrence") == bool(c["value"]):
            yield f"{at}:value: {'an occurrence has no value; empty it' if c['value'] else 'empty; give the value that is claimed'}"
        if (c["aspect"] in ("role", "count")) != bool(c["of"]):
            yield f"{at}:of: only role and count have one, and they must; {'empty it' if c['of'] else 'fill it in'}"
        if c["aspect"] == "role" and c["of"] and c["of"] not in actors:
            yield f"{at}:of: unknown actor '{c['of']}'; add it to actors.csv or correct the id"
        if c["aspect"] == "count" and c["value"] and not NUMBER.fullmatch(c["value"]):
            yield f"{at}:value: '{c['value']}' is not a number; write 174 or 170/180"
        if c["aspect"] in SINGLE_VALUED - {"date", "count"} and c["value"] and not SLUG.fullmatch(c["value"]):
            yield f"{at}:value: '{c['value']}' is not a slug; write lower-case words with hyphens"
        for quotation in QUOTED.finditer(c["statement"]):
            if len((quotation[1] or quotation[2]).split()) > LONGEST_QUOTATION:
                yield f"{at}:statement: quotation of more than {LONGEST_QUOTATION} words; shorten or paraphrase"
        same = (c["source_id"], _prop(c), c["stance"], c["speaker"])
        if same in twice:
            yield f"{at}:claim_id: says the same as {twice[same]} on the same word; merge the two"
        twice[same] = c["claim_id"]


def _speakers(history: History) -> Iterator[str]:
    actors, events, sources = by_key(history.actors), by_key(history.events), by_key(history.sources)
    present = set(zip(history.participants["event_id"], history.participants["actor_id"]))
    terms = defaultdict(list)
    for o in records(history.offices):
        terms[o["actor_id"]].append(dates.parse(o["span"]))
    for n, c in _rows(history.claims):
        speaker, at = actors.get(c["speaker"]), f"claims.csv:{n}"
        unnamed = bool(speaker) and speaker["type"] == "unnamed"
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
                yield f"{at}:speaker: '{c['speaker']}' held no office of ours on that day; add it to offices.csv or change the basis"


def _events(history: History) -> Iterator[str]:
    claimed = defaultdict(set)
    for c in records(history.claims):
        if c["stance"] == "affirms":
            claimed[c["event_id"], c["aspect"]].add(c["value"])
        if c["aspect"] == "occurrence":
            claimed[c["event_id"], "any"].add(c["stance"])
    ruled = {(r["event_id"], r["aspect"]): history.claims.at[r["follows"], "value"]
             for r in records(history.rulings)}
    for n, e in _rows(history.events):
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


def _rulings(history: History) -> Iterator[str]:
    claims = by_key(history.claims)
    for n, r in _rows(history.rulings):
        c = claims[r["follows"]]
        if (c["event_id"], c["aspect"], c["of"], c["stance"]) != (r["event_id"], r["aspect"], r["of"], "affirms") \
                and not (r["aspect"] == "occurrence" and c["stance"] == "denies" and c["event_id"] == r["event_id"]):
            yield f"rulings.csv:{n}:follows: '{r['follows']}' is not a claim on that event and aspect; name one that is"


def _people(history: History) -> Iterator[str]:
    events, claims, actors = by_key(history.events), by_key(history.claims), by_key(history.actors)
    for n, p in _rows(history.participants):
        if claims[p["claim_id"]]["event_id"] != p["event_id"]:
            yield f"participants.csv:{n}:claim_id: is a claim on another event; name one on '{p['event_id']}'"
        died = actors[p["actor_id"]]["died"]
        if died and p["role"] != "target" and \
                dates.parse(died).latest < dates.parse(events[p["event_id"]]["date"]).earliest:
            yield f"participants.csv:{n}:actor_id: '{p['actor_id']}' had died ({died}) before the event; correct one"
    for n, a in _rows(history.actors):
        if a["died"] and a["type"] != "person":
            yield f"actors.csv:{n}:died: only persons die; empty it"


def _living(history: History) -> Iterator[str]:
    denied = set(history.claims[history.claims["stance"] == "denies"]["event_id"])
    searched = set(history.searches[history.searches["looked_for"] == "denial"]["event_id"])
    for n, e in _rows(history.events):
        if e["sensitive"] and e["event_id"] not in denied | searched:
            yield (f"events.csv:{n}:sensitive: no denial is recorded, nor a search for one; "
                   "add the claim, or a row to searches.csv with looked_for denial")


def _searches(history: History) -> Iterator[str]:
    for n, s in _rows(history.searches):
        if s["chapter"] not in history.chapters:
            known = ", ".join(history.chapters)
            yield f"searches.csv:{n}:chapter: '{s['chapter']}' is no chapter; choose one of {known}"


def _retired(history: History) -> Iterator[str]:
    for n, c in _rows(history.corrections):
        if c["kind"] == "retired" and hasattr(history, c["table"]) and c["key"] in getattr(history, c["table"]).index:
            yield f"corrections.csv:{n}:key: '{c['key']}' was retired and is used again; ids are never reused"


def _series(history: History) -> Iterator[str]:
    for r in history.package["resources"]:
        if r["path"].startswith("series/"):
            for needed in ("licenses", "sources"):
                if not r.get(needed):
                    yield f"datapackage.json:0:{r['name']}: no {needed}; every series carries its own"
