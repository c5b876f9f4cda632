"""Quick capture: a line over the bottom of whatever is on the screen, with what was understood under it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from cjworkshop.domain.text import clean_line, counted
from cjworkshop.errors import WorkshopError
from cjworkshop.facilitation.capture import Captured, Completions, completions, in_words, noting, read
from cjworkshop.lazy import dataclass
from cjworkshop.tui.answered import Answered
from cjworkshop.tui.text import cells, fit
from cjworkshop.tui.widgets.board import Line, StateBoard, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual import events
    from textual.app import ComposeResult
    from textual.screen import Screen

    from cjworkshop.facilitation.known import Offer
    from cjworkshop.tui.desk import Desk
    from cjworkshop.tui.screens.workshop import WorkshopScreen

GRAMMAR = (
    ("!", "pain idea quote decision action park"),
    ("#", "place"),
    ("@", "who"),
    ("~4", "emotion"),
    ("^3", "severity"),
    ("x7", "dots"),
    (">fri", "due"),
)
"""What may stand in a line: the sign, and what it says."""
MORE = ("F1", "all")
HELP = (
    ("!pain  !p", "Its kind: pain, idea or opportunity, quote, decision, action, park."),
    ("!p3", "The same with its level: a pain of severity 3."),
    ("#A04  #a4  #schedule", "The touchpoint or stage: its code, or part of its name, also misspelt."),
    ("@tessa", "Who said it: one of People, by name or its beginning; an interview's code."),
    ("~2", "How they feel, 1 very bad to 5 very good."),
    ("^3", "Severity of a pain, impact of an action."),
    ("x7", "Dots that the room gave it."),
    (">fri  >31 March", "By when; also >tomorrow, >+2w, >31.3., >2026-03-31."),
    ("\\#a4  \\!pain", "Nothing of this: the word as it stands, without the backslash."),
)
"""The same at length."""
ABOUT = "One line is one note. These may stand anywhere in it; what cannot be meant so stays text. Nothing is lost."
Keys: TypeAlias = tuple[tuple[str, str], ...]
KEYS: Keys = (("Enter", "store"), ("Tab", "complete"), ("^N", "store, next"), ("Esc", "close; what you typed is kept"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands under the line: what was understood, what was not, what Tab offers, and what was just done.

    `taken` is the number of the offer that stands in the line, -1 where none does. `notice` is (words, role).
    """

    understood: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    taken: int = -1
    notice: tuple[str, str] = ("", "")


class ReadingBoard(StateBoard[Reading]):
    """Two lines: what was understood (or what may be typed), and what can be done now, by these keys."""

    def __init__(self, keys: Keys) -> None:
        super().__init__(Reading(), id="reading")
        self._keys = keys

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """Understood and problems; below them offers, a notice, or the keys."""
        del height
        return [self._understood(width), self._below(width)]

    def _understood(self, width: int) -> Line:
        state = self.state
        if not state.understood:
            return _whole_parts(GRAMMAR, width, last=MORE)
        line: Line = [Words("   "), Words(state.understood[0], "accent")]
        for part in state.understood[1:]:
            line += [Words(" · ", "dim"), Words(part)]
        if state.problems:
            room = max(width - sum(words.cells for words in line) - 3, 0)
            line += [Words("   "), Words(fit("; ".join(state.problems), room).rstrip(), "warn")]
        return line

    def _below(self, width: int) -> Line:
        state = self.state
        if state.notice[0]:
            return [Words("   "), Words(*state.notice)]
        known = len(state.offers) == 1 and state.offers[0].label in state.understood
        if known or not state.offers:
            return _whole_parts(self._keys, width)
        line: Line = [Words("   "), Words("Tab", "accent"), Words("  ")]
        used = sum(words.cells for words in line)
        for number, offer in enumerate(state.offers):
            used += cells(offer.label) + 2
            if used > width:
                break
            line += [Words(offer.label, "chosen" if number == max(state.taken, 0) else "dim"), Words("  ")]
        return line


def _whole_parts(parts: tuple[tuple[str, str], ...], width: int, *, last: tuple[str, str] | None = None) -> Line:
    """Signs or keys with what they say, as many as fit whole; behind them `last`, which always has its place."""
    shown: list[tuple[str, str]] = []
    kept = [last] if last else []
    for part in parts:
        if 1 + sum(cells(sign) + cells(says) + 3 for sign, says in (*shown, part, *kept)) > width:
            break
        shown.append(part)
    line: Line = [Words("   ")]
    for sign, says in (*shown, *kept):
        line += [Words(sign, "accent"), Words(f" {says}", "dim"), Words("  ")]
    return line


def missed_in(captured: Iterable[Captured]) -> str:
    """What looked like a token in these lines and stays text, as a sentence with space behind it; else empty."""
    missed = "; ".join(dict.fromkeys(chain.from_iterable(one.problems for one in captured)))
    return f"{missed}: kept as text.  " if missed else ""


class CaptureEntry(Input):
    """The line. It gives pastes on whole: an input of its own would keep only their first line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+a", "select_all", "Select all", id="capture.select-all", tooltip="Select the whole line.")
    ]

    def __init__(self, value: str, pasted: Callable[[str], None]) -> None:
        super().__init__(value, select_on_focus=False, id="line")
        self.cursor_blink = False
        self._give_pasted = pasted

    def on_paste(self, event: events.Paste) -> None:
        """Done here and now: a key behind the paste must find the line as it is after it."""
        event.stop()
        event.prevent_default()
        self._give_pasted(event.text)

    def put(self, text: str) -> None:
        """Put text where the cursor is, in place of what is selected."""
        self.replace(text, *self.selection)


class ReadLine(Answered[str], ModalScreen[str]):
    """A line in the words of quick capture, with what is understood in it under it. Ends with what was done, or None.

    `title` and `about` head its help, `keys` are its keys in words.
    """

    CSS_PATH = "capture.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab", "complete(1)", "Complete", id="capture.complete", tooltip="Put in what is offered; again: next."
        ),
        Binding("shift+tab", "complete(-1)", "Offer before", id="capture.complete-back", tooltip="The offer before."),
        Binding("f1", "help", "Help", id="capture.help", tooltip="What may stand in the line, and its keys."),
        Binding("escape", "leave", "Close", id="capture.leave", tooltip="Close; what was typed comes back next time."),
    ]

    def __init__(self, desk: Desk, value: str, title: str, about: str, keys: Keys) -> None:
        super().__init__()
        self.entry = CaptureEntry(value, self.take_paste)
        self._title, self._about, self._keys = title, about, keys
        self._board = ReadingBoard(keys)
        self._desk = desk
        self._notice = ("", "")
        self._offered: Completions | None = None
        self._taken = -1
        self._around = ("", "")
        self._completed = self._kept = value

    def keep(self, value: str) -> None:
        """The line is another one: keep it, whatever happens."""
        raise NotImplementedError

    def take(self) -> None:
        """Enter: do what the line is for, and close."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Close. What was typed is kept."""
        raise NotImplementedError

    def take_paste(self, text: str) -> None:
        """What is pasted goes where the cursor is, on one line."""
        self.entry.put(clean_line(text))

    def compose(self) -> ComposeResult:
        """The line over two lines that say what it means."""
        with Vertical(id="capture"):
            yield self.entry
            yield self._board

    def on_mount(self) -> None:
        """Typing goes into the line from the first key on, where it was left."""
        self.set_focus(self.entry)
        self.entry.cursor_position = len(self.entry.value)
        for part in ("value", "selection"):  # at once and not by message, so that line and reading come in one frame
            self.watch(self.entry, part, self._typed, init=False)
        self._show()

    # What stands under it

    def _typed(self) -> None:
        """Read the line again, and keep it: whatever happens, it comes back."""
        value = self.entry.value
        if value != self._kept:
            self._kept = value
            self.keep(value)
            self._notice = ("", "") if value else self._notice
        if value != self._completed:
            self._offered, self._taken = None, -1
        self._show()

    def _show(self) -> None:
        desk, value = self._desk, self.entry.value
        captured = self.understood(value)
        offered = self._offered or completions(value, self.entry.cursor_position, desk.session, desk.known)
        self._board.show(
            Reading(
                in_words(captured, desk.session) if captured.text else (),
                captured.problems,
                offered.offers,
                self._taken,
                self._notice,
            )
        )

    def understood(self, line: str) -> Captured:
        """What a line says."""
        desk = self._desk
        return read(line, desk.session, desk.today(), desk.known)

    # Completing

    def action_complete(self, step: int) -> None:
        """Put the first offer in place of the word at the cursor; again: the next one."""
        entry, desk = self.entry, self._desk
        if self._offered is None:
            found = completions(entry.value, entry.cursor_position, desk.session, desk.known)
            if not found.offers:
                return
            self._offered, self._taken = found, -1 if step > 0 else 0
            self._around = entry.value[: found.start], entry.value[found.end :].lstrip(" ")
        self._taken = (self._taken + step) % len(self._offered.offers)
        before, behind = self._around
        head = f"{before}{self._offered.offers[self._taken].word} "
        self._completed = head + behind
        entry.value = self._completed
        entry.cursor_position = len(head)

    # Its end

    def on_input_submitted(self) -> None:
        """Do it."""
        self.take()

    def refuse(self, problem: WorkshopError) -> None:
        """Say why it cannot be; the line stays."""
        self._notice = (str(problem), "bad")
        self._show()

    def action_help(self) -> None:
        """What may stand in the line. What is typed stays there."""
        from cjworkshop.tui.modals.help import HelpDialog  # noqa: PLC0415 - seldom wanted

        keys = tuple((key.replace("^", "Ctrl+"), does) for key, does in self._keys)
        self.app.push_screen(HelpDialog(self._title, self._about, [("In the line", HELP), ("Keys", keys)]))


class CaptureLine(ReadLine):
    """Captures notes until it is closed. Ends with what was done, in words; None where nothing was.

    `undoable` says that Ctrl+Z takes a note back afterwards: where an editor or a dialog is, it means something else.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "next", "Store, next", id="capture.next", tooltip="Store the note and begin the next one."),
    ]

    def __init__(self, desk: Desk, *, undoable: bool) -> None:
        super().__init__(desk, desk.opened.note, "Capture", ABOUT, KEYS)
        self._undo = "  Ctrl+Z takes it back." if undoable else ""
        self._done = ""

    def keep(self, value: str) -> None:
        """As the note that is being captured."""
        self._desk.opened.keep_note(value)

    def take(self) -> None:
        """Store and close."""
        if self._store([self.entry.value]):
            self.entry.value = ""
            self.dismiss(self._done or None)

    def action_next(self) -> None:
        """Store, and begin the next one."""
        if self._store([self.entry.value]):
            self.entry.value = ""

    def action_leave(self) -> None:
        """Close. What was typed is kept."""
        kept = "What you typed is kept: Ctrl+K goes on with it." if self.entry.value.strip() else None
        self.dismiss(kept or self._done or None)

    def take_paste(self, text: str) -> None:
        """One line goes where the cursor is; several are a note each, stored at once as one change."""
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) <= 1:
            super().take_paste(text)
            return
        entry = self.entry
        start, end = sorted(entry.selection)
        whole = entry.value[:start] + text.strip("\n") + entry.value[end:]
        if self._store(whole.split("\n")):
            self.entry.value = ""
            self._show()

    def _store(self, lines: list[str]) -> bool:
        """Put these lines into the inbox as one change. False where that cannot be: it says why."""
        desk = self._desk
        captured = [one for line in lines if (one := self.understood(line)).text]
        if not captured:
            return True
        try:
            desk.do(noting(captured, desk.session, desk.new_id, desk.now(), desk.step.key))
        except WorkshopError as problem:
            self.refuse(problem)
            return False
        what = " · ".join(in_words(captured[0], desk.session)) if len(captured) == 1 else counted(len(captured), "note")
        missed = missed_in(captured)
        said = f"{missed}Captured: {what}."
        self._done = said + self._undo
        self._notice = (said, "warn" if missed else "good")
        return True


async def capture_over(screen: Screen[Any], workshop: WorkshopScreen, take_up: Callable[[], None] | None) -> None:
    """Open the line over a screen. `take_up` opens what was edited there again as it was, when the line closes."""
    below = reversed(screen.app.screen_stack)
    tell: Callable[[str | None], None] = next((its.tell for its in below if hasattr(its, "tell")), workshop.tell)

    def closed(done: str | None) -> None:
        tell(done)
        if take_up is not None:
            take_up()

    undoable = take_up is None and hasattr(screen, "action_undo")
    await screen.app.push_screen(CaptureLine(workshop.desk, undoable=undoable), closed)
