"""The session notes: what a consultant sends the same evening.

First what was agreed and mapped, then what customers said, then who does what; what is missing; and an annex with
the rest. Every value that was said can be found in it; what is only kept about the program's own work is left out: the
template, the drawing of the map, weights that nobody changed, captured notes that stand sorted elsewhere, agendas of
steps that nobody has met for. Parts without content are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.names import row_name
from cjworkshop.domain.text import counted
from cjworkshop.exports import journey, voices
from cjworkshop.exports.captured import captured
from cjworkshop.exports.layout import PAGE, Layout, cards, rows_blocks, unweighted
from cjworkshop.exports.missing import missing
from cjworkshop.exports.report import Block, Document, Heading, Item, Paragraph, View, deeper, listed, section
from cjworkshop.exports.timing import agendas, timing
from cjworkshop.lazy import dataclass
from cjworkshop.method.across import Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cjworkshop.domain.session import Session


FIRST = {
    "touchpoints": ("stage", "channel", "emotion", "customer_emotion", "customer_n", "importance", "moment"),
    "pains": ("touchpoint", "severity"),
    "actions": ("owner", "due", "status"),
    "decisions": ("by", "date"),
    "objectives": ("baseline", "target", "unit", "due", "owner"),
    "experiments": ("owner", "status"),
    "blueprint_cells": ("touchpoint", "lane", "actor", "minutes", "standard_minutes"),
    "kpis": ("baseline", "target", "current", "owner"),
}
"""The columns that stand in a table of the notes before others get room."""


def _tables(*names: str) -> Callable[[View], list[Block]]:
    """Each of these tables as it is; with a heading each where they are several."""

    def blocks(view: View) -> list[Block]:
        parts = []
        for name in names:
            inner = table_blocks(view, name)
            parts += section(view.session.catalogue[name].title, inner, 3) if len(names) > 1 else inner
        return parts

    return blocks


def table_blocks(view: View, name: str, page: int = PAGE) -> list[Block]:
    """All rows of one table: a list of what is filled in where it is a single record, else a table."""
    table, rows = view.session.catalogue[name], view.session[name]
    if not table.single:
        return rows_blocks(view, table, rows, Layout(FIRST.get(name, ()), under=captured(view, table), page=page))
    return listed(fact for row in rows for fact in view.facts(row, view.columns(table, rows)))


def _charter(view: View) -> list[Block]:
    """What is filled in, but for the weights that are as they were."""
    table, rows = view.session.catalogue["charter"], view.session["charter"]
    usual = unweighted(table, rows)
    columns = [column for column in view.columns(table, rows) if column.name not in usual]
    return listed(fact for row in rows for fact in view.facts(row, columns))


def _meetings(view: View) -> list[Block]:
    """When the meetings are, and the agendas of those."""
    return [*section("Meetings", table_blocks(view, "meetings"), 3), *section("Agenda", agendas(view), 3)]


def _inbox(view: View) -> list[Block]:
    """The notes that wait to be sorted. The others stand where they were sorted into, with what else they said."""
    catalogue = view.session.catalogue
    waiting = [note for note in view.session.rows(Note) if not note.sorted_into]
    return rows_blocks(view, catalogue["inbox"], waiting, Layout(without=("captured", "typed")))


def _cards(name: str, titled_by: str) -> Callable[[View], list[Block]]:
    """Each row of a table under a heading of its own."""
    return lambda view: cards(view, view.session.catalogue[name], view.session[name], titled_by)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the notes: its title, the tables whose content it shows, and how; `needs` are further tables."""

    title: str
    tables: tuple[str, ...]
    blocks: Callable[[View], list[Block]]
    needs: tuple[str, ...] = ()


def _plain(title: str, *names: str) -> Part:
    return Part(title, names, _tables(*names))


PARTS = (
    _plain("Summary", "summary"),
    Part("Charter", ("charter",), _charter),
    _plain("Objectives", "objectives"),
    _plain("People", "people"),
    _plain("Personas", "personas"),
    Part("The journey", ("stages", "touchpoints"), journey.the_map),
    Part("Critical moments", (), journey.moments, needs=("touchpoints",)),
    _plain("Pain points", "pains"),
    _plain("Opportunities", "opportunities"),
    Part("Empathy maps", ("empathy",), _cards("empathy", "persona")),
    Part("What staff scored", ("scores",), journey.staff_scores),
    Part("Votes", ("vote_rounds", "votes"), journey.votes),
    Part("What customers said", ("interviews", "excerpts"), voices.quotes),
    _plain("What customers made of our beliefs", "validations"),
    Part("What customers answered", ("waves",), voices.survey),
    _plain("KPIs", "kpis"),
    _plain("Decisions", "decisions"),
    _plain("Actions", "actions"),
    Part("Root causes", ("causes",), _cards("causes", "pain")),
    _plain("Blueprint", "blueprint_cells"),
    _plain("The new experience", "hmw", "ideas", "storyboard", "future", "experiments"),
    _plain("Reviews", "reviews"),
    Part("How the time went", (), timing, needs=("agenda", "meetings")),
    _plain("Parking lot", "parked"),
    Part("Inbox", ("inbox",), _inbox),
    Part("Still missing", (), missing, needs=("charter", "touchpoints")),
)
ANNEX = (
    _plain("Journeys to choose from", "candidates"),
    _plain("Evidence at hand", "sources"),
    _plain("Risks and assumptions", "risks"),
    _plain("Resources", "resources"),
    _plain("Codebook", "codes"),
    _plain("Traps answered", "trap_answers"),
    Part("Meetings and agenda", ("meetings", "agenda"), _meetings),
    _plain("Prompts", "prompts"),
    Part("Survey answers", ("responses",), voices.responses),
)


def notes(view: View) -> Document:
    """The notes of a session, as far as the view may show it."""
    session = view.session
    title, facts = _about(view)
    blocks = [Heading(1, title), *listed(facts), *_counts(session), *_parts(view, PARTS)]
    blocks += section("Annex", deeper(_parts(view, (*ANNEX, *_others(session)))))
    return Document((*blocks, *_not_shown(session)))


def _not_shown(session: Session) -> list[Block]:
    """How much of the file these notes do not hold. What it is may be private, so that it is only counted."""
    told = [
        *([counted(len(session.quarantine), "value") + " that did not fit"] if session.quarantine else []),
        *([counted(len(session.unknown), "table") + " from a newer cjworkshop"] if session.unknown else []),
    ]
    return [Paragraph(f"Not in these notes, but kept in the session: {' and '.join(told)}.", note=True)] if told else []


ABOUT = {"charter": ("client", "journey"), "_meta": ("name", "date", "facilitator")}
"""The columns that stand under the title, by table."""


def _about(view: View) -> tuple[str, list[Item]]:
    """What the session is called, and what stands under that: client, journey, and the session's own facts."""
    title = ""
    facts: list[Item] = []
    catalogue = view.session.catalogue
    for name, wanted in ABOUT.items():
        for row in view.session[name] if name in catalogue else ():
            beyond = name == "_meta"
            columns = view.beyond_title(catalogue[name], row) if beyond else view.columns(catalogue[name], [row])
            facts += view.facts(row, [column for column in columns if column.name in wanted])
            title = row_name(catalogue[name], row) if name == "_meta" else title
    return title or "Workshop notes", facts


COUNTED = (
    "stages", "touchpoints", "pains", "opportunities", "interviews", "excerpts", "responses", "decisions", "actions",
)  # fmt: skip
"""The tables whose sizes the notes begin with."""


def _counts(session: Session) -> list[Block]:
    """How much there is, in one sentence."""
    sizes = [
        session.catalogue[name].counted(len(session[name]))
        for name in COUNTED
        if name in session.catalogue and session[name]
    ]
    return [Paragraph(f"In these notes: {', '.join(sizes)}.")] if sizes else []


def _parts(view: View, parts: Iterable[Part]) -> list[Block]:
    known = set(view.session.catalogue)
    return [
        block
        for part in parts
        if known.issuperset((*part.tables, *part.needs))
        for block in section(part.title, part.blocks(view))
    ]


def _others(session: Session) -> list[Part]:
    """The tables that no part shows: a new one is in the notes before anybody has thought of where."""
    shown = {name for part in (*PARTS, *ANNEX) for name in part.tables} | {"_meta"}
    return [_plain(table.title, name) for name, table in session.catalogue.items() if name not in shown]
