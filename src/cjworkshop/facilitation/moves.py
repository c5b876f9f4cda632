"""What can be done with the clock of an agenda: each move is one command, and one undo takes it back.

A move is made at `now`, to the second. Two moves never have the same second, so that `back` knows which was last.
NotFound says where there is nothing to move.
"""

from __future__ import annotations

import datetime as dt
from itertools import count
from math import ceil
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.commands import AddRows, DuplicateRows, MoveRows, NewRow, SetCells, Together
from cjworkshop.domain.text import shorten
from cjworkshop.errors import NotFound
from cjworkshop.facilitation.agenda import CLOCK_COLUMNS, plan, whole_name
from cjworkshop.facilitation.clock import meeting_day, meeting_on
from cjworkshop.method.across import MOST_MINUTES, Block, OwnPrompt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.session import Session
    from cjworkshop.facilitation.agenda import Item, Plan

Cell = tuple[str, str, Any]


def start(session: Session, step: str, now: dt.datetime) -> Command:
    """Start what comes next, with its first activity; go on, where the clock stands still."""
    agenda = plan(session, step)
    if agenda.running is not None:
        return resume(session, step, now)
    block = _first(agenda.waiting)
    return _command(_started(block, _moment(agenda, now)), f"start {_called(block)}")


def pause(session: Session, step: str, now: dt.datetime) -> Command:
    """Let what runs stand still."""
    agenda = plan(session, step)
    running = [item for item in _running(agenda) if item.row.paused is None]
    if not running:
        raise NotFound("The clock stands still already.", "Enter lets it go on.")
    moment = _whole(now)
    return _command([(item.row.id, "paused", moment) for item in running], f"pause {_called(running[-1])}")


def resume(session: Session, step: str, now: dt.datetime) -> Command:
    """Let what stands still go on."""
    paused = [item for item in _running(plan(session, step)) if item.row.paused is not None]
    if not paused:
        raise NotFound("The clock runs already.", "Enter lets it stand still.")
    cells = [cell for item in paused for cell in _resumed(item, now)]
    return _command(cells, f"go on with {_called(paused[-1])}")


def toggle(session: Session, step: str, now: dt.datetime) -> Command:
    """Start, let stand still, or go on: whatever the clock does not do now."""
    agenda = plan(session, step)
    running = agenda.activity or agenda.running
    return start(session, step, now) if running is None or running.row.paused else pause(session, step, now)


def onward(session: Session, step: str, now: dt.datetime) -> Command:
    """End what runs and start what comes next: the next activity, after the last one the next block."""
    agenda = plan(session, step)
    block, activity, coming = agenda.running, agenda.activity, agenda.coming()
    if block is None:
        return start(session, step, now)
    moment = _moment(agenda, now)
    inside = coming is not None and coming in block.parts
    ending = [item for item in (block.parts if inside else agenda.rows()) if item.state == "running"]
    cells: list[Cell] = [(item.row.id, "ended", moment) for item in ending]
    if coming is None:
        return _command(cells, f"end {_called(activity or block)}")
    if inside and block.row.paused is not None:
        cells += _resumed(block, now)
    return _command([*cells, *_started(coming, moment)], f"start {_called(coming)}")


def back(session: Session, step: str) -> Command:
    """Take the last step of the clock back: what it started waits again, what it ended runs again."""
    agenda = plan(session, step)
    last = max(agenda.stamps(), default=None)
    if last is None:
        raise NotFound("The clock has not been started.", "Enter starts it.")
    cells: list[Cell] = []
    name = ""
    for item in agenda.rows():
        row = item.row
        if row.started == last:
            cells += _cleared(item, "started", "ended", "paused", "paused_minutes")
            name = name or f"back before {_called(item)}"
        elif row.ended == last:
            cells.append((row.id, "ended", None))
            name = f"back to {_called(item)}"
    return _command(cells, name)


def give(session: Session, step: str, minutes: int) -> Command:
    """Give what runs some minutes more, or fewer where negative; never fewer than none."""
    agenda = plan(session, step)
    running = _running(agenda)
    room = MOST_MINUTES - max(item.allotted for item in running)
    if minutes > 0 and room <= 0:
        raise NotFound("A block has a day at most.", "N goes on to what comes next.")
    minutes = min(max(minutes, -running[-1].allotted), room)
    if not minutes:
        raise NotFound("It has no minutes left to give up.", "N goes on to what comes next.")
    cells: list[Cell] = [(item.row.id, "allotted", max(item.own + minutes, 0)) for item in running]
    if running[-1].own + minutes < 0:  # it has more than its own from those before it: all keep what they have by now
        cells[-1] = (running[-1].row.id, "allotted", running[-1].allotted + minutes)
        cells += [(part.row.id, "allotted", part.allotted) for part in running[0].parts if part.state == "waiting"]
    return _command(cells, f"{minutes:+d} min for {_called(running[-1])}".replace("-", "−"))


def skipped_by(agenda: Plan, row_id: str = "") -> Item:
    """What a skip passes over: what has this id, if it waits; where it runs, or without an id, what comes next.

    What runs cannot be passed over itself: it has begun, and going on ends it. NotFound where nothing is passed over.
    """
    item = agenda.item(row_id)
    if item is not None and item.state in ("done", "skipped"):
        raise NotFound(f"{_called(item)} does not wait any more.", "Only what is still to come can be skipped.")
    coming = agenda.coming()
    return item if item is not None and item.state == "waiting" else _first([coming] if coming else [])


def skip(session: Session, step: str, now: dt.datetime, row_id: str = "") -> Command:
    """Pass over what `skipped_by` says: an activity, or a block with all that is in it."""
    agenda = plan(session, step)
    passed = skipped_by(agenda, row_id)
    moment = _moment(agenda, now)
    skipped = [passed, *(part for part in passed.parts if part.state == "waiting")]
    return _command([(item.row.id, "ended", moment) for item in skipped], f"skip {_called(passed)}")


def split(session: Session, row_id: str, now: dt.datetime, new_id: Callable[[], str]) -> Command:
    """Make two of a block: the second has the rest of its minutes, and the later half of its waiting activities.

    What runs is parted at the minute that it has reached. Both have the same words and questions. `new_id` gives the
    ids of the second one and of its questions, in this order.
    """
    item = _item(session, row_id)
    moved = [part for part in item.parts if part.state == "waiting"]
    moved = moved[(len(moved) + 1) // 2 :] if item.state == "waiting" else moved
    if moved:
        rest = min(sum(part.allotted for part in moved), item.allotted)
        rest_planned = min(sum(part.planned for part in moved), item.planned)
    else:
        reached = ceil(item.taken(now) / 60) if item.state == "running" else 0
        keep = reached if 0 < reached < item.allotted else (item.allotted + 1) // 2
        rest = item.allotted - keep
        rest_planned = item.planned * rest // item.allotted if item.allotted else 0
    if item.state not in ("waiting", "running") or not rest:
        raise NotFound(f"{_called(item)} cannot be split.", "Split a block that waits or runs and has two minutes.")
    keep, keep_planned = item.allotted - rest, item.planned - rest_planned
    least = item.row.minimum or 0
    cells: list[Cell] = [(row_id, "minutes", keep_planned), (row_id, "minimum", min(least, keep))]
    second = _planned(session, item) | {
        "block": _numbered(session, item), "minutes": rest_planned, "minimum": min(least, rest),
    }  # fmt: skip
    if item.row.allotted is not None or keep != keep_planned or rest != rest_planned:
        cells.append((row_id, "allotted", keep))
        second["allotted"] = rest
    at = _behind(session, item, without=moved)
    shared: list[Cell] = [(part.row.id, "allotted", part.allotted) for part in moved if part.allotted != part.own]
    second_id = new_id()
    parts = SetCells("agenda", (*((part.row.id, "part_of", second_id) for part in moved), *shared))
    asked = tuple((row.id, new_id()) for row in session.rows(OwnPrompt) if row.block == row_id)
    commands = (
        SetCells("agenda", tuple(cells)),
        AddRows("agenda", (NewRow(second_id, second),), at),
        parts,
        DuplicateRows("prompts", asked),
        SetCells("prompts", tuple((copy, "block", second_id) for _, copy in asked)),
    )
    return Together(commands, f"split {_called(item)}")


def add(session: Session, row_id: str, name: str, minutes: int, new_id: str) -> Command:
    """A new block behind this one; behind an activity, a new activity of the same block."""
    item = _item(session, row_id)
    values = _like(item, name, minutes) | {"kind": "work", "collects": "", "minimum": min(minutes, 5)}
    new = NewRow(new_id, values)
    return Together((AddRows("agenda", (new,), _behind(session, item)),), f"add {shorten(name, 30)}")


def shift(session: Session, row_id: str, distance: int) -> Command:
    """Have what waits come one place earlier (`distance` −1) or later (1) among what waits.

    A block moves with its activities, an activity inside its block. Nothing comes to stand before what has run, runs or
    was passed over. NotFound where it cannot.
    """
    item = _item(session, row_id)
    called, where = _called(item), "earlier" if distance < 0 else "later"
    if item.state != "waiting":
        raise NotFound(f"{called} does not wait any more.", "Only what is still to come can be moved.")
    agenda = plan(session, item.row.step)
    owner = next((block for block in agenda.blocks if item in block.parts), None)
    beside = owner.parts if owner else agenda.blocks
    place = beside.index(item)
    if distance < 0:
        passed = next((other for other in beside[place - 1 : place] if other.state == "waiting"), None)
    else:
        passed = next((other for other in beside[place + 1 :] if other.state == "waiting"), None)
    if passed is None:
        within = f"{_called(owner)}'s activities" if owner else "the blocks"
        raise NotFound(f"{called} cannot come any {where}.", f"It moves among {within} that wait.")
    ordered = _ordered_in(owner, item, passed, where) if owner else _ordered(session, item, passed, where)
    return Together(ordered, f"move {called} {where}")


def hold(session: Session, step: str, times: tuple[dt.time, dt.time], today: dt.date, new_id: str) -> Command:
    """Say when the step's meeting starts and must end; a meeting without a date gets its `meeting_day`."""
    start_at, end_at = times
    name = f"meeting {start_at:%H:%M}–{end_at:%H:%M}"
    meeting, day = meeting_on(session, step, today), meeting_day(session, today)
    if meeting is None:
        values = {"step": step, "date": day, "start": start_at, "end": end_at}
        return Together((AddRows("meetings", (NewRow(new_id, values),)),), name)
    cells = ((meeting.id, "start", start_at), (meeting.id, "end", end_at), (meeting.id, "date", meeting.date or day))
    return Together((SetCells("meetings", cells),), name)


def reset(session: Session, step: str) -> Command:
    """Have the agenda wait as if it had never been started; the plan stays."""
    cells = [cell for item in plan(session, step).rows() for cell in _cleared(item, *CLOCK_COLUMNS)]
    return _command(cells, "reset the clock")


def _started(item: Item, moment: dt.datetime) -> list[Cell]:
    cells = [(item.row.id, "started", moment)]
    first = next((part for part in item.parts if part.state == "waiting"), None)
    return [*cells, (first.row.id, "started", moment)] if first else cells


def _resumed(item: Item, now: dt.datetime) -> list[Cell]:
    return [(item.row.id, "paused", None), (item.row.id, "paused_minutes", round(item.stood(now) / 60, 4) or None)]


def _cleared(item: Item, *columns: str) -> list[Cell]:
    return [(item.row.id, column, None) for column in columns]


def _running(agenda: Plan) -> list[Item]:
    """The running block and its running activity."""
    running = [item for item in (agenda.running, agenda.activity) if item]
    if not running and agenda.over:
        raise NotFound("This agenda is over.", "Its clock can be reset, or the agenda rehearsed: both by name, Ctrl+P.")
    if not running:
        raise NotFound("Nothing runs.", "Enter starts the clock.")
    return running


def _first(items: Iterable[Item]) -> Item:
    for item in items:
        return item
    raise NotFound("Nothing is left to come.", "B goes back, A adds a block; Ctrl+P has reset and rehearse by name.")


def _item(session: Session, row_id: str) -> Item:
    row = session.get(Block, row_id)
    item = plan(session, row.step).item(row_id) if row else None
    if item is None:
        raise NotFound("That block is not there any more.", "Choose another one.")
    return item


def _behind(session: Session, item: Item, without: Iterable[Item] = ()) -> str:
    """The id of the last row that belongs to an item: what stands behind it comes next."""
    gone = {part.row.id for part in without}
    own = [item.row.id, *(part.row.id for part in item.parts if part.row.id not in gone)]
    return max(own, key=session["agenda"].positions.__getitem__)


def _ordered(session: Session, item: Item, passed: Item, where: str) -> tuple[Command, ...]:
    """A block to stand right before or behind another one, each of the two with its activities behind it."""
    rows = session["agenda"]
    before = rows.positions[passed.row.id] - 1
    last = (passed.parts or (passed,))[-1].row.id
    after = last if where == "later" else rows[before].id if before >= 0 else None
    move = MoveRows("agenda", (item.row.id,), after)
    if where == "later":
        return _gathered(passed), move, _gathered(item)
    return move, _gathered(passed), _gathered(item)


def _ordered_in(owner: Item, item: Item, passed: Item, where: str) -> tuple[Command, ...]:
    """An activity to stand right before or behind another one of its block."""
    ids = [owner.row.id, *(part.row.id for part in owner.parts)]
    after = passed.row.id if where == "later" else ids[ids.index(passed.row.id) - 1]
    return _gathered(owner), MoveRows("agenda", (item.row.id,), after)


def _gathered(block: Item) -> Command:
    """The activities of a block right behind it: in the table they may stand anywhere."""
    return MoveRows("agenda", tuple(part.row.id for part in block.parts), block.row.id)


def _planned(session: Session, item: Item) -> dict[str, Any]:
    """All that a row says but for what the clock filled in."""
    columns = session.catalogue["agenda"].columns
    return {column.name: column.get(item.row) for column in columns if column.name not in CLOCK_COLUMNS}


def _numbered(session: Session, item: Item) -> str:
    """A name for the second half of a block: `Voting (2)`, and where there is one already, `Voting (3)`."""
    taken = {row.block for row in session.rows(Block) if row.step == item.row.step}
    names = (f"{whole_name(item.row.block)} ({number})" for number in count(2))
    return next(name for name in names if name not in taken)


def _like(item: Item, name: str, minutes: int) -> dict[str, Any]:
    row = item.row
    same = {key: getattr(row, key) for key in ("step", "kind", "part_of", "collects", "groups")}
    return {**same, "block": name, "minutes": minutes}


def _moment(agenda: Plan, now: dt.datetime) -> dt.datetime:
    """The second of a move: the present one, or the one behind the last move."""
    last = max(agenda.stamps(), default=None)
    return _whole(now) if last is None else max(_whole(now), last + dt.timedelta(seconds=1))


def _whole(now: dt.datetime) -> dt.datetime:
    return now.astimezone(dt.UTC).replace(microsecond=0)


def _called(item: Item) -> str:
    return shorten(item.row.block, 30) or "the block"


def _command(cells: Iterable[Cell], name: str) -> Command:
    return Together((SetCells("agenda", tuple(cells)),), name)
