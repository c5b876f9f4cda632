"""How a session begins: a template's stages, agenda, prompts and lanes as rows; and a session as a template."""

from __future__ import annotations

import re
from dataclasses import field, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.domain.names import row_name
from cjworkshop.domain.references import Ref, Reference
from cjworkshop.domain.session import Session
from cjworkshop.domain.text import counted
from cjworkshop.lazy import dataclass
from cjworkshop.method.across import About, Block, OwnPrompt
from cjworkshop.method.employee_workshop import Stage
from cjworkshop.method.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.rows import Catalogue, Row, Table
    from cjworkshop.method.step import Slot

_HAPPENED = frozenset({"started", "ended", "allotted", "paused", "paused_minutes"})
_TABLES: dict[str, Table] = {row_type.__table__.name: row_type.__table__ for row_type in (Stage, Block, OwnPrompt)}


def _is_carried(column: Column) -> bool:
    if column.private or column.name in _HAPPENED:
        return False
    kind = column.kind
    return not isinstance(kind, Reference) or (isinstance(kind, Ref) and set(kind.tables) <= set(_TABLES))


CARRIED: Mapping[str, tuple[Column, ...]] = {
    name: tuple(filter(_is_carried, table.columns)) for name, table in _TABLES.items()
}
"""The tables whose rows a template carries, each an attribute of `Template`, and the columns of them that it carries.

Not what happened in one meeting, nothing private, and no reference to what a template does not carry.
"""


@dataclass(frozen=True)
class Template:
    """A way to begin. Its rows are values of their table's columns by name, with an `id` where other rows refer to it.

    `agendas` name a variant of the method's agenda by step key. `agenda` is one of its own, in place of the method's for all steps but those in `agendas`; None where it has none.
    `caveat` is what its users must know, such as where a source is incomplete.
    """

    name: str
    title: str
    about: str = ""
    caveat: str = ""
    source: str = ""
    stages: tuple[Mapping[str, Any], ...] = ()
    agendas: Mapping[str, str] = field(default_factory=dict)
    agenda: tuple[Mapping[str, Any], ...] | None = None
    prompts: tuple[Mapping[str, Any], ...] = ()
    lanes: tuple[str, ...] = ()

    def rows(self, table: str) -> tuple[Mapping[str, Any], ...]:
        """Its rows of one of the tables in `CARRIED`."""
        found: tuple[Mapping[str, Any], ...] | None = getattr(self, table)
        return found or ()

    @property
    def extras(self) -> str:
        """What it brings besides its stages, in words: `agenda of 12 blocks, 3 prompts, 5 lanes`; empty for nothing."""
        parts = []
        if self.agenda is not None:
            parts.append(f"agenda of {counted(len(self.agenda), 'block')}")
        parts += [counted(len(self.prompts), "prompt")] if self.prompts else []
        parts += [counted(len(self.lanes), "lane")] if self.lanes else []
        return ", ".join(parts)


def begin(
    catalogue: Catalogue,
    template: Template,
    about: Mapping[str, Any],
    *,
    client: str = "",
    journey: str = "",
    new_id: Callable[[], str],
) -> Session:
    """A new session from a template. `about` are the values of the `_meta` table: name, date, facilitator, created."""
    session = Session(catalogue)
    lanes = {"lanes": template.lanes} if template.lanes else {}
    rows: dict[str, list[NewRow]] = {
        "_meta": [NewRow(new_id(), {**about, "template": template.name, **lanes})],
        "charter": [NewRow(new_id(), {"client": client, "journey": journey})],
    }
    ids = {row["id"]: new_id() for table in CARRIED for row in template.rows(table) if "id" in row}
    for table, columns in CARRIED.items():
        rows[table] = [_new_row(row, columns, ids, new_id) for row in template.rows(table)]
    rows["agenda"] += agenda_rows(template, new_id)
    for name, new in rows.items():
        session = session.edited(AddRows(name, tuple(new)).edits(session))
    return session


def _new_row(
    row: Mapping[str, Any], columns: tuple[Column, ...], ids: Mapping[str, str], new_id: Callable[[], str]
) -> NewRow:
    """A template's row with an id of its own, and the ids of the new rows in its references."""
    values = {column.name: row[column.name] for column in columns if column.name in row}
    for column in columns:
        if isinstance(column.kind, Reference) and values.get(column.name):
            values[column.name] = ids[values[column.name]]
    return NewRow(ids[row["id"]] if "id" in row else new_id(), values)


def agenda_rows(template: Template, new_id: Callable[[], str]) -> Iterator[NewRow]:
    """The method's agenda of each step as the template wants it, activities right behind the block that they are part of.

    Where the template has an agenda of its own, only the steps whose variant it names have the method's.
    """
    usual = "default" if template.agenda is None else ""
    for step in STEPS:
        for slot in step.agendas.get(template.agendas.get(step.key, usual), ()):
            block = _block(step.key, slot, "", new_id())
            yield block
            for part in slot.parts:
                yield _block(step.key, part, block.id, new_id())


def _block(step: str, slot: Slot, part_of: str, row_id: str) -> NewRow:
    values: dict[str, Any] = {
        "step": step,
        "block": slot.block,
        "minutes": slot.minutes,
        "kind": slot.kind,
        "minimum": slot.minimum,
        "part_of": part_of,
        "collects": slot.collects,
    }
    return NewRow(row_id, values)


def borrowed(template: Template | None, stage: Row) -> frozenset[str]:
    """The columns of a stage, but its name, that say word for word what one of the template's stages says there.

    Nobody in the room said that: it came along with the template, also where the stage was renamed.
    """
    return frozenset(
        column.name
        for column in CARRIED["stages"]
        if template is not None
        and column.name != "name"
        and not column.is_empty(stage)
        and any(theirs.get(column.name) == column.get(stage) for theirs in template.stages)
    )


def template_of(session: Session, name: str, title: str, *, about: str = "", began: Template | None = None) -> Template:
    """A session's stages, agenda, prompts and lanes as a template. Rows that lack what they need are left out.

    `began` is the template that the session began from: a stage that is called otherwise does not take over its texts.
    Blocks have the minutes that they have now, after a re-fit or more time.
    """
    kept = {table: [row for row in session[table] if not _lacks(row, columns)] for table, columns in CARRIED.items()}
    kept["stages"] = [_in_own_words(stage, began) for stage in kept["stages"]]
    kept["agenda"] = [_as_allotted(block) for block in kept["agenda"]]
    ids = _ids(kept)
    rows: dict[str, Any] = {
        table: tuple(_values(row, CARRIED[table], ids) for row in found) for table, found in kept.items()
    }
    return Template(name=name, title=title, about=about, lanes=session.record(About).lanes, **rows)


def _in_own_words(stage: Row, began: Template | None) -> Row:
    """The stage without the template's texts, unless it is still the template's stage."""
    table = _TABLES["stages"]
    if began is None or any(theirs["name"] == table.column("name").get(stage) for theirs in began.stages):
        return stage
    for name in borrowed(began, stage):
        column = table.column(name)
        stage = column.put(stage, column.kind.empty)
    return stage


def _as_allotted(row: Row) -> Row:
    """The block with the minutes that it has now as its plan."""
    return replace(row, minutes=row.allotted) if isinstance(row, Block) and row.allotted is not None else row


def _lacks(row: Row, columns: tuple[Column, ...]) -> bool:
    return any(column.required and column.is_empty(row) for column in columns)


def _ids(kept: Mapping[str, list[Row]]) -> dict[str, str]:
    """Row id → a short readable one, for the rows that others refer to."""
    wanted = {column.get(row) for name, rows in kept.items() for column in _references(name) for row in rows}
    ids: dict[str, str] = {}
    for name, rows in kept.items():
        for row in rows:
            if row.id in wanted:
                ids[row.id] = _free_id(_TABLES[name].noun, row_name(_TABLES[name], row), set(ids.values()))
    return ids


def _free_id(noun: str, name: str, taken: set[str]) -> str:
    """`block-lets-get-mapping`, with a number behind it where that is taken."""
    words = re.findall(r"[^\W_]+", name.casefold().replace("'", ""))
    wanted = "-".join([noun, *words])
    return next(free for number in count(1) if (free := wanted if number == 1 else f"{wanted}-{number}") not in taken)


def _references(table: str) -> list[Column]:
    return [column for column in CARRIED[table] if isinstance(column.kind, Reference)]


def _values(row: Row, columns: tuple[Column, ...], ids: Mapping[str, str]) -> Mapping[str, Any]:
    """The row's values that a new row would not have by itself."""
    values = {column.name: column.get(row) for column in columns if column.get(row) != column.default}
    for column in columns:
        if isinstance(column.kind, Reference) and column.name in values:
            target = ids.get(values.pop(column.name))
            values |= {column.name: target} if target else {}
    return {"id": ids[row.id], **values} if row.id in ids else values
