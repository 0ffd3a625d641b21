"""Numbers as prose has them: in words, and with the right form of their noun."""

from __future__ import annotations

from collections.abc import Sequence

SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def spelled(n: int, none: str = "zero") -> str:
    """A number in words up to ten, then in digits, with a comma at thousands; `none` for 0.

    >>> spelled(0), spelled(0, "no"), spelled(10), spelled(1254), spelled(-1)
    ('zero', 'no', 'ten', '1,254', '-1')
    """
    return none if n == 0 else SMALL[n] if 0 < n < len(SMALL) else f"{n:,}"


def counted(n: int, one: str, many: str = "", words: Sequence[str] = ()) -> str:
    """A number with its noun; `many` where it is more than `one` with an s, `words` in place of the digits 0, 1 ...

    >>> counted(1, "event"), counted(1200, "event"), counted(2, "story", "stories")
    ('1 event', '1,200 events', '2 stories')
    >>> [counted(n, "search", "searches", ("no", "one")) for n in (0, 1, 2)]
    ['no searches', 'one search', '2 searches']
    """
    return f"{words[n] if 0 <= n < len(words) else f'{n:,}'} {one if n == 1 else many or one + 's'}"
