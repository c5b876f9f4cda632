"""What is chosen: one of a list, yes or no, several words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cjworkshop.domain.kinds.base import Context, Json, Kind, Names
from cjworkshop.domain.text import clean_line, clean_text, quoted
from cjworkshop.errors import BadValue
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Choice(Kind[str]):
    """One of a closed list. Stored as its key (`moment-of-truth`), shown with spaces (`moment of truth`)."""

    choices: tuple[str, ...] = ()
    name = "choice"
    width = 14

    @property
    def empty(self) -> str:
        """Nothing chosen."""
        return ""

    def parse(self, raw: str, context: Context) -> str:
        """A choice or an unambiguous beginning of one."""
        del context
        typed = clean_line(raw).casefold().replace(" ", "-").replace("_", "-")
        if not typed or typed in self.choices:
            return typed
        fitting = [choice for choice in self.choices if choice.startswith(typed)]
        if len(fitting) != 1:
            known = ", ".join(_spaced(choice) for choice in fitting or self.choices)
            problem = "could be more than one" if fitting else "is not one of the choices"
            raise BadValue(f"{quoted(raw)} {problem}.", f"Type one of: {known}.")
        return fitting[0]

    def show(self, value: str, names: Names) -> str:
        """With spaces for hyphens."""
        del names
        return _spaced(value)

    def load(self, data: Json) -> str:
        """A key, or empty."""
        if data in (None, ""):
            return ""
        if data not in self.choices:
            raise BadValue(f"{quoted(data)} is not one of {', '.join(self.choices)}.")
        return str(data)

    def schema(self) -> dict[str, Json]:
        """The keys, or empty."""
        return {"type": "string", "enum": ["", *self.choices]}

    def options(self, names: Names) -> list[tuple[str, str]]:
        """Each choice as it is shown."""
        return [(self.show(choice, names), "") for choice in self.choices]

    def help(self) -> str:
        """The list."""
        return ", ".join(_spaced(choice) for choice in self.choices)


def _spaced(choice: str) -> str:
    return choice.replace("-", " ")


@dataclass(frozen=True)
class Flag(Kind[bool]):
    """Yes or no."""

    name = "flag"
    width = 5

    @property
    def empty(self) -> bool:
        """No."""
        return False

    def parse(self, raw: str, context: Context) -> bool:
        """`y`, `x`, `1` … mean yes; `n`, `0` … and an empty text mean no."""
        del context
        typed = clean_line(raw).casefold()
        if typed in {"y", "yes", "x", "1", "true", "t", "on", "✓", "✔"}:
            return True
        if typed in {"", "n", "no", "0", "false", "f", "off", "-", "–"}:
            return False
        raise BadValue(f"{quoted(raw)} is neither yes nor no.", "Type y or n.")

    def show(self, value: bool, names: Names) -> str:
        """`yes` or `no`."""
        del names
        return "yes" if value else "no"

    def load(self, data: Json) -> bool:
        """true, false or null."""
        if data is None:
            return False
        if not isinstance(data, bool):
            raise BadValue(f"{quoted(data)} is neither true nor false.")
        return data

    def schema(self) -> dict[str, Json]:
        """A boolean."""
        return {"type": "boolean"}

    def options(self, names: Names) -> list[tuple[str, str]]:
        """Both."""
        del names
        return [("yes", ""), ("no", "")]

    def help(self) -> str:
        """Both."""
        return "y or n"


@dataclass(frozen=True)
class Tags(Kind["tuple[str, ...]"]):
    """Several short words."""

    name = "tags"
    width = 18

    @property
    def empty(self) -> tuple[str, ...]:
        """None."""
        return ()

    def parse(self, raw: str, context: Context) -> tuple[str, ...]:
        """Words with commas or semicolons between them; a word twice counts once."""
        del context
        return _distinct(clean_line(part) for part in re.split(r"[,;\n]", clean_text(raw)))

    def show(self, value: tuple[str, ...], names: Names) -> str:
        """With commas."""
        del names
        return ", ".join(value)

    def dump(self, value: tuple[str, ...]) -> Json:
        """A list."""
        return list(value)

    def load(self, data: Json) -> tuple[str, ...]:
        """A list of strings, or null."""
        if data is None:
            return ()
        if not isinstance(data, list) or not all(isinstance(item, str) for item in data):
            raise BadValue(f"{quoted(data)} is not a list of words.")
        return _distinct(clean_line(part) for item in data for part in re.split(r"[,;]", clean_text(item)))

    def schema(self) -> dict[str, Json]:
        """An array of strings."""
        return {"type": "array", "items": {"type": "string"}}

    def help(self) -> str:
        """The form."""
        return "words, with commas between them"


def _distinct(words: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
