"""Every failure that a user can meet: one plain sentence, and what to do about it.

Only the edges (the command line and the screen) show them; everything in between lets them pass.
"""

from __future__ import annotations


class WorkshopError(Exception):
    """What went wrong, as one plain sentence, and a hint that says what to do.

    `exit_code` is what the command line ends with.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageProblem(WorkshopError):
    """The command was called in a way that cannot be meant."""

    exit_code = 2


class NotFound(WorkshopError):
    """What was named does not exist."""

    exit_code = 3


class InvalidData(WorkshopError):
    """What was read is not what it should be: damaged, foreign, or from a newer program."""

    exit_code = 4


class BadValue(InvalidData):
    """A cell refuses what was typed."""


class Busy(WorkshopError):
    """The session is open elsewhere, or was changed by another program."""

    exit_code = 5


class StorageFault(WorkshopError):
    """The disk refused: full, read-only, gone."""
