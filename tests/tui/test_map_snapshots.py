"""The map as it is meant to look. After a meant change: `pytest tests/tui/test_map_snapshots.py --snapshot-update`."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import time
from typing import TYPE_CHECKING

import pytest
from looks import looks_as_meant

from cjworkshop.imports.sample import sample
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.settings import Settings
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui.app import WorkshopApp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


NOON = dt.datetime(2026, 3, 17, 12, 0, tzinfo=dt.UTC)
SIZES = {"80": (80, 24), "120": (120, 36), "200": (200, 50)}
VIEWS = {
    "map": ("right", "right", "right", "down", "down"),
    "against": ("v", "right", "right", "right"),
    "subway": ("v", "v", "right", "right", "right"),
}

SHOTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    **{
        f"{view}-{look}-{size}": (look, size, keys)
        for view, keys in VIEWS.items()
        for look, size in itertools.product(("dark", "light"), SIZES)
    },
    "journey-dark-120": ("dark", "120", ("z", "z", *["right"] * 4)),
    "stage-light-120": ("light", "120", ("z", *["right"] * 8)),
    "storyboard-light-120": ("light", "120", ("v", "v", "v", "right")),
    "to-be-dark-120": ("dark", "120", ("v", "v", "v", "v", *["right"] * 8)),
    "persona-subway-dark-120": ("dark", "120", ("v", "v", "s")),
    "editing-dark-80": ("dark", "80", ("up", "f2")),
    "choosing-light-80": ("light", "80", ("down", "f2")),
    "lanes-dark-80": ("dark", "80", ("l",)),
    "ascii-dark-80": ("ascii", "80", ("right", "right", "right")),
}


@pytest.fixture(autouse=True)
def _far_from_any_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.chdir("/")
    time.tzset()


@pytest.mark.parametrize("name", SHOTS)
def test_the_map_looks_as_meant(name: str, tmp_path: Path, snap_compare: Callable[..., bool]) -> None:
    look, size, keys = SHOTS[name]
    ids = (f"id{number}" for number in itertools.count())
    store = SessionStore(tmp_path, CATALOGUE, clock=lambda: NOON, new_id=lambda: next(ids))
    path = store.create(sample(CATALOGUE))
    os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    settings = Settings(theme="light" if look == "light" else "dark", ascii=look == "ascii")
    app = WorkshopApp(store, settings, path, today=NOON.date)
    assert looks_as_meant(app, SIZES[size], ("f5", *keys), snap_compare)
