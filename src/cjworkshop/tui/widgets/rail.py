"""The steps and how ready each is: as a rail at the left, or as one line where there is little room."""

from __future__ import annotations

from cjworkshop.lazy import dataclass
from cjworkshop.tui.text import fit, wrapped
from cjworkshop.tui.widgets.board import Line, StateBoard, Words


@dataclass(frozen=True, slots=True)
class GoToStep:
    """A step was chosen."""

    key: str


@dataclass(frozen=True, slots=True)
class GoToCell:
    """A place in a table was chosen; an empty row id means a new row."""

    table: str
    row_id: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class StepMark:
    """A step as the rail shows it: `met` of `conditions` are fulfilled. `mark` is its go-to character."""

    key: str
    number: int
    short: str
    met: int
    conditions: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing in the step, and where to fill it."""

    text: str
    place: GoToCell
    mark: str = ""
    useful: bool = False
    """Whether the step is ready without it, and would be better with it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What rail and step line show. `waiting` are (words, where or which action) at the foot: inbox and parking lot."""

    current: str = ""
    steps: tuple[StepMark, ...] = ()
    gaps: tuple[Gap, ...] = ()
    deliverable: str = ""
    waiting: tuple[tuple[str, object], ...] = ()
    ascii: bool = False


def dots(step: StepMark, *, ascii_only: bool) -> str:
    """One mark a condition, the fulfilled ones first."""
    filled, hollow = ("#", ".") if ascii_only else ("●", "○")
    return filled * step.met + hollow * (step.conditions - step.met)


class Rail(StateBoard[Progress]):
    """All steps, what is missing in the current one, and what waits to be sorted."""

    def __init__(self) -> None:
        super().__init__(Progress(), id="rail")

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """Steps, then gaps as far as there is room, then the foot."""
        progress = self.state
        lines = [self._step(step, width) for step in progress.steps]
        foot: Line = [Words(" ")]
        for text, place in progress.waiting:
            foot += [Words(text, "dim", place), Words("   ")]
        missing = [gap for gap in progress.gaps if not gap.useful]
        useful = [gap for gap in progress.gaps if gap.useful]
        if missing:
            lines += [[], [Words(" Missing here", "dim")], *self._gaps(missing, width)]
        elif progress.deliverable:
            lines += [[], [Words(" Ready", "good")]]
            lines += [[Words(f" {text}", "dim")] for text in wrapped(progress.deliverable, width - 2)]
        if useful:
            lines += [[], [Words(" Would help", "dim")], *self._gaps(useful, width)]
        room = height - 2
        if len(lines) > room:
            lines = [*lines[: room - 1], [Words(" …", "dim")]]
        lines += [[] for _ in range(height - len(lines) - 1)]
        return [*lines, foot]

    def _step(self, step: StepMark, width: int) -> Line:
        marks = dots(step, ascii_only=self.state.ascii)
        current = step.key == self.state.current
        number = step.mark or (str(step.number) if step.number else "-" if self.state.ascii else "·")
        name = fit(step.short, width - len(marks) - 5)
        place = GoToStep(step.key)
        full = step.conditions > 0 and step.met == step.conditions
        return [
            Words(" "),
            Words(number, "mark" if step.mark else "chosen" if current else "dim", place),
            Words(f" {name} ", "chosen" if current else "", place),
            Words(marks, "good" if full else "dim", place),
            Words(" "),
        ]

    def _gaps(self, gaps: list[Gap], width: int) -> list[Line]:
        lines: list[Line] = []
        for gap in gaps:
            role = "dim" if gap.useful else ""
            for index, text in enumerate(wrapped(gap.text, width - 4)):
                bullet = gap.mark or ("-" if self.state.ascii else "·")
                first = Words(bullet, "mark" if gap.mark else role or "warn", gap.place) if index == 0 else Words(" ")
                lines.append([Words(" "), first, Words(f" {text}", role, gap.place)])
        return lines


class StepLine(StateBoard[Progress]):
    """The steps in one line, the current one by name."""

    def __init__(self) -> None:
        super().__init__(Progress(), id="steps")

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """One line."""
        del height, width
        line: Line = [Words(" ")]
        for step in self.state.steps:
            place = GoToStep(step.key)
            current = step.key == self.state.current
            number = step.mark or (str(step.number) if step.number else "-" if self.state.ascii else "·")
            line.append(Words(number, "mark" if step.mark else "chosen" if current else "dim", place))
            state = self._state(step)
            if current:
                marks = dots(step, ascii_only=self.state.ascii)
                line.append(Words(f" {step.short} ", "chosen", place))
                line.append(Words(marks, "good" if marks and step.met == step.conditions else "dim", place))
            elif state:
                line.append(Words(state, "good" if step.met == step.conditions else "dim", place))
            line.append(Words("  "))
        missing = sum(not gap.useful for gap in self.state.gaps)
        if missing:
            line.append(Words(f"{missing} missing", "warn"))
        return [line]

    def _state(self, step: StepMark) -> str:
        if not step.conditions:
            return ""
        empty, half, full = (".", "+", "#") if self.state.ascii else ("○", "◐", "●")
        return full if step.met == step.conditions else half if step.met else empty
