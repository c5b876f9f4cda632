"""The sample as its tests read it: the file, and the session that it makes."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.records import META, session_of
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.sample import sample_path

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session

Record = dict[str, Any]


@cache
def document() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(sample_path().read_bytes())
    return loaded


def records(table: str) -> list[Record]:
    found: list[Record] = document()["tables"][table]
    return found


def by_id(table: str) -> dict[str, Record]:
    return {record["id"]: record for record in records(table)}


@cache
def session() -> Session:
    tables = {META: [document()["session"]], **document()["tables"]}
    return session_of(CATALOGUE, {name: [("", record) for record in rows] for name, rows in tables.items()})
