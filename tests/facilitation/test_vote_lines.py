"""What lines of votes mean, and what of them cannot be meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vote_kit import book, the_round

from cjworkshop.domain.commands import SetCells
from cjworkshop.errors import BadValue
from cjworkshop.facilitation.vote_lines import BallotNames, Dots, read
from strategies import hostile_text


def meaning(text: str, *, personal: bool = False) -> list[tuple[str, int, bool]]:
    workbook, _ = book()
    names = BallotNames(workbook.session, the_round(workbook.session))
    return [(part.item, part.number, part.relative) for part in read(text, names, personal=personal)]


class TestLines:
    @pytest.mark.parametrize(
        ("text", "item", "number"),
        [
            ("A14x7", "a14", 7),
            ("7 A14", "a14", 7),
            ("A14 x7", "a14", 7),
            ("A14 X7", "a14", 7),
            ("a14X7", "a14", 7),
            ("a4x7", "a04", 7),
            ("A004×7", "a04", 7),
            ("A14 7", "a14", 7),
            ("7x A14", "a14", 7),
            ("  a14x07 ", "a14", 7),
            ("wait x7", "a14", 7),
            ("WAIT FOR APP x7", "a14", 7),
            ("7 wait for", "a14", 7),
            ("waitx7", "a14", 7),
            ("Follow up, results x7", "a23", 7),
            ("A14x0", "a14", 0),
            ("ex2x7", "ex2", 7),
            ("EX2 7", "ex2", 7),
            ("step 2 form x3", "a17", 3),
            ("3 step 2", "a17", 3),
            ("Form-2 x3", "a18", 3),
            ("Exit x3", "a21", 3),
            ("A14 x 7", "a14", 7),
            ("a14 × 7", "a14", 7),
            ("A14 * 7", "a14", 7),
            ("A14x 7", "a14", 7),
            ("7 x A14", "a14", 7),
            ("wait x 7", "a14", 7),
            ("step 2 x 3", "a17", 3),
        ],
    )
    def test_one_item(self, text: str, item: str, number: int) -> None:
        assert meaning(text) == [(item, number, False)]

    @pytest.mark.parametrize(
        ("text", "more"),
        [("A14+2", 2), ("A14-1", -1), ("A14 +2", 2), ("A14 −1", -1), ("A14 + 2", 2), ("A14 - 1", -1), ("wait +1", 1)],
    )
    def test_more_or_fewer(self, text: str, more: int) -> None:
        assert meaning(text) == [("a14", more, True)]

    @pytest.mark.parametrize(
        "text",
        [
            "A04x9 A23x8 A08x7",
            "a4x9 a23 x8 a8x7",
            "9 A04 8 A23 7 A08",
            "A04x9; 8 A23; A08 7",
            "schedule x9, follow up x8, travel to x7",
            "A04x9\nA23x8\nA08x7",
            "9 schedule appointment 8 follow up, results 7 travel to",
            "A04x9 8 follow up A08x7",
            "9 schedule A23x8 7 A08",
            "A04 x 9 A23 × 8 A08 x 7",
            "A04 9 A23 8 A08 7",
            "a4 9 A23x8 A08 7",
            "9 x A04 8 x A23 7 x A08",
        ],
    )
    def test_several_items_in_one_line(self, text: str) -> None:
        assert meaning(text) == [("a04", 9, False), ("a23", 8, False), ("a08", 7, False)]

    def test_a_number_between_two_codes_is_read_only_where_it_can_be_of_one_alone(self) -> None:
        assert meaning("A04 2 A08 1", personal=True) == [("a04", 2, False), ("a08", 1, False)]
        assert meaning("A04 x 2 A08", personal=True) == [("a04", 2, False), ("a08", 1, True)]
        for text in ("A04 2 A08", "2 A04 1 A08 3"):
            for personal in (False, True):
                with pytest.raises(BadValue):
                    meaning(text, personal=personal)

    def test_signs_and_numbers_in_a_name_stay_in_it(self) -> None:
        workbook, _ = book()
        cells = (("a17", "name", "Seat 2 x 4 wide"), ("a18", "name", "After A04 2 days"))
        workbook.do(SetCells("touchpoints", cells))
        names = BallotNames(workbook.session, the_round(workbook.session))
        assert read("seat 2 x 4 wide x 3", names) == (Dots("a17", 3),)
        assert read("after a04 2 days x 3", names) == (Dots("a18", 3),)

    def test_codes_alone_are_a_dot_each_on_a_personal_ballot(self) -> None:
        assert meaning("A04 a23x2 A08 wait", personal=True) == [
            *(("a04", 1, True), ("a23", 2, False), ("a08", 1, True), ("a14", 1, True))
        ]
        assert meaning("A04 A04", personal=True) == [("a04", 1, True)] * 2

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("A99x3", r"There is no touchpoint 'A99'\."),
            ("3 Zebra", r"There is no touchpoint 'Zebra'\."),
            ("travel x3", r"'travel' could be A08 Travel to fac…, A09 Travel benefi…\."),
            ("A14xseven", r"'seven' is not a number of dots\."),
            ("A14x", r"How many dots does 'A14' get\?"),
            ("A14x-2", r"'-2' is not a number of dots\."),
            ("A14x9999999", "is not a number of dots"),
            ("A14", r"How many dots does 'A14' get\?"),
            ("A14 A23x8", r"How many dots does 'A14' get\?"),
            ("wait", r"How many dots does 'wait' get\?"),
            ("A14x3 a14x4", r"A14 is there twice\."),
            ("7 8", r"There is no touchpoint '8'\."),
            ("7x 8x", r"There is no touchpoint '8x'\."),
            ("A04x9, A14", r"How many dots does 'A14' get\?"),
        ],
    )
    def test_what_cannot_be_meant_is_named(self, text: str, sentence: str) -> None:
        with pytest.raises(BadValue, match=sentence):
            meaning(text)

    def test_an_item_that_is_not_on_the_ballot(self) -> None:
        workbook, _ = book()
        workbook.do(SetCells("vote_rounds", (("r", "ballot", ("a02", "a10")),)))
        names = BallotNames(workbook.session, the_round(workbook.session))
        assert read("register x2 a10x1", names) == (Dots("a02", 2), Dots("a10", 1))
        for text in ("A14x2", "wait x2"):
            with pytest.raises(BadValue, match=r"A14 Wait for appo.*… is not on this round's ballot"):
                read(text, names)

    def test_nothing_says_nothing(self) -> None:
        assert meaning("") == meaning(" ; ") == []

    @given(hostile_text(), st.booleans())
    def test_any_text_is_read_or_refused_in_a_sentence(self, text: str, personal: bool) -> None:
        sentence = "It is read."
        try:
            meaning(text, personal=personal)
        except BadValue as problem:
            sentence = problem.message
        assert sentence.endswith((".", "?"))
