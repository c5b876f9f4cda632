"""The clock: the time left in large digits, the agenda below it, and a letter for each move."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from cjworkshop.errors import NotFound, WorkshopError
from cjworkshop.facilitation import moves
from cjworkshop.facilitation.clock import before_its_stamps
from cjworkshop.method.steps import STEPS
from cjworkshop.tui.ascii_only import key_names
from cjworkshop.tui.clock_errands import MOVES
from cjworkshop.tui.clock_questions import ask_block, ask_meeting, ask_refit
from cjworkshop.tui.clockwork import LARGE, SIGNS, lead_words, minutes_seconds, minutes_words
from cjworkshop.tui.modals.dialog import Dialog, fault
from cjworkshop.tui.text import fit, safe, wrapped
from cjworkshop.tui.widgets.board import Board, Line, Words, spread
from cjworkshop.tui.widgets.large import HEIGHT, large
from cjworkshop.tui.widgets.menu import Entry, Menu

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from textual.widget import Widget

    from cjworkshop.domain.commands import Command
    from cjworkshop.facilitation.agenda import Item
    from cjworkshop.facilitation.clock import Reading
    from cjworkshop.tui.desk import Desk

AROUND = 10
"""Lines that the sheet has besides the agenda and the face; two of them are kept for what cannot be done."""
TALLEST = 0.96
"""How much of the screen's height the sheet takes at most."""
LONGEST = 21
"""Cells that the name of what `S` skips takes among the keys at most."""


class ClockFace(Board):
    """What runs and how long it still has, large; beside it what comes next and when all will be over.

    Below that, where the computer's clock cannot be right, that it is not.
    """

    def __init__(self, desk: Desk, step: str) -> None:
        super().__init__(id="face")
        self._desk = desk
        self._step = step

    @property
    def needed(self) -> int:
        """How many lines it takes."""
        return HEIGHT + len(self._warning(self.size.width))

    def _warning(self, width: int) -> list[Line]:
        desk = self._desk
        text = before_its_stamps(desk.session, self._step, desk.now())
        return [[], *([Words(line, "warn")] for line in wrapped(text, width))] if text and width else []

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """Three lines, and those of a warning."""
        del height
        read = self._desk.clock.reading(self._step)
        minutes = read.running.allotted if read.running else read.coming.allotted if read.coming else 0
        left = read.left if read.running else minutes * 60
        sign, role = SIGNS[read.level]
        role = "dim" if read.paused or not read.running else LARGE.get(role, role)
        shown = ("+" if sign == "+" else "") + minutes_seconds(left)
        digits = large(shown, ascii_only=self._desk.ascii_only)
        large_width = max(map(len, digits))
        facts = [*self._facts(read), [], [], []]
        ends = self._ends(read)
        lines: list[Line] = []
        for y in range(HEIGHT):
            large_line = Words(digits[y].ljust(large_width), role)
            lines.append(spread([large_line, Words(" " * 3), *facts[y]], [ends[y]], width))
        return [*lines, *self._warning(width)]

    def _facts(self, read: Reading) -> list[Line]:
        running, coming = read.running, read.coming
        sign = SIGNS[read.level][0].strip()
        state = "stands still" if read.paused else "over" if sign == "+" else sign
        if read.activity and not read.activity.allotted and not read.paused:
            state = "no minutes left in its block"
        then: Line = [Words("then ", "dim"), Words(coming.row.block, "dim")] if coming else []
        if running is None:
            return [[Words("Over" if read.plan.over else "Not started", "strong")], then]
        first = [Words(running.row.block, "strong"), Words(f"  {state}", "warn")]
        within: Line = [Words(f"in {read.block.row.block}", "dim")] if read.activity and read.block else []
        return [line for line in (first, within, then) if line]

    def _ends(self, read: Reading) -> tuple[Words, Words, Words]:
        clock = self._desk.clock
        lead, role = lead_words(read) if read.plan.begun else (clock.late_words(self._step), "warn")
        end = f"  {'ended' if read.plan.over else 'ends'} {clock.wall(read.end)}" if read.end else ""
        must = f", due {clock.wall(read.fixed)}" if read.fixed else ""
        return (
            Words(f"  {clock.wall(read.now)} ", "strong"),
            Words(f"  {lead} ", role),
            Words(f"{end}{must} " if read.end else "", "dim"),
        )


class ClockDialog(Dialog[str]):
    """Runs the agenda of one step. It ends with the id of a block to go to in the agenda's table, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "move('toggle')", "Start, pause", id="clock.toggle", tooltip="Start, pause, or go on."),
        Binding("n", "move('onward')", "Next", id="clock.next", tooltip="End what runs, start what comes next."),
        Binding("b", "move('back')", "Back", id="clock.back", tooltip="Take the last step of the clock back."),
        Binding("plus", "move('more')", "One more", id="clock.more", tooltip="A minute more for what runs."),
        Binding("minus", "move('less')", "One less", id="clock.less", tooltip="A minute less for what runs."),
        Binding("5", "move('five_more')", "Five more", id="clock.five", tooltip="Five minutes more for what runs."),
        Binding("s", "skip", "Skip", id="clock.skip", tooltip="Pass over this one, or if it runs, the next."),
        Binding("r", "refit", "Re-fit", id="clock.refit", tooltip="Share what is left, so that it ends in time."),
        Binding("e", "edit", "Edit", id="clock.edit", tooltip="Go to this block in the agenda's table."),
        Binding("x", "split", "Split", id="clock.split", tooltip="Make two of this block."),
        Binding("a", "add", "Add", id="clock.add", tooltip="A new block behind this one."),
        Binding("m", "meeting", "Meeting", id="clock.meeting", tooltip="When the meeting starts and must end."),
        Binding("down", "choose(1)", "Next block", id="clock.down", tooltip="The block below."),
        Binding("up", "choose(-1)", "Previous block", id="clock.up", tooltip="The block above."),
        Binding(
            "alt+up", "shift(-1)", "Earlier", id="clock.earlier", tooltip="What waits comes before what is above it."
        ),
        Binding("alt+down", "shift(1)", "Later", id="clock.later", tooltip="What waits comes behind what is below it."),
        Binding("ctrl+z", "undo", "Undo", id="clock.undo", tooltip="Take the last change back."),
        Binding("ctrl+t", "leave", "Close", id="clock.leave", tooltip="Close the clock; it goes on."),
    ]

    def __init__(self, desk: Desk, step: str) -> None:
        title = next(place.title for place in STEPS if place.key == step)
        super().__init__(f"Clock · {title}")
        self.desk = desk
        self.step = step
        self._skipped = ""
        self._unsubscribe: Callable[[], None] = lambda: None

    def content(self) -> Iterable[Widget]:
        """The time left, the agenda, and room for what cannot be done."""
        yield ClockFace(self.desk, self.step)
        yield Menu(id="blocks")
        yield fault()

    def keys(self) -> str:
        """The letters, by what they are about: what runs, the chosen block, the agenda."""
        minus, arrows = ("-", "Up Down") if self.desk.ascii_only else ("−", "↑ ↓")
        return (
            f"Now     Enter start, pause  N next  B back  + {minus} 1 min  5 more\n"
            f"Row     A add below  X split  Alt+{arrows} move  S skip {self._skipped}\n"
            "Agenda  R re-fit  M start, end  E edit row  Esc close"
        )

    def on_mount(self) -> None:
        """Follow the session and the seconds."""
        self._unsubscribe = self.desk.workbook.subscribe(lambda _: self.follow())
        self.set_interval(1, self._tick)
        self.show()

    def on_unmount(self) -> None:
        """Follow no more."""
        self._unsubscribe()

    def _tick(self) -> None:
        for face in self.query(ClockFace):  # none where the dialog was just answered
            if face.needed != face.size.height:
                self.follow()
            else:
                face.redraw()

    def show(self, chosen: str = "") -> None:
        """Show the agenda round the row of this id, chosen; where none is given, round what runs or comes."""
        read = self.desk.clock.reading(self.step)
        meant = read.running or read.coming
        menu = self.query_one(Menu)
        ids = self._fill(menu, read)
        focus = chosen or (meant.row.id if meant else "")
        if focus in ids:
            place = ids.index(focus)
            menu.choose(ids[min(place + menu.size.height // 2, len(ids) - 1)])  # what comes is in view
            menu.choose(ids[place])
        self._tell_skipped()

    def follow(self) -> None:
        """Show the agenda as it is by now, with the same row chosen: where that went, the one above it."""
        menu, chosen = self.query_one(Menu), self._chosen
        before = [entry.value for entry in menu.entries]
        ids = self._fill(menu, self.desk.clock.reading(self.step), stay=True)
        if ids and chosen:
            above = min(max(before.index(chosen) - 1, 0), len(ids) - 1)
            menu.choose(ids[ids.index(chosen) if chosen in ids else above])
        self._tell_skipped()

    def _fill(self, menu: Menu, read: Reading, *, stay: bool = False) -> list[str]:
        """Put the agenda into the list. The ids of its rows."""
        entries = []
        for block in read.plan.blocks:
            entries.append(Entry(partial(self._line, block), block.row.id))
            entries += [Entry(partial(self._line, part, indent="  "), part.row.id) for part in block.parts]
        face = self.query_one(ClockFace)
        face.styles.height = face.needed
        room = int(self.app.size.height * TALLEST) - AROUND - face.needed
        menu.styles.height = max(min(len(entries), room), 1)
        menu.show(entries, stay=stay)
        face.redraw()
        return [item.row.id for item in read.plan.rows()]

    def _tell_skipped(self) -> None:
        """Say among the keys what `S` would skip."""
        try:
            name = moves.skipped_by(self.desk.clock.reading(self.step).plan, self._chosen).row.block
        except NotFound:
            name = ""
        longest = LONGEST - 4 * self.desk.ascii_only  # the arrows have names there
        self._skipped = fit(name, longest, more="~" if self.desk.ascii_only else "…").rstrip()
        self.query_one("#keys", Static).update(safe(key_names(self.keys(), self.app)), layout=False)

    def on_resize(self) -> None:
        """The agenda has more room, or less."""
        self.show(self._chosen)

    def _line(self, item: Item, width: int, indent: str = "") -> Line:
        runs, over = item.state == "running", item.state in {"done", "skipped"}
        mark = (">" if self.desk.ascii_only else "▸") if runs else " "
        role = "accent" if runs else "dim" if over or item.is_break else ""
        minutes = minutes_words(item, ascii_only=self.desk.ascii_only)
        groups = "  " + ", ".join(item.row.groups) if item.row.groups else ""
        left = [Words(indent + mark + " ", "accent"), Words(item.row.block, role), Words(groups, "dim")]
        unheld = item.state == "waiting" and item.planned and not item.allotted
        return spread(left, [Words(f"  {minutes} ", "warn" if unheld else "dim" if over else "")], width)

    # What the letters do

    def action_choose(self, step: int) -> None:
        """Another block."""
        self.query_one(Menu).move(step)
        self._tell_skipped()

    @property
    def _chosen(self) -> str:
        return str(self.query_one(Menu).chosen or "")

    def action_move(self, name: str) -> None:
        """One of the moves that ask nothing. The cursor goes to what begins to run by it."""
        before = self._goes
        self._do(lambda: MOVES[name][2](self.desk, self.step))
        if self._goes not in ("", before):
            self.show()

    @property
    def _goes(self) -> str:
        """The id of what runs or, where nothing does, comes next; empty at the end."""
        read = self.desk.clock.reading(self.step)
        item = read.running or read.coming
        return item.row.id if item else ""

    def action_skip(self) -> None:
        """The chosen block or activity is passed over, or what comes next where that one runs."""
        desk, chosen = self.desk, self._chosen
        self._do(lambda: moves.skip(desk.session, self.step, desk.now(), chosen))

    def action_split(self) -> None:
        """Two blocks of the chosen one."""
        desk = self.desk
        self._do(lambda: moves.split(desk.session, self._chosen, desk.now(), desk.new_id))

    def action_shift(self, distance: int) -> None:
        """The chosen block or activity comes earlier or later; the cursor goes with it."""
        chosen = self._chosen
        self._do(lambda: moves.shift(self.desk.session, chosen, distance))

    def action_undo(self) -> None:
        """The last change."""
        try:
            change = self.desk.undo()
        except WorkshopError as problem:
            self.refuse(str(problem))
            return
        self.refuse(f"Undid: {change.label}." if change else "Nothing to undo.")

    def action_edit(self) -> None:
        """To the agenda's table: the clock goes on."""
        self.dismiss(self._chosen)

    def action_refit(self) -> None:
        """Show what a re-fit would do; Enter there takes it."""
        self.run_worker(self._ask(self._refit), exclusive=True)

    def action_add(self) -> None:
        """A new block behind the chosen one; then that is the chosen one."""
        self.run_worker(self._add(), exclusive=True)

    async def _add(self) -> None:
        before = self.desk.session["agenda"].positions
        await self._ask(partial(ask_block, self.app, self.desk, self._chosen))
        added = [entry.value for entry in self.query_one(Menu).entries if entry.value not in before]
        if added:
            self.show(str(added[0]))

    def action_meeting(self) -> None:
        """When the meeting starts and must end."""
        self.run_worker(self._ask(partial(ask_meeting, self.app, self.desk, self.step)), exclusive=True)

    def _do(self, command: Callable[[], Command]) -> None:
        try:
            self.desk.do(command())
        except WorkshopError as problem:
            self.refuse(str(problem))
        else:
            self.refuse("")

    async def _ask(self, question: Callable[[], Awaitable[Command | None]]) -> None:
        try:
            command = await question()
        except WorkshopError as problem:
            self.refuse(str(problem))
            return
        if command is not None:
            self._do(lambda: command)

    async def _refit(self) -> Command | None:
        sheet = self.query_one("#sheet")
        sheet.visible = False  # its frame would stand round the other one's
        try:
            return await ask_refit(self.app, self.desk, self.step)
        finally:
            sheet.visible = True
