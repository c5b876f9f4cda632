"""Several processes want the same session: one at a time has it, and no edit of any of them is lost."""

from __future__ import annotations

import contextlib
import itertools
import subprocess
import sys
from typing import TYPE_CHECKING

from proof_harness import rival
from proof_harness.contract import read_by_stock
from proof_harness.disks import ProofDisk
from proof_harness.saving import store_on
from proof_harness.script import CATALOGUE, add, content_of, new_session

from cjworkshop.storage.lock import OpenElsewhere
from cjworkshop.storage.sessions import SessionStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from proof_harness.disks import Fault

    from cjworkshop.storage.open_session import OpenSession


def test_rivals_come_one_after_the_other_and_lose_nothing(tmp_path: Path) -> None:
    store = SessionStore(tmp_path / "sessions", CATALOGUE)
    path, reports = store.create(new_session()), tmp_path / "reports"
    names = ["one", "two", "doomed"]
    command = [sys.executable, rival.__file__, str(path), str(reports)]
    rivals = [subprocess.Popen([*command, name, "12"], stdout=subprocess.PIPE) for name in names]
    said = [process.communicate(timeout=120)[0] for process in rivals]
    assert [process.returncode for process in rivals] == [0, 0, 9]
    assert [line.split()[0] for line in said[:2]] == [b"12", b"12"]
    assert any(int(line.split()[1]) for line in said[:2])
    acknowledged = reports.read_text().split()
    assert len(acknowledged) == 36
    with store.open(path) as opened:
        assert set(content_of(opened.session)["notes"]) == set(acknowledged)
    assert read_by_stock(path) == (36, content_of(opened.session))


class InterruptedDisk(ProofDisk):
    """One on which something else happens before one of its operations."""

    def __init__(self) -> None:
        super().__init__()
        self._number = -1

    def before(self, number: int, happens: Callable[[], None]) -> None:
        """Have it happen before the operation that comes after `number - 1` more; 0 is never."""
        self._number, self._happens = self.count + number, happens

    def _strike(self, operation: str, path: Path | None = None) -> Fault | None:
        fault = super()._strike(operation, path)
        if self.count == self._number:
            self._happens()
        return fault


def test_whenever_a_second_one_comes_while_the_first_opens_only_one_gets_in(tmp_path: Path) -> None:
    path = store_on(ProofDisk(), tmp_path).create(new_session())
    inside: list[OpenSession] = []

    def enter(disk: ProofDisk) -> None:
        with contextlib.suppress(OpenElsewhere):
            inside.append(store_on(disk, tmp_path).open(path))

    numbers = itertools.count(1)
    disk = InterruptedDisk()
    while disk.count >= disk._number:
        disk = InterruptedDisk()
        disk.before(next(numbers), lambda: enter(ProofDisk()))
        enter(disk)
        (opened,) = inside
        opened.workbook.do(add(f"n{disk._number}"))
        opened.close()
        inside.clear()
    assert disk._number > 10
    assert len(content_of(store_on(ProofDisk(), tmp_path).read(path).session)["notes"]) == disk._number


def test_whenever_one_reads_while_another_saves_the_session_is_whole(tmp_path: Path) -> None:
    path = store_on(ProofDisk(), tmp_path).create(new_session())
    disk = InterruptedDisk()
    opened = store_on(disk, tmp_path).open(path)
    seen: list[bool] = []

    def look() -> None:
        found = content_of(store_on(ProofDisk(), tmp_path).read(path).session)
        seen.append(found == content_of(opened.session))

    for number in range(1, 40):
        opened.workbook.do(add(f"n{number}"))
        opened.flush()
        disk.before(number, look)
        opened.checkpoint()
        disk.before(0, look)
    opened.close()
    assert len(seen) > 10
    assert all(seen)


def test_whenever_another_saves_while_one_reads_the_session_is_whole(tmp_path: Path) -> None:
    path = store_on(ProofDisk(), tmp_path).create(new_session())
    opened = store_on(ProofDisk(), tmp_path).open(path)

    def save() -> None:
        opened.workbook.do(add(f"n{opened.workbook.seq}"))
        opened.checkpoint()

    save()
    numbers = itertools.count(1)
    disk = InterruptedDisk()
    while disk.count >= disk._number:
        disk = InterruptedDisk()
        before = content_of(opened.session)
        disk.before(next(numbers), save)
        found = store_on(disk, tmp_path).read(path)
        assert found.notices == ()
        assert content_of(found.session) in (before, content_of(opened.session))
    assert disk._number > 5
    opened.close()
