"""A small catalogue, a stepping clock and other things that the tests of storage share."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.columns import line, number, prose, rating, ref, tags
from cjworkshop.domain.commands import AddRows, NewRow, SetCells
from cjworkshop.domain.rows import Catalogue, Row, table
from cjworkshop.domain.session import Session
from cjworkshop.storage.sessions import SessionStore

if TYPE_CHECKING:
    from pathlib import Path


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


def store_in(folder: Path, **options: object) -> SessionStore:
    return SessionStore(folder, CATALOGUE, **{"clock": Clock(), **options})  # type: ignore[arg-type]  # as given


def pains(session: Session) -> dict[str, str]:
    return {row.id: row.pain for row in session.rows(Pain)}
