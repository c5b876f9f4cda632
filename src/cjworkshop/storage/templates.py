"""Templates that a session can begin from: those that come with the program, then the user's own beside the sessions.

    templates/five-phase.toml
        title = "…"      about, caveat, source = "…"
        [[stages]]       name, customer_goal, desired_action, start, end = "…"
        [agendas]        "employee-workshop" = "240 minutes"

They are only read, never obeyed. A bad one is named with its reason and never keeps the others from being used.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.text import clean_line, clean_text, counted, shorten
from cjworkshop.errors import InvalidData, NotFound, WorkshopError
from cjworkshop.lazy import dataclass
from cjworkshop.method.employee_workshop import Stage
from cjworkshop.method.steps import STEPS
from cjworkshop.method.template import Template
from cjworkshop.paths import templates_folder
from cjworkshop.storage.disk import Disk
from cjworkshop.storage.reading import read_bytes, real_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SUFFIX = ".toml"
SIZE_LIMIT = 256 * 1024
"""Bytes above which a template is not read."""
MOST_STAGES = 100
"""Stages above which a template is refused: a journey has three to ten."""
LONGEST = 2_000
"""Characters of one text of a template."""

_ORDER = ("three-stage", "professional-services", "five-phase", "seven-stage", "life-cycle", "outpatient", "blank")
_WORDS = ("title", "about", "caveat", "source")


@dataclass(frozen=True)
class Damaged:
    """A template that cannot be used: its name, its file, and why, in one sentence."""

    name: str
    path: Path
    reason: str


@dataclass(frozen=True)
class Templates:
    """The templates that there are.

    `paths` says where each comes from; `replaced` are the names of the program's own in whose place the user's stand.
    """

    templates: tuple[Template, ...]
    paths: Mapping[str, Path]
    replaced: tuple[str, ...] = ()
    damaged: tuple[Damaged, ...] = ()

    def named(self, name: str) -> Template:
        """The template with this name. NotFound if there is none, InvalidData if it is damaged."""
        for template in self.templates:
            if template.name == name:
                return template
        for bad in self.damaged:
            if bad.name == name:
                raise InvalidData(bad.reason, f"Correct {bad.path}, or choose another template.")
        known = ", ".join(template.name for template in self.templates)
        raise NotFound(f"There is no template {shorten(name, 60)!r}.", f"There are: {known}.")


def packaged_folder() -> Path:
    """The folder of the templates that come with the program, as installed or in a checkout of its sources."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent.parent / "templates"


def templates_for(sessions: Path, disk: Disk | None = None) -> Templates:
    """All templates for a sessions folder: the program's own, then those in `templates/` beside it."""
    disk = disk or Disk()
    packaged = packaged_folder()
    own = templates_folder(sessions)
    found: dict[str, Template] = {}
    paths: dict[str, Path] = {}
    replaced: list[str] = []
    damaged: list[Damaged] = []
    for folder in [packaged] if _same(own, packaged) else [packaged, own]:
        for path in _files(disk, folder):
            name = clean_line(path.name.removesuffix(SUFFIX)).casefold()
            try:
                template = read_template(disk, path, name)
            except WorkshopError as problem:
                damaged.append(Damaged(name, path, problem.message))
                continue
            replaced += [name] if name in found else []
            found[name], paths[name] = template, path
    return Templates(tuple(_sorted(found.values())), paths, tuple(replaced), tuple(damaged))


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _files(disk: Disk, folder: Path) -> list[Path]:
    try:
        names = disk.names(folder)
    except OSError:
        return []
    return [folder / name for name in names if name.endswith(SUFFIX) and not name.startswith(".")]


def _sorted(templates: Iterable[Template]) -> list[Template]:
    return sorted(templates, key=lambda template: (*(name != template.name for name in _ORDER), template.name))


def read_template(disk: Disk, path: Path, name: str) -> Template:
    """The template in a file. InvalidData with one sentence for anything that is none."""
    try:
        data = tomllib.loads(_text(disk, path))
    except (tomllib.TOMLDecodeError, RecursionError):
        raise InvalidData(f"{path.name} is not valid TOML.") from None
    known = {*_WORDS, "stages", "agendas"}
    if unknown := sorted(set(data) - known):
        raise InvalidData(f"{path.name} has a field {shorten(unknown[0], 40)!r}, which no template has.")
    words = {field: _word(path, field, data.get(field, "")) for field in _WORDS}
    words["title"] = clean_line(words["title"]) or name
    return Template(
        name=name,
        stages=_stages(path, data.get("stages", [])),
        agendas=_agendas(path, data.get("agendas", {})),
        **words,
    )


def _text(disk: Disk, path: Path) -> str:
    try:
        real = real_path(path)
        if disk.stat(real).st_size > SIZE_LIMIT:
            raise InvalidData(f"{path.name} is larger than {SIZE_LIMIT >> 10} KB, which no template is.")
        return read_bytes(disk, real).decode("utf-8-sig")
    except OSError as problem:
        raise InvalidData(f"{path.name} cannot be read: {problem.strerror}.") from None
    except UnicodeDecodeError:
        raise InvalidData(f"{path.name} is not text in UTF-8.") from None


def _word(path: Path, field: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise InvalidData(f"{path.name}: {field} must be a text of at most {LONGEST} characters.")
    return clean_text(value).strip()


def _stages(path: Path, stages: Any) -> tuple[Mapping[str, str], ...]:
    if not isinstance(stages, list) or not all(isinstance(stage, dict) for stage in stages):
        raise InvalidData(f"{path.name}: stages must be written as [[stages]].")
    if len(stages) > MOST_STAGES:
        raise InvalidData(f"{path.name} has {counted(len(stages), 'stage')}; at most {MOST_STAGES} are taken.")
    return tuple(_stage(path, stage) for stage in stages)


def _stage(path: Path, stage: dict[str, Any]) -> Mapping[str, str]:
    columns = {column.name: column for column in Stage.__table__.columns}
    if unknown := sorted(set(stage) - set(columns)):
        raise InvalidData(f"{path.name}: a stage has no field {shorten(unknown[0], 40)!r}.")
    values = {field: columns[field].kind.load(_word(path, field, value)) for field, value in stage.items()}
    if not values.get("name"):
        raise InvalidData(f"{path.name}: every stage needs a name.")
    return values


def _agendas(path: Path, agendas: Any) -> Mapping[str, str]:
    if not isinstance(agendas, dict):
        raise InvalidData(f"{path.name}: agendas must be written as [agendas].")
    variants = {step.key: tuple(step.agendas) for step in STEPS}
    for step, variant in agendas.items():
        if variant not in variants.get(step, ()):
            known = ", ".join(variants.get(step, ())) or f"none, for the steps are {', '.join(variants)}"
            raise InvalidData(f"{path.name}: there is no such agenda for {shorten(step, 40)!r}; there are {known}.")
    return dict(agendas)
