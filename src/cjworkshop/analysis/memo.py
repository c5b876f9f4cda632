"""Findings that are kept for as long as what they rest on is the same, so that an edit costs what it changes.

Each function remembers its last finding and no other. Whether that still holds is seen by identity: rows and tables
never change, and sessions share those that an edit left alone.
"""

from __future__ import annotations

from functools import wraps
from itertools import compress, count
from operator import is_, is_not
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from cjworkshop.domain.session import Rows, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cjworkshop.domain.rows import Row

Finding = TypeVar("Finding")
Item = TypeVar("Item")
RowType = TypeVar("RowType", bound="Row")


def rows(row_type: type[RowType]) -> Callable[[Session], tuple[RowType, ...]]:
    """What `derived` and `of_each` may rest on: the rows of this type, in order."""
    return lambda session: session.rows(row_type)


def remembered(*row_types: type[Row]) -> Callable[[Callable[[Session], Finding]], Callable[[Session], Finding]]:
    """Keep the last finding of a function that reads only the tables of `row_types`.

    An edit elsewhere costs a comparison of a few identities. The function is handed those tables and no others: what it
    must not depend on it cannot see.
    """
    read = _reader(row_types)

    def keep(find: Callable[[Session], Finding]) -> Callable[[Session], Finding]:
        last: list[tuple[tuple[Rows, ...], Finding]] = []

        @wraps(find)
        def found(session: Session) -> Finding:
            tables = read(session)
            for seen, finding in last:
                if all(map(is_, seen, tables)):
                    return finding
            finding = find(_only(session, tables, row_types))
            last[:] = [(tables, finding)]
            return finding

        return found

    return keep


def derived(*sources: Callable[[Session], Any]) -> Callable[[Callable[..., Finding]], Callable[[Session], Finding]]:
    """Keep the last finding of a function of other findings, for as long as these are the very same objects.

    The function is handed what the `sources` find, not the session.
    """

    def keep(find: Callable[..., Finding]) -> Callable[[Session], Finding]:
        last: list[tuple[tuple[Any, ...], Finding]] = []

        @wraps(find)
        def found(session: Session) -> Finding:
            given = tuple(source(session) for source in sources)
            for seen, finding in last:
                if all(map(is_, seen, given)):
                    return finding
            finding = find(*given)
            last[:] = [(given, finding)]
            return finding

        return found

    return keep


class _Last(NamedTuple):
    """The last findings of each: the tables read, the function that they gave, the items and what it found of them."""

    tables: tuple[Rows, ...]
    find: Callable[[Any], Any]
    items: tuple[Any, ...]
    findings: tuple[Any, ...]


def of_each(
    items_of: Callable[[Session], tuple[Item, ...]], *row_types: type[Row]
) -> Callable[[Callable[[Session], Callable[[Item], Finding]]], Callable[[Session], tuple[Finding, ...]]]:
    """Keep what was found of each item, and find it anew only from the first to the last that is another one now.

    The function is handed the tables of `row_types` and gives one that finds something of an item: what is found may
    depend on that item and on those tables, and it cannot see more. Findings that come out equal leave the whole tuple
    the same object, so that nothing that is `derived` from it need be made again.
    """
    read = _reader(row_types)

    def keep(finder: Callable[[Session], Callable[[Item], Finding]]) -> Callable[[Session], tuple[Finding, ...]]:
        last: list[_Last] = []

        @wraps(finder)
        def found(session: Session) -> tuple[Finding, ...]:
            items, tables = items_of(session), read(session)
            for before in last:
                if all(map(is_, before.tables, tables)):
                    break
            else:
                before = _Last(tables, finder(_only(session, tables, row_types)), (), ())
            findings = before.findings if items is before.items else _renewed(before, items)
            last[:] = [_Last(tables, before.find, items, findings)]
            return findings

        return found

    return keep


def _renewed(before: _Last, items: tuple[Any, ...]) -> tuple[Any, ...]:
    """What was found of those items, with what the others come to."""
    kept = before.findings
    head = _alike(before.items, items)
    tail = min(_alike(before.items[::-1], items[::-1]), min(len(before.items), len(items)) - head)
    fresh = tuple(map(before.find, items[head : len(items) - tail]))
    stale = kept[head : len(kept) - tail]
    if fresh == stale and all(type(new) is type(old) for new, old in zip(fresh, stale, strict=True)):
        return kept
    return kept[:head] + fresh + kept[len(kept) - tail :]


def _alike(before: Sequence[object], now: Sequence[object]) -> int:
    """At how many places from the first on the same objects stand."""
    return next(compress(count(), map(is_not, before, now)), min(len(before), len(now)))


def _reader(row_types: tuple[type[Row], ...]) -> Callable[[Session], tuple[Rows, ...]]:
    """What gives the tables of these types."""
    names = tuple(row_type.__table__.name for row_type in row_types)
    return lambda session: tuple(session[name] for name in names)


def _only(session: Session, tables: tuple[Rows, ...], row_types: tuple[type[Row], ...]) -> Session:
    """A session with these tables alone."""
    names = (row_type.__table__.name for row_type in row_types)
    return Session(session.catalogue, dict(zip(names, tables, strict=True)))
