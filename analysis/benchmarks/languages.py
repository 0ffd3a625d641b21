"""What each text in Urdu, Arabic or Hebrew, or by a Palestinian, changed: `python analysis/benchmarks/languages.py`.

Each text is left out, and the grades of the events that it tells are found again. Prints a CSV: the source, its
language and side, whether the first edition had it, the events that it tells, and what moves without it, each as
event, aspect and value with the grade and status of now and of then; then, for each group, how many texts move
something. Some minutes.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter

from without_recognition import History, compare, load
from without_recognition.findings import tongues

OTHERS = {code: name for code, name in tongues.LANGUAGES.items() if code != "en"}


def moved(history: History, source_id: str) -> tuple[list[str], list[str]]:
    """The events that a source tells, and what moves in them without it."""
    claims = history.claims
    told = sorted(set(claims.loc[claims["source_id"] == source_id, "event_id"]))
    here = history.where(event_id=told)
    rows = compare(here, here.without(sources=source_id)).astype(str).to_dict("records")
    return told, ["; ".join(str(cell) for cell in row.values() if cell not in ("", "nan")) for row in rows]


def main() -> int:
    """Print the table, then the sums on the error stream."""
    history = load()
    first, sources = tongues.first_edition(history), history.sources
    read = sources[sources["seen"] != "cited_only"]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["source_id", "language", "side", "first_edition", "events", "moves"])
    texts, movers = Counter(), Counter()
    for source_id, lang, side in read[["lang", "perspective"]].itertuples():
        groups = [OTHERS[lang]] if lang in OTHERS else []
        groups += ["Palestinian"] if side == "palestinian" else []
        if groups:
            told, moves = moved(history, source_id)
            out.writerow([source_id, lang, side, source_id in first, " ".join(told), " | ".join(moves)])
            texts.update(groups)
            movers.update(groups if moves else ())
    for group, n in texts.items():
        print(f"{group}: {n} texts, without {movers[group]} of which something moves", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
