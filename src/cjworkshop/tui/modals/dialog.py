"""What all dialogs have in common: a quiet sheet in the middle with a title, and Esc to leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from cjworkshop.tui.answered import Answered
from cjworkshop.tui.ascii_only import key_names
from cjworkshop.tui.text import fit, safe
from cjworkshop.tui.widgets.footer import NOTICE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widget import Widget

Answer = TypeVar("Answer")
MORE = "↓ more"
"""What stands at the lower edge of a sheet that goes on below it."""


class Dialog(Answered["Answer | None"], ModalScreen["Answer | None"], Generic[Answer]):
    """A sheet over the screen. Its answer is None where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", id="dialog.leave", tooltip="Leave this dialog; nothing happens."),
        Binding("f1", "help", "Help", id="dialog.help", tooltip="The keys of this dialog; Esc comes back to it."),
    ]
    CSS_PATH = "dialog.tcss"

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._told: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, text, the dialog's own content, and the keys that end it."""
        with VerticalScroll(id="sheet", can_focus=False):
            yield Static(safe(self._title), id="title")
            if self._text:
                yield Static(safe(self._text), id="text")
            yield from self.content()
            yield Static(safe(key_names(self.keys(), self.app)), id="keys")
        yield Static(id="told")

    def content(self) -> Iterable[Widget]:
        """The widgets between the text and the keys."""
        return ()

    def keys(self) -> str:
        """Which keys end the dialog, in words."""
        return "Enter take   Esc cancel"

    def on_mount(self) -> None:
        """Say at the lower edge, from now on, whether the sheet goes on below it; Textual calls a subclass's own too."""
        sheet = self.query_one("#sheet", VerticalScroll)
        for what in ("scroll_y", "virtual_size", "size"):
            self.watch(sheet, what, self._tell_rest_later)

    def _tell_rest_later(self) -> None:
        self.call_after_refresh(self._tell_rest)  # only then is it known how far it scrolls

    def _tell_rest(self) -> None:
        for sheet in self.query("#sheet").results(VerticalScroll):  # there is none where the dialog was just answered
            more = MORE if sheet.scroll_offset.y < sheet.max_scroll_y else ""
            if (sheet.border_subtitle or "") != more:
                sheet.border_subtitle = more

    def refuse(self, problem: str) -> None:
        """Say what is wrong with what was filled in, in the dialog's `fault()` line."""
        fault = self.query_one("#fault", Static)
        fault.update(safe(problem))
        fault.add_class("shown")

    def tell(self, done: str | None) -> None:
        """Say in the last line of the screen, for some seconds, what was done on a screen over this one."""
        if done:
            told = self.query_one("#told", Static)
            told.update(safe(f" {fit(done, self.app.size.width - 2, more='...').rstrip()} "))
            told.display = True
            if self._told is not None:
                self._told.stop()
            self._told = self.set_timer(NOTICE_SECONDS, self._hush)

    def _hush(self) -> None:
        for told in self.query("#told").results(Static):  # none where the dialog was just answered
            told.display = False

    def action_help(self) -> None:
        """The keys of this dialog, alone on the screen."""
        from cjworkshop.tui.keyboard import keys_by_place  # noqa: PLC0415 - made on first use
        from cjworkshop.tui.modals.help import HelpDialog  # noqa: PLC0415 - made on first use

        shown = HelpDialog(self._title, self.keys(), keys_by_place(self, "Keys here"))
        shown.add_class("alone")
        self.app.push_screen(shown)

    def action_leave(self) -> None:
        """End without an answer."""
        self.dismiss(None)


def field(label: str, entry: Input) -> Horizontal:
    """A line of a dialog: what is asked, and where it is typed."""
    return Horizontal(Static(safe(label), classes="label"), entry, classes="field")


def fault() -> Static:
    """Room for what is wrong; it takes none until `refuse` fills it."""
    return Static(id="fault")
