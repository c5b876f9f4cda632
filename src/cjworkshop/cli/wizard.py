"""The questions of `cjworkshop new`. The only place that prompts, and imported only where somebody can answer.

Ctrl-C raises KeyboardInterrupt out of any question; nothing has been made by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import questionary

from cjworkshop.domain.dates import parse_date
from cjworkshop.domain.text import clean_line
from cjworkshop.errors import BadValue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from cjworkshop.cli.beginning import Wish
    from cjworkshop.method.template import Template


def ask(wish: Wish, templates: Sequence[Template], today: dt.date) -> Wish:
    """The wish with an answer to each question that it leaves open."""
    if wish.name is None:
        wish = wish._replace(name=_line("What is the session called?", required=True))
    if wish.client is None:
        wish = wish._replace(client=_line("For which client?"))
    if wish.journey is None:
        wish = wish._replace(journey=_line("Which journey, in the customer's words?", hint="I …"))
    if wish.template is None:
        wish = wish._replace(template=_template(templates))
    if wish.date is None:
        wish = wish._replace(date=_date(today))
    if wish.facilitator is None:
        wish = wish._replace(facilitator=_line("Who facilitates?"))
    return wish


def _line(question: str, *, hint: str = "", required: bool = False) -> str:
    def check(typed: str) -> bool | str:
        return True if clean_line(typed) or not required else "Type at least one character."

    return clean_line(questionary.text(question, instruction=hint, validate=check).unsafe_ask())


def _date(today: dt.date) -> str:
    def check(typed: str) -> bool | str:
        try:
            return not typed.strip() or bool(parse_date(typed, today))
        except BadValue as problem:
            return str(problem)

    question = questionary.text("On which day?", default=today.isoformat(), validate=check, instruction="(fri, +2w) ")
    return clean_line(question.unsafe_ask())


def _template(templates: Sequence[Template]) -> str:
    choices = [
        questionary.Choice(template.title, value=template.name, description=_preview(template))
        for template in templates
    ]
    return str(questionary.select("Which stages to begin with?", choices=choices).unsafe_ask())


def _preview(template: Template) -> str:
    stages = " → ".join(stage["name"] for stage in template.stages) or template.about
    return stages + (f"; {template.extras}" if template.extras else "")
