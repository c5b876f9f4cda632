"""What a user may set, from `config.toml`, the environment and the command line.

Flag before environment before `config.toml` before default.
"""

from __future__ import annotations

import re
from dataclasses import field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cjworkshop.errors import InvalidData
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SIZE_LIMIT = 64 * 1024
"""Bytes above which a `config.toml` is not read."""

THEMES = ("dark", "light")

_PREFIX = "CJWORKSHOP_"
_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"", "0", "false", "no", "off"})


@dataclass(frozen=True)
class Settings:
    """Everything that can be set. A field is a key of `config.toml`; `CJWORKSHOP_THEME` sets `theme`, and so on."""

    theme: str = "dark"
    """How the screen looks: `dark` or `light`."""

    ascii: bool = False
    """Whether only ASCII is drawn, for terminals and fonts that know no more."""

    keymap: Mapping[str, str] = field(default_factory=dict)
    """Other keys for what the program does: the id of a binding (`cjworkshop keys` lists them) → keys with commas."""

    currency: str = ""
    """What stands before amounts of money in documents, such as `$` or `EUR`."""

    sounds: bool = True
    """Whether the terminal's bell says that 20 % or 5 % of an activity's time are left, and that it is over."""

    sessions: Path | None = None
    """The folder of the sessions; without it, `./sessions` if that exists, else the user's data folder."""


def load_settings(config: Path, environment: Mapping[str, str], flags: Mapping[str, Any] | None = None) -> Settings:
    """The settings in force. `flags` are fields by name; None in there means that the flag was not given.

    A `config` that does not exist is an empty one. InvalidData names the file or variable that cannot be read.
    """
    settings = replace(Settings(), **_from_config(config))
    variables = {
        setting.name: environment[_PREFIX + setting.name.upper()]
        for setting in fields(Settings)
        if setting.name in _READERS and environment.get(_PREFIX + setting.name.upper())
    }
    settings = replace(settings, **_read(variables, lambda name: f"The variable {_PREFIX}{name.upper()}", Path()))
    return replace(settings, **{name: value for name, value in (flags or {}).items() if value is not None})


def _from_config(config: Path) -> dict[str, Any]:
    if not config.exists():
        return {}
    import tomllib  # noqa: PLC0415 - most people have no config file

    try:
        if not config.is_file() or config.stat().st_size > SIZE_LIMIT:
            raise InvalidData(f"{config} is no settings file.", "Move it away, or write a small TOML file there.")
        data = tomllib.loads(config.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise InvalidData(f"{config} is not valid TOML: {_reason(problem)}.", "Correct it or move it away.") from None
    except OSError as problem:
        raise InvalidData(f"{config} cannot be read: {problem.strerror}.", "Move it away.") from None
    unknown = sorted(set(data) - {setting.name for setting in fields(Settings)})
    if unknown:
        known = ", ".join(setting.name for setting in fields(Settings))
        raise InvalidData(f"{config}: there is no setting {unknown[0]!r}.", f"There are: {known}.")
    keymap = data.pop("keymap", {})
    values = _read(data, lambda name: f"{config}: {name}", config.parent)
    return {**values, "keymap": _keymap(keymap, config)}


def _reason(problem: Exception) -> str:
    text = str(problem).rstrip(".") or "it is nested too deeply"
    return text[:1].lower() + text[1:]


def _keymap(data: Any, config: Path) -> dict[str, str]:
    lines = data.items() if isinstance(data, dict) else [("", None)]
    keymap = {name: _keys(keys) for name, keys in lines}
    if not all(keymap.values()):
        raise InvalidData(
            f"{config}: keymap must give keys to the id of a binding on each line.",
            'Write [keymap], and under it "app.quit" = "ctrl+q".',
        )
    return keymap


def _keys(value: Any) -> str:
    """The keys as one text with commas; empty where these are none."""
    keys = [value] if isinstance(value, str) else value
    return ",".join(keys) if isinstance(keys, list) and all(isinstance(key, str) for key in keys) else ""


def _read(values: Mapping[str, Any], place: Callable[[str], str], base: Path) -> dict[str, Any]:
    read = {}
    for name, value in values.items():
        try:
            read[name] = _READERS[name](value)
        except ValueError as problem:
            raise InvalidData(
                f"{place(name)} must be {problem}, not {value!r}.", "Correct it or take it out."
            ) from None
        if isinstance(read[name], Path):
            read[name] = base / read[name]
    return read


def _theme(value: Any) -> str:
    if value not in THEMES:
        raise ValueError(" or ".join(THEMES))
    return str(value)


def _flag(value: Any) -> bool:
    match value:
        case bool():
            return value
        case str() if value.casefold() in _YES | _NO:
            return value.casefold() in _YES
    raise ValueError("true or false")


def _currency(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"\S{0,8}", value) or not value.isprintable():
        raise ValueError("a short word or sign, such as EUR or $")
    return value


def _folder(value: Any) -> Path:
    if not isinstance(value, str) or not value or "\0" in value:
        raise ValueError("the path of a folder")
    return Path(value).expanduser()


_READERS: dict[str, Callable[[Any], Any]] = {
    "theme": _theme,
    "ascii": _flag,
    "currency": _currency,
    "sounds": _flag,
    "sessions": _folder,
}
