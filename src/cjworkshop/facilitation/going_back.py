"""Going back to an earlier state of the session while the workshop goes on: what happened in the room stays.

The clock is nothing but times in the agenda, and a note is what somebody said: an earlier state knows of neither, and
to go back to it must not stop the meeting nor unsay anything.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cjworkshop.method.across import Block, Note

if TYPE_CHECKING:
    from cjworkshop.domain.rows import Row
    from cjworkshop.domain.session import Session

AGENDA, INBOX = Block.__table__.name, Note.__table__.name


def gone_back(now: Session, then: Session) -> Session:
    """`then` with the times of the agenda as they are `now`, the blocks begun since, and the notes captured since."""
    back = then.edited({AGENDA: _agenda(now, then)})
    return back.edited({INBOX: _captured_since(now, back)})


def _agenda(now: Session, then: Session) -> dict[str, Row | None]:
    held = [block for block in now.rows(Block) if block.started or block.ended]
    kept = {block.id for block in (*then.rows(Block), *held)}
    blocks: dict[str, Row | None] = {
        block.id: replace(block, part_of=block.part_of if block.part_of in kept else "") for block in held
    }
    for block in then.rows(Block):
        present = now.get(Block, block.id)
        if present is not None:
            blocks[block.id] = replace(
                block,
                started=present.started,
                ended=present.ended,
                allotted=present.allotted,
                paused=present.paused,
                paused_minutes=present.paused_minutes,
            )
        elif block.started and not block.ended:  # it was removed since: what runs is for `now` to say
            blocks[block.id] = replace(block, started=None, paused=None, paused_minutes=None)
    return blocks


def _captured_since(now: Session, back: Session) -> dict[str, Row | None]:
    """The notes that `back` does not have. Where what a note became is gone, it waits to be sorted again."""
    return {
        note.id: replace(
            note,
            about=note.about if back.exists(("touchpoints", "stages"), note.about) else "",
            block=note.block if back.exists((AGENDA,), note.block) else "",
            sorted_into=note.sorted_into if back.exists(("*",), note.sorted_into) else "",
        )
        for note in now.rows(Note)
        if back.get(Note, note.id) is None
    }
