"""The clock as it is meant to look. After a meant change: `pytest tests/tui/test_clock_looks.py --snapshot-update`."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

import pytest
from looks import looks_as_meant
from test_clock_keys import OVERRUN

from cjworkshop.domain.commands import SetCells
from cjworkshop.facilitation import moves
from cjworkshop.imports.sample import sample
from cjworkshop.method.across import Block
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.settings import Settings
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui.app import WorkshopApp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cjworkshop.domain.session import Session

STEP = "employee-workshop"
SMALL, MIDDLE, LARGE = (80, 24), (120, 36), (200, 50)
TOUCHPOINTS = ("ctrl+g", "2", "ctrl+g", "b")


def at(hour: int, minute: int, second: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, 17, hour, minute, second, tzinfo=dt.UTC)


SHOTS: dict[str, tuple[dt.datetime, tuple[int, int], str, tuple[str, ...]]] = {
    "running-dark-80": (at(13, 12, 18), SMALL, "dark", TOUCHPOINTS),
    "running-light-120": (at(13, 12, 18), MIDDLE, "light", TOUCHPOINTS),
    "running-dark-200": (at(13, 22, 30), LARGE, "dark", TOUCHPOINTS),
    "over-time-ascii-120": (at(13, 28, 5), MIDDLE, "ascii", TOUCHPOINTS),
    "elsewhere-dark-120": (at(13, 12, 18), MIDDLE, "dark", ("ctrl+g", "5")),
    "dialog-dark-80": (at(13, 22, 30), SMALL, "dark", ("ctrl+t",)),
    "dialog-light-120": (at(13, 12, 18), MIDDLE, "light", ("ctrl+t",)),
    "dialog-dark-200": (at(13, 28, 5), LARGE, "dark", ("ctrl+t",)),
    "dialog-paused-ascii-80": (at(13, 12, 18), SMALL, "ascii", ("ctrl+t", "space")),
    "refit-light-80": (at(13, 10), SMALL, "light", ("ctrl+t", "r")),
    "refit-dark-120": (at(13, 10), MIDDLE, "dark", ("ctrl+t", "r")),
}


def the_day() -> Session:
    """The sample at the start of its critical moments, 25 minutes behind."""
    session = sample(CATALOGUE)

    def do(command: object) -> None:
        nonlocal session
        session = session.edited(command.edits(session))  # type: ignore[attr-defined]

    do(moves.reset(session, STEP))
    for hour, minute in OVERRUN:
        do(moves.onward(session, STEP, at(hour, minute)))
    voting = next(row.id for row in session.rows(Block) if row.block == "Write critical moments")
    do(SetCells("agenda", ((voting, "groups", ("Arriving", "Waiting", "After")),)))
    return session


@pytest.fixture(autouse=True)
def _on_the_meridian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.chdir("/")
    time.tzset()


@pytest.mark.parametrize("name", SHOTS)
def test_the_clock_looks_as_meant(name: str, tmp_path: Path, snap_compare: Callable[..., bool]) -> None:
    moment, size, look, keys = SHOTS[name]
    store = SessionStore(tmp_path, CATALOGUE, clock=lambda: moment)
    settings = Settings(theme="dark" if look == "ascii" else look, ascii=look == "ascii")
    app = WorkshopApp(store, settings, store.create(the_day()), today=moment.date, now=lambda: moment)
    assert looks_as_meant(app, size, keys, snap_compare)
