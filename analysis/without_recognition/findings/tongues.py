"""In which language, and from which side, the texts were read that tell of each decade; then and now."""

from __future__ import annotations

import pandas as pd

from without_recognition.data import dates, releases
from without_recognition.data.dataset import History
from without_recognition.findings.contact import decade

FIRST = "0.1.0"  #: the edition with which the present one is compared
LANGUAGES = {"en": "English", "ur": "Urdu", "ar": "Arabic", "he": "Hebrew"}  #: the others are one group
SIDES = ("pakistani", "israeli", "palestinian", "indian", "american")  #: likewise
OTHER = "other"
EARLY = "to 1949"
DECADES = (EARLY, *(f"{year}s" for year in range(1950, 2030, 10)))


def first_edition(history: History) -> set[str]:
    """The ids of the sources that the first edition had; none where its pins are not there."""
    if FIRST not in releases.versions(history):
        return set()
    return set(releases.pinned(history, FIRST).loc[lambda p: p["table"] == "sources", "key"])


def texts(history: History) -> pd.DataFrame:
    """Texts that were read, by language and by side of the source, for each decade of which they tell.

    A text that tells of two decades counts in both, and once in the row whose decade is "". Columns: by (language,
    side), group, decade (of DECADES; "" for all), first (texts that the first edition had), now. Events that may lie
    in two decades are left out, but not of the sums.

    >>> from without_recognition import load
    >>> found = texts(load())
    >>> bool((found["first"] <= found["now"]).all())
    True
    """
    spans = {event_id: dates.parse(written) for event_id, written in history.events["date"].items()}
    when = {e: EARLY if span.latest.year < 1950 else decade(span) for e, span in spans.items()}
    claims = history.claims.assign(decade=history.claims["event_id"].map(when))
    sources = history.whole.sources.loc[lambda s: s["seen"] != "cited_only", ["lang", "perspective"]]
    old = first_edition(history)
    told = claims[["source_id", "decade"]].merge(sources, left_on="source_id", right_index=True)
    told = pd.concat([told[told["decade"] != ""], told.assign(decade="")])
    told["language"] = [LANGUAGES.get(x, OTHER) for x in told["lang"]]
    told["side"] = [x if x in SIDES else OTHER for x in told["perspective"]]
    told["old"] = told["source_id"].where(told["source_id"].isin(old))
    parts = [
        told.groupby([by, "decade"])
        .agg(first=("old", "nunique"), now=("source_id", "nunique"))
        .reset_index()
        .rename(columns={by: "group"})
        .assign(by=by)
        for by in ("language", "side")
    ]
    return pd.concat(parts, ignore_index=True)[["by", "group", "decade", "first", "now"]]
