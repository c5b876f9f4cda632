"""Data goes to stdout, talk to stderr, and nothing that a stranger wrote is obeyed by the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from cjworkshop.domain.text import clean_text

if TYPE_CHECKING:
    from rich.console import Console

    from cjworkshop.errors import WorkshopError


def out(text: str) -> None:
    """A line, or several, of what was asked for."""
    click.echo(clean_text(text))


def out_bytes(data: bytes) -> None:
    """A file's content as it is."""
    click.echo(data, nl=False)


def out_json(value: Any) -> None:
    """JSON for programs, indented."""
    from cjworkshop.exports.json import as_json

    out_bytes(as_json(value))


def say(text: str) -> None:
    """A remark, which is not part of what was asked for."""
    click.echo(clean_text(text), err=True)


def say_error(problem: WorkshopError) -> None:
    """What went wrong and what to do, in one line."""
    say(f"Error: {problem}")


def console() -> Console | None:
    """Rich on stdout, with markup off, where stdout is a terminal; else None."""
    if not (sys.stdout and sys.stdout.isatty()):
        return None
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False)
