"""Findings that are kept for as long as the rows under them are the same."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from cjworkshop.domain.session import Rows, Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.domain.rows import Row

Finding = TypeVar("Finding")


def remembered(*row_types: type[Row]) -> Callable[[Callable[[Session], Finding]], Callable[[Session], Finding]]:
    """Keep the last finding of a function that reads only the tables of `row_types`.

    Sessions share the tables that did not change, so an edit elsewhere costs a comparison of a few identities. The
    function is handed those tables and no others: what it must not depend on it cannot see.
    """
    names = tuple(row_type.__table__.name for row_type in row_types)

    def keep(find: Callable[[Session], Finding]) -> Callable[[Session], Finding]:
        last: list[tuple[tuple[Rows, ...], Finding]] = []

        @wraps(find)
        def found(session: Session) -> Finding:
            read = tuple(session[name] for name in names)
            for seen, finding in last:
                if all(before is now for before, now in zip(seen, read, strict=True)):
                    return finding
            finding = find(Session(session.catalogue, dict(zip(names, read, strict=True))))
            last[:] = [(read, finding)]
            return finding

        return found

    return keep
