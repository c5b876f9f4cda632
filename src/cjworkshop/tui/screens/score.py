"""Scores: what several people feel at each touchpoint, a digit a person, and where they see different things."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from cjworkshop.tui.score_desk import ScoreDesk
from cjworkshop.tui.screens.listed import ListedScreen
from cjworkshop.tui.widgets.score_board import ScoreBoard

if TYPE_CHECKING:
    from cjworkshop.tui.desk import Desk


class ScoreScreen(ListedScreen):
    """Touchpoints from top to bottom: type the room's scores, Enter, and the next."""

    NAME = "Scores"
    ABOUT = (
        "Type a digit from 1 to 5 for each person in turn, 4 5 3 2 4 or 45324; - for who gives none. The line is "
        "all that counts there: whoever had a score and has none in it, has none any more. The deviation (sd) is that of a sample, divided by n - 1; above 1.0 it says to discuss."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+pageup", "votes", "Votes", id="scores.votes", tooltip="Dot votes instead."),
    ]

    def __init__(self, desk: Desk, row_id: str = "") -> None:
        self.scores = ScoreDesk(desk, row_id)
        super().__init__(self.scores, ScoreBoard(self.typed))

    def show(self) -> None:
        """The touchpoints as they stand."""
        super().show()
        if isinstance(self.board, ScoreBoard):
            self.board.show(self.scores.sheet())
            keys = (
                ("Enter", "take, next", "take"),
                ("^G", "its row", "row"),
                ("^Z", "undo", "undo"),
                ("Esc", "back", "back"),
                ("F1", "help", "help"),
            )
            self.footer.show(keys)

    def action_votes(self) -> None:
        """Votes in place of scores."""
        self.dismiss(None)
        if self.app.workshop is not None:
            self.app.workshop.action_vote()

    def action_take(self) -> None:
        """Take the scores, say which they replaced, and on to the next touchpoint; an empty line says what to type."""
        self.footer.hush()
        if not self.scores.line.text.strip():
            self.footer.say("Type 45324, a digit a person. Down goes on without scores, ^G to the row.", "dim")
        elif self.scores.take():
            self.scores.go_on()
            if self.scores.replaced:
                self.footer.say(self.scores.replaced, "warn")
        self.show()
