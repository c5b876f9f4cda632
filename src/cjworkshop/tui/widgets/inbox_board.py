"""The inbox as a list: notes that wait to be sorted, which of them are chosen, and all of the one under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from cjworkshop.domain.text import counted
from cjworkshop.facilitation.capture import LEVELS
from cjworkshop.facilitation.inbox import age, unsorted
from cjworkshop.method.across import Note
from cjworkshop.tui.text import fit, wrapped
from cjworkshop.tui.widgets.board import Board, Line, Words, spread
from cjworkshop.tui.widgets.direct import Direct

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Container

    from textual import events

    from cjworkshop.domain.session import Session

KIND, AGE, HEAD, DETAIL = 8, 6, 2, 5
"""Screen cells of the kind and of the age; lines above the list and below it."""
ABOUT_FROM, PERSON_FROM = 70, 110
"""Columns from which there is room for what a note is about, and for who said it."""


class InboxBoard(Board, Direct, can_focus=True):
    """One line a note. Chosen are those marked by Space and those between Shift+arrow's two ends, else the cursor's."""

    DEFAULT_CSS = """
    InboxBoard { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", id="inbox.up", show=False, tooltip="The note above."),
        Binding("down", "move(1)", "Down", id="inbox.down", show=False, tooltip="The note below."),
        Binding("shift+up", "move(-1, True)", "Choose up", id="inbox.choose-up", show=False, tooltip="And the note above."),
        Binding("shift+down", "move(1, True)", "Choose down", id="inbox.choose-down", show=False, tooltip="And that below."),
        Binding("pageup", "move(-10)", "Page up", id="inbox.page-up", show=False, tooltip="Ten notes up."),
        Binding("pagedown", "move(10)", "Page down", id="inbox.page-down", show=False, tooltip="Ten notes down."),
        Binding("home", "move(-999999)", "First", id="inbox.first", show=False, tooltip="The first note."),
        Binding("end", "move(999999)", "Last", id="inbox.last", show=False, tooltip="The last note."),
        Binding("space", "mark", "Choose", id="inbox.mark", tooltip="Choose this note too, or no longer."),
        Binding("ctrl+a", "mark_all", "Choose all", id="inbox.mark-all", show=False, tooltip="Choose all notes."),
        Binding("v", "show_all", "All or unsorted", id="inbox.all", tooltip="Sorted notes too, and what they became."),
    ]  # fmt: skip

    def __init__(self, session: Session, *, ascii_only: bool) -> None:
        super().__init__(id="inbox")
        self.everything = False
        self.notes: tuple[Note, ...] = ()
        self._session = session
        self._now: dt.datetime | None = None
        self._ascii = ascii_only
        self._cursor = 0
        self._end: int | None = None
        self._top = 0
        self._marked: set[str] = set()

    # What is shown and chosen

    def show(self, session: Session, now: dt.datetime) -> None:
        """Show the inbox as it stands. The cursor stays on its note, or where that was."""
        kept = self.note
        self._session, self._now = session, now
        self.notes = session.rows(Note) if self.everything else unsorted(session)
        places = {note.id: place for place, note in enumerate(self.notes)}
        self._cursor = places.get(kept.id, self._cursor) if kept is not None else self._cursor
        self._cursor = min(self._cursor, max(len(self.notes) - 1, 0))
        self._marked &= set(places)
        self._end = None
        self._reveal()

    @property
    def note(self) -> Note | None:
        """The note under the cursor."""
        return self.notes[self._cursor] if self._cursor < len(self.notes) else None

    @property
    def chosen(self) -> tuple[Note, ...]:
        """The notes that are chosen, in their order; the one under the cursor where none is."""
        found = tuple(note for place, note in enumerate(self.notes) if self._is_chosen(place, note))
        return found or ((self.note,) if self.note else ())

    def _is_chosen(self, place: int, note: Note) -> bool:
        between = self._end is not None and min(self._cursor, self._end) <= place <= max(self._cursor, self._end)
        return between or note.id in self._marked

    def go_to(self, note_ids: Container[str]) -> None:
        """Have the cursor on the first of these notes, where one of them is shown."""
        place = next((place for place, note in enumerate(self.notes) if note.id in note_ids), None)
        if place is not None:
            self.action_move(place - self._cursor)

    def choose_none(self) -> bool:
        """Choose no more than the note under the cursor. False where that was so."""
        had = bool(self._marked) or self._end is not None
        self._marked.clear()
        self._end = None
        self.redraw()
        return had

    # Keys

    def take_key(self, event: events.Key) -> None:
        """Other keys do nothing here."""

    def take_paste(self, text: str) -> None:
        """Nothing can be pasted here."""

    def action_move(self, distance: int, choose: bool = False) -> None:
        """Another note; with `choose`, all that lie between are chosen."""
        if choose and self._end is None:
            self._end = self._cursor
        elif not choose:
            self._end = None
        self._cursor = min(max(self._cursor + distance, 0), max(len(self.notes) - 1, 0))
        self._reveal()

    def action_mark(self) -> None:
        """Choose the note under the cursor, or no longer, and go on to the next."""
        if self.note is not None:
            self._marked ^= {self.note.id}
            self.action_move(1)

    def action_mark_all(self) -> None:
        """Choose all notes."""
        self._marked = {note.id for note in self.notes}
        self.redraw()

    def action_show_all(self) -> None:
        """Show sorted notes too, or no longer."""
        self.everything = not self.everything
        if self._now is not None:
            self.show(self._session, self._now)

    def on_click(self, event: events.Click) -> None:
        """The note that was clicked."""
        place = self._top + event.y - HEAD
        if 0 <= event.y - HEAD < self._room and place < len(self.notes):
            self.action_move(place - self._cursor)

    def on_mouse_scroll_down(self) -> None:
        """Down."""
        self.action_move(1)

    def on_mouse_scroll_up(self) -> None:
        """Up."""
        self.action_move(-1)

    # What is drawn

    @property
    def _room(self) -> int:
        return max(self.size.height - HEAD - DETAIL, 1)

    def _reveal(self) -> None:
        self._top = min(max(self._top, self._cursor - self._room + 1), self._cursor)
        self.redraw()

    def on_resize(self) -> None:
        """The cursor stays in view."""
        self._reveal()

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """How many there are, the notes, and all of the one under the cursor."""
        del height
        lines = [self._title(width), [Words("-" * width if self._ascii else "─" * width, "rule")]]
        if not self.notes:
            return [*lines, [], *([Words(f"  {text}", "dim")] for text in wrapped(self._nothing(), width - 4))]
        shown = range(self._top, min(self._top + self._room, len(self.notes)))
        lines += [self._line(place, width) for place in shown]
        lines += [[] for _ in range(self._room - len(shown))]
        return lines + self._detail(width)

    def _nothing(self) -> str:
        if not self._session["inbox"]:
            return "Nothing captured yet. Ctrl+K writes down what is said, from anywhere."
        return "All is sorted. v shows what the notes became; Ctrl+K captures from anywhere."

    def _title(self, width: int) -> Line:
        waiting, total = len(unsorted(self._session)), len(self._session["inbox"])
        left = [Words(f" {waiting} to sort", "strong" if waiting else "good")]
        left += [Words(f" · {total - waiting} sorted", "dim")] if total > waiting else []
        chosen = len(self.chosen)
        right = [Words(f"{counted(chosen, 'note')} chosen ", "accent")] if chosen > 1 else []
        return spread(left, right, width)

    def _line(self, place: int, width: int) -> Line:
        note = self.notes[place]
        chosen = self._is_chosen(place, note)
        mark = ("* " if self._ascii else "● ") if chosen else "  "
        about = min(width * 3 // 10, 34) if width >= ABOUT_FROM else 0
        person = 16 if width >= PERSON_FROM else 0
        text = max(width - 1 - 2 - KIND - 2 - AGE - 1 - sum(size + 2 for size in (about, person) if size), 4)
        old = age(note.captured, self._now) if note.captured and self._now else ""
        parts = [
            Words(f" {mark}", "accent"),
            Words(fit(note.kind, KIND) + "  ", "dim" if note.sorted_into or note.kind == "note" else ""),
            Words(fit(" ".join(note.text.split()), text), "dim" if note.sorted_into else ""),
            *([Words("  " + fit(self._about(note), about), "dim")] if about else []),
            *([Words("  " + fit(note.person, person), "dim")] if person else []),
            Words(fit(old, AGE, "right") + " ", "dim"),
        ]
        if place == self._cursor:
            return [Words("".join(words.text for words in parts), "cursor")]
        return [Words(words.text, "chosen") for words in parts] if chosen else parts

    def _about(self, note: Note) -> str:
        """What the note became, else what it is about."""
        became = self._became(note)
        return ("-> " if self._ascii else "→ ") + became if became else self._session.label(note.about)

    def _became(self, note: Note) -> str:
        """`pain PP05 Letter arrives late`; empty where the note is nowhere yet."""
        found = self._session.find(note.sorted_into) if note.sorted_into else None
        return f"{found[0].noun} {self._session.label(note.sorted_into)}" if found else ""

    def _detail(self, width: int) -> list[Line]:
        """The whole note under the cursor, and what else it says."""
        note = self.note
        lines: list[Line] = [[Words("-" * width if self._ascii else "─" * width, "rule")]]
        if note is None:
            return lines
        text = wrapped(note.text, width - 4)
        lines += [[Words(f"  {line}", "strong")] for line in text[: DETAIL - 2]]
        if len(text) > DETAIL - 2:
            lines[-1] = [Words(fit(f"  {text[DETAIL - 3]} …", width), "strong")]
        lines += [[] for _ in range(DETAIL - 1 - len(lines))]
        return [*lines, [Words(fit("  " + " · ".join(self._facts(note)), width).rstrip(), "dim")]]

    def _facts(self, note: Note) -> list[str]:
        session = self._session
        became = self._became(note)
        facts = [note.kind, f"became {became}" if became else "", session.label(note.about)]
        facts += [f"{LEVELS.get(note.kind, 'level')} {note.level}"] if note.level is not None else []
        facts += [f"emotion {note.emotion}"] if note.emotion is not None else []
        facts += [f"{note.dots} dots"] if note.dots is not None else []
        facts += [f"said by {note.person}"] if note.person else []
        facts += [f"due {note.due.isoformat()}"] if note.due else []
        facts += [f"during {session.label(note.block)}"] if note.block else []
        return [fact for fact in facts if fact]
