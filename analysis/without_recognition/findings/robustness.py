"""What survives: every headline finding recomputed on other readings of the data, with a verdict in words.

A headline is a number and a sentence that holds while the number is on one side of a bound. The bound is ours
and was chosen to be the plain meaning of the sentence (most: more than half); it is printed beside the
verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import isnan, nan
from typing import NamedTuple

import pandas as pd

from without_recognition.data import dates, series
from without_recognition.data.dataset import History, records
from without_recognition.evidence import FIRM, Judgement
from without_recognition.evidence.rules import RECOUNTS
from without_recognition.findings import contact, votes
from without_recognition.findings.contact import YEAR
from without_recognition.findings.tables import cached
from without_recognition.findings.variants import FEW, Variant, full, recounts, variants
from without_recognition.findings.words import count

LEADER = "Pervez Musharraf"
VALUES = ("full", "firm", "worst", "other_low", "other_high")  #: columns of `table` that hold values


class Contact(NamedTuple):
    """A contact in one variant."""

    occurrence: Judgement
    span: dates.Span
    hidden: bool


@dataclass(frozen=True)
class Look:
    """One variant as the measures see it."""

    told: list[Judgement]  #: the occurrence of every event that somebody affirms, contact or not
    contacts: list[Contact]
    end: date  #: of the edition


class Contacts:
    """The contacts of a History, with what no variant changes about them."""

    def __init__(self, history: History):
        found = contact.contacts(history)
        self.hidden = dict(zip(found.index, found["hidden"]))
        self.end = contact.closing(history)

    def seen(self, variant: Variant) -> Look:
        """They as one variant has them."""
        left = variant.occurrences
        return Look(
            [j for j in left.values() if j.mentions],
            [Contact(left[e], variant.spans[e], hidden) for e, hidden in self.hidden.items() if e in left],
            self.end,
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
    others: Callable[[], Iterator[tuple[str, str, float]]] | None = None
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


# --- from the claims ----------------------------------------------------------------------------
def hidden(look: Look) -> float:
    """Share of the contacts that were not public."""
    return _mean(c.hidden for c in look.contacts)


def firm_contacts(look: Look) -> float:
    """Share of the contacts that are documented or corroborated."""
    return _mean(c.occurrence.grade in FIRM for c in look.contacts)


def one_leader(look: Look) -> float:
    """Contacts a year surely under LEADER, divided by those a year in all other years since 1947."""
    own, odds = _under(look)
    rest = len(look.contacts) - own
    return own / rest * odds if rest else nan


def _under(look: Look) -> tuple[int, float]:
    """(contacts surely under LEADER, other years for one year of his)."""
    spells = [
        (date.fromisoformat(r["start"]), date.fromisoformat(r["end"]))
        for r in records(series.read("leaders"))
        if (r["country"], r["leader"]) == ("PAK", LEADER)
    ]
    years = sum((b - a).days for a, b in spells) / YEAR
    own = sum(any(a <= c.span.earliest and c.span.latest <= b for a, b in spells) for c in look.contacts)
    return own, ((look.end - date(1947, 8, 15)).days / YEAR - years) / years


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


def anonymous(look: Look) -> float:
    """Share of the witnessed events with an unnamed informant among the witnesses."""
    return _mean(any(r.basis == "anonymous" for r in j.affirms if r.counts) for j in look.told if j.lines)


def one_witness(look: Look) -> float:
    """Share of the contacts that rest on one line or none."""
    return _mean(c.occurrence.lines < 2 for c in look.contacts)


def _mean(values) -> float:
    values = list(values)
    return sum(values) / len(values) if values else nan


# --- from the series ----------------------------------------------------------------------------
def _fall(**changed) -> float:
    early = votes.pooled(
        changed.get("early", 1949), changed.get("mid", 1969), without=changed.get("without", ())
    )
    late = votes.pooled(
        changed.get("late", 1990), changed.get("last", 2019), without=changed.get("without", ())
    )
    return early[0] / early[1] - late[0] / late[1]


def agreement_fell() -> Iterator[tuple[str, str, float]]:
    """By how much Pakistan and Israel agreed less outside the Middle East, 1990-2019 against 1949-1969."""
    yield "", "", _fall()
    for year in (*range(1949, 1970), *range(1990, 2020)):
        yield "left out", str(year), _fall(without=(year,))
    yield "other definition", "1949-1964 against 1990-2019", _fall(mid=1964)
    yield "other definition", "1949-1969 against 2005-2025", _fall(late=2005, last=2025)


def within_subjects() -> Iterator[tuple[str, str, float]]:
    """Part of that fall which lies within the subjects and not in their mixture; above 1 the mixture worked
    against it.
    """
    t = series.read("un-subjects").query("subject != 'middle_east'")

    def part(table: pd.DataFrame, first: int = votes.EARLY) -> float:
        d = votes.decompose(first, votes.LATE, table)
        return d["rates"] / d["change"]

    yield "", "", part(t)
    for name in sorted(set(t["subject"])):
        yield "left out", votes.SUBJECTS[name], part(t[t["subject"] != name])
    yield "other definition", "from 1970-1989", part(t, votes.MIDDLE)
    yield "other definition", "the Middle East counted in", part(series.read("un-subjects"))


def unison() -> Iterator[tuple[str, str, float]]:
    """Share of Pakistan's votes on the Middle East cast with the Arab majority."""
    t = series.read("un-governments")
    share = lambda rows: rows["with_arabs"].sum() / rows["n_arab"].sum()  # noqa: E731
    yield "", "", share(t)
    for name in t["government"]:
        yield "left out", name, share(t[t["government"] != name])
    for kind in ("civilian", "military"):
        yield "other definition", f"{kind} governments only", share(t[t["kind"] == kind])
    yield "other definition", "before 1970 only", share(t[t["last"] < 1970])


def oic_share() -> Iterator[tuple[str, str, float]]:
    """Share of the members of the OIC that have full relations with Israel."""
    s = votes.standing()
    now = votes.spells().query("type == 'full' and end == 9999")["country"]
    yield "", "", s["related"] / s["all"]
    for name in sorted(now):
        yield "left out", name, (s["related"] - 1) / (s["all"] - 1)
    recalled = {"Jordan", "Turkey"} & set(now)
    yield (
        "other definition",
        "Jordan and Turkey, whose ambassadors were recalled, counted as without",
        (s["related"] - len(recalled)) / s["all"],
    )
    yield "other definition", "offices counted as relations", (s["related"] + _offices()) / s["all"]


def _offices() -> int:
    t = votes.spells()
    now = t[t["end"] == 9999]
    return len(set(now.loc[now["type"] == "lesser", "iso3"]) - set(now.loc[now["type"] == "full", "iso3"]))


def breaks_bunch() -> Iterator[tuple[str, str, float]]:
    """Share of all breaks of relations with Israel by OIC states that fell in 1972-1974."""
    full = votes.spells().query("type == 'full' and end < 9999")
    share = lambda rows, a=1972, b=1974: float(rows["end"].between(a, b).mean())  # noqa: E731
    yield "", "", share(full)
    for place, country in zip(full.index, full["country"]):
        yield "left out", country, share(full.drop(place))
    yield "other definition", "1973 only", share(full, 1973, 1973)
    yield "other definition", "1971-1975", share(full, 1971, 1975)


def news_peak() -> Iterator[tuple[str, str, float]]:
    """Talk of Pakistan and Israel in the news of 2005 against the median of the other years."""
    t = series.read("event-counts")
    t = t[t["country"] == "PAK"].set_index("year")
    kinds = ["talk", "deeds", "harsh_words", "clashes"]
    ratio = lambda counts: float(counts[2005] / counts.drop(2005).median())  # noqa: E731
    yield "", "", ratio(t["talk"])
    for year in t.index.drop(2005):
        yield "left out", str(year), ratio(t["talk"].drop(year))
    yield "other definition", "all kinds of events", ratio(t[kinds].sum(axis=1))
    yield (
        "other definition",
        "against the next highest year",
        float(t.at[2005, "talk"] / t["talk"].drop(2005).max()),
    )


HEADLINES = (
    Headline("hidden", "Most contacts were secret or unacknowledged", 0.5, True, "share", hidden),
    Headline(
        "one-leader",
        "Under Musharraf there were more than twice as many contacts a year as in other years",
        2,
        True,
        "ratio",
        one_leader,
    ),
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
        "Sources repeat: fewer than two mentions a witness, but more than one",
        2,
        False,
        "ratio",
        echo,
    ),
    Headline(
        "anonymous",
        "Unnamed informants are among the witnesses of fewer than one event in ten",
        0.1,
        False,
        "share",
        anonymous,
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
        "In 2005 there was more than five times as much talk in the news as in other years",
        5,
        True,
        "ratio",
        others=news_peak,
    ),
)


# --- recomputed ---------------------------------------------------------------------------------
def runs(history: History) -> pd.DataFrame:
    """Every headline under every variant: name, family ("" for the full data), label, value, holds; once a
    History.
    """
    whole = history.whole
    if "robust" not in whole.memo:
        with series.of(whole):
            rows = [*_from_claims(whole), *_from_series()]
        whole.memo["robust"] = pd.DataFrame(rows, columns=["name", "family", "label", "value", "holds"])
    return whole.memo["robust"].copy()


def _from_claims(history: History) -> Iterator[tuple]:
    measured, known = [h for h in HEADLINES if h.value], Contacts(history)
    for v in (full(history), *variants(history)):
        look = known.seen(v)
        for h in measured:
            value = h.value(look) if h.value and (h.firm or v.family != "firm") else nan
            yield h.name, v.family, v.label, value, isnan(value) or h.holds(value)


def _from_series() -> Iterator[tuple]:
    for h in HEADLINES:
        for family, label, value in h.others() if h.others else ():
            yield h.name, family, label, value, h.holds(value)


def table(history: History) -> pd.DataFrame:
    """One row a headline: name, says, full, firm, worst (of publishers, perspectives and what is left out),
    worst_without, other_low, other_high (cut-offs, recounts, dates, definitions), variants, hold, verdict.
    """
    memo = history.whole.memo
    if "survival" not in memo:
        memo["survival"] = _table(runs(history))
    return memo["survival"].copy()


def _table(every: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for h in HEADLINES:
        own = every[every["name"] == h.name]
        full = float(own.loc[own["family"] == "", "value"].iloc[0])
        tried = own[(own["family"] != "") & own["value"].notna()]
        knife = tried[tried["family"].isin(["publisher", "perspective", "left out"])]
        knife = knife.assign(
            label=[_side(x) if f == "perspective" else x for x, f in zip(knife["label"], knife["family"])]
        )
        worst, who = _worst(h, knife)
        firm = own.loc[own["family"] == "firm", "value"]
        other = tried.loc[
            tried["family"].isin(["cut-offs", "recounts", "dates", "other definition"]), "value"
        ]
        rows.append(
            {
                "name": h.name,
                "says": h.says,
                "full": full,
                "firm": float(firm.iloc[0]) if len(firm) else nan,
                "worst": worst,
                "worst_without": who,
                "other_low": other.min(),
                "other_high": other.max(),
                "variants": len(tried),
                "hold": int(tried["holds"].sum()),
                "verdict": verdict(h, full, tried),
            }
        )
    return pd.DataFrame(rows)


def _worst(headline: Headline, knife: pd.DataFrame) -> tuple[float, str]:
    """The value nearest to failing, or failing most, and what is left out there; (nan, "") where nothing was
    tried.
    """
    ordered = knife.sort_values("value", ascending=headline.above, kind="stable")
    return (float(ordered["value"].iloc[0]), ordered["label"].iloc[0]) if len(ordered) else (nan, "")


def _side(perspective: str) -> str:
    return "the sources of others" if perspective == "other" else f"{perspective.capitalize()} sources"


def verdict(headline: Headline, full: float, tried: pd.DataFrame) -> str:
    """In words: stands, stands but for ..., or does not stand."""
    fails = tried[~tried["holds"].astype(bool)]
    if isnan(full):
        return "no data"
    if not headline.holds(full):
        return "does not stand"
    if fails.empty:
        return "stands"
    first = fails.iloc[0]
    how = {
        "firm": "not on documented and corroborated events alone",
        "publisher": f"not without {first['label']}",
        "perspective": f"not without {_side(first['label'])}",
        "left out": f"not without {first['label']}",
    }.get(first["family"], f"not so: {first['label']}")
    return f"stands in {len(tried) - len(fails)} of {len(tried)}; {how}" + (
        ", among others" if len(fails) > 1 else ""
    )


def _of(name: str, what: str, history: History) -> str:
    h = next(h for h in HEADLINES if h.name == name)
    r = table(history).set_index("name").loc[name]
    if what in VALUES:
        return h.worded(r[what])
    return str(r[what])


def recounted(history: History) -> pd.DataFrame:
    """What becomes of the events when witnesses are counted otherwise: one row a recount, indexed by its field of Rules.

    Columns: grades, lines (events that get another grade, or another number of independent witnesses), method (the
    sentence of the table of rules).
    """
    return cached(history.whole, "recounts", lambda: _recounted(history.whole))


def _recounted(history: History) -> pd.DataFrame:
    own, found = full(history).occurrences, {v.label: v.occurrences for v in recounts(history)}
    rows = [
        {
            "field": r.field,
            "grades": sum(j.grade != own[e].grade for e, j in found[r.name].items()),
            "lines": sum(j.lines != own[e].lines for e, j in found[r.name].items()),
            "method": r.method,
        }
        for r in RECOUNTS
    ]
    return pd.DataFrame(rows).set_index("field")


def _recount(field: str, what: str, history: History) -> str:
    said = recounted(history).at[field, what]
    return said if isinstance(said, str) else count(int(said)) if said else "none"


def _stand(history: History) -> int:
    return int((table(history)["verdict"] == "stands").sum())


def _tried(history: History) -> pd.DataFrame:
    """The recomputations that give a number, with `moved`: whether it differs from that of the full data."""
    every = runs(history)
    whole = every[every["family"] == ""].set_index("name")["value"]
    tried = every[(every["family"] != "") & every["value"].notna()]
    return tried.assign(moved=(tried["value"] - tried["name"].map(whole)).abs() > 1e-12)


#: what the chapter says of each headline
TOLD = {
    "hidden": ("full", "firm", "worst", "worst-without", "verdict"),
    "one-leader": ("full", "verdict"),
    "denied": ("full", "verdict"),
    "firm-contacts": ("full", "verdict"),
    "one-witness": ("full", "verdict"),
    "echo": ("full", "worst", "worst-without", "verdict"),
    "anonymous": ("full", "verdict"),
    "firm-events": ("full", "worst", "worst-without", "verdict"),
    "unison": ("full", "other-low", "verdict"),
    "agreement": ("full", "worst", "worst-without", "verdict"),
    "within-subjects": ("full", "verdict"),
    "oic": ("full", "other-low", "verdict"),
    "breaks": ("full", "verdict"),
    "news": ("full", "other-low", "verdict"),
}

NUMBERS: dict[str, Callable[[History], str]] = {
    **{
        f"robust-{name}-{what}": partial(_of, name, what.replace("-", "_"))
        for name, told in TOLD.items()
        for what in told
    },
    **{
        f"recount-{name}-{what}": partial(_recount, field, what)
        for name, field in (("texts", "each_text_once"), ("army", "army_apart"))
        for what in ("grades", "lines", "method")
    },
    "robust-headlines": lambda h: str(len(HEADLINES)),
    "robust-stand": lambda h: str(_stand(h)),
    "robust-fallen": lambda h: str(len(HEADLINES) - _stand(h)),
    "robust-runs": lambda h: f"{len(_tried(h)):,}",
    "robust-moved": lambda h: str(int(_tried(h)["moved"].sum())),
    "robust-failing": lambda h: str(int((~_tried(h)["holds"].astype(bool)).sum())),
    "robust-publishers": lambda h: str(len(set(runs(h).query("family == 'publisher'")["label"])) - 1),
    "robust-few": lambda h: str(FEW),
}
