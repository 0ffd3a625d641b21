"""Does the passage bear the statement? What a reader who saw only these two judged, and when a verdict is out of date.

python -m without_recognition.data.support      the claims of which passage and statement are to be judged
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

import pandas as pd

from without_recognition.data import dataset
from without_recognition.data.history import History
from without_recognition.data.rows import by_key, numbered, records

HOW = {
    "supports": "wholly",
    "partly": "in part",
    "no": "not at all",
}  #: verdict -> how the passage bears the statement
JUDGED = ("passage", "statement")  #: the columns of a claim that a verdict is about
DOCUMENTS = ("primary_document", "official_statement")  #: kinds of sources that may be quoted at length
MENDED = re.compile(
    r"First judged (\w+)"
)  #: so begins the note where passage or statement was mended after a verdict


def digest(passage: str, statement: str) -> str:
    """Eight hexadecimal digits of BLAKE2b over the two, with a line end between.

    >>> digest("they met", "They met.") == digest("they met", "They met!")
    False
    """
    return hashlib.blake2b(f"{passage}\n{statement}".encode(), digest_size=4).hexdigest()


def verdict_problems(history: History) -> Iterator[str]:
    """`file:row:column: what is wrong; what to do` for every verdict that is about nothing, out of date or bare."""
    claims = by_key(history.claims)
    for n, row in numbered(history.support):
        key, at = row["claim_id"], f"support.csv:{n}"
        now = digest(claims[key]["passage"], claims[key]["statement"])
        if not claims[key]["passage"]:
            yield f"{at}:claim_id: claim '{key}' has no passage; remove the row"
        elif row["digest"] != now:
            told = f"claim '{key}': passage or statement changed since it was judged"
            yield f"{at}:digest: {told}; judge again, then write {now}"
        if row["verdict"] != "supports" and not row["note"]:
            yield f"{at}:note: empty, yet the verdict is '{row['verdict']}'; say what the passage lacks"


def unjudged(history: History) -> pd.DataFrame:
    """The claims with a passage that nobody has judged, in order of id, with the `digest` that a verdict needs."""
    claims = history.whole.claims
    left = claims[(claims["passage"] != "") & ~claims.index.isin(history.whole.support.index)]
    return left.assign(digest=[digest(*pair) for pair in left[list(JUDGED)].itertuples(index=False)])


def markdown(history: History) -> str:
    """How many passages were judged, and how they bear their statements, in sentences, for the method page."""
    rows = records(history.whole.support)
    carried = int((history.whole.claims["passage"] != "").sum())
    if not carried:
        return "No claim carries a passage yet."
    told = "1 claim carries a passage, a few words of its source"
    if carried > 1:
        told = f"{carried} claims carry a passage, a few words of their source"
    if not rows:
        return f"{told}; {'it has not' if carried == 1 else 'none has'} been judged yet."
    which = {1: "It was", 2: "Both were"}.get(carried, "All of them were")
    if len(rows) < carried:
        which = "1 of them was" if len(rows) == 1 else f"{len(rows)} of them were"
    told += f". {which} judged by passage and statement alone: the passage bears the statement "
    told += f"{_shares(row['verdict'] for row in rows)}."
    first = [MENDED.match(row["note"]) for row in rows]
    if not (mended := sum(map(bool, first))):
        return told + _without(history)
    what = "1 passage or statement was" if mended == 1 else f"{mended} passages or statements were"
    before = _shares(found[1] if found else row["verdict"] for row, found in zip(rows, first))
    return f"{told} Before {what} mended and judged again, it was {before}.{_without(history)}"


def _without(history: History) -> str:
    """Why claims of sources that were read have none: a sentence with a blank before it; empty where all have one."""
    sources = by_key(history.whole.sources)
    bare = [
        sources[claim["source_id"]]["kind"]
        for claim in records(history.whole.claims)
        if not claim["passage"] and sources[claim["source_id"]]["seen"] != "cited_only"
    ]
    if not bare:
        return ""
    papers = sum(kind in DOCUMENTS for kind in bare)
    return (
        f" Of {len(bare):,} claims of sources that were read and carry none, {len(bare) - papers:,} rest on the press, "
        f"on books and on the web, of whose words the book keeps only these few; {papers:,} rest on documents and "
        "data, of which none was taken; most of these give a day, a place or a number, or say that a thing took place."
    )


def _shares(verdicts: Iterable[str]) -> str:
    """'wholly in 5, in part in 3 and not at all in 1'; what did not occur is left out."""
    found = Counter(verdicts)
    shares = [f"{how} in {found[verdict]}" for verdict, how in HOW.items() if found[verdict]]
    return " and ".join(filter(None, [", ".join(shares[:-1]), shares[-1]]))


def main(argv: list[str] | None = None) -> int:
    """Print what is to be judged, passage and statement alone; returns the exit code."""
    about = "The claims of which nobody has judged whether the passage bears the statement."
    argparse.ArgumentParser(prog="python -m without_recognition.data.support", description=about).parse_args(
        argv
    )
    for claim in unjudged(dataset.load()).itertuples():
        print(f"{claim.claim_id} {claim.digest}\n  passage: {claim.passage}\n  statement: {claim.statement}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
