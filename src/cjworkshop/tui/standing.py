"""How the steps stand in a session: worked out once for each state of it, however often a screen asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.analysis.readiness import readiness, useful
from cjworkshop.method.steps import ACROSS, STEPS
from cjworkshop.tui.widgets.rail import Gap, GoToCell, StepMark

if TYPE_CHECKING:
    from cjworkshop.analysis.readiness import Met, Missing
    from cjworkshop.domain.session import Session
    from cjworkshop.method.step import Step

PLACES = (*STEPS, ACROSS)
"""What the rail offers: the seven steps, and what goes across them."""


class Standing:
    """Which conditions of which step are met, and what is missing."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._met: dict[str, tuple[Met, ...]] = {}
        self._steps: tuple[StepMark, ...] = ()
        self._gaps: dict[str, tuple[Gap, ...]] = {}

    def steps(self) -> tuple[StepMark, ...]:
        """A mark for each step."""
        if not self._steps:
            self._met = {step.key: readiness(self.session, step) for step in PLACES}
            self._steps = tuple(self._mark(step) for step in PLACES)
        return self._steps

    def _mark(self, step: Step) -> StepMark:
        met = self._met[step.key]
        return StepMark(step.key, step.number, step.short, sum(part.met for part in met), len(met))

    def gaps(self, step: Step) -> tuple[Gap, ...]:
        """What is missing in a step, and behind it what would be useful there."""
        if step.key not in self._gaps:
            self.steps()
            missing = dict.fromkeys(_gap(one) for part in self._met[step.key] for one in part.missing)
            more = [_gap(one, is_useful=True) for one in useful(self.session, step)]
            self._gaps[step.key] = (*missing, *more)
        return self._gaps[step.key]


def _gap(missing: Missing, *, is_useful: bool = False) -> Gap:
    return Gap(missing.text, GoToCell(missing.table, missing.row_id, missing.column_key), useful=is_useful)
