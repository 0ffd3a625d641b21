"""Disputes: propositions with rivals or denials, and what the book follows."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from without_recognition.data.dataset import History, column_cells
from without_recognition.data.graded import SINGLE_VALUED
from without_recognition.evidence.rules import GRADES, STATUSES
from without_recognition.evidence.weighing import Judgement, check_given, weigh


def disputes(history: History) -> pd.DataFrame:
    """Propositions with rivals or denials: one row an (event, aspect, of), indexed 0..n-1.

    Columns: event_id, aspect, of, status (of the best-graded value that anything stands against), values (Judgements,
    best first; rivals or the denied value), follows (claim_id of the ruling or ""), followed (the value ruled for or
    ""), reason, what_would_change_it, open (a ruling is demanded and missing). Raises TypeError for what is no History.

    >>> from without_recognition import disputes, load
    >>> "initiator" in set(disputes(load().chapter("istanbul"))["aspect"])
    True
    """
    check_given("disputes", history)
    out, told = [], set(history.table("events").index)
    rulings = history.whole.rulings.set_index(["event_id", "aspect", "of"]).to_dict("index")
    groups: dict[tuple[str, str, str], list[Judgement]] = defaultdict(list)
    value_of = dict(zip(history.whole.claims.index, column_cells(history.whole.claims, "value")))
    for p, j in weigh(history).judgements.items():
        if p[0] in told:
            groups[p[:3]].append(j)
    for key, group in groups.items():
        if all(j.status == "unchallenged" for j in group):
            continue
        values = sorted(
            (j for j in group if j.status != "unchallenged" or key[1] in SINGLE_VALUED),
            key=lambda j: (GRADES.index(j.grade), STATUSES.index(j.status), -j.lines, j.value),
        )
        ruled = rulings.get(key, {})
        follows = ruled.get("follows", "")
        followed = value_of.get(follows, "")
        state = next(j.status for j in values if j.status != "unchallenged")
        out.append(
            [
                *key,
                state,
                values,
                follows,
                followed,
                ruled.get("reason", ""),
                ruled.get("what_would_change_it", ""),
                state == "disputed" and not follows,
            ]
        )
    return pd.DataFrame(
        out,
        columns=[
            "event_id",
            "aspect",
            "of",
            "status",
            "values",
            "follows",
            "followed",
            "reason",
            "what_would_change_it",
            "open",
        ],
    )
