"""A rehearsal: the agenda of one step in fast time, with the rows of another session to practise on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.commands import RemoveRows, ReplaceTables
from cjworkshop.facilitation.agenda import CLOCK_COLUMNS, plan
from cjworkshop.facilitation.clock import meeting_window
from cjworkshop.method.across import Block, Meeting, OwnPrompt

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.domain.session import Session

NINE = dt.time(9)


class FastNow:
    """A time that begins at a moment and, once it goes, passes `speed` times as fast as the seconds of `monotonic`."""

    def __init__(self, begin: dt.datetime, monotonic: Callable[[], float], speed: float) -> None:
        self._begin = begin
        self._monotonic = monotonic
        self._speed = speed
        self._tick: float | None = None

    def go(self) -> None:
        """Pass from now on: whoever rehearses reads what is on the screen before starting the clock."""
        if self._tick is None:
            self._tick = self._monotonic()

    def __call__(self) -> dt.datetime:
        """The time."""
        passed = 0.0 if self._tick is None else self._monotonic() - self._tick
        return self._begin + dt.timedelta(seconds=passed * self._speed)


def rehearsed(session: Session, step: str, sample: Session) -> Session:
    """The sample with the agenda, the questions and the meeting of this step of `session`, not begun yet."""
    others = tuple(row.id for row in sample.rows(Block) if row.step == step)
    rest = sample.edited(RemoveRows("agenda", others).edits(sample))
    not_begun: dict[str, Any] = dict.fromkeys(CLOCK_COLUMNS)
    own = [replace(row, **not_begun) for row in session.rows(Block) if row.step == step]
    ids = {row.id for row in own}
    tables = {
        "agenda": (*(row for row in rest.rows(Block) if row.id not in ids), *own),
        "prompts": (
            *(row for row in rest.rows(OwnPrompt) if row.step != step),
            *(row for row in session.rows(OwnPrompt) if row.step == step and (not row.block or row.block in ids)),
        ),
        "meetings": (
            *(row for row in rest.rows(Meeting) if row.step != step),
            *(row for row in session.rows(Meeting) if row.step == step),
        ),
    }
    return rest.edited(ReplaceTables(tables, "rehearse").edits(rest))


def first_moment(session: Session, step: str, now: dt.datetime, zone: dt.tzinfo | None = None) -> dt.datetime:
    """When a rehearsal begins: with the step's meeting; at nine today where it has none."""
    window = meeting_window(session, plan(session, step), now, zone)
    if window is not None:
        return window[0]
    nine = dt.datetime.combine(now.astimezone(zone).date(), NINE)
    return (nine.replace(tzinfo=zone) if zone else nine.astimezone()).astimezone(dt.UTC)
