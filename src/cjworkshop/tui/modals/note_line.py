"""A captured note as the line that would capture it, to be typed on: what is wrong in it is put right before sorting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.errors import NotFound, WorkshopError
from cjworkshop.facilitation.capture import in_words
from cjworkshop.facilitation.written import rewriting, with_kept, written
from cjworkshop.storage.open_session import KeptLine
from cjworkshop.tui.kept import words_of
from cjworkshop.tui.modals.capture import ReadLine, missed_in

if TYPE_CHECKING:
    from cjworkshop.facilitation.capture import Captured
    from cjworkshop.method.across import Note
    from cjworkshop.tui.desk import Desk

TITLE = "A note's line"
ABOUT = (
    "The line says all of the note. Enter has the note read anew from it: its words, its kind, its place and the rest."
)
KEYS = (("Enter", "read anew"), ("Tab", "complete"), ("Esc", "leave the note as it is; what you typed is kept"))


class NoteLine(ReadLine):
    """Ends with what was done to the note, in words; None where it is as it was."""

    def __init__(self, desk: Desk, note: Note) -> None:
        self._note = note
        self._written = written(note, desk.session, desk.today(), desk.known)
        kept = desk.opened.lines.get(words_of(note.id))
        super().__init__(desk, kept.text if kept else self._written.line, TITLE, ABOUT, KEYS)

    def understood(self, line: str) -> Captured:
        """What a line says of the note: what no word can say stays as it is."""
        return with_kept(super().understood(line), self._note, self._written.kept)

    def keep(self, value: str) -> None:
        """For this note; nothing where the line is as it was."""
        line = KeptLine(value) if value not in {"", self._written.line} else None
        self._desk.opened.keep_line(words_of(self._note.id), line)

    def take(self) -> None:
        """Make the note what the line says, and close."""
        desk, line = self._desk, self.entry.value
        captured = self.understood(line)
        if not captured.text:
            self.refuse(NotFound("A note needs some words.", "Esc leaves it as it is; Delete in the inbox removes it."))
            return
        if line == self._written.line:
            self.dismiss(None)
            return
        try:
            desk.do(rewriting(self._note, captured))
        except WorkshopError as problem:
            self.refuse(problem)
            return
        desk.opened.keep_line(words_of(self._note.id), None)
        what = " · ".join(in_words(captured, desk.session))
        self.dismiss(f"{missed_in([captured])}Read anew: {what}.  Ctrl+Z takes it back.")

    def action_leave(self) -> None:
        """Close. The note is as it was, and what was typed is kept."""
        self.dismiss(None)
