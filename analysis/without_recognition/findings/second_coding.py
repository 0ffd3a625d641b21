"""What coders who saw neither the book nor each other made of its texts, and how far they and the book agree.

Two coded a lot, a third all that was left of the first edition and could be read, a fourth what came after it.
The sheets lie in data/second-coding; `book.csv` there is what the book had before it was compared with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from math import isnan
from typing import Any

import pandas as pd

from without_recognition import evidence
from without_recognition.data import sheets
from without_recognition.data.dataset import History
from without_recognition.data.sheets import FIRST, NOTHING, Sheet
from without_recognition.evidence import FIRM
from without_recognition.findings import agreement
from without_recognition.findings.tables import cached

COLUMNS = {
    "aspect": "what a row is about",
    "of": "whose role, or number of what",
    "value": "which date, place, number or word",
    "stance": "affirms, denies or doubts",
    "speaker": "on whose word",
    "basis": "how he knows",
    "origin": "where the text has it from",
}
NAMES = {
    "a": "first coder",
    "b": "second coder",
    "c": "third coder",
    "d": "fourth coder",
    FIRST: "the book",
}
LATER = {
    "c": "The third read {sources:,} other sources of the first edition: {texts:,} texts on events.",
    "d": "The fourth read {sources:,} of the sources that came after it: {texts:,} texts on events.",
}  #: coder -> what was read; what these saw beside the book stands in `verdicts`
NONE = "No texts have been coded again yet."


def compared(history: History) -> pd.DataFrame:
    """A row a pair of codings and column: first, second ("a" to "d", "book"), texts (that both read), both,
    only_first, only_second (rows of the same thing, and rows that one has alone), then as `agreement.table`.
    Codings without a text in common are no pair.

    Empty without sheets.
    """
    return cached(history, "second coding", lambda: _compared(sheets.kept(history)))


def _compared(found: dict[str, Sheet]) -> pd.DataFrame:
    order = sorted(found, key=lambda coder: (coder == FIRST, coder))  # the two coders first
    tables = []
    for one, other in combinations(order, 2):
        texts = len(set(found[one].rows) & set(found[other].rows))
        if not texts:
            continue
        labels = agreement.labels(found[one], found[other])
        seen = Counter((x != NOTHING, y != NOTHING) for _, x, y in labels["aspect"])
        table = agreement.table(labels).assign(
            first=one,
            second=other,
            texts=texts,
            both=seen[True, True],
            only_first=seen[True, False],
            only_second=seen[False, True],
        )
        tables.append(table)
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def markdown(history: History) -> str:
    """Sentence and table for the method page, in Markdown."""
    table = compared(history)
    if not len(table):
        return NONE
    found = sheets.kept(history)
    by = dict(list(table.groupby(["first", "second"], sort=False)))
    lines = [
        _read(found),
        "",
        f"| | {' | '.join(f'{NAMES[one]} and {NAMES[other]}' for one, other in by)} |",
        f"|---|{'---|' * len(by)}",
        f"| texts that both read | {' | '.join(map(_texts, by.values()))} |",
        f"| rows of the same thing; rows that one has alone | {' | '.join(map(_alone, by.values()))} |",
    ]
    for column, words in COLUMNS.items():
        cells = (_cell(next(rows[rows["column"] == column].itertuples())) for rows in by.values())
        lines.append(f"| {words} | {' | '.join(cells)} |")
    for coder in LATER:
        if coder in found:
            lines += ["", f"{_in_place(history, coder)} {_beside(history, coder)}"]
    return "\n".join([*lines, "", *_decided(history)])


def _beside(history: History, coder: str) -> str:
    """What came of it when this coder set the book's claims beside the texts; nothing where that was not done."""
    reader = NAMES[coder].replace(" ", "_")
    read = Counter(row["verdict"] for row in verdicts(history) if row["reader"] == reader)
    reached = read.total() - read["not_reached"]
    if not reached:
        return ""
    return (
        f"Of {reached:,} claims that the {NAMES[coder]} then set beside the text, {read['supported']:,} stood as they "
        f"were; {read['column']:,} had a wrong column, {read['partly']:,} said something too much or without its "
        f"teller, {read['not_supported']:,} did not stand there."
    )


def _decided(history: History) -> Iterator[str]:
    """Whose word was kept where coder and book differ; nothing where that was not decided."""
    kept = Counter(row["kept"] for _, row in sheets.table_of(history, "decisions", ["claim_id", "kept"]))
    if kept:
        yield (
            f"Of {kept.total():,} places where coder and book had the same thing with another word, the book's word "
            f"was kept in {kept['book']:,} and the coder's in {kept['coder']:,}."
        )


def verdicts(history: History) -> list[dict[str, str]]:
    """The claims that were set beside their text once more: claim_id, reader, reached, verdict, what_was_wrong."""
    return [row for _, row in sheets.table_of(history, "verdicts", ["claim_id", "reader", "verdict"])]


def kept_firm(history: History, coder: str) -> Counter[tuple[bool, bool]]:
    """How many occurrences are firm (with the book's rows, with those of this coder in their place)."""
    return cached(history, f"firm with coder {coder}", lambda: _kept_firm(history, coder))


def _kept_firm(history: History, coder: str) -> Counter[tuple[bool, bool]]:
    was, now = (
        dict(evidence.events(h)[["event_id", "grade"]].itertuples(index=False))
        for h in (history, history.second_coder(None, coder))
    )
    return Counter((grade in FIRM, now.get(event, "") in FIRM) for event, grade in was.items())


def _in_place(history: History, coder: str) -> str:
    firm = kept_firm(history, coder)
    texts = len(sheets.known(history.root / sheets.KEPT / f"coder-{coder}.csv", history).rows)
    return (
        f"Put the {NAMES[coder]}'s rows in place of the book's, in the {texts:,} texts on events in which all that "
        f"they name is in the book: of {sum(n for (was, _), n in firm.items() if was)} occurrences with a firm grade "
        f"{firm[True, True]} keep one, and {firm[False, True]} others gain one. "
        "Which texts are one text was not coded again for this, and counts as the book has it."
    )


def _read(found: dict[str, Sheet]) -> str:
    """How many texts on events each could read."""
    later = {coder: found[coder].rows for coder in LATER if coder in found}
    drawn = len(set(found[FIRST].rows).difference(*later.values()))
    told = [
        f"Of {drawn} texts on events that were drawn the first coder could read {len(found['a'].rows)}, "
        f"the second {len(found['b'].rows)}."
    ]
    for coder, rows in later.items():
        told.append(LATER[coder].format(sources=len({source_id for _, source_id in rows}), texts=len(rows)))
    return " ".join(told)


def _texts(rows: pd.DataFrame) -> str:
    return f"{rows['texts'].iloc[0]:,}"


def _alone(rows: pd.DataFrame) -> str:
    r = next(rows.itertuples())
    return f"{r.both:,}; {r.only_first:,} and {r.only_second:,}"


def _cell(row: Any) -> str:
    if isnan(row.alpha):
        return f"all alike ({row.rows} rows)" if row.rows else "none"
    return f"{row.alpha:.2f} ({row.low:.2f} to {row.high:.2f}); {row.agree:.0%} alike"
