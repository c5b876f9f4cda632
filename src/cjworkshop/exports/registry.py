"""The formats that a session can be exported to. The module of a format is imported when that format is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from cjworkshop.errors import UsageProblem
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePath

    from cjworkshop.domain.session import Session
    from cjworkshop.exports.request import Request


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name for `-f`, the suffix of its file, what it is, and the module that writes it.

    `packed` is the suffix of the one file that holds all tables, where a file of the format holds only one; such a
    format can also be written as a folder of files.
    """

    name: str
    suffix: str
    title: str
    module: str
    packed: str = ""

    def render(self, session: Session, request: Request) -> bytes:
        """The content of the file."""
        render = cast("Callable[[Session, Request], bytes]", import_module(self.module).render)
        return render(session, request)

    def files(self, session: Session, request: Request) -> dict[str, bytes]:
        """The names and contents of the files in a folder; only where the format is `packed`."""
        files = cast("Callable[[Session, Request], dict[str, bytes]]", import_module(self.module).files)
        return files(session, request)

    def suffix_for(self, request: Request) -> str:
        """The suffix of the file that answers this request."""
        return self.packed if self.packed and not request.table else self.suffix


FORMATS = (
    Format("md", ".md", "session notes in Markdown, to read and to send", "cjworkshop.exports.markdown"),
    Format("csv", ".csv", "tables for a spreadsheet: a folder, a .zip, or one table", "cjworkshop.exports.csv", ".zip"),
    Format("json", ".json", "the whole session for programs; `import` reads it again", "cjworkshop.exports.json"),
)
"""Every format, in the order in which they are offered."""


def format_named(name: str) -> Format:
    """The format that `-f` names. UsageProblem if there is none."""
    for known in FORMATS:
        if known.name == name.lower():
            return known
    raise UsageProblem(f"There is no format {name!r}.", f"There are: {', '.join(known.name for known in FORMATS)}.")


def format_of(path: PurePath) -> Format:
    """The format that a file's suffix means. UsageProblem if it means none."""
    for known in FORMATS:
        if path.suffix.lower() in {known.suffix, known.packed} - {""}:
            return known
    suffixes = ", ".join(known.suffix for known in FORMATS)
    raise UsageProblem(
        f"The name {path.name!r} does not say which format is wanted.", f"Use -f, or one of: {suffixes}."
    )
