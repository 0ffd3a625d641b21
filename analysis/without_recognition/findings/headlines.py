"""The headline findings, each a number and a sentence that holds while the number is on one side of a bound.

The bound is ours and was chosen to be the plain meaning of the sentence (most: more than half); it is printed
beside the verdict. Here stand the numbers that come from the claims; `headlines_of_series` has the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import isnan, nan
from typing import NamedTuple

from without_recognition.data.dataset import History
from without_recognition.evidence import FIRM, Judgement
from without_recognition.findings import contact
from without_recognition.findings.headlines_of_series import (
    Run,
    agreement_fell,
    breaks_bunch,
    news_peak,
    oic_share,
    unison,
    within_subjects,
)
from without_recognition.findings.variants import Variant


class Contact(NamedTuple):
    """A contact in one variant."""

    occurrence: Judgement
    hidden: bool


@dataclass(frozen=True)
class Look:
    """One variant as the measures see it."""

    told: list[Judgement]  #: the occurrence of every event that somebody affirms, contact or not
    contacts: list[Contact]


class Contacts:
    """The contacts of a History, with what no variant changes about them."""

    def __init__(self, history: History):
        found = contact.contacts(history)
        self.hidden = dict(zip(found.index, found["hidden"]))

    def seen(self, variant: Variant) -> Look:
        """They as one variant has them."""
        left = variant.occurrences
        return Look(
            [j for j in left.values() if j.mentions],
            [Contact(left[e], hidden) for e, hidden in self.hidden.items() if e in left],
        )


@dataclass(frozen=True)
class Headline:
    """One headline finding."""

    name: str
    says: str  #: the sentence that has to survive
    bound: float
    above: bool  #: the sentence holds above the bound, or below it
    form: str  #: share, points (of a share) or ratio
    value: Callable[[Look], float] | None = None  #: from the claims
    #: from the series: family, label and value, first of the full data
    others: Callable[[], Iterator[Run]] | None = None
    firm: bool = True  #: whether "documented and corroborated only" makes sense

    def holds(self, value: float) -> bool:
        return value > self.bound if self.above else value < self.bound

    def worded(self, value: float) -> str:
        """The number as printed."""
        if isnan(value):
            return "not applicable"
        return {"share": f"{100 * value:.0f} per cent", "points": f"{100 * value:.0f} points"}.get(
            self.form, f"{value:.1f}"
        )


def hidden(look: Look) -> float:
    """Share of the contacts that were not public."""
    return _mean(c.hidden for c in look.contacts)


def firm_contacts(look: Look) -> float:
    """Share of the contacts that are documented or corroborated."""
    return _mean(c.occurrence.grade in FIRM for c in look.contacts)


def denied(look: Look) -> float:
    """Share of the contacts of which a state denied that they took place."""
    return _mean("officially_denied" in c.occurrence.flags for c in look.contacts)


def echo(look: Look) -> float:
    """Mentions a line over all events."""
    lines = sum(j.lines for j in look.told)
    return sum(j.mentions for j in look.told) / lines if lines else nan


def firm_events(look: Look) -> float:
    """Share of the events told that are documented or corroborated."""
    return _mean(j.grade in FIRM for j in look.told)


def one_witness(look: Look) -> float:
    """Share of the contacts that rest on one line or none."""
    return _mean(c.occurrence.lines < 2 for c in look.contacts)


def _mean(values: Iterable[float]) -> float:
    values = list(values)
    return sum(values) / len(values) if values else nan


HEADLINES = (
    Headline("hidden", "Most contacts were secret or unacknowledged", 0.5, True, "share", hidden),
    Headline(
        "denied", "Fewer than a quarter of the contacts were denied by a state", 0.25, False, "share", denied
    ),
    Headline(
        "firm-contacts",
        "Fewer than half of the contacts are documented or corroborated",
        0.5,
        False,
        "share",
        firm_contacts,
        firm=False,
    ),
    Headline(
        "one-witness",
        "Most contacts rest on one witness or none",
        0.5,
        True,
        "share",
        one_witness,
        firm=False,
    ),
    Headline(
        "echo",
        "Sources repeat little: fewer than two mentions a witness",
        2,
        False,
        "ratio",
        echo,
    ),
    Headline(
        "firm-events",
        "More than a third of all events are documented or corroborated",
        1 / 3,
        True,
        "share",
        firm_events,
        firm=False,
    ),
    Headline(
        "unison",
        "On the Middle East Pakistan votes with the Arab majority, whoever governs",
        0.9,
        True,
        "share",
        others=unison,
    ),
    Headline(
        "agreement",
        "Outside the Middle East Pakistan and Israel came to agree less, by more than twenty points",
        0.2,
        True,
        "points",
        others=agreement_fell,
    ),
    Headline(
        "within-subjects",
        "More than three quarters of that fall lies within the subjects, not in their mixture",
        0.75,
        True,
        "share",
        others=within_subjects,
    ),
    Headline("oic", "Most OIC states have full relations with Israel", 0.5, True, "share", others=oic_share),
    Headline("breaks", "Most breaks of relations fell in 1972-1974", 0.5, True, "share", others=breaks_bunch),
    Headline(
        "news",
        "In 2005 there was more than five times as much talk in the news as in the median of other years",
        5,
        True,
        "ratio",
        others=news_peak,
    ),
)
