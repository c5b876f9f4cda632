"""Columns, and the words that declare them.

    severity: int | None = rating("Severity", 1, 5)

is a whole declaration: grid, editor, storage, schema, exports and imports all follow from it.
The functions here return Any, because what they return stands in the class body as the field's default.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cjworkshop.domain import kinds, references
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from cjworkshop.domain.rows import Row


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: what it is called and which kind of value it holds.

    `name` is its name in files, JSON and messages, and `attribute` in code (`from_` where a keyword stands in the way);
    `part` is the id of the rated row where this is one column of an
    expanded `scores` column, else empty. `private` values (° in the data dictionary) never leave unasked. `carries` says
    that a new row takes the value over from the row above it, as answers follow one another at one touchpoint. `among`
    gives, of a session and a row of it, the ids of those rows that a reference there is chosen from; None where that
    is any.
    """

    name: str
    label: str
    kind: kinds.Kind[Any]
    required: bool = False
    private: bool = False
    carries: bool = False
    among: Callable[[Any, Row], Collection[str] | None] | None = None
    default: Any = None
    hint: str = ""
    width: int = 0
    part: str = ""
    attribute: str = ""

    @property
    def key(self) -> str:
        """The name that is unique among a table's expanded columns: `satisfaction` or `satisfaction:ID`."""
        return f"{self.name}:{self.part}" if self.part else self.name

    @property
    def cells(self) -> int:
        """How many screen cells wide the column is meant to be."""
        return self.width or self.kind.width

    def get(self, row: Row) -> Any:
        """The row's value in this column."""
        value = getattr(row, self.attribute)
        return dict(value).get(self.part) if self.part else value

    def put(self, row: Row, value: Any) -> Row:
        """The row with this value in this column."""
        if self.part:
            whole = references.Scores()
            value = whole.with_part(getattr(row, self.attribute), self.part, value)
        return replace(row, **{self.attribute: value})

    def is_empty(self, row: Row) -> bool:
        """Whether nothing is filled in here."""
        return bool(self.get(row) == self.kind.empty)

    def parse(self, raw: str, context: kinds.Context) -> Any:
        """What `raw` means here; BadValue names this column."""
        return self.kind.parse(raw, context)

    def show(self, row: Row, names: kinds.Names) -> str:
        """The row's value here as text."""
        return self.kind.show(self.get(row), names)

    def expand(self, names: kinds.Names) -> Iterable[Column]:
        """The columns that a grid or a sheet shows for this one: itself, or one a rated row for `scores`."""
        if not isinstance(self.kind, references.Scores):
            return (self,)
        return tuple(
            replace(self.of_part(row_id), label=f"{self.label}: {label}")
            for row_id, label in names.members(self.kind.tables)
        )

    def of_part(self, row_id: str) -> Column:
        """The column of one rated row of a `scores` column. KeyError where this is no such column."""
        if not isinstance(self.kind, references.Scores):
            raise KeyError(f"{self.name}:{row_id}")
        return replace(self, kind=self.kind.part, part=row_id, default=None, width=0)

    def offered(self, context: kinds.Context) -> Collection[str] | None:
        """The ids of the rows that a reference is chosen from here; None where that is any."""
        return self.among(context.names, context.row) if self.among is not None and context.row is not None else None

    def help(self) -> str:
        """What belongs here and what may be typed."""
        return " · ".join(filter(None, (self.hint, self.kind.help())))


def _declare(label: str, kind: kinds.Kind[Any], default: Any, options: dict[str, Any]) -> Any:
    return Column("", label, kind, default=kind.empty if default is None else default, **options)


def line(label: str, *, default: str = "", **options: Any) -> Any:
    """One line of text."""
    return _declare(label, kinds.Line(), default, options)


def prose(label: str, **options: Any) -> Any:
    """Text that wraps, with newlines."""
    return _declare(label, kinds.Prose(), None, options)


def integer(
    label: str, low: int | None = None, high: int | None = None, *, default: int | None = None, **options: Any
) -> Any:
    """A whole number."""
    return _declare(label, kinds.Int(low, high), default, options)


def number(
    label: str,
    low: float | None = None,
    high: float | None = None,
    *,
    default: float | None = None,
    **options: Any,
) -> Any:
    """A number."""
    return _declare(label, kinds.Number(low, high), default, options)


def percent(label: str, *, low: float = 0, high: float = 100, **options: Any) -> Any:
    """A share in per cent."""
    return _declare(label, kinds.Percent(low, high), None, options)


def money(label: str, **options: Any) -> Any:
    """An amount of money."""
    return _declare(label, kinds.Money(), None, options)


def date(label: str, **options: Any) -> Any:
    """A day."""
    return _declare(label, kinds.Date(), None, options)


def time(label: str, **options: Any) -> Any:
    """A time of day."""
    return _declare(label, kinds.Time(), None, options)


def stamp(label: str, **options: Any) -> Any:
    """A moment in time."""
    return _declare(label, kinds.Stamp(), None, options)


def rating(label: str, low: int = 1, high: int = 5, **options: Any) -> Any:
    """A whole number on a short scale."""
    return _declare(label, kinds.Rating(low, high), None, options)


def signed(label: str, **options: Any) -> Any:
    """−2 … +2."""
    return _declare(label, kinds.Signed(), None, options)


def choice(label: str, *choices: str, default: str = "", **options: Any) -> Any:
    """One of a closed list."""
    return _declare(label, kinds.Choice(choices), default, options)


def tags(label: str, **options: Any) -> Any:
    """Several short words."""
    return _declare(label, kinds.Tags(), None, options)


def flag(label: str, *, default: bool = False, **options: Any) -> Any:
    """Yes or no."""
    return _declare(label, kinds.Flag(), default, options)


def ref(label: str, *tables: str, **options: Any) -> Any:
    """A reference to a row of one of these tables."""
    return _declare(label, references.Ref(tables), None, options)


def refs(label: str, *tables: str, **options: Any) -> Any:
    """References to several rows of these tables."""
    return _declare(label, references.Refs(tables), None, options)


def scores(label: str, *tables: str, **options: Any) -> Any:
    """One 1–5 rating for each row of these tables."""
    return _declare(label, references.Scores(tables), None, options)
