"""A list of sessions: right about small and large files, whatever is in the folder."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from storage_kit import Inline, add_pain, session_named, set_pain, store_in
from tinydb import TinyDB

from cjworkshop.storage import listing
from cjworkshop.storage.disk import Disk
from cjworkshop.storage.place import Place

if TYPE_CHECKING:
    from pathlib import Path


def test_no_folder_is_an_empty_list(tmp_path: Path) -> None:
    assert store_in(tmp_path / "none").summaries() == []
    (tmp_path / "file").write_text("")
    assert store_in(tmp_path / "file").summaries() == []


def test_the_last_changed_comes_first_and_says_where_one_was(tmp_path: Path) -> None:
    store = store_in(tmp_path, writer=Inline)
    one, two = (store.create(session_named(name)) for name in ("One", "Two"))
    os.utime(one, (1_000_000_000, 1_000_000_000))
    with store.open(two) as opened:
        assert opened.place is None
        opened.keep_place(Place("report", "summary", "r1", "finding_1"))
    lines = store.summaries()
    assert [(line.slug, line.step) for line in lines] == [("two", "report"), ("one", "")]
    assert lines[1].modified
    assert lines[1].modified.year == 2001
    with store.open(two) as opened:
        assert opened.place == Place("report", "summary", "r1", "finding_1")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"step": 7}', '{"other": "x"}', "3", "[" * 4096], ids=lambda text: text[:9]
)
def test_a_place_that_cannot_be_read_is_no_place(tmp_path: Path, content: str) -> None:
    store = store_in(tmp_path, writer=Inline)
    path = store.create(session_named())
    (tmp_path / ".bar-one.json.place").write_text(content)
    with store.open(path) as opened:
        assert opened.place is None
    assert store.summaries()[0].step == ""


@pytest.fixture
def large(tmp_path: Path) -> Path:
    store = store_in(tmp_path, writer=Inline)
    path = store.create(session_named("Large", client="ACME", journey="Buying"))
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1", "é" * listing._SMALL))
    assert path.stat().st_size > listing._SMALL
    return path


class Counting(Disk):
    """Counts the bytes that are read."""

    count = 0

    def read(self, path: Path, start: int = 0, most: int = 2**62) -> bytes:
        data = super().read(path, start, most)
        self.count += len(data)
        return data


def test_of_a_large_file_only_the_beginning_is_read(large: Path) -> None:
    disk = Counting()
    (line,) = store_in(large.parent, disk=disk).summaries()
    assert (line.name, line.client, line.journey, line.state) == ("Large", "ACME", "Buying", "ok")
    assert disk.count < large.stat().st_size


@pytest.mark.parametrize(
    ("damage", "state"),
    [
        (lambda data: data[:-3], "damaged"),
        (lambda data: data[:300_000], "damaged"),
        (lambda data: b"\0" * len(data), "damaged"),
        (lambda data: b" " + data, "ok"),
        (lambda data: data.replace(b'"schema":1', b'"schema":7'), "newer"),
        (lambda data: data.replace(b"cjworkshop/session", b"another/thing"), "damaged"),
        (lambda data: b'{"a":{},' + data[1:], "ok"),
    ],
)
def test_large_files_that_are_not_as_they_should_be(large: Path, damage: object, state: str) -> None:
    assert callable(damage)
    large.write_bytes(damage(large.read_bytes()))
    assert [line.state for line in store_in(large.parent).summaries()] == [state]


def test_a_large_file_that_stock_tinydb_rewrote(large: Path) -> None:
    with TinyDB(large) as database:
        database.table("pains").insert({"id": "p9", "pain": "x"})
    assert [line.name for line in store_in(large.parent).summaries()] == ["Large"]


def test_a_newer_file_is_shown_as_such(tmp_path: Path) -> None:
    store = store_in(tmp_path, writer=Inline)
    path = store.create(session_named())
    data = json.loads(path.read_bytes())
    data["_meta"]["1"]["schema"] = 2
    data["_meta"]["1"]["name"] = ["odd"]
    path.write_text(json.dumps(data))
    (line,) = store.summaries()
    assert (line.state, line.name) == ("newer", "bar-one")


def test_a_session_left_open_by_a_dead_process_is_not_open(tmp_path: Path) -> None:
    store = store_in(tmp_path, writer=Inline)
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
        opened.workbook.do(set_pain("p1", "x"))
        assert [line.state for line in store.summaries()] == ["open"]
    assert [line.state for line in store.summaries()] == ["ok"]
