"""The clock beside other work: what is undone there takes nobody away, and what the words and frames say is plain."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from test_clock_keys import STEP, Now, header, new_session, press, running, second, words

from cjworkshop.facilitation.agenda import plan
from cjworkshop.tui.modals.clock import ClockFace
from cjworkshop.tui.widgets.footer import Footer
from cjworkshop.tui.widgets.panel import Panel

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


async def test_in_over_time_it_says_what_is_the_parts_and_what_the_days(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now, (80, 24)) as (pilot, screen):
        now.at(8, 50)
        await press(pilot, "ctrl+t", "enter", "escape")
        now.at(9, 15, 58)
        await second(pilot, screen)
        line = header(screen)
        assert "Employee workshop" in line
        assert "saved  part +05:58  09:15  day 10 ahead" in " ".join(line.split(" "))
        await press(pilot, "ctrl+t")
        assert "day 10 ahead" in words(pilot.app.screen.query_one(ClockFace))
        await press(pilot, "escape", "ctrl+t", "n", "escape")
        assert "part" not in header(screen)
        assert "  10 ahead" in header(screen)


async def test_an_agenda_that_was_re_fitted_says_how_long_it_is_now(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        assert "6 h 30" in words(screen.query_one(Panel))
        await press(pilot, "ctrl+t", "m", *["backspace"] * 11, *"9:00-13:00", "enter", "r", "enter", "escape")
        assert "4 h 00" in words(screen.query_one(Panel))
        assert "6 h 30" not in words(screen.query_one(Panel))


async def test_the_large_digits_stand_clear_of_the_words_and_have_no_ground(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        now.at(9)
        await press(pilot, "ctrl+t", "enter")
        now.at(9, 22, 5)
        await second(pilot, screen)
        face = pilot.app.screen.query_one(ClockFace)
        digits, *_ = list(face.render_line(1))
        assert digits.style is not None
        assert digits.style.bgcolor == face.rich_style.bgcolor
        assert "   Overview" in face.render_line(0).text


async def test_the_re_fit_has_the_only_frame(tmp_path: Path) -> None:
    now = Now()
    async with running(tmp_path, new_session(), now) as (pilot, screen):
        now.at(9, 10)
        await press(pilot, "ctrl+t", "r")
        clock, refit = pilot.app.screen_stack[-2:]
        assert not clock.query_one("#sheet").visible
        assert refit.query_one("#sheet").visible
        await press(pilot, "enter")
        assert pilot.app.screen is clock
        assert clock.query_one("#sheet").visible
        await press(pilot, "enter")
        assert plan(screen.desk.session, STEP).running is not None
