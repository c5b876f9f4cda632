"""The real program in folders of its own: started in a terminal, or run as a command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.domain.records import tables_of
from cjworkshop.domain.session import Session
from cjworkshop.method.steps import CATALOGUE, step_of
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui.desk import TABLE_MARKS
from terminal import PATIENCE, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Tables = dict[str, list[dict[str, Any]]]
"""The records of each table, by its name."""

COMMAND = (sys.executable, "-m", "cjworkshop")
SAVED = "✓ saved"
MARKED = "Go to: press a marked character"


@dataclass(frozen=True)
class Program:
    """`cjworkshop` with home, settings and sessions below `folder`, which it shares with nobody."""

    folder: Path

    @property
    def sessions(self) -> Path:
        """Where the sessions are."""
        return self.folder / "sessions"

    @property
    def environment(self) -> dict[str, str]:
        """What the program finds around it: nothing of whoever runs the tests, but where programs are."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        self.sessions.mkdir(exist_ok=True)
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(home),
            **{f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")},
            "CJWORKSHOP_SESSIONS": str(self.sessions),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "TEXTUAL_ANIMATIONS": "none",
        }

    def start(self, *arguments: str, size: tuple[int, int] = (80, 24), kitty: bool = False) -> Terminal:
        """The program in a terminal."""
        return Terminal(
            (*COMMAND, *arguments), size=size, environment=self.environment, folder=self.folder, kitty=kitty
        )

    def run(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """The program as a command, without a terminal."""
        return subprocess.run(
            (*COMMAND, *arguments),
            input=stdin,
            capture_output=True,
            env=self.environment,
            cwd=self.folder,
            timeout=60,
            check=False,
        )

    def keep(self, session: Session) -> Path:
        """Put a session into the folder, and say where."""
        self.sessions.mkdir(exist_ok=True)
        return SessionStore(self.sessions, CATALOGUE).create(session)

    def open(self, path: Path, size: tuple[int, int] = (80, 24), *, kitty: bool = False) -> Terminal:
        """The program in a terminal, in this session."""
        terminal = self.start("open", path.stem, size=size, kitty=kitty)
        terminal.wait(SAVED)
        return terminal

    def tables(self, path: Path) -> Tables:
        """The tables of a session as they stand now, with what is in the journal only."""
        return tables_of(SessionStore(self.sessions, CATALOGUE).read(path).session)

    def wait_tables(self, path: Path, there: Callable[[Tables], bool]) -> Tables:
        """Wait until what is kept of a session is such, and give it."""
        end = time.monotonic() + PATIENCE
        while not there(tables := self.tables(path)):
            assert time.monotonic() < end, f"what was waited for is not kept: {tables}"
            time.sleep(0.01)
        return tables

    def shown(self, slug: str) -> Tables:
        """The tables as `show --json` gives them: what the session holds, with what is in its journal only."""
        done = self.run("show", slug, "--json")
        assert done.returncode == 0, done.stderr
        shown = json.loads(done.stdout)
        return {"_meta": [shown["session"]], **shown["tables"]}


def stock(path: Path) -> Tables:
    """The tables as TinyDB itself reads them."""
    with TinyDB(path, access_mode="r") as database:
        return {name: [dict(document) for document in database.table(name)] for name in database.tables()}


def beginning() -> Session:
    """A small workshop: two stages, three touchpoints, a pain at the first and one at the last of them."""
    rows: dict[str, tuple[dict[str, Any], ...]] = {
        "_meta": ({"name": "Ferry"},),
        "charter": ({"client": "Harbour line", "journey": "I cross"},),
        "stages": ({"name": "Before"}, {"name": "After"}),
        "touchpoints": (
            {"stage": "stages1", "name": "Book", "channel": "web"},
            {"stage": "stages1", "name": "Board", "channel": "quay"},
            {"stage": "stages2", "name": "Leave", "channel": "ramp"},
        ),
        "pains": (
            {"touchpoint": "touchpoints1", "pain": "Long queue", "severity": 4},
            {"touchpoint": "touchpoints3", "pain": "Lost bag", "severity": 5},
        ),
    }
    session = Session(CATALOGUE)
    for name, values in rows.items():
        new = tuple(NewRow(f"{name}{number}", cells) for number, cells in enumerate(values, 1))
        session = session.edited(AddRows(name, new).edits(session))
    return session


def go_to(terminal: Terminal, table: str) -> None:
    """Go to a table by its go-to characters, from anywhere in the workshop."""
    step = step_of(table)
    for mark in (str(step.number), TABLE_MARKS[step.tables.index(table)]):
        terminal.press("ctrl+g")
        terminal.wait(MARKED)
        terminal.press(mark)
        terminal.wait_without(MARKED)
