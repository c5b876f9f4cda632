"""Rows of the grid: added, copied, moved, removed, filtered, sorted, selected; and the cursor that stays on its row."""

from __future__ import annotations

import pytest
from grid_bench import TODAY, GridApp, sample, screen_lines
from textual.events import Paste

from cjworkshop.domain.commands import AddRows, NewRow, RemoveRows
from cjworkshop.domain.session import Session
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.tui.models import TableModel
from cjworkshop.tui.widgets.grid import Grid


def names(app: GridApp) -> list[str]:
    return [row.name for row in app.rows()]


def in_view(app: GridApp) -> list[str]:
    model = app.grid.model
    return [model.row_id(place) for place in range(len(model))]


async def test_rows_are_copied_moved_and_removed() -> None:
    app = GridApp("stages")
    async with app.at_work() as pilot:
        await pilot.press("ctrl+d")
        assert names(app)[:3] == ["Register", "Register", "Before visit"]
        await pilot.press("ctrl+z", "alt+down")
        assert names(app) == ["Before visit", "Register", "Arriving", "Visit", "After visit"]
        assert app.grid.row_id == "s0"
        await pilot.press("alt+up", "alt+up")
        assert names(app)[0] == "Register"
        await pilot.press("shift+down", "ctrl+delete")
        assert names(app) == ["Arriving", "Visit", "After visit"]
        assert app.grid.row_id == "s2"
        await pilot.press("ctrl+z")
        assert len(app.rows()) == 5
        assert app.grid.row_id == "s2"


async def test_several_rows_move_together() -> None:
    app = GridApp("stages")
    async with app.at_work() as pilot:
        await pilot.press("down", "shift+down", "alt+up")
        assert names(app)[:3] == ["Before visit", "Arriving", "Register"]


async def test_a_rows_number_stands_for_the_row() -> None:
    app = GridApp("stages")
    async with app.at_work() as pilot:
        await pilot.press("left")
        await pilot.pause()
        assert (app.grid.cursor.on_row, app.grid.cursor.whole_rows) == (True, True)
        assert "1 row selected" in screen_lines(app)[-1]
        await pilot.press("shift+down")
        assert "2 rows selected" in screen_lines(app)[-1]
        await pilot.press("ctrl+delete")
        assert names(app) == ["Arriving", "Visit", "After visit"]
        await pilot.press("right")
        assert app.grid.key == "name"


async def test_delete_clears_what_is_selected_as_one_change() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("right", "right", "down", "shift+down", "shift+right", "delete")
        assert [(row.action, row.channel) for row in app.rows()][1:3] == [("", ""), ("", "")]
        await pilot.press("ctrl+z")
        assert app.rows()[1].channel == "portal"


async def test_the_cursor_stays_on_its_row_when_rows_come_and_go_above() -> None:
    app = GridApp("touchpoints", sample(200))
    async with app.at_work() as pilot:
        app.grid.go_to("t120", "name")
        await pilot.pause()
        before = screen_lines(app)
        app.book.do(AddRows("touchpoints", tuple(NewRow(f"x{n}", {"stage": "s0", "name": "x"}) for n in range(5)), ""))
        await pilot.pause()
        assert app.grid.row_id == "t120"
        assert screen_lines(app)[1:-1] == before[1:-1]
        app.book.do(RemoveRows("touchpoints", tuple(f"t{n}" for n in range(50))))
        await pilot.pause()
        assert app.grid.row_id == "t120"


async def test_the_filter_follows_the_typing() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        app.grid.go_to("t4", "name")
        await pilot.press("f4", *"greeted pho")
        assert in_view(app) == ["t9", "t24"]
        assert "2 of 25" in screen_lines(app)[-1]
        await pilot.press("enter")
        assert "filter: greeted pho" in screen_lines(app)[-1]
        await pilot.press("f4", "escape")
        assert len(app.grid.model) == 25


async def test_a_filter_that_nothing_fits_says_so() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("f4", *"zzz")
        assert "Nothing here has 'zzz'." in "".join(screen_lines(app))
        await pilot.press("backspace", "backspace", "backspace", "enter")
        assert len(app.grid.model) == 25


async def test_a_row_that_no_longer_fits_stays_until_the_filter_is_typed_again() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("f4", *"greeted", "enter", "home", "right", *"Other", "enter")
        assert app.rows()[4].name == "Other"
        assert len(in_view(app)) == 5
        await pilot.press("f4", *"greeted", "enter")
        assert "t4" not in in_view(app)


async def test_a_new_row_in_a_filtered_view_is_shown_and_stored_behind_the_cursors_row() -> None:
    app = GridApp("stages")
    async with app.at_work() as pilot:
        await pilot.press("f4", *"visit", "enter", "ctrl+n", *"New", "enter")
        assert names(app) == ["Register", "Before visit", "New", "Arriving", "Visit", "After visit"]
        assert in_view(app) == ["s1", "new1", "s3", "s4"]


async def test_sorting_goes_up_down_and_off_and_leaves_the_store_alone() -> None:
    app = GridApp("stages")
    async with app.at_work() as pilot:
        await pilot.press("f9")
        assert in_view(app) == ["s4", "s2", "s1", "s0", "s3"]
        assert app.grid.row_id == "s0"
        assert "sorted by Name ▲" in screen_lines(app)[-1]
        await pilot.press("f9")
        assert in_view(app) == ["s3", "s0", "s1", "s2", "s4"]
        await pilot.press("alt+up")
        assert app.of(Grid.Refused)[-1].message == "Rows of a sorted view stay where they are."
        await pilot.press("f9")
        assert in_view(app) == ["s0", "s1", "s2", "s3", "s4"]
        assert names(app)[0] == "Register"


async def test_references_sort_as_their_rows_stand_and_empty_cells_last() -> None:
    app = GridApp("touchpoints", sample(10))
    async with app.at_work(width=220) as pilot:
        app.book.do(AddRows("touchpoints", (NewRow("e", {"name": "no stage"}),), ""))
        await pilot.press("f9")
        assert in_view(app)[0] == "t0"
        assert in_view(app)[-1] == "e"
        app.grid.go_to("t0", "emotion")
        await pilot.press("f9", "f9")
        assert app.grid.model.value(in_view(app)[0], app.grid.cursor.column) == 5
        assert app.grid.model.value(in_view(app)[-1], app.grid.cursor.column) is None


async def test_rows_of_one_kind_only_and_new_ones_belong_to_them() -> None:
    app = GridApp("agenda", Session(CATALOGUE))
    async with app.at_work() as pilot:
        blocks = [("discovery", "A"), ("report", "B"), ("discovery", "C")]
        rows = tuple(NewRow(name, {"step": step, "block": name}) for step, name in blocks)
        app.book.do(AddRows("agenda", rows))
        model = TableModel(
            app.book.session, "agenda", TODAY,
            only=lambda row: getattr(row, "step", "") == "discovery", presets={"step": "discovery"},
        )  # fmt: skip
        app.grid.set_model(model)
        assert in_view(app) == ["A", "C"]
        app.grid.go_to("A", "block")
        await pilot.press("tab", "ctrl+n", *"D", "enter")
        assert [(row.step, row.block) for row in app.rows()] == [
            ("discovery", "A"), ("discovery", "D"), ("report", "B"), ("discovery", "C"),
        ]  # fmt: skip
        assert in_view(app) == ["A", "new1", "C"]
        app.grid.go_to("C", "block")
        await pilot.press("alt+up")
        assert [row.block for row in app.rows()] == ["A", "C", "D", "B"]


async def test_another_table_is_shown_with_the_cursor_where_it_was() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        app.table = "pains"
        app.grid.set_model(app.model("pains"), "p2", "pain")
        await pilot.pause()
        assert (app.grid.row_id, app.grid.key) == ("p2", "pain")
        assert "3 of 3" in screen_lines(app)[-1]


@pytest.mark.parametrize(
    "key", ["ctrl+n", "ctrl+d", "ctrl+delete", "alt+up", "f9", "delete", "ctrl+x", "ctrl+c", "tab", "f2"]
)
async def test_keys_on_an_empty_table_do_no_harm(key: str) -> None:
    app = GridApp("stages", Session(CATALOGUE))
    async with app.at_work() as pilot:
        await pilot.press(key, "down", "up", "end", "pagedown", "ctrl+end", "shift+down", "escape", "escape")
        assert app.rows() == []
        assert len(app.grid.model) == 0


async def test_rows_without_codes_are_numbered_as_they_stand() -> None:
    app = GridApp("parked", Session(CATALOGUE))
    async with app.at_work() as pilot:
        app.book.do(AddRows("parked", tuple(NewRow(f"r{n}", {"text": f"Question {n}"}) for n in range(4))))
        await pilot.pause()
        await pilot.press("ctrl+n", *"New", "enter")
        assert [line.replace("▌", " ").split()[:2] for line in screen_lines(app)[1:6]] == [
            ["1", "Question"], ["2", "New"], ["3", "Question"], ["4", "Question"], ["5", "Question"],
        ]  # fmt: skip
        await pilot.press("ctrl+end", "alt+up", "ctrl+delete")
        assert [line.split()[0] for line in screen_lines(app)[1:5]] == ["1", "2", "3", "4"]


async def test_the_last_line_says_what_the_screen_wants_it_to() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        app.grid.caption = "emotion [b]"
        await pilot.pause()
        assert screen_lines(app)[-1].startswith(" emotion [b] ")
        assert app.grid.status == "1 of 25  col 1/17"


async def test_the_filter_is_a_line_like_any_other() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("f4", *"greeted xy", "ctrl+w", "home", "delete", "g", "end", "left", "right", "backspace")
        assert app.grid.model.filter == "greeted"
        app.grid.post_message(Paste(" 14\n"))
        await pilot.pause()
        assert in_view(app) == ["t14"]
        await pilot.press("ctrl+left", "ctrl+shift+right", "down")
        assert not app.grid.filtering
        assert app.grid.settle()


async def test_everything_is_selected() -> None:
    app = GridApp("stages")
    async with app.at_work() as pilot:
        await pilot.press("ctrl+a")
        assert app.grid.selected_rows == ("s0", "s1", "s2", "s3", "s4")
        assert app.grid.cursor.whole_rows
        await pilot.press("escape")
        assert not app.grid.cursor.selecting


async def test_tab_goes_back_over_the_ends_of_rows() -> None:
    app = GridApp("stages")
    async with app.at_work() as pilot:
        await pilot.press("down", "shift+tab")
        assert (app.grid.row_id, app.grid.key) == ("s0", "end")
        await pilot.press("tab")
        assert (app.grid.row_id, app.grid.key) == ("s1", "name")
