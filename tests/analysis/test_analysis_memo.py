"""What is kept of each row, and what is made of that: as little as can be is made anew, and nothing more is seen."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.analysis.memo import derived, of_each, rows
from cjworkshop.domain.session import Rows, Session
from cjworkshop.method.employee_workshop import Pain, Stage
from cjworkshop.method.steps import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable


def stages(*names: str) -> tuple[Stage, ...]:
    return tuple(Stage(id=f"s{number}", name=name) for number, name in enumerate(names))


def of(made: tuple[Stage, ...], *pains: Pain) -> Session:
    return Session(CATALOGUE, {"stages": Rows(made), "pains": Rows(pains)})


class TestOfEach:
    @given(st.lists(st.lists(st.sampled_from(stages(*"abcdef")), max_size=8), min_size=1, max_size=5))
    def test_every_item_has_its_own_finding_whatever_stood_there_before(self, journeys: list[list[Stage]]) -> None:
        @of_each(rows(Stage))
        def names(_: Session) -> Callable[[Stage], str]:
            return lambda stage: stage.name

        for journey in journeys:
            assert names(of(tuple(journey))) == tuple(stage.name for stage in journey)

    def test_only_other_items_are_looked_at(self) -> None:
        seen: list[str] = []

        @of_each(rows(Stage))
        def names(_: Session) -> Callable[[Stage], str]:
            return lambda stage: seen.append(stage.name) or stage.name  # type: ignore[func-returns-value]  # notes it

        first, second, third = stages(*"abc")
        for journey, looked_at in (
            ((first, second, third), ["a", "b", "c"]),
            ((first, *stages("d"), third), ["d"]),
            ((first, *stages("e"), second, third), ["e", "b"]),
            ((first, third), []),
            ((third,), []),
            ((), []),
        ):
            seen.clear()
            assert names(of(journey)) == tuple(stage.name for stage in journey)
            assert seen == looked_at

    def test_what_comes_out_as_before_is_the_same_object(self) -> None:
        @of_each(rows(Stage))
        def goals(_: Session) -> Callable[[Stage], object]:
            return lambda stage: float(stage.name) if "." in stage.name else int(stage.name)

        whole = goals(of(stages("4", "5")))
        assert goals(of(stages("4", "5"))) is whole
        assert [*map(repr, goals(of(stages("4.0", "5"))))] == ["4.0", "5"], "4 and 4.0 are equal, but read otherwise"

    def test_a_finding_rests_on_the_tables_declared_and_sees_no_other(self) -> None:
        @of_each(rows(Stage), Pain)
        def hurt(session: Session) -> Callable[[Stage], tuple[str, ...]]:
            return lambda stage: (stage.name, *sorted(session.tables), *(pain.pain for pain in session.rows(Pain)))

        journey = stages("a")
        assert hurt(of(journey, Pain(id="p", pain="dark"))) == (("a", "pains", "dark"),)
        assert hurt(of(journey, Pain(id="p", pain="cold"))) == (("a", "pains", "cold"),)

    def test_nothing_but_the_last_is_kept(self) -> None:
        @of_each(rows(Stage), Pain)
        def names(_: Session) -> Callable[[Stage], str]:
            return lambda stage: stage.name

        before = of(stages("a"), Pain(id="p"))
        kept = [weakref.ref(before["stages"]), weakref.ref(before["pains"])]
        assert names(before) == ("a",)
        del before
        names(of(stages("b")))
        gc.collect()
        assert [found() for found in kept] == [None, None]


class TestDerived:
    def test_it_is_made_anew_where_one_of_its_sources_is_another(self) -> None:
        made: list[str] = []

        @derived(rows(Stage), rows(Pain))
        def said(found: tuple[Stage, ...], pains: tuple[Pain, ...]) -> str:
            made.append(f"{len(found)} {len(pains)}")
            return made[-1]

        journey, pain = stages("a"), Pain(id="p")
        session = of(journey, pain)
        assert (said(session), said(session), said(session.edited({"charter": {}}))) == ("1 1",) * 3
        assert made == ["1 1"]
        assert said(session.edited({"pains": {"q": Pain(id="q")}})) == "1 2"
        assert said(session.edited({"stages": {"s0": None}})) == "0 1"
        assert said(session) == "1 1"
