"""In which order a table's rows stand on screen, which of them, and what they are sorted by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cjworkshop.domain.kinds import Choice, Kind
from cjworkshop.domain.references import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cjworkshop.domain.rows import Row
    from cjworkshop.domain.session import Rows, Session


class RowOrder:
    """The order of a table's rows on screen: all of them as stored, or some of them sorted; and one row to be."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.pending = ""
        self._pending_at = 0
        self._pending_after: str | None = None
        self._chosen: list[str] | None = None
        self._places: dict[str, int] = {}

    def __len__(self) -> int:
        return self._count() + bool(self.pending)

    def _count(self) -> int:
        return len(self.rows) if self._chosen is None else len(self._chosen)

    def row_id(self, place: int) -> str:
        """The id at this place."""
        if self.pending:
            if place == self._pending_at:
                return self.pending
            place -= place > self._pending_at
        return self.rows[place].id if self._chosen is None else self._chosen[place]

    def index(self, row_id: str) -> int | None:
        """The place of this id."""
        if self.pending and row_id == self.pending:
            return self._pending_at
        place = (self.rows.positions if self._chosen is None else self._places).get(row_id)
        return place if place is None or not self.pending or place < self._pending_at else place + 1

    def begin(self, row_id: str, after: str | None) -> None:
        """Put a row to be behind the row `after`; at the end where that is None, first where it is empty."""
        self._pending_after = after
        self.pending = row_id
        self._place_pending()

    def _place_pending(self) -> None:
        """Find the place of the row to be again: behind its neighbour, or at the end where that is not in view."""
        after = self._pending_after
        place = (self.rows.positions if self._chosen is None else self._places).get(after) if after else None
        self._pending_at = place + 1 if place is not None else 0 if after == "" else self._count()

    def drop(self) -> None:
        """Forget the row to be."""
        self.pending = ""

    def choose(self, chosen: list[str] | None) -> None:
        """Show these rows in this order; all as stored where it is None."""
        self._chosen = chosen
        self._places = {row_id: place for place, row_id in enumerate(chosen or ())}
        self._place_pending()

    def follow(self, rows: Rows, touched: Iterable[str], wanted: Callable[[Row], bool]) -> None:
        """Show these rows from now on. Rows keep their places; a new one stands behind its neighbour."""
        self.rows = rows
        at = self._pending_at
        if self.pending in rows.positions:
            self.drop()
        if self._chosen is None:
            self._place_pending()
            return
        chosen = [row_id for row_id in self._chosen if row_id in rows.positions]
        places = set(chosen)
        fresh = [row_id for row_id in touched if row_id in rows.positions and row_id not in places]
        for row_id in sorted(fresh, key=rows.positions.__getitem__):
            place = rows.positions[row_id]
            if wanted(rows[place]):
                before = rows[place - 1].id if place else ""
                chosen.insert(chosen.index(before) + 1 if before in places else min(at, len(chosen)), row_id)
                places.add(row_id)
        self.choose(chosen)


def rank(kind: Kind[Any], value: Any, session: Session) -> Any:
    """What a filled value is sorted by: references as their rows stand, choices as they are listed, texts by letter."""
    if isinstance(kind, Reference):
        found = [session.find(row_id) for row_id in kind.targets(value)]
        names = list(session.catalogue)
        return [(names.index(table.name), row.order, row.id) for table, row in filter(None, found)]
    if isinstance(kind, Choice):
        return kind.choices.index(value)
    return value.casefold() if isinstance(value, str) else value
