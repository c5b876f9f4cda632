"""Find by keys: typed words show their rows, Enter goes to the cell, Esc stays, and no key waits for a search."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from test_workshop_screen import fresh, running, sample, settle, words
from textual.screen import Screen
from textual.widgets import Input, Static

from cjworkshop.analysis.search import Search
from cjworkshop.domain.commands import AddRows, NewRow, RemoveRows, SetCells, Together
from cjworkshop.method.employee_workshop import Touchpoint
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.settings import Settings
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui.app import WorkshopApp
from cjworkshop.tui.modals.find import INVITATION, NOTHING, FindDialog
from cjworkshop.tui.text import cells
from strategies import HOSTILE_TEXTS, filled

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from cjworkshop.analysis.search import Found
    from cjworkshop.domain.session import Session
    from cjworkshop.tui.screens.workshop import WorkshopScreen


def dialog(pilot: Pilot[int]) -> FindDialog:
    screen = pilot.app.screen
    assert isinstance(screen, FindDialog)
    return screen


async def found(pilot: Pilot[int]) -> FindDialog:
    """The dialog once it has found what was typed."""
    await settle(pilot)
    shown = dialog(pilot)
    for _ in range(100):
        if shown._searched == shown.query_one(Input).value:
            break
        await pilot.pause(0.02)
    await settle(pilot)
    return shown


def count(shown: FindDialog) -> str:
    return str(shown.query_one("#count", Static).visual)


def where(screen: WorkshopScreen) -> tuple[str, str, str]:
    return screen.desk.table, screen.grid.row_id, screen.grid.key


async def test_enter_goes_to_the_cell_that_has_the_words(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+f", *"gives", "space", *"blood")
        shown = await found(pilot)
        assert "Checks in at the lab, waits, gives blood" in words(shown.menu)
        assert count(shown) == "1 row in 1 table"
        await pilot.press("enter")
        await settle(pilot)
        assert where(screen) == ("touchpoints", "a11", "action")
        assert screen.desk.step.key == "employee-workshop"


async def test_enter_takes_what_was_typed_although_it_came_at_once(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+f", *"a19", "enter")
        await settle(pilot)
        await pilot.pause(0.2)
        assert where(screen) == ("touchpoints", "a19", "name")


async def test_up_and_down_choose_while_one_types(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        await pilot.press("ctrl+f", *"wait")
        shown = await found(pilot)
        hits = [entry.value for entry in shown.menu.entries if entry.value is not None]
        assert shown.menu.chosen is hits[0]
        await pilot.press("down", "down", "down", "up")
        assert shown.menu.chosen is hits[2]
        await pilot.press("pagedown", "pagedown", "pagedown", "pagedown", "pagedown")
        assert shown.menu.chosen is hits[-1]
        await pilot.press("pageup", "pageup", "pageup", "pageup", "pageup")
        assert shown.menu.chosen is hits[0]
        assert words(shown.menu).splitlines()[0].startswith("Touchpoints  Employee workshop")
        await pilot.press("down", *"ing")
        await found(pilot)
        assert shown.menu.chosen is not hits[1]
        assert "waiting" in words(shown.menu)


async def test_esc_stays_and_the_last_words_come_back_selected(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+g", "4", "down", "right")
        await settle(pilot)
        before = where(screen)
        await pilot.press("ctrl+f", *"nurse")
        await found(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert where(screen) == before
        await pilot.press("ctrl+f")
        shown = await found(pilot)
        entry = shown.query_one(Input)
        assert (entry.value, entry.selected_text) == ("nurse", "nurse")
        assert "nurse" in words(shown.menu)
        await pilot.press(*"phone")
        shown = await found(pilot)
        assert entry.value == "phone"
        assert "hone" in words(shown.menu)


async def test_it_says_what_to_type_and_that_nothing_has_it(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), (80, 24)) as (pilot, _):
        await pilot.press("ctrl+f")
        shown = await found(pilot)
        assert count(shown) == INVITATION
        await pilot.press(*"zebra", "enter")
        shown = await found(pilot)
        assert count(shown) == NOTHING
        assert not words(shown.menu).strip()
        await pilot.press("down", "enter", *["backspace"] * 5)
        assert count(await found(pilot)) == INVITATION


async def test_a_filter_that_hides_the_hit_ends(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+g", "2", "ctrl+g", "b", "f4", *"pharmacy", "enter")
        await settle(pilot)
        assert screen.grid.model.filter == "pharmacy"
        await pilot.press("ctrl+f", *"a06")
        await found(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert where(screen) == ("touchpoints", "a06", "name")
        assert screen.grid.model.filter == ""


async def test_what_is_being_typed_is_committed_first_and_a_refused_value_stays(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        await pilot.press(*"Harbour", "ctrl+f", *"harb")
        shown = await found(pilot)
        assert "Harbour" in words(shown.menu)
        await pilot.press("escape", "ctrl+g", "2", "ctrl+g", "b")
        await settle(pilot)
        await pilot.press(*"Wait", "shift+tab", *"Nowhere", "ctrl+f")
        await found(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert "Nowhere" in words(screen.grid)


async def test_a_screen_over_the_workshop_gives_way_to_the_cell(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.app.push_screen(Screen())
        await pilot.press("ctrl+f", *"a19")
        await found(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is not screen
        await pilot.press("ctrl+f")
        await found(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert where(screen) == ("touchpoints", "a19", "name")


async def test_what_is_typed_on_the_map_is_filled_in_before_one_leaves_it(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), (200, 50)) as (pilot, screen):
        await pilot.press("ctrl+g", "2", "ctrl+g", "b", "f5")
        await settle(pilot)
        assert pilot.app.screen is not screen
        await pilot.press("f2", "backspace", "1")
        await settle(pilot)
        await pilot.press("ctrl+f", *"a19")
        await found(pilot)
        assert screen.desk.session.rows(Touchpoint)[0].emotion == 1
        await pilot.press("enter")
        await settle(pilot)
        assert screen.is_active
        assert where(screen) == ("touchpoints", "a19", "name")


async def test_keys_do_not_wait_for_a_search_and_the_last_words_win(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, asked = threading.Event(), []
    real = Search.find

    def slow(self: Search, session: Session, typed: str) -> Found:
        asked.append(typed)
        if typed:
            assert go_on.wait(10)
        return real(self, session, typed)

    monkeypatch.setattr(Search, "find", slow)
    async with running(tmp_path, sample()) as (pilot, _):
        await pilot.press("ctrl+f", *"wait")
        await settle(pilot)
        assert dialog(pilot).query_one(Input).value == "wait"
        assert asked == ["", "w"]
        go_on.set()
        shown = await found(pilot)
        assert asked == ["", "w", "wait"]
        assert "waiting" in words(shown.menu)


async def test_a_hit_that_is_gone_by_then_leads_to_its_table(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+f", *"a19")
        await found(pilot)
        screen.desk.do(RemoveRows("touchpoints", ("a19",)))
        await pilot.press("enter")
        await settle(pilot)
        assert screen.desk.table == "touchpoints"
        assert screen.grid.row_id


async def test_a_click_goes_there(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+f", *"a19")
        await found(pilot)
        await pilot.click("#hits", offset=(8, 1))
        await settle(pilot)
        assert where(screen) == ("touchpoints", "a19", "name")


@pytest.mark.parametrize("size", [(48, 12), (80, 24), (200, 50)])
async def test_hostile_text_is_shown_and_not_obeyed_at_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(tmp_path, filled(text="".join(HOSTILE_TEXTS)), size) as (pilot, _):
        for typed in ("click", "0x9b", "=1+1", "旅程"):
            await pilot.press("ctrl+f", *typed)
            shown = await found(pilot)
            assert not set(words(shown.menu)) & {"\x1b", "\x9b", "\x00", "\u202e"}
            assert all(cells(line) <= shown.menu.size.width for line in words(shown.menu).splitlines())
            await pilot.press("escape")
        await pilot.press("ctrl+f", *"[/x]")
        assert "[/x]" in words((await found(pilot)).menu)


async def test_the_word_that_was_found_is_in_view_however_narrow(tmp_path: Path) -> None:
    text = "It takes a while before one gets to the needle in here, and then a lot follows behind it too"
    async with running(tmp_path, sample(), (60, 20)) as (pilot, screen):
        screen.desk.do(SetCells("touchpoints", (("a01", "thought", text), ("a02", "name", text))))
        await pilot.press("ctrl+f", *"needle")
        lines = words((await found(pilot)).menu).splitlines()
        hits = [line for line in lines if line.startswith("  ") and line.strip()]
        assert len(hits) >= 2
        assert all("needle" in line for line in hits)
        assert any("…" in line and "A01 Decide" in line for line in lines)


async def test_it_is_not_there_without_a_session(tmp_path: Path) -> None:
    app = WorkshopApp(SessionStore(tmp_path, CATALOGUE), Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+f")
        await settle(pilot)
        assert not isinstance(app.screen, FindDialog)


async def test_new_notes_are_found_at_once(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+f", *"xylophone")
        assert count(await found(pilot)) == NOTHING
        await pilot.press("escape")
        await settle(pilot)
        screen.desk.do(AddRows("inbox", (NewRow("n", {"text": "a Xylophone in the hall"}),)))
        await pilot.press("ctrl+f")
        await found(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert where(screen) == ("inbox", "n", "text")


async def test_votes_tell_their_round_and_begin_below_one_another(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), (120, 36)) as (pilot, screen):
        rounds = AddRows("vote_rounds", (NewRow("r", {"title": "Which hurt?"}), NewRow("q", {"title": "Decide?"})))
        votes = AddRows("votes", tuple(NewRow(f"v{row}", {"round": row, "item": "a09"}) for row in ("r", "q")))
        screen.desk.do(Together((rounds, votes), "vote"))
        await pilot.press("ctrl+f", *"a09")
        lines = words((await found(pilot)).menu).splitlines()
        start = next(index for index, line in enumerate(lines) if line.startswith("Votes"))
        assert [line.rstrip() for line in lines[start + 1 : start + 3]] == [
            "  Which hurt?  Item  A09 Met by greeter / volunteer",
            "  Decide?      Item  A09 Met by greeter / volunteer",
        ]


async def test_hits_without_any_name_are_not_indented(tmp_path: Path) -> None:
    async with running(tmp_path, fresh(), (120, 36)) as (pilot, screen):
        screen.desk.do(AddRows("votes", (NewRow("v", {"dots": 1, "who": "Xerxes"}),)))
        await pilot.press("ctrl+f", *"xerxes")
        lines = words((await found(pilot)).menu).splitlines()
        assert lines[1].rstrip() == "  Who  Xerxes"


VOTERS = ("Ann Alder", "Ben Birch", "")


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ({"mode": "person", "state": "revealed"}, True),
        ({"mode": "room", "state": "collecting"}, True),
        ({"mode": "person", "state": "collecting"}, False),
        ({"mode": "room", "state": "revealed", "anonymous": True}, False),
    ],
)
async def test_ballots_for_one_item_are_told_apart_where_the_round_says_whose_they_are(
    tmp_path: Path, rules: dict[str, object], told: bool
) -> None:
    session = sample()
    item = session["touchpoints"][0].id
    values = {"title": "What decides", "over": "touchpoints", "voters": 3, "dots_each": 3}
    votes = tuple(NewRow(f"w{n}", {"round": "r9", "item": item, "dots": 1, "who": who}) for n, who in enumerate(VOTERS))
    for command in (AddRows("vote_rounds", (NewRow("r9", {**values, **rules}),)), AddRows("votes", votes)):
        session = session.edited(command.edits(session))
    async with running(tmp_path, session) as (pilot, _):
        await pilot.press("ctrl+f", *"a01")
        shown = words((await found(pilot)).menu)
        lines = [line for line in shown.splitlines() if "What decides" in line and "A01" in line]
        assert len(lines) == 3
        named = [(f"{who}, What decides" in line) for who, line in zip(VOTERS[:2], lines, strict=False)]
        assert named == [told, told]
        assert lines[2].startswith("  What decides ")
