"""Screens as they are meant to look. After a meant change: `pytest tests/tui/test_snapshots.py --snapshot-update`."""

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
from cjworkshop.method.template import begin
from cjworkshop.settings import Settings
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.storage.templates import templates_for
from cjworkshop.tui.app import WorkshopApp
from strategies import HOSTILE_TEXTS, filled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cjworkshop.domain.session import Session

NOON = dt.datetime(2026, 3, 17, 12, 0, tzinfo=dt.UTC)
SMALL, MIDDLE, LARGE = (80, 24), (120, 36), (200, 50)
TOUCHPOINTS = ("ctrl+g", "2", "ctrl+g", "b")

SHOTS: dict[str, tuple[str, tuple[int, int], str, tuple[str, ...]]] = {
    "charter-dark-80": ("sample", SMALL, "dark", ()),
    "charter-empty-light-120": ("fresh", MIDDLE, "light", ()),
    "touchpoints-dark-80": ("sample", SMALL, "dark", TOUCHPOINTS),
    "touchpoints-dark-120": ("sample", MIDDLE, "dark", (*TOUCHPOINTS, "down", "down")),
    "touchpoints-light-200": ("sample", LARGE, "light", TOUCHPOINTS),
    "touchpoints-empty-dark-120": ("fresh", MIDDLE, "dark", TOUCHPOINTS),
    "touchpoints-scrolled-light-80": ("sample", SMALL, "light", (*TOUCHPOINTS, *["right"] * 9)),
    "editing-prose-dark-80": ("sample", SMALL, "dark", (*TOUCHPOINTS, "right", "right", "f2")),
    "picking-a-stage-light-120": ("sample", MIDDLE, "light", (*TOUCHPOINTS, "b")),
    "responses-dark-120": ("sample", MIDDLE, "dark", ("ctrl+g", "4", "ctrl+g", "b")),
    "go-to-dark-80": ("fresh", SMALL, "dark", ("ctrl+g",)),
    "go-to-light-120": ("fresh", MIDDLE, "light", ("ctrl+g",)),
    "help-dark-80": ("sample", SMALL, "dark", ("f1",)),
    "export-light-80": ("sample", SMALL, "light", ("ctrl+e",)),
    "find-light-80": ("sample", SMALL, "light", ("ctrl+f", *"wait")),
    "find-dark-120": ("sample", MIDDLE, "dark", ("ctrl+f", *"a4", "space", *"phone", "down", "down")),
    "find-dark-200": ("sample", LARGE, "dark", ("ctrl+f", *"nurse")),
    "restore-points-dark-80": ("sample", SMALL, "dark", ("ctrl+s", "down")),
    "restore-points-light-120": ("sample", MIDDLE, "light", ("ctrl+s", *"Before", "space", *"lunch")),
    "capture-empty-light-120": ("sample", MIDDLE, "light", ("ctrl+k",)),
    "capture-dark-120": ("sample", MIDDLE, "dark", (*TOUCHPOINTS, "ctrl+k", *"Slow #zzz @tessa >fri #wait")),
    "capture-light-200": ("sample", LARGE, "light", ("ctrl+k", *"!action Ring them #sched", "tab")),
    "inbox-dark-120": ("sample", MIDDLE, "dark", ("ctrl+r", "v", "home", "space", "shift+down", "shift+down")),
    "inbox-choosing-dark-80": ("sample", SMALL, "dark", ("ctrl+r", "x", *"i0")),
    "inbox-empty-ascii-120": ("fresh", MIDDLE, "ascii", ("ctrl+r",)),
    "vote-collecting-light-120": ("sample", MIDDLE, "light", ("f7", "ctrl+n", "enter", *"a4x9 a8x7", "enter", *"12")),
    "vote-ideas-dark-200": ("sample", LARGE, "dark", ("f7",)),
    "vote-refused-light-80": ("sample", SMALL, "light", ("f7", "ctrl+n", "enter", *"a4x90", "enter")),
    "vote-ballots-dark-120": (
        "sample",
        MIDDLE,
        "dark",
        ("f7", "ctrl+n", *["tab"] * 5, "down", "down", "enter", *"a4 a8 a8", "tab", *"a23"),
    ),
    "vote-rules-dark-80": ("sample", SMALL, "dark", ("f7", "ctrl+n")),
    "vote-empty-light-80": ("fresh", SMALL, "light", ("f7",)),
    "vote-empty-dark-120": ("fresh", MIDDLE, "dark", ("f7",)),
    "vote-ascii-80": ("sample", SMALL, "ascii", ("f7", "left", "left")),
    "scores-dark-80": ("sample", SMALL, "dark", ("f7", "ctrl+pagedown", "down", *"452")),
    "scores-light-120": ("sample", MIDDLE, "light", ("f7", "ctrl+pagedown")),
    "scores-empty-dark-120": ("fresh", MIDDLE, "dark", ("f7", "ctrl+pagedown")),
    "hostile-dark-80": ("hostile", SMALL, "dark", TOUCHPOINTS),
    "too-small": ("sample", (20, 5), "dark", ()),
    "home-empty-dark-80": ("", SMALL, "dark", ()),
    "home-light-120": ("home", MIDDLE, "light", ()),
    "new-session-dark-80": ("", SMALL, "dark", ("ctrl+n",)),
    "ascii-dark-80": ("sample", SMALL, "ascii", (*TOUCHPOINTS, *["right"] * 8)),
}

IN_THE_ROOM: dict[str, tuple[str, ...]] = {
    "captured": (*TOUCHPOINTS, "ctrl+k", *"!p3 Long hold #a4"),
    "inbox": ("ctrl+r", "v", "down"),
    "votes": ("f7", "left", "left"),
}
SHOTS |= {
    f"room-{name}-{look}-{size[0]}": ("sample", size, look, keys)
    for name, keys in IN_THE_ROOM.items()
    for size in (SMALL, MIDDLE, LARGE)
    for look in ("dark", "light")
}


def fresh(folder: Path, new_id: Callable[[], str]) -> Session:
    template = templates_for(folder).named("five-phase")
    return begin(
        CATALOGUE, template, {"name": "Fresh"}, client="Harbour Bank", journey="I open an account", new_id=new_id
    )


@pytest.fixture(autouse=True)
def _far_from_any_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.chdir("/")
    time.tzset()


@pytest.mark.parametrize("name", SHOTS)
def test_it_looks_as_meant(
    name: str, tmp_path: Path, snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    what, size, look, keys = SHOTS[name]
    ids = (f"id{number}" for number in itertools.count())
    store = SessionStore(tmp_path, CATALOGUE, clock=lambda: NOON, new_id=lambda: next(ids))
    sessions = {
        "sample": lambda: sample(CATALOGUE),
        "home": lambda: sample(CATALOGUE),
        "fresh": lambda: fresh(tmp_path, store.environment.new_id),
        "hostile": lambda: filled(text=" ".join(HOSTILE_TEXTS)[:300]),
    }
    path = store.create(sessions[what]()) if what else None
    if path:
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    settings = Settings(theme="dark" if look == "ascii" else look, ascii=look == "ascii")
    app = WorkshopApp(store, settings, None if what == "home" else path, today=NOON.date)
    monkeypatch.setattr("cjworkshop.tui.screens.home.HomeTitle.show", _show_without_folder)
    assert looks_as_meant(app, size, keys, snap_compare)


def _show_without_folder(title: object, search: str, where: str) -> None:
    """The folder of a test has another name each time."""
    del where
    title.search, title.where = search, "sessions"  # type: ignore[attr-defined]
    title.redraw()  # type: ignore[attr-defined]
