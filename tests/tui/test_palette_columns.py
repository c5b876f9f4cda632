"""The palette finds a column of the shown step by its name, and goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_workshop_screen import fresh, running, sample, settle
from textual.command import CommandList

from cjworkshop.facilitation.capture import running_block
from cjworkshop.method.across import Block

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from cjworkshop.tui.screens.workshop import WorkshopScreen


async def choose(pilot: Pilot[int], typed: str) -> str:
    """Type in the palette and take the first; what that says."""
    await pilot.press("ctrl+p", *typed)
    await pilot.pause(0.3)
    await settle(pilot)
    first = str(pilot.app.screen.query_one(CommandList).get_option_at_index(0).prompt)
    await pilot.press("enter")
    await pilot.pause(0.1)
    await settle(pilot)
    return first


def offered(pilot: Pilot[int]) -> list[str]:
    """What the palette lists."""
    listed = pilot.app.screen.query_one(CommandList)
    return [str(listed.get_option_at_index(index).prompt) for index in range(listed.option_count)]


def where(screen: WorkshopScreen) -> tuple[str, str, str]:
    return screen.desk.table, screen.grid.row_id, screen.grid.key


@pytest.mark.parametrize(
    ("typed", "name", "place"),
    [
        ("moment", "Column: Moment — Touchpoints", ("touchpoints", "a02", "moment")),
        ("channel", "Column: Channel — Touchpoints", ("touchpoints", "a02", "channel")),
        ("severity", "Column: Severity — Pain points", ("pains", "pp01", "severity")),
    ],
)
async def test_a_column_is_found_by_its_name(
    tmp_path: Path, typed: str, name: str, place: tuple[str, str, str]
) -> None:
    async with running(tmp_path, sample(), (120, 36)) as (pilot, screen):
        await pilot.press("ctrl+g", "2", "ctrl+g", "b", "down")
        await settle(pilot)
        assert name in await choose(pilot, typed)
        assert where(screen) == place


async def test_a_table_is_still_found_by_its_name_first(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), (120, 36)) as (pilot, screen):
        assert "Table: Objectives" in await choose(pilot, "objectives")
        assert screen.desk.table == "objectives"


async def test_the_line_of_a_form_is_gone_to_and_an_empty_table(tmp_path: Path) -> None:
    async with running(tmp_path, fresh(), (120, 36)) as (pilot, screen):
        await choose(pilot, "sponsor")
        assert (screen.desk.table, screen.grid.key) == ("charter", "sponsor")
        await choose(pilot, "column baseline")
        assert screen.desk.table == "objectives"


async def test_only_columns_that_have_the_typed_words_in_their_name_are_offered(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), (120, 36)) as (pilot, _):
        await pilot.press("ctrl+g", "2")
        await pilot.press("ctrl+p", *"moment")
        await pilot.pause(0.3)
        await settle(pilot)
        columns = [name for name in offered(pilot) if "Column: " in name]
        assert len(columns) == 1
        assert "Column: Moment — Touchpoints" in columns[0]


async def test_columns_do_not_fill_the_palette_before_anything_is_typed(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), (120, 36)) as (pilot, screen):
        assert any(name.startswith("Column: ") for name, _, _ in screen.palette_columns())
        assert not any(name.startswith("Column: ") for name, _, _ in screen.palette_entries())
        await pilot.press("ctrl+p")
        await pilot.pause(0.3)
        names = offered(pilot)
        assert names
        assert not any("Column: " in name for name in names)


async def test_break_out_groups_are_found_by_that_name_at_the_block_that_runs_else_at_the_first(tmp_path: Path) -> None:
    async with running(tmp_path, fresh(), (120, 36)) as (pilot, screen):
        await pilot.press("ctrl+g", "2")
        await settle(pilot)
        blocks = [block for block in screen.desk.session.rows(Block) if block.step == "employee-workshop"]
        assert "Break-out groups of this block" in await choose(pilot, "break-out")
        assert where(screen) == ("agenda", blocks[0].id, "groups")
        await pilot.press("ctrl+g", "2", "ctrl+t", "enter", "n", "escape")
        await settle(pilot)
        runs = running_block(screen.desk.session)
        assert runs is not None
        assert runs.id != blocks[0].id
        await choose(pilot, "break-out")
        assert where(screen) == ("agenda", runs.id, "groups")
        await pilot.press(*"kitchen, hall", "enter")
        await settle(pilot)
        assert screen.desk.session.rows(Block)[screen.desk.session["agenda"].positions[runs.id]].groups == (
            "kitchen",
            "hall",
        )
