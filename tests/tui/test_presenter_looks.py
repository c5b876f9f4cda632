"""What the room sees, as it is meant to look. After a meant change: this file with `--snapshot-update`."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING

import pytest
from looks import looks_as_meant
from room_kit import NOON, begun, voting

from cjworkshop.imports.sample import sample
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.settings import Settings
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui.app import WorkshopApp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


SMALL, MIDDLE, LARGE = (80, 24), (120, 36), (200, 50)
TOUCHPOINTS = ("ctrl+g", "2", "ctrl+g", "b")
GROUPS = ("Table A: before the visit", "Table B: in the house", "Table C: after it")

SHOTS: dict[str, tuple[float, str, tuple[int, int], str, tuple[str, ...]]] = {
    "prompt-light-120": (75, "collecting", MIDDLE, "light", (*TOUCHPOINTS, "f6", "f3")),
    "prompt-ascii-80": (20, "collecting", SMALL, "ascii", (*TOUCHPOINTS, "f6", "1")),
    "prompt-with-its-keys-dark-120": (20, "collecting", MIDDLE, "dark", (*TOUCHPOINTS, "f6")),
    "clock-light-120": (75, "collecting", MIDDLE, "light", ("f6", "2")),
    "clock-over-dark-120": (92, "collecting", MIDDLE, "dark", ("f6", "2")),
    "clock-ascii-80": (75, "collecting", SMALL, "ascii", ("f6", "2")),
    "map-light-120": (20, "collecting", MIDDLE, "light", (*TOUCHPOINTS, "f5", "v", "f6", "3", "right")),
    "votes-revealed-dark-120": (20, "revealed", MIDDLE, "dark", ("f6", "4")),
    "votes-revealed-light-80": (20, "closed", SMALL, "light", ("f6", "4")),
}

VIEWS: dict[str, tuple[str, ...]] = {
    "prompt": (*TOUCHPOINTS, "f6", "1"),
    "clock": ("f6", "2"),
    "map": (*TOUCHPOINTS, "f5", "right", "f6", "3"),
    "votes": ("f6", "4"),
    "storyboard": ("f6", "5"),
}
SHOTS |= {
    f"room-{name}-{look}-{size[0]}": (20, "collecting", size, look, keys)
    for name, keys in VIEWS.items()
    for size in (SMALL, MIDDLE, LARGE)
    for look in ("dark", "light")
}


@pytest.fixture(autouse=True)
def _far_from_any_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    monkeypatch.setattr("cjworkshop.tui.screens.presenter.HINT_SECONDS", 1e6)  # however slow the computer is


@pytest.mark.parametrize("name", SHOTS)
def test_it_looks_as_meant(name: str, tmp_path: Path, snap_compare: Callable[..., bool]) -> None:
    minutes, state, size, look, keys = SHOTS[name]
    ids = (f"id{number}" for number in itertools.count())
    store = SessionStore(tmp_path, CATALOGUE, clock=lambda: NOON, new_id=lambda: next(ids))
    session = voting(begun(sample(CATALOGUE), minutes=minutes, groups=GROUPS), state)
    settings = Settings(theme="dark" if look == "ascii" else look, ascii=look == "ascii")
    app = WorkshopApp(store, settings, store.create(session), today=NOON.date, now=lambda: NOON)
    assert looks_as_meant(app, size, keys, snap_compare)
