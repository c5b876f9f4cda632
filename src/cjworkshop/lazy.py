"""`dataclass` as in the standard library, but its `__init__` is written when the first object is made.

The standard one compiles up to six methods for each class. There are more than a hundred classes here, and most of them
make no object before the first key is pressed; a facilitator would wait for all of them at every start.
"""

from __future__ import annotations

import dataclasses
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(declared: type | None = None, /, **options: bool) -> type | Callable[[type], type]:
        """What `dataclasses.dataclass` makes of the class, but for `order` and `unsafe_hash`. A field without `init` must get its value in `__post_init__`."""
        return _declare(declared, **options) if declared else partial(_declare, **options)


_FRESH = object()
"""Stands for an argument that a factory makes where it is not given."""


def _declare(declared: type, *, eq: bool = True, repr: bool = True, frozen: bool = False, **shape: bool) -> type:  # noqa: A002 - the standard library's own name
    own = set(vars(declared))
    made: type = dataclasses.dataclass(init=False, eq=False, repr=False, **shape)(declared)
    methods: dict[str, Any] = {"__init__": _init_later(made, frozen=frozen)}
    if eq:
        methods |= _equality(made, hashable=frozen)
    if repr:
        methods["__repr__"] = _shown
    if frozen:
        methods |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _init_later(made: type, *, frozen: bool) -> Callable[..., None]:
    def __init__(self: object, *arguments: object, **named: object) -> None:  # noqa: N807 - what it stands for
        made.__init__ = _init(made, frozen=frozen)  # type: ignore[misc]  # from now on it is the real one
        made.__init__(self, *arguments, **named)  # type: ignore[misc]  # of just this class, not of a subclass

    return __init__


def _init(made: type, *, frozen: bool) -> Callable[..., None]:
    """The function that fills the fields, as fast as one written by hand."""
    known: dict[str, Any] = {"_fresh": _FRESH, "_set": object.__setattr__}
    order = sorted((part for part in dataclasses.fields(made) if part.init), key=lambda part: bool(part.kw_only))
    parameters = ["self"]
    lines = []
    for part in order:
        name = part.name
        if part.kw_only and "*" not in parameters:
            parameters.append("*")
        if part.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = part.default
            parameters.append(f"{name}=_default_{name}")
        elif part.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = part.default_factory
            parameters.append(f"{name}=_fresh")
            lines.append(f"if {name} is _fresh: {name} = _make_{name}()")
        else:
            parameters.append(name)
        lines.append(f"_set(self, {name!r}, {name})" if frozen else f"self.{name} = {name}")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    source = f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines or ["pass"])
    exec(source, known)  # noqa: S102 - as dataclasses does; names of fields and nothing else go into it
    written: Callable[..., None] = known["__init__"]
    written.__qualname__ = (
        f"{made.__qualname__}.__init__"  # so that a wrong argument is told of by the name of the class
    )
    return written


def _equality(made: type, *, hashable: bool) -> dict[str, Any]:
    compared = [part.name for part in dataclasses.fields(made) if part.compare]
    values: Callable[[object], Any] = attrgetter(*compared) if compared else lambda _: ()

    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - what it becomes
        if other.__class__ is not self.__class__:
            return NotImplemented
        return bool(values(self) == values(other))

    def __hash__(self: object) -> int:  # noqa: N807 - what it becomes
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if hashable else None}


def _shown(self: Any) -> str:
    parts = (f"{part.name}={getattr(self, part.name)!r}" for part in dataclasses.fields(self) if part.repr)
    return f"{type(self).__qualname__}({', '.join(parts)})"


def _refuse_to_set(_: object, name: str, __: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
