"""What to do in each block, and what else where time runs short or is left: words to be said aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cjworkshop.method.steps import STEPS

if TYPE_CHECKING:
    from cjworkshop.method.step import Slot, Step

WORKING = [
    pytest.param(step, slot, id=f"{step.key}: {slot.block}")
    for step in STEPS
    for slot in step.agendas["default"]
    if slot.kind == "work"
]


def slots(step: Step) -> list[Slot]:
    blocks = [slot for agenda in step.agendas.values() for slot in agenda]
    return [slot for block in blocks for slot in (block, *block.parts)]


@pytest.mark.parametrize(("step", "slot"), WORKING)
def test_every_block_has_its_words(step: Step, slot: Slot) -> None:
    for words in (slot.how, slot.if_behind, slot.if_ahead):
        assert words.endswith((".", "?"))
        assert len(words) <= 220, "more than can be said in a breath or two"


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_no_words_are_said_twice_nor_during_a_break(step: Step) -> None:
    words = [text for slot in slots(step) for text in (slot.how, slot.if_behind, slot.if_ahead) if text]
    assert len(words) == len(set(words))
    assert not any(slot.how for slot in slots(step) if slot.kind == "break")
