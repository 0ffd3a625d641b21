"""What moved between two Histories: grades, statuses, and the values that are followed."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from without_recognition.data.dataset import History, by_key, column_cells, records
from without_recognition.data.graded import SINGLE_VALUED
from without_recognition.evidence.lines import Proposition
from without_recognition.evidence.rules import GRADES, STATUSES
from without_recognition.evidence.weighing import Judgement, check_given, weigh

UNTOLD = "untold"  #: instead of a grade, where nobody says so
COLUMNS = ["event_id", "title", "aspect", "of", "value"]
MOVED = ["grade", "status", "followed"]


def order(j: Judgement) -> tuple[int, int, int, str]:
    """Sort key of the values of one aspect: the best first."""
    return (GRADES.index(j.grade), STATUSES.index(j.status), -j.lines, j.value)


def followed(history: History) -> set[Proposition]:
    """The propositions that the book follows.

    Of an aspect with one right value: what a ruling names, nothing where it follows a denial; else of a date the
    event's own; else the best graded. Of other aspects everything that is affirmed.
    """
    w, groups, out = weigh(history), defaultdict(list), set[Proposition]()
    for j in w.judgements.values():
        if j.affirms:
            groups[j.key[:3]].append(j)
    rulings = {(r["event_id"], r["aspect"], r["of"]): r["follows"] for r in records(history.whole.rulings)}
    for key, group in groups.items():
        if key[1] not in SINGLE_VALUED and key[1] != "occurrence":
            out |= {Proposition(*j.key) for j in group}
            continue
        ruled = w.claims.get(rulings.get(key, ""))
        if ruled and ruled["stance"] != "affirms":
            continue
        told = {j.value for j in group}
        wanted = ruled["value"] if ruled else w.events[key[0]]["date"] if key[1] == "date" else None
        out.add(Proposition(*key, wanted if wanted in told else min(group, key=order).value))
    return out


def compare(history: History, other: History) -> pd.DataFrame:
    """What moved from `history` to `other`: one row a proposition whose grade, status or being followed differs.

    history, other: two Histories, such as an edition and a variant of it, both whole, both of one chapter, or both of
    the events that one `where` chose.

    Returns columns event_id, title, aspect, of, value ("" for the occurrence), and grade, status and followed, each as
    `..._was` in `history` and `..._now` in `other`. Where nobody in one of them affirms a proposition its grade is
    'untold', and its status "" where nobody denies it either; what nobody affirms in both is left out. The grade of a
    frame fact is "". followed is True for the value that the book goes with. Sorted by event; occurrences first.
    Raises TypeError for what is no History, ValueError for a part and a whole or two parts of unlike extent.

    >>> from without_recognition import compare, load
    >>> history = load()
    >>> moved = compare(history, history.without(sources="dahri-2016"))
    >>> moved[["grade_was", "grade_now"]].ne("").all().all().item()
    True
    """
    check_given("compare", history)
    check_given("compare", other)
    if _extent(history) != _extent(other):
        told = f"compare() takes two Histories of one extent, not {_extent(history)} and {_extent(other)}"
        raise ValueError(f"{told}; narrow both alike, as in compare(a.chapter('zia'), b.chapter('zia'))")
    was, now = _answers(history), _answers(other)
    titles = {**_titles(other), **_titles(history)}
    silent = (UNTOLD, "", False)
    rows = []
    for p in sorted({*was, *now}, key=lambda p: (p[0], p[1] != "occurrence", p[1:])):
        before, after = was.get(p, silent), now.get(p, silent)
        if before != after and {before[0], after[0]} != {UNTOLD}:
            rows.append((p[0], titles[p[0]], *p[1:], *(cell for pair in zip(before, after) for cell in pair)))
    return pd.DataFrame(rows, columns=[*COLUMNS, *(f"{m}_{when}" for m in MOVED for when in ("was", "now"))])


def _extent(history: History) -> str:
    """Which events are meant: 'the whole', 'chapter zia, visibility secret'."""
    chapter = "the whole" if history.slug == "all" else f"chapter {history.slug}"
    return ", ".join([chapter, *(f"{c} {' or '.join(sorted(v))}" for c, v in sorted(history._filters))])


def _answers(history: History) -> dict[Proposition, tuple[str, str, bool]]:
    """Proposition -> (grade, status, followed), of the events of this History; a frame fact has no grade."""
    told, goes_with = set(column_cells(history.table("events"), "event_id")), followed(history)
    return {
        Proposition(*p): ("" if j.frame else j.grade if j.affirms else UNTOLD, j.status, p in goes_with)
        for p, j in weigh(history).judgements.items()
        if p[0] in told
    }


def _titles(history: History) -> dict[str, str]:
    return {event_id: row["title"] for event_id, row in by_key(history.table("events")).items()}
