"""What every kind of column can do, and what it may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeAlias, TypeVar

from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from cjworkshop.domain.rows import Row

Json: TypeAlias = Any
"""Anything that `json.loads` gives: it is only ever looked at by `load`."""

T = TypeVar("T")


class Names(Protocol):
    """What a kind may ask of the session that its cell stands in."""

    def label(self, row_id: str) -> str:
        """The row's code and name for people; empty if there is no such row."""
        ...

    def short_label(self, row_id: str) -> str:
        """The row's code alone where its table has codes, else its name."""
        ...

    def called(self, row_id: str, tables: tuple[str, ...], *, short: bool = False) -> str:
        """The label (or the short one) that `identify` reads back as this row of `tables`; empty if there is none."""
        ...

    def identify(self, tables: tuple[str, ...], text: str) -> str:
        """The id of the one row that `text` means; raises BadValue where there is none or more than one."""
        ...

    def members(self, tables: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """(id, label) of each row of these tables, in order."""
        ...

    def exists(self, tables: tuple[str, ...], row_id: str) -> bool:
        """Whether one of these tables has that row."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a typed text may depend on: the session's names, what day it is, and the row that it stands in."""

    names: Names
    today: dt.date
    row: Row | None = None


@dataclass(frozen=True)
class Kind(Generic[T]):
    """One kind of column. `T` is the type of a filled value; `empty` is what a cleared cell holds."""

    name: ClassVar[str]
    numeric: ClassVar[bool] = False
    """Whether values line up at the right."""
    multiline: ClassVar[bool] = False
    """Whether a value may have several lines."""
    width: ClassVar[int] = 12
    """Screen cells that a column of this kind gets unless it says otherwise."""

    @property
    def empty(self) -> Any:
        """The value of a cleared cell."""
        return None

    def parse(self, raw: str, context: Context) -> T:
        """The value that `raw` means; an empty text clears. Raises BadValue with what to type instead."""
        raise NotImplementedError

    def show(self, value: T, names: Names) -> str:
        """The text for people, which `parse` reads back as the same value."""
        del names
        return "" if value == self.empty else str(value)

    def dump(self, value: T) -> Json:
        """The value as JSON."""
        return value

    def load(self, data: Json) -> T:
        """The value from JSON. Raises BadValue where it does not fit."""
        raise NotImplementedError

    def schema(self) -> dict[str, Json]:
        """JSON Schema of a dumped value."""
        raise NotImplementedError

    def options(self, names: Names) -> list[tuple[str, str]]:
        """(what is typed, what it means) where the kind has a closed list; else an empty list."""
        del names
        return []

    def help(self) -> str:
        """What may be typed, in a few words."""
        return ""
