"""When what is written: checkpoints, drafts, places; by a clock that is put forward by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from storage_kit import Inline, add_pain, crash, journals, pains, session_named, set_pain, store_in

from cjworkshop.storage.journal import DraftRecord, read_segment
from cjworkshop.storage.keeper import NEVER
from cjworkshop.storage.names import Files
from cjworkshop.storage.open_session import Draft, KeptLine, draft_of, lines_of, note_of
from cjworkshop.storage.pace import PACE, Pace
from cjworkshop.storage.place import Place, Showing
from cjworkshop.storage.save_state import Save

if TYPE_CHECKING:
    from pathlib import Path


class Sitting:
    """An open session under a clock that stands still until `later`."""

    def __init__(self, folder: Path, pace: Pace = PACE) -> None:
        self.now = 0.0
        self.store = store_in(folder, writer=Inline, tick=lambda: self.now, pace=pace)
        self.path = self.store.create(session_named())
        self.opened = self.store.open(self.path)
        assert self.opened._keeper
        self.keeper = self.opened._keeper
        self.edits = 0

    def edit(self) -> None:
        self.edits += 1
        self.opened.workbook.do(add_pain(f"p{self.edits}"))

    def later(self, seconds: float) -> None:
        """Put the clock forward, doing what is due on the way when it is due."""
        end = self.now + seconds
        while self.now + self.keeper.wait() <= end:
            self.now += self.keeper.wait()
            self.keeper.work()
        self.now = end

    def in_file(self) -> int:
        """How many pains the visible file has."""
        return self.path.read_text().count('"pain":')

    def drafts(self) -> list[Any]:
        segment = read_segment(self.store.environment.disk, Files(self.path), 1)
        return [draft_of(entry.draft) for entry in segment.entries if isinstance(entry, DraftRecord)]


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    return Sitting(tmp_path / "sessions")


def test_nothing_is_due_while_nothing_happens(sitting: Sitting) -> None:
    assert sitting.keeper.wait() == NEVER
    sitting.later(1000)
    assert journals(sitting.path) == []
    assert sitting.keeper.flush().kind is Save.SAVED
    assert sitting.keeper.finish().kind is Save.SAVED
    assert journals(sitting.path) == []


def test_the_file_follows_two_seconds_after_the_last_edit(sitting: Sitting) -> None:
    sitting.edit()
    assert sitting.opened.save_state.kind is Save.SAVED
    sitting.later(1.5)
    sitting.edit()
    sitting.later(1.9)
    assert sitting.in_file() == 0
    sitting.later(0.2)
    assert sitting.in_file() == 2
    assert sitting.keeper.wait() == NEVER


def test_the_file_is_at_most_ten_seconds_behind(sitting: Sitting) -> None:
    for _ in range(10):
        sitting.edit()
        sitting.later(1)
    assert sitting.in_file() == 10


def test_many_edits_or_much_text_go_into_the_file_at_once(tmp_path: Path) -> None:
    many = Sitting(tmp_path / "many", Pace(changes=5))
    for _ in range(5):
        assert many.in_file() == 0
        many.edit()
    many.later(0)
    assert many.in_file() == 5
    much = Sitting(tmp_path / "much", Pace(size=20_000))
    much.opened.workbook.do(add_pain("p1", "x" * 11_000))
    assert much.in_file() == 0
    much.opened.workbook.do(set_pain("p1", "y" * 11_000))
    assert much.in_file() == 1


def test_a_draft_is_kept_when_the_keys_pause(sitting: Sitting) -> None:
    sitting.opened.keep_draft(Draft("pains", "p1", "pain", "Th"))
    sitting.later(0.2)
    sitting.opened.keep_draft(Draft("pains", "p1", "pain", "The"))
    sitting.later(0.29)
    assert journals(sitting.path) == []
    sitting.later(0.02)
    assert sitting.drafts() == [Draft("pains", "p1", "pain", "The")]


def test_a_draft_is_kept_every_second_while_one_types_on(sitting: Sitting) -> None:
    for number in range(17):
        sitting.opened.keep_draft(Draft("pains", "p1", "pain", "x" * number, after="p0"))
        sitting.later(0.125)
    assert [len(draft.text) for draft in sitting.drafts()] == [7, 15]


def test_a_note_and_the_text_in_an_editor_are_kept_beside_each_other(sitting: Sitting) -> None:
    draft = Draft("pains", "p1", "pain", "half")
    sitting.opened.keep_draft(draft)
    sitting.opened.keep_note("a thought")
    sitting.later(0.31)
    crash(sitting.opened)
    with sitting.store.open(sitting.path) as again:
        assert (again.draft, again.note) == (draft, "a thought")
        again.keep_note("")
    with sitting.store.open(sitting.path) as again:
        assert (again.draft, again.note) == (draft, "")
        again.keep_note("another")
        again.keep_draft(None)
    snapshot = sitting.store.read(sitting.path)
    assert (snapshot.draft, snapshot.note) == (None, "another")


def test_lines_typed_at_several_places_are_kept_beside_the_text_in_an_editor(sitting: Sitting) -> None:
    draft, vote, scores = (
        Draft("pains", "p1", "pain", "half"),
        KeptLine("A04x", ("r1", "t4")),
        KeptLine("4532", refused=True),
    )
    sitting.opened.keep_draft(draft)
    sitting.opened.keep_line("vote", vote)
    sitting.opened.keep_line("scores", scores)
    sitting.later(0.31)
    crash(sitting.opened)
    with sitting.store.open(sitting.path) as again:
        assert (again.draft, again.note, again.lines) == (draft, "", {"vote": vote, "scores": scores})
        again.keep_line("vote", None)
        again.keep_draft(None)
    with sitting.store.open(sitting.path) as again:
        assert (again.draft, again.lines) == (None, {"scores": scores})
        again.keep_note("a thought")
    with sitting.store.open(sitting.path) as again:
        assert (again.note, again.lines) == ("a thought", {"scores": scores})


@pytest.mark.parametrize(
    "told", [None, 7, [], {"note": "x"}, {"lines": 3}, {"lines": {"vote": "x", "scores": {"text": 4, "at": []}}}]
)
def test_what_a_journal_tells_amiss_of_lines_is_none(told: object) -> None:
    assert lines_of(told) == {}


@pytest.mark.parametrize("told", [None, 7, "x", [], {"note": 3}, {"note": None, "table": 1}, [["note", "x"]]])
def test_what_a_journal_tells_amiss_of_a_note_is_no_note(told: object) -> None:
    assert note_of(told) == ""
    assert draft_of(told) is None


def test_a_draft_is_kept_at_once_when_the_editor_loses_the_focus(sitting: Sitting) -> None:
    sitting.opened.keep_draft(Draft("pains", "p1", "pain", "half"), at_once=True)
    assert sitting.drafts() == [Draft("pains", "p1", "pain", "half")]
    crash(sitting.opened)
    with sitting.store.open(sitting.path) as again:
        assert again.draft == Draft("pains", "p1", "pain", "half")
        again.keep_draft(None)
    with sitting.store.open(sitting.path) as again:
        assert again.draft is None


def test_a_draft_goes_with_the_edit_that_it_became(sitting: Sitting) -> None:
    sitting.opened.keep_draft(Draft("pains", "", "pain", "It hurts", after=""), at_once=True)
    sitting.edit()
    sitting.opened.keep_draft(None)
    sitting.edit()
    assert sitting.drafts()[-1] is None
    assert sitting.store.read(sitting.path).draft is None


def test_an_open_draft_outlives_closing(sitting: Sitting) -> None:
    sitting.edit()
    sitting.opened.keep_draft(Draft("pains", "p1", "severity", "nine"))
    sitting.opened.close()
    assert sitting.store.read(sitting.path).draft == Draft("pains", "p1", "severity", "nine")


@pytest.mark.parametrize(
    "odd", [None, 3, [], {}, {"table": "x"}, {"table": 1, "row_id": "", "column": "", "text": ""}, {"a": 1}]
)
def test_a_draft_that_cannot_be_read_is_no_draft(odd: object) -> None:
    assert draft_of(odd) is None


def test_the_place_is_written_when_one_stays_and_at_the_end(sitting: Sitting) -> None:
    place = sitting.path.with_name(".bar-one.json.place")
    sitting.opened.keep_place(Place("discovery", "people", "r1", "name"))
    sitting.later(0.5)
    sitting.opened.keep_place(Place("report", "summary", "r2", "ask_1"))
    sitting.later(0.9)
    assert not place.exists()
    sitting.later(0.2)
    assert '"step": "report"' in place.read_text()
    sitting.opened.keep_place(Place("redesign"))
    sitting.opened.close()
    with sitting.store.open(sitting.path) as again:
        assert again.place == Place("redesign")
        again.keep_place(Place("blueprint"))
        assert again.place == Place("blueprint")


def test_what_the_room_is_shown_is_written_soon_and_not_for_each_key(sitting: Sitting) -> None:
    place = sitting.path.with_name(".bar-one.json.place")
    sitting.opened.keep_place(Place("discovery", showing=Showing("map", row_id="a1")))
    sitting.later(0.04)
    sitting.opened.keep_place(Place("discovery", showing=Showing("map", row_id="a2")))
    sitting.opened.keep_place(Place("report", showing=Showing("map", row_id="a2")))
    assert not place.exists()
    sitting.later(0.02)  # so long after the first change, whatever came since
    assert '"row_id": "a2"' in place.read_text()
    sitting.opened.keep_place(Place("redesign", showing=Showing("map", row_id="a2")))
    sitting.later(0.9)
    assert '"step": "report"' in place.read_text()
    sitting.later(0.2)
    assert '"step": "redesign"' in place.read_text()


def test_the_journal_goes_on_in_the_same_segment_after_closing(sitting: Sitting) -> None:
    sitting.edit()
    sitting.opened.close()
    with sitting.store.open(sitting.path) as again:
        again.workbook.do(add_pain("more"))
    assert len(journals(sitting.path)) == 1


def test_listeners_hear_of_each_state_until_they_leave(sitting: Sitting) -> None:
    heard: list[Save] = []
    leave = sitting.opened.on_state(lambda state: heard.append(state.kind))
    sitting.edit()
    leave()
    sitting.edit()
    assert heard == [Save.SAVING, Save.SAVED]


def test_the_thread_does_the_same_by_itself(tmp_path: Path) -> None:
    import threading

    folded = threading.Event()
    store = store_in(tmp_path, pace=Pace(idle=0.0, draft_idle=0.0, place=0.0))
    path = store.create(session_named())
    opened = store.open(path)
    assert opened._keeper
    real = opened._keeper._fold

    def fold() -> None:
        real()
        folded.set()

    opened._keeper._fold = fold  # type: ignore[method-assign]  # to hear of it
    opened.workbook.do(add_pain("p1"))
    assert folded.wait(30)
    assert '"It hurts"' in path.read_text()
    opened.close()


def test_edits_of_many_threads_worth_arrive_in_order(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    path = store.create(session_named())
    opened = store.open(path)
    for number in range(300):
        opened.workbook.do(add_pain(f"p{number:03}"))
    assert opened.save_state.kind in {Save.SAVING, Save.SAVED}
    assert opened.flush().kind is Save.SAVED
    assert opened.save_state.kind is Save.SAVED
    expected = pains(opened.session)
    crash(opened)
    assert pains(store.read(path).session) == expected
