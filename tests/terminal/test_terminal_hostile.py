"""Whatever strangers wrote into a session is shown on every screen, and neither the terminal nor the program obeys it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from program import MARKED, SAVED, beginning, go_to

from cjworkshop.method.steps import CATALOGUE
from strategies import HOSTILE_TEXTS, filled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from program import Program

    from terminal import Terminal

Keys = tuple[str, ...]

LIVE = "[@click=app.quit]press[/]"
TITLE = "\x1b]0;PWNED\x07"
HOSTILE = "".join([LIVE, TITLE, "\x1b[2J\x9b2J\x1bc\x1b[?1049l\x1bP$q\x1b\\", *HOSTILE_TEXTS])
LONG = HOSTILE + "x" * 10_000
UNSEEN = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e"}
UNSEEN |= {*"\u2066\u2067\u2068\u2069\u2028\u2029\ufeff"}
OWN = {
    *{"CSI m", "CSI H", "CSI C", "'\\r'", "'\\n'", "OSC 22"},
    *{f"CSI ?{mode}{switch}" for mode in (7, 25, 1000, 1003, 1004, 1006, 1015, 1049, 2004, 2026) for switch in "hl"},
    *{"CSI ?2026$p", "CSI ?2048$p", "CSI >25u", "CSI <u"},
}
"""What the program itself writes to steer a terminal: colours, places, frames, and modes at its start and end."""


def hostile_file(program: Program) -> Path:
    """A session file as a stranger may have sent it: nobody has cleaned what stands in its cells, some do not fit."""
    path = program.keep(filled(text="MARK"))
    raw = path.read_text("utf-8")
    shutil.rmtree(program.sessions)
    program.sessions.mkdir()
    assert raw.count('"MARK"') > 200
    long, short = (f'"{json.dumps(text)[1:-1]}"' for text in (LONG, HOSTILE))
    tables = json.loads(raw.replace('"MARK"', long, 4).replace('"MARK"', short))
    for person in tables["people"].values():
        person["influence"] = HOSTILE
    path.write_text(json.dumps(tables), "utf-8")
    return path


def check_output(terminal: Terminal, *also: str) -> None:
    """Nothing went to the terminal that the program does not write itself."""
    assert terminal.controls <= OWN | {*also}
    assert not UNSEEN.intersection(terminal.drawn)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
def test_hostile_cells_are_shown_in_every_table_and_obeyed_in_none(program: Program, size: tuple[int, int]) -> None:
    path = hostile_file(program)
    with program.open(path, size, kitty=True) as terminal:
        for table in CATALOGUE:
            go_to(terminal, table)
            terminal.press("ctrl+end", "end", "enter", "escape", "ctrl+home", "right", "f2", "escape")
            terminal.wait("[@click=app.quit]")  # what follows it breaks at other places in each column
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
        check_output(terminal)


AT_HOME = (
    (("f1",), "Keys everywhere"),
    (("ctrl+n",), "Stages to begin with"),
    (("ctrl+p",), "Search for commands"),
    (("ctrl+d",), "What is the copy called?"),
)
IN_THE_WORKSHOP = (
    (("f1",), "Columns of"),
    (("ctrl+p",), "Search for commands"),
    (("ctrl+e",), "with private columns"),
    (("ctrl+g",), MARKED),
    (("ctrl+home", "home", "f4", *LIVE), f"Filter: {LIVE}"),
)
"""What is pressed, and what shows that it is there; Esc leaves it."""


COMMANDS = (
    ("did not fit", "kept in quarantine", "They stay in the file"),
    ("change code", "another short name", "called from now on"),
)
"""What is typed into the palette, what it says then, and what comes of it."""


def test_hostile_words_stand_in_every_dialog_and_are_obeyed_in_none(program: Program) -> None:
    hostile_file(program)
    with program.start(kitty=True) as terminal:
        terminal.wait("[@click=app.quit]")
        leave_each(terminal, AT_HOME)
        terminal.press("enter")
        terminal.wait(SAVED)
        go_to(terminal, "people")
        leave_each(terminal, IN_THE_WORKSHOP)
        for command, does, shown in COMMANDS:
            terminal.press("ctrl+p", *command)
            terminal.wait(does)
            leave_each(terminal, [(("enter",), shown)])
        terminal.press("ctrl+c", *["right"] * 4)
        terminal.paste(HOSTILE)
        terminal.wait("6 cells cannot go in", "[@click=app.quit]press[")
        terminal.press("escape")
        terminal.wait_without("6 cells cannot go in")
        go_to(terminal, "touchpoints")
        terminal.press("ctrl+home", "home", "enter", "down", *LIVE)
        terminal.wait("›S1 [@click=app.quit]press[/]")
        terminal.press("escape", "ctrl+delete", "ctrl+z")
        terminal.wait("Undid: remove 1 touchpoint")
        for table in ("charter", "stages", "touchpoints"):
            go_to(terminal, table)
            terminal.click(*terminal.find("press[/]"))
            terminal.press("ctrl+home", "home")
        leave_each(terminal, IN_THE_WORKSHOP[:1])
        check_output(terminal, "OSC 52")


def leave_each(terminal: Terminal, dialogs: Iterable[tuple[Keys, str]]) -> None:
    """Open each dialog, and leave it when it is there."""
    for keys, shown in dialogs:
        terminal.press(*keys)
        terminal.wait(shown)
        terminal.press("escape")
        terminal.wait_without(shown)


def test_hostile_text_that_is_pasted_is_cleaned_before_it_is_kept(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        terminal.press("f2")
        terminal.paste(HOSTILE)
        terminal.press("enter")
        tables = program.wait_tables(path, lambda tables: "PWNED" in tables["charter"][0]["client"])
        terminal.wait(LIVE, "]0;PWNED")
        check_output(terminal)
    client = tables["charter"][0]["client"]
    assert client.startswith(f"Harbour line{LIVE}]0;PWNED[2J2Jc[?1049lP$q")
    assert not UNSEEN.intersection(client)
