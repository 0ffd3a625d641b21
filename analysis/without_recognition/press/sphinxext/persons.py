"""Views of persons: who takes part, in which office, and under which letter a list files them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup

from without_recognition.evidence.lookup import Lookup
from without_recognition.press.sphinxext.render import Renderer

MOST = 40  #: whoever is in more events than so many has them on a page of its own, not in the list of people


def people(render: Renderer, side: str) -> Markup:
    look = render.look
    parts, offices = parts_of(look), offices_of(look)
    own = {actor_id for actor_id, actor in look.actors.items() if has_page(actor, parts)}
    found = [actor for actor in look.actors.values() if actor["side"] == side]
    return render(
        "people",
        actors=sorted(found, key=filed),
        parts=parts,
        offices=offices,
        own=own,
        MOST=MOST,
    )


def filed(actor: dict[str, str]) -> tuple[str, str]:
    """Where an actor stands in a list: by family name, letters without accents; a body by its own name."""
    return alphabet_key(actor["family_name"] or actor["name"]), alphabet_key(actor["name"])


def alphabet_key(name: str) -> str:
    """A name as an alphabet orders it.

    >>> alphabet_key("Ma‘alé-Adumim"), alphabet_key("Zia-ul-Haq")
    ('maale adumim', 'zia ul haq')
    """
    letters = unicodedata.normalize("NFKD", name.casefold()).replace("-", " ")
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ")


def names(render: Renderer) -> Markup:
    """Every person, by the letter of the family name."""
    persons = sorted((a for a in render.look.actors.values() if a["type"] == "person"), key=filed)
    letters = [
        (letter, list(found)) for letter, found in groupby(persons, key=lambda a: filed(a)[0][0].upper())
    ]
    return render("names", letters=letters, offices=offices_of(render.look))


def parts_of(look: Lookup) -> dict[str, list[dict[str, str]]]:
    """actor_id -> its rows of participants."""
    return _by_actor(row for rows in look.participants.values() for row in rows)


def offices_of(look: Lookup) -> dict[str, list[dict[str, str]]]:
    """actor_id -> its rows of offices."""
    return _by_actor(look.history.offices.to_dict("records"))


def _by_actor(rows: Iterable[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(row["actor_id"], []).append(row)
    return found


def has_page(actor: dict[str, str], parts: dict[str, list[dict[str, str]]]) -> bool:
    """Whether an actor has a page of its own: a person in two events or more."""
    events = {row["event_id"] for row in parts.get(actor["actor_id"], ())}
    return actor["type"] == "person" and len(events) > 1


def who_is_who(render: Renderer, side: str) -> Markup:
    """The described persons of a side, by the name under which lists file them."""
    found = [actor for actor in render.look.actors.values() if actor["description"] and actor["side"] == side]
    return render("who-is-who", actors=sorted(found, key=filed))
