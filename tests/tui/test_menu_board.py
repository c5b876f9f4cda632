"""A list that is longer than its room says how much there is further up and down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from test_clock_keys import Now, new_session, press, running, words

from cjworkshop.tui.modals.refit import RefitDialog
from cjworkshop.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from pathlib import Path


async def test_what_a_re_fit_would_do_can_be_read_to_its_end_on_a_small_screen(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now, (80, 24)) as (pilot, _):
        now.at(9)
        await press(pilot, "ctrl+t", "enter", "5", "r")
        assert isinstance(pilot.app.screen, RefitDialog)
        menu = pilot.app.screen.query_one(Menu)
        first = words(menu).splitlines()
        hidden = len(menu.entries) - len(first)
        assert hidden > 0
        assert first[-1].endswith(f" ↓ {hidden} more")
        assert "Wrap-up" not in words(menu)
        await press(pilot, "down")
        lines = words(menu).splitlines()
        assert lines[0].endswith(" ↑ 1 more")
        assert lines[-1].endswith(f" ↓ {hidden - 1} more")
        await press(pilot, "pagedown", "pagedown")
        lines = words(menu).splitlines()
        assert "Wrap-up" in lines[-1]
        assert lines[0].endswith(f" ↑ {hidden} more")
        await press(pilot, "pageup", "pageup", "pageup", "up")
        assert words(menu).splitlines() == first
