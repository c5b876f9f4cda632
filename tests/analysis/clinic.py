"""A worked case for the tests of the analyses: an outpatient clinic.

Stages and names of moments follow the published patient journey map of the U.S. Department of Veterans Affairs; every
score, pain and interview is made up. Figures expected of it were computed apart from this program.
"""

from __future__ import annotations

from cjworkshop.domain.session import GAP, Rows, Session
from cjworkshop.method.employee_workshop import Stage, Touchpoint
from cjworkshop.method.qualitative import Code, Excerpt, Interview
from cjworkshop.method.steps import CATALOGUE

STAGES = (
    "Register for VHA",
    "Before visit",
    "Arriving to facility",
    "During appointment",
    "Departing from facility",
    "After visit",
)

TOUCHPOINTS = """
A01 1 3 2.8 3 - Decide on need for appointment
A02 1 3 2.1 4 - Register / eligibility check
A03 1 4 4.3 3 - 'Welcome to VA' call
A04 2 4 2.2 5 M Schedule appointment
A05 2 4 4.4 3 - Receive appointment reminder
A06 2 3 2.7 3 - Wait and prepare for appointment
A07 2 3 3.4 3 - Arrange travel benefits
A08 3 3 1.9 4 M Travel to and park at facility
A09 3 4 4.6 4 - Met by greeter / volunteer
A10 3 3 2.0 4 - Navigate through facility
A11 3 4 3.6 3 - Complete labs before visit
A12 3 3 4.5 2 - Visit with friends
A13 4 4 3.9 3 - Check in for appointment
A14 4 3 2.3 4 M Wait for appointment
A15 4 4 4.1 3 - Vitals with nurse
A16 4 5 4.7 5 M Meet with care provider
A17 4 3 4.2 3 - Learn about additional resources
A18 5 3 3.0 3 - Check out of appointment
A19 5 3 2.9 3 - Go to another appointment or labs
A20 5 3 2.1 4 M Fill prescriptions
A21 5 3 3.2 1 - Exit facility
A22 6 3 2.9 4 - Take immediate action (new meds, diet)
A23 6 4 2.4 5 M Follow up on visit (results)
A24 6 3 3.5 3 - Manage whole health
"""
"""Code, stage, what staff believe, what customers feel, importance, moment of truth or not, name."""

CODES = [
    "hold-time",
    "retell-story",
    "good-provider",
    "parking",
    "wayfinding",
    "late-no-word",
    "pharmacy-wait",
    "result-no-note",
    "reminder-helps",
    "greeter",
    "travel-claim",
    "portal-login",
    "privacy-crowd",
    "bundle-visits",
]

INTERVIEWS = (
    (0, 2, 3),
    (0, 1, 2, 6),
    (3, 4, 9, 2),
    (0, 5, 7),
    (2, 8, 10, 6),
    (4, 5, 3),
    (11, 7, 0),
    (2, 9, 6, 13),
    (0, 5, 12),
    (2, 7, 3),
    (6, 0, 8),
    (2, 4, 5),
)
"""What each interview was coded with, in the order held, as places in `CODES`."""


def touchpoints() -> list[Touchpoint]:
    """The touchpoints, with the customers' means as brought from elsewhere, from 40 customers each."""
    made = []
    for number, line in enumerate(TOUCHPOINTS.strip().splitlines(), 1):
        code, stage, staff, customers, importance, moment, name = line.split(maxsplit=6)
        made.append(
            Touchpoint(
                id=code.lower(),
                order=number * GAP,
                code=code,
                stage=f"s{stage}",
                name=name,
                emotion=int(staff),
                customer_emotion=float(customers),
                customer_n=40,
                importance=int(importance),
                moment="moment-of-truth" if moment == "M" else "",
            )
        )
    return made


def clinic() -> Session:
    """Its map and its coded interviews."""
    stages = [Stage(id=f"s{n}", order=n * GAP, code=f"S{n}", name=name) for n, name in enumerate(STAGES, 1)]
    codes = [Code(id=f"c{n}", order=n * GAP, name=name) for n, name in enumerate(CODES)]
    interviews = [Interview(id=f"i{n}", order=n * GAP, code=f"I{n:02}") for n, _ in enumerate(INTERVIEWS, 1)]
    excerpts = [
        Excerpt(id=f"e{n}.{code}", order=n * GAP + code, interview=f"i{n}", codes=(f"c{code}",))
        for n, coded in enumerate(INTERVIEWS, 1)
        for code in sorted(coded)
    ]
    return Session(
        CATALOGUE,
        {
            "stages": Rows(tuple(stages)),
            "touchpoints": Rows(tuple(touchpoints())),
            "codes": Rows(tuple(codes)),
            "interviews": Rows(tuple(interviews)),
            "excerpts": Rows(tuple(excerpts)),
        },
    )
