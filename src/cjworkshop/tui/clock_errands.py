"""What is done with the clock from the workshop screen: its dialog, and each of its moves by name in the palette."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cjworkshop.errors import NotFound
from cjworkshop.facilitation import moves
from cjworkshop.method.across import Block, Meeting, OwnPrompt
from cjworkshop.method.steps import STEPS
from cjworkshop.tui.widgets.rail import GoToCell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cjworkshop.domain.commands import Command
    from cjworkshop.tui.desk import Desk
    from cjworkshop.tui.screens.editing import EditingScreen, Errand
    from cjworkshop.tui.screens.workshop import WorkshopScreen

MOVES: dict[str, tuple[str, str, Callable[[Desk, str], Command]]] = {
    "toggle": ("start or pause", "Start what comes next; let what runs stand still, or go on.",
               lambda desk, step: moves.toggle(desk.session, step, desk.now())),
    "onward": ("next", "End what runs and start what comes next.",
               lambda desk, step: moves.onward(desk.session, step, desk.now())),
    "back": ("back", "Take the last step of the clock back.",
             lambda desk, step: moves.back(desk.session, step)),
    "more": ("one minute more", "For what runs.", lambda desk, step: moves.give(desk.session, step, 1)),
    "less": ("one minute less", "For what runs.", lambda desk, step: moves.give(desk.session, step, -1)),
    "five_more": ("five minutes more", "For what runs.", lambda desk, step: moves.give(desk.session, step, 5)),
    "five_less": ("five minutes less", "For what runs.", lambda desk, step: moves.give(desk.session, step, -5)),
    "skip": ("skip", "Pass over what comes next.",
             lambda desk, step: moves.skip(desk.session, step, desk.now())),
    "reset": ("reset", "Have the agenda wait as if it had never been started.",
              lambda desk, step: moves.reset(desk.session, step)),
}  # fmt: skip
"""The moves that ask nothing, by name: (words, what it does, the command)."""
HERE = "the one under the cursor in the agenda"
OF_A_STEP = {"agenda": Block, "meetings": Meeting, "prompts": OwnPrompt}
"""The tables that lie across the steps and whose rows say which step's meeting they belong to."""


def meant(screen: EditingScreen, *, waiting: bool = False) -> str:
    """The id of the block that is meant where no dialog asks: the one under the cursor in the agenda's table.

    Elsewhere what runs, unless it must be `waiting`, else what comes next. NotFound where nothing does.
    """
    desk = screen.desk
    if desk.table == "agenda" and screen.grid.row_id in desk.session["agenda"].positions:
        return screen.grid.row_id
    read = desk.clock.reading(clock_step(screen))
    item = read.coming if waiting else read.running or read.coming
    if item is None:
        raise NotFound("Nothing is left to come.", "Go to a block in the agenda's table.")
    return item.row.id


def clock_step(screen: EditingScreen) -> str:
    """The key of the step whose clock is meant, of those that have an agenda.

    That is the one that runs; else that of the row under the cursor, where the table on the screen has one; else the
    step on the screen or, where that lies across the others, the one that was last.
    """
    desk = screen.desk
    with_agenda = {row.step for row in desk.session.rows(Block) if row.step}
    row = desk.session.get(OF_A_STEP[desk.table], screen.grid.row_id) if desk.table in OF_A_STEP else None
    steps = (desk.clock.running, row.step if row else "", desk.last_step.key, *(step.key for step in STEPS))
    return next((key for key in steps if key in with_agenda), STEPS[0].key)


def clock_entries(screen: EditingScreen) -> Iterator[tuple[str, str, Callable[[], object]]]:
    """What the palette offers of the clock: (name, what it does, how to begin)."""
    named: list[tuple[str, str, Errand]] = [
        *((f"Clock: {words}", does, partial(_moved, name)) for name, (words, does, _) in MOVES.items()),
        ("Clock: re-fit …", "Share what is left, so that it ends in time; shown before it is done.", _refit),
        ("Clock: start and end …", "When the meeting starts and must end.", _meeting),
        ("Clock: add a block …", f"Behind {HERE}, else behind what runs or comes next.", _add),
        ("Clock: split", f"Make two of {HERE}, else of what runs or comes next.", _split),
        ("Clock: move earlier", f"Among what waits: {HERE}, else what comes next.", partial(_shifted, -1)),
        ("Clock: move later", f"Among what waits: {HERE}, else what comes next.", partial(_shifted, 1)),
        ("Rehearse this agenda", "In fast time on the sample's rows; your session is not touched.", _rehearse),
    ]
    for name, does, errand in named:
        yield name, does, partial(screen.run_errand, errand)


async def _moved(name: str, screen: EditingScreen) -> Command | None:
    return MOVES[name][2](screen.desk, clock_step(screen))


async def _refit(screen: EditingScreen) -> Command | None:
    from cjworkshop.tui.clock_questions import ask_refit  # noqa: PLC0415 - made on first use

    return await ask_refit(screen.app, screen.desk, clock_step(screen))


async def _meeting(screen: EditingScreen) -> Command | None:
    from cjworkshop.tui.clock_questions import ask_meeting  # noqa: PLC0415 - made on first use

    return await ask_meeting(screen.app, screen.desk, clock_step(screen))


async def _add(screen: EditingScreen) -> Command | None:
    from cjworkshop.tui.clock_questions import ask_block  # noqa: PLC0415 - made on first use

    return await ask_block(screen.app, screen.desk, meant(screen))


async def _split(screen: EditingScreen) -> Command | None:
    desk = screen.desk
    return moves.split(desk.session, meant(screen), desk.now(), desk.new_id)


async def _shifted(distance: int, screen: EditingScreen) -> Command | None:
    return moves.shift(screen.desk.session, meant(screen, waiting=True), distance)


async def _rehearse(screen: EditingScreen) -> None:
    from cjworkshop.tui.rehearsal import rehearse  # noqa: PLC0415 - made on first use

    await rehearse(screen)


def end_rehearsal(screen: WorkshopScreen, *, quit_too: bool = False) -> None:
    """Back from a rehearsal to the session below it, or quit that one too."""
    app = screen.app
    while app.screen is not screen:
        app.pop_screen()
    screen.dismiss(None)
    if quit_too:
        app.call_later(app.action_quit)


async def clock_errand(screen: EditingScreen) -> None:
    """The clock's dialog; from there one may go to the agenda's table."""
    from cjworkshop.tui.modals.clock import ClockDialog  # noqa: PLC0415 - made on first use

    app = screen.app
    if any(isinstance(open_screen, ClockDialog) for open_screen in app.screen_stack):
        return
    row_id = await app.push_screen_wait(ClockDialog(screen.desk, clock_step(screen)))
    if row_id is not None:
        while app.screen is not screen:
            app.pop_screen()
        screen.go_to_cell(GoToCell("agenda", row_id, "block"))
