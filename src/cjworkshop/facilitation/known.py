"""Whom and what the words of a captured line can mean: touchpoints, stages and people, looked up while one types."""

from __future__ import annotations

import re
from bisect import bisect_right
from difflib import get_close_matches
from functools import cached_property
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING

from cjworkshop.domain.names import row_name
from cjworkshop.lazy import dataclass
from cjworkshop.method.across import About
from cjworkshop.method.discovery import Person
from cjworkshop.method.employee_workshop import Score, Stage, Touchpoint, Vote
from cjworkshop.method.qualitative import Interview

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cjworkshop.domain.session import Rows, Session

PLACES = ("touchpoints", "stages")
"""Where a `#` can point, the first before the second where a code stands in both."""
PEOPLE = ("_meta", "people", "interviews", "scores", "votes")
LEAST = 2
"""Characters from which on a part of a name counts."""
FEW = 4
"""Names that fit are told apart up to this number."""
LEAST_MISSPELT = 4
"""Letters from which on a word can be a misspelt one: shorter ones are too easily another word."""
CLOSE = 0.8
"""How alike a word and its misspelling must be, by difflib's ratio: in five letters one may be another, or elsewhere."""
_WIDEST = 6
_BETWEEN = re.compile(r"[^\w\n]+")
_DIGIT = re.compile(r"\d")


def folded(text: str) -> str:
    """A name as it is compared: its words in small letters, with single spaces between them."""
    return _BETWEEN.sub(" ", text.casefold()).strip()


def joined(name: str) -> str:
    """A name as one word: `Tessa-Marlowe`."""
    return "-".join(name.split())


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that Tab can put in: the word, sign included, and what it stands for."""

    word: str
    label: str


class Names:
    """Names in the order of their rows, searched by what they begin with or by the beginnings of their words.

    They stand in one text, a line each: to search that takes a hundredth of the time that 10,000 names would take.
    """

    def __init__(self, names: Iterable[str]) -> None:
        text = _BETWEEN.sub(" ", "\n".join(name.replace("\n", " ") for name in names).casefold())
        self.folded = [name.strip() for name in text.split("\n")]
        self._text = "".join(f"\n {name}" for name in self.folded) + "\n"
        self._starts = list(accumulate((len(name) + 2 for name in self.folded), initial=0))

    def _with(self, part: str) -> Iterator[int]:
        """The places of the names in whose lines `part` begins, each once, in order."""
        at = self._text.find(part)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            yield place
            at = self._text.find(part, self._starts[place + 1])

    def being(self, query: str) -> Iterator[int]:
        """The places of the names that are a folded query."""
        return self._with(f"\n {query}\n") if query else iter(())

    def beginning(self, query: str) -> Iterator[int]:
        """The places of the names that begin with a folded query."""
        return self._with(f"\n {query}") if query else iter(())

    def holding(self, query: str) -> Iterator[int]:
        """The places of the names in which each word of a folded query begins a word."""
        words = sorted((f" {word}" for word in query.split()), key=len)
        if words:
            longest = words.pop()
            for place in self._with(longest):
                if all(word in f" {self.folded[place]}" for word in words):
                    yield place

    def fitting(self, query: str) -> list[int]:
        """The first few places of the names that best fit a folded query: the same, else beginning so, else by words."""
        for found in (self.being, self.beginning, self.holding) if len(query) >= LEAST else (self.being,):
            if places := list(islice(found(query), FEW)):
                return places
        return []

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        """The words of the names that can be misspelt, by their first letters. Without digits: A4 is never A5."""
        by_letter: dict[str, list[str]] = {}
        for word in dict.fromkeys(self._text.split()):
            if len(word) >= LEAST_MISSPELT and not _DIGIT.search(word):
                by_letter.setdefault(word[0], []).append(word)
        return by_letter

    def _meant_by(self, word: str) -> list[str]:
        """What a word of a query can be: the beginning of a word, else one with letters left out, else one misspelt."""
        if f" {word}" in self._text:
            return [word]
        if len(word) < LEAST_MISSPELT:
            return []
        near = [other for other in self._by_letter.get(word[0], ()) if len(word) <= 2 * len(other) <= 4 * len(word)]
        return [other for other in near if _shortens(word, other)] or get_close_matches(word, near, FEW, CLOSE)

    def near(self, query: str) -> list[int]:
        """The first few places of the names that a folded query misspells: each of its words means a word of the name.

        A query with a digit misspells none, nor does a short one.
        """
        words = sorted(query.split(), key=len)
        if len(query) < LEAST_MISSPELT or _DIGIT.search(query):
            return []
        *others, longest = [[f" {word}" for word in self._meant_by(word)] for word in words]
        found = (
            place
            for word in longest
            for place in self._with(word)
            if all(any(other in f" {self.folded[place]}" for other in meant) for meant in others)
        )
        return sorted(_first(found, FEW))


class Known:
    """The names of a session. What is asked for first is gathered then, and kept as long as its tables stay the same."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def following(self, session: Session) -> Known:
        """The names of this session: these, where no table in question is another one."""
        before = self._session
        same = all(session.tables.get(name) is before.tables.get(name) for name in (*PLACES, *PEOPLE))
        return self if same else Known(session)

    # Touchpoints and stages

    @cached_property
    def _rows(self) -> list[Touchpoint | Stage]:
        return [*self._session.rows(Touchpoint), *self._session.rows(Stage)]

    @cached_property
    def _places(self) -> Names:
        return Names([row.name for row in self._rows])

    @cached_property
    def _at(self) -> dict[str, int]:
        return {row.id: place for place, row in enumerate(self._rows)}

    @cached_property
    def _codes(self) -> Names:
        return Names([row.code for row in self._rows])

    def places(self, word: str) -> tuple[str, ...]:
        """The ids of the touchpoints or stages that `word` can mean: one where it is clear."""
        for table in PLACES:
            if row_id := by_code(self._session[table], word):
                return (row_id,)
        query = folded(word)
        return tuple(self._rows[place].id for place in self._places.fitting(query) or self._places.near(query))

    def offered_places(self, word: str, most: int) -> list[Offer]:
        """Touchpoints and stages that `word` can become, at most so many; those whose code begins so come first."""
        query, rows = folded(word), self._rows
        row_ids = self.places(word)
        meant = [self._at[row_id] for row_id in row_ids]
        first = meant if len(meant) == 1 else []
        by_name = chain(self._places.beginning(query), self._places.holding(query))
        found = chain(first, self._codes.beginning(query), by_name, meant) if query else range(len(rows))
        chosen = [rows[place] for place in _first(found, most)]
        return [offer for row in chosen if (offer := self._offer(row)) is not None]

    def place_word(self, row_id: str) -> str:
        """The shortest word that means this touchpoint or stage, sign included; empty where none does."""
        offer = self._offer(self._rows[self._at[row_id]]) if row_id in self._at else None
        return offer.word if offer else ""

    def _offer(self, row: Touchpoint | Stage) -> Offer | None:
        """The shortest word that means this row, where there is one."""
        label = self._session.label(row.id)
        for word in (row.code, joined(row_name(row.__table__, row))):
            if word and not re.search(r"\s", word) and self.places(word) == (row.id,):
                return Offer(f"#{word}", label)
        return None

    # People

    @cached_property
    def _listed(self) -> list[str]:
        """The names of the people of the session, its facilitator among them."""
        names = [person.name for person in self._session.rows(Person)]
        return list(dict.fromkeys(filter(None, [*names, self._session.record(About).facilitator])))

    @cached_property
    def _people(self) -> list[str]:
        """The names of all who can have said something: people, interviews by code, whoever scored or voted."""
        session = self._session
        names = [
            *self._listed,
            *(interview.code for interview in session.rows(Interview)),
            *(score.who for score in session.rows(Score)),
            *(vote.who for vote in session.rows(Vote)),
        ]
        return list(dict.fromkeys(filter(None, names)))

    @cached_property
    def _people_names(self) -> Names:
        return Names(self._people)

    @cached_property
    def _first_names(self) -> dict[str, str]:
        """Each word that stands in the name of one of the session's people only → that name."""
        owners: dict[str, set[str]] = {}
        for name in self._listed:
            for word in folded(name).split():
                owners.setdefault(word, set()).add(name)
        return {word: next(iter(names)) for word, names in owners.items() if len(names) == 1}

    @cached_property
    def _listed_names(self) -> Names:
        return Names(self._listed)

    def people(self, word: str) -> tuple[str, ...]:
        """Who `word` can mean: one where it is clear.

        That is an interview's code; a whole name joined by -; a word of one name only; else the beginning of a name, or
        of a word of it, among the session's people. Who has only scored or voted is meant by the whole name.
        """
        interviews = self._session["interviews"]
        if (row := interviews.get(by_code(interviews, word))) is not None:
            return (row.code,)
        query = folded(word)
        exact = [self._people[place] for place in islice(self._people_names.being(query), FEW)]
        if not exact and query in self._first_names:
            exact = [self._first_names[query]]
        return tuple(exact or [self._listed[place] for place in self._listed_names.fitting(query)])

    def offered_people(self, word: str, most: int) -> list[Offer]:
        """People that `word` can become."""
        query = folded(word)
        if not self._people:
            return []
        names = self._people_names
        found = chain(names.beginning(query), names.holding(query)) if query else range(len(self._people))
        chosen = [self._people[place] for place in _first(found, most * 2)]
        return [Offer(f"@{joined(name)}", name) for name in chosen if self.people(joined(name)) == (name,)][:most]


def _first(places: Iterable[int], most: int) -> list[int]:
    """The first places, each once."""
    found: dict[int, None] = {}
    for place in places:
        found[place] = None
        if len(found) == most:
            break
    return list(found)


def _shortens(word: str, other: str) -> bool:
    """Whether a word is another one with letters left out: all of its letters stand there in this order."""
    letters = iter(other)
    return all(letter in letters for letter in word)


def by_code(rows: Rows, word: str) -> str:
    """The id of the row with this code; small letters and missing or further zeros do not matter. Empty if none."""
    if not rows or not word:
        return ""
    codes = rows.codes
    if row_id := codes.get(word.upper(), ""):
        return row_id
    match = re.fullmatch(r"([A-Za-z]+)0*(\d{1,6})", word, re.ASCII)
    if match is None:
        return ""
    letters, digits = match[1].upper(), match[2]
    padded = (f"{letters}{digits:0>{width}}" for width in range(len(digits), _WIDEST + 1))
    return next(filter(None, (codes.get(code, "") for code in padded)), "")
