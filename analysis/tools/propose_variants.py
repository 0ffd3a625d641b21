"""Propose other spellings of persons' names from the book's own words; somebody must read them before they are kept.

    python analysis/tools/propose_variants.py > proposals.txt

A line is `actor_id | spelling | how often | first place`: two to four words with capitals, in data/*.csv or
book/**/*.md, that sound like the person's name (`folding.key`) or differ from it by few letters, and that the finder
does not find by the names that are there. What is written in another script cannot be proposed so: read the titles.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from without_recognition.data.folding import folded_words, key

ROOT = Path(__file__).resolve().parents[2]
TABLES = {
    "claims": ("statement", "passage", "locator"),
    "sources": ("author", "title", "note", "credit_line"),
    "events": ("title", "summary"),
    "searches": ("question", "terms", "note"),
    "rulings": ("reason", "what_would_change_it"),
}
NEAR = 0.86  #: of 1; below it other people come
WORD = r"[^\W\d_a-z][\w'’-]+"
NAME = re.compile(rf"{WORD}(?:(?: (?:ul|al|el|bin|ibn|ur))?[ -]{WORD}){{0,3}}")


def texts() -> Iterator[tuple[str, str]]:
    """(place, text) of all cells and pages that are read by people."""
    for table, columns in TABLES.items():
        for line, row in enumerate(table_rows(table), 2):
            for column in columns:
                if row[column]:
                    yield f"data/{table}.csv:{line}:{column}", row[column]
    for page in sorted((ROOT / "book").rglob("*.md")):
        yield page.relative_to(ROOT).as_posix(), page.read_text("utf-8")


def table_rows(table: str) -> list[dict[str, str]]:
    """The rows of a table of data/."""
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def heard(name: str) -> tuple[str, ...]:
    """How the words of a name sound, short words as they are spelled."""
    return tuple(key(word) or word for word in folded_words(name))


def spellings_found() -> dict[str, list[str]]:
    """spelling -> places, of everything that looks like a name."""
    out: dict[str, list[str]] = defaultdict(list)
    for place, text in texts():
        for run in NAME.findall(text):
            parts = run.split(" ")
            for begin in range(len(parts)):
                for end in range(begin + 1, len(parts) + 1):
                    spelling = re.sub(r"['’]s?$", "", " ".join(parts[begin:end]))
                    if parts[begin][:1].isupper():
                        out[spelling].append(place)
    return out


def proposals() -> Iterator[tuple[str, str, int, str]]:
    """(actor, spelling, how often, first place)."""
    people = [row for row in table_rows("actors") if row["type"] == "person"]
    names = {p["actor_id"]: [p["name"], *filter(None, p["variants"].split("; "))] for p in people}
    known = {" ".join(folded_words(name)) for spellings in names.values() for name in spellings}
    nearby: dict[str, list[tuple[str, str]]] = defaultdict(
        list
    )  # first letter of the last word -> (actor, name)
    for actor, spellings in names.items():
        for name in spellings:
            if len(parts := folded_words(name)) > 1:
                nearby[parts[-1][0]].append((actor, name))
    for spelling, places in spellings_found().items():
        parts = folded_words(spelling)
        if len(parts) > 1 and " ".join(parts) not in known:
            for actor in sorted({a for a, name in nearby[parts[-1][0]] if alike(name, spelling)}):
                yield actor, spelling, len(places), places[0]


def alike(name: str, spelling: str) -> bool:
    """Whether two names sound the same, or have nearly the same letters."""
    if heard(name) == heard(spelling):
        return True
    letters = SequenceMatcher(None, " ".join(folded_words(name)), " ".join(folded_words(spelling)))
    return letters.real_quick_ratio() > NEAR and letters.quick_ratio() > NEAR and letters.ratio() > NEAR


if __name__ == "__main__":
    for actor, spelling, count, place in sorted(proposals()):
        sys.stdout.write(f"{actor} | {spelling} | {count} | {place}\n")
