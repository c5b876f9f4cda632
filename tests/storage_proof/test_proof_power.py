"""A power cut at every moment, in every state that it can leave; and disks that must be found to break the contract."""

from __future__ import annotations

import errno

import pytest
from proof_harness.cuts import AFTERWARDS, EVENING, cut_after, cut_stock
from proof_harness.disks import Fault, ProofDisk
from proof_harness.faults import WORKDAY, operations_of


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


def test_a_power_cut_after_a_flush_that_failed_loses_nothing() -> None:
    flushes = [number for number, name in enumerate(operations_of(EVENING), 1) if name.startswith("sync")]
    for number in flushes[::6]:
        cuts = cut_after(ProofDisk(Fault("refuse", number, number + 1, errno.EIO)), EVENING, span=40)
        assert cuts.breaches == []


def test_a_power_cut_after_a_kill_loses_nothing() -> None:
    operations = operations_of(EVENING)
    opening = operations.index("lock", operations.index("lock") + 1)
    for number in range(opening + 1, len(operations), 17):
        torn = operations[number - 1] == "write"
        disk = ProofDisk(Fault("die torn" if torn else "die after", number, number + 1))
        cuts = cut_after(disk, EVENING, later=AFTERWARDS, span=30)
        assert len(cuts.known) >= 20
        assert cuts.breaches == []
