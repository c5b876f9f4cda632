"""A fault at every file operation of a sitting, in every way."""

from __future__ import annotations

import contextlib
import errno
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from unittest.mock import patch

from cjworkshop.storage import backups, checkpoint
from proof_harness.contract import Broken, breach, must
from proof_harness.disks import Fault, ProofDisk
from proof_harness.saving import InlineWriter, scratch
from proof_harness.script import add, clock, draft, remove, script, wait, write
from proof_harness.sitting import Sitting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from proof_harness.saving import WriterType
    from proof_harness.script import Step

WORKDAY = script(
    *("create", "open", add("n1"), "flush", draft("typ"), "flush", draft("typing"), wait(1.0)),
    *(draft(None), write("n1", "changed"), add("n2", "n3"), "flush", "fold", "undo", "flush", "redo", "flush"),
    *(clock(600), remove("n2", "n1"), wait(3.0), "close"),
    *("open", write("n3", "again"), "undo", "flush", clock(-99999), "undo", write("n1", "last"), "close"),
)
"""Two sittings with everything that saving has to do in them."""

EVENING = script(
    *("create", "open", add("n1"), "flush", draft("typing"), "flush", "fold"),
    *(add("n2", text="short"), write("n1", "changed"), draft(None), "flush", "undo", "flush", "close"),
    *("open", write("n1", "again"), "flush"),
)
"""A short sitting, and the beginning of another."""
AFTERWARDS = script(
    "open", add("n8"), "flush", write("n8", "after the crash"), "flush", "fold", "undo", "flush", "close"
)
"""What somebody does after a crash, until the power fails."""

WEEKS = script(
    *("create", "open"),
    *(
        part
        for day in range(4)
        for part in (add(f"n{day}"), "flush", write(f"n{day}", f"of day {day}"), "flush", clock(86400), "fold")
    ),
    *("undo", "flush", "close", "open", add("last"), "flush", "close"),
)
"""With a `short_memory`, one in which old segments of the journal and old backups go."""


@contextlib.contextmanager
def short_memory() -> Iterator[None]:
    """Let segments be left and forgotten, and backups expire, as they are after weeks of work."""
    with (
        patch.object(checkpoint, "SEGMENT_SIZE", 300),
        patch.object(checkpoint, "HISTORY", 2),
        patch.object(backups, "LATEST", 1),
        patch.object(backups, "DAYS", 0),
    ):
        yield


_ERRORS = {"full": errno.ENOSPC, "I/O error": errno.EIO, "read-only": errno.EROFS, "vanished": errno.ENOENT}
WAYS: Mapping[str, Fault] = {
    **{f"{name}, once": Fault("refuse", 0, 1, number) for name, number in _ERRORS.items()},
    **{f"{name}, a while": Fault("refuse", 0, 7, number) for name, number in _ERRORS.items()},
    **{f"{name}, for ever": Fault("refuse", 0, math.inf, number) for name, number in _ERRORS.items()},
    "done but reported as I/O error": Fault("report", 0, 1, errno.EIO),
    "short write": Fault("short", 0, 1),
    "short writes, for ever": Fault("short", 0, math.inf),
    "torn write, full": Fault("torn", 0, 1, errno.ENOSPC),
    "torn writes, full, a while": Fault("torn", 0, 7, errno.ENOSPC),
    "torn writes, full, for ever": Fault("torn", 0, math.inf, errno.ENOSPC),
    "torn write, I/O error": Fault("torn", 0, 1, errno.EIO),
    "killed before": Fault("die", 0, 1),
    "killed after": Fault("die after", 0, 1),
    "killed in the midst of a write": Fault("die torn", 0, 1),
}
"""What can go wrong, as if at operation 0."""


@dataclass(frozen=True)
class Case:
    """One way at one operation, and how the contract was broken by it; empty where it was kept.

    The process is killed `later` operations after that; infinite where it is not. `struck` says whether it happened:
    with a thread the operations are not the same each time.
    """

    way: str
    number: int
    operation: str
    later: float = math.inf
    struck: bool = False
    breach: str = ""


def operations_of(steps: tuple[Step, ...]) -> list[str]:
    """The names of the operations of a run without any fault, in order."""
    with scratch() as root:
        disk = ProofDisk()
        Sitting(disk, root).run(steps)
    return disk.operations


def operations_after(kill: int, steps: tuple[Step, ...] = EVENING) -> list[str]:
    """The names of the operations of recovering from a kill before operation `kill`, in order."""
    with scratch() as root:
        disk = ProofDisk(end=kill)
        before = Sitting(disk, root).run(steps).now
        disk.restart()
        done = disk.count
        Sitting(disk, root, before).run(AFTERWARDS)
    return disk.operations[done:]


def cases(operations: list[str], ways: Mapping[str, Fault], every: int = 1) -> Iterator[Case]:
    """Each of these ways at each operation where it can happen; or at `every` so manieth only."""
    possible = [
        Case(way, number, operation)
        for way, fault in ways.items()
        for number, operation in enumerate(operations, 1)
        if fault.strikes(operation)
    ]
    yield from possible[::every]


def followed_by_a_kill(case: Case, salt: int = 0) -> Case:
    """The same, with a kill some operations later: how many is different for each, and the same each time."""
    return replace(case, later=1 + (case.number * 7 + len(case.way) * 13 + salt * 5) % 31)


def tried(case: Case, steps: tuple[Step, ...] = WORKDAY, writer: WriterType = InlineWriter) -> Case:
    """The case with what came of it."""
    fault = WAYS[case.way]
    there = replace(fault, first=case.number, end=case.number + fault.end)
    disk = ProofDisk(there, end=case.number + case.later)
    with scratch() as root:
        return _outcome(case, disk, root, Sitting(disk, root, writer=writer), steps)


def _outcome(case: Case, disk: ProofDisk, root: Path, sitting: Sitting, steps: tuple[Step, ...]) -> Case:
    try:
        sitting.run(steps)
        case = replace(case, struck=bool(disk.struck))
        passing = disk.fault.end == disk.fault.first + 1 and not disk.dead
        must(not passing or sitting.now.closed, f"saving did not go on: {sitting.complaints}")
    except (Broken, OSError) as problem:
        return replace(case, breach=f"while working: {type(problem).__name__}: {problem}")
    return replace(case, breach=breach(root, sitting.now))


def tried_in_recovery(kill: int, case: Case, steps: tuple[Step, ...] = EVENING) -> Case:
    """The same, where the steps are cut short by a kill before operation `kill`, and the fault strikes afterwards."""
    disk = ProofDisk(end=kill)
    with scratch() as root:
        before = Sitting(disk, root).run(steps).now
        disk.restart()
        fault, first = WAYS[case.way], disk.count + case.number
        disk.fault = replace(fault, first=first, end=first + fault.end)
        return _outcome(case, disk, root, Sitting(disk, root, before), AFTERWARDS)
