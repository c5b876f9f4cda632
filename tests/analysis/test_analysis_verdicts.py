"""What customers make of the hypothesis: Δ and its verdict, blind spots, ghosts, optimism, intervals, lift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from clinic import clinic
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.analysis.curve import emotion_line, shape, turns
from cjworkshop.analysis.lift import gain, lifts
from cjworkshop.analysis.shares import wilson
from cjworkshop.analysis.verdicts import (
    Verdict,
    blind_spots,
    ghosts,
    has_customers,
    staff_optimism,
    verdicts,
)
from cjworkshop.method.employee_workshop import Touchpoint
from cjworkshop.method.qualitative import Excerpt, Interview
from cjworkshop.method.redesign import Future
from small_sessions import of, sample

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session

CLINIC = clinic()


def judged(session: Session, judgement: str) -> list[str]:
    found = verdicts(session)
    rows = session.rows(Touchpoint)
    return [row.code for row in rows if row.id in found and found[row.id].judgement == judgement]


@pytest.mark.parametrize("session", [CLINIC, sample()], ids=["case", "sample"])
class TestTheWorkedCase:
    def test_where_staff_are_wrong(self, session: Session) -> None:
        assert judged(session, "over-rated") == ["A04", "A08", "A10", "A23"]
        assert judged(session, "under-rated") == ["A12", "A17"]
        assert len(judged(session, "confirmed")) == 18

    def test_what_the_customers_line_does(self, session: Session) -> None:
        line = shape(emotion_line(session, "customers"))
        assert [drop.touchpoint.code for drop in line.drops] == ["A04", "A10"]
        assert [point.touchpoint.code for point in (line.peak, line.low, line.end) if point] == ["A16", "A08", "A24"]


class TestVerdict:
    @pytest.mark.parametrize(
        ("staff", "customers", "judgement"),
        [(4, 3.0, "over-rated"), (4, 3.1, "confirmed"), (3, 3.9, "confirmed"), (3, 4.0, "under-rated"), (3, 3.0, "confirmed")],
    )  # fmt: skip
    def test_a_whole_point_is_the_limit(self, staff: int, customers: float, judgement: str) -> None:
        session = of(Touchpoint(id="t", emotion=staff, customer_emotion=customers, customer_n=9))
        assert verdicts(session)["t"].judgement == judgement

    def test_there_is_none_without_both_values(self) -> None:
        session = of(Touchpoint(id="s", emotion=3), Touchpoint(id="c", order=1, customer_emotion=3.0))
        assert verdicts(session) == {}
        assert staff_optimism(session) is None

    def test_optimism_is_the_mean_of_what_staff_rate_higher(self) -> None:
        session = of(
            Touchpoint(id="a", emotion=4, customer_emotion=2.5), Touchpoint(id="b", order=1, emotion=3, customer_emotion=4.0)
        )  # fmt: skip
        assert verdicts(session) == {"a": Verdict(4, 2.5, -15), "b": Verdict(3, 4.0, 10)}
        assert staff_optimism(session) == pytest.approx(0.25)

    def test_customers_are_heard_from_level_two_on(self) -> None:
        heard = Touchpoint(id="t", emotion=3, basis="heard", customer_emotion=2.0)
        assert not has_customers(of(heard))
        assert has_customers(of(heard, Excerpt(id="e", interview="i", touchpoint="t")))


class TestWhatTheMapLacks:
    def test_a_blind_spot_is_named_by_two_customers(self) -> None:
        said = [
            Excerpt(id=f"e{n}", order=n, interview=who, new_touchpoint=name)
            for n, (who, name) in enumerate(
                [("i1", "The bus"), ("i2", "the  BUS"), ("i1", "Parking"), ("i1", "parking"), ("i2", "Desk"), ("i3", "desk")]
            )
        ]  # fmt: skip
        session = of(Touchpoint(id="t", name="Desk"), *said)
        assert [(spot.name, spot.said) for spot in blind_spots(session)] == [("The bus", 2)]

    def test_what_was_put_on_the_map_is_no_blind_spot(self) -> None:
        said = [Excerpt(id=f"e{n}", order=n, interview=f"i{n}", touchpoint="t", new_touchpoint="Bus") for n in range(3)]
        assert blind_spots(of(Touchpoint(id="t", name="Ride"), *said)) == ()

    def test_a_ghost_is_on_the_map_and_nobody_spoke_of_it(self) -> None:
        rows = (Touchpoint(id="t", code="A01"), Touchpoint(id="g", order=1, code="A02"))
        assert ghosts(of(*rows)) == ()
        session = of(*rows, Interview(id="i"), Excerpt(id="e", interview="i", touchpoint="t"))
        assert [row.code for row in ghosts(session)] == ["A02"]

    def test_the_sample_has_both(self) -> None:
        assert [spot.said for spot in blind_spots(sample())] == [4]
        assert [row.code for row in ghosts(sample())] == ["A03", "A21", "A24"]


class TestShares:
    def test_wilson_as_published(self) -> None:
        found = wilson(81, 263)  # the example of Newcombe 1998
        assert found is not None
        assert [round(end, 4) for end in found] == [0.2553, 0.3662]

    def test_nobody_asked_is_no_share(self) -> None:
        assert wilson(0, 0) is None

    @given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
    def test_it_holds_the_share_and_stays_between_nothing_and_all(self, sample: tuple[int, int]) -> None:
        count, asked = sample
        found = wilson(count, asked)
        assert found is not None
        assert 0 <= found.low <= count / asked + 1e-12
        assert count / asked - 1e-12 <= found.high <= 1


class TestLift:
    def test_it_is_to_be_less_as_is(self) -> None:
        session = of(
            Touchpoint(id="a", emotion=3, importance=5),
            Touchpoint(id="b", order=1, emotion=4, customer_emotion=2.2, customer_n=9, importance=2),
            Touchpoint(id="c", order=2),
            Future(id="fa", touchpoint="a", change="fix", target_emotion=4),
            Future(id="fb", order=1, touchpoint="b", change="fix", target_emotion=4),
            Future(id="fc", order=2, touchpoint="c", change="fix", target_emotion=5),
            Future(id="new", order=3, change="add", target_emotion=5),
            Future(id="gone", order=4, touchpoint="a", change="remove", target_emotion=5),
        )
        assert {row_id: lift.tenths for row_id, lift in lifts(session).items()} == {"fa": 10, "fb": 18}
        assert gain(session) == (28, 2, 86)


@given(st.lists(st.floats(1, 5), min_size=1, max_size=20))
def test_turns_are_places_of_the_line(values: list[float]) -> None:
    found = turns(values)
    assert values[found.peak] == max(values)
    assert values[found.low] == min(values)
    assert all(fall >= 20 and 0 < place < len(values) for place, fall in found.drops)
