"""Where scores are taken down: the touchpoint one is at, and the digits being typed. Knows nothing of Textual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.analysis.curve import tenths
from cjworkshop.analysis.scores import spreads, takeover
from cjworkshop.analysis.stages import journey
from cjworkshop.domain.names import row_name
from cjworkshop.domain.text import clean_line, counted
from cjworkshop.errors import BadValue, WorkshopError
from cjworkshop.facilitation import scoring
from cjworkshop.tui.kept import SCORES
from cjworkshop.tui.line_desk import LineDesk
from cjworkshop.tui.widgets.score_board import ScoreLine, ScoreSheet

if TYPE_CHECKING:
    from cjworkshop.analysis.scores import Spread
    from cjworkshop.facilitation.scoring import Replaced
    from cjworkshop.method.employee_workshop import Touchpoint
    from cjworkshop.tui.desk import Desk
    from cjworkshop.tui.widgets.list_board import Listing


class ScoreDesk(LineDesk):
    """A desk at which touchpoints are scored, in the order of the journey.

    It begins at the first one without scores; where all have some, at `row_id`. `replaced` says that the line which was
    taken last replaced scores; it is empty where it did not.
    """

    KEPT_AS = SCORES

    def __init__(self, desk: Desk, row_id: str = "") -> None:
        super().__init__(desk)
        self.replaced = ""
        self._asked = ""
        self._at = next(iter(self._bare), row_id)
        self.resume()

    @property
    def items(self) -> tuple[Touchpoint, ...]:
        """The touchpoints."""
        return tuple(journey(self.session))

    @property
    def at(self) -> str:
        """The id of the touchpoint that the cursor was put on."""
        return self._at

    @at.setter
    def at(self, row_id: str) -> None:
        self._at = row_id

    @property
    def _bare(self) -> tuple[str, ...]:
        """The ids of the touchpoints without scores."""
        found = spreads(self.session)
        return tuple(row.id for row in self.items if row.id not in found)

    def go_on(self) -> None:
        """To the next touchpoint; after the last, to the first one without scores."""
        if self.place + 1 < len(self.items):
            self.go_to_item(self.place + 1)
        else:
            self._at = next(iter(self._bare), self._at)

    def take(self) -> bool:
        """Write the scores that the line has; more than there are people only where that is asked for twice."""
        self.replaced = ""
        asked, self._asked = self._asked, ""
        try:
            scores = scoring.read(clean_line(self.line.text))
            if self.line.text != asked:
                self._check(scores)
            if self.item is not None and scores:
                change = self.desk.do(scoring.enter(self.session, self.item.id, scores, self.desk.new_id))
                self.replaced = self._said(self.item.id, scoring.replaced(change))
        except WorkshopError as problem:
            self.refuse(problem)
            return False
        self.clear()
        return True

    def _said(self, touchpoint: str, replaced: Replaced) -> str:
        """That so many scores were replaced there, and so many removed; empty where none were."""
        another, removed = replaced
        parts = [f"{counted(another, 'score')} replaced"] if another else []
        if removed:
            parts.append(f"{removed if parts else counted(removed, 'score')} removed")
        back = "it" if another + removed == 1 else "them"
        return (
            f"{self.session.short_label(touchpoint)}: {', '.join(parts)}; Ctrl+Z brings {back} back." if parts else ""
        )

    # The emotions of the map

    @property
    def can_take_over(self) -> bool:
        """Whether there are means that the map does not have as its emotions."""
        return any(takeover(self.session))

    @property
    def question(self) -> str:
        """What is asked before emotions are replaced; empty where none would be."""
        number = len(takeover(self.session).another)
        have, them = ("has", "it") if number == 1 else ("have", "them")
        return f"{number} {have} another emotion: F4 again replaces {them}." if number else ""

    def take_over(self, *, replace: bool) -> str:
        """Have the means of scores be emotions where there are none; with `replace` also where there are others.

        Gives what to say. BadValue where there are no scores, or some are typed and not taken.
        """
        if self.line.text.strip():
            raise BadValue("This line was not taken.", "Enter takes it, then F4 sets the emotions.")
        if not spreads(self.session):
            raise BadValue("No scores yet.", "Type 45324, a digit a person, and Enter.")
        empty, another = takeover(self.session)
        emotions = {**empty, **(another if replace else {})}
        if emotions:
            self.desk.do(scoring.take_over(emotions))
        said = f"{counted(len(emotions), 'emotion')} set by the scores." if emotions else ""
        return " ".join(filter(None, (said, self.question))) or "The emotions are the means of the scores already."

    def _check(self, scores: tuple[int | None, ...]) -> None:
        """See that these are no more than there are people; a finger that slipped is likelier than people not listed."""
        try:
            scoring.check_places(self.session, scores)
        except BadValue as problem:
            self._asked = self.line.text
            raise BadValue(problem.message, f"Enter again takes all {len(scores)}.") from None

    def reading(self) -> tuple[str, str]:
        """Who would have given what, as (words, role), and who is next."""
        if self.problem:
            return self.problem, "bad"
        if self.item is None:
            return "", ""
        try:
            scores = scoring.read(clean_line(self.line.text))
            scoring.check_places(self.session, scores)
        except WorkshopError as problem:
            return str(problem), "warn"
        if not scores:
            return "", ""
        people = scoring.raters(self.session, len(scores) + 1)
        last, following = people[len(scores) - 1], people[len(scores)]
        given = "-" if scores[-1] is None else str(scores[-1])
        colon = ":" if scoring.is_numbered(last) else ""
        is_last = len(scores) == scoring.places(self.session)
        then = f"the last of {len(scores)}" if is_last else f"next: {following}"
        return f"{last}{colon} {given}   {then}", "good"

    def sheet(self) -> tuple[Listing, ScoreSheet]:
        """What the board shows."""
        session, found, items = self.session, spreads(self.session), self.items
        if not items:
            return self.listing(
                "", ("No touchpoints yet.", "Esc goes back to the tables: type them first.")
            ), ScoreSheet()
        people = scoring.raters(session)
        discuss = [session.short_label(row.id) for row in items if row.id in found and found[row.id].discuss]
        said = f"{sum(row.id in found for row in items)} of {counted(len(items), 'touchpoint')} scored"
        gap = "." if self.desk.ascii_only else "·"
        shown = ScoreSheet(
            () if all(scoring.is_numbered(who) for who in people) else people,
            said + (f"   discuss {', '.join(discuss)}" if discuss else ""),
            tuple(self._line(row, people, found.get(row.id), gap) for row in items),
        )
        return self.listing("45324: a digit a person in turn, - for nobody; Enter goes on to the next"), shown

    def _line(self, row: Touchpoint, people: tuple[str, ...], found: Spread | None, gap: str) -> ScoreLine:
        given = scoring.given(self.session, row.id)
        scores = "".join(str(given.get(who, gap)) for who in people) if given else ""
        name = row_name(row.__table__, row)
        emotion = "" if row.emotion is None else str(row.emotion)
        if found is None:
            return ScoreLine(row.code, name, "", "", "", "", emotion, discuss=False, differs=False)
        deviation = "" if found.deviation is None else f"{found.deviation:.1f}"
        mean, differs = f"{tenths(found.mean) / 10:.1f}", row.emotion not in {None, found.emotion}
        return ScoreLine(
            row.code, name, scores, mean, deviation, str(found.n), emotion, discuss=found.discuss, differs=differs
        )
