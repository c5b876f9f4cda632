"""Text: one line, or prose."""

from __future__ import annotations

from cjworkshop.domain.kinds.base import Context, Json, Kind
from cjworkshop.domain.text import clean_line, clean_text, quoted
from cjworkshop.errors import BadValue
from cjworkshop.lazy import dataclass


def _loaded_text(data: Json) -> str:
    if data is None:
        return ""
    if not isinstance(data, str):
        raise BadValue(f"{quoted(data)} is not a text.")
    return data


@dataclass(frozen=True)
class Line(Kind[str]):
    """One line of text."""

    name = "line"
    width = 20

    @property
    def empty(self) -> str:
        """No text."""
        return ""

    def parse(self, raw: str, context: Context) -> str:
        """Any text, on one line."""
        del context
        return clean_line(raw)

    def load(self, data: Json) -> str:
        """A JSON string, or null."""
        return clean_line(_loaded_text(data))

    def schema(self) -> dict[str, Json]:
        """A string."""
        return {"type": "string"}


@dataclass(frozen=True)
class Prose(Line):
    """Text that wraps and may have several lines."""

    name = "prose"
    multiline = True
    width = 30

    def parse(self, raw: str, context: Context) -> str:
        """Any text; blank space at its ends goes."""
        del context
        return clean_text(raw).strip()

    def load(self, data: Json) -> str:
        """A JSON string, or null."""
        return clean_text(_loaded_text(data)).strip()

    def help(self) -> str:
        """How to get a second line."""
        return "Ctrl+J starts a new line"
