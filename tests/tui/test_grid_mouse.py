"""The mouse in the grid."""

from __future__ import annotations

from grid_bench import GridApp, sample, screen_lines
from textual.events import MouseDown, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp


def mouse(kind: type, app: GridApp, x: int, y: int, **options: bool) -> None:
    app.grid.post_message(
        kind(
            app.grid,
            x=x,
            y=y,
            delta_x=0,
            delta_y=0,
            button=1,
            shift=options.get("shift", False),
            meta=False,
            ctrl=False,
        )
    )


async def test_a_click_goes_there_and_a_double_click_edits() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.click(app.grid, offset=(30, 2))
        assert (app.grid.row_id, app.grid.key) == ("t1", "name")
        await pilot.click(app.grid, offset=(30, 2), times=2)
        assert app.grid.editing


async def test_dragging_selects() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        mouse(MouseDown, app, 30, 1)
        mouse(MouseMove, app, 60, 3)
        mouse(MouseUp, app, 60, 3)
        mouse(MouseMove, app, 10, 20)
        await pilot.pause()
        area = app.grid.cursor.area
        assert (area.top, area.left, area.bottom, area.right) == (0, 2, 1, 3)


async def test_a_click_on_its_number_takes_the_row() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.click(app.grid, offset=(2, 2))
        assert app.grid.cursor.whole_rows
        assert app.grid.selected_rows == ("t1",)


async def test_the_wheel_moves_the_view_and_not_the_cursor() -> None:
    app = GridApp("touchpoints", sample(100))
    async with app.at_work() as pilot:
        first = screen_lines(app)[1]
        for _ in range(20):
            mouse(MouseScrollDown, app, 30, 10)
        await pilot.pause()
        assert screen_lines(app)[1] != first
        assert app.grid.row_id == "t0"
        for _ in range(30):
            mouse(MouseScrollUp, app, 30, 10)
        await pilot.pause()
        assert screen_lines(app)[1] == first


async def test_the_scrollbar_is_dragged() -> None:
    app = GridApp("touchpoints", sample(100))
    async with app.at_work() as pilot:
        mouse(MouseDown, app, 99, 28)
        await pilot.pause()
        assert "A100" in "".join(screen_lines(app))
        mouse(MouseMove, app, 99, 1)
        mouse(MouseUp, app, 99, 1)
        await pilot.pause()
        assert "A01" in "".join(screen_lines(app))


async def test_a_click_in_the_editor_puts_the_caret_there() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("right", "f2")
        column = app.grid._columns.find(2)
        assert column is not None
        await pilot.click(app.grid, offset=(column.x + 1 + 2, 1))
        await pilot.press("-", "enter")
        assert app.rows()[0].name == "De-cide"


async def test_a_click_in_the_list_takes_it() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("enter")
        region = app.grid._list_region()
        assert region is not None
        await pilot.click(app.grid, offset=(region.x + 3, region.y + 3))
        assert (app.rows()[0].stage, app.grid.editing) == ("s3", False)


async def test_a_button_still_held_does_not_move_an_edit_elsewhere() -> None:
    app = GridApp("charter")
    async with app.at_work() as pilot:
        mouse(MouseDown, app, 40, 0)
        await pilot.press(*"VA")
        mouse(MouseMove, app, 40, 12)
        await pilot.pause()
        await pilot.press("enter")
        assert app.rows()[0].client == "VA"
        assert app.rows()[0].customers_per_year is None


async def test_an_edit_ends_in_its_cell_when_the_cursor_is_sent_elsewhere() -> None:
    app = GridApp("charter")
    async with app.at_work() as pilot:
        await pilot.press(*"VA")
        app.grid.go_to("form", "customers_per_year")
        await pilot.pause()
        assert app.rows()[0].client == "VA"
        await pilot.press(*"many")
        app.grid.go_to("form", "client")
        await pilot.pause()
        assert app.rows()[0].customers_per_year is None
        assert any("! many" in line for line in screen_lines(app))
