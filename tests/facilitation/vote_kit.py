"""A round over 14 touchpoints that collects, for the tests of votes."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.domain.session import Session
from cjworkshop.domain.workbook import Workbook
from cjworkshop.facilitation import voting
from cjworkshop.facilitation.vote_lines import BallotNames, read
from cjworkshop.facilitation.voting import Rules
from cjworkshop.method.employee_workshop import VoteRound
from cjworkshop.method.steps import CATALOGUE
from strategies import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = {
    "A01": "Decide on need", "A02": "Register", "A04": "Schedule appointment", "A08": "Travel to facility",
    "A09": "Travel benefits", "A10": "Navigate", "A14": "Wait for appointment", "A16": "Meet the doctor",
    "A17": "Step 2 form", "A18": "Form-2 signed", "A20": "Fill prescriptions", "A21": "Exit", "A23": "Follow up, results",
    "EX2": "Exit interview",
}  # fmt: skip
"""14 touchpoints by code."""


def book(**rules: object) -> tuple[Workbook, Callable[[], str]]:
    """A session with 14 touchpoints and a round over them that collects."""
    number = count()
    session = Session(CATALOGUE)
    rows = tuple(NewRow(code.lower(), {"name": name}, code) for code, name in NAMES.items())
    session = session.edited(AddRows("touchpoints", rows).edits(session))
    people = tuple(NewRow(f"p{name}", {"name": name, "attends": True}) for name in ("Ann", "Ben"))
    session = session.edited(AddRows("people", people).edits(session))
    wanted = {"title": "Moments", "over": "touchpoints", "voters": 12, "dots_each": 4} | rules
    session = session.edited(voting.begin(Rules(**wanted), "r").edits(session))  # type: ignore[arg-type]
    return Workbook(session, lambda: TODAY), lambda: f"v{next(number)}"  # type: ignore[arg-type,return-value]


def the_round(session: Session) -> VoteRound:
    found = session.get(VoteRound, "r")
    assert found is not None
    return found


def type_in(workbook: Workbook, new_id: Callable[[], str], text: str, who: str = "") -> None:
    session = workbook.session
    dots = read(text, BallotNames(session, the_round(session)), personal=bool(who))
    workbook.do(voting.enter(session, the_round(session), dots, new_id, who))


def dots(workbook: Workbook, who: str | None = None) -> dict[str, int]:
    return voting.given(workbook.session, the_round(workbook.session), who)
