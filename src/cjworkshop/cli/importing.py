"""`cjworkshop import`: a JSON export into a new session or into one that is there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cjworkshop.cli.output import out, say
from cjworkshop.cli.surroundings import Surroundings, is_terminal, shared
from cjworkshop.domain.text import LONG_TEXT, clean_line, counted
from cjworkshop.errors import InvalidData, NotFound, StorageFault, UsageProblem

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session
    from cjworkshop.imports.json import Incoming
    from cjworkshop.imports.merge import Merge
    from cjworkshop.storage.sessions import SessionStore


@click.command("import", short_help="Read a JSON export back.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--into", metavar="SESSION", help="Merge it into this session, as one change that can be undone.")
@click.option("--new", "name", metavar="NAME", help="Make a new session of it, called NAME.")
@click.option("--table", metavar="T", help="Only one table.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@shared
@click.pass_obj
def import_file(
    surroundings: Surroundings, *, file: Path, into: str | None, name: str | None, table: str | None, dry_run: bool
) -> None:
    """Read FILE, which `export -f json` wrote, and say what changes.

    Without --into it becomes a new session, called as it was. A row that is there already, by its id, is changed,
    others are added, and none is removed.
    """
    from cjworkshop.imports.json import read

    if into and name:
        raise UsageProblem("--into and --new exclude each other.", "Leave one of them out.")
    incoming = read(_bytes_of(file), file.name)
    if table:
        incoming = incoming.only(table)
    if long := incoming.long_texts():
        incoming = _ask_about(long, incoming)
    if into:
        _merge(surroundings.store, into, incoming, file.name, dry_run=dry_run)
    else:
        title = clean_line(name) if name else incoming.name or clean_line(file.stem)
        _create(surroundings.store, incoming, title or "Imported", dry_run=dry_run)


def _bytes_of(file: Path) -> bytes:
    """The file's content. NotFound, InvalidData for anything but an ordinary file of a sane size."""
    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.reading import read_bytes

    if not file.exists():
        raise NotFound(f"There is no file {file}.", "Give the path of what `export -f json` wrote.")
    return read_bytes(Disk(), Path(os.path.realpath(file)))


def _ask_about(long: tuple[str, ...], incoming: Incoming) -> Incoming:
    """What to do with texts that are suspiciously long: asked on a terminal, refused without one."""
    sentence = f"{counted(len(long), 'text')} with more than {LONG_TEXT} characters: {', '.join(long[:5])}."
    if not is_terminal():
        raise InvalidData(
            f"The file has {sentence}", "Import it on a terminal, where you can say what to do with them."
        )
    say(f"The file has {sentence}")
    answer = click.prompt(
        f"Keep them whole, only the first {LONG_TEXT} characters, or cancel?",
        type=click.Choice(["keep", "cut", "cancel"]),
        default="cancel",
        err=True,
    )
    if answer == "cancel":
        raise click.Abort
    return incoming if answer == "keep" else incoming.shortened()


def _create(store: SessionStore, incoming: Incoming, name: str, *, dry_run: bool) -> None:
    from cjworkshop.imports.json import session_from

    session = _named(store, session_from(incoming, store.catalogue), name)
    for table, rows in session.tables.items():
        if rows:
            out(f"{store.catalogue[table].title}: {len(rows)} new")
    _tell_refused([f"{misfit.get('table')}: {misfit.get('reason')}" for misfit in session.quarantine], kept=True)
    if not dry_run:
        out(str(store.create(session)))


def _named(store: SessionStore, session: Session, name: str) -> Session:
    """The session under this name, with a `_meta` record where it has none."""
    from cjworkshop.domain.commands import SetCells
    from cjworkshop.domain.records import META

    rows = session[META]
    row_id = rows[0].id if rows else store.environment.new_id()
    cells: list[tuple[str, str, Any]] = [(row_id, "name", name)]
    if not rows:
        cells.append((row_id, "created", store.environment.clock().replace(microsecond=0)))
    return session.edited(SetCells(META, tuple(cells)).edits(session))


def _merge(store: SessionStore, into: str, incoming: Incoming, name: str, *, dry_run: bool) -> None:
    from cjworkshop.imports.merge import merge

    path = store.resolve(into)
    if dry_run:
        _tell(merge(store.read(path).session, incoming, name, store.environment.new_id))
        return
    with store.open(path) as opened:
        for notice in opened.notices:
            say(notice)
        if opened.read_only:
            raise StorageFault(f"{path.name} cannot be changed.", "Import into a new session with --new.")
        plan = merge(opened.session, incoming, name, store.environment.new_id)
        _tell(plan)
        if plan.changes_anything:
            opened.backup("import")
            opened.workbook.do(plan.command)


def _tell(plan: Merge) -> None:
    for change in plan.changes:
        out(str(change))
    _tell_refused(plan.refused, kept=False)
    if not plan.changes_anything:
        say("Nothing changes.")


def _tell_refused(reasons: list[str] | tuple[str, ...], *, kept: bool) -> None:
    if reasons:
        where = ", kept in the table _quarantine" if kept else ""
        say(f"{counted(len(reasons), 'value')} did not fit{where}:")
        for reason in reasons[:20]:
            say(f"  {reason}")
        if len(reasons) > 20:
            say(f"  … and {len(reasons) - 20} more")
