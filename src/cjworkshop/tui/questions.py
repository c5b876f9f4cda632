"""What is asked where a session does not simply open: it is open elsewhere, or damaged, or cannot be read at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.errors import Busy
from cjworkshop.tui.modals.ask import Ask, Possibility
from cjworkshop.tui.modals.line import LineDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cjworkshop.errors import WorkshopError
    from cjworkshop.storage.open_session import OpenSession
    from cjworkshop.storage.recovery import ChoiceNeeded
    from cjworkshop.tui.app import WorkshopApp


async def tell(app: WorkshopApp, problem: WorkshopError) -> None:
    """Say what did not work, until it has been read."""
    await app.push_screen_wait(Ask("That did not work", str(problem), [Possibility("ok", "Back")]))


async def open_all_the_same(app: WorkshopApp, path: Path, problem: Busy | ChoiceNeeded) -> OpenSession | None:
    """The session, opened in the way that the user chooses; None where the question is left."""
    if isinstance(problem, Busy):
        return await _open_busy(app, path, problem)
    return await _recover(app, path, problem)


async def _open_busy(app: WorkshopApp, path: Path, problem: Busy) -> OpenSession | None:
    answers = [
        Possibility("read", "Open for reading", "You see it as it stands there now; nothing can be changed."),
        Possibility("copy", "Open a copy", "A new session with all of its rows; the two go separate ways."),
        Possibility("take", "Take over", "Only where the program that had it open has ended."),
    ]
    answer = await app.push_screen_wait(Ask("Open elsewhere", str(problem), answers))
    match answer:
        case "read":
            return app.store.open_to_read(path)
        case "copy":
            return app.store.open(app.store.duplicate(path, f"{path.stem} copy"))
        case "take":
            return app.store.open(path, take_over=True)
    return None


async def _recover(app: WorkshopApp, path: Path, problem: ChoiceNeeded) -> OpenSession | None:
    """Offer what can be recovered, the most complete first; what is not chosen is kept."""
    answers = [Possibility(str(number), option.title) for number, option in enumerate(problem.options)]
    text = f"{problem.message}\nThis was found, the most complete first. What you do not choose is kept as a backup."
    answer = await app.push_screen_wait(Ask("Recover the session", text, answers))
    if answer is None:
        return None
    app.store.choose(path, problem.options[int(answer)])
    return app.store.open(path)


async def ask_line(
    app: WorkshopApp, title: str, text: str = "", value: str = "", check: Callable[[str], object] = lambda _: None
) -> str | None:
    """One line from the user, or None."""
    return await app.push_screen_wait(LineDialog(title, text, value, check))
