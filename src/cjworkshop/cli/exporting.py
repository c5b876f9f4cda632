"""`cjworkshop export`: a session as files for others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cjworkshop.cli.output import out, out_bytes, say
from cjworkshop.cli.surroundings import Surroundings, shared
from cjworkshop.domain.text import counted
from cjworkshop.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session
    from cjworkshop.exports.registry import Format
    from cjworkshop.exports.request import Request

STDOUT = "-"


def _list_formats(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from cjworkshop.exports.registry import FORMATS

        for known in FORMATS:
            out(f"{known.name}\t{known.suffix}\t{known.title}")
        context.exit()


@click.command(short_help="Write a session as Markdown, CSV or JSON.")
@click.argument("session")
@click.option(
    "-f", "--format", "names_of_formats", multiple=True, metavar="FORMAT", help="md, csv, json; several times."
)
@click.option("-o", "--output", metavar="PATH", help="The file, the folder for several, or - for stdout.")
@click.option("--force", is_flag=True, help="Replace what is there.")
@click.option("--table", metavar="T", default="", help="Only one table.")
@click.option("--names", is_flag=True, help="With private columns, such as names of interviewed customers.")
@click.option(
    "--formats", is_flag=True, is_eager=True, expose_value=False, callback=_list_formats, help="List the formats."
)
@shared
@click.pass_obj
def export(
    surroundings: Surroundings,
    *,
    session: str,
    names_of_formats: tuple[str, ...],
    output: str | None,
    force: bool,
    table: str,
    names: bool,
) -> None:
    """Write SESSION (a slug, the beginning of one, or a path) as files, and print their paths.

    The format comes from -f or from the suffix of -o; without either it is md, the session notes.
    """
    from cjworkshop.exports.request import Request
    from cjworkshop.exports.writing import make_folder, write_export
    from cjworkshop.storage.templates import began_from

    store = surroundings.store
    if table and table not in store.catalogue:
        raise NotFound(f"There is no table {table!r}.", f"There are: {', '.join(store.catalogue)}.")
    wanted = _formats(names_of_formats, output)
    request = Request(names=names, table=table, currency=surroundings.settings.currency)
    if output == STDOUT:
        _check_fits_stdout(wanted, request)
    snapshot = store.read(store.resolve(session))
    request = replace(request, template=began_from(snapshot.session, surroundings.folder))
    for notice in snapshot.notices:
        say(notice)
    if output == STDOUT:
        out_bytes(wanted[0].render(snapshot.session, request))
    else:
        if output and len(wanted) > 1:
            make_folder(Path(output))
        for known in wanted:
            path = _destination(known, request, output, snapshot.path.stem, several=len(wanted) > 1)
            for written in write_export(snapshot.session, known, request, path, force=force):
                out(str(written))
    _tell_what_is_left_out(snapshot.session, request)


def _formats(names: tuple[str, ...], output: str | None) -> list[Format]:
    """The formats that are asked for, each once."""
    from cjworkshop.exports.registry import format_named, format_of

    if names:
        return list(dict.fromkeys(format_named(name) for name in names))
    path = Path(output) if output and output != STDOUT else None
    return [format_named("md") if path is None or path.is_dir() else format_of(path)]


def _check_fits_stdout(wanted: list[Format], request: Request) -> None:
    if len(wanted) > 1:
        raise UsageProblem("Only one format can go to stdout.", "Give -f once, or a folder with -o.")
    if wanted[0].packed and not request.table:
        raise UsageProblem(
            f"One {wanted[0].name} holds one table.", "Say which with --table, or give a folder with -o."
        )


def _destination(known: Format, request: Request, output: str | None, slug: str, *, several: bool) -> Path:
    """Where a format goes: the path as given, or a file named after the session in the folder that it is."""
    name = f"{slug}{known.suffix_for(request)}"
    if output is None:
        return Path(name)
    path = Path(output)
    takes_folder = bool(known.packed) and not request.table
    return path / name if several or (path.is_dir() and not takes_folder) else path


def _tell_what_is_left_out(session: Session, request: Request) -> None:
    """How many private values stay behind, and in which columns."""
    if request.names:
        return
    tables = [request.table] if request.table else list(session.catalogue)
    filled = {
        f"{name}.{column.name}": sum(not column.is_empty(row) for row in session[name])
        for name in tables
        for column in session.catalogue[name].columns
        if column.private
    }
    columns = [column for column, number in filled.items() if number]
    if columns:
        total = counted(sum(filled.values()), "private value")
        say(f"Left out: {total} ({', '.join(columns)}). With --names they go in.")
