"""What all rows have in common, whatever their columns are."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import pytest

from cjworkshop.method.discovery import Objective
from cjworkshop.method.employee_workshop import Stage, Touchpoint

STAGE = Stage(id="s1", order=7, name="Wait")


def test_fields_that_are_not_given_have_their_defaults() -> None:
    touchpoint = Touchpoint(id="t1")
    assert (touchpoint.order, touchpoint.code, touchpoint.extra) == (0, "", {})
    assert (touchpoint.name, touchpoint.emotion, touchpoint.personas, touchpoint.basis) == ("", None, (), "assumed")


@pytest.mark.parametrize(("values", "problem"), [({"id": "s1", "nmae": "Wait"}, "nmae"), ({"name": "Wait"}, "id")])
def test_a_row_has_an_id_and_no_field_that_is_not_declared(values: dict[str, Any], problem: str) -> None:
    with pytest.raises(TypeError, match=problem):
        Stage(**values)


def test_a_row_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        STAGE.name = "Go"  # type: ignore[misc]  # the types forbid it too
    with pytest.raises(FrozenInstanceError):
        del STAGE.name
    with pytest.raises(FrozenInstanceError):
        STAGE.colour = "red"  # type: ignore[attr-defined]  # likewise
    assert STAGE.name == "Wait"


def test_rows_with_the_same_values_are_equal() -> None:
    assert Stage(id="s1", order=7, name="Wait") == STAGE
    assert replace(STAGE, name="Go") != STAGE
    assert replace(STAGE, extra={"mood": 1}) != STAGE
    assert replace(STAGE, extra={"mood": 1}) == replace(STAGE, extra={"mood": 1})
    assert Objective(id="s1", order=7) != Stage(id="s1", order=7)
    assert STAGE != "Wait"


def test_a_row_says_what_is_in_it() -> None:
    assert repr(STAGE).startswith("Stage(id='s1', order=7, code='', extra=")
    assert "name='Wait'" in repr(STAGE)
    assert [part.name for part in fields(Stage)][:5] == ["id", "order", "code", "extra", "name"]
