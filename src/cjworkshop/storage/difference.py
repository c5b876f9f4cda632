"""What a restore or an import would change, in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.commands import ReplaceTables
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session


@dataclass(frozen=True)
class Difference:
    """How many rows of a table would be there again, would go, and would stand differently."""

    table: str
    title: str
    added: int
    removed: int
    changed: int


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


def _differs(before: object, after: object) -> bool:
    return before is not None and before != after


def restoration(then: Session, name: str) -> ReplaceTables:
    """The command that makes a session hold what `then` holds. `name` is what undo calls it."""
    return ReplaceTables({table: then[table] for table in then.catalogue}, name)
