"""What a captured line says, and that no character of it is lost."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.domain.commands import AddRows, NewRow, SetCells
from cjworkshop.domain.records import session_of, tables_of
from cjworkshop.domain.session import Session
from cjworkshop.domain.text import clean_text
from cjworkshop.facilitation.capture import KINDS, Captured, completions, in_words, noting, read
from cjworkshop.facilitation.known import Known
from cjworkshop.imports.sample import sample
from cjworkshop.method.across import Note
from cjworkshop.method.steps import CATALOGUE
from strategies import HOSTILE_TEXTS, TODAY, hostile_text

SAMPLE = sample(CATALOGUE)
KNOWN = Known(SAMPLE)
NOON = dt.datetime(2026, 3, 17, 12, 0, 30, 123, tzinfo=dt.UTC)

TOKENS = {
    "!pain": ("kind", "pain"),
    "!PAIN": ("kind", "pain"),
    "!p": ("kind", "pain"),
    "!pa": ("kind", "pain"),
    "!park": ("kind", "parked"),
    "!par": ("kind", "parked"),
    "!idea": ("kind", "idea"),
    "!q": ("kind", "quote"),
    "!dec": ("kind", "decision"),
    "!a": ("kind", "action"),
    "!note": ("kind", "note"),
    "#A04": ("about", "a04"),
    "#a4": ("about", "a04"),
    "#a004": ("about", "a04"),
    "#s4": ("about", "s4"),
    "#schedule-appointment": ("about", "a04"),
    "#Schedule": ("about", "a04"),
    "#sched-app": ("about", "a04"),
    "#greeter": ("about", "a09"),
    "#after-visit": ("about", "s6"),
    "@tessa": ("person", "Tessa Marlowe"),
    "@Luis-Arbelo": ("person", "Luis Arbelo"),
    "@Tess": ("person", "Tessa Marlowe"),
    "@marl": ("person", "Tessa Marlowe"),
    "@luis-arb": ("person", "Luis Arbelo"),
    "#schd": ("about", "a04"),
    "#shedule": ("about", "a04"),
    "#Schdule-apointment": ("about", "a04"),
    "#volunter": ("about", "a09"),
    "#firends": ("about", "a12"),
    "#vitlas": ("about", "a15"),
    "#deprting": ("about", "s5"),
    "@i4": ("person", "I04"),
    "~4": ("emotion", 4),
    "x7": ("dots", 7),
    "^3": ("level", 3),
    ">fri": ("due", dt.date(2026, 4, 3)),
    ">2026-05-01": ("due", dt.date(2026, 5, 1)),
    ">+2w": ("due", dt.date(2026, 4, 14)),
    ">31.3.": ("due", dt.date(2026, 3, 31)),
    ">31 March": ("due", dt.date(2026, 3, 31)),
    ">Apr 5": ("due", dt.date(2026, 4, 5)),
    ">5 April 2027": ("due", dt.date(2027, 4, 5)),
    "!o": ("kind", "idea"),
    "!opp": ("kind", "idea"),
    "!opportunity": ("kind", "idea"),
}
WORDS = (
    "C# #1! 5x7 ~/notes a > b x # ! !! ~9 ^0 ^6 ~0 @ @@ x-7 X7 x7, (#a4) #a4, !pain: !p9 !p0 ~44 >> >=5 -> #zzz #wait "
    "me@home.org @all @9am @somebody @t #sdl #q #tell #a44 4~ 3^ #-- @! !!pain ~٣ x٣ ^３ !ｐ x12345 :-) ~ ^ >"
)  # fmt: skip
"""Words that look like tokens and are none, or do not resolve."""


def understood(line: str) -> Captured:
    return read(line, SAMPLE, TODAY, KNOWN)


def fields(captured: Captured) -> dict[str, Any]:
    plain = Captured("", "")
    names = ("kind", "about", "person", "emotion", "dots", "level", "due")
    return {name: getattr(captured, name) for name in names if getattr(captured, name) != getattr(plain, name)}


@pytest.mark.parametrize(("token", "means"), TOKENS.items(), ids=str)
@pytest.mark.parametrize("line", ["{} Long hold", "Long {} hold", "Long hold {}"])
def test_a_token_says_what_it_says_wherever_it_stands(token: str, means: tuple[str, Any], line: str) -> None:
    captured = understood(line.format(token))
    field, value = means
    assert fields(captured) == ({} if means == ("kind", "note") else {field: value})
    assert captured.text == "Long hold"
    assert captured.typed == line.format(token)
    assert [captured.typed[span.start : span.end] for span in captured.spans] == [token]
    assert [span.field for span in captured.spans] == [field]


@pytest.mark.parametrize("note", SAMPLE.rows(Note), ids=lambda note: note.id)
def test_the_notes_of_the_sample_are_what_their_lines_say(note: Note) -> None:
    captured = understood(note.typed)
    names = ("typed", "text", "kind", "about", "person", "emotion", "dots", "level", "due")
    assert {name: getattr(captured, name) for name in names} == {name: getattr(note, name) for name in names}
    assert captured.problems == ()


@pytest.mark.parametrize("word", WORDS.split())
def test_a_word_that_only_looks_like_a_token_stays_a_word(word: str) -> None:
    captured = understood(f"Say {word} aloud")
    assert captured.text == captured.typed == f"Say {word} aloud"
    assert fields(captured) == {}
    assert captured.spans == ()


def test_a_level_may_be_glued_to_the_kind() -> None:
    assert fields(understood("!p3 slow")) == {"kind": "pain", "level": 3}
    assert fields(understood("!action5 call")) == {"kind": "action", "level": 5}


def test_all_sorts_may_stand_in_one_line() -> None:
    captured = understood("!action ask #a4 the @tessa board ~2 x5 ^4 >fri now")
    assert captured.text == "ask the board now"
    assert fields(captured) == {
        "kind": "action", "about": "a04", "person": "Tessa Marlowe", "emotion": 2, "dots": 5, "level": 4,
        "due": dt.date(2026, 4, 3),
    }  # fmt: skip
    assert in_words(captured, SAMPLE) == (
        "action", "A04 Schedule appointment", "impact 4", "emotion 2", "5 dots", "said by Tessa Marlowe",
        "due Fri 2026-04-03",
    )  # fmt: skip


def test_a_day_takes_as_many_words_as_are_one_day_and_no_more() -> None:
    assert understood("ask >31 March people").text == "ask people"
    assert understood("ask >5 April 2027 x").due == dt.date(2027, 4, 5)
    assert understood("ask >fri 3 people").text == "ask 3 people"
    assert understood("gap >1 m wide").text == "gap >1 m wide"
    assert understood("ask >31 Marches").text == "ask >31 Marches"
    assert understood("ask >31 #a4").problems == ("'>31' is no day",)
    two = understood("ask >fri >31 March")
    assert (two.text, two.due) == ("ask >31 March", dt.date(2026, 4, 3))
    assert two.problems == ("'>31 March': the day is given already",)


def test_of_two_tokens_of_a_sort_the_first_counts_and_the_second_is_told() -> None:
    captured = understood("!pain !idea #a4 #a5 slow ^3 !p4")
    assert fields(captured) == {"kind": "pain", "about": "a04", "level": 3}
    assert captured.text == "!idea #a5 slow !p4"
    assert len(captured.problems) == 3


@pytest.mark.parametrize(
    ("word", "problem"),
    [
        ("#zzz", "'#zzz' is no touchpoint or stage"),
        ("#wait", "'#wait' could be A06 Wait and prepare fo…, A14 Wait for appointment"),
        ("#labbs", "'#labbs' could be A11 Complete labs befor…, A19 Go to another appoi…"),
        ("@all", "'@all' is nobody's name"),
        ("@9am", "'@9am' is nobody's name"),
        ("!foo", "'!foo' is no kind of note"),
        ("~9", "'~9' is not 1 to 5"),
        ("!p9", "'!p9': '9' is not 1 to 5"),
        ("!pain0", "'!pain0': '0' is not 1 to 5"),
        (">never", "'>never' is no day"),
    ],
)
def test_a_near_miss_is_told(word: str, problem: str) -> None:
    assert understood(f"so {word} then").problems == (problem,)


@pytest.mark.parametrize("line", ["a > b", "~/notes", "5x7", "!!", "C#", "x", "# ! @", "->"])
def test_ordinary_writing_is_no_near_miss(line: str) -> None:
    assert understood(line).problems == ()


def test_a_line_of_tokens_only_keeps_its_text() -> None:
    captured = understood(" !p3 #a4 ")
    assert (captured.text, captured.typed) == ("!p3 #a4", "!p3 #a4")
    assert fields(captured) == {"kind": "pain", "level": 3, "about": "a04"}


@pytest.mark.parametrize("line", ["look @all of them", "meet @9am", "write to @channel"])
def test_a_word_behind_an_at_that_is_nobodys_name_stays_in_the_text(line: str) -> None:
    captured = understood(line)
    assert (captured.text, captured.person, captured.spans) == (line, "", ())
    assert len(captured.problems) == 1


def test_of_two_who_share_a_name_nobody_is_taken_and_who_has_voted_is_found_by_the_whole_name() -> None:
    people = [NewRow("p1", {"name": "Ann Lee"}), NewRow("p2", {"name": "Ann Fox"}), NewRow("p3", {"name": "Annabel"})]
    session = Session(CATALOGUE)
    session = session.edited(AddRows("people", tuple(people)).edits(session))
    session = session.edited(AddRows("votes", (NewRow("v", {"who": "Front desk"}),)).edits(session))
    assert read("@ann hm", session, TODAY).problems == ("'@ann' could be Ann Lee, Ann Fox, Annabel",)
    assert read("@ann-f hm", session, TODAY).person == "Ann Fox"
    assert read("@lee hm", session, TODAY).person == "Ann Lee"
    assert read("@anna hm", session, TODAY).person == "Annabel"
    assert read("@front-desk hm", session, TODAY).person == "Front desk"
    assert read("@front hm", session, TODAY).person == ""


def test_a_number_is_never_taken_for_another_one() -> None:
    rows = tuple(NewRow(f"t{number}", {"name": f"Telephone call {number}"}) for number in (299, 298))
    session = Session(CATALOGUE)
    session = session.edited(AddRows("touchpoints", rows).edits(session))
    assert read("#call-300 hm", session, TODAY).about == ""
    assert read("#telphone-call-299 hm", session, TODAY).about == ""
    assert read("#call-299 hm", session, TODAY).about == "t299"


def test_what_is_misspelt_is_offered_too() -> None:
    assert offers("#shedule") == offers("#schd") == ["#A04"]
    assert offers("#labbs") == ["#A11", "#A19"]


def test_an_empty_line_is_nothing() -> None:
    assert understood(" \t ").text == ""


PIECES = st.sampled_from([*TOKENS, *WORDS.split(), *HOSTILE_TEXTS, "slow", "hold", "  ", "\t"])


@given(st.one_of(hostile_text(60), st.lists(PIECES, max_size=12).map(" ".join)))
def test_no_character_is_lost(raw: str) -> None:
    captured = understood(raw)
    assert captured.typed == clean_text(raw).strip()
    words = {match.span(): match[0] for match in re.finditer(r"\S+", captured.typed)}
    tokens = [(span.start, span.end) for span in captured.spans]
    assert {start for start, _ in tokens} <= {start for start, _ in words}
    assert {end for _, end in tokens} <= {end for _, end in words}
    within = [(start, end) for start, end in words for begin, last in tokens if begin <= start and end <= last]
    days = [span for span in captured.spans if span.field == "due"]
    assert len(within) - len(tokens) == sum(len(captured.typed[span.start : span.end].split()) - 1 for span in days)
    left = [word for place, word in words.items() if place not in within]
    assert _unmarked(captured.text.split()) == _unmarked(left or list(words.values()))
    assert captured.kind in KINDS
    if not tokens and "\\" not in raw:
        assert captured.text == captured.typed


def _unmarked(words: list[str]) -> list[str]:
    return [word.lstrip("\\") for word in words]


def test_a_token_behind_a_backslash_is_a_word_and_other_words_keep_theirs() -> None:
    captured = understood(r"\!pain is \#a4 but \#zzz \\~4 \o/ \>31 March ~2")
    assert captured.text == r"!pain is #a4 but \#zzz \~4 \o/ >31 March"
    assert fields(captured) == {"emotion": 2}
    assert captured.problems == ()


@given(st.lists(PIECES, min_size=1, max_size=6).map(" ".join))
def test_what_is_stored_comes_back_as_it_was(raw: str) -> None:
    captured = understood(raw)
    command = noting([captured], SAMPLE, lambda: "new", NOON, "discovery")
    stored = SAMPLE.edited(command.edits(SAMPLE))
    tables = {name: [("", record) for record in records] for name, records in tables_of(stored).items()}
    assert session_of(CATALOGUE, tables)["inbox"] == stored["inbox"]
    if captured.text:
        assert stored.rows(Note)[-1].typed == captured.typed


# Stamps


def test_a_note_is_stamped_with_the_running_activity_and_its_step() -> None:
    session = SAMPLE
    for block in session["agenda"]:
        cells = ((block.id, "started", None), (block.id, "ended", None))
        session = session.edited(SetCells("agenda", cells).edits(session))
    part = next(block for block in session["agenda"] if getattr(block, "part_of", ""))
    whole = part.part_of  # type: ignore[attr-defined]
    started = ((whole, "started", NOON), (part.id, "started", NOON - dt.timedelta(hours=1)))
    session = session.edited(SetCells("agenda", started).edits(session))
    command = noting([understood("hm")], session, lambda: "new", NOON, "discovery")
    values = command.rows[0].values
    assert (values["block"], values["step"]) == (part.id, part.step)  # type: ignore[attr-defined]
    assert values["captured"] == NOON.replace(microsecond=0)


def test_without_a_running_block_the_step_on_the_screen_counts_where_it_is_one_of_the_seven() -> None:
    assert (
        noting([understood("hm")], Session(CATALOGUE), lambda: "n", NOON, "report").rows[0].values["step"] == "report"
    )
    assert noting([understood("hm")], Session(CATALOGUE), lambda: "n", NOON, "across").rows[0].values["step"] == ""


def test_several_notes_are_one_change_and_empty_lines_are_none() -> None:
    ids = iter("abc")
    command = noting([understood(line) for line in ("one", " ", "two")], SAMPLE, lambda: next(ids), NOON, "")
    assert [row.id for row in command.rows] == ["a", "b"]
    assert command.label(SAMPLE) == "capture 2 notes"


# Completing


def offers(line: str, cursor: int | None = None) -> list[str]:
    found = completions(line, len(line) if cursor is None else cursor, SAMPLE, KNOWN)
    return [offer.word for offer in found.offers]


def test_kinds_places_and_people_are_offered_by_their_sign() -> None:
    assert offers("slow !p") == ["!pain", "!parked"]
    assert offers("slow !o") == ["!opportunity"]
    assert offers("slow #sched") == ["#A04"]
    assert offers("#wait")[:2] == ["#A06", "#A14"]
    assert offers("#a1")[:3] == ["#A01", "#A10", "#A11"]
    assert offers("#after")[:1] == ["#S6"]
    assert offers("@tess") == ["@Tessa-Marlowe"]
    assert offers("@I0")[:2] == ["@I01", "@I02"]
    assert offers("slow") == offers("") == offers("#zzz") == offers("@zzz") == offers("!zzz") == []


def test_the_word_at_the_cursor_is_completed_whole() -> None:
    found = completions("say #sche today", 8, SAMPLE, KNOWN)
    assert (found.start, found.end) == (4, 9)
    assert [offer.word for offer in found.offers] == ["#A04"]
    assert offers("#sched now", 0) == []


@given(st.text("#@!aAwWtT04- ie", max_size=6))
def test_every_offer_resolves_to_what_it_says(line: str) -> None:
    for offer in completions(line, len(line), SAMPLE, KNOWN).offers:
        said = in_words(understood(f"{offer.word} hm"), SAMPLE)
        assert offer.label in " ".join(said)


def test_names_that_cannot_be_typed_as_one_word_are_offered_by_code_and_markup_does_no_harm() -> None:
    rows = tuple(NewRow(f"t{number}", {"stage": "st", "name": text}) for number, text in enumerate(HOSTILE_TEXTS))
    session = Session(CATALOGUE)
    session = session.edited(AddRows("stages", (NewRow("st", {"name": "[/x]"}),)).edits(session))
    session = session.edited(AddRows("touchpoints", rows).edits(session))
    for line in ("#", "#x", "#a0", "#first-second"):
        for offer in completions(line, len(line), session).offers:
            captured = read(f"{offer.word} hm", session, TODAY)
            assert session.label(captured.about) == offer.label


def test_names_are_gathered_again_only_where_their_tables_are_others() -> None:
    known = Known(SAMPLE)
    assert known.following(SAMPLE) is known
    pains = SAMPLE.edited(SetCells("pains", ((SAMPLE["pains"][0].id, "severity", 1),)).edits(SAMPLE))
    assert known.following(pains) is known
    renamed = SAMPLE.edited(SetCells("touchpoints", (("a04", "name", "Ring up"),)).edits(SAMPLE))
    assert read("#ring slow", renamed, TODAY, known).about == "a04"
