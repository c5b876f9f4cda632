"""What the files of one session are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".json"


@dataclass(frozen=True)
class Files:
    """The visible file of a session, and the names of what stands hidden beside it."""

    visible: Path

    @property
    def folder(self) -> Path:
        """Where they stand."""
        return self.visible.parent

    @property
    def slug(self) -> str:
        """What the command line calls the session."""
        return self.visible.name.removesuffix(SUFFIX)

    def _beside(self, ending: str) -> Path:
        return self.folder / f".{self.visible.name}.{ending}"

    def journal(self, number: int) -> Path:
        """A segment of the journal."""
        return self._beside(f"journal-{number}")

    def journal_number(self, name: str) -> int | None:
        """Which segment of this session's journal is called `name`; None if it is none."""
        match = re.fullmatch(re.escape(f".{self.visible.name}.journal-") + r"([1-9]\d{0,8})", name)
        return int(match[1]) if match else None

    @property
    def lock(self) -> Path:
        """Locked while the session is open for writing."""
        return self._beside("lock")

    @property
    def owner(self) -> Path:
        """Says who has it open."""
        return self._beside("owner")

    @property
    def place(self) -> Path:
        """The step and cell where one was."""
        return self._beside("place")

    def temporary(self, nonce: str) -> Path:
        """A file on its way to becoming another."""
        return self._beside(f"new-{nonce}")

    def is_temporary(self, name: str) -> bool:
        """Whether `name` is such a file of this session, left behind."""
        return name.startswith(f".{self.visible.name}.new-")

    @property
    def backups(self) -> Path:
        """The folder of its backups."""
        return self.folder / ".backups" / self.slug
