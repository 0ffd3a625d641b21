"""The second reading: claims read again beside what they cite, a seeded tenth among them, and what came of it.

python -m without_recognition.findings.second_reading sample      the claims to be read, and which of them were
python -m without_recognition.findings.second_reading report      how many were wrong, by what they were compared with
"""

from __future__ import annotations

import argparse
import hashlib
import sys

import pandas as pd

from without_recognition.data import dataset
from without_recognition.data.dataset import History
from without_recognition.findings import second_coding
from without_recognition.findings.intervals import wilson

SHARE = 0.1  #: of the claims
SEED = "0.1.0"  #: of the first sample; the same lots in every edition
FAULTY = ("partly", "not_supported")


def drawn(claim_id: str, seed: str) -> bool:
    """Whether a claim falls into the sample. Each is drawn on its own, so claims added later change no other's lot."""
    lot = hashlib.sha256(f"{seed} {claim_id}".encode()).digest()[:4]
    return int.from_bytes(lot, "big") < SHARE * 2**32


def sample(history: History) -> pd.DataFrame:
    """The drawn claims in order of id, with `read`: whether audit.csv has them."""
    claims = history.whole.claims
    chosen = claims[[drawn(c, SEED) for c in claims.index]]
    return chosen.assign(read=chosen.index.isin(history.whole.audit.index))


def report(history: History) -> pd.DataFrame:
    """A row for each kind of comparison and one for `all`: read, partly, not_supported, rate, low, high, mended.

    Rates are shares of the claims read; those that could not be compared stand in no row.
    """
    audit = history.whole.audit
    compared = audit[audit["verdict"] != "source_not_reachable"]
    groups = {kind: compared[compared["against"] == kind] for kind in kinds(history)} | {"all": compared}
    rows = []
    for against, found in groups.items():
        if len(found):
            faulty = found["verdict"].isin(FAULTY)
            low, high = wilson(int(faulty.sum()), len(found))
            rows.append(
                {
                    "against": against,
                    "read": len(found),
                    **{v: int((found["verdict"] == v).sum()) for v in FAULTY},
                    "rate": faulty.mean(),
                    "low": low,
                    "high": high,
                    "mended": int((faulty & (found["mended"] != "")).sum()),
                }
            )
    return pd.DataFrame(rows, columns=["against", "read", *FAULTY, "rate", "low", "high", "mended"])


def kinds(history: History) -> dict[str, str]:
    """The kinds of comparison and their labels, as the codebook has them."""
    fields = dataset.resources(history.package)["audit"]["schema"]["fields"]
    return {c["value"]: c["label"] for f in fields if f["name"] == "against" for c in f["categories"]}


def markdown(history: History) -> str:
    """The report as a sentence, a table and the faults, in Markdown, for the method page."""
    audit, table = history.whole.audit, report(history)
    if not len(table):
        return f"{len(sample(history))} claims are drawn; none has been read yet."
    unreached = int((audit["verdict"] == "source_not_reachable").sum())
    claims = len(history.whole.claims)
    lines = [
        f"Of {claims:,} claims {len(audit) - unreached:,} were compared with what they cite; for {unreached} nothing "
        f"to compare them with was found; {claims - len(audit):,} were not read then. {_since(history)}".rstrip(),
        "",
        "| Compared with | Read | Partly supported | Not supported | Error rate (95% interval) | Mended |",
        "|---|---|---|---|---|---|",
    ]
    labels = kinds(history) | {"all": "All together"}
    lines += [
        f"| {labels[r.against]} | {r.read} | {r.partly} | {r.not_supported} | {_percent(r.rate)} "
        f"({_percent(r.low)} to {_percent(r.high)}) | {r.mended} |"
        for r in table.itertuples()
    ]
    faults = audit[audit["verdict"] == "not_supported"]
    lines += [
        "",
        "Not supported as they stood (every row, and every part of the coding found wrong, in audit.csv):",
        "",
    ]
    lines += [f"- `{r.claim_id}`: {_fault(r.what_was_wrong, r.mended)}" for r in faults.itertuples()]
    return "\n".join(lines)


def _since(history: History) -> str:
    """How many claims have been set beside their text in one reading or another, those after the table included."""
    later = [row for row in second_coding.verdicts(history) if row["verdict"] != "not_reached"]
    if not later:
        return ""
    audit = history.whole.audit
    read = set(audit.index[audit["verdict"] != "source_not_reachable"]) | {row["claim_id"] for row in later}
    faulty = sum(row["verdict"] in FAULTY for row in later)
    return (
        f"Since then {len(later):,} more readings are on record, with {faulty:,} claims that were partly or not "
        f"supported; {len(read & set(history.whole.claims.index)):,} claims have been set beside a text at least once."
    )


def _fault(wrong: str, mended: str) -> str:
    """What was wrong, and which columns were mended for it.

    >>> _fault("No such name.", "speaker; statement")
    'No such name; mended: speaker, statement.'
    """
    return "; mended: ".join(filter(None, [wrong.rstrip("."), mended.rstrip(".").replace("; ", ", ")])) + "."


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def main(argv: list[str] | None = None) -> int:
    """Print the sample or the report; returns the exit code."""
    about = "The claims read again beside what they cite, a seeded tenth among them, and what came of it."
    ap = argparse.ArgumentParser(
        prog="python -m without_recognition.findings.second_reading", description=about
    )
    ap.add_argument("command", choices=("sample", "report"))
    args = ap.parse_args(argv)
    history = dataset.load()
    if args.command == "report":
        print(markdown(history))
        return 0
    for claim in sample(history).itertuples():
        print(
            f"{'read  ' if claim.read else 'unread'} {claim.claim_id} "
            f"[{claim.source_id} {claim.locator}] {claim.statement}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
