"""What a restore or an import would change, in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.commands import ReplaceTables
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from cjworkshop.domain.rows import Row
    from cjworkshop.domain.session import Session


@dataclass(frozen=True)
class Difference:
    """How many rows of a table would be there again, would go, and would stand differently."""

    table: str
    title: str
    added: int
    removed: int
    changed: int

    @property
    def words(self) -> str:
        """`Touchpoints: 2 back, 1 different`."""
        parts = ((self.added, "back"), (self.removed, "gone"), (self.changed, "different"))
        return f"{self.title}: " + ", ".join(f"{number} {what}" for number, what in parts if number)


@dataclass(frozen=True)
class RowDifference:
    """A row that would be `back`, `gone` or `different`, what it is called, and which of its columns would differ."""

    row_id: str
    what: str
    name: str
    columns: tuple[str, ...] = ()


def differences(now: Session, then: Session) -> list[Difference]:
    """What differs, table by table, if `then` took the place of `now`; tables without a difference are left out."""
    found = []
    for name, table in now.catalogue.items():
        before, after = now[name], then[name]
        added = sum(row.id not in before.positions for row in after)
        removed = sum(row.id not in after.positions for row in before)
        changed = sum(_differs(before.get(row.id), row) for row in after)
        if added or removed or changed:
            found.append(Difference(name, table.title, added, removed, changed))
    return found


def row_differences(now: Session, then: Session, table: str) -> list[RowDifference]:
    """What differs in one table, row by row, in the order in which the rows would stand; those that go come last."""
    before, after = now[table], then[table]
    found = []
    for row in after:
        old = before.get(row.id)
        if old is None:
            found.append(RowDifference(row.id, "back", after.names.label(row)))
        elif old != row:
            found.append(RowDifference(row.id, "different", before.names.label(old), _columns(old, row)))
    gone = (row for row in before if row.id not in after.positions)
    return [*found, *(RowDifference(row.id, "gone", before.names.label(row)) for row in gone)]


def _columns(before: Row, after: Row) -> tuple[str, ...]:
    """What two states of a row differ in: the labels of columns, its code, its place."""
    columns = [column.label for column in before.__table__.columns if column.get(before) != column.get(after)]
    others = (("code", before.code != after.code), ("place", before.order != after.order))
    return (*columns, *(name for name, differs in others if differs))


def _differs(before: object, after: object) -> bool:
    return before is not None and before != after


def restoration(then: Session, name: str) -> ReplaceTables:
    """The command that makes a session hold what `then` holds. `name` is what undo calls it."""
    return ReplaceTables({table: then[table] for table in then.catalogue}, name)
