"""The agenda of a step as a plan: blocks with the activities inside them, their state and their minutes.

Rows may be odd, typed by hand or brought from elsewhere: minutes may be missing, an activity may stand before its
block, belong to a block of another step, to itself, or to one that is gone. Each row has its place all the same.
"""

from __future__ import annotations

import math
import re
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from cjworkshop.facilitation.shares import share
from cjworkshop.method.across import Block

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from cjworkshop.domain.session import Session

State = Literal["waiting", "running", "done", "skipped"]

CLOCK_COLUMNS = ("started", "ended", "paused", "paused_minutes", "allotted")
"""The columns of the agenda that the clock fills. All others are the plan."""


_HALF = re.compile(r"(?: \(\d{1,2}\))+$", re.ASCII)


def whole_name(name: str) -> str:
    """What a block was called before it was split: `Voting` for `Voting (2)`. Other names stay as they are."""
    return _HALF.sub("", name)


class Item(NamedTuple):
    """A block with its activities, or an activity. `planned` minutes are the plan's; `allotted` those it has now.

    Those are its `own`, and for an activity its share of what the activities before it left over, or took too much.
    """

    row: Block
    parts: tuple[Item, ...]
    planned: int
    allotted: int

    @property
    def own(self) -> int:
        """The minutes that it was given, whatever the activities before it took."""
        return self.planned if self.row.allotted is None else self.row.allotted

    @property
    def state(self) -> State:
        """Whether it waits, runs, is done, or was passed over."""
        if self.row.started is None:
            return "waiting" if self.row.ended is None else "skipped"
        return "running" if self.row.ended is None else "done"

    @property
    def is_break(self) -> bool:
        """Whether it is protected from a re-fit."""
        return self.row.kind == "break"

    def taken(self, now: dt.datetime) -> float:
        """Seconds that it has run, without those in which it stood still; never negative."""
        row = self.row
        if row.started is None:
            return 0.0
        until = row.ended or now
        if row.paused is not None:
            until = min(until, row.paused)
        return max((until - row.started).total_seconds() - 60 * (row.paused_minutes or 0), 0.0)

    def stood(self, now: dt.datetime) -> float:
        """Seconds that it has stood still since it started."""
        if self.row.started is None:
            return 0.0
        return max(((self.row.ended or now) - self.row.started).total_seconds() - self.taken(now), 0.0)

    def left(self, now: dt.datetime) -> int:
        """Seconds until its minutes are over, rounded up; negative where they are."""
        return math.ceil(60 * self.allotted - self.taken(now))

    @property
    def actual(self) -> int | None:
        """Minutes that it took, to the nearest one; None where it is not done."""
        if self.row.started is None or self.row.ended is None:
            return None
        return int(self.taken(self.row.ended) / 60 + 0.5)


class Plan(NamedTuple):
    """The agenda of one step: its top-level blocks in order."""

    step: str
    blocks: tuple[Item, ...]

    def rows(self) -> Iterator[Item]:
        """Every block, each followed by its activities."""
        for block in self.blocks:
            yield block
            yield from block.parts

    @property
    def running(self) -> Item | None:
        """The block that runs: of several, which only rows from elsewhere have, the one begun last."""
        return _latest(self.blocks)

    @property
    def activity(self) -> Item | None:
        """The activity that runs inside the running block."""
        block = self.running
        return _latest(block.parts) if block else None

    @property
    def waiting(self) -> tuple[Item, ...]:
        """The blocks that are still to come."""
        return tuple(block for block in self.blocks if block.state == "waiting")

    @property
    def begun(self) -> bool:
        """Whether the clock was used at all."""
        return any(item.row.started is not None for item in self.rows())

    @property
    def over(self) -> bool:
        """Whether it was begun and nothing runs or waits any more."""
        return self.begun and not self.waiting and self.running is None

    @property
    def planned(self) -> int:
        """Minutes of all blocks as planned."""
        return sum(block.planned for block in self.blocks)

    @property
    def allotted(self) -> int:
        """Minutes that all blocks have now; none for those that were passed over."""
        return sum(block.allotted for block in self.blocks if block.state != "skipped")

    def item(self, row_id: str) -> Item | None:
        """The block or activity with this id."""
        return next((item for item in self.rows() if item.row.id == row_id), None)

    def coming(self) -> Item | None:
        """What comes next: the next activity of the running block, else the next block."""
        block = self.running
        inside = [part for part in block.parts if part.state == "waiting"] if block else []
        return next(iter((*inside, *self.waiting)), None)

    def stamps(self) -> list[dt.datetime]:
        """All moments at which something was started or ended."""
        return [moment for item in self.rows() for moment in (item.row.started, item.row.ended) if moment]


def _latest(items: Iterable[Item]) -> Item | None:
    running = [(item.row.started, item) for item in items if item.row.started and item.row.ended is None]
    return max(running, key=itemgetter(0))[1] if running else None


def plan(session: Session, step: str) -> Plan:
    """The agenda of the step with this key."""
    rows = {row.id: row for row in session.rows(Block) if row.step == step}
    inside: dict[str, list[Item]] = {}
    for row in rows.values():
        owner = _owner(row, rows)
        if owner is not row:
            inside.setdefault(owner.id, []).append(_item(row, ()))
    blocks = (row for row in rows.values() if _owner(row, rows) is row)
    return Plan(step, tuple(_with_rest_shared(_item(row, tuple(inside.get(row.id, ())))) for row in blocks))


def _item(row: Block, parts: tuple[Item, ...]) -> Item:
    planned = sum(part.planned for part in parts) if row.minutes is None else row.minutes
    return Item(row, parts, planned, planned if row.allotted is None else row.allotted)


def _with_rest_shared(block: Item) -> Item:
    """The block with its remaining activities having what is left of it, breaks as they are.

    What the activities before the one that runs left over, or took too much, is shared by planned minutes. Minutes
    that the block has beyond its activities are only used up, never given to them.
    """
    current = _latest(block.parts)
    before = [part for part in block.parts if part.row.ended]
    if block.row.started is None or block.row.ended or current is None or current.row.started is None or not before:
        return block
    stood = (block.row.paused_minutes or 0) - (current.row.paused_minutes or 0)
    gone = max(round((current.row.started - block.row.started).total_seconds() / 60 - stood), 0)
    remaining = [part for part in block.parts if part.row.ended is None]
    working = [part for part in remaining if not part.is_break]
    left_over = max(sum(part.own for part in before) - gone, 0)
    own = sum(part.own for part in remaining)
    rest = min(block.own - gone, own + left_over) - sum(part.own for part in remaining if part.is_break)
    weights, has = [part.planned for part in working], [part.own for part in working]
    shares = iter(share(max(rest, 0), weights, [0] * len(working), has) if working else ())
    shared = {part.row.id: part._replace(allotted=next(shares)) for part in working}
    return block._replace(parts=tuple(shared.get(part.row.id, part) for part in block.parts))


def _owner(row: Block, rows: dict[str, Block]) -> Block:
    """The top-level block that a row belongs to: itself where it is one. What stands in a ring stands by itself."""
    path = [row]
    while (above := rows.get(path[-1].part_of)) is not None:
        if above in path:
            return above
        path.append(above)
    return path[-1]


def running_step(session: Session) -> str:
    """The key of the step whose clock runs; where several do, the one whose block began last. Empty where none does."""
    latest: dict[str, dt.datetime] = {}
    for row in session.rows(Block):
        if row.started is not None and row.ended is None:
            latest[row.step] = max(row.started, latest.get(row.step, row.started))
    return max(latest, key=latest.__getitem__, default="")
