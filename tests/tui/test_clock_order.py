"""The agenda put in order while its clock runs, in the dialog and by name; today's meeting; a clock before its stamps."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

import pytest
from test_clock_keys import STEP, Now, header, new_session, press, running, runs, second, top, words

from cjworkshop.domain.commands import AddRows, NewRow, SetCells
from cjworkshop.facilitation.agenda import plan
from cjworkshop.facilitation.clock import reading
from cjworkshop.method.across import Block, Meeting, OwnPrompt
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.settings import Settings
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui.app import WorkshopApp
from cjworkshop.tui.modals.clock import ClockDialog, ClockFace
from cjworkshop.tui.modals.refit import RefitDialog
from cjworkshop.tui.screens.workshop import WorkshopScreen
from cjworkshop.tui.widgets.footer import Footer
from cjworkshop.tui.widgets.menu import Menu
from cjworkshop.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from cjworkshop.domain.session import Session


@pytest.fixture(autouse=True)
def _on_the_meridian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


def two_meetings() -> Session:
    session = new_session()
    last_week = {"step": STEP, "date": dt.date(2026, 3, 10), "start": dt.time(8), "end": dt.time(12)}
    return session.edited(AddRows("meetings", (NewRow("before", last_week),), after="").edits(session))


def times(session: Session) -> dict[dt.date | None, tuple[dt.time | None, dt.time | None]]:
    return {row.date: (row.start, row.end) for row in session.rows(Meeting)}


def blocks(session: Session) -> list[str]:
    return [block.row.block for block in plan(session, STEP).blocks]


def parts(session: Session, name: str) -> list[str]:
    return next(
        [part.row.block for part in block.parts] for block in plan(session, STEP).blocks if block.row.block == name
    )


def chosen(pilot: Pilot[int]) -> str:
    """The name of the block that the dialog's cursor is on."""
    dialog = pilot.app.screen
    assert isinstance(dialog, ClockDialog)
    row = dialog.desk.session.get(Block, str(dialog.query_one(Menu).chosen))
    assert row is not None
    return row.block


def said(pilot: Pilot[int]) -> str:
    return str(pilot.app.screen.query_one("#fault").render())


async def by_name(pilot: Pilot[int], name: str) -> None:
    await press(pilot, "ctrl+p", *name)
    await pilot.pause(0.3)
    await press(pilot, "enter")


async def test_the_times_of_todays_meeting_are_filled_in_and_no_other_ones(tmp_path: Path) -> None:
    async with running(tmp_path, two_meetings(), Now()) as (pilot, screen):
        before = times(screen.desk.session)
        assert len(before) == 2
        await press(pilot, "ctrl+t", "m", "enter")
        assert top(pilot) is ClockDialog
        assert times(screen.desk.session) == before, "Enter takes what stands there, and it is today's"
        await press(pilot, "m", *"9-16", "enter")
        assert times(screen.desk.session) == before | {dt.date(2026, 3, 17): (dt.time(9), dt.time(16))}


async def test_the_times_of_another_days_meeting_are_filled_in_under_that_day(tmp_path: Path) -> None:
    now = Now()
    now.moment -= dt.timedelta(days=2)
    async with running(tmp_path, new_session(), now) as (pilot, _):
        await press(pilot, "ctrl+t", "m")
        assert str(pilot.app.screen.query_one("#title").render()) == "Start and end · 2026-03-17"


async def test_the_evening_before_the_meeting_is_on_the_day_of_the_session(tmp_path: Path) -> None:
    now = Now()
    now.at(19)
    session = new_session(meeting=False)
    about = session["_meta"][0].id
    dated = SetCells("_meta", ((about, "date", dt.date(2026, 3, 18)),))
    async with running(tmp_path, session.edited(dated.edits(session)), now) as (pilot, screen):
        await press(pilot, "ctrl+t", "m")
        assert str(pilot.app.screen.query_one("#title").render()) == "Start and end · 2026-03-18"
        await press(pilot, *"9-15:30", "enter", "escape")
        assert times(screen.desk.session) == {dt.date(2026, 3, 18): (dt.time(9), dt.time(15, 30))}
        assert "begun" not in header(screen)
        now.moment += dt.timedelta(hours=15)
        await second(pilot, screen)
        assert "should have begun 09:00" in header(screen)
        await press(pilot, "ctrl+t", "m")
        assert str(pilot.app.screen.query_one("#title").render()) == "Start and end"


async def test_a_block_that_waits_is_moved_with_its_activities_while_the_clock_runs(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        now.at(9)
        await press(pilot, "ctrl+t", "enter")
        now.at(9, 10)
        read = reading(screen.desk.session, STEP, now(), dt.UTC)
        order = blocks(screen.desk.session)
        await press(pilot, *["down"] * 5)
        assert chosen(pilot) == "Let's get mapping"
        await press(pilot, "alt+up")
        moved = [order[0], "Let's get mapping", "Break", *order[3:]]
        assert blocks(screen.desk.session) == moved
        assert parts(screen.desk.session, "Let's get mapping")[0] == "Quick share"
        assert chosen(pilot) == "Let's get mapping", "the cursor goes with it"
        after = reading(screen.desk.session, STEP, now(), dt.UTC)
        assert (after.left, after.behind, after.end) == (read.left, read.behind, read.end)
        await press(pilot, "alt+up")
        assert blocks(screen.desk.session) == moved, "never before what runs"
        assert "cannot come any earlier" in said(pilot)
        await press(pilot, "alt+down", "alt+down")
        assert blocks(screen.desk.session) == [*order[:2], "Lunch", "Let's get mapping", *order[4:]]
        assert chosen(pilot) == "Let's get mapping"
        for expected in (order, moved, order):
            await press(pilot, "ctrl+z")
            assert blocks(screen.desk.session) == expected
        assert runs(screen.desk.session) == [order[0], "Overview"], "one undo each, and nothing of the clock"


async def test_an_activity_is_moved_inside_its_block_and_comes_next(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        now.at(9)
        await press(pilot, "ctrl+t", "enter", "down", "down")
        assert chosen(pilot) == "Who and what to map"
        await press(pilot, "alt+up", "alt+up")
        assert parts(screen.desk.session, "Introductions and objectives") == [
            "Overview", "Who and what to map", "Best practice", "Goals and triggers",
        ]  # fmt: skip
        assert "cannot come any earlier" in said(pilot)
        await press(pilot, "n")
        assert runs(screen.desk.session) == ["Introductions and objectives", "Who and what to map"]
        await press(pilot, "alt+down")
        assert "does not wait any more" in said(pilot)


async def test_both_halves_of_a_block_say_the_same_in_the_panel(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        now.at(9)
        await press(pilot, "ctrl+t", "enter", "x", "escape")
        first = " ".join(words(screen.query_one(Panel)).split())
        await press(pilot, "ctrl+t", "n", "escape")
        assert runs(screen.desk.session) == ["Introductions and objectives", "Overview (2)"]
        second = " ".join(words(screen.query_one(Panel)).split())
        assert "Say that the map is a guess" in first
        assert "Say that the map is a guess" in second


async def test_the_palette_has_the_re_fit(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        now.at(9, 30)
        await press(pilot, "ctrl+t", "enter", "escape")
        assert reading(screen.desk.session, STEP, now(), dt.UTC).behind == 30
        await by_name(pilot, "Clock: re-fit")
        assert top(pilot) is RefitDialog
        await press(pilot, "enter")
        assert top(pilot) is WorkshopScreen
        assert reading(screen.desk.session, STEP, now(), dt.UTC).behind == 0
        assert "Done: re-fit the agenda." in words(screen.query_one(Footer))
        await press(pilot, "ctrl+z")
        assert reading(screen.desk.session, STEP, now(), dt.UTC).behind == 30


async def test_the_palette_splits_adds_and_moves_what_comes_next(tmp_path: Path) -> None:
    async with running(tmp_path, new_session(), Now()) as (pilot, screen):
        order = blocks(screen.desk.session)
        first = order[0]
        await by_name(pilot, "Clock: split")
        order.insert(1, f"{first} (2)")
        assert blocks(screen.desk.session) == order
        await by_name(pilot, "Clock: add a block")
        await press(pilot, *"Stretch 10", "enter")
        order.insert(1, "Stretch")
        assert blocks(screen.desk.session) == order
        await by_name(pilot, "Clock: move later")
        assert blocks(screen.desk.session) == ["Stretch", first, *order[2:]]
        await by_name(pilot, "Clock: move earlier")
        assert "Stretch cannot come any earlier" in words(screen.query_one(Footer))


async def test_the_palette_means_the_block_under_the_cursor_of_the_agendas_table(tmp_path: Path) -> None:
    async with running(tmp_path, new_session(), Now()) as (pilot, screen):
        order = blocks(screen.desk.session)
        await press(pilot, "ctrl+t", *["down"] * 12, "e")
        row = screen.desk.session.get(Block, screen.grid.row_id)
        assert row is not None
        assert row.block == "Lunch"
        await by_name(pilot, "Clock: move earlier")
        assert blocks(screen.desk.session) == [*order[:2], "Lunch", "Let's get mapping", *order[4:]]
        assert screen.grid.row_id == row.id
        await by_name(pilot, "Clock: split")
        assert blocks(screen.desk.session)[2:4] == ["Lunch", "Lunch (2)"]


async def test_the_palette_has_the_meetings_times(tmp_path: Path) -> None:
    async with running(tmp_path, two_meetings(), Now()) as (pilot, screen):
        before = times(screen.desk.session)
        await by_name(pilot, "Clock: start and end")
        await press(pilot, *"9-17", "enter")
        assert times(screen.desk.session) == before | {dt.date(2026, 3, 17): (dt.time(9), dt.time(17))}


async def test_where_nothing_is_left_the_palette_says_so(tmp_path: Path) -> None:
    async with running(tmp_path, new_session(), Now()) as (pilot, screen):
        await press(pilot, "ctrl+t", *["n"] * 30, "escape")
        assert plan(screen.desk.session, STEP).over
        for name in ("Clock: split", "Clock: move later"):
            await by_name(pilot, name)
            assert "Nothing is left to come" in words(screen.query_one(Footer))


async def test_ones_own_questions_of_a_split_block_are_asked_in_both_halves(tmp_path: Path) -> None:
    session = new_session()
    overview = next(row.id for row in session.rows(Block) if row.block == "Overview")
    asked = NewRow("own", {"step": STEP, "prompt": "Who is missing here?", "block": overview})
    session = session.edited(AddRows("prompts", (asked,)).edits(session))
    async with running(tmp_path, session, Now()) as (pilot, screen):
        await press(pilot, "ctrl+t", "enter", "x", "n", "escape")
        assert runs(screen.desk.session) == ["Introductions and objectives", "Overview (2)"]
        assert "Who is missing here?" in " ".join(words(screen.query_one(Panel)).split())
        await press(pilot, "ctrl+t", "ctrl+z", "ctrl+z")
        assert len(screen.desk.session.rows(OwnPrompt)) == 1


async def test_a_clock_that_was_set_back_while_the_program_was_closed_is_told_of(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now, (80, 24)) as (pilot, screen):
        now.at(9)
        await press(pilot, "ctrl+t", "enter")
        assert "computer's clock" not in words(pilot.app.screen.query_one(ClockFace))
        await press(pilot, "escape", "ctrl+o")
        path = screen.desk.opened.path
    now.at(8, 30)
    store = SessionStore(tmp_path, CATALOGUE)
    app = WorkshopApp(store, Settings(), path, today=lambda: now().date(), now=now)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        for _ in range(100):
            await pilot.pause(0.02)
            if isinstance(app.screen, WorkshopScreen):
                break
        await press(pilot, "ctrl+t")
        dialog = app.screen
        assert isinstance(dialog, ClockDialog)
        face = " ".join(words(dialog.query_one(ClockFace)).split())
        assert "The computer's clock stands 30 min before the agenda's last stamp: set it right, or reset" in face
        sheet = dialog.query_one("#sheet")
        assert sheet.virtual_size.height <= sheet.size.height, "all of it is in view"
        now.at(9, 5)
        dialog._tick()
        await press(pilot, "down")
        assert "computer's clock" not in words(dialog.query_one(ClockFace))
        assert dialog.query_one(ClockFace).size.height == 3
        app.give_up()


async def test_a_terminal_of_another_size_leaves_the_chosen_block_chosen(tmp_path: Path) -> None:
    async with running(tmp_path, new_session(), Now()) as (pilot, _):
        await press(pilot, "ctrl+t", "down", "down", "down")
        menu = pilot.app.screen.query_one(Menu)
        chosen = menu.chosen
        assert chosen is not menu.entries[0].value
        await pilot.resize_terminal(100, 24)
        await pilot.pause()
        assert menu.chosen == chosen
        assert "cursor" in {found.role for line in menu.compose_lines(*menu.size) for found in line}, (
            "and it is in view"
        )
