"""What the clock of an agenda says: what runs, how long it still has, and when all will be over.

The clock is nothing but the stamps in the agenda's rows. It goes on while the program is closed, and one undo takes
a step of it back. Moments are aware; `now` is given. A meeting's times are those of the wall where it takes place:
`zone` is that place's time zone, the computer's own where it is None.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, NamedTuple

from cjworkshop.facilitation.agenda import plan
from cjworkshop.method.across import About, Meeting

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.domain.session import Session
    from cjworkshop.facilitation.agenda import Item, Plan

Level = Literal["normal", "low", "last", "over"]
"""How much time is left of what runs: more than 20 %, at most 20 %, at most 5 %, none."""

EARLY = dt.timedelta(hours=2)
"""How long before its meeting an agenda may be begun and still belong to it."""
JUMP = 60.0
"""Seconds by which the computer's clock must jump for anybody to be told."""


class Reading(NamedTuple):
    """What the clock of a step says at `now`.

    `left` and `block_left` are the seconds left of what runs (the activity, where there is one) and of its block,
    negative in over-time. `end` is when all will be over as things stand, `fixed` when it must be; `behind` is the
    difference in whole minutes, negative where the room is ahead. Without anything to hold, `end` and `fixed` are
    None. `coming` is the next activity or block.
    """

    plan: Plan
    now: dt.datetime
    block: Item | None
    activity: Item | None
    left: int
    block_left: int
    level: Level
    paused: bool
    end: dt.datetime | None
    fixed: dt.datetime | None
    behind: int
    coming: Item | None

    @property
    def running(self) -> Item | None:
        """What runs: the activity, else the block."""
        return self.activity or self.block


def reading(session: Session, step: str, now: dt.datetime, zone: dt.tzinfo | None = None) -> Reading:
    """What the clock of this step says."""
    agenda = plan(session, step)
    block, activity = agenda.running, agenda.activity
    running = activity or block
    left = running.left(now) if running else 0
    end, fixed = projected_end(session, agenda, now, zone), fixed_end(session, agenda, now, zone)
    return Reading(
        agenda,
        now,
        block,
        activity,
        left,
        block.left(now) if block else 0,
        level(left, running.allotted) if running else "normal",
        bool(running and running.row.paused),
        end,
        fixed,
        int((end - fixed).total_seconds() / 60) if end and fixed else 0,
        agenda.coming(),
    )


def level(left: int, minutes: int) -> Level:
    """How urgent `left` seconds of so many minutes are."""
    if left <= 0:
        return "over"
    share = left / (60 * minutes)
    return "last" if share <= 0.05 else "low" if share <= 0.2 else "normal"


def projected_end(
    session: Session, agenda: Plan, now: dt.datetime, zone: dt.tzinfo | None = None
) -> dt.datetime | None:
    """When all will be over, if each block takes what it has; when it was, where it is; None for an empty agenda."""
    if not agenda.blocks:
        return None
    if agenda.over:
        return max(agenda.stamps())
    rest = dt.timedelta(minutes=sum(block.allotted for block in agenda.waiting))
    block = agenda.running
    if block is not None:
        return now + dt.timedelta(seconds=max(block.left(now), 0)) + rest
    return (now if agenda.begun else max(now, _first(session, agenda, now, zone))) + rest


def fixed_end(session: Session, agenda: Plan, now: dt.datetime, zone: dt.tzinfo | None = None) -> dt.datetime | None:
    """When all must be over: the end of the step's meeting; without one, the planned minutes after the start."""
    if not agenda.blocks:
        return None
    window = meeting_window(session, agenda, now, zone)
    if window is not None:
        return window[1]
    return _first(session, agenda, now, zone) + dt.timedelta(minutes=agenda.planned)


def _first(session: Session, agenda: Plan, now: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    """When the agenda was begun, else when it is meant to be, else now."""
    starts = [item.row.started for item in agenda.rows() if item.row.started]
    if starts:
        return min(starts)
    window = meeting_window(session, agenda, now, zone)
    return window[0] if window else now


def meeting_window(
    session: Session, agenda: Plan, now: dt.datetime, zone: dt.tzinfo | None = None
) -> tuple[dt.datetime, dt.datetime] | None:
    """Start and end of the step's meeting as moments; None where it has no end.

    A meeting that ends before it starts goes over midnight. It takes place on the day on which the clock was begun,
    whatever its date says, and where it was begun at another time of day than planned it has its planned length. Before
    the clock is begun a meeting of the past is taken to be held today.
    """
    starts = [item.row.started for item in agenda.rows() if item.row.started]
    begun = min(starts) if starts else None
    today = _local(begun or now, zone).date()
    meeting = meeting_on(session, agenda.step, today)
    if meeting is None or meeting.end is None:
        return None
    length = dt.timedelta(minutes=agenda.planned)
    meant = meeting.date if meeting.date and (begun or meeting.date >= today) else today
    windows = []
    for day in dict.fromkeys((meant, today, today - dt.timedelta(days=1))):
        end = _moment(day, meeting.end, zone)
        start = _moment(day, meeting.start, zone) if meeting.start else end - length
        if meeting.start and end <= start:
            end = _moment(day + dt.timedelta(days=1), meeting.end, zone)
        if begun is None or start - EARLY <= begun < end:
            return start, end
        windows.append((start, end))
    start, end = windows[0]
    return (begun, begun + (end - start)) if begun else None


def meeting_on(session: Session, step: str, day: dt.date) -> Meeting | None:
    """The step's meeting on this day; without one the next, else one without a date, else the last. None without any.

    Those without an end come behind those with one.
    """

    def distance(meeting: Meeting) -> tuple[bool, int, int]:
        days = (meeting.date - day).days if meeting.date else 0
        return (
            meeting.end is None,
            0 if days == 0 and meeting.date else 1 if days > 0 else 2 if not days else 3,
            abs(days),
        )

    return min((row for row in session.rows(Meeting) if row.step == step), key=distance, default=None)


def meeting_day(session: Session, today: dt.date) -> dt.date:
    """The day of a meeting that says none: the session's own where that is still to come, else today."""
    return max(session.record(About).date or today, today)


def due_start(session: Session, step: str, now: dt.datetime, zone: dt.tzinfo | None = None) -> dt.datetime | None:
    """When an agenda should have begun whose meeting goes on now and that waits all the same; None for all others."""
    agenda = plan(session, step)
    if not agenda.blocks or agenda.begun:
        return None
    window = meeting_window(session, agenda, now, zone)
    return window[0] if window and window[0] < now < window[1] else None


def before_its_stamps(session: Session, step: str, now: dt.datetime) -> str:
    """What to say where the computer's clock stands before the last stamp of this step's agenda; empty elsewhere.

    It was set back while the program was closed, or stood ahead when the stamp was made: nothing that the agenda's clock
    says is true then. An agenda that is over is past caring.
    """
    agenda = plan(session, step)
    paused = [item.row.paused for item in agenda.rows() if item.row.paused]
    last = max([*agenda.stamps(), *paused], default=now)
    far = (last - now).total_seconds()
    if far < JUMP or agenda.over:  # moves in one second are stamped a second apart
        return ""
    where = f"The computer's clock stands {_length(far)} before the agenda's last stamp"
    return f"{where}: set it right, or reset the agenda's clock."


def _moment(day: dt.date, time: dt.time, zone: dt.tzinfo | None) -> dt.datetime:
    wall = dt.datetime.combine(day, time.replace(tzinfo=None))
    return (wall.replace(tzinfo=zone) if zone else wall.astimezone()).astimezone(dt.UTC)


def _local(moment: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    return moment.astimezone(zone)


class SteadyNow:
    """The time, from a computer whose clock may be set back or that may have slept.

    `wall` gives the time in UTC and `monotonic` seconds that only ever grow. Where the wall's clock is set back, the
    time goes on as if it had not been; where it jumps ahead, as after a sleep, the time does too. `news` tells of
    either, once.
    """

    def __init__(self, wall: Callable[[], dt.datetime], monotonic: Callable[[], float]) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._ahead = dt.timedelta()
        self._last, self._tick = wall(), monotonic()
        self._news = ""

    def __call__(self) -> dt.datetime:
        """The time."""
        tick, wall = self._monotonic(), self._wall()
        due = self._last + dt.timedelta(seconds=max(tick - self._tick, 0))
        jump = (wall + self._ahead - due).total_seconds()
        if jump < -1:
            self._ahead -= dt.timedelta(seconds=jump)
            if jump < -JUMP:
                self._news = "The computer's clock was set back; the agenda's clock goes on as before."
        elif jump > JUMP and self._ahead:
            self._ahead -= min(self._ahead, dt.timedelta(seconds=jump))
        elif jump > JUMP:
            self._news = f"{_length(jump)} passed while the computer slept."
        self._last, self._tick = max(wall + self._ahead, self._last), tick
        return self._last

    def take_news(self) -> str:
        """What happened to the computer's clock, once; empty where nothing did."""
        news, self._news = self._news, ""
        return news


def _length(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes >= 2 * 1440:
        return f"{minutes // 1440} days"
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02d} min"
