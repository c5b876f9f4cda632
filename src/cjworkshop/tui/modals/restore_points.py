"""Restore points: keep the session under a name, see what an earlier state would change, and go back to it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from cjworkshop.domain.text import clean_line
from cjworkshop.errors import WorkshopError
from cjworkshop.facilitation.going_back import gone_back
from cjworkshop.lazy import dataclass
from cjworkshop.storage.backups import AUTO, DAMAGED, MIGRATION, NAMED, SET_ASIDE, Backup, free_label
from cjworkshop.storage.difference import differences, row_differences
from cjworkshop.tui.modals.dialog import fault, field
from cjworkshop.tui.modals.help import Entries, ReadingDialog
from cjworkshop.tui.modals.menu_dialog import MenuDialog
from cjworkshop.tui.text import fit, safe
from cjworkshop.tui.widgets.board import Line, Words
from cjworkshop.tui.widgets.menu import Entry, Menu
from cjworkshop.tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.widget import Widget

    from cjworkshop.domain.session import Session
    from cjworkshop.storage.difference import Difference

ABOUT = (
    "A name, and Enter keeps the session as it stands. Or choose an earlier state below, and see what it would change."
)
NEW = "Enter keeps the session as it stands now; without a name it is called by the time."
SAME = "Nothing is different there."
LINES = 4
"""Lines that say what differs in the state under the cursor."""
MOST_ROWS = 200
"""Rows of one table that a comparison lists one by one."""

_WHY = {
    AUTO: "automatic",
    MIGRATION: "before a newer version wrote it",
    SET_ASIDE: "set aside",
    DAMAGED: "damaged",
    "import": "before an import",
    "restore": "before going back",
}


@dataclass(frozen=True)
class Keep:
    """The answer: keep the session as it stands, under this name; `renamed` where the one that was typed is taken."""

    label: str
    renamed: bool = False


@dataclass(frozen=True)
class GoBack:
    """The answer: go back to `then`, which is what the backup called `name` holds."""

    name: str
    then: Session


def name_of(backup: Backup) -> str:
    """What a backup is called: by its user, by the time where the user gave no name, else by why it was made."""
    time = f"{backup.time.astimezone():%H:%M}"
    return backup.label or (time if backup.why == NAMED else _WHY.get(backup.why, backup.why))


class RestorePoints(MenuDialog["Keep | GoBack"]):
    """Ends with what to do. `read` gives what a backup holds and is called beside the typing; `session` what there is now."""

    def __init__(
        self, backups: Sequence[Backup], read: Callable[[Backup], Session], session: Callable[[], Session], *, mark: str
    ) -> None:
        super().__init__("Restore points", ABOUT)
        self._backups = sorted(backups, key=lambda backup: backup.why != NAMED)
        self._read = read
        self._session = session
        self._mark = mark
        self._known: dict[Backup, Session | str] = {}
        self._reading = False

    def content(self) -> Iterable[Widget]:
        """The name, the earlier states, and what is different in the one under the cursor."""
        yield field("Name", TextLine(id="name", placeholder="the time"))
        yield Menu(id="states")
        yield Static(safe(NEW), id="difference")
        yield fault()

    def keys(self) -> str:
        """How to keep, compare and leave."""
        return "Enter keep, or compare the chosen one   ↓ ↑ choose   Esc cancel"

    def on_mount(self) -> None:
        """The user's own first, then the others, the newest first."""
        self.menu.show([Entry(partial(self._line, backup), backup) for backup in self._backups], first=False)

    def _line(self, backup: Backup, width: int) -> Line:
        named = backup.why == NAMED
        time = f"{backup.time.astimezone():%Y-%m-%d %H:%M}"
        name = f"{self._mark if named else ' '} {name_of(backup)}"
        return [
            Words(fit(name, max(width - len(time) - 2, 8)), "" if named else "dim"),
            Words(f"  {time}", "" if named else "dim"),
        ]

    def action_choose(self, step: int) -> None:
        """Choose another state; above the first is the line for a new one."""
        if step < 0 and self.menu.at_first:
            self.menu.leave()
            self.chosen_changed()
        else:
            super().action_choose(step)

    def on_input_changed(self) -> None:
        """A name is for a new one."""
        self.menu.leave()
        self.chosen_changed()

    def _new(self) -> Keep:
        """The one that Enter makes: called as typed, or with a number behind it where that name is taken."""
        typed = clean_line(self.query_one(Input).value)
        free = free_label(typed, self._backups)
        return Keep(free, renamed=free != typed)

    @property
    def _chosen(self) -> Backup | None:
        chosen = self.menu.chosen
        return chosen if isinstance(chosen, Backup) else None

    def chosen_changed(self) -> None:
        """Say what is different in this one, once it has been read."""
        self.query_one("#fault").remove_class("shown")
        chosen = self._chosen
        self._say(self._invitation() if chosen is None else self._summary(chosen))
        if not self._reading and chosen is not None and chosen not in self._known:
            self._reading = True
            self.run_worker(self._follow_choosing(), exclusive=True)

    def _invitation(self) -> str:
        new = self._new()
        return f"This name is taken: Enter keeps the session as “{new.label}”." if new.renamed else NEW

    def _summary(self, backup: Backup) -> str:
        known = self._known.get(backup, "…")
        now = self._session()
        return known if isinstance(known, str) else in_words(differences(now, gone_back(now, known)))

    def _say(self, words: str) -> None:
        self.query_one("#difference", Static).update(safe(words))

    async def _follow_choosing(self) -> None:
        """Read beside the choosing, one state at a time, until the one that is chosen has been read."""
        while (chosen := self._chosen) is not None and chosen not in self._known:
            self._known[chosen] = await asyncio.to_thread(self._found, chosen)
        self._reading = False
        self._say(self._invitation() if chosen is None else self._summary(chosen))

    def _found(self, backup: Backup) -> Session | str:
        try:
            return self._read(backup)
        except WorkshopError as problem:
            return str(problem)

    def take(self) -> None:
        """Keep the session under the name that was typed, or compare it with the state that is chosen."""
        chosen = self._chosen
        if chosen is None:
            self.dismiss(self._new())
        else:
            self.run_worker(self._compare(chosen), exclusive=True, group="compare")

    async def _compare(self, backup: Backup) -> None:
        if backup not in self._known:
            self._known[backup] = await asyncio.to_thread(self._found, backup)
        then = self._known[backup]
        if isinstance(then, str):
            self.refuse(then)
            return
        now = self._session()
        back = gone_back(now, then)
        if not (changes := differences(now, back)):
            self.refuse(SAME)
        elif await self.app.push_screen_wait(Comparison(name_of(backup), changes, now, back)):
            self.dismiss(GoBack(name_of(backup), then))


def in_words(changes: Sequence[Difference]) -> str:
    """What would change, table by table, in a few lines."""
    lines = [change.words for change in changes]
    if len(lines) > LINES:
        lines[LINES - 1 :] = [f"and {len(lines) - LINES + 1} more tables"]
    return "\n".join(lines) or SAME


class Comparison(ReadingDialog[bool]):
    """What going back would change, row by row. Ends with True where it is to be done."""

    NAME_WIDTH = 11
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Go back", id="restore.take", tooltip="Have the session as it was then."),
    ]

    def __init__(self, name: str, changes: Sequence[Difference], now: Session, then: Session) -> None:
        about = (
            "This would change. What is there now is kept as a restore point too, and Ctrl+Z takes it all back. "
            "The clock goes on, and notes captured since stay."
        )
        groups = [(change.words, _rows(change, now, then)) for change in changes]
        super().__init__(f"Go back to: {name}", about, groups)

    def keys(self) -> str:
        """How to go back, and how not to."""
        return "↑ ↓ PgUp PgDn scroll   Enter go back to it   Esc stay as it is"

    def action_take(self) -> None:
        """Do it."""
        self.dismiss(True)  # noqa: FBT003 - the dialog's answer


def _rows(change: Difference, now: Session, then: Session) -> Entries:
    rows = row_differences(now, then, change.table)
    entries = [
        (row.what, row.name + (f": {', '.join(row.columns)}" if row.columns else "")) for row in rows[:MOST_ROWS]
    ]
    if len(rows) > MOST_ROWS:
        entries.append(("", f"and {len(rows) - MOST_ROWS} more"))
    return tuple(entries)
