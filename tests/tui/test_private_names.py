"""No class of ours has a private name that means something else to Textual: its classes would be broken silently."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from functools import cache
from typing import TYPE_CHECKING

from textual.message_pump import MessagePump

import cjworkshop.tui

if TYPE_CHECKING:
    from collections.abc import Iterator

MEANT = {"_action_command_list", "_check_bindings", "_check_resize", "_compositor", "_display", "_fatal_error"}
"""What is overridden knowingly, with the reason beside it."""


def own_classes() -> Iterator[type[MessagePump]]:
    """Every class of the interface that Textual runs."""
    for module in pkgutil.walk_packages(cjworkshop.tui.__path__, "cjworkshop.tui."):
        for found in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(found) and issubclass(found, MessagePump) and found.__module__ == module.name:
                yield found


@cache
def private_names(declared: type) -> set[str]:
    """The private names that a class gives to methods and attributes."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(declared)))
    names = {name for name in vars(declared) if inspect.isfunction(vars(declared)[name])}
    for node in ast.walk(tree):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self":
                names.add(target.attr)
    return {name for name in names if name.startswith("_") and not name.endswith("__")}


def test_no_private_name_is_one_of_textuals() -> None:
    clashes = {
        (ours.__name__, base.__name__): private_names(ours) & private_names(base) - MEANT
        for ours in own_classes()
        for base in ours.__mro__
        if base.__module__.startswith("textual.")
    }
    assert {where: names for where, names in clashes.items() if names} == {}
    assert ("WorkshopScreen", "MessagePump") in clashes
    assert "_closed" in private_names(MessagePump)
