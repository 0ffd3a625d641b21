"""What each role of the prose says in words, and what it is about: the same words on a page and in a notebook."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from without_recognition import findings
from without_recognition.data import dates
from without_recognition.data.dataset import History
from without_recognition.data.messages import UnknownId
from without_recognition.data.number_words import spelled
from without_recognition.evidence import Judgement, counts, labels
from without_recognition.evidence.lookup import Lookup, NoValue

PAGED = ("book", "chapter", "report", "article-journal", "legislation")
WORDS = re.compile(r"(?s)(?P<words>.*\S)\s*<(?P<id>[^<>]+)>")


class RoleError(ValueError):
    """What a role says of the data is not so; the message says what to write."""


@dataclass(frozen=True)
class Said:
    """What a role says: `words` stand in the sentence, and may be none; the rest is what they are about."""

    role: str
    words: str
    kind: str = ""  #: event, proposition, source, claim, person, dispute; "" for a number
    key: tuple[str, ...] = ()
    found: Any = None  #: its Judgement, or its row
    locator: str = ""


def _titled(text: str) -> tuple[str, str]:
    """(id, words) of `id` or `words <id>`."""
    given = WORDS.fullmatch(text)
    return (given["id"], given["words"]) if given else (text, "")


def _judged(role: str, words: str, judgement: Judgement) -> Said:
    kind = "event" if judgement.aspect == "occurrence" else "proposition"
    return Said(role, words, kind, judgement.key, judgement)


def event(look: Lookup, role: str, text: str) -> Said:
    """`id` or `words <id>`."""
    event_id, words = _titled(text)
    return _judged(role, words, look.judgement(event_id))


def date(look: Lookup, role: str, text: str) -> Said:
    """The event's date in words: with its preposition ({date}, {Date}) or bare ({day})."""
    written = look.event(text)["date"]
    worded: dict[str, Callable[[str], str]] = {
        "date": dates.worded,
        "Date": dates.capitalised,
        "day": dates.bare,
    }
    return _judged(role, worded[role](written), look.followed(text, "date"))


def grade(look: Lookup, role: str, text: str) -> Said:
    """`id`, or `id aspect [of=x] [value]`: grade in words, and status where something is against it."""
    event_id, aspect, rest = _three(text if " " in text else f"{text} occurrence")
    of = ""
    if rest.startswith("of="):
        known = {key[2] for key in look.judged if key[:2] == (event_id, aspect)}
        of = max((k for k in known if f"{rest} ".startswith(f"of={k} ")), key=len, default=rest[3:])
        rest = rest[len(f"of={of} ") :]
    found = look.judgement(event_id, aspect, of, rest)
    return _judged(role, labels.grade_said(found), found)


def value(look: Lookup, role: str, text: str) -> Said:
    """`id aspect [of]`: the value that the book follows, in words."""
    event_id, aspect, of = _three(text)
    found = look.followed(event_id, aspect, of)
    return _judged(role, labels.value(look, aspect, found.value), found)


def dispute(look: Lookup, role: str, text: str) -> Said:
    """`id aspect [of]`: the values, their grades and the ruling."""
    found = look.dispute(*_three(text))
    return Said(role, "", "dispute", (found["event_id"], found["aspect"], found["of"]), found)


def src(look: Lookup, role: str, text: str) -> Said:
    """`source_id locator`: a source and a place in it."""
    source_id, _, locator = text.partition(" ")
    found = look.source(source_id)
    if found["seen"] == "cited_only":
        raise RoleError(f"source '{source_id}' was not read by us; cite the source that relays it")
    if not locator.strip() and found["type"] in PAGED:
        raise RoleError(f"source '{source_id}' has pages; add the locator: {source_id} p. 1")
    return Said(role, "", "source", (source_id,), found, locator.strip())


def claim(look: Lookup, role: str, text: str) -> Said:
    """`claim_id` or `words <claim_id>`: one source's one statement."""
    claim_id, words = _titled(text)
    found = look.claim(claim_id)
    return Said(role, words, "claim", (claim_id,), found, found["locator"])


def who(look: Lookup, role: str, text: str) -> Said:
    """`actor_id` or `words <actor_id>`: a person of *Who is who*."""
    actor_id, words = _titled(text)
    found = look.actor(actor_id)
    if not found["description"]:
        raise RoleError(f"'{found['actor_id']}' is not in Who is who; describe it in actors.csv")
    return Said(role, words or found["name"], "person", (found["actor_id"],), found)


def number(look: Lookup, role: str, text: str) -> Said:
    """A count in words up to ten; {N} at a sentence's start."""
    words = spelled(counts.number(look.history, text))
    return Said(role, labels.begun(words) if role == "N" else words)


def finding(look: Lookup, role: str, text: str) -> Said:
    """A named number of Part II, formatted by its finding."""
    return Said(role, measure(text)(look.history))


def measure(text: str) -> Callable[[History], str]:
    """The function behind a name of {finding}. Raises UnknownId."""
    if text not in findings.NUMBERS:
        raise UnknownId("finding", text, findings.NUMBERS)
    return findings.NUMBERS[text]


def _three(text: str) -> tuple[str, str, str]:
    parts = text.split(" ", 2)
    if len(parts) < 2:
        raise RoleError(f"'{text}' needs an event, an aspect and perhaps whose: id aspect [of]")
    return parts[0], parts[1], parts[2] if len(parts) == 3 else ""


ROLES: dict[str, Callable[[Lookup, str, str], Said]] = {
    "event": event,
    "date": date,
    "Date": date,
    "day": date,
    "grade": grade,
    "value": value,
    "dispute": dispute,
    "src": src,
    "claim": claim,
    "who": who,
    "n": number,
    "N": number,
    "finding": finding,
}

OF_PAGES = (*ROLES, "abbr", "doc", "ref", "sub", "sup", "term")  #: all that a page of the book may use
#: all that Sphinx and docutils have, which a text of one's own may use
OF_SPHINX = {
    "ab", "abbr", "abbreviation", "ac", "acronym", "any", "attr", "class", "code", "command", "confval",
    "const", "data", "dfn", "doc", "download", "emphasis", "envvar", "eq", "exc", "file", "func", "guilabel",
    "i", "index", "kbd", "keyword", "literal", "mailheader", "makevar", "manpage", "math", "menuselection",
    "meth", "mimetype", "mod", "newsgroup", "numref", "obj", "option", "pep", "pep-reference", "program",
    "raw", "ref", "regexp", "rfc", "rfc-reference", "samp", "strong", "sub", "subscript", "sup",
    "superscript", "t", "term", "title", "title-reference", "token", "type",
}  # fmt: skip


def said(look: Lookup, role: str, text: str) -> Said:
    """What `role` says for `text`. Raises UnknownId, RoleError, NoValue or SpecError with the reason."""
    return ROLES[role](look, role, " ".join(text.split()))


#: what `said` raises
WRONG = (UnknownId, RoleError, NoValue, counts.SpecError)
