"""The inbox by keys: one key sorts, what is missing is asked, all of it can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from test_workshop_screen import fresh, running, sample, settle, words

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.method.across import Note
from cjworkshop.tui.modals.capture import CaptureLine, ReadingBoard
from cjworkshop.tui.modals.choose import ChooseDialog
from cjworkshop.tui.modals.note_line import NoteLine
from cjworkshop.tui.screens.inbox import InboxScreen
from cjworkshop.tui.widgets.rail import Rail
from strategies import HOSTILE_TEXTS

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from cjworkshop.domain.session import Session
    from cjworkshop.tui.screens.workshop import WorkshopScreen

NOTES: tuple[dict[str, Any], ...] = (
    {"text": "Long hold", "kind": "pain", "about": "a04", "level": 4},
    {"text": "No place to park", "kind": "pain", "about": "s3"},
    {"text": "Nobody calls back", "kind": "quote", "person": "I03"},
    {"text": "Plain"},
    {"text": "Text the queue", "kind": "idea", "about": "a14"},
)


def with_notes(*notes: dict[str, Any]) -> Session:
    """The sample with these notes only in its inbox."""
    session = sample()
    session = session.edited({"inbox": dict.fromkeys(session["inbox"].positions)})
    rows = tuple(NewRow(f"note{number}", values) for number, values in enumerate(notes, 1))
    return session.edited(AddRows("inbox", rows).edits(session))


def became(screen: WorkshopScreen) -> list[str]:
    """The tables that the notes are in by now; "" for those that wait."""
    session = screen.desk.session
    found = [session.find(note.sorted_into) for note in session.rows(Note)]
    return [where[0].name if where else "" for where in found]


def top(pilot: Pilot[int]) -> object:
    """The screen that is on top."""
    return pilot.app.screen


async def opened(pilot: Pilot[int]) -> InboxScreen:
    await pilot.press("ctrl+r")
    await settle(pilot)
    assert isinstance(pilot.app.screen, InboxScreen)
    return pilot.app.screen


async def test_one_key_makes_a_note_a_row_and_undo_brings_it_back(tmp_path: Path) -> None:
    async with running(tmp_path, with_notes(*NOTES)) as (pilot, screen):
        inbox = await opened(pilot)
        assert "5 to sort" in words(inbox.board)
        await pilot.press("p")
        await settle(pilot)
        pain = screen.desk.session["pains"][-1]
        assert (pain.pain, pain.touchpoint, pain.severity) == ("Long hold", "a04", 4)  # type: ignore[attr-defined]
        assert became(screen) == ["pains", "", "", "", ""]
        assert "4 to sort · 1 sorted" in words(inbox.board)
        assert "Long hold" not in words(inbox.board)
        assert inbox.footer.notice[0] == "Done: sort “Long hold” into Pain points.  Ctrl+Z takes it back."
        await pilot.press("down", "ctrl+z")
        await settle(pilot)
        assert became(screen) == [""] * 5
        assert inbox.board.note is not None
        assert inbox.board.note.text == "Long hold"


async def test_keys_that_come_at_once_sort_one_note_after_the_other(tmp_path: Path) -> None:
    notes = [{"text": f"Note {number}"} for number in range(6)]
    async with running(tmp_path, with_notes(*notes)) as (pilot, screen):
        await pilot.press("ctrl+r", "o", "d", "a", "k", "d", "k")
        await settle(pilot)
        assert became(screen) == ["opportunities", "decisions", "actions", "parked", "decisions", "parked"]
        assert "All is sorted." in words(pilot.app.screen.board)  # type: ignore[attr-defined]


async def test_what_is_missing_is_asked_with_the_likely_ones_first(tmp_path: Path) -> None:
    async with running(tmp_path, with_notes(*NOTES)) as (pilot, screen):
        await opened(pilot)
        await pilot.press("down", "p")
        await settle(pilot)
        asking = pilot.app.screen
        assert isinstance(asking, ChooseDialog)
        assert words(asking.menu).startswith(" A08 Travel to and park at facility")
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert top(pilot) is asking
        assert asking.menu.chosen is None
        await pilot.press("escape")
        await settle(pilot)
        assert became(screen) == [""] * 5
        await pilot.press("p", *"zzz", "enter")
        await settle(pilot)
        asking = pilot.app.screen
        assert isinstance(asking, ChooseDialog)
        assert "Nothing is called so." in words(asking.menu)
        await pilot.press(*["backspace"] * 3, *"a9", "enter")
        await settle(pilot)
        assert became(screen) == ["", "pains", "", "", ""]
        assert screen.desk.session["pains"][-1].touchpoint == "a09"  # type: ignore[attr-defined]


async def test_nothing_is_chosen_before_something_is_typed_or_moved_to(tmp_path: Path) -> None:
    async with running(tmp_path, with_notes(*NOTES[1:2])) as (pilot, screen):
        await opened(pilot)
        await pilot.press("p", "a", "backspace", "enter")
        await settle(pilot)
        assert became(screen) == [""]
        await pilot.press("down", "down", "enter")
        await settle(pilot)
        assert became(screen) == ["pains"]
        assert screen.desk.session["pains"][-1].touchpoint != "a08"  # type: ignore[attr-defined]


async def test_what_only_the_note_keeps_is_said_and_what_was_done_is_still_said_at_the_table(tmp_path: Path) -> None:
    note = {"text": "Long hold", "kind": "pain", "about": "a04", "dots": 7, "emotion": 2}
    async with running(tmp_path, with_notes(note), size=(80, 24)) as (pilot, screen):
        inbox = await opened(pilot)
        await pilot.press("enter", "down")
        await settle(pilot)
        said = "Sorted into Pain points.  Kept in the note only: emotion 2, 7 dots."
        assert inbox.footer.notice[0].startswith(said)
        assert said in words(inbox.footer)
        await pilot.press("escape", "down")
        await settle(pilot)
        assert top(pilot) is screen
        assert said in words(screen.footer)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert became(screen) == [""]


async def line_of_the_note(pilot: Pilot[int]) -> NoteLine:
    await pilot.press("f2")
    await settle(pilot)
    shown = pilot.app.screen
    assert isinstance(shown, NoteLine)
    return shown


async def test_f2_has_the_note_as_its_line_and_enter_has_it_read_anew_as_one_change(tmp_path: Path) -> None:
    wrong = {
        "text": "Long hold",
        "kind": "pain",
        "about": "a04",
        "level": 4,
        "dots": 3,
        "step": "report",
        "block": "ag36",
    }
    async with running(tmp_path, with_notes(wrong, *NOTES)) as (pilot, screen):
        inbox = await opened(pilot)
        line = await line_of_the_note(pilot)
        assert line.entry.value == "!pain ^4 #A04 x3 Long hold"
        said = words(line.query_one(ReadingBoard))
        assert "pain · A04 Schedule appointment · severity 4 · 3 dots" in said
        assert "Enter read anew" in said
        await pilot.press("ctrl+a", *"!idea Long hold on line #a7 ^5 @tess", "tab")
        assert "idea · A07 Arrange travel benefits · level 5 · said by Tessa Marlowe" in words(
            line.query_one(ReadingBoard)
        )
        await pilot.press("enter")
        await settle(pilot)
        note = screen.desk.session.rows(Note)[0]
        assert (note.text, note.kind, note.about, note.level, note.dots, note.person) == (
            *("Long hold on line", "idea", "a07", 5, None, "Tessa Marlowe"),
        )
        assert (note.step, note.block, note.typed) == (
            *("report", "ag36", "!idea Long hold on line #a7 ^5 @Tessa-Marlowe"),
        )
        assert "Long hold on line" in words(inbox.board)
        assert inbox.footer.notice[0] == (
            "Read anew: idea · A07 Arrange travel benefits · level 5 · said by Tessa Marlowe.  Ctrl+Z takes it back."
        )
        await pilot.press("ctrl+z")
        await settle(pilot)
        note = screen.desk.session.rows(Note)[0]
        assert (note.text, note.kind, note.about, note.level, note.dots, note.person) == (
            *("Long hold", "pain", "a04", 4, 3, ""),
        )


async def test_what_was_typed_as_words_by_mistake_is_put_right_by_taking_its_backslash(tmp_path: Path) -> None:
    async with running(tmp_path, with_notes({"text": "Slow #a7"})) as (pilot, screen):
        await opened(pilot)
        line = await line_of_the_note(pilot)
        assert line.entry.value == r"Slow \#a7"
        await pilot.press(*["left"] * 3, "backspace", "enter")
        await settle(pilot)
        note = screen.desk.session.rows(Note)[0]
        assert (note.text, note.about) == ("Slow", "a07")


async def test_escape_leaves_the_note_and_so_does_enter_on_a_line_that_is_as_it_was(tmp_path: Path) -> None:
    note = {"text": "Long hold", "kind": "pain", "person": "Nobody, of sales"}
    async with running(tmp_path, with_notes(note)) as (pilot, screen):
        inbox = await opened(pilot)
        before = screen.desk.session["inbox"]
        line = await line_of_the_note(pilot)
        assert line.entry.value == "!pain Long hold"
        assert "said by Nobody, of sales" in words(line.query_one(ReadingBoard))
        await pilot.press("enter")
        await settle(pilot)
        assert top(pilot) is inbox
        await line_of_the_note(pilot)
        await pilot.press(*" today", "escape")
        await settle(pilot)
        assert screen.desk.session["inbox"] is before
        assert "F2 goes on with it" in inbox.footer.notice[0]
        await line_of_the_note(pilot)
        await pilot.press("enter")
        await settle(pilot)
        note_now = screen.desk.session.rows(Note)[0]
        assert (note_now.text, note_now.kind, note_now.person) == ("Long hold today", "pain", "Nobody, of sales")
        assert screen.desk.opened.lines == {}


async def test_a_note_without_words_is_refused_and_a_sorted_one_is_changed_where_it_is(tmp_path: Path) -> None:
    async with running(tmp_path, with_notes(*NOTES)) as (pilot, screen):
        inbox = await opened(pilot)
        line = await line_of_the_note(pilot)
        await pilot.press("ctrl+a", "backspace", "enter")
        await settle(pilot)
        assert top(pilot) is line
        assert "A note needs some words." in words(line.query_one(ReadingBoard))
        await pilot.press("escape", "p", "v", "home", "f2")
        await settle(pilot)
        assert top(pilot) is inbox
        assert "Sorted already." in inbox.footer.notice[0]
        assert screen.desk.session.rows(Note)[0].text == "Long hold"


async def test_the_narrowest_footer_has_the_key_to_edit(tmp_path: Path) -> None:
    async with running(tmp_path, with_notes(*NOTES), size=(80, 24)) as (pilot, _):
        inbox = await opened(pilot)
        assert "F2 edit" in words(inbox.footer)
        assert "Enter by kind" in words(inbox.footer)


async def test_several_are_sorted_as_their_kinds_say_in_one_change(tmp_path: Path) -> None:
    async with running(tmp_path, with_notes(*NOTES)) as (pilot, screen):
        inbox = await opened(pilot)
        await pilot.press("space", "down", "space", "shift+down")
        await settle(pilot)
        assert [note.text for note in inbox.board.chosen] == [
            "Long hold",
            "Nobody calls back",
            "Plain",
            "Text the queue",
        ]
        assert "4 notes chosen" in words(inbox.board)
        await pilot.press("enter")
        await settle(pilot)
        assert became(screen) == ["pains", "", "excerpts", "", "opportunities"]
        assert "1 plain note left" in inbox.footer.notice[0]
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert became(screen) == [""] * 5


async def test_several_that_need_an_answer_are_asked_one_by_one_and_nothing_happens_before_the_last(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, with_notes(*NOTES)) as (pilot, screen):
        await opened(pilot)
        await pilot.press("ctrl+a", "p")
        for code in ("a08", "a01", "a02"):
            await settle(pilot)
            assert became(screen) == [""] * 5
            assert isinstance(top(pilot), ChooseDialog)
            await pilot.press(*code, "enter")
        await settle(pilot)
        assert became(screen) == ["pains"] * 5
        points = [row.touchpoint for row in screen.desk.session["pains"][-5:]]  # type: ignore[attr-defined]
        assert points == ["a04", "a08", "a01", "a02", "a14"]


async def test_a_plain_note_is_not_guessed(tmp_path: Path) -> None:
    async with running(tmp_path, with_notes({"text": "Plain"})) as (pilot, screen):
        inbox = await opened(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert became(screen) == [""]
        assert "A plain note can be anything" in inbox.footer.notice[0]


async def test_an_excerpt_waits_where_there_is_no_interview(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        await pilot.press("ctrl+k", *"!q never again", "enter")
        inbox = await opened(pilot)
        await pilot.press("x")
        await settle(pilot)
        assert top(pilot) is inbox
        assert inbox.footer.notice[0] == (
            "There is no interview yet to go with: it stays. Other keys that fit: o, d, a, k."
        )
        assert became(screen) == [""]


async def test_sorted_notes_are_shown_and_lead_to_what_they_became(tmp_path: Path) -> None:
    async with running(tmp_path, with_notes(*NOTES)) as (pilot, screen):
        inbox = await opened(pilot)
        await pilot.press("p", "v", "home")
        await settle(pilot)
        assert "→ pain PP" in words(inbox.board)
        await pilot.press("d")
        await settle(pilot)
        assert "Sorted already." in inbox.footer.notice[0]
        await pilot.press("enter")
        await settle(pilot)
        assert top(pilot) is screen
        assert screen.desk.table == "pains"
        assert screen.grid.row_id == screen.desk.session["pains"][-1].id


async def test_a_note_is_removed_and_comes_back(tmp_path: Path) -> None:
    async with running(tmp_path, with_notes(*NOTES)) as (pilot, screen):
        inbox = await opened(pilot)
        await pilot.press("delete")
        await settle(pilot)
        assert len(screen.desk.session["inbox"]) == 4
        assert inbox.footer.notice[0] == "Done: remove 1 note.  Ctrl+Z takes it back."
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert len(screen.desk.session["inbox"]) == 5


async def test_a_note_captured_over_the_inbox_is_in_it(tmp_path: Path) -> None:
    async with running(tmp_path, with_notes()) as (pilot, _):
        inbox = await opened(pilot)
        assert "Nothing captured yet." in words(inbox.board)
        await pilot.press("ctrl+k", *"!i hello", "enter")
        await settle(pilot)
        assert top(pilot) is inbox
        assert "hello" in words(inbox.board)
        assert inbox.footer.notice[0].startswith("Captured: idea.")
        await pilot.press("ctrl+k")
        await settle(pilot)
        assert isinstance(top(pilot), CaptureLine)


async def test_the_rail_leads_to_the_inbox_and_escape_back(tmp_path: Path) -> None:
    async with running(tmp_path, with_notes(*NOTES)) as (pilot, screen):
        rail = screen.query_one(Rail)
        line = words(rail).split("\n")[-1]
        await pilot.click(Rail, offset=(line.index("Inbox 5") + 2, rail.size.height - 1))
        await settle(pilot)
        assert isinstance(pilot.app.screen, InboxScreen)
        await pilot.press("space", "escape", "escape")
        await settle(pilot)
        assert top(pilot) is screen
        assert screen.focused is screen.grid


async def test_hostile_notes_are_text(tmp_path: Path) -> None:
    texts = [text for text in HOSTILE_TEXTS if text.strip("\x00\ud800\x1b\x9b")]
    async with running(tmp_path, with_notes(*({"text": text, "person": text} for text in texts)), size=(80, 24)) as (
        pilot,
        screen,
    ):
        inbox = await opened(pilot)
        for _ in texts:
            assert "\x1b" not in words(inbox.board)
            await pilot.press("down")
        await pilot.press("ctrl+a", "k")
        await settle(pilot)
        assert became(screen) == ["parked"] * len(texts)
