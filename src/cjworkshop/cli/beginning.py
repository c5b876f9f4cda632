"""`cjworkshop open`, `new` and `demo`: into a session that is there, a new one, or a copy of the sample."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from cjworkshop.cli.output import out, say
from cjworkshop.cli.surroundings import Surroundings, is_terminal, open_screen, shared
from cjworkshop.domain.text import LONG_TEXT, clean_line
from cjworkshop.errors import InvalidData, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cjworkshop.method.template import Template

DEFAULT_TEMPLATE = "blank"


class Wish(NamedTuple):
    """What a new session is to be, as it was typed; None where it was not said."""

    name: str | None
    client: str | None
    journey: str | None
    template: str | None
    date: str | None
    facilitator: str | None


@click.command("open", short_help="Open a session.")
@click.argument("session")
@shared
@click.pass_obj
def open_session(surroundings: Surroundings, session: str) -> int:
    """Open SESSION, a slug, the beginning of one, or a path, where it was left."""
    path = surroundings.store.resolve(session)
    return open_screen(surroundings, path.parent, path)


@click.command(short_help="Begin a session.")
@click.argument("name", required=False)
@click.option("--client", help="For whom the work is.")
@click.option("--journey", help="The journey in the customer's words, beginning with I …")
@click.option(
    "--template", help=f"Where the stages come from; see `cjworkshop templates`. Default: {DEFAULT_TEMPLATE}."
)
@click.option("--date", "day", help="The day of the workshop: 2026-03-31, fri, +1, +2w. Default: today.")
@click.option("--facilitator", help="Who leads it.")
@click.option("--open/--no-open", "wanted_open", default=None, help="Open it then; on a terminal that is the default.")
@shared
@click.pass_obj
def new(
    surroundings: Surroundings,
    *,
    name: str | None,
    client: str | None,
    journey: str | None,
    template: str | None,
    day: str | None,
    facilitator: str | None,
    wanted_open: bool | None,
) -> int:
    """Begin a session called NAME and print the path of its file.

    On a terminal, what is not given is asked.
    """
    if wanted_open and not is_terminal():
        raise UsageProblem("A session can be opened on a terminal only, and this is none.", "Leave --open out.")
    texts = (name, client, journey, template, day, facilitator)
    path = _create(surroundings, Wish(*map(_checked, Wish._fields, texts)))
    out(str(path))
    return 0 if wanted_open is False else _open_where_one_can(surroundings, path)


def _checked(field: str, text: str | None) -> str | None:
    if text is None:
        return None
    if len(text) > LONG_TEXT:
        raise InvalidData(f"The {field} has {len(text)} characters.", f"Give it at most {LONG_TEXT}.")
    clean = clean_line(text)
    if field == "name" and not clean:
        raise UsageProblem("The name has no character that can be shown.", "Give the session another name.")
    return clean


def _create(surroundings: Surroundings, wish: Wish) -> Path:
    """Begin the session that is wished for, asking for what is not said where somebody can be asked."""
    from cjworkshop.domain.dates import parse_date
    from cjworkshop.method.template import begin
    from cjworkshop.storage.templates import templates_for

    store = surroundings.store
    templates = templates_for(store.folder)
    today = dt.date.today()  # noqa: DTZ011 - a workshop is held on the day that it is where the laptop stands
    if wish.template:
        templates.named(wish.template)
    if wish.date:
        parse_date(wish.date, today)
    wish = _complete(wish, templates.templates, today)
    template = templates.named(wish.template or DEFAULT_TEMPLATE)
    if template.name in templates.replaced:
        say(f"The template {template.name} is your own, {templates.paths[template.name]}.")
    about = {
        "name": wish.name,
        "date": parse_date(wish.date, today) if wish.date else None,
        "facilitator": wish.facilitator or "",
        "created": store.environment.clock().replace(microsecond=0),
    }
    client, journey = wish.client or "", wish.journey or ""
    new_id = store.environment.new_id
    return store.create(begin(store.catalogue, template, about, client=client, journey=journey, new_id=new_id))


def _complete(wish: Wish, templates: Sequence[Template], today: dt.date) -> Wish:
    """The wish with what was not given: asked for on a terminal, else the default."""
    if None not in wish:
        return wish
    if is_terminal():
        from cjworkshop.cli.wizard import ask

        return ask(wish, templates, today)
    if wish.name is None:
        raise UsageProblem("A new session needs a name.", "Write it behind the command: cjworkshop new NAME.")
    return wish._replace(date=today.isoformat()) if wish.date is None else wish


def _open_where_one_can(surroundings: Surroundings, path: Path) -> int:
    """Open the session on the terminal, or say that there is none."""
    if is_terminal():
        return open_screen(surroundings, path.parent, path)
    say("Not opened, since this is no terminal.")
    return 0


@click.command(short_help="Open a copy of the sample.")
@click.option("--into", type=click.Path(path_type=Path), metavar="DIR", help="The folder for it.")
@click.option("--fresh", is_flag=True, help="Make a new copy, also if there is one; the old one stays.")
@click.option("--no-open", is_flag=True, help="Only print the path of its file.")
@shared
@click.pass_obj
def demo(surroundings: Surroundings, into: Path | None, fresh: bool, no_open: bool) -> int:
    """Open a copy of the sample: a hospital's outpatient journey, carried through all seven steps."""
    from cjworkshop.imports.sample import sample_session

    store = surroundings.store_in(into.absolute()) if into else surroundings.store
    path = sample_session(store, fresh=fresh)
    out(str(path))
    return 0 if no_open else _open_where_one_can(surroundings, path)
