"""Scores: what several people feel at each touchpoint, a digit a person, and where they see different things."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from cjworkshop.tui.score_desk import ScoreDesk
from cjworkshop.tui.screens.listed import ListedScreen
from cjworkshop.tui.widgets.footer import NOTICE_SECONDS
from cjworkshop.tui.widgets.score_board import ScoreBoard

if TYPE_CHECKING:
    from cjworkshop.tui.desk import Desk


class ScoreScreen(ListedScreen):
    """Touchpoints from top to bottom: type the room's scores, Enter, and the next."""

    NAME = "Scores"
    ABOUT = (
        "Type a digit from 1 to 5 for each person in turn, 4 5 3 2 4 or 45324; - for who gives none. The line is "
        "all that counts there: whoever had a score and has none in it, has none any more. The deviation (sd) is that of a sample, divided by n - 1; above 1.0 it says to discuss. "
        "F4 sets the emotions on the map to the means, halves upward: those that are empty; again, also those that differ."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f4",
            "emotions",
            "Set emotions by the scores",
            id="scores.emotions",
            tooltip="The means, halves upward, on the map: where it has no emotion; again, also where it has another.",
        ),
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
                *((("F4", "set emotions", "emotions"),) if self.scores.can_take_over else ()),
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

    def action_emotions(self) -> None:
        """Have the means be the map's emotions; others are replaced only where the same key answers the question."""
        question, said = self.scores.question, list[str]()
        replace = bool(question) and self.footer.notice[0].endswith(question)
        if self.attempt(lambda: said.append(self.scores.take_over(replace=replace))):
            role, seconds = ("warn", 0.0) if self.scores.question else ("accent", NOTICE_SECONDS)
            self.footer.say(said[0], role, seconds)

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
