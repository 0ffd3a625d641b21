"""From which claim or source each claim comes, step by step up to the last that is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from without_recognition.data.rows import by_key, column_cells

if TYPE_CHECKING:
    from without_recognition.data.history import History


class EvidenceError(ValueError):
    """The claims cannot be weighed: origins that run in a circle."""


class Origins:
    """The chains of origins among claims; `claims` is claim_id -> row."""

    def __init__(self, claims: Mapping[str, Mapping[str, str]]):
        self.claims = claims
        self._of_source: dict[tuple[tuple[str, ...], str], list[str]] = defaultdict(list)
        for claim_id, c in claims.items():
            self._of_source[_said(c), c["source_id"]].append(claim_id)

    def above(self, claim_id: str) -> tuple[str | None, str]:
        """One step up the chain: (claim of the origin on the same proposition, or None; origin's source).

        A claim of the origin on another proposition stands for its source.
        """
        c = self.claims[claim_id]
        origin = c["origin"]
        if origin == "self":
            return None, c["source_id"]
        if origin in self.claims:
            o = self.claims[origin]
            if _said(o) == _said(c):
                return origin, o["source_id"]
            origin = o["source_id"]
            if origin == c["source_id"]:
                return None, origin
        own = self._of_source.get((_said(c), origin))
        return (own[0] if own else None), origin

    def chain(self, claim_id: str) -> tuple[list[str], str]:
        """(claims from this one to the last that we have, source_id at the end). Raises EvidenceError."""
        path = [claim_id]
        while True:
            above, source = self.above(path[-1])
            if above is None:
                return path, source
            if above in path:
                raise EvidenceError(f"origins run in a circle: {' -> '.join([*path, above])}")
            path.append(above)

    def touched(self, claim_id: str) -> set[str]:
        """The sources that the chain of a claim passes through, its own among them."""
        path, root = self.chain(claim_id)
        return {self.claims[c]["source_id"] for c in path} | {root}


def _said(claim: Mapping[str, str]) -> tuple[str, ...]:
    """What a claim says of which proposition."""
    return claim["event_id"], claim["aspect"], claim["of"], claim["value"], claim["stance"]


def resting(history: History) -> dict[str, frozenset[str]]:
    """source_id -> the claims in it, relayed from it or passed on by it; once a History."""
    memo = history.whole.memo
    if "resting" not in memo:
        origins, out = Origins(by_key(history.whole.claims)), defaultdict(set)
        for claim_id in origins.claims:
            for source in origins.touched(claim_id):
                out[source].add(claim_id)
        memo["resting"] = {source: frozenset(claims) for source, claims in out.items()}
    found: dict[str, frozenset[str]] = memo["resting"]
    return found


def affirmed(claims: pd.DataFrame) -> set[str]:
    """The events of which a claim affirms that they happened, and its source, or whom it rests on,
    did not take it back."""
    chains = Origins(by_key(claims))
    said: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for claim_id, c in chains.claims.items():
        if c["aspect"] == "occurrence" and c["stance"] in ("affirms", "retracts"):
            said[c["event_id"]][c["stance"]].append(claim_id)
    return {event_id for event_id, told in said.items() if _stands(chains, told["affirms"], told["retracts"])}


def _stands(chains: Origins, affirms: list[str], retracts: list[str]) -> bool:
    withdrawn = {chains.chain(c)[1] for c in retracts}
    return any(
        not withdrawn or not withdrawn & {chains.claims[c]["source_id"], chains.chain(c)[1]} for c in affirms
    )


def lost(claims: pd.DataFrame, sources: pd.DataFrame) -> list[tuple[int, str, str]]:
    """Claims whose origin is neither a claim nor a source that is there: (place in the table, claim_id, origin)."""
    there = {"self", *claims.index, *sources.index}
    both = zip(column_cells(claims, "claim_id"), column_cells(claims, "origin"))
    return [(n, claim_id, origin) for n, (claim_id, origin) in enumerate(both) if origin not in there]


def circles(claims: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """(claim_id, what is wrong; what to do) of claims that rest on one another in a circle, each circle once."""
    chains, seen = Origins(by_key(claims)), set()
    for claim_id in column_cells(claims, "claim_id"):
        try:
            chains.chain(claim_id)
        except EvidenceError as wrong:
            circle = frozenset(str(wrong).split(": ")[1].split(" -> "))
            if circle not in seen:
                seen.add(circle)
                yield claim_id, f"{wrong}; one of them must rest on something else"


def network(history: History) -> pd.DataFrame:
    """The edges from teller to origin, one a claim that relays; see `History.network`."""
    chains, told = Origins(by_key(history.whole.claims)), by_key(history.claims)
    seen = dict(zip(history.whole.sources.index, column_cells(history.whole.sources, "seen")))
    rows = []
    for claim_id, c in told.items():
        if c["origin"] != "self":
            origin = chains.above(claim_id)[1]
            about = (c["event_id"], c["aspect"], c["of"], c["value"])
            rows.append((c["source_id"], origin, claim_id, *about, seen[origin] != "cited_only"))
    columns = ["teller", "origin", "claim_id", "event_id", "aspect", "of", "value", "read"]
    return pd.DataFrame(rows, columns=columns)
