"""Every dialog says which keys it has where one sees them, F1 says more, and Ctrl+A selects the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from grid_bench import screen_lines
from test_workshop_screen import running, sample, settle
from textual.widgets import Input, Static

from cjworkshop.domain.commands import SetCells
from cjworkshop.tui.modals.clock import ClockDialog
from cjworkshop.tui.modals.dialog import MORE, Dialog
from cjworkshop.tui.modals.help import HelpDialog
from cjworkshop.tui.modals.restore_points import Comparison

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

DIALOGS: dict[str, tuple[str, ...]] = {
    "help": ("f1",),
    "export": ("ctrl+e",),
    "find": ("ctrl+f",),
    "restore points": ("ctrl+s",),
    "clock": ("ctrl+t",),
    "start and end": ("ctrl+t", "m"),
    "re-fit": ("ctrl+t", "r"),
    "script": ("ctrl+p", *"script", "enter"),
    "save as template": ("ctrl+p", *"template", "enter"),
    "lanes": ("f5", "l"),
    "rules of a vote": ("f7", "ctrl+n"),
    "choosing": ("ctrl+r", "x"),
}
LINES = ("export", "find", "restore points", "start and end", "save as template", "rules of a vote", "choosing")


async def opened(pilot: Pilot[int], keys: tuple[str, ...]) -> Dialog[object]:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
    dialog = pilot.app.screen
    assert isinstance(dialog, Dialog)
    return dialog


def first_line_of_keys(dialog: Dialog[object]) -> str:
    return dialog.keys().splitlines()[0]


async def to_a_comparison(pilot: Pilot[int]) -> Dialog[object]:
    """Change much, and look at what going back to the state at the opening would change."""
    workshop = pilot.app.workshop  # type: ignore[attr-defined]
    for table, column in (("touchpoints", "name"), ("pains", "pain"), ("stages", "name")):
        rows = workshop.desk.session[table]
        workshop.desk.do(SetCells(table, tuple((row.id, column, f"Other {row.id}") for row in rows)))
    await pilot.press("ctrl+s")
    await settle(pilot)
    await pilot.press("down", "enter")
    for _ in range(50):
        await settle(pilot)
        if isinstance(pilot.app.screen, Comparison):
            break
    return pilot.app.screen  # type: ignore[return-value]


@pytest.mark.parametrize("name", DIALOGS)
async def test_the_line_that_names_the_keys_is_in_view(tmp_path: Path, name: str) -> None:
    async with running(tmp_path, sample(), (80, 24)) as (pilot, _):
        dialog = await opened(pilot, DIALOGS[name])
        keys = dialog.query_one("#keys", Static)
        assert dialog.region.contains_region(keys.region)
        assert keys.size.height == len(dialog.keys().splitlines())
        assert any(first_line_of_keys(dialog) in line for line in screen_lines(pilot.app))


async def test_before_one_goes_back_it_is_said_that_enter_does_it(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), (80, 24)) as (pilot, _):
        dialog = await to_a_comparison(pilot)
        assert isinstance(dialog, Comparison)
        assert any("Enter go back to it   Esc stay as it is" in line for line in screen_lines(pilot.app))
        assert any(MORE in line for line in screen_lines(pilot.app))


async def test_a_sheet_says_as_long_as_it_goes_on_that_it_does(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), (80, 24)) as (pilot, _):
        await opened(pilot, ("f1",))
        assert any(MORE in line for line in screen_lines(pilot.app))
        await pilot.press("end")
        for _ in range(20):
            await settle(pilot)
        assert not any(MORE in line for line in screen_lines(pilot.app))
        await pilot.resize_terminal(80, 24)
        await pilot.press("home")
        for _ in range(20):
            await settle(pilot)
        assert any(MORE in line for line in screen_lines(pilot.app))


async def test_a_sheet_that_is_all_in_view_says_nothing(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), (80, 24)) as (pilot, _):
        for keys in (("ctrl+e",), ("escape", "ctrl+s"), ("escape", "ctrl+f"), ("escape", "ctrl+t")):
            await opened(pilot, keys)
            assert not any(MORE in line for line in screen_lines(pilot.app)), keys


async def test_a_sheet_that_goes_before_it_was_measured_ends_nothing(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), (80, 24)) as (pilot, _):
        dialog = await opened(pilot, ("ctrl+e",))
        await dialog.query_one("#sheet").remove()  # a dialog that is answered goes before what waits for its next frame
        dialog._tell_rest_later()
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert not isinstance(pilot.app.screen, Dialog)


async def test_a_clock_that_goes_before_its_next_second_ends_nothing(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), (80, 24)) as (pilot, _):
        dialog = await opened(pilot, ("ctrl+t",))
        assert isinstance(dialog, ClockDialog)
        dialog.tell("Captured.")
        await dialog.query("#sheet, #told").remove()
        dialog._tick()
        dialog._hush()
        await pilot.press("escape")
        await settle(pilot)
        assert not isinstance(pilot.app.screen, Dialog)


@pytest.mark.parametrize("name", DIALOGS)
async def test_f1_shows_the_keys_and_esc_comes_back(tmp_path: Path, name: str) -> None:
    async with running(tmp_path, sample(), (80, 24)) as (pilot, screen):
        dialog = await opened(pilot, DIALOGS[name])
        if name == "help":
            await pilot.press("f1")
            await settle(pilot)
            assert pilot.app.screen is screen
            return
        focused = dialog.focused
        before = screen_lines(pilot.app)
        await pilot.press("f1")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HelpDialog)
        text = "\n".join(screen_lines(pilot.app))
        assert first_line_of_keys(dialog) in text
        assert "The keys of this dialog; Esc comes back to it." in text
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is dialog
        assert dialog.focused is focused
        if not isinstance(dialog, ClockDialog):
            assert screen_lines(pilot.app) == before


async def test_f1_over_the_clock_tells_its_letters(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), (120, 36)) as (pilot, _):
        await opened(pilot, ("ctrl+t", "f1"))
        lines = screen_lines(pilot.app)
        assert any("S " in line and "Pass over this one, or if it runs, the next." in line for line in lines)
        assert any("R " in line and "Share what is left, so that it ends in time." in line for line in lines)


@pytest.mark.parametrize("name", LINES)
async def test_ctrl_a_selects_the_line(tmp_path: Path, name: str) -> None:
    async with running(tmp_path, sample(), (80, 24)) as (pilot, _):
        dialog = await opened(pilot, DIALOGS[name])
        line = next(iter(dialog.query(Input)))
        line.focus()
        line.value = "what was there"
        line.cursor_position = 4
        await settle(pilot)
        await pilot.press("ctrl+a", "n", "e", "w")
        await settle(pilot)
        assert line.value == "new"


@pytest.mark.parametrize("keys", [("ctrl+n",), ("ctrl+d",)])
async def test_ctrl_a_selects_the_line_at_home_too(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with running(tmp_path, sample(), (80, 24)) as (pilot, _):
        await pilot.press("ctrl+o")
        for _ in range(5):
            await settle(pilot)
        dialog = await opened(pilot, keys)
        line = next(iter(dialog.query(Input)))
        await pilot.press(*"abc", "left", "ctrl+a", *"xy")
        await settle(pilot)
        assert line.value == "xy"


async def test_ctrl_a_selects_what_is_typed_in_the_palette(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), (80, 24)) as (pilot, _):
        await pilot.press("ctrl+p", *"abc", "left", "ctrl+a", *"xy")
        await settle(pilot)
        assert pilot.app.screen.query_one(Input).value == "xy"
