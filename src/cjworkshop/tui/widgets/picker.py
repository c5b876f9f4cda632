"""A list that typing filters: what there is to choose, what fits, what is marked. Draws nothing."""

from __future__ import annotations

from typing import Any

from cjworkshop.lazy import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: the value that it stands for, its text, and a short one where several stand in a cell."""

    value: Any
    label: str
    short: str = ""


class Picker:
    """A closed list and where one is in it.

    `value` is what is chosen so far. With `several`, chosen ones gather in `taken`, in the order given.
    """

    def __init__(
        self, options: list[Option], value: Any, *, several: bool = False, taken: tuple[Any, ...] = ()
    ) -> None:
        self.options = options
        self.several = several
        self._by_value = {option.value: option for option in options}
        self._taken = [self._by_value[value] for value in taken if value in self._by_value]
        self._first = tuple(option.value for option in self._taken)
        self._current = value
        self.fitting = options
        self.marked: int | None = None
        self._moved = False

    @property
    def changed(self) -> bool:
        """Whether something was taken, put back or marked by hand."""
        return self._moved or self.taken_values() != self._first

    def filter(self, text: str, *, keep: bool = False) -> None:
        """Show what fits `text`: first what begins with it, then what has all its words somewhere.

        The first that fits is marked; with an empty text nothing is, or with `keep` the value that the cell has.
        """
        wanted = text.casefold().split()
        rest = [option for option in self.options if option not in self._taken]
        fits = [option for option in rest if all(word in option.label.casefold() for word in wanted)]
        self.fitting = sorted(fits, key=lambda option: not option.label.casefold().startswith(text.casefold().strip()))
        self._moved = False
        self.marked = 0 if wanted and self.fitting else None
        if keep:
            values = [option.value for option in self.fitting]
            self.marked = values.index(self._current) if self._current in values else None

    def move(self, step: int) -> None:
        """Mark the next (1) or the one before (-1), around the ends; larger steps stop at the ends."""
        if not self.fitting:
            return
        last = len(self.fitting) - 1
        if self.marked is None:
            self.marked = 0 if step > 0 else last
        elif abs(step) == 1:
            self.marked = (self.marked + step) % (last + 1)
        else:
            self.marked = min(max(self.marked + step, 0), last)
        self._moved = True

    def mark(self, index: int) -> None:
        """Mark one by its place among those that fit."""
        if 0 <= index < len(self.fitting):
            self.marked = index
            self._moved = True

    def picked(self) -> Any:
        """The value chosen: the marked one, or with `several` all that are taken and it; None where none is."""
        marked = None if self.marked is None else self.fitting[self.marked].value
        if not self.several:
            return marked
        return self.taken_values() + (() if marked is None else (marked,)) if marked is not None else None

    def take(self) -> bool:
        """Add the marked one to those taken."""
        if self.marked is None:
            return False
        self._taken.append(self.fitting[self.marked])
        return True

    def untake(self) -> bool:
        """Put the last one taken back."""
        return bool(self._taken and self._taken.pop())

    def taken_values(self) -> tuple[Any, ...]:
        """The values taken so far."""
        return tuple(option.value for option in self._taken)

    def taken_text(self) -> str:
        """Those taken so far as text that the column reads back, with a separator behind each."""
        return "".join(f"{option.short or option.label}; " for option in self._taken)
