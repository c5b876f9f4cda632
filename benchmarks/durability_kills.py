"""What kill -9 takes away from somebody who types, and what saving costs: this program and stock TinyDB side by side.

python benchmarks/durability_kills.py [KILLS]

Prints how many edits were acknowledged and how many of them were lost, then ms and bytes an edit. An edit counts as
saved when the operating system has flushed it; that of stock TinyDB when `update` returns, which flushes too.
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "storage_proof"))

from proof_harness.kills import Kills, Typing, kill_stock
from proof_harness.script import CATALOGUE, HOSTILE, add, new_session, write
from tinydb import TinyDB, where

from cjworkshop.storage.names import Files
from cjworkshop.storage.save_state import Save
from cjworkshop.storage.sessions import SessionStore

TEMPI = (0.0, 0.0, 0.004, 0.03)
"""Seconds between two edits; the third is a fast machine, the last a fast person."""
SIZES = {100: 60, 1_000: 60, 10_000: 20}
"""Rows → edits that are measured."""


def kill_typists(count: int, folder: Path) -> Kills:
    chance = random.Random(2)
    typing = Typing(folder)
    for kill in range(count):
        awaited = kill % 5 != 4
        typing.kill(signal.SIGKILL, chance.uniform(0, 0.4), tempo=TEMPI[kill % len(TEMPI)], awaited=awaited)
    typing.closed()
    return typing.kills


def report_kills(name: str, kills: Kills) -> None:
    print(f"{name:14}{kills.kills:>7} kills{kills.acknowledged:>9} edits acknowledged{len(kills.losses):>6} losses")
    for loss in kills.losses[:5]:
        print(f"    {loss}")


def edits_of_ours(folder: Path, rows: int, count: int) -> tuple[list[float], float]:
    """Milliseconds until each edit is flushed, and bytes of the journal an edit."""
    store = SessionStore(folder, CATALOGUE)
    path = store.create(new_session())
    times = []
    with store.open(path) as opened:
        opened.workbook.do(add(*(f"n{row}" for row in range(rows))))
        opened.checkpoint()
        before = _journal_size(path)
        for number in range(count):
            begun = time.perf_counter()
            opened.workbook.do(write(f"n{number * 7 % rows}", f"{number} {HOSTILE}"))
            if opened.flush().kind is not Save.SAVED:
                raise SystemExit(opened.save_state.message)
            times.append((time.perf_counter() - begun) * 1000)
        size = (_journal_size(path) - before) / count
    return times, size


def _journal_size(path: Path) -> int:
    number = Files(path).journal_number
    return sum(file.stat().st_size for file in path.parent.iterdir() if number(file.name) is not None)


def edits_of_stock(folder: Path, rows: int, count: int) -> tuple[list[float], float]:
    """Milliseconds until each update returns, and bytes of the file, all of which each update writes."""
    path = folder / f"stock-{rows}.json"
    times = []
    with TinyDB(path) as database:
        database.insert_multiple({"id": f"n{row}", "order": row, "text": f"n{row}: {HOSTILE}"} for row in range(rows))
        for number in range(count):
            begun = time.perf_counter()
            database.update({"text": f"{number} {HOSTILE}"}, where("id") == f"n{number * 7 % rows}")
            times.append((time.perf_counter() - begun) * 1000)
    return times, path.stat().st_size


def report_cost(folder: Path) -> None:
    print(
        f"\n{'rows':>7}{'ours p50':>11}{'p99':>9}{'stock p50':>12}{'p99':>9}   times p50{'p99':>8}{'bytes':>9}{'stock':>11}"
    )
    for rows, count in SIZES.items():
        ours, size = edits_of_ours(folder / f"ours-{rows}", rows, count)
        stock, stock_size = edits_of_stock(folder, rows, count)
        (half, last), (stock_half, stock_last) = (
            (median(times), quantiles(times, n=100)[98]) for times in (ours, stock)
        )
        print(
            f"{rows:>7}{half:>8.2f} ms{last:>9.2f}{stock_half:>9.2f} ms{stock_last:>9.2f}"
            f"{stock_half / half:>12.1f}{stock_last / last:>8.1f}{size:>9.0f}{stock_size:>11.0f}"
        )


def main() -> int:
    """Kill, measure, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        ours = kill_typists(count, Path(folder))
        report_kills("this program", ours)
        report_kills("stock TinyDB", kill_stock(Path(folder), count, random.Random(3)))
        report_cost(Path(folder))
    return 1 if ours.losses else 0


if __name__ == "__main__":
    sys.exit(main())
