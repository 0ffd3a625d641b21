"""The letters of the figures' face inside a drawing, so that it looks the same wherever it is opened."""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path

CUTS = Path(__file__).parents[1] / "press" / "sphinxext" / "shell" / "static" / "fonts"
FACE = re.compile(r"""font-family="'([^',]+)'""")
START = re.compile(r"<svg\b[^>]*>")
CARRIED = re.compile(r"<style>@font-face\{[^<]*</style>")


def carried(svg: str) -> str:
    """`svg` with the letters of its face in it; without words, as it is.

    >>> carried('<svg><path/></svg>')
    '<svg><path/></svg>'
    """
    named = FACE.search(svg)
    if named is None:
        return svg
    weights = (400, 600) if 'font-weight="600"' in svg else (400,)
    rules = "".join(
        f"@font-face{{font-family:'{named[1]}';font-weight:{w};src:url(data:font/woff2;base64,{_letters(w)}) "
        "format('woff2')}"
        for w in weights
    )
    return START.sub(rf"\g<0><style>{rules}</style>", svg, count=1)


def dropped(svg: str) -> str:
    r"""`svg` without them, for a page that has them once for all.

    >>> words = '<svg><text font-family="\'Source Sans 3\', sans-serif">Karachi</text></svg>'
    >>> dropped(carried(words)) == words != carried(words)
    True
    """
    return CARRIED.sub("", svg, count=1)


@cache
def _letters(weight: int) -> str:
    return base64.b64encode((CUTS / f"wr-sans-{weight}.woff2").read_bytes()).decode()
