"""How ready a step is, what is missing for it, and what else would help.

    for part in readiness(session, step):
        print("●" if part.met else "○", part.condition.sentence, *part.missing)

Steps are a guide, never a lock: nothing here keeps anybody from opening a step.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from cjworkshop.analysis.conditions import (
    blueprint,
    discovery,
    employee_workshop,
    qualitative,
    quantitative,
    redesign,
    report,
)
from cjworkshop.analysis.conditions.missing import Checks, Missing
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.rows import Table
    from cjworkshop.domain.session import Session
    from cjworkshop.method.step import Condition, Step

__all__ = ["CHECKS", "USEFUL", "Met", "Missing", "readiness", "useful"]

CHECKS: Checks = {
    **discovery.CHECKS,
    **employee_workshop.CHECKS,
    **qualitative.CHECKS,
    **quantitative.CHECKS,
    **report.CHECKS,
    **blueprint.CHECKS,
    **redesign.CHECKS,
}
"""The function that looks at each condition, by the condition's key."""

USEFUL: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "discovery": (
        ("charter", ("problem", "worth_it", "in_scope", "out_of_scope")),
        ("objectives", ("metric", "baseline", "target", "due", "owner")),
        ("people", ("role", "decision_right")),
        ("personas", ("segment", "goal", "frustrations")),
        ("sources", ("confidence", "gap")),
        ("risks", ("kind", "tested_by")),
    ),
    "employee-workshop": (
        ("touchpoints", ("importance", "channel", "action", "thought", "feeling", "ownership")),
        ("pains", ("severity", "frequency", "yearly_volume")),
        ("opportunities", ("pain",)),
    ),
    "qualitative": (
        ("interviews", ("persona", "consent")),
        ("excerpts", ("quote", "emotion")),
        ("codes", ("definition",)),
        ("validations", ("verdict",)),
    ),
    "quantitative": (
        ("waves", ("population", "invited")),
        ("kpis", ("stage", "baseline", "target", "source", "owner")),
    ),
    "blueprint": (
        ("actions", ("impact", "effort", "confidence", "reach", "review")),
        ("blueprint_cells", ("actor", "system")),
    ),
    "redesign": (
        ("ideas", ("feasibility", "desirability", "viability")),
        ("future", ("target_emotion",)),
        ("experiments", ("metric", "baseline", "target", "owner", "stop_rule")),
        ("reviews", ("owner",)),
    ),
}
"""By step: the columns of each table that no condition asks for, but that its findings live on."""


@dataclass(frozen=True, slots=True)
class Met:
    """A condition of a step, and what is missing for it; where nothing is, it is met."""

    condition: Condition
    missing: tuple[Missing, ...]

    @property
    def met(self) -> bool:
        """Whether the condition is fulfilled."""
        return not self.missing


def readiness(session: Session, step: Step) -> tuple[Met, ...]:
    """Each condition of the step, in its order, with what is missing for it."""
    return tuple(Met(condition, CHECKS[condition.key](session)) for condition in step.ready)


def useful(session: Session, step: Step) -> tuple[Missing, ...]:
    """What the step can do without but would be better for: `importance is empty in 4 touchpoints`."""
    gaps = []
    for name, columns in USEFUL.get(step.key, ()):
        table = session.catalogue[name]
        for column in (table.column(key) for key in columns):
            gap = _gap(session, table, column)
            if gap:
                gaps.append(gap)
    return tuple(gaps)


def _gap(session: Session, table: Table, column: Column) -> Missing | None:
    """The rows of a table in which a column is empty, if there are any; a record that is not there yet is empty."""
    words = column.name.replace("_", " ")
    if table.single:
        record = session.record(table.row_type)
        empty = column.is_empty(record)
        return Missing(f"{words} is empty in the {table.noun}", table.name, record.id, column.name) if empty else None
    rows, empty = session[table.name], column.kind.empty
    gaps = [index for index, value in enumerate(map(attrgetter(column.attribute), rows)) if value == empty]
    if not gaps:
        return None
    return Missing(f"{words} is empty in {table.counted(len(gaps))}", table.name, rows[gaps[0]].id, column.name)
