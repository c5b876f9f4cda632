"""`cjworkshop present`: what the facilitator shows the room, in a second terminal."""

from __future__ import annotations

import click

from cjworkshop.cli.surroundings import Surroundings, is_terminal, shared
from cjworkshop.errors import UsageProblem


@click.command(short_help="Show the room, in a second terminal, what the facilitator shows.")
@click.argument("session")
@shared
@click.pass_obj
def present(surroundings: Surroundings, *, session: str) -> int:
    """Show what the facilitator of SESSION (a slug, the beginning of one, or a path) shows the room: large, and no more.

    Drag this terminal to the projector. It follows the program that has the session open, and writes nothing. B blanks
    it, Q ends it.
    """
    path = surroundings.store.resolve(session)
    if not is_terminal():
        raise UsageProblem(
            "The presenter needs a terminal, and this is none.",
            "Start it in a terminal of its own; `cjworkshop show` prints a session.",
        )
    from cjworkshop.storage.following import Following

    following = Following(surroundings.store, path)
    from cjworkshop.tui.present_app import run_present

    return run_present(following, surroundings.settings, debug=surroundings.debug)
