"""A slug in words, with the capitals, hyphens and apostrophes that the tables write: 'arms for India raised'."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import NamedTuple

from without_recognition.data.dataset import History

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
BEGINS = re.compile(r"[.!?:;\"“(]")  #: behind it a capital says nothing of the word
SENTENCES = (
    *(("claims", "statement"), ("events", "summary"), ("events", "title"), ("actors", "description")),
    *(("rulings", "reason"), ("searches", "question"), ("searches", "note"), ("documents", "text")),
)
NAMES = (("actors", "name"), ("actors", "family_name"), ("places", "label"))
MOSTLY = 4  #: so many capitals to one small letter make a name of a word
INITIALS = "AWACS BDS CIA I2U2 IAI ICC IDF ISI JKLF NGO OAU OIC PAL PLO PMO UAE UK UN US USA"
#: what no sentence of the tables has, or not as slugs mean it: in them 'us' is a state, and 'yes' a vote
ALWAYS = {name.lower(): name for name in INITIALS.split()} | {
    "yes": "yes", "no": "no", "anothers": "another's", "everyones": "everyone's", "erdogans": "Erdogan's",
    "bangladeshis": "Bangladeshis", "nigerian": "Nigerian", "peking": "Peking", "kurdi": "Kurdi", "nu": "Nu",
}  # fmt: skip


class Word(NamedTuple):
    """A word of a text: in small letters without apostrophes; as it is written, or '' where a sentence begins with a
    capital; what stands behind it."""

    key: str
    form: str
    gap: str


class Writing:
    """How the words of the slugs of a History are written in its tables, alone and beside their neighbours."""

    def __init__(self, history: History):
        slugs = {*history.claims["value"], *history.claims["of"]}
        self.asked = {
            pair for slug in slugs if SLUG.fullmatch(slug) for pair in pairwise(["", *slug.split("-"), ""])
        }
        self.keys = {key for pair in self.asked for key in pair}
        self.alone: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.lone: Counter[str] = Counter()  #: capitals with none beside them, so no part of a longer name
        self.first: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)  #: of two words
        self.second: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.gaps: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for columns, name in ((SENTENCES, False), (NAMES, True)):
            for table, column in columns:
                for text in history.table(table)[column]:
                    self._read([Word("", "", "."), *_words(text, name), Word("", "", "")])

    def _read(self, words: list[Word]) -> None:
        for before, word, after in zip(words, words[1:], words[2:]):
            pair = (word.key, after.key)
            if word.gap in (" ", "-"):
                if pair in self.asked:
                    self.gaps[pair][word.gap] += 1
                    self.first[pair][word.form] += 1
                    self.second[pair][after.form] += 1
                if word.gap == "-" and (joined := word.key + after.key) in self.keys:
                    self.alone[joined][f"{word.form}-{after.form}"] += 1
            if word.key in self.keys and word.form:
                self.alone[word.key][word.form] += 1
                beside = (
                    before.form if before.gap in (" ", "-") else "",
                    after.form if word.gap in (" ", "-") else "",
                )
                self.lone[word.key] += _capital(word.form) and not any(map(_capital, beside))

    def word(self, before: str, key: str, after: str) -> str:
        """One word of a slug: as beside these neighbours, else as alone, else as it is."""
        if key in ALWAYS:
            return ALWAYS[key]
        alone = self.alone.get(key, Counter())
        small = sum(n for form, n in alone.items() if not _capital(form))
        beside = self.second.get((before, key), Counter()) + self.first.get((key, after), Counter())
        for found in (beside, alone):
            # "Israel's" is meant by 'israels'; 'offices' are not "Office's"
            forms = [
                form for form in found if form and ("'" not in form or (_capital(form) and not alone[key]))
            ]
            if forms:
                best = min(forms, key=lambda form: (-found[form], form))
                of_name = found is beside or not small or self.lone[key] >= MOSTLY * small
                return best if of_name or not _capital(best) else key
        return key

    def gap(self, one: str, two: str) -> str:
        """What stands between two words."""
        found = self.gaps.get((one, two), Counter())
        return "-" if found["-"] > found[" "] else " "


def _words(text: str, name: bool) -> list[Word]:
    """The words of a text, of which a name is part from its first letter."""
    found = list(WORD.finditer(text))
    ends = [0, *(word.end() for word in found)]
    starts = [*(word.start() for word in found), len(text)]
    words = []
    for n, word in enumerate(found):
        form = word[0].replace("’", "'")
        begins = not name and _capital(form) and (n == 0 or BEGINS.search(text, ends[n], starts[n]))
        gap = text[ends[n + 1] : starts[n + 1]]
        words.append(Word(form.replace("'", "").lower(), "" if begins else form, gap))
    return words


def _capital(form: str) -> bool:
    return form[:1].isupper()


def in_words(history: History, text: str) -> str:
    """A slug in words, as the tables of `history` write them; what is no slug stays as it is."""
    if not SLUG.fullmatch(text):
        return text
    memo = history.whole.memo
    if Writing not in memo:
        memo[Writing] = Writing(history.whole)
    writing: Writing = memo[Writing]
    keys = text.split("-")
    words = [writing.word(b, k, a) for b, k, a in zip(["", *keys], keys, [*keys[1:], ""])]
    gaps = [writing.gap(one, two) for one, two in pairwise(keys)]
    return "".join(word + gap for word, gap in zip(words, [*gaps, ""]))
