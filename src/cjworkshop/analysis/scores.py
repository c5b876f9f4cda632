"""What several people's scores of a touchpoint say: their mean, how far they are apart, and whether to talk about it.

Their mean as a whole number is what staff believe: the touchpoint's emotion, where somebody takes it over.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.analysis.memo import remembered
from cjworkshop.analysis.stages import journey
from cjworkshop.method.employee_workshop import Score, Stage, Touchpoint

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

    @property
    def emotion(self) -> int:
        """The mean as an emotion: a whole number of 1–5, halves upward."""
        return math.floor(self.mean + 0.5)


class Takeover(NamedTuple):
    """The emotions that scores would give, by touchpoint id in the order of the journey.

    `empty` are those of touchpoints that have none yet, `another` those of touchpoints that have a different one.
    """

    empty: dict[str, int]
    another: dict[str, int]


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


@remembered(Stage, Touchpoint, Score)
def takeover(session: Session) -> Takeover:
    """What the map's emotions would be by the scores, where they are not that already."""
    found = spreads(session)
    scored = [(row, found[row.id].emotion) for row in journey(session) if row.id in found]
    return Takeover(
        {row.id: emotion for row, emotion in scored if row.emotion is None},
        {row.id: emotion for row, emotion in scored if row.emotion not in {None, emotion}},
    )
