"""The re-fit: the minutes that are left are shared out again, so that the meeting ends when it must.

The minutes left to the fixed end, less the remaining breaks, are shared among the remaining top-level working blocks
in proportion to their planned minutes: whole minutes by largest remainder, a tie to the earlier block. A block that
would fall under its minimum gets its minimum and the rest is shared again; a minimum is never more than the minutes that
are planned, for who plans a block of four minutes does without its usual thirty. Activities shrink or grow inside their
block by the same rule. What runs counts from its start and cannot get less than it has taken already. Minutes are
those of the clock on the wall: what begins at 13:10:24 and lasts 140 minutes ends at 15:30.
"""

from __future__ import annotations

import datetime as dt
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.domain.commands import SetCells, Together
from cjworkshop.errors import NotFound
from cjworkshop.facilitation.agenda import plan
from cjworkshop.facilitation.clock import fixed_end, meeting_window
from cjworkshop.facilitation.shares import share
from cjworkshop.method.across import MOST_MINUTES

if TYPE_CHECKING:
    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.session import Session
    from cjworkshop.facilitation.agenda import Item

MOST_NAMED = 3
"""How many blocks are named that stand in the way of a re-fit."""


class Line(NamedTuple):
    """A remaining block or activity, with its minutes before and after; `inside` is an activity."""

    item: Item
    before: int
    after: int
    inside: bool


class Refit(NamedTuple):
    """What a re-fit would do.

    `short` are the minutes by which it does not fit: then it changes nothing, the lines have after them the least that
    each needs, and `in_the_way` are those blocks that need most beyond what they have taken, largest first.
    """

    lines: tuple[Line, ...]
    fixed: dt.datetime
    end: dt.datetime
    short: int = 0
    in_the_way: tuple[Line, ...] = ()

    def command(self) -> Command:
        """Allot the minutes; NotFound where they do not fit, or stand so already."""
        if self.short:
            raise NotFound(f"It does not fit by {self.short} min.", "Skip a block or move the end.")
        if any(line.after > MOST_MINUTES for line in self.lines):
            raise NotFound("A block would have more than a day.", "Move the end, or add a block.")
        if not any(line.before != line.after for line in self.lines):
            raise NotFound("It fits as it is.", "Nothing was changed.")
        cells = tuple((line.item.row.id, "allotted", line.after) for line in self.lines if line.item.own != line.after)
        return Together((SetCells("agenda", cells),), "re-fit the agenda")


def refit(session: Session, step: str, now: dt.datetime, zone: dt.tzinfo | None = None) -> Refit:
    """What a re-fit of this step's agenda would do now. NotFound where no working block is left."""
    agenda = plan(session, step)
    running = agenda.running
    remaining = [item for item in agenda.blocks if item is running or item.state == "waiting"]
    working = [item for item in remaining if not item.is_break]
    fixed = fixed_end(session, agenda, now, zone)
    if not working or fixed is None:
        raise NotFound("No working block is left to re-fit.", "A adds one.")
    base = now
    if running is not None and running.row.started is not None:
        base = running.row.started + dt.timedelta(seconds=running.stood(now))
    elif not agenda.begun and (window := meeting_window(session, agenda, now, zone)):
        base = max(now, window[0])
    breaks = {item.row.id: _kept(item, now) for item in remaining if item.is_break}
    minutes = ceil((fixed - base).total_seconds() / 60) - sum(breaks.values())
    floors = [_floor(item, now) for item in working]
    short = max(sum(floors) - minutes, 0)
    shares = floors if short else share(minutes, [item.planned for item in working], floors)
    allotted = breaks | {item.row.id: after for item, after in zip(working, shares, strict=True)}
    lines: list[Line] = []
    for item in remaining:
        lines.append(Line(item, item.allotted, allotted[item.row.id], inside=False))
        lines += _inside(item, allotted[item.row.id], now)
    needy = [line for line in lines if line.item in working and 60 * line.after > line.item.taken(now)] if short else []
    in_the_way = tuple(sorted(needy, key=lambda line: -line.after)[:MOST_NAMED])
    return Refit(tuple(lines), fixed, base + dt.timedelta(minutes=sum(allotted.values())), short, in_the_way)


def _inside(block: Item, minutes: int, now: dt.datetime) -> list[Line]:
    """The remaining activities of a block that gets so many minutes."""
    remaining = _remaining(block)
    kept = [_kept(part, now) if part.is_break else 0 for part in remaining]
    floors = [_floor(part, now) for part in remaining if not part.is_break]
    weights = [part.planned for part in remaining if not part.is_break]
    rest = minutes - _gone(block, now) - sum(kept)
    shares = iter(share(rest, weights, floors) if weights and rest >= sum(floors) else floors)
    after = [
        minutes_kept if part.is_break else next(shares) for part, minutes_kept in zip(remaining, kept, strict=True)
    ]
    return [
        Line(part, part.allotted, part_after, inside=True) for part, part_after in zip(remaining, after, strict=True)
    ]


def _remaining(block: Item) -> list[Item]:
    return [part for part in block.parts if part.state in ("waiting", "running")]


def _kept(item: Item, now: dt.datetime) -> int:
    """The minutes of a break: those that it has, or has taken already."""
    return max(item.allotted, ceil(item.taken(now) / 60))


def _gone(block: Item, now: dt.datetime) -> int:
    """Whole minutes that a block has spent before the activity that runs now, or in all where none does."""
    current = sum(part.taken(now) for part in block.parts if part.state == "running")
    return ceil(max(block.taken(now) - current, 0) / 60)


def _floor(item: Item, now: dt.datetime) -> int:
    """The least that it can get: its minimum, what it has taken, and what its activities need."""
    parts = sum(_kept(part, now) if part.is_break else _floor(part, now) for part in _remaining(item))
    taken = ceil(item.taken(now) / 60)
    return max(min(item.row.minimum or 0, item.planned), taken, _gone(item, now) + parts if parts else 0)
