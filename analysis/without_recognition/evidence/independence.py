"""What the rules ask of a testimony, and which of many testimonies are witnesses independent of each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Witness(Protocol):
    """What a rule asks of a testimony."""

    @property
    def basis(self) -> str: ...
    @property
    def key(self) -> tuple[str, str]: ...
    @property
    def side(self) -> str: ...
    @property
    def days(self) -> int: ...
    @property
    def defects(self) -> frozenset[str]: ...
    @property
    def state_voice(self) -> bool: ...
    @property
    def texts(self) -> frozenset[str]: ...
    @property
    def as_text(self) -> bool: ...
    @property
    def counts(self) -> bool: ...


def independent(rows: Iterable[Witness]) -> set[tuple[str, str]]:
    """The largest set of witnesses no two of which have one text in common (L1).

    A witness is a key; papers that print one text are one. A paper that carries two texts welds nothing together:
    it adds no witness beside the two, and takes none away.
    """
    texts: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        texts.setdefault(row.key, set()).update(row.texts if row.key[0] == "source" else ())
    keys = sorted(texts)
    near = {a: {b for b in keys if b != a and texts[a] & texts[b]} for a in keys}
    alone = {key for key in keys if not near[key]}
    return alone | _largest([key for key in keys if near[key]], near)


def _largest(
    keys: list[tuple[str, str]], near: dict[tuple[str, str], set[tuple[str, str]]]
) -> set[tuple[str, str]]:
    """The first largest set of `keys` of which no two are `near`: with or without the one that has most neighbours."""
    if not keys:
        return set()
    most = max(keys, key=lambda key: (len(near[key] & set(keys)), key))
    if not near[most] & set(keys):
        return set(keys)
    without = _largest([key for key in keys if key != most], near)
    having = {most} | _largest([key for key in keys if key != most and key not in near[most]], near)
    return having if len(having) > len(without) else without
