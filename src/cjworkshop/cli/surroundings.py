"""What every command needs to know of where it runs: flags, settings, the sessions folder, whether anybody is there."""

from __future__ import annotations

import gc
import os
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cjworkshop.errors import UsageProblem
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.domain.rows import Catalogue
    from cjworkshop.settings import Settings
    from cjworkshop.storage.sessions import SessionStore

Command = TypeVar("Command", bound="Callable[..., Any]")


@dataclass
class Surroundings:
    """Where and how the program was started. The fields are the flags; None and False mean: not given."""

    sessions: Path | None = None
    theme: str | None = None
    ascii: bool = False
    debug: bool = False

    @cached_property
    def settings(self) -> Settings:
        """The settings in force. InvalidData where `config.toml` or a variable cannot be read."""
        from cjworkshop.paths import config_file
        from cjworkshop.settings import load_settings

        flags = {"sessions": self.sessions, "theme": self.theme, "ascii": self.ascii or None}
        return load_settings(config_file(), os.environ, flags)

    @cached_property
    def folder(self) -> Path:
        """The sessions folder in use, which need not exist. UsageProblem where something else is in its place."""
        from cjworkshop.paths import sessions_folder

        folder = sessions_folder(self.settings.sessions, {}, Path.cwd())
        if folder.exists() and not folder.is_dir():
            raise UsageProblem(f"{folder} is no folder.", "Name a folder with --sessions.")
        return folder

    @cached_property
    def catalogue(self) -> Catalogue:
        """All tables of a session."""
        from cjworkshop.method.steps import CATALOGUE

        return CATALOGUE

    @cached_property
    def store(self) -> SessionStore:
        """The sessions in that folder."""
        return self.store_in(self.folder)

    def store_in(self, folder: Path) -> SessionStore:
        """The sessions in another folder."""
        from cjworkshop.storage.sessions import SessionStore

        return SessionStore(folder, self.catalogue)


def is_terminal() -> bool:
    """Whether somebody sits in front of it, who can be asked and shown a screen."""
    return all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout))  # None where it was closed


def open_screen(surroundings: Surroundings, folder: Path, path: Path | None) -> int:
    """Run the program on the terminal, at home or in a session; its exit code. UsageProblem where there is none."""
    if not is_terminal():
        raise UsageProblem("cjworkshop opens on a terminal, and this is none.", "See `cjworkshop --help` for the rest.")
    gc.disable()  # starting makes a hundred thousand objects that stay; the program collects once its screen stands
    from cjworkshop.tui.app import run

    if surroundings.settings.keymap:
        from cjworkshop.tui.keys import check_keymap

        check_keymap(surroundings.settings.keymap)
    return run(folder, surroundings.settings, path, debug=surroundings.debug)


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value:
        setattr(context.ensure_object(Surroundings), str(parameter.name), value)


def _flag(*names: str, **options: Any) -> Callable[[Command], Command]:
    return click.option(*names, expose_value=False, callback=_remember, **options)


sessions_option = _flag(
    "--sessions", type=click.Path(path_type=Path), metavar="DIR", help="The folder of the sessions."
)
debug_option = _flag("--debug", is_flag=True, help="Show the traceback of an error.")
ascii_option = _flag("--ascii", is_flag=True, help="Draw with ASCII only.")
theme_option = _flag("--theme", type=click.Choice(["dark", "light"]), help="How the screen looks.")


def shared(command: Command) -> Command:
    """The options that may also stand behind a command."""
    return sessions_option(debug_option(command))
