"""Which meeting's clock `Ctrl+T` shows: the one that runs, else that of the row under the cursor, else the last seen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from test_clock_keys import STEP, Now, new_session, press, running

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.facilitation.agenda import plan
from cjworkshop.method.across import Block
from cjworkshop.tui.modals.clock import ClockDialog
from cjworkshop.tui.widgets.rail import GoToCell

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from cjworkshop.domain.session import Session
    from cjworkshop.tui.screens.workshop import WorkshopScreen


@pytest.fixture(autouse=True)
def _on_the_meridian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


def shown(pilot: Pilot[int]) -> str:
    """The title of the clock."""
    assert isinstance(pilot.app.screen, ClockDialog)
    return str(pilot.app.screen.query_one("#title").render())


def step_under_cursor(screen: WorkshopScreen) -> str:
    row = screen.desk.session.get(Block, screen.grid.row_id)
    return row.step if row else ""


def orders(session: Session) -> dict[str, list[str]]:
    return {
        step: [item.row.id for item in plan(session, step).rows()] for step in {row.step for row in session.rows(Block)}
    }


async def test_from_the_agendas_table_it_is_the_clock_of_the_row_under_the_cursor(tmp_path: Path) -> None:
    async with running(tmp_path, new_session(), Now()) as (pilot, screen):
        await press(pilot, "ctrl+t", "e")
        assert screen.desk.table == "agenda"
        assert step_under_cursor(screen) == STEP
        await press(pilot, "ctrl+t")
        assert shown(pilot) == "Clock · Employee workshop"
        await press(pilot, "escape", "ctrl+home")
        assert step_under_cursor(screen) == "discovery"
        await press(pilot, "ctrl+t")
        assert shown(pilot) == "Clock · Discovery meeting"


async def test_from_the_meetings_too(tmp_path: Path) -> None:
    session = new_session()
    session = session.edited(AddRows("meetings", (NewRow("later", {"step": "redesign"}),)).edits(session))
    async with running(tmp_path, session, Now()) as (pilot, screen):
        screen.go_to_cell(GoToCell("meetings", "later", "step"))
        await press(pilot, "ctrl+t")
        assert shown(pilot) == "Clock · Design new experience workshop"


async def test_from_another_table_beside_the_steps_it_is_that_of_the_step_before(tmp_path: Path) -> None:
    async with running(tmp_path, new_session(), Now()) as (pilot, screen):
        screen.go_to_cell(GoToCell("parked", ""))
        await press(pilot, "escape", "ctrl+t")
        assert shown(pilot) == "Clock · Employee workshop"


async def test_the_clock_that_runs_goes_before_the_row(tmp_path: Path) -> None:
    async with running(tmp_path, new_session(), Now()) as (pilot, screen):
        await press(pilot, "ctrl+t", "enter", "e", "ctrl+home")
        assert step_under_cursor(screen) == "discovery"
        await press(pilot, "ctrl+t")
        assert shown(pilot) == "Clock · Employee workshop"


async def test_a_change_of_the_plan_that_is_undone_leaves_one_with_its_meeting(tmp_path: Path) -> None:
    async with running(tmp_path, new_session(), Now()) as (pilot, screen):
        before = orders(screen.desk.session)
        await press(pilot, "ctrl+t", *["down"] * 5, "alt+up", "escape")
        assert orders(screen.desk.session) != before
        await press(pilot, "ctrl+z")
        assert orders(screen.desk.session) == before
        assert screen.desk.table == "agenda"
        assert step_under_cursor(screen) == STEP
        await press(pilot, "ctrl+t", "alt+down")
        after = orders(screen.desk.session)
        assert {step for step in after if after[step] != before[step]} == {STEP}


async def test_a_block_of_no_step_has_no_clock_and_does_no_harm(tmp_path: Path) -> None:
    bare = new_session()
    gone = {row.id: None for row in bare["agenda"]}
    alone = bare.edited({"agenda": {**gone, "b": Block(id="b", order=1024, block="Coffee", minutes=5)}})
    async with running(tmp_path, alone, Now()) as (pilot, screen):
        screen.go_to_cell(GoToCell("agenda", "b", "block"))
        await press(pilot, "ctrl+t")
        assert shown(pilot).startswith("Clock")
        await press(pilot, "escape")
        assert pilot.app.screen is screen
