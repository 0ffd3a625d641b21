"""Make data/documents.csv: the sentences of documents that anyone may reprint in which a claim's passage stands.

    python analysis/tools/import_documents.py <folder ungdc, with PAK/ and ISR/> <folder of papers>

The speeches are those of the United Nations General Debate Corpus (Jankin, Baturo, Dasandi; doi:10.7910/DVN/0TJX8Y),
CC0; a source names its file in its note. The papers are documents of Foreign Relations of the United States, in the
public domain: SOURCE_ID.txt has the text of one, a line a paragraph, without heading and notes. A paper that is not in
the folder keeps its rows. Whole paragraphs are taken where they fit into the words that an event may show; else the
sentence of each passage, and its neighbours as far as they fit.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from without_recognition import load
from without_recognition.data import documents
from without_recognition.data.dataset import data_folder, records
from without_recognition.data.rows import by_key

FILE = re.compile(r"file ((\w{3})_\d+_\d{4}\.txt)")
END = re.compile(r"(?<=[.!?”\"])\s+(?=[\"“(]?[A-Z0-9])")
SHORT_LINES = 25  #: words: where lines have fewer, they are those of the printer, not paragraphs
COLUMNS = ("event_id", "source_id", "part", "locator", "text", "words")


@dataclass(frozen=True)
class Excerpt:
    """Sentences of one paragraph, from `first` to before `end`."""

    paragraph: int
    first: int
    end: int
    locator: str


def paragraphs(text: str) -> list[list[str]]:
    """The sentences of each paragraph, blanks made one."""
    lines = [" ".join(line.split()) for line in text.replace("\ufeff", "").splitlines() if line.strip()]
    if sum(len(line.split()) for line in lines) < SHORT_LINES * len(lines):
        lines = [" ".join(lines)]
    return [END.split(line) for line in lines]


def length(sentences: list[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)


def found_excerpts(text: list[list[str]], claims: list[dict[str, str]]) -> Iterator[Excerpt]:
    """The sentences in which each claim's passage stands, in the order of the claims."""
    for claim in claims:
        for n, sentences in enumerate(text):
            if places := documents.spans(" ".join(sentences), claim["passage"]):
                start, end = min(a for a, _ in places), max(b for _, b in places)
                ends = [sum(len(s) + 1 for s in sentences[: k + 1]) for k in range(len(sentences))]
                first = next(k for k, edge in enumerate(ends) if start < edge)
                last = next(k for k, edge in enumerate(ends) if end <= edge)
                yield Excerpt(n, first, last + 1, claim["locator"])
                break
        else:
            print(f"{claim['claim_id']}: passage not found", file=sys.stderr)


def joined(excerpts: list[Excerpt]) -> list[Excerpt]:
    """In order of the text, those that touch made one."""
    out: list[Excerpt] = []
    for one in sorted(excerpts, key=lambda e: (e.paragraph, e.first)):
        if out and out[-1].paragraph == one.paragraph and one.first <= out[-1].end:
            out[-1] = replace(out[-1], end=max(out[-1].end, one.end))
        else:
            out.append(one)
    return out


def fits(text: list[list[str]], excerpts: list[Excerpt]) -> bool:
    """Whether an event may show so many words."""
    return sum(length(text[e.paragraph][e.first : e.end]) for e in excerpts) <= documents.MOST


def chosen(text: list[list[str]], claims: list[dict[str, str]]) -> list[Excerpt]:
    """What is shown of a speech: as many passages as fit, then their neighbours."""
    kept: list[Excerpt] = []
    for one in found_excerpts(text, claims):
        tried = joined([*kept, one])
        kept = tried if fits(text, tried) else kept
    while (tried := wider(text, kept)) != kept:
        kept = tried
    return kept


def wider(text: list[list[str]], kept: list[Excerpt]) -> list[Excerpt]:
    """The same with one sentence more, after or before one of the excerpts; itself where none fits."""
    for one in kept:
        for before, after in ((0, 1), (1, 0)):
            more = replace(one, first=one.first - before, end=one.end + after)
            tried = joined([more, *(e for e in kept if e != one)])
            if more.first >= 0 and more.end <= len(text[one.paragraph]) and fits(text, tried):
                return tried
    return kept


def raw(source: dict[str, str], speeches: Path, papers: Path) -> str:
    """The text of a document; empty where it is in no folder."""
    note, paper = FILE.search(source["note"]), papers / f"{source['source_id']}.txt"
    if documents.corpus(source) is documents.SPEECHES and note:
        return (speeches / note[2] / note[1]).read_text("utf-8-sig")
    return (
        paper.read_text("utf-8") if documents.corpus(source) is documents.PAPERS and paper.is_file() else ""
    )


def excerpt_rows(speeches: Path, papers: Path) -> Iterator[dict[str, str]]:
    """The rows of documents.csv."""
    history = load()
    sources, present = by_key(history.sources), defaultdict(list)
    for row in records(history.documents):
        present[row["event_id"], row["source_id"]].append(row)
    claims = defaultdict(list)
    for claim in records(history.claims):
        if claim["passage"] and claim["aspect"] == "content":
            claims[claim["event_id"], claim["source_id"]].append(claim)
    for event, source in sorted(claims):
        whole = raw(sources[source], speeches, papers)
        if not whole:
            yield from present[event, source] if documents.corpus(sources[source]) is documents.PAPERS else ()
            continue
        text = paragraphs(whole)
        for part, one in enumerate(chosen(text, claims[event, source]), 1):
            shown = " ".join(text[one.paragraph][one.first : one.end])
            told = (event, source, str(part), one.locator, shown, str(len(whole.split())))
            yield dict(zip(COLUMNS, told, strict=True))


def main(speeches: Path, papers: Path) -> None:
    """Write the table."""
    made = list(excerpt_rows(speeches, papers))
    with (data_folder() / "documents.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2])) if len(sys.argv) == 3 else sys.exit(__doc__)
