"""Each command that the README shows does on the sample what it says there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from shell import Shell

README = (Path(__file__).parent.parent.parent / "README.md").read_text("utf-8")
SECTION = README.split("\n## The command line\n")[1].split("\n## ")[0]
COMMANDS = [shlex.split(line, comments=True) for line in re.findall(r"^\$ cjworkshop (.+)$", SECTION, re.MULTILINE)]


def test_the_section_has_commands() -> None:
    assert len(COMMANDS) > 6


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_command_does_what_it_says(shell: Shell, words: list[str]) -> None:
    sample = shell.demo().stem
    assert shell("export", sample, "-f", "json", "-o", "notes.json").code == 0
    answer = shell(*(sample if word == "SESSION" else word for word in words))
    if words[0] == "present":
        assert (answer.code, "needs a terminal" in answer.err) == (2, True), answer
    else:
        assert answer.code == 0, answer
        assert answer.out
