"""A small catalogue, a stepping clock and other things that the tests of storage share."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any, TypeVar

from cjworkshop.domain.columns import line, number, prose, rating, ref, tags
from cjworkshop.domain.commands import AddRows, NewRow, SetCells
from cjworkshop.domain.rows import Catalogue, Row, table
from cjworkshop.domain.session import Session
from cjworkshop.storage.disk import Disk
from cjworkshop.storage.names import Files
from cjworkshop.storage.pace import Pace
from cjworkshop.storage.sessions import SessionStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cjworkshop.storage.keeper import Keeper
    from cjworkshop.storage.open_session import OpenSession


T = TypeVar("T")


@table("_meta", "Session", noun="session", single=True)
class About(Row):
    name: str = line("Name", required=True)
    facilitator: str = line("Facilitator")


@table("charter", "Charter", noun="charter", single=True)
class Charter(Row):
    client: str = line("Client")
    journey: str = line("Journey")


@table("stages", "Stages", noun="stage", codes="S")
class Stage(Row):
    name: str = line("Name", required=True)


@table("pains", "Pains", noun="pain", codes="P")
class Pain(Row):
    pain: str = prose("Pain", required=True)
    stage: str = ref("Stage", "stages")
    severity: int | None = rating("Severity")
    cost: float | None = number("Cost")
    words: tuple[str, ...] = tags("Words")


CATALOGUE = Catalogue([About, Charter, Stage, Pain])


class Clock:
    """A clock that goes on by a second each time it is read."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 3, 31, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now


class Ids:
    """Ids that count up."""

    def __init__(self, prefix: str = "id") -> None:
        self._prefix = prefix
        self._numbers = itertools.count(1)

    def __call__(self) -> str:
        return f"{self._prefix}{next(self._numbers):04d}"


def session_named(name: str = "Bar One", **charter: Any) -> Session:
    """A new session with this name."""
    session = Session(CATALOGUE).edited({"_meta": {"about": About(id="about", order=1024, name=name)}})
    if charter:
        session = session.edited({"charter": {"charter1": Charter(id="charter1", order=1024, **charter)}})
    return session


def add_pain(row_id: str, text: str = "It hurts", **values: object) -> AddRows:
    return AddRows("pains", (NewRow(row_id, {"pain": text, **values}),))


def set_pain(row_id: str, text: str) -> SetCells:
    return SetCells("pains", ((row_id, "pain", text),))


class Quick(Disk):
    """A disk whose power is never cut, so that nothing needs flushing: what is flushed when is shown elsewhere."""

    def sync(self, descriptor: int) -> None:
        pass

    def sync_folder(self, folder: Path) -> None:
        pass


STILL = Pace(idle=1e9, latest=1e9, draft_idle=1e9, draft_latest=1e9, place=1e9)
"""Saves edits, and does nothing else by itself."""


def store_in(folder: Path, **options: object) -> SessionStore:
    """A store that folds only when asked and rescues beside `folder`, unless told otherwise."""
    given = {
        "disk": Quick(),
        "clock": Clock(),
        "pace": STILL,
        "rescue": folder.parent / f"rescue of {folder.name}",
        **options,
    }
    return SessionStore(folder, CATALOGUE, **given)  # type: ignore[arg-type]  # as given


class Inline:
    """A writer without a thread: a job is done before `hand` returns, and what is due at once after it."""

    def __init__(self, keeper: Keeper, stopped: Callable[[], None]) -> None:
        self._keeper = keeper

    def start(self) -> None:
        self._keeper.work()

    def hand(self, job: Callable[[], None]) -> None:
        job()
        self._keeper.work()

    def ask(self, job: Callable[[], T]) -> T:
        return job()

    def end(self) -> None:
        pass


def crash(opened: OpenSession) -> None:
    """End it as kill -9 would: nothing more is written, and the system frees the lock."""
    if opened._writer and opened._keeper and opened._lock:
        opened._writer.ask(opened._keeper._journal.leave)
        opened._writer.end()
        opened._lock._unlock()


def journals(path: Path) -> list[Path]:
    """The segments beside a session, in order."""
    files = Files(path)
    numbers = sorted(filter(None, (files.journal_number(file.name) for file in path.parent.iterdir())))
    return [files.journal(number) for number in numbers]


def everything(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def pains(session: Session) -> dict[str, str]:
    return {row.id: row.pain for row in session.rows(Pain)}
