"""What several people's scores of a touchpoint say: their mean, how far they are apart, and whether to talk about it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.analysis.memo import remembered
from cjworkshop.method.employee_workshop import Score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cjworkshop.domain.session import Session


class Spread(NamedTuple):
    """The scores of one touchpoint: `mean` of 1–5, `n` scores, and `deviation`, the sample standard deviation.

    The deviation divides by n − 1, because those in the room stand for all who could have scored. It is None for a
    single score. `discuss` says that it is greater than 1.0: people see different things there.
    """

    mean: float
    n: int
    deviation: float | None
    discuss: bool


def spread(scores: Sequence[int]) -> Spread | None:
    """The spread of some whole scores; None where there are none."""
    n, total = len(scores), sum(scores)
    if not n:
        return None
    # n (n − 1) times the variance, in whole numbers: exactly 1.0 must not pass for more.
    scaled = n * sum(score * score for score in scores) - total * total
    deviation = math.sqrt(scaled / (n * (n - 1))) if n > 1 else None
    return Spread(total / n, n, deviation, scaled > n * (n - 1))


@remembered(Score)
def spreads(session: Session) -> Mapping[str, Spread]:
    """Touchpoint id → the spread of its scores, for those that have any; in the order of the scores."""
    given: dict[str, list[int]] = {}
    for score in session.rows(Score):
        if score.emotion is not None:
            given.setdefault(score.touchpoint, []).append(score.emotion)
    return {touchpoint: found for touchpoint, scores in given.items() if (found := spread(scores))}
