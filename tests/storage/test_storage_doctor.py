"""Looking a session over and repairing it, and reading while another process saves."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest
from faulty_disk import healthy
from storage_kit import Inline, add_pain, crash, everything, journals, pains, session_named, store_in
from tinydb import TinyDB, where

from cjworkshop.errors import InvalidData, NotFound, StorageFault
from cjworkshop.storage.doctor import Level
from cjworkshop.storage.recovery import ChoiceNeeded

if TYPE_CHECKING:
    from pathlib import Path

    from cjworkshop.storage.sessions import SessionStore


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return store_in(tmp_path / "sessions", writer=Inline)


@pytest.fixture
def path(store: SessionStore) -> Path:
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
    return path


def said(store: SessionStore, path: Path) -> str:
    return "\n".join(f"{finding.level.name} {finding.sentence}" for finding in store.check(path))


def test_a_sound_session(store: SessionStore, path: Path) -> None:
    findings = store.check(path)
    assert {finding.level for finding in findings} == {Level.FINE}
    assert "The file can be read: 2 rows, format 1" in findings[0].sentence
    assert store.repair(path) == []


def test_edits_in_the_journal_are_put_into_the_file(store: SessionStore, path: Path) -> None:
    opened = store.open(path)
    opened.workbook.do(add_pain("p2"))
    crash(opened)
    assert "NOTE The file still lacks 1 edit, which the journal has." in said(store, path)
    assert "left it open" not in said(store, path)
    assert store.repair(path) == ["1 edit recovered."]
    assert '"p2"' in path.read_text()


def test_an_open_session_and_one_that_a_dead_process_left(store: SessionStore, path: Path) -> None:
    opened = store.open(path)
    assert "NOTE It is open, by" in said(store, path)
    crash(opened)
    note = path.with_name(".bar-one.json.owner")
    note.write_text(note.read_text().replace(f'"pid":{os.getpid()}', '"pid":4194305'))
    assert "without closing it" in said(store, path)


def test_a_damaged_file_is_repaired_from_journal_and_backup(store: SessionStore, path: Path) -> None:
    path.write_bytes(b"{")
    findings = store.check(path)
    assert findings[0].level is Level.PROBLEM
    assert "Could be had" in said(store, path)
    (done,) = store.repair(path)
    assert done.startswith("Went on from: Backup of ")
    assert pains(store.read(path).session) == {"p1": "It hurts"}
    assert {finding.level for finding in store.check(path)} == {Level.FINE}


def test_a_damaged_file_with_nothing_beside_it(store: SessionStore, path: Path) -> None:
    bad = path.with_name("bad.json")
    bad.write_bytes(b"{")
    assert "Neither a backup nor a journal" in said(store, bad)
    with pytest.raises(InvalidData):
        store.repair(bad)
    assert bad.read_bytes() == b"{"


@pytest.mark.parametrize(
    ("content", "words"), [(b"\0" * 99, "zero bytes"), (b" ", "is empty"), (b"{", "not whole JSON")]
)
def test_it_says_what_is_wrong_with_a_file(store: SessionStore, path: Path, content: bytes, words: str) -> None:
    path.write_bytes(content)
    assert words in store.check(path)[0].sentence


def test_a_changed_file_and_a_conflict(store: SessionStore, path: Path) -> None:
    with TinyDB(path) as database:
        database.table("pains").update({"pain": "theirs"}, where("id") == "p1")
    assert "NOTE Another program has changed the file" in said(store, path)
    opened = store.open(path)
    opened.workbook.do(add_pain("p2"))
    with TinyDB(path) as database:
        database.table("pains").update({"pain": "again"}, where("id") == "p1")
    crash(opened)
    assert "PROBLEM Another program has changed the file while it still lacked 1 edit" in said(store, path)
    assert "Went on from" in store.repair(path)[0]
    assert pains(store.read(path).session) == {"p1": "theirs", "p2": "It hurts"}
    assert "put aside" in said(store, path)


def test_lost_lines_of_the_journal(store: SessionStore, path: Path) -> None:
    opened = store.open(path)
    opened.workbook.do(add_pain("p2"))
    opened.workbook.do(add_pain("p3"))
    crash(opened)
    (segment,) = journals(path)
    segment.write_bytes(segment.read_bytes().replace(b'"id":"p2"', b'"id":"pX"'))
    assert "PROBLEM 1 line of the journal could not be read" in said(store, path)
    opened = store.open(path)
    assert opened.workbook.undo()
    assert opened.workbook.undo() is None  # what was done before the gap cannot safely be undone
    opened.workbook.redo()
    crash(opened)
    store.repair(path)
    assert list(pains(store.read(path).session)) == ["p1", "p3"]
    assert store.read(path).notices == ()
    with store.open(path) as again:
        while again.workbook.undo():
            pass
        assert list(pains(again.session)) == ["p1"]


def test_what_a_crash_left_on_its_way_is_removed(store: SessionStore, path: Path) -> None:
    left = path.with_name(".bar-one.json.new-abc")
    left.write_bytes(b"half")
    other = path.with_name(".other.json.new-abc")
    other.write_bytes(b"not ours")
    assert "A crash has left .bar-one.json.new-abc" in said(store, path)
    with store.open(path):
        pass
    assert not left.exists()
    assert other.exists()


def test_leftovers_that_cannot_be_removed_do_no_harm(store: SessionStore, path: Path) -> None:
    path.with_name(".bar-one.json.new-abc").mkdir()
    with store.open(path) as opened:
        assert pains(opened.session) == {"p1": "It hurts"}


def test_looking_writes_nothing(store: SessionStore, path: Path) -> None:
    path.write_bytes(b"{")
    before = everything(path.parent)
    store.check(path)
    store.recover(path)
    assert everything(path.parent) == before


def test_a_rescued_copy_that_is_older_is_only_a_note(store: SessionStore, path: Path) -> None:
    opened = store.open(path)
    assert opened._keeper
    opened._keeper._keep_elsewhere()
    opened.close()
    assert "NOTE A copy that could not be saved here" in said(store, path)
    (kept,) = store.environment.rescue_root().rglob("*.json")
    kept.write_bytes(b"{")
    assert "could not be saved here" not in said(store, path)
    with store.open(path):
        pass
    assert "rescue" not in [option.source for option in store.recover(path)]


# Reading while another process saves.


def test_a_reader_that_meets_a_checkpoint_reads_again(store: SessionStore, path: Path) -> None:
    disk = healthy()
    reader = store_in(store.folder, disk=disk)
    opened = store.open(path)
    state = {"saved": 0}

    def save_meanwhile(number: int, operation: str, after: bool) -> str | None:
        if operation == "names" and state["saved"] < 3:
            state["saved"] += 1
            opened.workbook.do(add_pain(f"m{state['saved']}"))
            opened.checkpoint()
        return None

    disk.fault = save_meanwhile
    snapshot = reader.read(path)
    assert list(pains(snapshot.session)) == ["p1", "m1", "m2", "m3"]
    assert snapshot.notices == ()
    opened.close()


def test_a_reader_that_meets_checkpoints_without_end_reads_what_there_is(store: SessionStore, path: Path) -> None:
    disk = healthy()
    opened = store.open(path)
    numbers = iter(range(1000))

    def save_meanwhile(number: int, operation: str, after: bool) -> str | None:
        if operation == "names" and not after:
            opened.workbook.do(add_pain(f"m{next(numbers)}"))
            opened.checkpoint()
        return None

    disk.fault = save_meanwhile
    assert "m0" in pains(store_in(store.folder, disk=disk).read(path).session)
    opened.close()


def test_a_reader_that_meets_a_dropped_segment_reads_again(store: SessionStore, path: Path) -> None:
    disk = healthy()
    state = {"gone": True}

    def gone_once(number: int, operation: str, after: bool) -> str | None:
        if operation == "read" and number > 2 and state["gone"]:
            state["gone"] = False
            raise FileNotFoundError(errno.ENOENT, "gone")
        return None

    disk.fault = gone_once
    assert pains(store_in(store.folder, disk=disk).read(path).session) == {"p1": "It hurts"}


def test_an_unreadable_disk_is_said_in_words(store: SessionStore, path: Path) -> None:
    disk = healthy()

    def broken(number: int, operation: str, after: bool) -> str | None:
        raise OSError(errno.EIO, "x")

    disk.fault = broken
    reader = store_in(store.folder, disk=disk)
    for act in (reader.read, reader.open, reader.backups):
        with pytest.raises((StorageFault, ChoiceNeeded)):
            act(path)
    with pytest.raises(StorageFault, match="the disk reports an error"):
        reader.summaries()
    with pytest.raises(NotFound):
        reader.resolve("bar-one")
