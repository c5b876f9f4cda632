"""What makes the quantitative validation ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.analysis.conditions.missing import Checks, Missing, lacking, none_yet, reads
from cjworkshop.analysis.conditions.qualitative import no_moment
from cjworkshop.analysis.stages import moments, stage_parts
from cjworkshop.analysis.survey import WaveTally, survey_tally
from cjworkshop.method.employee_workshop import Stage, Touchpoint
from cjworkshop.method.quantitative import Kpi, Response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cjworkshop.domain.session import Session

ENOUGH_ANSWERS = 30


def unmeasured_stages(session: Session, wave: WaveTally) -> list[Stage]:
    """The stages that nobody rated in a wave, neither as a whole nor any of their touchpoints."""
    return [
        part.stage
        for part in stage_parts(session)
        if part.stage and wave.rated.isdisjoint((part.stage.id, *(touchpoint.id for touchpoint in part.touchpoints)))
    ]


@reads(Stage, Touchpoint, Response)
def _wave_enough(session: Session) -> Iterator[Missing]:
    """Looks at the wave that comes nearest; answers that name no wave count as one together."""
    yield from none_yet(session, Stage)
    waves = survey_tally(session).waves.values()
    nearest = max(
        waves,
        key=lambda wave: (min(wave.answers, ENOUGH_ANSWERS), -len(unmeasured_stages(session, wave))),
        default=WaveTally(),
    )
    if nearest.answers < ENOUGH_ANSWERS:
        yield Missing(f"{nearest.answers} of {ENOUGH_ANSWERS} answers in a wave", "responses")
    unrated = unmeasured_stages(session, nearest) if nearest.answers else []
    if unrated:
        yield from lacking(unrated, f"satisfaction:{unrated[0].id}", "satisfaction", table="responses")


@reads(Stage, Touchpoint, Kpi)
def _moments_counted(session: Session) -> Iterator[Missing]:
    yield from no_moment(session)
    with_moment = {moment.stage for moment in moments(session)}
    measured: set[str] = set()
    begun: dict[str, str] = {}
    for kpi in session.rows(Kpi):
        if kpi.baseline is not None:
            measured.add(kpi.stage)
        else:
            begun.setdefault(kpi.stage, kpi.id)
    uncounted = [
        part.stage
        for part in stage_parts(session)
        if part.stage and part.stage.id in with_moment and part.stage.id not in measured
    ]
    for gap in lacking(uncounted, "stage", "KPI with a baseline", table="kpis"):
        row_id = next((begun[stage.id] for stage in uncounted if stage.id in begun), "")
        yield Missing(gap.text, gap.table, row_id, "baseline" if row_id else gap.column_key)


CHECKS: Checks = {
    "wave-enough": _wave_enough,
    "moments-counted": _moments_counted,
}
