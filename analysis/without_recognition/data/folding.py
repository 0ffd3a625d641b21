"""How words are compared, by the finder and by `History.search`: one spelling for many, a key of consonants for names.

`press/sphinxext/static/sift.js` does the same in the reader's browser. This module is the yardstick: the tests give
both the same words and queries, and an unequal answer fails.

>>> folded_words("The Ben-Gurion cable, 1 September 2005")
['ben', 'gurion', 'cable', '1', 'september', '2005']
>>> [key(word) for name in ("Zafrullah", "Zafarulla", "Zafar-ullah") for word in folded_words(name, joined=True)[-1:]]
['sfrl', 'sfrl', 'sfrl']
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

MONTHS = re.findall(
    r"\w+", "january february march april may june july august september october november december"
)
STOP = frozenset(
    re.findall(r"\w+", "a an and as at be by for from in into is it its of on or that the to was were with")
)
ONE_FOR: dict[str, str] = (
    {
        "ı": "i", "ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "œ": "oe", "ð": "d", "þ": "th",
        "ك": "ک", "ي": "ی", "ى": "ی", "ه": "ہ", "ة": "ہ", "ۃ": "ہ", "ھ": "ہ", "ە": "ہ", "ٱ": "ا", "ے": "ی",
        "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
        **{chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xAE6) for n in range(10)},
    }
)  # fmt: skip
LETTERS = str.maketrans(ONE_FOR)
UNHEARD = re.compile("['’‘ʼʻʿʾ`´׳״\u0640\u200b-\u200f\u2060\ufeff]")
HYPHENS = "-\u2010\u2011"
DAY = re.compile(r"(?<!\d)(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)", re.ASCII)
INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}")
RUN = re.compile(rf"[^\W_]+(?:[{HYPHENS}][^\W_]+)*")
NUMBER = re.compile(r"0*(\d+?)(?:st|nd|rd|th)?", re.ASCII)
LATIN = re.compile(r"[a-z]+")
SPELLING = [  #: in order; British and American, then what ears do not tell apart
    (re.compile(pattern), to)
    for pattern, to in (
        (r"z", "s"),  # recognise, recognize
        (r"our(?=(?:s|ed|ing|able|al|er|ers|ite|ly)?$)(?<=.{4})", "or"),  # neighbour, neighbor
        (r"(?<=[tb])re(?=s?$)(?<=.{5})", "er"),  # centre, center
        (r"^(def|off|pret|lic)ence", r"\1ense"),
        (r"programme", "program"),
        (r"dgement", "dgment"),
        (r"ogue(?=s?$)", "og"),
        (r"^grey", "gray"),
        (r"ck", "k"),
        (r"q", "k"),
        (r"(?<=[a-z]{3})(?<!s)s$", ""),  # a plural, or the s of a possessive
        (r"(.)\1+", r"\1"),
        (r"(?<=..)ah$", "a"),  # -ullah, -ulla
    )
]
SOUNDS = [  #: for keys
    (re.compile(pattern), to)
    for pattern, to in (
        (r"kh", "k"),
        (r"[gt]?ch", "h"),  # Chaim, Haim
        (r"gh", "g"),
        (r"ph", "f"),
        (r"ts|[sc]h|x", "s"),
        (r"[td]h", lambda found: found[0][0]),
        (r"w", "v"),
        (r"c", "k"),
        (r"(?<=.)[aeiouyh]+", ""),
        (r"^[aeiouy]", "a"),
    )
]
SHORTEST_KEY = 3


def folded_words(text: str, *, joined: bool = False) -> list[str]:
    """The words of `text` as they are compared, in order, without the smallest ones.

    ISO dates are said as a year, a month's name and a day. `joined` adds each hyphenated compound as one word, which
    is how an index finds "Bengurion".
    """
    text = _letters(text)
    found = []
    for run in RUN.findall(text):
        parts = re.split(f"[{HYPHENS}]", run)
        found += [spelled(part) for part in parts if part not in STOP]
        if joined and len(parts) > 1:
            found.append(spelled("".join(parts)))
    return found


@cache
def spelled(word: str) -> str:
    """One word of lower-case letters in the one spelling that stands for all."""
    if number := NUMBER.fullmatch(word):
        return number[1]
    if LATIN.fullmatch(word):
        for pattern, to in SPELLING:
            word = pattern.sub(to, word)
    return word


def key(word: str) -> str:
    """The consonants of a word that `folded_words` gave, for names heard rather than read;
    "" where too few are left."""
    if not LATIN.fullmatch(word):
        return ""
    for pattern, to in SOUNDS:
        word = pattern.sub(to, word)
    return word if len(word) >= SHORTEST_KEY else ""


def _letters(text: str) -> str:
    """Lower case; no accents, points, vowel signs or apostrophes; initials together; dates in words."""
    plain = text.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", text).lower()
        plain = "".join(c for c in plain if not unicodedata.category(c).startswith("M"))
    plain = UNHEARD.sub("", plain.translate(LETTERS))
    plain = INITIALS.sub(lambda found: found[0].replace(".", ""), plain)
    return DAY.sub(_said, plain)


def _said(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    if not 1 <= int(month) <= 12:
        return found[0]
    return f" {year} {MONTHS[int(month) - 1]} {day or ''}"
