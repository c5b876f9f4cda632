"""The sample session: a copy of the worked case that comes with the program, for anybody to try things on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from cjworkshop.domain.records import META
from cjworkshop.imports.json import read, session_from
from cjworkshop.sample import sample_path

if TYPE_CHECKING:
    from pathlib import Path

    from cjworkshop.domain.rows import Catalogue
    from cjworkshop.domain.session import Session

SLUG = "demo-va-outpatient"
NAME = "Demo: VA outpatient"
"""What the copy is called, so that its file is called `SLUG` and nobody takes it for work."""


class Store(Protocol):
    """What this asks of a store of sessions."""

    folder: Path
    catalogue: Catalogue

    def create(self, session: Session) -> Path:
        """Write a new session and say where."""
        ...


def sample(catalogue: Catalogue) -> Session:
    """The sample, complete through all seven steps."""
    path = sample_path()
    session = session_from(read(path.read_bytes(), path.name), catalogue)
    column = catalogue[META].column("name")
    return session.edited({META: {row.id: column.put(row, NAME) for row in session[META]}})


def sample_session(store: Store, *, fresh: bool = False) -> Path:
    """The file of the newest copy of the sample in this store; made where there is none, or a new one is wanted."""
    copies = {}
    for path in [] if fresh else store.folder.glob(f"{SLUG}*.json"):
        if match := re.fullmatch(re.escape(SLUG) + r"(?:-(\d{1,9}))?", path.stem):
            copies[int(match[1] or 1)] = path
    return copies[max(copies)] if copies else store.create(sample(store.catalogue))
