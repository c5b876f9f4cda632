"""The journey in its order, its emotion line, and how well each value is known."""

from __future__ import annotations

import gc
import weakref
from statistics import fmean

import pytest
from clinic import STAGES, clinic
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.analysis.curve import (
    COVERED,
    Point,
    assumption_ratio,
    coverage,
    emotion_line,
    shape,
    stage_means,
    tenths,
    value_on,
)
from cjworkshop.analysis.evidence import Chain, Final, chain, chains, staff_pains
from cjworkshop.analysis.memo import remembered
from cjworkshop.analysis.stages import journey, moments, moments_of_truth, stage_parts
from cjworkshop.analysis.survey import Mean, survey_tally
from cjworkshop.domain.session import Rows, Session
from cjworkshop.method.employee_workshop import Pain, Stage, Touchpoint
from cjworkshop.method.qualitative import Excerpt, Interview
from cjworkshop.method.quantitative import Response
from cjworkshop.method.steps import CATALOGUE
from small_sessions import of
from strategies import sessions

CLINIC = clinic()


class TestJourney:
    def test_touchpoints_go_stage_by_stage(self) -> None:
        stages = (Stage(id="s2", order=1), Stage(id="s1", order=2), Stage(id="s3", order=3))
        homes = enumerate(["s1", "s2", "", "s1"])
        session = of(*stages, *(Touchpoint(id=f"t{n}", order=n, stage=stage) for n, stage in homes))
        assert [
            (part.stage.id if part.stage else "", [row.id for row in part.touchpoints]) for part in stage_parts(session)
        ] == [
            ("s2", ["t1"]),
            ("s1", ["t0", "t3"]),
            ("s3", []),
            ("", ["t2"]),
        ]
        assert [touchpoint.id for touchpoint in journey(session)] == ["t1", "t0", "t3", "t2"]

    @given(sessions(tables=("touchpoints",), most=14))
    def test_every_touchpoint_comes_once_and_stages_stand_in_order(self, session: Session) -> None:
        places = {stage.id: index for index, stage in enumerate(session.rows(Stage))}
        rows = session.rows(Touchpoint)
        wanted = sorted(rows, key=lambda row: (places.get(row.stage, len(places)), rows.index(row)))
        assert list(journey(session)) == wanted
        assert [part.stage for part in stage_parts(session) if part.stage] == list(session.rows(Stage))

    def test_moments(self) -> None:
        assert [touchpoint.code for touchpoint in moments(CLINIC)] == ["A04", "A08", "A14", "A16", "A20", "A23"]
        assert moments_of_truth(CLINIC) == moments(CLINIC)

    def test_a_team_without_moments_of_truth_means_all_its_moments(self) -> None:
        wow, exits = Touchpoint(id="w", moment="wow"), Touchpoint(id="x", order=1, moment="exit")
        truth = Touchpoint(id="t", order=2, moment="moment-of-truth")
        assert moments_of_truth(of(wow, exits)) == (wow, exits)
        assert moments_of_truth(of(wow, exits, truth)) == (truth,)


class TestLine:
    def test_the_customers_line_of_the_clinic(self) -> None:
        found = shape(emotion_line(CLINIC, "customers"))
        assert found.peak
        assert found.low
        assert found.end
        assert [(point.touchpoint.code, point.value) for point in (found.peak, found.low, found.end)] == [
            ("A16", 4.7),
            ("A08", 1.9),
            ("A24", 3.5),
        ]
        assert [(drop.touchpoint.code, drop.tenths) for drop in found.drops] == [("A04", 21), ("A10", 26)]

    def test_stage_means_of_the_clinic(self) -> None:
        staff, customers = stage_means(CLINIC, "staff"), stage_means(CLINIC, "customers")
        assert [
            (one.stage.name if one.stage else "", one.n, round(one.mean or 0, 2), round(two.mean or 0, 2))
            for one, two in zip(staff, customers, strict=True)
        ] == [
            (STAGES[0], 3, 3.33, 3.07),
            (STAGES[1], 4, 3.5, 3.18),
            (STAGES[2], 5, 3.4, 3.32),
            (STAGES[3], 5, 3.8, 3.84),
            (STAGES[4], 4, 3.0, 2.8),
            (STAGES[5], 3, 3.33, 2.93),
        ]
        assert stage_means(CLINIC, "final") == customers

    def test_a_drop_is_counted_in_tenths(self) -> None:
        touchpoints = [Touchpoint(id=str(n)) for n in range(5)]
        points = tuple(Point(row, value) for row, value in zip(touchpoints, (3.3, 1.3, 4.0, 2.04, 2.0), strict=True))
        assert [(drop.touchpoint.id, drop.tenths) for drop in shape(points).drops] == [("1", 20), ("3", 20)]
        assert shape((points[0], Point(touchpoints[1], 1.4))).drops == ()

    def test_of_equals_the_earlier_is_peak_and_low(self) -> None:
        points = tuple(Point(Touchpoint(id=str(n)), value) for n, value in enumerate((4, 2, 4, 2)))
        found = shape(points)
        assert (found.peak, found.low, found.end) == (points[0], points[1], points[3])

    def test_a_line_without_points(self) -> None:
        assert shape(()) == (None, None, None, ())
        assert emotion_line(of(Touchpoint(id="t")), "final") == ()
        assert [(mean.mean, mean.n) for mean in stage_means(of(Stage(id="s"), Touchpoint(id="t")), "staff")] == [
            (None, 0)
        ] * 2

    def test_a_line_joins_the_touchpoints_that_have_a_value(self) -> None:
        session = of(Touchpoint(id="a", emotion=5), Touchpoint(id="b", order=1), Touchpoint(id="c", order=2, emotion=2))
        line = emotion_line(session, "staff")
        assert [(point.touchpoint.id, point.value) for point in line] == [("a", 5), ("c", 2)]
        assert [drop.touchpoint.id for drop in shape(line).drops] == ["c"]

    def test_whose_value(self) -> None:
        touchpoint = Touchpoint(id="t", emotion=4, customer_emotion=2.5, customer_n=12)
        plain = Touchpoint(id="u", order=1, emotion=4)
        session = of(touchpoint, plain)
        assert [value_on(session, touchpoint, whose) for whose in ("staff", "customers", "final")] == [4, 2.5, 2.5]
        assert [value_on(session, plain, whose) for whose in ("staff", "customers", "final")] == [4, None, 4]

    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            (3, 30),
            (2.25, 23),
            (2.05, 21),
            (2.0499, 20),
            (3.3 - 1.3, 20),
            (1.15, 12),
            (-2.04, -20),
            (2.0499999999999994, 21),
        ],
    )
    def test_tenths(self, value: float, shown: int) -> None:
        assert tenths(value) == shown

    @given(st.integers(0, 500).map(lambda hundredths: hundredths / 100))
    def test_tenths_are_never_more_than_half_a_tenth_away(self, value: float) -> None:
        assert abs(tenths(value) / 10 - value) <= 0.05 + 1e-9


class TestFullness:
    def test_of_the_clinic(self) -> None:
        assert coverage(CLINIC) == 2 / 5
        assert assumption_ratio(CLINIC) == 0

    def test_by_example(self) -> None:
        full = Touchpoint(id="a", action="x", channel="x", thought="x", emotion=3, importance=1)
        half = Touchpoint(id="b", order=1, action="x", basis="heard")
        assert coverage(of(full, half)) == 6 / 10
        assert assumption_ratio(of(full, half)) == 0.5
        assert coverage(of()) is assumption_ratio(of()) is None
        assert COVERED == ("action", "channel", "thought", "emotion", "importance")


def said(touchpoint: str, *ratings: int | None) -> list[Excerpt]:
    """An excerpt about a touchpoint in interview 0, 1, …"""
    return [
        Excerpt(id=f"{touchpoint}{n}", order=n, interview=f"i{n}", touchpoint=touchpoint, emotion=rating)
        for n, rating in enumerate(ratings)
    ]


def rated(touchpoint: str, *ratings: int, weight: float | None = 1) -> list[Response]:
    """Responses that rate a touchpoint."""
    return [
        Response(id=f"r{touchpoint}{n}", order=n, satisfaction=((touchpoint, rating),), weight=weight)
        for n, rating in enumerate(ratings)
    ]


class TestEvidence:
    BELIEVED = Touchpoint(id="t", emotion=4)
    HEARD = Touchpoint(id="t", emotion=4, basis="heard")
    BROUGHT = Touchpoint(id="t", emotion=4, customer_emotion=2.8, customer_n=30)
    FIVE = tuple(Interview(id=f"i{n}", order=n) for n in range(5))

    def chain(self, touchpoint: Touchpoint, *rows: Excerpt | Response) -> Chain:
        return chain(of(touchpoint, *self.FIVE, *rows), touchpoint)

    def test_what_staff_assume(self) -> None:
        assert self.chain(self.BELIEVED) == Chain(4, 0, 5, None, None, None, 0)
        assert self.chain(self.BELIEVED).final == Final(4, "staff", 0)
        assert self.chain(self.BELIEVED).customers is None
        assert self.chain(Touchpoint(id="t")).final == Final(None, "", 0)

    def test_what_staff_heard(self) -> None:
        assert self.chain(self.HEARD).level == 1

    def test_what_some_customers_said(self) -> None:
        found = self.chain(self.HEARD, *said("t", 2, 1))
        assert (found.said, found.asked, found.level, found.interviews) == (2, 5, 2, None)
        assert found.final == Final(4, "staff", 0)
        assert self.chain(self.BELIEVED, *said("t", None)).level == 2
        assert self.chain(self.BELIEVED, *said("u", 2, 2, 2)).level == 0

    def test_three_ratings_give_a_mean(self) -> None:
        found = self.chain(self.BROUGHT, *said("t", 2, 1, 2, None))
        assert found.interviews == pytest.approx((5 / 3, 3))
        assert (found.said, found.level) == (4, 2)
        assert found.final == Final(5 / 3, "interviews", 3)

    def test_a_customer_counts_once(self) -> None:
        twice = [Excerpt(id="x", order=9, interview="i0", touchpoint="t", emotion=4), *said("t", 2, 5, 5)]
        found = self.chain(self.BELIEVED, *twice)
        assert found.said == 3
        assert found.interviews == pytest.approx(((3 + 5 + 5) / 3, 3))
        assert self.chain(self.BELIEVED, *twice[:3]).interviews is None

    def test_what_was_brought_from_elsewhere(self) -> None:
        found = self.chain(self.BROUGHT)
        assert (found.level, found.elsewhere, found.final) == (2, Mean(2.8, 30), Final(2.8, "elsewhere", 30))
        without_n = Touchpoint(id="t", emotion=4, customer_emotion=2.8)
        assert self.chain(without_n).level == 0
        assert self.chain(without_n).final == Final(2.8, "elsewhere", None)

    def test_what_a_survey_measured(self) -> None:
        found = self.chain(self.BROUGHT, *said("t", 2, 1, 2), *rated("t", 3, 4))
        assert (found.level, found.survey, found.final) == (3, Mean(3.5, 2), Final(3.5, "survey", 2))
        assert found.customers == 3.5
        assert self.chain(self.BELIEVED, *rated("s", 3, 4)).level == 0

    def test_of_all_touchpoints(self) -> None:
        found = chains(CLINIC)
        assert list(found) == [row.id for row in CLINIC["touchpoints"]]
        assert found["a04"] == Chain(4, 0, 12, Mean(2.2, 40), None, None, 2)

    @pytest.mark.parametrize(
        ("touchpoint", "quotes", "answers", "proven"),
        [
            (HEARD, [], [], False),
            (HEARD, said("t", 3), [], True),
            (HEARD, said("u", 3), rated("u", 2), False),
            (HEARD, [], rated("t", 2), True),
            (BROUGHT, [], [], True),
        ],
    )
    def test_of_pains(
        self, touchpoint: Touchpoint, quotes: list[Excerpt], answers: list[Response], *, proven: bool
    ) -> None:
        there, nowhere = Pain(id="p", touchpoint="t"), Pain(id="q", order=1)
        quoted = Pain(id="r", order=2, touchpoint="t", evidence=("e",))
        session = of(touchpoint, *quotes, *answers, there, nowhere, quoted)
        assert staff_pains(session) == ((nowhere,) if proven else (there, nowhere))

    @given(sessions(tables=("pains", "responses"), most=16))
    def test_pains_on_staffs_word_are_those_below_level_two(self, session: Session) -> None:
        levels = {touchpoint: found.level for touchpoint, found in chains(session).items()}
        wanted = [pain for pain in session.rows(Pain) if not pain.evidence and levels.get(pain.touchpoint, 0) < 2]
        assert list(staff_pains(session)) == wanted

    @given(sessions(tables=("excerpts", "responses"), most=16))
    def test_levels_and_values_are_as_defined(self, session: Session) -> None:
        for touchpoint in session.rows(Touchpoint):
            found = chain(session, touchpoint)
            quotes = [excerpt for excerpt in session.rows(Excerpt) if excerpt.touchpoint == touchpoint.id]
            answers = [
                (dict(row.satisfaction)[touchpoint.id], 1 if row.weight is None else row.weight)
                for row in session.rows(Response)
                if touchpoint.id in dict(row.satisfaction) and row.weight != 0
            ]
            assert found.said == len({excerpt.interview for excerpt in quotes})
            assert found.asked == len(session.rows(Interview))
            if answers:
                assert found.level == 3
                assert found.survey
                total = sum(weight for _, weight in answers)
                assert found.survey.n == len(answers)
                assert found.survey.value == pytest.approx(sum(value * weight / total for value, weight in answers))
            elif quotes or (touchpoint.customer_emotion is not None and touchpoint.customer_n):
                assert found.level == 2
            else:
                assert found.level == (touchpoint.basis == "heard")


class TestSurvey:
    def test_means_by_example(self) -> None:
        session = of(
            Response(id="1", wave="w", satisfaction=(("s", 4), ("t", 1)), weight=1),
            Response(id="2", order=1, wave="w", satisfaction=(("s", 2),), weight=3),
            Response(id="3", order=2, wave="", satisfaction=(("u", 5),), weight=0),
            Response(id="4", order=3, wave="", satisfaction=(("s", 5),), weight=None),
        )
        found = survey_tally(session)
        assert found.satisfaction == {"s": Mean((4 + 6 + 5) / 5, 3), "t": Mean(1, 1)}
        assert {wave: (tally.answers, tally.rated) for wave, tally in found.waves.items()} == {
            "w": (2, {"s", "t"}),
            "": (2, {"s", "u"}),
        }

    @given(st.lists(st.integers(1, 5), min_size=1, max_size=30))
    def test_unweighted_means_are_means(self, ratings: list[int]) -> None:
        assert survey_tally(of(*rated("t", *ratings))).satisfaction["t"] == pytest.approx(
            (fmean(ratings), len(ratings))
        )


class TestMemory:
    def test_a_finding_is_kept_while_its_tables_are_the_same(self) -> None:
        kept = stage_parts(CLINIC)
        elsewhere = CLINIC.edited({"pains": {"p": Pain(id="p")}})
        assert stage_parts(elsewhere) is kept
        assert stage_parts(CLINIC.edited({"touchpoints": {"a01": None}})) != kept
        assert stage_parts(CLINIC) == kept

    def test_only_the_last_finding_is_kept(self) -> None:
        session = of(Stage(id="s"))
        rows = weakref.ref(session["stages"])
        stage_parts(session)
        del session
        stage_parts(CLINIC)
        gc.collect()
        assert rows() is None

    def test_a_finding_cannot_depend_on_other_tables(self) -> None:
        @remembered(Stage)
        def seen(session: Session) -> list[str]:
            return sorted(session.tables)

        assert seen(CLINIC) == ["stages"]
        assert seen(Session(CATALOGUE)) == ["stages"]

    @given(st.lists(sessions(tables=("touchpoints", "excerpts", "responses")), min_size=2, max_size=2))
    def test_two_sessions_in_turn_get_their_own_findings(self, both: list[Session]) -> None:
        first = [(journey(session), chains(session), survey_tally(session)) for session in both]
        assert [(journey(session), chains(session), survey_tally(session)) for session in both] == first
        alone = [Session(CATALOGUE, {name: Rows(rows[:]) for name, rows in session.tables.items()}) for session in both]
        assert [(journey(session), chains(session), survey_tally(session)) for session in alone] == first
