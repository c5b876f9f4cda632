"""JSON Schema of a session's tables, from the same declarations as everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cjworkshop.domain.kinds import Json
    from cjworkshop.domain.rows import Catalogue, Table


def record_schema(table: Table) -> dict[str, Json]:
    """JSON Schema of one record of a table. Unknown fields are allowed: they are kept."""
    properties: dict[str, Json] = {
        "id": {"type": "string", "minLength": 1, "description": "unique in the session, never reused"},
        "order": {"type": "integer", "description": "sorts the table; gaps are meant"},
    }
    if table.codes:
        properties["code"] = {
            "type": "string",
            "description": f"short name, such as {table.codes}{1:0{table.digits}d}",
        }
    for column in table.columns:
        entry = {"title": column.label, **column.kind.schema()}
        notes = [column.hint, "private" if column.private else "", "needed" if column.required else ""]
        if any(notes):
            told = filter(None, [entry.get("description", ""), *notes])
            entry["description"] = ". ".join(note.removesuffix(".") for note in told)
        properties[column.name] = entry
    return {"type": "object", "title": table.title, "properties": properties, "required": ["id", "order"]}


def table_schemas(catalogue: Catalogue) -> dict[str, Json]:
    """JSON Schema of a record of each table, by table name."""
    return {name: record_schema(table) for name, table in catalogue.items()}
