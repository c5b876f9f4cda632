"""Rows and tables: a row type is a frozen class whose fields are its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields, replace
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

from cjworkshop.domain.references import Reference
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.kinds import Json


_NO_EXTRA: Mapping[str, Json] = MappingProxyType({})
"""One object for all rows: there are many of them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Row:
    """One row of some table.

    `id` is unique in the session and never reused; references hold it. `order` sorts the table, with gaps, so that
    an insert or a move changes one row. `code` is a short human name where the table has codes. `extra` keeps the
    fields of its record that this version of the program does not know.
    """

    __table__: ClassVar[Table]
    __values__: ClassVar[Callable[[Row], tuple[Any, ...]]]

    id: str
    order: int = 0
    code: str = ""
    extra: Mapping[str, Json] = field(default_factory=lambda: _NO_EXTRA)

    def __eq__(self, other: object) -> bool:
        if self is other or type(self) is not type(other):
            return self is other
        values = type(self).__values__
        return values(self) == values(other)

    __hash__ = None  # type: ignore[assignment]  # unknown fields are a mapping


R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Table:
    """A table's declaration: its names, its row type and its columns.

    `single` tables hold one record and are shown as a form. `codes` is the prefix of the codes of its rows, with as
    many digits after it as `digits`; empty where rows have none. `named_by` is the column that names a row for
    people; `plain_name` says that the name alone is shown, without the code (stages are read, not looked up).
    `invitation` is what an empty table says.
    """

    name: str
    title: str
    noun: str
    nouns: str
    row_type: type[Row]
    columns: tuple[Column, ...]
    single: bool = False
    codes: str = ""
    digits: int = 2
    named_by: str = ""
    plain_name: bool = False
    invitation: str = ""

    def column(self, key: str) -> Column:
        """The column with this key; a key with a part gives the column of that rated row. KeyError if none."""
        name, _, part = key.partition(":")
        found = self._by_name[name]
        return found.of_part(part) if part else found

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def fields(self) -> frozenset[str]:
        """The names of all that a record of this table has."""
        return frozenset({"id", "order", *(["code"] if self.codes else []), *self._by_name})

    @cached_property
    def references(self) -> tuple[tuple[Column, Reference[Any]], ...]:
        """The columns that point at other rows, each with its kind."""
        return tuple((column, column.kind) for column in self.columns if isinstance(column.kind, Reference))

    def new(self, row_id: str, order: int, code: str = "") -> Row:
        """A row with the declared defaults."""
        return self.row_type(id=row_id, order=order, code=code)

    def counted(self, number: int) -> str:
        """`1 pain`, `3 pains`."""
        return f"{number} {self.noun if number == 1 else self.nouns}"


@dataclass_transform(frozen_default=True, kw_only_default=True)
def table(
    name: str,
    title: str,
    *,
    noun: str,
    nouns: str = "",
    single: bool = False,
    codes: str = "",
    digits: int = 2,
    named_by: str = "",
    plain_name: bool = False,
    invitation: str = "",
) -> Callable[[type[R]], type[R]]:
    """Declare a row type: its annotated fields, each made by a function of `columns`, are its columns in order."""

    def declare(row_type: type[R]) -> type[R]:
        columns = []
        for field_name in row_type.__annotations__:
            column = replace(vars(row_type)[field_name], name=field_name.rstrip("_"), attribute=field_name)
            columns.append(column)
            setattr(row_type, field_name, column.default)
        declared = dataclass(frozen=True, slots=True, kw_only=True, eq=False)(row_type)
        declared.__values__ = staticmethod(attrgetter(*(part.name for part in fields(declared))))
        texts = [column.name for column in columns if column.kind.name in {"line", "prose"} and not column.private]
        declared.__table__ = Table(
            name=name,
            title=title,
            noun=noun,
            nouns=nouns or noun + "s",
            row_type=declared,
            columns=tuple(columns),
            single=single,
            codes=codes,
            digits=digits,
            named_by=named_by or next(iter(texts), ""),
            plain_name=plain_name,
            invitation=invitation,
        )
        return declared

    return declare


class Catalogue(Mapping[str, Table]):
    """All tables that a session has, by name, in the order in which the steps bring them."""

    def __init__(self, row_types: Iterable[type[Row]]) -> None:
        self._tables: dict[str, Table] = {}
        for row_type in row_types:
            if self._tables.setdefault(row_type.__table__.name, row_type.__table__) is not row_type.__table__:
                raise ValueError(f"two tables are called {row_type.__table__.name}")

    def __getitem__(self, name: str) -> Table:
        return self._tables[name]

    def __iter__(self) -> Any:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)
