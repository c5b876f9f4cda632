"""Home: the sessions there are, typed for and opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from cjworkshop.errors import WorkshopError
from cjworkshop.imports.sample import sample_session
from cjworkshop.method.template import begin
from cjworkshop.storage.templates import templates_for
from cjworkshop.tui.keyboard import keys_by_place
from cjworkshop.tui.modals.help import HelpDialog
from cjworkshop.tui.modals.new_session import NewSession, NewSessionDialog
from cjworkshop.tui.questions import ask_line
from cjworkshop.tui.sparing import SparingScreen
from cjworkshop.tui.widgets.board import Board, Line, Words, spread
from cjworkshop.tui.widgets.footer import Footer
from cjworkshop.tui.widgets.session_list import SessionList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.app import ComposeResult

    from cjworkshop.storage.listing import Summary
    from cjworkshop.tui.app import WorkshopApp

INTRODUCTION = (
    "cjworkshop steps you through the seven steps of customer-journey mapping, from the discovery meeting to the "
    "redesigned experience. You type for the room; everything you type is kept, in a file of your own. "
    "Ctrl+N begins a session. Ctrl+O opens the sample: a complete workshop to look around in."
)


class HomeTitle(Board):
    """The name of the program, and what is being searched for."""

    def __init__(self) -> None:
        super().__init__(id="home-title")
        self.search = ""
        self.where = ""

    def show(self, search: str, where: str) -> None:
        """Show this."""
        self.search, self.where = search, where
        self.redraw()

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """Name, folder, search."""
        del height
        left = [Words(" cjworkshop", "accent"), Words("  customer-journey workshops", "dim")]
        search = (
            [Words(" Search ", "dim"), Words(self.search, "strong"), Words("▏", "accent")]
            if self.search
            else [Words(" Type to search", "dim")]
        )
        return [[], spread(left, [Words(f"{self.where} ", "dim")], width), [], search]


class HomeScreen(SparingScreen[None]):
    """All sessions of the folder as a list: type to search, Enter opens."""

    app: WorkshopApp
    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "new", "New session", id="home.new", tooltip="Client, journey and template; then step 1."),
        Binding("ctrl+o", "sample", "Sample", id="home.sample", tooltip="Open the complete sample workshop."),
        Binding("ctrl+d", "duplicate", "Duplicate", id="home.duplicate", tooltip="Copy the session under a new name."),
        Binding("ctrl+a", "archive", "Archive", id="home.archive", tooltip="Put the session away, or bring it back."),
        Binding("f4", "archived", "Show archived", id="home.archived", tooltip="List the sessions that are put away."),
        Binding("f5", "reload", "Look again", id="home.reload", tooltip="Read the folder again."),
        Binding("f1", "help", "Help", id="home.help", tooltip="What this place is, and its keys."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._archived = False

    def compose(self) -> ComposeResult:
        """Title, list, keys."""
        yield HomeTitle()
        yield SessionList(INTRODUCTION, ascii_only=self.app.settings.ascii)
        yield Footer()

    def on_mount(self) -> None:
        """Read the folder."""
        self.query_one(Footer).show(
            (
                ("Enter", "open", "open"),
                ("^N", "new", "new"),
                ("^O", "sample", "sample"),
                ("^P", "all", "app.command_palette"),
                ("F1", "help", "help"),
                ("^Q", "quit", "app.quit"),
                ("^D", "duplicate", "duplicate"),
                ("^A", "archive", "archive"),
            )
        )
        self.action_reload()
        self.sessions.focus()

    @property
    def sessions(self) -> SessionList:
        """The list."""
        return self.query_one(SessionList)

    def action_reload(self) -> None:
        """Read the folder again."""
        try:
            summaries = [
                summary for summary in self.app.store.summaries() if (summary.state == "archived") is self._archived
            ]
        except WorkshopError as problem:
            self.query_one(Footer).say(str(problem), "bad", 0)
            summaries = []
        self.sessions.show(summaries)
        self._title()

    def on_screen_resume(self) -> None:
        """Another session may have been made meanwhile."""
        self.action_reload()

    def _title(self) -> None:
        where = str(self.app.store.folder) + (" · archived" if self._archived else "")
        self.query_one(HomeTitle).show(self.sessions.search, where)

    def on_session_list_searched(self) -> None:
        """Show what is searched for."""
        self._title()

    def on_session_list_opened(self, event: SessionList.Opened) -> None:
        """Open it."""
        self.app.open_session(event.summary.path)

    def on_board_chosen(self, event: Board.Chosen) -> None:
        """A key in the footer was clicked."""
        self.run_worker(self.run_action(str(event.target)))

    def action_open(self) -> None:
        """Open the chosen session."""
        self.sessions.action_open()

    def action_new(self) -> None:
        """Ask for client, journey and template, then open the new session."""
        self.run_worker(self._new(), exclusive=True)

    async def _new(self) -> None:
        found = templates_for(self.app.store.folder)
        wish = await self.app.push_screen_wait(NewSessionDialog(found.templates))
        if wish is not None:
            self._attempt(lambda: self.app.open_session(self._create(wish)))

    def _create(self, wish: NewSession) -> Path:
        store, environment = self.app.store, self.app.store.environment
        about = {"name": wish.name, "date": self.app.today(), "created": environment.clock()}
        session = begin(
            store.catalogue, wish.template, about, client=wish.client, journey=wish.journey, new_id=environment.new_id
        )
        return store.create(session)

    def action_sample(self) -> None:
        """Open the sample, made if it is not there yet."""
        self._attempt(lambda: self.app.open_session(sample_session(self.app.store)))

    def action_duplicate(self) -> None:
        """Copy the chosen session."""
        summary = self.sessions.chosen
        if summary is not None:
            self.run_worker(self._duplicate(summary), exclusive=True)

    async def _duplicate(self, summary: Summary) -> None:
        name = await ask_line(self.app, "Duplicate", "What is the copy called?", f"{summary.name} copy")
        if name and self._attempt(lambda: self.app.store.duplicate(summary.path, name)):
            self.action_reload()
            self.query_one(Footer).say(f"{name} is there.")

    def action_archive(self) -> None:
        """Put the chosen session away, or bring it back."""
        summary = self.sessions.chosen
        if summary is None:
            return
        move = self.app.store.unarchive if self._archived else self.app.store.archive
        if self._attempt(lambda: move(summary.path)):
            self.action_reload()
            done = "is back" if self._archived else "is archived: F4 lists it, Ctrl+A there brings it back"
            self.query_one(Footer).say(f"{summary.name} {done}.")

    def action_archived(self) -> None:
        """List what is put away, or what is not."""
        self._archived = not self._archived
        self.action_reload()

    def _attempt(self, act: Callable[[], object]) -> bool:
        """Do it, or say why it cannot be done."""
        try:
            act()
        except WorkshopError as problem:
            self.query_one(Footer).say(str(problem), "bad", 0)
            return False
        return True

    def action_help(self) -> None:
        """What this place is, and its keys."""
        self.app.push_screen(HelpDialog("Sessions", INTRODUCTION, keys_by_place(self)))

    def palette_entries(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """What the palette offers here besides the keys."""
        yield "Dark or light theme", "For this run; the config file has it for good.", self.app.action_toggle_theme
