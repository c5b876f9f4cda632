"""A template as a TOML file: read with suspicion, written so that it reads back the same.

    title = "…"      about, caveat, source = "…"
    lanes = ["…"]    the map's, from top to bottom
    [agendas]        "employee-workshop" = "240 minutes": a variant of the method's agenda
    [[stages]]       name, customer_goal, desired_action, start, end = "…"
    [[agenda]]       step, block, minutes, kind, minimum, collects, script, if_behind, if_ahead, groups
                     id = "mapping" where a row refers to it, and part_of = "mapping" in its activities
    [[prompts]]      step, prompt, collects, block

The fields of a row are the columns of its table that `method.template.CARRIED` names. "" means empty.
"""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.references import Reference
from cjworkshop.domain.text import LONG_TEXT, clean_line, clean_text, shorten
from cjworkshop.errors import BadValue, InvalidData
from cjworkshop.method.across import About
from cjworkshop.method.steps import CATALOGUE, STEPS
from cjworkshop.method.template import CARRIED, Template

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import NoReturn

    from cjworkshop.domain.columns import Column

SUFFIX = ".toml"
SIZE_LIMIT = 256 * 1024
"""Bytes above which a template is not read."""
LONGEST = 2_000
"""Characters of what a template says of itself; a row's text may have 10,000."""
MOST = {"stages": 100, "agenda": 500, "prompts": 500}
"""Rows above which a template is refused: a journey has three to ten stages."""
MOST_LANES = 50

_WORDS = ("title", "about", "caveat", "source")
_LANES = next(column for column in About.__table__.columns if column.name == "lanes")


def parse(text: str, file: str, name: str) -> Template:
    """The template that a file's text holds. InvalidData with one sentence that names the `file` for anything else."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError):  # a number of 5,000 digits is a ValueError of its own
        raise InvalidData(f"{file} is not valid TOML.") from None
    return _Reader(file).template(data, name)


class _Reader:
    """Reads what `tomllib` made of a file. All methods raise InvalidData with a sentence that names the file."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._ids: dict[str, str] = {}

    def _refuse(self, reason: str) -> NoReturn:
        raise InvalidData(f"{self._file}{reason}")

    def template(self, data: Mapping[str, Any], name: str) -> Template:
        """The whole template."""
        known = {*_WORDS, "agendas", "lanes", *CARRIED}
        if unknown := sorted(set(data) - known):
            self._refuse(f" has a field {shorten(unknown[0], 40)!r}, which no template has.")
        words: dict[str, Any] = {field: self._text(field, data.get(field, ""), LONGEST) for field in _WORDS}
        words["title"] = clean_line(words["title"]) or name
        rows: dict[str, Any] = {table: self._rows(table, data[table]) for table in CARRIED if table in data}
        for table, found in rows.items():
            self._check_references(table, found)
        lanes, agendas = self._lanes(data.get("lanes", [])), self._agendas(data.get("agendas", {}))
        return Template(name=name, agendas=agendas, lanes=lanes, **words, **rows)

    def _text(self, what: str, value: Any, longest: int) -> str:
        if not isinstance(value, str) or len(value) > longest:
            self._refuse(f": {what} must be a text of at most {longest} characters.")
        return clean_text(value).strip()

    def _rows(self, table: str, rows: Any) -> tuple[Mapping[str, Any], ...]:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._refuse(f": {table} must be written as [[{table}]].")
        if len(rows) > MOST[table]:
            self._refuse(f" has {CATALOGUE[table].counted(len(rows))}; at most {MOST[table]} are taken.")
        return tuple(self._row(table, row) for row in rows)

    def _row(self, table: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
        columns = {column.name: column for column in CARRIED[table]}
        noun = CATALOGUE[table].noun
        if unknown := sorted(set(row) - {*columns, "id"}):
            self._refuse(f": a {noun} has no field {shorten(unknown[0], 40)!r}.")
        values = {field: self._value(noun, columns[field], value) for field, value in row.items() if field != "id"}
        for column in columns.values():
            if column.required and values.get(column.name, column.default) == column.kind.empty:
                self._refuse(f": every {noun} needs a {column.name}.")
        return ({"id": self._id(table, row["id"])} if "id" in row else {}) | values

    def _value(self, noun: str, column: Column, value: Any) -> Any:
        if value == "":
            return column.kind.empty
        if column.kind.name in {"line", "prose"} or isinstance(column.kind, Reference):
            value = self._text(column.name, value, LONG_TEXT)
        try:
            return column.kind.load(value)
        except BadValue as problem:
            self._refuse(f": the {column.name} of a {noun} cannot be used: {problem.message}")

    def _id(self, table: str, value: Any) -> str:
        found = clean_line(self._text("id", value, LONGEST))
        if not found or found in self._ids:
            self._refuse(f": the id {shorten(found, 40)!r} must be a word that no other row has.")
        self._ids[found] = table
        return found

    def _check_references(self, table: str, rows: tuple[Mapping[str, Any], ...]) -> None:
        for column in CARRIED[table]:
            if isinstance(column.kind, Reference):
                for row in rows:
                    target = row.get(column.name)
                    if target and not column.kind.may_point_into(self._ids.get(target, "")):
                        noun = CATALOGUE[column.kind.tables[0]].noun
                        self._refuse(f": {column.name} says {shorten(target, 40)!r}, which is the id of no {noun}.")

    def _lanes(self, lanes: Any) -> tuple[str, ...]:
        try:
            found: tuple[str, ...] = _LANES.kind.load(lanes)
        except BadValue:
            self._refuse(": lanes must be a list of words.")
        if len(found) > MOST_LANES or any(len(lane) > LONGEST for lane in found):
            self._refuse(f": lanes must be at most {MOST_LANES} words.")
        return found

    def _agendas(self, agendas: Any) -> Mapping[str, str]:
        if not isinstance(agendas, dict):
            self._refuse(": agendas must be written as [agendas].")
        variants = {step.key: tuple(step.agendas) for step in STEPS}
        for step, variant in agendas.items():
            if variant not in variants.get(step, ()):
                known = ", ".join(variants.get(step, ())) or f"none, for the steps are {', '.join(variants)}"
                self._refuse(f": there is no such agenda for {shorten(step, 40)!r}; there are {known}.")
        return dict(agendas)


# Writing


def render(template: Template) -> str:
    """The text of a template's file. InvalidData where it could not be read back: too many rows, or a text too long."""
    text = "\n".join(_lines(template)) + "\n"
    if len(text.encode()) > SIZE_LIMIT:
        raise InvalidData(f"It would be larger than {SIZE_LIMIT >> 10} KB, which no template is.", "Shorten its texts.")
    if parse(text, "The template", template.name) != template:
        raise InvalidData("The template would not read back the same.", "Look at its texts for what cannot be seen.")
    return text


def _lines(template: Template) -> Iterator[str]:
    for field in _WORDS:
        if getattr(template, field):
            yield f"{field} = {_toml(getattr(template, field))}"
    if template.lanes:
        yield f"lanes = {_toml(template.lanes)}"
    if template.agenda == ():
        yield "agenda = []"
    if template.agendas:
        yield from ["", "[agendas]"]
        yield from (f"{_toml(step)} = {_toml(variant)}" for step, variant in template.agendas.items())
    for table, columns in CARRIED.items():
        kinds = {column.name: column.kind for column in columns}
        for row in template.rows(table):
            yield from ["", f"[[{table}]]"]
            for field, value in row.items():
                empty = field in kinds and value == kinds[field].empty
                yield f"{field} = {_toml('' if empty else value if field == 'id' else kinds[field].dump(value))}"


def _toml(value: Any) -> str:
    """A text, a number, yes or no, or a list of those as TOML writes them."""
    if isinstance(value, str) and "\n" in value:
        lines = (_toml(line)[1:-1] for line in value.split("\n"))
        return '"""\n' + "\n".join(lines) + '"""'
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
