"""A question with a few answers to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from cjworkshop.lazy import dataclass
from cjworkshop.tui.modals.dialog import Dialog
from cjworkshop.tui.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Possibility:
    """One answer: its key, the words for it, and what it means where that needs saying."""

    key: str
    words: str
    detail: str = ""


class Ask(Dialog[str]):
    """Ends with the key of the answer that was chosen. The first one is offered."""

    def __init__(self, title: str, text: str, answers: Sequence[Possibility]) -> None:
        super().__init__(title, text)
        self._answers = answers

    def content(self) -> Iterable[Widget]:
        """The answers as a list."""
        options = []
        for answer in self._answers:
            words = safe(answer.words)
            if answer.detail:
                words = Content.assemble(words, "\n", safe("  " + answer.detail))
            options.append(Option(words, id=answer.key))
        yield OptionList(*options)

    def keys(self) -> str:
        """How to choose."""
        return "↑ ↓ choose   Enter take   Esc cancel"

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The answer."""
        self.dismiss(event.option_id)
