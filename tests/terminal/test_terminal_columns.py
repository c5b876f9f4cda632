"""COLUMNS and LINES that a shell or a script has exported say how large some terminal once was, not this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from program import COMMAND, SAVED, beginning

from terminal import Terminal

if TYPE_CHECKING:
    from program import Program


@pytest.mark.parametrize("lie", [{"COLUMNS": "300", "LINES": "90"}, {"COLUMNS": "1"}, {"LINES": "2"}])
def test_the_terminal_itself_is_asked_how_large_it_is(program: Program, lie: dict[str, str]) -> None:
    path = program.keep(beginning())
    environment = {**program.environment, **lie}
    command = (*COMMAND, "open", path.stem)
    with Terminal(command, size=(80, 24), environment=environment, folder=program.folder) as terminal:
        terminal.wait(SAVED, "1 Discovery")
        terminal.resize(20, 5)
        terminal.wait(lambda text: "Too small: 20×5" in " ".join(text.split()))
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
