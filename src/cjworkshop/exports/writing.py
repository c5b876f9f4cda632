"""Writing an export to disk: wholly or not at all, and over nothing that is there unless that is meant."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cjworkshop.errors import NotFound, StorageFault, UsageProblem, WorkshopError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cjworkshop.domain.session import Session
    from cjworkshop.exports.registry import Format
    from cjworkshop.exports.request import Request


def write_export(session: Session, wanted: Format, request: Request, path: Path, *, force: bool = False) -> list[Path]:
    """Write a session in one format to `path` and say which files that made.

    A format with several files makes `path` a folder of them, unless its suffix says one packed file. WorkshopError
    where something is there already and `force` is not set; StorageFault where the disk refuses.
    """
    packed = path.suffix.lower() == wanted.packed
    if packed and request.table:
        raise UsageProblem(
            f"A {wanted.packed} file holds all tables.", f"Leave --table out, or name a {wanted.suffix}."
        )
    if not wanted.packed or request.table or packed:
        return write_files({path: wanted.render(session, request)}, force=force)
    if path.suffix.lower() == wanted.suffix and not path.is_dir():
        raise UsageProblem(
            f"One {wanted.suffix} file holds one table.", f"Add --table, or give a folder or a {wanted.packed} file."
        )
    files = {path / name: data for name, data in wanted.files(session, request).items()}
    make_folder(path)
    return write_files(files, force=force)


def make_folder(path: Path) -> None:
    """Make a folder where there is none yet. NotFound where the one above it is missing; StorageFault."""
    _check_parent(path)
    try:
        path.mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        raise _refused(path, problem) from None


def write_files(files: Mapping[Path, bytes], *, force: bool = False) -> list[Path]:
    """Write these files, each wholly or not at all, and say their paths. What would stop one stops all beforehand."""
    for path in files:
        _check_parent(path)
        if os.path.lexists(path):
            _check_replaceable(path, force=force)
    for path, data in files.items():
        try:
            _write(path, data)
        except OSError as problem:
            raise _refused(path, problem) from None
    return list(files)


def _check_parent(path: Path) -> None:
    if not path.parent.is_dir():
        raise NotFound(f"There is no folder {path.parent}.", "Make it first, or write elsewhere with -o.")


def _check_replaceable(path: Path, *, force: bool) -> None:
    if path.is_dir() or not (path.is_file() or path.is_symlink()):
        raise WorkshopError(f"{path} is no ordinary file.", "Give another name with -o.")
    if not force:
        raise WorkshopError(f"{path} is there already.", "Add --force to replace it, or give another name with -o.")


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _refused(path: Path, problem: OSError) -> StorageFault:
    return StorageFault(f"{path} cannot be written: {problem.strerror}.", "Write elsewhere with -o.")
