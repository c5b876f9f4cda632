"""The clock beside other work: what is undone there takes nobody away, and what the words and frames say is plain."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from test_clock_keys import STEP, Now, header, new_session, press, running, second, words

from cjworkshop.facilitation.agenda import plan
from cjworkshop.tui.widgets.footer import Footer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _on_the_meridian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


async def test_what_the_clock_did_is_undone_without_leaving_the_table(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        now.at(9)
        await press(pilot, "ctrl+t", "enter", "minus", "escape", "ctrl+g", "b")
        assert screen.desk.table == "touchpoints"
        await press(pilot, "ctrl+z")
        assert "Undid: −1 min for Overview." in words(screen.query_one(Footer))
        assert screen.desk.table == "touchpoints"
        await press(pilot, "ctrl+z")
        assert "Undid: start Introductions" in words(screen.query_one(Footer))
        assert plan(screen.desk.session, STEP).running is None
        await press(pilot, "ctrl+y")
        assert screen.desk.table == "touchpoints"
        assert plan(screen.desk.session, STEP).running is not None


async def test_a_plan_that_is_undone_is_gone_to(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        await press(pilot, "ctrl+t", "x", "escape", "ctrl+g", "b", "ctrl+z")
        assert "Undid: split" in words(screen.query_one(Footer))
        assert screen.desk.table == "agenda"


async def test_a_captured_note_is_undone_without_leaving_the_table(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        await press(pilot, "ctrl+g", "b", "ctrl+k", *"said", "enter", "escape")
        assert len(screen.desk.session["inbox"]) == 1
        await press(pilot, "ctrl+z")
        assert not screen.desk.session["inbox"]
        assert screen.desk.table == "touchpoints"
