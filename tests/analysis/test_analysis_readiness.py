"""What makes each step ready, and where the first gap is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from inspect import unwrap
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjworkshop.analysis.conditions.missing import Missing
from cjworkshop.analysis.readiness import CHECKS, USEFUL, readiness, useful
from cjworkshop.domain.session import Session
from cjworkshop.method.across import TrapAnswer
from cjworkshop.method.blueprint import Action, BlueprintCell, Cause
from cjworkshop.method.discovery import Charter, Objective, Persona, Risk
from cjworkshop.method.employee_workshop import Opportunity, Pain, Stage, Touchpoint
from cjworkshop.method.qualitative import Code, Excerpt, Interview, Validation
from cjworkshop.method.quantitative import Kpi, Response, Wave
from cjworkshop.method.redesign import Experiment, Future, HowMightWe, Idea, Review
from cjworkshop.method.report import Summary
from cjworkshop.method.steps import CATALOGUE, STEPS
from small_sessions import of
from strategies import filled, sessions

if TYPE_CHECKING:
    from cjworkshop.domain.rows import Row
    from cjworkshop.method.step import Step

CONDITIONS = {condition.key: condition for step in STEPS for condition in step.ready}
EMPTY = Session(CATALOGUE)
DAY = dt.date(2026, 5, 4)


def missing(session: Session, key: str) -> list[Missing]:
    return list(CHECKS[key](session))


def ready() -> Session:
    """A small session in which every step is ready."""
    moments = ("moment-of-truth", "make-or-break", "wow")
    touchpoints = [
        Touchpoint(
            id=f"t{n}", order=n, code=f"A0{n}", stage=f"s{min(n, 2)}", name=f"T{n}", emotion=3, moment=moments[n - 1]
        )
        for n in (1, 2, 3)
    ]
    satisfaction = (("s1", 4), ("s2", 3))
    lanes = ("customer", "frontstage", "backstage")
    return of(
        Charter(id="ch", start_trigger="I fall ill", end="I am well", sponsor="Ann", feedback_method="both"),
        Objective(id="ob", baseline=3.0, target=4.0),
        Persona(id="p1", is_target=True),
        Stage(id="s1", code="S1", name="Before"),
        Stage(id="s2", order=1, code="S2", name="After"),
        *touchpoints,
        Risk(id="ri", kind="assumption"),
        Pain(id="pa", touchpoint="t1", severity=3, evidence=("e1",)),
        Opportunity(id="op", pain="pa"),
        Code(id="co", name="late"),
        *(Interview(id=f"i{n}", order=n, persona="p1") for n in range(6)),
        *(Excerpt(id=f"e{n}", order=n, interview="i1", touchpoint=f"t{n}", codes=("co",)) for n in (1, 2, 3)),
        *(Validation(id=f"v{n}", order=n, touchpoint=f"t{n}", verdict="confirms") for n in (1, 2, 3)),
        Wave(id="w"),
        *(Response(id=f"r{n}", order=n, wave="w", satisfaction=satisfaction) for n in range(30)),
        *(Kpi(id=f"k{n}", order=n, stage=f"s{n}", baseline=1.0) for n in (1, 2)),
        Summary(id="su", finding_1="1", finding_2="2", finding_3="3", ask_1="1", ask_2="2", ask_3="3", limits="Small."),
        Cause(id="ca", pain="pa", root_cause="No queue"),
        *(BlueprintCell(id=f"b{n}", order=n, touchpoint="t1", lane=lane) for n, lane in enumerate(lanes)),
        Action(id="ac", owner="Ann", due=DAY, kpi="k1", answers="pa"),
        HowMightWe(id="h", touchpoint="t1"),
        Idea(id="id", hmw="h"),
        Future(id="f1", touchpoint="t1", change="fix"),
        Future(id="f2", order=1, touchpoint="t2", change="keep"),
        Review(id="re", when=DAY),
    )  # fmt: skip


READY = ready()


def changed(*rows: Row, without: tuple[str, ...] = ()) -> Session:
    """The ready session with these rows in place of those with the same ids, and without some rows."""
    edits: dict[str, dict[str, Row | None]] = {}
    for row in rows:
        edits.setdefault(row.__table__.name, {})[row.id] = row
    for row_id in without:
        found = READY.find(row_id)
        assert found
        edits.setdefault(found[0].name, {})[row_id] = None
    return READY.edited(edits)


def but(row_id: str, **cells: Any) -> Row:
    """A row of the ready session with other cells."""
    found = READY.find(row_id)
    assert found
    return replace(found[1], **cells)


def test_every_condition_has_one_function_and_every_function_a_condition() -> None:
    keys = [condition.key for step in STEPS for condition in step.ready]
    assert sorted(keys) == sorted(set(keys)) == sorted(CHECKS)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_every_step_can_be_ready(step: Step) -> None:
    found = readiness(READY, step)
    assert [part.condition for part in found] == list(step.ready)
    assert [part.missing for part in found] == [()] * len(step.ready)
    assert all(part.met for part in found)


EMPTY_HANDED = {
    "objective-measured": [Missing("no objectives yet", "objectives", "", "problem")],
    "scope-bounded": [
        Missing("the scope has no start", "charter", "", "start_trigger"),
        Missing("the scope has no end", "charter", "", "end"),
    ],
    "target-persona": [Missing("no personas yet", "personas", "", "name")],
    "sponsor-named": [Missing("no sponsor is named", "charter", "", "sponsor")],
    "feedback-method": [Missing("not chosen how customers are heard", "charter", "", "feedback_method")],
    "stages-filled": [Missing("no stages yet", "stages", "", "name")],
    "emotions-filled": [Missing("no touchpoints yet", "touchpoints", "", "stage")],
    "moments-marked": [Missing("no moments are marked: at least 3", "touchpoints", "", "moment")],
    "assumptions-listed": [Missing("no assumptions are listed", "validations", "", "statement")],
    "interviews-enough": [Missing("no persona is marked as target", "personas", "", "is_target")],
    "moments-heard": [Missing("no moment is marked", "touchpoints", "", "moment")],
    "excerpts-coded": [Missing("no excerpts yet", "excerpts", "", "interview")],
    "moments-judged": [Missing("no moment is marked", "touchpoints", "", "moment")],
    "wave-enough": [
        Missing("no stages yet", "stages", "", "name"),
        Missing("0 of 30 answers in a wave", "responses", "", ""),
    ],
    "moments-counted": [Missing("no moment is marked", "touchpoints", "", "moment")],
    "findings-written": [
        Missing("0 of 3 findings are written", "summary", "", "finding_1"),
        Missing("0 of 3 asks are written", "summary", "", "ask_1"),
    ],
    "limits-stated": [Missing("the limits are not stated", "summary", "", "limits")],
    "quality-gate": [
        Missing("no touchpoints yet", "touchpoints", "", "stage"),
        Missing("the limits are not stated", "summary", "", "limits"),
    ],
    "pains-explained": [Missing("no pains yet", "pains", "", "touchpoint")],
    "moments-blueprinted": [Missing("no moment is marked", "touchpoints", "", "moment")],
    "actions-owned": [Missing("no actions yet", "actions", "", "action")],
    "actions-few": [Missing("no actions yet", "actions", "", "action")],
    "moments-answered": [Missing("no how-might-we for a moment", "hmw", "", "touchpoint")],
    "future-different": [Missing("no to-be touchpoints yet", "future", "", "touchpoint")],
    "changes-carried": [Missing("no to-be touchpoints yet", "future", "", "touchpoint")],
    "review-dated": [Missing("no review has a date", "reviews", "", "when")],
}


@pytest.mark.parametrize("key", CONDITIONS)
def test_what_an_empty_session_misses(key: str) -> None:
    assert missing(EMPTY, key) == EMPTY_HANDED[key]


def many_moments(number: int) -> Session:
    return changed(*(Touchpoint(id=f"m{n}", order=100 + n, stage="s1", emotion=3, moment="wow") for n in range(number)))


@pytest.mark.parametrize(
    ("key", "session", "gaps"),
    [
        ("objective-measured", changed(but("ob", baseline=None)), [Missing("no objective has a baseline", "objectives", "ob", "baseline")]),
        (
            "objective-measured",
            changed(but("ob", baseline=None, target=None), Objective(id="oc", order=1, baseline=2)),
            [Missing("no objective has a target", "objectives", "oc", "target")],
        ),
        ("objective-measured", changed(but("ob", baseline=None), Objective(id="oc", order=1, baseline=0, target=0)), []),
        ("scope-bounded", changed(but("ch", end="")), [Missing("the scope has no end", "charter", "ch", "end")]),
        ("target-persona", changed(but("p1", is_target=False)), [Missing("no persona is marked as target", "personas", "p1", "is_target")]),
        ("sponsor-named", changed(but("ch", sponsor="")), [Missing("no sponsor is named", "charter", "ch", "sponsor")]),
        ("feedback-method", changed(but("ch", feedback_method="")), [Missing("not chosen how customers are heard", "charter", "ch", "feedback_method")]),
        ("stages-filled", changed(Stage(id="s3", order=9)), [Missing("1 stage has no touchpoint", "touchpoints", "", "stage")]),
        ("stages-filled", changed(Stage(id="s3", order=9), Stage(id="s4", order=10)), [Missing("2 stages have no touchpoint", "touchpoints", "", "stage")]),
        ("emotions-filled", changed(but("t2", emotion=None), but("t3", emotion=None)), [Missing("2 touchpoints have no emotion", "touchpoints", "t2", "emotion")]),
        ("moments-marked", changed(but("t2", moment="")), [Missing("2 moments are marked: at least 3", "touchpoints", "t2", "moment")]),
        ("moments-marked", changed(but("t2", moment=""), but("t3", moment="")), [Missing("1 moment is marked: at least 3", "touchpoints", "t2", "moment")]),
        ("moments-marked", many_moments(4), []),
        ("moments-marked", many_moments(5), [Missing("8 moments are marked: 7 at most", "touchpoints", "t3", "moment")]),
        ("assumptions-listed", changed(but("ri", kind="risk")), []),
        ("assumptions-listed", changed(without=("v1", "v2", "v3")), []),
        ("assumptions-listed", changed(but("ri", kind="risk"), without=("v1", "v2", "v3")), [Missing("no assumptions are listed", "validations", "", "statement")]),
        ("interviews-enough", changed(but("i5", persona="")), [Missing("5 of 6 interviews with a target persona", "interviews", "", "")]),
        ("interviews-enough", changed(but("p1", is_target=False)), [Missing("no persona is marked as target", "personas", "p1", "is_target")]),
        ("moments-heard", changed(but("e2", touchpoint="")), [Missing("1 moment has no excerpt", "excerpts", "", "touchpoint")]),
        ("excerpts-coded", changed(but("e2", codes=()), but("e3", codes=())), [Missing("2 excerpts have no code", "excerpts", "e2", "codes")]),
        ("moments-judged", changed(without=("v2", "v3")), [Missing("2 moments have no verdict", "validations", "", "touchpoint")]),
        ("moments-judged", changed(but("v3", verdict=""), without=("v2",)), [Missing("2 moments have no verdict", "validations", "v3", "verdict")]),
        ("wave-enough", changed(without=("r0", "r1")), [Missing("28 of 30 answers in a wave", "responses", "", "")]),
        ("wave-enough", changed(Stage(id="s3", order=9)), [Missing("1 stage has no satisfaction", "responses", "", "satisfaction:s3")]),
        ("wave-enough", changed(Stage(id="s3", order=9), Touchpoint(id="t9", order=9, stage="s3"), but("r7", satisfaction=(("t9", 1),))), []),
        ("wave-enough", changed(*(but(f"r{n}", wave="") for n in range(30))), []),
        ("moments-counted", changed(without=("k2",)), [Missing("1 stage has no KPI with a baseline", "kpis", "", "stage")]),
        ("moments-counted", changed(but("k2", baseline=None)), [Missing("1 stage has no KPI with a baseline", "kpis", "k2", "baseline")]),
        ("moments-counted", changed(but("t1", moment=""), without=("k1",)), []),
        ("findings-written", changed(but("su", finding_2="", ask_3="")), [
            Missing("2 of 3 findings are written", "summary", "su", "finding_2"),
            Missing("2 of 3 asks are written", "summary", "su", "ask_3"),
        ]),
        ("limits-stated", changed(but("su", limits="")), [Missing("the limits are not stated", "summary", "su", "limits")]),
        ("pains-explained", changed(but("ca", root_cause="")), [Missing("1 of the highest pains has no root cause", "causes", "ca", "root_cause")]),
        ("pains-explained", changed(without=("ca",)), [Missing("1 of the highest pains has no root cause", "causes", "", "pain")]),
        ("pains-explained", changed(*(Pain(id=f"x{n}", order=n, severity=2) for n in (1, 2)), Pain(id="x3", order=3, severity=1)), [
            Missing("2 of the highest pains have no root cause", "causes", "", "pain")
        ]),
        ("moments-blueprinted", changed(but("b1", lane="support")), [Missing("1 moment has no frontstage cell", "blueprint_cells", "", "touchpoint")]),
        ("moments-blueprinted", changed(but("t1", moment="wow")), [
            Missing(f"2 moments have no {lane} cell", "blueprint_cells", "", "touchpoint") for lane in ("customer", "frontstage", "backstage")
        ]),
        ("actions-owned", changed(but("ac", owner="", due=None, kpi="")), [
            Missing("1 action has no owner", "actions", "ac", "owner"),
            Missing("1 action has no date", "actions", "ac", "due"),
            Missing("1 action has no KPI", "actions", "ac", "kpi"),
        ]),
        ("actions-owned", changed(Action(id="ad", order=1, status="dropped")), []),
        ("actions-few", changed(*(Action(id=f"x{n}", order=n) for n in range(1, 7)), Action(id="y", order=8, status="done")), []),
        ("actions-few", changed(*(Action(id=f"x{n}", order=n) for n in range(1, 8))), [Missing("8 actions are live: 7 at most", "actions", "x7", "status")]),
        ("moments-answered", changed(but("id", hmw="")), [Missing("1 chosen moment has no idea", "ideas", "", "hmw")]),
        ("moments-answered", changed(HowMightWe(id="h2", order=1, touchpoint="t1"), HowMightWe(id="h3", order=2)), []),
        ("moments-answered", changed(HowMightWe(id="h2", order=1, touchpoint="t2")), [Missing("1 chosen moment has no idea", "ideas", "", "hmw")]),
        ("moments-answered", changed(but("h", touchpoint="")), [Missing("no how-might-we for a moment", "hmw", "", "touchpoint")]),
        ("future-different", changed(but("f1", change="keep"), but("f2", change="")), [Missing("the to-be map changes nothing", "future", "f1", "change")]),
        ("changes-carried", changed(but("ac", answers="")), [Missing("1 change has no action or experiment", "actions", "", "answers")]),
        ("changes-carried", changed(but("f2", change="remove")), [Missing("1 change has no action or experiment", "actions", "", "answers")]),
        ("changes-carried", changed(but("f2", touchpoint="", change="add")), [Missing("1 change has no action or experiment", "future", "f2", "idea")]),
        ("changes-carried", changed(but("ac", answers="t1")), []),
        ("changes-carried", changed(but("ac", answers="id")), []),
        ("changes-carried", changed(but("ac", answers="op")), []),
        ("changes-carried", changed(but("ac", answers="op"), but("op", pain="", touchpoint="t1")), []),
        ("changes-carried", changed(but("f2", touchpoint="", idea="id", change="add"), but("ac", answers="id")), []),
        ("changes-carried", changed(but("ac", status="dropped")), [Missing("1 change has no action or experiment", "actions", "", "answers")]),
        ("changes-carried", changed(but("ac", status="dropped"), Experiment(id="ex", action="ac")), []),
        ("review-dated", changed(but("re", when=None)), [Missing("no review has a date", "reviews", "re", "when")]),
    ],
)  # fmt: skip
def test_what_is_missing(key: str, session: Session, gaps: list[Missing]) -> None:
    assert missing(session, key) == list(unwrap(CHECKS[key])(session)) == gaps


@pytest.mark.parametrize("key", CONDITIONS)
@settings(max_examples=25)
@given(session=sessions(most=20) | st.sampled_from([EMPTY, READY, many_moments(5)]))
def test_a_check_reads_no_table_that_it_does_not_name(key: str, session: Session) -> None:
    assert list(unwrap(CHECKS[key])(session)) == missing(session, key)


def test_saturation_is_enough_instead_of_six_interviews() -> None:
    few = changed(
        *(but(f"i{n}", persona="") for n in range(6)),
        *(Excerpt(id=f"x{n}", order=9 + n, interview=f"i{n}", codes=("co",)) for n in range(6)),
    )
    assert missing(few, "interviews-enough") == []


class TestQualityGate:
    def gaps(self, *rows: Row, without: tuple[str, ...] = ()) -> list[str]:
        return [gap.text for gap in missing(changed(*rows, without=without), "quality-gate")]

    def test_open_points(self) -> None:
        worse = changed(
            but("pa", evidence=()),
            but("op", pain=""),
            Opportunity(id="oq", order=1),
            Stage(id="s3", order=9),
            without=("e1",),
        )
        assert missing(worse, "quality-gate") == [
            Missing("1 pain without evidence", "pains", "pa", "evidence"),
            Missing("1 moment of truth without a number", "touchpoints", "t1", "customer_emotion"),
            Missing("1 empty stage", "touchpoints", "", "stage"),
            Missing("2 opportunities without a pain", "opportunities", "op", "pain"),
        ]

    def test_a_pain_has_the_evidence_of_its_touchpoint(self) -> None:
        assert self.gaps(but("pa", evidence=())) == []
        assert self.gaps(but("pa", evidence=(), touchpoint=""), Pain(id="pb", order=1)) == ["2 pains without evidence"]

    def test_each_of_many_moments_counts(self) -> None:
        truths = tuple(but(f"t{n}", moment="moment-of-truth") for n in (1, 2, 3))
        assert self.gaps(*truths) == []
        assert self.gaps(*truths, without=("e2", "e3")) == ["2 moments of truth without a number"]
        measured = but("r0", satisfaction=(("s1", 4), ("s2", 3), ("t2", 4)))
        assert self.gaps(*truths, measured, without=("e2",)) == []
        brought = replace(truths[1], customer_emotion=3.0, customer_n=9)  # type: ignore[call-arg]  # a touchpoint
        assert self.gaps(truths[0], brought, truths[2], without=("e2",)) == []

    @pytest.mark.parametrize(
        "said",
        [
            TrapAnswer(id="a", trap="Pains without evidence", answer="The survey is on its way."),
            TrapAnswer(id="a", trap="1 pain without evidence", answer="Known."),
            but("su", limits="There are PAINS WITHOUT EVIDENCE: nobody was asked."),
        ],
    )
    def test_a_point_may_be_answered(self, said: Row) -> None:
        doubtful = but("pa", evidence=(), touchpoint="")
        assert self.gaps(doubtful) == ["1 pain without evidence"]
        assert self.gaps(doubtful, said) == []

    def test_another_answer_answers_nothing(self) -> None:
        doubtful = but("pa", evidence=(), touchpoint="")
        other = TrapAnswer(id="a", trap="No persona", answer="There is one.")
        silent = TrapAnswer(id="b", order=1, trap="pains without evidence")
        assert self.gaps(doubtful, other, silent) == ["1 pain without evidence"]

    def test_limits_cannot_be_answered_away(self) -> None:
        answer = TrapAnswer(id="a", trap="the limits are not stated", answer="We know.")
        assert self.gaps(but("su", limits=""), answer) == ["the limits are not stated"]


class TestUseful:
    def test_columns_that_findings_live_on_are_there(self) -> None:
        for key, tables in USEFUL.items():
            (step,) = [step for step in STEPS if step.key == key]
            for name, columns in tables:
                assert name in step.tables
                assert all(CATALOGUE[name].column(column) for column in columns)

    def test_gaps_are_counted_and_lead_to_the_first(self) -> None:
        session = changed(
            but("t1", importance=3, channel="desk", action="x", thought="x", feeling="x", ownership="owned")
        )
        gaps = useful(session, STEPS[1])
        assert gaps[0] == Missing("importance is empty in 2 touchpoints", "touchpoints", "t2", "importance")
        assert Missing("yearly volume is empty in 1 pain", "pains", "pa", "yearly_volume") in gaps

    def test_a_form_says_so_before_it_is_begun(self) -> None:
        assert useful(EMPTY, STEPS[0])[0] == Missing("problem is empty in the charter", "charter", "", "problem")
        assert useful(changed(but("ch", problem="x")), STEPS[0])[0] == Missing(
            "worth it is empty in the charter", "charter", "ch", "worth_it"
        )

    def test_tables_without_rows_miss_nothing(self) -> None:
        assert [gap for step in STEPS[1:] for gap in useful(EMPTY, step)] == []

    def test_a_full_session_misses_nothing(self) -> None:
        assert [gap for step in STEPS for gap in useful(filled(), step)] == []


@given(sessions(most=20))
def test_every_gap_is_said_shortly_and_leads_to_a_cell(session: Session) -> None:
    for step in STEPS:
        gaps = [gap for part in readiness(session, step) for gap in part.missing]
        for gap in (*gaps, *useful(session, step)):
            table = CATALOGUE[gap.table]
            assert gap.text.isprintable()
            assert len(gap.text) <= 60
            assert not gap.row_id or session[gap.table].get(gap.row_id)
            assert not gap.column_key or table.column(gap.column_key)
        for part in readiness(session, step):
            assert part.met is (not part.missing)
