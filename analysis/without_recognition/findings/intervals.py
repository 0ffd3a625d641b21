"""Wilson's interval, for shares of what was drawn by lot; of all that there is, no share has one."""

from __future__ import annotations

from math import sqrt

Z = 1.96  #: 95 per cent


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
