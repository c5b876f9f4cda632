"""The cells of a map as lines of text: wrapped and cut to their column, with signs, or as signs alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from cjworkshop.tui.text import cells, fit, graphemes, plain, wrapped

if TYPE_CHECKING:
    from cjworkshop.mapping.chart import Cell, Lane
    from cjworkshop.tui.widgets.cell_editor import CellEditor
    from cjworkshop.tui.widgets.map_layout import Placing
    from cjworkshop.tui.widgets.map_marks import MapMarks

Runs: TypeAlias = "list[tuple[str, str]]"
"""Words with their roles, one behind the other."""


def cell_lines(lane: Lane, cell: Cell, placing: Placing, height: int, marks: MapMarks, *, role: str) -> list[Runs]:
    """A cell as `height` lines, each as wide as a column. `role` is its own where it has no tone."""
    role = cell.tone or role
    if placing.narrow:
        room = placing.width - 1
        brief = _fitting(lane, cell, room, marks) if cell.shorter else _brief(lane, cell, marks)
        lines = [fit(brief, room, more="") + " "]
    else:
        room = placing.width - 2
        text = _fitting(lane, cell, room, marks)
        lines = [text] if lane.lines == 1 else wrapped(text, room)
        if len(lines) > height:
            lines = [*lines[: height - 1], _with_more(lines[height - 1], room, marks)]
        lines = [f" {fit(line, room, more=marks.more)} " for line in lines]
    empty = [" " * placing.width] * (height - len(lines))
    return [[(line, role)] for line in (*lines, *empty)]


def _fitting(lane: Lane, cell: Cell, room: int, marks: MapMarks) -> str:
    """What a cell says in `room` cells: its text; where that is too long, the fullest that it says shorter."""
    if not cell.shorter:
        return _cell_text(lane, cell, marks)
    forms = (_cell_text(lane, cell._replace(text=text), marks) for text in (cell.text, *cell.shorter))
    return next((form for form in forms if cells(form) <= room), cell.shorter[-1])


def _cell_text(lane: Lane, cell: Cell, marks: MapMarks) -> str:
    """What a cell says where there is room: a sign and its text, a rating as a bar."""
    text = cell.text
    if lane.rating and text.isdigit() and marks.full:
        text = f"{marks.full * int(text)}{marks.hollow * (5 - int(text))} {text}"
    elif not lane.editable and marks.plain:
        text = text.translate(marks.plain)
    sign = marks.signs.get(cell.mark, "")
    return f"{sign} {text}".rstrip() if sign else text


def _brief(lane: Lane, cell: Cell, marks: MapMarks) -> str:
    """What it says in three letters: a sign and a number, or that there is something."""
    said = cell.brief.strip() if cell.brief else marks.filled if lane.lines > 1 and cell.text else cell.text
    return marks.signs.get(cell.mark, "") + said


def _with_more(line: str, room: int, marks: MapMarks) -> str:
    """A line with the sign that there is more behind it, in `room` cells."""
    if cells(line) + cells(marks.more) <= room:
        return line + marks.more
    return fit(line + marks.more * 2, room, more=marks.more)


def line_runs(editor: CellEditor, width: int) -> Runs:
    """The text that is being typed, on one line of `width` cells, moved so that the caret is in view."""
    text, caret = editor.text, editor.caret
    begin = 0
    while cells(text[begin:caret]) >= width:
        begin += len(graphemes(text[begin:])[0])
    first, last = editor.selection
    runs: Runs = []
    used, position = 0, begin
    for grapheme in graphemes(text[begin:]):
        shown = plain(grapheme)
        if used + cells(shown) > width - 1:
            break
        role = "caret" if position == caret else "edit-selected" if first <= position < last else "edit"
        runs.append((shown, role))
        used += cells(shown)
        position += len(grapheme)
    if position == caret:
        runs.append((" ", "caret"))
        used += 1
    return [*runs, (" " * (width - used), "edit")]
