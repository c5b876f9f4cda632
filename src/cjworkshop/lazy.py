"""`dataclass` as in the standard library, but its methods are written when the class is first used.

The standard one compiles up to six methods for each class. There are more than a hundred classes here and most of them
make no object before the first key is pressed; a facilitator would wait for all of them at every start.
"""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(declared: type | None = None, /, **options: bool) -> type | Callable[[type], type]:
        """What `dataclasses.dataclass` makes of the class, but for `order`, `init=False` and `unsafe_hash`."""
        return _declare(declared, options) if declared else partial(_declare, options=options)


def _declare(declared: type, options: dict[str, bool]) -> type:
    own = set(vars(declared))
    shape = {name: options[name] for name in ("slots", "kw_only") if name in options}
    made: type = dataclasses.dataclass(init=False, eq=False, repr=False, **shape)(declared)
    return _with_methods(made, own, {"eq": True, "repr": True, "frozen": False} | options)


def _with_methods(made: type, own: set[str], options: dict[str, bool]) -> type:
    """The class with stand-ins for the methods that it has not written itself: they write them when first called."""
    wanted = {"__init__": True, "__eq__": options["eq"], "__repr__": options["repr"]}
    wanted["__hash__"] = options["eq"] and options["frozen"]
    names = [name for name, is_wanted in wanted.items() if is_wanted and name not in own]

    def write() -> None:
        twin = _twin(made, options)
        for name in names:
            setattr(made, name, vars(twin)[name])

    for name in names:
        setattr(made, name, _writing(made, name, write))
    if options["eq"] and not options["frozen"] and "__hash__" not in own:
        made.__hash__ = None  # type: ignore[assignment]  # what can change has no hash
    if options["frozen"]:
        made.__setattr__, made.__delattr__ = _refuse_to_set, _refuse_to_delete  # type: ignore[assignment,method-assign]  # that is what makes it frozen
    return made


def _writing(made: type, name: str, write: Callable[[], None]) -> Callable[..., Any]:
    def method(self: object, *arguments: object, **named: object) -> Any:
        write()
        return vars(made)[name](self, *arguments, **named)

    return method


def _twin(made: type, options: dict[str, bool]) -> type:
    """A class with the same fields, for which the standard library writes the methods."""
    parts = dataclasses.fields(made)
    body: dict[str, Any] = {"__annotations__": {part.name: part.type for part in parts}}
    for part in parts:
        body[part.name] = dataclasses.field(
            default=part.default,
            default_factory=part.default_factory,
            init=part.init,
            repr=part.repr,
            hash=part.hash,
            compare=part.compare,
            kw_only=part.kw_only,
        )
    if hasattr(made, "__post_init__"):
        body["__post_init__"] = made.__post_init__
    writing = {name: options[name] for name in ("eq", "repr", "frozen")}
    return dataclasses.dataclass(**writing)(type(made.__name__, (), body))


def _refuse_to_set(_: object, name: str, __: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
