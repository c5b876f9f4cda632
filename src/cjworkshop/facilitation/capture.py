r"""Quick capture: one line of text, with words in it that say what it is about.

`!pain #A04 @tessa ~4 x7 ^3 >fri` in any order, anywhere. Only a word that is wholly such a token counts, and only if
it resolves; all else is text. A day may take several words, `>31 March`. The first token of a sort counts, a second one
is a word again. A token behind a backslash is the word without it: `\#a4`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.domain.dates import parse_date
from cjworkshop.domain.text import clean_text, quoted, shorten
from cjworkshop.errors import BadValue
from cjworkshop.facilitation.agenda import running_step
from cjworkshop.facilitation.known import Known, Offer
from cjworkshop.lazy import dataclass
from cjworkshop.method.across import STEP_KEYS, Block, Note

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from cjworkshop.domain.session import Session

KINDS = ("note", "pain", "idea", "quote", "decision", "action", "parked")
"""What a note can be. A prefix that fits several means the first: `!p` is a pain."""
ALIASES = {"opportunity": "idea"}
"""Other words for a kind, tried behind the kinds: the table of ideas is called Opportunities."""
LEVELS = {"pain": "severity", "action": "impact"}
"""What the level of a note is called, by its kind."""
MOST_OFFERS = 9
LONGEST_DAY = 3
"""Words that a day can have: `31 March 2026`."""
_WORD = re.compile(r"\S+")
_CALLED = {"about": "place", "due": "day"}
_MONTH = re.compile(r"[A-Za-z]{3}")
_PERSON = re.compile(r"\w(?:[\w.'’-]*\w)?")


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the typed line a token stands that was understood, and which field of the note it fills."""

    start: int
    end: int
    field: str


@dataclass(frozen=True, slots=True)
class Captured:
    """A line as it was understood. `typed` is the line, `text` what is left of it without the tokens.

    `about` is the id of a touchpoint or stage. `problems` are what looked like a token and does not resolve: such words
    stay in the text.
    """

    typed: str
    text: str
    kind: str = "note"
    about: str = ""
    person: str = ""
    emotion: int | None = None
    dots: int | None = None
    level: int | None = None
    due: dt.date | None = None
    spans: tuple[Span, ...] = ()
    problems: tuple[str, ...] = ()


class NoToken(Exception):
    """A word is no token. With a sentence where it looks as if it was meant as one."""

    def __init__(self, problem: str = "") -> None:
        super().__init__(problem)
        self.problem = problem


def read(text: str, session: Session, today: dt.date, known: Known | None = None) -> Captured:
    """What a typed line says. `known` are the session's names, where they were gathered before.

    The line comes back whole in `typed`, cleaned as all text is and without space at its ends. Where it is nothing but
    tokens, its text is the line as typed.
    """
    typed = clean_text(text).strip()
    tokens = Tokens(session, today, known)
    spans: list[Span] = []
    bare: list[Span] = []
    problems: list[str] = []
    values: dict[str, Any] = {}
    read_to = 0
    for match in _WORD.finditer(typed):
        start, end = match.span()
        if start < read_to:
            continue
        sign, end = tokens.around(typed, start, end)
        if sign > start:
            bare += [Span(start, start + 1, "")] if tokens.means(typed[sign:end]) else []
            continue
        try:
            found = tokens.fields(typed[start:end], values)
        except NoToken as no_token:
            problems += [no_token.problem] if no_token.problem else []
            continue
        values |= found
        spans.append(Span(start, end, next(iter(found))))
        read_to = end
    text = _without(typed, sorted((*spans, *bare), key=lambda span: span.start)) or typed
    return Captured(typed, text, **values, spans=tuple(spans), problems=tuple(dict.fromkeys(problems)))


def _without(typed: str, spans: Sequence[Span]) -> str:
    """The line without these words and the space behind each; without space those that fill no field."""
    parts, position = [], 0
    for span in spans:
        parts.append(typed[position : span.start])
        position = span.end
        while span.field and position < len(typed) and typed[position].isspace():
            position += 1
    return ("".join(parts) + typed[position:]).strip()


def _only(word: str, fitting: Sequence[str], none: str, label: Callable[[str], str]) -> str:
    """The one thing that a word can mean. NoToken where it means nothing, and `none` says so, or one of several."""
    if not fitting:
        raise NoToken(f"{quoted(word)} {none}")
    if len(fitting) > 1:
        some = ", ".join(shorten(label(one), 24) for one in fitting[:3])
        raise NoToken(f"{quoted(word)} could be {some}{' …' if len(fitting) > 3 else ''}")
    return fitting[0]


class Tokens:
    """Reads tokens, seen from `today`. `known` are the session's names, where they were gathered before.

    Each private method gives the fields that a word fills, or raises NoToken.
    """

    def __init__(self, session: Session, today: dt.date, known: Known | None = None) -> None:
        self._session = session
        self._today = today
        self._known = (known or Known(session)).following(session)
        self._readers: dict[str, Callable[[str], dict[str, Any]]] = {
            "!": self._kind,
            "#": self._about,
            "@": self._person,
            "~": lambda word: self._rating(word, "emotion"),
            "^": lambda word: self._rating(word, "level"),
            "x": self._dots,
            ">": self._due,
        }

    def fields(self, word: str, filled: Mapping[str, Any]) -> dict[str, Any]:
        """The fields that a word fills, which none before it has `filled`."""
        reader = self._readers.get(word[:1])
        if reader is None or len(word) == 1:
            raise NoToken
        found = reader(word)
        if taken := next((field for field in found if field in filled), ""):
            raise NoToken(f"{quoted(word)}: the {_CALLED.get(taken, taken)} is given already")
        return found

    def means(self, word: str) -> Mapping[str, Any]:
        """The fields that a word would fill by itself; none where it is no token."""
        try:
            return self.fields(word, {})
        except NoToken:
            return {}

    def around(self, typed: str, start: int, end: int) -> tuple[int, int]:
        """Where the sign of the word from `start` to `end` stands, behind any backslashes, and where its token ends."""
        sign = start
        while sign < end - 1 and typed[sign] == "\\":
            sign += 1
        return sign, self._end_of_day(typed, sign, end) if typed[sign] == ">" else end

    def _kind(self, word: str) -> dict[str, Any]:
        match = re.fullmatch(r"!([A-Za-z]+)([0-9]+)?", word, re.ASCII)
        if match is None:
            raise NoToken
        word_of = {kind: kind for kind in KINDS} | ALIASES
        kind = next((kind for called, kind in word_of.items() if called.startswith(match[1].casefold())), "")
        if not kind:
            raise NoToken(f"{quoted(word)} is no kind of note")
        if match[2] and not re.fullmatch(r"[1-5]", match[2]):
            raise NoToken(f"{quoted(word)}: {quoted(match[2])} is not 1 to 5")
        return {"kind": kind} | ({"level": int(match[2])} if match[2] else {})

    def _about(self, word: str) -> dict[str, Any]:
        known, label = self._known, self._session.label
        return {"about": _only(word, known.places(word[1:]), "is no touchpoint or stage", label)}

    def _person(self, word: str) -> dict[str, Any]:
        if not _PERSON.fullmatch(word, 1):
            raise NoToken
        return {"person": _only(word, self._known.people(word[1:]), "is nobody's name", str)}

    def _rating(self, word: str, field: str) -> dict[str, Any]:
        if re.fullmatch(r"[1-5]", word[1:]):
            return {field: int(word[1:])}
        raise NoToken(f"{quoted(word)} is not 1 to 5" if re.fullmatch(r"[0-9]+", word[1:]) else "")

    def _dots(self, word: str) -> dict[str, Any]:
        if not re.fullmatch(r"x[0-9]{1,4}", word):
            raise NoToken
        return {"dots": int(word[1:])}

    def _end_of_day(self, typed: str, start: int, end: int) -> int:
        """Where the day ends whose first word stands there: behind the most words that are one day, else `end`.

        More than one word must name a month: `>1 m wide` is not a day.
        """
        behind = [match.end() for match in islice(_WORD.finditer(typed, end), LONGEST_DAY - 1)]
        return next((last for last in reversed(behind) if self._is_day(typed[start + 1 : last])), end)

    def _is_day(self, text: str) -> bool:
        try:
            parse_date(text, self._today)
        except BadValue:
            return False
        return _MONTH.search(text) is not None

    def _due(self, word: str) -> dict[str, Any]:
        try:
            return {"due": parse_date(word[1:], self._today)}
        except BadValue:
            raise NoToken(f"{quoted(word)} is no day" if re.fullmatch(r"[\w+./-]{2,}", word[1:]) else "") from None


def in_words(captured: Captured, session: Session) -> tuple[str, ...]:
    """What was understood, part by part: `pain`, `A04 Schedule appointment`, `severity 3`."""
    level = LEVELS.get(captured.kind, "level")
    return (
        captured.kind,
        *([session.label(captured.about)] if captured.about else []),
        *([f"{level} {captured.level}"] if captured.level is not None else []),
        *([f"emotion {captured.emotion}"] if captured.emotion is not None else []),
        *([f"{captured.dots} dots"] if captured.dots is not None else []),
        *([f"said by {captured.person}"] if captured.person else []),
        *([f"due {captured.due:%a} {captured.due.isoformat()}"] if captured.due else []),
    )


@dataclass(frozen=True, slots=True)
class Completions:
    """What the word at the cursor can become: it stands from `start` to `end` of the line."""

    start: int
    end: int
    offers: tuple[Offer, ...] = ()


def completions(text: str, cursor: int, session: Session, known: Known | None = None) -> Completions:
    """What Tab can make of the word at the cursor: a touchpoint, stage, person or kind, by the sign it begins with."""
    start = end = cursor
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    names = (known or Known(session)).following(session)
    sign, word = text[start : start + 1], text[start + 1 : cursor]
    offers: list[Offer] = []
    if sign == "#" and cursor > start:
        offers = names.offered_places(word, MOST_OFFERS)
    elif sign == "@" and cursor > start:
        offers = names.offered_people(word, MOST_OFFERS)
    elif sign == "!" and cursor > start:
        offers = [Offer(f"!{kind}", kind) for kind in KINDS if kind.startswith(word.casefold())]
        offers += [
            Offer(f"!{alias}", kind) for alias, kind in ALIASES.items() if word and alias.startswith(word.casefold())
        ]
    return Completions(start, end, tuple(offers))


def running_block(session: Session) -> Block | None:
    """The block that runs now, the activity rather than the block that it is part of; None where none does."""
    step = running_step(session)
    running = [block for block in session.rows(Block) if block.step == step and block.started and not block.ended]
    return max(running, key=lambda block: (bool(block.part_of), block.started), default=None)


def noting(
    captured: Sequence[Captured], session: Session, new_id: Callable[[], str], now: dt.datetime, step: str
) -> AddRows:
    """The command that puts these into the inbox, stamped with the time (UTC), the running block and its step.

    `step` is the key of the step that is on the screen: it counts where no block runs.
    """
    block = running_block(session)
    stamped = {
        "captured": now.replace(microsecond=0),
        "step": block.step if block else step if step in STEP_KEYS else "",
        "block": block.id if block else "",
    }
    fields = ("typed", "text", "kind", "about", "person", "emotion", "dots", "level", "due")
    rows = tuple(
        NewRow(new_id(), {field: getattr(one, field) for field in fields} | stamped) for one in captured if one.text
    )
    return AddRows(Note.__table__.name, rows, verb="capture")
