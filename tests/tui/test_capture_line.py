"""Quick capture by keys, with the real store under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from test_workshop_screen import running, sample, settle

from cjworkshop.method.across import Note
from cjworkshop.tui.modals.capture import CaptureLine

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_pain_with_place_and_severity_takes_ten_keys_beside_its_text(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+k", *"!p3 ", *"#a4 ", *"Long hold", "enter")
        await settle(pilot)
        note = screen.desk.session.rows(Note)[-1]
        assert (note.kind, note.about, note.level, note.text) == ("pain", "a04", 3, "Long hold")
        assert note.typed == "!p3 #a4 Long hold"
        assert note.step == "discovery"
        assert pilot.app.screen is screen
        assert screen.footer.notice[0].startswith("Captured: pain · A04 Schedule appointment · severity 3.")


async def test_what_was_typed_comes_back_after_escape(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+k", *"half a th", "escape", "ctrl+k", *"ought", "enter")
        await settle(pilot)
        assert screen.desk.session.rows(Note)[-1].text == "half a thought"
        await pilot.press("ctrl+k")
        await settle(pilot)
        assert isinstance(pilot.app.screen, CaptureLine)
        assert not pilot.app.screen.entry.value
