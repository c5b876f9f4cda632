"""The parts of the notes about customers: what they said in interviews and answered in the survey.

Customers of interviews are named by the interview's code; their own names are a private column.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cjworkshop.analysis.curve import tenths
from cjworkshop.analysis.stages import journey
from cjworkshop.analysis.survey import survey_tally
from cjworkshop.domain.text import counted
from cjworkshop.exports.captured import captured
from cjworkshop.exports.layout import Layout, rows_blocks, unweighted
from cjworkshop.exports.report import Block, Grid, Heading, Item, Items, Paragraph, Quote, View
from cjworkshop.method.employee_workshop import Stage
from cjworkshop.method.qualitative import Excerpt, Interview
from cjworkshop.method.quantitative import Response

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cjworkshop.analysis.evidence import Chain
    from cjworkshop.analysis.survey import Mean

MOST_ANSWERS = 1000
"""Survey answers that the notes list one by one; above that they only say how many there are."""


def mean_text(mean: Mean | None) -> str:
    """`2.7 (n = 40)`; empty without a mean."""
    return f"{tenths(mean.value) / 10:.1f} (n = {'not said' if mean.n is None else mean.n})" if mean else ""


def interviews_text(known: Chain) -> str:
    """`2.3 (n = 4), named by 5 of 12`: the mean where enough rated it, and how many spoke of it at all."""
    named = f"named by {known.said} of {known.asked}" if known.said else ""
    return ", ".join(filter(None, (mean_text(known.interviews), named)))


def quotes(view: View) -> list[Block]:
    """The interviews, then what was said, touchpoint by touchpoint."""
    session = view.session
    blocks = rows_blocks(view, session.catalogue["interviews"], session["interviews"])
    with_it = captured(view, session.catalogue["excerpts"])
    by_touchpoint: dict[str, list[Excerpt]] = defaultdict(list)
    for excerpt in session.rows(Excerpt):
        by_touchpoint[excerpt.touchpoint].append(excerpt)
    for row_id in (*(touchpoint.id for touchpoint in journey(session)), ""):
        if said := by_touchpoint.get(row_id):
            blocks.append(Heading(3, session.label(row_id) or "Of no touchpoint on the map"))
            blocks += _joined(_quote(view, excerpt, with_it(excerpt)) for excerpt in said)
    return blocks


def _joined(blocks: Iterable[Block]) -> list[Block]:
    """Neighbouring lists as one: in Markdown nothing would part them."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, Items) and isinstance(last, Items):
            joined[-1] = Items((*last.items, *block.items))
        else:
            joined.append(block)
    return joined


def _quote(view: View, excerpt: Excerpt, more: Iterable[Item]) -> Block:
    table = view.session.catalogue["excerpts"]
    interview = view.session.get(Interview, excerpt.interview)
    others = [
        f"{column.label.lower()} {view.text(excerpt, column)}"
        for column in view.columns(table, [excerpt])
        if column.name not in {"interview", "touchpoint", "quote"}
    ]
    others += [f"{item.label.lower()} {item.text}" for item in more]
    source = "; ".join(filter(None, [view.session.label(interview.id) if interview else "", *others]))
    return Quote(excerpt.quote, source) if excerpt.quote else Items((Item("Without a quote", source),))


def survey(view: View) -> list[Block]:
    """The waves, and how satisfied customers are with each stage and touchpoint."""
    session = view.session
    blocks = rows_blocks(view, session.catalogue["waves"], session["waves"])
    tally = survey_tally(session).satisfaction
    rated = [row.id for row in (*session.rows(Stage), *journey(session)) if row.id in tally]
    if rated:
        rows = tuple((session.label(row_id), mean_text(tally[row_id])) for row_id in rated)
        blocks.append(Grid(("Satisfied with", "Mean, 1 to 5"), rows, (False, False)))
    return blocks


def responses(view: View) -> list[Block]:
    """Every answer; only their number where they are too many to read."""
    session = view.session
    rows = session.rows(Response)
    if len(rows) > MOST_ANSWERS:
        many = f"{counted(len(rows), 'answer')}, too many to list here. The CSV and JSON exports hold each of them."
        return [Paragraph(many, note=True)]
    table = session.catalogue["responses"]
    return rows_blocks(view, table, rows, Layout(without=unweighted(table, rows)))
