"""A power cut at every moment, in every state that it can leave; and disks that must be found to break the contract."""

from __future__ import annotations

import errno

import pytest
from proof_harness.cuts import cut_after, cut_stock
from proof_harness.disks import Fault, ProofDisk
from proof_harness.faults import AFTERWARDS, EVENING, WORKDAY, operations_of


def test_a_power_cut_loses_nothing() -> None:
    cuts = cut_after(ProofDisk(), WORKDAY)
    assert len(cuts.known) >= 1000
    assert cuts.breaches == []


@pytest.mark.parametrize("operation", ["sync", "sync_folder"])
def test_a_disk_that_lies_about_flushing_is_caught(operation: str) -> None:
    cuts = cut_after(ProofDisk(lies=operation), EVENING, enough=1)
    assert cuts.breaches


def test_stock_tinydb_is_caught() -> None:
    cuts = cut_stock()
    assert any(breach.startswith("unreadable") for _, breach in cuts.breaches)


@pytest.fixture(scope="module")
def operations() -> list[str]:
    """What a short sitting does to a good disk."""
    return operations_of(EVENING)


def test_a_power_cut_after_a_flush_that_failed_loses_nothing(operations: list[str]) -> None:
    flushes = [number for number, name in enumerate(operations, 1) if name.startswith("sync")]
    reopening = operations.index("append")
    last = max(number for number in flushes if number < reopening)
    for number in {*flushes[::8], last}:
        cuts = cut_after(ProofDisk(Fault("refuse", number, number + 1, errno.EIO)), EVENING, span=30)
        assert len(cuts.known) >= 20
        assert cuts.breaches == []


def test_a_power_cut_after_a_kill_loses_nothing(operations: list[str]) -> None:
    opened = len(operations_of(EVENING[:2]))
    group = len(operations_of(EVENING[:10])) + 1
    writes = [number for number, name in enumerate(operations, 1) if name == "write" and number > opened]
    assert group in writes
    for number in {*writes[::4], group}:
        disk = ProofDisk(Fault("die torn", number, number + 1))
        cuts = cut_after(disk, EVENING, later=AFTERWARDS, span=30)
        assert len(cuts.known) >= 20
        assert cuts.breaches == []
