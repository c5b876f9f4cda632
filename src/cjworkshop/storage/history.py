"""Changes read back from the journal, for undo: unpacked only when they are undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.records import row_of
from cjworkshop.domain.workbook import Change, RowEdit

if TYPE_CHECKING:
    from cjworkshop.domain.kinds import Json
    from cjworkshop.domain.rows import Catalogue, Row
    from cjworkshop.storage.journal import ChangeRecord


class KeptChange(Change):
    """A change of an earlier sitting. Its rows are made from the journal's documents when somebody asks for them."""

    __slots__ = ("_catalogue", "_record")
    _catalogue: Catalogue
    _record: ChangeRecord

    def __init__(self, record: ChangeRecord, catalogue: Catalogue) -> None:
        for name, value in {
            "seq": record.seq,
            "time": record.time,
            "act": record.act,
            "label": record.label,
            "_record": record,
            "_catalogue": catalogue,
        }.items():
            object.__setattr__(self, name, value)

    @property
    def edits(self) -> tuple[RowEdit, ...]:
        """The rows before and after; those of tables that are unknown by now are left out."""
        return tuple(
            RowEdit(edit.table, edit.row_id, self._row(edit.table, edit.before), self._row(edit.table, edit.after))
            for edit in self._record.edits()
            if edit.table in self._catalogue
        )

    def _row(self, table: str, document: Json) -> Row | None:
        return None if document is None else row_of(self._catalogue[table], document)[0]
