"""A touchpoint in one line: what staff believe, what customers said, how the two compare, how well that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.analysis.curve import tenths
from cjworkshop.analysis.evidence import chain
from cjworkshop.analysis.shares import wilson
from cjworkshop.analysis.verdicts import verdict_on
from cjworkshop.mapping.journey_map import customers_trace
from cjworkshop.mapping.lanes import signed, stops
from cjworkshop.method.employee_workshop import Touchpoint

if TYPE_CHECKING:
    from cjworkshop.analysis.evidence import Chain
    from cjworkshop.domain.session import Session

LEVELS = ("assumed by staff", "heard by staff", "said by customers", "measured")
"""The levels of evidence in words."""

_FROM = {"survey": "survey", "interviews": "interviews", "elsewhere": "from elsewhere"}


def summary(session: Session, row_id: str) -> tuple[str, ...]:
    """What is known of a touchpoint, the most telling part first; nothing where there is no such touchpoint."""
    row = session.get(Touchpoint, row_id)
    if row is None:
        return ()
    found = chain(session, row)
    verdict = verdict_on(found)
    parts = ["" if found.staff is None else f"staff {found.staff}", _customers(found)]
    if verdict is not None:
        parts.append(f"Δ {signed(verdict.delta)} {verdict.judgement}")
    parts += [_turns(session, row), f"evidence {found.level}: {LEVELS[found.level]}", _said(found)]
    return tuple(filter(None, parts))


def _customers(found: Chain) -> str:
    final = found.final
    if final.value is None or final.origin in {"", "staff"}:
        return ""
    base = "n not said" if final.n is None else f"n={final.n}"
    return f"customers {tenths(final.value) / 10:.1f} ({_FROM[final.origin]}, {base})"


def _said(found: Chain) -> str:
    """`6 of 12 said so (25–75 %)`: with Wilson's interval."""
    interval = wilson(found.said, found.asked)
    if interval is None:
        return ""
    return f"{found.said} of {found.asked} spoke of it ({interval.low * 100:.0f}–{interval.high * 100:.0f} %)"


def _turns(session: Session, row: Touchpoint) -> str:
    """What the customers' line does at a touchpoint; mostly nothing of note."""
    line = customers_trace(session)
    place = next(place for place, stop in enumerate(stops(session)) if stop is row)
    drop = line.drops.get(place)
    said = [] if drop is None else [f"sharp drop {drop / 10:.1f}"]
    said += [word for word, at in (("peak", line.peak), ("low", line.low), ("end", line.end)) if at == place]
    return ", ".join(said)
