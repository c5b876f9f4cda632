"""What a line of votes means: `A14x7`, `7 A14`, `schedule x3; A08+2`, several in one line.

An item is meant by its code (small letters and missing zeros do not matter), by its name, or by a part of its name
that no other item of the ballot has. `x7` gives it 7 dots, `x0` takes all of them away, `+2` and `-1` change them. The
sign can stand apart, `A14 x 7`, and behind a code it can be left out, `A14 7`, where the number can be of no other item.
"""

from __future__ import annotations

import re
from collections import deque
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.domain.names import row_name
from cjworkshop.domain.text import clean_line, quoted, shorten
from cjworkshop.errors import BadValue
from cjworkshop.facilitation.known import by_code
from cjworkshop.method.ballots import items

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cjworkshop.domain.rows import Row
    from cjworkshop.domain.session import Session
    from cjworkshop.method.employee_workshop import VoteRound

MOST_NAMED = 4
"""Items that a message about an unclear name lists."""
MOST_OF_A_NAME = 18
"""Characters of an item in a message: two of them leave room for what else it says on a narrow screen."""

_NUMBER = re.compile(r"[0-9]{1,6}")
_LEADING = re.compile(r"([0-9]{1,6})[xX×*]?")
_SIGNED = re.compile(r"([xX×*+−-])([0-9]{1,6})")
_GLUED = re.compile(r"(.+?)([xX×*+−-])([0-9]{1,6})")
_SIGN = re.compile(r"[xX×*+−-]")
_TIMES_SIGNS = "xX×*"
_TIMES = re.compile(r"[xX×*]")
_NOT_A_NUMBER = re.compile(r"(.+?)[xX×*](.*)", re.DOTALL)


class Dots(NamedTuple):
    """What one part of a line says of an item: its dots from now on, or, where `relative`, how many more or fewer."""

    item: str
    number: int
    relative: bool = False

    def applied(self, before: int) -> int:
        """The item's dots afterwards, which may come out under 0."""
        return before + self.number if self.relative else self.number


class BallotNames:
    """The items of a round's ballot, by what people call them."""

    def __init__(self, session: Session, vote_round: VoteRound) -> None:
        self._session = session
        self._round = vote_round
        self.rows = items(session, vote_round)

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(row.id for row in self.rows)

    @cached_property
    def _names(self) -> list[tuple[str, str, str]]:
        """(id, name, code and name) of each item, for comparison."""
        return [
            (row.id, name, f"{row.code.casefold()} {name}".strip())
            for row in self.rows
            for name in (_folded(row_name(row.__table__, row)),)
        ]

    def by_code(self, word: str) -> str:
        """The id of the item with this code; empty if there is none."""
        row_id = by_code(self._session[self._round.over], word) if self.rows else ""
        return row_id if row_id in self._ids else ""

    def hold(self, text: str) -> bool:
        """Whether this is a part of the name of an item."""
        wanted = _folded(text)
        return any(wanted in name for _, name, _ in self._names)

    def fitting(self, text: str) -> list[str]:
        """The ids of the items that `text` can mean: one where it is clear."""
        if row_id := self.by_code(text):
            return [row_id]
        wanted = _folded(text)
        for fits in (
            [row_id for row_id, name, full in self._names if wanted in (name, full)],
            [row_id for row_id, name, full in self._names if name.startswith(wanted) or full.startswith(f"{wanted} ")],
            [row_id for row_id, name, _ in self._names if wanted in name],
        ):
            if fits:
                return fits
        return []

    def item(self, text: str) -> str:
        """The id of the one item that `text` means. BadValue says what is wrong with it."""
        fits = self.fitting(text)
        if len(fits) == 1:
            return fits[0]
        if fits:
            label = self._session.label if len(fits) == 2 else self._session.short_label
            some = ", ".join(shorten(label(row_id), MOST_OF_A_NAME) for row_id in fits[:MOST_NAMED])
            more = " …" if len(fits) > MOST_NAMED else ""
            raise BadValue(f"{quoted(text)} could be {some}{more}.", "Type a code.")
        table = self._session.catalogue[self._round.over] if self.rows else None
        if table is None:
            raise BadValue("There is nothing to vote on.", "Fill the table that the round is over first.")
        if off := self._elsewhere(text):
            raise BadValue(f"{shorten(self._session.label(off.id), MOST_OF_A_NAME)} is not on this round's ballot.")
        raise BadValue(f"There is no {table.noun} {quoted(text)}.", "Type a code or a name.")

    def _elsewhere(self, text: str) -> Row | None:
        """The row of the same table that this names, though it is not on the ballot."""
        rows = self._session[self._round.over]
        try:
            return rows.get(by_code(rows, text) or self._session.identify((self._round.over,), text))
        except BadValue:
            return None


def read(text: str, names: BallotNames, *, personal: bool = False) -> tuple[Dots, ...]:
    """The dots that a line gives, in its order; BadValue names the word that cannot be meant.

    On a `personal` ballot a code alone is one dot more: `A04 A23 A08 A04` is a whole ballot.
    """
    reader = _Reader(names, personal)
    lines = filter(str.strip, text.splitlines())
    found = tuple(dots for line in lines for part in _parts(line, names) for dots in reader.read(part))
    given: set[str] = set()
    for dots in found:
        if not dots.relative and dots.item in given:
            label = next(row.code or row_name(row.__table__, row) for row in names.rows if row.id == dots.item)
            raise BadValue(f"{label} is there twice.", "Give its dots once.")
        given.add(dots.item)
    return found


def _parts(line: str, names: BallotNames) -> Iterator[list[str]]:
    """The words between commas and semicolons; one that stands within the name of an item parts nothing."""
    part: list[str] = []
    words = clean_line(line).split()
    for word, following in zip(words, [*words[1:], ""], strict=True):
        parts = word[-1] in ",;" and not (following and names.hold(f"{word} {following}"))
        part += [word.rstrip(",;") if parts else word]
        if parts:
            yield _with_amounts(list(filter(None, part)), names)
            part = []
    yield _with_amounts(part, names)


def _with_amounts(words: list[str], names: BallotNames) -> list[str]:
    """The words with each amount as one word: `A14 x 7` and `A14 7` are `A14 x7`, and `7 x A14` is `7x A14`."""
    joined: list[str] = []
    rest = deque(words)
    while rest:
        word = rest.popleft()
        before, following = joined[-1] if joined else "", rest[0] if rest else ""
        numbered = _NUMBER.fullmatch(following) is not None
        named = names.hold(f"{before} {word} {following}".strip())
        if _SIGN.fullmatch(word) and before and numbered and not named:
            joined.append(word + rest.popleft())
        elif _TIMES.fullmatch(word) and _NUMBER.fullmatch(before) and following and not named:
            joined[-1] += word
        elif word[-1] in _TIMES_SIGNS and names.by_code(word[:-1]) and not names.by_code(word) and numbered:
            joined += [word[:-1], "x" + rest.popleft()]
        else:
            joined.append(word)
    leads = joined and _LEADING.fullmatch(joined[0]) is not None and not names.by_code(joined[0])
    return joined if leads else _with_signs(joined, names)


def _with_signs(words: list[str], names: BallotNames) -> list[str]:
    """A number behind a code as its amount, from the end of the line on as far as no number can be of the next item."""
    found = list(words)
    ends = True  # whether what stands to the right begins an item that has an amount of its own
    place = len(words) - 1
    while place >= 0:
        word, before = words[place], words[place - 1] if place else ""
        behind_code = bool(names.by_code(before))
        if ends and behind_code and _NUMBER.fullmatch(word) and not names.hold(f"{before} {word}"):
            found[place] = f"x{word}"
            place -= 2
        elif behind_code and _SIGNED.fullmatch(word):
            ends, place = True, place - 2
        else:
            glued = _GLUED.fullmatch(word)
            ends, place = glued is not None and bool(names.by_code(glued[1])), place - 1
    return found


class _Reader:
    """Reads one part of a line, in which items follow one another with nothing but spaces between them."""

    def __init__(self, names: BallotNames, personal: bool) -> None:
        self._names = names
        self._personal = personal

    def read(self, words: list[str]) -> Iterator[Dots]:
        for entry in self._entries(words):
            number = self._leading(entry[0])
            if number is None or len(entry) == 1:
                yield from self._item_first(entry)
            else:
                yield Dots(self._names.item(" ".join(entry[1:])), number)

    def _entries(self, words: Iterable[str]) -> Iterator[list[str]]:
        """The words parted where a form ends: `7 A14`, or any number of items that are followed by their amounts."""
        entry: list[str] = []
        for word in words:
            if entry and self._begins(word, entry):
                yield entry
                entry = []
            entry.append(word)
        if entry:
            yield entry

    def _begins(self, word: str, entry: list[str]) -> bool:
        """Whether a word cannot belong to the entry before it."""
        number = self._leading(word)
        if self._leading(entry[0]) is None:
            last = entry[-1]
            amount = None if self._names.by_code(last) else _SIGNED.fullmatch(last) or _GLUED.fullmatch(last)
            return number is not None and amount is not None
        if len(entry) == 1:
            return False
        glued = _GLUED.fullmatch(word)
        is_code = self._names.by_code(word) or (glued is not None and self._names.by_code(glued[1]))
        return bool(is_code) or (number is not None and not self._names.hold(" ".join([*entry[1:], word])))

    def _leading(self, word: str) -> int | None:
        """The number that a word is, if it is no code."""
        leading = _LEADING.fullmatch(word)
        return int(leading[1]) if leading is not None and not self._names.by_code(word) else None

    def _item_first(self, words: Iterable[str]) -> Iterator[Dots]:
        """`A14x7 schedule x3 A08+2`."""
        name: list[str] = []
        for word in words:
            amount = _SIGNED.fullmatch(word) if name else None
            whole = " ".join([*name, word])
            if amount is None and not self._names.by_code(word) and not self._names.hold(whole):
                self._check_amount(word)
                if (glued := _GLUED.fullmatch(word)) is not None:
                    name.append(glued[1])
                    amount = _SIGNED.fullmatch(word[glued.end(1) :])
            if amount is None:
                name.append(word)
                continue
            yield from self._single_dots(name)
            yield self._dots(name, amount)
            name = []
        if name:
            yield from self._rest(name)

    def _check_amount(self, word: str) -> None:
        """Refuse `A14x` and `A14xseven`."""
        wrong = _NOT_A_NUMBER.fullmatch(word)
        if wrong is None or not self._names.by_code(wrong[1]) or _NUMBER.fullmatch(wrong[2]):
            return
        if not wrong[2]:
            raise _without_number(wrong[1])
        raise BadValue(f"{quoted(wrong[2])} is not a number of dots.", f"Type it as {wrong[1]}x7.")

    def _dots(self, name: list[str], amount: re.Match[str]) -> Dots:
        if len(name) > 1 and self._names.by_code(name[0]) and not self._names.fitting(" ".join(name)):
            raise _without_number(name[0])
        sign, number = amount[1], int(amount[2])
        relative = sign in "+-−"
        return Dots(self._names.item(" ".join(name)), number if sign not in "-−" else -number, relative)

    def _single_dots(self, name: list[str]) -> Iterator[Dots]:
        """The codes in front of an item, a dot each; they are taken out of `name`."""
        while self._personal and len(name) > 1 and self._names.by_code(name[0]):
            yield Dots(self._names.by_code(name.pop(0)), 1, relative=True)

    def _rest(self, name: list[str]) -> Iterator[Dots]:
        """What stands behind the last amount: `A14 7`, on a personal ballot codes, else an item without a number."""
        if len(name) > 1 and _NUMBER.fullmatch(name[-1]) and not self._names.hold(" ".join(name)):
            *name, number = name
            yield from self._single_dots(name)
            yield Dots(self._names.item(" ".join(name)), int(number))
            return
        yield from self._single_dots(name)
        item = self._names.item(" ".join(name)) if not self._names.by_code(name[0]) else ""
        if not self._personal:
            raise _without_number(name[0] if not item else " ".join(name))
        yield Dots(item or self._names.by_code(" ".join(name)), 1, relative=True)


def _without_number(item: str) -> BadValue:
    return BadValue(f"How many dots does {quoted(item)} get?", f"Type {shorten(item, 30)}{' ' * (' ' in item)}x7.")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
