"""The second reading: a seeded tenth of the claims, read again beside what they cite, and what came of it.

    python -m analysis.audit sample      the claims to be read, and which of them were
    python -m analysis.audit report      how many were wrong, by what they were compared with
"""
from __future__ import annotations

import argparse
import hashlib
import sys

import pandas as pd

from analysis import dataset
from analysis.dataset import History
from analysis.findings.intervals import wilson

SHARE = 0.1  #: of the claims
FAULTY = ("partly", "not_supported")


def drawn(claim_id: str, seed: str) -> bool:
    """Whether a claim falls into the sample. Each is drawn on its own, so claims added later change no other's lot."""
    lot = hashlib.sha256(f"{seed} {claim_id}".encode()).digest()[:4]
    return int.from_bytes(lot, "big") < SHARE * 2**32


def sample(history: History) -> pd.DataFrame:
    """The drawn claims in order of id, with `read`: whether audit.csv has them. The seed is the package's version."""
    claims = history.whole.claims
    chosen = claims[[drawn(c, history.package["version"]) for c in claims.index]]
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
            rows.append({"against": against, "read": len(found), **{v: int((found["verdict"] == v).sum()) for v in FAULTY},
                         "rate": faulty.mean(), "low": low, "high": high,
                         "mended": int((faulty & (found["mended"] != "")).sum())})
    return pd.DataFrame(rows, columns=["against", "read", *FAULTY, "rate", "low", "high", "mended"])


def kinds(history: History) -> dict[str, str]:
    """The kinds of comparison and their labels, as the codebook has them."""
    fields = dataset.resources(history.package)["audit"]["schema"]["fields"]
    return {c["value"]: c["label"] for f in fields if f["name"] == "against" for c in f["categories"]}


def markdown(history: History) -> str:
    """The report as a sentence, a table and the faults, in Markdown, for the method page."""
    chosen, audit, table = sample(history), history.whole.audit, report(history)
    if not len(table):
        return f"{len(chosen)} claims are drawn; none has been read yet."
    unreached = int((audit["verdict"] == "source_not_reachable").sum())
    later = len(chosen) - int(chosen["read"].sum())
    lines = [f"Of {len(history.whole.claims)} claims {len(chosen)} are drawn. {len(audit) - unreached} were compared; for "
             f"{unreached} nothing to compare them with was found; {later} came into the data after the reading.", "",
             "| Compared with | Read | Partly supported | Not supported | Error rate (95% interval) | Mended |",
             "|---|---|---|---|---|---|"]
    labels = kinds(history) | {"all": "All together"}
    lines += [f"| {labels[r.against]} | {r.read} | {r.partly} | {r.not_supported} | {_percent(r.rate)} "
              f"({_percent(r.low)} to {_percent(r.high)}) | {r.mended} |" for r in table.itertuples()]
    faults = audit[audit["verdict"].isin(FAULTY)]
    lines += ["", "What was wrong:", ""]
    lines += [f"- `{r.claim_id}`: {r.what_was_wrong} {r.mended}".rstrip() for r in faults.itertuples()]
    return "\n".join(lines)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def main(argv: list[str] | None = None) -> int:
    """Print the sample or the report; returns the exit code."""
    ap = argparse.ArgumentParser(prog="python -m analysis.audit", description=__doc__.splitlines()[0])
    ap.add_argument("command", choices=("sample", "report"))
    args = ap.parse_args(argv)
    history = dataset.load()
    if args.command == "report":
        print(markdown(history))
        return 0
    for claim in sample(history).itertuples():
        print(f"{'read  ' if claim.read else 'unread'} {claim.claim_id} [{claim.source_id} {claim.locator}] {claim.statement}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
