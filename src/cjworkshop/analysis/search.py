"""Finding words anywhere in a session: every table, every column, as people see them.

Capitals, accents and the width of characters do not count. All words must occur in a row, in whatever columns. Ratings
by touchpoint or stage (`scores` columns) are left out: they are digits under a heading, and a digit is everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import field
from itertools import accumulate, chain, islice, pairwise
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.names import row_name
from cjworkshop.domain.references import Ref, Reference, Scores
from cjworkshop.domain.session import Rows
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.rows import Row, Table
    from cjworkshop.domain.session import Session

MOST_OF_TABLE, MOST = 30, 150
"""Hits that are given of one table, and in all; they are counted in any case."""
BEFORE, LENGTH = 24, 240
"""Characters of a long text that are given before the first hit, and in all."""
_ZEROS = re.compile(r"([a-z]+)0+(?=\d)")
Span = tuple[int, int]
Word = tuple[str, ...]
"""A folded word, and the code that it may stand for: `a4` for `a04`."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A row in which all words occur, and its column that has most of them.

    `text` is what the column shows, from shortly before the first word on and on one line; `spans` are where in it the
    words stand. `in_name` says that the column is the one that names the row; else `name` is what the row is called, or
    what it belongs to where nothing names it: a vote's round, a score's touchpoint.
    """

    table: str
    row_id: str
    column: str
    column_label: str
    code: str
    name: str
    text: str
    spans: tuple[Span, ...]
    in_name: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one table, the best first: by code, then by name, then by any other text. `count` is of all."""

    table: str
    title: str
    count: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: groups of hits, the table with the best hit first, and the number of rows in all."""

    groups: tuple[Group, ...] = ()
    count: int = 0

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All hits that are given, in order."""
        return tuple(hit for group in self.groups for hit in group.hits)


def folded(text: str) -> str:
    """`text` without what does not count: ÉTÉ, été and ｅｔｅ are one. Character by character, whatever stands beside."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).casefold()


def spans(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Where in `text` the folded `words` stand, in order and joined where they overlap."""
    whole = folded(text)
    found = sorted((match.start(), match.end()) for word in words for match in re.finditer(re.escape(word), whole))
    if not found or text.isascii():
        return _joined(found)
    begins = list(accumulate((len(folded(letter)) for letter in text), initial=0))
    letter_at = [index for index, (begin, end) in enumerate(pairwise(begins)) for _ in range(begin, end)]
    return _joined([(letter_at[begin], letter_at[end - 1] + 1) for begin, end in found])


def _joined(found: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for begin, end in found:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return tuple(joined)


@dataclass(frozen=True)
class _Indexed:
    """A table as it is searched: for each row its folded text (its code first), and the folded name alone.

    `codes` are the codes as they may be typed, and as they are; `under` are the tables that its references point into; `shown` what their values, by (column, value), were shown as.
    """

    rows: Rows = field(default_factory=Rows)
    under: tuple[Rows, ...] = ()
    texts: Sequence[str] = ()
    names: Sequence[str] = ()
    codes: dict[str, str] = field(default_factory=dict)
    shown: dict[tuple[str, Any], str] = field(default_factory=dict)


class Search:
    """Searches sessions that follow one another: only rows that are new, or whose references are called otherwise now, are read."""

    def __init__(self) -> None:
        self._tables: dict[str, _Indexed] = {}

    def find(self, session: Session, typed: str) -> Found:
        """The rows in which all words of `typed` occur; nothing where there are none."""
        typed_words = folded(typed).split()
        if not typed_words:
            return Found()
        for name in session.catalogue:
            self._tables[name] = _index(session, name, self._tables.get(name, _Indexed()))
        words = [self._word(word) for word in typed_words]
        ranked = []
        for place, (name, indexed) in enumerate(self._tables.items()):
            fitting = _fitting(indexed.texts, words)
            if fitting:
                best, rank = _best(indexed, fitting, words)
                ranked.append((rank, place, name, len(fitting), best))
        ranked.sort()
        groups, room = [], MOST
        for _, _, name, count, best in ranked:
            rows = (session[name][index] for index in best[:room])
            hits = tuple(_hit(session, session.catalogue[name], row, words) for row in rows)
            room -= len(hits)
            groups.append(Group(name, session.catalogue[name].title, count, hits))
        return Found(tuple(groups), sum(group.count for group in groups))

    def _word(self, word: str) -> Word:
        """The word with the codes that it may stand for."""
        meant = (indexed.codes[word] for indexed in self._tables.values() if word in indexed.codes)
        return tuple(dict.fromkeys((word, *meant)))


def _has(text: str, word: Word) -> bool:
    return any(form in text for form in word)


def _fitting(texts: Sequence[str], words: Sequence[Word]) -> list[int]:
    """The places of the texts that have all the words; the longest is looked for first, for it is the rarest."""
    found: Iterable[int] = range(len(texts))
    for word in sorted(words, key=lambda word: -len(word[0])):
        if len(word) == 1:
            (form,) = word
            found = [index for index in found if form in texts[index]]
        else:
            found = [index for index in found if _has(texts[index], word)]
    return list(found)


def _best(indexed: _Indexed, fitting: list[int], words: Sequence[Word]) -> tuple[list[int], int]:
    """The best of the fitting rows, the best first, and how good the best is: 0 for its code, 4 for any text."""
    texts, names, first = indexed.texts, indexed.names, words[0]
    exact = {f"{form}\n" for word in words for form in word}
    ranks: tuple[Iterable[int], ...] = (
        (index for index in fitting if indexed.codes and f"{texts[index]}\n".startswith(tuple(exact))),
        (index for index in fitting if indexed.codes and texts[index].startswith(first)),
        (index for index in fitting if names[index].startswith(first)),
        (index for index in fitting if all(_has(names[index], word) for word in words)),
        fitting,
    )
    best: dict[int, int] = {}
    for rank, places in enumerate(ranks):
        best |= dict.fromkeys(islice((place for place in places if place not in best), MOST_OF_TABLE), rank)
        if len(best) >= MOST_OF_TABLE:
            break
    return sorted(best, key=lambda index: (best[index], index))[:MOST_OF_TABLE], min(best.values())


# The index


def _index(session: Session, name: str, before: _Indexed) -> _Indexed:
    """The table as it is searched now; what stands in `before` already is taken over."""
    table, rows = session.catalogue[name], session[name]
    under = tuple(session[target] for target in _targets(session, table))
    if rows is before.rows and len(under) == len(before.under) and all(map(_is, under, before.under)):
        return before
    columns = {column.name: column for column in _searched(table)}
    same = all(columns[column].kind.show(value, session) == text for (column, value), text in before.shown.items())
    known = dict(zip(map(id, before.rows), zip(before.texts, before.names, strict=True), strict=True)) if same else {}
    shown = dict(before.shown) if same else {}
    read = _reader(session, table, shown)
    entries = [known.get(id(row)) or read(row) for row in rows]
    codes = {form: code for code in (folded(row.code) for row in rows if row.code) for form in _forms(code)}
    return _Indexed(rows, under, [text for text, _ in entries], [name for _, name in entries], codes, shown)


def _is(one: object, other: object) -> bool:
    return one is other


def _targets(session: Session, table: Table) -> Iterator[str]:
    """The tables whose rows its cells are shown as."""
    for column in _searched(table):
        if isinstance(column.kind, Reference):
            yield from session.catalogue if "*" in column.kind.tables else column.kind.tables


def _searched(table: Table) -> list[Column]:
    """The columns that are searched, the one that names the row first."""
    columns = [column for column in table.columns if not isinstance(column.kind, Scores)]
    return sorted(columns, key=lambda column: column.name != table.named_by)


def _reader(session: Session, table: Table, shown: dict[tuple[str, Any], str]) -> Callable[[Row], tuple[str, str]]:
    """What gives a row's folded text and its folded name. How references are shown goes into `shown`."""
    columns = _searched(table)
    short: dict[tuple[str, Any], str] = {}

    def cell(column: Column, row: Row) -> str:
        value = column.get(row)
        if value == column.kind.empty:
            return ""
        if column.kind.name in {"line", "prose"}:
            return folded(str(value))
        memo = shown if isinstance(column.kind, Reference) else short
        key = (column.name, value)
        if key not in memo:
            memo[key] = column.kind.show(value, session)
        return folded(memo[key])

    def read(row: Row) -> tuple[str, str]:
        parts = [cell(column, row) for column in columns]
        text = "\n".join(filter(None, [folded(row.code), *parts]))
        return text, parts[0] if table.named_by else ""

    return read


def _forms(code: str) -> tuple[str, str]:
    """A folded code as it is, and without the zeros in its number."""
    return code, _ZEROS.sub(r"\1", code)


# What is shown of a row


def _hit(session: Session, table: Table, row: Row, words: Sequence[Word]) -> Hit:
    best, most = _searched(table)[0], 0
    for column in _searched(table):
        text = folded(column.show(row, session))
        has = sum(_has(text, word) for word in words)
        if has > most:
            best, most = column, has
    in_name = best.name == table.named_by
    text, places = _excerpt(best.show(row, session), chain.from_iterable(words))
    name = "" if in_name else row_name(table, row) or _owner(session, table, row, best)
    return Hit(table.name, row.id, best.key, best.label, row.code, name, text, places, in_name)


def _owner(session: Session, table: Table, row: Row, best: Column) -> str:
    """The first row that a row without a name refers to in another column than `best`; empty where it does so in none."""
    if table.named_by:
        return ""
    others = (column for column in table.columns if isinstance(column.kind, Ref) and column is not best)
    return next((text for column in others if (text := column.show(row, session))), "")


def _excerpt(text: str, words: Iterable[str]) -> tuple[str, tuple[Span, ...]]:
    """`text` from shortly before the first of the words on, on one line and not long, and where the words stand in it."""
    line = re.sub(r"\s", " ", text)
    places = spans(line[: LENGTH * 50], words)
    begin = max(places[0][0] - BEFORE, 0) if places and places[0][1] > LENGTH // 4 else 0
    if begin:
        begin = line.find(" ", begin, places[0][0]) + 1 or begin
    more = "…" if begin else ""
    shift = len(more) - begin
    cut = more + line[begin : begin + LENGTH]
    return cut, tuple((first + shift, min(end + shift, len(cut))) for first, end in places if first + shift < len(cut))
