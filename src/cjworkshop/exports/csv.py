"""CSV for spreadsheets: a file a table, UTF-8 with a byte-order mark, CRLF.

The header has the columns' names as in the session file, with `code` first and `id` last; references are written as
codes or names, ratings of several rows as one column each. No cell can become a formula.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING

from cjworkshop.domain.references import Scores

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.rows import Row
    from cjworkshop.domain.session import Session
    from cjworkshop.exports.request import Request

_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def render(session: Session, request: Request) -> bytes:
    """One table as CSV, or every table with rows as CSV files in a zip archive."""
    if request.table:
        return table_csv(session, request.table, request)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files(session, request).items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def files(session: Session, request: Request) -> dict[str, bytes]:
    """File name → content for every table with rows, or for the one asked for."""
    names = [request.table] if request.table else [name for name in session.catalogue if session[name]]
    return {f"{name.lstrip('_')}.csv": table_csv(session, name, request) for name in names}


def table_csv(session: Session, table: str, request: Request) -> bytes:
    """One table. A private column is there only if names are asked for, a rated row's only if somebody rated it."""
    coded = bool(session.catalogue[table].codes)
    columns = [
        part
        for column in session.catalogue[table].columns
        if request.names or not column.private
        for part in _parts(session, table, column)
    ]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*(["code"] if coded else []), *(_title(session, column) for column in columns), "id"])
    for row in session[table]:
        cells = [_cell(session, row, column) for column in columns]
        writer.writerow([*([guarded(row.code)] if coded else []), *cells, guarded(row.id)])
    return text.getvalue().encode("utf-8-sig")


def _parts(session: Session, table: str, column: Column) -> Iterable[Column]:
    """The column, or one for each row that it rates."""
    if not isinstance(column.kind, Scores):
        return (column,)
    rated = {row_id for row in session[table] for row_id, _ in column.get(row)}
    return [part for part in column.expand(session) if part.part in rated]


def _title(session: Session, column: Column) -> str:
    return guarded(f"{column.name}: {session.short_label(column.part)}" if column.part else column.name)


def _cell(session: Session, row: Row, column: Column) -> str:
    text = column.show(row, session)
    return text if column.kind.numeric else guarded(text)


def guarded(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula: an apostrophe goes before what begins like one."""
    return "'" + text if _FORMULA.match(text) else text
