"""With ASCII only, whatever the program draws of its own is ASCII: on all screens, in all dialogs, in the palette."""

from __future__ import annotations

import json
import re
from contextlib import asynccontextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest
from grid_bench import screen_lines
from rich.cells import cell_len
from rich.segment import Segment
from test_workshop_screen import running, settle
from textual import events
from textual.color import Color

from cjworkshop.domain.commands import SetCells
from cjworkshop.domain.records import session_of
from cjworkshop.method.steps import CATALOGUE, STEPS
from cjworkshop.sample import sample_path
from cjworkshop.settings import Settings
from cjworkshop.storage.backups import NAMED
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui.app import WorkshopApp
from cjworkshop.tui.ascii_only import AsciiOnly
from cjworkshop.tui.modals.paste import paste_question
from cjworkshop.tui.paste_plan import PastePlan, Refusal
from cjworkshop.tui.widgets.rail import GoToCell

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.screen import Screen

    from cjworkshop.domain.session import Session

SIZES = [(80, 24), (120, 36)]
PLACES: dict[str, tuple[str, ...]] = {
    "go to": ("ctrl+g",),
    "help": ("f1",),
    "help, its end": ("f1", "end"),
    "export": ("ctrl+e",),
    "find": ("ctrl+f",),
    "found": ("ctrl+f", *"wait"),
    "restore points": ("ctrl+s",),
    "one of them": ("ctrl+s", "down"),
    "what it would change": ("ctrl+s", "down", "enter"),
    "capture": ("ctrl+k",),
    "captured": ("ctrl+k", *"!p3 Long hold #a4 @zzz"),
    "help of capture": ("ctrl+k", "f1"),
    "clock": ("ctrl+t",),
    "clock runs": ("ctrl+t", "enter"),
    "help of the clock": ("ctrl+t", "f1"),
    "re-fit": ("ctrl+t", "r"),
    "start and end": ("ctrl+t", "m"),
    "add a block": ("ctrl+t", "a"),
    "palette": ("ctrl+p",),
    "palette finds": ("ctrl+p", *"co"),
    "script": ("ctrl+p", *"script", "enter"),
    "what was said": ("ctrl+p", *"what was said", "enter"),
    "save as template": ("ctrl+p", *"template", "enter"),
    "map": ("f5",),
    "map typing": ("f5", "right", "f2", *"abc"),
    "map again": ("f5", "v"),
    "map third": ("f5", "v", "v"),
    "map fourth": ("f5", "v", "v", "v"),
    "map fifth": ("f5", "v", "v", "v", "v"),
    "lanes": ("f5", "l"),
    "help of the map": ("f5", "f1"),
    "vote": ("f7",),
    "votes": ("f7", "left", "left"),
    "rules of a vote": ("f7", "ctrl+n"),
    "help of a vote": ("f7", "f1"),
    "scores": ("f7", "ctrl+pagedown"),
    "inbox": ("ctrl+r",),
    "inbox, all": ("ctrl+r", "v"),
    "choosing": ("ctrl+r", "x"),
    "presenter": ("f6", "1"),
    "presenter's clock": ("f6", "2"),
    "presenter's map": ("f6", "3"),
    "presenter's votes": ("f6", "4"),
    "storyboard": ("f6", "5"),
}

SIGNS = {
    "help, its end": "change by going back, and go back.",
    "find": "Any words, in any order",
    "found": "rows in 24 tables",
    "restore points": "* then",
    "one of them": "People: 1 different",
    "what it would change": "Go back to: then",
    "palette": "Step: Discovery meeting",
    "palette finds": "Change code",
    "script": "Nothing is left of this agenda",
    "what was said": "The newest first.",
    "save as template": "Its stages, agenda, prompts and lanes",
}
"""What stands in a place whose content comes some time after it."""
PATIENCE = 10.0


def plain_sample() -> Session:
    """The sample, each sign of its own texts that is not ASCII made an x."""
    text = json.dumps(json.loads(sample_path().read_text("utf-8")), ensure_ascii=False)
    document = json.loads(re.sub(r"[^\x00-\x7f]", "x", text))
    tables = {name: [("", record) for record in records] for name, records in document["tables"].items()}
    return session_of(CATALOGUE, {"_meta": [("", document["session"])], **tables})


def others(pilot: Pilot[int]) -> list[str]:
    """The lines of the screen with other signs."""
    return [line for line in screen_lines(pilot.app) if not line.isascii()]


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, each as soon as all widgets are done with the one before: Pilot waits for idle time instead."""
    for key in keys:
        if len(key) == 1 and not key.isalnum():
            await pilot.press(key)  # it knows what such a key is called
        else:
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
            await pilot.pause(0)


async def still(pilot: Pilot[int], sign: str = "", *, beyond: Screen[Any] | None = None) -> None:
    """Wait until `sign` is on the screen, which is another one than `beyond`, and what is there stays as it is."""
    before: list[str] = []
    end = monotonic() + PATIENCE
    while True:
        now = [] if pilot.app.screen is beyond else screen_lines(pilot.app)
        if now and now == before and any(sign in line for line in now):
            return
        assert monotonic() < end, f"{sign!r} did not come, or the screen does not rest"
        before = now
        for _ in range(3):
            await pilot.pause(0.003)


@asynccontextmanager
async def at_home(folder: Path, size: tuple[int, int]) -> AsyncIterator[Pilot[int]]:
    store = SessionStore(folder, CATALOGUE)
    app = WorkshopApp(store, Settings(ascii=True))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield pilot


@pytest.mark.parametrize("size", SIZES)
async def test_screens_and_dialogs(tmp_path: Path, size: tuple[int, int]) -> None:
    found = {}
    async with running(tmp_path, plain_sample(), size, ascii=True) as (pilot, screen):
        screen.desk.opened.backup(NAMED, "then")
        row = screen.desk.session["people"][-1]
        screen.desk.do(SetCells("people", ((row.id, "name", "Else"),)))
        for name, keys in PLACES.items():
            await press(pilot, keys[0])
            await still(pilot, beyond=None if name == "go to" else screen)
            await press(pilot, *keys[1:])
            await still(pilot, SIGNS.get(name, ""))
            assert name == "go to" or pilot.app.screen is not screen, name
            if lines := others(pilot):
                found[name] = lines
            for _ in range(6):
                await press(pilot, "escape")
                await still(pilot)
                if pilot.app.screen is screen:
                    break
            assert pilot.app.screen is screen, name
    assert found == {}


@pytest.mark.parametrize("size", SIZES)
async def test_tables(tmp_path: Path, size: tuple[int, int]) -> None:
    found = {}
    async with running(tmp_path, plain_sample(), size, ascii=True) as (pilot, screen):
        for step in STEPS:
            for name in step.tables:
                screen.go_to_cell(GoToCell(name))
                for keys in ((), ("end",), ("enter",), ("escape", "ctrl+end", "ctrl+n"), ("escape",)):
                    await press(pilot, *keys)
                    await still(pilot)
                    if lines := others(pilot):
                        found[name, keys] = lines
    assert found == {}


async def test_empty_tables_and_what_they_hint_at(tmp_path: Path) -> None:
    found = {}
    empty = session_of(CATALOGUE, {"_meta": [("", {"name": "Empty"})]})
    async with running(tmp_path, empty, (200, 50), ascii=True) as (pilot, screen):
        for name in (name for step in STEPS for name in step.tables):
            screen.go_to_cell(GoToCell(name))
            await press(pilot, "ctrl+n")
            await still(pilot)
            if lines := others(pilot):
                found[name] = lines
            await press(pilot, "escape")
    assert found == {}


@pytest.mark.parametrize("size", [*SIZES, (40, 10)])
async def test_a_terminal_of_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(tmp_path, plain_sample(), size, ascii=True) as (pilot, _):
        assert others(pilot) == []


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_before_a_paste(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(tmp_path, plain_sample(), size, ascii=True) as (pilot, screen):
        refusals = (Refusal("A02", "Stage", "abc", "there is none"),)
        pilot.app.push_screen(paste_question(PastePlan("touchpoints", refusals=refusals)))
        await settle(pilot)
        assert pilot.app.screen is not screen
        assert others(pilot) == []


@pytest.mark.parametrize("size", SIZES)
async def test_home(tmp_path: Path, size: tuple[int, int]) -> None:
    found = {}
    async with at_home(tmp_path, size) as pilot:
        if lines := others(pilot):
            found["empty"] = lines
    SessionStore(tmp_path, CATALOGUE).create(plain_sample())
    places = ((), tuple("demo"), ("f1",), ("ctrl+n",), ("ctrl+n", "tab", "tab", "tab", "down"), ("ctrl+d",), ("f4",))
    async with at_home(tmp_path, size) as pilot:
        for keys in places:
            await press(pilot, *keys)
            await still(pilot)
            if lines := others(pilot):
                found[" ".join(keys)] = lines
            await press(pilot, "escape")
            await still(pilot)
    assert found == {}


async def test_letters_of_other_scripts_stay(tmp_path: Path) -> None:
    async with running(tmp_path, plain_sample(), ascii=True) as (pilot, screen):
        row = screen.desk.session["charter"][0]
        screen.desk.do(SetCells("charter", ((row.id, "client", "Réseau 漢字"),)))
        await settle(pilot)
        assert any("Réseau 漢字" in line for line in others(pilot))


@pytest.mark.parametrize("text", ["╭─ ↓ more ─╮", "🔎 x", "“I …” – 2 × 3 · −1", "▁▇█", "é ✔\ufe0f 漢"])
def test_each_sign_takes_as_many_cells_as_before(text: str) -> None:
    drawn = AsciiOnly().apply([Segment("ab "), Segment(text)], Color(0, 0, 0))
    assert drawn[0].text == "ab "
    assert cell_len(drawn[1].text) == cell_len(text)
