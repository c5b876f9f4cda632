"""Keeping and opening sessions, without a screen: a process of its own that prints its figures as JSON.

python benchmarks/storing.py saves FOLDER ROWS EDITS     python benchmarks/storing.py opens SESSION
python benchmarks/storing.py holds SESSION              python benchmarks/storing.py captures FOLDER ROWS NOTES
"""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import json
import re
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from cjworkshop.domain.commands import SetCells
from cjworkshop.facilitation.capture import completions, noting, read
from cjworkshop.facilitation.known import Known
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.storage.ids import new_id
from cjworkshop.storage.save_state import Save
from cjworkshop.storage.sessions import SessionStore
from generated_sessions import journey, keep

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.domain.commands import Command

PACE = 0.01
"""Seconds between two edits: nobody types faster, and no edit waits for the one before."""
TICK = 0.001


def saves(folder: Path, rows: int, edits: int) -> dict[str, Any]:
    """Edits one by one, in ms: how long the interface was held, how long until they were flushed to the disk.

    `stall` is the longest time for which the interface got no turn while the file itself was written.
    """
    path = keep(folder / f"saves-{rows}", journey(rows))
    with SessionStore(path.parent, CATALOGUE).open(path) as opened:
        saved = threading.Event()
        opened.on_state(lambda state: saved.set() if state.kind is Save.SAVED else None)
        held, flushed = [], []
        for number in range(edits):
            command = SetCells("touchpoints", ((f"t{number * 7 % rows}", "channel", f"call {number}"),))
            saved.clear()
            begun = time.perf_counter()
            opened.workbook.do(command)
            done = time.perf_counter()
            saved.wait()
            flushed.append((time.perf_counter() - begun) * 1000)
            held.append((done - begun) * 1000)
            time.sleep(PACE)
        stalls = []
        for number in range(3):
            opened.workbook.do(SetCells("touchpoints", (("t1", "channel", f"again {number}"),)))
            stalls.append(asyncio.run(_longest_stall(opened.checkpoint)) * 1000)
    return {"held": held, "flushed": flushed, "stall": stalls}


def captures(folder: Path, rows: int, notes: int) -> dict[str, Any]:
    """Notes one by one, each with an edit of a cell before it, in ms: how long until each was flushed to the disk.

    `read` is how long it takes to read the line anew at each key of it, and to look up what could complete it.
    """
    path = keep(folder / f"captures-{rows}", journey(rows))
    with SessionStore(path.parent, CATALOGUE).open(path) as opened:
        saved = threading.Event()
        opened.on_state(lambda state: saved.set() if state.kind is Save.SAVED else None)

        def flushed(command: Command) -> float:
            saved.clear()
            begun = time.perf_counter()
            opened.workbook.do(command)
            saved.wait()
            taken = (time.perf_counter() - begun) * 1000
            time.sleep(PACE)
            return taken

        now = dt.datetime.now(dt.UTC)
        known = Known(opened.session)
        edit, note, keys = [], [], []
        for number in range(notes):
            target = f"t{number * 7 % rows}"
            edit.append(flushed(SetCells("touchpoints", (("t1", "channel", f"call {number}"),))))
            line = f"!p3 Nobody answers #call-{number} @tessa"
            for end in range(1, len(line) + 1):
                begun = time.perf_counter()
                known = known.following(opened.session)
                captured = read(line[:end], opened.session, now.date(), known)
                completions(line[:end], end, opened.session, known)
                keys.append((time.perf_counter() - begun) * 1000)
            captured = replace(captured, about=target)
            note.append(flushed(noting([captured], opened.session, new_id, now, "employee-workshop")))
    return {"edit": edit, "note": note, "read": keys}


async def _longest_stall(job: Any) -> float:
    """The longest time between two turns of an event loop, beyond those it asked for, while `job` runs in a thread."""
    thread = threading.Thread(target=job)
    gc.collect()
    thread.start()
    longest = 0.0
    while thread.is_alive():
        before = time.perf_counter()
        await asyncio.sleep(TICK)
        longest = max(longest, time.perf_counter() - before - TICK)
    return longest


def opens(path: Path) -> dict[str, Any]:
    """Opening a session: seconds, and those of parsing its JSON alone."""
    store = SessionStore(path.parent, CATALOGUE)
    begun = time.perf_counter()
    orjson.loads(path.read_bytes())
    parsed = time.perf_counter() - begun
    begun = time.perf_counter()
    with store.open(path) as opened:
        return {"seconds": time.perf_counter() - begun, "parsed": parsed, "tables": len(opened.session.tables)}


def resident() -> float:
    """MB that this process holds in memory."""
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def holds(path: Path) -> dict[str, Any]:
    """What an open session holds in memory, in MB."""
    with SessionStore(path.parent, CATALOGUE).open(path):
        gc.collect()
        return {"memory": resident()}


MEASURES: dict[str, Callable[..., dict[str, Any]]] = {
    "saves": saves,
    "opens": opens,
    "holds": holds,
    "captures": captures,
}

if __name__ == "__main__":
    what, where, *numbers = sys.argv[1:]
    print(json.dumps(MEASURES[what](Path(where), *map(int, numbers))))
