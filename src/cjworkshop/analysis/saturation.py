"""When interviews stop bringing new codes: the method of Guest, Namey & Chen (2020)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.analysis.memo import remembered
from cjworkshop.method.qualitative import Excerpt, Interview

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from cjworkshop.domain.session import Session

BASE = 4
RUN = 2
THRESHOLD = 5.0
"""Interviews in the base, interviews in a run, and the per cent of new information at which there is enough."""


class Run(NamedTuple):
    """Interviews `first` to `last`, counted from 1: how many codes they are the first to bring, in % of the base's."""

    first: int
    last: int
    new: int
    percent: float


class Saturation(NamedTuple):
    """`base` is the number of codes in the base; `reached` the last interview of the first quiet run, or None."""

    base: int
    total: int
    runs: tuple[Run, ...]
    reached: int | None


def saturation(interviews: Sequence[AbstractSet[str]]) -> Saturation:
    """Saturation of interviews in the order held, each as the codes that it brought.

    New information is the codes that a run is the first to bring ÷ the codes of the base × 100. The runs slide by one
    interview. With fewer interviews than base and run together, or no code in the base, nothing can be said yet.
    """
    base: set[str] = set().union(*interviews[:BASE])
    seen, runs = set(base), []
    for start in range(BASE, len(interviews) - RUN + 1):
        new = len(set().union(*interviews[start : start + RUN]) - seen)
        if base:
            runs.append(Run(start + 1, start + RUN, new, 100 * new / len(base)))
        seen |= interviews[start]
    reached = next((run.last for run in runs if run.percent <= THRESHOLD), None)
    return Saturation(len(base), len(set().union(*interviews)), tuple(runs), reached)


@remembered(Interview, Excerpt)
def code_saturation(session: Session) -> Saturation:
    """Saturation of the session's interviews: by date where every one has its date, else in the order of the table.

    Interviews without a code are not coded yet and do not count: they would look as if they had nothing new to say.
    """
    brought: dict[str, set[str]] = {}
    for excerpt in session.rows(Excerpt):
        brought.setdefault(excerpt.interview, set()).update(excerpt.codes)
    held = list(session.rows(Interview))
    days = {interview.id: interview.date for interview in held if interview.date}
    if len(days) == len(held):
        held.sort(key=lambda interview: days[interview.id])
    return saturation([brought[interview.id] for interview in held if brought.get(interview.id)])
