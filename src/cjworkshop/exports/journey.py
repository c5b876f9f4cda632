"""The parts of the notes about the journey: the map by stage, critical moments, staff scores, votes.

What staff believe and what customers said never share a column, and each number stands with its n.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cjworkshop.analysis.curve import tenths
from cjworkshop.analysis.evidence import ENOUGH_MENTIONS, chain, chains
from cjworkshop.analysis.scores import spread, spreads
from cjworkshop.analysis.stages import moments as marked
from cjworkshop.analysis.stages import stage_parts
from cjworkshop.analysis.survey import survey_tally
from cjworkshop.analysis.votes import TOP, counts, decided_by, open_tie, standing
from cjworkshop.domain.text import counted
from cjworkshop.exports.layout import Extra, Layout, rows_blocks
from cjworkshop.exports.report import Block, Grid, Heading, Item, Paragraph, View, listed, section
from cjworkshop.exports.voices import interviews_text, mean_text
from cjworkshop.facilitation.scoring import is_numbered
from cjworkshop.method.ballots import is_open, is_secret
from cjworkshop.method.discovery import Person
from cjworkshop.method.employee_workshop import Opportunity, Pain, Score, Stage, Touchpoint, Vote, VoteRound
from cjworkshop.method.qualitative import Interview, Validation
from cjworkshop.method.quantitative import Response
from cjworkshop.method.template import borrowed
from cjworkshop.method.turnout import turnout

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from cjworkshop.analysis.evidence import Chain
    from cjworkshop.analysis.scores import Spread
    from cjworkshop.analysis.votes import Count, Total
    from cjworkshop.domain.rows import Row
    from cjworkshop.domain.session import Session

_FIRST = ("channel", "importance", "moment")
_SEPARATE = ("stage", "emotion", "customer_emotion", "customer_n")
"""Columns of a touchpoint that the map shows in its own way."""


def the_map(view: View) -> list[Block]:
    """Stage by stage: what the customer wants, and each touchpoint with what staff and customers say of it."""
    session = view.session
    table = session.catalogue["stages"]
    known, what_hurts = chains(session), _what_hurts(session)
    blocks: list[Block] = []
    bare: list[str] = []
    for stage, rows in stage_parts(session):
        measured = mean_text(survey_tally(session).satisfaction.get(stage.id)) if stage else ""
        facts = (
            *(_told(view, stage) if stage else ()),
            *([Item("Survey, satisfied", measured)] if measured else ()),
        )
        title = session.label(stage.id) or table.noun.capitalize() if stage else "Without a stage"
        bare += [] if rows else [title]
        blocks += section(title, [*listed(facts), *_touchpoints(view, known, what_hurts, rows)], 3)
    return [*_how_to_read(session, known), *_from_the_template(view), *_without_touchpoints(bare), *blocks]


def _without_touchpoints(stages: Sequence[str]) -> list[Block]:
    """That nothing was mapped in these stages, in one sentence rather than under a heading each."""
    return [Paragraph(f"No touchpoints yet: {', '.join(stages)}.", note=True)] if stages else []


def _told(view: View, stage: Stage) -> tuple[Item, ...]:
    """What the room wrote about a stage."""
    theirs = borrowed(view.template, stage)
    columns = view.beyond_title(view.session.catalogue["stages"], stage)
    return view.facts(stage, [column for column in columns if column.name not in theirs])


def _from_the_template(view: View) -> list[Block]:
    """That the stages' texts which only came along with the template are left out, where there are any."""
    if view.template is None or not any(borrowed(view.template, stage) for stage in view.session.rows(Stage)):
        return []
    return [Paragraph(f"Stage texts that came with the template “{view.template.title}” are left out.", note=True)]


def _how_to_read(session: Session, known: Mapping[str, Chain]) -> list[Block]:
    """What the columns mean, and that a map which only staff made is a hypothesis."""
    found, scored = known.values(), spreads(session)
    legend = {
        "“Staff believe” is what employees think customers feel, from 1 very negative to 5 very positive.": any(
            chain.staff is not None for chain in found
        ),
        "In brackets stands the mean that it is rounded from, where people scored it (n scores).": any(
            _mean_behind(scored, row) for row in session.rows(Touchpoint)
        ),
        "“Interviews” is the mean of the customers who rated it (n), where there are at least"
        f" {ENOUGH_MENTIONS}, and how many of those interviewed named it.": any(chain.said for chain in found),
        "“Survey” is the mean satisfaction, from 1 to 5 (n answers).": bool(survey_tally(session).satisfaction),
        "“From elsewhere” is a mean of customers that was brought along (n).": any(chain.elsewhere for chain in found),
    }
    blocks: list[Block] = [Paragraph(" ".join(line for line, needed in legend.items() if needed))]
    if known and not any(chain.level >= 2 for chain in found) and not survey_tally(session).satisfaction:
        asked = f"{counted(len(session.rows(Interview)), 'interview')}, {counted(len(session.rows(Response)), 'survey answer')}"
        hypothesis = "This map is a hypothesis: it shows what employees believe, and no customer has confirmed it yet"
        blocks.insert(0, Paragraph(f"{hypothesis} ({asked}).", note=True))
    return blocks if any(legend.values()) else blocks[:-1]


def _touchpoints(
    view: View,
    known: Mapping[str, Chain],
    what_hurts: Callable[[Row], tuple[Item, ...]],
    rows: Sequence[Touchpoint],
) -> list[Block]:
    table = view.session.catalogue["touchpoints"]
    emotion = table.column("emotion")
    found = spreads(view.session)

    def believed(row: Row) -> str:
        mean = _mean_behind(found, row)
        return (
            f"{view.text(row, emotion)} ({_one_decimal(mean.mean)}, n = {mean.n})" if mean else view.text(row, emotion)
        )

    extras = (
        Extra("Staff believe", believed, numeric=not any(_mean_behind(found, row) for row in rows)),
        Extra("Interviews", lambda row: interviews_text(known[row.id])),
        Extra("Survey", lambda row: mean_text(known[row.id].survey)),
        Extra("From elsewhere", lambda row: _brought(view, row)),
    )
    return rows_blocks(view, table, rows, Layout(_FIRST, _SEPARATE, extras, what_hurts))


def _mean_behind(found: Mapping[str, Spread], row: Row) -> Spread | None:
    """What a touchpoint's emotion is the rounded mean of; None where it is not what people scored."""
    scored = found.get(row.id)
    return scored if scored and isinstance(row, Touchpoint) and row.emotion == scored.emotion else None


def _one_decimal(mean: float) -> str:
    return f"{tenths(mean) / 10:.1f}"


def _what_hurts(session: Session) -> Callable[[Row], tuple[Item, ...]]:
    """Says for a touchpoint its pains and opportunities, in a line each."""
    found: dict[str, list[Item]] = defaultdict(list)
    for pain in session.rows(Pain):
        found[pain.touchpoint].append(Item(f"Pain {pain.code}".strip(), pain.pain))
    for chance in session.rows(Opportunity):
        found[chance.touchpoint].append(Item(f"Opportunity {chance.code}".strip(), chance.opportunity))
    return lambda row: tuple(found.get(row.id, ()))


def _brought(view: View, row: Row) -> str:
    """The mean from elsewhere as it was typed, with its n; the n alone where only that was noted."""
    table = view.session.catalogue["touchpoints"]
    mean, n = (view.text(row, table.column(name)) for name in ("customer_emotion", "customer_n"))
    return f"{mean} (n = {n or 'not said'})".strip() if mean or n else ""


def moments(view: View) -> list[Block]:
    """The touchpoints that decide, with all that is known of each in one line."""
    session = view.session
    table, what_hurts = session.catalogue["touchpoints"], _what_hurts(session)
    return listed(
        Item(
            view.title(table, row),
            _known(view, row),
            (
                *what_hurts(row),
                *(
                    Item(f"Customers: {verdict.verdict or 'no verdict yet'}", verdict.statement)
                    for verdict in session.rows(Validation)
                    if verdict.touchpoint == row.id
                ),
            ),
        )
        for row in marked(session)
    )


def _known(view: View, row: Touchpoint) -> str:
    known, mean = chain(view.session, row), _mean_behind(spreads(view.session), row)
    of = f" (mean of {counted(mean.n, 'score')}: {_one_decimal(mean.mean)})" if mean else ""
    parts = {
        "": view.text(row, view.session.catalogue["touchpoints"].column("moment")),
        "staff believe ": "" if row.emotion is None else f"{row.emotion}{of}",
        "interviews ": interviews_text(known),
        "survey ": mean_text(known.survey),
        "from elsewhere ": _brought(view, row),
    }
    return "; ".join(label + text for label, text in parts.items() if text)


def staff_scores(view: View) -> list[Block]:
    """What people in the room scored: for each touchpoint the mean, its n, the deviation, and who gave what.

    What one of the people gave is told without the name, unless names are asked for: a group, such as a department, is
    nobody's secret.
    """
    hidden = None if view.names else {person.name for person in view.session.rows(Person)}
    by_touchpoint: dict[str, list[Score]] = defaultdict(list)
    for score in view.session.rows(Score):
        by_touchpoint[score.touchpoint].append(score)
    rows = []
    places = view.session[Touchpoint.__table__.name].positions
    for touchpoint, scores in sorted(by_touchpoint.items(), key=lambda its: places.get(its[0], len(places))):
        found = spread([score.emotion for score in scores if score.emotion is not None])
        mean = _one_decimal(found.mean) if found else ""
        deviation = "" if found is None or found.deviation is None else f"{found.deviation:.1f}"
        apart = f"{deviation}, discuss" if found and found.discuss else deviation
        who = ", ".join(_given_by(scores, hidden))
        rows.append((view.session.label(touchpoint), mean, str(found.n if found else 0), apart, who))
    if not rows:
        return []
    legend = "Spread (sd) is the sample standard deviation (n − 1); above 1.0 people see different things, and it is worth talking about."
    headers = ("Touchpoint", "Mean", "n", "Spread (sd)", "Scores")
    return [Paragraph(legend), Grid(headers, tuple(rows), (False, True, True, True, False))]


def _given_by(scores: Sequence[Score], hidden: Container[str] | None) -> list[str]:
    """Who gave what. Those who are `hidden` come last, the lowest first: in their turn everybody knows who sits where.

    With None nobody is hidden, and even the numbers of those who were not named stand in their turn.
    """
    told, bare = [], []
    for score in scores:
        number = "" if score.emotion is None else str(score.emotion)
        if hidden is not None and (is_numbered(score.who) or score.who in hidden):
            bare.append(number)
        else:
            told.append(number if is_numbered(score.who) else f"{score.who} {number}".strip())
    return [text for text in (*told, *sorted(bare)) if text]


def votes(view: View) -> list[Block]:
    """Each round: its rules, what it came to, and the items with their dots, the most first, those of a tie as it was broken.

    Of a round whose ballots are still coming in out of sight no dots are told, but where private columns are.
    """
    session = view.session
    table = session.catalogue["vote_rounds"]
    blocks: list[Block] = []
    for count in counts(session):
        vote_round = count.round
        cast = [vote for vote in session.rows(Vote) if vote.round == vote_round.id]
        facts = listed(_rules(view, vote_round))
        blocks += [Heading(3, view.title(table, vote_round) or "Vote"), *facts]
        hidden = is_secret(vote_round) and not view.names
        order = [item for alike in standing(session, count) for item in alike]
        blocks += [*_result(session, count, hidden=hidden), *([] if hidden else _dots(view, cast, order))]
    loose = [vote for vote in session.rows(Vote) if not session.get(VoteRound, vote.round)]
    return blocks + section("Without a round", _dots(view, loose), 3)


def _result(session: Session, count: Count, *, hidden: bool) -> list[Block]:
    """How many dots were given by how many, who leads, and what is tied."""
    if not count.used:
        return []
    ballots = turnout(session, count.round).voted
    given = f"{count.used} of {counted(count.budget, 'dot')}" if count.budget else counted(count.used, "dot")
    sentences = [f"{given} given in {counted(ballots, 'ballot')}." if ballots else f"{given} given."]
    if hidden:
        return [Paragraph(f"{sentences[0]} Totals are hidden until the round is revealed.", note=True)]
    verb = "leads" if len(count.leaders) == 1 else "lead"
    state = " so far" if is_open(count.round) else ""
    sentences.append(f"{_named(session, count.leaders)} {verb}{state} with {counted(count.leaders[0].dots, 'dot')}.")
    ties = [f"{_named(session, tie)} ({tie[0].dots})" for tie in count.ties if tie != count.leaders]
    sentences += [f"Tied: {'; '.join(ties)}."] if ties else []
    decided = [sentence for tie in count.ties if (sentence := _decided(session, count, tie))]
    if count.cut and count.cut != count.leaders and open_tie(session, count):
        sentences.append(f"The tie decides who is among the first {TOP}.")
    return [Paragraph(" ".join((*sentences, *decided)))]


def _decided(session: Session, count: Count, tie: tuple[Total, ...]) -> str:
    """What a further round made of a tie, as a sentence; empty where there was none."""
    further = decided_by(session, count.round.id, tie)
    if further is None:
        return ""
    first = further.leaders[0]
    won = f"went to {session.short_label(first.item)} with {counted(first.dots, 'dot')}"
    return f"The tie of {_named(session, tie)} {won} in a further round."


def _rules(view: View, vote_round: VoteRound) -> list[Item]:
    """The rules of a round in words; that it is closed goes without saying."""
    columns = view.beyond_title(view.session.catalogue["vote_rounds"], vote_round)
    said = {
        "mode": {"room": "the room as one", "person": "person by person"}.get(vote_round.mode, ""),
        "cap": "" if vote_round.cap else "no limit per item",
    }
    return [
        Item(view.heading(column), said.get(column.name) or view.text(vote_round, column))
        for column in columns
        if (column.name, vote_round.state) != ("state", "closed")
    ]


def _named(session: Session, totals: Sequence[Total]) -> str:
    names = [session.short_label(total.item) for total in totals]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _dots(view: View, cast: Iterable[Vote], order: Iterable[str] = ()) -> list[Block]:
    """The items with their dots, the most first, those alike in this order."""
    places = {item: place for place, item in enumerate(order)}
    ballots: dict[str, list[Vote]] = defaultdict(list)
    for vote in cast:
        ballots[vote.item].append(vote)
    totals = {item: sum(vote.dots or 0 for vote in given) for item, given in ballots.items()}
    if not ballots:
        return []
    rows = [
        (view.session.label(item), str(totals[item]), str(len(ballots[item])), _given(view, ballots[item]))
        for item in sorted(ballots, key=lambda item: (-totals[item], places.get(item, len(places))))
    ]
    columns = 4 if view.names or any(len(given) > 1 for given in ballots.values()) else 2
    headers, numeric = ("Item", "Dots", "Ballots", "Given"), (False, True, True, False)
    return [Grid(headers[:columns], tuple(row[:columns] for row in rows), numeric[:columns])]


def _given(view: View, ballots: Sequence[Vote]) -> str:
    """How the dots of an item came together; who gave them only where names are asked for."""
    dots = ["" if vote.dots is None else str(vote.dots) for vote in ballots]
    if view.names:
        return ", ".join(f"{vote.who} {given}".strip() for vote, given in zip(ballots, dots, strict=True))
    return " + ".join(filter(None, dots))
