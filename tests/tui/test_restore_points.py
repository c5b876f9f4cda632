"""Restore points by keys: kept under a name, compared in rows, gone back to as one change that can be undone."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from test_workshop_screen import fresh, running, sample, settle, words
from textual.screen import Screen
from textual.widgets import Input, Static

from cjworkshop.domain.commands import RemoveRows, SetCells
from cjworkshop.storage.difference import Difference
from cjworkshop.tui.modals.restore_points import MOST_ROWS, NEW, SAME, Comparison, RestorePoints, in_words
from cjworkshop.tui.widgets.footer import Footer
from cjworkshop.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from textual.pilot import Pilot

    from cjworkshop.domain.session import Session
    from cjworkshop.storage.backups import Backup
    from cjworkshop.tui.screens.workshop import WorkshopScreen


def named(screen: WorkshopScreen) -> list[str]:
    return [backup.label for backup in screen.app.store.backups(screen.desk.opened.path) if backup.why == "named"]


def shown(pilot: Pilot[int], selector: str) -> str:
    return str(pilot.app.screen.query_one(selector, Static).visual)


def read(pilot: Pilot[int]) -> str:
    return "\n".join(str(part.visual) for part in pilot.app.screen.query(Static))


async def keep(pilot: Pilot[int], name: str) -> None:
    await pilot.press("ctrl+s", *name, "enter")
    await pilot.pause(0.2)
    await settle(pilot)


async def choose(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press("ctrl+s", *keys)
    await pilot.pause(0.2)
    await settle(pilot)


async def test_a_name_and_enter_keep_the_session_as_it_stands(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        await pilot.press(*"Harbour", "ctrl+s", *"Vor Übung 3: Ende?", "enter")
        await pilot.pause(0.2)
        await settle(pilot)
        assert "Restore point kept: Vor Übung 3: Ende?" in words(screen.query_one(Footer))
        assert named(screen) == ["Vor Übung 3: Ende?"]
        (backup,) = [one for one in screen.app.store.backups(screen.desk.opened.path) if one.why == "named"]
        assert screen.app.store.read_backup(backup) == screen.desk.session
        assert "Harbour" in repr(screen.desk.session["charter"][0])


async def test_without_a_name_it_is_called_by_the_time(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        await keep(pilot, "")
        (backup,) = [one for one in screen.app.store.backups(screen.desk.opened.path) if one.why == "named"]
        await choose(pilot)
        first = words(pilot.app.screen.query_one(Menu)).splitlines()[0]
        assert first.startswith(f"◆ {backup.time.astimezone():%H:%M} ")


async def test_going_back_is_shown_in_rows_and_is_one_change_that_undo_takes_back(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        desk = screen.desk
        then = desk.session
        await keep(pilot, "then")
        desk.do(RemoveRows("touchpoints", ("a01",)))
        desk.do(SetCells("touchpoints", (("a02", "name", "Otherwise"), ("a02", "emotion", 1))))
        now = desk.session
        await choose(pilot, "down")
        assert shown(pilot, "#difference").startswith("Touchpoints: 1 back, 1 different\nPain points: 1 back")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Comparison)
        assert "Go back to: then" in read(pilot)
        assert "A01 Decide on need for appointment" in read(pilot)
        assert "A02 Otherwise: Touchpoint, Emotion" in read(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, RestorePoints)
        assert desk.session is now
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await pilot.pause(0.2)
        await settle(pilot)
        assert screen.is_active
        assert desk.session == then
        assert "go back to then" in words(screen.query_one(Footer))
        kept = screen.app.store.backups(desk.opened.path)[0]
        assert kept.why == "restore"
        assert screen.app.store.read_backup(kept) == now
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert desk.session == now


async def test_ones_own_come_first_and_what_is_typed_is_for_a_new_one(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        await keep(pilot, "one")
        screen.desk.do(SetCells("stages", ((screen.desk.session["stages"][0].id, "name", "Else"),)))
        await keep(pilot, "two")
        await choose(pilot)
        lines = [line.split("  ")[0] for line in words(pilot.app.screen.query_one(Menu)).splitlines() if line.strip()]
        assert lines == [
            "◆ two",
            "◆ one",
            "",
        ]
        menu = pilot.app.screen.query_one(Menu)
        assert menu.chosen is None
        assert shown(pilot, "#difference") == NEW
        await pilot.press("down", "down")
        await pilot.pause(0.2)
        await settle(pilot)
        assert shown(pilot, "#difference") == "Stages: 1 different"
        await pilot.press("up", "up")
        assert menu.chosen is None
        await pilot.press("down")
        await settle(pilot)
        assert shown(pilot, "#difference") == SAME
        await pilot.press(*"three")
        assert menu.chosen is None
        assert pilot.app.screen.query_one(Input).value == "three"
        await pilot.press("enter")
        await pilot.pause(0.2)
        await settle(pilot)
        assert named(screen)[0] == "three"


async def test_a_name_that_is_taken_gets_a_number_and_that_is_said(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        await keep(pilot, "Before lunch")
        assert words(screen.query_one(Footer)).strip() == "Restore point kept: Before lunch."
        await choose(pilot, *"Before lunc")
        assert shown(pilot, "#difference") == NEW
        await pilot.press("h")
        assert shown(pilot, "#difference") == "This name is taken: Enter keeps the session as “Before lunch (2)”."
        await pilot.press("down", "up")
        assert shown(pilot, "#difference").startswith("This name is taken: ")
        await pilot.press("enter")
        await pilot.pause(0.2)
        await settle(pilot)
        said = "Restore point kept: Before lunch (2). The name that was typed is taken."
        assert words(screen.query_one(Footer)).strip() == said
        assert named(screen) == ["Before lunch (2)", "Before lunch"]
        await choose(pilot, *"before lunch", "backspace")
        assert shown(pilot, "#difference") == NEW


async def test_nothing_to_go_back_to_and_esc(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        before = screen.desk.session
        await keep(pilot, "same")
        await choose(pilot, "down", "enter")
        assert shown(pilot, "#fault") == SAME
        await pilot.press("escape")
        await settle(pilot)
        assert screen.desk.session is before
        assert not screen.desk.workbook.undo_label


async def test_a_damaged_state_is_named_and_the_others_stay(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        await keep(pilot, "good")
        await keep(pilot, "bad")
        bad = next(one for one in screen.app.store.backups(screen.desk.opened.path) if one.label == "bad")
        bad.path.write_bytes(b"{")
        await choose(pilot, *(["down"] if named(screen)[0] == "bad" else ["down", "down"]))
        assert "Choose another backup" in shown(pilot, "#difference")
        await pilot.press("enter")
        await settle(pilot)
        assert "Choose another backup" in shown(pilot, "#fault")
        await pilot.press("up", "up", "up", *"new", "enter")
        await pilot.pause(0.2)
        await settle(pilot)
        assert "new" in named(screen)


async def test_keys_do_not_wait_for_a_state_to_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        for name in ("one", "two", "three"):
            await keep(pilot, name)
        go_on, asked = threading.Event(), []
        real = screen.app.store.read_backup

        def slow(backup: Backup) -> Session:
            asked.append(backup.label)
            assert go_on.wait(10)
            return real(backup)

        monkeypatch.setattr(screen.app.store, "read_backup", slow)
        await choose(pilot, "down", "down", "down")
        assert shown(pilot, "#difference") == "…"
        assert len(asked) == 1
        go_on.set()
        await pilot.pause(0.2)
        await settle(pilot)
        assert len(asked) == 2
        assert shown(pilot, "#difference") == SAME


async def test_a_disk_that_refuses_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        folder = tmp_path / ".backups"
        for file in (folder / "fresh").iterdir():
            file.unlink()
        (folder / "fresh").rmdir()
        (folder / "fresh").write_text("in the way")
        await keep(pilot, "x")
        assert "cannot be" in words(screen.query_one(Footer))
        await pilot.press(*"still here", "enter")
        await settle(pilot)
        assert "still here" in repr(screen.desk.session["charter"][0])
        (folder / "fresh").unlink()


async def test_it_can_be_asked_for_over_another_screen(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        await pilot.app.push_screen(Screen())
        await keep(pilot, "over")
        assert named(screen) == ["over"]


async def test_a_session_that_may_only_be_read_says_so(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        await keep(pilot, "one")
        path = screen.desk.opened.path
        store = screen.app.store
        screen.close()
        pilot.app.pop_screen()
        await pilot.app.show_session(store.open_to_read(path))  # type: ignore[attr-defined]  # our own app
        await settle(pilot)
        reading = pilot.app.screen
        await keep(pilot, "two")
        assert "read-only" in words(reading.query_one(Footer))
        assert [backup.label for backup in store.backups(path) if backup.why == "named"] == ["one"]


def test_many_tables_are_told_in_a_few_lines() -> None:
    changes = [Difference(str(number), f"T{number}", 1, 0, 0) for number in range(9)]
    assert in_words(changes).splitlines() == ["T0: 1 back", "T1: 1 back", "T2: 1 back", "and 6 more tables"]
    assert MOST_ROWS > 100
