"""Rehearse an agenda: a workshop screen over a copy in a folder that is thrown away afterwards."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from cjworkshop.errors import BadValue, NotFound
from cjworkshop.facilitation.rehearsal import FastNow, first_moment, rehearsed
from cjworkshop.imports.sample import sample
from cjworkshop.method.across import Block
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui.clock_errands import clock_step
from cjworkshop.tui.desk import Desk
from cjworkshop.tui.questions import ask_line
from cjworkshop.tui.screens.workshop import WorkshopScreen

if TYPE_CHECKING:
    from cjworkshop.tui.screens.editing import EditingScreen

ABOUT = "It runs on a copy with the sample's rows; your session is not touched. How many minutes pass in a second?"
FASTEST = 60.0
"""Minutes that may pass in a second."""


def minutes_a_second(typed: str) -> float:
    """The speed that was typed. BadValue where it is none."""
    try:
        speed = float(typed.replace(",", "."))
    except ValueError:
        speed = 0.0
    if not 0 < speed <= FASTEST:
        raise BadValue("That is no speed.", f"Type minutes a second, up to {FASTEST:.0f}: 1 or 0.5.")
    return speed


async def rehearse(screen: EditingScreen) -> None:
    """Run the agenda in fast time on the sample's rows; the session itself is not touched."""
    app, desk = screen.app, screen.desk
    step = clock_step(screen)
    if desk.rehearsal:
        raise NotFound("This is a rehearsal already.", "Ctrl+O ends it.")
    if not any(row.step == step for row in desk.session.rows(Block)):
        raise NotFound("This step has no agenda to rehearse.", "Type its blocks into the table Agenda.")
    typed = await ask_line(app, "Rehearse this agenda", ABOUT, "1", minutes_a_second)
    if typed is None:
        return
    folder = Path(tempfile.mkdtemp(prefix="cjworkshop-"))
    try:
        catalogue = desk.session.catalogue
        store = SessionStore(folder, catalogue)
        opened = store.open(store.create(rehearsed(desk.session, step, sample(catalogue))))
        begin = first_moment(desk.session, step, desk.now(), desk.clock.zone)
        now = FastNow(begin, time.monotonic, 60 * minutes_a_second(typed))
        copy = Desk(
            opened,
            today=lambda: now().astimezone(desk.clock.zone).date(),
            new_id=desk.new_id,
            now=now,
            ascii_only=desk.ascii_only,
            rehearsal=True,
        )
        copy.workbook.subscribe(lambda _: now.go() if copy.clock.running else None)
        copy.go_to_step(step)
        await app.push_screen_wait(WorkshopScreen(copy))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
