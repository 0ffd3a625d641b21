"""The top floor: everything that turns the analysis into a book.

Only modules in here may import Sphinx or know a markup language; nothing below imports them.
"""

from __future__ import annotations

__all__ = ["PressError"]


class PressError(Exception):
    """The book cannot be made; the message says in plain words what is wrong and what to do."""
