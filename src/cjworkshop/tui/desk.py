"""The open session on the facilitator's desk: what the screen says about it, and the one way to change it.

Nothing here knows of Textual: a desk turns a session into the values that boards and grid show.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cjworkshop.analysis.votes import dots_of
from cjworkshop.domain.kinds import Context
from cjworkshop.errors import Busy
from cjworkshop.method.across import Note, Parked
from cjworkshop.method.discovery import Charter
from cjworkshop.method.employee_workshop import VOTABLE
from cjworkshop.method.steps import STEPS, step_of
from cjworkshop.storage.place import Place
from cjworkshop.storage.save_state import Save
from cjworkshop.tui.clockwork import Clockwork
from cjworkshop.tui.showing import RoomDesk
from cjworkshop.tui.standing import PLACES, Standing
from cjworkshop.tui.widgets.header import Heading
from cjworkshop.tui.widgets.panel import Guide, ShowPanel
from cjworkshop.tui.widgets.rail import GoToCell, GoToStep, Progress
from cjworkshop.tui.widgets.tabs import GoToTable, Tab

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change
    from cjworkshop.facilitation.known import Known
    from cjworkshop.method.step import Prompt, Step
    from cjworkshop.storage.open_session import OpenSession
    from cjworkshop.storage.save_state import SaveState

TABLE_MARKS, GAP_MARKS, PANEL_MARK = "abcdefgh", "ijklmnoqrstuvwxyz", "p"
"""Go-to characters; steps have their number."""


class Desk:
    """An open session, and where in it the facilitator is.

    `today` gives the day, `now` the time in UTC, `new_id` ids for new rows: all are injected. `room` is what the room
    is shown of it. `last_step` is the step that is shown or, beside the steps, the one that was last.
    """

    def __init__(
        self,
        opened: OpenSession,
        *,
        today: Callable[[], dt.date],
        new_id: Callable[[], str],
        now: Callable[[], dt.datetime],
        ascii_only: bool = False,
        rehearsal: bool = False,
    ) -> None:
        self.opened = opened
        self.rehearsal = rehearsal
        self.workbook = opened.workbook
        self.today = today
        self.now = now
        self.new_id = new_id
        self.ascii_only = ascii_only
        self.clock = Clockwork(lambda: self.session, now)
        self._tables: dict[str, str] = {}
        self._prompts: dict[str, int] = {}
        self._standing = Standing(opened.workbook.session)
        self._known: Known | None = None
        self.step: Step = STEPS[0]
        self.last_step: Step = STEPS[0]
        self.room = RoomDesk(self)

    @property
    def session(self) -> Session:
        """The session as it stands."""
        return self.workbook.session

    @property
    def context(self) -> Context:
        """What typed text is read with."""
        return Context(self.session, self.today())

    @property
    def known(self) -> Known:
        """The names that captured lines can mention: gathered once, and again only where they are others."""
        from cjworkshop.facilitation.known import Known  # noqa: PLC0415 - made on first use

        self._known = self._known.following(self.session) if self._known else Known(self.session)
        return self._known

    @property
    def table(self) -> str:
        """The name of the table that is shown: each step remembers its own."""
        return self._tables.get(self.step.key, self.step.tables[0])

    def marks_of(self, table: str) -> Callable[[Session], dict[str, str]]:
        """What gives, by row id, what stands behind the codes of a table's rows: the dots that the room gave them."""
        dot = "*" if self.ascii_only else "●"
        if table not in VOTABLE:
            return lambda _: {}
        return lambda session: {
            row_id: f" {dot}{dots}" for row_id, dots in dots_of(session).items() if row_id in session[table].positions
        }

    @property
    def reachable(self) -> frozenset[str]:
        """The names of the tables that some step shows."""
        return frozenset(name for step in PLACES for name in step.tables)

    def do(self, command: Command) -> Change | None:
        """Carry out a command: nothing else changes the session. Raises Busy where it may only be read."""
        self._check_writable()
        return self.workbook.do(command)

    def undo(self) -> Change | None:
        """Take the last change back, if there is one."""
        self._check_writable()
        return self.workbook.undo()

    def redo(self) -> Change | None:
        """Do again what was last undone, if there is anything."""
        self._check_writable()
        return self.workbook.redo()

    def _check_writable(self) -> None:
        if self.opened.save_state.kind is Save.READ_ONLY:
            raise Busy(
                "This session is open for reading only.", "Close it where it is being edited, then open it again."
            )

    # Where one is

    def go_to_step(self, key: str) -> None:
        """Show this step, at the table where one was in it."""
        self._be_in(next(step for step in PLACES if step.key == key))

    def go_to_neighbour(self, distance: int) -> None:
        """Show the step `distance` further on; round the end, over `ACROSS`."""
        self._be_in(PLACES[(PLACES.index(self.step) + distance) % len(PLACES)])

    def go_to_table(self, name: str) -> None:
        """Show this table and the step that it belongs to."""
        self._be_in(step_of(name))
        self._tables[self.step.key] = name

    def _be_in(self, step: Step) -> None:
        self.step = step
        self.last_step = step if step in STEPS else self.last_step

    @property
    def prompt(self) -> tuple[Prompt, int, int]:
        """The question to ask, its place from 0, and how many there are."""
        asked = self.clock.prompts(self.step.key)
        index = self.prompt_index % len(asked)
        return asked[index], index, len(asked)

    @property
    def prompt_index(self) -> int:
        """Which of the step's questions is asked: it counts on where there are fewer by now."""
        return self._prompts.get(self.step.key, 0)

    def next_prompt(self, distance: int = 1) -> None:
        """Ask the next question."""
        _, index, count = self.prompt
        self._prompts[self.step.key] = (index + distance) % count

    def ask_about_table(self) -> None:
        """Ask the first question whose answers go into the table that is shown, unless one of them is asked already."""
        asked = self.clock.prompts(self.step.key)
        fitting = [index for index, prompt in enumerate(asked) if prompt.table == self.table]
        if fitting and self.prompt[1] not in fitting:
            self._prompts[self.step.key] = fitting[0]

    def place(self, row_id: str, column: str) -> Place:
        """Where one is, to be found again at the next start."""
        return Place(self.step.key, self.table, row_id, column, self.room.showing)

    def go_to_place(self, place: Place) -> None:
        """Be there again, as far as this version knows it."""
        self.room.take_up(place.showing)
        if place.table in self.reachable:
            self.go_to_table(place.table)
        elif any(step.key == place.step for step in PLACES):
            self.go_to_step(place.step)

    # What the boards say

    def heading(self, state: SaveState) -> Heading:
        """The first line."""
        session = self.session
        about, charter = session["_meta"], session.record(Charter)
        name = (getattr(about[0], "name", "") if about else "") or self.opened.path.stem
        title = f"{name} · {charter.journey}" if charter.journey not in name else name
        return Heading(title, self.step.title, self._saved(state), self.clock.face(self.step.key))

    def _saved(self, state: SaveState) -> tuple[str, str]:
        if self.rehearsal:
            return "REHEARSAL", "mark"
        tick, dots = ("ok", "...") if self.ascii_only else ("✓", "…")
        match state.kind:
            case Save.SAVED:
                return f"{tick} saved {state.time.astimezone():%H:%M}", "good"
            case Save.SAVING:
                return f"{dots} saving", "dim"
            case Save.READ_ONLY:
                return "READ ONLY", "warn"
            case Save.NOT_SAVED:
                return "NOT SAVED", "bad"

    def progress(self, *, marks: bool = False) -> Progress:
        """Steps, what is missing in this one, and what waits to be sorted. With `marks`, with go-to characters."""
        standing = self.standing
        steps, gaps = standing.steps(), standing.gaps(self.step)
        if marks:
            steps = tuple(replace(step, mark=str(step.number)) for step in steps)
            gaps = tuple(
                replace(gap, mark=GAP_MARKS[index] if index < len(GAP_MARKS) else "") for index, gap in enumerate(gaps)
            )
        return Progress(self.step.key, steps, gaps, self.step.deliverable, self._waiting(), self.ascii_only)

    @property
    def standing(self) -> Standing:
        """How the steps stand in the session as it is now."""
        if self._standing.session is not self.session:
            self._standing = Standing(self.session)
        return self._standing

    def _waiting(self) -> tuple[tuple[str, object], ...]:
        unsorted = sum(not note.sorted_into for note in self.session.rows(Note))
        parked = sum(not question.resolved for question in self.session.rows(Parked))
        return ((f"Inbox {unsorted}", "inbox"), (f"Parked {parked}", GoToCell("parked")))

    def tabs(self, *, marks: bool = False) -> tuple[Tab, ...]:
        """The step's tables."""
        tabs = []
        for index, name in enumerate(self.step.tables):
            table = self.session.catalogue[name]
            count = "" if table.single else str(len(self.session[name]))
            tabs.append(Tab(name, table.title, count, TABLE_MARKS[index] if marks else ""))
        return tuple(tabs)

    def guide(self, *, marks: bool = False) -> Guide:
        """The prompt and the agenda."""
        prompt, index, count = self.prompt
        doing = self.clock.doing(self.step.key, ascii_only=self.ascii_only)
        mark = PANEL_MARK if marks else ""
        return Guide(prompt.text, f"{index + 1}/{count}", self.step.purpose, doing, mark, self.ascii_only)

    def target_of_mark(self, mark: str) -> GoToStep | GoToTable | GoToCell | ShowPanel | None:
        """What a go-to character means now, or None if nothing."""
        if mark == PANEL_MARK:
            return ShowPanel()
        for step in PLACES:
            if mark == str(step.number):
                return GoToStep(step.key)
        for tab in self.tabs(marks=True):
            if mark == tab.mark:
                return GoToTable(tab.name)
        return next((gap.place for gap in self.progress(marks=True).gaps if gap.mark == mark), None)
