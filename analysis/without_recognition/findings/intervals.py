"""Intervals: Wilson's for a share, the bootstrap over events for a ratio of sums."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np

Z = 1.96  #: 95 per cent
DRAWS, SEED = 2000, 1947


def wilson(successes: int, n: int) -> tuple[float, float]:
    """95 per cent interval of a share, 0 to 1. Of nothing (n = 0) nothing is known: (0, 1).

    Raises ValueError for what is no share.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no share; give 0 <= successes <= n")
    if n == 0:
        return 0.0, 1.0
    p, square = successes / n, Z * Z
    centre, half = p + square / (2 * n), Z * sqrt(p * (1 - p) / n + square / (4 * n * n))
    return max((centre - half) / (1 + square / n), 0.0), min((centre + half) / (1 + square / n), 1.0)


def ratio(above: Sequence[float], below: Sequence[float]) -> tuple[float, float]:
    """95 per cent percentile interval of sum(above) / sum(below), events drawn again with replacement.

    The same numbers give the same interval every time. Draws whose divisor is 0 are left out.
    """
    a, b = np.asarray(above, float), np.asarray(below, float)
    drawn = np.random.default_rng(SEED).integers(0, len(a), (DRAWS, len(a)))
    sums = b[drawn].sum(1)
    ratios = a[drawn].sum(1)[sums > 0] / sums[sums > 0]
    low, high = np.percentile(ratios, [2.5, 97.5])
    return float(low), float(high)
