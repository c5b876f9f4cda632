"""`cjworkshop list`: the sessions in the folder. Reads no more of each than that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cjworkshop.cli.output import console, out, out_json, say
from cjworkshop.cli.surroundings import Surroundings, shared
from cjworkshop.domain.text import clean_line

if TYPE_CHECKING:
    from rich.console import Console

    from cjworkshop.storage.listing import Summary


@click.command("list", short_help="List the sessions.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@shared
@click.pass_obj
def list_sessions(surroundings: Surroundings, as_json: bool) -> None:
    """List the sessions, the one changed last first.

    Without a terminal: slug, name, client, journey, step, day and time of the last change here, and state, with tabs
    between. As JSON that time is in UTC.
    """
    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.listing import summaries
    from cjworkshop.storage.migrations import MIGRATIONS

    # Not through the store: a list needs no table of a session, and to import them would double its time.
    found = summaries(Disk(), surroundings.folder, MIGRATIONS.schema)
    if as_json:
        out_json({"schema_version": 1, "sessions": [_record(line) for line in found]})
        return
    if not found:
        say(f"No sessions in {surroundings.folder} yet. `cjworkshop new` begins one, `cjworkshop demo` opens a sample.")
    elif screen := console():
        _print_table(screen, found, ascii_only=surroundings.settings.ascii)
    else:
        for line in found:
            fields = (line.slug, line.name, line.client, line.journey, line.step, line.changed, line.state)
            out("\t".join(map(clean_line, fields)))


def _record(line: Summary) -> dict[str, Any]:
    return {
        "slug": line.slug,
        "name": line.name,
        "client": line.client,
        "journey": line.journey,
        "path": str(line.path),
        "step": line.step,
        "modified": line.modified.isoformat(timespec="seconds") if line.modified else None,
        "state": line.state,
    }


def _print_table(screen: Console, found: list[Summary], *, ascii_only: bool) -> None:
    from cjworkshop.cli.tables import table

    rows = [
        (
            line.slug,
            line.name,
            line.client,
            line.journey,
            line.step,
            line.changed,
            "" if line.state == "ok" else line.state,
        )
        for line in found
    ]
    headers = ("Session", "Name", "Client", "Journey", "Step", "Changed", "State")
    screen.print(table(headers, rows, ascii_only=ascii_only))
