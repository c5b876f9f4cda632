"""The facilitator's script of what runs, whole: on a small screen the panel has not the room for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.facilitation.script import script
from cjworkshop.tui.clockwork import lead_words
from cjworkshop.tui.modals.help import ReadingDialog

if TYPE_CHECKING:
    from cjworkshop.tui.desk import Desk


class ScriptDialog(ReadingDialog[None]):
    """What to ask in this block, what to do, which table it fills, and how to go on behind or ahead of time."""

    NAME_WIDTH = 12

    def __init__(self, desk: Desk, step: str) -> None:
        session, read = desk.session, desk.clock.reading(step)
        running = read.running or read.coming
        block, activity = (read.block, read.activity) if read.running else (running, None)
        lead = lead_words(read)[0] if read.plan.begun else desk.clock.late_words(step)
        words = script(session, step, block, activity, read.behind if lead else 0)
        about = [
            ("Do", words.how),
            ("Fills", session.catalogue[words.collects].title if words.collects in session.catalogue else ""),
            ("Groups", "; ".join(running.row.groups) if running else ""),
            (lead[:1].upper() + lead[1:], words.fallback),
        ]
        asked = [("" if place else "Ask", prompt.text) for place, prompt in enumerate(words.prompts)]
        title = running.row.block if running else "Nothing is left of this agenda"
        entries = (*(pair for pair in about if pair[1]), *asked)
        super().__init__(f"Script · {title}", "", (("", entries),) if entries else ())
