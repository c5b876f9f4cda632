"""A list is pasted into a table: the rows are there to be seen, and it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from test_workshop_screen import running, sample, settle, words
from textual import events

from cjworkshop.method.employee_workshop import Touchpoint
from cjworkshop.tui.widgets.footer import Footer

if TYPE_CHECKING:
    from pathlib import Path

LIST = "Ring the bell\nTake a number\nTell it again"


async def test_a_list_pasted_into_a_new_row_is_seen_and_said(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+g", "2", "ctrl+g", "b", "ctrl+end", "ctrl+n")
        await settle(pilot)
        pilot.app.post_message(events.Paste(LIST))
        await settle(pilot)
        added = screen.desk.session.rows(Touchpoint)[-3:]
        assert [row.name for row in added] == LIST.split("\n")
        assert screen.grid.row_id == added[0].id
        assert screen.grid.key == "name"
        shown = words(screen.grid)
        assert "Ring the bell" in shown
        assert "Done: paste 3 new rows.  Ctrl+Z takes it back." in words(screen.query_one(Footer))


async def test_rows_beyond_the_last_take_over_what_a_row_typed_there_would(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+g", "2", "ctrl+g", "b", "ctrl+end", "home")
        await settle(pilot)
        before = screen.desk.session.rows(Touchpoint)
        while screen.grid.key != "name":
            await pilot.press("right")
        pilot.app.post_message(events.Paste(LIST))
        await settle(pilot)
        after = screen.desk.session.rows(Touchpoint)
        assert [row.name for row in after[-3:]] == LIST.split("\n")
        assert {row.stage for row in after[-2:]} == {before[-1].stage}
        assert before[-1].stage
