"""A screen over a session that is being saved: it says at once whether all of it is, and if not, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import ScreenResultType

from cjworkshop.errors import WorkshopError
from cjworkshop.tui.answered import Answered
from cjworkshop.tui.sparing import SparingScreen

if TYPE_CHECKING:
    from cjworkshop.storage.save_state import SaveState
    from cjworkshop.tui.app import WorkshopApp
    from cjworkshop.tui.desk import Desk
    from cjworkshop.tui.widgets.footer import Footer


class SaveStateChanged(Message, bubble=False):
    """The store says whether all is saved."""

    def __init__(self, state: SaveState) -> None:
        super().__init__()
        self.state = state


class SavingScreen(Answered[ScreenResultType], SparingScreen[ScreenResultType]):
    """A screen with a header that says whether all is saved. A subclass has the store tell it by `tell_state`."""

    app: WorkshopApp
    desk: Desk
    footer: Footer

    def tell_state(self, state: SaveState) -> None:
        """Called on the store's thread: messages may be posted from there."""
        self.post_message(SaveStateChanged(state))

    def tell(self, done: str | None) -> None:
        """Say what was done on a screen or in a dialog over this one."""
        if done:
            self.footer.say(done)

    def show_said(self) -> None:
        """What was said last on this screen, whole: a narrow one cuts what is long."""
        from cjworkshop.tui.modals.help import SaidDialog  # noqa: PLC0415 - made on first use

        self.app.push_screen(SaidDialog("What was said", "The newest first.", self.footer.said or ["Nothing yet."]))

    async def export(self) -> None:
        """Ask what is to be handed over, and write it. Must run in a worker, since it waits for dialogs."""
        from cjworkshop.tui.handover import hand_over  # noqa: PLC0415 - made on first use

        try:
            done = await hand_over(self.app, self.desk.session, self.desk.opened.path.stem)
        except WorkshopError as problem:
            self.footer.say(str(problem), "bad", 0)
        else:
            self.footer.say(done, "good", 12)

    def show_heading(self) -> None:
        """Have the header say what is so now."""
        raise NotImplementedError

    def on_save_state_changed(self, event: SaveStateChanged) -> None:
        """Saved, saving, or not: the header says so at once, and the footer why for as long as it is so."""
        self.footer.warn(event.state.message)
        self.show_heading()
        self.paint()
