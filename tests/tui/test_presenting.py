"""What the room sees of a session, and what it does not: the slides, without a screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from room_kit import NOON, STEP, begun, done, voting
from test_workshop_screen import sample

from cjworkshop.domain.commands import RemoveRows, SetCells
from cjworkshop.method.across import Block
from cjworkshop.method.employee_workshop import VoteRound
from cjworkshop.method.steps import STEPS
from cjworkshop.storage.place import Showing
from cjworkshop.tui.clockwork import Clockwork
from cjworkshop.tui.presenting import map_shown, slide, view_of
from cjworkshop.tui.widgets.map_layout import ZOOMS
from cjworkshop.tui.widgets.presented_board import Blank, Item, PresentedBoard, Question, Slide, Time, Vote
from cjworkshop.tui.widgets.presented_digits import presented_digits
from cjworkshop.tui.widgets.presented_letters import presented_letters

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session


def shown(session: Session, view: str, *, now: dt.datetime = NOON, **more: str) -> Slide:
    clock = Clockwork(lambda: session, lambda: now, dt.UTC)
    return slide(session, clock, Showing(view, STEP, "What hurts?", **more))


def drawn(state: Slide, width: int = 80, height: int = 23) -> list[str]:
    """The lines of the board, which has no screen here."""
    board = PresentedBoard()
    board.state = state
    return ["".join(words.text for words in line) for line in board.compose_lines(width, height)]


# The prompt


def test_the_prompt_stands_alone_while_no_clock_runs() -> None:
    assert shown(sample(), "prompt") == Question("What hurts?")


def test_the_prompt_comes_with_what_runs_and_its_time() -> None:
    assert shown(begun(sample()), "prompt") == Question("What hurts?", "Let's get mapping", ("70:00", "accent"))


def test_before_anything_was_asked_it_is_the_first_question_of_the_step() -> None:
    session = sample()
    clock = Clockwork(lambda: session, lambda: NOON, dt.UTC)
    first = slide(session, clock, Showing())
    assert isinstance(first, Question)
    assert first.text == "What would make this worth it in 12 months?"


@pytest.mark.parametrize("width", [20, 80, 120, 200])
@pytest.mark.parametrize("words", [1, 12, 60, 400])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_a_prompt_of_any_length_stays_on_the_screen(words: int, width: int, *, ascii_only: bool) -> None:
    text = " ".join(f"word{number}" for number in range(words))
    lines = drawn(Question(text, "Block", ("07:42", "accent"), ascii_only), width, 22)
    assert len(lines) <= 22
    assert all(len(line) <= width for line in lines)
    assert "07:42" in lines[-1]
    if ascii_only or words == 400:
        assert "word0" in " ".join(lines)
        assert (f"word{words - 1}" in " ".join(lines)) == ("..." not in " ".join(lines) and "…" not in " ".join(lines))


@pytest.mark.parametrize(("width", "height"), [(80, 23), (120, 35), (200, 49)])
def test_the_methods_own_questions_are_drawn_in_large_letters(width: int, height: int) -> None:
    questions = [prompt.text for step in STEPS for prompt in step.prompts]
    large = [text for text in questions if "█" in "".join(drawn(Question(text), width, height))]
    assert len(large) >= len(questions) - 1


def test_letters_are_as_large_as_there_is_room_for() -> None:
    assert presented_letters("Hi!", 80, 5) == ["█  █ ▀ █", "█▄▄█ █ █", "█  █ █ ▀", "▀  ▀ ▀ ▀", "        "]
    twice = presented_letters("Hi!", 80, 10)
    assert twice is not None
    assert twice[0] == "██    ██  ██  ██"
    assert presented_letters("Hi!", 7, 5) is None
    assert presented_letters("Hi!", 80, 4) is None
    two = presented_letters("Hi Hi", 12, 10)
    assert two is not None
    assert two[:4] == two[5:9]


def test_small_letters_have_their_accents_and_what_has_no_letter_is_left_to_the_terminal() -> None:
    plain, accented = presented_letters("e", 80, 5), presented_letters("é", 80, 5)
    assert plain is not None
    assert accented is not None
    assert plain[1:] == accented[1:]
    assert plain[0] != accented[0]
    for text in ("", "日本", "Hi 日本", "Ä", "ẅ̀", "\x1b[2J"):
        assert presented_letters(text, 200, 50) is None
    assert "日本語で書く" in "".join(drawn(Question("日本語で書く")))


# The clock


def test_the_clock_says_what_runs_what_comes_and_how_the_day_stands() -> None:
    session = begun(sample(), groups=("Table A", "Table B"))
    seen = shown(session, "clock")
    assert isinstance(seen, Time)
    assert (seen.title, seen.digits, seen.role, seen.says) == ("Let's get mapping", "70:00", "accent", ("", ""))
    assert (seen.coming, seen.groups) == ("then Quick share", ("Table A", "Table B"))
    assert next(words for words, _ in seen.facts) == "12:00"
    lines = drawn(seen)
    side = next(line for line in lines if "Table A" in line)
    assert "Table B" in side


@pytest.mark.parametrize(
    ("minutes", "digits", "says"),
    [
        (60, "30:00", ""),
        (80, "10:00", "little time left"),
        (88, "02:00", "almost over"),
        (91.5, "+01:30", "time is up"),
    ],
)
def test_the_room_is_told_in_words_too_how_late_it_is(minutes: float, digits: str, says: str) -> None:
    seen = shown(begun(sample(), minutes=minutes), "clock")
    assert isinstance(seen, Time)
    assert (seen.digits, seen.says[0]) == (digits, says)
    assert says in "\n".join(drawn(seen))


@pytest.mark.parametrize(("allotted", "behind"), [(6, False), (90, True)])
def test_the_room_is_not_told_that_it_is_behind_or_ahead(allotted: int, *, behind: bool) -> None:
    session = begun(sample(), minutes=5)
    left = [row.id for row in session.rows(Block) if row.step == STEP and not row.ended]
    session = done(session, SetCells("agenda", tuple((row_id, "allotted", allotted) for row_id in left)))
    read = Clockwork(lambda: session, lambda: NOON, dt.UTC).reading()
    assert read.behind > 0 if behind else read.behind < 0
    assert read.end is not None
    seen = shown(session, "clock")
    assert isinstance(seen, Time)
    assert seen.facts == (("12:00", "strong"), (f"ends {read.end:%H:%M}", "dim"))
    assert not {"behind", "ahead", "day"} & set("\n".join(drawn(seen)).split())


def test_a_clock_that_stands_still_says_so() -> None:
    session = begun(sample())
    running = next(row for row in session.rows(Block) if row.started and not row.ended)
    session = done(session, SetCells("agenda", ((running.id, "paused", NOON - dt.timedelta(minutes=5)),)))
    seen = shown(session, "clock")
    assert isinstance(seen, Time)
    assert (seen.digits, seen.says, seen.role) == ("75:00", ("paused", "dim"), "dim")


def test_without_a_clock_it_is_the_time_on_the_wall_and_what_is_first() -> None:
    session = begun(sample())
    ids = tuple(row.id for row in session.rows(Block))
    fresh = done(session, SetCells("agenda", tuple((i, name, None) for i in ids for name in ("started", "ended"))))
    seen = shown(fresh, "clock")
    assert isinstance(seen, Time)
    assert (seen.digits, seen.coming) == ("12:00", "first Introductions and objectives")
    empty = shown(done(session, RemoveRows("agenda", ids)), "clock")
    assert isinstance(empty, Time)
    assert (empty.digits, empty.coming, empty.title) == ("12:00", "", "")


def test_digits_are_as_large_as_there_is_room_for() -> None:
    assert presented_digits("07:42", 120, 30)[0].startswith("██")
    assert len(presented_digits("07:42", 120, 30)) == 15
    assert len(presented_digits("07:42", 80, 12)) == 10
    assert max(map(len, presented_digits("07:42", 80, 12))) <= 80
    assert presented_digits("07:42", 20, 12) == ["07:42"]
    assert all(line.isascii() for line in presented_digits("+07:42", 120, 30, ascii_only=True))


# Votes


def test_while_dots_are_given_the_room_sees_what_is_left_and_no_totals() -> None:
    seen = shown(voting(sample()), "votes", round_id="room")
    assert isinstance(seen, Vote)
    assert (seen.title, seen.free, seen.free_says) == ("What first?", 63, "left of 72")
    assert {item.dots for item in seen.items} == {None}
    assert {item.rank for item in seen.items} == {""}
    assert [item.code for item in seen.items] == [f"A{number:02}" for number in range(1, 25)]


def test_person_by_person_it_says_how_many_voted_and_not_who() -> None:
    seen = shown(voting(sample(), mode="person"), "votes", round_id="room")
    assert isinstance(seen, Vote)
    assert seen.says == "6 dots each · at most 3 on one · 2 of 12 have voted"
    assert "Planted" not in "\n".join(drawn(seen, 200, 50))


@pytest.mark.parametrize("state", ["revealed", "closed"])
def test_once_revealed_totals_stand_with_the_most_first(state: str) -> None:
    seen = shown(voting(sample(), state), "votes", round_id="room")
    assert isinstance(seen, Vote)
    assert seen.free is None
    assert [(item.code, item.dots, item.rank) for item in seen.items[:4]] == [
        ("A04", 5, "1."),
        ("A01", 3, "2."),
        ("A10", 1, "3."),
        ("A02", 0, ""),
    ]
    assert "9 dots given" in seen.says
    text = "\n".join(drawn(seen, 120, 36))
    assert "▮▮▮▮▮" in text


def test_totals_that_the_facilitator_hides_are_hidden() -> None:
    seen = shown(voting(sample(), "revealed"), "votes", round_id="room", hidden="hidden")
    assert isinstance(seen, Vote)
    assert {item.dots for item in seen.items} == {None}


def test_a_round_that_is_gone_gives_way_to_one_that_is_open_or_to_the_newest() -> None:
    session = voting(sample())
    assert isinstance(seen := shown(session, "votes", round_id="gone"), Vote)
    assert seen.title == "What first?"
    session = done(session, RemoveRows("vote_rounds", ("room",)))
    newest = session.rows(VoteRound)[-1]
    assert isinstance(seen := shown(session, "votes", round_id="gone"), Vote)
    assert seen.title == newest.title
    session = done(session, RemoveRows("vote_rounds", tuple(row.id for row in session.rows(VoteRound))))
    assert shown(session, "votes") == Blank("No vote yet.")


def test_what_the_cursor_of_the_vote_is_on_is_in_view() -> None:
    session = voting(sample())
    last = session["touchpoints"][-1]
    seen = shown(session, "votes", round_id="room", item=last.id)
    assert "A24" in "\n".join(drawn(seen, 40, 12))
    assert "A24" not in "\n".join(drawn(shown(session, "votes", round_id="room"), 40, 12))
    assert "more" in drawn(shown(session, "votes", round_id="room"), 40, 12)[-1]
    revealed = voting(sample(), "revealed")
    assert "A24" in "\n".join(drawn(shown(revealed, "votes", round_id="room", item=last.id), 40, 12))


@pytest.mark.parametrize(
    ("size", "results", "ballot"),
    [((120, 36), 8, 8), ((80, 24), 5, 0), ((80, 12), 0, 0)],
    ids=["all fit", "the first fit", "none fits"],
)
def test_names_stand_whole_where_there_is_room_but_no_item_is_favoured_while_dots_are_given(
    size: tuple[int, int], results: int, ballot: int
) -> None:
    names = tuple(f"{letter} {'and more to read aloud ' * 6}until {letter}" for letter in "abcdefgh")
    for dots, whole in ((5, results), (None, ballot)):
        items = tuple(Item(f"I{n}", name, dots, "", n < 4) for n, name in enumerate(names, 1))
        lines = drawn(Vote("What first?", "", None, "", items), *size)
        assert len(lines) <= size[1]
        ends = [any(f"until {letter}" in line for line in lines) for letter in "abcdefgh"]
        assert ends == [True] * whole + [False] * (8 - whole)


# What means nothing to this version


def test_a_view_that_means_nothing_is_the_prompt() -> None:
    assert view_of(Showing("hologram")) == "prompt"
    assert view_of(Showing()) == "prompt"
    assert view_of(Showing("nothing")) == "nothing"
    assert shown(sample(), "nothing") == Blank()


def test_a_map_that_means_nothing_is_the_usual_map() -> None:
    session = sample()
    odd = Showing("map", map_view="hologram", persona="gone", line_of="?", zoom="??", row_id="r", lane="l")
    seen = map_shown(session, odd)
    assert (seen.choice.view, seen.choice.persona, seen.choice.line_of, seen.zoom) == ("map", "", "channel", ZOOMS[0])
    persona = session["personas"][0].id
    good = map_shown(session, replace(odd, map_view="subway", persona=persona, line_of="persona", zoom="stage"))
    assert (good.choice.view, good.choice.persona, good.choice.line_of) == ("subway", persona, "persona")
    assert good.zoom == "stage"
