"""Going back to an earlier state: the clock goes on, and nothing that was captured since is unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clock_kit import at, done, the_day

from cjworkshop.domain.commands import AddRows, NewRow, RemoveRows, SetCells
from cjworkshop.facilitation.going_back import gone_back
from cjworkshop.method.across import Block, Note
from cjworkshop.method.employee_workshop import Pain
from cjworkshop.storage.difference import differences, restoration

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session

STEP_2 = [block.id for block in the_day().rows(Block) if block.step == "employee-workshop" and not block.part_of]
FIRST, SECOND = STEP_2[:2]


def cells(session: Session, table: str, row_id: str, **values: object) -> Session:
    return done(session, SetCells(table, tuple((row_id, key, value) for key, value in values.items())))


def captured(session: Session, row_id: str, **values: object) -> Session:
    return done(session, AddRows("inbox", (NewRow(row_id, {"text": f"said {row_id}", **values}),)))


def back(now: Session, then: Session) -> Session:
    return done(now, restoration(gone_back(now, then), "go back"))


def test_what_runs_goes_on_and_what_was_typed_is_as_it_was() -> None:
    then = cells(the_day(), "agenda", FIRST, started=at(9), script="Say hello")
    now = cells(then, "agenda", FIRST, ended=at(9, 20), script="Say goodbye")
    now = cells(now, "agenda", SECOND, started=at(9, 20), allotted=35, paused=at(9, 30), paused_minutes=1.5)
    was = back(now, then)
    first, second = was.get(Block, FIRST), was.get(Block, SECOND)
    assert first is not None
    assert (first.started, first.ended, first.script) == (at(9), at(9, 20), "Say hello")
    assert second == now.get(Block, SECOND)


def test_a_block_that_began_since_stays_and_one_that_never_did_goes() -> None:
    then = the_day()
    new = {"step": "employee-workshop", "minutes": 10}
    rows = NewRow("held", {**new, "block": "Walk", "started": at(9)}), NewRow("idle", {**new, "block": "Sit"})
    now = done(then, AddRows("agenda", rows))
    now = cells(now, "agenda", "held", part_of="idle")
    held = back(now, then).get(Block, "held")
    assert held is not None
    assert (held.started, held.part_of) == (at(9), "")
    assert back(now, then).get(Block, "idle") is None


def test_a_block_that_ran_then_and_was_removed_comes_back_waiting() -> None:
    then = cells(the_day(), "agenda", FIRST, started=at(9))
    now = cells(done(then, RemoveRows("agenda", (FIRST,))), "agenda", SECOND, started=at(9, 5))
    was = back(now, then)
    assert [block.id for block in was.rows(Block) if block.started and not block.ended] == [SECOND]
    assert (again := was.get(Block, FIRST)) is not None
    assert again.started is None


def test_notes_captured_since_stay_and_wait_where_what_they_became_is_gone() -> None:
    then = captured(the_day(), "before")
    now = captured(captured(then, "after", about="t1"), "parked later")
    now = done(now, AddRows("touchpoints", (NewRow("t1", {"name": "Call"}),)))
    now = done(now, AddRows("pains", (NewRow("p1", {"pain": "said after", "touchpoint": "t1"}),)))
    now = cells(cells(now, "inbox", "after", about="t1", sorted_into="p1"), "inbox", "before", sorted_into="p1")
    was = back(now, then)
    assert was.rows(Pain) == ()
    assert [(note.text, note.about, note.sorted_into) for note in was.rows(Note)] == [
        ("said before", "", ""),
        ("said after", "", ""),
        ("said parked later", "", ""),
    ]


def test_to_go_back_to_what_there_is_changes_nothing() -> None:
    now = captured(cells(the_day(), "agenda", FIRST, started=at(9)), "note")
    assert differences(now, gone_back(now, now)) == []
    assert differences(now, gone_back(now, the_day())) == []
