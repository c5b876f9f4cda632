"""Screens that are answered once, and act only while they stand.

Where keys come faster than screens go, Textual runs an action of a screen that has nothing in it yet, or nothing any
more; and its `dismiss` takes away whatever screen is uppermost, also a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from textual.await_complete import AwaitComplete
from textual.screen import Screen, ScreenResultType

if TYPE_CHECKING:
    Base = Screen
else:
    Base = Generic  # were it a screen, Textual would look for styles here, and not in the kinds of screen behind it


class Answered(Base[ScreenResultType]):
    """To be put before the kind of screen that a class is."""

    _given: tuple[ScreenResultType | None, ...] = ()
    _is_answered = False

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Go with this answer, the first that is given; where something lies over the screen, as soon as that has gone."""
        if self._is_answered:
            return AwaitComplete()
        if self.app.screen is not self:
            self._given = self._given or (result,)
            return AwaitComplete()
        self._is_answered = True
        return super().dismiss(result)

    def on_screen_resume(self) -> None:
        """What lay over it has gone."""
        if self._given:
            self.dismiss(*self._given)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be done before the screen stands, nor once it is answered."""
        return self.stands and super().check_action(action, parameters)

    @property
    def stands(self) -> bool:
        """Whether all that the screen is made of is there."""
        return self.is_mounted and not self._is_answered
