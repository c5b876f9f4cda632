"""The sessions of a folder as a list that is searched by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from cjworkshop.method.steps import STEPS
from cjworkshop.tui.text import fit, wrapped
from cjworkshop.tui.widgets.board import Board, Line, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from cjworkshop.storage.listing import Summary

GAP = 2
_STEP_NAMES = {step.key: f"{step.number} {step.short}" for step in STEPS}


class SessionList(Board, can_focus=True):
    """One line a session: name, client, journey, step, when it was last changed, its state."""

    DEFAULT_CSS = """
    SessionList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", id="home.up", show=False, tooltip="The session above."),
        Binding("down", "move(1)", "Down", id="home.down", show=False, tooltip="The session below."),
        Binding("pageup", "move(-10)", "Page up", id="home.page-up", show=False, tooltip="Ten up."),
        Binding("pagedown", "move(10)", "Page down", id="home.page-down", show=False, tooltip="Ten down."),
        Binding("home", "move(-9999)", "First", id="home.first", show=False, tooltip="The first session."),
        Binding("end", "move(9999)", "Last", id="home.last", show=False, tooltip="The last session."),
        Binding("enter", "open", "Open", id="home.open", show=False, tooltip="Open the chosen session."),
        Binding("escape", "search_all", "All", id="home.all", show=False, tooltip="End the search."),
    ]

    class Opened(Message):
        """A session is to be opened."""

        def __init__(self, summary: Summary) -> None:
            super().__init__()
            self.summary = summary

    class Searched(Message):
        """The search is another one."""

    def __init__(self, introduction: str, *, ascii_only: bool) -> None:
        super().__init__(id="sessions")
        self.search = ""
        self._introduction = introduction
        self._ascii = ascii_only
        self._all: list[Summary] = []
        self._found: list[Summary] = []
        self._cursor = 0
        self._top = 0

    def show(self, summaries: list[Summary]) -> None:
        """Show these; the cursor stays on its session."""
        kept = self.chosen
        self._all = summaries
        self._find()
        if kept is not None:
            self._cursor = next((i for i, summary in enumerate(self._found) if summary.path == kept.path), self._cursor)
        self._keep_in_view()

    @property
    def chosen(self) -> Summary | None:
        """The session under the cursor."""
        return self._found[self._cursor] if self._cursor < len(self._found) else None

    def _find(self) -> None:
        words = self.search.casefold().split()
        self._found = [
            summary
            for summary in self._all
            if all(
                word in f"{summary.name} {summary.client} {summary.journey} {summary.slug}".casefold() for word in words
            )
        ]
        self._cursor = min(self._cursor, max(len(self._found) - 1, 0))

    def _keep_in_view(self) -> None:
        rows = max(self.size.height - 2, 1)
        self._top = min(max(self._top, self._cursor - rows + 1), self._cursor)
        self.redraw()

    def on_resize(self) -> None:
        """The cursor stays in view."""
        self._keep_in_view()

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """Heads and sessions; three lines on what this is where there are none."""
        if not self._all:
            return [[], *([Words(f"  {text}")] for text in wrapped(self._introduction, width - 4))]
        if not self._found:
            return [[], [Words("  No session has these words. Esc ends the search.", "dim")]]
        widths = self._widths(width)
        heads = ("Name", "Client", "Journey", "Step", "Changed", "State")
        lines: list[Line] = [[Words(self._row(heads, widths), "dim")], [Words("─" * width, "rule")]]
        for index in range(self._top, min(self._top + height - 2, len(self._found))):
            summary = self._found[index]
            values = (
                summary.name or summary.slug,
                summary.client,
                summary.journey,
                _STEP_NAMES.get(summary.step, ""),
                summary.changed,
                "" if summary.state in {"ok", "archived"} else summary.state,
            )
            role = "cursor" if index == self._cursor and self.has_focus else "chosen" if index == self._cursor else ""
            lines.append([Words(fit(self._row(values, widths), width), role, index)])
        return lines

    def _widths(self, width: int) -> tuple[int, ...]:
        """Name and journey share what the others leave; the client goes first where there is little room."""
        step, changed, state = 20 if width >= 100 else 0, 16, 9
        client = 18 if width >= 110 else 12 if width >= 90 else 0
        left = width - 1 - sum(size + GAP for size in (step, changed, state, client) if size) - GAP
        name = max(left * 45 // 100, 12)
        return name, client, max(left - name, 0), step, changed, state

    def _row(self, values: Sequence[str], widths: Sequence[int]) -> str:
        return " " + (" " * GAP).join(fit(value, size) for value, size in zip(values, widths, strict=True) if size)

    def on_focus(self) -> None:
        """The cursor is seen."""
        self.redraw()

    def on_blur(self) -> None:
        """The cursor is dimmed."""
        self.redraw()

    def on_key(self, event: events.Key) -> None:
        """Typing searches."""
        if event.key == "backspace":
            self._search(self.search[:-1])
        elif event.is_printable and event.character:
            self._search(self.search + event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """A pasted line is searched for."""
        event.stop()
        self._search(self.search + event.text.split("\n")[0][:80])

    def _search(self, text: str) -> None:
        self.search = text
        self._find()
        self._keep_in_view()
        self.post_message(self.Searched())

    def on_click(self, event: events.Click) -> None:
        """Choose; a second click on the same session opens it."""
        index = self._top + event.y - 2
        if event.y >= 2 and index < len(self._found):
            if event.chain > 1:
                self.action_open()
            self._cursor = index
            self.redraw()

    def on_mouse_scroll_down(self) -> None:
        """Down."""
        self.action_move(1)

    def on_mouse_scroll_up(self) -> None:
        """Up."""
        self.action_move(-1)

    def action_move(self, distance: int) -> None:
        """Another session."""
        self._cursor = min(max(self._cursor + distance, 0), max(len(self._found) - 1, 0))
        self._keep_in_view()

    def action_open(self) -> None:
        """Open the chosen one."""
        if self.chosen is not None:
            self.post_message(self.Opened(self.chosen))

    def action_search_all(self) -> None:
        """End the search."""
        self._search("")
