"""`cjworkshop templates`, `schema` and `keys`: what there is to know about the program itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cjworkshop.cli.output import console, out, out_json, say
from cjworkshop.cli.surroundings import Surroundings, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cjworkshop.method.template import Template
    from cjworkshop.storage.templates import Templates


@click.group(invoke_without_command=True, short_help="List templates, show one, or save a session as one.")
@shared
@click.pass_context
def templates(context: click.Context) -> None:
    """Templates that a session can begin from."""
    if context.invoked_subcommand is None:
        context.invoke(list_templates)


def _found(surroundings: Surroundings) -> Templates:
    from cjworkshop.storage.templates import templates_for

    found = templates_for(surroundings.folder)
    for name in found.replaced:
        say(f"{name} is your own, {found.paths[name]}, in place of the program's.")
    for bad in found.damaged:
        say(f"{bad.name} cannot be used: {bad.reason}")
    return found


@templates.command("list", short_help="List them.")
@shared
@click.pass_obj
def list_templates(surroundings: Surroundings) -> None:
    """List the templates: name, number of stages, title, and what else they bring."""
    known = _found(surroundings).templates
    rows = [(one.name, str(len(one.stages)), one.title, one.extras) for one in known]
    _print_rows(surroundings, ("Template", "Stages", "Title", "Besides"), rows)


@templates.command("show", short_help="Show one.")
@click.argument("template")
@shared
@click.pass_obj
def show_template(surroundings: Surroundings, template: str) -> None:
    """Show TEMPLATE: what it is for, where it comes from, its stages, agenda, prompts and lanes."""
    found = _found(surroundings)
    known = found.named(template)
    out(f"{known.title}\n")
    for label, text in (("About", known.about), ("Mind", known.caveat), ("Source", known.source)):
        if text:
            out(f"{label}: {text}")
    out(f"File: {found.paths[known.name]}")
    for step, variant in known.agendas.items():
        out(f"Agenda of {step}: {variant}")
    for number, stage in enumerate(known.stages, 1):
        goal = stage.get("customer_goal")
        out(f"\n{number}. {stage['name']}" + (f"\n   {goal}" if goal else ""))
    _show_agenda(known)
    for number, prompt in enumerate(known.prompts):
        out(("" if number else "\nPrompts\n") + f"{prompt['step']}: {prompt['prompt']}")
    if known.lanes:
        out(f"\nLanes: {', '.join(known.lanes)}")


def _show_agenda(known: Template) -> None:
    """The agenda step by step, activities under their blocks."""
    step = ""
    for block in known.agenda or ():
        if block["step"] != step:
            step = block["step"]
            out(f"\nAgenda of {step}")
        indent = "  " if block.get("part_of") else ""
        out(f"{block.get('minutes') or 0:5}  {indent}{block['block']}")


@templates.command("save", short_help="Save a session's stages, agenda, prompts and lanes as one.")
@click.argument("session")
@click.argument("name")
@click.option("--about", default="", metavar="TEXT", help="What it is for, in a line.")
@click.option("--force", is_flag=True, help="Replace the template that has this name.")
@shared
@click.pass_obj
def save_as_template(surroundings: Surroundings, session: str, name: str, *, about: str, force: bool) -> None:
    """Save the stages, agenda, prompts and lanes of SESSION as the template NAME, and print its file's path."""
    from cjworkshop.storage.templates import save_template

    store = surroundings.store
    snapshot = store.read(store.resolve(session))
    for notice in snapshot.notices:
        say(notice)
    out(str(save_template(snapshot.session, name, surroundings.folder, about=about, force=force)))


@click.command(short_help="Print the JSON Schema of a session file.")
@shared
def schema() -> None:
    """Print the JSON Schema of a session's file."""
    from cjworkshop.exports.schema import session_file_schema
    from cjworkshop.method.steps import CATALOGUE

    out_json(session_file_schema(CATALOGUE))


@click.command(short_help="List all keys.")
@shared
@click.pass_obj
def keys(surroundings: Surroundings) -> None:
    """List every key: where it works, the key, what it does, and the id for `keymap` in config.toml."""
    from cjworkshop.tui.keys import all_bindings

    rows = [(key.place, key.keys, key.description or key.tooltip, key.id) for key in all_bindings()]
    _print_rows(surroundings, ("Where", "Key", "Does", "Id"), rows)


def _print_rows(surroundings: Surroundings, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on a terminal; else a line a row with tabs between."""
    if screen := console():
        from cjworkshop.cli.tables import table

        screen.print(table(headers, rows, ascii_only=surroundings.settings.ascii))
        return
    for row in rows:
        out("\t".join(row).rstrip("\t"))
