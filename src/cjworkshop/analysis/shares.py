"""Shares of a sample, with the interval in which the true share may be expected."""

from __future__ import annotations

import math
from typing import NamedTuple

Z = 1.96
"""Standard errors either side that hold 95 %."""


class Interval(NamedTuple):
    """The lower and the upper end of a 95 % interval, each 0–1."""

    low: float
    high: float


def wilson(count: int, of: int) -> Interval | None:
    """Wilson's 95 % score interval of the share `count` of `of`; None where nobody was asked (Wilson 1927)."""
    if of <= 0:
        return None
    share, z2 = count / of, Z * Z
    centre = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z / (1 + z2 / of) * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return Interval(max(centre - half, 0.0), min(centre + half, 1.0))
