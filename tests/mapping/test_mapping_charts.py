"""Charts: columns, lanes, lines and their turns, in every view, for one persona or all."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from cjworkshop.domain.commands import SetCells
from cjworkshop.domain.session import Rows, Session
from cjworkshop.mapping.chart import Chart, Plot, Trace, Tracks
from cjworkshop.mapping.journey_map import NO_EMOTION, STAFF_ONLY, choose_lanes, chosen_lanes, journey_map
from cjworkshop.mapping.lanes import LANES
from cjworkshop.mapping.storyboard import FROM_TOUCHPOINTS
from cjworkshop.mapping.subway import NO_CHANNEL, NO_STATION, OTHERS, by_channel, by_persona, channels_of
from cjworkshop.mapping.to_be import NO_TO_BE, aligned
from cjworkshop.mapping.views import VIEWS, Choice, chart
from cjworkshop.mapping.words import summary
from cjworkshop.method.across import About
from cjworkshop.method.discovery import Persona
from cjworkshop.method.employee_workshop import Pain, Stage, Touchpoint
from cjworkshop.method.qualitative import Excerpt, Interview
from cjworkshop.method.redesign import Future
from cjworkshop.method.steps import CATALOGUE
from small_sessions import of, sample
from strategies import filled, sessions

if TYPE_CHECKING:
    from cjworkshop.domain.rows import Row
    from cjworkshop.mapping.subway import LineOf

TABLES = ("stages", "touchpoints", "pains", "opportunities", "future", "storyboard", "personas", "excerpts", "scores")


SAMPLE = sample()
LINES_OF: tuple[LineOf, ...] = ("channel", "persona")


def lane(shown: Chart, key: str) -> list[str]:
    return [cell.text for cell in next(lane for lane in shown.lanes if lane.key == key).cells]


def plot(shown: Chart) -> Plot:
    return next(lane for lane in shown.lanes if isinstance(lane, Plot))


def whole(shown: Chart) -> None:
    """Everything in a chart fits together."""
    count = len(shown.columns)
    assert sum(band.size for band in shown.bands) == count
    assert [band.first for band in shown.bands] == [
        sum(before.size for before in shown.bands[:number]) for number in range(len(shown.bands))
    ]
    for each in shown.lanes:
        assert len(each.cells) == count
        if isinstance(each, Plot):
            assert all(len(trace.values) == count for trace in each.traces)
        if isinstance(each, Tracks):
            for ride in each.rides:
                assert [stop.place for stop in ride] == sorted({stop.place for stop in ride})
                assert all(0 <= stop.place < count and 0 <= stop.route < len(each.routes) for stop in ride)


class TestEveryView:
    @pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.key)
    @given(session=sessions(tables=TABLES, most=12))
    def test_holds_together_for_all_and_for_each_persona(self, view: object, session: Session) -> None:
        key: str = view.key  # type: ignore[attr-defined]
        for line_of in LINES_OF:
            everybody = chart(session, Choice(key, line_of=line_of))
            whole(everybody)
            for persona in session.rows(Persona):
                one = chart(session, Choice(key, persona.id, line_of))
                whole(one)
                assert set(one.columns) <= set(everybody.columns)

    @pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.key)
    def test_says_what_to_do_where_there_is_nothing(self, view: object) -> None:
        shown = chart(Session(CATALOGUE), Choice(view.key))  # type: ignore[attr-defined]
        assert shown.columns == ()
        assert "Type the stages" in shown.lack

    @pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.key)
    def test_shows_nothing_private(self, view: object) -> None:
        session = filled(text="harmless")
        secret = {
            name: Rows(
                tuple(
                    _with_secrets(session, name, row)
                    for row in rows
                )
            )
            for name, rows in session.tables.items()
        }  # fmt: skip
        shown = repr(chart(Session(CATALOGUE, secret), Choice(view.key)))  # type: ignore[attr-defined]
        assert "harmless" in shown
        assert "SECRET" not in shown


def _with_secrets(session: Session, table: str, row: Row) -> Row:
    for column in session.catalogue[table].columns:
        if column.private and isinstance(column.get(row), str):
            row = column.put(row, "SECRET")
    return row


class TestJourneyMap:
    def test_an_empty_stage_has_a_column(self) -> None:
        session = of(
            *(Stage(id=f"s{n}", order=n, name=f"S{n}") for n in range(3)), Touchpoint(id="t", stage="s1", name="One")
        )
        shown = journey_map(session)
        assert [column.name for column in shown.columns] == ["", "One", ""]
        assert [(band.name, band.size) for band in shown.bands] == [("S0", 1), ("S1", 1), ("S2", 1)]
        assert lane(shown, "touchpoint") == ["no touchpoint yet", "One", "no touchpoint yet"]

    def test_forty_stages_without_a_touchpoint(self) -> None:
        shown = journey_map(of(*(Stage(id=f"s{n}", order=n, name=f"S{n}") for n in range(40))))
        whole(shown)
        assert len(shown.columns) == 40
        assert shown.note == ""

    @pytest.mark.parametrize("view", ["map", "against", "storyboard", "to-be"])
    def test_the_lines_have_a_gap_where_a_stage_has_no_touchpoint(self, view: str) -> None:
        session = of(
            Persona(id="p", name="P"),
            *(Stage(id=f"s{n}", order=n, name=f"S{n}") for n in range(4)),
            Touchpoint(id="a", stage="s0", emotion=4, personas=("q",)),
            Touchpoint(id="b", order=1, stage="s0", emotion=2),
            Touchpoint(id="c", order=2, stage="s2", emotion=2),
        )
        shown = plot(chart(session, Choice(view)))
        assert set(shown.gaps) == {2, 4}
        assert list(shown.traces[0].values) == [4, 2, None, 2, None]
        assert plot(chart(session, Choice(view, "p"))).gaps == {1, 3}

    def test_touchpoints_without_a_stage_are_last(self) -> None:
        shown = journey_map(
            of(Stage(id="s", name="S"), Touchpoint(id="x", name="X"), Touchpoint(id="t", order=1, stage="s"))
        )
        assert [band.name for band in shown.bands] == ["S", "No stage"]
        assert shown.columns[-1].name == "X"

    def test_the_lines_of_the_sample_turn_where_the_case_says(self) -> None:
        staff, customers = plot(journey_map(SAMPLE)).traces
        codes = [column.code for column in journey_map(SAMPLE).columns]
        assert (staff.title, customers.title) == ("staff", "customers")
        assert [codes[place] for place in customers.drops] == ["A04", "A10"]
        assert [codes[place] for place in (customers.peak, customers.low, customers.end) if place is not None] == [
            "A16",
            "A08",
            "A24",
        ]

    def test_the_sample_says_its_verdicts_and_evidence(self) -> None:
        shown = journey_map(SAMPLE)
        said = dict(zip([column.code for column in shown.columns], lane(shown, "verdict"), strict=True))
        assert {code for code, text in said.items() if text.endswith("over")} == {"A04", "A08", "A10", "A23"}
        assert {code for code, text in said.items() if text.endswith("under")} == {"A12", "A17"}
        assert said["A04"] == "−1.8 over"
        assert lane(shown, "evidence")[3] == "6/12"

    def test_a_map_by_staff_alone_says_that_it_is_a_hypothesis(self) -> None:
        staff = of(Touchpoint(id="t", emotion=3, customer_emotion=2.0))
        assert journey_map(staff).note == STAFF_ONLY
        assert len(plot(journey_map(of(Touchpoint(id="t", emotion=3)))).traces) == 1
        heard = of(Touchpoint(id="t", emotion=3), Interview(id="i"), Excerpt(id="e", interview="i", touchpoint="t"))
        assert journey_map(heard).note == ""
        assert journey_map(SAMPLE).note == ""

    def test_only_the_persona_s_journey_is_shown_and_its_turns_are_its_own(self) -> None:
        session = of(
            Persona(id="p", name="P"),
            *(
                Touchpoint(id=f"t{n}", order=n, emotion=emotion, personas=personas)
                for n, (emotion, personas) in enumerate([(5, ()), (4, ("q",)), (3, ("p",)), (5, ("p", "q"))])
            ),
        )
        shown = chart(session, Choice(persona="p"))
        assert [column.row_id for column in shown.columns] == ["t0", "t2", "t3"]
        assert plot(shown).traces[0].values == (5, 3, 5)
        assert plot(shown).traces[0].drops == {1: 20}

    def test_an_edit_elsewhere_leaves_lanes_as_they_are(self) -> None:
        before = journey_map(SAMPLE)
        row = SAMPLE.rows(Pain)[0]
        after = journey_map(SAMPLE.edited(SetCells("pains", ((row.id, "pain", "New"),)).edits(SAMPLE)))
        kept = {lane.key for lane, other in zip(before.lanes, after.lanes, strict=True) if lane.cells is other.cells}
        assert "pains" not in kept
        assert {"touchpoint", "emotion", "verdict", "evidence", "channel"} <= kept


class TestChosenLanes:
    def test_they_are_those_of_the_session_in_its_order(self) -> None:
        session = of(About(id="m", name="X", lanes=("votes", "nonsense", "moment", "votes")))
        assert [kind.key for kind in chosen_lanes(session)] == ["votes", "moment"]

    def test_without_a_choice_they_are_the_usual_ones(self) -> None:
        usual = [kind.key for kind in LANES if kind.shown]
        assert [kind.key for kind in chosen_lanes(of(About(id="m", lanes=("gone",))))] == usual
        assert "department" not in usual

    def test_choosing_is_a_command_and_the_usual_choice_is_none(self) -> None:
        session = of(About(id="m", name="X"))
        command = choose_lanes(session, ["moment", "emotion"], lambda: "new")
        after = session.edited(command.edits(session))
        assert [kind.key for kind in chosen_lanes(after)] == ["moment", "emotion"]
        back = choose_lanes(after, [kind.key for kind in LANES if kind.shown], lambda: "new")
        assert after.edited(back.edits(after)).record(About).lanes == ()

    @pytest.mark.parametrize("kind", LANES, ids=lambda kind: kind.key)
    def test_every_lane_has_cells_for_the_sample_that_point_at_its_table(self, kind: object) -> None:
        cells = kind.fill(SAMPLE)  # type: ignore[attr-defined]
        table: str = kind.table  # type: ignore[attr-defined]
        assert any(cell.text for cell in cells)
        assert all(row_id in SAMPLE[table].positions for cell in cells for row_id in cell.rows)
        assert not CATALOGUE[table].column(kind.field).private  # type: ignore[attr-defined]


class TestSubway:
    def test_a_cell_may_name_several_channels(self) -> None:
        assert channels_of(" phone / portal, letter/phone") == ("phone", "portal", "letter")

    def test_one_stays_on_the_line_as_long_as_it_goes_on(self) -> None:
        channels = ("phone", "portal/phone", "portal", "", "letter")
        session = of(*(Touchpoint(id=f"t{n}", order=n, channel=channel) for n, channel in enumerate(channels)))
        routes, (ride,) = by_channel(session)
        assert [(stop.place, routes[stop.route], stop.change) for stop in ride] == [
            (0, "phone", False),
            (1, "phone", False),
            (2, "portal", True),
            (4, "letter", True),
        ]

    def test_rare_channels_share_a_line(self) -> None:
        channels = [f"c{n}" for n in range(12) for _ in range(2 if n < 8 else 1)]
        routes, (ride,) = by_channel(
            of(*(Touchpoint(id=f"t{n}", order=n, channel=channel) for n, channel in enumerate(channels)))
        )
        assert routes == (*(f"c{n}" for n in range(8)), OTHERS)
        assert len(ride) == len(channels)

    def test_a_persona_changes_where_no_channel_goes_on(self) -> None:
        session = of(
            Persona(id="p", name="Ann"),
            Persona(id="q", order=1, name="Bob"),
            Touchpoint(id="a", channel="phone"),
            Touchpoint(id="b", order=1, channel="phone/web", personas=("p",)),
            Touchpoint(id="c", order=2, channel="desk"),
        )
        routes, rides = by_persona(session)
        assert routes == ("Ann", "Bob")
        assert [[(stop.place, stop.change) for stop in ride] for ride in rides] == [
            [(0, False), (1, False), (2, True)],
            [(0, False), (2, True)],
        ]

    def test_without_channels_it_says_what_to_do(self) -> None:
        tracks = chart(of(Touchpoint(id="t")), Choice("subway")).lanes[1]
        assert (tracks.bare, tracks.lack) == (True, NO_CHANNEL)
        assert not chart(of(Touchpoint(id="t")), Choice("subway", line_of="persona")).lanes[1].bare
        for line_of in LINES_OF:
            assert chart(of(Stage(id="s")), Choice("subway", line_of=line_of)).lanes[1].lack == NO_STATION

    def test_for_a_persona_without_channels_it_says_so_too(self) -> None:
        session = of(
            Persona(id="p", name="P"),
            Touchpoint(id="a", channel="web", personas=("q",)),
            Touchpoint(id="b", order=1, personas=("p",)),
        )
        assert not chart(session, Choice("subway")).lanes[1].bare
        assert chart(session, Choice("subway", "p")).lanes[1].bare


class TestToBe:
    def test_new_touchpoints_stand_where_their_rows_do(self) -> None:
        session = of(
            Stage(id="s1", name="1"),
            Stage(id="s2", order=1, name="2"),
            *(Touchpoint(id=row_id, order=n, stage=stage) for n, (row_id, stage) in enumerate([("a", "s1"), ("b", "s1"), ("c", "s2")])),
            Future(id="fa", touchpoint="a", change="keep"),
            Future(id="n1", order=1, change="add", stage="s1", name="behind a"),
            Future(id="n2", order=2, change="add", stage="s2", name="end of 2"),
            Future(id="n3", order=3, change="add", name="nowhere"),
        )  # fmt: skip
        found = aligned(session)
        assert [change.now.id if change.now else change.then.name if change.then else "" for change in found.changes] == [
            "a", "behind a", "b", "c", "end of 2", "nowhere",
        ]  # fmt: skip
        assert [(band.name, band.size) for band in found.bands] == [("1", 3), ("2", 2), ("No stage", 1)]

    def test_what_stays_keeps_its_line_and_what_goes_leaves_it(self) -> None:
        session = of(
            *(Touchpoint(id=row_id, order=n, emotion=3) for n, row_id in enumerate("abc")),
            Future(id="fb", touchpoint="b", change="remove"),
            Future(id="fc", order=1, touchpoint="c", change="fix", target_emotion=5),
        )
        shown = chart(session, Choice("to-be"))
        assert [list(trace.values) for trace in plot(shown).traces] == [[3, 3, 3], [3, None, 5]]
        assert lane(shown, "lift") == ["", "", "+2.0"]
        assert "1 fix, 1 remove" in shown.remark

    def test_without_any_there_is_only_the_line_as_it_is_and_what_to_do(self) -> None:
        shown = chart(of(*(Touchpoint(id=f"t{n}", order=n, emotion=3) for n in range(2))), Choice("to-be"))
        assert [(trace.title, trace.values) for trace in plot(shown).traces] == [("as is", (3, 3))]
        assert [lane.lack for lane in shown.lanes if lane.bare and lane.lack] == [NO_TO_BE]
        assert (shown.note, shown.remark) == (STAFF_ONLY, "")

    def test_the_warning_stays_with_one(self) -> None:
        rows = (Touchpoint(id="t", emotion=3), Future(id="f", touchpoint="t", change="keep"))
        assert chart(of(*rows), Choice("to-be")).note == STAFF_ONLY


class TestStoryboard:
    def test_frames_stand_under_their_idea(self) -> None:
        shown = chart(SAMPLE, Choice("storyboard"))
        assert len(shown.columns) == 6
        assert shown.bands[0].name.startswith("A text at ten minutes late")

    def test_without_frames_the_touchpoints_are_the_scenes(self) -> None:
        shown = chart(of(Touchpoint(id="t", customer_emotion=3.0, customer_n=4)), Choice("storyboard"))
        assert [lane.lack for lane in shown.lanes if lane.bare and lane.lack] == [FROM_TOUCHPOINTS]

    def test_without_anything_it_says_how_to_begin(self) -> None:
        shown = chart(of(Touchpoint(id="t")), Choice("storyboard"))
        assert [lane.lack for lane in shown.lanes if lane.bare and lane.lack] == [FROM_TOUCHPOINTS, NO_EMOTION]


class TestWords:
    def test_the_chain_in_one_line(self) -> None:
        said = " · ".join(summary(SAMPLE, "a04"))
        assert said == (
            "staff 4 · customers 2.2 (interviews, n=5) · Δ −1.8 over-rated · sharp drop 2.1 · "
            "evidence 2: said by customers · 6 of 12 spoke of it (25–75 %)"
        )
        assert "peak" in summary(SAMPLE, "a16")
        assert "low" in summary(SAMPLE, "a08")
        assert "end" in summary(SAMPLE, "a24")
        assert summary(SAMPLE, "nowhere") == ()

    def test_staff_alone(self) -> None:
        assert summary(of(Touchpoint(id="t", emotion=2)), "t") == ("staff 2", "evidence 0: assumed by staff")


def test_a_line_without_values_has_no_turns() -> None:
    line = Trace.over("after", "x", (None, None))
    assert (line.drops, line.peak, line.low, line.end) == ({}, None, None, None)


def test_the_room_needs_the_standard_library_only() -> None:
    script = "import sys, cjworkshop.mapping.views; print([n for n in sys.modules if n.split('.')[0] in {%s}])"
    wanted = ", ".join(repr(name) for name in ("textual", "rich", "tinydb", "click", "regex"))
    done = subprocess.run([sys.executable, "-c", script % wanted], capture_output=True, text=True, check=True)
    assert re.sub(r"\s", "", done.stdout) == "[]"
