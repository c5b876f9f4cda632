"""What the screen says of saving: never "saved" before it is, whenever one looks, and never "saving" for ever."""

from __future__ import annotations

import errno
import itertools
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from proof_harness.disks import NO_FAULT, Fault, ProofDisk
from proof_harness.saving import InlineWriter, Tick, store_on
from proof_harness.script import add, content_of, new_session

from cjworkshop.storage import keeper as keeper_module
from cjworkshop.storage import open_session as open_session_module
from cjworkshop.storage.save_state import Save
from cjworkshop.storage.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType

    from cjworkshop.storage.open_session import OpenSession

LOOKED_INTO = {keeper_module.__file__, open_session_module.__file__}


def at_every_line(run: Callable[[], object], look: Callable[[], None]) -> int:
    """Call `look` before each line of the keeper and the open session while `run` runs; how often that was."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Callable[..., Any] | None:
        nonlocal count
        if frame.f_code.co_filename not in LOOKED_INTO:
            return None
        if event == "line":
            count += 1
            sys.settrace(None)
            look()
            sys.settrace(trace)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def opened_on(disk: ProofDisk, root: Path, **options: Any) -> OpenSession:
    store = store_on(disk, root, **options)
    opened = store.open(store.create(new_session()))
    opened.workbook.do(add("first"))
    assert opened.flush().kind is Save.SAVED
    return opened


def flushed(disk: ProofDisk) -> int:
    return disk.operations.count("sync")


def test_while_the_writer_works_it_is_never_called_saved_too_early(tmp_path: Path) -> None:
    disk = ProofDisk()
    opened = opened_on(disk, tmp_path)
    opened.checkpoint()
    before = flushed(disk)
    opened.workbook.do(add("second"))
    seen: set[tuple[Save, bool]] = set()
    lines = at_every_line(opened.flush, lambda: seen.add((opened.save_state.kind, flushed(disk) > before)))
    assert lines > 10
    assert (Save.SAVED, False) not in seen
    assert opened.save_state.kind is Save.SAVED


def test_whenever_the_writer_goes_on_while_one_looks_it_is_not_called_saved(tmp_path: Path) -> None:
    for line in range(1, 10):
        opened = opened_on(ProofDisk(), tmp_path / str(line))
        opened.workbook.do(add("second"))
        assert isinstance(opened._writer, InlineWriter)
        assert kind_seen_while(opened, opened._writer.end, line) is Save.SAVING


def kind_seen_while(opened: OpenSession, interrupt: Callable[[], None], line: int) -> Save:
    """What is seen by one who looks, and is interrupted before the given line of looking."""
    found: list[Save] = []
    lines = itertools.count(1)

    def look() -> None:
        if next(lines) == line:
            interrupt()

    at_every_line(lambda: found.append(opened.save_state.kind), look)
    return found[0]


class SlowDisk(ProofDisk):
    """One whose flushes can be held up."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()
        self.go_on.set()
        self.busy = threading.Event()

    def sync(self, descriptor: int) -> None:
        self.busy.set()
        assert self.go_on.wait(60)
        super().sync(descriptor)


def test_a_disk_that_does_not_answer_is_not_saving_for_ever(tmp_path: Path) -> None:
    disk, tick = SlowDisk(), Tick()
    opened = opened_on(disk, tmp_path, tick=tick, writer=Writer)
    disk.go_on.clear()
    disk.busy.clear()
    opened.workbook.do(add("second"))
    assert disk.busy.wait(60)
    seen = []
    for seconds in (0.0, 0.9, 0.2):
        tick.now += seconds
        seen.append(opened.save_state.kind)
    assert seen == [Save.SAVING, Save.SAVING, Save.NOT_SAVED]
    assert opened.save_state.message == "Not saved: the disk does not answer."
    disk.go_on.set()
    assert opened.flush().kind is Save.SAVED
    assert opened.save_state.kind is Save.SAVED
    opened.close()


def test_a_full_disk_is_said_while_one_types_and_everything_is_saved_when_there_is_room(tmp_path: Path) -> None:
    disk = ProofDisk()
    store = store_on(disk, tmp_path, writer=Writer)
    path = store.create(new_session())
    said: list[Save] = []
    with store.open(path) as opened:
        opened.on_state(lambda state: said.append(state.kind))
        disk.fault = Fault("torn", 0, number=errno.ENOSPC)
        for number in range(20):
            opened.workbook.do(add(f"n{number}"))
        assert opened.flush().kind is Save.NOT_SAVED
        assert content_of(store.read(path).session).get("notes") is None
        disk.fault = NO_FAULT
        assert opened.flush().kind is Save.SAVED
        expected = content_of(opened.session)
        assert content_of(store.read(path).session) == expected
    assert len(expected["notes"]) == 20
    assert Save.NOT_SAVED in said[: said.index(Save.SAVED)]


@pytest.mark.parametrize("seconds", [-1, -86400 * 400, 86400 * 400])
def test_a_clock_that_is_set_changes_nothing(tmp_path: Path, seconds: float) -> None:
    opened = opened_on(ProofDisk(), tmp_path)
    clock: Any = opened.workbook._clock
    clock.turn(seconds)
    for number in range(3):
        opened.workbook.do(add(f"n{number}"))
        opened.checkpoint()
    opened.workbook.undo()
    expected = content_of(opened.session)
    opened.close()
    again = store_on(ProofDisk(), tmp_path).open(opened.path)
    assert content_of(again.session) == expected
    again.workbook.redo()
    assert set(content_of(again.session)["notes"]) == {"first", "n0", "n1", "n2"}
    again.close()
