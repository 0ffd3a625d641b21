"""`book check --review`: rows that a reader should look at again, by kind of fault. No row here is wrong for certain.

Each kind is one that an audit of the first edition found to recur. A rule that can be decided by a program stands in
`data.table_rules`; what needs judgement is listed here. What was read and left as it is stands in
data/second-coding/review.csv and is listed no more, as long as nothing of it changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from without_recognition.data import dates, releases
from without_recognition.data.dataset import History, by_key, records
from without_recognition.data.sheets import KEPT, table_of
from without_recognition.evidence.lines import Testimony, line_keys
from without_recognition.evidence.told import lacking
from without_recognition.evidence.weighing import Judgement, occurrences

FOLLOWING = re.compile(
    r"\b(according to|citing|quoting|quotes|relays|as reported by|by way of|reported by|told (?!of|that|the)[A-Z])",
    re.I,
)
DENIAL = re.compile(r"\b(den(y|ies|ied)|rejects?|rebuts?|refutes?|false|fake|baseless|no truth)\b", re.I)
PRESS = ("contemporary_news", "retrospective", "opinion", "forum")
SHORT = 5  #: words of a statement that can hardly name who did what
DAYS = re.compile(r"\d|day|month|year|spring|summer|autumn|winter|january|february|march|april|may|june|july|august|"
                  r"september|october|november|december", re.I)  # fmt: skip
#: words with which a row says that its source carries a saying, which is all that a saying needs
CARRIES = re.compile(
    r"(reports?|reported|quotes|prints|gives|relays|carries|text of|summari[sz]es|tells|mentions|describes|repeats|"
    r"retells|sums up|announces|relates|shows|embeds|reproduces|is the|his own|her own)\b|.*\b(itself|as issued|own "
    r"(text|article|report|interview))\b",
    re.I,
)
#: words of locators that name no place within the text, but only the text or what was seen of it
WHOLE = re.compile(
    r"search|whole|text|page|undated|body|report|item|post|article|feature|excerpts?|extract|opinion|record|editorial|"
    r"section|entry|chapter|issue|interview|thread|clipping|letter|note|statement|speech|of|the|a",
    re.I,
)
WORD = re.compile(r"[a-z]{4,}")
#: bylines that name nobody
NO_NAME = re.compile(r"by (an? |our |the )?((own|staff|special) )?(correspondent|reporter)", re.I)
#: words with which a note says how a title in brackets came to be
TITLED = re.compile(r"\b(our (description|wording)|served as title|(title|headline) not shown)\b", re.I)
UNNAMED = ("agency", "agencies", "monitoring", "unsigned")  #: credits that name no writer


@dataclass(frozen=True)
class Kind:
    """One kind of doubt: its id, what to ask of each row, and the rows."""

    id: str
    ask: str
    rows: Callable[[History], Iterator[str]]


def _claims(history: History) -> Iterator[tuple[dict[str, str], dict[str, str], dict[str, str]]]:
    """(claim, its source, its event), claim by claim."""
    sources, events = by_key(history.sources), by_key(history.table("events"))
    for claim in records(history.claims):
        yield claim, sources[claim["source_id"]], events[claim["event_id"]]


def wires(history: History) -> Iterator[str]:
    """Sources without a named writer on which the grade of a corroborated event hangs.

    With two other witnesses it would be corroborated even if all of these were one text.
    """
    sources = by_key(history.sources)
    paired = {*history.texts["source_a"], *history.texts["source_b"]}

    def is_unnamed(row: Testimony) -> bool:
        s = sources[row.source_id]
        return (
            row.counts
            and row.key[0] == "source"
            and s["credit"] in UNNAMED
            and not s["independence_group"]
            and row.source_id not in paired
        )

    for event_id, j in _corroborated(history):
        if len(line_keys(row for row in j.affirms if not is_unnamed(row))) < 2:
            for row in filter(is_unnamed, j.affirms):
                s = sources[row.source_id]
                yield f"{event_id}: {row.source_id} ({s['credit']}: {s['credit_line'] or 'nobody named'})"


def one_publisher(history: History) -> Iterator[str]:
    """Corroborated events of which all witnesses are one publisher's."""
    publisher = dict(zip(history.sources.index, history.sources["publisher"]))
    for event_id, j in _corroborated(history):
        keys = {
            (publisher[row.root],) if row.key[0] == "source" else row.key for row in j.affirms if row.counts
        }
        if len(keys) < 2:
            yield f"{event_id}: {', '.join(sorted({row.source_id for row in j.affirms if row.counts}))}"


def _corroborated(history: History) -> Iterator[tuple[str, Judgement]]:
    return ((e, j) for e, j in occurrences(history).items() if j.grade == "corroborated")


def follows_somebody(history: History) -> Iterator[str]:
    """Rows of a reporter's own that name another; of a saying, to quote the sayer is to report it."""
    for c, _, e in _claims(history):
        told = FOLLOWING.search(c["statement"]) if c["origin"] == "self" and not c["speaker"] else None
        if told and not (e["channel"] in ("statement", "media") and told[0].lower().startswith("quot")):
            yield f"{c['claim_id']}: {c['statement']}"


def unmade_sayings(history: History) -> Iterator[str]:
    for event_id, e in by_key(history.table("events")).items():
        if e["channel"] == "statement" and not e["made"]:
            yield f"{event_id}: {e['title']}"


def press_records(history: History) -> Iterator[str]:
    for c, s, _ in _claims(history):
        if c["basis"] == "record" and s["kind"] in PRESS:
            yield f"{c['claim_id']}: {s['source_id']} is {s['kind']}: {c['statement']}"


def nobodys_office(history: History) -> Iterator[str]:
    """`official` by nobody, or by a person of whom no office on that day is known."""
    actors, offices = by_key(history.actors), records(history.offices)
    for c, s, _ in _claims(history):
        if c["basis"] != "official":
            continue
        if not c["speaker"]:
            yield f"{c['claim_id']}: no speaker"
        elif actors[c["speaker"]]["type"] == "person":
            written = dates.parse(s["written"] or s["issued"])
            terms = [dates.parse(o["span"]) for o in offices if o["actor_id"] == c["speaker"]]
            if not any(term.overlaps(written) for term in terms):
                yield f"{c['claim_id']}: no office of {c['speaker']} in {s['written'] or s['issued']}"


def newspaper_studies(history: History) -> Iterator[str]:
    for c, s, _ in _claims(history):
        if c["basis"] == "study" and s["type"] == "article-newspaper":
            yield f"{c['claim_id']}: {c['statement']}"


def speakers_of_sayings(history: History) -> Iterator[str]:
    speaking = {
        (p["event_id"], p["actor_id"]) for p in records(history.participants) if p["role"] == "speaker"
    }
    for c, _, e in _claims(history):
        if e["channel"] == "statement" and c["aspect"] == "occurrence" and c["stance"] == "affirms":
            if (c["event_id"], c["speaker"]) in speaking:
                yield f"{c['claim_id']}: {c['speaker']} is the sayer, so the reporter is the witness"


def denying_titles(history: History) -> Iterator[str]:
    """Sources with a denial for title and none among their rows, unless the denial is the saying that they tell of."""
    stances: dict[str, set[str]] = {}
    for c, _, e in _claims(history):
        told = "denies" if e["channel"] == "statement" else c["stance"]
        stances.setdefault(c["source_id"], set()).add(told)
    for source_id, s in by_key(history.sources).items():
        if DENIAL.search(s["title"]) and stances.get(source_id) == {"affirms"}:
            yield f"{source_id}: {s['title']}"


def exact_dates(history: History) -> Iterator[str]:
    for c, _, _ in _claims(history):
        if c["aspect"] == "date" and c["basis"] == "reported" and len(c["value"]) == 10:
            if not DAYS.search(c["statement"] + c["passage"]):
                yield f"{c['claim_id']}: {c['value']} from {c['statement']!r}"


def foretold(history: History) -> Iterator[str]:
    """Reports that an event took place, written before its first day: an announcement is no witness of the act."""
    for c, s, e in _claims(history):
        told = c["aspect"] == "occurrence" and c["stance"] == "affirms"
        if told and c["basis"] in ("reported", "anonymous", "study"):
            if dates.parse(s["written"] or s["issued"]).latest < dates.parse(e["date"]).earliest:
                yield f"{c['claim_id']}: {s['source_id']} of {s['written'] or s['issued']} for {e['date']}"


def unlocated(history: History) -> Iterator[str]:
    """Rows of which neither locator nor passage says where they stand; the opening or the headline is a place.

    That a text is the act, or tells of it from first to last, its whole shows. A note is found by the passage of
    another row from it; and a day that we reckon, since the text has none, stands nowhere in it.
    """
    notes = {(c["source_id"], c["event_id"]) for c in records(history.claims) if _is_note(c) and c["passage"]}
    for c, s, e in _claims(history):
        by_whole = c["basis"] == "record" or e["channel"] == "statement" or s["seen"] in ("full", "copy")
        reckoned = c["aspect"] == "date" and c["basis"] == "inference" and not c["speaker"]
        in_note = _is_note(c) and (c["source_id"], c["event_id"]) in notes
        if c["passage"] or reckoned or in_note or s["type"] == "dataset":
            continue
        if not (c["aspect"] == "occurrence" and by_whole) and _names_no_place(c["locator"]):
            yield f"{c['claim_id']}: {c['locator']!r}"


def _names_no_place(locator: str) -> bool:
    """Whether a locator names the text alone; a tweet that a page shows is a place in it, and so is its opening."""
    return all(WHOLE.fullmatch(word) for word in re.findall(r"\w+", locator))


def _is_note(claim: dict[str, str]) -> bool:
    return claim["locator"] == "note"


def bare_occurrences(history: History) -> Iterator[str]:
    """Short rows that share no word with the title of what they affirm.

    A record is the act, and of a saying it is enough that the source carries it.
    """
    for c, _, e in _claims(history):
        if c["aspect"] != "occurrence" or c["stance"] != "affirms" or c["basis"] == "record":
            continue
        said = e["channel"] in ("statement", "media") and CARRIES.match(c["statement"])
        alike = _stems(c["statement"]) & _stems(e["title"])
        if len(c["statement"].split()) <= SHORT and not said and not alike:
            yield f"{c['claim_id']}: {c['statement']!r} for {e['title']!r}"


def _stems(text: str) -> set[str]:
    return {word[:5] for word in WORD.findall(text.lower())}


def titles_beyond_rows(history: History) -> Iterator[str]:
    for event_id, column, words in lacking(history):
        yield f"{event_id}: {column}: {', '.join(words)}"


def thin_metadata(history: History) -> Iterator[str]:
    """Sources of which the day of reading, the writer or the title is wanting, though the page may show it.

    A table of data is known by its edition; a byline may name an office alone; and where the note says how the title in
    brackets came to be, somebody looked for the page's own.
    """
    held = _held(history)
    for source_id, s in by_key(history.sources).items():
        if s["seen"] == "cited_only":
            continue
        edition = s["type"] == "dataset" and re.search(r"\d", s["title"])
        if not s["accessed"] and source_id not in held and not edition:
            yield f"{source_id}: no day of reading"
        signed = s["credit_line"].lower().startswith("by ") and not NO_NAME.fullmatch(s["credit_line"])
        if s["credit"] == "own_reporter" and not s["author"] and signed:
            yield f"{source_id}: signed, and no author ({s['credit_line']})"
        if s["title"].startswith("[") and s["url"] and s["type"].startswith("article"):
            if not TITLED.search(s["note"]):
                yield f"{source_id}: a page without its own title"


def firsts(history: History) -> Iterator[str]:
    """Rulings that a thing was the first; for one that it was not, the earlier case is at hand."""
    searched, claims = set(history.searches["event_id"]), by_key(history.claims)
    for r in records(history.rulings):
        not_first = claims[r["follows"]]["value"].startswith("not-")
        if r["aspect"] == "priority" and not not_first and r["event_id"] not in searched:
            yield f"{r['event_id']}: nobody searched for an earlier case"


def unopened(history: History) -> Iterator[str]:
    """Sources of the first edition that were not opened again; what came later was read with the second's eyes.

    A table of data has no wording to compare, and a text that we hold is always open.
    """
    editions, held = releases.versions(history), _held(history)
    kept = editions and (history.root / releases.FOLDER).is_dir()
    pins = releases.pinned(history, editions[0]) if kept else pd.DataFrame(columns=releases.COLUMNS)
    first = set(pins.loc[pins["table"] == "sources", "key"]) - held
    for source_id, s in by_key(history.sources).items():
        if s["seen"] != "cited_only" and not s["opened"] and source_id in first and s["type"] != "dataset":
            yield source_id


def _held(history: History) -> set[str]:
    """The sources of which we hold the text: their rows have its fingerprints."""
    return {c["source_id"] for c in records(history.claims) if c["fingerprint"]}


KINDS = (
    Kind("1 wires", "is this an agency's story, or another's text?", wires),
    Kind("1 publishers", "is one paper twice two witnesses?", one_publisher),
    Kind("2 follows", "whom does the text follow?", follows_somebody),
    Kind("3 sayings", "how was it said: before witnesses, as a text, in private?", unmade_sayings),
    Kind("4 records", "is this a trace of the act, or a report of it?", press_records),
    Kind("5 offices", "who speaks, and in what office?", nobodys_office),
    Kind("5 studies", "what evidence does the newspaper cite?", newspaper_studies),
    Kind("7 speakers", "is the saying itself the event?", speakers_of_sayings),
    Kind("8 denials", "does the source not deny?", denying_titles),
    Kind("9 dates", "does the text give this day?", exact_dates),
    Kind("10 foretold", "how could it know before the day?", foretold),
    Kind("11 locators", "where does it stand?", unlocated),
    Kind("12 occurrences", "does the row say what the title says?", bare_occurrences),
    Kind("13 titles", "who says this name or number?", titles_beyond_rows),
    Kind("15 metadata", "what does the page itself say?", thin_metadata),
    Kind("17 firsts", "was an earlier case looked for?", firsts),
    Kind("19 unopened", "it has not been opened for the second edition", unopened),
)

READ = ("kind", "row")  #: what identifies a row that was read


def review(history: History) -> pd.DataFrame:
    """Every row to be read again: columns kind, ask, row, and `read`, whether a reader left it as it is."""
    known = {(r["kind"], r["row"]) for _, r in table_of(history, "review", READ)}
    found = [
        (kind.id, kind.ask, row, (kind.id, row) in known) for kind in KINDS for row in kind.rows(history)
    ]
    return pd.DataFrame(found, columns=["kind", "ask", "row", "read"])


def outdated(history: History) -> list[str]:
    """Readings of rows that are listed no more: they were mended, or what was doubted changed."""
    table = review(history)
    listed = set(zip(table["kind"], table["row"]))
    return [
        f"{KEPT}/review.csv:{n}:row: '{r['row']}' is no longer listed under {r['kind']}; remove it"
        for n, r in table_of(history, "review", READ)
        if (r["kind"], r["row"]) not in listed
    ]


def review_list(history: History) -> str:
    """The review as text: a heading a kind with its count, then the rows not yet read; last, how many they are."""
    table = review(history)
    parts: list[str] = []
    for kind in KINDS:
        own = table[table["kind"] == kind.id]
        rows, read = own.loc[~own["read"], "row"], int(own["read"].sum())
        parts += [
            f"{kind.id} ({len(rows)}{f', and {read} read' if read else ''}): {kind.ask}",
            *(f"  {row}" for row in rows),
            "",
        ]
    return "\n".join([*parts, f"{int((~table['read']).sum())} row(s) to look at again"])


__all__ = ["KINDS", "Kind", "outdated", "review", "review_list"]
