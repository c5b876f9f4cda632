"""How a session begins: a template's stages and the steps' agendas as rows."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.domain.session import Session
from cjworkshop.lazy import dataclass
from cjworkshop.method.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cjworkshop.domain.rows import Catalogue
    from cjworkshop.method.step import Slot


@dataclass(frozen=True)
class Template:
    """A way to begin. `stages` are values of the stages' columns by name; `agendas` name a variant by step key.

    `caveat` is what its users must know, such as where a source is incomplete.
    """

    name: str
    title: str
    about: str = ""
    caveat: str = ""
    source: str = ""
    stages: tuple[Mapping[str, str], ...] = ()
    agendas: Mapping[str, str] = field(default_factory=dict)


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
    rows: dict[str, list[NewRow]] = {
        "_meta": [NewRow(new_id(), {**about, "template": template.name})],
        "charter": [NewRow(new_id(), {"client": client, "journey": journey})],
        "stages": [NewRow(new_id(), dict(stage)) for stage in template.stages],
        "agenda": list(agenda_rows(template, new_id)),
    }
    for table, new in rows.items():
        session = session.edited(AddRows(table, tuple(new)).edits(session))
    return session


def agenda_rows(template: Template, new_id: Callable[[], str]) -> Iterator[NewRow]:
    """The agenda of every step as the template wants it, activities right behind the block that they are part of."""
    for step in STEPS:
        for slot in step.agendas.get(template.agendas.get(step.key, "default"), ()):
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
