"""Every table and field is the one of the data dictionary, by name, kind, range, choices, default and marks.

`#` behind a table: its rows have codes. `(one)`: it holds one record. `*` required, `°` private, `[default]`.
A range without an end is open there; percent without a range is 0–100.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from cjworkshop.domain import kinds, references
from cjworkshop.method.across import STEP_KEYS
from cjworkshop.method.steps import ACROSS, CATALOGUE, STEPS, step_of
from strategies import filled

if TYPE_CHECKING:
    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.rows import Table

DICTIONARY = """
_meta (one): name line*, template line, date date, facilitator line, created stamp, lanes tags
charter (one): client line*, journey line*, problem prose, start_trigger line, end line, in_scope prose,
    out_of_scope prose, level choice life-cycle|journey|episode [journey], map_type choice
    customer-journey|experience [customer-journey], sponsor line, worth_it prose, feedback_method choice
    interviews|survey|both|other, customers_per_year int 0–, value_per_customer money, expected_change percent
    -100–100, fee money, weight_value number 0– [1], weight_pain number 0– [1], weight_ability number 0– [1],
    weight_data number 0– [1]
objectives: problem prose*, metric line, unit line, baseline number, target number, due date, owner line
people#: name line*, role line, department line, decision_right choice decides|advises|does|informed, influence
    rating 1–5°, support signed°, contact line°, attends flag [yes]
personas#: name line*, segment line, share percent, is_target flag, quote prose, goal prose, trigger line, needs
    prose, frustrations prose, channels tags, constraints prose, decision_criteria prose
candidates: journey line*, business_value rating 1–5, customer_pain rating 1–5, ability_to_act rating 1–5,
    data_at_hand rating 1–5, chosen flag
sources: source line*, kind choice interviews|survey|analytics|complaints|operations|other, date date, n int 0–,
    confidence rating 1–5, link line, gap prose
risks: statement prose*, kind choice risk|assumption, tested_by prose, status choice open|confirmed|refuted|accepted
    [open]
resources: resource line*, kind choice people|budget|tool|data, owner line, available_from date
stages#: name line*, customer_goal prose, desired_action prose, start line, end line
touchpoints#: stage ref stages*, name line*, action prose, channel line, personas refs personas, ownership choice
    owned|partner|outside, initiator choice customer|company, thought prose, feeling line, emotion rating 1–5,
    importance rating 1–5, importance_to_us rating 1–5, moment choice moment-of-truth|make-or-break|wow|exit,
    department line, basis choice assumed|heard [assumed], customer_emotion number 1–5, customer_n int 0–
pains#: touchpoint ref touchpoints*, pain prose*, severity rating 1–5, frequency percent, yearly_volume int 0–,
    minutes_lost number 0–, hourly_wage money, extra_churn percent, margin money, evidence refs excerpts
opportunities#: opportunity prose*, pain ref pains, touchpoint ref touchpoints
empathy: persona ref personas*, says prose, thinks prose, does prose, feels prose, pains prose, gains prose
scores: touchpoint ref touchpoints*, who line*, emotion rating 1–5*
vote_rounds: title line*, over choice touchpoints|pains|opportunities|hmw|ideas*, voters int 1–*, dots_each int 1–*,
    cap int 0– [3], mode choice room|person [room], anonymous flag, state choice draft|collecting|revealed|closed
    [draft], breaks_tie_of ref vote_rounds, ballot refs touchpoints|pains|opportunities|hmw|ideas
votes: round ref vote_rounds*, item any touchpoints|pains|opportunities|hmw|ideas*, dots int 0–*, who line°
interviews#: persona ref personas, name line°, segment line, date date, recency line, consent flag, interviewer
    line, notes prose
codes: name line*, definition prose, include prose, exclude prose, parent ref codes
excerpts: interview ref interviews*, touchpoint ref touchpoints, new_touchpoint line, quote prose, codes refs codes,
    second_codes refs codes, emotion rating 1–5
validations: statement prose*, touchpoint ref touchpoints, verdict choice confirms|contradicts|new, status choice
    open|agreed|disputed [open]
waves: name line*, from date, to date, population int 0–, invited int 0–, method line
responses#: wave ref waves, persona ref personas, nps rating 0–10, csat rating 1–5, ces rating 1–7, satisfaction
    scores stages|touchpoints, importance scores stages|touchpoints, decisive any stages|touchpoints, verbatim
    prose°, weight number 0– [1]
kpis#: stage ref stages, kpi line*, unit line, source line, baseline number, target number, current number, owner
    line, refresh choice daily|weekly|monthly|quarterly|yearly, direction choice up|down [up]
summary (one): finding_1 prose, finding_2 prose, finding_3 prose, ask_1 prose, ask_2 prose, ask_3 prose, limits
    prose, audience choice board|team|frontline [team], language line [en]
causes: pain ref pains*, why_1 prose, why_2 prose, why_3 prose, why_4 prose, why_5 prose, root_cause prose
blueprint_cells: touchpoint ref touchpoints*, lane choice evidence|customer|frontstage|backstage|support*, text
    prose*, actor line, system line, minutes number 0–, standard_minutes number 0–, fail_point line, wait_point
    line, self_service flag, policy line
actions#: action prose*, answers any pains|opportunities|touchpoints|ideas, kind choice fix|training|measure|project
    [fix], hypothesis prose, owner line, due date, impact rating 1–5, effort rating 1–5, confidence rating 1–5,
    reach int 0–, kpi ref kpis, kpi_target number, status choice proposed|doing|done|dropped [proposed], depends_on
    refs actions, risk line, review date
hmw#: touchpoint ref touchpoints, question prose*
ideas#: hmw ref hmw, idea prose*, by line, feasibility rating 1–5, desirability rating 1–5, viability rating 1–5
storyboard: idea ref ideas, scene prose*, customer_does prose, we_do prose, emotion rating 1–5
future: touchpoint ref touchpoints, change choice keep|fix|add|remove*, stage ref stages, name line, action prose,
    channel line, target_emotion rating 1–5, idea ref ideas
experiments#: hypothesis prose*, action ref actions, kpi ref kpis, metric line, baseline percent, target percent,
    uncertainty rating 1–5, importance rating 1–5, owner line, weeks int 0–, stop_rule prose, result prose, status
    choice planned|running|won|lost|unclear [planned]
reviews: what line*, when date, owner line, done flag
agenda: step choice STEPS*, block line*, minutes int 0–1440*, kind choice work|break [work], minimum int 0–1440 [5],
    part_of ref agenda, collects line, started stamp, ended stamp, allotted int 0–1440, paused stamp, paused_minutes
    number 0–, groups tags, script prose, if_behind prose, if_ahead prose
meetings: step choice STEPS*, date date, start time, end time, place line
prompts: step choice STEPS*, prompt prose*, collects line, block ref agenda
inbox: text prose*, kind choice note|pain|idea|quote|decision|action|parked [note], about any touchpoints|stages,
    person line, emotion rating 1–5, level rating 1–5, dots int 0–, due date, captured stamp, step choice STEPS,
    block ref agenda, sorted_into any *, typed prose
parked: text prose*, by line, resolved flag, answer prose
decisions: decision prose*, why prose, by line, date date
trap_answers: trap line*, answer prose*, by line
"""


def expected() -> dict[str, list[str]]:
    """Table with its marks → its fields."""
    joined = DICTIONARY.strip().replace("\n    ", " ").replace("STEPS", "|".join(STEP_KEYS))
    tables = (line.partition(": ") for line in joined.splitlines())
    return {name: fields.split(", ") for name, _, fields in tables}


def range_of(kind: Any) -> str:
    """` 1–5`, ` 0–`; empty where anything goes, or where the kind says it."""
    usual = {"percent": (0, 100), "signed": (-2, 2)}.get(kind.name, (None, None))
    if (kind.low, kind.high) == usual:
        return ""
    return f" {'' if kind.low is None else kind.low}–{'' if kind.high is None else kind.high}"


def described(column: Column) -> str:
    """A column as the dictionary writes it."""
    kind, name = column.kind, column.kind.name
    match kind:
        case kinds.Number() | kinds.Int():
            detail = range_of(kind)
        case kinds.Choice():
            detail = f" {'|'.join(kind.choices)}"
        case references.Reference():
            name = "any" if isinstance(kind, references.Ref) and (len(kind.tables) > 1 or "*" in kind.tables) else name
            detail = f" {'|'.join(kind.tables)}"
        case _:
            detail = ""
    default = "yes" if column.default is True else column.default
    shown = "" if column.default == kind.empty else f" [{default}]"
    return f"{column.name} {name}{detail}{'*' if column.required else ''}{'°' if column.private else ''}{shown}"


def marked(table: Table) -> str:
    return f"{table.name}{'#' if table.codes else ''}{' (one)' if table.single else ''}"


def test_tables_are_those_of_the_dictionary_in_its_order() -> None:
    assert [marked(table) for table in CATALOGUE.values()] == list(expected())


@pytest.mark.parametrize("name", CATALOGUE)
def test_fields_are_those_of_the_dictionary_in_its_order(name: str) -> None:
    table = CATALOGUE[name]
    assert [described(column) for column in table.columns] == expected()[marked(table)]


def test_private_fields_are_those_of_the_dictionary() -> None:
    private = [
        f"{table.name}.{column.name}" for table in CATALOGUE.values() for column in table.columns if column.private
    ]
    assert private == [
        "people.influence",
        "people.support",
        "people.contact",
        "votes.who",
        "interviews.name",
        "responses.verbatim",
    ]


@pytest.mark.parametrize("name", CATALOGUE)
class TestEveryTable:
    def test_columns_are_named_once_and_labelled(self, name: str) -> None:
        table = CATALOGUE[name]
        assert len({column.name for column in table.columns}) == len(table.columns)
        assert len({column.label for column in table.columns}) == len(table.columns)
        assert {column.name for column in table.columns}.isdisjoint({"id", "order", "code", "extra"})
        assert all(column.label and column.label == column.label.strip() for column in table.columns)

    def test_references_point_at_tables(self, name: str) -> None:
        for _, kind in CATALOGUE[name].references:
            assert kind.tables
            assert set(kind.tables) <= {*CATALOGUE, "*"}

    def test_defaults_go_through_file_and_screen(self, name: str) -> None:
        fresh = CATALOGUE[name].new("x", 1)
        session = filled()
        for column in CATALOGUE[name].columns:
            value = column.get(fresh)
            assert value == column.default
            assert column.kind.load(column.kind.dump(value)) == value
            shown = column.show(fresh, session)
            assert column.parse(shown, kinds.Context(session, dt.date(2026, 1, 1))) == value

    def test_it_is_named_by_a_text_that_everybody_may_see(self, name: str) -> None:
        table = CATALOGUE[name]
        if table.named_by:
            column = table.column(table.named_by)
            assert isinstance(column.kind, kinds.Line)
            assert not column.private
        else:
            assert name in {"votes", "meetings", "responses"}

    def test_it_has_its_words(self, name: str) -> None:
        table = CATALOGUE[name]
        assert table.title
        assert table.counted(1) == f"1 {table.noun}"
        assert table.counted(2) == f"2 {table.nouns}"
        assert ": " not in table.noun
        assert bool(table.invitation) is not table.single
        assert table.row_type.__doc__


def test_nouns_tell_tables_apart() -> None:
    nouns = [table.noun for table in CATALOGUE.values()]
    assert sorted(nouns) == sorted(set(nouns))


def test_codes_tell_tables_apart() -> None:
    prefixes = [table.codes for table in CATALOGUE.values() if table.codes]
    assert sorted(prefixes) == sorted(set(prefixes))


def test_every_table_belongs_to_one_step() -> None:
    owners = [table for step in (*STEPS, ACROSS) for table in step.tables]
    assert sorted(owners) == sorted(CATALOGUE)
    assert step_of("pains").key == "employee-workshop"
    assert step_of("inbox") is ACROSS
    with pytest.raises(KeyError):
        step_of("gadgets")
