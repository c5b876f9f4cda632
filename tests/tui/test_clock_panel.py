"""The script of what runs: in the panel as far as there is room, whole in a dialog; the bell; being late for the start."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

import pytest
from test_clock_keys import STEP, Now, header, new_session, press, running, second, words

from cjworkshop.domain.commands import SetCells
from cjworkshop.method.across import Block
from cjworkshop.tui.modals.clock import ClockFace
from cjworkshop.tui.modals.script import ScriptDialog
from cjworkshop.tui.widgets.menu import Menu
from cjworkshop.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from pathlib import Path

    from cjworkshop.domain.session import Session


@pytest.fixture(autouse=True)
def _on_the_meridian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


def with_groups(session: Session) -> Session:
    """Each activity in two groups, with a way out for a room that is behind."""
    rows = [row for row in session.rows(Block) if row.step == STEP]
    values = {
        "groups": ("Window", "Door"),
        "if_behind": "Leave the last two customers out.",
        "if_ahead": "Leave the last two customers out.",
    }
    cells = [(row.id, column, value) for row in rows for column, value in values.items()]
    return session.edited(SetCells("agenda", tuple(cells)).edits(session))


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)], ids=str)
async def test_what_to_do_and_what_it_fills_stand_in_the_panel_at_every_size(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    now = Now()
    async with running(tmp_path, with_groups(new_session()), now, size) as (pilot, screen):
        now.at(9, 30)
        await press(pilot, "ctrl+t", "enter", *"nnnnn", "escape")
        if not screen.has_class("with-panel"):
            await press(pilot, "ctrl+g", "p")
        shown = " ".join(words(screen.query_one(Panel)).split())
        running_now = screen.desk.clock.reading().running
        assert running_now is not None
        doing = screen.desk.clock.doing(STEP)
        assert doing.how
        assert doing.how in shown
        assert "Window; Door" in shown
        assert "Leave the last two customers out." in shown
        assert doing.left[0] in shown
        assert f"fills {screen.desk.session.catalogue[running_now.row.collects].title}" in shown
        assert "▸" in shown
        assert running_now.row.block[:10] in shown
        assert "…" not in shown.split("ASK NOW")[1].split("DO")[1]


async def test_the_whole_script_is_to_be_read_by_name(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, with_groups(new_session()), now, (80, 24)) as (pilot, screen):
        now.at(9, 30)
        await press(pilot, "ctrl+t", "enter", *"nnnnn", "escape", "ctrl+p")
        await press(pilot, *"script of what")
        await second(pilot, screen)
        await press(pilot, "enter")
        dialog = pilot.app.screen
        assert isinstance(dialog, ScriptDialog)
        shown = " ".join(
            " ".join(line) for widget in dialog.query("Static") for line in [str(widget.render()).split()] if line
        )
        doing = screen.desk.clock.doing(STEP)
        for part in (doing.how, doing.fills[0], "Window; Door", "Leave the last two customers out."):
            assert part in shown
        for prompt in screen.desk.clock.prompts(STEP):
            assert prompt.text in shown
        await press(pilot, "escape")
        assert pilot.app.screen is screen


async def test_more_time_does_not_ring_and_the_bell_can_be_silenced(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        bells: list[int] = []
        screen.app.bell = lambda: bells.append(1)  # type: ignore[method-assign]
        now.at(9)
        await press(pilot, "ctrl+t", "enter", "escape")
        await second(pilot, screen)
        now.at(9, 19)
        await second(pilot, screen)
        assert len(bells) == 1, "the last 5 %"
        await press(pilot, "ctrl+t", "plus", "plus", "escape")
        await second(pilot, screen)
        assert "! 03:00" in header(screen)
        assert len(bells) == 1, "there is more time: nothing rings"
        await press(pilot, "ctrl+p", *"bell on or off")
        await second(pilot, screen)
        await press(pilot, "enter")
        now.at(9, 30)
        await second(pilot, screen)
        assert "part +" in header(screen)
        assert len(bells) == 1


async def test_late_for_the_start_it_says_when_that_was_and_behind_once_it_is_begun(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now, (80, 24)) as (pilot, screen):
        await press(pilot, "ctrl+t")
        face = pilot.app.screen.query_one(ClockFace)
        assert "begun" not in header(screen) + words(face)
        now.at(13, 41)
        await second(pilot, screen)
        for shown in (header(screen), words(face)):
            assert "should have begun 09:00" in shown
            assert "behind" not in shown, "nothing is behind that has not begun"
        await press(pilot, "enter")
        await second(pilot, screen)
        for shown in (header(screen), words(face)):
            assert "should have begun" not in shown
            assert "281 behind" in shown


async def test_how_a_day_ended_stands_in_the_header_until_the_next(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        await press(pilot, "ctrl+t", "enter", "escape")
        blocks = len([row for row in screen.desk.session.rows(Block) if row.step == screen.desk.step.key])
        now.at(9, 50)
        await press(pilot, "ctrl+t", *["n"] * blocks)
        await press(pilot, *["n"] * blocks)
        assert "ended 09:50, due" in words(pilot.app.screen.query_one(ClockFace))
        await press(pilot, "escape")
        assert not screen.desk.clock.running
        line = header(screen)
        assert "ended 09:50" in line
        assert "ahead" in line
        now.at(14)
        await second(pilot, screen)
        assert "ended 09:50" in header(screen)
        now.moment += dt.timedelta(hours=12)
        await second(pilot, screen)
        assert "ended" not in header(screen)


async def test_a_clock_that_was_set_back_while_the_program_was_closed_is_told(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        now.at(9)
        await press(pilot, "ctrl+t", "enter", "escape")
        now.at(8, 30)
        await second(pilot, screen)
        assert "30 min before the agenda's last stamp" in words(screen.footer)
        screen.footer.hush()
        await second(pilot, screen)
        assert "stamp" not in words(screen.footer), "it is said once"


async def test_activities_that_their_block_has_no_minutes_for_are_told_of(tmp_path: Path) -> None:
    session, now = new_session(), Now()
    block = next(row.id for row in session.rows(Block) if row.block == "Introductions and objectives")
    short = SetCells("agenda", ((block, "minutes", 1),))
    async with running(tmp_path, session.edited(short.edits(session)), now) as (pilot, _):
        now.at(9)
        await press(pilot, "ctrl+t", "enter")
        menu, face = pilot.app.screen.query_one(Menu), pilot.app.screen.query_one(ClockFace)
        assert "warn" not in {found.role for line in menu.compose_lines(*menu.size) for found in line}
        assert "no minutes" not in words(face)
        now.at(9, 2)
        await press(pilot, "n")
        assert "Best practice  no minutes left in its block" in words(face)
        warned = [line for line in menu.compose_lines(*menu.size) if "warn" in {found.role for found in line}]
        assert [line[1].text for line in warned] == ["Who and what to map", "Goals and triggers"]
        assert all("20→0" in "".join(found.text for found in line) for line in warned)
