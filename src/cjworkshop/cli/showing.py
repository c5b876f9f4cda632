"""`cjworkshop show`: what a session holds, for people and programs, also while it is open elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cjworkshop.cli.output import console, out, out_json, say
from cjworkshop.cli.surroundings import Surroundings, shared
from cjworkshop.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from cjworkshop.domain.rows import Catalogue, Row, Table
    from cjworkshop.domain.session import Session
    from cjworkshop.storage.opening import Snapshot


@click.command(short_help="Show what a session holds.")
@click.argument("session")
@click.option("--step", metavar="1-7|KEY", help="Only the tables of a step, by number or key.")
@click.option("--table", metavar="T", help="Only one table; with --step, one of that step's.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.option("--plain", is_flag=True, help="As text without tables, for screen readers and grep.")
@shared
@click.pass_obj
def show(
    surroundings: Surroundings, *, session: str, step: str | None, table: str | None, as_json: bool, plain: bool
) -> None:
    """Show what SESSION (a slug, the beginning of one, or a path) holds, private columns included."""
    if as_json and plain:
        raise UsageProblem("--json and --plain exclude each other.", "Leave one of them out.")
    store = surroundings.store
    names = _wanted(store.catalogue, step, table)
    snapshot = store.read(store.resolve(session))
    for notice in snapshot.notices:
        say(notice)
    if as_json:
        out_json(_record(snapshot, names, whole=step is None and table is None))
    elif screen := None if plain else console():
        _print(screen, snapshot.session, names, ascii_only=surroundings.settings.ascii)
    else:
        for line in _lines(snapshot.session, names):
            out(line)


def _wanted(catalogue: Catalogue, step: str | None, table: str | None) -> Sequence[str]:
    """The names of the tables that are asked for. UsageProblem where the table is none of the step's."""
    if table is not None and table not in catalogue:
        raise NotFound(f"There is no table {table!r}.", f"There are: {', '.join(catalogue)}.")
    tables = list(catalogue) if step is None else _tables_of(step)
    if table is not None and table not in tables:
        raise UsageProblem(f"Step {step} has no table {table!r}.", f"It has: {', '.join(tables)}.")
    return tables if table is None else [table]


def _tables_of(step: str) -> Sequence[str]:
    """The tables of the step with this number or key."""
    from cjworkshop.method.steps import ACROSS, STEPS

    for known in (*STEPS, ACROSS):
        if step.casefold() in {known.key, str(known.number)} - {"0"}:
            return known.tables
    keys = ", ".join(f"{known.number} {known.key}" for known in STEPS)
    raise UsageProblem(f"There is no step {step!r}.", f"There are: {keys}, {ACROSS.key}.")


def _record(snapshot: Snapshot, names: Sequence[str], *, whole: bool) -> dict[str, Any]:
    from cjworkshop.domain.records import META, tables_of

    session = snapshot.session
    record = {
        "schema_version": 1,
        "session": snapshot.meta,
        "tables": tables_of(session, [name for name in names if name != META]),
    }
    if whole and session.unknown:
        record["unknown"] = dict(session.unknown)
    if whole and session.quarantine:
        record["quarantine"] = [dict(misfit) for misfit in session.quarantine]
    return record


def _print(screen: Console, session: Session, names: Sequence[str], *, ascii_only: bool) -> None:
    from cjworkshop.cli.tables import renderables
    from cjworkshop.exports.notes import table_blocks
    from cjworkshop.exports.report import View, section

    view = View(session, names=True)
    for name in names:
        title = f"{session.catalogue[name].title} ({len(session[name])})"
        for part in renderables(section(title, table_blocks(view, name, screen.width)), ascii_only=ascii_only):
            screen.print(part)


def _lines(session: Session, names: Sequence[str]) -> Iterator[str]:
    """Each row as its name and, under it, a line for each filled cell; further lines of a cell stand further in."""
    for name in names:
        table, rows = session.catalogue[name], session[name]
        if rows:
            yield f"{table.title} ({len(rows)})"
            for row in rows:
                yield f"\n{row.code or table.noun}"
                yield from _cells(session, table, row)
            yield ""
    if session.quarantine:
        yield f"Not understood ({len(session.quarantine)})\n"
        yield from (f"{misfit.get('table', '')}: {misfit.get('reason', '')}" for misfit in session.quarantine)


def _cells(session: Session, table: Table, row: Row) -> Iterator[str]:
    for column in table.columns:
        if not column.is_empty(row):
            yield f"  {column.label}: " + column.show(row, session).replace("\n", "\n    ")
