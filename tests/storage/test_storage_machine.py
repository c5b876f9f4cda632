"""Any order of editing, undoing, folding, closing, crashing and reopening, against plain dicts."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule
from storage_kit import Inline, add_pain, crash, journals, pains, session_named, set_pain, store_in
from tinydb import TinyDB

from cjworkshop.domain.commands import MoveRows, RemoveRows, Together
from cjworkshop.domain.text import clean_text
from cjworkshop.storage.open_session import Draft
from cjworkshop.storage.save_state import Save

texts = st.text(st.characters(), max_size=20).map(lambda text: clean_text(text).strip())
"""What a cell may hold: words enter cleaned."""


class Sittings(RuleBasedStateMachine):
    """One session through many sittings. `done` and `undone` are the states that undo and redo lead to."""

    rows = Bundle("rows")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = store_in(self.folder / "sessions", writer=Inline)
        self.done: list[dict[str, str]] = []
        self.undone: list[dict[str, str]] = []
        self.state: dict[str, str] = {}
        self.draft: Draft | None = None
        self.made = 0

    @initialize(prefilled=st.booleans())
    def create(self, prefilled: bool) -> None:
        session = session_named()
        if prefilled:
            session = session.edited(add_pain("first", "there from the start").edits(session))
        self.path = self.store.create(session)
        self.opened = self.store.open(self.path)
        self.state = pains(session)

    def teardown(self) -> None:
        if hasattr(self, "opened"):
            self.opened.close()
            with TinyDB(self.path) as database:
                assert {row["id"]: row.get("pain", "") for row in database.table("pains")} == self.state
        shutil.rmtree(self.folder)

    def now(self, state: dict[str, str]) -> None:
        if state != self.state or list(state) != list(self.state):
            self.done.append(self.state)
            self.undone.clear()
            self.state = state

    @rule(target=rows, text=texts)
    def add(self, text: str) -> str:
        self.made += 1
        row_id = f"r{self.made}"
        self.opened.workbook.do(add_pain(row_id, text))
        self.now({**self.state, row_id: text})
        return row_id

    @rule(row=rows, text=texts)
    def edit(self, row: str, text: str) -> None:
        self.opened.workbook.do(set_pain(row, text))
        if row in self.state:
            self.now({**self.state, row: text})

    @rule(row=rows)
    def remove(self, row: str) -> None:
        self.opened.workbook.do(RemoveRows("pains", (row,)))
        self.now({key: text for key, text in self.state.items() if key != row})

    @rule(row=rows)
    def move_to_the_front(self, row: str) -> None:
        if row in self.state:
            self.opened.workbook.do(MoveRows("pains", (row,), after=None))
            self.now({row: self.state[row], **self.state})

    @rule(target=rows, first=texts, second=texts)
    def add_two_at_once(self, first: str, second: str) -> str:
        self.made += 2
        ids = f"r{self.made - 1}", f"r{self.made}"
        self.opened.workbook.do(Together((add_pain(ids[0], first), add_pain(ids[1], second)), "add two"))
        self.now({**self.state, ids[0]: first, ids[1]: second})
        return ids[1]

    @rule()
    def undo(self) -> None:
        assert (self.opened.workbook.undo() is not None) == bool(self.done)
        if self.done:
            self.undone.append(self.state)
            self.state = self.done.pop()

    @rule()
    def redo(self) -> None:
        assert (self.opened.workbook.redo() is not None) == bool(self.undone)
        if self.undone:
            self.done.append(self.state)
            self.state = self.undone.pop()

    @rule(text=texts)
    def type(self, text: str) -> None:
        self.draft = Draft("pains", "first", "pain", text) if text else None
        self.opened.keep_draft(self.draft, at_once=True)

    @rule()
    def checkpoint(self) -> None:
        assert self.opened.checkpoint().kind is Save.SAVED
        with TinyDB(self.path) as database:
            assert {row["id"]: row.get("pain", "") for row in database.table("pains")} == self.state

    @rule()
    def close_and_open(self) -> None:
        self.opened.close()
        self.opened = self.store.open(self.path)
        assert self.opened.notices == ()
        assert self.opened.draft == self.draft

    @rule(rubbish=st.binary(max_size=30))
    def crash_and_open(self, rubbish: bytes) -> None:
        crash(self.opened)
        for segment in journals(self.path)[-1:]:
            with segment.open("ab") as file:
                file.write(rubbish)
        self.opened = self.store.open(self.path)
        assert self.opened.draft == self.draft

    @precondition(lambda self: self.opened._keeper and self.opened._keeper._journal._descriptor is not None)
    @rule()
    def begin_a_new_segment(self) -> None:
        assert self.opened._keeper
        self.opened._keeper._journal.leave()

    @invariant()
    def it_is_as_it_should_be(self) -> None:
        if hasattr(self, "opened"):
            assert list(pains(self.opened.session).items()) == list(self.state.items())
            assert self.opened.save_state.kind is Save.SAVED
            assert list(pains(self.store.read(self.path).session).items()) == list(self.state.items())


Sittings.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestSittings = Sittings.TestCase
