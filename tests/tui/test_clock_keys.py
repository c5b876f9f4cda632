"""The clock by keys, in a time that the test makes pass: a whole day, a re-fit, a rehearsal."""

from __future__ import annotations

import datetime as dt
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.facilitation.agenda import plan
from cjworkshop.facilitation.clock import SteadyNow, reading
from cjworkshop.imports.sample import sample
from cjworkshop.method.across import Block, Meeting
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.method.template import Template, begin
from cjworkshop.settings import Settings
from cjworkshop.storage.ids import new_id
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui.app import WorkshopApp
from cjworkshop.tui.modals.clock import ClockDialog, ClockFace
from cjworkshop.tui.modals.refit import RefitDialog
from cjworkshop.tui.screens.workshop import WorkshopScreen
from cjworkshop.tui.widgets.footer import Footer
from cjworkshop.tui.widgets.header import Header
from cjworkshop.tui.widgets.menu import Menu
from cjworkshop.tui.widgets.panel import AskLine, Panel

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.widget import Widget

    from cjworkshop.domain.session import Session

STEP = "employee-workshop"


@pytest.fixture(autouse=True)
def _on_the_meridian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


class Now:
    """A time that a test puts on."""

    def __init__(self) -> None:
        self.moment = dt.datetime(2026, 3, 17, 8, 55, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.moment

    def at(self, hour: int, minute: int = 0, second: int = 0) -> None:
        self.moment = dt.datetime(2026, 3, 17, hour, minute, second, tzinfo=dt.UTC)


def new_session(*, meeting: bool = True) -> Session:
    session = begin(CATALOGUE, Template("t", "T"), {"name": "Day"}, client="Bank", journey="I pay", new_id=new_id)
    if not meeting:
        return session
    values = {"step": STEP, "date": dt.date(2026, 3, 17), "start": dt.time(9), "end": dt.time(15, 30)}
    return session.edited(AddRows("meetings", (NewRow("m", values),)).edits(session))


@asynccontextmanager
async def running(
    folder: Path,
    session: Session,
    now: Callable[[], dt.datetime],
    size: tuple[int, int] = (120, 36),
    **settings: object,
) -> AsyncIterator[tuple[Pilot[int], WorkshopScreen]]:
    store = SessionStore(folder, CATALOGUE)
    app = WorkshopApp(store, Settings(**settings), store.create(session), today=lambda: now().date(), now=now)  # type: ignore[arg-type]
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        for _ in range(100):
            await pilot.pause(0.02)
            if isinstance(app.screen, WorkshopScreen):
                break
        screen = app.screen
        assert isinstance(screen, WorkshopScreen)
        await press(pilot, "ctrl+g", "2")
        yield pilot, screen
        app.give_up()


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    for _ in range(4):
        await pilot.pause(0.02)


async def second(pilot: Pilot[int], screen: WorkshopScreen) -> None:
    """What happens each second."""
    screen._tick()
    if isinstance(pilot.app.screen, ClockDialog):
        pilot.app.screen._tick()
    await pilot.pause()


def top(pilot: Pilot[int]) -> type:
    return type(pilot.app.screen)


def kept(folder: Path) -> dict[Path, bytes]:
    """All files but the one that says where one is."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "place" not in path.name}


def words(board: Widget) -> str:
    return "\n".join(board.render_line(y).text for y in range(board.size.height))


def header(screen: WorkshopScreen) -> str:
    return words(screen.query_one(Header))


def runs(session: Session) -> list[str]:
    return [item.row.block for item in plan(session, STEP).rows() if item.state == "running"]


OVERRUN = [
    (9, 0),
    (9, 24),
    (9, 42),
    (10, 6),
    (10, 30),
    (10, 45),
    (11, 7),
    (11, 35),
    (11, 52),
    (12, 8),
    (12, 25),
    (13, 10),
]
"""When the next thing begins in a day whose introductions took 90 minutes and whose mapping took 100."""


async def test_the_day_of_the_employee_workshop_with_both_overruns_ends_at_half_past_three(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        await press(pilot, "ctrl+t")
        for place, (hour, minute) in enumerate(OVERRUN):
            now.at(hour, minute)
            await press(pilot, "n" if place else "enter")
        assert runs(screen.desk.session) == ["Critical moments", "Pain points"]
        await second(pilot, screen)
        assert "25 behind" in header(screen)
        face = pilot.app.screen.query_one(ClockFace)
        assert "ends 15:55, due 15:30" in words(face)
        await press(pilot, "r")
        assert top(pilot) is RefitDialog
        shown = words(pilot.app.screen.query_one(Menu))
        assert all(part in shown for part in ("75 →   63", "60 →   50", "15 →   12"))
        await press(pilot, "enter")
        assert top(pilot) is ClockDialog
        read = reading(screen.desk.session, STEP, now(), dt.UTC)
        assert (read.behind, read.end) == (0, read.fixed)
        minutes = [(13, 23), (13, 31), (13, 52), (14, 13), (14, 28), (14, 53), (15, 18), (15, 30)]
        for hour, minute in minutes:
            now.at(hour, minute)
            await press(pilot, "n")
            assert reading(screen.desk.session, STEP, now(), dt.UTC).behind == 0
        agenda = plan(screen.desk.session, STEP)
        assert agenda.over
        assert max(agenda.stamps()) == now()
        assert [block.actual for block in agenda.blocks] == [90, 15, 100, 45, 63, 15, 50, 12]
        assert [block.planned for block in agenda.blocks] == [75, 15, 90, 45, 75, 15, 60, 15]


async def test_the_clock_stands_in_the_header_at_every_size_and_in_the_panel(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        assert "on time" not in header(screen)
        now.at(9)
        await press(pilot, "ctrl+t", "space", "escape")
        now.at(9, 12, 18)
        await second(pilot, screen)
        for width, height in ((120, 36), (200, 50), (80, 24)):
            await pilot.resize_terminal(width, height)
            await pilot.pause(0.05)
            line = header(screen)
            assert "07:42" in line
            assert "09:12" in line
            assert "on time" in line
            assert "Employee workshop" in line
            assert "saved" in line
        await pilot.resize_terminal(120, 36)
        await pilot.pause(0.05)
        panel = words(screen.query_one(Panel))
        assert "▸ Introductions" in panel
        assert "▸ Overview" in panel
        assert "07:42 left" in panel
        assert "ends 15:30" in panel
        assert "Say that the map is a guess" in " ".join(panel.split())
        assert "Quick share" not in panel, "only the activities of what runs"


async def test_colour_is_never_alone_when_time_runs_out(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now, (80, 24), sounds=True) as (pilot, screen):
        bells: list[int] = []
        screen.app.bell = lambda: bells.append(1)  # type: ignore[method-assign]
        now.at(9)
        await press(pilot, "ctrl+t", "enter", "escape")
        seen = []
        for minute, second_ in ((15, 0), (16, 0), (16, 30), (19, 0), (19, 30), (20, 0), (22, 5)):
            now.at(9, minute, second_)
            await second(pilot, screen)
            seen.append((header(screen).split("saved")[1].split("09:")[0].strip(), len(bells)))
        assert seen == [
            ("05:00", 0), ("! 04:00", 1), ("! 03:30", 1), ("!! 01:00", 2), ("!! 00:30", 2), ("part +00:00", 3), ("part +02:05", 3),
        ]  # fmt: skip
        assert "2 behind" not in header(screen), "the block still has its minutes"


async def test_without_sounds_it_is_quiet(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now, sounds=False) as (pilot, screen):
        bells: list[int] = []
        screen.app.bell = lambda: bells.append(1)  # type: ignore[method-assign]
        now.at(9)
        await press(pilot, "ctrl+t", "enter", "escape")
        now.at(9, 18)
        await second(pilot, screen)
        assert not bells


async def test_pause_minutes_back_and_undo_by_letters(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        now.at(9)
        await press(pilot, "ctrl+t", "enter")
        now.at(9, 5)
        await press(pilot, "space")
        now.at(9, 30)
        await second(pilot, screen)
        assert "paused 15:00" in header(screen)
        await press(pilot, "enter", "5", "plus", "plus", "minus")
        overview = next(item for item in plan(screen.desk.session, STEP).rows() if item.row.block == "Overview")
        assert overview.allotted == 26
        assert overview.left(now()) == 21 * 60
        await press(pilot, "s", "n")
        assert runs(screen.desk.session) == ["Introductions and objectives", "Who and what to map"]
        await press(pilot, "b")
        assert runs(screen.desk.session) == ["Introductions and objectives", "Overview"]
        await press(pilot, "ctrl+z")
        assert runs(screen.desk.session) == ["Introductions and objectives", "Who and what to map"]
        await press(pilot, "escape")
        assert top(pilot) is WorkshopScreen


async def test_the_meeting_is_set_a_block_added_split_and_edited(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(meeting=False), now) as (pilot, screen):
        await press(pilot, "ctrl+t", "m", *"later", "enter")
        assert "two times of day" in str(pilot.app.screen.query_one("#fault").render())
        await press(pilot, *["backspace"] * 5, *"9-15.30", "enter")
        (meeting,) = screen.desk.session.rows(Meeting)
        assert (meeting.step, meeting.date, meeting.start, meeting.end) == (
            STEP, dt.date(2026, 3, 17), dt.time(9), dt.time(15, 30),
        )  # fmt: skip
        await press(pilot, "a", *"Stretch 10", "enter")
        names = [block.row.block for block in plan(screen.desk.session, STEP).blocks]
        assert names[:2] == ["Introductions and objectives", "Stretch"]
        await press(pilot, "x")
        names = [block.row.block for block in plan(screen.desk.session, STEP).blocks]
        assert names[:3] == ["Introductions and objectives", "Stretch", "Stretch (2)"], "the new one was chosen"
        await press(pilot, "down", "e")
        assert top(pilot) is WorkshopScreen
        assert screen.desk.table == "agenda"
        row = screen.desk.session.get(Block, screen.grid.row_id)
        assert row is not None
        assert row.block == "Stretch (2)"


async def test_what_cannot_be_done_is_said_and_nothing_changes(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now, (80, 24)) as (pilot, screen):
        before = screen.desk.session
        for key, said in (("plus", "Nothing runs"), ("b", "has not been started"), ("ctrl+z", "Nothing to undo")):
            await press(pilot, *(("ctrl+t",) if key == "plus" else ()), key)
            assert said in str(pilot.app.screen.query_one("#fault").render())
        assert screen.desk.session == before


async def test_a_re_fit_that_cannot_fit_says_by_how_much(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        now.at(14)
        before = screen.desk.session
        await press(pilot, "ctrl+t", "r")
        text = str(pilot.app.screen.query_one("#text").render())
        assert "does not fit by 130 minutes" in text
        assert "Most is needed by Let's get mapping 45, Introductions and objectives 30, Critical moments 30." in text
        shown = [" ".join(line.split()) for line in words(pilot.app.screen.query_one(Menu)).splitlines()]
        assert "Let's get mapping 90 least 45" in shown
        assert "Lunch 45 as it is" in shown
        assert "Overview 20" in shown, "the activities are not in the way"
        await press(pilot, "enter")
        assert top(pilot) is ClockDialog
        assert screen.desk.session == before


async def test_it_goes_on_while_the_program_is_closed(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        now.at(9)
        await press(pilot, "ctrl+t", "enter", "escape", "ctrl+o")
        path = screen.desk.opened.path
    now.at(9, 12, 18)
    app = WorkshopApp(SessionStore(tmp_path, CATALOGUE), Settings(), path, today=lambda: now().date(), now=now)
    async with app.run_test(size=(120, 36), notifications=True, tooltips=True) as pilot:
        for _ in range(100):
            await pilot.pause(0.02)
            if isinstance(app.screen, WorkshopScreen):
                break
        assert isinstance(app.screen, WorkshopScreen)
        await pilot.pause(0.05)
        assert "07:42  09:12  on time" in header(app.screen)
        app.give_up()


async def test_a_sleeping_computer_is_told_of_once_and_the_time_counts(tmp_path: Path) -> None:
    wall, ticks = Now(), [0.0]
    steady = SteadyNow(wall, lambda: ticks[0])
    async with running(tmp_path, new_session(), steady) as (pilot, screen):
        await press(pilot, "ctrl+t", "m", *["backspace"] * 11, *"8:55-15:30", "enter", "enter", "escape")
        wall.at(9, 35)
        ticks[0] = 1.0
        await second(pilot, screen)
        assert "40 min passed while the computer slept" in words(screen.query_one(Footer))
        assert "+20:00  09:35" in header(screen)
        screen.footer.hush()
        ticks[0] = 2.0
        await second(pilot, screen)
        assert "slept" not in words(screen.query_one(Footer))
        wall.at(8, 0)
        ticks[0] = 62.0
        await second(pilot, screen)
        assert "clock was set back" in words(screen.query_one(Footer))
        assert "+21:0" in header(screen)


async def test_the_palette_has_each_move_by_name(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        now.at(9)
        await press(pilot, "ctrl+p", *"Clock: next")
        await pilot.pause(0.3)
        await press(pilot, "enter")
        assert runs(screen.desk.session) == ["Introductions and objectives", "Overview"]


async def test_while_it_runs_what_it_asks_is_asked(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now, (80, 24)) as (pilot, screen):
        now.at(9)
        await press(pilot, "ctrl+t", "enter", *["n"] * 5, "escape")
        assert runs(screen.desk.session) == ["Let's get mapping", "Quick share"]
        assert "Which parts would the customer say" in words(screen.query_one(AskLine))
        await press(pilot, "ctrl+t", "n", "escape")
        assert "What do you do right before this?" in words(screen.query_one(AskLine))
        await press(pilot, "f3")
        assert "What do you hope?" in words(screen.query_one(AskLine))


async def test_another_step_on_the_screen_still_shows_the_clock_that_runs(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        now.at(9)
        await press(pilot, "ctrl+t", "enter", "escape", "ctrl+g", "5")
        await second(pilot, screen)
        assert "20:00" in header(screen)
        panel = words(screen.query_one(Panel))
        assert "EMPLOYEE WORKSHOP" in panel
        assert "▸ Overview" in panel
        await press(pilot, "ctrl+t")
        assert "Clock · Employee workshop" in str(pilot.app.screen.query_one("#title").render())


async def test_a_rehearsal_runs_on_a_copy_and_leaves_the_session_alone(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        await press(pilot, "ctrl+g", "b")
        await pilot.pause(0.3)
        files = kept(tmp_path)
        session = screen.desk.session
        await press(pilot, "ctrl+p", *"Rehearse this")
        await pilot.pause(0.3)
        await press(pilot, "enter")
        await press(pilot, "enter")
        for _ in range(100):
            await pilot.pause(0.02)
            if pilot.app.screen is not screen and isinstance(pilot.app.screen, WorkshopScreen):
                break
        copy = pilot.app.screen
        assert isinstance(copy, WorkshopScreen)
        await pilot.pause(0.1)
        assert "REHEARSAL" in header(copy)
        assert "Ctrl+T, Enter starts the agenda.  Ctrl+O ends it." in words(copy.footer)
        waiting = copy.desk.now()
        await pilot.pause(0.1)
        assert copy.desk.now() == waiting, "time passes once the agenda is started"
        assert len(copy.desk.session["touchpoints"]) == len(sample(CATALOGUE)["touchpoints"])
        assert [item.row.block for item in plan(copy.desk.session, STEP).rows()] == [
            item.row.block for item in plan(session, STEP).rows()
        ]
        folder = copy.desk.opened.path.parent
        assert tmp_path not in folder.parents
        await press(pilot, "ctrl+t", "enter", "n", "escape")
        assert runs(copy.desk.session) == ["Introductions and objectives", "Best practice"]
        started = copy.desk.now()
        await pilot.pause(0.2)
        assert copy.desk.now() - started >= dt.timedelta(seconds=10), "a minute a second"
        await press(pilot, "ctrl+o")
        await pilot.pause(0.2)
        assert pilot.app.screen is screen
        assert screen.desk.table == "touchpoints"
        assert not folder.exists()
        assert screen.desk.session is session
        assert kept(tmp_path) == files
        await press(pilot, *"Wait")
        assert "REHEARSAL" not in header(screen)


async def test_quitting_from_a_rehearsal_closes_the_session_below_too(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        await press(pilot, "ctrl+p", *"Rehearse this")
        await pilot.pause(0.3)
        await press(pilot, "enter")
        await press(pilot, "enter")
        for _ in range(100):
            await pilot.pause(0.02)
            if pilot.app.screen is not screen and isinstance(pilot.app.screen, WorkshopScreen):
                break
        await press(pilot, "ctrl+q")
        await pilot.pause(0.3)
        assert pilot.app.return_code == 0
        assert screen._left
