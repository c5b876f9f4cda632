"""JSON Schema of a session's file, so that other programs can check what they read and write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.records import FORMAT, META, QUARANTINE, SCHEMA
from cjworkshop.domain.schema import table_schemas

if TYPE_CHECKING:
    from cjworkshop.domain.kinds import Json
    from cjworkshop.domain.rows import Catalogue

_TEXT: dict[str, Json] = {"type": "string"}
_ABOUT_THE_FILE: dict[str, Json] = {
    "format": {"const": FORMAT},
    "schema": {"type": "integer", "minimum": 1, "maximum": SCHEMA, "description": "version of this format"},
    "app": {**_TEXT, "description": "version of the program that wrote it"},
    "uuid": {**_TEXT, "description": "the same for as long as the session lives"},
    "seq": {"type": "integer", "minimum": 0, "description": "number of the last change that is in this file"},
    "saved_at": {**_TEXT, "format": "date-time"},
    "writer": {**_TEXT, "description": "user who wrote it"},
    "client": {**_TEXT, "description": "copied from the charter"},
    "journey": {**_TEXT, "description": "copied from the charter"},
}


def session_file_schema(catalogue: Catalogue) -> dict[str, Json]:
    """JSON Schema of the file that TinyDB keeps: table name → its integer id of a document → the document.

    Tables and fields that it does not name are allowed: they are kept.
    """
    records = table_schemas(catalogue)
    about = records[META]
    about["properties"] = {**_ABOUT_THE_FILE, **about["properties"]}
    about["required"] = ["format", "schema"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A session of cjworkshop, as TinyDB keeps it",
        "type": "object",
        "required": [META],
        "properties": {
            **{name: _table(name, single=catalogue[name].single) for name in catalogue},
            QUARANTINE: {
                "description": "what could not be read as it should be",
                "type": "object",
                "additionalProperties": {"type": "object", "required": ["table", "document", "reason"]},
            },
        },
        "additionalProperties": {"type": "object"},
        "$defs": records,
    }


def _table(name: str, *, single: bool) -> dict[str, Json]:
    table: dict[str, Json] = {
        "type": "object",
        "propertyNames": {"pattern": "^[0-9]+$"},
        "additionalProperties": {"$ref": f"#/$defs/{name}"},
    }
    return table | {"maxProperties": 1} if single else table
