"""Find: words typed in one line, every row that has them all below it, and Enter goes to its cell."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import Input, Static

from cjworkshop.analysis.search import Found, Hit, Search
from cjworkshop.domain.text import counted
from cjworkshop.method.ballots import is_secret
from cjworkshop.method.employee_workshop import Vote, VoteRound
from cjworkshop.method.steps import step_of
from cjworkshop.tui.modals.menu_dialog import MenuDialog
from cjworkshop.tui.text import cells, fit, plain, safe
from cjworkshop.tui.widgets.board import Line, Words, spread
from cjworkshop.tui.widgets.menu import Entry, Menu
from cjworkshop.tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from textual.widget import Widget

    from cjworkshop.analysis.search import Group
    from cjworkshop.domain.session import Session

LONGEST_CODE = 9
"""Screen cells of a code, and the space behind it, that are shown."""
INVITATION = "Any words, in any order: a row has to have all of them. Codes, names, notes; accents do not matter."
NOTHING = "No row has all of these words. Fewer of them, or only their beginnings, find more."


class Finder:
    """What is kept from one search to the next: what was read of the session, and what was typed last."""

    def __init__(self) -> None:
        self.search = Search()
        self.typed = ""


class FindDialog(MenuDialog[Hit]):
    """Ends with the hit to go to. `session` gives the session as it stands."""

    def __init__(self, finder: Finder, session: Callable[[], Session]) -> None:
        super().__init__("Find in this session")
        self._finder = finder
        self._session = session
        self._searched: str | None = None
        self._looking = False
        self._takes = False

    def content(self) -> Iterable[Widget]:
        """The words, what was found, and how much."""
        yield TextLine(self._finder.typed, id="words")
        yield Menu(id="hits")
        yield Static(safe(INVITATION), id="count")

    def keys(self) -> str:
        """How to go there."""
        return "↑ ↓ choose   Enter go there   Esc back to where you were"

    def on_mount(self) -> None:
        """What was found last is found again."""
        self._look()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Other words."""
        self._finder.typed = event.value
        self._look()

    def _look(self) -> None:
        if not self._looking:
            self._looking = True
            self.run_worker(self._follow_typing(), exclusive=True)

    async def _follow_typing(self) -> None:
        """Search beside the typing, one search at a time, until what was found is what was typed last."""
        finder = self._finder
        while self._searched != finder.typed:
            typed = finder.typed
            found = await asyncio.to_thread(finder.search.find, self._session(), typed)
            self._searched = typed
            if typed == finder.typed:
                self._show(found)
        self._looking = False
        if self._takes:
            self.take()

    def _show(self, found: Found) -> None:
        session = self._session()
        self.menu.show([entry for group in found.groups for entry in _entries(group, partial(_named, session))])
        shown = len(found.hits)
        if not self._finder.typed.strip():
            words = INVITATION
        elif not found.count:
            words = NOTHING
        else:
            words = f"{counted(found.count, 'row')} in {counted(len(found.groups), 'table')}"
            words += f"; the best {shown} are shown" if shown < found.count else ""
        self.query_one("#count", Static).update(safe(words))

    def take(self) -> None:
        """Go to the hit that is chosen, once what was typed has been searched for."""
        self._takes = self._looking
        if not self._looking and isinstance(self.menu.chosen, Hit):
            self.dismiss(self.menu.chosen)


def _named(session: Session, hit: Hit) -> Hit:
    """The hit; a vote with whose it is before its round, for one item has many. Not where the round keeps that to itself."""
    vote = session.get(Vote, hit.row_id) if hit.table == Vote.__table__.name and hit.column != "who" else None
    vote_round = session.get(VoteRound, vote.round) if vote is not None else None
    if vote is None or (vote_round is not None and (vote_round.anonymous or is_secret(vote_round))):
        return hit
    return replace(hit, name=", ".join(filter(None, (vote.who, hit.name))))


def _entries(group: Group, named: Callable[[Hit], Hit]) -> Iterator[Entry]:
    """The table as a heading with its step, then its hits, as they are `named`."""
    if group.hits:
        yield Entry(partial(_heading, group))
    code_width = min(max((cells(hit.code) + 1 for hit in group.hits if hit.code), default=0), LONGEST_CODE)
    hits = [named(hit) for hit in group.hits]
    beside = [hit for hit in hits if not hit.in_name]
    name_width = max((cells(hit.name) for hit in beside), default=0)
    column_width = max((cells(hit.column_label) for hit in beside), default=0)
    for hit in hits:
        yield Entry(partial(_line, hit, code_width, name_width, column_width), hit)


def _heading(group: Group, width: int) -> Line:
    left = [Words(f"{group.title}  ", "strong"), Words(step_of(group.table).short, "dim")]
    count = str(group.count) if len(group.hits) == group.count else f"{len(group.hits)} of {group.count}"
    return spread(left, [Words(f"{count} ", "dim")], width)


def _line(hit: Hit, code_width: int, name_width: int, column_width: int, width: int) -> Line:
    """A hit in a row's name: code and name. In another column: code and name, then the column and what it says.

    Names and columns take the room that the widest of the table need, so that what they say begins below one another.
    """
    code = Words("  " + fit(hit.code, code_width))
    if hit.in_name:
        return _marked([code], hit, width)
    name_width = min(name_width, max(width // 3 - code.cells, 8))
    column_width = min(column_width, max(min(16, width // 6), 8))
    name = [Words(fit(hit.name, name_width) + "  ")] if name_width else []
    return _marked([code, *name, Words(fit(hit.column_label, column_width) + "  ", "dim")], hit, width)


def _marked(line: Line, hit: Hit, width: int) -> Line:
    """`line` and behind it what the hit says, its words in the accent colour, with the first of them in view."""
    room = width - sum(words.cells for words in line) - 1
    parts: list[tuple[str, str]] = []
    place = 0
    if hit.spans and cells(hit.text[: hit.spans[0][1]]) > room - 1:
        place = max(hit.spans[0][0] - room // 4, 0)
        parts.append(("…", ""))
    for begin, end in hit.spans:
        parts += [(hit.text[place:begin], ""), (hit.text[begin:end], "accent")]
        place = end
    for text, role in [*parts, (hit.text[place:], "")]:
        if cells(text) > room:
            return [*line, Words(fit(text, room), role)]
        room -= cells(text)
        line.append(Words(plain(text), role))
    return line
