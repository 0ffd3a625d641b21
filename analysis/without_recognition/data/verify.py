"""`book verify DIR`: do the fingerprints match the texts in DIR,
and is every paragraph there coded or accounted for?"""

from __future__ import annotations

import argparse
import hashlib
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from without_recognition.data import textfile
from without_recognition.data.dataset import DatasetError, History, load


def paragraphs(text: str) -> list[str]:
    """The non-blank lines of a text, normalised: NFC, white space folded. A line of no-break spaces is blank."""
    lines = (" ".join(unicodedata.normalize("NFC", line).split()) for line in text.splitlines())
    return [line for line in lines if line]


def fingerprint(paragraph: str) -> str:
    """SHA-256, hex, of a normalised paragraph."""
    return hashlib.sha256(paragraph.encode()).hexdigest()


def _read(path: Path) -> str:
    try:
        return textfile.read_text(path)
    except textfile.Unreadable as wrong:
        raise DatasetError(f"{path.name}:{wrong.row}: {wrong.told}") from None
    except OSError as wrong:
        raise DatasetError(f"{path.name}: cannot be read ({wrong.strerror})") from None


def fingerprint_problems(history: History, folder: Path) -> list[str]:
    """Fingerprints that no paragraph at that place has, and paragraphs that no claim and no uncoded row cites."""
    texts = {p.name: [fingerprint(x) for x in paragraphs(_read(p))] for p in sorted(folder.glob("[!.]*.txt"))}
    if not texts:
        return [f"{folder.name}: no .txt files there; give the folder that holds the five texts"]
    places = defaultdict(set)
    for name, prints in texts.items():
        for n, p in enumerate(prints, 1):
            places[p].add((name, f"¶{n}"))
    found, cited = [], set()
    for table, key in ((history.claims, "claim_id"), (history.uncoded, "source_id")):
        for row in table[table["fingerprint"] != ""].to_dict("records"):
            here = {place for place in places[row["fingerprint"]] if place[1] == row["locator"]}
            cited |= here
            if not here:
                found.append(
                    f"{row[key]}: {row['locator']} of {row['source_id']} is not the paragraph that was coded; "
                    "read it again and correct locator or fingerprint"
                )
    for name, prints in texts.items():
        found += [
            f"{name}: ¶{n} is cited by no claim; code it, or add it to uncoded.csv with a reason"
            for n in range(1, len(prints) + 1)
            if (name, f"¶{n}") not in cited
        ]
    return found


def main(argv: list[str] | None = None) -> int:
    """Exit 0 when every fingerprint matches and every paragraph is accounted for."""
    about = "Do the fingerprints match the texts, and is every paragraph there coded or accounted for?"
    ap = argparse.ArgumentParser(prog="book verify", description=about)
    ap.add_argument("folder", type=Path, help="folder with the five texts")
    args = ap.parse_args(argv)
    if not args.folder.is_dir():
        raise DatasetError(f"{args.folder}: no such folder; give the one that holds the five texts")
    history = load()
    found = fingerprint_problems(history, args.folder)
    for problem in found:
        print(problem, file=sys.stderr)
    checked = int((history.claims["fingerprint"] != "").sum())
    print(
        f"{checked} fingerprints compared, {len(history.uncoded)} paragraphs set aside, {len(found)} problem(s)"
    )
    return 1 if found else 0
