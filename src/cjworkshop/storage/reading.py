"""Reading a session's file without obeying it: what it is, how large, whether it is a session at all."""

from __future__ import annotations

import hashlib
import stat
from typing import TYPE_CHECKING

from cjworkshop.errors import InvalidData, NotFound
from cjworkshop.storage.codec import load
from cjworkshop.storage.documents import documents_of

if TYPE_CHECKING:
    from pathlib import Path

    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.documents import Documents

SIZE_LIMIT = 200 * 2**20
"""Bytes above which a file is not read."""


def digest_of(data: bytes) -> str:
    """A short fingerprint of a file's bytes: two files with the same one are the same."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def real_path(path: Path) -> Path:
    """`path` without links. InvalidData for a link that leads out of its folder."""
    folder = path.parent.resolve()
    plain = folder / path.name
    if plain.is_symlink():
        try:
            target = plain.resolve()
        except RuntimeError:
            raise InvalidData(f"{path.name} is a link that leads round in a circle.", "Take it away.") from None
        if target.parent != folder:
            raise InvalidData(f"{path.name} is a link that leads out of its folder.", f"Open {target} itself.")
        return target
    return plain


def read_bytes(disk: Disk, path: Path) -> bytes:
    """The bytes of a session's file.

    NotFound where there is none; InvalidData for a folder, a pipe, a device, a link, or more than SIZE_LIMIT.
    """
    try:
        about = disk.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"There is no file {path}.", "Look at `cjworkshop list`.") from None
    if not stat.S_ISREG(about.st_mode):
        raise InvalidData(f"{path.name} is not an ordinary file.", "A session is an ordinary file that ends in .json.")
    if about.st_size <= SIZE_LIMIT:
        data = disk.read(path, most=SIZE_LIMIT + 1)
        if len(data) <= SIZE_LIMIT:
            return data
    raise InvalidData(
        f"{path.name} is larger than {SIZE_LIMIT >> 20} MB, which no session is.", "Look whether it is one."
    )


def parse(data: bytes, name: str) -> Documents:
    """The documents in a session's bytes; `name` is what messages call the file. InvalidData where it is damaged."""
    if not data.strip():
        raise InvalidData(f"{name} is empty: its content is lost.", hint_for(name))
    if b"\0" in data:
        raise InvalidData(f"{name} holds zero bytes: a crash or a bad disk has destroyed it.", hint_for(name))
    try:
        return documents_of(load(data))
    except ValueError:
        raise InvalidData(f"{name} is damaged: it is not whole JSON.", hint_for(name)) from None
    except InvalidData as problem:
        raise InvalidData(f"{name} cannot be used. {problem.message}", hint_for(name)) from None


def hint_for(name: str) -> str:
    """What to do about a file that cannot be read."""
    return f"`cjworkshop doctor {name.removesuffix('.json')}` looks for backups; the file itself is left as it is."


def read_documents(disk: Disk, path: Path) -> tuple[Documents, str]:
    """The documents in a session's file, and the fingerprint of its bytes."""
    data = read_bytes(disk, path)
    return parse(data, path.name), digest_of(data)
