"""When a thing became public, and what a source not yet read would change."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from without_recognition.data import dates
from without_recognition.data.dataset import History
from without_recognition.evidence.lines import Testimony
from without_recognition.evidence.rules import grade, rank
from without_recognition.evidence.weighing import weigh


def disclosure(history: History) -> pd.DataFrame:
    """When each event became public: the earliest publication along the whole origin chain of its occurrence.

    Columns, indexed by event_id: happened (latest day), public_by (day: latest bound of the earliest publication),
    days (between them, never below 0), source_id (that publication),
    via_unread (we know that link only through others).
    """
    w, told = weigh(history), set(history.table("events").index)
    out = []
    for p, j in w.judgements.items():
        if p[1] != "occurrence" or p[0] not in told or not j.affirms:
            continue
        found = set()
        for r in j.affirms:
            path, root = w.chain(r.claim_id)
            read = {w.claims[c]["source_id"] for c in path}
            found |= {(dates.parse(w.sources[s]["issued"]).latest, s not in read, s) for s in read | {root}}
        public, unread, source = min(found)
        happened = dates.parse(w.events[p[0]]["date"]).latest
        out.append([p[0], happened, public, max((public - happened).days, 0), source, unread])
    return pd.DataFrame(
        out, columns=["event_id", "happened", "public_by", "days", "source_id", "via_unread"]
    ).set_index("event_id")


def to_read(history: History) -> pd.DataFrame:
    """What to read next: propositions whose grade would rise if an unread root were read (frame facts have none).

    Columns: source_id (unread), event_id, aspect, of, value, grade, would_be.
    """
    w, told = weigh(history), set(history.table("events").index)
    out = []
    for p, j in w.judgements.items():
        if p[0] not in told or j.frame or j.grade == "documented":
            continue
        for root in sorted({r.root for r in j.affirms if "unread" in r.defects}):
            lifted = [_read(r) if r.root == root else r for r in j.affirms]
            would = grade(lifted, frozenset(w.sides[p[0]]), w.rules)[0]
            if rank(would) > rank(j.grade):
                out.append([root, *p, j.grade, would])
    return pd.DataFrame(out, columns=["source_id", "event_id", "aspect", "of", "value", "grade", "would_be"])


def _read(row: Testimony) -> Testimony:
    """The testimony as it would be, had its root been read and found to say this (so no longer a late relay)."""
    late = {"retrospective"} if row.basis == "study" else set()
    return replace(row, defects=row.defects - {"unread"} - late)
