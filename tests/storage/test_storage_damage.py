"""Files that are damaged, foreign, huge or no files at all: refused in words, never written to, never taken for new."""

from __future__ import annotations

import json
import os
import socket
from typing import TYPE_CHECKING

import pytest
from storage_kit import Inline, add_pain, crash, pains, session_named, store_in

from cjworkshop.errors import InvalidData, NotFound, WorkshopError
from cjworkshop.storage import reading
from cjworkshop.storage.names import Files
from cjworkshop.storage.recovery import ChoiceNeeded
from cjworkshop.storage.save_state import Save

if TYPE_CHECKING:
    from pathlib import Path

    from cjworkshop.storage.sessions import SessionStore

DAMAGED = {
    "empty": b"",
    "blank": b" \n\n",
    "zeros": b"\0" * 4096,
    "null": b"null",
    "a number": b"3",
    "a list": b"[]",
    "no tables": b"{}",
    "not JSON": b"hello",
    "cut off": b'{"_meta":{"1":{"format":"cjworkshop/session","schema":1',
    "zeros at the end": b'{"_meta":{"1":{"format":"cjworkshop/session","schema":1}}}' + b"\0" * 99,
    "not UTF-8": b'{"_meta":{"1":{"format":"cjworkshop/session","schema":1,"name":"\xff"}}}',
    "nested without end": b"[" * 200_000,
    "a number without end": b'{"_meta":{"1":{"format":"cjworkshop/session","schema":' + b"1" * 5000 + b"}}}",
    "foreign": b'{"_default":{"1":{"x":1}}}',
    "foreign with a _meta": b'{"_meta":{"1":{"format":"other"}}}',
    "a _meta that is no table": b'{"_meta":[1]}',
    "a _meta that is empty": b'{"_meta":{}}',
    "a _meta that is no document": b'{"_meta":{"1":"cjworkshop/session"}}',
    "no version": b'{"_meta":{"1":{"format":"cjworkshop/session"}}}',
    "version zero": b'{"_meta":{"1":{"format":"cjworkshop/session","schema":0}}}',
    "nested deeper than is written again": b'{"_meta":{"1":{"format":"cjworkshop/session","schema":1}},"stages":{"1":{"x":'
    + b'{"y":' * 400
    + b"1"
    + b"}" * 403,
    "version true": b'{"_meta":{"1":{"format":"cjworkshop/session","schema":true}}}',
}


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return store_in(tmp_path / "sessions", writer=Inline)


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_file_without_anything_beside_it(store: SessionStore, kind: str) -> None:
    path = store.create(session_named("Good")).with_name("bad.json")
    path.write_bytes(DAMAGED[kind])
    for act in (store.read, store.open):
        with pytest.raises(InvalidData) as caught:
            act(path)
        assert caught.value.exit_code == 4
        assert not isinstance(caught.value, ChoiceNeeded)
        assert caught.value.message.startswith("bad.json ")
    assert path.read_bytes() == DAMAGED[kind]
    assert {line.slug: line.state for line in store.summaries()} == {"good": "ok", "bad": "damaged"}
    assert store.recover(path) == []


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_file_with_journal_and_backup(store: SessionStore, kind: str) -> None:
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
        opened.workbook.do(add_pain("p2"))
    path.write_bytes(DAMAGED[kind])
    with pytest.raises(ChoiceNeeded) as caught:
        store.open(path)
    best = caught.value.options[0]
    assert best.source == "journal"
    assert "and 2 edits from the journal" in best.title
    assert best.rows == 2
    assert path.read_bytes() == DAMAGED[kind]
    store.choose(path, best)
    with store.open(path) as opened:
        assert list(pains(opened.session)) == ["p1", "p2"]
        opened.workbook.do(add_pain("p3"))
    assert list(pains(store.read(path).session)) == ["p1", "p2", "p3"]
    kept = [backup.path.read_bytes() for backup in store.backups(path) if backup.why == "damaged"]
    assert kept == [DAMAGED[kind]]


def test_a_file_that_is_gone_with_journal_and_backup(store: SessionStore) -> None:
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
    path.unlink()
    assert [line.state for line in store.summaries()] == ["missing"]
    assert store.resolve("bar") == path
    with pytest.raises(ChoiceNeeded, match="There is no file") as caught:
        store.read(path)
    store.choose(path, caught.value.options[0])
    assert list(pains(store.read(path).session)) == ["p1"]


def test_the_journal_alone_still_has_what_was_typed(store: SessionStore) -> None:
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
    path.unlink()
    for backup in store.backups(path):
        backup.path.unlink()
    (option,) = store.recover(path)
    assert option.title.startswith("Only 1 edit from the journal")
    store.choose(path, option)
    assert list(pains(store.read(path).session)) == ["p1"]


def test_nothing_there_at_all(store: SessionStore, tmp_path: Path) -> None:
    for missing in (store.folder / "no.json", tmp_path / "no folder" / "no.json", tmp_path / "x" / "y" / "no.json"):
        with pytest.raises(NotFound):
            store.open(missing)
        with pytest.raises(NotFound):
            store.read(missing)
        assert not missing.parent.exists()
    path = store.create(session_named())
    with pytest.raises(NotFound):
        store.open(path / "beneath.json")
    with pytest.raises(NotFound):
        store.open(store.folder / "no.json")
    assert not [file for file in store.folder.iterdir() if file.name.startswith(".no")]


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_folder(path: Path) -> None:
    path.mkdir()


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def make_link_out(path: Path) -> None:
    target = path.parent.parent / "outside.json"
    target.write_text("{}")
    path.symlink_to(target)


def make_device_link(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


ODD = [make_fifo, make_folder, make_socket, make_link_out, make_device_link, make_link_to_itself]


@pytest.mark.parametrize("make", ODD)
def test_what_is_no_file_is_refused(store: SessionStore, make: object) -> None:
    assert callable(make)
    path = store.create(session_named("Good")).with_name("odd.json")
    make(path)
    with pytest.raises(InvalidData):
        store.open(path)
    with pytest.raises(InvalidData):
        store.read(path)
    assert [line.state for line in store.summaries() if line.slug == "odd"] == ["damaged"]
    assert store.check(path)[0].level.name == "PROBLEM"


def test_a_link_inside_the_folder_is_followed_and_stays_a_link(store: SessionStore) -> None:
    path = store.create(session_named())
    link = path.with_name("alias.json")
    link.symlink_to(path)
    with store.open(link) as opened:
        assert opened.path == path
        opened.workbook.do(add_pain("p1"))
    assert link.is_symlink()
    assert list(pains(store.read(path).session)) == ["p1"]


def test_a_huge_file_is_refused_unread(store: SessionStore) -> None:
    path = store.create(session_named("Good")).with_name("huge.json")
    with path.open("wb") as file:
        file.truncate(300 * 2**20)
    with pytest.raises(InvalidData, match="larger than 200 MB"):
        store.read(path)
    assert [line.state for line in store.summaries() if line.slug == "huge"] == ["damaged"]


def test_a_file_that_grows_while_it_is_read_is_refused(store: SessionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    path = store.create(session_named())
    size = path.stat().st_size
    monkeypatch.setattr(reading, "SIZE_LIMIT", size)
    assert pains(store.read(path).session) == {}
    real = store.environment.disk.stat

    def smaller(where: Path) -> os.stat_result:
        values = list(real(where))
        values[6] = 0
        return os.stat_result(values)

    monkeypatch.setattr(store.environment.disk, "stat", smaller)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(InvalidData, match="larger"):
        reading.read_bytes(store.environment.disk, path)


def test_a_huge_file_cannot_be_replaced_by_a_choice(store: SessionStore) -> None:
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
    path.unlink()
    path.mkdir()
    option = store.recover(path)[0]
    with pytest.raises(WorkshopError):
        store.choose(path, option)
    assert path.is_dir()


def session_text(**tables: object) -> bytes:
    meta = {"format": "cjworkshop/session", "schema": 1, "uuid": "u", "seq": 0, "id": "about", "order": 1, "name": "N"}
    return json.dumps({"_meta": {"1": meta}, **tables}).encode()


def test_what_does_not_fit_goes_to_quarantine_and_stays_there(store: SessionStore) -> None:
    path = store.create(session_named("Good")).with_name("odd.json")
    good = {"id": "p1", "order": 1, "code": "P01", "pain": "fine", "severity": 3, "future_field": {"a": [1, None]}}
    bad = {"id": "p2", "order": 2, "code": "P02", "pain": "x", "severity": 9}
    pains_table = {"1": good, "2": bad, "7": "no record", "x": {"id": "p3", "pain": "odd key"}}
    path.write_bytes(session_text(pains=pains_table, stages=[1, 2], future_table={"1": {"y": "z"}, "2": 5}, odd=7))
    with store.open(path) as opened:
        assert "4 values did not fit" in opened.notices[0]
        assert pains(opened.session) == {"p1": "fine", "p2": "x", "p3": "odd key"}
        opened.workbook.do(add_pain("p4", "new"))
    written = json.loads(path.read_bytes())
    assert written["pains"]["1"] == good
    assert written["future_table"] == {"1": {"y": "z"}, "2": 5}
    kept = [document["document"] for document in written["_quarantine"].values()]
    assert all(document in kept for document in (bad, "no record", [1, 2], 7))
    with store.open(path) as opened:
        assert opened.notices == ()
        assert set(pains(opened.session)) == {"p1", "p2", "p3", "p4"}
        opened.workbook.do(add_pain("p5", "again"))
    assert json.loads(path.read_bytes())["_quarantine"] == written["_quarantine"]
    assert any("4 values did not fit" in finding.sentence for finding in store.check(path))


def test_values_that_only_the_standard_library_reads_are_kept(store: SessionStore) -> None:
    path = store.create(session_named("Good")).with_name("odd.json")
    odd = {"id": "p1", "order": 1, "code": "P01", "pain": "x", "big": 10**25, "lone": "\ud800", "inf": float("inf")}
    path.write_bytes(b"\xef\xbb\xbf" + session_text(pains={"1": odd}))
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p2"))
        opened.flush()
    assert json.loads(path.read_bytes())["pains"]["1"] == odd


def test_system_fields_of_a_stranger_are_not_believed(store: SessionStore) -> None:
    path = store.create(session_named("Good")).with_name("odd.json")
    meta = {"format": "cjworkshop/session", "schema": 1, "uuid": 7, "seq": "x", "saved_at": [], "archived": "yes"}
    path.write_bytes(json.dumps({"_meta": {"1": meta, "2": {"id": "b", "name": "Second"}}, "pains": {}}).encode())
    snapshot = store.read(path)
    assert snapshot.meta["uuid"] == ""
    assert snapshot.meta["seq"] == 0
    assert snapshot.meta["name"] == "Second"
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
    assert json.loads(path.read_bytes())["_meta"]["2"]["name"] == "Second"


def test_a_uuid_is_no_path(store: SessionStore, tmp_path: Path) -> None:
    path = store.create(session_named("Good")).with_name("odd.json")
    meta = {"format": "cjworkshop/session", "schema": 1, "uuid": "../../../evil\ud800"}
    path.write_bytes(json.dumps({"_meta": {"1": meta}}).encode())
    with store.open(path) as opened:
        assert opened._keeper
        kept = opened._keeper._rescue.keep(Files(path), opened._keeper._checkpoints.meta, opened.session, 1)
        assert kept.parent.parent == store.environment.rescue_root()


@pytest.mark.parametrize("key", ["01", "\u0661", "9" * 5000, "9" * 4300, "0", "-1"], ids=lambda key: key[:5])
def test_a_key_that_no_program_writes_takes_no_other_rows_place(store: SessionStore, key: str) -> None:
    path = store.create(session_named("Good")).with_name("odd.json")
    rows = {number: {"id": f"p{number}", "pain": number} for number in ("1", key)}
    path.write_bytes(session_text(pains=rows))
    found = store.read(path).session["pains"]
    with store.open(path) as opened:
        opened.workbook.do(add_pain("new"))
        crash(opened)
    with store.open(path) as opened:
        assert len(opened.session["pains"]) == 3
    assert store.read(path).session["pains"][:2] == found[:2]
    assert all(str(int(written)) == written for written in json.loads(path.read_bytes())["pains"])


def test_a_number_of_a_change_that_nobody_counts_to_is_not_believed(store: SessionStore) -> None:
    path = store.create(session_named("Good")).with_name("odd.json")
    meta = {"format": "cjworkshop/session", "schema": 1, "uuid": "u", "seq": 10**4299}
    path.write_bytes(json.dumps({"_meta": {"1": meta}}).encode())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
        assert opened.flush().kind is Save.SAVED
    assert json.loads(path.read_bytes())["_meta"]["1"]["seq"] == 1
