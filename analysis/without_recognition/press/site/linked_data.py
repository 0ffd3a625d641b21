"""What a record page is about, in the words of schema.org: an Event, a Claim, a Person.

To say `Event` is to say that it happened. So only what is well witnessed, and not contradicted, is one; all else is a
Claim, in the words of its summary.
"""

from __future__ import annotations

import re

from without_recognition.evidence import labels
from without_recognition.evidence.addresses import anchor_of
from without_recognition.evidence.lookup import Lookup

PLAIN = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
FIRM = ("documented", "corroborated")
AGAINST = ("disputed", "contradicted")
WIKIDATA = "https://www.wikidata.org/entity/"


def thing(look: Lookup, kind: str, key: str) -> dict[str, object]:
    """An event, or a person, as JSON-LD without a context; what is unknown is left out."""
    made = _event(look, key) if kind == "event" else _person(look.actors[key])
    made["identifier"] = anchor_of(kind, key)
    return {name: value for name, value in made.items() if value}


def happened(look: Lookup, event_id: str) -> bool:
    """Whether the record lets one say that it happened: a frame fact, or firm and neither disputed nor contradicted."""
    judged = look.judged.get((event_id, "occurrence", ""))
    if not judged:
        return False
    return judged[0].frame or (judged[0].grade in FIRM and judged[0].status not in AGAINST)


def _event(look: Lookup, event_id: str) -> dict[str, object]:
    event = look.events[event_id]
    if not happened(look, event_id):
        return {"@type": "Claim", "name": event["title"], "text": event["summary"]}
    first, _, last = event["date"].partition("/")
    there = event["place"] and labels.value(look, "place", event["place"])
    took_part = dict.fromkeys(row["actor_id"] for row in look.participants.get(event_id, ()))
    return {
        "@type": "Event",
        "name": event["title"],
        "description": event["summary"],
        "startDate": first if PLAIN.fullmatch(first) else "",
        "endDate": last if PLAIN.fullmatch(last) else "",
        "location": {"@type": "Place", "name": there} if there else "",
        "attendee": [found for actor in took_part if (found := _named(look.actors[actor]))],
    }


def _named(actor: dict[str, str]) -> dict[str, str]:
    """A person or a body by its name; one without a name is nobody."""
    if actor["type"] == "unnamed":
        return {}
    return {"@type": "Person" if actor["type"] == "person" else "Organization", "name": actor["name"]}


def _person(actor: dict[str, str]) -> dict[str, object]:
    return {
        "@type": "Person",
        "name": actor["name"],
        "alternateName": [name for text in actor["variants"].split(";") if (name := text.strip())],
        "description": actor["description"],
        "birthDate": actor["born"] if PLAIN.fullmatch(actor["born"]) else "",
        "deathDate": actor["died"] if PLAIN.fullmatch(actor["died"]) else "",
        "sameAs": WIKIDATA + actor["wikidata"] if actor["wikidata"] else "",
    }
