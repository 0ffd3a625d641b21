"""What survives: every headline finding recomputed on other readings of the data, with a verdict in words.

A recomputation counts where it touches what is printed: where the number is printed as another one, or the sentence
holds no longer. To leave out a voice on which a sentence does not rest changes nothing by construction, and tests
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan, nan

import pandas as pd

from without_recognition.data import series
from without_recognition.data.dataset import History
from without_recognition.evidence.labels import listed
from without_recognition.evidence.rules import RECOUNTS
from without_recognition.findings.headlines import HEADLINES, Contacts, Headline
from without_recognition.findings.tables import cached
from without_recognition.findings.variants import full, recounts, variants

NAMED = 3  #: so many recomputations that fail are named in a verdict


def computed(history: History) -> pd.DataFrame:
    """Every headline under every variant: name, family ("" for the full data), label, value, holds; once a
    History.
    """
    whole = history.whole
    if "robust" not in whole.memo:
        with series.reading_from(whole):
            rows = [*_from_claims(whole), *_from_series()]
        whole.memo["robust"] = pd.DataFrame(rows, columns=["name", "family", "label", "value", "holds"])
    return whole.memo["robust"].copy()


def headline_runs(history: History) -> pd.DataFrame:
    """Of `computed` the full data, and the recomputations that touch a printed headline."""
    return touching(computed(history))


def touching(every: pd.DataFrame) -> pd.DataFrame:
    """Of recomputations those whose number is printed as another than that of the full data, or whose sentence holds
    where it does not there, or the reverse; and the full data themselves.
    """
    headlines, whole = {h.name: h for h in HEADLINES}, every[every["family"] == ""].set_index("name")

    def touches(name: str, value: float, holds: bool) -> bool:
        full, worded = whole.loc[name], headlines[name].worded
        return worded(value) != worded(full["value"]) or bool(holds) != bool(full["holds"])

    kept = [
        not r.family or (not isnan(r.value) and touches(r.name, r.value, r.holds))
        for r in every.itertuples(index=False)
    ]
    return every[kept].reset_index(drop=True)


def _from_claims(history: History) -> Iterator[tuple[str, str, str, float, bool]]:
    measured, known = [h for h in HEADLINES if h.value], Contacts(history)
    for v in (full(history), *variants(history)):
        look = known.seen(v)
        for h in measured:
            value = h.value(look) if h.value and (h.firm or v.family != "firm") else nan
            yield h.name, v.family, v.label, value, isnan(value) or h.holds(value)


def _from_series() -> Iterator[tuple[str, str, str, float, bool]]:
    for h in HEADLINES:
        for family, label, value in h.others() if h.others else ():
            yield h.name, family, label, value, h.holds(value)


def headline_verdicts(history: History) -> pd.DataFrame:
    """One row a headline: name, says, full, firm, worst (of publishers, perspectives and what is left out; nan where
    none is worse than the full data), worst_without, other_low, other_high (cut-offs, recounts, dates, definitions),
    variants, hold, verdict. Of the recomputations that touch it; other_low and other_high are nan where none does.
    """
    memo = history.whole.memo
    if "survival" not in memo:
        memo["survival"] = _table(headline_runs(history))
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
        worst, who = _worst(h, knife[knife["value"] < full if h.above else knife["value"] > full])
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
    """'Israeli sources', 'international sources', 'the sources of others'."""
    whose = perspective if perspective == "international" else perspective.capitalize()
    return "the sources of others" if perspective == "other" else f"{whose} sources"


def verdict(headline: Headline, full: float, tried: pd.DataFrame) -> str:
    """In words: stands, stands but for ..., or does not stand."""
    fails = tried[~tried["holds"].astype(bool)]
    if isnan(full):
        return "no data"
    if not headline.holds(full):
        return "does not stand"
    if fails.empty:
        return "stands"
    how = listed(
        _failing(family, label) for family, label in zip(fails["family"][:NAMED], fails["label"][:NAMED])
    )
    more = f", and {len(fails) - NAMED} more" if len(fails) > NAMED else ""
    return f"stands in {len(tried) - len(fails)} of {len(tried)}; {how}{more}"


def _failing(family: str, label: str) -> str:
    """Under which recomputation a headline fails."""
    return {
        "firm": "not on documented and corroborated events alone",
        "publisher": f"not without {label}",
        "perspective": f"not without {_side(label)}",
        "left out": f"not without {label}",
    }.get(family, f"not so: {label}")


def recounted(history: History) -> pd.DataFrame:
    """What becomes of the events when witnesses are counted otherwise:
    one row a recount, indexed by its field of Rules.

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
