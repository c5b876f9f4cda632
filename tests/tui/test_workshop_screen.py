"""The workshop screen, by keys, with the real store under it."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import Input

from cjworkshop.domain.records import session_of
from cjworkshop.domain.session import Session
from cjworkshop.method.employee_workshop import Pain, Stage, Touchpoint
from cjworkshop.method.steps import CATALOGUE, STEPS
from cjworkshop.method.template import Template, begin
from cjworkshop.sample import sample_path
from cjworkshop.settings import Settings
from cjworkshop.storage.ids import new_id
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui.app import WorkshopApp
from cjworkshop.tui.screens.workshop import WorkshopScreen
from cjworkshop.tui.widgets.footer import Footer
from cjworkshop.tui.widgets.header import Header
from cjworkshop.tui.widgets.panel import AskLine, Panel
from cjworkshop.tui.widgets.rail import Rail, StepLine
from cjworkshop.tui.widgets.tabs import Tabs
from cjworkshop.tui.widgets.too_small import TooSmall
from strategies import HOSTILE_TEXTS, filled

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.widget import Widget


THREE_STAGES = Template("three", "Three stages", stages=({"name": "Before"}, {"name": "During"}, {"name": "After"}))


def sample() -> Session:
    document = json.loads(sample_path().read_text("utf-8"))
    tables = {name: [("", record) for record in records] for name, records in document["tables"].items()}
    return session_of(CATALOGUE, {"_meta": [("", document["session"])], **tables})


def fresh() -> Session:
    return begin(CATALOGUE, THREE_STAGES, {"name": "Fresh"}, client="Client", journey="I try", new_id=new_id)


@asynccontextmanager
async def running(
    folder: Path, session: Session | Path, size: tuple[int, int] = (120, 36), **settings: object
) -> AsyncIterator[tuple[Pilot[int], WorkshopScreen]]:
    store = SessionStore(folder, CATALOGUE)
    path = store.create(session) if isinstance(session, Session) else session
    app = WorkshopApp(store, Settings(**settings), path)  # type: ignore[arg-type]
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        for _ in range(100):
            await pilot.pause(0.02)
            if isinstance(app.screen, WorkshopScreen):
                break
        screen = app.screen
        assert isinstance(screen, WorkshopScreen)
        yield pilot, screen
        app.give_up()


def words(board: Widget) -> str:
    """What stands on a board."""
    return "\n".join(board.render_line(y).text for y in range(board.size.height))


async def settle(pilot: Pilot[int]) -> None:
    for _ in range(4):
        await pilot.pause(0.02)


async def test_what_is_typed_is_in_the_session_and_in_the_file(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        await pilot.press("ctrl+pagedown", "ctrl+g", "b")
        await settle(pilot)
        await pilot.press(*"Wait", "shift+tab", *"Dur", "tab", "tab", "tab", *"hall", "enter")
        await settle(pilot)
        (touchpoint,) = screen.desk.session.rows(Touchpoint)
        stage = screen.desk.session.get(Stage, touchpoint.stage)
        assert stage is not None
        assert (stage.name, touchpoint.name, touchpoint.channel, touchpoint.code) == ("During", "Wait", "hall", "A01")
        path = screen.desk.opened.path
    (kept,) = SessionStore(tmp_path, CATALOGUE).read(path).session.rows(Touchpoint)
    assert kept == touchpoint


async def test_undo_says_what_it_undid_and_goes_where_that_was(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        before = screen.desk.session
        await pilot.press("ctrl+g", "2", "ctrl+g", "b")
        await settle(pilot)
        await pilot.press("ctrl+delete")
        await settle(pilot)
        assert len(screen.desk.session.rows(Touchpoint)) == len(before.rows(Touchpoint)) - 1
        assert "remove 1 touchpoint with" in words(screen.query_one(Footer))
        await pilot.press("ctrl+pagedown")
        await settle(pilot)
        assert screen.desk.step.key == "qualitative"
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert screen.desk.session == before
        assert screen.desk.table == "touchpoints"
        assert "Undid: remove 1 touchpoint" in words(screen.query_one(Footer))
        await pilot.press("ctrl+y")
        await settle(pilot)
        assert len(screen.desk.session.rows(Touchpoint)) == len(before.rows(Touchpoint)) - 1


async def test_undo_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        await pilot.press(*"Ours", "enter")
        await settle(pilot)
        path = screen.desk.opened.path
        assert "Ours" in words(screen.grid)
    async with running(tmp_path, path) as (pilot, screen):
        assert "Ours" in words(screen.grid)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert "Ours" not in words(screen.grid)
        assert "Client" in words(screen.grid)


async def test_one_comes_back_to_the_step_table_and_cell_that_one_left(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+g", "2", "ctrl+g", "c", "down", "down", "right")
        await settle(pilot)
        left = (screen.desk.table, screen.grid.row_id, screen.grid.key)
        path = screen.desk.opened.path
        await pilot.press("ctrl+q")
        await settle(pilot)
    async with running(tmp_path, path) as (pilot, screen):
        assert (screen.desk.table, screen.grid.row_id, screen.grid.key) == left


async def test_an_edit_is_committed_by_going_elsewhere(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        await pilot.press(*"Harbour", "ctrl+pagedown")
        await settle(pilot)
        assert screen.desk.step.key == "employee-workshop"
        (charter,) = screen.desk.session["charter"]
        assert "Harbour" in repr(charter)


async def test_a_refused_value_keeps_one_where_one_is(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        await pilot.press("ctrl+g", "2", "ctrl+g", "b")
        await settle(pilot)
        await pilot.press(*"Wait", "shift+tab", *"Nowhere", "ctrl+pagedown")
        await settle(pilot)
        assert screen.desk.table == "touchpoints"
        assert [touchpoint.stage for touchpoint in screen.desk.session.rows(Touchpoint)] == [""]
        assert "Nowhere" in words(screen.grid) + words(screen.query_one(Footer))


@pytest.mark.parametrize("key", ["ctrl+t", "ctrl+f", "ctrl+s", "ctrl+e", "ctrl+k", "ctrl+r", "f5", "f6", "f7"])
async def test_a_refused_value_waits_while_something_else_is_looked_at(tmp_path: Path, key: str) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        await pilot.press("ctrl+g", "2", "ctrl+g", "b")
        await settle(pilot)
        await pilot.press(*"Wait", "shift+tab", *"Nowhere", key)
        for _ in range(100):
            await pilot.pause(0.02)
            if pilot.app.screen is not screen:
                break
        assert pilot.app.screen is not screen
        await pilot.press("escape")
        for _ in range(100):
            await pilot.pause(0.02)
            if pilot.app.screen is screen:
                break
        assert "Nowhere" in words(screen.grid)


async def test_every_step_and_table_is_a_go_to_away(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        seen = set()
        for step in (*(str(step.number) for step in STEPS), "0"):
            await pilot.press("ctrl+g", step)
            await settle(pilot)
            for mark in "abcdefgh"[: len(screen.desk.step.tables)]:
                await pilot.press("ctrl+g", mark)
                await settle(pilot)
                seen.add(screen.desk.table)
                assert screen.grid.model.table == screen.desk.table
        assert seen == set(CATALOGUE)


async def test_a_gap_takes_one_to_what_is_missing(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        assert "Missing here" in words(screen.query_one(Rail))
        await pilot.press("ctrl+g")
        await settle(pilot)
        gaps = screen.desk.progress(marks=True).gaps
        await pilot.press(gaps[-1].mark)
        await settle(pilot)
        assert screen.desk.table == gaps[-1].place.table


async def test_a_gap_that_is_filled_goes_from_the_rail(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        before = len(screen.desk.progress().gaps)
        table = screen.desk.session.catalogue["charter"]
        index = [column.name for column in table.columns].index("sponsor")
        await pilot.press(*["down"] * index, *"Ada", "enter")
        await settle(pilot)
        assert len(screen.desk.progress().gaps) == before - 1


@pytest.mark.parametrize(
    ("size", "seen", "unseen"),
    [
        ((80, 24), (StepLine, AskLine, Tabs, Header), (Rail, Panel, TooSmall)),
        ((100, 30), (Rail, AskLine, Tabs, Header), (StepLine, Panel, TooSmall)),
        ((120, 36), (Rail, Panel, Tabs, Header), (StepLine, AskLine, TooSmall)),
        ((20, 5), (TooSmall,), (Rail, Panel)),
    ],
)
async def test_each_size_shows_what_fits(
    tmp_path: Path, size: tuple[int, int], seen: tuple[type[Widget], ...], unseen: tuple[type[Widget], ...]
) -> None:
    async with running(tmp_path, sample(), size) as (pilot, screen):
        await settle(pilot)
        assert all(screen.query_one(board).size for board in seen)
        assert not any(screen.query_one(board).size for board in unseen)


async def test_a_terminal_made_small_and_large_again_loses_nothing(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        await pilot.press(*"half a na")
        await pilot.resize_terminal(20, 5)
        await settle(pilot)
        assert "20×5" in words(screen.query_one(TooSmall)).replace("\n", " ")
        await pilot.resize_terminal(120, 36)
        await settle(pilot)
        await pilot.press(*"me", "enter")
        await settle(pilot)
        assert "half a name" in repr(screen.desk.session["charter"][0])


async def test_session_step_and_save_state_are_on_screen_at_every_size(tmp_path: Path) -> None:
    for size in ((48, 12), (80, 24), (120, 36), (200, 50)):
        async with running(tmp_path / f"{size[0]}", sample(), size) as (pilot, screen):
            await settle(pilot)
            line = words(screen.query_one(Header))
            assert "saved" in line
            assert "VA outp" in line
            assert "Discovery" in line


async def test_hostile_text_is_shown_in_every_table_and_obeyed_in_none(tmp_path: Path) -> None:
    hostile = "".join(HOSTILE_TEXTS)
    async with running(tmp_path, filled(text=hostile), (80, 24)) as (pilot, screen):
        for step in (*(str(step.number) for step in STEPS), "0"):
            await pilot.press("ctrl+g", step)
            for mark in "abcdefgh"[: len(screen.desk.step.tables)]:
                await pilot.press("ctrl+g", mark, "right", "f2", "escape")
                await settle(pilot)
                for board in (screen.grid, screen.query_one(Header), screen.query_one(Footer), screen.query_one(Rail)):
                    assert not set(words(board)) & {"\x1b", "\x9b", "\x00", "\u202e"}
        await pilot.press("f1")
        await settle(pilot)
        await pilot.press("escape", "ctrl+p", *"table")
        await settle(pilot)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, WorkshopScreen)


async def test_help_names_the_columns_and_keys_of_the_place(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        await pilot.press("f1")
        await settle(pilot)
        shown = "\n".join(str(widget.visual) for widget in pilot.app.screen.query("Static"))  # type: ignore[attr-defined]
        for expected in ("Charter", "Sponsor", "Who asked for it", "Copy the selected rows", "one key goes"):
            assert expected in shown


async def test_removing_says_what_went_with_it(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        pains = len(screen.desk.session.rows(Pain))
        await pilot.press("ctrl+g", "2")
        await settle(pilot)
        await pilot.press("ctrl+delete")
        await settle(pilot)
        assert len(screen.desk.session.rows(Pain)) < pains
        assert "remove 1 stage with" in words(screen.query_one(Footer))


async def test_a_new_row_takes_over_what_stays_the_same(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+g", "2", "ctrl+g", "b", "down", "down", "down", "ctrl+n", *"Hold", "enter")
        await settle(pilot)
        rows = screen.desk.session.rows(Touchpoint)
        assert [row.name for row in rows[3:6]] == [rows[3].name, "Hold", rows[5].name]
        assert rows[4].stage == rows[3].stage
        assert rows[4].channel == ""
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert len(screen.desk.session.rows(Touchpoint)) == len(rows) - 1


async def test_lists_are_typed_with_enter_or_down_and_no_row_is_written_over(tmp_path: Path) -> None:
    for key in ("enter", "down"):
        async with running(tmp_path / key, sample()) as (pilot, screen):
            await pilot.press(
                "ctrl+g", "2", "ctrl+g", "d", "ctrl+end", "ctrl+n", *"one", key, *"two", key, *"three", key
            )
            await settle(pilot)
            texts = [row.opportunity for row in screen.desk.session["opportunities"]]  # type: ignore[attr-defined]
            assert texts[-3:] == ["one", "two", "three"]


async def test_a_digit_is_a_whole_answer_and_enter_goes_on(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        column = [column.key for column in screen.desk.session.columns("touchpoints")].index("importance")
        await pilot.press("ctrl+g", "2", "ctrl+g", "b", "home", *["right"] * column, "1", "enter", "2", "enter", "9")
        await settle(pilot)
        assert [row.importance for row in screen.desk.session.rows(Touchpoint)][:3] == [1, 2, 3]
        assert not screen.grid.editing
        assert "9 is not between 1 and 5" in words(screen.grid)


async def test_letters_stay_in_the_line_of_a_dialog_that_they_were_typed_in(tmp_path: Path) -> None:
    app = WorkshopApp(SessionStore(tmp_path, CATALOGUE), Settings())
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+n")
        await settle(pilot)
        for key in (*"Harbour", "tab", *"get a berth".replace(" ", "_"), "enter", *"Berth"):
            app.post_message(events.Key(key if key != "_" else "underscore", key if len(key) == 1 else None))
        await pilot.pause(0.5)
        assert [entry.value for entry in app.screen.query(Input)] == ["Harbour", "get_a_berth", "Berth"]


async def test_a_move_waits_for_nothing_after_an_edit_either(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("down")
        assert not screen.is_awaited
        await pilot.press("x", "enter")
        await settle(pilot)
        await pilot.press("down")
        assert not screen.is_awaited


@pytest.mark.parametrize(("name", "shown"), [("Spring", "Spring · I try"), ("Bank · I try", "Bank · I try")])
async def test_the_header_says_the_journey_once(tmp_path: Path, name: str, shown: str) -> None:
    session = begin(CATALOGUE, THREE_STAGES, {"name": name}, client="Bank", journey="I try", new_id=new_id)
    async with running(tmp_path, session) as (_, screen):
        assert words(screen.query_one(Header)).split("   ")[0].strip() == shown
