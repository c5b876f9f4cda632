"""Saturation of interviews, the weight of pains and actions, and votes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from clinic import CODES, INTERVIEWS, clinic
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.analysis.priorities import ice, pain_score, ranked_pains, rice, yearly_cost
from cjworkshop.analysis.saturation import Run, code_saturation, saturation
from cjworkshop.analysis.votes import Total, counts, dots_each
from cjworkshop.domain.session import Rows, Session
from cjworkshop.method.blueprint import Action
from cjworkshop.method.employee_workshop import Pain, Stage, Touchpoint, Vote, VoteRound
from cjworkshop.method.qualitative import Excerpt, Interview
from cjworkshop.method.steps import CATALOGUE
from strategies import sessions

CLINIC = clinic()
SLIDING = [
    (5, 6, 2, 22.2),
    (6, 7, 1, 11.1),
    (7, 8, 2, 22.2),
    (8, 9, 2, 22.2),
    (9, 10, 1, 11.1),
    (10, 11, 0, 0.0),
    (11, 12, 0, 0.0),
]


class TestSaturation:
    def test_of_the_clinic(self) -> None:
        found = code_saturation(CLINIC)
        assert (found.base, found.total, found.reached) == (9, len(CODES), 11)
        assert [(run.first, run.last, run.new, round(run.percent, 1)) for run in found.runs] == SLIDING

    def test_interviews_count_in_the_order_of_their_dates_if_all_have_one(self) -> None:
        day = dt.date(2026, 3, 1)
        rows = CLINIC.rows(Interview)
        backwards = Rows(
            tuple(replace(row, date=day + dt.timedelta(days=number)) for number, row in enumerate(reversed(rows)))
        )
        turned = Rows(tuple(sorted(backwards, key=lambda row: row.order)))
        dated = CLINIC.edited({"interviews": {row.id: row for row in turned}})
        assert code_saturation(dated) == saturation([frozenset(map(str, coded)) for coded in INTERVIEWS[::-1]])
        first = replace(dated.rows(Interview)[0], date=None)
        assert code_saturation(dated.edited({"interviews": {first.id: first}})).runs == code_saturation(CLINIC).runs

    def test_interviews_without_codes_do_not_count(self) -> None:
        more = {f"n{n}": Interview(id=f"n{n}", order=10**6 + n) for n in range(4)}
        quiet = {"x": Excerpt(id="x", order=10**6, interview="n1", quote="Fine")}
        assert code_saturation(CLINIC.edited({"interviews": dict(more), "excerpts": dict(quiet)})) == code_saturation(
            CLINIC
        )

    @pytest.mark.parametrize("number", range(6))
    def test_too_few_interviews_say_nothing(self, number: int) -> None:
        found = saturation([{"a"}] * number)
        assert found.runs == ()
        assert found.reached is None
        assert (found.base, found.total) == (min(number, 1), min(number, 1))

    def test_six_that_say_the_same(self) -> None:
        assert saturation([{"a"}] * 6) == (1, 1, (Run(5, 6, 0, 0.0),), 6)

    def test_without_codes_in_the_base_there_is_no_share(self) -> None:
        assert saturation([set(), set(), set(), set(), {"a"}, {"b"}]) == (0, 2, (), None)

    def test_the_threshold_is_five_per_cent(self) -> None:
        base = [{str(n) for n in range(20)}, {"0"}, {"0"}, {"0"}]
        assert saturation([*base, {"x"}, {"0"}]).reached == 6
        assert saturation([*base, {"x"}, {"y"}, {"0"}, {"0"}]).reached == 7

    @given(st.lists(st.frozensets(st.sampled_from("abcdefgh"), min_size=1), max_size=12))
    def test_runs_are_as_defined(self, interviews: list[frozenset[str]]) -> None:
        found = saturation(interviews)
        for place, run in enumerate(found.runs):
            assert (run.first, run.last) == (place + 5, place + 6)
            before = {code for coded in interviews[: run.first - 1] for code in coded}
            fresh = {code for coded in interviews[run.first - 1 : run.last] for code in coded} - before
            assert run.new == len(fresh)
            assert run.percent == pytest.approx(len(fresh) / len(set().union(*interviews[:4])) * 100)
        quiet = [run.last for run in found.runs if run.percent <= 5]
        assert found.reached == (quiet[0] if quiet else None)


class TestPains:
    HOLD = Pain(
        id="p",
        severity=4,
        frequency=35,
        yearly_volume=12_000,
        minutes_lost=11,
        hourly_wage=30,
        extra_churn=2,
        margin=450,
    )

    def test_score_and_cost(self) -> None:
        assert pain_score(self.HOLD) == 16_800
        assert yearly_cost(self.HOLD) == pytest.approx(12_000 * 0.35 * (11 / 60 * 30 + 0.02 * 450))

    def test_one_of_two_costs(self) -> None:
        assert yearly_cost(replace(self.HOLD, margin=None)) == pytest.approx(12_000 * 0.35 * 5.5)
        assert yearly_cost(replace(self.HOLD, minutes_lost=None)) == pytest.approx(12_000 * 0.35 * 9)
        assert yearly_cost(replace(self.HOLD, hourly_wage=None, extra_churn=None)) is None

    @pytest.mark.parametrize("missing", ["severity", "frequency", "yearly_volume"])
    def test_what_is_missing(self, missing: str) -> None:
        part = replace(self.HOLD, **{missing: None})  # type: ignore[arg-type]  # the names are columns
        assert pain_score(part) is None
        assert (yearly_cost(part) is None) is (missing != "severity")

    def test_nothing_is_not_missing(self) -> None:
        assert pain_score(replace(self.HOLD, frequency=0)) == 0
        assert yearly_cost(replace(self.HOLD, yearly_volume=0)) == 0

    def test_ranking(self) -> None:
        pains = (
            Pain(id="none", order=1, touchpoint="t1"),
            Pain(id="mild", order=2, touchpoint="t1", severity=2),
            Pain(id="late", order=3, touchpoint="t2", severity=1, frequency=50, yearly_volume=10),
            Pain(id="soon", order=4, touchpoint="t1", severity=1, frequency=50, yearly_volume=10),
            Pain(id="hard", order=5, touchpoint="t2", severity=5),
            Pain(id="most", order=6, touchpoint="t2", severity=2, frequency=50, yearly_volume=10),
            Pain(id="lost", order=7, severity=1, frequency=50, yearly_volume=10),
            Pain(id="zero", order=8, touchpoint="t1", severity=1, frequency=0, yearly_volume=10),
        )
        session = Session(
            CATALOGUE,
            {
                "stages": Rows((Stage(id="s"),)),
                "touchpoints": Rows((Touchpoint(id="t1", stage="s"), Touchpoint(id="t2", order=1, stage="s"))),
                "pains": Rows(pains),
            },
        )
        assert [pain.id for pain in ranked_pains(session)] == [
            "most",
            "soon",
            "late",
            "lost",
            "zero",
            "hard",
            "mild",
            "none",
        ]

    @given(sessions(tables=("pains",), most=14))
    def test_every_pain_has_its_place(self, session: Session) -> None:
        ranked = ranked_pains(session)
        assert Counter(pain.id for pain in ranked) == Counter(row.id for row in session["pains"])
        scores = [pain_score(pain) for pain in ranked]
        known = [score for score in scores if score is not None]
        assert scores[: len(known)] == sorted(known, reverse=True)


class TestActions:
    @pytest.mark.parametrize(
        ("action", "by_ice", "by_rice"),
        [
            (Action(id="a", impact=5, effort=4, confidence=4, reach=9000), 40, 9000),
            (Action(id="a", impact=4, effort=2, confidence=5, reach=12_000), 80, 24_000),
            (Action(id="a", impact=4, effort=3, confidence=4, reach=7000), 48, 7467),
            (Action(id="a", impact=5, effort=2, confidence=3, reach=8000), 60, 12_000),
            (Action(id="a", impact=4, effort=3, confidence=4, reach=6000), 48, 6400),
            (Action(id="a", impact=3, effort=2, confidence=3, reach=12_000), 36, 10_800),
        ],
    )
    def test_of_the_clinic(self, action: Action, by_ice: int, by_rice: int) -> None:
        assert ice(action) == by_ice
        assert round(rice(action) or 0) == by_rice

    @pytest.mark.parametrize("missing", ["impact", "effort", "confidence", "reach"])
    def test_what_is_missing(self, missing: str) -> None:
        action = replace(
            Action(id="a", impact=3, effort=2, confidence=3, reach=9),
            **{missing: None},  # type: ignore[arg-type]  # the names are columns
        )
        assert rice(action) is None
        assert (ice(action) is None) is (missing != "reach")


class TestVotes:
    @pytest.mark.parametrize(
        ("items", "dots"), [(0, 3), (1, 3), (12, 3), (13, 3), (14, 4), (15, 4), (16, 4), (18, 5), (19, 5), (24, 6)]
    )
    def test_dots_each(self, items: int, dots: int) -> None:
        assert dots_each(items) == dots

    @given(st.integers(0, 400))
    def test_dots_are_a_quarter_half_up(self, items: int) -> None:
        whole, rest = divmod(items, 4)
        assert dots_each(items) == max(3, whole + (rest >= 2))

    def test_of_the_clinic(self) -> None:
        """12 people vote on 14 items: 4 dots each, a budget of 48, of which 34 are used."""
        given_dots = {"a04": 9, "a23": 8, "a08": 7, "a14": 6, "a20": 4}
        votes = [
            Vote(id=f"v{n}", order=n, round="r", item=item, dots=dots)
            for n, (item, dots) in enumerate(given_dots.items())
        ]
        session = CLINIC.edited(
            {
                "vote_rounds": {
                    "r": VoteRound(id="r", title="Worst", over="touchpoints", voters=12, dots_each=dots_each(14))
                },
                "votes": {vote.id: vote for vote in votes},
            }
        )
        (count,) = counts(session)
        assert (count.budget, count.used, count.ties) == (48, 34, ())
        assert [(total.item, total.dots, total.rank) for total in count.totals] == [
            *(("a04", 9, 1), ("a23", 8, 2), ("a08", 7, 3), ("a14", 6, 4), ("a20", 4, 5))
        ]

    def test_dots_of_several_people_and_ties(self) -> None:
        dots = [
            ("a05", 1),
            ("a02", 2),
            ("a05", 2),
            ("a03", 0),
            ("a01", 1),
            ("a02", 1),
            ("a04", None),
            ("gone", 1),
            ("a06", 5),
        ]
        votes = [Vote(id=f"v{n}", order=n, round="r", item=item, dots=given) for n, (item, given) in enumerate(dots)]
        session = CLINIC.edited(
            {
                "vote_rounds": {"r": VoteRound(id="r", over="touchpoints"), "q": VoteRound(id="q", order=1)},
                "votes": {vote.id: vote for vote in [*votes, Vote(id="x", order=99, round="q", item="a01", dots=3)]},
            }
        )
        first, second = counts(session)
        assert first.totals == (
            Total("a06", 5, 1),
            Total("a02", 3, 2),
            Total("a05", 3, 2),
            Total("a01", 1, 4),
            Total("gone", 1, 4),
        )
        assert first.ties == (first.totals[1:3], first.totals[3:])
        assert first.budget is None
        assert second.totals == (Total("a01", 3, 1),)

    def test_rounds_without_votes(self) -> None:
        session = Session(CATALOGUE, {"vote_rounds": Rows((VoteRound(id="r", voters=3, dots_each=4, over="ideas"),))})
        (count,) = counts(session)
        assert (count.round.id, count.totals, count.budget, count.used, count.ties) == ("r", (), 12, 0, ())
        assert counts(Session(CATALOGUE)) == ()

    @given(sessions(tables=("votes",), most=16))
    def test_every_dot_is_counted(self, session: Session) -> None:
        found = counts(session)
        assert [count.round.id for count in found] == [row.id for row in session["vote_rounds"]]
        for count in found:
            wanted: Counter[str] = Counter()
            for vote in session.rows(Vote):
                if vote.round == count.round.id:
                    wanted[vote.item] += vote.dots or 0
            assert {total.item: total.dots for total in count.totals} == {item: n for item, n in wanted.items() if n}
            for total in count.totals:
                assert total.rank == 1 + sum(other.dots > total.dots for other in count.totals)
