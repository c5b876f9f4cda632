"""A fault at every file operation of a whole sitting, in every mode: what was said to be saved is there afterwards."""

from __future__ import annotations

import errno
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from faulty_disk import FaultyDisk, Killed, failing, healthy, killing, short_of_space, torn
from storage_kit import Clock, Inline, add_pain, pains, session_named, set_pain, store_in
from tinydb import TinyDB

from cjworkshop.errors import WorkshopError
from cjworkshop.storage.save_state import Save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cjworkshop.storage.open_session import OpenSession


START = {"p1": "one", "p2": "two"}
STEPS: list[tuple[Callable[[OpenSession], object], dict[str, str]]] = [
    (lambda opened: opened.workbook.do(add_pain("new", "a")), {**START, "new": "a"}),
    (lambda opened: opened.workbook.do(set_pain("p1", "x")), {**START, "p1": "x", "new": "a"}),
    (lambda opened: opened.checkpoint(), {**START, "p1": "x", "new": "a"}),
    (lambda opened: opened.workbook.do(add_pain("newer", "b")), {**START, "p1": "x", "new": "a", "newer": "b"}),
    (lambda opened: opened.workbook.undo(), {**START, "p1": "x", "new": "a"}),
    (lambda opened: opened.close(), {**START, "p1": "x", "new": "a"}),
]
"""A sitting: what is done, and what the session holds after it."""


@dataclass
class Sitting:
    """What a user saw: the states that the session may have afterwards, and how it ended."""

    allowed: list[dict[str, str]] = field(default_factory=lambda: [START])
    end: Save = Save.SAVED


def sit(folder: Path, path: Path, disk: FaultyDisk) -> Sitting:
    """Open, edit, fold, edit, undo, close; the process may be killed anywhere in it."""
    sitting = Sitting()
    seconds = iter(range(10**6))
    store = store_in(folder, disk=disk, writer=Inline, tick=lambda: float(next(seconds)))
    try:
        opened = store.open(path)
        assert pains(opened.session) == START
        for act, state in STEPS if not opened.read_only else ():
            sitting.allowed.append(state)
            act(opened)
            sitting.end = opened.save_state.kind
            if sitting.end is Save.SAVED:
                sitting.allowed = [state]
    except WorkshopError:
        sitting.end = Save.NOT_SAVED
    except Killed:
        pass
    finally:
        disk.end()
    return sitting


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    """A session with two pains, some history, one edit in the journal only, and a crash behind it."""
    clock = Clock()
    store = store_in(tmp_path / "start", clock=clock, writer=Inline)
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1", "one"))
    opened = store.open(path)
    opened.workbook.do(add_pain("p2", "two"))
    assert opened._lock
    opened._lock._unlock()
    return path


def after(folder: Path, path: Path, sitting: Sitting, label: str) -> None:
    """The session holds the last acknowledged state or a later one, opens, takes an edit, and TinyDB can read it."""
    store = store_in(folder, writer=Inline)
    with TinyDB(path) as database:
        assert database.table("_meta").all(), label
    found = pains(store.read(path).session)
    assert found in sitting.allowed, label
    with store.open(path) as opened:
        opened.workbook.do(add_pain("end", "end"))
    assert pains(store.read(path).session) == {**found, "end": "end"}, label
    with TinyDB(path) as database:
        assert {row["id"] for row in database.table("pains")} == {*found, "end"}, label


def copies(prepared: Path, tmp_path: Path) -> Callable[[], Path]:
    def fresh() -> Path:
        folder = tmp_path / "try"
        for old in (folder, tmp_path / "rescue of try"):
            shutil.rmtree(old, ignore_errors=True)
        shutil.copytree(prepared.parent, folder)
        return folder

    return fresh


def operations(prepared: Path, tmp_path: Path) -> int:
    """How many file operations the sitting takes, and that it goes well without a fault."""
    folder = copies(prepared, tmp_path)()
    disk = healthy()
    sitting = sit(folder, folder / prepared.name, disk)
    assert sitting == Sitting([STEPS[-1][1]], Save.SAVED)
    after(folder, folder / prepared.name, sitting, "no fault")
    return disk.count


MODES: dict[str, Callable[[int], FaultyDisk]] = {
    "killed before": lambda at: killing(at, after=False),
    "killed after": lambda at: killing(at, after=True),
    "torn": torn,
    "no space once": lambda at: failing(errno.ENOSPC, at=at, forever=False),
    "no space from then on": lambda at: failing(errno.ENOSPC, at=at),
    "short writes, then no space": short_of_space,
    "an error once": lambda at: failing(errno.EIO, at=at, forever=False),
    "errors from then on": lambda at: failing(errno.EIO, at=at),
    "read-only from then on": lambda at: failing(errno.EROFS, at=at),
}


def test_the_order_of_writing_and_flushing(prepared: Path) -> None:
    disk = healthy()
    store = store_in(prepared.parent, disk=disk, writer=Inline)
    opened = store.open(prepared)
    opened.checkpoint()
    disk.calls.clear()
    opened.workbook.do(add_pain("new", "a"))
    assert disk.calls == ["write", "sync", "stat"]
    disk.calls.clear()
    opened.checkpoint()
    calls = " ".join(disk.calls)
    new_file, announced, said = "create write sync close read", "write sync stat", "write sync stat"
    assert calls.startswith(f"{new_file} stat read names")
    assert f"{announced} replace sync_folder {said} names" in calls
    opened.workbook.do(add_pain("newer", "b"))
    assert opened._keeper
    opened._keeper._journal.leave()
    disk.calls.clear()
    opened.workbook.do(add_pain("newest", "c"))
    assert disk.calls == ["create", "write", "sync", "sync_folder"]
    opened.close()


@pytest.mark.parametrize("mode", MODES)
def test_a_fault_at_every_operation(prepared: Path, tmp_path: Path, mode: str) -> None:
    fresh = copies(prepared, tmp_path)
    for at in range(1, operations(prepared, tmp_path) + 1):
        folder = fresh()
        disk = MODES[mode](at)
        sitting = sit(folder, folder / prepared.name, disk)
        label = f"{mode} at {at}: {disk.calls[at - 1] if at <= len(disk.calls) else 'not reached'}"
        if "once" in mode:
            assert sitting.end is Save.SAVED or sitting.allowed == [START], label
        after(folder, folder / prepared.name, sitting, label)
