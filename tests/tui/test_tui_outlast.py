"""Keys that come before there is anything to see, or where there is no room to see it: the program goes on."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

import pytest
from test_workshop_screen import running, sample
from textual.command import CommandPalette, Hits

from cjworkshop.domain.commands import AddRows, NewRow, SetCells
from cjworkshop.imports.sample import sample_session
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.settings import Settings
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui import program
from cjworkshop.tui.app import WorkshopApp
from cjworkshop.tui.palette import WorkshopCommands

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("key", ["pageup", "pagedown", "home", "end", "down", "up"])
@pytest.mark.parametrize("size", [(120, 36), (1, 1)])
async def test_the_palette_outlasts_keys_before_its_list_is_there(
    tmp_path: Path, key: str, size: tuple[int, int]
) -> None:
    app = WorkshopApp(SessionStore(tmp_path, CATALOGUE), Settings())
    async with app.run_test(size=size) as pilot:
        await pilot.press("ctrl+p")
        palette = app.screen
        assert isinstance(palette, CommandPalette)
        for _ in range(5):
            await pilot.press(key)
        await pilot.press("z", "q", "x", key, key)
        await pilot.press("escape", "escape")
        assert app.return_code is None


async def test_the_palette_that_was_answered_under_a_note_goes_when_that_is_written(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+p")
        palette = pilot.app.screen
        assert isinstance(palette, CommandPalette)
        await pilot.press("ctrl+k")
        line = pilot.app.screen
        assert line is not palette
        palette.dismiss()  # as a click on an entry does that comes behind the key
        palette.dismiss()
        await pilot.pause()
        assert pilot.app.screen is line
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert pilot.app.screen is screen
        assert pilot.app.return_code is None


async def test_every_key_in_the_footer_can_be_clicked(tmp_path: Path) -> None:
    store = SessionStore(tmp_path, CATALOGUE)
    path = sample_session(store)
    for place in range(10):
        app = WorkshopApp(store, Settings(), path)
        async with app.run_test(size=(120, 36)) as pilot:
            while app.workshop is None:
                await pilot.pause(0.02)
            footer = app.workshop.footer
            before = sum(len(f"{key} {does}  ") for key, does, _ in footer.keys[:place])
            await pilot.click(footer, offset=(before + 2, 0))
            await pilot.pause()
            assert (app.return_code == 0) == (footer.keys[place][2] == "app.quit")
            app.give_up()


async def test_enter_in_the_palette_waits_for_what_is_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = WorkshopCommands.search

    async def slowly(self: WorkshopCommands, query: str) -> Hits:
        await asyncio.sleep(0.3)
        async for hit in search(self, query):
            yield hit

    monkeypatch.setattr(WorkshopCommands, "search", slowly)
    store = SessionStore(tmp_path, CATALOGUE)
    app = WorkshopApp(store, Settings(), sample_session(store))
    async with app.run_test(size=(120, 36)) as pilot:
        while app.workshop is None:
            await pilot.pause(0.02)
        await pilot.press("ctrl+p", *"objectives", "enter")
        for _ in range(100):
            if app.workshop.desk.table == "objectives":
                break
            await pilot.pause(0.02)
        assert app.workshop.desk.table == "objectives"
        app.give_up()


@pytest.mark.parametrize(
    "keys",
    [
        ("ctrl+t", "ctrl+p", "enter"),
        ("ctrl+e", "ctrl+p", "enter"),
        ("ctrl+s", "ctrl+k", "ctrl+p", "enter"),
        ("ctrl+f", "ctrl+k", "ctrl+p", *"ct+", "enter"),
        ("ctrl+p", "ctrl+k", "ctrl+p", "enter"),
        ("f6", "3", "1", "ctrl+k", "x", "enter", "3"),
        ("f6", "5", "b", "ctrl+k", "x", "enter", "b"),
        ("f6", "4", "1", "ctrl+k", "x", "enter", "4"),
    ],
    ids=" ".join,
)
async def test_screens_over_screens_go_on(tmp_path: Path, keys: tuple[str, ...]) -> None:
    store = SessionStore(tmp_path, CATALOGUE)
    app = WorkshopApp(store, Settings(), sample_session(store))
    async with app.run_test(size=(120, 36)) as pilot:
        while app.workshop is None:
            await pilot.pause(0.02)
        workshop = app.workshop
        for key in keys:
            await asyncio.wait_for(pilot.press(key), 10)
            await pilot.pause(0.05)
        for _ in range(10):
            if app.screen is workshop:
                break
            await asyncio.wait_for(pilot.press("escape"), 10)
            await pilot.pause(0.05)
        assert app.screen is workshop
        assert app.return_code is None
        app.give_up()


@pytest.mark.parametrize(
    ("values", "keys"),
    [
        ({"title": "Over nothing"}, ("f2", "enter", "escape")),
        ({"title": "Nobody", "over": "pains", "mode": "person", "voters": 1, "dots_each": 1}, ("tab", "tab", "f2")),
        (
            {"title": "No dots", "over": "pains", "mode": "person"},
            ("tab", *"@Ann 1", "enter", *["ctrl+r"] * 2, "ctrl+l"),
        ),
    ],
)
async def test_rounds_that_lack_something_are_outlasted(
    tmp_path: Path, values: dict[str, object], keys: tuple[str, ...]
) -> None:
    store = SessionStore(tmp_path, CATALOGUE)
    app = WorkshopApp(store, Settings(), sample_session(store))
    async with app.run_test(size=(120, 36)) as pilot:
        while app.workshop is None:
            await pilot.pause(0.02)
        desk = app.workshop.desk
        everybody = tuple((person.id, "name", "") for person in desk.session["people"])
        desk.do(SetCells("people", everybody))
        desk.do(AddRows("vote_rounds", (NewRow("odd", values),)))
        for key in ("f7", *["right"] * 9, *keys):
            await asyncio.wait_for(pilot.press(key), 10)
            await pilot.pause(0.02)
        assert app.return_code is None
        app.give_up()


async def test_garbage_is_collected_again_once_the_program_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "STANDS", 0.01)
    gc.disable()
    try:
        async with running(tmp_path, sample()) as (pilot, _):
            await pilot.pause(0.05)
            assert gc.isenabled()
            assert gc.get_freeze_count() > 10_000, "what starting made is left alone"
    finally:
        gc.enable()
        gc.unfreeze()
