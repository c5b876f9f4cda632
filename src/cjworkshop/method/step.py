"""What a step of the method is made of."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cjworkshop.domain.rows import Row


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to ask the room, and the table that the answers go to."""

    text: str
    table: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A block of a default agenda: its planned minutes and the activities inside it.

    `minimum` minutes are never cut by a re-fit; a break is protected whole. `how` says what to do, `if_behind` and
    `if_ahead` how to go on where time runs short or is left; an activity without them goes by its block's.
    """

    block: str
    minutes: int
    parts: tuple[Slot, ...] = ()
    kind: str = "work"
    minimum: int = 5
    collects: str = ""
    how: str = ""
    if_behind: str = ""
    if_ahead: str = ""


def pause(block: str, minutes: int) -> Slot:
    """A protected break."""
    return Slot(block, minutes, kind="break", minimum=minutes)


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the things that make a step ready. `key` names the function that looks (see `analysis.readiness`)."""

    key: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the method. `short` fits the narrow rail.

    `agendas` are by name; the one called `default` is what a new session gets, if there is one.
    """

    key: str
    number: int
    title: str
    short: str
    purpose: str
    row_types: tuple[type[Row], ...]
    prompts: tuple[Prompt, ...]
    deliverable: str
    ready: tuple[Condition, ...] = ()
    agendas: Mapping[str, tuple[Slot, ...]] = field(default_factory=dict)

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its tables."""
        return tuple(row_type.__table__.name for row_type in self.row_types)
