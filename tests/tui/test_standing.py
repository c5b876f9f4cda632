"""How the steps stand: nothing is met in a session that was only begun, and each gap is named once."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from cjworkshop.domain.session import Session
from cjworkshop.method.steps import CATALOGUE, STEPS
from cjworkshop.method.template import Template, begin
from cjworkshop.tui.standing import Standing

if TYPE_CHECKING:
    from cjworkshop.method.step import Step

BEGUN = begin(CATALOGUE, Template("blank", "Blank"), {"name": "Clinic"}, new_id=map(str, count()).__next__)


@pytest.mark.parametrize("session", [Session(CATALOGUE), BEGUN], ids=["empty", "begun"])
def test_a_session_that_nobody_worked_in_has_no_filled_dot(session: Session) -> None:
    assert [step.met for step in Standing(session).steps()] == [0] * (len(STEPS) + 1)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_what_two_conditions_miss_is_named_once(step: Step) -> None:
    gaps = Standing(BEGUN).gaps(step)
    assert gaps
    assert len(set(gaps)) == len(gaps)
