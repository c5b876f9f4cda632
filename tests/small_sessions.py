"""Sessions for tests: of a few rows, and the sample workshop as its file has it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cjworkshop.domain.records import session_of
from cjworkshop.domain.session import Rows, Session
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.sample import sample_path

if TYPE_CHECKING:
    from cjworkshop.domain.rows import Row


def of(*rows: Row) -> Session:
    """A session of these rows, each in its table."""
    tables: dict[str, list[Row]] = {}
    for row in rows:
        tables.setdefault(row.__table__.name, []).append(row)
    return Session(CATALOGUE, {name: Rows(tuple(made)) for name, made in tables.items()})


def sample() -> Session:
    """The sample workshop."""
    document = json.loads(sample_path().read_text("utf-8"))
    return session_of(CATALOGUE, {name: [("", row) for row in rows] for name, rows in document["tables"].items()})
