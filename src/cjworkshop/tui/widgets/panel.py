"""What to ask the room now, and what the step's agenda says: as a panel at the right, or one line."""

from __future__ import annotations

from cjworkshop.lazy import dataclass
from cjworkshop.tui.text import fit, wrapped
from cjworkshop.tui.widgets.board import Line, StateBoard, Words, spread
from cjworkshop.tui.widgets.tabs import GoToTable


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A block of the agenda; `inside` is an activity of the block above it."""

    block: str
    minutes: int | None
    inside: bool = False
    is_break: bool = False


@dataclass(frozen=True, slots=True)
class ShowPanel:
    """The panel is wanted, or no longer wanted, where there is little room."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What the facilitator is to do: the prompt, the step's purpose and its agenda. `mark` is a go-to character."""

    prompt: str = ""
    position: str = ""
    purpose: str = ""
    agenda: tuple[AgendaLine, ...] = ()
    mark: str = ""


class Panel(StateBoard[Guide]):
    """Prompt and agenda."""

    def __init__(self) -> None:
        super().__init__(Guide(), id="panel")

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """The prompt large enough to be read aloud, then the agenda as far as there is room."""
        guide = self.state
        lines: list[Line] = [spread([Words(" ASK NOW", "dim")], [Words(f"{guide.position} ", "dim")], width), []]
        lines += [[Words(f" {text}", "strong")] for text in wrapped(guide.prompt, width - 2)]
        lines += [[], [Words(" F3", "accent"), Words(" next prompt", "dim")], []]
        lines += [[Words(f" {text}", "dim")] for text in wrapped(guide.purpose, width - 2)]
        lines += [[], *self._agenda(width)]
        if len(lines) > height:
            lines = [*lines[: height - 1], [Words(" …", "dim", GoToTable("agenda"))]]
        return lines

    def _agenda(self, width: int) -> list[Line]:
        agenda = self.state.agenda
        if not agenda:
            return []
        total = sum(line.minutes or 0 for line in agenda if not line.inside)
        hours, minutes = divmod(total, 60)
        length = f"{hours} h {minutes:02d} " if hours else f"{minutes} min "
        lines = [spread([Words(" AGENDA", "dim", GoToTable("agenda"))], [Words(length, "dim")], width), []]
        for line in agenda:
            indent = "   " if line.inside else " "
            minutes_text = "" if line.minutes is None else f" {line.minutes:>3} "
            name = fit(line.block, width - len(indent) - len(minutes_text))
            role = "dim" if line.inside or line.is_break else ""
            lines.append([Words(indent + name, role), Words(minutes_text, "dim")])
        return lines


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
