"""Templates that a session can begin from: those that come with the program, then the user's own beside the sessions.

They are only read, never obeyed. A bad one is named with its reason and never keeps the others from being used.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from cjworkshop.domain.text import clean_line, shorten
from cjworkshop.errors import InvalidData, NotFound, StorageFault, WorkshopError
from cjworkshop.lazy import dataclass
from cjworkshop.method.across import About
from cjworkshop.method.template import template_of
from cjworkshop.paths import template_stem, templates_folder
from cjworkshop.storage.disk import Disk
from cjworkshop.storage.ids import new_id
from cjworkshop.storage.reading import read_bytes, real_path
from cjworkshop.storage.save_state import reason_of
from cjworkshop.storage.template_file import SIZE_LIMIT, SUFFIX, parse, render
from cjworkshop.storage.tinydb_storage import write_new

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cjworkshop.domain.session import Session
    from cjworkshop.method.template import Template

_ORDER = ("three-stage", "professional-services", "five-phase", "seven-stage", "life-cycle", "outpatient", "blank")


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
    return parse(_text(disk, path), path.name, name)


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


def began_from(session: Session, sessions: Path) -> Template | None:
    """The template that a session of this folder began from; None where it is there no more."""
    return _began_from(session, templates_for(sessions))


def _began_from(session: Session, known: Templates) -> Template | None:
    name = session.record(About).template
    return next((template for template in known.templates if template.name == name), None)


def save_template(
    session: Session, name: str, sessions: Path, *, about: str = "", force: bool = False, disk: Disk | None = None
) -> Path:
    """Write a session's stages, agenda, prompts and lanes as a template beside the `sessions` folder, and say where.

    `about` says in a line what it is for.

    WorkshopError where there is one of that name and `force` is not set; InvalidData where the name has no letter or
    the session does not fit into a template; StorageFault where the disk refuses.
    """
    disk = disk or Disk()
    title, stem = clean_line(name), template_stem(name)
    if not stem:
        raise InvalidData("A template needs a name with a letter or a digit in it.", "Give it another name.")
    known = templates_for(sessions, disk)
    there = {*known.paths, *(bad.name for bad in known.damaged)}
    if stem in there and not force:
        raise WorkshopError(
            f"There is a template {stem} already.", "Give another name, or on the command line --force."
        )
    template = template_of(session, stem, title, about=clean_line(about), began=_began_from(session, known))
    data = render(template).encode()
    folder, before = templates_folder(sessions), known.paths.get(stem)
    path = before if before is not None and before.parent == folder else folder / f"{stem}{SUFFIX}"
    try:
        _put(disk, path, data)
    except OSError as problem:
        raise StorageFault(f"{path} cannot be written, because {reason_of(problem)}.", "Look at the disk.") from problem
    return path


def _put(disk: Disk, path: Path, data: bytes) -> None:
    """Write a file, whole or not at all."""
    disk.make_folder(path.parent)
    temporary = path.parent / f".{new_id()}"
    try:
        write_new(disk, temporary, data)
        disk.replace(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            disk.remove(temporary)
        raise
    disk.sync_folder(path.parent)
