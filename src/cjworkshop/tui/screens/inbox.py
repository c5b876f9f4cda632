"""The inbox on the whole screen: each note goes where it belongs by one key; what must be known for that is asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from cjworkshop.domain.commands import RemoveRows
from cjworkshop.domain.text import counted, shorten
from cjworkshop.errors import WorkshopError
from cjworkshop.facilitation.inbox import by_kind, kept_only, question, ready, sorting
from cjworkshop.facilitation.known import by_code
from cjworkshop.method.across import Note
from cjworkshop.method.employee_workshop import Touchpoint
from cjworkshop.tui.kept import words_of
from cjworkshop.tui.modals.choose import Choice, ChooseDialog
from cjworkshop.tui.screens.held import HeldScreen
from cjworkshop.tui.widgets.inbox_board import InboxBoard
from cjworkshop.tui.widgets.picker import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.workbook import Change
    from cjworkshop.facilitation.inbox import Question
    from cjworkshop.tui.desk import Desk
    from cjworkshop.tui.widgets.board import Board

KEY_OF = {"p": "pains", "o": "opportunities", "x": "excerpts", "d": "decisions", "a": "actions", "k": "parked"}
"""The table that each key sorts into."""
PLAIN = "A plain note can be anything: press p, o, x, d, a or k."
KEPT = "The line that you typed for this note is kept: F2 goes on with it."

DONE = "accent"
"""The role in which a footer says what was done."""


class InboxScreen(HeldScreen):
    """Sort notes into tables; nothing leaves the inbox before it is somewhere."""

    NAME = "Inbox"
    ABOUT = (
        "What was captured waits here to be sorted. One key makes the note, or all chosen ones, a row of a table. "
        "The note itself stays, and says what it became."
    )
    board: InboxBoard
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "sort('pains')", "Pain", id="inbox.pain", tooltip="Make it a pain of its touchpoint."),
        Binding("o", "sort('opportunities')", "Opportunity", id="inbox.opportunity", tooltip="Make it an opportunity."),
        Binding("x", "sort('excerpts')", "Excerpt", id="inbox.excerpt", tooltip="Make it an excerpt of an interview."),
        Binding("d", "sort('decisions')", "Decision", id="inbox.decision", tooltip="Make it a decision."),
        Binding("a", "sort('actions')", "Action", id="inbox.action", tooltip="Make it an action of whoever said it."),
        Binding("k", "sort('parked')", "Park", id="inbox.park", tooltip="Put it on the parking lot."),
        Binding("enter", "take", "As its kind says", id="inbox.take", tooltip="Sort by kind; go to what it became."),
        Binding(
            "f2", "edit", "Edit", id="inbox.edit", tooltip="The note's line again: change its words, place, level."
        ),
        Binding("delete", "remove", "Remove", id="inbox.remove", tooltip="Remove the note; Ctrl+Z brings it back."),
        Binding("escape,ctrl+r", "back", "Back", id="inbox.back", tooltip="Choose nothing; back to the table."),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, InboxBoard(desk.session, ascii_only=desk.ascii_only))

    def on_mount(self) -> None:
        """Begin at a note whose line was being changed."""
        super().on_mount()
        kept = {note.id for note in self.board.notes if words_of(note.id) in self.desk.opened.lines}
        if kept:
            self.board.go_to(kept)
            self.footer.say(KEPT)

    def show(self) -> None:
        """The notes as they stand."""
        self.board.show(self.desk.session, self.desk.now())
        self.footer.show(
            (
                ("p", "pain", "sort('pains')"),
                ("o", "idea", "sort('opportunities')"),
                ("x", "quote", "sort('excerpts')"),
                ("d", "decision", "sort('decisions')"),
                ("a", "action", "sort('actions')"),
                ("k", "park", "sort('parked')"),
                ("F2", "edit", "edit"),
                ("Enter", "by kind", "take"),
                ("Space", "choose", "focused.mark"),
                ("v", "all", "focused.show_all"),
                ("^Z", "undo", "undo"),
                ("Esc", "back", "back"),
                ("F1", "help", "help"),
            )
        )

    @property
    def row_id(self) -> str:
        """What the note under the cursor is about."""
        return self.board.note.about if self.board.note is not None else ""

    def changed(self, change: Change) -> None:
        """Show it; what an undo brings back is where one goes on."""
        self.show()
        if change.act != "do":
            self.board.go_to(change.touched(Note.__table__.name))

    # Sorting

    async def action_sort(self, into: str) -> None:
        """Make the chosen notes rows of a table."""
        await self._sort([(note.id, into) for note in self._open_ones()])

    async def action_take(self) -> None:
        """Sort the chosen notes as their kinds say; go to what a sorted note became."""
        chosen = self.board.chosen
        if len(chosen) == 1 and chosen[0].sorted_into:
            found = self.desk.session.find(chosen[0].sorted_into)
            if found is not None:
                self.go_to_row(found[0].name, chosen[0].sorted_into)
            return
        known, unknown = by_kind(self._open_ones())
        if known:
            left = counted(len(unknown), "plain note")
            await self._sort(known, f"  {left} left: press p, o, x, d, a or k." if unknown else "")
        elif unknown:
            self.footer.say(PLAIN)

    def _open_ones(self) -> list[Note]:
        """The chosen notes that are nowhere yet; where there are none, the footer says so."""
        chosen = self.board.chosen
        open_ones = [note for note in chosen if not note.sorted_into]
        if chosen and not open_ones:
            self.footer.say("Sorted already. Enter goes to what it became; Ctrl+Z takes the last sorting back.")
        return open_ones

    async def _sort(self, wanted: Sequence[tuple[str, str]], left: str = "") -> None:
        """Sort these (note id, table name) pairs, once what must be known is; `left` is what to say about the others."""
        session = self.desk.session
        notes = [(note, into) for note_id, into in wanted if (note := session.get(Note, note_id)) is not None]
        asked = [(note, found) for note, into in notes if (found := question(note, into, session)) is not None]
        empty = next((found for _, found in asked if not any(session[name] for name in found.tables)), None)
        if empty is not None:
            self._say_what_fits(
                session.catalogue[empty.tables[0]].noun, next(note for note, ask in asked if ask is empty)
            )
        elif asked:
            choices = [
                Choice(
                    found.words,
                    f"“{shorten(note.text, 200)}”",
                    partial(self._options, found),
                    partial(by_code, session[found.tables[0]]),
                )
                for note, found in asked
            ]

            def answered(row_ids: tuple[str, ...] | None) -> None:
                if row_ids is not None:
                    answers = {note.id: row_id for (note, _), row_id in zip(asked, row_ids, strict=True)}
                    self._do_sorting(wanted, answers, left)

            await self.app.push_screen(ChooseDialog(choices), answered)
        elif wanted:
            self._do_sorting(wanted, {}, left)

    def _say_what_fits(self, noun: str, note: Note) -> None:
        """There is nothing yet that the note could go with: name the other keys that fit."""
        fitting = ready(note, self.desk.session)
        keys = ", ".join(key for key, into in KEY_OF.items() if into in fitting)
        self.footer.say(f"There is no {noun} yet to go with: it stays. Other keys that fit: {keys}.", "bad", 0)

    def _options(self, asked: Question) -> list[Option]:
        """The rows to choose from, those of the stage that the note names first."""
        session = self.desk.session
        options = [Option(row_id, label) for row_id, label in session.members(asked.tables)]
        if not asked.near:
            return options
        near = {point.id for point in session.rows(Touchpoint) if point.stage == asked.near}
        return sorted(options, key=lambda option: option.value not in near)

    def _do_sorting(self, wanted: Sequence[tuple[str, str]], answers: dict[str, str], left: str) -> None:
        try:
            command = sorting(wanted, self.desk.session, self.desk.new_id, answers)
        except WorkshopError as problem:
            self.footer.say(str(problem), "bad", 0)
            return
        self._carry_out(command, left, self._kept_words(wanted))

    def _kept_words(self, wanted: Sequence[tuple[str, str]]) -> str:
        """Where the notes go, and what only they will say; empty where the new rows say it all."""
        session = self.desk.session
        notes = [(note, into) for note_id, into in wanted if (note := session.get(Note, note_id)) is not None]
        kept = kept_only(notes, session)
        titles = ", ".join(dict.fromkeys(session.catalogue[into].title for _, into in notes))
        which = "note" if len(notes) == 1 else "notes"
        return f"Sorted into {titles}.  Kept in the {which} only: {', '.join(kept)}." if kept else ""

    def _carry_out(self, command: Command, more: str = "", said: str = "") -> bool:
        said = said or f"Done: {command.label(self.desk.session)}."
        done = self.attempt(lambda: self.desk.do(command))
        if done:
            self.board.choose_none()
            self.footer.say(f"{said}  Ctrl+Z takes it back.{more}")
        return done

    # The rest

    def action_remove(self) -> None:
        """Remove the chosen notes."""
        if chosen := self.board.chosen:
            self._carry_out(RemoveRows(Note.__table__.name, tuple(note.id for note in chosen)))

    def action_edit(self) -> None:
        """Have the note under the cursor as its line again; what it became is a row's own business once it is sorted."""
        from cjworkshop.tui.modals.note_line import NoteLine  # noqa: PLC0415 - made on first use

        note = self.board.note
        if note is None:
            return
        if note.sorted_into:
            self.footer.say("Sorted already. Enter goes to what it became: change it there.")
            return

        def closed(done: str | None) -> None:
            self.footer.say(done or (KEPT if words_of(note.id) in self.desk.opened.lines else ""))

        self.app.push_screen(NoteLine(self.desk, note), closed)

    def action_back(self) -> None:
        """Choose nothing; where nothing is chosen, back to where one was, with what was done last still said there."""
        if not self.board.choose_none():
            words, role = self.footer.notice
            if role == DONE and self.app.workshop is not None:
                self.app.workshop.tell(words)
            self.dismiss(None)

    def on_board_chosen(self, event: Board.Chosen) -> None:
        """A key in the footer was clicked."""
        self.set_focus(self.board)
        self.run_worker(self.run_action(str(event.target)))

    def tell(self, done: str | None) -> None:
        """Say what was done on a screen over this one."""
        if done:
            self.footer.say(done)
