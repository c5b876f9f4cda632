"""Whole minutes in proportion: by largest remainder, a tie to the earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def share(total: int, weights: Sequence[int], floors: Sequence[int], has: Sequence[int] = ()) -> list[int]:
    """`total` whole minutes in proportion to `weights`, none under its floor. The floors must fit into it.

    Where each `has` minutes already, only the difference to `total` is shared, be it more or less.
    """
    has = has or [0] * len(weights)
    fixed: dict[int, int] = {}
    while True:
        free = [place for place in range(len(weights)) if place not in fixed]
        difference = total - sum(fixed.values()) - sum(has[place] for place in free)
        sign = -1 if difference < 0 else 1
        parts = _proportional(abs(difference), [weights[place] for place in free])
        shares = fixed | {place: has[place] + sign * part for place, part in zip(free, parts, strict=True)}
        under = [place for place in free if shares[place] < floors[place]]
        if not under:
            return [shares[place] for place in range(len(weights))]
        fixed |= {place: floors[place] for place in under}


def _proportional(total: int, weights: Sequence[int]) -> list[int]:
    """Whole minutes by largest remainder, a tie to the earlier; equal weights where all are 0."""
    whole = sum(weights)
    if not whole:
        weights, whole = [1] * len(weights), len(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: -(total * weights[place] % whole))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares
