"""What to ask the room now, and what the agenda and its clock say: as a panel at the right, or one line."""

from __future__ import annotations

from dataclasses import field

from cjworkshop.lazy import dataclass
from cjworkshop.tui.text import cells, fit, wrapped
from cjworkshop.tui.widgets.board import Line, StateBoard, Words, spread
from cjworkshop.tui.widgets.rail import GoToCell
from cjworkshop.tui.widgets.tabs import GoToTable


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A block of the agenda; `inside` is an activity of the block above it. `minutes` are words: `75`, `75→63`."""

    block: str
    minutes: str
    inside: bool = False
    is_break: bool = False
    state: str = "waiting"
    row_id: str = ""


@dataclass(frozen=True, slots=True)
class Doing:
    """What the clock says.

    `step` names the agenda's step where it is not the one on the screen; `length` says how long it is, or when it ends.
    While the clock runs there are `left` (words, role), break-out `groups`, what to do, as `fallback` how far the room
    is behind or ahead and what to do about it, and as `fills` the title and the name of the table that is filled now.
    """

    step: str = ""
    agenda: tuple[AgendaLine, ...] = ()
    length: str = ""
    left: tuple[str, str] = ("", "")
    groups: str = ""
    how: str = ""
    fallback: tuple[str, str] = ("", "")
    fills: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class ShowPanel:
    """The panel is wanted, or no longer wanted, where there is little room."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What the facilitator is to do: the prompt, the step's purpose and the agenda. `mark` is a go-to character."""

    prompt: str = ""
    position: str = ""
    purpose: str = ""
    doing: Doing = field(default_factory=Doing)
    mark: str = ""
    ascii_only: bool = False


class Panel(StateBoard[Guide]):
    """Prompt, clock and agenda."""

    def __init__(self) -> None:
        super().__init__(Guide(), id="panel")

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """The prompt to be read aloud, then the time left, what to do and the agenda as far as there is room."""
        guide = self.state
        lines: list[Line] = [spread([Words(" ASK NOW", "dim")], [Words(f"{guide.position} ", "dim")], width), []]
        lines += _paragraph(guide.prompt, width, "strong")
        lines += [[], [Words(" F3", "accent"), Words(" next prompt", "dim")], []]
        if guide.doing.left[0]:
            lines = self._of_clock(lines, width, height)
        else:
            lines += _paragraph(guide.purpose, width, "dim")
            lines += [[], *self._agenda(width, guide.doing.agenda)]
        if len(lines) > height:
            lines = [*lines[: height - 1], [Words(" …", "dim", GoToTable("agenda"))]]
        return lines

    def _of_clock(self, asked: list[Line], width: int, height: int) -> list[Line]:
        """What is asked, the agenda, the time left, what to do. Where that is too much, the agenda gives way first."""
        doing = self.state.doing
        left, role = doing.left
        lead, fallback = doing.fallback
        below = [spread([Words("  "), Words(left, role, "app.clock")], [_CLOCK], width)]
        if doing.fills[0]:
            below.append(
                [Words(" fills ", "dim"), Words(fit(doing.fills[0], width - 8), "", GoToTable(doing.fills[1]))]
            )
        if doing.groups:
            below += [[], *_paragraph(doing.groups, width, "")]
        for title, text in ((lead.upper(), fallback), ("DO", doing.how)):
            if text:
                below += [[], [Words(f" {title}", "dim")], *_paragraph(text, width, "")]
        room = height - len(asked) - len(below) - 1
        for agenda in (self._agenda(width, doing.agenda), self._agenda(width, doing.agenda, room)):
            if len(agenda) <= room:
                return [*asked, *agenda, [], *below]
        runs = [self._block(line, width) for line in doing.agenda if line.state == "running"]
        lines = [*asked, *runs, [], *below]
        while len(lines) > height and [] in lines:
            lines.remove([])
        return lines

    def _agenda(self, width: int, agenda: tuple[AgendaLine, ...], room: int = 99) -> list[Line]:
        """These blocks under a heading. In few lines, what is over is only counted, and so is what comes later."""
        doing = self.state.doing
        if not agenda:
            return []
        title = f" {doing.step.upper()}" if doing.step else " AGENDA"
        length = [Words(f"{doing.length} ", "dim")] if not doing.step else []
        place = GoToTable("agenda")
        head = [spread([Words(title, "dim", place)], length, width), []]
        over, later, shown = 0, 0, agenda
        if len(head) + len(shown) > room:
            shown = tuple(line for line in agenda if line.state not in {"done", "skipped"})
            over = len(agenda) - len(shown)
        if len(head) + len(shown) + (over > 0) > room:
            kept = max(room - len(head) - (over > 0) - 1, LEAST_BLOCKS)
            shown, later = shown[:kept], len(shown[kept:])
        before: list[Line] = [[Words(f"  {over} done", "dim", place)]] if over else []
        behind: list[Line] = [[Words(f"  {later} more", "dim", place)]] if later else []
        return [*head, *before, *(self._block(line, width) for line in shown), *behind]

    def _block(self, line: AgendaLine, width: int) -> Line:
        """A block with its minutes; what runs is marked, what is over is dim."""
        place = GoToCell("agenda", line.row_id, "block")
        runs = line.state == "running"
        mark = (">" if self.state.ascii_only else "▸") if runs else " "
        minutes = f" {line.minutes} " if line.minutes else ""
        more = "~" if self.state.ascii_only else "…"
        name = fit(line.block, width - 2 - 2 * line.inside - cells(minutes), more=more)
        dim = line.state in {"done", "skipped"} or line.is_break or (line.inside and not self.state.doing.left[0])
        role = "accent" if runs else "dim" if dim else ""
        return [Words("  " * line.inside + mark + " ", "accent"), Words(name, role, place), Words(minutes, "dim")]


LEAST_BLOCKS = 3
"""Lines of the agenda that stay in the smallest panel: the block, its activity, and what comes then."""
_CLOCK = Words("^T clock ", "dim", "app.clock")


def _paragraph(text: str, width: int, role: str) -> list[Line]:
    return [[Words(f" {line}", role)] for line in wrapped(text, width - 2)]


class AskLine(StateBoard[Guide]):
    """The prompt in one line, where there is no room for the panel."""

    def __init__(self) -> None:
        super().__init__(Guide(), id="ask")

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """One line."""
        del height
        place = ShowPanel()
        mark = self.state.mark
        ask: Line = [Words(mark, "mark", place) if mark else Words(" "), Words("Ask  ", "dim", place)]
        return [spread([*ask, Words(self.state.prompt, "strong", place)], [Words("  F3 next ", "dim")], width)]
