"""What a printed book needs of the data and no page shows: headings of the index, and a bibliography's entries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from html import escape
from typing import Any

from without_recognition.citations import names
from without_recognition.citations.notes import SIGNED, byline
from without_recognition.data import dates
from without_recognition.evidence import labels
from without_recognition.evidence.lookup import Lookup

TITLED = (
    "book",
    "report",
    "dataset",
    "broadcast",
    "motion_picture",
    "thesis",
)  #: stand by themselves, in italics
INVERTED = ("american", "israeli")  #: whose last name is the family's where `family_name` is not filled
RARE = 10  #: a channel is a matter of the index if it has at most one of so many events
VOLUMES = (
    "reading",
    "appendix",
    "register",
    "screen",
)  #: `appendix` ends the reading edition; no volume has `screen`


def facts(look: Lookup) -> dict[str, Any]:
    """`names`, `places`, `matters` and `sources`, as print-index.json has them.

    A heading of the index has `key`, `heading`, `sort`; `find`, the spellings that stand in the text for it; a name
    `family`, by which it may be meant where nobody else can be, and `see`, other spellings that lead to it; a matter
    `events`. A source has `entry` (HTML) and `sort`.
    """
    return {
        "names": [index_heading(actor) for actor in look.actors.values() if actor["type"] != "unnamed"],
        "places": places(look),
        "matters": matters(look),
        "sources": {key: entry(row) for key, row in look.sources.items()},
    }


def index_heading(actor: Mapping[str, str]) -> dict[str, Any]:
    """The heading of a person or body, family name first.

    >>> index_heading({"actor_id": "x", "name": "Muhammad Ayub Khan", "variants": "Ajub", "family_name": "Ayub",
    ...       "type": "person", "side": "pakistani"})["heading"]
    'Ayub Khan, Muhammad'
    """
    whole = re.sub(r"\s*\(.*?\)\s*", " ", actor["name"]).strip()
    last = whole.rpartition(" ")[2] if actor["type"] == "person" and actor["side"] in INVERTED else whole
    before, family, after = whole.rpartition(actor["family_name"] or last)
    filed = f"{family}{after}"
    heading = ", ".join(filter(None, [filed, before.strip()]))
    variants = [v for v in map(str.strip, actor["variants"].split(";")) if v and _is_latin(v)]
    known = {sort_key(word) for word in re.findall(r"\w+", heading)}
    return {
        "key": f"a-{actor['actor_id']}",
        "heading": heading,
        "sort": sort_key(heading),
        "find": [spelling for spelling in dict.fromkeys([whole, actor["name"], *variants]) if spelling],
        "family": filed if before and actor["type"] == "person" else "",
        "see": [
            v
            for v in variants
            if actor["type"] == "person" and not known & {sort_key(word) for word in re.findall(r"\w+", v)}
        ],
    }


def places(look: Lookup) -> list[dict[str, Any]]:
    """The towns of the events."""
    found = sorted({event["place"] for event in look.events.values() if event["place"]})
    words = {slug: labels.value(look, "place", slug) for slug in found}
    return [
        {"key": f"place-{slug}", "heading": word, "sort": sort_key(word.removeprefix("the ")), "find": [word]}
        for slug, word in words.items()
    ]


def matters(look: Lookup) -> list[dict[str, Any]]:
    """The rarer channels, each with its events; the commonest would have every page."""
    of: dict[str, list[str]] = {}
    for event in look.events.values():
        of.setdefault(event["channel"], []).append(event["event_id"])
    return [
        {
            "key": f"channel-{channel}",
            "heading": f"{word} (events of this kind)",
            "sort": sort_key(word),
            "find": [],
            "events": ids,
        }
        for channel, ids in sorted(of.items())
        if channel and len(ids) * RARE <= len(look.events)
        for word in [look.label("events", "channel", channel)]
    ]


def entry(source: Mapping[str, str]) -> dict[str, str]:
    """A source in an alphabetical list, under the name that notes call it by; titles of whole works in italics.

    >>> entry({"source_id": "y", "author": "Yegar, Moshe", "kind": "scholarship", "title": "Pakistan and Israel",
    ...        "type": "article-journal", "container": "JPSR 19:3-4", "publisher": "JCPA", "issued": "2007",
    ...        "written": ""})["entry"]
    'Yegar, Moshe, “Pakistan and Israel”, <em>JPSR</em> 19:3-4, JCPA, 2007.'
    """
    authors = " and ".join(map(_inverted, names.people(source["author"])))
    signed = bool(authors) and source["kind"] in SIGNED
    home = source["container"] or source["publisher"]
    written = source["written"] or source["issued"]
    title = escape(source["title"], quote=False)
    is_whole = source["type"] in TITLED
    if is_whole:
        title = f"<em>{title}</em>"
    elif not source["title"].startswith("["):
        title = f"“{title}”"
    behind = (
        [source["publisher"]] if source["container"] and source["publisher"] != source["container"] else []
    )
    parts = [
        authors if signed else _work(home),
        "" if signed else escape(_spoken(source["author"]), quote=False),
        title,
        ""
        if not signed
        else escape(home, quote=False)
        if is_whole and not source["container"]
        else _work(home),
        *(escape(text, quote=False) for text in behind),
        dates.bare(written),
    ]
    told = ", ".join(filter(None, parts))
    return {
        "entry": f"{told}." if told[-1] != "." else told,
        "sort": sort_key(f"{byline(source)} {written} {source['title']}"),
    }


def sort_key(text: str) -> str:
    """By letters: no accents, no case, no marks.

    >>> sort_key("Ben-Gurion, Dāvīd")
    'ben gurion david'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.casefold().replace("’", "").replace("'", "")))


def _work(home: str) -> str:
    """The name of a paper or series in italics, its volume and issue upright."""
    title, number = re.fullmatch(r"(.*?)((?: \d+:[\d-]+.*|, (?:vol|issue|part)\b.*)?)", home, re.S).groups()  # type: ignore[union-attr]
    return f"<em>{escape(title, quote=False)}</em>{escape(number, quote=False)}" if title else ""


def _inverted(person: dict[str, str]) -> str:
    return escape(", ".join(filter(None, (names.family(person), person.get("given", "")))), quote=False)


def _spoken(cell: str) -> str:
    return " and ".join(map(names.spoken, names.people(cell)))


def _is_latin(text: str) -> bool:
    return all(unicodedata.name(c, "").startswith("LATIN") for c in text if c.isalpha())
