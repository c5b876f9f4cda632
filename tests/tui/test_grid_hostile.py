"""Whatever stands in a cell: no crash, nothing that a terminal or Textual obeys."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from grid_bench import GridApp, sample, screen_lines
from textual.events import Paste

from cjworkshop.domain.commands import AddRows, NewRow, SetCells
from cjworkshop.tui.widgets.grid import Grid

if TYPE_CHECKING:
    from rich.style import Style

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
HOSTILE = [
    "[/x] [@click=app.quit]x[/] [b]",
    "\x1b[2J\x1b]0;title\x07 \x9b31m \x00 \x7f",
    "abc \u202e reversed \u2066 isolated",
    "lone \ud800 \udfff",
    f"{FAMILY}{FAMILY} e\u0301 日本語 \U0001f1e9\U0001f1ea",
    "\u0301\u0301 accent first, joiner last \u200d",
    "tab\tand\nnew\r\nline\u2028",
    "x" * 10_000,
    "日本" * 5_000,
    "word " * 2_000,
    "e" + "\u0301" * 3_000,
]


def hostile_app() -> GridApp:
    """The raw texts stand in the session as if a stranger's file had brought them past all cleaning."""
    session = sample(12)
    cells = tuple((f"t{n}", key, text) for n, text in enumerate(HOSTILE) for key in ("name", "action", "channel"))
    return GridApp("touchpoints", session.edited(SetCells("touchpoints", cells).edits(session)))


def segments(app: GridApp) -> list[tuple[str, Style | None]]:
    return [(segment.text, segment.style) for strip in app.screen._compositor.render_strips() for segment in strip]


def check(app: GridApp, width: int) -> None:
    for text, style in segments(app):
        assert not [c for c in text if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000], repr(text)
        assert not set(text) & set("\u202e\u2066\u2028")
        assert not (style and (style.meta or style.link))
    for strip in app.screen._compositor.render_strips():
        assert strip.cell_length == width


@pytest.mark.parametrize("width", [30, 120])
async def test_hostile_cells_are_shown_and_never_obeyed(width: int) -> None:
    app = hostile_app()
    async with app.at_work(width=width, height=20) as pilot:
        for _ in range(12):
            await pilot.pause()
            check(app, width)
            await pilot.press("enter", "x")
            check(app, width)
            await pilot.press("escape", "down")
        await pilot.press("right", "right", *["f2", "up", "escape"] * 4)
        check(app, width)


async def test_hostile_text_typed_and_pasted_arrives_clean() -> None:
    app = GridApp("parked")
    async with app.at_work() as pilot:
        for text in HOSTILE[:7]:
            await pilot.press("ctrl+n", "f2")
            app.grid.post_message(Paste(text))
            await pilot.pause()
            check(app, 100)
            await pilot.press("enter")
            app.grid.post_message(Paste(text))
            await pilot.pause()
            check(app, 100)
        assert len(app.rows()) >= 7
        assert "[@click=app.quit]" in app.rows()[0].text


async def test_hostile_names_in_lists_and_refusals() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        rows = tuple(NewRow(f"h{n}", {"name": text}) for n, text in enumerate(HOSTILE))
        app.book.do(AddRows("stages", rows))
        await pilot.press("enter", "down", "down", "pagedown", "pagedown")
        check(app, 100)
        await pilot.press(*"[/x]")
        check(app, 100)
        await pilot.press("escape", *"[/]zz", "enter")
        assert app.of(Grid.Refused)
        check(app, 100)
        app.grid.refuse("\x1b[2J[/x]", HOSTILE[4])
        await pilot.pause()
        check(app, 100)


async def test_a_10_kilobyte_cell_is_walked_through() -> None:
    app = hostile_app()
    async with app.at_work(height=16) as pilot:
        app.grid.go_to("t9", "action")
        await pilot.pause()
        assert any("more lines" in line for line in screen_lines(app))
        await pilot.press("f2", "ctrl+home", "delete", "delete", "down", "down", "!", "ctrl+end", "?", "enter")
        text = app.rows()[9].action
        assert (text[-1], "!" in text) == ("?", True)


SIZES = [(1, 1), (2, 1), (1, 5), (3, 3), (5, 20), (20, 5), (80, 2), (200, 60), (12, 4), (79, 23)]


@pytest.mark.parametrize("table", ["touchpoints", "charter"])
async def test_no_size_is_too_small(table: str) -> None:
    app = hostile_app()
    app.table = table
    keys = [
        "down",
        "enter",
        "x",
        "enter",
        "right",
        "f2",
        "end",
        "escape",
        "shift+down",
        "ctrl+n",
        "y",
        "tab",
        "f4",
        "z",
        "escape",
    ]
    chance = random.Random(7)
    async with app.at_work(width=80, height=24) as pilot:
        for width, height in SIZES:
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            check(app, width)
            for key in chance.sample(keys, 4):
                await pilot.press(key)
            await pilot.pause()
            check(app, width)
