"""The book's paragraphs anew: its MyST as Markdown, with the words, numbers and grades of any History."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from without_recognition import citations
from without_recognition.data import dataset
from without_recognition.data.messages import DatasetError, UnknownId
from without_recognition.evidence import labels
from without_recognition.evidence.addresses import page_of
from without_recognition.evidence.lookup import Lookup
from without_recognition.findings import boxes, said
from without_recognition.findings.said import Said

ROLE = re.compile(r"(?P<space>[ \t]*\n?[ \t]*)(?<!`)\{(?P<name>[A-Za-z:_-]+)\}`(?P<text>[^`]+)`")
LABEL = re.compile(r"^\([\w-]+\)=[ \t]*(?:\n|\Z)", re.MULTILINE)
CLASSES = re.compile(r"^\{[.#][^}\n]*\}\n", re.MULTILINE)
FENCE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{(?P<name>[\w-]+)\}(?P<title>[^\n]*)\n(?P<body>.*?)^(?P=fence)[ \t]*$\n?",
    re.MULTILINE | re.DOTALL,
)
OPTION = re.compile(r"^:[\w-]+:.*\n", re.MULTILINE)
CLOSE = "\u202f"  #: a narrow space that does not break: a sign stays with its word


@dataclass(frozen=True)
class Told:
    """A part of the book's prose as Markdown; a notebook shows it as text with links.

    >>> from without_recognition import load, tell
    >>> str(tell(load(), "Jinnah wrote to {who}`Truman <harry-truman>`.")).endswith('(harry-truman)">Truman</abbr>.')
    True
    """

    markdown: str = field(repr=False)

    def __str__(self) -> str:
        return self.markdown

    def __repr__(self) -> str:
        return f"<Told: {len(self.markdown.split())} words>"

    def _repr_markdown_(self) -> str:
        return self.markdown


def tell(history: dataset.History, text: str) -> Told:
    """The book's own prose, with its numbers, dates and grades as this History has them.

    history: a History, a chapter or a variant of one. text: MyST with the roles of the book, such as
    {grade}`1947-jinnah-truman` or {n}`claims all stance=denies`; CONTRIBUTING.md of the code lists them.

    Returns a Told, whose `markdown` (str) a notebook shows: under dates, grades, values, sources and persons stand the
    words that a pointer brings up, the id among them, and where the book has an address, a link to them. Of a variant,
    what moved is bold, and the words of the book stand behind it, struck out; what nobody says any longer is struck
    out. Raises UnknownId and ValueError for what the data do not have, and UnknownId for a role that is none.

    >>> from without_recognition import load, tell
    >>> told = "It has {n}`mentions 1948-ben-gurion-telegram` tellings."
    >>> history = load()
    >>> print(tell(history, told))
    It has 11 tellings.
    >>> print(tell(history.without(sources="dahri-2016"), told))
    It has **eight** ~~11~~ tellings.
    """
    return Told(_Teller(history).markdown(text))


def linked(history: dataset.History, words: str, place: str, beside: str = "") -> str:
    """`words` as a link to that place in the pages of the book;
    until these have an address, to what lies beside, or bare."""
    site = citations.metadata(history)["site"]
    target = site + place if site else beside
    return f"[{words}]({target})" if target else words


class _Teller:
    """One History and, where it is a variant, the one that it was made from."""

    def __init__(self, history: dataset.History) -> None:
        self.look = Lookup.of(history.whole)
        self.book = _unvaried(history)
        self.site = citations.metadata(history)["site"]

    def markdown(self, text: str) -> str:
        """`text` without roles, directives and labels."""
        text = FENCE.sub(self._directive, CLASSES.sub("", LABEL.sub("", text)))
        return ROLE.sub(self._role, text).strip()

    # --- directives ---------------------------------------------------------------------------
    def _directive(self, given: re.Match[str]) -> str:
        """What authors wrote in it, quoted; or what the data say there."""
        if given["name"] in boxes.BOXES:
            made = boxes.BOXES[given["name"]](self.look, given["title"].strip(), self._link)
            return f"{made}\n" if made else ""
        body = OPTION.sub("", given["body"]).strip()
        return "\n".join(f"> {line}".rstrip() for line in body.splitlines()) + "\n" if body else ""

    # --- roles --------------------------------------------------------------------------------
    def _role(self, given: re.Match[str]) -> str:
        name, text = given["name"], " ".join(given["text"].split())
        if name not in said.ROLES:
            return given["space"] + self._foreign(name, text)
        shown = self._shown(name, text)
        bare = (name in ("event", "claim") and not said.WORDS.fullmatch(text)) or name == "dispute"
        return (CLOSE if bare and given["space"] else given["space"]) + shown

    def _shown(self, name: str, text: str) -> str:
        """The mark as this History has it; where it is a variant, beside that of the book."""
        if self.book is None:
            return self._mark(self.look, said.said(self.look, name, text))
        was = said.said(self.book, name, text)
        try:
            now = said.said(self.look, name, text)
        except (
            ArithmeticError,
            LookupError,
            ValueError,
        ):  # it is gone, or of what is left it cannot be computed
            return f"~~{self._mark(self.book, was)}~~"
        before, after = _plain(was), _plain(now)
        if before == after:
            return self._mark(self.look, now)
        return f"**{self._mark(self.look, now)}** ~~{before}~~"

    def _mark(self, look: Lookup, what: Said) -> str:
        """The words, or the sign, and under them more."""
        if not what.kind:
            return what.words
        if what.kind == "source":
            return f"({self._link(look, 'source', what.key, _plain(what), labels.full(what.found, what.locator))})"
        parts = what.key[:1] if what.kind == "event" else what.key[:3]
        return self._link(look, what.kind, parts, _plain(what), _hint(look, what))

    def _link(self, look: Lookup, kind: str, parts: tuple[str, ...], words: str, hint: str) -> str:
        """The words with what a pointer brings up: a link, or what stands for one until the book has an address."""
        hint = " ".join(hint.split()).replace("\\", "").replace('"', "'")
        if not self.site:
            return f'<abbr title="{escape(hint)}">{words}</abbr>'
        return f'[{words}]({self.site}{page_of(look, kind, *parts)} "{hint}")'

    def _foreign(self, name: str, text: str) -> str:
        """What Sphinx alone can follow: a page becomes a link, anything else its words.
        Raises UnknownId for no role."""
        if ":" not in name and name not in said.OF_SPHINX:
            raise UnknownId("role", name, said.OF_PAGES)
        titled = said.WORDS.fullmatch(text)
        words, target = (titled["words"], titled["id"]) if titled else (text, text)
        if name == "doc":
            return linked(self.look.history, words, f"{target.lstrip('./')}.html")
        return text.partition(" (")[0] if name == "abbr" else words


def _unvaried(history: dataset.History) -> Lookup | None:
    """The data from which a variant was made; None for what is no variant, or has no folder of its own any longer."""
    if not history.variant:
        return None
    try:
        return Lookup.of(dataset.load(history.root))
    except (DatasetError, OSError):
        return None


def _plain(what: Said) -> str:
    """What a mark shows in the sentence: its words, else its signs, else the source in short."""
    if what.kind == "source":
        return labels.escaped(labels.short(what.found) + (f", {what.locator}" if what.locator else ""))
    words = labels.escaped(what.words)
    if what.role == "event":
        return f"{words}{CLOSE if words else ''}{labels.signs(what.found)}"
    if what.role == "dispute":
        return labels.SIGNS.get(what.found["status"], labels.SIGNS["disputed"])
    return words or "¶"


def _hint(look: Lookup, what: Said) -> str:
    """What a pointer brings up: how sure, of what, and the id to ask for."""
    if what.kind == "dispute":
        return f"two accounts: {labels.dispute_title(look, what.found)} ({what.key[0]})"
    if what.kind == "person":
        return f"{what.found['description']} ({what.key[0]})"
    if what.kind == "claim":
        return f"{what.found['statement']} ({what.key[0]})"
    return f"{labels.spoken(look, what.found)} ({what.key[0]})"
