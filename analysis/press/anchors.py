"""Ids of the reference entries. A letter stands first, since docutils would drop a leading year."""

from __future__ import annotations

import re


def event(event_id: str) -> str:
    return f"e-{event_id}"


def claim(claim_id: str) -> str:
    return f"c-{claim_id}"


def source(source_id: str) -> str:
    return f"s-{source_id}"


def actor(actor_id: str) -> str:
    return f"a-{actor_id}"


def search(search_id: str) -> str:
    return f"q-{search_id}"


def dispute(event_id: str, aspect: str, of: str = "") -> str:
    """`of` may be several words; an id has no spaces."""
    return _joined("d", event_id, aspect, of)


def proposition(event_id: str, aspect: str, of: str = "", value: str = "") -> str:
    """Unlike the others not to be turned back: a value may hold any character."""
    return _joined("p", event_id, aspect, of, value)


def _joined(*parts: str) -> str:
    return re.sub(r"[^\w.-]", "_", "-".join(filter(None, parts)))
