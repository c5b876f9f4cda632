"""Do, undo, redo, and the news of each change."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.domain.commands import AddRows, NewRow, RemoveRows, SetCells
from cjworkshop.domain.session import Session
from cjworkshop.domain.workbook import Change, Workbook
from cjworkshop.method.employee_workshop import Pain, Stage
from cjworkshop.method.steps import CATALOGUE
from strategies import commands, sessions

NINE = dt.datetime(2026, 3, 31, 9, tzinfo=dt.UTC)


class Clock:
    """A minute passes each time it is looked at."""

    def __init__(self) -> None:
        self.now = NINE

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(minutes=1)
        return self.now


def add(row_id: str, name: str = "") -> AddRows:
    return AddRows("stages", (NewRow(row_id, {"name": name}),))


@pytest.fixture
def book() -> Workbook:
    return Workbook(Session(CATALOGUE), Clock())


def test_a_change_tells_what_when_and_which(book: Workbook) -> None:
    change = book.do(add("s1", "Aware"))
    assert change
    assert (change.seq, change.act, change.label) == (1, "do", "add 1 stage")
    assert change.time == NINE + dt.timedelta(minutes=1)
    assert change.tables == {"stages"}
    assert change.touched("stages") == {"s1"}
    assert change.touched("pains") == frozenset()
    (edit,) = change.edits
    assert (edit.table, edit.row_id, edit.before, edit.after) == ("stages", "s1", None, book.session["stages"][0])
    assert book.seq == 1


def test_undo_and_redo_are_changes_of_their_own(book: Workbook) -> None:
    book.do(add("s1"))
    undone = book.undo()
    redone = book.redo()
    assert undone
    assert redone
    assert [(change.seq, change.act, change.label) for change in (undone, redone)] == [
        (2, "undo", "add 1 stage"),
        (3, "redo", "add 1 stage"),
    ]
    assert undone.edits[0].after is None
    assert redone.edits[0].before is None


def test_labels_of_what_comes_next(book: Workbook) -> None:
    assert (book.undo_label, book.redo_label) == ("", "")
    book.do(add("s1"))
    book.do(SetCells("stages", (("s1", "name", "Aware"),)))
    assert (book.undo_label, book.redo_label) == ("change Name", "")
    book.undo()
    assert (book.undo_label, book.redo_label) == ("add 1 stage", "change Name")
    book.undo()
    assert (book.undo_label, book.redo_label) == ("", "add 1 stage")


def test_there_is_nothing_before_the_first_and_after_the_last(book: Workbook) -> None:
    assert book.undo() is None
    book.do(add("s1"))
    assert book.redo() is None
    assert book.seq == 1


def test_a_new_change_ends_redo(book: Workbook) -> None:
    book.do(add("s1"))
    book.undo()
    book.do(add("s2"))
    assert book.redo() is None
    assert [row.id for row in book.session["stages"]] == ["s2"]


def test_what_changes_nothing_is_no_step(book: Workbook) -> None:
    heard: list[Change] = []
    book.subscribe(heard.append)
    assert book.do(RemoveRows("stages", ("gone",))) is None
    assert (heard, book.seq, book.undo_label) == ([], 0, "")


def test_listeners_hear_in_order_and_until_they_leave(book: Workbook) -> None:
    heard: list[str] = []
    leave = book.subscribe(lambda change: heard.append(f"first {change.seq}"))
    book.subscribe(lambda change: heard.append(f"second {change.seq} {len(book.session['stages'])}"))
    book.do(add("s1"))
    leave()
    book.undo()
    assert heard == ["first 1", "second 1 1", "second 2 0"]


def test_a_listener_may_leave_while_it_listens(book: Workbook) -> None:
    heard: list[int] = []

    def once(change: Change) -> None:
        heard.append(change.seq)
        leave()

    leave = book.subscribe(once)
    book.subscribe(lambda change: heard.append(-change.seq))
    book.do(add("s1"))
    book.do(add("s2"))
    assert heard == [1, -1, -2]


def test_a_change_applied_twice_is_applied_once(book: Workbook) -> None:
    change = book.do(add("s1"))
    assert change
    assert change.applied(book.session) == book.session


def test_forgetting_keeps_the_session(book: Workbook) -> None:
    book.do(add("s1"))
    book.do(add("s2"))
    book.undo()
    book.forget()
    assert (book.undo(), book.redo(), book.undo_label) == (None, None, "")
    assert [row.id for row in book.session["stages"]] == ["s1"]


def test_a_history_that_begins_in_the_middle() -> None:
    whole = Workbook(Session(CATALOGUE), Clock())
    changes = [whole.do(add("s1")), whole.undo(), whole.redo(), whole.undo()]
    for start in range(1, 4):
        seen = [change for change in changes[start:] if change]
        book = Workbook(whole.session, Clock(), seq=whole.seq, history=seen)
        assert book.redo_label == "add 1 stage"
        assert book.redo()
        assert book.session.rows(Stage)[0].id == "s1"


def test_numbers_go_on_after_a_restart() -> None:
    book = Workbook(Session(CATALOGUE), Clock(), seq=41)
    change = book.do(add("s1"))
    assert change
    assert change.seq == 42


@given(st.data())
def test_undo_and_redo_walk_the_same_sessions_live_and_after_a_restart(data: st.DataObject) -> None:
    book = Workbook(data.draw(sessions(tables=("touchpoints", "pains", "charter"), most=6)), Clock())
    journal: list[Change] = []
    book.subscribe(journal.append)
    past, future = [book.session], list[Session]()
    for turn in range(data.draw(st.integers(1, 8))):
        act = data.draw(st.sampled_from(["do", "do", "undo", "redo"]))
        if act == "do":
            if book.do(data.draw(commands(book.session, f"n{turn}."))):
                past.append(book.session)
                future.clear()
        elif act == "undo":
            assert (book.undo() is not None) == (len(past) > 1)
            future += [past.pop()] if len(past) > 1 else []
        else:
            assert (book.redo() is not None) == bool(future)
            past += [future.pop()] if future else []
        assert book.session == past[-1]
    assert [change.seq for change in journal] == list(range(1, book.seq + 1))

    replayed = past[0]
    for change in journal:
        replayed = change.applied(replayed)
    assert replayed == book.session

    again = Workbook(book.session, Clock(), seq=book.seq, history=journal)
    assert (again._done, again._undone) == (book._done, book._undone)
    for expected in reversed(past[:-1]):
        assert again.undo()
        assert again.session == expected
    assert again.undo() is None
    for expected in [*past[1:], *reversed(future)]:
        assert again.redo()
        assert again.session == expected
    assert again.redo() is None


def test_undo_brings_back_all_that_went_with_a_row(book: Workbook) -> None:
    book.do(add("s1"))
    book.do(AddRows("touchpoints", (NewRow("t1", {"stage": "s1"}),)))
    book.do(AddRows("pains", (NewRow("p1", {"touchpoint": "t1", "pain": "Hold"}), NewRow("p2", {"touchpoint": "t1"}))))
    before = book.session
    book.do(RemoveRows("stages", ("s1",)))
    assert book.undo_label == "remove 1 stage with 1 touchpoint and 2 pains"
    assert book.session == Session(CATALOGUE)
    book.undo()
    assert book.session == before
    assert book.session.rows(Pain)[0].pain == "Hold"
