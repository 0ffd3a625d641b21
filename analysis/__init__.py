"""Without Recognition: the shared dataset module of the book.

>>> from analysis import charts, explain, load
>>> history = load()
>>> print(explain("1947-jinnah-truman", history))
"""
from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis import charts
    from analysis.dataset import History, load
    from analysis.evidence import explain

__all__ = ["History", "charts", "explain", "load"]

_HOME = {"History": "analysis.dataset", "load": "analysis.dataset", "explain": "analysis.evidence"}


def __getattr__(name: str):
    """Import on first use, so that `import analysis` itself costs nothing."""
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    if name == "charts":
        return importlib.import_module("analysis.charts")
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")
