"""Queries for the finder, generated from the tables by rule: what somebody would type, and what should be found.

`names(look)`: three spellings of each of the forty persons who took part in most events. `others(look)`: years, months,
days, misspelt family names, titles, ids, phrases, the other side's spelling of English, names and titles in their own
scripts. Both are lists of 120 (query, set of anchors of which one must be among the first three).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from without_recognition.data import dates
from without_recognition.evidence.addresses import anchor_of
from without_recognition.evidence.lookup import Lookup

Query = tuple[str, set[str]]
VOWELS = (
    ("oo", "u"),
    ("ou", "u"),
    ("ee", "i"),
    ("ei", "ai"),
    ("u", "oo"),
    ("i", "ee"),
    ("o", "u"),
    ("e", "a"),
    ("a", "e"),
)
CONSONANTS = (("ullah", "ulla"), ("ulla", "ullah"), ("q", "k"), ("kh", "k"), ("k", "q"), ("z", "s"), ("ss", "s"),
              ("tt", "t"), ("rr", "r"), ("nn", "n"), ("ph", "f"), ("w", "v"), ("s", "ss"), ("l", "ll"), ("r", "rr"),
              ("m", "mm"), ("n", "nn"))  # fmt: skip


def every(rows: list, count: int) -> list:
    """`count` of `rows`, evenly spread."""
    assert len(rows) >= count, len(rows)
    return [rows[n * len(rows) // count] for n in range(count)]


def told_by(name: str) -> str:
    """The longest word of a name that is not the Prophet's, which half of them bear."""
    return max((w for w in re.findall(r"[^\W\d_]+", name) if not re.match("M[ou]hamm?[ae]d", w)), key=len)


def changed(name: str, rules: tuple[tuple[str, str], ...]) -> str:
    """`name` with the first rule that fits its longest word, after that word's first letter."""
    word = told_by(name)
    for was, now in rules:
        if was in word[1:]:
            return name.replace(word, word[0] + word[1:].replace(was, now, 1), 1)
    return name


def slipped(name: str, how: int) -> str:
    """`name` with a slip in the middle of its longest word: a letter left out, two letters swapped, one put in."""
    word = told_by(name)
    at = len(word) // 2
    slips = (
        word[:at] + word[at + 1 :],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        word[:at] + "x" + word[at:],
    )
    return name.replace(word, slips[how % 3], 1)


def plain(name: str) -> str:
    """A name without what stands in brackets, and with blanks for hyphens."""
    return re.sub(r" \(.*?\)", "", name).replace("-", " ")


def names(look: Lookup) -> list[Query]:
    """120 spellings of forty names."""
    parts = Counter(row["actor_id"] for rows in look.participants.values() for row in rows)
    people = [a for a in sorted(parts, key=lambda a: (-parts[a], a)) if look.actors[a]["type"] == "person"][
        :40
    ]
    out: list[Query] = []
    for number, actor in enumerate(people):
        name = re.sub(r" \(.*?\)", "", look.actors[actor]["name"])
        for spelling in (
            changed(name, VOWELS),
            changed(plain(name), CONSONANTS),
            slipped(plain(name), number),
        ):
            out.append((spelling, {anchor_of("person", actor)}))
    return out


def others(look: Lookup) -> list[Query]:
    """120 queries of every other kind."""
    made = [*whens(look), *misspelt(look), *titles(look), *ids(look), *phrases(look), *scripts(look)]
    assert len(made) == 120, len(made)
    return made


def whens(look: Lookup) -> list[Query]:
    """16 years, 12 months, 8 days (4 as the page says them, 4 as ISO)."""
    years, months, days = defaultdict(set), defaultdict(set), defaultdict(set)
    for event_id, event in look.events.items():
        span, anchor = dates.parse(event["date"]), anchor_of("event", event_id)
        if span.latest.year == 9999:
            continue
        for year in range(max(span.earliest.year, span.latest.year - 11), span.latest.year + 1):
            years[str(year)].add(anchor)
        if span.precision in ("day", "month"):
            months[dates.bare(event["date"][:7])].add(anchor)
        if span.precision == "day":
            days[event["date"][:10]].add(anchor)
    short = {dates.bare(day): found for day, found in days.items()}
    return [
        *every(sorted(years.items()), 16),
        *every(sorted(months.items()), 12),
        *every(sorted(short.items()), 4),
        *every(sorted(days.items()), 4),
    ]


def misspelt(look: Lookup) -> list[Query]:
    """20 family names of one person alone, with a slip."""
    families = defaultdict(set)
    for actor_id, actor in look.actors.items():
        if actor["family_name"].isalpha() and len(actor["family_name"]) > 5:
            families[actor["family_name"]].add(anchor_of("person", actor_id))
    alone = sorted((name, found) for name, found in families.items() if len(found) == 1)
    return [(slipped(name, number), found) for number, (name, found) in enumerate(every(alone, 20))]


def titles(look: Lookup) -> list[Query]:
    """8 titles of events, 8 of sources; 6 beginnings of five words; 4 in the other spelling of English."""
    events = sorted((row["title"], {anchor_of("event", e)}) for e, row in look.events.items())
    sources = defaultdict(set)
    for source_id, row in look.sources.items():
        if row["lang"] == "en" and len(row["title"].split()) > 3:
            sources[row["title"]].add(anchor_of("source", source_id))
    heads = Counter(" ".join(title.split()[:5]) for title, _ in events)
    begun = [
        (h, found) for t, found in events if len(t.split()) > 6 and heads[h := " ".join(t.split()[:5])] == 1
    ]
    american = [
        (re.sub(r"is(e|ed|es|ing)\b", r"iz\1", t), found) for t, found in events if re.search(r"recognis", t)
    ]
    return [*every(events, 8), *every(sorted(sources.items()), 8), *every(begun, 6), *every(american, 4)]


def ids(look: Lookup) -> list[Query]:
    """4 ids of events, 4 of sources, 4 of claims, which stand at their event."""
    return [
        *((e, {anchor_of("event", e)}) for e in every(sorted(look.events), 4)),
        *((s, {anchor_of("source", s)}) for s in every(sorted(look.sources), 4)),
        *((c, {anchor_of("event", look.claims[c]["event_id"])}) for c in every(sorted(look.claims), 4)),
    ]


def phrases(look: Lookup) -> list[Query]:
    """8 phrases of eight words out of summaries, 4 out of what a claim states."""
    out: list[Query] = []
    for event_id in every([e for e in sorted(look.events) if len(look.events[e]["summary"].split()) > 12], 8):
        out.append((" ".join(look.events[event_id]["summary"].split()[4:12]), {anchor_of("event", event_id)}))
    for claim_id in every(
        [c for c in sorted(look.claims) if len(look.claims[c]["statement"].split()) > 12], 4
    ):
        claim = look.claims[claim_id]
        out.append((" ".join(claim["statement"].split()[2:10]), {anchor_of("event", claim["event_id"])}))
    return out


def scripts(look: Lookup) -> list[Query]:
    """8 names and 6 titles in the scripts in which they are written."""
    people = defaultdict(set)
    for actor_id, actor in look.actors.items():
        for name in actor["variants"].split("; "):
            if name and not re.match(r"[\x00-\u024f]", name):
                people[name].add(anchor_of("person", actor_id))
    sources = [
        (" ".join(row["title"].strip("[]").split()[:4]), {anchor_of("source", s)})
        for s, row in sorted(look.sources.items())
        if re.match(r"\[?[\u0590-\u06ff]", row["title"])
    ]
    return [*every(sorted(people.items()), 8), *every(sources, 6)]
