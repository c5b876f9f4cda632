"""The JSON Schema describes the files that the program writes, and no others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships none
from tinydb import TinyDB

from cjworkshop.exports.schema import session_file_schema
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.storage.sessions import SessionStore
from strategies import HOSTILE, filled

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = session_file_schema(CATALOGUE)


def file_of(folder: Path, text: str) -> dict[str, Any]:
    path = SessionStore(folder, CATALOGUE).create(filled(text=text))
    with TinyDB(path) as database:
        assert set(CATALOGUE) <= database.tables()
    loaded: dict[str, Any] = json.loads(path.read_bytes())
    return loaded


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(CATALOGUE) <= set(SCHEMA["properties"])


@pytest.mark.parametrize("text", ["plain", HOSTILE])
def test_what_is_written_is_valid(tmp_path: Path, text: str) -> None:
    Draft202012Validator(SCHEMA).validate(file_of(tmp_path, text))


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("_meta", "format", "other"),
        ("_meta", "schema", 99),
        ("pains", "severity", 9),
        ("touchpoints", "moment", "sometimes"),
        ("actions", "due", 3),
        ("people", "id", ""),
    ],
)
def test_what_the_program_would_refuse_is_not_valid(tmp_path: Path, table: str, field: str, value: object) -> None:
    content = file_of(tmp_path, "plain")
    next(iter(content[table].values()))[field] = value
    assert not Draft202012Validator(SCHEMA).is_valid(content)


def test_unknown_tables_and_fields_are_allowed(tmp_path: Path) -> None:
    content = file_of(tmp_path, "plain")
    content["later"] = {"1": {"x": 1}}
    next(iter(content["pains"].values()))["mood"] = "good"
    Draft202012Validator(SCHEMA).validate(content)
