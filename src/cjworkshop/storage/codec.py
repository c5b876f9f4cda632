"""JSON ↔ bytes: fast, and exact for everything that stock TinyDB can write.

orjson does the work. Where it refuses or would change a value (lone surrogates, NaN, a byte-order mark, integers
beyond 64 bits), the standard library does it. What is written is ASCII, so that a program that opens the file in
whatever encoding its system prefers reads the same.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cjworkshop.domain.kinds import Json

_plain = json.JSONEncoder(separators=(",", ":")).encode
_DIGITS = bytes(ord("0") if chr(byte).isdecimal() else ord(" ") for byte in range(256))
"""Turns all digits into 0 and all else into spaces: so long numbers are found many times faster than by a pattern."""
_LONG_NUMBER = b"0" * 19


def dump(value: Json) -> bytes:
    """`value` as one line of ASCII JSON."""
    import orjson  # noqa: PLC0415 - takes 15 ms that a list of sessions need not pay

    try:
        data = orjson.dumps(value)
    except TypeError:
        return _plain(value).encode("ascii")
    if data.isascii() and not (b"null" in data and _has_non_finite(value)):
        return data
    return _plain(value).encode("ascii")


def _has_non_finite(value: Json) -> bool:
    """Whether a NaN or an infinity is somewhere in it: orjson would write null for it."""
    if isinstance(value, float):
        return not math.isfinite(value)
    if isinstance(value, dict):
        return any(_has_non_finite(part) for part in value.values())
    return isinstance(value, list) and any(_has_non_finite(part) for part in value)


def load(data: bytes | memoryview) -> Json:
    """The value of a JSON text in UTF-8. Raises ValueError for anything that is none."""
    import orjson  # noqa: PLC0415 - as above

    if _LONG_NUMBER not in bytes(data).translate(_DIGITS):
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError:
            pass
    try:
        return json.loads(bytes(data).decode("utf-8-sig"))
    except RecursionError:
        raise ValueError("nested too deeply") from None
