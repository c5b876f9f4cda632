"""What is asked before a paste that does not go in as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.text import LONG_TEXT, counted, shorten
from cjworkshop.tui.modals.ask import Ask, Possibility

if TYPE_CHECKING:
    from cjworkshop.tui.paste_plan import PastePlan

SHOWN = 8
"""Refused cells that are listed one by one."""


def paste_question(plan: PastePlan) -> Ask:
    """The dialog for this plan. It ends with `keep`, `shorten`, or None where nothing is to change."""
    parts = []
    if plan.refusals:
        parts.append(f"{counted(len(plan.refusals), 'cell')} cannot go in and would stay as they are:")
        parts += [
            f"  {refusal.row} · {refusal.column}: {shorten(refusal.text, 24)} — {refusal.reason}"
            for refusal in plan.refusals[:SHOWN]
        ]
        if len(plan.refusals) > SHOWN:
            parts.append(f"  and {len(plan.refusals) - SHOWN} more")
    if plan.surplus_columns:
        parts.append(f"{counted(plan.surplus_columns, 'column')} more than the table has would be left out.")
    if plan.surplus_rows:
        parts.append(f"{counted(plan.surplus_rows, 'row')} more than there is room for would be left out.")
    if plan.long_texts:
        parts.append(f"{counted(plan.long_texts, 'text')} longer than {LONG_TEXT:,} characters.")
    answers = []
    if not plan.is_empty:
        words = "Keep all of it" if plan.long_texts and not plan.refusals else f"Paste the rest: {plan.summary}"
        answers.append(Possibility("keep", words))
        if plan.long_texts:
            answers.append(Possibility("shorten", f"Keep the first {LONG_TEXT:,} characters of each text"))
    return Ask("Before this is pasted", "\n".join(parts), [*answers, Possibility("cancel", "Cancel: nothing changes")])
