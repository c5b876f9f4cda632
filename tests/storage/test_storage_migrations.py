"""Older and newer versions of the file format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from storage_kit import Inline, add_pain, crash, everything, pains, session_named, set_pain, store_in

from cjworkshop.domain.records import SCHEMA
from cjworkshop.errors import InvalidData
from cjworkshop.storage.migrations import MIGRATIONS, Migrations
from cjworkshop.storage.save_state import Save

if TYPE_CHECKING:
    from pathlib import Path

    from cjworkshop.storage.documents import Tables
    from cjworkshop.storage.sessions import SessionStore


def shout(tables: Tables) -> Tables:
    """What version 2 would be: pains are in capitals, and their table had another name before."""
    renamed = {"pains" if name == "hurts" else name: table for name, table in tables.items()}
    for document in renamed.get("pains", {}).values():
        document["pain"] = document["pain"].upper()
    return renamed


TWO = Migrations((shout,))
THREE = Migrations((shout, shout))


def make_old(path: Path) -> None:
    """Give a file the shape that version 1 would have had."""
    data: dict[str, Any] = json.loads(path.read_bytes())
    data["hurts"] = data.pop("pains")
    path.write_text(json.dumps(data))


def in_version(folder: Path, migrations: Migrations) -> SessionStore:
    return store_in(folder, writer=Inline, migrations=migrations)


def test_the_program_writes_the_version_that_the_domain_names() -> None:
    assert MIGRATIONS.schema == SCHEMA


@pytest.fixture
def old(tmp_path: Path) -> Path:
    store = store_in(tmp_path / "sessions", writer=Inline)
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1", "one"))
    return path


def test_an_older_file_is_brought_up_to_date_in_memory_with_a_backup_first(old: Path) -> None:
    make_old(old)
    before = old.read_bytes()
    store = in_version(old.parent, TWO)
    assert pains(store.read(old).session) == {"p1": "ONE"}
    with store.open(old) as opened:
        assert pains(opened.session) == {"p1": "ONE"}
        assert old.read_bytes() == before
        opened.workbook.do(add_pain("p2", "two"))
    assert json.loads(old.read_bytes())["_meta"]["1"]["schema"] == 2
    (kept,) = [backup for backup in store.backups(old) if backup.why == "migration"]
    assert kept.path.read_bytes() == before
    assert pains(store.read_backup(kept)) == {"p1": "ONE"}
    with store.open(old) as opened:
        assert pains(opened.session) == {"p1": "ONE", "p2": "two"}
        assert opened.workbook.undo()
        assert opened.workbook.undo() is None


def test_an_older_journal_is_replayed_before_migrating(old: Path) -> None:
    opened = store_in(old.parent, writer=Inline).open(old)
    opened.workbook.do(add_pain("p2", "two"))
    crash(opened)
    store = in_version(old.parent, TWO)
    assert pains(store.read(old).session) == {"p1": "ONE", "p2": "TWO"}
    opened = store.open(old)
    assert opened.save_state.kind is Save.SAVED
    assert pains(opened.session) == {"p1": "ONE", "p2": "TWO"}
    opened.close()
    assert json.loads(old.read_bytes())["_meta"]["1"]["schema"] == 2


def test_a_crash_after_migrating_and_before_the_first_checkpoint(old: Path) -> None:
    opened = store_in(old.parent, writer=Inline).open(old)
    opened.workbook.do(add_pain("p2", "two"))
    crash(opened)
    old_file = old.read_bytes()
    store = in_version(old.parent, TWO)
    opened = store.open(old)
    opened.workbook.do(add_pain("p3", "three"))
    crash(opened)
    old.write_bytes(old_file)
    hidden = [file for file in old.parent.iterdir() if ".journal-" in file.name]
    for segment in hidden:  # the checkpoint that came at once is undone too
        lines = segment.read_bytes().splitlines(keepends=True)
        segment.write_bytes(b"".join(line for line in lines if b'"checkpoint"' not in line or b'"seq":1,' in line))
    store.choose(old, store.recover(old)[0])
    assert pains(store.read(old).session) == {"p1": "ONE", "p2": "TWO", "p3": "three"}


def test_edits_in_two_versions_before_one_checkpoint(old: Path) -> None:
    make_old(old)
    files = everything(old.parent)
    for segment in (file for file in old.parent.iterdir() if ".journal-" in file.name):
        segment.unlink()
    store = in_version(old.parent, TWO)
    opened = store.open(old)
    opened.workbook.do(add_pain("p2", "two"))
    crash(opened)
    assert old.read_bytes() == files["bar-one.json"]
    assert pains(store.read(old).session) == {"p1": "ONE", "p2": "two"}
    three = in_version(old.parent, THREE)
    assert pains(three.read(old).session) == {"p1": "ONE", "p2": "TWO"}
    with three.open(old) as opened:
        assert pains(opened.session) == {"p1": "ONE", "p2": "TWO"}
        assert opened.workbook.undo() is None
        opened.workbook.do(set_pain("p2", "again"))
    assert pains(three.read(old).session) == {"p1": "ONE", "p2": "again"}


def test_a_newer_file_is_read_only_and_its_bytes_stay(old: Path) -> None:
    newer = in_version(old.parent, TWO)
    with newer.open(old) as opened:
        opened.workbook.do(add_pain("p2", "two"))
    data = old.read_bytes()
    store = store_in(old.parent, writer=Inline)
    with store.open(old) as opened:
        assert opened.read_only
        assert opened.save_state.kind is Save.READ_ONLY
        assert "newer cjworkshop" in opened.notices[0]
        assert pains(opened.session) == {"p1": "ONE", "p2": "two"}
        opened.workbook.do(add_pain("p3"))
        with store.open(old) as second:
            assert second.read_only
    assert old.read_bytes() == data
    assert "newer cjworkshop" in store.read(old).notices[0]
    for backup in store.backups(old):
        if backup.why == "migration":
            assert store.read_backup(backup)
    assert store.repair(old) == list(store.read(old).notices)


def test_a_newer_journal_makes_an_older_file_read_only(old: Path) -> None:
    newer = in_version(old.parent, TWO)
    before = old.read_bytes()
    opened = newer.open(old)
    opened.workbook.do(add_pain("p2", "two"))
    crash(opened)
    assert old.read_bytes() == before
    with store_in(old.parent, writer=Inline).open(old) as opened:
        assert opened.read_only


def test_a_newer_backup_is_no_way_out(old: Path) -> None:
    store = store_in(old.parent, writer=Inline)
    (backup,) = store.backups(old)
    backup.path.write_bytes(backup.path.read_bytes().replace(b'"schema":1', b'"schema":2'))
    with pytest.raises(InvalidData, match="newer"):
        store.read_backup(backup)
    assert "backup" not in [option.source for option in store.recover(old)]
