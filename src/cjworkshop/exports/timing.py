"""The agendas of the meetings, and how the time went: what was planned, and what it took where the clock was used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.text import counted
from cjworkshop.exports.layout import Layout, rows_blocks
from cjworkshop.exports.report import Grid, Heading, Paragraph, section
from cjworkshop.facilitation.agenda import CLOCK_COLUMNS, plan
from cjworkshop.facilitation.clock import fixed_end
from cjworkshop.method.across import STEP_KEYS, Block, Meeting
from cjworkshop.method.steps import STEPS

if TYPE_CHECKING:
    import datetime as dt

    from cjworkshop.domain.session import Session
    from cjworkshop.exports import report
    from cjworkshop.facilitation.agenda import Item, Plan

_AGENDA = Layout(first=("minutes", "part_of", "groups"), without=("step", *CLOCK_COLUMNS))
"""How an agenda is shown: under its step's name, and without what the clock noted."""


def agendas(view: report.View) -> list[report.Block]:
    """The agenda of each step that has met or has a meeting: the others are as they came, and nobody has used them.

    Blocks of no step were typed by somebody, and stand behind.
    """
    session = view.session
    rows = session.rows(Block)
    held = {row.step for row in rows if row.started or row.ended} | {row.step for row in session.rows(Meeting)}
    titles = {step.key: step.title for step in STEPS if step.key in held} | {"": "Of no step"}
    table = session.catalogue["agenda"]
    return [
        block
        for key in (*STEP_KEYS, "")
        if key in titles
        for block in section(
            titles[key], rows_blocks(view, table, [row for row in rows if row.step == key], _AGENDA), 4
        )
    ]


def timing(view: report.View) -> list[report.Block]:
    """A table for each of these steps, and how it ended. Nothing where no clock was used."""
    blocks: list[report.Block] = []
    for step in STEPS:
        agenda = plan(view.session, step.key)
        if agenda.begun:
            blocks += [Heading(3, step.title), Paragraph(_ended(view.session, agenda)), _table(view, agenda)]
    return blocks


def _ended(session: Session, agenda: Plan, zone: dt.tzinfo | None = None) -> str:
    """How long it took, and how far from the fixed end it ended; or how far it has come."""
    stamps = agenda.stamps()
    last = max(stamps)
    took = round((last - min(stamps)).total_seconds() / 60)
    if not agenda.over:
        done = sum(block.state in {"done", "skipped"} for block in agenda.blocks)
        held = f"{done} of {counted(len(agenda.blocks), 'block')}" if done else "no block"
        return f"It is not over: {held} {'was' if done < 2 else 'were'} finished."
    fixed = fixed_end(session, agenda, last, zone)
    behind = int((last - fixed).total_seconds() / 60) if fixed else 0
    far = f"{abs(behind)} min {'behind' if behind > 0 else 'ahead'}" if behind else "on time"
    return f"Planned {agenda.planned} min, took {took} min; ended {far}."


def _table(view: report.View, agenda: Plan) -> Grid:
    """The blocks with their activities, and of what the clock noted all columns that it filled."""
    items = [(item, item is not block) for block in agenda.blocks for item in (block, *block.parts)]
    columns = [view.session.catalogue["agenda"].column(name) for name in CLOCK_COLUMNS]
    noted = [column for column in columns if not all(column.is_empty(item.row) for item, _ in items)]
    rows = ((*_row(item, inside=inside), *(view.text(item.row, column) for column in noted)) for item, inside in items)
    return Grid(
        ("Block", "Activity", "Planned", "Took", *(column.label for column in noted)),
        tuple(rows),
        (False, False, True, True, *(column.kind.numeric for column in noted)),
    )


def _row(item: Item, *, inside: bool) -> tuple[str, ...]:
    took = {"waiting": "", "running": "runs", "skipped": "skipped"}.get(item.state, str(item.actual))
    name = item.row.block
    return ("" if inside else name, name if inside else "", str(item.planned), took)
