"""What messages say: one plain line, and the nearest name where one was not found."""

from __future__ import annotations

import os
from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 500  #: characters
CALLED = "BOOK_CALLED"  #: the variable in which make.py says how it was called: nobody has `book` on the path there


class DatasetError(ValueError):
    """The data cannot be read; each line of the message is one problem, `file:row:column: what; remedy`."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(printable(p) for p in problems))


class UnknownId(KeyError):
    """No such id; the message names the nearest that there is, or says in `gone` where it went."""

    def __init__(self, what: str, given: object, known: Iterable[str], gone: str = "") -> None:
        super().__init__(
            printable(f"unknown {what} '{given}': {gone}") if gone else unknown(what, given, known)
        )

    def __str__(self) -> str:
        told: str = self.args[0]
        return told


def command(words: str) -> str:
    """A command of `book` as the user can give it here.

    >>> command("check --fix")
    '`book check --fix`'
    """
    return f"`{os.environ.get(CALLED) or 'book'} {words}`"


def unknown(what: str, given: object, known: Iterable[str]) -> str:
    """`unknown event '1998-x'; the nearest is '1998-y'`, or that there is none."""
    return printable(f"unknown {what} '{given}'{nearest(given, known) or '; there is none'}")


def nearest(given: object, known: Iterable[str]) -> str:
    """The end of a message, `; the nearest is 'x'`; empty where nothing is known."""
    close = get_close_matches(str(given)[:200], list(known), n=1, cutoff=0.0)
    return f"; the nearest is '{close[0]}'" if close else ""


def printable(problem: str) -> str:
    """One line that any terminal shows as it is: unprintable characters escaped, long cells cut in the middle."""
    text = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in problem)
    half = LONGEST // 2
    return text if len(text) <= LONGEST else f"{text[:half]} ... {text[-half:]}"
