"""How much goes wrong before anything is lost: every fault at every file operation, and every state of a power cut.

python benchmarks/durability_faults.py [--quick]

Prints a table of what was tried and what was found. Ends with 1 where anything was lost, and where stock TinyDB or a
disk that lies was not caught: then the search itself is broken.
"""

from __future__ import annotations

import errno
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "storage_proof"))

from proof_harness.cuts import Cuts, cut_after, cut_stock
from proof_harness.disks import Fault, ProofDisk
from proof_harness.faults import (
    AFTERWARDS,
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
from proof_harness.saving import InlineWriter, scratch
from proof_harness.stock import stock_breach, stock_sitting

from cjworkshop.storage.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from proof_harness.faults import Case
    from proof_harness.saving import WriterType
    from proof_harness.script import Step

QUICK = "--quick" in sys.argv[1:]
SALTS = 1 if QUICK else 6
EVERY = 8 if QUICK else 1


@dataclass
class Line:
    """One line of the table: `tried` faults or cuts in which there were so many `states`, and the breaches."""

    what: str
    tried: int = 0
    states: int = 0
    different: int = 0
    breaches: list[str] = field(default_factory=list)
    to_be_caught: bool = False

    @property
    def right(self) -> bool:
        """Nothing lost; or where it is a control, caught."""
        return bool(self.breaches) == self.to_be_caught

    def add(self, result: Case) -> None:
        """Count this fault too."""
        self.tried += result.struck
        if result.breach:
            self.breaches.append(f"{result.way} at operation {result.number} ({result.operation}): {result.breach}")

    def take(self, cuts: Cuts) -> None:
        """Count these cuts too."""
        self.tried += 1
        self.states += cuts.states
        self.different += len(cuts.known) or cuts.states
        self.breaches += [f"operation {number}: {breach}" for number, breach in cuts.breaches]


def faults(
    what: str, some: Iterable[Case], writer: WriterType = InlineWriter, steps: tuple[Step, ...] = WORKDAY
) -> Line:
    """Each case, and what came of it."""
    line = Line(what)
    for case in some:
        line.add(tried(case, steps, writer))
    return line


def fault_lines() -> Iterable[Line]:
    operations = operations_of(WORKDAY)
    for way, fault in WAYS.items():
        yield faults(f"{way}", cases(operations, {way: fault}, EVERY))
    lasting = {way: fault for way, fault in WAYS.items() if not fault.how.startswith("die")}
    for salt in range(SALTS):
        some = (followed_by_a_kill(case, salt) for case in cases(operations, lasting, EVERY))
        yield faults(f"any of these, then a kill ({salt + 1})", some)
    line = Line("a kill, then any of these while it is recovered")
    for kill in range(len(operations_of(EVENING[:2])) + 1, len(operations_of(EVENING)), 4 * EVERY):
        for case in cases(operations_after(kill), lasting, EVERY):
            line.add(tried_in_recovery(kill, case))
    yield line
    with short_memory():
        weeks = [
            followed_by_a_kill(case) if case.way in lasting and case.number % 2 else case
            for case in cases(operations_of(WEEKS), WAYS, EVERY)
        ]
        yield faults("any of these while old segments and backups go", weeks, steps=WEEKS)
    yield faults("any of these, with the real thread", cases(operations, lasting, 4 * EVERY), Writer)
    yield stock_faults()


def stock_faults() -> Line:
    line = Line("stock TinyDB: any of these", to_be_caught=True)
    for fault in WAYS.values():
        for number in range(7, 19):
            disk = ProofDisk(Fault(fault.how, number, number + fault.end, fault.number))
            with scratch() as root:
                done = stock_sitting(disk, root / "stock.json")
                disk.bury()
                line.tried += bool(disk.struck)
                breach = stock_breach(root / "stock.json", done[-1][1]) if disk.struck else ""
            if breach:
                line.breaches.append(breach)
    return line


def power_lines() -> Iterable[Line]:
    line = Line("power cut")
    line.take(cut_after(ProofDisk(), WORKDAY))
    yield line
    line = Line("power cut while old segments and backups go")
    with short_memory():
        line.take(cut_after(ProofDisk(), WEEKS))
    yield line
    evening = list(enumerate(operations_of(EVENING), 1))
    line = Line("a flush that failed, then a power cut")
    for number in [number for number, name in evening if name.startswith("sync")][::EVERY]:
        line.take(cut_after(ProofDisk(Fault("refuse", number, number + 1, errno.EIO)), EVENING, span=40))
    yield line
    line = Line("a kill, restart, then a power cut")
    for number, name in evening[::EVERY]:
        if name not in {"names", "stat", "read"}:
            fault = Fault("die torn" if name == "write" else "die after", number, number + 1)
            line.take(cut_after(ProofDisk(fault), EVENING, later=AFTERWARDS, span=45))
    yield line
    for name in ("sync", "sync_folder"):
        line = Line(f"a disk on which {name} does nothing: power cut", to_be_caught=True)
        line.take(cut_after(ProofDisk(lies=name), EVENING))
        yield line
    line = Line("stock TinyDB: power cut", to_be_caught=True)
    line.take(cut_stock())
    yield line


def main() -> int:
    """Print the table."""
    wrong = 0
    print(f"{'what':58}{'faults':>8}{'states':>9}{'different':>11}{'breaches':>10}{'seconds':>9}")
    for lines in (fault_lines(), power_lines()):
        begun = time.perf_counter()
        for line in lines:
            seconds, begun = time.perf_counter() - begun, time.perf_counter()
            control = "  (must be caught)" if line.to_be_caught else ""
            figures = f"{line.tried:>8}{line.states:>9}{line.different:>11}{len(line.breaches):>10}{seconds:>9.1f}"
            print(f"{line.what:58}{figures}{control}", flush=True)
            if not line.right:
                wrong += 1
                print("\n".join(f"    {breach}" for breach in line.breaches[:5]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
