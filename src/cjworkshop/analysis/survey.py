"""What the survey measured at each stage and touchpoint."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.analysis.memo import remembered
from cjworkshop.lazy import dataclass
from cjworkshop.method.quantitative import Response

if TYPE_CHECKING:
    from cjworkshop.domain.references import Ratings
    from cjworkshop.domain.session import Session


class Mean(NamedTuple):
    """A mean and the number of customers that it rests on; None where that was not said."""

    value: float
    n: int | None


@dataclass(slots=True)
class WaveTally:
    """How many answered in one wave, and the ids of the stages and touchpoints that were rated in it."""

    answers: int = 0
    rated: set[str] = field(default_factory=set)


class SurveyTally(NamedTuple):
    """`waves` by wave id ("" for answers without a wave); `satisfaction` by id of the stage or touchpoint."""

    waves: dict[str, WaveTally]
    satisfaction: dict[str, Mean]


@remembered(Response)
def survey_tally(session: Session) -> SurveyTally:
    """All responses counted. Means are weighted by `weight`; n is how many answers have some weight."""
    answers: dict[tuple[str, float], list[Ratings]] = {}
    for response in session.rows(Response):
        weight = 1.0 if response.weight is None else response.weight
        answers.setdefault((response.wave, weight), []).append(response.satisfaction)
    waves: dict[str, WaveTally] = {}
    sums: defaultdict[str, float] = defaultdict(float)
    weights: defaultdict[str, float] = defaultdict(float)
    counts: defaultdict[str, int] = defaultdict(int)
    for (wave_id, weight), given in answers.items():
        ratings = Counter(chain.from_iterable(given))
        wave = waves.setdefault(wave_id, WaveTally())
        wave.answers += len(given)
        wave.rated.update(rated for rated, _ in ratings)
        for (rated, rating), number in ratings.items() if weight else ():
            sums[rated] += weight * rating * number
            weights[rated] += weight * number
            counts[rated] += number
    return SurveyTally(waves, {rated: Mean(sums[rated] / weights[rated], counts[rated]) for rated in sums})
