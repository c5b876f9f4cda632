"""Made-up sessions for tests: any text, any value of any kind of column, any session with consistent references.

    from strategies import filled, hostile_text, sessions, values

`sessions()` draws from the whole catalogue; `sessions(tables=("pains",))` from those tables and what they point at.
`filled()` is one certain session with every table and every cell filled, for walks over everything that need no
search: `filled(text=HOSTILE)` has that text in every cell that holds words.
"""

from __future__ import annotations

import datetime as dt
from functools import singledispatch
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cjworkshop.domain import kinds, references
from cjworkshop.domain.commands import (
    AddRows,
    DuplicateRows,
    MoveRows,
    NewRow,
    RemoveRows,
    SetCells,
    SetCode,
    Together,
)
from cjworkshop.domain.dates import EARLIEST, LATEST
from cjworkshop.domain.names import clean_code
from cjworkshop.domain.session import GAP, Rows, Session
from cjworkshop.domain.text import clean_line, clean_text
from cjworkshop.method.steps import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.rows import Catalogue, Row, Table

    Ids = Mapping[str, Sequence[str]]
    """The ids of the rows of each table: what references may point at."""

TODAY = dt.date(2026, 3, 31)
"""The day on which tests happen: a Tuesday."""

HOSTILE_TEXTS = (
    "[/x]",
    "[@click=app.quit]go[/]",
    "a | b",
    "a; b, c = 4",
    "<b>&amp;",
    "\x1b[2J\x1b]0;x\x07",
    "\x9b31m",
    "nul\x00",
    "\ud800",
    "\u202eevil\u2066",
    "\ufeffbom",
    "👨‍👩‍👧‍👦 e\u0301 ไทย 旅程",
    "first\nsecond\r\nthird\rfourth\u2028fifth",
    "tab\there",
    "=1+1",
    "-2",
    "A01",
    "%% title: x # y",
    "`code` *star* _line_ \\",
    '"quoted"',
    "\u037e",
    "  ends  ",
    "null",
)
"""Texts that break something somewhere: markup, escapes, separators, formulas, names that look like codes."""

HOSTILE = " ".join(HOSTILE_TEXTS) + " " + "x" * 10_000
"""All of them in one text of more than 10 kB."""


def hostile_text(max_size: int = 24) -> SearchStrategy[str]:
    """Any text as it may be typed, pasted or read: raw, not cleaned; surrogates and control characters too."""
    return st.one_of(
        st.sampled_from(HOSTILE_TEXTS),
        st.text(st.characters(), max_size=max_size),
        st.text("aAbB01;,= .:\"'", max_size=8),
        st.lists(st.sampled_from(HOSTILE_TEXTS), max_size=3).map(" ".join),
    )


def lines() -> SearchStrategy[str]:
    """Any text that a line can hold."""
    return hostile_text().map(clean_line)


@singledispatch
def values(kind: kinds.Kind[Any], ids: Ids | None = None) -> SearchStrategy[Any]:
    """Any value that a cell of this kind can hold, the empty one among them. References point at `ids`."""
    raise NotImplementedError(kind.name)


@values.register(kinds.Line)
def _(_: kinds.Line, ids: Ids | None = None) -> SearchStrategy[str]:
    return lines()


@values.register(kinds.Prose)
def _(_: kinds.Prose, ids: Ids | None = None) -> SearchStrategy[str]:
    return hostile_text().map(lambda raw: clean_text(raw).strip())


@values.register(kinds.Number)
def _(kind: kinds.Number, ids: Ids | None = None) -> SearchStrategy[float | None]:
    low = -1e15 if kind.low is None else kind.low
    high = 1e15 if kind.high is None else kind.high
    return st.none() | st.floats(low, high) | st.integers(int(low), int(high)).map(float)


@values.register(kinds.Int)
def _(kind: kinds.Int, ids: Ids | None = None) -> SearchStrategy[int | None]:
    low = -(10**15) if kind.low is None else kind.low
    return st.none() | st.integers(low, 10**15 if kind.high is None else kind.high)


@values.register(kinds.Date)
def _(_: kinds.Date, ids: Ids | None = None) -> SearchStrategy[dt.date | None]:
    return st.none() | st.dates(EARLIEST, LATEST)


@values.register(kinds.Time)
def _(_: kinds.Time, ids: Ids | None = None) -> SearchStrategy[dt.time | None]:
    return st.none() | st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))


@values.register(kinds.Stamp)
def _(_: kinds.Stamp, ids: Ids | None = None) -> SearchStrategy[dt.datetime | None]:
    first, last = (dt.datetime.combine(day, dt.time()) for day in (EARLIEST, LATEST))
    moments = st.datetimes(first, last, timezones=st.just(dt.UTC))
    return st.none() | moments.map(lambda moment: moment.replace(microsecond=0))


@values.register(kinds.Choice)
def _(kind: kinds.Choice, ids: Ids | None = None) -> SearchStrategy[str]:
    return st.sampled_from(("", *kind.choices))


@values.register(kinds.Flag)
def _(_: kinds.Flag, ids: Ids | None = None) -> SearchStrategy[bool]:
    return st.booleans()


@values.register(kinds.Tags)
def _(kind: kinds.Tags, ids: Ids | None = None) -> SearchStrategy[tuple[str, ...]]:
    return st.lists(hostile_text(), max_size=3).map(kind.load)


def _targets(kind: references.Reference[Any], ids: Ids | None) -> list[str]:
    return [row_id for table, row_ids in (ids or {}).items() if kind.may_point_into(table) for row_id in row_ids]


@values.register(references.Ref)
def _(kind: references.Ref, ids: Ids | None = None) -> SearchStrategy[str]:
    return st.sampled_from(("", *_targets(kind, ids)))


@values.register(references.Refs)
def _(kind: references.Refs, ids: Ids | None = None) -> SearchStrategy[tuple[str, ...]]:
    targets = _targets(kind, ids)
    return st.lists(st.sampled_from(targets), max_size=3, unique=True).map(tuple) if targets else st.just(())


@values.register(references.Scores)
def _(kind: references.Scores, ids: Ids | None = None) -> SearchStrategy[references.Ratings]:
    targets = _targets(kind, ids)
    if not targets:
        return st.just(())
    ratings = st.dictionaries(st.sampled_from(targets), st.integers(*kind.scale), max_size=4)
    return ratings.map(lambda found: tuple(sorted(found.items())))


def json_values() -> SearchStrategy[Any]:
    """Any JSON value without lone surrogates."""
    leaves = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9) | st.text(max_size=8)
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
        max_leaves=4,
    )


def _codes(draw: DrawFn, table: Table, count: int) -> list[str]:
    """Codes for `count` rows: the usual ones, and now and then another word; no two alike."""
    if not table.codes:
        return [""] * count
    words = lines().map(lambda text: clean_code(text)[:12])
    codes: dict[str, str] = {}
    for number in range(1, count + 1):
        usual = f"{table.codes}{number:0{table.digits}d}"
        wanted = draw(st.just(usual) | words)
        code = wanted if wanted and wanted.upper() not in codes else usual
        while code.upper() in codes:
            code += "x"
        codes[code.upper()] = code
    return list(codes.values())


@st.composite
def _rows(draw: DrawFn, table: Table, ids: Ids) -> Rows:
    """Rows of a table with the ids that are meant for it, in any order, their references pointing at `ids`."""
    wanted = draw(st.permutations(ids[table.name]))
    gaps = draw(st.lists(st.sampled_from((GAP, 1, 7, 5000)), min_size=len(wanted), max_size=len(wanted)))
    columns = {column.attribute: values(column.kind, ids) for column in table.columns}
    made: list[Row] = []
    for row_id, order, code in zip(wanted, accumulate(gaps), _codes(draw, table, len(wanted)), strict=True):
        cells = draw(st.fixed_dictionaries({}, optional=columns))
        extra = draw(st.just({}) | st.dictionaries(st.sampled_from(("mood", "später", "x y")), json_values()))
        made.append(table.row_type(id=row_id, order=order, code=code, extra=extra, **cells))
    return Rows(tuple(made))


@st.composite
def sessions(
    draw: DrawFn,
    catalogue: Catalogue = CATALOGUE,
    *,
    tables: Iterable[str] = (),
    most: int = 10,
    strange: bool = False,
) -> Session:
    """Sessions of up to `most` rows over the whole catalogue, or over `tables` and the tables that they point at.

    Every reference points at a row that exists, ids are unique in the session, codes in their table. With `strange`
    there are also tables that the catalogue does not know, and records in quarantine.
    """
    names = _with_targets(catalogue, tuple(tables)) if tables else tuple(catalogue)
    ids: dict[str, list[str]] = {}
    for number, name in enumerate(draw(st.lists(st.sampled_from(names), max_size=most)), 1):
        if not (catalogue[name].single and name in ids):
            ids.setdefault(name, []).append(f"{name}.{number}")
    session = Session(catalogue, {name: draw(_rows(catalogue[name], ids)) for name in ids})
    if not strange:
        return session
    documents = st.dictionaries(st.text(max_size=4), json_values(), max_size=2)
    unknown = draw(st.dictionaries(st.sampled_from(("moods", "weather")), st.dictionaries(st.just("1"), documents)))
    misfits = st.fixed_dictionaries({"table": st.sampled_from(names), "document": json_values(), "reason": st.text()})
    return Session(catalogue, session.tables, unknown, tuple(draw(st.lists(misfits, max_size=2, unique_by=repr))))


def ids_of(session: Session) -> Ids:
    """The ids of the rows that a session has, by table."""
    return {name: [row.id for row in rows] for name, rows in session.tables.items()}


@st.composite
def commands(draw: DrawFn, session: Session, fresh: str = "new", *, depth: int = 1) -> Command:
    """Any command for this session: what a user could do to it next. Ids of new rows begin with `fresh`."""
    ids = ids_of(session)
    name = draw(st.sampled_from([*session.tables, *session.catalogue]))
    table, there = session.catalogue[name], ids.get(name, [])
    some = st.lists(st.sampled_from([*there, "gone"]), min_size=1, max_size=3, unique=True).map(tuple)
    columns = [column.key for column in session.columns(name)]
    new_rows = st.lists(
        st.builds(lambda cells, code: (cells, code), _cells(session, name, ids), lines() | st.just("")), max_size=3
    ).map(lambda made: tuple(NewRow(f"{fresh}{n}", cells, code) for n, (cells, code) in enumerate(made)))
    keys = st.lists(st.tuples(st.sampled_from([*there, f"{fresh}single"]), st.sampled_from(columns)), max_size=4)
    kinds_of: dict[str, SearchStrategy[Any]] = {
        "set": keys.flatmap(lambda found: _set_cells(session, name, ids, found)),
        "add": st.builds(AddRows, st.just(name), new_rows, st.sampled_from([None, "", "gone", *there])),
        "code": st.builds(SetCode, st.just(name), st.sampled_from([*there, "gone"]), lines()),
        "remove": st.builds(RemoveRows, st.just(name), some),
        "move": st.builds(MoveRows, st.just(name), some, st.sampled_from([None, "gone", *there])),
        "copy": some.map(lambda rows: DuplicateRows(name, tuple((row, f"{fresh}copy{row}") for row in rows))),
        "together": st.tuples(*(commands(session, f"{fresh}{n}.", depth=0) for n in range(2 * depth))).map(
            lambda made: Together(made, "tidy up")
        ),
    }
    if table.single:
        kinds_of = {"set": kinds_of["set"]}
    command: Command = draw(kinds_of[draw(st.sampled_from(sorted(kinds_of)))])
    return command


def _cells(session: Session, name: str, ids: Ids) -> SearchStrategy[dict[str, Any]]:
    """Some columns of a table as a grid shows them, by key, each with a value."""
    return st.fixed_dictionaries(
        {}, optional={column.key: values(column.kind, ids) for column in session.columns(name)}
    )


def _set_cells(session: Session, name: str, ids: Ids, keys: list[tuple[str, str]]) -> SearchStrategy[SetCells]:
    column = session.catalogue[name].column
    cells = (st.tuples(st.just(row), st.just(key), values(column(key).kind, ids)) for row, key in keys)
    return st.tuples(*cells).map(lambda made: SetCells(name, made))


def _with_targets(catalogue: Catalogue, tables: tuple[str, ...]) -> tuple[str, ...]:
    """`tables` and every table that one of them may point at."""
    pointed_at = (kind.tables for name in tables for _, kind in catalogue[name].references)
    found = dict.fromkeys((*tables, *(name for names in pointed_at for name in names if name != "*")))
    return tuple(found)


def filled(catalogue: Catalogue = CATALOGUE, *, text: str = "Wait at the desk", rows: int = 2) -> Session:
    """A session with `rows` rows in every table (one in single ones) and a value other than empty in every cell.

    `text` is in every cell that holds words, cleaned as its kind does it. The same call gives the same session.
    """
    ids = {
        name: [f"{name}.{number}" for number in range(1, (1 if table.single else rows) + 1)]
        for name, table in catalogue.items()
    }
    return Session(
        catalogue,
        {
            name: Rows(tuple(_filled(table, row_id, index, ids, text) for index, row_id in enumerate(ids[name])))
            for name, table in catalogue.items()
        },
    )


def _filled(table: Table, row_id: str, index: int, ids: Ids, text: str) -> Row:
    code = f"{table.codes}{index + 1:0{table.digits}d}" if table.codes else ""
    cells = {column.attribute: sample(column.kind, ids, text, index) for column in table.columns}
    return table.row_type(id=row_id, order=(index + 1) * GAP, code=code, **cells)


def sample(kind: kinds.Kind[Any], ids: Ids, text: str, index: int) -> Any:
    """A value of this kind that is not its empty one; references go to the row of the same `index`, if there is one."""
    made: Any
    match kind:
        case kinds.Choice(choices=choices):
            made = choices[index % len(choices)]
        case kinds.Line():
            made = kind.load(text)
        case kinds.Tags():
            made = kind.load([text, "walk-in"])
        case kinds.Number() | kinds.Int():
            low = 0 if kind.low is None else kind.low
            made = kind.load(low + (index + 1 if kind.high is None else (index + 1) % (int(kind.high - low) + 1)))
        case kinds.Date():
            made = TODAY + dt.timedelta(days=index)
        case kinds.Time():
            made = dt.time(9, 5 + index)
        case kinds.Stamp():
            made = dt.datetime(2026, 3, 31, 9, index, tzinfo=dt.UTC)
        case kinds.Flag():
            made = True
        case references.Reference():
            targets = _targets(kind, ids)
            target = targets[min(index, len(targets) - 1)]
            made = kind.load({target: 4} if kind.name == "scores" else [target] if kind.name == "refs" else target)
        case _:
            raise NotImplementedError(kind.name)
    return made
