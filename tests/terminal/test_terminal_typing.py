"""No key is lost or goes astray, however fast they come, and whatever people write with."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from program import SAVED, beginning, go_to

from terminal import bytes_of

if TYPE_CHECKING:
    from pathlib import Path

    from program import Program

    from terminal import Terminal

LINES = {
    "latin": "The quay is wet, nobody says when the ferry comes; we wait 40'",
    "family": "The family 👨‍👩‍👧‍👦 waits 👩🏽‍🦽, the flag 🇫🇮 is up ☀️ and 🧑🏿‍🤝‍🧑🏻 board",
    "cjk": "乗客は埠頭で三十分待つ。船が遅れる理由を誰も言わない。切符は窓口で買う",
    "combining": "cafe\u0301 nai\u0308ve Z\u030cofi\u0301n A\u030angstro\u0308m o\u0302\u0301 ก็ไม่รู้ नमस्ते Việt Nam",
    "right-to-left": "المسافرون ينتظرون على الرصيف הנוסעים ממתינים ברציף עם כרטיסים",
}
FIRST = ("ctrl+home", "home")


def type_into_problem(program: Program, path: Path, line: str, terminal: Terminal, gap: float) -> str:
    """Type a line into the charter's third field, commit it, and give what is kept."""
    terminal.press("ctrl+home", "down", "down")
    terminal.type(line, gap=gap)
    terminal.press("enter")
    tables = program.wait_tables(path, lambda tables: "problem" in tables["charter"][0])
    return str(tables["charter"][0]["problem"])


@pytest.mark.parametrize("kitty", [False, True], ids=["xterm", "kitty"])
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_line_that_comes_all_at_once_is_kept_whole(program: Program, line: str, kitty: bool) -> None:
    path = program.keep(beginning())
    with program.open(path, kitty=kitty) as terminal:
        assert type_into_problem(program, path, line, terminal, 0) == unicodedata.normalize("NFC", line)
        terminal.wait(SAVED, unicodedata.normalize("NFC", line)[:10])


@pytest.mark.parametrize("name", ["latin", "family"])
def test_a_line_that_is_typed_fast_is_kept_whole_and_shown_as_it_is(program: Program, name: str) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        assert type_into_problem(program, path, LINES[name], terminal, 0.04) == unicodedata.normalize(
            "NFC", LINES[name]
        )
        terminal.press(*FIRST)
        terminal.wait(SAVED, "Client *            ▌")
        left = terminal.lines[1:]
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    with program.open(path) as terminal:
        terminal.wait(lambda text: text.split("\n")[1:] == left)


def test_backspace_takes_back_what_people_take_for_one_character(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        terminal.press("down", "down")
        terminal.type("a👨‍👩‍👧‍👦e\u0301旅🇫🇮")
        terminal.press("backspace", "backspace", "left", "backspace", "enter")
        program.wait_tables(path, lambda tables: tables["charter"][0].get("problem") == "aé")


def test_200_keys_at_once_with_commits_all_land_where_they_belong(program: Program) -> None:
    path = program.keep(beginning())
    names = [f"Part {number}" for number in range(30)]
    with program.open(path) as terminal:
        go_to(terminal, "stages")
        terminal.send(b"\x1b[1;5F\x0e" + "\r".join(names).encode() + b"\r")
        tables = program.wait_tables(path, lambda tables: len(tables["stages"]) >= 32)
    assert [row["name"] for row in tables["stages"]] == ["Before", "After", *names]


def test_keys_that_come_with_their_tabs_at_once_fill_cell_by_cell(program: Program) -> None:
    path = program.keep(beginning())
    typed = "After\tWalk off\tFollows signs\t\t\t\t\t\t\t5\t4\r"
    with program.open(path) as terminal:
        go_to(terminal, "touchpoints")
        terminal.send(b"\x1b[1;5F\x1b[H\x0e\x1b[H" + typed.encode())
        tables = program.wait_tables(path, lambda tables: tables["touchpoints"][-1].get("importance") == 4)
    last = tables["touchpoints"][-1]
    assert (last["stage"], last["name"], last["action"], last["emotion"]) == ("stages2", "Walk off", "Follows signs", 5)


def test_going_elsewhere_typing_and_undoing_may_come_at_once(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        go_stages, go_touchpoints = b"\x072\x07a", b"\x072\x07b"
        terminal.send(go_stages + b"\x1b[1;5H\x1b[HEarly\r" + go_touchpoints + b"\x1b[1;5H\x1b[H\tBooking\r")
        terminal.send(b"\x1aReserve\r" + go_stages + b"\x1b[1;5H\x1b[H\x1b[3;5~\x1a" + go_touchpoints)
        terminal.wait("Touchpoints 3")
        terminal.send(b"\x1b[5;5~\x1b[6;5~\x07c\x1b[1;5H\x1b[H\tSlow queue\r\x11")
        assert terminal.wait_end() == 0
    tables = program.tables(path)
    assert [row["name"] for row in tables["stages"]] == ["Early", "After"]
    assert [row["name"] for row in tables["touchpoints"]] == ["Book", "Reserve", "Leave"]
    assert [row["pain"] for row in tables["pains"]] == ["Slow queue", "Lost bag"]


def test_keys_behind_a_paste_wait_for_it(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        terminal.send(b"\x1b[B\x1b[Bab\x1b[200~c\x1b\x11d\x1b[201~ef\rgh\x1b[200~ij\x1b[201~\r\x11")
        assert terminal.wait_end() == 0
    charter = program.tables(path)["charter"][0]
    assert (charter["problem"], charter["start_trigger"]) == ("abcdef", "ghij")


def test_an_edit_that_is_given_up_is_one_undo_away(program: Program) -> None:
    path = program.keep(beginning())
    before = program.tables(path)
    with program.open(path) as terminal:
        terminal.press("down", "down", *"The queue")
        terminal.wait("The queue")
        terminal.press("escape")
        terminal.wait_without("The queue")
        terminal.press("ctrl+z")
        terminal.wait("The queue")
        assert program.tables(path) == before
        terminal.press("enter")
        program.wait_tables(path, lambda tables: tables["charter"][0].get("problem") == "The queue")


def test_undo_means_what_was_done_last_not_an_edit_given_up_before(program: Program) -> None:
    path = program.keep(beginning())
    before = program.tables(path)
    with program.open(path) as terminal:
        go_to(terminal, "touchpoints")
        terminal.press(*FIRST, "right", *"Enquire")
        terminal.wait("Enquire")
        terminal.press("escape", "ctrl+delete")
        terminal.wait("Done: remove 1 touchpoint with 1 pain")
        terminal.press("ctrl+z")
        terminal.wait("Undid: remove 1 touchpoint with 1 pain")
        program.wait_tables(path, before.__eq__)


def test_a_name_and_enter_typed_into_the_palette_at_once_go_there(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        terminal.wait(SAVED)
        terminal.send(bytes_of("ctrl+p"))
        terminal.wait("Search for commands")
        terminal.send(b"Table: Objectives\r")
        terminal.wait("No objectives yet")
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0


@pytest.mark.parametrize("place", ["", "f5", "f7"], ids=["table", "map", "vote"])
def test_what_is_typed_behind_the_key_of_a_dialog_goes_into_it(program: Program, place: str) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        go_to(terminal, "touchpoints")
        if place:
            terminal.press(place)
            terminal.wait({"f5": "Pain points", "f7": "No vote yet"}[place])
        before = program.tables(path)
        terminal.send(bytes_of("ctrl+s") + b"lunch\r")
        terminal.wait("Restore point kept: lunch")
        terminal.send(bytes_of("ctrl+f") + b"lost\r")
        terminal.wait("▌Lost bag")
        assert program.tables(path) == before
