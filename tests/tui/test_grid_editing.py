"""Typing into the grid: what is committed, refused, given up, kept."""

from __future__ import annotations

from grid_bench import GridApp, screen_lines

from cjworkshop.domain.session import Session
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.tui.widgets.grid import Grid

SIZE = (100, 30)


async def test_typing_replaces_enter_commits_and_goes_down() -> None:
    app = GridApp()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await pilot.press("right", *"New name", "enter")
        assert app.rows()[0].name == "New name"
        assert (app.grid.row_id, app.grid.key) == ("t1", "name")


async def test_f2_edits_what_is_there() -> None:
    app = GridApp()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await pilot.press("right", "f2", *"!!", "tab")
        assert app.rows()[0].name == "Decide!!"
        assert app.grid.key == "action"
        await pilot.press("shift+tab", "shift+tab", "shift+tab")
        assert app.grid.key == "stage"


async def test_an_unchanged_cell_tells_nothing() -> None:
    app = GridApp()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await pilot.press("right", "f2", "enter")
        assert app.of(Grid.Edited) == []


async def test_a_refused_value_keeps_the_editor_open_and_says_why() -> None:
    app = GridApp("pains")
    async with app.run_test(size=(200, 30), notifications=True, tooltips=True) as pilot:
        app.grid.go_to("p0", "frequency")
        await pilot.press(*"140", "enter")
        assert app.grid.editing
        assert app.of(Grid.Refused)[-1].message == "140 is not between 0 and 100."
        assert "140 is not between 0 and 100." in screen_lines(app)[-1]
        await pilot.press("backspace", "enter")
        assert app.rows()[0].frequency == 14


async def test_the_first_words_make_the_first_row() -> None:
    app = GridApp("stages", Session(CATALOGUE))
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        assert "No stages yet." in "".join(screen_lines(app))
        await pilot.press(*"Register", "enter", *"Visit", "enter")
        assert [row.name for row in app.rows()] == ["Register", "Visit"]


async def test_tab_walks_through_the_cells_and_into_a_new_row() -> None:
    app = GridApp("parked", Session(CATALOGUE))
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await pilot.press(*"Why?", "tab", *"Ann", "tab", "tab", *"So.", "tab", *"Next?", "enter")
        assert [(row.text, row.by, row.answer) for row in app.rows()] == [("Why?", "Ann", "So."), ("Next?", "", "")]


async def test_escape_gives_up_and_one_undo_brings_it_back() -> None:
    app = GridApp()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await pilot.press("right", *"lost?", "escape")
        assert (app.grid.editing, app.rows()[0].name) == (False, "Decide")
        await pilot.press("ctrl+z")
        assert app.grid.editing
        await pilot.press("enter")
        assert app.rows()[0].name == "lost?"


async def test_a_new_row_exists_from_its_first_value_on() -> None:
    app = GridApp("stages")
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await pilot.press("ctrl+n")
        assert len(app.rows()) == 5
        await pilot.press("down")
        assert len(app.grid.model) == 5
        await pilot.press("up", "up", "ctrl+n", *"Between", "enter")
        assert [row.name for row in app.rows()][:3] == ["Register", "Between", "Before visit"]
        assert app.of(Grid.RowAdded)[0].after == "s0"


async def test_a_reference_is_chosen_from_its_list() -> None:
    app = GridApp()
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await pilot.press(*"aft")
        assert any("After visit" in line for line in screen_lines(app))
        await pilot.press("enter")
        assert app.rows()[0].stage == "s4"


async def test_a_digit_sets_a_rating_and_stays() -> None:
    app = GridApp()
    async with app.run_test(size=(200, 30), notifications=True, tooltips=True) as pilot:
        app.grid.go_to("t1", "emotion")
        await pilot.press("5")
        assert app.rows()[1].emotion == 5
        assert (app.grid.row_id, app.grid.editing) == ("t1", False)
        await pilot.press("delete")
        assert app.rows()[1].emotion is None
