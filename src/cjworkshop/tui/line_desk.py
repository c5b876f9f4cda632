"""A desk with a list to walk and a line to type in: what votes and scores have in common. Knows nothing of Textual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.text import clean_line
from cjworkshop.storage.open_session import KeptLine
from cjworkshop.tui.widgets.cell_editor import CellEditor
from cjworkshop.tui.widgets.list_board import Listing

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.domain.rows import Row
    from cjworkshop.domain.session import Session
    from cjworkshop.errors import WorkshopError
    from cjworkshop.tui.desk import Desk


class LineDesk:
    """`line` is what is being typed, `problem` why it was refused.

    Until it is taken or erased the line is kept, under the name `KEPT_AS`, for the next desk of its kind: `resumed`
    says that it stands there from before and nobody has touched it yet. A subclass calls `resume` when it is made.
    """

    KEPT_AS = ""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.line = CellEditor()
        self.problem = ""
        self.resumed = ""
        self._given_up: KeptLine | None = None
        self._typed_over = False

    @property
    def session(self) -> Session:
        """As it stands."""
        return self.desk.session

    @property
    def items(self) -> tuple[Row, ...]:
        """The rows that are listed."""
        raise NotImplementedError

    @property
    def place(self) -> int:
        """Which item the cursor is on; 0 where there is none."""
        at = self.at
        return next((place for place, row in enumerate(self.items) if row.id == at), 0)

    @property
    def at(self) -> str:
        """The id of the item that the cursor was put on."""
        raise NotImplementedError

    @at.setter
    def at(self, row_id: str) -> None:
        raise NotImplementedError

    @property
    def item(self) -> Row | None:
        """The item that the cursor is on."""
        items = self.items
        return items[self.place] if items else None

    def go_to_item(self, place: int) -> None:
        """Put the cursor on this item, or the nearest that there is."""
        items = self.items
        if items:
            self.at = items[min(max(place, 0), len(items) - 1)].id

    def take(self) -> bool:
        """Do what the line says; False, with `problem`, where it cannot be meant. The line stays until one types on."""
        raise NotImplementedError

    def reading(self) -> tuple[str, str]:
        """What the line would do, as (words, role), while it is typed; or why it was refused."""
        raise NotImplementedError

    def listing(self, hint: str, invitation: tuple[str, ...] = ()) -> Listing:
        """What the board shows of list and line."""
        return Listing(
            len(self.items),
            self.place,
            self.line.text,
            self.line.caret,
            self.line.refused,
            self.reading(),
            hint,
            invitation,
            ascii_only=self.desk.ascii_only,
        )

    # What is kept

    @property
    def target(self) -> tuple[str, ...]:
        """Ids or names of what the line is for."""
        return (self.item.id if self.item else "",)

    def go_to_target(self, target: tuple[str, ...]) -> bool:
        """Be again where a line for this was typed. False where that is gone."""
        found = next((row.id for row in self.items if (row.id,) == target), "")
        self.at = found or self.at
        return bool(found)

    def resume(self) -> None:
        """Have the line that is kept stand there again, with the cursor on what it is for."""
        kept = self.desk.opened.lines.get(self.KEPT_AS)
        if kept is not None:
            found = self.go_to_target(kept.at)
            self.restore(kept)
            self.resumed = (
                f"What you typed is here again: {self.what_keys_do}."
                if found
                else "What you typed is here again; what it was for is gone: look before Enter."
            )

    @property
    def what_keys_do(self) -> str:
        """What Enter and typing do with a line that is here again: one that was refused is replaced, any other goes on."""
        return f"Enter takes it, typing {'replaces it' if self.line.refused else 'goes on with it'}"

    def keep(self) -> None:
        """Have what is typed outlive this desk and the program; what was given up too, until something else is typed."""
        self.desk.opened.keep_line(self.KEPT_AS, self.as_kept() or self._given_up)

    def as_kept(self) -> KeptLine | None:
        """The line as it is kept; None where nothing is typed."""
        return KeptLine(self.line.text, self.target, self.line.refused) if self.line.text else None

    def restore(self, kept: KeptLine) -> None:
        """Have a kept line stand there again: what is typed next replaces it where it was refused, whatever is so now."""
        self.line = CellEditor(kept.text)
        if kept.refused:
            self.line.refuse()
            self.reconsider()

    def reconsider(self) -> None:
        """Have a refusal say what is so now."""

    # The line

    def refuse(self, problem: WorkshopError) -> None:
        """Say why the line cannot be meant, first of all; what is typed next replaces it."""
        self.problem = refusal(problem)
        self.line.refuse()

    def type(self, text: str) -> None:
        """Put a character or a paste into the line; a paste of several lines is one line of several parts."""
        self.problem = self.resumed = ""
        if self.line.refused:
            self._given_up, self._typed_over = self.as_kept(), True
        if len(text) == 1:
            self.line.type(text)
        else:
            self.line.insert(clean_line(text.strip().replace("\n", "; ")))

    def erase(self, how: Callable[[CellEditor], object]) -> None:
        """Take something out of the line."""
        how(self.line)
        self.problem = self.resumed = ""

    def clear(self) -> None:
        """An empty line."""
        self.line = CellEditor()
        self.problem = self.resumed = ""
        self._given_up = None
        self._typed_over = False

    def give_up(self) -> bool:
        """Empty the line, to be had back by `bring_back`. False where it was empty."""
        kept = self.as_kept()
        if kept is not None:
            self.clear()
            self._given_up = kept
        return kept is not None

    def bring_back(self) -> bool:
        """Have the line that was given up, or typed over, back, at what it was for. False where there is none.

        What was given up does not come in place of something else that is being typed.
        """
        kept, self._given_up = self._given_up, None
        if kept is None or (self.line.text and not self._typed_over):
            return False
        self.go_to_target(kept.at)
        self.restore(kept)
        self._typed_over = False
        return True


def refusal(problem: WorkshopError) -> str:
    """Why a line was refused, and that nothing of it counts; what to do comes last, where a narrow screen cuts."""
    return f"{problem.message} Nothing taken. {problem.hint}".rstrip()
