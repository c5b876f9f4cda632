"""Kills a typist again and again, and looks each time whether all that was called saved is there."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tinydb import TinyDB

from cjworkshop.domain.workbook import Workbook
from cjworkshop.storage.sessions import SessionStore
from proof_harness import typist
from proof_harness.contract import Broken, must, read_by_stock
from proof_harness.script import CATALOGUE, Clock, add, content_of, new_session

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from cjworkshop.storage.opening import Snapshot

_PATIENCE = 60.0
"""Seconds after which a typist that says nothing is taken for broken."""


@dataclass
class Kills:
    """How many kills there were, how many edits were acknowledged before them, and what was wrong afterwards."""

    kills: int = 0
    acknowledged: int = 0
    losses: list[str] = field(default_factory=list)


class Typing:
    """A session that is typed into by one process after another."""

    def __init__(self, folder: Path) -> None:
        self.path = typist.prepare(folder)
        self.kills = Kills()
        self._reports = folder / "reports"
        self._expected = Workbook(new_session(), Clock())
        self._expected.do(add(*(f"n{row}" for row in range(typist.ROWS))))

    def kill(self, number: signal.Signals, delay: float, *, tempo: float, awaited: bool = True) -> None:
        """Let somebody type for `delay` seconds, from the first edit on or where not `awaited` from the start; kill."""
        before = self._expected.seq
        process = _started(self.path, self._reports, tempo)
        _kill(process, self._reports, number, delay, awaited=awaited)
        last = _last(self._reports) or before
        self._reports.unlink(missing_ok=True)
        self.kills.kills += 1
        self.kills.acknowledged += last - before
        try:
            self._check(last)
        except Broken as loss:
            self.kills.losses.append(f"kill {self.kills.kills}, {last} acknowledged: {loss}")

    def _check(self, acknowledged: int) -> None:
        """Read what there is, without writing: the next typist is to meet it as the kill left it."""
        found = SessionStore(self.path.parent, CATALOGUE).read(self.path)
        seq = found.meta["seq"]
        folded, content = read_by_stock(self.path)
        must(folded <= seq, f"the file has change {folded}, of {seq}")
        must(acknowledged <= seq, f"only {seq} are there")
        self._advance(folded)
        must(self._expected.seq > folded or content == content_of(self._expected.session), "the file is wrong")
        self._advance(seq)
        must(content_of(found.session) == content_of(self._expected.session), f"it is not as after change {seq}")
        must(not [notice for notice in found.notices if "recovered" not in notice], f"it says {found.notices}")

    def _advance(self, seq: int) -> None:
        while self._expected.seq < seq:
            typist.edit(self._expected)

    def closed(self) -> Snapshot:
        """Open it once more and close it, and see that the file holds everything; what it holds."""
        store = SessionStore(self.path.parent, CATALOGUE)
        with store.open(self.path) as opened:
            pass
        must(read_by_stock(self.path) == (self._expected.seq, content_of(opened.session)), "the file is not complete")
        return store.read(self.path)


def _started(path: Path, reports: Path, tempo: float, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, typist.__file__, str(path), str(reports), str(tempo), *more]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


def _kill(process: subprocess.Popen[bytes], reports: Path, number: int, delay: float, *, awaited: bool) -> None:
    """Kill it when it has typed for a while. Broken where it ended by itself or says nothing."""
    with process:
        until = time.monotonic() + _PATIENCE
        while awaited and process.poll() is None and len(_lines(reports)) < 2:
            must(time.monotonic() < until, "the typist does not begin")
            time.sleep(0.005)
        time.sleep(delay)
        process.send_signal(number)
        _, said = process.communicate(timeout=_PATIENCE)
    must(process.returncode in {-number, 130}, f"the typist ended by itself: {said.decode()}")


def _lines(reports: Path) -> list[str]:
    return reports.read_text("ascii").split("\n")[:-1] if reports.exists() else []


def _last(reports: Path) -> int:
    return max(map(int, _lines(reports)), default=0)


def kill_stock(folder: Path, count: int, chance: random.Random) -> Kills:
    """The same with stock TinyDB; a file that cannot be read any more is made anew."""
    kills, reports = Kills(), folder / "stock reports"
    path = typist.prepare_stock(folder)
    before = 0
    for _ in range(count):
        _kill(_started(path, reports, 0.0, "stock"), reports, signal.SIGKILL, chance.uniform(0, 0.2), awaited=True)
        last = _last(reports)
        reports.unlink()
        kills.kills += 1
        kills.acknowledged += last - before
        try:
            with TinyDB(path) as database:
                before = max((document["edit"] for document in database.all()), default=-1)
            must(before >= last, f"{last} acknowledged, {before} there")
        except (ValueError, Broken) as loss:
            kills.losses.append(f"{type(loss).__name__}: {loss}")
            path.unlink()
            path, before = typist.prepare_stock(folder), 0
    return kills
