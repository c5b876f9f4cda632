"""The clock as the screen shows it: words for header and panel, and what is said or rung when time runs out.

Nothing here knows of Textual. While no clock runs, all of it costs a comparison.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cjworkshop.facilitation.agenda import plan, running_step
from cjworkshop.facilitation.clock import SteadyNow, before_its_stamps, due_start, reading
from cjworkshop.facilitation.script import prompts, script
from cjworkshop.method.across import Block, Meeting
from cjworkshop.method.steps import ACROSS, STEPS
from cjworkshop.tui.widgets.panel import AgendaLine, Doing

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.domain.session import Rows, Session
    from cjworkshop.facilitation.agenda import Item, Plan
    from cjworkshop.facilitation.clock import Level, Reading
    from cjworkshop.facilitation.script import Script
    from cjworkshop.method.step import Prompt, Step

SIGNS: dict[Level, tuple[str, str]] = {
    "normal": ("", "accent"),
    "low": ("! ", "warn"),
    "last": ("!! ", "bad"),
    "over": ("+", "bad"),
}
"""What stands before the time left, and its role: colour is never alone."""
LEVELS = tuple(SIGNS)
LARGE = {"bad": "alarm"}
"""Roles that have a ground of their own, and what stands large in their place."""
STILL = dt.timedelta(milliseconds=50)
"""For how long a reading of the same rows still holds: one key asks for it several times."""
AHEAD = dt.timedelta(minutes=2)
"""By how much a last stamp may lie ahead of the clock: blocks ended at once one behind the other take a second each."""
HOURS_FROM = 600
"""Minutes behind or ahead from which hours are said."""


class Clockwork:
    """The clock of an open session. `session` gives it as it stands; `zone` is that of the room's wall."""

    def __init__(
        self, session: Callable[[], Session], now: Callable[[], dt.datetime], zone: dt.tzinfo | None = None
    ) -> None:
        self._session = session
        self.now = now
        self.zone = zone
        self._seen: Session | None = None
        self._running = ""
        self._rung: tuple[str, Level] = ("", "normal")
        self._doubted = False
        self._read: tuple[str, Rows, Rows, Reading] | None = None

    @property
    def running(self) -> str:
        """The key of the step whose clock runs; empty where none does."""
        session = self._session()
        if session is not self._seen:
            self._seen, self._running = session, running_step(session)
        return self._running

    def reading(self, step: str = "") -> Reading:
        """What the clock of a step says, by default of the one that runs."""
        session, now, step = self._session(), self.now(), step or self.running
        agenda, meetings = (session[row_type.__table__.name] for row_type in (Block, Meeting))
        if self._read is not None:
            its, rows, others, read = self._read
            if its == step and rows is agenda and others is meetings and dt.timedelta() <= now - read.now < STILL:
                return read
        read = reading(session, step, now, self.zone)
        self._read = step, agenda, meetings, read
        return read

    def wall(self, moment: dt.datetime) -> str:
        """A moment as the clock on the wall shows it."""
        return f"{moment.astimezone(self.zone):%H:%M}"

    def face(self, step: str) -> tuple[tuple[str, str], ...]:
        """What the header shows of the clock that runs, as (words, role).

        Where none does: that this step's meeting should have begun, if it should, or how it stands on its day.
        """
        if not self.running:
            return self._still(step)
        read = self.reading()
        left, role = left_words(read)
        which = ("part " if read.activity else "block ") if read.level == "over" else ""
        return ((which + left, role), (self.wall(read.now), ""), lead_words(read))

    def _still(self, step: str) -> tuple[tuple[str, str], ...]:
        session = self._session()
        started = [row.started for row in session.rows(Block) if row.step == step]
        if not any(started) and not (started and session.rows(Meeting)):
            return ()
        read = self.reading(step)
        if read.plan.begun:
            latest = max(read.plan.stamps())
            days = {moment.astimezone(self.zone).date() for moment in (latest, read.now)}
            if latest - read.now > AHEAD or len(days) > 1:
                return ()
            if read.plan.over:
                return ((f"ended {self.wall(min(latest, read.now))}", "dim"), lead_words(read))
            return (("stopped", "dim"), (self.wall(read.now), ""), lead_words(read))
        late = self.late_words(step)
        return ((late, "warn"), (self.wall(read.now), "")) if late else ()

    def late_words(self, step: str) -> str:
        """That this step's meeting should have begun, and when, where it should and has not; else empty."""
        due = due_start(self._session(), step, self.now(), self.zone)
        return f"should have begun {self.wall(due)}" if due else ""

    def rings(self) -> bool:
        """Whether what runs has just come to 20 %, 5 % or the end of its time: once for each, never for more time."""
        if not self.running:
            return False
        read = self.reading()
        item = read.running
        here = (item.row.id if item else "", read.level)
        before, self._rung = self._rung, here
        return before[0] == here[0] and LEVELS.index(here[1]) > LEVELS.index(before[1])

    def take_news(self) -> str:
        """What happened to the computer's clock while one of ours ran, here or before the program was started; once."""
        news = self.now.take_news() if isinstance(self.now, SteadyNow) else ""
        if not self.running:
            return ""
        if not news and not self._doubted:
            news = before_its_stamps(self._session(), self.running, self.now())
            self._doubted = bool(news)
        return news

    # What the panel says

    def script(self, step: str) -> Script | None:
        """The script of what runs in this step, if something does."""
        if self.running != step:
            return None
        read = self.reading()
        return script(self._session(), step, read.block, read.activity, read.behind)

    def prompts(self, step: str) -> tuple[Prompt, ...]:
        """What to ask in this step now."""
        running = self.script(step)
        return running.prompts if running else prompts(self._session(), step)

    def doing(self, step: str, *, ascii_only: bool = False) -> Doing:
        """What the panel says of the clock: that of this step, unless another one's runs."""
        session, shown = self._session(), self.running or step
        agenda = plan(session, shown)
        lines = agenda_lines(agenda, ascii_only=ascii_only)
        name = _step(shown).short if shown != step else ""
        if not self.running:
            return Doing(name, lines, _length(agenda.allotted))
        read = self.reading()
        words = script(session, shown, read.block, read.activity, read.behind)
        text, role = left_words(read)
        groups = next((item.row.groups for item in (read.activity, read.block) if item and item.row.groups), ())
        lead, _ = lead_words(read)
        return Doing(
            name,
            lines,
            f"ends {self.wall(read.end)}" if read.end else "",
            (text if read.paused or read.level == "over" else f"{text} left", role),
            "; ".join(groups),
            words.how,
            (lead, words.fallback) if words.fallback else ("", ""),
            (session.catalogue[words.collects].title, words.collects)
            if words.collects in session.catalogue
            else ("", ""),
        )


def left_words(read: Reading) -> tuple[str, str]:
    """The time left of what runs, as (words, role): `07:42`, `! 01:59`, `+00:20`, `paused 07:42`."""
    sign, role = SIGNS[read.level]
    text = f"{sign}{minutes_seconds(read.left)}"
    return (f"paused {text}", "dim") if read.paused else (text, role)


def lead_words(read: Reading) -> tuple[str, str]:
    """How far the room is behind or ahead of the fixed end, as (words, role); in over-time, that it is the day's."""
    day = "day " if read.level == "over" else ""
    if not read.behind:
        return f"{day}on time", "dim"
    far = abs(read.behind)
    amount = f"{far}" if far < HOURS_FROM else f"{far // 60} h" if far < HOURS_FROM * 10 else f"{far // 1440} d"
    return (f"{day}{amount} behind", "warn") if read.behind > 0 else (f"{day}{amount} ahead", "good")


def minutes_seconds(seconds: int) -> str:
    """`07:42`; `1:40:00` from 100 minutes on, `3 d` from 100 hours on. The sign is not shown."""
    minutes, rest = divmod(abs(seconds), 60)
    if minutes < 100:
        return f"{minutes:02d}:{rest:02d}"
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}" if minutes < 6000 else f"{minutes // 1440} d"


def agenda_lines(agenda: Plan, *, ascii_only: bool = False) -> tuple[AgendaLine, ...]:
    """The agenda for the panel: while a block runs, the activities of that block only."""
    running = agenda.running
    lines = []
    for block in agenda.blocks:
        lines.append(_line(block, ascii_only=ascii_only))
        if running is None or block is running:
            lines += [_line(part, inside=True, ascii_only=ascii_only) for part in block.parts]
    return tuple(lines)


def _line(item: Item, *, inside: bool = False, ascii_only: bool) -> AgendaLine:
    return AgendaLine(
        item.row.block, minutes_words(item, ascii_only=ascii_only), inside, item.is_break, item.state, item.row.id
    )


def minutes_words(item: Item, *, ascii_only: bool = False) -> str:
    """Its minutes, and before them the planned ones where they are others: `75→63`, `75→90` where it took 90."""
    if item.state == "skipped":
        return "skipped"
    if item.row.minutes is None and item.actual is None and not item.allotted:
        return ""
    now = item.allotted if item.actual is None else item.actual
    arrow = ">" if ascii_only else "→"
    return f"{now}" if now == item.planned else f"{item.planned}{arrow}{now}"


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02d}" if hours else f"{rest} min"


def _step(key: str) -> Step:
    return next(step for step in (*STEPS, ACROSS) if step.key == key)
