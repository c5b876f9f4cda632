"""Something comes between in the middle of an edit, a note mostly: afterwards the editor is open again, as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from test_workshop_screen import running, sample, settle

from cjworkshop.method.across import Note
from cjworkshop.method.employee_workshop import Stage, Touchpoint

if TYPE_CHECKING:
    from pathlib import Path

    from cjworkshop.tui.screens.workshop import WorkshopScreen


def notes(screen: WorkshopScreen) -> tuple[Note, ...]:
    return screen.desk.session.rows(Note)


def charter(screen: WorkshopScreen) -> Any:
    """The record that the sample opens at."""
    return screen.desk.session["charter"][0]


@pytest.mark.parametrize("closing", [("enter",), ("escape",)], ids="".join)
async def test_an_edit_goes_on_where_it_was_after_a_note(tmp_path: Path, closing: tuple[str, ...]) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("down", "down", *"The quick fox ", *["left"] * 4, "ctrl+k", *"note", *closing, *"brown ")
        await settle(pilot)
        assert charter(screen).problem == "The quick fox"
        assert screen.grid.editor is not None
        assert screen.grid.editor.text == "The quick brown fox "
        await pilot.press("end", *"jumps", "enter")
        await settle(pilot)
        assert charter(screen).problem == "The quick brown fox jumps"


@pytest.mark.parametrize("glance", ["f6", "ctrl+t", "ctrl+f", "ctrl+s"])
async def test_an_edit_goes_on_after_a_glance_at_something_else(tmp_path: Path, glance: str) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("down", "down", *"The quick fox ", *["left"] * 4)
        await pilot.press(glance)
        await settle(pilot)
        assert pilot.app.screen is not screen
        assert charter(screen).problem == "The quick fox"
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press(*"brown ", "enter")
        await settle(pilot)
        assert charter(screen).problem == "The quick brown fox"


async def test_an_edit_does_not_go_on_where_one_has_gone_elsewhere(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("down", "down", *"The quick fox", "ctrl+f", *"register")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert screen.desk.table != "charter"
        assert not screen.grid.editing


async def test_an_edit_that_goes_on_changes_nothing_by_itself_and_undo_goes_back_in_time(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        problem, before = charter(screen).problem, len(notes(screen))
        await pilot.press("down", "down", *"One", "ctrl+k", *"note", "enter", "s", "ctrl+z")
        await settle(pilot)
        assert screen.footer.notice[0] == "Captured: note."
        assert screen.grid.editor is not None
        assert screen.grid.editor.text == "One"
        await pilot.press("enter")
        await settle(pilot)
        assert screen.desk.workbook.undo_label == "capture 1 note"
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert len(notes(screen)) == before
        assert charter(screen).problem == "One"
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert charter(screen).problem == problem


async def test_a_selection_and_a_filter_that_is_typed_stay_as_they_are(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("down", "down", *"One two", "ctrl+shift+left", "ctrl+k", "escape", *"three", "enter")
        await settle(pilot)
        assert charter(screen).problem == "One three"
        await pilot.press("ctrl+g", "2", "ctrl+g", "b", "f4", *"wa", "ctrl+k", *"note", "enter", *"it")
        await settle(pilot)
        assert screen.grid.filtering
        assert screen.grid.model.filter == "wait"


async def test_a_new_row_goes_on_and_is_one_row(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+g", "2", "ctrl+g", "a", "ctrl+n", "ctrl+k", *"one", "enter")
        await settle(pilot)
        count = len(screen.desk.session["stages"])
        await pilot.press("ctrl+n", "enter", "ctrl+k", *"two", "enter", *"Af", "ctrl+k", "escape", *"ter", "enter")
        await settle(pilot)
        assert len(screen.desk.session["stages"]) == count + 1
        assert "After" in [stage.name for stage in screen.desk.session.rows(Stage)]


async def test_a_choice_goes_on_with_what_was_marked(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+g", "2", "ctrl+g", "b", "home", *"a", "down", "ctrl+k", "escape")
        await settle(pilot)
        before = screen.desk.session
        assert screen.grid.picker is not None
        marked = screen.grid.picker.picked()
        assert screen.grid.editor is not None
        assert screen.grid.editor.text == "a"
        await pilot.press("enter")
        await settle(pilot)
        assert screen.desk.session == before
        assert marked is not None


async def test_an_edit_that_was_refused_is_open_again_with_its_own_undo(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+g", "2", "ctrl+g", "c", *["right"] * 4, *"many", "ctrl+k", *"note", "enter", *"!")
        await settle(pilot)
        assert screen.grid.editor is not None
        assert screen.grid.editor.text == "many!"
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert screen.grid.editor.text == "many"


async def test_an_edit_on_the_map_goes_on_where_it_was(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("f5", "up", "up", "up", "f2", *" Nme", "left", "left", "ctrl+k", *"note", "enter", *"a")
        await settle(pilot)
        assert screen.desk.workbook.undo_label == "capture 1 note"
        await pilot.press("enter")
        await settle(pilot)
        names = [point.name for point in screen.desk.session.rows(Touchpoint)]
        assert [name for name in names if name.endswith(" Name")]


async def test_an_edit_on_the_map_that_was_refused_goes_on_where_it_was(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        await pilot.press("f5", "f2", "ctrl+a", *"many", "left", "ctrl+k", *"note", "enter", "x")
        await settle(pilot)
        entry = pilot.app.screen.view._entry  # type: ignore[attr-defined]
        assert entry is not None
        assert entry.editor.text == "manxy"
