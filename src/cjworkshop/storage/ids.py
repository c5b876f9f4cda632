"""New ids."""

from __future__ import annotations

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


def new_id() -> str:
    """Ten lower-case letters and digits (base 32, 50 random bits): never the same twice in one session."""
    import secrets  # noqa: PLC0415 - takes 4 ms that a list of sessions need not pay

    return "".join(_LETTERS[byte & 31] for byte in secrets.token_bytes(10))
