"""Somebody who types into a session and writes down what was called saved: a process of its own, to be killed.

python typist.py SESSION ACKNOWLEDGEMENTS TEMPO [stock]

Edit n is always the same, so that what a session must hold after it can be told from n alone. TEMPO is the seconds
between two edits; at 0 as many as go, most of them acknowledged in groups.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tinydb import TinyDB, where

sys.path.insert(0, str(Path(__file__).parents[1]))

from cjworkshop.errors import WorkshopError
from cjworkshop.storage.open_session import Draft
from cjworkshop.storage.pace import Pace
from cjworkshop.storage.save_state import Save
from cjworkshop.storage.sessions import SessionStore
from proof_harness.script import CATALOGUE, HOSTILE, add, new_session, remove, write

if TYPE_CHECKING:
    from cjworkshop.domain.workbook import Workbook
    from cjworkshop.storage.open_session import OpenSession

ROWS = 40
BRISK = Pace(idle=0.05, latest=0.2, changes=60)
"""Many checkpoints, so that many kills meet one."""


def prepare(folder: Path) -> Path:
    """A new session with some notes, which are change 1."""
    store = SessionStore(folder, CATALOGUE)
    path = store.create(new_session())
    with store.open(path) as opened:
        opened.workbook.do(add(*(f"n{row}" for row in range(ROWS))))
    return path


def edit(book: Workbook) -> None:
    """The next change, whatever it is after so many."""
    number = book.seq + 1
    match number % 12:
        case 5:
            book.do(add(f"extra{number}", f"more{number}", text=str(number)))
        case 7:
            book.do(remove(f"extra{number - 2}", f"more{number - 2}", "n1"))
        case 8 | 10:
            book.undo()
        case 9:
            book.redo()
        case _:
            book.do(write(f"n{number % ROWS}", f"{number} {HOSTILE}"))
    if book.seq != number:
        raise AssertionError(f"change {number} was none")


def type_into(path: Path, report: int, tempo: float) -> None:
    """Edit until killed."""
    store = SessionStore(path.parent, CATALOGUE, pace=BRISK)
    with store.open(path) as opened:
        os.write(report, b"%d\n" % opened.workbook.seq)
        while True:
            _type_one(opened, tempo)
            if opened.workbook.seq % 50 == 0:
                opened.flush()
            if opened.save_state.kind is Save.SAVED:
                os.write(report, b"%d\n" % opened.workbook.seq)


def _type_one(opened: OpenSession, tempo: float) -> None:
    if tempo:
        for end in range(1, 4):
            opened.keep_draft(Draft("notes", "n1", "text", HOSTILE[: end * 3]))
            time.sleep(tempo / 3)
        opened.keep_draft(None)
    edit(opened.workbook)


def type_into_stock(path: Path, report: int) -> None:
    """The same kind of edits by stock TinyDB, each acknowledged when it returns."""
    database = TinyDB(path)
    number = max(document["edit"] for document in database.all())
    os.write(report, b"%d\n" % number)
    while True:
        number += 1
        database.update({"edit": number, "text": HOSTILE * (1 + number % 3)}, where("row") == number % ROWS)
        os.write(report, b"%d\n" % number)


def prepare_stock(folder: Path) -> Path:
    """A file of stock TinyDB with as many documents."""
    path = folder / "stock.json"
    with TinyDB(path) as database:
        database.insert_multiple({"row": row, "edit": 0, "text": HOSTILE} for row in range(ROWS))
    return path


def main() -> None:
    """Type until killed."""
    path, reports, tempo = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
    report = os.open(reports, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    if sys.argv[4:] == ["stock"]:
        type_into_stock(path, report)
    else:
        type_into(path, report, tempo)


if __name__ == "__main__":
    try:
        main()
    except WorkshopError as problem:
        sys.exit(f"{type(problem).__name__}: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
