"""The chosen row of the clock's dialog: what acts on it, where it stays, and that nothing moves below a message."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from test_clock_keys import STEP, Now, new_session, press, running, runs
from test_clock_order import chosen, said

from cjworkshop.facilitation.agenda import plan
from cjworkshop.tui.modals.clock import ClockDialog
from cjworkshop.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from pathlib import Path

    from textual.geometry import Region
    from textual.pilot import Pilot

    from cjworkshop.domain.session import Session


@pytest.fixture(autouse=True)
def _on_the_meridian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


def keys(pilot: Pilot[int]) -> str:
    """The line of the keys for the chosen row."""
    assert isinstance(pilot.app.screen, ClockDialog)
    return next(line for line in str(pilot.app.screen.query_one("#keys").render()).splitlines() if "S skip" in line)


def skipped(session: Session) -> list[str]:
    return [item.row.block for item in plan(session, STEP).rows() if item.state == "skipped"]


async def test_what_waits_and_is_chosen_is_skipped_and_its_name_stands_among_the_keys(tmp_path: Path) -> None:
    async with running(tmp_path, new_session(), Now(), (80, 24)) as (pilot, screen):
        await press(pilot, "ctrl+t", "enter", *["down"] * 3)
        assert chosen(pilot) == "Goals and triggers"
        assert keys(pilot).endswith("S skip Goals and triggers")
        await press(pilot, "s")
        assert skipped(screen.desk.session) == ["Goals and triggers"]
        assert chosen(pilot) == "Goals and triggers", "the cursor stays"
        assert keys(pilot).rstrip().endswith("S skip")
        await press(pilot, "s")
        assert "does not wait any more" in said(pilot)
        assert skipped(screen.desk.session) == ["Goals and triggers"], "nothing else is skipped unasked"


async def test_where_the_chosen_one_runs_what_comes_next_is_skipped_and_named(tmp_path: Path) -> None:
    async with running(tmp_path, new_session(), Now()) as (pilot, screen):
        await press(pilot, "ctrl+t", "enter")
        assert chosen(pilot) == "Overview"
        assert keys(pilot).endswith("S skip Best practice")
        await press(pilot, "s")
        assert skipped(screen.desk.session) == ["Best practice"]
        assert runs(screen.desk.session) == ["Introductions and objectives", "Overview"]
        assert keys(pilot).endswith("S skip Who and what to map")


async def test_a_long_name_leaves_the_keys_on_their_line(tmp_path: Path) -> None:
    for ascii_only in (False, True):
        async with running(tmp_path / str(ascii_only), new_session(), Now(), (80, 24), ascii=ascii_only) as (pilot, _):
            await press(pilot, "ctrl+t")
            assert "S skip Introductions an" in keys(pilot)
            assert pilot.app.screen.query_one("#keys").size.height == 3


async def test_a_new_block_is_the_chosen_one(tmp_path: Path) -> None:
    async with running(tmp_path, new_session(), Now()) as (pilot, _):
        await press(pilot, "ctrl+t", "enter", *["down"] * 4)
        assert chosen(pilot) == "Break"
        await press(pilot, "a", *"Stretch 10", "enter")
        assert chosen(pilot) == "Stretch"
        await press(pilot, "ctrl+z")
        assert chosen(pilot) == "Break", "that above it, where it is gone"


async def test_the_cursor_stays_on_its_row_and_goes_along_with_next(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        now.at(9)
        await press(pilot, "ctrl+t", "enter", *["down"] * 6)
        assert chosen(pilot) == "Quick share"
        for key in ("plus", "x", "ctrl+z", "ctrl+z", "alt+down", "ctrl+z", "space", "space", "s", "ctrl+z"):
            await press(pilot, key)
            assert chosen(pilot) == "Quick share", key
        await press(pilot, "m", *"9-16", "enter")
        assert chosen(pilot) == "Quick share"
        await press(pilot, "n")
        assert chosen(pilot) == runs(screen.desk.session)[1] == "Best practice"
        await press(pilot, "down", "down", "b")
        assert chosen(pilot) == runs(screen.desk.session)[1] == "Overview"


async def test_what_was_in_view_stays_there(tmp_path: Path) -> None:
    async with running(tmp_path, new_session(), Now(), (80, 24)) as (pilot, _):
        await press(pilot, "ctrl+t", "enter", *["down"] * 20, *["up"] * 4)
        menu = pilot.app.screen.query_one(Menu)
        before = [line[1].text for line in menu.compose_lines(*menu.size)]
        await press(pilot, "plus")
        assert [line[1].text for line in menu.compose_lines(*menu.size)] == before


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_nothing_moves_where_a_message_appears(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(tmp_path, new_session(), Now(), size) as (pilot, _):
        await press(pilot, "ctrl+t")

        def places() -> list[Region]:
            return [
                pilot.app.screen.query_one(what).region for what in ("#title", "#face", "#blocks", "#keys", "#sheet")
            ]

        before = places()
        await press(pilot, "b")
        assert "has not been started" in said(pilot)
        assert places() == before
        await press(pilot, *["n"] * 30, "n")
        assert "A adds a block" in said(pilot), "a message of two lines"
        assert [places()[place] for place in (0, 3, 4)] == [before[place] for place in (0, 3, 4)]
        sheet = pilot.app.screen.query_one("#sheet")
        assert sheet.virtual_size.height <= sheet.size.height, "all of it is in view"
