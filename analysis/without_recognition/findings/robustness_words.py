"""What survives, in numbers and words for the prose."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from without_recognition.data.dataset import History
from without_recognition.data.number_words import spelled
from without_recognition.findings.headlines import HEADLINES
from without_recognition.findings.robustness import computed, headline_runs, headline_verdicts, recounted
from without_recognition.findings.variants import FEW
from without_recognition.findings.words import NONE, count, out_of

#: columns of `headline_verdicts` that hold values
VALUES = ("full", "firm", "worst", "other_low", "other_high")


def _of(name: str, what: str, history: History) -> str:
    h = next(h for h in HEADLINES if h.name == name)
    r = headline_verdicts(history).set_index("name").loc[name]
    if what in VALUES:
        return h.worded(r[what])
    return str(r[what])


def _recount(field: str, what: str, history: History) -> str:
    said = recounted(history).at[field, what]
    return said if isinstance(said, str) else spelled(int(said), NONE)


def _stand(history: History) -> int:
    return int((headline_verdicts(history)["verdict"] == "stands").sum())


def _tried(runs: pd.DataFrame) -> pd.DataFrame:
    """The recomputations among runs that give a number."""
    return runs[(runs["family"] != "") & runs["value"].notna()]


def _touching(family: str, history: History) -> str:
    """How many recomputations of a family touch a printed headline, of how many: 'none of 24'."""
    kept, every = ((_tried(t)["family"] == family).sum() for t in (headline_runs(history), computed(history)))
    return out_of(int(kept), int(every))


#: what the chapter says of each headline
TOLD = {
    "hidden": ("full", "firm", "worst", "worst-without", "verdict"),
    "denied": ("full", "verdict"),
    "firm-contacts": ("full", "verdict"),
    "one-witness": ("full", "verdict"),
    "echo": ("full", "firm", "verdict"),
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
    "robust-headlines": lambda h: count(len(HEADLINES)),
    "robust-stand": lambda h: spelled(_stand(h), NONE),
    "robust-fallen": lambda h: spelled(len(HEADLINES) - _stand(h), NONE),
    **{
        f"robust-touching-{family}": partial(_touching, family)
        for family in ("firm", "publisher", "perspective", "cut-offs", "recounts", "dates")
    },
    "robust-computed": lambda h: count(len(_tried(computed(h)))),
    "robust-runs": lambda h: count(len(_tried(headline_runs(h)))),
    "robust-failing": lambda h: count(int((~_tried(headline_runs(h))["holds"].astype(bool)).sum())),
    "robust-publishers": lambda h: count(len(set(computed(h).query("family == 'publisher'")["label"])) - 1),
    "robust-few": lambda h: count(FEW),
}
