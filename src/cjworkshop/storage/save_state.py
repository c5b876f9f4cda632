"""Whether what was typed is safe, in the words that the screen shows."""

from __future__ import annotations

import enum
import errno
from typing import TYPE_CHECKING

from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    import datetime as dt


class Save(enum.Enum):
    """The four states."""

    SAVED = "saved"
    SAVING = "saving"
    NOT_SAVED = "NOT SAVED"
    READ_ONLY = "read-only"


@dataclass(frozen=True)
class SaveState:
    """One of the four, since when, and one sentence that says why where it is not simply saved."""

    kind: Save
    time: dt.datetime
    message: str = ""


_REASONS = {
    errno.ENOSPC: "the disk is full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "your share of the disk is full",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "the folder may not be written to",
    errno.EPERM: "the folder may not be written to",
    errno.ENOENT: "the folder is gone",
    errno.ENOTDIR: "the folder is gone",
    errno.EIO: "the disk reports an error",
    errno.ENODEV: "the disk is gone",
    errno.ENXIO: "the disk is gone",
}


def reason_of(problem: OSError) -> str:
    """What an operating system's error means, to stand behind "because"."""
    return _REASONS.get(problem.errno or 0) or (problem.strerror or str(problem)).lower()
