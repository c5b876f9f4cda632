"""That something is not saved is said for as long as it is so, whatever else is said meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from test_workshop_screen import running, sample, settle, words

from cjworkshop.storage.save_state import Save, SaveState
from cjworkshop.tui.screens.saving import SaveStateChanged, SavingScreen
from cjworkshop.tui.widgets.footer import Footer

if TYPE_CHECKING:
    from pathlib import Path

FULL = "Not saved, because the disk is full."


@pytest.mark.parametrize("place", [(), ("f5",)], ids=["grid", "map"])
async def test_a_warning_that_is_still_true_comes_back(tmp_path: Path, place: tuple[str, ...]) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        await pilot.press(*place)
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, SavingScreen)
        for kind, message in ((Save.NOT_SAVED, FULL), (Save.SAVING, FULL)):
            screen.post_message(SaveStateChanged(SaveState(kind, dt.datetime.now(dt.UTC), message)))
            await settle(pilot)
            assert FULL in words(screen.query_one(Footer))
        screen.footer.say("Captured: note.")
        assert "Captured: note." in words(screen.query_one(Footer))
        screen.footer.hush()
        assert FULL in words(screen.query_one(Footer))
        screen.post_message(SaveStateChanged(SaveState(Save.SAVED, dt.datetime.now(dt.UTC), "")))
        await settle(pilot)
        assert "disk" not in words(screen.query_one(Footer))


async def test_what_was_cut_in_a_narrow_footer_is_to_be_read_whole(tmp_path: Path) -> None:
    sentence = (
        "Sorted into Pain points, but kept in the note only: said by Ellen Vartan, emotion 2, severity 3, and more."
    )
    async with running(tmp_path, sample(), (80, 24)) as (pilot, screen):
        screen.footer.say(sentence)
        shown = words(screen.query_one(Footer)).strip()
        assert shown.endswith("...")
        assert sentence not in shown
        await pilot.press("ctrl+p", *"what was said")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        read = " ".join(" ".join(str(part.render()).split()) for part in pilot.app.screen.query("Static"))
        assert sentence in read
