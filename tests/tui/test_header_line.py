"""The first line: where one is always stands whole, whatever else wants to be said."""

from __future__ import annotations

import pytest

from cjworkshop.tui.text import cells
from cjworkshop.tui.widgets.header import Header, Heading

CLOCK = (("day 12 behind", "warn"), ("Quick share", ""), ("02:11", "strong"), ("14:05", "dim"))


@pytest.mark.parametrize("width", [80, 99, 100, 101, 110, 120, 160])
@pytest.mark.parametrize("title", ["Day", "Ferry · I cross the harbour every day and on the weekend"])
@pytest.mark.parametrize("clock", [(), CLOCK[2:], CLOCK])
@pytest.mark.parametrize("step", ["Vote", "Inbox", "Employee workshop"])
def test_the_name_of_the_place_is_never_cut(
    width: int, title: str, clock: tuple[tuple[str, str], ...], step: str
) -> None:
    header = Header()
    header.state = Heading(title, step, ("✓ saved 14:05", "good"), clock)
    (line,) = header.compose_lines(width, 1)
    text = "".join(words.text for words in line)
    assert step in text
    assert cells(text) <= width
    assert text.rstrip().endswith("02:11  14:05" if clock else "✓ saved 14:05")
