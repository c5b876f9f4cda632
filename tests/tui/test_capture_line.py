"""Quick capture by keys, with the real store under it: from any screen, over anything, and nothing typed is lost."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from test_workshop_screen import fresh, running, sample, settle, words
from textual import events

from cjworkshop.domain.commands import AddRows, NewRow, SetCells
from cjworkshop.errors import Busy
from cjworkshop.method.across import Note
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui.modals.capture import CaptureLine, ReadingBoard
from cjworkshop.tui.screens.home import HomeScreen
from strategies import HOSTILE_TEXTS

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from cjworkshop.tui.screens.workshop import WorkshopScreen

PAIN, TEXT = "!p3 #a4 ", "Long hold"
"""What a facilitator types: the tokens, and what was said."""

PLACES = {
    "grid": (),
    "grid, text typed": ("x", "y"),
    "prose edit": ("down", "down", "f2", "o", "h"),
    "go to": ("ctrl+g",),
    "help": ("f1",),
    "export": ("ctrl+e",),
    "palette": ("ctrl+p",),
    "find": ("ctrl+f", "w", "a"),
    "map": ("f5",),
    "map edit": ("f5", "f2", "q"),
    "vote": ("f7",),
    "inbox": ("ctrl+r",),
    "choosing": ("ctrl+r", "x"),
    "help over map": ("f5", "f1"),
    "presenter": ("f6",),
    "across": ("ctrl+pageup",),
}
"""Keys that lead to all kinds of places."""


def notes(screen: WorkshopScreen) -> tuple[Note, ...]:
    return screen.desk.session.rows(Note)


def top(pilot: Pilot[int]) -> object:
    """The screen that is on top."""
    return pilot.app.screen


def reading(pilot: Pilot[int]) -> list[str]:
    """The two lines under the line."""
    return [line.strip() for line in words(pilot.app.screen.query_one(ReadingBoard)).split("\n")]


def seen(pilot: Pilot[int]) -> str:
    """All that stands on the screen."""
    drawing = html.unescape(pilot.app.export_screenshot()).replace("\xa0", " ")
    lines: dict[float, str] = {}
    for x, y, text in re.findall(r'<text[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>', drawing):
        del x
        lines[float(y)] = lines.get(float(y), "") + text
    return "\n".join(lines[y] for y in sorted(lines))


async def line(pilot: Pilot[int]) -> CaptureLine:
    await settle(pilot)
    shown = pilot.app.screen
    assert isinstance(shown, CaptureLine)
    return shown


@pytest.mark.parametrize("keys", PLACES.values(), ids=PLACES)
async def test_a_pain_with_place_and_severity_takes_ten_keys_beside_its_text_anywhere(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press(*keys)
        await settle(pilot)
        before = top(pilot)
        pressed = ["ctrl+k", *PAIN, *TEXT, "enter"]
        assert len(pressed) <= len(TEXT) + 12
        await pilot.press(*pressed)
        await settle(pilot)
        note = notes(screen)[-1]
        assert (note.kind, note.about, note.level, note.text) == ("pain", "a04", 3, TEXT)
        assert note.typed == PAIN + TEXT
        assert note.captured is not None
        assert top(pilot) is before


async def test_what_was_done_is_said_where_one_was(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+k", *PAIN, *TEXT, "enter")
        await settle(pilot)
        said = "Captured: pain · A04 Schedule appointment · severity 3.  Ctrl+Z takes it back."
        assert screen.footer.notice[0] == said
        assert notes(screen)[-1].step == "discovery"


DIALOGS = {
    "clock": ("ctrl+t",),
    "add a block": ("ctrl+t", "a"),
    "start and end": ("ctrl+t", "m"),
    "rules": ("f7", "ctrl+n"),
    "lanes": ("f5", "l"),
    "help": ("f1",),
    "help over map": ("f5", "f1"),
    "export": ("ctrl+e",),
    "palette": ("ctrl+p",),
    "palette over map": ("f5", "ctrl+p"),
    "find": ("ctrl+f", "w"),
    "restore points": ("ctrl+s",),
    "choosing": ("ctrl+r", "x"),
    "map": ("f5",),
    "vote": ("f7",),
    "inbox": ("ctrl+r",),
}


@pytest.mark.parametrize("keys", DIALOGS.values(), ids=DIALOGS)
@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=str)
async def test_what_was_captured_is_said_where_it_can_be_seen(
    tmp_path: Path, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with running(tmp_path, sample(), size=size) as (pilot, _):
        await pilot.press(*keys)
        await settle(pilot)
        over = top(pilot)
        await pilot.press("ctrl+k", *PAIN, *TEXT, "enter")
        await settle(pilot)
        assert top(pilot) is over
        assert "Captured: pain · A04 Schedule appointment · severity 3." in seen(pilot)
        assert ("Ctrl+Z takes it back" in seen(pilot)) == (not keys or keys[-1] in {"ctrl+t", "f5", "f7", "ctrl+r"})
        await pilot.press("ctrl+k", *"half", "escape")
        await settle(pilot)
        assert "What you typed is kept: Ctrl+K goes on with it." in seen(pilot)


async def test_over_a_dialog_what_was_captured_is_said_in_the_last_line_and_nothing_moves(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        await pilot.press("ctrl+t", "a")
        await settle(pilot)

        def still() -> list[str]:
            """What stands over the last line, but for the clock and for the number of notes that the rail tells."""
            return [line for line in seen(pilot).split("\n")[:-1] if "ends" not in line and "Inbox" not in line]

        before = still()
        await pilot.press("ctrl+k", *"note", "enter")
        await settle(pilot)
        assert still() == before
        top(pilot).tell(None)  # type: ignore[attr-defined]
        await settle(pilot)
        assert "Captured: note." in seen(pilot)


async def test_over_a_dialog_what_is_too_long_for_the_line_is_seen_to_go_on(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), size=(80, 24)) as (pilot, _):
        await pilot.press("ctrl+t", "a", "ctrl+k", *"hold #a04 @all", "enter")
        await settle(pilot)
        said = seen(pilot).split("\n")[-1].strip()
        assert said.startswith("'@all' is nobody's name: kept as text.  Captured: note · A04 Schedule")
        assert said.endswith("...")


async def test_at_home_there_is_nothing_to_capture_into(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        await pilot.press("ctrl+o")
        await settle(pilot)
        await pilot.press("ctrl+k", *"note")
        await settle(pilot)
        assert isinstance(top(pilot), HomeScreen)


# What is being edited


async def test_a_valid_edit_is_committed_first(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("down", "down", "X", "ctrl+k", *"note", "enter")
        await settle(pilot)
        charter = screen.desk.session["charter"][0]
        assert charter.problem == "X"  # type: ignore[attr-defined]
        assert notes(screen)[-1].text == "note"


async def test_a_valid_edit_on_the_map_is_committed_first(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("f5", "up", "up", "up", "f2", *"Name", "ctrl+k", *"note", "enter")
        await settle(pilot)
        assert screen.desk.workbook.undo_label == "capture 1 note"
        screen.desk.undo()
        assert screen.desk.workbook.undo_label.startswith("change ")


async def test_an_edit_that_is_refused_is_kept_beside_the_note(tmp_path: Path) -> None:
    session = sample()
    async with running(tmp_path, session) as (pilot, screen):
        await pilot.press("ctrl+g", "2", "ctrl+g", "c", *["right"] * 4, *"many", "ctrl+k", *"half")
        await line(pilot)
        opened = screen.desk.opened
        opened.flush()
        path = opened.path
        kept = SessionStore(tmp_path, CATALOGUE).read(path)
        assert kept.draft is not None
        assert kept.draft.text == "many"
        assert kept.note == "half"
        await pilot.press("escape", "enter")
        await settle(pilot)
        assert screen.grid.draft is not None
        assert screen.grid.draft.text == "many"


# What was typed comes back


async def test_what_was_typed_comes_back_after_escape(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+k", *"half a th", "escape")
        await settle(pilot)
        assert screen.footer.notice[0] == "What you typed is kept: Ctrl+K goes on with it."
        await pilot.press("ctrl+k", *"ought", "enter")
        await settle(pilot)
        assert notes(screen)[-1].text == "half a thought"
        await pilot.press("ctrl+k")
        assert (await line(pilot)).entry.value == ""


async def test_what_was_typed_comes_back_at_the_next_start(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+k", *"half a th", "escape")
        await settle(pilot)
        path = screen.desk.opened.path
    async with running(tmp_path, path) as (pilot, screen):
        assert "The note that you were writing is kept: Ctrl+K." in screen.footer.notice[0]
        await pilot.press("ctrl+k", *"ought", "enter")
        await settle(pilot)
        assert notes(screen)[-1].text == "half a thought"
    async with running(tmp_path, path) as (pilot, screen):
        assert screen.desk.opened.note == ""


async def test_ctrl_k_in_the_line_does_nothing(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        await pilot.press("ctrl+k", *"abc", "home", "ctrl+k")
        assert (await line(pilot)).entry.value == "abc"
        await pilot.press("escape")
        await settle(pilot)
        assert not isinstance(top(pilot), CaptureLine)


async def test_an_empty_line_is_no_note(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        before = len(notes(screen))
        await pilot.press("ctrl+k", "space", "enter")
        await settle(pilot)
        assert len(notes(screen)) == before
        assert top(pilot) is screen


# Reading and completing


async def test_what_was_understood_is_shown_while_one_types(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        await pilot.press("ctrl+k")
        await line(pilot)
        assert reading(pilot)[0].startswith("! pain idea quote decision action park")
        assert reading(pilot)[1].startswith("Enter store")
        await pilot.press(*"!p3 Long hold #a4 #zzz ")
        await line(pilot)
        understood = "pain · A04 Schedule appointment · severity 3   '#zzz' is no touchpoint or stage"
        assert reading(pilot)[0] == understood


async def test_tab_completes_and_goes_round(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+k", *"slow #wait")
        await line(pilot)
        assert reading(pilot)[1] == "Tab  A06 Wait and prepare for appointment  A14 Wait for appointment"
        await pilot.press("tab")
        shown = await line(pilot)
        assert shown.entry.value == "slow #A06 "
        await pilot.press("tab")
        await settle(pilot)
        assert shown.entry.value == "slow #A14 "
        await pilot.press("tab", "shift+tab")
        await settle(pilot)
        assert shown.entry.value == "slow #A14 "
        await pilot.press(*"today @tes", "tab", *"!dec", "tab", "enter")
        await settle(pilot)
        note = notes(screen)[-1]
        assert (note.text, note.about, note.person, note.kind) == ("slow today", "a14", "Tessa Marlowe", "decision")


async def test_tab_where_nothing_is_offered_leaves_the_line(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        await pilot.press("ctrl+k", *"word", "tab", *"s")
        assert (await line(pilot)).entry.value == "words"


async def test_a_word_in_the_middle_is_completed_in_its_place(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        await pilot.press("ctrl+k", *"at #sched today", *["left"] * 6, "tab", *"now ")
        assert (await line(pilot)).entry.value == "at #A04 now today"


async def test_f1_tells_all_that_may_stand_in_the_line_and_loses_nothing_of_it(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), size=(80, 24)) as (pilot, screen):
        await pilot.press("ctrl+k")
        await line(pilot)
        assert reading(pilot)[0].endswith("F1 all")
        assert "~4 emotion" in reading(pilot)[0]
        await pilot.press(*"half a thot", "left", "f1")
        await settle(pilot)
        told = str(pilot.app.screen.query_one("#sheet").children[2].render())
        for sign in ("!pain", "#A04", "@tessa", "~2", "^3", "x7", ">fri"):
            assert sign in told
        await pilot.press("escape", "u", "g", "h")
        assert (await line(pilot)).entry.value == "half a thought"
        await pilot.press("ctrl+a", *"new", "enter")
        await settle(pilot)
        assert notes(screen)[-1].text == "new"


async def test_a_near_miss_is_told_once_more_when_it_is_stored(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+k", *"!x slow", "enter")
        await settle(pilot)
        assert screen.footer.notice[0] == (
            "'!x' is no kind of note: kept as text.  Captured: note.  Ctrl+Z takes it back."
        )
        assert notes(screen)[-1].text == "!x slow"


async def test_a_word_behind_an_at_that_is_nobodys_name_is_told_and_kept(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+k", *"look @all of @all them")
        await line(pilot)
        assert reading(pilot)[0] == "note   '@all' is nobody's name"
        await pilot.press("enter")
        await settle(pilot)
        assert (
            screen.footer.notice[0] == "'@all' is nobody's name: kept as text.  Captured: note.  Ctrl+Z takes it back."
        )
        assert (notes(screen)[-1].text, notes(screen)[-1].person) == ("look @all of @all them", "")


# Several notes


async def test_ctrl_n_stores_and_stays(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+k", *"one", "ctrl+n", *"two", "ctrl+n", *"three", "enter")
        await settle(pilot)
        assert [note.text for note in notes(screen)[-3:]] == ["one", "two", "three"]
        assert top(pilot) is screen


async def test_twenty_pasted_lines_are_twenty_notes_and_one_change(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        before = notes(screen)
        await pilot.press("ctrl+k", *"!p ")
        await line(pilot)
        pasted = "\n".join(f"Line {number} #a{number}" for number in range(1, 21))
        await pilot.app.on_event(events.Paste(f"\n{pasted}\n\n"))
        shown = await line(pilot)
        assert shown.entry.value == ""
        assert reading(pilot)[1] == "Captured: 20 notes."
        added = notes(screen)[len(before) :]
        assert [note.text for note in added] == [f"Line {number}" for number in range(1, 21)]
        assert [note.kind for note in added] == ["pain"] + ["note"] * 19
        assert [note.about for note in added] == [f"a{number:02d}" for number in range(1, 21)]
        await pilot.press("escape", "ctrl+z")
        await settle(pilot)
        assert notes(screen) == before


async def test_a_pasted_line_goes_where_the_cursor_is(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await pilot.press("ctrl+k", *"a  z", "left", "left")
        await pilot.app.on_event(events.Paste("the\tpasted words\n"))
        await pilot.press("enter")
        await settle(pilot)
        assert notes(screen)[-1].text == "a the pasted words z"


async def test_hostile_lines_are_kept_as_text(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        before = len(notes(screen))
        await pilot.press("ctrl+k")
        await pilot.app.on_event(events.Paste("\n".join(HOSTILE_TEXTS)))
        await line(pilot)
        kept = "\n".join(note.text for note in notes(screen)[before:])
        assert "[@click=app.quit]go[/]" in kept
        assert "\x1b" not in kept
        await pilot.press(*"[/x] #[")
        await line(pilot)
        assert reading(pilot)[0].startswith("note")


# Where it cannot be


async def test_where_the_session_takes_no_note_the_line_stays_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        before = len(notes(screen))

        def refuse(_: object) -> None:
            raise Busy("This session is open for reading only.")

        with monkeypatch.context() as patch:
            patch.setattr(screen.desk, "do", refuse)
            await pilot.press("ctrl+k", *"note", "enter", "ctrl+n")
            shown = await line(pilot)
            await pilot.app.on_event(events.Paste("one\ntwo"))
            await settle(pilot)
            assert shown.entry.value == "note"
            assert reading(pilot)[1] == "This session is open for reading only."
        await pilot.press("enter")
        await settle(pilot)
        assert [note.text for note in notes(screen)[before:]] == ["note"]


async def test_a_large_map_is_read_without_gathering_its_names_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = fresh()
    stage = session["stages"][0].id
    rows = tuple(NewRow(f"t{number}", {"stage": stage, "name": f"Point {number}"}) for number in range(300))
    session = session.edited(AddRows("touchpoints", rows).edits(session))
    async with running(tmp_path, session) as (pilot, screen):
        await pilot.press("ctrl+k", *"#point-29")
        await line(pilot)
        known = screen.desk.known
        await pilot.press(*"9 late", "enter")
        await settle(pilot)
        assert notes(screen)[-1].about == "t299"
        assert screen.desk.known is known
        screen.desk.do(SetCells("touchpoints", (("t299", "name", "Other"),)))
        assert screen.desk.known is not known
