"""What the survey measured at each stage and touchpoint."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.analysis.memo import remembered
from cjworkshop.method.quantitative import Response

if TYPE_CHECKING:
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
    """All responses counted in one pass. Means are weighted by `weight`; n is how many answers have some weight."""
    waves: dict[str, WaveTally] = {}
    sums: dict[str, float] = {}
    weights: dict[str, float] = {}
    counts: dict[str, int] = {}
    for response in session.rows(Response):
        wave = waves.setdefault(response.wave, WaveTally())
        wave.answers += 1
        weight = 1.0 if response.weight is None else response.weight
        for rated, rating in response.satisfaction:
            wave.rated.add(rated)
            if weight:
                sums[rated] = sums.get(rated, 0.0) + weight * rating
                weights[rated] = weights.get(rated, 0.0) + weight
                counts[rated] = counts.get(rated, 0) + 1
    return SurveyTally(waves, {rated: Mean(sums[rated] / weights[rated], counts[rated]) for rated in sums})
