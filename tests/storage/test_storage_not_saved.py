"""A disk that is full, read-only or gone while one types: it says so, keeps the session elsewhere, and recovers."""

from __future__ import annotations

import errno
import os
import threading
from typing import TYPE_CHECKING

import pytest
from faulty_disk import failing, healthy
from storage_kit import Inline, add_pain, crash, everything, journals, pains, session_named, store_in

from cjworkshop.errors import StorageFault
from cjworkshop.storage.journal import changes_in, read_segment
from cjworkshop.storage.names import Files
from cjworkshop.storage.open_session import Draft
from cjworkshop.storage.pace import Pace
from cjworkshop.storage.place import Place
from cjworkshop.storage.recovery import ChoiceNeeded
from cjworkshop.storage.save_state import Save, reason_of

if TYPE_CHECKING:
    from pathlib import Path


class Seconds:
    """A monotonic clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Failing:
    """An open session whose folder fails on demand."""

    def __init__(self, tmp_path: Path) -> None:
        self.seconds = Seconds()
        self.disk = healthy()
        self.disk.folder = tmp_path / "sessions"
        self.rescue = tmp_path / "rescue"
        self.store = store_in(
            tmp_path / "sessions",
            disk=self.disk,
            writer=Inline,
            tick=self.seconds,
            rescue=self.rescue,
            pace=Pace(idle=2, latest=10),
        )
        self.path = self.store.create(session_named())
        self.opened = self.store.open(self.path)

    def kind(self) -> Save:
        return self.opened.save_state.kind

    def fail(self, code: int, *operations: str) -> None:
        self.disk.fault = failing(code, operations=set(operations) or {"write", "create", "make_folder"}).fault

    def recover(self) -> None:
        self.disk.fault = healthy().fault

    def later(self, seconds: float) -> None:
        self.seconds.now += seconds
        assert self.opened._keeper
        self.opened._keeper.work()


@pytest.fixture
def full(tmp_path: Path) -> Failing:
    failing_session = Failing(tmp_path)
    failing_session.opened.workbook.do(add_pain("p1", "before"))
    failing_session.fail(errno.ENOSPC)
    return failing_session


def test_it_says_so_at_once_and_again_when_it_is_saved(full: Failing) -> None:
    said: list[Save] = []
    full.opened.on_state(lambda state: said.append(state.kind))
    full.opened.workbook.do(add_pain("p2", "while full"))
    assert full.kind() is Save.NOT_SAVED
    assert full.opened.save_state.message == "Not saved, because the disk is full."
    full.opened.workbook.do(add_pain("p3", "more"))
    full.recover()
    full.later(0.5)
    assert full.kind() is Save.NOT_SAVED
    full.later(0.5)
    assert full.kind() is Save.SAVED
    assert said == [Save.SAVING, Save.NOT_SAVED, Save.SAVED]
    assert list(pains(full.store.read(full.path).session)) == ["p1", "p2", "p3"]


def test_it_is_kept_elsewhere_while_it_cannot_be_saved(full: Failing) -> None:
    full.opened.workbook.do(add_pain("p2", "while full"))
    assert not full.rescue.exists()
    full.later(1)
    assert "A copy is kept in" in full.opened.save_state.message
    (kept,) = full.rescue.rglob("*.json")
    assert list(pains(full.store.read(kept).session)) == ["p1", "p2"]
    full.opened.workbook.do(add_pain("p3", "more"))
    full.later(1)
    assert list(pains(full.store.read(kept).session)) == ["p1", "p2", "p3"]
    full.recover()
    full.later(1)
    assert full.kind() is Save.SAVED
    assert kept.exists()
    full.later(2)
    assert not kept.exists()
    assert pains(full.store.read(full.path).session) == pains(full.opened.session)


def test_what_was_kept_elsewhere_is_offered_at_the_next_start(full: Failing) -> None:
    full.opened.workbook.do(add_pain("p2", "while full"))
    full.later(1)
    crash(full.opened)
    full.recover()
    with pytest.raises(ChoiceNeeded, match="1 edit of bar-one could not be saved in its folder") as caught:
        full.store.open(full.path)
    assert [option.source for option in caught.value.options] == ["rescue", "journal", "file", "backup"]
    assert any("kept in" in finding.sentence for finding in full.store.check(full.path))
    full.store.choose(full.path, caught.value.options[0])
    with full.store.open(full.path) as opened:
        assert list(pains(opened.session)) == ["p1", "p2"]
        assert opened.workbook.undo_label == ""
    assert not list(full.rescue.rglob("*.json"))


def test_what_was_kept_elsewhere_can_be_declined_and_stays_among_the_backups(full: Failing) -> None:
    full.opened.workbook.do(add_pain("p2", "while full"))
    full.later(1)
    crash(full.opened)
    full.recover()
    journal = next(option for option in full.store.recover(full.path) if option.source == "journal")
    full.store.choose(full.path, journal)
    with full.store.open(full.path) as opened:
        assert list(pains(opened.session)) == ["p1"]
    aside = [backup for backup in full.store.backups(full.path) if backup.label == "rescue"]
    assert list(pains(full.store.read_backup(aside[0]))) == ["p1", "p2"]


def test_closing_refuses_until_told_to_give_up(full: Failing) -> None:
    full.opened.workbook.do(add_pain("p2", "while full"))
    with pytest.raises(StorageFault, match="the disk is full"):
        full.opened.close()
    full.opened.workbook.do(add_pain("p3", "still open"))
    full.opened.close(anyway=True)
    full.opened.close()
    (kept,) = full.rescue.rglob("*.json")
    assert list(pains(full.store.read(kept).session)) == ["p1", "p2", "p3"]


def test_leaving_a_with_block_frees_the_session_and_tells(full: Failing) -> None:
    with pytest.raises(StorageFault), full.opened as opened:
        opened.workbook.do(add_pain("p2", "while full"))
    full.recover()
    with pytest.raises(ChoiceNeeded):
        full.store.open(full.path)


def test_nothing_can_be_kept_anywhere(full: Failing) -> None:
    full.disk.folder = None
    full.opened.workbook.do(add_pain("p2", "while full"))
    full.later(1)
    assert full.opened.save_state.message == "Not saved, because the disk is full."
    full.recover()
    full.later(1)
    assert list(pains(full.store.read(full.path).session)) == ["p1", "p2"]


@pytest.mark.parametrize("operations", [("sync",), ("sync", "truncate")])
def test_a_failed_flush_is_never_trusted_again(full: Failing, operations: tuple[str, ...]) -> None:
    full.fail(errno.EIO, *operations)
    full.opened.workbook.do(add_pain("p2", "unflushed"))
    assert full.kind() is Save.NOT_SAVED
    full.recover()
    full.later(1)
    first, second = journals(full.path)
    assert (b'"p2"' in first.read_bytes()) == ("truncate" in operations)
    assert len(list(changes_in([read_segment(full.disk, Files(full.path), number) for number in (1, 2)]))) == 2
    first.unlink()
    assert full.kind() is Save.SAVED
    assert list(pains(full.store.read(full.path).session)) == ["p2"]
    assert b'"p2"' in second.read_bytes()


def test_a_half_written_line_is_cut_off_again(full: Failing) -> None:
    size = journals(full.path)[0].stat().st_size
    state = {"first": True}

    def half_then_full(number: int, operation: str, after: bool) -> str | None:
        if operation == "write" and not after:
            if not state["first"]:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            state["first"] = False
            return "short"
        return None

    full.disk.fault = half_then_full
    full.opened.workbook.do(add_pain("p2", "half"))
    assert journals(full.path)[0].stat().st_size == size
    full.recover()
    full.later(1)
    assert len(journals(full.path)) == 1
    assert list(pains(full.store.read(full.path).session)) == ["p1", "p2"]


def test_where_cutting_fails_too_a_new_segment_begins(full: Failing) -> None:
    full.fail(errno.EIO, "write", "truncate")
    full.opened.workbook.do(add_pain("p2", "half"))
    full.recover()
    full.later(1)
    assert len(journals(full.path)) == 2
    assert list(pains(full.store.read(full.path).session)) == ["p1", "p2"]


def test_a_journal_that_another_program_lengthened_is_left(full: Failing) -> None:
    full.recover()
    with journals(full.path)[0].open("ab") as file:
        file.write(b"a stranger's words\n")
    full.opened.workbook.do(add_pain("p2", "next"))
    assert full.kind() is Save.NOT_SAVED
    full.later(1)
    assert full.kind() is Save.SAVED
    assert len(journals(full.path)) == 2
    assert list(pains(full.store.read(full.path).session)) == ["p1", "p2"]


def test_a_folder_that_vanishes_and_comes_back(full: Failing, tmp_path: Path) -> None:
    full.recover()
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "sessions").rename(elsewhere)
    full.opened.workbook.do(add_pain("p2", "gone"))
    assert full.opened.save_state.message == "Not saved, because the folder is gone."
    full.later(1)
    assert "A copy is kept" in full.opened.save_state.message
    elsewhere.rename(tmp_path / "sessions")
    full.later(1)
    assert full.kind() is Save.SAVED
    full.opened.close()
    assert list(pains(full.store.read(full.path).session)) == ["p1", "p2"]


def test_a_checkpoint_that_fails_never_stops_edits(full: Failing) -> None:
    full.fail(errno.ENOSPC, "create")
    full.opened.checkpoint()
    assert full.kind() is Save.SAVED
    assert "the file itself waits, because the disk is full" in full.opened.save_state.message
    full.opened.workbook.do(add_pain("p2", "goes on"))
    assert full.kind() is Save.SAVED
    before = full.path.read_bytes()
    full.recover()
    full.later(10)
    assert full.path.read_bytes() != before
    assert not [name for name in everything(full.path.parent) if ".new-" in name]


@pytest.mark.parametrize("operation", ["write", "sync", "read", "replace", "sync_folder", "stat"])
def test_a_checkpoint_that_fails_anywhere_leaves_the_file_whole(full: Failing, operation: str) -> None:
    full.recover()
    before = full.path.read_bytes()
    full.fail(errno.EIO, operation)
    full.opened.checkpoint()
    if operation != "sync_folder":
        assert full.path.read_bytes() == before
    full.recover()
    full.later(20)
    full.opened.close()
    assert full.kind() is Save.SAVED
    assert list(pains(full.store.read(full.path).session)) == ["p1"]


def test_a_draft_that_cannot_be_kept_says_so(full: Failing) -> None:
    full.opened.keep_draft(Draft("pains", "p1", "pain", "typing"), at_once=True)
    assert full.kind() is Save.NOT_SAVED
    full.recover()
    full.later(1)
    assert full.kind() is Save.SAVED
    assert full.store.read(full.path).draft == Draft("pains", "p1", "pain", "typing")


def test_a_folder_that_may_not_be_written_opens_for_reading(tmp_path: Path) -> None:
    path = store_in(tmp_path).create(session_named())
    disk = failing(errno.EROFS)
    with store_in(tmp_path, disk=disk).open(path) as opened:
        assert opened.read_only
        assert opened.save_state.kind is Save.READ_ONLY
        assert opened.save_state.message == "Nothing can be saved here, because the disk is read-only."
        opened.keep_place(Place("report"))
        opened.keep_draft(None)
        assert opened.flush().kind is Save.READ_ONLY
        assert opened.checkpoint().kind is Save.READ_ONLY
        assert opened.conflict is None
        with pytest.raises(StorageFault, match="is read-only"):
            opened.backup("named")


def test_a_disk_that_does_not_answer_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = threading.Event()

    def hang(number: int, operation: str, after: bool) -> str | None:
        if operation == "sync":
            assert answer.wait(30)
        return None

    disk = healthy()
    store = store_in(tmp_path, disk=disk)
    opened = store.open(store.create(session_named()))
    disk.fault = hang
    monkeypatch.setattr("cjworkshop.storage.open_session.PATIENCE", -1.0)
    opened.workbook.do(add_pain("p1"))
    assert opened.save_state.message == "Not saved: the disk does not answer."
    monkeypatch.setattr("cjworkshop.storage.open_session.PATIENCE", 1000.0)
    answer.set()
    assert opened.flush().kind is Save.SAVED
    opened.close()


def test_a_fault_in_the_program_is_not_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Bug(Exception):
        pass

    def fault(number: int, operation: str, after: bool) -> str | None:
        raise Bug

    caught: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda arguments: caught.append(arguments.exc_type))
    disk = healthy()
    store = store_in(tmp_path, disk=disk)
    opened = store.open(store.create(session_named()))
    disk.fault = fault
    opened.workbook.do(add_pain("p1"))
    with pytest.raises(StorageFault, match="a fault in the program"):
        opened.flush()
    assert caught == [Bug]
    assert opened.save_state.kind is Save.NOT_SAVED
    disk.fault = healthy().fault
    with pytest.raises(StorageFault):
        opened.close()
    opened.close(anyway=True)
    with store.open(opened.path) as again:
        assert pains(again.session) == {}


def test_reasons_are_words() -> None:
    assert reason_of(OSError(errno.EROFS, "x")) == "the disk is read-only"
    assert reason_of(OSError(errno.ENAMETOOLONG, "File name too long")) == "file name too long"
    assert reason_of(OSError("odd")) == "odd"


def test_errors_of_the_store_are_words(tmp_path: Path) -> None:
    store = store_in(tmp_path, disk=failing(errno.ENOSPC, operations={"create"}))
    with pytest.raises(StorageFault, match="cannot be created, because the disk is full"):
        store.create(session_named())
