"""One session, one writer: two openers in one process, in two, after kill -9, and taking over from the dead."""

from __future__ import annotations

import datetime as dt
import errno
import os
import platform
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from faulty_disk import failing
from storage_kit import Inline, add_pain, crash, pains, session_named, store_in

from cjworkshop.errors import Busy
from cjworkshop.storage import lock as lock_module
from cjworkshop.storage.codec import dump
from cjworkshop.storage.disk import Disk
from cjworkshop.storage.lock import Lock, OpenElsewhere, Owner, read_owner, user_name
from cjworkshop.storage.names import Files

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = dt.datetime(2026, 3, 31, 9, 30, tzinfo=dt.UTC)

HOLDER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from storage_kit import add_pain, store_in
path = Path(sys.argv[1])
opened = store_in(path.parent).open(path)
opened.workbook.do(add_pain("theirs", "typed elsewhere"))
print(opened.flush().kind.name, flush=True)
sys.stdin.read()
opened.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return store_in(tmp_path / "sessions").create(session_named())


def hold(path: Path) -> subprocess.Popen[str]:
    """Another process that has the session open and has saved an edit."""
    command = [sys.executable, "-c", HOLDER, str(path), str(Path(__file__).parent)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "SAVED\n"
    return process


def test_a_second_process_is_told_who_has_it_and_may_read(path: Path) -> None:
    store = store_in(path.parent)
    process = hold(path)
    with process:
        with pytest.raises(OpenElsewhere, match="bar-one is open already, by ") as caught:
            store.open(path)
        assert caught.value.exit_code == 5
        owner = caught.value.owner
        assert owner
        assert (owner.pid, owner.host, owner.user) == (process.pid, platform.node(), user_name())
        assert not caught.value.can_take_over
        with pytest.raises(OpenElsewhere):
            store.open(path, take_over=True)
        with pytest.raises(Busy):
            store.archive(path)
        assert pains(store.read(path).session) == {"theirs": "typed elsewhere"}
        with store.open_to_read(path) as looked_at:
            assert looked_at.read_only
            assert pains(looked_at.session) == {"theirs": "typed elsewhere"}
        assert store.duplicate(path, "Copy").name == "copy.json"
        assert {line.slug: line.state for line in store.summaries()} == {"bar-one": "open", "copy": "ok"}
        assert process.stdin
        process.stdin.close()
    with store.open(path) as opened:
        assert pains(opened.session) == {"theirs": "typed elsewhere"}


def test_kill_9_frees_it_and_loses_nothing(path: Path) -> None:
    store = store_in(path.parent)
    with hold(path) as process:
        process.send_signal(signal.SIGKILL)
    assert [line.state for line in store.summaries()] == ["ok"]
    with store.open(path) as opened:
        assert pains(opened.session) == {"theirs": "typed elsewhere"}
        assert opened.notices == ("1 edit recovered.",)


def test_two_openers_in_one_process(path: Path) -> None:
    store = store_in(path.parent)
    with store.open(path), pytest.raises(OpenElsewhere):
        store.open(path)
    with store.open(path):
        pass


class HeldDisk(Disk):
    """A disk on which a lock is held by nobody in particular until its file is removed."""

    held = True

    def lock(self, path: Path) -> Callable[[], None] | None:
        return None if self.held else super().lock(path)

    def remove(self, path: Path) -> None:
        if path.name.endswith(".lock"):
            self.held = False
        else:
            super().remove(path)


def note_of(path: Path, **changed: object) -> None:
    note = {"host": platform.node(), "user": "ann", "pid": 2**22 + 1, "since": NOW.isoformat(), "boot": ""}
    Files(path).owner.write_bytes(dump({**note, **changed}))


def test_taking_over_from_the_dead_only_when_asked(path: Path) -> None:
    note_of(path)
    store = store_in(path.parent, disk=HeldDisk(), writer=Inline)
    with pytest.raises(OpenElsewhere, match="by ann on ") as caught:
        store.open(path)
    assert caught.value.can_take_over
    assert "you may take over" in caught.value.hint
    with store.open(path, take_over=True) as opened:
        opened.workbook.do(add_pain("p1"))
        owner = read_owner(Disk(), Files(path))
        assert owner
        assert owner.pid == os.getpid()


@pytest.mark.parametrize("changed", [{"host": "elsewhere"}, {"pid": os.getpid()}, {"pid": "x"}, {"since": 7}])
def test_no_taking_over_from_who_may_be_alive(path: Path, changed: dict[str, object]) -> None:
    note_of(path, **changed)
    with pytest.raises(OpenElsewhere):
        store_in(path.parent, disk=HeldDisk()).open(path, take_over=True)


def test_taking_over_that_fails_is_still_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note_of(path)
    monkeypatch.setattr(HeldDisk, "remove", lambda self, path: None)
    with pytest.raises(OpenElsewhere):
        store_in(path.parent, disk=HeldDisk()).open(path, take_over=True)


def test_who_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    me = Owner(platform.node(), "ann", os.getpid(), NOW)
    assert not me.is_dead
    assert not Owner("elsewhere", "ann", 2**22 + 1, NOW).is_dead
    assert Owner(platform.node(), "ann", 2**22 + 1, NOW).is_dead
    assert Owner(platform.node(), "ann", 2**80, NOW).is_dead
    assert Owner(platform.node(), "ann", os.getpid(), NOW, boot="an earlier start").is_dead

    def forbidden(pid: int, number: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", forbidden)
    assert not me.is_dead
    monkeypatch.setattr(os, "name", "nt")
    assert not Owner(platform.node(), "ann", 2**22 + 1, NOW).is_dead


def test_a_system_that_does_not_say_who_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError

    monkeypatch.setattr("getpass.getuser", nobody)
    monkeypatch.setattr(lock_module, "_BOOT", Path("/nowhere"))
    assert user_name() == ""
    assert "somebody" in str(OpenElsewhere("x", Owner("h", "", 1, NOW)))
    assert "another program" in str(OpenElsewhere("x", None))
    assert not Owner(platform.node(), "ann", os.getpid(), NOW, boot="").is_dead


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_note_that_cannot_be_written_does_not_keep_one_out(path: Path, code: int) -> None:
    disk = failing(code, operations={"create", "write"})
    opened = store_in(path.parent, disk=disk, writer=Inline).open(path)
    assert not opened.read_only
    with pytest.raises(OpenElsewhere, match="by another program"):
        store_in(path.parent).open(path)
    crash(opened)


def test_a_lock_that_cannot_be_had_is_given_back(path: Path) -> None:
    with pytest.raises(OSError, match="Read-only"):
        Lock(failing(errno.EROFS, operations={"create"}), Files(path), NOW)
    Lock(Disk(), Files(path), NOW).release()


@pytest.mark.parametrize("pid", ["1e999", "-1e999", "null", '"x"', "[]", "1" * 400], ids=lambda pid: pid[:6])
def test_a_note_of_nonsense_says_nothing(path: Path, pid: str) -> None:
    note = f'{{"host":"h","user":"u","pid":{pid},"since":"2026-01-01T00:00:00","boot":""}}'
    Files(path).owner.write_text(note)
    owner = read_owner(Disk(), Files(path))
    assert owner is None or owner.pid == int("1" * 400)
