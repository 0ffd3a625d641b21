"""The roles of the book's prose. Each reads the data with its page; what it cannot find ends the build."""

from __future__ import annotations

import re
from collections.abc import Callable

from docutils import nodes

from analysis import dates, evidence, measures
from analysis.press import PressError, anchors, problems, wording
from analysis.press.lookup import Lookup, Unknown, lookup
from analysis.press.nodes import Mark

PAGED = ("book", "chapter", "report", "article-journal", "legislation")
WORDS = re.compile(r"(?s)(?P<words>.*\S)\s*<(?P<id>[^<>]+)>")


def _proposition_mark(look: Lookup, judgement: evidence.Judgement, words: str = "", **more) -> Mark:
    happened = judgement.aspect == "occurrence"
    anchor = anchors.event(judgement.event_id) if happened else anchors.proposition(*judgement.key[:3])
    mark = Mark(
        words,
        words,
        anchor=anchor,
        card=("event" if happened else "proposition", judgement.key),
        said=f"evidence: {wording.grade_words(judgement)}",
        note=wording.note(look, judgement),
        level=wording.level(judgement),
        voices=" ".join(wording.voices(judgement.affirms)),
    )
    mark.attributes.update(more)
    return mark


def event(look: Lookup, name: str, text: str) -> nodes.Node:
    """`id` or `words <id>`."""
    given = WORDS.fullmatch(text)
    found = look.judgement(given["id"] if given else text)
    return _proposition_mark(
        look, found, given["words"] if given else "", shown=(found.grade, found.status), classes=["wr-event"]
    )


def date(look: Lookup, name: str, text: str) -> nodes.Node:
    """The event's date in words: with its preposition ({date}, {Date}) or bare ({day})."""
    written = look.event(text)["date"]
    words = {"date": dates.worded, "Date": dates.capitalised, "day": dates.bare}[name](written)
    found = look.followed(text, "date")
    mark = _proposition_mark(look, found, words, classes=["wr-date"])
    del mark["level"], mark["voices"]  # the event's own mark speaks for its clause
    if found.status == "unchallenged":
        mark["note"] = ""
    else:
        mark["shown"] = ("", found.status)
    return mark


def grade(look: Lookup, name: str, text: str) -> nodes.Node:
    """`id`, or `id aspect [of=x] [value]`: grade in words, and status where something is against it."""
    event_id, aspect, rest = _three(text if " " in text else f"{text} occurrence")
    of = ""
    if rest.startswith("of="):
        known = {key[2] for key in look.judged if key[:2] == (event_id, aspect)}
        of = max((k for k in known if f"{rest} ".startswith(f"of={k} ")), key=len, default=rest[3:])
        rest = rest[len(f"of={of} ") :]
    found = look.judgement(event_id, aspect, of, rest)
    return _proposition_mark(
        look, found, wording.grade_words(found), shown=(found.grade, found.status), classes=["wr-grade"]
    )


def value(look: Lookup, name: str, text: str) -> nodes.Node:
    """`id aspect [of]`: the value that the book follows, in words."""
    event_id, aspect, of = _three(text)
    found = look.followed(event_id, aspect, of)
    return _proposition_mark(look, found, wording.value(look, aspect, found.value), classes=["wr-value"])


def dispute(look: Lookup, name: str, text: str) -> nodes.Node:
    """`id aspect [of]`: a sign that opens the values, their grades and the ruling."""
    found = look.dispute(*_three(text))
    key = (found["event_id"], found["aspect"], found["of"])
    return Mark(
        "",
        "",
        anchor=anchors.dispute(*key),
        card=("dispute", key),
        classes=["wr-dispute"],
        shown=("", found["status"] if found["status"] != "unchallenged" else "disputed"),
        said=f"two accounts: {wording.aspect(look, *key[1:])}",
        note=wording.dispute_note(look, found),
    )


def src(look: Lookup, name: str, text: str) -> nodes.Node:
    """`source_id locator`: a numbered citation."""
    source_id, _, locator = text.partition(" ")
    found = look.source(source_id)
    if found["seen"] == "cited_only":
        raise PressError(f"source '{source_id}' was not read by us; cite the source that relays it")
    if not locator.strip() and found["type"] in PAGED:
        raise PressError(f"source '{source_id}' has pages; add the locator: {source_id} p. 1")
    here = wording.full(found, locator.strip())
    return Mark(
        "",
        "",
        anchor=anchors.source(source_id),
        card=("source", source_id),
        classes=["wr-src"],
        here=locator.strip(),
        note=f"{here}.",
        said="source",
        voices=" ".join(_voices_at(look, source_id, locator.strip())),
    )


def _voices_at(look: Lookup, source_id: str, locator: str) -> list[str]:
    """Whose words stand at that place, by the claims coded from it; else the source's own side."""
    rows = [look.weighing.row(c) for c in look.quoted.get((source_id, locator), ())]
    return wording.voices(rows) or [wording.voice(look.sources[source_id]["perspective"])]


def claim(look: Lookup, name: str, text: str) -> nodes.Node:
    """`claim_id` or `words <claim_id>`: one source's one statement."""
    given = WORDS.fullmatch(text)
    claim_id, words = (given["id"], given["words"]) if given else (text, "")
    found = look.claim(claim_id)
    source = look.source(found["source_id"])
    here = wording.full(source, found["locator"])
    return Mark(
        words,
        words,
        anchor=anchors.claim(claim_id),
        card=("claim", claim_id),
        classes=["wr-claim"],
        note=f"{here}: {found['statement']}",
        said=f"claim: {here}",
        voices=wording.voice(source["perspective"]),
    )


def number(look: Lookup, name: str, text: str) -> nodes.Node:
    """A count in words up to ten; {N} at a sentence's start."""
    words = wording.spelled(measures.number(look.history, text))
    return nodes.inline("", words.capitalize() if name == "N" else words, classes=["wr-number"])


def finding(look: Lookup, name: str, text: str) -> nodes.Node:
    """A named number of Part II, formatted by its finding."""
    from analysis import findings  # only the pages of Part II need it

    if text not in findings.NUMBERS:
        raise Unknown("finding", text, findings.NUMBERS)
    return nodes.inline("", findings.NUMBERS[text](look.history), classes=["wr-number"])


def _three(text: str) -> tuple[str, str, str]:
    parts = text.split(" ", 2)
    if len(parts) < 2:
        raise PressError(f"'{text}' needs an event, an aspect and perhaps whose: id aspect [of]")
    return parts[0], parts[1], parts[2] if len(parts) == 3 else ""


ROLES: dict[str, Callable[[Lookup, str, str], nodes.Node]] = {
    "event": event,
    "date": date,
    "Date": date,
    "day": date,
    "grade": grade,
    "value": value,
    "dispute": dispute,
    "src": src,
    "claim": claim,
    "n": number,
    "N": number,
    "finding": finding,
}


def made(look: Lookup, name: str, text: str) -> nodes.Node:
    """What the role `name` shows for `text`. Raises PressError or SpecError with the reason."""
    return ROLES[name](look, name, " ".join(text.split()))


def role(name, rawtext, text, lineno, inliner, options=None, content=()):
    """The docutils role behind every name of ROLES."""
    env = inliner.document.settings.env
    try:
        return [made(lookup(env), name, text)], []
    except (PressError, measures.SpecError) as wrong:
        problems.report(env, f"{{{name}}}`{text}`: {wrong}", lineno, "{%s}`%s`" % (name, text))
        return [nodes.problematic(rawtext, rawtext)], []


def setup(app) -> None:
    """Register the roles; docutils finds {Date} under its small letter, and passes the name as written."""
    for name in sorted({name.lower() for name in ROLES}):
        app.add_role(name, role)
