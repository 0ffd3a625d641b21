"""Excerpts of documents that anyone may reprint: where a claim's passage stands in them, and what they must hold."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from without_recognition.data.history import History
from without_recognition.data.rows import by_key, numbered, records


@dataclass(frozen=True)
class Corpus:
    """Documents that anyone may reprint: their name, who keeps them, and by what right they are reprinted."""

    name: str
    keeper: str
    licence: str


SPEECHES = Corpus("the United Nations General Debate Corpus", "Harvard Dataverse", "CC0 1.0")
PAPERS = Corpus("Foreign Relations of the United States", "Office of the Historian", "public domain")
FREE = {  #: address of a corpus, or where those of its documents begin -> the corpus
    "https://doi.org/10.7910/DVN/0TJX8Y": SPEECHES,
    "https://history.state.gov/historicaldocuments/": PAPERS,
}
MOST = 250  #: words of documents that one event may show
WORD = re.compile(r"[^\W_]+")


def holder(source: Mapping[str, str]) -> Corpus | None:
    """The corpus in which a source stands, whether or not it may be reprinted.

    >>> holder({"url": "https://history.state.gov/historicaldocuments/frus1947v05/d909"}).keeper
    'Office of the Historian'
    """
    for begin, found in FREE.items():
        if source["url"] == begin or (begin.endswith("/") and source["url"].startswith(begin)):
            return found
    return None


def corpus(source: Mapping[str, str]) -> Corpus | None:
    """Of which corpus a source is; None where it may not be reprinted: of the papers, that of another government.

    >>> corpus({"url": "https://history.state.gov/historicaldocuments/frus1948v05p1/d351", "perspective": "american"})
    Corpus(name='Foreign Relations of the United States', keeper='Office of the Historian', licence='public domain')
    >>> corpus({"url": "https://www.dawn.com/news/1", "perspective": "pakistani"})
    """
    found = holder(source)
    return found if found is SPEECHES or source["perspective"] == "american" else None


def text_words(text: str) -> list[str]:
    """The words of a text, in lower case, without what stands between them.

    >>> text_words("Al-Quds: “now”")
    ['al', 'quds', 'now']
    """
    return [found[0].casefold() for found in WORD.finditer(text)]


def span(text: str, piece: str) -> tuple[int, int] | None:
    """Where the words of `piece` first stand in `text`, whatever the marks between them: first and last place.

    >>> span("He said: no, never. Never.", "no never"), span("He said.", "she")
    ((9, 18), None)
    """
    if not (wanted := text_words(piece)):
        return None
    places = list(WORD.finditer(text))
    spoken = [found[0].casefold() for found in places]
    for n in range(len(spoken) - len(wanted) + 1):
        if spoken[n : n + len(wanted)] == wanted:
            return places[n].start(), places[n + len(wanted) - 1].end()
    return None


def spans(text: str, passage: str) -> list[tuple[int, int]]:
    """Where each piece of a passage (pieces are joined by …) stands in `text`; none where one is missing."""
    found = [span(text, piece) for piece in passage.split("…")]
    return [place for place in found if place] if all(found) else []


def marked(text: str, passages: list[str]) -> list[tuple[str, bool]]:
    """The text in pieces, with whether a passage stands there.

    >>> marked("We want peace, all of us.", ["want peace"])
    [('We ', False), ('want peace', True), (', all of us.', False)]
    """
    flags = [False] * len(text)
    for start, end in (place for passage in passages for place in spans(text, passage)):
        flags[start:end] = [True] * (end - start)
    pieces: list[tuple[str, bool]] = []
    for letter, flag in zip(text, flags, strict=True):
        if pieces and pieces[-1][1] == flag:
            pieces[-1] = (pieces[-1][0] + letter, flag)
        else:
            pieces.append((letter, flag))
    return pieces


def passages(history: History) -> dict[tuple[str, str], list[str]]:
    """(event, source) -> the passages that claims quote."""
    found = defaultdict(list)
    for claim in records(history.claims):
        if claim["passage"]:
            found[claim["event_id"], claim["source_id"]].append(claim["passage"])
    return found


def excerpt_problems(history: History) -> Iterator[str]:
    """Excerpts of what is not free, without a passage of their event, or too long."""
    quoted, shown = passages(history), Counter[str]()
    sources = by_key(history.sources)
    for n, row in numbered(history.documents):
        at = f"documents.csv:{n}"
        if not corpus(sources[row["source_id"]]):
            yield f"{at}:source_id: '{row['source_id']}' is not of a corpus that anyone may reprint; remove the row"
        if not any(spans(row["text"], passage) for passage in quoted[row["event_id"], row["source_id"]]):
            yield f"{at}:text: no passage of a claim on '{row['event_id']}' stands in it; make the table anew"
        shown[row["event_id"]] += len(row["text"].split())
        if shown[row["event_id"]] > MOST:
            yield f"{at}:text: more than {MOST} words of documents for '{row['event_id']}'; shorten it"
