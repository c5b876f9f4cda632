"""Where sessions, templates, settings and rescued sessions live, and how a session's file is called.

Pure functions: nothing is created, and nothing but the existence of `./sessions` is looked at.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

APP = "cjworkshop"
SLUG_LENGTH = 60
"""Characters that a slug has at most."""

_RESERVED = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}
"""What Windows takes for devices, whatever the suffix."""


def sessions_folder(flag: str | Path | None, environment: Mapping[str, str], cwd: Path) -> Path:
    """The sessions folder in use, as an absolute path.

    `--sessions` before `CJWORKSHOP_SESSIONS` before `./sessions` if that folder exists before the user's data folder.
    """
    named = flag or environment.get("CJWORKSHOP_SESSIONS")
    if named:
        return cwd / Path(named).expanduser()
    here = cwd / "sessions"
    if here.is_dir():
        return here
    from platformdirs import user_data_path  # noqa: PLC0415 - needed only where nothing else says the folder

    return user_data_path(APP, appauthor=False) / "sessions"


def templates_folder(sessions: Path) -> Path:
    """The folder of the user's own templates: beside the sessions folder in use."""
    return sessions.parent / "templates"


def config_file() -> Path:
    """The user's `config.toml`."""
    from platformdirs import user_config_path  # noqa: PLC0415 - not every command reads it

    return user_config_path(APP, appauthor=False) / "config.toml"


def rescue_folder() -> Path:
    """Where a session is kept while its own folder cannot be written."""
    from platformdirs import user_state_path  # noqa: PLC0415 - needed only when a disk fails

    return user_state_path(APP, appauthor=False) / "rescue"


def slugify(name: str) -> str:
    """The part of a file name that stands for `name`: ASCII letters, digits and single hyphens, at most 60.

    `Bar One` → `bar-one`; `../../evil` → `evil`; nothing left → `session`.
    """
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)
    ).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LENGTH].rstrip("-") or "session"


def template_stem(name: str) -> str:
    """The file name, without its ending, of a template called `name`: its letters and digits, of any script, in lower case.

    `../../Tag 1` → `tag-1`; `CON` → `con-template`; empty where there is no letter or digit.
    """
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", name.casefold()))
    stem = "-".join(words).encode()[:SLUG_LENGTH].decode(errors="ignore").strip("-")
    return f"{stem}-template" if stem in _RESERVED else stem


def free_slug(name: str, taken: Container[str]) -> str:
    """`slugify(name)`, with `-2`, `-3`, … behind it where that is taken or a reserved word."""
    slug = slugify(name)
    number, free = 1, slug
    while free in taken or free in _RESERVED:
        number += 1
        ending = f"-{number}"
        free = slug[: SLUG_LENGTH - len(ending)].rstrip("-") + ending
    return free
