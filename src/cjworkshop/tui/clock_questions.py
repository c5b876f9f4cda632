"""What the clock asks before it does something: the re-fit, a new block, the meeting's times.

The same in its dialog and from the palette; each gives the command, or None where the question is left.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.text import clean_line
from cjworkshop.errors import BadValue
from cjworkshop.facilitation import moves
from cjworkshop.facilitation.clock import meeting_day, meeting_on
from cjworkshop.facilitation.refit import refit
from cjworkshop.method.across import MOST_MINUTES
from cjworkshop.tui.modals.line import LineDialog
from cjworkshop.tui.modals.refit import RefitDialog

if TYPE_CHECKING:
    from textual.app import App

    from cjworkshop.domain.commands import Command
    from cjworkshop.tui.desk import Desk

FROM_TO = re.compile(r"(\d{1,2})(?:[:.]?(\d\d))?\s*(?:-|–|—|to)\s*(\d{1,2})(?:[:.]?(\d\d))?", re.ASCII)
NAME_MINUTES = re.compile(r"(.*\S)\s+(\d{1,4})(?: ?min)?", re.ASCII)


async def ask_refit(app: App[Any], desk: Desk, step: str) -> Command | None:
    """Show what a re-fit of this step's agenda would do. NotFound where no working block is left."""
    found = refit(desk.session, step, desk.now(), desk.clock.zone)
    taken = await app.push_screen_wait(RefitDialog(found, desk.clock.wall, ascii_only=desk.ascii_only))
    return found.command() if taken else None


async def ask_block(app: App[Any], desk: Desk, row_id: str) -> Command | None:
    """A new block behind this one."""
    text = "Its name and its minutes, such as: Stretch and air 10"
    line = await app.push_screen_wait(LineDialog("Add a block", text, "", named_minutes))
    if line is None:
        return None
    name, minutes = named_minutes(line)
    return moves.add(desk.session, row_id, name, minutes, desk.new_id())


async def ask_meeting(app: App[Any], desk: Desk, step: str) -> Command | None:
    """When the step's meeting starts and must end: today's or, where there is none today, the one that is meant then.

    Where that is not today, its day is said.
    """
    today = desk.today()
    meeting = meeting_on(desk.session, step, today)
    now = f"{meeting.start:%H:%M}–{meeting.end:%H:%M}" if meeting and meeting.start and meeting.end else ""
    date = (meeting.date if meeting else None) or meeting_day(desk.session, today)
    day = f" · {date}" if date != today else ""
    text = "When does it start, and when must it end? Such as: 9:00–15:30"
    line = await app.push_screen_wait(LineDialog(f"Start and end{day}", text, now, from_to))
    return moves.hold(desk.session, step, from_to(line), today, desk.new_id()) if line is not None else None


def from_to(line: str) -> tuple[dt.time, dt.time]:
    """Two times of day. BadValue where these are none."""
    match = FROM_TO.fullmatch(clean_line(line))
    numbers = [int(part or 0) for part in match.groups()] if match else [24] * 4
    try:
        times = dt.time(numbers[0], numbers[1]), dt.time(numbers[2], numbers[3])
    except ValueError:
        raise BadValue("Those are not two times of day.", "Type them as 9:00–15:30.") from None
    if times[0] == times[1]:
        raise BadValue("It would end when it starts.", "Type another end.")
    return times


def named_minutes(line: str) -> tuple[str, int]:
    """A name and minutes. BadValue where one is missing."""
    match = NAME_MINUTES.fullmatch(clean_line(line))
    if not match or int(match[2]) > MOST_MINUTES:
        raise BadValue("A name and its minutes are needed.", "Type them as: Stretch and air 10")
    return match[1], int(match[2])
