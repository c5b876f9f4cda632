"""Columns that point at other rows: what may be typed, shown, chosen and loaded."""

from __future__ import annotations

from typing import Any

import pytest

from cjworkshop.domain import references
from cjworkshop.domain.kinds import Context
from cjworkshop.domain.session import Rows, Session
from cjworkshop.errors import BadValue
from cjworkshop.method.discovery import Persona
from cjworkshop.method.employee_workshop import Stage, Touchpoint
from cjworkshop.method.qualitative import Code
from cjworkshop.method.steps import CATALOGUE
from strategies import TODAY

SESSION = Session(
    CATALOGUE,
    {
        "stages": Rows(tuple(Stage(id=f"s{n}", order=n, code=f"S{n}", name=name) for n, name in enumerate(("Before", "A =", "x=1")))),
        "touchpoints": Rows((Touchpoint(id="t1", code="A01", name="Call, then wait"), Touchpoint(id="t2", order=1, code="A02"))),
        "personas": Rows((Persona(id="p1", code="P1", name="Ray"), Persona(id="p2", order=1, code="P2", name="Denise, 41"))),
        "codes": Rows((Code(id="c1", name="hold"), Code(id="c2", order=1, name="late, no word"), Code(id="c3", order=2, name="a; b"))),
    },
)  # fmt: skip
CONTEXT = Context(SESSION, TODAY)
STAGE, ANY = references.Ref(("stages",)), references.Ref(("*",))
EITHER = references.Ref(("touchpoints", "stages"))
CODES, PERSONAS = references.Refs(("codes",)), references.Refs(("personas",))
SCORES = references.Scores(("stages", "touchpoints"))


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (STAGE, "bef", "s0", "Before"),
        (STAGE, "S0", "s0", "Before"),
        (STAGE, " ", "", ""),
        (EITHER, "A01", "t1", "A01 Call, then wait"),
        (EITHER, "before", "s0", "Before"),
        (ANY, "denise", "p2", "P2 Denise, 41"),
        (PERSONAS, "P1; P2", ("p1", "p2"), "P1; P2"),
        (PERSONAS, "P2,P1,P2", ("p2", "p1"), "P2; P1"),
        (PERSONAS, "ray\ndenise\n", ("p1", "p2"), "P1; P2"),
        (PERSONAS, "Denise, 41", ("p2",), "P2"),
        (PERSONAS, ";;", (), ""),
        (PERSONAS, "", (), ""),
        (CODES, "late, no word", ("c2",), "late, no word"),
        (CODES, "hold; late, no word", ("c1", "c2"), "hold; late, no word"),
        (CODES, "a, b", ("c3",), "a, b"),
        (SCORES, "Before 4; A01 2", (("s0", 4), ("t1", 2)), "Before 4; A01 2"),
        (SCORES, "before=4\nA01 = 2", (("s0", 4), ("t1", 2)), "Before 4; A01 2"),
        (SCORES, "A01 =2", (("t1", 2),), "A01 2"),
        (SCORES, "A = 3; x=1 5", (("s1", 3), ("s2", 5)), "A = 3; x=1 5"),
        (SCORES, "A01 2; A01 3", (("t1", 3),), "A01 3"),
        (SCORES, " ; ", (), ""),
    ],
)
def test_what_is_typed(kind: Any, typed: str, value: object, shown: str) -> None:
    assert kind.parse(typed, CONTEXT) == value
    assert kind.show(value, SESSION) == shown
    assert kind.parse(shown, CONTEXT) == value


@pytest.mark.parametrize(
    ("kind", "typed", "message"),
    [
        (STAGE, "hotel", "There is no stage 'hotel'."),
        (EITHER, "S9", "There is no touchpoint or stage 'S9'."),
        (PERSONAS, "P1; P9", "There is no persona 'P9'."),
        (PERSONAS, "P1, P9", "There is no persona 'P9'."),
        (SCORES, "Before", "'Before' is not a number."),
        (SCORES, "4", "'4' is not a name and a rating."),
        (SCORES, "=4", "'=4' is not a name and a rating."),
        (SCORES, "Before 9", "9 is not between 1 and 5."),
        (SCORES, "Before=", "'Before=' is not a name and a rating."),
        (SCORES, "hotel 4", "There is no stage or touchpoint 'hotel'."),
        (SCORES, "hotel = 4", "There is no stage or touchpoint 'hotel'."),
    ],
)
def test_what_is_refused(kind: Any, typed: str, message: str) -> None:
    with pytest.raises(BadValue) as refused:
        kind.parse(typed, CONTEXT)
    assert refused.value.message == message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("kind", "data", "value"),
    [
        (STAGE, None, ""),
        (STAGE, " s1\n", "s1"),
        (CODES, None, ()),
        (CODES, ["c2", "c1", "c2", "", "\x00"], ("c2", "c1")),
        (SCORES, None, ()),
        (SCORES, {"t1": 3.0, "s0": 1, "s1": None}, (("s0", 1), ("t1", 3))),
    ],
)
def test_what_is_loaded(kind: Any, data: object, value: object) -> None:
    assert kind.load(data) == value
    assert kind.load(kind.dump(value)) == value


@pytest.mark.parametrize(
    ("kind", "data"),
    [(STAGE, 7), (CODES, "c1"), (CODES, [7]), (SCORES, []), (SCORES, {"s0": 6}), (SCORES, {"s0": "4"})],
)
def test_what_is_not_loaded(kind: Any, data: object) -> None:
    with pytest.raises(BadValue):
        kind.load(data)


def test_options_are_what_may_be_typed() -> None:
    assert STAGE.options(SESSION) == [("Before", "Before"), ("A =", "A ="), ("x=1", "x=1")]
    assert PERSONAS.options(SESSION) == [("P1", "P1 Ray"), ("P2", "P2 Denise, 41")]
    assert SCORES.options(SESSION) == []
    for kind in (EITHER, ANY):
        for typed, label in kind.options(SESSION):
            assert SESSION.label(kind.parse(typed, CONTEXT)) == label


def test_where_references_point() -> None:
    assert STAGE.may_point_into("stages")
    assert not STAGE.may_point_into("pains")
    assert ANY.may_point_into("pains")
    assert STAGE.targets("s1") == ("s1",)
    assert STAGE.targets("") == ()
    assert CODES.targets(("c1", "c2")) == ("c1", "c2")
    assert SCORES.targets((("s0", 4),)) == ("s0",)


def test_letting_go() -> None:
    gone = {"s0", "c1"}.__contains__
    assert (STAGE.without("s0", gone), STAGE.without("s1", gone), STAGE.without("", gone)) == ("", "s1", "")
    assert CODES.without(("c1", "c2"), gone) == ("c2",)
    assert SCORES.without((("s0", 4), ("t1", 2)), gone) == (("t1", 2),)


def test_one_part_of_ratings() -> None:
    assert SCORES.with_part((("s0", 4),), "t1", 2) == (("s0", 4), ("t1", 2))
    assert SCORES.with_part((("s0", 4),), "s0", 5) == (("s0", 5),)
    assert SCORES.with_part((("s0", 4),), "s0", None) == ()
    assert SCORES.part.scale == (1, 5)


@pytest.mark.parametrize(
    ("kind", "words", "described"),
    [
        (STAGE, "a code or part of a name", "id of a row of stages"),
        (EITHER, "a code or part of a name", "id of a row of touchpoints or stages"),
        (ANY, "a code or part of a name", "id of a row of any table"),
        (CODES, "codes or names, with ; between them", "id of a row of codes"),
        (SCORES, "a name and its rating, with ; between them", "id of a row of stages or touchpoints"),
    ],
)
def test_help(kind: Any, words: str, described: str) -> None:
    assert kind.help() == words
    assert kind.description() == described
    assert described in str(kind.schema())


def test_a_reference_without_its_own_behaviour_cannot_be_used() -> None:
    bare: references.Reference[str] = references.Reference(("stages",))
    for use in (lambda: bare.targets("x"), lambda: bare.without("x", bool)):
        with pytest.raises(NotImplementedError):
            use()
