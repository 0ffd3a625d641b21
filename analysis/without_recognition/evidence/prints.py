"""Text prints: which sources share wording, measured without keeping a word of them.

A text becomes *runs* of eight words, each hashed. Runs stand in one of three parts: `own` (outside quotation marks),
`quoted` (inside) or `mixed` (across a mark). Two sources with seven own runs in common have one text; shared quoted
runs only show that both print the same speech or release. What is published of a source (scheme `runs-8/1`) is its
thinned print, one in sixteen of the hashes: those whose first byte is a multiple of it, in hexadecimal digits, sorted.

>>> compared_words("The U.N. re-opened on 1٢ May")
['the', 'un', 'reopened', 'on', '12', 'may']
>>> runs("He said no word of it to anybody at all.").own == {run_hash("he said no word of it to anybody".split()),
...     run_hash("said no word of it to anybody at".split()), run_hash("no word of it to anybody at all".split())}
True
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

LENGTH = 8  #: words of a run
PARTS = ("own", "quoted", "mixed")

FOLDED = str.maketrans({"ك": "ک", "ي": "ی", "ى": "ی", "ه": "ہ", "ة": "ہ", "ۃ": "ہ", "ھ": "ہ", "ۂ": "ہ"})
HYPHENS = "-\u2010\u2011\u00ad"
OPENING, CLOSING = "[[q", "q]]"  #: set by hand around a quotation that is set off without marks
DOUBLE = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u05f4'
SINGLE = "'\u2018\u2019\u201a\u201b"
ACRONYM = re.compile(r"\b(?:[^\W\d_]\.){2,}", re.UNICODE)


@dataclass(frozen=True)
class Runs:
    """The hashed runs of one text; `words` and `characters` say how much was read."""

    words: int
    characters: int
    own: frozenset[bytes] = field(repr=False)
    quoted: frozenset[bytes] = field(repr=False)
    mixed: frozenset[bytes] = field(repr=False)

    def all(self) -> frozenset[bytes]:
        """Every run, whatever its part."""
        return self.own | self.quoted | self.mixed


def run_hash(run: Sequence[str]) -> bytes:
    """BLAKE2b of the words with a space between, five bytes."""
    return hashlib.blake2b(" ".join(run).encode(), digest_size=5).digest()


def compared_words(text: str) -> list[str]:
    """The words of `text` in the form in which they are compared: case, digits, points and letters folded."""
    return [word for word, _ in _marked(text)]


def runs(text: str, *, outer_marks: bool = True) -> Runs:
    """The runs of a text of an article's body.

    `outer_marks=False` takes away quotation marks around the whole, as a re-post has them. Paragraphs are separated by
    an empty line; `[[q` and `q]]` stand around a quotation that is set off without marks.
    """
    text = text.strip()
    if not outer_marks:
        text = text.strip(DOUBLE + SINGLE)
    parts: dict[str, set[bytes]] = {part: set() for part in PARTS}
    total = 0
    marked = _short_quotations_are_own(list(_marked(text)))
    total = len(marked)
    for start in range(total - LENGTH + 1):
        window = marked[start : start + LENGTH]
        kinds = {part for _, part in window}
        part = kinds.pop() if len(kinds) == 1 else "mixed"
        parts[part].add(run_hash([word for word, _ in window]))
    return Runs(total, len(text), *(frozenset(parts[part]) for part in PARTS))


def _marked(text: str) -> Iterator[tuple[str, str]]:
    """(word, part) in order; a mark opens or closes by its neighbours, never by its turn."""
    for paragraph in re.split(r"\n\s*\n", unicodedata.normalize("NFKC", text)):
        yield from _of_paragraph(paragraph)


def _of_paragraph(paragraph: str) -> Iterator[tuple[str, str]]:
    """Words since an opening mark are quoted at the closing one; at a second opening or the end, mixed."""
    waiting: list[str] = []
    opened = False
    for piece in _pieces(ACRONYM.sub(lambda m: m[0].replace(".", ""), paragraph)):
        if piece == OPENING:
            yield from ((word, "mixed") for word in waiting)
            waiting, opened = [], True
        elif piece == CLOSING:
            yield from ((word, "quoted" if opened else "own") for word in waiting)
            waiting, opened = [], False
        elif opened:
            waiting.append(piece)
        else:
            yield piece, "own"
    yield from ((word, "mixed") for word in waiting)


def _pieces(text: str) -> Iterator[str]:
    """Words in folded form, and OPENING or CLOSING for marks."""
    word: list[str] = []
    place = 0
    while place < len(text):
        before, sign, after = (
            text[place - 1 : place] if place else "",
            text[place],
            text[place + 1 : place + 2],
        )
        mark = _mark(text, place, before, sign, after)
        if not mark and _is_letter(sign):
            word.append(sign)
        elif mark or not (sign in HYPHENS and word and (_is_letter(after) or sign == "\u00ad")):
            if word:
                yield _folded(word)
                word = []
            if mark:
                yield mark
        place += 3 if text[place : place + 3] == mark else 1
    if word:
        yield _folded(word)


def _mark(text: str, place: int, before: str, sign: str, after: str) -> str:
    """OPENING or CLOSING where one stands at `place`, else an empty text."""
    by_hand = text[place : place + 3]
    if by_hand in (OPENING, CLOSING) and not _is_letter(before):
        return by_hand
    if sign in DOUBLE or (sign in SINGLE and not (_is_letter(before) and _is_letter(after))):
        return OPENING if _opens(before, after) else CLOSING
    return ""


def _opens(before: str, after: str) -> bool:
    """A mark opens where a word begins after it and none ends before it."""
    return (not before or not (_is_letter(before) or before in ".,!?;:…)%۔،؟")) and bool(after.strip())


def _is_letter(sign: str) -> bool:
    return bool(sign) and unicodedata.category(sign)[0] in "LMN"


def _folded(signs: Iterable[str]) -> str:
    """Case folded; digits to ASCII; points of Hebrew and Arabic dropped, their letters folded."""
    out = []
    for sign in "".join(signs).casefold():
        if unicodedata.category(sign) == "Nd":
            sign = str(unicodedata.digit(sign))
        if unicodedata.category(sign) == "Mn" and (
            "\u0590" <= sign <= "\u06ff" or "\u08d3" <= sign <= "\u08ff"
        ):
            continue
        out.append(sign)
    return "".join(out).replace("\u0640", "").translate(FOLDED)


def _short_quotations_are_own(marked: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A quoted bit of fewer words than a run counts as the writer's own words."""
    out: list[tuple[str, str]] = []
    place = 0
    while place < len(marked):
        stop = place
        while stop < len(marked) and marked[stop][1] == marked[place][1]:
            stop += 1
        part = marked[place][1]
        if part == "quoted" and stop - place < LENGTH:
            part = "own"
        out += [(word, part) for word, _ in marked[place:stop]]
        place = stop
    return out
