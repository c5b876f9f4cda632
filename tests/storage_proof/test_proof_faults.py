"""A fault at every file operation of two sittings: nothing that was called saved is lost, and saving goes on."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest
from proof_harness.disks import Fault, ProofDisk
from proof_harness.faults import (
    EVENING,
    WAYS,
    WEEKS,
    WORKDAY,
    cases,
    followed_by_a_kill,
    operations_after,
    operations_of,
    short_memory,
    tried,
    tried_in_recovery,
)
from proof_harness.stock import stock_breach, stock_sitting

from cjworkshop.storage.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

LASTING = {way: fault for way, fault in WAYS.items() if not fault.how.startswith("die")}


@pytest.fixture(scope="module")
def operations() -> list[str]:
    """What the two sittings do to a good disk."""
    return operations_of(WORKDAY)


def test_the_sittings_do_everything_that_saving_can_do(operations: list[str]) -> None:
    possible = {name for name in vars(ProofDisk) if hasattr(ProofDisk.__base__, name) and not name.startswith("_")}
    assert possible - set(operations) == {"truncate", "replace_waits"}  # cutting back comes only after a fault


@pytest.mark.parametrize("way", WAYS)
def test_a_fault_loses_nothing(way: str, operations: list[str]) -> None:
    results = [tried(case) for case in cases(operations, {way: WAYS[way]})]
    assert len(results) >= 20
    assert all(result.struck for result in results)
    assert [result for result in results if result.breach] == []


def test_a_kill_soon_after_a_fault_loses_nothing(operations: list[str]) -> None:
    results = [tried(followed_by_a_kill(case)) for case in cases(operations, LASTING, 8)]
    assert len(results) >= 150
    assert [result for result in results if result.breach] == []


@pytest.mark.parametrize("steps", [6, 12], ids=["with a draft", "with edits"])
def test_a_fault_while_a_killed_session_is_recovered_loses_nothing(steps: int) -> None:
    kill = len(operations_of(EVENING[:steps])) + 1
    recovering = operations_after(kill)
    vanished = {way: fault for way, fault in LASTING.items() if way.startswith("vanished")}
    some = [*cases(recovering, vanished), *cases(recovering, LASTING, 5)]
    results = [tried_in_recovery(kill, case) for case in some]
    assert len(results) >= 150
    assert all(result.struck for result in results)
    assert [result for result in results if result.breach] == []


def test_a_fault_while_old_segments_and_backups_go_loses_nothing() -> None:
    with short_memory():
        some = cases(operations_of(WEEKS), WAYS, 13)
        results = [tried(followed_by_a_kill(case) if case.way in LASTING else case, WEEKS) for case in some]
    assert len(results) >= 150
    assert [result for result in results if result.breach] == []


def test_a_fault_loses_nothing_with_the_real_thread(operations: list[str]) -> None:
    results = [tried(case, writer=Writer) for case in cases(operations, LASTING, 20)]
    assert sum(result.struck for result in results) >= 40
    assert [result for result in results if result.breach] == []


@pytest.mark.parametrize(
    "fault",
    [Fault("die torn"), Fault("torn", number=errno.ENOSPC), Fault("refuse", number=errno.EIO)],
    ids=["killed in a write", "disk full", "a flush refused"],
)
def test_stock_tinydb_is_caught(tmp_path: Path, fault: Fault) -> None:
    caught = []
    for number in range(7, 19):
        path = tmp_path / f"{number}.json"
        disk = ProofDisk(Fault(fault.how, number, number + 1, fault.number))
        done = stock_sitting(disk, path)
        disk.bury()
        caught.append(stock_breach(path, done[-1][1]))
    assert any(breach.startswith("unreadable") for breach in caught)
