"""The one door to the file system, and what the storages on top of it promise."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import stat
from typing import TYPE_CHECKING, Any

import pytest
from faulty_disk import failing, healthy
from hypothesis import given
from hypothesis import strategies as st
from storage_kit import Inline, add_pain, session_named, store_in
from tinydb import TinyDB, where

from cjworkshop.errors import InvalidData
from cjworkshop.storage import codec, disk
from cjworkshop.storage.disk import Disk, system_flush, write_all
from cjworkshop.storage.ids import new_id
from cjworkshop.storage.pace import PACE, SYNCED_PACE, pace_of
from cjworkshop.storage.tinydb_storage import DurableStorage, serialised

if TYPE_CHECKING:
    from pathlib import Path


def test_files_and_folders_are_the_users_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    store = store_in(folder / "sessions", writer=Inline)
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
        opened.flush()
        for found in (tmp_path / "a").rglob("*"):
            mode = stat.S_IMODE(found.stat().st_mode)
            assert mode == (0o700 if found.is_dir() else 0o600), found


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for odd in (tmp_path / "pipe", tmp_path):
        with pytest.raises(OSError, match=r"regular|directory"):
            Disk().read(odd)
    (tmp_path / "file").write_bytes(b"0123456789")
    assert Disk().read(tmp_path / "file", 2, 3) == b"234"
    assert Disk().read(tmp_path / "file", most=0) == b""


def test_a_replace_that_another_program_hinders_is_tried_again_on_windows_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("a")
    waited: list[float] = []
    monkeypatch.setattr(disk.time, "sleep", waited.append)  # type: ignore[attr-defined]  # the module's own import
    path_type = type(tmp_path)
    real = path_type.replace

    def hindered(self: Path, target: Path) -> Path:
        if len(waited) < 3:
            raise PermissionError
        return real(self, target)

    monkeypatch.setattr(path_type, "replace", hindered)
    with pytest.raises(PermissionError):
        Disk().replace(tmp_path / "a", tmp_path / "b")
    monkeypatch.setattr(disk.os, "name", "nt")  # type: ignore[attr-defined]  # likewise
    Disk().replace(tmp_path / "a", tmp_path / "b")
    assert waited == list(Disk.replace_waits[:3])
    monkeypatch.setattr(disk.os, "name", "posix")  # type: ignore[attr-defined]  # pathlib looks at it too
    assert (tmp_path / "b").read_text() == "a"


def test_a_replace_that_is_hindered_for_long_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Impatient(Disk):
        replace_waits = ()

    with pytest.raises(FileNotFoundError):
        Impatient().replace(tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize(("code", "raised"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_folder_that_cannot_be_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, raised: bool
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(disk.os, "fsync", refuse)  # type: ignore[attr-defined]  # the module's own import
    if raised:
        with pytest.raises(OSError, match="Input/output"):
            Disk().sync_folder(tmp_path)
    else:
        Disk().sync_folder(tmp_path)
    monkeypatch.setattr(disk.os, "name", "nt")  # type: ignore[attr-defined]  # likewise
    Disk().sync_folder(tmp_path)


def test_a_mac_is_asked_for_a_full_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []
    problems: list[OSError] = []

    def control(descriptor: int, command: int) -> int:
        asked.append(("full", command))
        for problem in problems:
            raise problem
        return 0

    monkeypatch.setattr(fcntl, "fcntl", control)
    monkeypatch.setattr(disk.os, "fsync", lambda descriptor: asked.append(("plain", descriptor)))  # type: ignore[attr-defined]  # the module's own import
    flush = system_flush("darwin")
    flush(7)
    assert asked == [("full", 51)]
    problems.append(OSError(errno.ENOTSUP, "x"))
    flush(7)
    assert asked[-1] == ("plain", 7)
    problems[0] = OSError(errno.EIO, "x")
    with pytest.raises(OSError, match="x"):
        flush(7)
    assert system_flush("linux") is os.fdatasync


def test_a_disk_that_takes_no_bytes_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Disk()
    monkeypatch.setattr(store, "write", lambda descriptor, data: 0)
    with pytest.raises(OSError, match="no bytes"):
        write_all(store, 1, b"x")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters()), inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_json_goes_to_bytes_and_back_exactly(value: Any) -> None:
    data = codec.dump(value)
    assert data.isascii()
    assert b"\n" not in data
    assert codec.load(data) == value == json.loads(data)
    assert codec.load(json.dumps(value).encode()) == value


@pytest.mark.parametrize("odd", [float("nan"), {"a": [float("inf"), None]}, [{"b": float("nan")}], "\ud800", 2**70])
def test_what_only_the_standard_library_writes(odd: object) -> None:
    assert repr(codec.load(codec.dump(odd))) == repr(odd)


@pytest.mark.parametrize("bad", [b"", b"{", b"\xff", b"[" * 100_000, b"nope", b'{"a":1}x', b"1" * 5000])
def test_what_is_no_json(bad: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever of its kinds
        codec.load(bad)


def test_ids_are_ten_letters_and_never_the_same() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(one) == 10 and set(one) <= set("abcdefghijklmnopqrstuvwxyz234567") for one in ids)


@pytest.mark.parametrize(
    ("folder", "synced"),
    [
        ("/home/ann/Dropbox/work/sessions", True),
        ("/Users/ann/Library/Mobile Documents/com~apple~CloudDocs", True),
        ("/home/ann/OneDrive - ACME/sessions", True),
        ("/home/ann/sessions", False),
    ],
)
def test_a_folder_that_a_sync_program_watches_is_saved_less_often(folder: str, synced: bool) -> None:
    from pathlib import PurePosixPath

    assert pace_of(PurePosixPath(folder)) is (SYNCED_PACE if synced else PACE)  # type: ignore[arg-type]  # its parts are all that is looked at


# The storage through which TinyDB reads and writes.


def database_at(path: Path, used: Disk | None = None, **options: Any) -> TinyDB:
    return TinyDB(path, storage=DurableStorage, disk=used or Disk(), **options)


def test_it_is_a_tinydb_storage_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    with database_at(path) as database:
        assert database.tables() == set()
        number = database.insert({"a": 1, "text": "é"})
        database.table("other").insert_multiple([{"b": 1}, {"b": 2}])
        database.update({"a": 2}, where("a") == 1)
    with TinyDB(path) as stock:
        assert stock.get(doc_id=number) == {"a": 2, "text": "é"}
        stock.insert({"a": 3})
    with database_at(path) as database:
        assert [document["a"] for document in database.all()] == [2, 3]
        assert len(database.table("other")) == 2
    assert [file.name for file in tmp_path.iterdir()] == ["x.json"]


def test_a_damaged_file_is_no_new_database(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b"")
    with pytest.raises(ValueError), database_at(tmp_path / "x.json") as database:  # noqa: PT011 - json's own
        database.all()
    (tmp_path / "folder").mkdir()
    with pytest.raises(InvalidData), database_at(tmp_path / "folder") as database:
        database.all()


@pytest.mark.parametrize("operation", ["create", "write", "sync", "read", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path, operation: str) -> None:
    path = tmp_path / "x.json"
    with database_at(path) as database:
        database.insert({"a": 1})
    before = path.read_bytes()
    broken = failing(errno.ENOSPC, operations={operation})
    with pytest.raises(OSError, match="No space"), database_at(path, broken) as database:
        database.storage.write({"_default": {"1": {"a": 2}}})
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["x.json"]


def test_a_disk_that_gives_back_other_bytes_is_not_believed(tmp_path: Path) -> None:
    class Lying(Disk):
        def read(self, path: Path, start: int = 0, most: int = 2**62) -> bytes:
            return super().read(path, start, most)[:-1] + b"?"

    with pytest.raises(OSError, match="gave back other bytes"), database_at(tmp_path / "x.json", Lying()) as database:
        database.insert({})
    assert list(tmp_path.iterdir()) == []


def test_writing_gives_other_threads_a_turn() -> None:
    pauses: list[int] = []
    rows = [(str(number), {"x": number}) for number in range(1000)]
    data = serialised(iter([("t", rows)]), lambda: pauses.append(1))
    assert json.loads(data) == {"t": dict(rows)}
    assert len(pauses) > 10


def test_the_double_counts_what_the_real_disk_is_asked(tmp_path: Path) -> None:
    used = healthy()
    with database_at(tmp_path / "x.json", used) as database:
        database.storage.write({})
    assert used.calls == ["create", "write", "sync", "close", "read", "replace", "sync_folder"]


def test_a_folder_that_was_not_flushed_is_not_there(tmp_path: Path) -> None:
    class Unsteady(Disk):
        def sync_folder(self, folder: Path) -> None:
            raise OSError(errno.EIO, "x")

    with pytest.raises(OSError, match="x"):
        Unsteady().make_folder(tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []
